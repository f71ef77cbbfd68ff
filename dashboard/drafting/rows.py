"""A draft row: the fields of a ledger's row as texts, where it was read, what to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, fields_of, to_text
from dashboard.policy.findings import Span

Texts = Mapping[str, str | None]
"""A row's fields by name, as history writes them (`ledgers.shape.to_text`)."""


@dataclass(frozen=True)
class Row:
    """One row of a draft. `clause` groups it; `note` says what a person must look at."""

    ledger: str
    code: str
    fields: Texts
    clause: str | None = None
    span: Span | None = None
    note: str | None = None


@dataclass(frozen=True)
class Draft:
    """A plan to be: `about` are the fields of the plan's own row, `notes` what they leave open."""

    about: Texts
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Place:
    """Where a row was read, and what to look at there."""

    clause: str | None = None
    span: Span | None = None
    note: str | None = None


def row(record: type[r.Record], code: str, place: Place, /, **values: Any) -> Row:
    """A draft row of a ledger with these values; what is not given takes the ledger's default."""
    ledger = next(name for name, each in LEDGERS.items() if each is record)
    known = {each.name for each in fields_of(record)}
    assert values.keys() <= known, values.keys() - known
    texts = {name: to_text(value) for name, value in values.items()}
    return Row(ledger, code, texts, place.clause, place.span, place.note)
