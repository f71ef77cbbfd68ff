"""Books read again after new postings: only the ledgers that these touched, or only their rows.

What was changed is told by the revisions; ledgers that only grow leave none, but their keys do.
All writers wait for one another, so that keys grow in the order in which rows are kept.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, func, select

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load_in
from dashboard.ledgers.shape import APPEND_ONLY, LEDGERS, fields_of
from dashboard.ledgers.shelf import LAST_PER, Shelf
from dashboard.ledgers.tables import POSTINGS, REVISIONS, TABLES
from dashboard.ledgers.terms import Action

_FEW = 500  # more rows than these are read with their whole ledger
_READ_AS_FILED = frozenset({"filing", "review"})
"""Ledgers of which the books hold the last rows of each line, outside `rows`."""


@dataclass(frozen=True)
class _Marks:
    """How far the database was written, for all plans: the last posting and the number of postings
    up to it, and the last key of each ledger that only grows.
    """

    posting: int
    postings: int
    grown: Mapping[str, int]


@dataclass(frozen=True)
class _Since:
    """What postings did: to which rows what, and by how many keys at most each ledger grew."""

    touched: Mapping[str, Mapping[str, set[Action]]]
    grown: Mapping[str, int]

    @property
    def ledgers(self) -> set[str]:
        return {*self.touched, *self.grown}


@dataclass(frozen=True)
class Reading:
    """Books with what is needed to read them again; `codes` are by ledger and key, as needed."""

    books: Books
    plan_id: int
    marks: _Marks
    codes: dict[str, dict[int, str]] = field(default_factory=dict)


def read(connection: Connection, code: str, as_of: datetime) -> Reading:
    """The whole books as of an instant. Raises UnknownPlanError."""
    books = load_in(connection, code, as_of)
    plan = TABLES["plan"].c
    plan_id = connection.execute(select(plan.id).where(plan.code == code)).scalar_one()
    return Reading(books, plan_id, _marks(connection))


def read_again(connection: Connection, held: Reading) -> Reading:
    """The books of the same plan and instant as they stand now, equal to a whole reading."""
    books, plan_id = held.books, held.plan_id
    marks, before = _marks(connection), held.marks
    since = _since(connection, held, marks)
    # Clearing a plan's practice data takes rows and postings away, undoes changes without a
    # revision, and sets keys free that other plans may take.
    if "plan" in since.ledgers or _postings_until(connection, before.posting) != before.postings:
        return read(connection, books.plan.code, books.as_of)
    shelf = Shelf(connection, plan_id, books.as_of)
    shelf.codes.update(held.codes)
    again = {
        name: _rows(shelf, held, name, since)
        for name in LEDGERS
        if name in since.ledgers and name in books.rows
    }
    made = books.supposing(
        version=_version(connection, plan_id, books.as_of),
        has_practice=shelf.has_practice(),
        rows={**books.rows, **again},
        **(_filed(shelf) if since.ledgers & _READ_AS_FILED else {}),
    )
    return Reading(made, plan_id, marks, shelf.codes)


def _rows(shelf: Shelf, held: Reading, ledger: str, since: _Since) -> tuple[r.Record, ...]:
    """A ledger's rows; the few that are new or changed are put among the others."""
    found = None
    if ledger in APPEND_ONLY:
        found = _with_new(shelf, held, ledger) if since.grown[ledger] <= _FEW else None
    elif len(since.touched[ledger]) <= _FEW and "seq" not in TABLES[ledger].c:
        found = _with_changed(shelf, held, ledger, since.touched[ledger])
    if found is None:
        _learn(shelf, ledger)
        return shelf.rows(ledger)
    return found


def _with_new(shelf: Shelf, held: Reading, ledger: str) -> tuple[r.Record, ...]:
    """Rows in the order of their keys; of a group that is held by its last row the new one."""
    new = shelf.some(ledger, TABLES[ledger].c.id > held.marks.grown[ledger])
    before = held.books.rows[ledger]
    rows = (*before, *new) if new else before  # the same rows keep what was worked out of them
    if ledger not in LAST_PER or not new:
        return rows
    group = attrgetter(*(column.removesuffix("_id") for column in LAST_PER[ledger]))
    last = {group(row): row for row in new}
    return tuple(row for row in rows if last.get(group(row), row) is row)


def _with_changed(
    shelf: Shelf, held: Reading, ledger: str, touched: Mapping[str, set[Action]]
) -> tuple[r.Record, ...] | None:
    """Rows in the order of their keys; None where one would come into the midst of others."""
    table = TABLES[ledger].c
    again = {row.code: row for row in shelf.some(ledger, table.code.in_(touched))}
    kept = [
        row if row.code not in touched else again.pop(row.code)
        for row in held.books.rows[ledger]
        if row.code not in touched or row.code in again
    ]
    if any(Action.CREATE not in touched[code] for code in again):
        return None
    if ledger in shelf.codes:
        query = select(table.id, table.code)
        query = query.where(table.plan_id == shelf.plan_id, table.code.in_(touched))
        now = {row.id: row.code for row in shelf.connection.execute(query)}
        shelf.codes[ledger] = shelf.codes[ledger] | now
    return (*kept, *again.values())


def _learn(shelf: Shelf, ledger: str) -> None:
    """Learn the codes of the rows to which a ledger refers. A row keeps its code for ever."""
    wanted = {each.ref for each in fields_of(LEDGERS[ledger]) if each.ref} - {ledger, "filing"}
    for ref in wanted - shelf.codes.keys():
        table = TABLES[ref].c
        query = select(table.id, table.code).where(table.plan_id == shelf.plan_id)
        shelf.codes[ref] = {row.id: row.code for row in shelf.connection.execute(query)}


def _filed(shelf: Shelf) -> dict[str, Any]:
    _learn(shelf, "filing")
    filed, reviewed = shelf.last_filed(), shelf.last_reviewed()
    return {
        "last_filed": filed,
        "last_accepted": {line: filing for line, (filing, _) in reviewed.items()},
        "last_said": {line: review for line, (_, review) in reviewed.items()},
        "last_replies": shelf.replies_to(filed),
        "expected": shelf.expected(),
    }


def _since(connection: Connection, held: Reading, now: _Marks) -> _Since:
    """What was done since; what becomes known only later counts too, for its codes."""
    table = REVISIONS.c
    query = (
        select(table.ledger, table.row, table.action)
        .where(table.plan_id == held.plan_id, table.posting_id > held.marks.posting)
        .distinct()
    )
    touched: dict[str, dict[str, set[Action]]] = defaultdict(lambda: defaultdict(set))
    for each in connection.execute(query):
        touched[each.ledger][each.row].add(each.action)
    before = held.marks.grown
    grown = {name: last - before[name] for name, last in now.grown.items() if last > before[name]}
    return _Since(touched, grown)


def _marks(connection: Connection) -> _Marks:
    last = (select(func.max(TABLES[name].c.id)).scalar_subquery() for name in APPEND_ONLY)
    posting = select(func.max(POSTINGS.c.id)).scalar_subquery()
    found, *keys = (each or 0 for each in connection.execute(select(posting, *last)).one())
    grown = dict(zip(APPEND_ONLY, keys, strict=True))
    return _Marks(found, _postings_until(connection, found), grown)


def _postings_until(connection: Connection, last: int) -> int:
    table = POSTINGS.c
    return connection.scalar(select(func.count()).where(table.id <= last)) or 0


def _version(connection: Connection, plan_id: int, as_of: datetime) -> int:
    table = POSTINGS.c
    known = (table.plan_id == plan_id) & (table.known_at <= as_of)
    return connection.scalar(select(func.max(table.id)).where(known)) or 0
