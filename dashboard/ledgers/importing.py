"""Plans on their way in: the document, the draft rows read from it, and where each row came from.

A draft belongs to no plan yet, so it stands beside the ledgers. It is saved as it goes and may be
taken up by another person; once posted, `row_source` keeps the sentence of every ledger row.
"""

from datetime import datetime

from sqlalchemy import Index, Table, UniqueConstraint
from sqlmodel import Field

from dashboard.ledgers.tables import Ledger, Moment, term_type
from dashboard.ledgers.terms import Term


class DocumentState(Term):
    """How far a document is: being gone through, in the books, or put away."""

    OPEN = "open", "核对中"
    POSTED = "posted", "已入账"
    DROPPED = "dropped", "已放弃"


class RowState(Term):
    """What a person said to a draft row."""

    WAITING = "waiting", "待核"
    ACCEPTED = "accepted", "已采用"
    DROPPED = "dropped", "不采用"


class PlanDocument(Ledger, table=True):
    """A plan's document as it was handed in; the file lies in the store by its hash.

    `text` is what was read and what all places count in; `plan` the code of the plan that it
    became; `about` the fields of the plan's own row as they stand in the draft, as JSON.
    """

    __tablename__ = "plan_document"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    size: int
    sha256: str
    text: str
    about: str
    state: DocumentState = Field(sa_type=term_type(DocumentState))
    plan: str | None = None
    version: int = 1
    by_post: str
    by_account: str | None = None
    received_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)


class DraftRow(Ledger, table=True):
    """One row of a ledger to be: its fields as JSON of texts, and where it was read.

    `note` is what must be looked at; `version` tells a second editor that the row has moved on.
    """

    __tablename__ = "draft_row"
    __table_args__ = (UniqueConstraint("document_id", "ledger", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="plan_document.id", index=True)
    ledger: str
    code: str
    seq: int
    clause: str | None = None
    content: str
    place_from: int | None = None
    place_to: int | None = None
    note: str | None = None
    is_edited: bool = False
    state: RowState = Field(sa_type=term_type(RowState))
    version: int = 1
    by_post: str | None = None
    changed_at: datetime = Field(sa_type=Moment)


class RowSource(Ledger, table=True):
    """Where a ledger's row stands in the document that it came from."""

    __tablename__ = "row_source"
    __table_args__ = (
        UniqueConstraint("plan_id", "ledger", "row"),
        Index("ix_row_source_document", "document_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    ledger: str
    row: str
    document_id: int = Field(foreign_key="plan_document.id")
    place_from: int
    place_to: int


DOCUMENTS: Table = Ledger.metadata.tables["plan_document"]
DRAFT_ROWS: Table = Ledger.metadata.tables["draft_row"]
SOURCES: Table = Ledger.metadata.tables["row_source"]
