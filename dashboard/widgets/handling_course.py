"""The course of a 交办事项 or 督办 on its page: where it stands, who did what, the next act."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Action, HandlingAct, SupervisionKind
from dashboard.rules.directives import is_instruction
from dashboard.rules.handling import (
    Matter,
    is_answered,
    is_open,
    is_past_due,
    state_word,
    steps_of,
)
from dashboard.rules.ladder import register_name
from dashboard.rules.verdicts import Light
from dashboard.widgets.desk import Desk
from dashboard.widgets.handling_next import next_form
from dashboard.widgets.heading import section
from dashboard.widgets.paper_links import paper_links
from dashboard.widgets.table import Cell, Column, light_mark, lines, quiet, table

_COLUMNS = (
    Column("办理环节", "7rem", is_title=True),
    Column("日期", "8.5rem"),
    Column("岗位", "13rem"),
    Column("说明"),
)


def handling(desk: Desk, matter: Matter, changes: Sequence[r.Revision]) -> None:
    """Who has to move, the standard, what was done so far, and the form of the next act."""
    section("办理过程", standing_words(desk, matter))
    if isinstance(matter, r.Directive) and matter.closing_standard:
        st.html(f'<p style="margin:0">{escape(f"办结标准：{matter.closing_standard}")}</p>')
    rows = [_beginning(desk, matter, changes), *_answer_alone(desk, matter)]
    rows += [_step(desk, each) for each in steps_of(desk.books, matter)]
    table(_COLUMNS, rows, caption="办理过程")
    if isinstance(matter, r.Supervision):
        paper_links(desk, "supervision", code=matter.code)
    next_form(desk, matter)


def standing_words(desk: Desk, matter: Matter) -> str:
    """“县财政局办理中，时限9月20日，已过2天”: where a matter stands and who has to move."""
    unit = desk.books.get(r.Unit, matter.unit).name
    if isinstance(matter, r.Supervision) and matter.kind is SupervisionKind.VETO:
        return "仅作登记，不需反馈"
    if is_open(matter):
        until = f"，时限{wording.day(matter.due_on, desk.day.year)}" if matter.due_on else ""
        left = wording.days_left(matter.due_on, desk.day) if matter.due_on else ""
        return f"待{unit}反馈{until}{'，' if left else ''}{left}"
    if is_answered(matter):
        return "已反馈，待办公室审定"
    return state_word(desk.books, matter)


def due_cell(desk: Desk, matter: Matter) -> Cell:
    """The date, and while the unit has it the days left or gone."""
    if matter.due_on is None:
        return None
    said = wording.day(matter.due_on, desk.day.year)
    if not is_open(matter):
        return said
    left = wording.days_left(matter.due_on, desk.day)
    is_late = is_past_due(matter, desk.day)
    return lines(said, light_mark(desk.settings, Light.RED, left) if is_late else quiet(left))


def answer_cell(desk: Desk, matter: Matter) -> Cell:
    """What was answered and when; what is still expected, or what the office asked for since."""
    year, steps = desk.day.year, steps_of(desk.books, matter)
    if isinstance(matter, r.Supervision) and matter.kind is SupervisionKind.VETO:
        return None
    last = steps[-1] if steps else None
    if matter.answer:
        on = wording.day(matter.answered_on, year) if matter.answered_on else None
        expected = last.expected_on if last and last.act is HandlingAct.ANSWERED else None
        until = f"预计{wording.day(expected, year)}完成" if expected else None
        return lines(matter.answer, quiet("，".join(each for each in (on, until) if each)))
    if is_open(matter) and last is not None:
        return lines(quiet("尚未再次反馈"), quiet(f"{last.act.label}：{last.text}"))
    if last is not None and last.text:
        return quiet(f"{last.act.label}：{last.text}")
    return quiet("尚未反馈" if is_open(matter) else "未作书面反馈")


def _beginning(desk: Desk, matter: Matter, changes: Sequence[r.Revision]) -> list[Cell]:
    made = next((each for each in changes if each.action is Action.CREATE), None)
    who: Cell = lines(made.by_post, quiet(made.by_account)) if made else None
    day = wording.day(matter.issued_on, desk.day.year)
    if isinstance(matter, r.Supervision):
        account = made.by_account if made else None
        return [_issued_word(matter), day, lines(matter.issued_by, quiet(account)), matter.demand]
    what = "登记批示办理要求" if is_instruction(matter) else "交办"
    return [what, day, who, matter.matter]


def _issued_word(given: r.Supervision) -> str:
    if given.kind is SupervisionKind.VETO:
        return given.kind.label
    return "通报点名" if given.kind is SupervisionKind.NAMING else f"发出{register_name(given)}"


def _answer_alone(desk: Desk, matter: Matter) -> list[list[Cell]]:
    """An answer that stands in the row alone, such as one that came with a plan's folder."""
    if not matter.answer or steps_of(desk.books, matter) or matter.answered_on is None:
        return []
    day = wording.day(matter.answered_on, desk.day.year)
    return [[HandlingAct.ANSWERED.label, day, None, matter.answer]]


def _step(desk: Desk, each: r.HandlingStep) -> list[Cell]:
    year = desk.day.year
    expected = each.expected_on
    until = quiet(f"预计{wording.day(expected, year)}完成") if expected else None
    who = lines(each.by_post, quiet(each.by_account))
    return [each.act.label, wording.day(each.done_on, year), who, lines(each.text, until)]
