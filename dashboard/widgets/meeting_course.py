"""How far a meeting has come: prepared, held or closed, its points, and who may act on it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import label_of
from dashboard.ledgers.terms import DispatchState, PointOutcome
from dashboard.posting.editing import ConflictError
from dashboard.posting.faults import NEW, Fault, RefusedError
from dashboard.rules.agenda import Point, agenda, shown
from dashboard.rules.weekly import Meeting
from dashboard.widgets.desk import Desk
from dashboard.widgets.notice import outbox, post


@dataclass(frozen=True)
class Course:
    """One meeting as it stands. `agenda` holds every point in order, hidden ones too."""

    desk: Desk
    meeting: Meeting
    agenda: tuple[Point, ...]

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The points that come before the meeting."""
        return shown(self.agenda)

    @property
    def hidden(self) -> int:
        return len(self.agenda) - len(self.points)

    @property
    def dispatch(self) -> r.Dispatch | None:
        """The meeting's row; None before anybody has prepared it."""
        return self.desk.books.find(r.Dispatch, self.meeting.code)

    @property
    def state(self) -> DispatchState:
        return self.dispatch.state if self.dispatch else DispatchState.PREPARING

    @property
    def is_closed(self) -> bool:
        return self.state is DispatchState.CLOSED

    @property
    def may_meet(self) -> bool:
        """Whether the viewer runs meetings, and the present is looked at."""
        return self.desk.day == self.desk.today and self.desk.may(Right.MEET)

    @property
    def takes_acts(self) -> bool:
        """Whether this viewer may settle anything now."""
        return self.may_meet and self.dispatch is not None and not self.is_closed

    @property
    def may_open(self) -> bool:
        """Whether the meeting waits for this viewer to begin it."""
        return self.may_meet and self.state is DispatchState.PREPARING

    @property
    def done(self) -> int:
        return sum(each.outcome is PointOutcome.DONE for each in self.points)

    @property
    def left(self) -> int:
        """How many points wait to be dealt with."""
        return sum(each.outcome is PointOutcome.OPEN for each in self.points)


def course_of(desk: Desk, meeting: Meeting) -> Course:
    """The course of a meeting by the books as they stand."""
    return Course(desk, meeting, agenda(meeting, desk.books))


def send(name: str, act: Callable[[], str], seen_under: str | None = None) -> None:
    """Post one act on a meeting; where another person was first, say so and write nothing.

    `seen_under` names the form whose words stay: sent once more, they stand against the other's.
    """
    form = form_of(name)

    def done() -> str:
        try:
            return act()
        except ConflictError as conflict:
            if seen_under:
                st.session_state[_seen(seen_under)] = conflict.version
            raise RefusedError(Fault("dispatch", NEW, None, _beaten(conflict))) from conflict

    post(form, outbox().turn(form), done)


def _beaten(conflict: ConflictError) -> str:
    """“办公室副主任刚刚把“会议地点”改为“一楼会议室”，请核对后再办”."""
    last = next((each for each in conflict.changes if each.field and each.new), None)
    who = conflict.changes[0].by_post
    if last is None or last.field in (None, "outcome", "is_hidden", "seq"):
        return f"{who}刚刚作了不同的处理，请核对后再办"
    return f"{who}刚刚把“{label_of(last.ledger, last.field)}”改为“{last.new}”，请核对后再办"


def seen_at(at: Course, form: str) -> int:
    """The version of the books that a form was first drawn from, however long it stays open."""
    return int(st.session_state.setdefault(_seen(form), at.desk.books.version))


def _seen(form: str) -> str:
    return f"{form}_seen"


def form_of(name: str) -> str:
    """The name under which a form on a meeting is sent."""
    return f"meeting_{name}"
