"""One town on a host list: what it must have, has and lacks, and who closes the gap by when."""

from collections.abc import Sequence

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.rules.coverage import Coverage, of_area, station_lists
from dashboard.rules.gap_words import missing_words
from dashboard.rules.gaps import Closing, bound, worst_first
from dashboard.rules.stage_words import STAGES
from dashboard.rules.standards import Check
from dashboard.widgets.denominator import denominator_note
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.links import task_address
from dashboard.widgets.lists import due_of
from dashboard.widgets.map_view import map_address
from dashboard.widgets.own_units import names
from dashboard.widgets.record_links import to_record
from dashboard.widgets.station_panel import station_address
from dashboard.widgets.supervision_given import order_address
from dashboard.widgets.table import (
    NOTHING,
    Cell,
    Column,
    Markup,
    light_mark,
    lines,
    link,
    quiet,
    table,
)
from dashboard.widgets.towns_table import figures_of, stations_in


def town_panel(desk: Desk, coverage: Coverage, more: Sequence[Markup] = ()) -> None:
    """One town: the sentence, for a gap the task, the units and the date, and its stations.

    `more` are further ways from here.
    """
    town, hosts = coverage.unit, coverage.hosts
    assert town is not None  # the whole plan has a table, not a panel
    section(town.name, hosts.title)
    ways = [*more, to_record(desk, town, "单位信息")]
    words = "　".join([standing_words(coverage), *(way.html for way in ways)])
    st.html(f'<p class="g-links" style="margin:0 0 .4rem">{words}</p>')
    if coverage.gap != 0 and not coverage.is_exempt:
        missing = missing_words(desk.books, coverage, desk.day)
        section("缺口对应的任务", missing or "应设数待核定，先列有关任务")
        closings_table(desk, coverage)
    section("站点")
    _stations(desk, hosts, stations_in(desk, hosts, town))
    denominator_note(desk, coverage)
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


def _stations(desk: Desk, hosts: r.HostList, found: Sequence[Check]) -> None:
    rows: list[list[Cell]] = [
        [_station(desk, hosts, each.station), state_words(each), station_note(each)]
        for each in found
    ]
    table(_STATION_COLUMNS, rows, caption="站点", empty="站点台账中没有登记这一类站点。")


def _station(desk: Desk, hosts: r.HostList, station: r.Station) -> Cell:
    """The way to a station's check list: beside the map for who has it, else on its page."""
    if not desk.sees_all:
        return link(station.name, station_address(desk, station))
    to = map_address(desk, hosts, town=station.town, station=station.code)
    return link(station.name, to)


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
    Column("任务", "32%", is_title=True),
    Column("责任单位"),
    Column("完成时限", "6.5rem"),
)


def closings_table(desk: Desk, coverage: Coverage) -> None:
    """What closes a gap, the worst light first: task, units, date, and the draft of a 督办单."""
    found = worst_first(desk.judgement, coverage.hosts)
    table(
        _CLOSING_COLUMNS,
        [_closing_row(desk, coverage, each) for each in found],
        caption="补缺口的任务",
        empty="方案未就该名录明确任务。",
    )


def _closing_row(desk: Desk, coverage: Coverage, each: Closing) -> list[Cell]:
    task = each.task.task
    units = [f"{role.label}：{names}" for role, names in bound(desk.books, task.code)]
    urges = desk.may(Right.SUPERVISE) and desk.day == desk.today and bool(coverage.gap)
    draft = link("拟督办单", order_address(desk, coverage, task.code)) if urges else NOTHING
    return [
        light_mark(desk.settings, each.light, each.word),
        lines(link(each.title, task_address(desk, task.code)), quiet(task.clause), draft),
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
    found = [of_area(desk.books, each, town, desk.day) for each in lists]
    shown = [each for each in found if each.built or each.obliged]
    rows: list[list[Cell]] = [
        [
            link(each.hosts.title, map_address(desk, each.hosts, town=town.code)),
            *figures_of(desk, each)[1:],
            STAGES[each.stage],
        ]
        for each in shown
    ]
    table(
        _OTHER_COLUMNS, rows, caption="其他站点", empty="其他应设名录中，本镇街尚无应设数和站点。"
    )
