"""The points of one meeting: built from the books, then as the office ordered, hid and added them.

A point's key tells its part and subject, such as “worse:l-4-9-1”, and is the same from week to
week, so that what the office settled about it stays with it however the figures move.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import PointOutcome
from dashboard.rules.directives import for_the_room
from dashboard.rules.weekly import Meeting


class AgendaPart(StrEnum):
    """The parts of a meeting, in the order in which it deals with them."""

    DECISION = "decision"
    WORSE = "worse"
    DUE = "due"
    SILENT = "silent"
    REQUEST = "request"
    CHANGE = "change"
    INTAKE = "intake"
    OWN = "own"


@dataclass(frozen=True)
class Point:
    """One point of a meeting; `subject` is the code of what it is about, None for a whole part.

    `title` is one line. `row` is what the office settled, where it settled anything. `carried` is
    the code of the meeting that did not reach it.
    """

    key: str
    part: AgendaPart
    subject: str | None
    title: str
    text: str | None = None
    row: r.AgendaPoint | None = None
    carried: str | None = None

    @property
    def is_hidden(self) -> bool:
        return self.row is not None and self.row.is_hidden

    @property
    def outcome(self) -> PointOutcome:
        return self.row.outcome if self.row else PointOutcome.OPEN


def agenda(meeting: Meeting, books: Books) -> tuple[Point, ...]:
    """Every point of a meeting in order, hidden ones too; `books` hold what the office settled.

    What the meeting before did not reach comes with the mark `carried`, in its own part where the
    books still bring it, else among the office's own points.
    """
    rows = {each.key: each for each in books.by(r.AgendaPoint, "dispatch")[meeting.code]}
    carried = {each.key: each for each in _carried_over(meeting, books)}
    found = [*_from_books(meeting)]
    held = {each.key for each in found}
    own = [*rows.values(), *(each for key, each in carried.items() if key not in rows)]
    found += [_own(each) for each in own if each.key not in held and each.title]
    settled = (_settled(each, rows.get(each.key), carried.get(each.key)) for each in found)
    return tuple(each for _, each in sorted(enumerate(settled), key=_place))


def shown(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points that come before the meeting."""
    return tuple(each for each in points if not each.is_hidden)


def decided_under(books: Books, meeting: str, key: str) -> tuple[r.Directive, ...]:
    """What a meeting decided on a point."""
    made = for_the_room(books.by(r.Directive, "round")[meeting])
    return tuple(each for each in made if each.point == key)


def key_of(part: AgendaPart, subject: str | None = None) -> str:
    """The key of a point: part and subject."""
    return f"{part.value}:{subject}" if subject else part.value


def _point(part: AgendaPart, subject: str | None, title: str) -> Point:
    return Point(key_of(part, subject), part, subject, title)


def _from_books(meeting: Meeting) -> Iterator[Point]:
    for decision in meeting.decisions:
        given = decision.directive
        yield _point(AgendaPart.DECISION, given.code, given.matter)
    for change in meeting.comparison.worse:
        yield _point(AgendaPart.WORSE, change.now.item.line.code, change.now.item.title)
    for due in (*meeting.due_this_week, *meeting.due_next_week):
        yield _point(AgendaPart.DUE, due.item.line.code, due.item.title)
    yield _point(AgendaPart.SILENT, None, "未报、迟报单位")
    for problem in meeting.requests:
        yield _point(AgendaPart.REQUEST, problem.code, problem.request or problem.description)
    yield _point(AgendaPart.CHANGE, None, "各部门本周变化")
    yield _point(AgendaPart.INTAKE, None, "零报告")


def _own(row: r.AgendaPoint) -> Point:
    return Point(row.key, AgendaPart.OWN, None, row.title or "", row.text)


def _carried_over(meeting: Meeting, books: Books) -> tuple[r.AgendaPoint, ...]:
    if meeting.previous is None:
        return ()
    rows = books.by(r.AgendaPoint, "dispatch")[meeting.previous.code]
    return tuple(each for each in rows if each.outcome is PointOutcome.CARRIED)


def _settled(point: Point, row: r.AgendaPoint | None, before: r.AgendaPoint | None) -> Point:
    carried = before.dispatch if before else None
    title = (row.title if row else None) or point.title
    text = (row.text if row else None) or point.text
    return Point(point.key, point.part, point.subject, title, text, row, carried)


def _place(numbered: tuple[int, Point]) -> tuple[int, int, int]:
    """Settled places come first among their part's; parts keep their order."""
    number, point = numbered
    seq = point.row.seq if point.row else None
    return _PARTS[point.part], (10**6 if seq is None else seq), number


_PARTS: Mapping[AgendaPart, int] = {part: place for place, part in enumerate(AgendaPart)}
