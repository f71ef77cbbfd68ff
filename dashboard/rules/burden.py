"""填报负担: what was asked of whom, what came of it, and how long filings waited for review.

It counts what the office asks, never how units use the program: no log-ins, no order of merit.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from statistics import median

from dashboard.ledgers import records as r
from dashboard.ledgers.history import Reception
from dashboard.rules.calendar import Month
from dashboard.rules.freshness import is_late
from dashboard.rules.judgement import Judgement
from dashboard.rules.rounds import Round


class Outcome(StrEnum):
    """What came of a line that was asked for in a round; or that nobody had asked for it."""

    ON_TIME = "on_time"
    LATE = "late"
    DUE = "due"
    MISSING = "missing"
    UNASKED = "unasked"


@dataclass(frozen=True)
class Asking:
    """One line in one round; `filing` is the first that came for it."""

    line: r.ReportingLine
    round: Round
    outcome: Outcome
    filing: r.Filing | None

    @property
    def is_filed(self) -> bool:
        return self.filing is not None

    @property
    def is_unchanged(self) -> bool:
        """Whether the unit had to say that nothing had changed (无变化)."""
        return self.filing is not None and (self.filing.no_change or self.filing.no_event)


@dataclass(frozen=True)
class Toll:
    """What some rows of asking come to: all that a page counts, it counts here."""

    rows: tuple[Asking, ...]

    @property
    def asked(self) -> int:
        return len(self.rows)

    @property
    def filed(self) -> int:
        return sum(each.is_filed for each in self.rows)

    @property
    def unchanged(self) -> int:
        return sum(each.is_unchanged for each in self.rows)

    @property
    def late(self) -> int:
        return self.of(Outcome.LATE)

    @property
    def missing(self) -> int:
        return self.of(Outcome.MISSING)

    @property
    def units(self) -> int:
        """Of how many units anything was asked."""
        return len({each.line.unit for each in self.rows})

    def of(self, outcome: Outcome) -> int:
        """How many rows came to this."""
        return sum(each.outcome is outcome for each in self.rows)


@dataclass(frozen=True)
class UnitToll:
    """One unit's share of what was asked: in the last round and in all rounds of the month."""

    unit: r.Unit
    week: Toll
    month: Toll


@dataclass(frozen=True)
class Repeated:
    """A line asked for several times in the month."""

    line: r.ReportingLine
    rows: Toll


@dataclass(frozen=True)
class Waits:
    """How long filings waited for the office's first word, by the clock, nights included.

    What was accepted as it came in (代录, 单机模式) never waited and is not counted.
    """

    spans: tuple[timedelta, ...]
    waiting: tuple[timedelta, ...]

    @property
    def median(self) -> timedelta | None:
        seconds = [each.total_seconds() for each in self.spans]
        return timedelta(seconds=median(seconds)) if seconds else None

    @property
    def longest(self) -> timedelta | None:
        return max(self.spans, default=None)

    @property
    def oldest(self) -> timedelta | None:
        """How long the oldest of those that still wait has waited."""
        return max(self.waiting, default=None)


@dataclass(frozen=True)
class Burden:
    """A month's asking. `rounds` are its begun ones, the last of which is 本周.

    `rows` are what was asked for, `unasked` what units filed of their own accord.
    """

    rounds: tuple[Round, ...]
    rows: tuple[Asking, ...]
    unasked: tuple[Asking, ...]
    waits: Waits
    units: tuple[r.Unit, ...]

    @cached_property
    def month(self) -> Toll:
        return Toll(self.rows)

    @cached_property
    def week(self) -> Toll:
        """What was asked in the last round."""
        last = self.rounds[-1].code if self.rounds else ""
        return Toll(tuple(each for each in self.rows if each.round.code == last))

    @cached_property
    def by_unit(self) -> tuple[UnitToll, ...]:
        """Every unit of which anything was asked, in protocol order."""
        found = {each.line.unit for each in self.rows}
        return tuple(
            UnitToll(unit, _of(self.week, unit), _of(self.month, unit))
            for unit in self.units
            if unit.code in found
        )

    @cached_property
    def repeated(self) -> tuple[Repeated, ...]:
        """The lines asked for more than once, the most often asked first, then as units stand."""
        times = Counter(each.line.code for each in self.rows)
        lines = {each.line.code: each.line for each in self.rows}
        seq = {unit.code: place for place, unit in enumerate(self.units)}
        again = (code for code, number in times.items() if number > 1)
        ordered = sorted(again, key=lambda code: (-times[code], seq[lines[code].unit], code))
        return tuple(
            Repeated(lines[code], Toll(tuple(each for each in self.rows if each.line.code == code)))
            for code in ordered
        )

    @cached_property
    def doubled(self) -> tuple[tuple[r.Unit, str, int], ...]:
        """Who was asked one indicator twice in the last round: unit, indicator, number of lines."""
        times = Counter((each.line.unit, each.line.indicator or "") for each in self.week.rows)
        return tuple(
            (unit, indicator, number)
            for unit in self.units
            for (code, indicator), number in sorted(times.items())
            if code == unit.code and indicator and number > 1
        )


def _of(toll: Toll, unit: r.Unit) -> Toll:
    return Toll(tuple(each for each in toll.rows if each.line.unit == unit.code))


def rounds_of(rounds: Iterable[Round], month: Month, as_of: datetime) -> tuple[Round, ...]:
    """The begun rounds whose filing cut lies in a month's figures, oldest first."""
    return tuple(
        each
        for each in rounds
        if month.figures_from < each.filing_cut <= month.figures_to and each.begins_at <= as_of
    )


def burden(
    judged: Sequence[tuple[Round, Judgement]],
    came: Sequence[Reception],
    units: tuple[r.Unit, ...],
    at: datetime,
) -> Burden:
    """What the rounds of a month asked and what came of it by the instant `at`.

    Each round is judged at its filing cut: which lines are weekly changes with their lights.
    `came` are the filings of these rounds, oldest first; `units` are in protocol order.
    """
    first: dict[tuple[str, str], r.Filing] = {}
    for each in came:
        first.setdefault((each.filing.line, each.filing.round), each.filing)
    rows = tuple(
        _asking(state.line, found, first.get((state.line.code, found.code)), at)
        for found, judgement in judged
        for state in judgement.lines
        if state.is_asked_in(found)
    )
    asked = {(each.line.code, each.round.code) for each in rows}
    lines = {state.line.code: state.line for _, there in judged for state in there.lines}
    by_code = {found.code: found for found, _ in judged}
    own = (place for place in first if place not in asked and place[0] in lines)
    return Burden(
        rounds=tuple(found for found, _ in judged),
        rows=rows,
        unasked=tuple(
            Asking(lines[line], by_code[code], Outcome.UNASKED, first[line, code])
            for line, code in own
        ),
        waits=waits(came, at),
        units=units,
    )


def _asking(line: r.ReportingLine, found: Round, filing: r.Filing | None, at: datetime) -> Asking:
    if filing is None:
        outcome = Outcome.DUE if at <= found.filing_cut else Outcome.MISSING
    else:
        outcome = Outcome.LATE if is_late(filing, found) else Outcome.ON_TIME
    return Asking(line, found, outcome, filing)


def waits(came: Iterable[Reception], at: datetime) -> Waits:
    """From the moment each filing stood in the books to the office's first word on it."""
    spans, waiting = [], []
    for each in came:
        since = each.filing.known_at
        if since is None or each.is_superseded or each.reviewed_at == since:
            continue
        if each.reviewed_at is None:
            waiting.append(at - since)
        else:
            spans.append(each.reviewed_at - since)
    return Waits(tuple(spans), tuple(waiting))
