"""Two dispatches side by side, whichever they are: lights, figures, filings, decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DirectiveState, Via
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.comparison import Change, Comparison, compare
from dashboard.rules.monthly import LightCount, light_counts
from dashboard.rules.rounds import Round
from dashboard.rules.weekly import Decision, Meeting, decided_at, standing


@dataclass(frozen=True)
class Decided:
    """What one dispatch decided, and how it stood at the later one."""

    round: Round
    decisions: tuple[Decision, ...]

    @property
    def closed(self) -> int:
        return sum(each.is_closed for each in self.decisions)

    @property
    def answered(self) -> int:
        state = DirectiveState.ANSWERED
        return sum(each.directive.state is state for each in self.decisions)

    @property
    def overdue(self) -> int:
        return sum(each.is_overdue for each in self.decisions)

    @property
    def running(self) -> int:
        """Not yet answered and still within the date."""
        open_ = (each for each in self.decisions if each.directive.state is DirectiveState.OPEN)
        return sum(not each.is_overdue for each in open_)


@dataclass(frozen=True)
class WeekPair:
    """An earlier and a later dispatch of one plan, each judged at its own cut.

    `between` are the rounds after the earlier one up to the later one.
    """

    earlier: Meeting
    later: Meeting
    between: tuple[Round, ...]

    @cached_property
    def comparison(self) -> Comparison:
        return compare(self.earlier.now, self.later.now)

    @cached_property
    def lights(self) -> tuple[LightCount, ...]:
        """Tasks by light at both."""
        return light_counts(self.earlier.now, self.later.now)

    @cached_property
    def turned(self) -> tuple[Change, ...]:
        """Items whose light changed or that came in between, what fell behind first."""
        found = [each for each in self.comparison.changes if _has_turned(each)]
        worse, cleared = _codes(self.comparison.worse), _codes(self.comparison.cleared)
        return tuple(sorted(found, key=lambda each: _place(_code(each), worse, cleared)))

    @cached_property
    def moved(self) -> tuple[Change, ...]:
        """Items whose figure changed; a sum of yearly shares is not told beside its share."""
        return tuple(
            each
            for each in self.comparison.changes
            if each.moved and each.now.item.line.via is not Via.PARTS
        )

    @cached_property
    def decided(self) -> tuple[Decided, ...]:
        """What was decided in between and not taken back, as it stood at the later dispatch."""
        books = self.later.papers
        return tuple(
            Decided(round_, _standing(decided_at(books, round_), self.later))
            for round_ in self.between
        )


def pair_of(one: Meeting, other: Meeting, rounds: Sequence[Round]) -> WeekPair:
    """The two in the order of time, whichever was named first."""
    earlier, later = sorted((one, other), key=lambda each: each.round.number)
    span = range(earlier.round.number + 1, later.round.number + 1)
    return WeekPair(earlier, later, tuple(each for each in rounds if each.number in span))


def _has_turned(change: Change) -> bool:
    old = change.before.verdict if change.before else None
    new = change.now.verdict
    return old is None or (old.light, old.word) != (new.light, new.word)


def _code(change: Change) -> str:
    return change.now.item.line.code


def _codes(changes: Sequence[Change]) -> frozenset[str]:
    return frozenset(map(_code, changes))


def _place(code: str, worse: frozenset[str], cleared: frozenset[str]) -> int:
    return 0 if code in worse else 1 if code in cleared else 2


def _standing(given: Sequence[r.Directive], at: Meeting) -> tuple[Decision, ...]:
    day = shanghai_day(at.papers.as_of)
    found = (standing(at.papers, each, day) for each in given)
    return tuple(each for each in found if not each.is_withdrawn)
