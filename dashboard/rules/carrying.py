"""What one year leaves undone and the next one carries (design §5): gaps and whether made up."""

from datetime import date

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Recurrence
from dashboard.rules.expectation import sum_to
from dashboard.rules.figures import observations
from dashboard.rules.items import Item
from dashboard.rules.lights import Carried


def carried(books: Books, item: Item, today: date) -> Carried | None:
    """The gap of the year before, for a yearly duty and for one year's share of a target."""
    if item.indicator is None or item.target is None:
        return None
    if item.recurrence is Recurrence.YEARLY:
        return _yearly_gap(books, item, today)
    return _share_gap(books, item.indicator, today)


def _yearly_gap(books: Books, item: Item, today: date) -> Carried | None:
    year = today.year - 1
    if year < books.plan.in_use_from.year or item.target is None:
        return None
    reached = observations(books, item).get(year)
    gap = item.target - (reached or 0.0)
    return Carried(year, gap, reached is not None) if gap > 0 else None


def _share_gap(books: Books, share: r.Indicator, today: date) -> Carried | None:
    year = share.year
    if year is None or not books.plan.in_use_from.year < year <= today.year:
        return None
    before = [each for each in _siblings(books, share) if (each.year or 0) < year]
    reached = [_observed(books, each) for each in before]
    gap = sum_to(before, year) - sum(value or 0.0 for value in reached)
    return Carried(year - 1, gap, reached[-1] is not None) if before and gap > 0 else None


def made_up(books: Books, item: Item, today: date) -> bool:
    """Whether the years together have reached what was due by the end of this share's year."""
    share = item.indicator
    if share is None or share.year is None or share.part_of is None:
        return False
    siblings = _siblings(books, share)
    reached = sum(_observed(books, each) or 0.0 for each in siblings)
    return today.year > share.year and reached >= sum_to(siblings, share.year)


def _siblings(books: Books, share: r.Indicator) -> list[r.Indicator]:
    if share.part_of is None:
        return [share]
    found = books.by(r.Indicator, "part_of")[share.part_of]
    return sorted(found, key=lambda each: each.year or 0)


def _observed(books: Books, indicator: r.Indicator) -> float | None:
    found = books.by(r.Observation, "indicator")[indicator.code]
    return max(found, key=lambda each: each.year).value if found else None
