"""What happened to the stations between two instants of one plan: for the week's page and wall."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import StationState
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.tallies import READS, up_to_standard
from dashboard.rules.withheld import is_withheld


class ChangeKind(StrEnum):
    """What happened to a station, the best first."""

    UP = "up"
    OPENED = "opened"
    BEGUN = "begun"
    MOVED = "moved"
    LAPSED = "lapsed"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """How it is said."""
        return _LABELS[self]


_LABELS = {
    ChangeKind.UP: "新达标",
    ChangeKind.OPENED: "新建成",
    ChangeKind.BEGUN: "新开工",
    ChangeKind.MOVED: "搬迁",
    ChangeKind.LAPSED: "复查未达标",
    ChangeKind.CLOSED: "停用",
}


@dataclass(frozen=True)
class StationChange:
    """One event of one station. `on` is its day, None where only an inspection tells.

    `is_late` marks what happened before the span and was only entered in it (补录): it is no
    news of the week.
    """

    kind: ChangeKind
    station: r.Station
    on: date | None
    is_late: bool = False

    @property
    def name(self) -> str:
        """The station's name; a place that must not be found is told by its kind alone."""
        return self.station.kind.label if is_withheld(self.station) else self.station.name


def station_changes(before: Books, now: Books) -> tuple[StationChange, ...]:
    """All events between two instants, the best kind first, then in the ledger's order.

    Both are seen by one viewer; a screen that asks again and again is answered from memory.
    """
    key = ("station changes", before.as_of, before.version, now.as_of)
    return now.once(key, lambda: _sorted(before, now), READS)


def _sorted(before: Books, now: Books) -> tuple[StationChange, ...]:
    kinds = list(ChangeKind)
    return tuple(sorted(_changes(before, now), key=lambda each: kinds.index(each.kind)))


def _changes(before: Books, now: Books) -> Iterator[StationChange]:
    last, today = shanghai_day(before.as_of), shanghai_day(now.as_of)
    good_before, good_now = up_to_standard(before), up_to_standard(now)
    for station in now.all(r.Station):
        old = before.find(r.Station, station.code)
        was = old.state(last) if old else StationState.PLANNED
        state = station.state(today)
        events = _Events(station, last)
        if state is not was:
            yield from events.of_state(was, state)
        has_moved = _moved(old, station, last, today)
        if has_moved:
            yield events.at(ChangeKind.MOVED, station.moved_on)
        stood, stands = was is StationState.BUILT, state is StationState.BUILT
        met, meets = stood and station.code in good_before, stands and station.code in good_now
        if meets and not met:
            yield events.checked(ChangeKind.UP, now)
        if met and stands and not meets and not has_moved:
            yield events.checked(ChangeKind.LAPSED, now)


def _moved(old: r.Station | None, new: r.Station, last: date, today: date) -> bool:
    if new.moved_on is None or new.moved_on > today:
        return False
    return old is None or old.moved_on != new.moved_on or new.moved_on > last


@dataclass(frozen=True)
class _Events:
    station: r.Station
    last: date

    def at(self, kind: ChangeKind, on: date | None) -> StationChange:
        """An event of a day."""
        return StationChange(kind, self.station, on, on is not None and on <= self.last)

    def of_state(self, was: StationState, state: StationState) -> Iterator[StationChange]:
        """What a new state says; a station that went back (a row put right) is no event."""
        station = self.station
        if state is StationState.ENDED:
            yield self.at(ChangeKind.CLOSED, station.ended_on)
        elif state is StationState.BUILT and was is not StationState.ENDED:
            yield self.at(ChangeKind.OPENED, station.built_on)
        elif state is StationState.BUILDING and was is StationState.PLANNED:
            yield self.at(ChangeKind.BEGUN, station.begun_on)

    def checked(self, kind: ChangeKind, now: Books) -> StationChange:
        """An event that inspections tell: its day is that of the last of them."""
        held = now.by(r.Inspection, "station")[self.station.code]
        return self.at(kind, max((each.inspected_on for each in held), default=None))
