"""What one year leaves undone and the next one carries (design §5): gaps and whether made up."""

from datetime import date

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Recurrence
from dashboard.rules.expectation import sum_to
from dashboard.rules.figures import observations
from dashboard.rules.items import Item
from dashboard.rules.verdicts import Carried


def carried(books: Books, item: Item, today: date) -> Carried | None:
    """The gap of the year before, for a yearly duty and for one year's share of a target."""
    if item.indicator is None or item.target is None:
        return None
    if item.recurrence is Recurrence.YEARLY:
        return _yearly_gap(books, item, today)
    return _share_gap(books, item.indicator, today)


def _yearly_gap(books: Books, item: Item, today: date) -> Carried | None:
    reached, last, gap = observations(books, item), today.year - 1, 0.0
    for year in range(books.plan.in_use_from.year, today.year):
        before = 0.0 if item.counts_hosts else gap  # a host is met or not: nothing adds up
        gap = max(0.0, (item.target or 0.0) + before - reached.get(year, 0.0))
    return Carried(last, gap, last in reached) if gap > 0 else None


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


def has_next_year(books: Books, item: Item) -> bool:
    """Whether a later year's share can carry what this one leaves undone."""
    share = item.indicator
    if share is None or share.year is None:
        return False
    return any((each.year or 0) > share.year for each in _siblings(books, share))


def _siblings(books: Books, share: r.Indicator) -> list[r.Indicator]:
    """The shares of the same larger target that are asked for since 启用日, by year."""
    if share.part_of is None:
        return [share]
    found = books.by(r.Indicator, "part_of")[share.part_of]
    since = books.plan.in_use_from.year
    asked = [each for each in found if (each.year or 0) >= since]
    return sorted(asked, key=lambda each: each.year or 0)


def _observed(books: Books, indicator: r.Indicator) -> float | None:
    found = books.by(r.Observation, "indicator")[indicator.code]
    return max(found, key=lambda each: each.year).value if found else None
