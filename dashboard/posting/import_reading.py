"""Documents of plans and their drafts, as they are read."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy import Row as Found

from dashboard.drafting.rows import Row, Texts
from dashboard.ledgers.database import reading
from dashboard.ledgers.importing import DOCUMENTS, DRAFT_ROWS, SOURCES, DocumentState, RowState
from dashboard.ledgers.tables import TABLES
from dashboard.policy.findings import Span


@dataclass(frozen=True)
class Document:
    """A plan's document and how far it is; `waiting` of its `rows` still want a word."""

    id: int
    name: str
    size: int
    sha256: str
    text: str
    about: Texts
    state: DocumentState
    plan: str | None
    version: int
    by_post: str
    received_at: datetime
    changed_at: datetime
    rows: int
    waiting: int


@dataclass(frozen=True)
class DraftRow:
    """A draft row with its key, its state and the version that a change of it must name."""

    id: int
    row: Row
    state: RowState
    is_edited: bool
    version: int
    by_post: str | None
    changed_at: datetime


@dataclass(frozen=True)
class Source:
    """Where a ledger's row stands: the document, and the place in its text."""

    document: int
    name: str
    size: int
    sha256: str
    by_post: str
    text: str
    span: Span


def documents(engine: Engine) -> tuple[Document, ...]:
    """Every document, the newest first, without its text."""
    with reading(engine) as connection:
        found = connection.execute(_documents().order_by(DOCUMENTS.c.id.desc())).all()
    return tuple(_document(each, text="") for each in found)


def document(engine: Engine, key: int) -> Document | None:
    """The document with this key, if there is one."""
    with reading(engine) as connection:
        found = connection.execute(_documents().where(DOCUMENTS.c.id == key)).first()
    return _document(found, text=found.text) if found else None


def _documents() -> Any:
    rows, waiting = DRAFT_ROWS.c, DRAFT_ROWS.c.state == RowState.WAITING
    number = select(func.count()).where(rows.document_id == DOCUMENTS.c.id)
    return select(
        DOCUMENTS,
        number.scalar_subquery().label("rows"),
        number.where(waiting).scalar_subquery().label("waiting"),
    )


def _document(found: Found[Any], *, text: str) -> Document:
    return Document(
        id=found.id,
        name=found.name,
        size=found.size,
        sha256=found.sha256,
        text=text,
        about=json.loads(found.about),
        state=found.state,
        plan=found.plan,
        version=found.version,
        by_post=found.by_post,
        received_at=found.received_at,
        changed_at=found.changed_at,
        rows=found.rows,
        waiting=found.waiting,
    )


def rows_of(engine: Engine, key: int) -> tuple[DraftRow, ...]:
    """The draft rows of a document, in the order of the text."""
    query = select(DRAFT_ROWS).where(DRAFT_ROWS.c.document_id == key).order_by(DRAFT_ROWS.c.seq)
    with reading(engine) as connection:
        return tuple(_draft_row(each) for each in connection.execute(query))


def _draft_row(found: Found[Any]) -> DraftRow:
    span = None if found.place_from is None else Span(found.place_from, found.place_to)
    fields: Mapping[str, str | None] = json.loads(found.content)
    return DraftRow(
        id=found.id,
        row=Row(found.ledger, found.code, fields, found.clause, span, found.note),
        state=found.state,
        is_edited=found.is_edited,
        version=found.version,
        by_post=found.by_post,
        changed_at=found.changed_at,
    )


def is_sourced(engine: Engine, plan: str, ledger: str, row: str) -> bool:
    """Whether a ledger's row came from a document."""
    owner = TABLES["plan"].c
    query = (
        select(SOURCES.c.id)
        .join(TABLES["plan"], owner.id == SOURCES.c.plan_id)
        .where(owner.code == plan, SOURCES.c.ledger == ledger, SOURCES.c.row == row)
    )
    with reading(engine) as connection:
        return connection.scalar(query) is not None


_TOLD = ("name", "size", "sha256", "by_post", "text")
"""What a source tells of its document."""


def sources_of(
    engine: Engine, plan: str, wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Source]:
    """Where ledger rows (ledger, code) stand in the document that they came from."""
    owner = TABLES["plan"].c
    query = (
        select(SOURCES, *(DOCUMENTS.c[name] for name in _TOLD))
        .join(DOCUMENTS, DOCUMENTS.c.id == SOURCES.c.document_id)
        .join(TABLES["plan"], owner.id == SOURCES.c.plan_id)
        .where(owner.code == plan, SOURCES.c.row.in_({code for _, code in wanted}))
    )
    with reading(engine) as connection:
        found = connection.execute(query).all()
    return {
        (each.ledger, each.row): Source(
            document=each.document_id,
            span=Span(each.place_from, each.place_to),
            **{name: getattr(each, name) for name in _TOLD},
        )
        for each in found
        if (each.ledger, each.row) in wanted
    }
