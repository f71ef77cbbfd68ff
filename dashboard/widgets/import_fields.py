"""One field of a draft row as a person fills it in; every answer is text, as drafts are kept."""

from collections.abc import Mapping
from dataclasses import MISSING
from datetime import date

import streamlit as st

from dashboard.drafting.row_words import said
from dashboard.drafting.rows import Row
from dashboard.ledgers.importing import RowState
from dashboard.ledgers.shape import LEDGERS, Field, fields_of, is_required, to_text
from dashboard.ledgers.terms import Term
from dashboard.widgets.import_course import Course
from dashboard.widgets.record_fields import HELP

OPEN: Mapping[str, tuple[str, ...]] = {
    "clause": ("title", "kind", "parent"),
    "unit": ("name", "kind", "aliases", "is_collective", "parent", "note"),
    "task": ("title", "kind", "clause", "note"),
    "measure": ("title", "task", "force", "on_event", "note"),
    "responsibility": ("task", "unit", "role", "as_printed", "words", "is_open_ended"),
    "deadline": ("source", "recurrence", "due_on", "starts_on", "indicator", "is_in_force", "note"),
    "indicator": (
        *("name", "comparator", "value", "value_high", "unit", "method", "scope", "per", "year"),
        *("part_of", "baseline", "note"),
    ),
    "reporting_line": ("unit", "cadence", "part", "via", "is_designated", "note"),
}
"""The fields that a person may change, in the order of the form."""
_FIRST, _LAST = date(1990, 1, 1), date(2099, 12, 31)


def open_fields(ledger: str) -> tuple[Field, ...]:
    """The fields of a ledger's form."""
    by_name = {each.name: each for each in fields_of(LEDGERS[ledger])}
    return tuple(by_name[name] for name in OPEN[ledger])


def shown(row: Row, field: Field) -> str | None:
    """What a field says before anybody types: the draft's text, else the ledger's own default."""
    text = row.fields.get(field.name) or None
    if text is None and field.default is not MISSING and not field.optional:
        return to_text(field.default)
    return text.removesuffix(".0") if text and field.kind is float else text


def ask(at: Course, row: Row, field: Field, key: str) -> str | None:
    """Draw a field with what it says; returns what it says then, None where it is empty."""
    text = shown(row, field)
    label = f"{field.label}（必填）" if is_required(field) else field.label
    if field.kind is bool:
        return "是" if st.checkbox(label, text == "是", key=key) else "否"
    if field.ref:
        return _chosen(label, _rows(at, row, field, text), text, key)
    if issubclass(field.kind, Term):
        return _chosen(label, {each.value: each.label for each in field.kind}, text, key)
    if field.kind is date:
        return _date(label, text, key)
    hint = HELP.get(field.name) if field.name in _HELPED else None
    typed: str = st.text_input(label, text or "", key=key, help=hint)
    return typed.strip() or None


_HELPED = ("aliases", "words", "value_high")


def _chosen(label: str, words: Mapping[str, str], text: str | None, key: str) -> str | None:
    found = list(words)
    chosen: str | None = st.selectbox(
        label,
        found,
        index=found.index(text) if text is not None and text in words else None,
        format_func=words.__getitem__,
        placeholder="可不选",
        key=key,
    )
    return chosen


def _rows(at: Course, row: Row, field: Field, text: str | None) -> dict[str, str]:
    """The draft's rows that a reference may name; what was dropped is not among them."""
    return {
        each.row.code: said(each.row, at.plain)[0]
        for each in at.rows
        if each.row.ledger == field.ref
        and each.row is not row
        and (each.state is not RowState.DROPPED or each.row.code == text)
    }


def _date(label: str, text: str | None, key: str) -> str | None:
    try:
        value = date.fromisoformat(text) if text else None
    except ValueError:
        value = None
    if value is not None and key not in st.session_state:
        st.session_state[key] = value  # so that it can be emptied again
    chosen = st.date_input(label, value=None, min_value=_FIRST, max_value=_LAST, key=key)
    return chosen.isoformat() if isinstance(chosen, date) else None
