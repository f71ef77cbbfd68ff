"""会后: what each unit has to do, as a text to paste into the chat group."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.rules.handing_out import unit_text
from dashboard.widgets.heading import section
from dashboard.widgets.keeping import kept
from dashboard.widgets.meeting_course import Course


def unit_texts(at: Course) -> None:
    """One text a unit to paste into the chat group, for units that have something due."""
    told = _texts(at)
    section("下发各单位", "每单位一段，点右上角的复制图标，粘贴到工作群；没有事项的单位不列")
    if not told:
        st.html('<p class="g-empty">本次调度后，各单位没有需要办理的事项。</p>')
        return
    with st.expander(f"各单位事项（{len(told)}个单位）"), st.container(key="chase_units"):
        for name, text in told:
            st.html(f'<p class="g-named">{escape(name)}</p>')
            st.code(text, language=None, wrap_lines=True)


def _texts(at: Course) -> Sequence[tuple[str, str]]:
    desk = at.desk

    def made() -> tuple[tuple[str, str], ...]:
        units = sorted(desk.books.all(r.Unit), key=lambda each: each.seq)
        given = desk.judgement, desk.books, at.meeting.round
        told = ((each.name, unit_text(*given, each, desk.settings)) for each in units)
        return tuple((name, text) for name, text in told if text)

    return kept("unit_texts", (desk.version, at.meeting.code), made)
