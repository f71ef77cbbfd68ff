"""The sums of a monthly bulletin, each beside those of the month before.

`before` is None where the plan was not yet in use at the cut of the month before.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import ProblemState, StationState
from dashboard.rules.calendar import Month, end_of, month_of, shanghai_day
from dashboard.rules.comparison import Change, compare
from dashboard.rules.coverage import by_town, leading_list, towns_of
from dashboard.rules.freshness import Freshness, LineState
from dashboard.rules.judgement import Judgement, TaskVerdict
from dashboard.rules.rounds import Round
from dashboard.rules.summary import standing
from dashboard.rules.verdicts import Light


@dataclass(frozen=True)
class LightCount:
    """How many tasks have a light, and what share of all (0 to 1) that is, month by month."""

    light: Light
    before: int
    now: int
    share: float | None


@dataclass(frozen=True)
class TaskChange:
    """A task a month ago and now; `before` is None where it was not yet in the books."""

    before: TaskVerdict | None
    now: TaskVerdict


@dataclass(frozen=True)
class ProblemCount:
    """Problems of a month; with `reopened`, the standing of the month before leads to this one's.

    `reopened` is None where the books of the month before are not given.
    """

    raised: int
    closed: int
    standing: int
    reopened: int | None = None


@dataclass(frozen=True)
class FilingRecord:
    """A unit's lines over the rounds of a month: times asked for, not filed, filed late."""

    unit: r.Unit
    asked: int
    missing: int
    late: int
    lines: tuple[r.ReportingLine, ...]

    @property
    def is_local(self) -> bool:
        return self.unit.is_local


@dataclass(frozen=True)
class TownStations:
    """A town's stations of all kinds; `met` and `obliged` are of the leading host list."""

    unit: r.Unit
    before: int | None
    built: int
    building: int
    met: int
    obliged: int | None


def months(start: date, until: datetime, cut_day: int | None) -> tuple[Month, ...]:
    """The months of a plan that starts on a day, up to the one that holds an instant, last first.

    Empty where the plan has not started by then.
    """
    month, last = month_of(end_of(start), cut_day), month_of(until, cut_day)
    found = []
    while month <= last:
        found.append(month)
        month = month.next
    return tuple(reversed(found))


def rounds_of(month: Month, rounds: Iterable[Round], until: datetime) -> tuple[Round, ...]:
    """The rounds whose filing cut lies in a month's figures and has passed."""
    last = min(month.figures_to, until)
    return tuple(each for each in rounds if month.figures_from < each.filing_cut <= last)


def light_counts(before: Judgement | None, now: Judgement) -> tuple[LightCount, ...]:
    """Tasks by light, best known first, with what they were a month ago."""
    old, new = standing(before).lights if before else {}, standing(now).lights
    total = len(now.tasks)
    return tuple(
        LightCount(light, old.get(light, 0), count, count / total if total else None)
        for light in _DISPLAY
        for count in [new.get(light, 0)]
    )


_DISPLAY = (Light.BLUE, Light.GREEN, Light.YELLOW, Light.RED, Light.WHITE, Light.GREY)


def task_changes(before: Judgement | None, now: Judgement) -> tuple[TaskChange, ...]:
    """Every task beside itself a month ago, in the order of the plan."""
    old = before.by_task if before else {}
    return tuple(TaskChange(old.get(each.task.code), each) for each in now.tasks)


def indicator_changes(before: Judgement | None, now: Judgement) -> tuple[Change, ...]:
    """Every obliging indicator beside itself a month ago; yearly shares stand for themselves."""
    every = tuple(Change(None, each) for each in now.items)
    changes = compare(before, now).changes if before else every
    return tuple(
        each for each in changes if each.now.item.indicator and not each.now.item.is_encouraged
    )


def problem_count(books: Books, month: Month, before: Books | None = None) -> ProblemCount:
    """The problems of a month, in books as of its cut (or earlier, while it runs).

    `before` are the books as of the cut of the month before.
    """
    problems = books.all(r.Problem)
    days = [(_raised_on(each), each) for each in problems]
    closed = [each for each in problems if each.state is ProblemState.CLOSED]
    return ProblemCount(
        raised=sum(_is_in(month, day) for day, _ in days),
        closed=sum(each.closed_on is not None and _is_in(month, each.closed_on) for each in closed),
        standing=len(problems) - len(closed),
        reopened=None if before is None else _reopened(books, before, month),
    )


def _reopened(books: Books, before: Books, month: Month) -> int:
    """Those closed a month ago that stand again, or have been closed once more since."""
    was_closed = [p.code for p in before.all(r.Problem) if p.state is ProblemState.CLOSED]
    now = [books.get(r.Problem, code) for code in was_closed]
    return sum(
        each.state is not ProblemState.CLOSED
        or (each.closed_on is not None and _is_in(month, each.closed_on))
        for each in now
    )


def _raised_on(problem: r.Problem) -> date:
    return shanghai_day(problem.known_at) if problem.known_at else problem.found_on


def _is_in(month: Month, day: date) -> bool:
    return month.previous.cut_on < day <= month.cut_on


def filing_records(judged: Sequence[tuple[Round, Judgement]]) -> tuple[FilingRecord, ...]:
    """Units that failed to file or filed late, in protocol order; each round judged at its end."""
    states: dict[str, list[LineState]] = {}
    units: dict[str, r.Unit] = {}
    for round_, judgement in judged:
        for each in judgement.lines:
            if each.is_asked_in(round_):
                states.setdefault(each.line.unit, []).append(each)
                units[each.line.unit] = judgement.books.get(r.Unit, each.line.unit)
    ordered = sorted(units.values(), key=lambda unit: unit.seq)
    found = (_filing_record(unit, states[unit.code]) for unit in ordered)
    return tuple(each for each in found if each.missing or each.late)


def _filing_record(unit: r.Unit, states: Sequence[LineState]) -> FilingRecord:
    missing = [each for each in states if each.freshness is Freshness.MISSING]
    late = [each for each in states if each.freshness is Freshness.LATE]
    lines = {each.line.code: each.line for each in (*missing, *late)}
    return FilingRecord(unit, len(states), len(missing), len(late), tuple(lines.values()))


def town_stations(before: Judgement | None, now: Judgement) -> tuple[TownStations, ...]:
    """Stations by town, in the office's order."""
    old = _stations(before, StationState.BUILT) if before else None
    new = _stations(now, StationState.BUILT)
    building = _stations(now, StationState.BUILDING)
    hosts = leading_list(now.books)
    rows = by_town(now.books, hosts, now.today) if hosts else ()
    leading = {each.unit.code: each for each in rows if each.unit}
    found = []
    for town in towns_of(now.books):
        own = leading.get(town.code)
        found.append(
            TownStations(
                unit=town,
                before=None if old is None else old[town.code],
                built=new[town.code],
                building=building[town.code],
                met=own.met if own else 0,
                obliged=own.obliged if own else None,
            )
        )
    return tuple(found)


def _stations(judgement: Judgement, state: StationState) -> Counter[str]:
    """How many stations are in a state, by town."""
    stations = judgement.books.all(r.Station)
    return Counter(
        each.town for each in stations if each.town and each.state(judgement.today) is state
    )
