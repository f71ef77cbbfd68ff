"""The frame of the wall (会议室大屏): head with clock, sentence, lights; and the way to it.

Type is measured in shares of the screen (static/wall.css), so that any screen of a room shows the
same lines, and one held in the hand stacks them.
"""

import re
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.ledgers.books import version_at
from dashboard.rules.calendar import Clock
from dashboard.rules.summary import leading_sentence, standing
from dashboard.settings import current
from dashboard.widgets.desk import Desk, plans, sit_down
from dashboard.widgets.evidence_parts import in_fragment
from dashboard.widgets.frame import STYLE
from dashboard.widgets.links import address
from dashboard.widgets.menu import WALL
from dashboard.widgets.strips import DISPLAY
from dashboard.widgets.table import light_mark

REFRESH_SECONDS = 10
"""So soon the wall shows what has changed, and so late at most is its clock."""
_DAYS = "一二三四五六日"


def wall_link(desk: Desk, **params: str | None) -> None:
    """The button that puts the wall on a screen of its own; nothing for who sees the own units."""
    if desk.sees_all:
        to = escape(address(desk, WALL, **params))
        st.html(
            f'<p class="g-step g-to-wall"><a href="{to}" target="_blank" rel="noopener">'
            "会议室大屏</a></p>"
        )


def head(desk: Desk) -> None:
    """Whose wall it is and as of when; with the clock while it shows the present."""
    st.html(STYLE.with_name("wall.css"))
    with st.container(key="wall_head"):
        st.title(desk.plan.short_title, anchor=False)
        practice = '<span class="g-practice">演示数据</span>' if desk.is_practice else ""
        st.html(f'<p class="g-wall g-wall-day">{practice}<span>{_day(desk)}</span></p>')
        _clock(desk)


def _day(desk: Desk) -> str:
    if desk.day != desk.today:
        return f"统计截至{wording.full_day(desk.day)}"
    return f"{wording.full_day(desk.day)}　星期{_DAYS[desk.day.weekday()]}"


@st.fragment(run_every=REFRESH_SECONDS)
def _clock(desk: Desk) -> None:
    """The time; and the wall anew once the books or the day have changed."""
    time = wording.clock_time(Clock().now()) if desk.day == desk.today else ""
    st.html(f'<p class="g-wall-clock">{time or "&nbsp;"}</p>')
    # A whole run has only just read the books.
    if in_fragment() and is_out_of_date(desk):
        st.rerun()


def is_out_of_date(desk: Desk) -> bool:
    """Whether the wall would show something else by now."""
    held = plans().get(desk.plan.code)
    if held is None:
        return True
    present = sit_down(desk.viewer, held, desk.among)
    shows_present = desk.day == desk.today
    if present.today != desk.today or (shows_present and present.as_of != desk.as_of):
        return True
    return version_at(desk.engine, held.code, desk.as_of) != desk.books.version


def answer(desk: Desk) -> None:
    """The sentence of the whole."""
    says = leading_sentence(desk.judgement, asks="需协调解决")
    # Lines break between its parts.
    parts = "".join(f"<span>{escape(part)}</span>" for part in re.split("(?<=；)", says))
    st.html(f'<p class="g-wall-says">{parts}</p>')


def lights(desk: Desk) -> None:
    """How many tasks have which light: large where something is to be done or is done."""
    found = standing(desk.judgement).lights
    marks = {each: light_mark(desk.settings, each).html for each in DISPLAY}
    cells = [
        f"<div><dt>{marks[each]}</dt><dd>{found.get(each, 0)}</dd></div>" for each in DISPLAY[:4]
    ]
    rest = "".join(f"<span>{marks[each]} {found.get(each, 0)}项</span>" for each in DISPLAY[4:])
    st.html(
        f'<dl class="g-wall-lights">{"".join(cells)}</dl>'
        f'<p class="g-wall-rest"><span>重点任务共{sum(found.values())}项</span>{rest}</p>'
    )


def foot(desk: Desk) -> None:
    """The way back, in a tone that no room reads."""
    to = escape(address(desk, "overview"))
    name = escape(current().office.name)
    st.html(
        f'<p class="g-wall-foot"><span>{name}</span><a href="{to}" target="_self">退出大屏</a></p>'
    )
