"""What has been reached: an item's figure from accepted filings or from the station ledger."""

from dataclasses import dataclass
from datetime import date

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import (
    Comparator,
    Recurrence,
    ReviewVerdict,
    Via,
)
from dashboard.ledgers.terms import StationState as State
from dashboard.rules.calendar import Week, shanghai_day
from dashboard.rules.coverage import in_all
from dashboard.rules.items import Item


@dataclass(frozen=True)
class Figure:
    """`value` None is 无数据. `is_done` is claimed or counted, `is_closed` is checked (销号)."""

    value: float | None
    as_of: date | None = None
    is_done: bool = False
    is_closed: bool = False
    done_on: date | None = None
    no_event: bool = False
    below_standard: int = 0


def meets(comparator: Comparator, value: float, target: float, high: float | None = None) -> bool:
    """Whether a value satisfies a requirement."""
    if comparator is Comparator.AT_MOST:
        return value <= target
    if comparator is Comparator.BETWEEN:
        return target <= value <= (high if high is not None else target)
    return value >= target


def figure_of(books: Books, item: Item, today: date) -> Figure:
    """What an item has reached by `today`."""
    if item.counts_stations:
        return _counted(books, item, today)
    if item.line.via is Via.PARTS:
        return _summed(books, item)
    filing = books.last_accepted.get(item.line.code)
    if filing is None:
        return Figure(None)
    if begins_anew(item, filing, today.year):
        return Figure(None)
    said = books.last_said[item.line.code]
    is_closed = said.verdict is ReviewVerdict.CLOSED
    reached = _value(books, item, filing, today)
    enough = reached is not None and item.target is not None and _enough(item, reached)
    known_on = shanghai_day(filing.known_at) if filing.known_at else None
    is_done = (is_closed or filing.is_done or enough) and not item.is_kept
    return Figure(
        value=reached,
        as_of=known_on,
        is_done=is_done,
        is_closed=is_closed,
        done_on=known_on if is_done else None,
        no_event=filing.no_event,
    )


def year_of(filing: r.Filing) -> int:
    """The year whose work a filing reports: that of the day it came in, or of its round's end.

    The ISO year of the week will not do: 2024-12-31 lies in 2025-W01, and what a unit files on
    that day closes 2024; what comes in January for the last round of December still does.
    """
    return min(shanghai_day(filing.received_at), Week.parse(filing.round).sunday).year


def begins_anew(item: Item, before: r.Filing, year: int) -> bool:
    """Whether what was reached before is no part of a year: a yearly duty starts from nothing."""
    return item.recurrence is Recurrence.YEARLY and year_of(before) != year


def observation_of(line: r.ReportingLine, filing: r.Filing, *, code: str) -> r.Observation | None:
    """What an accepted filing says of its line's indicator; None where it gives no figure."""
    if line.indicator is None or filing.value is None:
        return None
    return r.Observation(
        code=code,
        indicator=line.indicator,
        unit=line.unit,
        observed_on=shanghai_day(filing.received_at),
        year=year_of(filing),
        value=filing.value,
        filing=filing.code,
    )


def _enough(item: Item, value: float) -> bool:
    comparator = item.indicator.comparator if item.indicator else Comparator.AT_LEAST
    high = item.indicator.value_high if item.indicator else None
    return meets(comparator, value, item.target or 0.0, high)


def _value(books: Books, item: Item, filing: r.Filing, today: date) -> float | None:
    if item.indicator is None:
        return 100.0 if filing.is_done else filing.value
    observed = observations(books, item)
    if item.recurrence is Recurrence.YEARLY:
        return observed.get(today.year)
    return observed[max(observed)] if observed else None


def observations(books: Books, item: Item) -> dict[int, float]:
    """The last observed value of each year for the unit that sums up."""
    if item.indicator is None:
        return {}
    found = books.by(r.Observation, "indicator")[item.indicator.code]
    return {each.year: each.value for each in found if each.unit == item.line.unit}


def _summed(books: Books, item: Item) -> Figure:
    """A larger target is what its yearly shares add up to; it is never filed again."""
    found = [books.by(r.Observation, "indicator")[part.code] for part in item.parts]
    values = [max(each, key=lambda one: one.year) for each in found if each]
    if not values:
        return Figure(None)
    total = sum(each.value for each in values)
    last = max(each.observed_on for each in values)
    is_done = item.target is not None and total >= item.target
    return Figure(value=total, as_of=last, is_done=is_done, done_on=last if is_done else None)


def _counted(books: Books, item: Item, today: date) -> Figure:
    """Stations by the ledger: one in each place that must have one, not two in another's stead."""
    if item.hosts is None or not books.by(r.Station, "host_list")[item.hosts.code]:
        return Figure(None)
    found, target = in_all(books, item.hosts, today), item.target
    standing = found.standing if target is not None else found.built
    is_done = target is not None and standing >= target
    stations = books.by(r.Station, "host_list")[item.hosts.code]
    days = [s.built_on for s in stations if s.built_on and s.state(today) is State.BUILT]
    return Figure(
        value=float(standing),
        as_of=today,
        is_done=is_done,
        is_closed=target is not None and found.filled >= target,
        done_on=max(days) if is_done else None,
        below_standard=standing - found.filled if target is not None else found.below,
    )
