"""Two editors of one row: what each wrote, side by side, for the second to choose."""

from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import fields_of
from dashboard.posting.editing import ConflictError
from dashboard.widgets.desk import Desk
from dashboard.widgets.notice import outbox
from dashboard.widgets.record_words import value_words
from dashboard.widgets.table import Cell, Column, lines, quiet, table

_KEPT = "record_conflict"


@dataclass(frozen=True)
class Conflict:
    """The row as it was opened, what stands against it, and what the second editor entered.

    `turn` is the form's: once anything is sent, the conflict is over.
    """

    row: r.Record
    error: ConflictError
    given: dict[str, Any]
    turn: int


def keep(conflict: Conflict) -> None:
    """Keep what was entered until its editor has chosen."""
    st.session_state[_KEPT] = conflict


def conflict_of(kind: type[r.Record], code: str) -> Conflict | None:
    """The conflict on a row that still waits for a choice."""
    held = st.session_state.get(_KEPT)
    if not isinstance(held, Conflict) or held.turn != outbox().turn("record"):
        return None
    return held if type(held.row) is kind and held.row.code == code else None


def show(desk: Desk, conflict: Conflict) -> Literal["mine", "theirs"] | None:
    """Draw both versions and the choice; returns it once it is made."""
    last, gone = conflict.error.changes[0], conflict.error.now is None
    act = "撤销了" if gone else "改过"
    st.warning(
        f"{_who(last)}在{wording.moment(last.recorded_at)}{act}这条记录，您填写的还没有保存。"
    )
    columns = (
        Column("项目", "9rem", is_title=True),
        Column("您打开时", "22%"),
        Column("您填写的", "25%"),
        Column("现在的"),
    )
    table(columns, _rows(desk.books, conflict), caption="两人先后修改的内容")
    if gone:
        st.info("这条记录已被撤销，您填写的不能保存；仍需要的，请另行新增。")
        return "theirs" if st.button("知道了", key="conflict_theirs") else None
    first, second = st.columns(2)
    if first.button("保留现在的，放弃我填写的", key="conflict_theirs", width="stretch"):
        return "theirs"
    mine = second.button(
        "以我填写的为准",
        key="conflict_mine",
        width="stretch",
        help="只覆盖您改动的项目；对方改的其他项目保留。",
    )
    return "mine" if mine else None


def _rows(books: Books, conflict: Conflict) -> list[list[Cell]]:
    by = {each.field: each for each in reversed(conflict.error.changes) if each.field}
    rows: list[list[Cell]] = []
    for field in fields_of(type(conflict.row)):
        if field.name not in conflict.given and field.name not in by:
            continue
        before = getattr(conflict.row, field.name)
        mine = conflict.given.get(field.name, before)
        now = getattr(conflict.error.now, field.name) if conflict.error.now else None
        who = f"{_who(by[field.name])}改" if field.name in by else None
        told = [value_words(books, field, value) for value in (before, mine, now)]
        rows.append([field.label, told[0], told[1], lines(told[2], quiet(who))])
    return rows


def _who(change: r.Revision) -> str:
    return wording.signed(change.by_post, change.by_account)
