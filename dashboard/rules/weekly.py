"""What one weekly meeting has before it, in the order in which it is dealt with."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import DirectiveState, Via
from dashboard.rules.calendar import end_of, shanghai_day
from dashboard.rules.comparison import Change, Comparison, compare, due_between
from dashboard.rules.directives import decided_in, for_the_room, is_overdue, was_a_slip
from dashboard.rules.freshness import Freshness, LineState
from dashboard.rules.handling import WITHDRAWN, is_withdrawn
from dashboard.rules.judgement import ItemVerdict, Judgement
from dashboard.rules.rounds import Round
from dashboard.rules.summary import (
    Standing,
    UnitStanding,
    by_department,
    by_task_force,
    open_requests,
)


@dataclass(frozen=True)
class Decision:
    """A matter decided earlier and how it stood on `day`."""

    directive: r.Directive
    day: date
    is_withdrawn: bool = False

    @property
    def is_closed(self) -> bool:
        """Done; what was taken back is not."""
        return self.directive.state is DirectiveState.CLOSED and not self.is_withdrawn

    @property
    def word(self) -> str:
        """办理中, 已反馈, 已办结 or 已撤回."""
        return WITHDRAWN if self.is_withdrawn else self.directive.state.label

    @property
    def is_overdue(self) -> bool:
        """Past its date without an answer."""
        return is_overdue(self.directive, self.day)


@dataclass(frozen=True)
class UnitRecord:
    """What one unit was asked for and did not file, or filed after the cut."""

    unit: r.Unit
    missing: tuple[LineState, ...]
    late: tuple[LineState, ...]

    @property
    def is_local(self) -> bool:
        return self.unit.is_local


@dataclass(frozen=True)
class UnitChange:
    """A department's tasks before and now, what it filed this round, and what moved by it."""

    unit: r.Unit
    before: Standing
    now: Standing
    filed: int
    moved: tuple[Change, ...]

    @property
    def behind_before(self) -> int:
        return behind(self.before)

    @property
    def behind_now(self) -> int:
        return behind(self.now)

    @cached_property
    def is_worth_a_row(self) -> bool:
        """Whether there is anything to say of it at the meeting."""
        return bool(self.behind_before or self.behind_now or self.filed or self.moved)


@dataclass(frozen=True)
class Intake:
    """The filings of a round in numbers: asked for and filed; filed unasked; of all these how many
    are unchanged, and how many report 本期无事件."""

    asked: int
    filed: int
    unasked: int
    unchanged: int
    no_event: int


@dataclass(frozen=True)
class Meeting:
    """One dispatch. `before` and `now` are judged at the last cut and at this one.

    While the round runs, `now` is judged as of the day looked at. `papers` are the books as known
    by the end of the round's week: an answer that came after the cut is heard at the meeting.
    """

    round: Round
    previous: Round | None
    before: Judgement
    now: Judgement
    papers: Books

    @property
    def is_closed(self) -> bool:
        """Whether the round's cut has passed."""
        return self.now.books.as_of >= self.round.figures_to

    @property
    def is_collecting(self) -> bool:
        """Whether units may still file in time."""
        return self.now.books.as_of <= self.round.filing_cut

    @cached_property
    def comparison(self) -> Comparison:
        return compare(self.before, self.now)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """What the last meeting decided, then older matters that are still open.

        What carries out a written instruction is never heard before the meeting.
        """
        day = shanghai_day(self.papers.as_of)
        given = for_the_room(self.papers.all(r.Directive))
        held = [standing(self.papers, each, day) for each in given if self._heard(each)]
        return tuple(sorted(held, key=self._is_older))

    def _heard(self, directive: r.Directive) -> bool:
        if self._is_last(directive):
            return not was_a_slip(self.papers, directive)
        is_earlier = directive.issued_on < self.round.weeks[0].monday
        is_own = directive.round is not None and directive.round >= self.round.code
        return is_earlier and not is_own and directive.state is not DirectiveState.CLOSED

    def _is_last(self, directive: r.Directive) -> bool:
        return self.previous is not None and directive.round == self.previous.code

    def _is_older(self, decision: Decision) -> bool:
        return not self._is_last(decision.directive)

    @cached_property
    def due_this_week(self) -> tuple[ItemVerdict, ...]:
        """Unfinished items due in the round's weeks."""
        found = due_between(self.now, self.round.weeks[0].monday, self.round.week.sunday)
        return tuple(item for item, _ in found)

    @cached_property
    def due_next_week(self) -> tuple[ItemVerdict, ...]:
        """Unfinished items due in the week after."""
        week = self.round.week.next
        return tuple(item for item, _ in due_between(self.now, week.monday, week.sunday))

    @cached_property
    def records(self) -> tuple[UnitRecord, ...]:
        """Units with lines still not filed or filed late this round, in protocol order."""
        standing = (each for each in self.now.lines if not self._is_old_and_late(each))
        return unit_records(standing, self.now.books)

    def _is_old_and_late(self, state: LineState) -> bool:
        is_own = state.round is not None and state.round.code == self.code
        return state.freshness is Freshness.LATE and not is_own

    @cached_property
    def requests(self) -> tuple[r.Problem, ...]:
        """Problems that need a leader."""
        return open_requests(self.papers)

    @cached_property
    def departments(self) -> tuple[UnitChange, ...]:
        """Every department's change since the last cut, in protocol order."""
        old = {each.unit.code: each.answerable for each in _departments(self.before)}
        moved: dict[str, list[Change]] = {}
        for change in self.comparison.changes:
            # A sum of yearly shares moves with its share: it is not told twice.
            if change.moved and change.now.item.line.via is not Via.PARTS:
                moved.setdefault(change.now.item.line.unit, []).append(change)
        return tuple(
            UnitChange(
                each.unit,
                old.get(each.unit.code, Standing(())),
                each.answerable,
                sum(_filed_in(state, self.round) for state in each.lines),
                tuple(moved.get(each.unit.code, ())),
            )
            for each in _departments(self.now)
        )

    @cached_property
    def intake(self) -> Intake:
        """What the round brought in."""
        asked = [each for each in self.now.lines if each.is_asked_in(self.round)]
        filed = [each for each in self.now.lines if _filed_in(each, self.round)]
        wanted = {each.line.code for each in asked}
        answered = sum(each.line.code in wanted for each in filed)
        return Intake(
            asked=len(asked),
            filed=answered,
            unasked=len(filed) - answered,
            unchanged=sum(self._is_unchanged(each) for each in filed),
            no_event=sum(bool(each.filed and each.filed.no_event) for each in filed),
        )

    @property
    def code(self) -> str:
        return self.round.code

    def _is_unchanged(self, state: LineState) -> bool:
        old = self.before.books.last_filed.get(state.line.code)
        if old is None or state.filed is None or state.filed.no_event:
            return False
        return old.value == state.filed.value


def meeting_from(
    judged: Callable[[datetime], Judgement],
    rounds: Iterable[Round],
    round_: Round,
    as_of: datetime,
) -> Meeting:
    """The meeting of a round as known at an instant; `judged` gives the verdicts as of one."""
    return Meeting(
        round_,
        next((each for each in rounds if each.number == round_.number - 1), None),
        judged(round_.figures_from),
        judged(min(round_.figures_to, as_of)),
        judged(min(end_of(round_.week.sunday), as_of)).books,
    )


def _departments(judgement: Judgement) -> tuple[UnitStanding, ...]:
    """Departments, and bodies of the task force that report themselves, in protocol order."""
    forces = (each for each in by_task_force(judgement) if each.lines)
    return tuple(sorted((*by_department(judgement), *forces), key=lambda each: each.unit.seq))


def behind(tasks: Standing) -> int:
    """How many tasks are late or lag behind."""
    return len(tasks.behind)


def begun(rounds: Iterable[Round], day: date) -> tuple[Round, ...]:
    """The rounds whose first week has begun by a day, newest first."""
    found = [each for each in rounds if each.weeks[0].monday <= day]
    return tuple(reversed(found))


def decided_at(books: Books, round_: Round) -> tuple[r.Directive, ...]:
    """What a round's meeting itself decided."""
    return decided_in(books, round_.code)


def standing(books: Books, directive: r.Directive, day: date) -> Decision:
    """How a matter stood on a day."""
    return Decision(directive, day, is_withdrawn(books, directive))


def unit_records(lines: Iterable[LineState], books: Books) -> tuple[UnitRecord, ...]:
    """The units with lines not filed or filed late, in protocol order."""
    found: dict[str, dict[Freshness, list[LineState]]] = {}
    for each in lines:
        if each.freshness in (Freshness.MISSING, Freshness.LATE):
            states = found.setdefault(each.line.unit, {})
            states.setdefault(each.freshness, []).append(each)
    units = sorted((books.get(r.Unit, code) for code in found), key=lambda unit: unit.seq)
    return tuple(_record(unit, found[unit.code]) for unit in units)


def _record(unit: r.Unit, found: Mapping[Freshness, list[LineState]]) -> UnitRecord:
    missing = tuple(found.get(Freshness.MISSING, ()))
    return UnitRecord(unit, missing, tuple(found.get(Freshness.LATE, ())))


def line_title(books: Books, line: r.ReportingLine) -> str:
    """What a reporting line reports on, in a few words."""
    indicator = books.find(r.Indicator, line.indicator)
    if indicator:
        return indicator.name
    measure = books.find(r.Measure, line.measure)
    return measure.title if measure else books.get(r.Task, line.task).title


def _filed_in(state: LineState, round_: Round) -> bool:
    return state.filed is not None and state.filed.round == round_.code
