"""会前, 会上, 会后: how far a meeting has come, and the one next step."""

from collections.abc import Callable
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.ledgers.archive import frozen_weeks
from dashboard.ledgers.records import FrozenWeek
from dashboard.ledgers.terms import DispatchState, PointOutcome
from dashboard.posting.dispatching import prepare
from dashboard.widgets.links import address
from dashboard.widgets.meeting_course import Course, send
from dashboard.widgets.table import link

AGENDA, AFTER = "agenda", "after"
"""The places on the page that a next step leads to."""


def versions_of(at: Course) -> tuple[FrozenWeek, ...]:
    """The frozen versions of the week, oldest first, without their content."""
    if not at.is_closed:
        return ()
    found = frozen_weeks(at.desk.engine, at.desk.plan.code, at.desk.as_of)
    return tuple(each for each in found if each.dispatch == at.meeting.code)


def stages(at: Course, versions: tuple[FrozenWeek, ...]) -> None:
    """The three stages in a row, the present one marked, and what to do next."""
    told = (("会前", _before(at)), ("会上", _during(at)), ("会后", _after(at, versions)))
    place = {DispatchState.PREPARING: 0, DispatchState.HELD: 1, DispatchState.CLOSED: 2}[at.state]
    marks = ["已毕"] * place + ["现在"] + [""] * (2 - place)
    items = "".join(
        f"<li{' aria-current=step' if mark == '现在' else ''}><b>{name}</b>"
        f"<span>{escape(words)}</span></li>"
        for (name, words), mark in zip(told, marks, strict=True)
    )
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.html(f'<ol class="g-stages">{items}</ol>')
    with right:
        next_step(at)


def _before(at: Course) -> str:
    if at.dispatch is None:
        return "尚未准备会议"
    hidden = f"，另有{at.hidden}项不上会" if at.hidden else ""
    return f"议题{len(at.points)}项{hidden}"


def _during(at: Course) -> str:
    if at.state is DispatchState.PREPARING:
        return f"{_held_at(at)}开会"
    carried = sum(each.outcome is PointOutcome.CARRIED for each in at.points)
    words = [f"已议{at.done}项"]
    words += [f"转下次{carried}项"] if carried else []
    words += [f"待议{at.left}项"] if at.left and not at.is_closed else []
    return "、".join(words)


def _held_at(at: Course) -> str:
    """When it is to be held: as the calendar has it, or as the office settled."""
    found, year = at.meeting.round, at.desk.day.year
    held_on = at.dispatch.held_on if at.dispatch else None
    if held_on is None or held_on == found.meeting_on:
        return wording.moment(found.meeting_at, year)
    return wording.day(held_on, year)


def _after(at: Course, versions: tuple[FrozenWeek, ...]) -> str:
    if versions:
        return f"已存档，现为第{versions[-1].number}版"
    cut = wording.moment(at.meeting.round.figures_to, at.desk.day.year)
    return "结束会议后存档" if at.meeting.is_closed else f"{cut}后可存档"


def next_step(at: Course) -> None:
    """The one thing to do now, for who may do it."""
    room = address(at.desk, "meeting", week=at.meeting.code)
    if not at.may_meet:
        _way("打开会议模式", room)
    elif at.dispatch is None:
        _preparing(at)
    elif at.is_closed:
        _way("下发事项和文件", f"#{AFTER}")
    elif at.state is DispatchState.PREPARING:
        is_early = (at.dispatch.held_on or at.meeting.round.meeting_on) > at.desk.today
        _way("核对议程", f"#{AGENDA}") if is_early else _way("打开会议模式", room)
    elif at.left:
        _way("回到会议模式", room)
    else:
        _way("结束会议并存档", f"#{AFTER}")


def _way(words: str, to: str) -> None:
    st.html(f'<p class="g-step">{link(words, to).html}</p>')


def _preparing(at: Course) -> None:
    desk, found = at.desk, at.meeting.round
    late = found.week.sunday < desk.today
    words = "补登本次会议" if late else "准备本次会议"
    with st.container(horizontal=True, horizontal_alignment="right"):
        is_wanted = st.button(words, key="prepare", type="primary")
    if is_wanted:
        send("prepare", _act(at, f"{found.name}已开始准备，请核对议程。"))


def _act(at: Course, words: str) -> Callable[[], str]:
    def act() -> str:
        desk = at.desk
        prepare(desk.engine, desk.viewer, desk.plan.code, at.meeting.code, desk.settings)
        return words

    return act
