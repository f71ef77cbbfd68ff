"""The draft's rows: each is accepted, edited or dropped, one by one or several at once."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.drafting.records import hanging_on, needed_by
from dashboard.drafting.row_words import KIND_WORDS, kind_word, said
from dashboard.ledgers.importing import DocumentState, RowState
from dashboard.posting.import_reading import DraftRow
from dashboard.widgets.import_bulk import several, tell
from dashboard.widgets.import_course import ROW, Course, go
from dashboard.widgets.import_groups import FOLDED, NOTED, UNITS, Group, by_note
from dashboard.widgets.import_row_form import EDITING, row_form
from dashboard.widgets.table import link, page_of

_DROPPING = "import_dropping"
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
    """Rows that want a look, those of one note together."""
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
        if len(rows) > 1:
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
            st.warning(f"{moved}现在：{_SIGNS[each.state]} {each.state.label}。")
        if st.session_state.get(_DROPPING) == each.id:
            _dropping(at, each)
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
    key = f"{each.id}_{each.version}"
    if each.state is not RowState.ACCEPTED and st.button("采用", key=f"import_yes_{key}"):
        at.post(lambda: _accept(at, each), about=each.id)
    st.button("修改", key=f"import_edit_{key}", on_click=_edit, args=(each,), type="tertiary")
    if each.state is not RowState.DROPPED:
        st.button(
            "不采用", key=f"import_no_{key}", on_click=_ask_drop, args=(each,), type="tertiary"
        )


def _edit(each: DraftRow) -> None:
    st.session_state[EDITING] = each.id
    go(**{ROW: each.id, "at": None})


def _ask_drop(each: DraftRow) -> None:
    st.session_state[_DROPPING] = each.id


def _accept(at: Course, each: DraftRow) -> None:
    """Accept a row; what it speaks of and was dropped comes back with it."""
    needed = {(row.ledger, row.code) for row in needed_by(each.row, at.plain)}
    back = [at.by_key[key] for key in needed if at.by_key[key].state is RowState.DROPPED]
    tell(at, [each, *back], RowState.ACCEPTED)


def _dropping(at: Course, each: DraftRow) -> None:
    """What hangs on a row goes with it, once somebody has said so."""
    along = [
        at.by_key[row.ledger, row.code]
        for row in hanging_on(each.row, at.plain.values())
        if at.by_key[row.ledger, row.code].state is not RowState.DROPPED
    ]
    if not along:
        st.session_state.pop(_DROPPING, None)
        at.post(lambda: tell(at, [each], RowState.DROPPED), about=each.id)
        return
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
