"""One town on a host list: what it must have, has and lacks, and who closes the gap by when."""

from collections.abc import Sequence

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.rules.coverage import Coverage, by_place, station_lists
from dashboard.rules.gaps import Closing, bound, closing
from dashboard.rules.stage_words import STAGES
from dashboard.rules.standards import Check, checks
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.links import address, task_address
from dashboard.widgets.lists import due_of
from dashboard.widgets.own_units import names
from dashboard.widgets.record_links import to_record
from dashboard.widgets.table import Cell, Column, light_mark, lines, link, quiet, table


def _map(desk: Desk, hosts: r.HostList, town: r.Unit | None = None) -> str:
    """The map of a host list, drawn the way it is being drawn now."""
    code = town.code if town else None
    drawn = st.query_params.get("map")
    return address(desk, "station_map", list=hosts.code, town=code, map=drawn)


def stations_in(desk: Desk, hosts: r.HostList, town: r.Unit | None) -> tuple[Check, ...]:
    """The stations of a host list, of one town or of all, with their checks."""
    found = desk.books.by(r.Station, "host_list")[hosts.code]
    mine = [each for each in found if town is None or each.town == town.code]
    return checks(desk.books, mine, desk.day)


def town_panel(desk: Desk, coverage: Coverage) -> None:
    """One town: the sentence, its stations, and for a gap the task, the units and the date."""
    town, hosts = coverage.unit, coverage.hosts
    assert town is not None  # the whole plan has a table, not a panel
    back = link("返回各镇街", _map(desk, hosts))
    section(town.name, hosts.title)
    ways = [*([back] if desk.sees_all else []), to_record(desk, town, "单位信息")]
    words = "　".join([standing_words(coverage), *(way.html for way in ways)])
    st.html(f'<p class="g-links" style="margin:0 0 .4rem">{words}</p>')
    _stations(desk, stations_in(desk, hosts, town))
    if coverage.gap != 0 and not coverage.is_exempt:
        section("缺口对应的任务", "" if coverage.gap else "应设数待核定，先列有关任务")
        _closings(desk, closing(desk.judgement, hosts))
    section("其他站点")
    _others(desk, hosts, town)


def standing_words(coverage: Coverage) -> str:
    """“应设1处（2023年），已建成1处，达标0处，缺1处。”."""
    word = coverage.hosts.unit_word
    parts = [coverage.denominator, f"已建成{coverage.built}{word}", f"达标{coverage.met}{word}"]
    if coverage.building:
        parts.append(f"在建{coverage.building}{word}")
    if coverage.gap is not None:
        parts.append(f"缺{coverage.gap}{word}" if coverage.gap else "无缺口")
    return f"{'，'.join(parts)}。"


_STATION_COLUMNS = (
    Column("站点", "34%", is_title=True),
    Column("情况", "7rem"),
    Column("说明"),
)


def _stations(desk: Desk, found: Sequence[Check]) -> None:
    rows: list[list[Cell]] = [
        [to_record(desk, each.station, each.station.name), state_words(each), station_note(each)]
        for each in found
    ]
    table(_STATION_COLUMNS, rows, caption="站点", empty="站点台账中没有登记这一类站点。")


def state_words(each: Check) -> str:
    """达标, 未达标 or 待检查 where it is built, else its state."""
    return each.word if each.word != wording.BLANK else each.state.label


def station_note(each: Check) -> Cell:
    """What it lacks; else the note in the ledger, its area and its staff."""
    station = each.station
    if each.reason:
        return each.reason
    area = f"面积{wording.number(station.area_m2, '平方米')}" if station.area_m2 else ""
    begun = f"{wording.full_day(station.begun_on)}开工" if station.begun_on else ""
    said = [area] if each.is_met else [begun, area]
    return "，".join(each for each in (*said, station.note) if each) or None


_CLOSING_COLUMNS = (
    Column("亮灯", "6.5rem"),
    Column("任务", "30%", is_title=True),
    Column("责任单位"),
    Column("完成时限", "7rem"),
)


def _closings(desk: Desk, found: Sequence[Closing]) -> None:
    table(
        _CLOSING_COLUMNS,
        [_closing_row(desk, each) for each in found],
        caption="补缺口的任务",
        empty="方案没有把这份名录写成任务。",
    )


def _closing_row(desk: Desk, each: Closing) -> list[Cell]:
    task = each.task.task
    units = [f"{role.label}：{names}" for role, names in bound(desk.books, task.code)]
    return [
        light_mark(desk.settings, each.light, each.word),
        lines(link(each.title, task_address(desk, task.code)), quiet(task.clause)),
        lines(*units),
        due_of(each.item or each.task, desk),
    ]


_OTHER_COLUMNS = (
    Column("应设名录", "50%", is_title=True),
    Column("建成", "3.6rem", is_figure=True),
    Column("达标", "3.6rem", is_figure=True),
    Column("情况"),
)


def _others(desk: Desk, hosts: r.HostList, town: r.Unit) -> None:
    """The town on the other host lists that oblige it, or that it has a station of."""
    lists = [each for each in station_lists(desk.books) if each != hosts]
    lists = [each for each in lists if desk.sees_all or names(desk, each, town)]
    found = [_of_town(desk, each, town) for each in lists]
    shown = [each for each in found if each.built or each.obliged]
    rows: list[list[Cell]] = [
        [
            link(each.hosts.title, _map(desk, each.hosts, town)),
            *_figures(desk, each)[1:],
            STAGES[each.stage],
        ]
        for each in shown
    ]
    table(
        _OTHER_COLUMNS, rows, caption="其他站点", empty="其他应设名录中，本镇街尚无应设数和站点。"
    )


def _of_town(desk: Desk, hosts: r.HostList, town: r.Unit) -> Coverage:
    return next(each for each in by_place(desk.books, hosts, desk.day) if each.unit == town)


_TOWN_COLUMNS = (
    Column("镇街", "6.5rem", is_title=True),
    Column("应设", "3.6rem", is_figure=True),
    Column("建成", "3.6rem", is_figure=True),
    Column("达标", "3.6rem", is_figure=True),
    Column("情况"),
)


def towns_table(desk: Desk, found: Sequence[Coverage], whole: Coverage) -> None:
    """Every town on a host list, in the office's order, and the whole below."""
    rows = [_town_row(desk, each) for each in found]
    total = _figures(desk, whole)
    rows.append(["合计", *total, quiet(whole.denominator)])
    table(_TOWN_COLUMNS, rows, caption=whole.hosts.title)


def _town_row(desk: Desk, coverage: Coverage) -> list[Cell]:
    town = coverage.unit
    assert town is not None
    to = _map(desk, coverage.hosts, town)
    return [link(town.name, to), *_figures(desk, coverage), _why(desk, coverage)]


def _figures(desk: Desk, coverage: Coverage) -> list[Cell]:
    town = coverage.unit.code if coverage.unit else None
    rows = {"list": coverage.hosts.code, "town": town, "state": "built"}
    built = link(coverage.built, address(desk, "stations", **rows))
    met = link(coverage.met, address(desk, "stations", **rows, standard="met"))
    return [
        _obliged(desk, coverage),
        built if coverage.built else 0,
        met if coverage.met else 0,
    ]


def _obliged(desk: Desk, coverage: Coverage) -> Cell:
    """How many it must have, as the way to the row that says so."""
    number: Cell = quiet("不适用") if coverage.is_exempt else coverage.obliged
    said = quiet("待核定") if number is None else number
    town = coverage.unit
    listed = desk.books.by(r.Host, "host_list")[coverage.hosts.code]
    row = next((each for each in listed if town and each.unit == town.code), None)
    named = coverage.hosts if town is None else row
    return to_record(desk, named, said) if named else said


def _why(desk: Desk, coverage: Coverage) -> Cell:
    """The stage, and what keeps the town's stations from the standard."""
    word: Cell = STAGES[coverage.stage]
    reasons = [each.reason for each in stations_in(desk, coverage.hosts, coverage.unit)]
    lacking = [quiet(reason) for reason in reasons if reason]
    return lines(word, *lacking) if len(lacking) <= 1 else lines(word, *lacking[:1], quiet("……"))
