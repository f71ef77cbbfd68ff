"""登记议定事项: matter, unit, date and closing standard, at a point or at the end of the page."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.posting.dispatching import decide, prepare
from dashboard.posting.faults import NEW, Fault, RefusedError
from dashboard.rules.agenda import AgendaPart, Point
from dashboard.widgets.desk import Desk
from dashboard.widgets.meeting_course import Course, form_of, send
from dashboard.widgets.notice import outbox

FORM = "decision"


def decision_form(at: Course, point: Point | None = None) -> None:
    """The form, closed until it is wanted; it is a directive from the moment it is sent."""
    turn = outbox().turn(form_of(FORM))
    key = f"{FORM}_{point.key if point else 'none'}_{turn}"
    with (
        st.expander("登记议定事项", key=f"{key}_opened"),
        st.form(key, enter_to_submit=False, border=False),
    ):
        values = _entered(at, point, key)
        sent = st.form_submit_button("登记议定事项", type="primary")
    if sent:
        send(FORM, partial(_decided, at, point, values))


def _entered(at: Course, point: Point | None, key: str) -> dict[str, Any]:
    matter = st.text_area("议定事项（必填）", key=f"{key}_matter", height=68)
    left, middle, right = st.columns([4, 3, 5])
    names = _units(at.desk)
    likely, codes = unit_of(at.desk, point), list(names)
    unit = left.selectbox(
        "承办单位（必填）",
        codes,
        index=codes.index(likely) if likely in names else None,
        format_func=names.__getitem__,
        key=f"{key}_unit",
        placeholder="请选择单位",
    )
    due_on = middle.date_input(
        "办结时限（必填）", value=_next_meeting(at), key=f"{key}_due", help="默认为下次调度当天。"
    )
    standard = right.text_input(
        "办结标准（必填）", key=f"{key}_standard", help="写明做到什么程度算办结，办结时逐条对照。"
    )
    return {"matter": matter, "unit": unit, "due_on": due_on, "closing_standard": standard}


def _units(desk: Desk) -> dict[str, str]:
    units = sorted(desk.books.all(r.Unit), key=lambda each: each.seq)
    return {each.code: each.name for each in units if each.can_answer}


def unit_of(desk: Desk, point: Point | None) -> str | None:
    """Whose matter a point is, to whom a decision on it is likely to go; None where it is open."""
    if point is None:
        return None
    if point.part in (AgendaPart.WORSE, AgendaPart.DUE):
        line = desk.books.find(r.ReportingLine, point.subject)
        return line.unit if line else None
    if point.part is AgendaPart.DECISION:
        given = desk.books.find(r.Directive, point.subject)
        return given.unit if given else None
    problem = desk.books.find(r.Problem, point.subject)
    return problem.unit if problem else None


def _next_meeting(at: Course) -> date:
    number = at.meeting.round.number + 1
    found = next((each for each in at.desk.judgement.rounds if each.number == number), None)
    day = found.meeting_on if found else at.desk.today + timedelta(days=7)
    return max(day, at.desk.today)


def _decided(at: Course, point: Point | None, values: dict[str, Any]) -> str:
    faults = [
        Fault("directive", NEW, name, "不能为空")
        for name, value in values.items()
        if value is None or (isinstance(value, str) and not value.strip())
    ]
    if faults:
        raise RefusedError(*faults)
    desk = at.desk
    given = desk.engine, desk.viewer, desk.plan.code, at.meeting.code
    if at.dispatch is None:
        prepare(*given, desk.settings)
    code = decide(*given, point.key if point else None, **values)
    unit = desk.books.get(r.Unit, values["unit"]).name
    due = wording.day(values["due_on"], desk.today.year)
    return f"已登记议定事项{code}，由{unit}承办，{due}前办结；下次调度首先听取落实情况。"
