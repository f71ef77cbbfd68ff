"""What a bulletin is made from: a month judged at its cut, beside the one before."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import ProblemState, SupervisionKind
from dashboard.rules.calendar import Month, end_of, shanghai_day
from dashboard.rules.comparison import Change, due_between
from dashboard.rules.directives import for_the_room
from dashboard.rules.judgement import ItemVerdict, Judgement
from dashboard.rules.monthly import (
    FilingRecord,
    TownStations,
    filing_records,
    indicator_changes,
    rounds_of,
    town_stations,
)
from dashboard.rules.rounds import Round
from dashboard.rules.summary import Standing, standing


@dataclass(frozen=True)
class MonthInHand:
    """A month's judgements. `now` stands at the cut, or at the day looked at while it runs.

    `before` is None where the plan was not yet in use a month ago. `judged` are the rounds whose
    filing cut fell in the month, each judged at its end. `experiences` are the filings offered.
    """

    month: Month
    now: Judgement
    before: Judgement | None
    judged: tuple[tuple[Round, Judgement], ...] = ()
    experiences: tuple[r.Filing, ...] = ()

    @property
    def last_day(self) -> date:
        """The day up to which the figures run."""
        return self.now.today

    @property
    def is_closed(self) -> bool:
        """Whether the month's cut has been reached."""
        return self.now.books.as_of >= self.month.figures_to

    @cached_property
    def standing(self) -> Standing:
        return standing(self.now)

    @cached_property
    def indicators(self) -> tuple[Change, ...]:
        return indicator_changes(self.before, self.now)

    @cached_property
    def records(self) -> tuple[FilingRecord, ...]:
        """Units that failed to file or were late, in protocol order."""
        return filing_records(self.judged)

    @cached_property
    def asked(self) -> int:
        """How often something was asked for over the month's rounds."""
        return sum(
            line.is_asked_in(round_)
            for round_, judgement in self.judged
            for line in judgement.lines
        )

    @cached_property
    def towns(self) -> tuple[TownStations, ...]:
        return town_stations(self.before, self.now)

    @cached_property
    def decided(self) -> tuple[r.Directive, ...]:
        """What the month's meetings decided; a written instruction is in no circular."""
        of_meetings = (each for each in self.now.books.all(r.Directive) if each.round)
        return tuple(each for each in for_the_room(of_meetings) if self.holds(each.issued_on))

    def issued(self, kind: SupervisionKind) -> tuple[r.Supervision, ...]:
        """The slips of a kind that went out within the month."""
        given = self.now.books.by(r.Supervision, "kind")[kind]
        return tuple(each for each in given if self.holds(each.issued_on))

    @cached_property
    def falling_due(self) -> tuple[ItemVerdict, ...]:
        """Unfinished items due from the day after the figures to the next month's cut."""
        after = self.last_day + timedelta(days=1)
        return tuple(item for item, _ in due_between(self.now, after, self.month.next.cut_on))

    @cached_property
    def standing_problems(self) -> tuple[r.Problem, ...]:
        problems = self.now.books.all(r.Problem)
        return tuple(each for each in problems if each.state is not ProblemState.CLOSED)

    @cached_property
    def late_problems(self) -> tuple[r.Problem, ...]:
        """Standing problems past their date."""
        day = self.last_day
        return tuple(each for each in self.standing_problems if each.due_on and each.due_on < day)

    def holds(self, day: date) -> bool:
        """Whether a day's records count for this month."""
        return self.month.previous.cut_on < day <= self.month.cut_on


def gathered(
    month: Month,
    judgement_at: Callable[[datetime], Judgement],
    until: datetime,
    experiences: Iterable[r.Filing] = (),
) -> MonthInHand:
    """The month as of its cut or, while it runs, of `until`; `judgement_at` judges an instant."""
    now = judgement_at(min(month.figures_to, until))
    in_use = now.books.plan.in_use_from <= month.previous.cut_on
    before = judgement_at(month.figures_from) if in_use else None
    held = rounds_of(month, now.rounds, until)
    judged = tuple((each, judgement_at(min(end_of(each.week.sunday), until))) for each in held)
    return MonthInHand(month, now, before, judged, tuple(experiences))


def raised_on(problem: r.Problem) -> date:
    """The day on which a problem came on record."""
    return shanghai_day(problem.known_at) if problem.known_at else problem.found_on
