"""One form for one row of any ledger: a new one, a change against a version, and what conflicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.access.rights import ForbiddenError
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, TITLES, Field, ledger_of
from dashboard.posting.editable import EDITABLE, new_fields, open_fields
from dashboard.posting.editing import (
    ConflictError,
    change_row,
    end_row,
)
from dashboard.posting.faults import RefusedError
from dashboard.rules.names import name_of
from dashboard.widgets.desk import Desk
from dashboard.widgets.notice import outbox, say_refused
from dashboard.widgets.present import may_write
from dashboard.widgets.record_conflict import Conflict, conflict_of, forget, keep, show
from dashboard.widgets.record_fields import Asked, ask

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


def change_form(desk: Desk, row: r.Record) -> None:
    """Change a standing row, or take it back where it is the office's own."""
    if not may_write(desk, "修改"):
        return
    fields = open_fields(desk.books, row)
    if not fields:
        st.info("本行已办结，不能修改。" if EDITABLE.get(ledger_of(row)) else "本行随方案载入。")
        return
    if conflict := conflict_of(row):
        _settle(desk, conflict)
        return
    opened = _opened(desk, row, fields)
    asked = Asked(desk.books, getattr(row, "task", None))
    with st.form(opened.key, enter_to_submit=False):
        values = _ask_all(asked, fields, opened)
        sent = st.form_submit_button("保存修改", type="primary")
    if sent:
        given = {
            name: value for name, value in values.items() if value != getattr(opened.row, name)
        }
        _save(desk, opened.row, given, opened.seen)
    _ending(desk, opened)


def _opened(desk: Desk, row: r.Record, fields: tuple[Field, ...]) -> Opened:
    """The form's own version: kept while the form stays on the screen, taken anew after that."""
    held = st.session_state.get(_OPENED)
    turn = outbox().turn("record")
    if isinstance(held, Opened) and (held.row.code, held.turn) == (row.code, turn):
        # Streamlit forgets the inputs of a form that the last run did not draw.
        was_drawn = f"{held.key}_{fields[0].name}" in st.session_state
        if was_drawn:
            return held
    made = Opened(row, desk.books.version, turn)
    st.session_state[_OPENED] = made
    return made


def _ask_all(asked: Asked, fields: tuple[Field, ...], opened: Opened) -> dict[str, Any]:
    places = st.columns(2)
    values = {}
    for number, field in enumerate(fields):
        with places[number % 2]:
            value = getattr(opened.row, field.name)
            values[field.name] = ask(asked, field, value, f"{opened.key}_{field.name}")
    return values


def _save(desk: Desk, row: r.Record, given: Mapping[str, Any], seen: int) -> None:
    box = outbox()
    if not given:
        st.info("没有改动，不需保存。")
        return
    try:
        change_row(desk.engine, desk.viewer, desk.plan.code, row, given, seen=seen)
        box.sent("record", f"{_called(desk, row)}已修改。")
    except ConflictError as found:
        keep(Conflict(row, found, dict(given)))
    except (RefusedError, ForbiddenError) as refused:
        say_refused(refused)
        return
    st.rerun()


def _settle(desk: Desk, conflict: Conflict) -> None:
    """Two editors: the second sees both and chooses."""
    chosen = show(desk, conflict)
    if chosen is None:
        return
    forget()
    if chosen == "mine" and conflict.error.now is not None:
        _save(desk, conflict.error.now, conflict.given, conflict.error.version)
        return
    outbox().sent("record", "已保留现在的内容，您填写的没有保存。")
    st.rerun()


def _ending(desk: Desk, opened: Opened) -> None:
    row, ledger = opened.row, ledger_of(opened.row)
    if row not in desk.books.all(LEDGERS[ledger]) or not _can_end(desk, row):
        return
    with st.expander("撤销这一行"):
        st.markdown("撤销后不再出现在今天的台账中；过去的日子和修改留痕里仍可看到。")
        sure = st.checkbox("确认撤销", key=f"{opened.key}_sure")
        if st.button("撤销", key=f"{opened.key}_end", disabled=not sure):
            _end(desk, opened)


def _can_end(desk: Desk, row: r.Record) -> bool:
    rule = EDITABLE[ledger_of(row)]
    return rule.can_end and open_fields(desk.books, row) == tuple(
        field for field in new_fields(type(row), ledger_of(row)) if field.name in rule.open_
    )


def _end(desk: Desk, opened: Opened) -> None:
    box = outbox()
    called = _called(desk, opened.row)
    try:
        end_row(desk.engine, desk.viewer, desk.plan.code, opened.row, seen=opened.seen)
        box.sent("record", f"{called}已撤销。")
    except ConflictError as found:
        st.error(str(found))
        return
    except (RefusedError, ForbiddenError) as refused:
        say_refused(refused)
        return
    st.query_params.pop("code", None)
    st.rerun()


def _called(desk: Desk, row: r.Record) -> str:
    name = name_of(desk.books, row)
    return f"{TITLES[ledger_of(row)]}“{name}”"
