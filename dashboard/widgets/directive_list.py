"""交办事项 on screen: its sentence, its filters, its numbers and its rows."""

from collections.abc import Sequence

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DirectiveSource, DirectiveState
from dashboard.rules.directives import is_instruction, is_overdue, tally
from dashboard.rules.handling import state_word
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.handling_course import answer_cell, due_cell
from dashboard.widgets.links import address, task_address
from dashboard.widgets.record_choice import record_address
from dashboard.widgets.strips import figures
from dashboard.widgets.table import Cell, Column, lines, link, page_of, quiet, table

STANDING, OVERDUE = "standing", "overdue"
"""The address's words for what is not closed, and for what is past its date unanswered."""
INSTRUCTION = "instruction"
"""The address's word for what carries out a written instruction."""
_STATES = {
    STANDING: "未办结",
    OVERDUE: "逾期",
    **{state.value: state.label for state in DirectiveState},
}
_SOURCES = {**{each.value: each.label for each in DirectiveSource}, INSTRUCTION: "批示办理"}


def answer_of(desk: Desk) -> str:
    """“交办事项14件（其中批示办理1件），未办结6件，逾期2件。”."""
    found = tally(desk.books.all(r.Directive), desk.day)
    if not found.total:
        return "尚无交办事项。"
    among = f"（其中批示办理{found.instructions}件）" if found.instructions else ""
    return f"交办事项{found.total}件{among}，未办结{found.standing}件，逾期{found.overdue}件。"


def numbers(desk: Desk) -> None:
    """Directives by state, each number leading to its rows."""
    held = desk.books.all(r.Directive)
    pairs: list[tuple[str, Cell]] = [("全部", _count(desk, len(held)))]
    for state, word in _STATES.items():
        number = sum(_is_in(desk, each, state) for each in held)
        pairs.append((word, _count(desk, number, state=state)))
    if number := sum(map(is_instruction, held)):
        pairs.append((_SOURCES[INSTRUCTION], _count(desk, number, source=INSTRUCTION)))
    figures(pairs)


def _count(desk: Desk, number: int, **filters: str) -> Cell:
    return link(f"{number}件", address(desk, "directives", **filters))


def _is_in(desk: Desk, directive: r.Directive, state: str | None) -> bool:
    if state == STANDING:
        return directive.state is not DirectiveState.CLOSED
    if state == OVERDUE:
        return is_overdue(directive, desk.day)
    return state in (None, directive.state.value)


def _came(directive: r.Directive) -> str:
    """The source as filters tell it: an instruction is not any 领导交办."""
    return INSTRUCTION if is_instruction(directive) else directive.source.value


def chosen(desk: Desk) -> tuple[r.Directive, ...]:
    """The directives that the filters leave: the most urgent on top."""
    held = desk.books.all(r.Directive)
    places = st.columns(3)
    with places[0]:
        state = choice("状态", list(_STATES), "state", _STATES.__getitem__, everything="全部状态")
    with places[1]:
        unit = _unit(desk, held)
    with places[2]:
        came = {_came(each) for each in held}
        offered = [name for name in _SOURCES if name in came]
        source = choice("来源", offered, "source", _SOURCES.__getitem__, everything="全部来源")
    found = [
        each
        for each in held
        if _is_in(desk, each, state) and unit in (None, each.unit) and source in (None, _came(each))
    ]
    return tuple(sorted(found, key=_urgency))


def _urgency(directive: r.Directive) -> tuple[int, int, str]:
    """What waits for the unit, then for the office, by date; what is closed, the latest first."""
    place = list(DirectiveState).index(directive.state)
    if directive.state is DirectiveState.CLOSED:
        return place, -(directive.closed_on or directive.due_on).toordinal(), directive.code
    return place, directive.due_on.toordinal(), directive.code


def _unit(desk: Desk, held: Sequence[r.Directive]) -> str | None:
    codes = {each.unit for each in held}
    units = sorted((desk.books.get(r.Unit, code) for code in codes), key=lambda each: each.seq)
    names = {each.code: each.name for each in units}
    return choice("承办单位", list(names), "unit", names.__getitem__, everything="全部单位")


_COLUMNS = (
    Column("交办事项", "22%", is_title=True),
    Column("来源", "8rem"),
    Column("承办单位", "9%"),
    Column("交办日期", "6rem"),
    Column("办结时限", "7rem"),
    Column("办结标准", "16%"),
    Column("状态", "6rem"),
    Column("反馈情况"),
)


def directive_table(desk: Desk, directives: Sequence[r.Directive]) -> None:
    """The rows, each leading to its record with its history."""
    rows = [_row(desk, each) for each in page_of(directives, "directives_page")]
    some = desk.books.all(r.Directive)
    none = f"尚无交办事项{desk.step(Right.DIRECT, '，请用上面的表单登记')}。"
    empty = "没有符合条件的交办事项，请放宽筛选条件。" if some else none
    table(_COLUMNS, rows, caption="交办事项", empty=empty)


def _row(desk: Desk, each: r.Directive) -> list[Cell]:
    year = desk.day.year
    task = desk.books.find(r.Task, each.task)
    to = quiet(link(f"关联任务：{task.clause}", task_address(desk, task.code))) if task else None
    closed = each.closed_on if each.state is DirectiveState.CLOSED else None
    return [
        lines(link(each.matter, record_address(desk, each)), to),
        _source(desk, each),
        desk.books.get(r.Unit, each.unit).name,
        wording.day(each.issued_on, year),
        due_cell(desk, each),
        each.closing_standard,
        lines(state_word(desk.books, each), quiet(wording.day(closed, year)) if closed else None),
        answer_cell(desk, each),
    ]


def _source(desk: Desk, each: r.Directive) -> Cell:
    """Where it comes from: the meeting by its name, an instruction by its register number."""
    if is_instruction(each):
        return lines(_SOURCES[INSTRUCTION], quiet(f"登记号{each.register_no}"))
    meetings = {found.code: found.name for found in desk.judgement.rounds}
    return lines(each.source.label, quiet(meetings.get(each.round or "")))
