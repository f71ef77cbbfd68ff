"""How far an area is on a host list, worked out for every area of a plan at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.rules import areas, obligations, tallies
from dashboard.rules.obligations import Obligation
from dashboard.rules.tallies import Count

READS = (*areas.READS, *obligations.READS, *tallies.READS)


class Stage(StrEnum):
    """How far an area is on a host list; 待核定, 未登记 and 不适用 are no stage of work."""

    MET = "met"
    BUILT = "built"
    BUILDING = "building"
    IDLE = "idle"
    UNRECORDED = "unrecorded"
    UNKNOWN = "unknown"
    EXEMPT = "exempt"


class Source(StrEnum):
    """What a denominator is: a number given, a sum of such numbers, or a count of named bodies."""

    NUMBER = "number"
    SUM = "sum"
    NAMED = "named"


@dataclass(frozen=True)
class Coverage:
    """One area's (or, with `unit` None, the whole plan's) standing on one host list.

    `obliged` None is 待核定; `is_exempt` is 不适用, which is not 0 %. `met` counts stations that
    are 达标, `below` those built but not (yet) up to standard. `filled` counts of the met ones
    those that are obliged: a second station in one town does not make up for none in another,
    and where bodies are named, each is filled by its own station. `standing` counts the built
    ones likewise. While the ledger holds no station of the list at all, nothing `is_recorded`
    yet: that no town has begun cannot be said.

    `named` counts the obliged bodies that the list names here (None: it names none), `printed`
    is the number given beside them. `unknown` counts what is 待核定 beneath: `unknown_bodies` by
    name, the rest places without a number.
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
    unknown: int = 0
    unknown_bodies: int = 0
    named: int | None = None
    printed: int | None = None
    source: Source = Source.NUMBER

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
    def is_partial(self) -> bool:
        """Whether more may turn out to be obliged than the denominator counts."""
        return self.unknown > 0 and self.source is not Source.NUMBER

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
            return Stage.UNKNOWN if self.is_partial else Stage.MET
        if self.standing >= self.obliged:
            return Stage.BUILT
        return Stage.BUILDING if self.standing or self.building else Stage.IDLE

    @property
    def denominator(self) -> str:
        """Where the denominator comes from, in words: “应设13处（2023年）”."""
        if self.is_exempt:
            return "不适用"
        if self.obliged is None:
            return "应设数待核定"
        year = f"（{self.hosts.year}年）" if self.hosts.year else ""
        rest = f"，另有{self.unknown_words}待核定" if self.is_partial else ""
        return f"应设{self.obliged}{self.hosts.unit_word}{year}{rest}"

    @property
    def unknown_words(self) -> str:
        """What is 待核定: “2个镇街”, “3所”, “2个镇街和3所”."""
        places = self.unknown - self.unknown_bodies
        said = [f"{places}个镇街" if places else ""]
        said += [f"{self.unknown_bodies}{self.hosts.unit_word}" if self.unknown_bodies else ""]
        return "和".join(each for each in said if each)

    @property
    def difference(self) -> str:
        """“方案13处，名录登记12处” where the number given is not the number of named bodies."""
        if self.named is None or self.printed in (None, self.named):
            return ""
        word = self.hosts.unit_word
        return f"方案{self.printed}{word}，名录登记{self.named}{word}"


def standing_of(books: Books, hosts: r.HostList, area: r.Unit | None, today: date) -> Coverage:
    """One area's standing with all that lies in it; of the whole plan where it is None."""
    found = _standings(books, hosts, today)
    known = found.get(area.code if area else None)
    if known is None:
        assert area is not None  # the whole plan always stands somewhere
        return _Survey(books, hosts, today).alone(area)
    return known


def standings_of(
    books: Books, hosts: r.HostList, areas: Sequence[r.Unit], today: date
) -> tuple[Coverage, ...]:
    """The standings of many areas of any level, in the order given; a province has thousands."""
    found = _standings(books, hosts, today)
    return tuple(found.get(each.code) or standing_of(books, hosts, each, today) for each in areas)


def _standings(books: Books, hosts: r.HostList, today: date) -> Mapping[str | None, Coverage]:
    def survey() -> dict[str | None, Coverage]:
        return _Survey(books, hosts, today).all()

    return books.once(("standings", hosts.code, today), survey, READS)


class _Survey:
    """Works out one list's standings, the lowest areas first."""

    def __init__(self, books: Books, hosts: r.HostList, today: date) -> None:
        self.books, self.hosts = books, hosts
        self.tally = tallies.tally_of(books, hosts, today)
        self.owed = obligations.obligations_of(books, hosts)

    def all(self) -> dict[str | None, Coverage]:
        """Every area's standing by its code, and the whole plan's by None."""
        found: dict[str | None, Coverage] = {}
        for area in reversed(areas.areas_of(self.books)):  # wider kinds come first
            lower = [found[each.code] for each in areas.beneath(self.books, area)]
            found[area.code] = self._over(area, lower) if lower else self.alone(area)
        found[None] = self._whole(found)
        return found

    def alone(self, place: r.Unit) -> Coverage:
        """One place by itself."""
        return self._of(place, self.owed.of(place.code), self._count(place.code))

    def _count(self, place: str | None) -> Count:
        return self.tally.by_town.get(place, Count())

    def _of(self, unit: r.Unit | None, owed: Obligation, count: Count) -> Coverage:
        number, bodies = owed.number or 0, owed.bodies
        made = self._made(unit, count, owed.number, owed.is_exempt)
        if bodies is None:
            return replace(
                made,
                filled=min(count.met, number),
                standing=min(count.met + count.below, number),
                unknown=int(owed.number is None and not owed.is_exempt),
                printed=owed.printed,
            )
        return replace(
            made,
            filled=len(bodies & self.tally.met_bodies),
            standing=len(bodies & self.tally.built_bodies),
            unknown=owed.doubtful,
            unknown_bodies=owed.doubtful,
            named=len(bodies),
            printed=owed.printed,
            source=Source.NAMED,
        )

    def _over(self, area: r.Unit, lower: Sequence[Coverage]) -> Coverage:
        """A wider area: the number given for it, unless bodies are named in it; else the sum."""
        own = self.owed.by_place.get(area.code)
        count = sum((_count_of(each) for each in lower), self._count(area.code))
        if own is not None and own.bodies is not None:
            lower = [*lower, self._of(None, own, Count())]
        elif own is not None and own.number is not None and _names_none(lower):
            return self._given(area, count, own.number, lower)
        summed = self._sum(area, count, lower, own.printed if own else None)
        if own is None or own.number is not None or own.is_exempt or summed.obliged:
            return summed
        unknown = len(areas.towns_under(self.books, area))
        return replace(summed, is_exempt=False, obliged=None, unknown=unknown)

    def _whole(self, found: dict[str | None, Coverage]) -> Coverage:
        roots = [found[each.code] for each in areas.roots(self.books)]
        total, count = self.hosts.total, self.tally.whole
        if total is not None and not self.owed.is_named:
            return self._given(None, count, total, roots)
        beside = {place: owed for place, owed in self.owed.by_place.items() if place not in found}
        spare = self._spare(roots)
        others = [self._of(None, owed, spare) for owed in beside.values()]
        return self._sum(None, count, [*roots, *others], total)

    def _spare(self, roots: Sequence[Coverage]) -> Count:
        """The stations that fill no area's share: they are those of bodies that are no area."""
        met = self.tally.whole.met - sum(each.filled for each in roots)
        standing = sum(each.standing for each in roots)
        return Count(met, self.tally.whole.met + self.tally.whole.below - standing - met)

    def _given(
        self, unit: r.Unit | None, count: Count, number: int, lower: Sequence[Coverage]
    ) -> Coverage:
        """What a number given obliges to, filled place by place where they add up to it."""
        is_spread = sum(each.obliged or 0 for each in lower) == number
        return replace(
            self._made(unit, count, number, is_exempt=False),
            filled=sum(each.filled for each in lower) if is_spread else min(count.met, number),
            standing=sum(each.standing for each in lower)
            if is_spread
            else min(count.met + count.below, number),
            unknown=sum(each.unknown for each in lower),
            printed=number,
        )

    def _sum(
        self, unit: r.Unit | None, count: Count, parts: Sequence[Coverage], printed: int | None
    ) -> Coverage:
        known = [each.obliged for each in parts if each.obliged is not None]
        named = [each.named for each in parts if each.named is not None]
        given = [each.printed for each in parts if not each.is_exempt]
        if printed is None and None not in given:
            printed = sum(each or 0 for each in given) or None
        is_exempt = bool(parts) and all(each.is_exempt for each in parts)
        return replace(
            self._made(unit, count, sum(known) if known else None, is_exempt),
            filled=sum(each.filled for each in parts),
            standing=sum(each.standing for each in parts),
            unknown=sum(each.unknown for each in parts),
            unknown_bodies=sum(each.unknown_bodies for each in parts),
            named=sum(named) if named else None,
            printed=printed,
            source=Source.NAMED if named else Source.SUM,
        )

    def _made(
        self, unit: r.Unit | None, count: Count, obliged: int | None, is_exempt: bool
    ) -> Coverage:
        """A standing of which it is not yet said what is filled."""
        counted = (count.met, count.below, count.building, count.planned)
        is_recorded = bool(self.tally.number)
        return Coverage(self.hosts, unit, obliged, is_exempt, *counted, 0, 0, is_recorded)


def _count_of(each: Coverage) -> Count:
    return Count(each.met, each.below, each.building, each.planned)


def _names_none(found: Sequence[Coverage]) -> bool:
    return all(each.named is None for each in found)
