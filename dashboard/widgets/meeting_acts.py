"""What is done at a point while the meeting sits: 已议, 转下次, and a decision with its form."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DispatchState, PointOutcome
from dashboard.posting.dispatching import decide, open_meeting, prepare, settle_point
from dashboard.posting.editing import ConflictError
from dashboard.posting.faults import NEW, Fault, RefusedError
from dashboard.widgets.desk import Desk
from dashboard.widgets.meeting_point import unit_of
from dashboard.widgets.meeting_walk import Sitting, go, jumps, ways
from dashboard.widgets.notice import outbox, post

FORM = "meeting"


def acts(at: Sitting) -> None:
    """The bar at the foot: the ways, then what becomes of the point."""
    with st.container(key="meeting_bar", horizontal=True, vertical_alignment="center"):
        ways(at)
        if may_open(at):
            if st.button("开始会议", key="meeting_open", type="primary"):
                send("open", lambda: _opened(at))
        elif at.takes_acts:
            _outcomes(at)
        else:
            _only_read(at)
        st.space("stretch")
        jumps(at)


def may_open(at: Sitting) -> bool:
    """Whether the meeting waits for this viewer to begin it."""
    is_present = at.desk.day == at.desk.today
    return at.state is DispatchState.PREPARING and is_present and at.desk.may(Right.MEET)


def _only_read(at: Sitting) -> None:
    """Why nothing can be settled here."""
    told = ""
    if at.state is DispatchState.CLOSED:
        told = "已结束并存档，只供查看"
    elif at.desk.day != at.desk.today:
        told = f"{wording.day(at.desk.day, at.desk.today.year)}的台账，只供查看"
    if told:
        st.html(f'<p class="g-quiet g-bar-says">{told}</p>', width="content")


def _opened(at: Sitting) -> str:
    desk, code = at.desk, at.meeting.code
    given = desk.engine, desk.viewer, desk.plan.code, code
    prepare(*given, desk.settings)
    open_meeting(*given)
    return f"{at.meeting.round.name}会议开始。"


def _outcomes(at: Sitting) -> None:
    point = at.point
    if point.outcome is PointOutcome.OPEN:
        if st.button("已议，下一项", key="meeting_done", type="primary"):
            _settle(at, PointOutcome.DONE)
        if st.button("转下次", key="meeting_carry", help="会上没有议到，或需再议；列入下次调度。"):
            _settle(at, PointOutcome.CARRIED)
    elif st.button("恢复待议", key="meeting_again"):
        _settle(at, PointOutcome.OPEN)


def _settle(at: Sitting, outcome: PointOutcome) -> None:
    number, title = at.place + 1, at.point.title
    words = f"第{number}项（{title}）：{outcome.label}。"
    send("outcome", partial(_settled, at, outcome, words))


def _settled(at: Sitting, outcome: PointOutcome, words: str) -> str:
    desk = at.desk
    given = desk.engine, desk.viewer, desk.plan.code, at.meeting.code
    settle_point(*given, at.point.key, outcome=outcome, seen=desk.books.version)
    if outcome is not PointOutcome.OPEN and at.place + 1 < len(at.points):
        go(at.points[at.place + 1].key)
    return words


def send(name: str, act: Callable[[], str]) -> None:
    """Post one act on a meeting; where another person was first, say so and show it."""
    form = f"{FORM}_{name}"

    def done() -> str:
        try:
            return act()
        except ConflictError as conflict:
            who = conflict.changes[0].by_post
            said = f"{who}刚刚作了不同的处理，已按其处理显示，请核对后再办"
            raise RefusedError(Fault("dispatch", NEW, None, said)) from conflict

    post(form, outbox().turn(form), done)


# Decisions


def decision(at: Sitting) -> None:
    """登记议定事项 on the point: matter, unit, date, closing standard."""
    if not at.takes_acts or may_open(at):
        return
    form = f"{FORM}_decision"
    turn = outbox().turn(form)
    key = f"decision_{at.point.key}_{turn}"
    with st.expander("登记议定事项", key=f"{key}_opened"), st.form(key, enter_to_submit=False):
        values = _entered(at, key)
        sent = st.form_submit_button("登记议定事项", type="primary")
    if sent:
        send("decision", partial(_decided, at, values))


def _entered(at: Sitting, key: str) -> dict[str, Any]:
    desk = at.desk
    matter = st.text_area("议定事项（必填）", key=f"{key}_matter", height=68)
    left, middle, right = st.columns([4, 3, 5])
    names = _units(desk)
    likely, codes = unit_of(desk, at.point), list(names)
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
    standard = right.text_input("办结标准（必填）", key=f"{key}_standard")
    return {"matter": matter, "unit": unit, "due_on": due_on, "closing_standard": standard}


def _units(desk: Desk) -> dict[str, str]:
    units = sorted(desk.books.all(r.Unit), key=lambda each: each.seq)
    return {each.code: each.name for each in units if each.can_answer}


def _next_meeting(at: Sitting) -> date:
    number = at.meeting.round.number + 1
    found = next((each for each in at.desk.judgement.rounds if each.number == number), None)
    day = found.meeting_on if found else at.desk.today + timedelta(days=7)
    return max(day, at.desk.today)


def _decided(at: Sitting, values: dict[str, Any]) -> str:
    faults = [
        Fault("directive", NEW, name, "不能为空")
        for name, value in values.items()
        if value is None or (isinstance(value, str) and not value.strip())
    ]
    if faults:
        raise RefusedError(*faults)
    desk = at.desk
    given = desk.engine, desk.viewer, desk.plan.code, at.meeting.code
    code = decide(*given, at.point.key, **values)
    unit = desk.books.get(r.Unit, values["unit"]).name
    due = wording.day(values["due_on"], desk.today.year)
    return f"已登记议定事项{code}，由{unit}承办，{due}前办结。"
