"""What was clicked at a draft row, with the version that the person saw when the page was drawn.

A click runs the page anew with what stands then; so it is noted first, and held against that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.drafting.records import hanging_on, needed_by
from dashboard.drafting.row_words import KIND_WORDS, said
from dashboard.ledgers.importing import RowState
from dashboard.posting.import_reading import DraftRow
from dashboard.posting.importing import MovedOnError
from dashboard.widgets.import_bulk import tell
from dashboard.widgets.import_course import AT, ROW, Course, go
from dashboard.widgets.import_row_form import EDITING

_CLICKED, _DROPPING = "import_clicked", "import_dropping"


@dataclass(frozen=True)
class Click:
    """One of a row's buttons; `turn` tells a second click from the first."""

    what: str
    row: int
    seen: int
    turn: int


def note_click(click: Click) -> None:
    """Note what was clicked, before the page runs anew."""
    st.session_state[_CLICKED] = click
    st.session_state.pop(_DROPPING, None)


def follow_click(at: Course) -> None:
    """Do what was clicked, unless it was a second click."""
    _hold_question(at)
    click = st.session_state.pop(_CLICKED, None)
    each = next((each for each in at.rows if click and each.id == click.row), None)
    if each is None or click.turn != at.turn:
        return
    if click.what != "edit" and each.version != click.seen:
        at.note_moved(MovedOnError(each.by_post), each.id)
    elif click.what == "edit":
        st.session_state[EDITING] = each.id
        go(**{ROW: each.id, AT: None})
    elif click.what == "yes":
        at.post(lambda: _accept(at, each), about=each.id)
    elif _along(at, each):
        st.session_state[_DROPPING] = each.id, each.version
    else:
        at.post(lambda: tell(at, [each], RowState.DROPPED), about=each.id)


def _hold_question(at: Course) -> None:
    """A question about a row that somebody has changed since is asked no more."""
    row, seen = st.session_state.get(_DROPPING, (None, None))
    each = next((each for each in at.rows if each.id == row), None)
    if each is not None and each.version != seen:
        st.session_state.pop(_DROPPING)
        at.note_moved(MovedOnError(each.by_post), each.id)


def _accept(at: Course, each: DraftRow) -> None:
    """Accept a row; what it speaks of and was dropped comes back with it."""
    needed = [at.by_key[row.ledger, row.code] for row in needed_by(each.row, at.plain)]
    back = [one for one in needed if one.state is RowState.DROPPED]
    tell(at, [each, *back], RowState.ACCEPTED)


def _along(at: Course, each: DraftRow) -> list[DraftRow]:
    """What hangs on a row and is not dropped yet."""
    row = at.plain[each.row.ledger, each.row.code]
    hanging = (at.by_key[one.ledger, one.code] for one in hanging_on(row, at.plain.values()))
    return [one for one in hanging if one.state is not RowState.DROPPED]


def is_dropping(each: DraftRow) -> bool:
    """Whether it is asked if a row is to be dropped with what hangs on it."""
    return st.session_state.get(_DROPPING) == (each.id, each.version)


def dropping(at: Course, each: DraftRow) -> None:
    """Ask whether what hangs on a row goes with it."""
    along = _along(at, each)
    with st.container(border=True):
        told = "、".join(_counted(along))
        st.write(f"随这一条一并不采用的还有{len(along)}条：{told}。")
        with st.container(horizontal=True):
            if st.button(f"共{len(along) + 1}条不采用", key=f"import_drop_{each.id}"):
                st.session_state.pop(_DROPPING, None)
                at.post(lambda: tell(at, [each, *along], RowState.DROPPED), about=each.id)
            if st.button("取消", key=f"import_keep_{each.id}", type="tertiary"):
                st.session_state.pop(_DROPPING, None)
                st.rerun()


def _counted(rows: Sequence[DraftRow]) -> list[str]:
    ledgers = [each.row.ledger for each in rows]
    return [f"{word}{ledgers.count(name)}" for name, word in KIND_WORDS.items() if name in ledgers]


def moved_elsewhere(at: Course, shown: Sequence[DraftRow]) -> None:
    """A row that somebody else changed is told here where it is no longer among those shown."""
    moved_ones, seen = at.all_moved, {each.id for each in shown}
    for each in at.rows:
        if each.id in moved_ones and each.id not in seen:
            moved = moved_ones[each.id]
            st.warning(f"{said(each.row, at.plain)[0]}：{moved}现在：{each.state.label}。")
