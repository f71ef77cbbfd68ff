"""The draft's rows: each is accepted, edited or dropped, one by one or several at once."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.drafting.row_words import KIND_WORDS, kind_word, said
from dashboard.ledgers.importing import DocumentState, RowState
from dashboard.posting.import_reading import DraftRow
from dashboard.widgets.import_bulk import several, tell
from dashboard.widgets.import_clicks import Click, dropping, is_dropping, note_click
from dashboard.widgets.import_course import Course
from dashboard.widgets.import_groups import FOLDED, NOTED, UNITS, Group, by_note
from dashboard.widgets.import_problems import problems
from dashboard.widgets.import_row_form import EDITING, row_form
from dashboard.widgets.table import link, page_of

_PAGE_ROWS = 20
_SIGNS = {RowState.ACCEPTED: "✔", RowState.WAITING: "○", RowState.DROPPED: "×"}


def group_rows(at: Course, group: Group) -> None:
    """A group's rows under the headings that an official knows."""
    if group.name == NOTED:
        _noted(at, group)
        return
    if at.document.state is DocumentState.OPEN:
        several(at, group)
    if group.name == UNITS:
        for each in page_of(group.rows, "import_units", _PAGE_ROWS):
            _row(at, each)
        return
    for ledger in KIND_WORDS:
        rows = [each for each in group.rows if each.row.ledger == ledger not in FOLDED]
        if rows:
            st.html(f'<h3 class="g-part">{kind_word(ledger)}</h3>')
            for each in rows:
                _row(at, each)
    _folded(at, [each for each in group.rows if each.row.ledger in FOLDED])


def _folded(at: Course, rows: Sequence[DraftRow]) -> None:
    """What follows from the rest, unfolded on demand."""
    if not rows:
        return
    left = sum(each.state is RowState.WAITING for each in rows)
    told = f"，待核{left}条" if left else ""
    words = f"措施和报送安排（{len(rows)}条{told}）"
    with st.expander(words, expanded=at.chosen in rows), st.container(gap="xsmall"):
        for each in rows:
            _row(at, each, with_kind=True)


def _noted(at: Course, group: Group) -> None:
    """What the reader could not settle; then rows that want a look, those of one note together."""
    problems(at)
    found = [(note, each) for note, rows in by_note(group.rows) for each in rows]
    sizes = dict(by_note(group.rows))
    before = None
    for note, each in page_of(found, "import_noted", _PAGE_ROWS):
        if note != before:
            _note_head(at, note, sizes[note])
            before = note
        _row(at, each, with_note=False, with_kind=True)


def _note_head(at: Course, note: str, rows: Sequence[DraftRow]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="g-note">▲ {escape(note)}</p>', width="stretch")
        if len(rows) > 1 and at.document.state is DocumentState.OPEN:
            words, key = f"这{len(rows)}条都采用", f"import_note_{rows[0].id}"
            if st.button(words, key=key):
                told = f"已采用{len(rows)}条：{note}"
                at.post(lambda: tell(at, rows, RowState.ACCEPTED), told)


def _row(at: Course, each: DraftRow, *, with_note: bool = True, with_kind: bool = False) -> None:
    """One row: what it says, how it stands, what can be done with it."""
    is_chosen = each is at.chosen
    mark = "chosen_" if is_chosen else ""
    with st.container(key=f"import_{mark}row_{each.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="top", gap="small"):
            st.html(_said(at, each, with_note=with_note, with_kind=with_kind), width="stretch")
            if at.document.state is DocumentState.OPEN:
                _acts(at, each)
        if moved := at.moved(each.id):
            st.warning(f"{moved}现在：{each.state.label}。")
        if is_dropping(each):
            dropping(at, each)
        if is_chosen:
            _chosen(at, each)


def _said(at: Course, each: DraftRow, *, with_note: bool, with_kind: bool) -> str:
    name, more = said(each.row, at.plain)
    kind = f'<span class="g-kind">{kind_word(each.row.ledger)}</span> ' if with_kind else ""
    where = f"{each.row.clause}　" if with_kind and each.row.clause else ""
    to = at.address(part="rows", clause=each.row.clause or UNITS, row=each.id)
    state = f"{_SIGNS[each.state]} {each.state.label}"
    edited = "，有修改" if each.is_edited else ""
    lines = [
        f"{kind}{link(name, to).html}",
        f'<span class="g-state g-{each.state.value}">{state}{edited}</span>'
        f'<span class="g-quiet">　{escape(where + more)}</span>',
    ]
    if with_note and each.row.note:
        lines.append(f'<span class="g-note">▲ {escape(each.row.note)}</span>')
    return f'<div class="g-links g-row">{"<br>".join(lines)}</div>'


def _acts(at: Course, each: DraftRow) -> None:
    """The three acts; what was said already is not offered again."""
    key = f"{each.id}_{at.turn}"
    offered = [("yes", "采用")] if each.state is not RowState.ACCEPTED else []
    offered.append(("edit", "修改"))
    offered += [("no", "不采用")] if each.state is not RowState.DROPPED else []
    for what, word in offered:
        st.button(
            word,
            key=f"import_{what}_{key}",
            type="secondary" if what == "yes" else "tertiary",
            on_click=note_click,
            args=(Click(what, each.id, each.version, at.turn),),
        )


def _chosen(at: Course, each: DraftRow) -> None:
    """The chosen row's sentence, and the form where it was asked for."""
    if each.row.span is not None:
        quote = " ".join(each.row.span.of(at.document.text).split())
        short = quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED]}……"
        st.html(f'<p class="g-quote">原文：{escape(short)}</p>')
    else:
        st.html('<p class="g-quote">原文没有写明，按规则列入。</p>')
    if st.session_state.get(EDITING) == each.id and at.document.state is DocumentState.OPEN:
        row_form(at, each)


_QUOTED = 200
