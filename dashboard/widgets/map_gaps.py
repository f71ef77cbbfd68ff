"""Which towns have no station yet, whose job it is and by when; below, how every area stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.rules.areas import path_to, towns_under
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


@dataclass(frozen=True)
class _Listed:
    """The towns with a gap: how many have no station and fall short, and the first of each."""

    bare: int
    below: int
    unknown: int
    told: str
    bare_rows: Sequence[Sequence[Cell]]
    below_rows: Sequence[Sequence[Cell]]


def gap_lists(desk: Desk, view: MapView) -> None:
    """The towns of the area without a station; then those whose stations fall short."""
    # The address says all that links keep of it; a province's towns are gone through once.
    key = (desk.version, view.key[:2], map_address(desk, view.hosts), desk.today)
    found = kept("map_gaps", key, lambda: _listed(desk, view))
    if found.bare:
        section(f"尚无站点的镇街（{found.bare}个{_cut(found.bare)}）")
        if found.told:
            st.html(f'<p style="margin:0">{escape(found.told)}。</p>')
        table(_BARE, found.bare_rows, caption="尚无站点的镇街")
    else:
        section("尚无站点的镇街", f"{found.unknown}个镇街应设数待核定" if found.unknown else "没有")
        _whole(desk, view)
    if found.below:
        section(f"有站点、未达标的镇街（{found.below}个{_cut(found.below)}）")
        table(_BELOW, found.below_rows, caption="有站点、未达标的镇街")


def _listed(desk: Desk, view: MapView) -> _Listed:
    found = by_area(desk.books, view.hosts, towns_under(desk.books, view.area), desk.day)
    bare = [each for each in found if each.gap and not each.standing]
    below = [each for each in found if each.gap and each.standing]
    return _Listed(
        bare=len(bare),
        below=len(below),
        unknown=sum(each.stage is Stage.UNKNOWN for each in found),
        told=_told(desk, bare[0]) if bare else "",
        bare_rows=[_row(desk, each) for each in bare[:_MOST]],
        below_rows=[
            [
                lines(_town(desk, each), quiet(_upper(desk, each))),
                missing_words(desk.books, each, desk.day),
            ]
            for each in below[:_MOST]
        ],
    )


def _whole(desk: Desk, view: MapView) -> None:
    """What closes the gap of the whole, where it lies in no town that is known."""
    whole = of_area(desk.books, view.hosts, view.area, desk.day)
    if whole.gap:
        section("缺口对应的任务", f"共缺{whole.gap}{view.hosts.unit_word}")
        closings_table(desk, whole)


def _told(desk: Desk, coverage: Coverage) -> str:
    """Whose job it is, by role."""
    units = gap_of(desk.judgement, coverage).units
    return "；".join(f"{role.label}：{names}" for role, names in units)


def _cut(number: int) -> str:
    return f"，先列{_MOST}个" if number > _MOST else ""


def _row(desk: Desk, coverage: Coverage) -> list[Cell]:
    gap = gap_of(desk.judgement, coverage)
    lacking = f"缺{gap.lacking}{coverage.hosts.unit_word}" if gap.lacking > 1 else gap.missing
    said = "" if coverage.stage is Stage.UNRECORDED else lacking
    mark = light_mark(desk.settings, gap.light, gap.word)
    code = gap.task.task.code if gap.task else None
    unit = desk.books.find(r.Unit, answers_for(desk, coverage.unit, code)) if code else None
    dated = due(gap.due_on, desk) if gap.due_on else NOTHING
    return [
        lines(_town(desk, coverage), quiet(_upper(desk, coverage)), quiet(said)),
        unit.name if unit else "方案未写责任单位",
        lines(dated, link(mark, task_address(desk, code)) if code else mark),
    ]


def _town(desk: Desk, coverage: Coverage) -> Cell:
    town = coverage.unit
    assert town is not None  # only towns are listed
    return link(town.name, map_address(desk, coverage.hosts, town=town.code))


def _upper(desk: Desk, coverage: Coverage) -> str:
    """The areas in which a town lies, where there are any: towns of one name are told apart."""
    path = path_to(desk.books, coverage.unit) if coverage.unit else ()
    return "".join(unit.name for unit in path[:-1])
