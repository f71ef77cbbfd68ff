"""What happened to one thing: its filings in order, and the changes of its row."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, select, true

from dashboard.ledgers import records as r
from dashboard.ledgers.books import filing_of, select_filings
from dashboard.ledgers.database import reading
from dashboard.ledgers.tables import REVISIONS, TABLES
from dashboard.ledgers.terms import ReviewVerdict


@dataclass(frozen=True)
class Filed:
    """A filing with the office's last word on it, if any."""

    filing: r.Filing
    verdict: ReviewVerdict | None
    opinion: str | None


def filings_of_task(engine: Engine, plan: str, task: str, as_of: datetime) -> tuple[Filed, ...]:
    """Every filing on a task's reporting lines known at the instant, oldest first."""
    return _filings(engine, plan, as_of, task=task)


def all_filings(engine: Engine, plan: str, as_of: datetime) -> tuple[Filed, ...]:
    """Every filing of a plan known at the instant, oldest first."""
    return _filings(engine, plan, as_of, task=None)


def _filings(engine: Engine, plan: str, as_of: datetime, *, task: str | None) -> tuple[Filed, ...]:
    filing, review, line = TABLES["filing"], TABLES["review"], TABLES["reporting_line"]
    said = (review.c.verdict.label("verdict"), review.c.opinion.label("opinion"))
    query = (
        select_filings(line.c.code.label("line_code"), *said)
        .join(line, line.c.id == filing.c.line_id)
        .join(TABLES["plan"], TABLES["plan"].c.id == filing.c.plan_id)
        .outerjoin(review, (review.c.filing_id == filing.c.id) & (review.c.known_at <= as_of))
        .where(TABLES["plan"].c.code == plan, filing.c.known_at <= as_of)
        .order_by(filing.c.id, review.c.id)
    )
    if task is not None:
        wanted = TABLES["task"]
        query = query.join(wanted, wanted.c.id == line.c.task_id).where(wanted.c.code == task)
    found: dict[int, Filed] = {}
    with reading(engine) as connection:
        for row in connection.execute(query).mappings():
            made = filing_of(dict(row), {row["line_id"]: row["line_code"]})
            found[row["id"]] = Filed(made, row["verdict"], row["opinion"])
    return tuple(found.values())


def revisions_of(
    engine: Engine, plan: str, ledger: str, code: str, *, as_of: datetime | None = None
) -> tuple[r.Revision, ...]:
    """The changes of one row, newest first; with `as_of` those known at that instant."""
    with reading(engine) as connection:
        return revisions_in(connection, plan, ledger, code, as_of=as_of)


def revisions_in(
    connection: Connection, plan: str, ledger: str, code: str, *, as_of: datetime | None = None
) -> tuple[r.Revision, ...]:
    """`revisions_of` in an open transaction."""
    table = REVISIONS.c
    owner = TABLES["plan"]
    query = (
        select(*(table[name] for name in r.Revision.__slots__))
        .join(owner, owner.c.id == table.plan_id)
        .where(owner.c.code == plan, table.ledger == ledger, table.row == code)
        .where(true() if as_of is None else table.known_at <= as_of)
        .order_by(table.id.desc())
    )
    return tuple(r.Revision(**row) for row in connection.execute(query).mappings())
