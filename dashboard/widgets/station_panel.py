"""One station beside the map: what it is, and its check list item by item."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.rules.standards import ItemCheck, check, check_list
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.links import address
from dashboard.widgets.record_links import to_record
from dashboard.widgets.table import Cell, Column, Markup, lines, link, quiet, table

_COLUMNS = (
    Column("方面", "5.5rem"),
    Column("要求", is_title=True),
    Column("检查结果", "8rem"),
    Column("检查", "9rem"),
)


def station_panel(desk: Desk, station: r.Station, more: Sequence[Markup] = ()) -> None:
    """The station in a sentence, what it lacks, and every item of its standard."""
    found = check(desk.books, station, desk.day)
    section(station.name, station.kind.label)
    word = found.word if found.word != wording.BLANK else found.state.label
    says = "；".join(each for each in (word, found.reason) if each)
    ways = [link("站点详情", station_address(desk, station)), to_record(desk, station), *more]
    words = "　".join([f"{escape(says)}。", *(way.html for way in ways)])
    st.html(f'<p class="g-links" style="margin:0 0 .4rem">{words}</p>')
    items = check_list(desk.books, station)
    note = f"对照{found.standard}逐项检查" if found.standard else ""
    section("检查清单", note)
    rows = [_row(desk, each) for each in items]
    table(_COLUMNS, rows, caption="检查清单", empty="这一类站点尚未指定建设标准。")


def station_address(desk: Desk, station: r.Station) -> str:
    """The page of one station."""
    return address(desk, "station", station=station.code)


def _row(desk: Desk, each: ItemCheck) -> list[Cell]:
    made = each.inspection
    day = wording.day(made.inspected_on, desk.day.year) if made else None
    return [
        each.item.area,
        lines(each.item.requirement, quiet(None if each.is_obliged else "鼓励")),
        lines(_word(each), quiet(each.lack)),
        lines(day, quiet(made.by_post if made else None)),
    ]


def _word(each: ItemCheck) -> Cell:
    return Markup(f"<b>{each.word}</b>") if each.lack else each.word
