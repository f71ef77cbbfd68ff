"""Several rows of a draft at once: what has a note is never taken along unasked."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from dashboard.ledgers.importing import RowState
from dashboard.posting.import_reading import DraftRow
from dashboard.posting.importing import say
from dashboard.widgets.import_course import Course
from dashboard.widgets.import_groups import UNITS, Group, by_note


def several(at: Course, group: Group) -> None:
    """Accept what has no note; what has one is asked for apart."""
    plain = [each for each in group.waiting if not each.row.note]
    noted = [each for each in group.waiting if each.row.note]
    if not plain and not noted:
        st.html('<p class="g-quiet g-all">本组已核完。</p>')
        return
    what = "单位" if group.name == UNITS else "本条款"
    with st.container(horizontal=True, vertical_alignment="center"):
        accept_all(at, plain, f"采用{what}全部{len(plain)}条" if plain else "", group.name)
        accept_noted(at, noted, group.name)


def accept_all(at: Course, rows: Sequence[DraftRow], words: str, name: str) -> None:
    """One button for the rows about which nothing is to be said."""
    if not rows:
        return
    if st.button(words, type="primary", key=f"import_all_{name}"):
        at.post(lambda: tell(at, rows, RowState.ACCEPTED), f"已采用{len(rows)}条。")


def accept_noted(at: Course, rows: Sequence[DraftRow], name: str) -> None:
    """The rest, never taken along unasked: how many, why, and a button of its own."""
    if not rows:
        return
    with st.popover(f"其余{len(rows)}条有待核说明"):
        notes = by_note(rows)
        told = [f"▲ {note}（{len(of)}条）" for note, of in notes[:_MOST_NOTES]]
        told += (
            [f"……共{len(notes)}种说明，逐条看请选“问题和说明”"] if len(notes) > _MOST_NOTES else []
        )
        st.html("".join(f'<p class="g-note">{escape(each)}</p>' for each in told))
        if st.button(f"看过了，这{len(rows)}条一并采用", key=f"import_noted_{name}"):
            at.post(lambda: tell(at, rows, RowState.ACCEPTED), f"已采用{len(rows)}条。")


_MOST_NOTES = 12


def tell(at: Course, rows: Iterable[DraftRow], state: RowState) -> None:
    """Say the same of several rows."""
    seen = {each.id: each.version for each in rows}
    say(at.engine, at.viewer, at.document.id, seen, state)
