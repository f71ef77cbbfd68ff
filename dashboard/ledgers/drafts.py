"""What somebody has begun to write on a reporting line: kept apart from the ledgers.

A draft is nobody's record: it is overwritten as it is typed, seen by its author alone, and gone
once the line is filed. So it has no history, and writing it makes no new version of the books.
"""

from datetime import datetime

from sqlalchemy import Table, UniqueConstraint
from sqlmodel import Field

from dashboard.ledgers.tables import Ledger, Moment


class Draft(Ledger, table=True):
    """One author's draft on one line; `seen` is the last filing that the author saw."""

    __table_args__ = (UniqueConstraint("plan_id", "line_id", "author"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    line_id: int = Field(foreign_key="reporting_line.id")
    author: str
    seen: str | None = None
    content: str
    saved_at: datetime = Field(sa_type=Moment)
    is_practice: bool = False


DRAFTS: Table = Ledger.metadata.tables["draft"]
