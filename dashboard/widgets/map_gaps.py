"""Which towns have no station yet, whose job it is and by when; below, how every area stands."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.rules.areas import towns_under
from dashboard.rules.coverage import Coverage, Stage, by_area, of_area
from dashboard.rules.gap_words import missing_words
from dashboard.rules.gaps import gap_of
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.keeping import kept
from dashboard.widgets.links import task_address
from dashboard.widgets.lists import due
from dashboard.widgets.map_view import MapView, map_address
from dashboard.widgets.supervision_given import answers_for
from dashboard.widgets.table import (
    NOTHING,
    Cell,
    Column,
    light_mark,
    lines,
    link,
    quiet,
    table,
)
from dashboard.widgets.town_panel import closings_table

_MOST = 15
_BARE = (
    Column("镇街", "8rem", is_title=True),
    Column("责任单位"),
    Column("完成时限", "9rem"),
)
_BELOW = (Column("镇街", "8rem", is_title=True), Column("差在哪里"))


def gap_lists(desk: Desk, view: MapView) -> None:
    """The towns of the area without a station; then those whose stations fall short."""
    found = kept("map_gaps", (desk.version, *view.key[:2]), lambda: _standing(desk, view))
    bare = [each for each in found if each.gap and not each.built]
    unknown = sum(each.stage is Stage.UNKNOWN for each in found)
    if bare:
        _bare_towns(desk, bare)
    else:
        section("尚无站点的镇街", f"{unknown}个镇街应设数待核定" if unknown else "没有")
        _whole(desk, view)
    below = [each for each in found if each.gap and each.built]
    if below:
        section(f"有站点、未达标的镇街（{len(below)}个{_cut(below)}）")
        rows = [
            [_town(desk, each), missing_words(desk.books, each, desk.day)] for each in below[:_MOST]
        ]
        table(_BELOW, rows, caption="有站点、未达标的镇街")


def _standing(desk: Desk, view: MapView) -> Sequence[Coverage]:
    return by_area(desk.books, view.hosts, towns_under(desk.books, view.area), desk.day)


def _whole(desk: Desk, view: MapView) -> None:
    """What closes the gap of the whole, where it lies in no town that is known."""
    whole = of_area(desk.books, view.hosts, view.area, desk.day)
    if whole.gap:
        section("缺口对应的任务", f"共缺{whole.gap}{view.hosts.unit_word}")
        closings_table(desk, whole)


def _bare_towns(desk: Desk, found: Sequence[Coverage]) -> None:
    section(f"尚无站点的镇街（{len(found)}个{_cut(found)}）")
    first = gap_of(desk.judgement, found[0])
    if first.units:
        told = "；".join(f"{role.label}：{names}" for role, names in first.units)
        st.html(f'<p style="margin:0">{escape(told)}。</p>')
    table(_BARE, [_row(desk, each) for each in found[:_MOST]], caption="尚无站点的镇街")


def _cut(found: Sequence[Coverage]) -> str:
    return f"，先列{_MOST}个" if len(found) > _MOST else ""


def _row(desk: Desk, coverage: Coverage) -> list[Cell]:
    gap = gap_of(desk.judgement, coverage)
    lacking = f"缺{gap.lacking}{coverage.hosts.unit_word}" if gap.lacking > 1 else gap.missing
    said = "" if coverage.stage is Stage.UNRECORDED else lacking
    mark = light_mark(desk.settings, gap.light, gap.word)
    code = gap.task.task.code if gap.task else None
    unit = desk.books.find(r.Unit, answers_for(desk, coverage.unit, code)) if code else None
    dated = due(gap.due_on, desk) if gap.due_on else NOTHING
    return [
        lines(_town(desk, coverage), quiet(said)),
        unit.name if unit else "方案未写责任单位",
        lines(dated, link(mark, task_address(desk, code)) if code else mark),
    ]


def _town(desk: Desk, coverage: Coverage) -> Cell:
    town = coverage.unit
    assert town is not None  # only towns are listed
    return link(town.name, map_address(desk, coverage.hosts, town=town.code))
