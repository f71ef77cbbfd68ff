"""A book of stations into the ledgers: bodies, stations and findings in one posting, or nothing.

What came in was judged against the books that somebody looked at. Here it is judged again on the
books as they stand in the posting, and refused as a whole where a row was changed meanwhile.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Engine

from dashboard.access.asking import ask
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import LEDGERS, ledger_of
from dashboard.posting.edit_faults import edit_faults
from dashboard.posting.editable import EDITABLE, open_fields
from dashboard.posting.editing import books_in, with_fields
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import Fault, RefusedError, faults_of
from dashboard.posting.inspecting import Visit, inspection_of, visit_faults
from dashboard.posting.many import change_many
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.invariants import breaches
from dashboard.rules.standards import check_list

ACTION = "导入站点台账"
_SINCE = "核对之后又有人改动，没有录入；请重新上传核对"


@dataclass(frozen=True)
class RowChange:
    """A row as it was looked at, and what its fields are to become."""

    held: r.Record
    fields: Mapping[str, Any]

    @property
    def row(self) -> r.Record:
        return with_fields(self.held, self.fields)


@dataclass(frozen=True)
class Intake:
    """What a book brings. New rows have codes of their own making, by which others of the book
    name them; posting gives them real ones. `seen` is the last inspection looked at, by station
    and item, of every finding."""

    added: Sequence[r.Record] = ()
    changed: Sequence[RowChange] = ()
    visits: Sequence[Visit] = ()
    seen: Mapping[tuple[str, str], str | None] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[r.Record, ...]:
        """Every row as it is to stand."""
        return (*self.added, *(each.row for each in self.changed))


@dataclass(frozen=True)
class TakenIn:
    """How many rows were added and changed, and how many items were found on."""

    added: int
    changed: int
    inspected: int


def take_in(engine: Engine, viewer: Viewer, plan: str, intake: Intake) -> TakenIn:
    """Post a book. Raises RefusedError with every fault, and ForbiddenError without the rights."""
    with entry(engine, plan, Signature(viewer, Right.EDIT_STATIONS, ACTION)) as opened:
        for right in _rights(intake):
            ask(opened.connection, viewer, right, plan)
        books = books_in(opened, plan)
        _refuse(_since(books, intake))
        given = _with_codes(opened, intake)
        after = with_rows(books, given.rows)
        _refuse(intake_faults(books, after, given))
        known = set(breaches(books))
        _refuse(
            Fault("plan", plan, None, each.message) for each in breaches(after) if each not in known
        )
        opened.preload("unit", "host_list", "listed_host")
        opened.add(*given.added)
        change_many(opened, [(each.held, each.fields) for each in given.changed])
        made = _inspections(opened, after, given.visits)
        opened.add(*made)
    return TakenIn(len(given.added), len(given.changed), len(made))


def _rights(intake: Intake) -> Iterator[Right]:
    """What else it takes besides keeping stations."""
    yield from {EDITABLE[ledger_of(each)].right for each in intake.rows}
    if intake.visits:
        yield Right.INSPECT


def _refuse(faults: Iterable[Fault]) -> None:
    if found := list(faults):
        raise RefusedError(*found)


# Judging


def with_rows(books: Books, rows: Iterable[r.Record]) -> Books:
    """The same books with these rows, each in the place of its own code or after all others."""
    given: dict[str, dict[str, r.Record]] = {}
    for row in rows:
        given.setdefault(ledger_of(row), {})[row.code] = row
    changed = dict(books.rows)
    for ledger, mine in given.items():
        held = tuple(mine.pop(each.code, each) for each in books.rows[ledger])
        changed[ledger] = (*held, *mine.values())
    return books.supposing(rows=changed) if given else books


def intake_faults(books: Books, after: Books, intake: Intake) -> Iterator[Fault]:
    """What keeps any of it out: each row by itself, among the others, and each visit.

    `after` are the books as they would be. A visit's fault names its item by station and item.
    """
    for change in intake.changed:
        allowed = {each.name for each in open_fields(books, change.held)}
        for name in change.fields:
            if name not in allowed:
                ledger = ledger_of(change.held)
                told = "为方案原文或登记时确定，不能改写"
                yield Fault(ledger, change.held.code, name, told)
    for row in intake.rows:
        yield from faults_of(row)
        yield from edit_faults(after, row)
    today = shanghai_day(after.as_of)
    for visit in intake.visits:
        for fault in visit_faults(after, visit, today):
            yield replace(fault, code=finding_code(visit.station, fault.code))


def finding_code(station: str, item: str) -> str:
    """How a fault names what was found on an item of a station."""
    return f"{station}/{item}"


def _since(books: Books, intake: Intake) -> Iterator[Fault]:
    """What somebody changed between looking and posting."""
    for change in intake.changed:
        ledger, code = ledger_of(change.held), change.held.code
        now = books.find(LEDGERS[ledger], code)
        for name in change.fields:
            if now is None or getattr(now, name) != getattr(change.held, name):
                yield Fault(ledger, code, name, _SINCE)
    held = {station: last_found(books, station) for station, _ in intake.seen}
    for (station, item), seen in intake.seen.items():
        found = held[station].get(item)
        if (found.code if found else None) != seen:
            yield Fault("inspection", finding_code(station, item), None, _SINCE)


def last_found(books: Books, station: str) -> Mapping[str, r.Inspection | None]:
    """The inspection that counts of every item of a station's standard."""
    row = books.find(r.Station, station)
    return {each.item.code: each.inspection for each in check_list(books, row)} if row else {}


# Writing


def _with_codes(opened: Entry, intake: Intake) -> Intake:
    """New rows under the next free codes, named so wherever another row speaks of them."""
    given: dict[tuple[str, str], str] = {}
    for ledger in dict.fromkeys(ledger_of(each) for each in intake.added):
        prefix = EDITABLE[ledger].prefix
        first = int(opened.next_code(ledger, prefix).removeprefix(prefix))
        mine = [each for each in intake.added if ledger_of(each) == ledger]
        for number, each in enumerate(mine, start=first):
            given[ledger, each.code] = f"{prefix}{number:06d}"
    added = [
        replace(_named_anew(each, given), code=given[ledger_of(each), each.code])
        for each in intake.added
    ]
    changed = [replace(each, fields=_fields_anew(each.fields, given)) for each in intake.changed]
    return replace(intake, added=added, changed=changed)


def _named_anew(row: r.Record, given: Mapping[tuple[str, str], str]) -> r.Record:
    if not isinstance(row, r.Station):
        return row
    return replace(row, **_fields_anew({"listed_host": row.listed_host}, given))


def _fields_anew(fields: Mapping[str, Any], given: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """Fields that name a body which is new too, with its real code."""
    made = dict(fields)
    if "listed_host" in made:
        made["listed_host"] = given.get(("listed_host", made["listed_host"]), made["listed_host"])
    return made


def _inspections(opened: Entry, books: Books, visits: Sequence[Visit]) -> list[r.Inspection]:
    if not visits:
        return []
    opened.preload("station", "standard_item")
    number = int(opened.next_code("inspection", "I")[1:])
    found = [
        (visit, books.get(r.StandardItem, item)) for visit in visits for item in visit.findings
    ]
    return [inspection_of(visit, item, place) for place, (visit, item) in enumerate(found, number)]
