"""The register of 督办 on screen: its sentence, its numbers, its filters and its rows."""

from collections.abc import Sequence

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import SupervisionKind, SupervisionState
from dashboard.rules.handling import is_past_due, is_standing, state_word
from dashboard.rules.ladder import register_name
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.handling_course import answer_cell, due_cell
from dashboard.widgets.links import address, task_address
from dashboard.widgets.record_choice import record_address
from dashboard.widgets.strips import figures
from dashboard.widgets.table import Cell, Column, lines, link, page_of, quiet, table

STANDING, OVERDUE = "standing", "overdue"
"""The address's words for what is not closed, and for what is past its date unanswered."""
_STATES = {
    STANDING: "未办结",
    OVERDUE: "逾期",
    **{state.value: state.label for state in SupervisionState},
}


def answer_of(desk: Desk, proposed: int) -> str:
    """“督办未办结3件，其中逾期1件；按督办阶梯，建议发出2件。”."""
    held = desk.books.all(r.Supervision)
    standing = [each for each in held if is_standing(each)]
    late = sum(is_past_due(each, desk.day) for each in standing)
    among = f"，其中逾期{late}件" if late else ""
    told = f"督办未办结{len(standing)}件{among}" if held else "尚未发出督办"
    if not desk.may(Right.SUPERVISE):
        return f"{told}。"
    asked = f"建议发出{proposed}件" if proposed else "目前没有建议发出的"
    return f"{told}；按督办阶梯，{asked}。"


def numbers(desk: Desk) -> None:
    """Slips by kind, then by where they stand; each number leads to its rows."""
    held = desk.books.all(r.Supervision)
    pairs: list[tuple[str, Cell]] = [("全部", _count(desk, len(held)))]
    for kind in SupervisionKind:
        if number := sum(each.kind is kind for each in held):
            pairs.append((kind.label, _count(desk, number, kind=kind.value)))
    for state in (STANDING, OVERDUE):
        number = sum(_is_in(desk, each, state) for each in held)
        pairs.append((_STATES[state], _count(desk, number, state=state)))
    figures(pairs)


def _count(desk: Desk, number: int, **filters: str) -> Cell:
    return link(f"{number}件", address(desk, "supervision", **filters))


def _is_in(desk: Desk, given: r.Supervision, state: str | None) -> bool:
    if state == STANDING:
        return is_standing(given)
    if state == OVERDUE:
        return is_past_due(given, desk.day)
    return state in (None, given.state.value)


def chosen(desk: Desk) -> tuple[r.Supervision, ...]:
    """The slips that the filters leave: what waits for the unit first, by date."""
    held = desk.books.all(r.Supervision)
    first, second, third = st.columns(3)
    with first:
        kinds = {each.value: each.label for each in SupervisionKind}
        kind = choice("督办方式", list(kinds), "kind", kinds.__getitem__, everything="全部方式")
    with second:
        state = choice("状态", list(_STATES), "state", _STATES.__getitem__, everything="全部状态")
    with third:
        unit = _unit(desk, held)
    found = [
        each
        for each in held
        if kind in (None, each.kind.value)
        and _is_in(desk, each, state)
        and unit in (None, each.unit)
    ]
    return tuple(sorted(found, key=_urgency))


def _urgency(given: r.Supervision) -> tuple[int, int, str]:
    """What waits for the unit, then for the office, by date; what is over, the latest first."""
    place = list(SupervisionState).index(given.state)
    if not is_standing(given):
        return place, -(given.closed_on or given.issued_on).toordinal(), given.code
    return place, (given.due_on or given.issued_on).toordinal(), given.code


def _unit(desk: Desk, held: Sequence[r.Supervision]) -> str | None:
    codes = {each.unit for each in held}
    units = sorted((desk.books.get(r.Unit, code) for code in codes), key=lambda each: each.seq)
    names = {each.code: each.name for each in units}
    return choice("承办单位", list(names), "unit", names.__getitem__, everything="全部单位")


_COLUMNS = (
    Column("登记序号", "8.5rem", is_title=True),
    Column("承办单位", "9%"),
    Column("发出事由", "32%"),
    Column("发出日期", "6rem"),
    Column("办结时限", "7rem"),
    Column("状态", "5.5rem"),
    Column("反馈情况"),
)


def register(desk: Desk, slips: Sequence[r.Supervision]) -> None:
    """The rows, each leading to its record with its course and its paper."""
    rows = [_row(desk, each) for each in page_of(slips, "supervision_page")]
    some = desk.books.all(r.Supervision)
    empty = "没有符合条件的督办，请放宽筛选条件。" if some else "尚未发出督办。"
    table(_COLUMNS, rows, caption="督办登记", empty=empty)


def _row(desk: Desk, each: r.Supervision) -> list[Cell]:
    year = desk.day.year
    task = desk.books.find(r.Task, each.task)
    to = quiet(link(f"关联任务：{task.clause}", task_address(desk, task.code))) if task else None
    closed = wording.day(each.closed_on, year) if each.closed_on else None
    return [
        link(register_name(each), record_address(desk, each)),
        desk.books.get(r.Unit, each.unit).name,
        lines(each.reason, to),
        wording.day(each.issued_on, year),
        due_cell(desk, each),
        lines(state_word(desk.books, each), quiet(closed)),
        answer_cell(desk, each),
    ]
