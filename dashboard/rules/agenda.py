"""The points of one meeting: built from the books, then as the office ordered, hid and added them.

A point's key tells its part and subject, such as “worse:l-4-9-1”, and is the same from week to
week, so that what the office settled about it stays with it however the figures move.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import DispatchState, PointOutcome
from dashboard.rules.directives import decided_in
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

    What the last closed meeting did not reach comes with the mark `carried`, in its own part where
    the books still bring it, else among the office's own points. What has no place of its own
    follows its part, so that a point that turns up late does not come first or last.
    """
    rows = {each.key: each for each in settled_rows(books, meeting.code)}
    carried = {each.key: each for each in carried_over(books, meeting.code)}
    found = {each.key: each for each in _from_books(meeting)}
    kept = {**carried, **rows}
    found |= {key: _own(each) for key, each in kept.items() if key not in found}
    settled = (_settled(each, rows.get(key), carried.get(key)) for key, each in found.items())
    return _in_order([each for each in settled if each.title])


def shown(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points that come before the meeting."""
    return tuple(each for each in points if not each.is_hidden)


def decided_under(books: Books, meeting: str, key: str) -> tuple[r.Directive, ...]:
    """What a meeting decided on a point."""
    return tuple(each for each in decided_in(books, meeting) if each.point == key)


def key_of(part: AgendaPart, subject: str | None = None) -> str:
    """The key of a point: part and subject."""
    return f"{part.value}:{subject}" if subject else part.value


def part_of(key: str) -> AgendaPart | None:
    """The part that a key names; None for what is no key."""
    try:
        return AgendaPart(key.partition(":")[0])
    except ValueError:
        return None


def is_carried_on(point: Point) -> bool:
    """Whether a point that a meeting does not reach waits for the next one.

    Whole parts (未报, 各部门变化, 零报告) come every week with new figures and wait for nothing.
    """
    return point.subject is not None or point.part is AgendaPart.OWN


@dataclass(frozen=True)
class Matter:
    """What a point is about, as a decision on it is filed: a task and a problem."""

    task: str | None = None
    problem: str | None = None


def matter_of(books: Books, key: str | None) -> Matter:
    """What a point's subject belongs to; nothing for parts and own points."""
    part, _, subject = (key or "").partition(":")
    if part in (AgendaPart.WORSE, AgendaPart.DUE):
        line = books.find(r.ReportingLine, subject)
        return Matter(task=line.task) if line else Matter()
    if part == AgendaPart.REQUEST:
        problem = books.find(r.Problem, subject)
        return Matter(problem.task, problem.code) if problem else Matter()
    if part == AgendaPart.DECISION:
        given = books.find(r.Directive, subject)
        return Matter(given.task, given.problem) if given else Matter()
    return Matter()


def settled_rows(books: Books, round_code: str) -> tuple[r.AgendaPoint, ...]:
    """What the office settled about a meeting's points."""
    return books.by(r.AgendaPoint, "dispatch")[round_code]


def carried_over(books: Books, round_code: str) -> tuple[r.AgendaPoint, ...]:
    """What the last closed meeting before this one did not reach."""
    closed = books.by(r.Dispatch, "state")[DispatchState.CLOSED]
    before = max((each.code for each in closed if each.code < round_code), default=None)
    rows = settled_rows(books, before) if before else ()
    return tuple(each for each in rows if each.outcome is PointOutcome.CARRIED)


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


def _settled(point: Point, row: r.AgendaPoint | None, before: r.AgendaPoint | None) -> Point:
    carried = before.dispatch if before else None
    title = (row.title if row else None) or point.title or (before.title if before else None)
    text = (row.text if row else None) or point.text or (before.text if before else None)
    line = " ".join((title or "").split()).rstrip("。")
    return Point(point.key, point.part, point.subject, line, text, row, carried)


def _in_order(points: Iterable[Point]) -> tuple[Point, ...]:
    """Points with a place of their own by it, each of the others behind the last of its part."""
    by_part = sorted(points, key=lambda each: _RANKS[each.part])
    placed = [each for each in by_part if _seq(each) is not None]
    found = sorted(placed, key=lambda each: _seq(each) or 0)
    for each in by_part:
        if _seq(each) is None:
            found.insert(_place_among(found, each), each)
    return tuple(found)


def _seq(point: Point) -> int | None:
    return point.row.seq if point.row else None


def _place_among(found: Sequence[Point], point: Point) -> int:
    """Behind the last of its own part, else of an earlier one, else before the first later one."""
    own, rank = _RANKS[AgendaPart.OWN], _RANKS[point.part]
    ranks = [_RANKS[each.part] for each in found]
    among = [place for place, each in enumerate(ranks, 1) if each == rank]
    behind = among or [place for place, each in enumerate(ranks, 1) if each <= rank]
    before = [place for place, each in enumerate(ranks) if rank < each < own]
    return behind[-1] if behind else next(iter(before), len(found))


_RANKS: Mapping[AgendaPart, int] = {part: place for place, part in enumerate(AgendaPart)}
