"""Where a number of obliged stations comes from: the words, and the ways to the rows behind it."""

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.rules.coverage import Coverage, in_all
from dashboard.rules.denominators import denominator_words
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.links import address
from dashboard.widgets.listed_hosts import list_page
from dashboard.widgets.record_links import to_record
from dashboard.widgets.table import Markup, link, markup

WHERE_FROM = "应设数来源"


def denominator_note(desk: Desk, coverage: Coverage) -> None:
    """One quiet line beneath a figure: source, year, how it was counted, links to its rows."""
    words = markup("；".join(denominator_words(desk.books, coverage, desk.day)))
    ways = "　".join(way.html for way in denominator_ways(desk, coverage))
    said = f"<b>{WHERE_FROM}</b>　{words}。{ways}"
    st.html(f'<p class="g-quiet g-links" style="margin:.2rem 0">{said}</p>')


def denominator_ways(desk: Desk, coverage: Coverage) -> list[Markup]:
    """The list's own record, the town's row in it, and the bodies that it names here."""
    hosts, unit = coverage.hosts, coverage.unit
    ways = [to_record(desk, hosts, "应设名录")]
    rows = desk.books.by(r.Host, "host_list")[hosts.code]
    mine = next((row for row in rows if unit and row.unit == unit.code), None)
    if mine is not None:
        ways.append(to_record(desk, mine, f"{unit.name if unit else ''}应设数"))
    if coverage.named is not None:
        ways.append(link("应设单位名单", bodies_address(desk, hosts, unit)))
    return ways


def bodies_address(desk: Desk, hosts: r.HostList, unit: r.Unit | None = None) -> str:
    """Where a list's bodies are read by name: at the list's own record, for whoever sees it."""
    town = unit.code if unit else None
    return address(desk, "record", ledger="host_list", code=hosts.code, town=town)


def list_parts(desk: Desk, hosts: r.HostList) -> None:
    """At a host list's record: where its number comes from, and its bodies by name."""
    if hosts.station_kind is not None:
        whole = in_all(desk.books, hosts, desk.day)
        section(WHERE_FROM)
        words = "；".join(denominator_words(desk.books, whole, desk.day))
        st.html(f'<p style="margin:0">{markup(words)}。</p>')
    list_page(desk, hosts)
