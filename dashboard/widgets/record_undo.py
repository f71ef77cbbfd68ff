"""撤回: the last change of a row is taken back, under the version check of any other change."""

from html import escape

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import fields_of, ledger_of
from dashboard.posting.editable import EDITABLE, right_for
from dashboard.posting.editing import ConflictError, change_row
from dashboard.posting.undoing import LastChange, last_change
from dashboard.widgets.desk import Desk
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.record_words import value_words


def undo_button(desk: Desk, row: r.Record, changes: tuple[r.Revision, ...]) -> None:
    """Offer to take back the last change, saying what that would do; nothing where it cannot be."""
    may = ledger_of(row) in EDITABLE and desk.may(right_for(row)) and desk.day == desk.today
    last = last_change(desk.books, row, changes) if may else None
    if last is None:
        return
    when = wording.moment(changes[0].recorded_at)
    back = _back(desk, row, last)
    told = f"最近一次修改：{last.by_post}，{when}。撤回后{back}；撤回也留痕。"
    st.html(f'<p class="g-quiet">{escape(told)}</p>')
    turn = outbox().turn("record")
    if st.button("撤回最近一次修改", key=f"undo_{ledger_of(row)}_{row.code}_{last.version}"):
        _undo(desk, row, last, turn)


def _back(desk: Desk, row: r.Record, last: LastChange) -> str:
    told = []
    for field in fields_of(type(row)):
        if field.name in last.old:
            words = value_words(desk.books, field, last.old[field.name])
            told.append(f"“{field.label}”改回“{words}”" if words else f"“{field.label}”改回空白")
    return "，".join(told)


def _undo(desk: Desk, row: r.Record, last: LastChange, turn: int) -> None:
    back = _back(desk, row, last)

    def undo() -> str:
        given = (desk.engine, desk.viewer, desk.plan.code, row)
        change_row(*given, last.old, seen=last.version)
        return f"已撤回：{back}。"

    try:
        post("record", turn, undo)
    except ConflictError as found:
        st.error(f"{found}请刷新本页后再看。")
