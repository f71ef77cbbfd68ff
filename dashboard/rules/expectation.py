"""How much of an item is expected by a day (design §5), and from when to when it runs.

In this order: the office's milestones; for counts the whole steps reached by then, a count over
several years stepping at year ends only; for percentages a line in time where the span is long,
nothing before the last quarter where it is short, nor for what only a survey measures.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.ledgers.records import Indicator, Milestone
from dashboard.ledgers.terms import Method, Recurrence
from dashboard.rules.items import Item
from dashboard.settings import Lights


@dataclass(frozen=True)
class Span:
    """The days in which an item's work is to be done; `starts_on` None: it waits for another."""

    starts_on: date | None
    due_on: date

    @property
    def days(self) -> int:
        return (self.due_on - self.starts_on).days if self.starts_on else 0

    def share(self, today: date) -> float:
        """The part of the span gone by, from 0 to 1."""
        if today >= self.due_on:
            return 1.0
        if self.starts_on is None or today <= self.starts_on:
            return 0.0
        return (today - self.starts_on).days / self.days


def span_of(item: Item, today: date, begins: Sequence[date | None]) -> Span | None:
    """The item's span in which `today` falls; None where it has no date.

    `begins` are the days before which nothing can be asked: the plan's date, 启用日 and the end
    of what must come first (None while that is not finished). A yearly duty runs in its year.
    """
    deadline = item.deadline
    if deadline is None or deadline.recurrence not in (Recurrence.ONCE, Recurrence.YEARLY):
        return None
    if deadline.recurrence is Recurrence.YEARLY:
        begins = (*begins, date(today.year, 1, 1))
        due_on = date(today.year, 12, 31)
    elif deadline.due_on is None:
        return None
    else:
        due_on = deadline.due_on
    if item.indicator and item.indicator.year:
        begins = (*begins, date(item.indicator.year, 1, 1))
    if deadline.starts_on:
        begins = (*begins, deadline.starts_on)
    known = [day for day in begins if day is not None]
    starts_on = max(known) if len(known) == len(begins) else None
    return Span(starts_on, due_on)


def expected(item: Item, span: Span, today: date, lights: Lights, *, carried: float = 0) -> float:
    """What should be reached by `today`, in the item's unit; `carried` is added to the target.

    None is never returned: where nothing is expected yet, it is 0.
    """
    target = (item.target or 0.0) + carried
    if today >= span.due_on:
        return target
    if steps := _milestones(item, span):
        return max((each.value for each in steps if each.due_on <= today), default=0.0)
    if item.indicator and item.indicator.method is Method.LATEST:
        return 0.0
    if item.is_count:
        return _whole_steps(item, span, today, target)
    share = span.share(today)
    if span.days > lights.linear_over_days or share >= 1 - lights.last_share:
        return share * target
    return 0.0


def _milestones(item: Item, span: Span) -> list[Milestone]:
    """The office's steps within the span; those of a yearly duty count in their own year."""
    yearly = item.recurrence is Recurrence.YEARLY
    year = span.due_on.year
    return [each for each in item.milestones if not yearly or each.due_on.year == year]


def _whole_steps(item: Item, span: Span, today: date, target: float) -> float:
    if span.starts_on is None or span.starts_on.year == span.due_on.year:
        return math.floor(span.share(today) * target + 1e-9)
    year_end = _last_year_end(today)
    if year_end < span.starts_on:
        return 0.0
    if item.parts:
        asked = [part for part in item.parts if (part.year or 0) >= span.starts_on.year]
        return sum_to(asked, year_end.year)
    return math.floor(span.share(year_end) * target + 1e-9)


def sum_to(parts: Sequence[Indicator], year: int) -> float:
    """The yearly shares of a larger target up to and with a year."""
    return sum(part.value for part in parts if part.year is not None and part.year <= year)


def _last_year_end(today: date) -> date:
    if (today.month, today.day) == (12, 31):
        return today
    return date(today.year - 1, 12, 31)
