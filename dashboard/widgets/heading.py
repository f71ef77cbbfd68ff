"""How a page opens: the question as title, the answer as one sentence, the day it speaks of."""

from html import escape

import streamlit as st

from dashboard import wording
from dashboard.widgets.desk import Desk


def heading(desk: Desk, title: str, answer: str) -> None:
    """Draw the title, the answer and the line that says what is shown as of when."""
    st.title(title, anchor=False)
    practice = '<span class="g-practice">演示数据</span>' if desk.is_practice else ""
    st.html(
        f'<p class="g-answer">{escape(answer)}</p>'
        f'<p class="g-asof">{practice}{escape(desk.plan.short_title)}　'
        f"统计截止日：{wording.full_day(desk.day)}</p>"
    )


def section(title: str, note: str = "", *, anchor: str | None = None) -> None:
    """A part of a page with its title and, in a quieter tone, how it is counted.

    With an `anchor`, a link further up may lead here.
    """
    quiet = f"<small>{escape(note)}</small>" if note else ""
    place = f' id="{escape(anchor)}" style="scroll-margin-top:4rem"' if anchor else ""
    st.html(f'<h2 class="g-section"{place}>{escape(title)}{quiet}</h2>')


def empty(what: str, next_step: str) -> None:
    """An empty state: what this page will show and the one next step, if the viewer has one."""
    told = "".join(f"<p>{escape(each)}</p>" for each in (what, next_step) if each)
    st.html(f'<div class="g-empty">{told}</div>')
