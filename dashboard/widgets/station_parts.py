"""One station on its page: what it is, what it lacks, its check list and the visits so far."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import TypeAlias

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.evidence import evidence_of
from dashboard.ledgers.inspections import inspections_of
from dashboard.ledgers.terms import CheckVerdict, StationState
from dashboard.rules.names import unit_name
from dashboard.rules.standards import Check, ItemCheck, check_list, lack
from dashboard.rules.withheld import is_withheld
from dashboard.widgets.desk import Desk
from dashboard.widgets.evidence_parts import file_links
from dashboard.widgets.links import address
from dashboard.widgets.record_choice import links
from dashboard.widgets.record_links import may_change, to_record
from dashboard.widgets.table import Cell, Column, Markup, lines, link, markup, page_of, quiet, table

Files: TypeAlias = Mapping[str, tuple[r.Evidence, ...]]
INSPECT = "inspect"
"""The place of the inspection form on the page."""
_NO_STANDARD = "所属名录没有规定建设标准"


def station_named(desk: Desk) -> r.Station | None:
    """The station that the address names, if the viewer may see it."""
    return desk.books.find(r.Station, st.query_params.get("station"))


def answer_of(desk: Desk, found: Check) -> str:
    """“设在金屯镇，7月20日建成，未达标：从业人员资质未上墙；相关制度未上墙。”."""
    town = desk.books.find(r.Unit, found.station.town)
    where = f"设在{town.name}，" if town else ""
    return f"{where}{_state(desk, found)}。"


def _state(desk: Desk, found: Check) -> str:
    station, year = found.station, desk.day.year
    if found.state is StationState.PLANNED:
        return "计划建设，尚未开工"
    if found.state is StationState.BUILDING and station.begun_on:
        return f"{wording.day(station.begun_on, year)}开工，在建"
    if found.state is StationState.ENDED and station.ended_on:
        return f"{wording.day(station.ended_on, year)}停用"
    built = f"{wording.day(station.built_on, year)}建成" if station.built_on else ""
    if not found.wanted:
        return f"{built}；{_NO_STANDARD}"
    return "：".join(each for each in (f"{built}，{found.word}", found.reason) if each)


def ways(desk: Desk, station: r.Station) -> None:
    """Links to the map, the ledger, the list of those obliged, and the row itself."""
    found = [link("站点台账", address(desk, "stations", town=station.town))]
    if station.host_list and not is_withheld(station):
        to = {"list": station.host_list, "town": station.town, "station": station.code}
        found.insert(0, link("在地图上看", address(desk, "station_map", **to)))
    word = "修改站点信息" if may_change(desk, station) else "台账记录"
    found.append(to_record(desk, station, word))
    if may_inspect(desk, station) and desk.day == desk.today:
        found.append(link("登记检查", f"#{INSPECT}"))
    links(found)


def may_inspect(desk: Desk, station: r.Station) -> bool:
    """Whether the viewer finds the form of inspections at a station that is there to be seen."""
    is_there = station.state(desk.day) in (StationState.BUILDING, StationState.BUILT)
    return is_there and desk.may(Right.INSPECT) and bool(check_list(desk.books, station))


def facts(desk: Desk, station: r.Station) -> None:
    """What the ledger says, pair by pair; what nobody entered is left out."""
    pairs = [(name, cell) for name, cell in _facts(desk, station) if cell not in (None, "")]
    cells = "".join(
        '<div style="display:flex;gap:.6rem">'
        f'<dt style="color:#52606D;flex:0 0 5em;font-weight:400">{escape(name)}</dt>'
        f'<dd style="margin:0;overflow-wrap:anywhere">{markup(cell)}</dd></div>'
        for name, cell in pairs
    )
    grid = "display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr))"
    st.html(f'<dl class="g-links" style="{grid};gap:.3rem 2rem;margin:0;padding:0">{cells}</dl>')


def _facts(desk: Desk, station: r.Station) -> list[tuple[str, Cell]]:
    books = desk.books
    listed = books.find(r.HostList, station.host_list)
    body = books.find(r.ListedHost, station.listed_host)
    return [
        ("类型", station.kind.label),
        ("应设名录", to_record(desk, listed, listed.title) if listed else None),
        ("应设单位", body.name if body else None),
        ("依托单位", station.host),
        ("建设单位", unit_name(books, station.unit) if station.unit else None),
        ("地址", _kept_back(desk, station, station.address)),
        ("点位", _kept_back(desk, station, _point(station))),
        ("日期", _dates(desk, station)),
        ("面积", None if station.area_m2 is None else wording.number(station.area_m2, "平方米")),
        ("人员", staff_words(station)),
        ("服务内容", station.services),
        ("心理热线", _hotline(station)),
        ("服务人次", served_words(desk, station)),
        ("备注", station.note),
    ]


def _kept_back(desk: Desk, station: r.Station, value: str | None) -> str | None:
    if not is_withheld(station):
        return value
    if not desk.may(Right.EDIT_STATIONS):
        return "不公开"
    return f"{value}（不公开）" if value else None


def _point(station: r.Station) -> str | None:
    if is_withheld(station):
        return "只计数，不在地图上标点"
    if station.lon is None or station.lat is None:
        return "未定位"
    source = f"（{station.point_source}）" if station.point_source else ""
    return f"东经{station.lon:.9g}°，北纬{station.lat:.9g}°{source}"


def _dates(desk: Desk, station: r.Station) -> str | None:
    days = (
        ("开工", station.begun_on),
        ("建成", station.built_on),
        ("搬迁", station.moved_on),
        ("停用", station.ended_on),
    )
    told = [f"{wording.day(day, desk.day.year)}{word}" for word, day in days if day]
    return "，".join(told) or None


def staff_words(station: r.Station) -> str | None:
    """专职2人、兼职1人，其中心理咨询师1人；志愿者5人."""
    posts = [
        f"{word}{number}人"
        for word, number in (("专职", station.full_time), ("兼职", station.part_time))
        if number
    ]
    of_these = f"，其中心理咨询师{station.counsellors}人" if station.counsellors else ""
    volunteers = f"志愿者{station.volunteers}人" if station.volunteers else ""
    staff = f"{'、'.join(posts)}{of_these}" if posts else ""
    return "；".join(each for each in (staff, volunteers) if each) or None


def _hotline(station: r.Station) -> str | None:
    if not station.hotline:
        return None
    shown = {True: "已公示", False: "未公示", None: ""}[station.hotline_shown]
    return f"{station.hotline}（{shown}）" if shown else station.hotline


def served_words(desk: Desk, station: r.Station) -> str | None:
    """少于5人次（截至9月20日）; how many exactly is nobody's to read where it would name them."""
    if station.served is None or station.served_on is None:
        return None
    day = wording.day(station.served_on, desk.day.year)
    return f"{wording.at_least_five(station.served)}人次（截至{day}）"


_CHECKS = (
    Column("方面", "5.5rem"),
    Column("要求", is_title=True),
    Column("结果", "5.5rem"),
    Column("实测", "7rem", is_figure=True),
    Column("检查", "15rem"),
)
_FILES = Column("佐证材料", "18%")


def check_table(desk: Desk, station: r.Station) -> None:
    """The station's standard item by item, as the last inspection of each found it."""
    found = check_list(desk.books, station)
    files = _files(desk, [each.inspection for each in found if each.inspection])
    columns = (*_CHECKS, _FILES) if files else _CHECKS
    rows = [_item_row(desk, each, files)[: len(columns)] for each in found]
    table(columns, rows, caption="检查清单", empty=f"{_NO_STANDARD}，没有检查清单。")


def _item_row(desk: Desk, each: ItemCheck, files: Files) -> list[Cell]:
    made = each.inspection
    said = f"备注：{made.note}" if made and made.note else None
    optional = None if each.is_obliged else "鼓励，不计入达标"
    measured = made.measured if made else None
    when = f"{wording.day(made.inspected_on, desk.day.year)}　{made.by_post}" if made else None
    return [
        each.item.area,
        lines(each.item.requirement, *map(quiet, (each.lack, said, optional, each.item.basis))),
        Markup(f"<strong>{escape(each.word)}</strong>") if each.lack else each.word,
        None if measured is None else wording.number(measured, each.item.unit),
        when,
        _file_cell(desk, files.get(made.code, ()) if made else ()),
    ]


def _files(desk: Desk, made: Sequence[r.Inspection]) -> Files:
    codes = [each.code for each in made]
    return evidence_of(desk.engine, desk.plan.code, desk.as_of, inspections=codes)


def _file_cell(desk: Desk, files: Sequence[r.Evidence]) -> Cell:
    """Links for whoever may take the files away, else how many there are."""
    if all(desk.may(Right.EXPORT, {each.unit}) for each in files):
        return file_links(desk, files)
    return f"{len(files)}份"


_VISITS = (
    Column("检查日期", "9rem", is_title=True),
    Column("检查岗位", "14%"),
    Column("检查项数", "5.5rem", is_figure=True),
    Column("达到", "4.5rem", is_figure=True),
    Column("未达到", "5rem", is_figure=True),
    Column("不适用", "5rem", is_figure=True),
    Column("未达到的要求"),
)


def visits_table(desk: Desk, station: r.Station) -> None:
    """Every visit, the newest first: who came, what was found, what was missing then."""
    made = inspections_of(desk.engine, desk.plan.code, station.code, desk.as_of)
    ordered = sorted(made, key=_visit, reverse=True)
    visits = [tuple(rows) for _, rows in groupby(ordered, key=_visit)]
    rows = [_visit_row(desk, each) for each in page_of(visits, "visits", 20)]
    table(_VISITS, rows, caption="历次检查", empty="还没有检查记录。")


def _visit(each: r.Inspection) -> tuple[str, str, str]:
    known = each.known_at.isoformat() if each.known_at else ""
    return each.inspected_on.isoformat(), known, each.by_post


def _visit_row(desk: Desk, rows: Sequence[r.Inspection]) -> list[Cell]:
    first = rows[0]
    number = {verdict: sum(each.verdict is verdict for each in rows) for verdict in CheckVerdict}
    items = ((each, desk.books.find(r.StandardItem, each.item)) for each in rows)
    missing = [
        lack(item, each.measured)
        for each, item in items
        if item and each.verdict is CheckVerdict.NOT_MET
    ]
    return [
        wording.day(first.inspected_on, desk.day.year),
        first.by_post,
        len(rows),
        *(number[verdict] for verdict in CheckVerdict),
        "；".join(missing) or quiet("无"),
    ]
