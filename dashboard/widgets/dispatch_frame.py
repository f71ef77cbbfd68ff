"""What the office does with a meeting on its page: before, during and after it."""

from collections.abc import Sequence

import streamlit as st

from dashboard.ledgers.records import FrozenWeek
from dashboard.ledgers.terms import DispatchState
from dashboard.reports.paper_wishes import PaperKind
from dashboard.widgets.dispatch_after import closing, correcting, version_table
from dashboard.widgets.dispatch_before import agenda_part, head_form
from dashboard.widgets.dispatch_stage import AFTER, AGENDA
from dashboard.widgets.dispatch_texts import unit_texts
from dashboard.widgets.links import address
from dashboard.widgets.meeting_course import Course
from dashboard.widgets.paper_links import paper_links
from dashboard.widgets.table import link


def frame_of(at: Course, versions: Sequence[FrozenWeek]) -> None:
    """The stage that the meeting is at, in full; what is past, closed up."""
    if at.is_closed:
        _after(at, versions)
    elif at.takes_acts and at.state is DispatchState.HELD:
        closing(at, AFTER)
        head_form(at)
        with st.expander(f"本次议程（{len(at.points)}项）"):
            agenda_part(at, AGENDA)
    elif at.takes_acts:
        agenda_part(at, AGENDA)
        head_form(at)
    if not at.is_closed:
        minutes = (PaperKind.MINUTES,) if at.state is DispatchState.HELD else ()
        paper_links(at.desk, PaperKind.MATERIAL, PaperKind.WEEK, *minutes, round=at.meeting.code)
    _others(at)


def _after(at: Course, versions: Sequence[FrozenWeek]) -> None:
    version_table(at, versions, AFTER)
    if at.may_meet and at.desk.today <= at.meeting.round.week.next.sunday:
        unit_texts(at)  # they tell what waits now: after an older meeting that is another matter
    correcting(at)
    head_form(at)
    with st.expander("本次议程"):
        agenda_part(at, AGENDA)


def _others(at: Course) -> None:
    """The ways to the room's screen and, where there was an earlier dispatch, to compare."""
    ways = [link("打开会议模式", address(at.desk, "meeting", week=at.meeting.code))]
    if at.meeting.previous:
        to = address(at.desk, "compare", to=at.meeting.code)
        ways.append(link("与任意一次调度对比", to))
    told = "　".join(each.html for each in ways)
    st.html(f'<p class="g-links" style="margin:0">{told}</p>')
