"""What happened to one thing: its filings in order, and the changes of its row.

Also the filings that wait for the office's word, and how long those of some rounds waited.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select, true

from dashboard.ledgers import records as r
from dashboard.ledgers.database import reading
from dashboard.ledgers.shelf import filing_of, select_filings
from dashboard.ledgers.tables import POSTINGS, REVISIONS, TABLES
from dashboard.ledgers.terms import Action, ReviewVerdict


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


# Waiting for the office's word


@dataclass(frozen=True)
class Pending:
    """A filing with all that decides whether the office may still say something to it.

    `entered_by` is the account that entered it, `verdict` the office's last word, `corrected_by`
    the code of the filing that took its place. `is_overtaken`: a later filing of the same line
    was accepted. `problems` are the codes of those raised in the same posting.
    """

    filing: r.Filing
    entered_by: str | None
    verdict: ReviewVerdict | None
    corrected_by: str | None
    is_overtaken: bool
    problems: tuple[str, ...] = ()


def pending_filings(engine: Engine, plan: str, as_of: datetime) -> tuple[Pending, ...]:
    """Every filing to which nothing had been said at the instant, oldest first; two queries."""
    with reading(engine) as connection:
        return pending_in(connection, plan, as_of=as_of)


def pending_in(
    connection: Connection,
    plan: str,
    *,
    as_of: datetime | None = None,
    codes: Collection[str] | None = None,
) -> tuple[Pending, ...]:
    """`pending_filings` in an open transaction; with `codes` these filings, reviewed or not."""
    filing, review = TABLES["filing"].c, TABLES["review"].c
    query = _with_words(plan, as_of)
    query = query.where(review.id.is_(None) if codes is None else filing.code.in_(codes))
    rows = connection.execute(query.order_by(filing.id)).mappings().all()
    raised = _raised_with(connection, {row["posting_id"] for row in rows} - {None})
    return tuple(
        Pending(
            filing=filing_of(dict(row), {row["line_id"]: row["line_code"]}),
            entered_by=row["entered_by"],
            verdict=row["said"],
            corrected_by=row["corrected_by"],
            is_overtaken=row["overtaken_by"] is not None,
            problems=raised.get(row["posting_id"], ()),
        )
        for row in rows
    )


def _with_words(plan: str, as_of: datetime | None) -> Select[Any]:
    """A plan's filings with the posting that brought each, and what became of it."""
    filing, review, line = TABLES["filing"], TABLES["review"], TABLES["reporting_line"]
    owner, entered = TABLES["plan"], POSTINGS
    later, word = filing.alias("later"), review.alias("word")
    said = select(func.max(word.c.id)).where(word.c.filing_id == filing.c.id, _by(word, as_of))
    corrected = select(func.max(later.c.code)).where(
        later.c.corrects_id == filing.c.id, _by(later, as_of)
    )
    overtaken = (
        select(func.max(word.c.id))
        .join(later, later.c.id == word.c.filing_id)
        .where(later.c.line_id == filing.c.line_id, later.c.id > filing.c.id, _by(word, as_of))
        .where(word.c.verdict != ReviewVerdict.RETURNED)
    )
    more = (
        line.c.code.label("line_code"),
        entered.c.id.label("posting_id"),
        entered.c.by_account.label("entered_by"),
        review.c.verdict.label("said"),
        corrected.scalar_subquery().label("corrected_by"),
        overtaken.scalar_subquery().label("overtaken_by"),
    )
    # Writers queue: no two postings of a plan share a moment.
    brought = (entered.c.plan_id == filing.c.plan_id) & (
        entered.c.recorded_at == filing.c.recorded_at
    )
    return (
        select_filings(*more)
        .join(line, line.c.id == filing.c.line_id)
        .join(owner, owner.c.id == filing.c.plan_id)
        .outerjoin(entered, brought)
        .outerjoin(review, review.c.id == said.scalar_subquery())
        .where(owner.c.code == plan, _by(filing, as_of))
    )


def _by(table: Any, as_of: datetime | None) -> Any:
    return true() if as_of is None else table.c.known_at <= as_of


def _raised_with(
    connection: Connection, postings: Collection[int]
) -> Mapping[int, tuple[str, ...]]:
    """The codes of the problems that came with each posting."""
    table = REVISIONS.c
    query = select(table.posting_id, table.row).where(
        table.posting_id.in_(postings),
        table.ledger == "problem",
        table.action == Action.CREATE,
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.posting_id].append(row.row)
    return {posting: tuple(codes) for posting, codes in found.items()}


@dataclass(frozen=True)
class Reception:
    """A filing and when the office first said something to it: None while it waits.

    `is_superseded`: its unit put another in its place, so that nobody need say anything.
    """

    filing: r.Filing
    reviewed_at: datetime | None
    is_superseded: bool


def receptions(
    engine: Engine, plan: str, as_of: datetime, rounds: Iterable[str]
) -> tuple[Reception, ...]:
    """The filings of these rounds known at the instant, oldest first; one query."""
    filing, review, line = TABLES["filing"], TABLES["review"], TABLES["reporting_line"]
    later = filing.alias("later")
    first = select(func.min(review.c.known_at)).where(
        review.c.filing_id == filing.c.id, _by(review, as_of)
    )
    corrected = select(func.max(later.c.id)).where(
        later.c.corrects_id == filing.c.id, _by(later, as_of)
    )
    query = (
        select_filings(
            line.c.code.label("line_code"),
            first.scalar_subquery().label("reviewed_at"),
            corrected.scalar_subquery().label("corrected_by"),
        )
        .join(line, line.c.id == filing.c.line_id)
        .join(TABLES["plan"], TABLES["plan"].c.id == filing.c.plan_id)
        .where(TABLES["plan"].c.code == plan, _by(filing, as_of))
        .where(filing.c.round.in_(tuple(rounds)))
        .order_by(filing.c.id)
    )
    with reading(engine) as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(
        Reception(
            filing_of(dict(row), {row["line_id"]: row["line_code"]}),
            row["reviewed_at"],
            row["reviewed_at"] is None and row["corrected_by"] is not None,
        )
        for row in rows
    )


# Changes of a row


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


def revisions_after(
    engine: Engine, plan: str, ledgers: Collection[str], version: int, as_of: datetime
) -> tuple[r.Revision, ...]:
    """What postings after `version` did to these ledgers by an instant, newest first."""
    table, owner = REVISIONS.c, TABLES["plan"]
    query = (
        select(*(table[name] for name in r.Revision.__slots__))
        .join(owner, owner.c.id == table.plan_id)
        .where(owner.c.code == plan, table.ledger.in_(ledgers))
        .where(table.posting_id > version, table.known_at <= as_of)
        .order_by(table.id.desc())
    )
    with reading(engine) as connection:
        return tuple(r.Revision(**row) for row in connection.execute(query).mappings())


def inspections_named(
    engine: Engine, plan: str, codes: Collection[str]
) -> Mapping[str, Mapping[str, Any]]:
    """What these inspections found, by their codes: verdict, value, day, post and note."""
    table, owner = TABLES["inspection"].c, TABLES["plan"]
    names = ("verdict", "measured", "inspected_on", "by_post", "note")
    found: dict[str, Mapping[str, Any]] = {}
    wanted = sorted(codes)
    with reading(engine) as connection:
        for start in range(0, len(wanted), _AT_ONCE):
            query = (
                select(table.code, *(table[name] for name in names))
                .join(owner, owner.c.id == table.plan_id)
                .where(owner.c.code == plan, table.code.in_(wanted[start : start + _AT_ONCE]))
            )
            for row in connection.execute(query).mappings():
                found[row["code"]] = {name: row[name] for name in names}
    return found


_AT_ONCE = 500
