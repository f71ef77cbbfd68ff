"""The course of one problem on its page: where it stands, who did what when, with which files."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.evidence import evidence_of
from dashboard.ledgers.terms import Action
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.problems import (
    Stage,
    closing_of,
    is_proposed,
    look_back_due,
    stage_of,
    steps_of,
)
from dashboard.widgets.desk import Desk
from dashboard.widgets.evidence_parts import file_links
from dashboard.widgets.heading import section
from dashboard.widgets.problem_next import next_form
from dashboard.widgets.problem_reuse import reuse_warning
from dashboard.widgets.table import Cell, Column, lines, quiet, table

_Files = Mapping[str, Sequence[r.Evidence]]


def course(desk: Desk, problem: r.Problem, changes: Sequence[r.Revision]) -> None:
    """The standard, the steps so far, what the checker should know, and the form of the next."""
    steps = steps_of(desk.books, problem.code)
    section("办理过程", standing_words(desk, problem))
    standard = f"{standard_label(problem)}：{problem.closing_standard}"
    st.html(f'<p style="margin:0">{escape(standard)}</p>')
    _timeline(desk, problem, steps, changes)
    asked = closing_of(steps).asked
    if asked and (desk.may(Right.CLOSE) or desk.may(Right.CONFIRM_CLOSING)):
        reuse_warning(desk, asked.code)
    next_form(desk, problem)


def standard_label(problem: r.Problem) -> str:
    """What the closing standard is called: a proposal until the problem is taken up."""
    return "拟定销号标准" if is_proposed(problem) else "销号标准"


def standing_words(desk: Desk, problem: r.Problem) -> str:
    """“核查已通过，待确认；重新挂账1次”: where a problem stands and who has to move."""
    times = f"；重新挂账{problem.reopenings}次" if problem.reopenings else ""
    return f"{_standing(desk, problem)}{times}"


def _standing(desk: Desk, problem: r.Problem) -> str:
    days, year = desk.settings.problems.look_back_days, desk.day.year
    due = look_back_due(problem, days)
    back = f"，{wording.day(due, year)}起应回头看" if due else ""
    until = f"，时限{wording.day(problem.due_on, year)}" if problem.due_on else ""
    unit = desk.books.get(r.Unit, problem.unit).name
    words = {
        Stage.TAKE_UP: f"待办公室交办{unit}整改",
        Stage.SOLVING: f"{unit}整改中{until}",
        Stage.CHECK: "已申请销号，待核查",
        Stage.CONFIRM: "核查已通过，待确认",
        Stage.LOOK_BACK: f"已销号{back}",
        Stage.SETTLED: f"已销号{back}",
    }
    return words[stage_of(problem, desk.day, days)]


_COLUMNS = (
    Column("办理环节", "7rem", is_title=True),
    Column("日期", "8.5rem"),
    Column("岗位", "13rem"),
    Column("说明"),
)
_FILES = Column("佐证材料", "14rem")


def _timeline(
    desk: Desk,
    problem: r.Problem,
    steps: Sequence[r.ProblemStep],
    changes: Sequence[r.Revision],
) -> None:
    codes = [each.code for each in steps]
    files = evidence_of(desk.engine, desk.plan.code, desk.as_of, steps=codes)
    rows = [_beginning(desk, problem, changes), *(_step(desk, each) for each in steps)]
    columns: Sequence[Column] = _COLUMNS
    if files:
        columns = (*_COLUMNS, _FILES)
        shown: list[Cell] = [None, *(_links(desk, files, code) for code in codes)]
        rows = [[*row, cell] for row, cell in zip(rows, shown, strict=True)]
    table(columns, rows, caption="办理过程")


def _beginning(desk: Desk, problem: r.Problem, changes: Sequence[r.Revision]) -> list[Cell]:
    made = next((each for each in changes if each.action is Action.CREATE), None)
    raised = shanghai_day(problem.known_at) if problem.known_at else problem.found_on
    who = lines(made.by_post, quiet(made.by_account)) if made else None
    found = wording.day(problem.found_on, desk.day.year)
    said = f"{problem.source.label}，{found}发现：{problem.description}"
    return ["登记问题", _on(desk, raised), who, said]


def _step(desk: Desk, each: r.ProblemStep) -> list[Cell]:
    who = lines(each.by_post, quiet(each.by_account))
    return [each.act.label, _on(desk, each.done_on), who, each.text]


def _on(desk: Desk, day: date) -> str:
    return wording.day(day, desk.day.year)


def _links(desk: Desk, files: _Files, code: str) -> Cell:
    return file_links(desk, files[code]) if code in files else None
