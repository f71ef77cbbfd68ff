"""The texts and figures of the practice data: one CSV a subject, headed as the books label them."""

import csv
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from dashboard.ledgers.records import Record
from dashboard.ledgers.shape import fields_of, from_text

R = TypeVar("R", bound=Record)
Row = dict[str, str]

_FOLDERS = {"jiaxiang-2023": Path(__file__).parent / "jiaxiang"}


def has_tables(plan_code: str) -> bool:
    """Whether practice data have been written for this plan."""
    return plan_code in _FOLDERS


@cache
def table(plan_code: str, name: str) -> tuple[Row, ...]:
    """The rows of one CSV by the labels of its header; an empty cell is an empty text."""
    path = _FOLDERS[plan_code] / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


def record_of(kind: type[R], row: Row, **given: Any) -> R:
    """A record from a row's labelled cells; `given` fields win over the cells."""
    cells: dict[str, Any] = {
        field.name: from_text(field, row[field.label])
        for field in fields_of(kind)
        if row.get(field.label) and field.name not in given
    }
    return kind(**cells, **given)


def changes_of(kind: type[Record], row: Row) -> dict[str, Any]:
    """The fields that a row's filled cells change, without the code."""
    return {
        field.name: from_text(field, row[field.label])
        for field in fields_of(kind)
        if row.get(field.label) and field.name != "code"
    }
