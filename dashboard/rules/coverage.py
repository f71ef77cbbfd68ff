"""Which town has what it must have: met ÷ obliged by host list, with 待核定 and 不适用 apart."""

from dataclasses import dataclass
from datetime import date

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import HostState, StationState, UnitKind
from dashboard.rules.figures import up_to_standard

EVERY_TOWN = "各镇街"


@dataclass(frozen=True)
class Coverage:
    """One town's (or, with `unit` None, the whole plan's) standing on one host list.

    `obliged` None is 待核定; `is_exempt` is 不适用, which is not 0 %. `met` counts stations that
    are 达标, `below` those built but not (yet) up to standard.
    """

    hosts: r.HostList
    unit: r.Unit | None
    obliged: int | None
    is_exempt: bool
    met: int
    below: int
    building: int
    planned: int

    @property
    def built(self) -> int:
        """Stations that stand, up to standard or not."""
        return self.met + self.below

    @property
    def rate(self) -> float | None:
        """Met ÷ obliged, from 0 to 1; None where there is no denominator."""
        return min(1.0, self.met / self.obliged) if self.obliged else None

    @property
    def gap(self) -> int | None:
        """How many stations up to standard are still missing."""
        return None if self.obliged is None else max(0, self.obliged - self.met)

    @property
    def denominator(self) -> str:
        """Where the denominator comes from, in words: “应设13处（2023年）”."""
        if self.is_exempt:
            return "不适用"
        if self.obliged is None:
            return "应设数待核定"
        year = f"（{self.hosts.year}年）" if self.hosts.year else ""
        return f"应设{self.obliged}{self.hosts.unit_word}{year}"


def towns_of(books: Books) -> tuple[r.Unit, ...]:
    """The office's own list of towns, in its order: the members of 各镇街, else all towns."""
    everyone = next((u for u in books.all(r.Unit) if u.name == EVERY_TOWN), None)
    members = books.by(r.Membership, "collective")[everyone.code] if everyone else ()
    if members:
        ordered = sorted(members, key=lambda each: each.seq)
        return tuple(books.get(r.Unit, each.member) for each in ordered)
    return books.by(r.Unit, "kind")[UnitKind.TOWN]


def station_lists(books: Books) -> tuple[r.HostList, ...]:
    """The host lists that oblige to have stations."""
    return tuple(each for each in books.all(r.HostList) if each.station_kind is not None)


def by_town(books: Books, hosts: r.HostList, today: date) -> tuple[Coverage, ...]:
    """Every town's standing on a host list, in the office's order."""
    rows = {each.unit: each for each in books.by(r.Host, "host_list")[hosts.code]}
    return tuple(_of(books, hosts, town, rows.get(town.code), today) for town in towns_of(books))


def in_all(books: Books, hosts: r.HostList, today: date) -> Coverage:
    """The whole plan's standing on a host list."""
    stations = books.by(r.Station, "host_list")[hosts.code]
    return Coverage(hosts, None, hosts.total, False, *_counts(books, stations, today))


def _of(books: Books, hosts: r.HostList, town: r.Unit, row: r.Host | None, today: date) -> Coverage:
    stations = books.by(r.Station, "host_list")[hosts.code]
    mine = tuple(each for each in stations if each.town == town.code)
    is_exempt = row is not None and row.state is HostState.EXEMPT
    obliged = row.number if row is not None and row.state is HostState.OBLIGED else None
    return Coverage(hosts, town, obliged, is_exempt, *_counts(books, mine, today))


def _counts(
    books: Books, stations: tuple[r.Station, ...], today: date
) -> tuple[int, int, int, int]:
    states = [(each, each.state(today)) for each in stations]
    built = [each for each, state in states if state is StationState.BUILT]
    met = sum(up_to_standard(books, each) for each in built)
    building = sum(state is StationState.BUILDING for _, state in states)
    planned = sum(state is StationState.PLANNED for _, state in states)
    return met, len(built) - met, building, planned


def without_station(books: Books, hosts: r.HostList, today: date) -> tuple[r.Unit, ...]:
    """The towns that must have a station of this list and have none built."""
    found = by_town(books, hosts, today)
    return tuple(each.unit for each in found if each.obliged and not each.built and each.unit)


def leading_list(books: Books) -> r.HostList | None:
    """The list that the map and the leader's sentence open with: stations wanted of each town."""
    for hosts in station_lists(books):
        rows = books.by(r.Host, "host_list")[hosts.code]
        if len(rows) > 1 and all(row.state is HostState.OBLIGED for row in rows):
            return hosts
    return None
