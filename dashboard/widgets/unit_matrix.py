"""部门进度: units × lights with the state of their records, and what one unit has in hand."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DirectiveState, ProblemState
from dashboard.rules.freshness import Freshness
from dashboard.rules.summary import UnitStanding
from dashboard.rules.verdicts import Light
from dashboard.settings import Settings
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address
from dashboard.widgets.lists import due
from dashboard.widgets.record_choice import record_address
from dashboard.widgets.strips import DISPLAY
from dashboard.widgets.table import Cell, Column, light_mark, lines, link, quiet, table

RECORDS = (Freshness.ON_TIME, Freshness.DUE, Freshness.LATE, Freshness.MISSING)


def unit_matrix(desk: Desk, found: Sequence[UnitStanding], *, caption: str) -> None:
    """Units in protocol order with their tasks by light and their records by state."""
    scheme, words = desk.settings.lights.scheme, desk.settings.lights.freshness
    looks = [getattr(scheme, light.value) for light in DISPLAY]
    columns = (
        Column("单位", "20%", is_title=True),
        Column("任务", is_figure=True),
        *(Column(f"{look.symbol} {look.label}", is_figure=True) for look in looks),
        *(Column(getattr(words, state.value), is_figure=True) for state in RECORDS),
    )
    rows = [_row(desk, each) for each in found]
    table(columns, rows, caption=caption, empty="没有承担牵头或责任任务的单位。")


def _row(desk: Desk, each: UnitStanding) -> list[Cell]:
    unit, own = each.unit.code, each.answerable
    tasks = len(own.tasks)
    return [
        link(each.unit.name, address(desk, "departments", unit=unit)),
        link(tasks, address(desk, "tasks", unit=unit, role="own")) if tasks else None,
        *(_light_cell(desk, unit, light, own.lights.get(light, 0)) for light in DISPLAY),
        *(_record_cell(desk, unit, state, each.freshness.get(state, 0)) for state in RECORDS),
    ]


def _light_cell(desk: Desk, unit: str, light: Light, number: int) -> Cell:
    if not number:
        return None
    to = address(desk, "tasks", unit=unit, role="own", light=light.value)
    return link(light_mark(desk.settings, light, str(number)), to)


def _record_cell(desk: Desk, unit: str, state: Freshness, number: int) -> Cell:
    if not number:
        return None
    return link(number, address(desk, "responsibilities", unit=unit, fresh=state.value))


def answer(settings: Settings, found: Sequence[UnitStanding]) -> str:
    """“21家部门和单位承担牵头或责任任务，9家有滞后或逾期任务；最近一期报送……。”."""
    own = [each for each in found if each.answerable.tasks]
    behind = sum(bool(each.answerable.behind) for each in own)
    words = settings.lights.freshness
    records = {state: sum(each.freshness.get(state, 0) for each in found) for state in RECORDS}
    said = "、".join(
        f"{getattr(words, state.value)}{records[state]}条" for state in RECORDS if records[state]
    )
    reporting = f"最近一期报送{said}" if said else "目前没有需要报送的事项"
    return f"{len(own)}家部门和单位承担牵头或责任任务，{behind}家有滞后或逾期任务；{reporting}。"


PROBLEMS = (
    Column("状态", "6rem"),
    Column("问题", is_title=True),
    Column("类别", "5rem"),
    Column("解决方案", "30%"),
    Column("解决时限", "9rem"),
)


def problem_list(desk: Desk, problems: Sequence[r.Problem]) -> None:
    """One unit's problems, the open ones first."""
    ordered = sorted(problems, key=lambda each: each.state is ProblemState.CLOSED)
    rows: list[list[Cell]] = [
        [
            each.state.label,
            link(each.description, record_address(desk, each)),
            each.category.label,
            each.solution,
            _until(desk, each.due_on, each.closed_on, "销号"),
        ]
        for each in ordered
    ]
    table(PROBLEMS, rows, caption="问题", empty="没有该单位的问题。")


DIRECTIVES = (
    Column("状态", "6rem"),
    Column("交办事项", is_title=True),
    Column("来源", "10rem"),
    Column("反馈情况", "30%"),
    Column("办结时限", "9rem"),
)


def directive_list(desk: Desk, directives: Sequence[r.Directive]) -> None:
    """What was handed to one unit, the open ones first."""
    ordered = sorted(directives, key=lambda each: each.state is DirectiveState.CLOSED)
    rows: list[list[Cell]] = [
        [
            each.state.label,
            link(each.matter, record_address(desk, each)),
            lines(each.source.label, quiet(wording.day(each.issued_on, desk.day.year))),
            each.answer,
            _until(desk, each.due_on, each.closed_on, "办结"),
        ]
        for each in ordered
    ]
    table(DIRECTIVES, rows, caption="交办事项", empty="没有交该单位办理的事项。")


def light_key(desk: Desk) -> None:
    """Colour, symbol and word of each light; it wraps where a chart's own legend is cut off."""
    marks = "　".join(light_mark(desk.settings, light).html for light in DISPLAY)
    st.html(f'<p style="margin:0">{marks}</p>')


def _until(desk: Desk, due_on: date | None, closed_on: date | None, word: str) -> Cell:
    """A date with the days left; of what is closed, when that was."""
    if closed_on is None:
        return due(due_on, desk)
    planned = wording.day(due_on, desk.day.year) if due_on else None
    return lines(planned, quiet(f"{wording.day(closed_on, desk.day.year)}{word}"))
