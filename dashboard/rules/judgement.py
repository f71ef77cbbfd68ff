"""All verdicts on a plan's books as of their instant: items, tasks and reporting lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Part, Recurrence, Via
from dashboard.rules.calendar import period_of, shanghai_day
from dashboard.rules.carrying import carried, has_next_year, made_up
from dashboard.rules.expectation import span_of
from dashboard.rules.figures import Figure, figure_of
from dashboard.rules.freshness import (
    Asked,
    Freshness,
    LineState,
    asked,
    due_round,
    freshness_of,
    is_reported_in,
)
from dashboard.rules.items import Item, item_of_line, items_of, items_of_measure
from dashboard.rules.lights import judge
from dashboard.rules.rounds import Round, RoundTimes, rounds
from dashboard.rules.verdicts import Case, Light, Verdict
from dashboard.settings import Settings


@dataclass(frozen=True)
class ItemVerdict:
    """An item with its figure, its light and the state of its record."""

    item: Item
    figure: Figure
    verdict: Verdict
    due_on: date | None
    starts_on: date | None
    freshness: Freshness
    asked: Asked

    @property
    def light(self) -> Light:
        return self.verdict.light

    @property
    def is_done(self) -> bool:
        """Whether it is reported or counted as done, checked or not."""
        return self.figure.is_done


def _urgency(each: ItemVerdict) -> tuple[int, float, date]:
    """Among items of like rank the one furthest behind, then the one due soonest, speaks."""
    return each.verdict.rank, -each.verdict.lag_points, each.due_on or date.max


@dataclass(frozen=True)
class TaskVerdict:
    """A task shows the light of the item that speaks for it (`worst`), which gives the reason."""

    task: r.Task
    items: tuple[ItemVerdict, ...]

    @cached_property
    def worst(self) -> ItemVerdict | None:
        return min(self.items, key=_urgency, default=None)

    @property
    def light(self) -> Light:
        return self.worst.verdict.light if self.worst else Light.GREY

    @property
    def word(self) -> str:
        return self.worst.verdict.word if self.worst else "未定时限"

    @property
    def reason(self) -> str:
        """The worst item's reason, named where the task has several."""
        if self.worst is None:
            return "尚未安排报送事项"
        named = f"{self.worst.item.title}：" if len(self.items) > 1 else ""
        return f"{named}{self.worst.verdict.reason}"

    @property
    def is_done(self) -> bool:
        """Whether it has dates and all dated items are done."""
        dated = [each for each in self.items if each.due_on]
        return bool(dated) and all(each.is_done for each in dated)

    @cached_property
    def is_overdue(self) -> bool:
        """Whether an item is past its date."""
        return any(each.verdict.is_overdue for each in self.items)

    @cached_property
    def is_lagging(self) -> bool:
        """Whether an item is behind what is expected by now."""
        return any(each.verdict.is_lagging for each in self.items)

    @property
    def freshness(self) -> Freshness:
        """The worst state of its records."""
        order = list(Freshness)
        states = [each.freshness for each in self.items]
        return min(states, key=order.index, default=Freshness.NOT_ASKED)

    @property
    def due_on(self) -> date | None:
        """The next date still to be kept, else the last one."""
        dated = [each for each in self.items if each.due_on]
        standing = [each for each in dated if not each.figure.is_closed]
        days = [each.due_on for each in standing or dated if each.due_on]
        return min(days, default=None) if standing else max(days, default=None)

    @property
    def recurrence(self) -> Recurrence | None:
        """The cadence of its items, the dated ones first."""
        found = [each.item.recurrence for each in self.items if each.item.recurrence]
        return Recurrence.ONCE if Recurrence.ONCE in found else next(iter(found), None)


@dataclass(frozen=True)
class Judgement:
    """What the rules say of a plan on a day. Tasks are in the order of the plan."""

    books: Books
    today: date
    tasks: tuple[TaskVerdict, ...]
    lines: tuple[LineState, ...]
    rounds: tuple[Round, ...]

    @cached_property
    def items(self) -> tuple[ItemVerdict, ...]:
        return tuple(item for task in self.tasks for item in task.items)

    @cached_property
    def by_task(self) -> Mapping[str, TaskVerdict]:
        return {each.task.code: each for each in self.tasks}

    @cached_property
    def by_line(self) -> Mapping[str, LineState]:
        return {each.line.code: each for each in self.lines}

    @property
    def round(self) -> Round | None:
        """The round in whose weeks the day lies."""
        return next((each for each in reversed(self.rounds) if each.covers(self.today)), None)


def times_of(settings: Settings) -> RoundTimes:
    """The round's times as the rules read them."""
    given = settings.round
    return RoundTimes.parse(
        filing=given.filing,
        review=given.review,
        meeting=given.meeting,
        month_cut=given.month_cut,
        holiday=given.holiday,
        merge_after_days=given.merge_after_days,
    )


def judge_books(books: Books, settings: Settings) -> Judgement:
    """Every verdict on the books as of their instant."""
    court = _Court(books, settings)
    items = [court.item(item) for item in items_of(books)]
    by_task: dict[str, list[ItemVerdict]] = {task.code: [] for task in books.all(r.Task)}
    for each in items:
        by_task[each.item.task.code].append(each)
    tasks = tuple(TaskVerdict(task, tuple(by_task[task.code])) for task in books.all(r.Task))
    return Judgement(books, court.today, tasks, court.lines(items), court.rounds)


def judge_item(books: Books, settings: Settings, line: r.ReportingLine) -> ItemVerdict:
    """The verdict on the one item that a line sums up for. Raises ValueError for a share."""
    return _Court(books, settings).item(item_of_line(books, line))


_ROUNDS_AHEAD = 4  # a round is the last of its month only if the next one is known


class _Court:
    """Judges one set of books; remembers what several items ask for."""

    def __init__(self, books: Books, settings: Settings) -> None:
        self.books = books
        self.settings = settings
        self.today = shanghai_day(books.as_of)
        self.in_use_from = books.plan.in_use_from
        ahead = self.today + timedelta(weeks=_ROUNDS_AHEAD)
        self.rounds = rounds(self.in_use_from, ahead, times_of(settings))
        self._due_by_cadence = {
            each: due_round(self.rounds, each, books.as_of) for each in Recurrence
        }

    def item(self, item: Item) -> ItemVerdict:
        """One item's verdict."""
        after = item.deadline.after if item.deadline else None
        begins = [self.books.plan.issued_on, self.in_use_from]
        ends = [self._end_of(after)] if after else []
        span = span_of(item, self.today, [*begins, *ends])
        figure = figure_of(self.books, item, self.today)
        before = self.books.find(r.Measure, after)
        case = Case(
            item=item,
            figure=figure,
            span=span,
            today=self.today,
            in_use_from=self.in_use_from,
            lights=self.settings.lights,
            waits_for=before.title if before else None,
            carried=carried(self.books, item, self.today),
            made_up=made_up(self.books, item, self.today),
            has_next_year=has_next_year(self.books, item),
            is_reported=self._is_reported(item),
        )
        verdict = judge(case)
        due_on = span.due_on if span else None
        freshness, cadence = self._record(item, verdict, due_on)
        starts_on = span.starts_on if span else None
        return ItemVerdict(item, figure, verdict, due_on, starts_on, freshness, cadence)

    def _end_of(self, measure: str) -> date | None:
        """When what must come first was finished; its date while that lies ahead; else None."""
        items = items_of_measure(self.books, measure)
        figures = [figure_of(self.books, item, self.today) for item in items]
        if figures and all(figure.is_done for figure in figures):
            return max((f.done_on for f in figures if f.done_on), default=self.today)
        dates = [item.deadline.due_on for item in items if item.deadline and item.deadline.due_on]
        ahead = [day for day in dates if day > self.today]
        return max(ahead, default=None)

    def _is_reported(self, item: Item) -> bool:
        recurrence = item.recurrence
        cycle = recurrence if recurrence in _CYCLES else item.line.cadence
        first_day = period_of(cycle.value, self.today).first_day if cycle in _CYCLES else self.today
        return is_reported_in(self.books.last_filed.get(item.line.code), first_day)

    def lines(self, items: list[ItemVerdict]) -> tuple[LineState, ...]:
        """Every line that is filed, with the state of its record; shares follow their item."""
        by_item = {each.item.code: each for each in items}
        found = []
        for line in self.books.all(r.ReportingLine):
            judged = by_item.get(line.indicator or line.measure or "")
            if line.via is Via.FILING and judged is not None:
                found.append(self._line(line, judged))
        return tuple(found)

    def _line(self, line: r.ReportingLine, judged: ItemVerdict) -> LineState:
        filed = self.books.last_filed.get(line.code)
        if line.part is Part.TOTAL:
            return LineState(line, judged.freshness, self._due(line, judged.asked.cadence), filed)
        due = self._due(line, line.cadence)
        return LineState(line, freshness_of(due, filed, self.books.as_of), due, filed)

    def _due(self, line: r.ReportingLine, cadence: Recurrence) -> Round | None:
        """The round a line was last due in; none from before the line was arranged."""
        found = self._due_by_cadence[cadence]
        is_younger = found and line.known_at and line.known_at > found.filing_cut
        return None if is_younger else found

    def _record(self, item: Item, verdict: Verdict, due_on: date | None) -> tuple[Freshness, Asked]:
        within = self.settings.round.weekly_within_days
        found = asked(item.line, verdict.light, due_on, (self.today, within))
        if item.line.via is not Via.FILING or verdict.light in (Light.BLUE, Light.WHITE):
            return Freshness.NOT_ASKED, found
        filed = self.books.last_filed.get(item.line.code)
        return freshness_of(self._due(item.line, found.cadence), filed, self.books.as_of), found


_CYCLES = (
    Recurrence.WEEKLY,
    Recurrence.MONTHLY,
    Recurrence.QUARTERLY,
    Recurrence.HALF_YEARLY,
    Recurrence.YEARLY,
)
