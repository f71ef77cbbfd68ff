"""One form for one row of any ledger: a new one, a change against a version, and what conflicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, Field, ledger_of, row_word
from dashboard.posting.editable import EDITABLE, is_printed, is_settled, open_fields
from dashboard.posting.editing import ConflictError, change_row, end_row
from dashboard.rules.names import name_of
from dashboard.rules.withheld import PLACE
from dashboard.widgets.desk import Desk
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.present import may_write
from dashboard.widgets.record_conflict import Conflict, conflict_of, keep, show
from dashboard.widgets.record_fields import ask_all, asked_of, named_in_address

_OPENED = "record_opened"


@dataclass(frozen=True)
class Opened:
    """A row as it was when its form was opened, and the version of the books at that moment."""

    row: r.Record
    seen: int
    turn: int

    @property
    def key(self) -> str:
        return f"edit_{ledger_of(self.row)}_{self.row.code}_{self.seen}_{self.turn}"

    @property
    def button(self) -> str:
        return f"{self.key}_save"

    def is_of(self, row: r.Record, turn: int) -> bool:
        """Whether this is the form of a row, and not yet sent."""
        return type(self.row) is type(row) and (self.row.code, self.turn) == (row.code, turn)


def change_form(desk: Desk, row: r.Record) -> None:
    """Change a standing row, or take it back where it is the office's own."""
    if not may_write(desk, "修改"):
        return
    fields = open_fields(desk.books, row)
    if not fields:
        st.info(_closed_words(row))
        return
    if conflict := conflict_of(type(row), row.code):
        _settle(desk, conflict)
        return
    opened = _opened(desk, row, fields)
    _form(desk, opened)
    _ending(desk, opened)


def gone_form(desk: Desk, ledger: str, code: str | None) -> None:
    """What was entered for a row that somebody took back meanwhile is not lost unseen."""
    if conflict := conflict_of(LEDGERS[ledger], code or ""):
        _settle(desk, conflict)
        return
    held = st.session_state.get(_OPENED)
    if not isinstance(held, Opened) or (ledger_of(held.row), held.row.code) != (ledger, code):
        return
    if st.session_state.get(held.button):
        _form(desk, held)


def _form(desk: Desk, opened: Opened) -> None:
    fields = open_fields(desk.books, opened.row)
    held = {field.name: getattr(opened.row, field.name) for field in fields}
    with st.form(opened.key, enter_to_submit=False):
        shown = {**held, **_proposed(opened.row, fields)}
        values = ask_all(asked_of(desk.books, opened.row), fields, shown, opened.key)
        sent = st.form_submit_button("保存修改", type="primary", key=opened.button)
    if sent:
        given = {name: value for name, value in values.items() if value != held[name]}
        _save(desk, opened, given)


def _proposed(row: r.Record, fields: tuple[Field, ...]) -> dict[str, Any]:
    """A station's place as it was picked on the map: shown in the form, saved by its button."""
    if not isinstance(row, r.Station):
        return {}
    found = {field.name: named_in_address(field) for field in fields if field.name in PLACE}
    return {name: value for name, value in found.items() if value is not None}


def _closed_words(row: r.Record) -> str:
    if is_settled(row):
        return "已销号、已办结的不能修改。"
    if isinstance(row, r.StandardItem):
        return "方案原文不能修改；办公室另有要求的，请另立标准，并在应设名录中选定。"
    return f"方案原文不能修改；需要调整的，请另行新增{row_word(ledger_of(row))}。"


def _opened(desk: Desk, row: r.Record, fields: tuple[Field, ...]) -> Opened:
    """The form's own version: kept while the form stays on the screen, taken anew after that."""
    held = st.session_state.get(_OPENED)
    turn = outbox().turn("record")
    if isinstance(held, Opened) and held.is_of(row, turn):
        # Streamlit forgets the inputs of a form that the last run did not draw.
        was_drawn = f"{held.key}_{fields[0].name}" in st.session_state
        if was_drawn:
            return held
    made = Opened(row, desk.books.version, turn)
    st.session_state[_OPENED] = made
    return made


def _save(desk: Desk, opened: Opened, given: Mapping[str, Any]) -> None:
    if not given:
        st.info("没有改动，不需保存。")
        return
    called, row = _called(desk, opened.row), opened.row

    def save() -> str:
        change_row(desk.engine, desk.viewer, desk.plan.code, row, given, seen=opened.seen)
        return f"{called}已修改。改错了的，可在页末“修改留痕”处撤回。"

    try:
        post("record", opened.turn, save)
    except ConflictError as found:
        keep(Conflict(row, found, dict(given), opened.turn))
        st.rerun()


def _settle(desk: Desk, conflict: Conflict) -> None:
    """Two editors: the second sees both and chooses."""
    chosen = show(desk, conflict)
    if chosen is None:
        return
    now = conflict.error.now
    if chosen == "mine" and now is not None:
        _save(desk, Opened(now, conflict.error.version, conflict.turn), conflict.given)
        return
    kept = "已保留现在的内容，" if now else ""
    outbox().sent("record", f"{kept}您填写的没有保存。")
    st.rerun()


def _ending(desk: Desk, opened: Opened) -> None:
    row = opened.row
    rule = EDITABLE[ledger_of(row)]
    if is_printed(desk.books, row) or not rule.can_end:
        return
    with st.expander(f"撤销这条{row_word(ledger_of(row))}"):
        st.markdown("撤销后不再出现在今天的台账中；过去的日子和修改留痕里仍可看到。")
        sure = st.checkbox("确认撤销", key=f"{opened.key}_sure")
        if st.button("撤销", key=f"{opened.key}_end", disabled=not sure):
            _end(desk, opened)


def _end(desk: Desk, opened: Opened) -> None:
    called = _called(desk, opened.row)

    def end() -> str:
        end_row(desk.engine, desk.viewer, desk.plan.code, opened.row, seen=opened.seen)
        return f"{called}已撤销。"

    try:
        post("record", opened.turn, end)
    except ConflictError as found:
        st.error(str(found))


def _called(desk: Desk, row: r.Record) -> str:
    name = name_of(desk.books, row)
    return f"{row_word(ledger_of(row))}“{name}”"
