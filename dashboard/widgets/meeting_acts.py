"""What is done at a point while the meeting sits: 已议, 转下次, and a decision with its form."""

from functools import partial

import streamlit as st

from dashboard import wording
from dashboard.ledgers.terms import PointOutcome
from dashboard.posting.dispatching import open_meeting, prepare, settle_point
from dashboard.widgets.decision_form import decision_form
from dashboard.widgets.meeting_course import send
from dashboard.widgets.meeting_walk import Sitting, go, jumps, ways


def acts(at: Sitting) -> None:
    """The bar at the foot: the ways, then what becomes of the point."""
    with st.container(key="meeting_bar", horizontal=True, vertical_alignment="center"):
        ways(at)
        if at.may_open:
            if st.button("开始会议", key="meeting_open", type="primary"):
                send("open", lambda: _opened(at))
        elif at.takes_acts:
            _outcomes(at)
        else:
            _only_read(at)
        st.space("stretch")
        jumps(at)


def _only_read(at: Sitting) -> None:
    """Why nothing can be settled here."""
    told = ""
    if at.is_closed:
        told = "已结束并存档，只供查看"
    elif at.desk.day != at.desk.today:
        told = f"{wording.day(at.desk.day, at.desk.today.year)}的台账，只供查看"
    if told:
        st.html(f'<p class="g-quiet g-bar-says">{told}</p>', width="content")


def _opened(at: Sitting) -> str:
    desk = at.desk
    given = desk.engine, desk.viewer, desk.plan.code, at.meeting.code
    prepare(*given, desk.settings)
    open_meeting(*given)
    return f"{at.meeting.round.name}会议开始。"


def _outcomes(at: Sitting) -> None:
    if at.point.outcome is not PointOutcome.OPEN:
        if st.button("恢复待议", key="meeting_again"):
            _settle(at, PointOutcome.OPEN)
        return
    if st.button("已议，下一项", key="meeting_done", type="primary"):
        _settle(at, PointOutcome.DONE)
    if st.button("转下次", key="meeting_carry", help="会上没有议到，或需再议；列入下次调度。"):
        _settle(at, PointOutcome.CARRIED)


def _settle(at: Sitting, outcome: PointOutcome) -> None:
    words = f"第{at.place + 1}项（{at.point.title}）：{outcome.label}。"
    send("outcome", partial(_settled, at, outcome, words))


def _settled(at: Sitting, outcome: PointOutcome, words: str) -> str:
    desk = at.desk
    given = desk.engine, desk.viewer, desk.plan.code, at.meeting.code
    settle_point(*given, at.point.key, outcome=outcome, seen=desk.books.version)
    if outcome is not PointOutcome.OPEN and at.place + 1 < len(at.points):
        go(at.points[at.place + 1].key)
    return words


def decision(at: Sitting) -> None:
    """登记议定事项 on the point, once the meeting has begun."""
    if at.takes_acts and not at.may_open:
        decision_form(at, at.point)
