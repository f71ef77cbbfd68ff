"""A book of stations that was read, held against the ledgers: what it would add and change.

Rows that others changed since the book went out are shown beside those changes and wait for
somebody to choose. All that is chosen is posted at once, or nothing.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from sqlalchemy import Engine

from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.history import inspections_named, revisions_after
from dashboard.posting.faults import Fault
from dashboard.posting.station_intake import (
    Intake,
    RowChange,
    TakenIn,
    intake_faults,
    take_in,
    with_rows,
)
from dashboard.rules.calendar import shanghai_day
from dashboard.sheets.filing_form import SheetProblem
from dashboard.sheets.filing_layout import label_of
from dashboard.sheets.station_findings import Findings, TakenFinding, judged, visits_of
from dashboard.sheets.station_layout import (
    CHECKS,
    HOSTS,
    LEDGER_OF,
    STATIONS,
    BookMarks,
    columns_of,
)
from dashboard.sheets.station_names import Names
from dashboard.sheets.station_rows import Rows, Since, Stand, TakenRow
from dashboard.sheets.station_sheet import BookLine, StationBook, read_station_book

Taken: TypeAlias = TakenRow | TakenFinding
_READY = (Stand.ADDED, Stand.CHANGED)


@dataclass(frozen=True)
class TakenBook:
    """A book as it came in. Without `marks` it could not be read at all; `same` counts the rows
    that change nothing, which are not among `lines`."""

    name: str
    marks: BookMarks | None
    lines: tuple[Taken, ...]
    problems: tuple[SheetProblem, ...]
    same: int = 0

    @property
    def ready(self) -> tuple[Taken, ...]:
        """The rows that may be posted as they are."""
        return tuple(each for each in self.lines if each.stand in _READY)

    def of(self, stand: Stand, sheet: str | None = None) -> tuple[Taken, ...]:
        """The rows that stand so, of one sheet or of all."""
        return tuple(
            each for each in self.lines if each.stand is stand and sheet in (None, each.line.sheet)
        )


def take_book(engine: Engine, books: Books, name: str, content: bytes) -> TakenBook:
    """A file held against the books as they stand."""
    return held_against(engine, books, name, *read_station_book(content))


def held_against(
    engine: Engine,
    books: Books,
    name: str,
    book: StationBook | None,
    problems: Sequence[SheetProblem],
) -> TakenBook:
    """`take_book` of what was read already."""
    if book is None:
        return TakenBook(name, None, (), tuple(problems))
    if why := _why_not(books, book.marks):
        return TakenBook(name, book.marks, (), (SheetProblem("", None, None, why),))
    lines = tuple(_Intake(engine, books, book).lines())
    found = [problem for each in lines for problem in each.problems]
    shown = tuple(each for each in lines if each.stand is not Stand.SAME)
    every = tuple(sorted((*problems, *found), key=_place))
    return TakenBook(name, book.marks, shown, every, len(lines) - len(shown))


def _place(problem: SheetProblem) -> tuple[int, int]:
    sheets = list(LEDGER_OF)
    place = sheets.index(problem.sheet) if problem.sheet in sheets else -1
    return place, problem.row or 0


def _why_not(books: Books, marks: BookMarks) -> str:
    plan = books.plan
    if marks.plan != plan.code:
        return f"是另一个方案（{marks.plan[:60]}）的站点台账表，请到该方案中上传"
    if marks.is_practice != (plan.practice_now is not None):
        of = "演示数据" if marks.is_practice else "正式台账"
        into = "正式台账" if marks.is_practice else "演示数据"
        return f"是{of}的站点台账表，现为{into}，不能录入；请重新下载"
    if marks.version > books.version:
        return "比现有台账还新，台账可能恢复过旧的备份；请重新下载"
    return ""


class _Intake:
    """Holds one book against the ledgers: bodies first, then stations, then findings."""

    def __init__(self, engine: Engine, books: Books, book: StationBook) -> None:
        self.engine, self.books, self.book = engine, books, book
        self.since = self._since()

    def _since(self) -> Since:
        ledgers = ("station", "listed_host")
        version, as_of = self.book.marks.version, self.books.as_of
        found: dict[tuple[str, str], list[r.Revision]] = {}
        plan = self.books.plan.code
        for each in revisions_after(self.engine, plan, ledgers, version, as_of):
            found.setdefault((each.ledger, each.row), []).append(each)
        return found

    def lines(self) -> Iterator[Taken]:
        """Every row of the book."""
        hosts = self._rows(HOSTS, self.books)
        with_hosts = with_rows(self.books, _proposed(hosts))
        rows = [*hosts, *self._rows(STATIONS, with_hosts)]
        after = with_rows(self.books, _proposed(rows))
        yield from _with_faults(rows, self.books, after)
        yield from self._findings(after)

    def _rows(self, sheet: str, known: Books) -> list[TakenRow]:
        """One sheet's rows; names mean what they do in the books that are `known` by then."""
        rows = Rows(sheet, self.books, Names(known), self.since)
        return [rows.take(line) for line in self.book.lines.get(sheet, ())]

    def _findings(self, after: Books) -> Iterator[TakenFinding]:
        lines = self.book.lines.get(CHECKS, ())
        standing = {each.code for each in self.books.all(r.Inspection)}
        earlier = {line.values.get("last") for line in lines} - standing - {None}
        told = inspections_named(self.engine, self.books.plan.code, {str(each) for each in earlier})
        findings = Findings(self.books, after, told)
        found = [findings.take(line) for line in lines]
        yield from judged(after, found, shanghai_day(self.books.as_of))


def _proposed(rows: Iterable[TakenRow]) -> Iterator[r.Record]:
    """The rows as they would stand; those that are wrong stand too, for others to be judged by."""
    return (each.row for each in rows if each.row is not None and each.stand is not Stand.SAME)


def _without_wrong_body(each: TakenRow, wrong: Collection[str]) -> TakenRow:
    """A station of a new body that is itself wrong waits with it."""
    body = getattr(each.row, "listed_host", None)
    if body is None or body not in wrong or each.stand is Stand.SAME:
        return each
    told = f"所写的应设单位（{body}）有问题，请一并改正"
    problem = SheetProblem(each.line.sheet, each.line.row, "应设单位", told)
    return replace(each, stand=Stand.WRONG, problems=(*each.problems, problem))


def _with_faults(rows: Sequence[TakenRow], before: Books, after: Books) -> Iterator[TakenRow]:
    """The rows, bodies first; those are wrong that posting would refuse, or whose body is."""
    faults: dict[tuple[str, str], list[Fault]] = {}
    asked = [each for each in rows if each.stand not in (Stand.SAME, Stand.WRONG)]
    for fault in intake_faults(before, after, _intake(asked)):
        held = faults.setdefault((fault.ledger, fault.code), [])
        if fault.field is None or all(each.field != fault.field for each in held):
            held.append(fault)  # one cure a cell: a mobile number is no hotline either
    wrong: set[str] = set()
    for each in rows:
        is_judged = each.stand not in (Stand.SAME, Stand.WRONG)
        told = faults.get((each.ledger, each.row.code), []) if is_judged and each.row else []
        problems = (*each.problems, *(_located(each.line, fault) for fault in told))
        stand = Stand.WRONG if problems else each.stand
        judged_row = replace(each, stand=stand, problems=problems)
        if each.line.sheet == HOSTS and each.row is not None and stand is Stand.WRONG:
            wrong.add(each.row.code)
        yield _without_wrong_body(judged_row, wrong)


def _located(line: BookLine, fault: Fault) -> SheetProblem:
    """A fault of posting by the sheet's own place."""
    label = label_of(fault.field or "", columns_of(line.sheet)) or None
    return SheetProblem(line.sheet, line.row, label, fault.message)


# Posting


def _intake(chosen: Iterable[Taken]) -> Intake:
    """What posting is asked to do with these rows."""
    rows = [each for each in chosen if isinstance(each, TakenRow) and each.row is not None]
    return Intake(
        added=[each.row for each in rows if each.now is None and each.row is not None],
        changed=[RowChange(each.now, each.fields) for each in rows if each.now is not None],
    )


def post_book(engine: Engine, viewer: Viewer, plan: str, chosen: Sequence[Taken]) -> TakenIn:
    """Post the rows that were chosen, all or none. Raises RefusedError and ForbiddenError."""
    found = [each for each in chosen if isinstance(each, TakenFinding)]
    seen: Mapping[tuple[str, str], str | None] = {
        (each.station.code, each.item.code): each.now.code if each.now else None
        for each in found
        if each.station is not None and each.item is not None
    }
    rows = _intake(each for each in chosen if isinstance(each, TakenRow))
    return take_in(engine, viewer, plan, replace(rows, visits=visits_of(found), seen=seen))
