"""How many stations stand where: every list and town counted in one pass over the ledger."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import CheckVerdict, Force, StationState

READS = (r.Station, r.Inspection, r.StandardItem, r.HostList)


@dataclass(slots=True)
class Count:
    """Stations of one list in one place. `met` and `below` add up to those that are built."""

    met: int = 0
    below: int = 0
    building: int = 0
    planned: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.met + other.met,
            self.below + other.below,
            self.building + other.building,
            self.planned + other.planned,
        )


@dataclass(slots=True)
class Tally:
    """The stations of one list by town (None: none given), and the listed bodies they stand for.

    `number` counts all that the ledger holds, ended ones too.
    """

    number: int = 0
    whole: Count = field(default_factory=Count)
    by_town: dict[str | None, Count] = field(default_factory=lambda: defaultdict(Count))
    built_bodies: set[str] = field(default_factory=set)
    met_bodies: set[str] = field(default_factory=set)


def tally_of(books: Books, hosts: r.HostList, today: date) -> Tally:
    """The count of one list's stations; all lists are counted at once, once for these books."""
    found = books.once(("tallies", today), lambda: _tallies(books, today), READS)
    return found.get(hosts.code, _NOTHING)


_NOTHING = Tally()


def _tallies(books: Books, today: date) -> Mapping[str, Tally]:
    found: dict[str, Tally] = defaultdict(Tally)
    good = up_to_standard(books)
    for station in books.all(r.Station):
        if station.host_list is not None:
            _add(found[station.host_list], station, station.state(today), good)
    for tally in found.values():
        tally.whole = sum(tally.by_town.values(), Count())
    return dict(found)


def _add(tally: Tally, station: r.Station, state: StationState, good: Collection[str]) -> None:
    tally.number += 1
    count = tally.by_town[station.town]
    if state is StationState.BUILDING:
        count.building += 1
    elif state is StationState.PLANNED:
        count.planned += 1
    elif state is StationState.BUILT:
        is_good = station.code in good
        count.met += is_good
        count.below += not is_good
        if station.listed_host is not None:
            tally.built_bodies.add(station.listed_host)
            if is_good:
                tally.met_bodies.add(station.listed_host)


def up_to_standard(books: Books) -> frozenset[str]:
    """The stations that `standards.up_to_standard` finds met, built or not, in one pass."""
    return books.once("up to standard", lambda: _up_to_standard(books), READS)


def _up_to_standard(books: Books) -> frozenset[str]:
    passed = _passed(books)
    wanted = {hosts.code: _wanted(books, hosts) for hosts in books.all(r.HostList)}
    nothing: frozenset[str] = frozenset()
    return frozenset(
        station.code
        for station in books.all(r.Station)
        if wanted.get(station.host_list or "", nothing) <= passed.get(station.code, nothing)
    )


def _wanted(books: Books, hosts: r.HostList) -> frozenset[str]:
    items = books.by(r.StandardItem, "standard")[hosts.standard] if hosts.standard else ()
    return frozenset(item.code for item in items if item.force is Force.MUST)


def _passed(books: Books) -> Mapping[str, AbstractSet[str]]:
    """By station the items last found met or exempt; a move begins anew."""
    moved = {each.code: each.moved_on for each in books.all(r.Station) if each.moved_on}
    passed: dict[str, set[str]] = defaultdict(set)
    for each in sorted(books.all(r.Inspection), key=attrgetter("inspected_on")):
        if each.station in moved and each.inspected_on < moved[each.station]:
            continue
        if each.verdict is CheckVerdict.NOT_MET:
            passed[each.station].discard(each.item)
        else:
            passed[each.station].add(each.item)
    return dict(passed)
