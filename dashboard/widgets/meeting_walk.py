"""Walking through a meeting's points: which one is before the room, and the ways to the others.

The point stands in the address by its key, so that it stays when points are added or hidden
elsewhere, and after the page is loaded anew. The keys of the keyboard press these buttons
(static/meeting.js).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.ledgers.books import version_at
from dashboard.ledgers.terms import PointOutcome
from dashboard.rules.agenda import Point
from dashboard.rules.weekly import begun
from dashboard.widgets.desk import Desk
from dashboard.widgets.dispatch_opening import meeting_of
from dashboard.widgets.links import address
from dashboard.widgets.meeting_course import Course, course_of
from dashboard.widgets.meeting_point import PART_NAMES, outcome_mark

POINT, WEEK = "point", "week"
"""The address's names of the point and of the dispatch."""
_LAST, _JUMPS = "meeting_place", "meeting_jumps"
FOLLOW_SECONDS = 4
"""So soon a screen shows what was settled at another one."""


@dataclass(frozen=True)
class Sitting(Course):
    """A meeting before the room; `place` is that of the present point among those shown."""

    place: int

    @property
    def point(self) -> Point:
        return self.points[self.place]


def sitting(desk: Desk) -> Sitting | None:
    """The meeting that the address names, else the one of the day; None before the first."""
    found = {each.code: each for each in begun(desk.judgement.rounds, desk.day)}
    newest = next(iter(found), None)
    if newest is None:
        return None
    asked = st.query_params.get(WEEK)
    meeting = meeting_of(desk, found[asked if asked in found else newest])
    course = course_of(desk, meeting)
    points = course.points
    return Sitting(desk, meeting, course.agenda, _place(points)) if points else None


def _place(points: Sequence[Point]) -> int:
    """The place of the point in the address; where it is gone, the one that took its place."""
    keys = [each.key for each in points]
    asked = st.query_params.get(POINT)
    if asked in keys:
        place = keys.index(asked)
    else:
        last = st.session_state.get(_LAST, 0) if asked else _first_open(points)
        place = min(last, len(points) - 1)
    st.session_state[_LAST] = place
    if not asked:  # from here on the room stays at this point, whatever others settle
        go(keys[place])
    return place


def _first_open(points: Sequence[Point]) -> int:
    """Who comes back after a break goes on where the meeting stands."""
    states = [each.outcome is PointOutcome.OPEN for each in points]
    return states.index(True) if True in states else 0


def top_line(at: Sitting) -> None:
    """Which meeting, which part, how far it is."""
    number, total = at.place + 1, len(at.points)
    practice = '<span class="g-practice">演示数据</span>' if at.desk.is_practice else ""
    name = f"{at.meeting.round.name}　{PART_NAMES[at.point.part]}{outcome_mark(at.point)}"
    cut = wording.moment(at.meeting.now.books.as_of, at.desk.day.year)
    if not at.meeting.is_closed:
        cut = wording.day(at.meeting.now.today, at.desk.day.year)
    done = f"已议{at.done}项　" if at.done else ""
    st.html(
        f'<header class="g-meeting">{practice}<span>{escape(name)}</span>'
        f'<span class="g-quiet">{done}数据截至{cut}</span>'
        f"<strong>{number}/{total}</strong></header>"
        f'<div class="g-walked"><u style="width:{number / total * 100:.1f}%"></u></div>'
    )


def go(key: str) -> None:
    """Put a point before the room."""
    st.query_params[POINT] = key


def ways(at: Sitting) -> None:
    """Back and on; the whole agenda to choose from; by number; and out."""
    keys = [each.key for each in at.points]
    before, after = keys[max(0, at.place - 1)], keys[min(len(keys) - 1, at.place + 1)]
    is_first, is_last = at.place == 0, at.place == len(keys) - 1
    st.button("上一项", key="meeting_back", on_click=go, args=(before,), disabled=is_first)
    st.button("下一项", key="meeting_next", on_click=go, args=(after,), disabled=is_last)


def jumps(at: Sitting) -> None:
    """The agenda as a list, the number to jump to, and the way out."""
    # Named after the point before the room: the list stands on it, however one came there. And
    # after the jumps made, for a number that led to where one was must not stay in the field.
    turn = st.session_state.get(_JUMPS, 0)
    # The browser holds the words chosen, which change with what is settled: hence the version.
    list_key = f"meeting_list_{at.point.key}_{turn}_{at.desk.books.version}"
    st.selectbox(
        "议程",
        range(len(at.points)),
        index=at.place,
        format_func=lambda place: _line(at.points[place], place),
        key=list_key,
        on_change=_to_place,
        args=(at, list_key, 0),
        label_visibility="collapsed",
        width=340,
    )
    number_key = f"meeting_number_{at.point.key}_{turn}"
    with st.container(key="meeting_jump", width=130):
        st.number_input(
            "跳到第几项",
            min_value=1,
            max_value=len(at.points),
            value=None,
            placeholder="跳到第几项",
            key=number_key,
            on_change=_to_place,
            args=(at, number_key, 1),
            label_visibility="collapsed",
        )
    to = escape(address(at.desk, "dispatch", week=at.meeting.code))
    st.html(f'<p class="g-links g-out"><a href="{to}" target="_self">退出</a></p>', width="content")


def _line(point: Point, place: int) -> str:
    name = PART_NAMES[point.part]
    part = "" if name == point.title else f"{name}："
    return f"{place + 1}　{part}{point.title}{outcome_mark(point)}"


def _to_place(at: Sitting, key: str, counted_from: int) -> None:
    chosen = st.session_state.get(key)
    if isinstance(chosen, int):
        st.session_state[_JUMPS] = st.session_state.get(_JUMPS, 0) + 1
        place = chosen - counted_from
        go(at.points[min(max(place, 0), len(at.points) - 1)].key)


@st.fragment(run_every=FOLLOW_SECONDS)
def follow(desk: Desk) -> None:
    """Draw the page anew once somebody else has settled something."""
    if version_at(desk.engine, desk.plan.code, desk.as_of) != desk.books.version:
        st.rerun()
