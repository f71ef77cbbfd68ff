"""Filings that bring an experience (好经验好做法), for the bulletin of their month."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from dashboard.ledgers import records as r
from dashboard.ledgers.shelf import filing_of, select_filings
from dashboard.ledgers.tables import TABLES
from dashboard.ledgers.terms import ReviewVerdict


def experiences_in(
    connection: Connection, plan: str, rounds: Collection[str], until: datetime
) -> tuple[r.Filing, ...]:
    """The filings for these rounds that bring an experience and were accepted by an instant.

    Oldest first; one query. What was corrected by then is told by its correction alone.
    """
    filing, review, line = TABLES["filing"], TABLES["review"], TABLES["reporting_line"]
    later = filing.alias("later")
    corrected = select(later.c.corrects_id).where(
        later.c.corrects_id.is_not(None), later.c.known_at <= until
    )
    accepted = select(review.c.filing_id).where(
        review.c.verdict != ReviewVerdict.RETURNED, review.c.known_at <= until
    )
    query = (
        select_filings(line.c.code.label("line_code"))
        .join(line, line.c.id == filing.c.line_id)
        .join(TABLES["plan"], TABLES["plan"].c.id == filing.c.plan_id)
        .where(TABLES["plan"].c.code == plan, filing.c.experience.is_not(None))
        .where(filing.c.round.in_(tuple(rounds)))
        .where(filing.c.id.in_(accepted), filing.c.id.not_in(corrected))
        .order_by(filing.c.id)
    )
    rows = connection.execute(query).mappings()
    return tuple(filing_of(dict(row), {row["line_id"]: row["line_code"]}) for row in rows)
