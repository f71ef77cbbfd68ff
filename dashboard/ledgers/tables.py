"""The ledgers as SQLModel tables, made from the records so that a field is defined once.

Every ledger row has a database key `id`, its plan, its `code` (unique in the plan), the
moments `known_at`, `recorded_at` and `ended_at`, and the posting that brought it. A field
that refers to another ledger is an integer column `<field>_id` with a foreign key.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Enum,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from dashboard.ledgers.records import Record
from dashboard.ledgers.shape import APPEND_ONLY, LEDGERS, fields_of
from dashboard.ledgers.shape import Field as RecordField
from dashboard.ledgers.terms import Action, Term


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Ledger(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))):
    """The common base; its registry is its own, so that a reload never meets a table twice."""


def term_type(term: type[Term]) -> Enum:
    """A column that stores a term's value and makes no type of its own in the database."""
    return Enum(
        term,
        native_enum=False,
        create_constraint=False,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


class Posting(Ledger, table=True):
    """One writing transaction; the highest `id` known at an instant is the books' version."""

    __table_args__ = (Index("ix_posting_plan_known", "plan_id", "known_at"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    by_post: str
    by_account: str | None = None
    action: str
    known_at: datetime = Field(sa_type=Moment)
    recorded_at: datetime = Field(sa_type=Moment)
    is_practice: bool = False


class Revision(Ledger, table=True):
    """One changed field; `field` is empty where the row was created or ended."""

    __table_args__ = (
        Index("ix_revision_plan_known", "plan_id", "known_at"),
        Index("ix_revision_row", "plan_id", "ledger", "row"),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    posting_id: int = Field(foreign_key="posting.id", index=True)
    ledger: str
    row: str
    action: Action = Field(sa_type=term_type(Action))
    field: str | None = None
    old: str | None = None
    new: str | None = None
    by_post: str
    by_account: str | None = None
    known_at: datetime = Field(sa_type=Moment)
    recorded_at: datetime = Field(sa_type=Moment)
    is_practice: bool = False


POSTINGS: Table = Ledger.metadata.tables["posting"]
REVISIONS: Table = Ledger.metadata.tables["revision"]

_TYPES: dict[type[Any], Any] = {
    str: String,
    int: Integer,
    float: Float,
    bool: Boolean,
    date: Date,
    datetime: Moment,
}


def _column(field: RecordField) -> Column[Any]:
    if field.ref:
        key = ForeignKey(f"{field.ref}.id")
        return Column(field.column, Integer, key, nullable=field.optional, index=True)
    kind = term_type(field.kind) if issubclass(field.kind, Term) else _TYPES[field.kind]
    return Column(field.column, kind, nullable=field.optional)


def _head(ledger: str) -> list[Any]:
    plan: list[Any] = (
        [] if ledger == "plan" else [Column("plan_id", ForeignKey("plan.id"), nullable=False)]
    )
    return [
        Column("id", Integer, primary_key=True),
        *plan,
        Column("code", String, nullable=False),
        Column("known_at", Moment, nullable=False),
        Column("recorded_at", Moment, nullable=False),
        Column("ended_at", Moment, nullable=True),
        Column("is_practice", Boolean, nullable=False),
        UniqueConstraint(*(["code"] if ledger == "plan" else ["plan_id", "code"])),
        *([Index(f"ix_{ledger}_known", "plan_id", "known_at")] if ledger in APPEND_ONLY else []),
    ]


_IN_HEAD = frozenset({"code", "known_at", "is_practice"})


def _table(ledger: str, record: type[Record]) -> Table:
    body = [_column(field) for field in fields_of(record) if field.name not in _IN_HEAD]
    return Table(ledger, Ledger.metadata, *_head(ledger), *body)


TABLES: dict[str, Table] = {ledger: _table(ledger, record) for ledger, record in LEDGERS.items()}
"""The table of each ledger, by the ledger's name."""
