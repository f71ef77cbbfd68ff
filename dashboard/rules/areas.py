"""The levels of a plan's ground: cities, counties, zones and towns, joined by `Unit.parent`."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import UnitKind

EVERY_TOWN = "各镇街"
_RANK = {UnitKind.CITY: 0, UnitKind.COUNTY: 1, UnitKind.ZONE: 2, UnitKind.TOWN: 3}
"""An area lies in one of a wider kind only, so that no two can lie in each other."""
READS = (r.Unit, r.Membership)


@dataclass(frozen=True)
class _Ground:
    """All areas in the office's order; `upper` names what each lies in, `lower` what lies in it."""

    areas: Mapping[str, r.Unit]
    widest_first: tuple[r.Unit, ...]
    upper: Mapping[str, str]
    lower: Mapping[str, tuple[r.Unit, ...]]
    top: tuple[r.Unit, ...]


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
    return books.once("places", lambda: _places(books), READS)


def _places(books: Books) -> tuple[r.Unit, ...]:
    towns = towns_of(books)
    known = {town.code for town in towns}
    zones = sorted(books.by(r.Unit, "kind")[UnitKind.ZONE], key=lambda unit: unit.seq)
    return (*towns, *(zone for zone in zones if zone.code not in known))


def areas_of(books: Books) -> tuple[r.Unit, ...]:
    """Every area of the plan, each after what it lies in: cities, counties, zones, towns."""
    return _ground(books).widest_first


def top_areas(books: Books) -> tuple[r.Unit, ...]:
    """What the first map shows: the areas in no other; a lone one gives those in it."""
    return _ground(books).top


def roots(books: Books) -> tuple[r.Unit, ...]:
    """The areas that lie in no other, a lone one too."""
    ground = _ground(books)
    return tuple(unit for unit in ground.areas.values() if unit.code not in ground.upper)


def beneath(books: Books, area: r.Unit) -> tuple[r.Unit, ...]:
    """The areas that lie directly in one, in the office's order."""
    return _ground(books).lower.get(area.code, ())


def towns_under(books: Books, area: r.Unit | None) -> tuple[r.Unit, ...]:
    """The lowest areas in one, or of the whole plan, in the office's order."""
    if area is None:
        ground = _ground(books)
        return tuple(unit for code, unit in ground.areas.items() if code not in ground.lower)
    mine = beneath(books, area)
    return tuple(town for each in mine for town in towns_under(books, each)) if mine else (area,)


def path_to(books: Books, area: r.Unit) -> tuple[r.Unit, ...]:
    """The way down to an area, from one of the top to itself; itself alone above the top."""
    ground = _ground(books)
    tops = {unit.code for unit in ground.top}
    path = [area]
    while path[0].code not in tops and path[0].code in ground.upper:
        path.insert(0, ground.areas[ground.upper[path[0].code]])
    return tuple(path) if path[0].code in tops else (area,)


def has_levels(books: Books) -> bool:
    """Whether any area shown first can be looked into."""
    lower = _ground(books).lower
    return any(unit.code in lower for unit in top_areas(books))


def _ground(books: Books) -> _Ground:
    return books.once("ground", lambda: _survey(books), READS)


def _survey(books: Books) -> _Ground:
    kinds = books.by(r.Unit, "kind")
    wide = [
        unit
        for kind in (UnitKind.CITY, UnitKind.COUNTY)
        for unit in sorted(kinds[kind], key=lambda unit: unit.seq)
    ]
    areas = {unit.code: unit for unit in (*wide, *_places(books))}
    upper = {unit.code: into for unit in areas.values() if (into := _within(areas, unit))}
    lower: dict[str, list[r.Unit]] = {}
    for code, into in upper.items():
        lower.setdefault(into, []).append(areas[code])
    held = {code: tuple(units) for code, units in lower.items()}
    top = tuple(unit for unit in areas.values() if unit.code not in upper)
    while len(top) == 1 and top[0].code in held:
        top = held[top[0].code]
    widest_first = tuple(sorted(areas.values(), key=_rank))
    return _Ground(areas, widest_first, upper, held, top)


def _within(areas: Mapping[str, r.Unit], unit: r.Unit) -> str | None:
    upper = areas.get(unit.parent or "")
    is_wider = upper is not None and _rank(upper) < _rank(unit)
    return upper.code if upper and is_wider else None


def _rank(unit: r.Unit) -> int:
    return _RANK.get(unit.kind, len(_RANK))
