"""The ledger of stations on a page: coverage by host list, filters in the address, rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Force, StationKind, StationState
from dashboard.rules.coverage import Coverage, in_all, station_lists
from dashboard.rules.standards import Check, all_checks
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address
from dashboard.widgets.own_units import own_lists
from dashboard.widgets.record_links import to_record
from dashboard.widgets.station_parts import served_words, staff_words
from dashboard.widgets.table import Cell, Column, bar, lines, link, page_of, quiet, table

STANDARDS = {"met": "达标", "below": "未达标", "unchecked": "待检查"}
"""The address's words for how a built station meets its standard."""

_COVERAGE = (
    Column("应设名录", "25%", is_title=True),
    Column("应设数", "13rem"),
    Column("已建", "4.5rem", is_figure=True),
    Column("达标", "4.5rem", is_figure=True),
    Column("在建", "4.5rem", is_figure=True),
    Column("达标率"),
)


def lists_of(desk: Desk) -> Sequence[Coverage]:
    """Every host list of stations: as a whole, or for a liaison as the own towns stand on it."""
    if not desk.sees_all:
        return own_lists(desk)
    return [in_all(desk.books, hosts, desk.day) for hosts in station_lists(desk.books)]


def coverage_table(desk: Desk, found: Sequence[Coverage]) -> None:
    """Host lists: obliged with the year it is of, built, met, rate; 待核定 apart."""
    rows = [_coverage_row(desk, each) for each in found]
    table(_COVERAGE, rows, caption="各类站点的应设、已建和达标", empty="方案没有站点的应设名录。")


def _coverage_row(desk: Desk, each: Coverage) -> list[Cell]:
    hosts = each.hosts
    encouraged = hosts.force is Force.ENCOURAGED
    town = each.unit.code if each.unit else None
    title = lines(
        link(hosts.title, address(desk, "station_map", list=hosts.code, town=town)),
        quiet(each.unit.name) if each.unit and len(desk.own_units) > 1 else None,
        quiet("方案鼓励，不作硬性要求") if encouraged else None,
    )
    rate: Cell = quiet("应设数待核定，不计算达标率")
    if not each.is_recorded:
        rate = quiet("站点台账尚无登记")
    elif each.rate is not None:
        rate = bar(each.rate, None, wording.percent(each.rate))
    return [
        title,
        to_record(desk, hosts, each.denominator if each.obliged else quiet("待核定")),
        _number(desk, each.built, hosts, town=town, state="built"),
        _number(desk, each.met, hosts, town=town, state="built", standard="met"),
        _number(desk, each.building, hosts, town=town, state="building"),
        rate,
    ]


def _number(desk: Desk, number: int, hosts: r.HostList, **filters: str | None) -> Cell:
    if not number:
        return number
    return link(number, address(desk, "stations", list=hosts.code, **filters))


def kind_counts(desk: Desk, found: Sequence[Check]) -> list[tuple[str, Cell]]:
    """How many stations of each kind are built, with their rows behind the number."""
    built = Counter(each.station.kind for each in found if each.state is StationState.BUILT)
    return [
        (kind.label, link(built[kind], address(desk, "stations", kind=kind.value, state="built")))
        for kind in StationKind
        if built[kind]
    ]


def filtered(desk: Desk, found: Sequence[Check]) -> tuple[Check, ...]:
    """Draw the filters and return the stations that pass them."""
    books = desk.books
    kinds = {kind.value: kind.label for kind in StationKind}
    lists = {each.code: each.title for each in station_lists(books)}
    units = {each.code: each.name for each in books.all(r.Unit)}
    here = {each.station.town for each in found}
    towns = {code: units[code] for code in units if code in here}
    states = {state.value: state.label for state in StationState}
    with st.container(horizontal=True):
        wanted = {
            "kind": _choose("类型", kinds, "kind", "全部类型"),
            "host_list": _choose("应设名录", lists, "list", "全部名录"),
            "town": _choose("镇街", towns, "town", "全部镇街"),
            "state": _choose("状态", states, "state", "全部状态"),
            "word": STANDARDS.get(_choose("是否达标", STANDARDS, "standard", "不限") or ""),
        }
    asked = {name: value for name, value in wanted.items() if value is not None}
    return tuple(each for each in found if _passes(each, asked)) if asked else tuple(found)


def _choose(label: str, options: Mapping[str, str], name: str, everything: str) -> str | None:
    return choice(label, list(options), name, options.__getitem__, everything=everything)


def _passes(each: Check, wanted: Mapping[str, str]) -> bool:
    own = {
        "kind": each.station.kind,
        "host_list": each.station.host_list,
        "town": each.station.town,
        "state": each.state,
        "word": each.word,
    }
    return all(own[name] == value for name, value in wanted.items())


_LEDGER = (
    Column("站点", "18%", is_title=True),
    Column("类型", "8.5rem"),
    Column("所在镇街", "6.5rem"),
    Column("依托单位", "12%"),
    Column("状态", "8.8rem"),
    Column("面积和人员", "9rem"),
    Column("服务", "9rem"),
    Column("是否达标"),
)


def checks_in_order(desk: Desk) -> tuple[Check, ...]:
    """Every station with its check: by kind, then town in the office's order, then as entered."""
    books, day = desk.books, desk.day
    reads = (r.Station, r.Inspection, r.StandardItem, r.HostList, r.Unit)
    return books.once(("checks in order", day), lambda: _in_order(books, day), reads)


def _in_order(books: Books, day: date) -> tuple[Check, ...]:
    kinds = {kind.value: seq for seq, kind in enumerate(StationKind)}
    seq = {unit.code: unit.seq for unit in books.all(r.Unit)}
    found = all_checks(books, day)
    keys = ((kinds[each.station.kind], seq.get(each.station.town or "", 0)) for each in found)
    ordered = sorted(zip(keys, range(len(found)), strict=True))
    return tuple(found[number] for _, number in ordered)


def station_ledger(desk: Desk, found: Sequence[Check]) -> None:
    """The stations: what, where, since when, how large, who, and what is missing."""
    rows = [_ledger_row(desk, each) for each in page_of(found, "page")]
    table(_LEDGER, rows, caption="站点台账", empty="没有符合条件的站点。请放宽上面的条件。")


def _ledger_row(desk: Desk, each: Check) -> list[Cell]:
    station = each.station
    town = desk.books.find(r.Unit, station.town)
    area = None if station.area_m2 is None else wording.number(station.area_m2, "平方米")
    return [
        link(station.name, address(desk, "station", station=station.code)),
        station.kind.label,
        town.name if town else None,
        station.host,
        lines(each.state.label, _since(desk, each)),
        lines(area, quiet(staff_words(station))) if area else staff_words(station),
        _services(desk, station),
        lines(each.word, quiet(each.reason) if each.reason else _note(each)),
    ]


def _services(desk: Desk, station: r.Station) -> Cell:
    """How many came, and the number to call."""
    served = served_words(desk, station)
    return lines(served, quiet(station.hotline)) if served else station.hotline


def _since(desk: Desk, each: Check) -> Cell:
    """The day of the state it is in, in the quieter tone."""
    station = each.station
    days = {
        StationState.BUILDING: station.begun_on,
        StationState.BUILT: station.built_on,
        StationState.ENDED: station.ended_on,
    }
    day = days.get(each.state)
    return quiet(wording.day(day, desk.day.year)) if day else None


def _note(each: Check) -> Cell:
    if each.state is StationState.BUILT and not each.wanted:
        return quiet("名录没有规定建设标准")
    return quiet(each.station.note) if each.station.note else None
