"""The matrix of towns × requirements: each cell a sign, a word and its figures."""

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import UnitKind
from dashboard.rules.coverage import Coverage, Stage
from dashboard.rules.freshness import Freshness
from dashboard.rules.stage_words import SHARE_STAGES, STAGES
from dashboard.rules.targets import target_words
from dashboard.rules.town_matrix import Share, TownMatrix, TownRow, share_words
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address
from dashboard.widgets.table import (
    Cell,
    Column,
    Markup,
    freshness_mark,
    link,
    markup,
    page_of,
    quiet,
    table,
)

_WRAPPED = "{};white-space:normal"
"""A column's width whose head may break: requirements have long names."""


MOST_INDICATORS = 8
"""More columns than these no screen and no sheet of paper can show."""


def town_table(desk: Desk, matrix: TownMatrix) -> None:
    """Towns in the office's order; a town leads to its panel, a cell to its rows."""
    shown = matrix.indicators[:MOST_INDICATORS]
    width = _WRAPPED.format(f"{84 // max(1, len(matrix.lists) + len(shown))}%")
    columns = [Column("镇街", "7rem", is_title=True)]
    columns += [Column(hosts.title, width) for hosts in matrix.lists]
    columns += [Column(_asked(each), width) for each in shown]
    rows = [_row(desk, row) for row in page_of(matrix.rows, "page")]
    table(columns, rows, caption="镇街进度", empty="镇街名单尚未录入。")
    if rest := len(matrix.indicators) - len(shown):
        more = link(f"另有{rest}项镇街分报的指标", address(desk, "indicators"))
        st.html(f'<p class="g-quiet g-links">{more.html}未在表中列出。</p>')


def _asked(indicator: r.Indicator) -> str:
    """The indicator's name, with what is asked of the town itself: …，不少于5场."""
    if indicator.scope != UnitKind.TOWN.label:
        return indicator.name
    asked = wording.quantity(indicator.comparator.value, indicator.value, indicator.unit)
    return f"{indicator.name}，{asked}"


def _row(desk: Desk, row: TownRow) -> list[Cell]:
    to = address(desk, "station_map", town=row.unit.code)
    stations = [_station_cell(desk, each) for each in row.coverages]
    shares = [_share_cell(desk, each) for each in row.shares[:MOST_INDICATORS]]
    return [link(row.unit.name, to), *stations, *shares]


def _station_cell(desk: Desk, each: Coverage) -> Cell:
    assert each.unit is not None  # a row of the matrix is a town's
    if each.stage is Stage.EXEMPT:
        return quiet(STAGES[each.stage])
    where = {"list": each.hosts.code, "town": each.unit.code}
    word = STAGES[each.stage]
    if each.stage is Stage.UNRECORDED:
        return quiet(word)
    if each.stage is Stage.UNKNOWN:
        built = link(f"已建{each.built}", address(desk, "stations", state="built", **where))
        return _together(quiet(word), built if each.built else None)
    figures = f"{each.filled}/{each.obliged}{each.hosts.unit_word}"
    return _together(word, link(figures, address(desk, "station_map", **where)))


def _share_cell(desk: Desk, share: Share) -> Cell:
    if share.line is None:
        return quiet(SHARE_STAGES[share.stage])
    shown = share_words(share)
    to = address(desk, "responsibilities", unit=share.unit.code)
    found = _together(SHARE_STAGES[share.stage], link(shown, to) if shown else None)
    fresh = share.line.freshness
    if fresh is Freshness.NOT_ASKED:
        return found
    return Markup(f"<span>{found.html}<br>{freshness_mark(desk.settings, fresh).html}</span>")


def _together(*cells: Cell) -> Markup:
    """Side by side, and one block where the row becomes a card."""
    whole = [f'<span style="white-space:nowrap">{markup(cell)}</span>' for cell in cells if cell]
    return Markup(f"<span>{' '.join(whole)}</span>")


def requirements_table(matrix: TownMatrix) -> None:
    """What each column asks of a town, where it stands in the plan, and how it is known."""
    rows: list[list[Cell]] = [
        [each.hosts.title, each.hosts.clause, _obliged(each), "站点台账"] for each in matrix.wholes
    ]
    rows += [
        [each.name, each.clause, target_words(each), "镇街分报"]
        for each in matrix.indicators[:MOST_INDICATORS]
    ]
    columns = (
        Column("要求", "26%", is_title=True),
        Column("依据条款", "8rem"),
        Column("应达到"),
        Column("数据来源", "8rem"),
    )
    table(columns, rows, caption="各项要求的口径")


def _obliged(whole: Coverage) -> str:
    return "总数待核定" if whole.obliged is None else f"全县{whole.denominator}"
