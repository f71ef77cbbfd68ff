"""Which town has what it must have: met ÷ obliged by host list, with 待核定 and 不适用 apart."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import HostState, StationState, UnitKind
from dashboard.rules.standards import up_to_standard

EVERY_TOWN = "各镇街"


class Stage(StrEnum):
    """How far a town is on a host list; 待核定, 未登记 and 不适用 are no stage of work."""

    MET = "met"
    BUILT = "built"
    BUILDING = "building"
    IDLE = "idle"
    UNRECORDED = "unrecorded"
    UNKNOWN = "unknown"
    EXEMPT = "exempt"


@dataclass(frozen=True)
class Coverage:
    """One town's (or, with `unit` None, the whole plan's) standing on one host list.

    `obliged` None is 待核定; `is_exempt` is 不适用, which is not 0 %. `met` counts stations that
    are 达标, `below` those built but not (yet) up to standard. `filled` counts of the met ones
    those that are obliged: a second station in one town does not make up for none in another.
    `standing` counts the built ones likewise.
    While the ledger holds no station of the list at all, nothing `is_recorded` yet: that no
    town has begun cannot be said.
    """

    hosts: r.HostList
    unit: r.Unit | None
    obliged: int | None
    is_exempt: bool
    met: int
    below: int
    building: int
    planned: int
    filled: int
    standing: int
    is_recorded: bool = True

    @property
    def built(self) -> int:
        """Stations that stand, up to standard or not."""
        return self.met + self.below

    @property
    def rate(self) -> float | None:
        """Filled ÷ obliged, from 0 to 1; None where there is no denominator."""
        return self.filled / self.obliged if self.obliged else None

    @property
    def gap(self) -> int | None:
        """How many stations up to standard are still missing."""
        return None if self.obliged is None else self.obliged - self.filled

    @property
    def stage(self) -> Stage:
        """The first that holds, from what is not obliged to what is not begun."""
        if self.is_exempt:
            return Stage.EXEMPT
        if self.obliged is None:
            return Stage.UNKNOWN
        if not self.is_recorded:
            return Stage.UNRECORDED
        if self.filled >= self.obliged:
            return Stage.MET
        if self.built >= self.obliged:
            return Stage.BUILT
        return Stage.BUILDING if self.built or self.building else Stage.IDLE

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


def places_of(books: Books) -> tuple[r.Unit, ...]:
    """What the map and the matrix of towns show: the towns, then the zones printed beside them."""
    towns = towns_of(books)
    zones = sorted(books.by(r.Unit, "kind")[UnitKind.ZONE], key=lambda unit: unit.seq)
    return (*towns, *(zone for zone in zones if zone not in towns))


def station_lists(books: Books) -> tuple[r.HostList, ...]:
    """The host lists that oblige to have stations."""
    return tuple(each for each in books.all(r.HostList) if each.station_kind is not None)


def by_town(books: Books, hosts: r.HostList, today: date) -> tuple[Coverage, ...]:
    """Every town's standing on a host list, in the office's order."""
    return _standings(books, hosts, towns_of(books), today)


def by_place(books: Books, hosts: r.HostList, today: date) -> tuple[Coverage, ...]:
    """The towns' standings, then those of the zones printed beside them."""
    return _standings(books, hosts, places_of(books), today)


def in_all(books: Books, hosts: r.HostList, today: date) -> Coverage:
    """The whole plan's standing on a host list."""
    stations = books.by(r.Station, "host_list")[hosts.code]
    counted = _counts(books, stations, today)
    shares = by_place(books, hosts, today)
    spread = [each for each in shares if each.obliged]
    is_spread = sum(each.obliged or 0 for each in spread) == hosts.total
    met, below, *_ = counted
    filled, standing = min(met, hosts.total or 0), min(met + below, hosts.total or 0)
    if is_spread:
        filled = sum(each.filled for each in spread)
        standing = sum(each.standing for each in spread)
    return Coverage(hosts, None, hosts.total, False, *counted, filled, standing, bool(stations))


def _standings(
    books: Books, hosts: r.HostList, places: Sequence[r.Unit], today: date
) -> tuple[Coverage, ...]:
    rows = {each.unit: each for each in books.by(r.Host, "host_list")[hosts.code]}
    return tuple(_of(books, hosts, place, rows, today) for place in places)


def _of(
    books: Books, hosts: r.HostList, place: r.Unit, rows: Mapping[str, r.Host], today: date
) -> Coverage:
    stations = books.by(r.Station, "host_list")[hosts.code]
    mine = tuple(each for each in stations if each.town == place.code)
    row = rows.get(place.code)
    # A list that names its hosts does not oblige those it leaves out; an unwritten one is unknown.
    is_exempt = row.state is HostState.EXEMPT if row else bool(rows)
    obliged = row.number if row is not None and row.state is HostState.OBLIGED else None
    counted = _counts(books, mine, today)
    met, below, *_ = counted
    filled, standing = min(met, obliged or 0), min(met + below, obliged or 0)
    return Coverage(hosts, place, obliged, is_exempt, *counted, filled, standing, bool(stations))


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


def sentence(books: Books, hosts: r.HostList, today: date) -> str:
    """How a host list stands, in one sentence with its numbers.

    Where each town must have one, towns are counted: “13个镇街中8个已建成村居站点，其中6个达标；
    3个在建，2个未动工。” Elsewhere stations are: “应设13处（2023年），已建成5处，其中3处达标。”
    """
    towns = by_town(books, hosts, today)
    if towns and all(each.obliged == 1 for each in towns):
        return _by_towns(towns)
    return _by_stations(in_all(books, hosts, today))


def _by_towns(towns: Sequence[Coverage]) -> str:
    if not towns[0].is_recorded:
        return f"{len(towns)}个镇街应各设1处{kind_words(towns[0].hosts)}，站点台账尚无登记。"
    number = Counter(each.stage for each in towns)
    met, named = number[Stage.MET], kind_words(towns[0].hosts)
    begun = [f"{number[Stage.BUILDING]}个在建" if number[Stage.BUILDING] else ""]
    begun += [f"{number[Stage.IDLE]}个未动工" if number[Stage.IDLE] else ""]
    rest = "，".join(each for each in begun if each)
    standing = met + number[Stage.BUILT]
    built = (
        f"中{standing}个已建成{named}，{_met(met, standing, '个')}"
        if standing
        else f"均未建成{named}"
    )
    return f"{len(towns)}个镇街{built}{'；' if rest else ''}{rest}。"


def _by_stations(found: Coverage) -> str:
    if not found.is_recorded:
        return f"{found.hosts.title}：{found.denominator}，站点台账尚无登记。"
    word = found.hosts.unit_word
    met = _met(found.met, found.built, word)
    built = f"已建成{found.built}{word}，{met}" if found.built else "尚无建成"
    building = f"；在建{found.building}{word}" if found.building else ""
    return f"{found.hosts.title}：{found.denominator}，{built}{building}。"


def kind_words(hosts: r.HostList) -> str:
    """What a host list asks for: 村居站点."""
    return f"{hosts.station_kind.label}站点" if hosts.station_kind else "站点"


def _met(met: int, built: int, word: str) -> str:
    if built == 1:
        return "已达标" if met else "尚未达标"
    if met in (0, built):
        return "均已达标" if met else "尚无达标"
    return f"其中{met}{word}达标"
