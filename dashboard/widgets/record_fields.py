"""One field of a record as a person fills it in: the kind of input, its label, its choices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import LEDGERS, Field, is_required
from dashboard.ledgers.terms import Term, UnitKind
from dashboard.rules.names import name_of

LONG = frozenset(
    {"description", "note", "solution", "progress", "request", "matter", "closing_standard"}
)
"""Fields that take more than a line."""

HELP: Mapping[str, str] = {
    "post": "只写岗位，如“县教育和体育局联络员”。",
    "name": "仅办公室可见，不写入任何导出文件。",
    "telephone": "仅办公室可见，不写入任何导出文件。",
    "register_no": "只登记批示的登记号；批示原文属工作秘密，不得录入。",
    "total": "未核定的请留空，地图上显示为“待核定”。",
    "number": "未核定的请留空。",
    "lon": "十进制经度，如116.342。",
    "lat": "十进制纬度，如35.407。",
    "aliases": "多个别名用顿号隔开。",
    "value": "措施填百分比，指标填数量。",
    "note": "可写明依据和原因。",
}


@dataclass(frozen=True)
class Asked:
    """What a field is asked with: the books for its choices, the task that narrows them."""

    books: Books
    task: str | None = None


def ask(asked: Asked, field: Field, value: Any, key: str) -> Any:
    """Draw a field's input with its present value; returns what the person entered, or None."""
    label = f"{field.label}（必填）" if is_required(field) else field.label
    help_ = HELP.get(field.name)
    if field.ref:
        return _row(asked, field, value, (label, key, help_))
    if issubclass(field.kind, Term):
        return _term(field, value, (label, key, help_))
    if field.kind is bool:
        return st.checkbox(label, value=bool(value), key=key, help=help_)
    if field.kind is date:
        return st.date_input(label, value=value, key=key, help=help_)
    if field.kind in (int, float):
        return _number(field, value, (label, key, help_))
    return _text(field, value, (label, key, help_))


Drawn = tuple[str, str, str | None]
"""Label, key and help."""


def _text(field: Field, value: str | None, drawn: Drawn) -> str | None:
    label, key, help_ = drawn
    if field.name in LONG:
        entered = st.text_area(label, value=value or "", key=key, help=help_, height=80)
    else:
        entered = st.text_input(label, value=value or "", key=key, help=help_)
    return entered.strip() or None


def _number(field: Field, value: float | None, drawn: Drawn) -> float | None:
    label, key, help_ = drawn
    if field.kind is int:
        return st.number_input(label, value=value, step=1, key=key, help=help_, placeholder="")
    return st.number_input(
        label, value=value, step=None, format="%.10g", key=key, help=help_, placeholder=""
    )


def _term(field: Field, value: Term | None, drawn: Drawn) -> Term | None:
    words = {member.value: member.label for member in field.kind}
    chosen = _choose(words, value.value if value else None, field, drawn)
    return field.kind.parse(chosen) if chosen else None


def _row(asked: Asked, field: Field, value: str | None, drawn: Drawn) -> str | None:
    return _choose(_offered(asked, field, value), value, field, drawn)


def _choose(words: dict[str, str], value: str | None, field: Field, drawn: Drawn) -> str | None:
    label, key, help_ = drawn
    options = list(words)
    chosen: str | None = st.selectbox(
        label,
        options,
        index=options.index(value) if value in words else None,
        format_func=words.__getitem__,
        key=key,
        help=help_,
        placeholder="请选择" if is_required(field) else "可不选",
    )
    return chosen


def _offered(asked: Asked, field: Field, value: str | None) -> dict[str, str]:
    """The rows that a field may name, with their names; the present one is always among them."""
    kind = LEDGERS[field.ref or ""]
    rows = [each for each in asked.books.all(kind) if _fits(asked, field, each)]
    held = asked.books.find(kind, value)
    if held is not None and held not in rows:
        rows.append(held)
    return {each.code: name_of(asked.books, each) for each in rows}


def _fits(asked: Asked, field: Field, row: r.Record) -> bool:
    if isinstance(row, r.Unit):
        if field.name == "town":
            return row.kind in (UnitKind.TOWN, UnitKind.ZONE)
        upper = (UnitKind.COLLECTIVE,) if field.name == "parent" else _NOT_ANSWERABLE
        return not row.is_collective and row.kind not in upper
    of_task = isinstance(row, r.Measure | r.Indicator) and field.name != "after"
    return not of_task or asked.task is None or getattr(row, "task", None) == asked.task


_NOT_ANSWERABLE = (UnitKind.COLLECTIVE, UnitKind.UPPER)
