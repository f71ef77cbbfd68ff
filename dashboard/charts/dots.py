"""Which stations the map shows as points, and how many of each town where points make no sense."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard import wording
from dashboard.charts.cells import Position
from dashboard.charts.symbols import Look, name_of
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import StationKind, StationState
from dashboard.rules.standards import Check, checks
from dashboard.rules.withheld import is_withheld

MOST_DOTS = 400
"""More points than this lie on one another; towns then say how many they have."""
MOST_OVER_AREAS = 60
"""So many at most where the cells are wider areas, which one looks into for more."""
SIZES, SMALL_SIZES = (18, 23, 29), (13, 17, 22)
"""The widths of the three sizes of sign, in pixels; the small ones where there are many."""
MANY = 60
STEPS = (100, 500)
"""From how many services this year on a sign is of the second and of the third size."""
SIZE_WORDS = ("本年服务不足100人次或未统计", "本年服务100—499人次", "本年服务500人次及以上")
_LOOKS = {StationState.BUILDING: Look.BUILDING, StationState.PLANNED: Look.PLANNED}


@dataclass(frozen=True)
class Dot:
    """A station as a point; `size` is 0, 1 or 2, `width` that in pixels."""

    code: str
    name: str
    at: Position
    kind: StationKind
    look: Look
    size: int
    width: int
    says: str

    @property
    def sign(self) -> str:
        return name_of(self.kind, self.look)


@dataclass(frozen=True)
class Dots:
    """The points; the stations without coordinates; how many each cell has where none is drawn.

    `withheld` counts places that are never drawn (特殊人群场所 and others held back).
    """

    shown: tuple[Dot, ...] = ()
    unlocated: tuple[r.Station, ...] = ()
    withheld: int = 0
    by_cell: Mapping[str, int] = field(default_factory=dict)
    is_summed: bool = False


def dots(
    books: Books,
    stations: Iterable[r.Station],
    today: date,
    *,
    within: Mapping[str, str],
    is_whole: bool = False,
    most: int = MOST_DOTS,
) -> Dots:
    """Points for the stations that stand, are under way or planned in the towns shown.

    `within` says of each town's code in which cell it lies; a map that `is_whole` shows stations
    of no town too. Where there are more than `most`
    (none may lie on tiles, which have no place on the earth), cells say how many are built.
    """
    mine = (each for each in stations if is_whole or each.town in within)
    current = [each for each in mine if each.state(today) is not StationState.ENDED]
    drawn = [each for each in current if not is_withheld(each)]
    withheld = len(current) - len(drawn)
    placed = [each for each in drawn if _place(each)]
    if len(placed) > most:
        built = (each for each in drawn if each.state(today) is StationState.BUILT)
        number = Counter(within[each.town or ""] for each in built if each.town in within)
        return Dots(withheld=withheld, by_cell=dict(number), is_summed=True)
    lost = tuple(each for each in drawn if not _place(each))
    sizes = SMALL_SIZES if len(placed) > MANY else SIZES
    found = (_dot(each, sizes) for each in checks(books, placed, today))
    # What is up to standard is drawn last and lies on top.
    shown = sorted(found, key=lambda dot: -list(Look).index(dot.look))
    return Dots(tuple(shown), lost, withheld)


def _place(station: r.Station) -> Position | None:
    lon, lat = station.lon, station.lat
    return None if lon is None or lat is None else (lon, lat)


def look_of(each: Check) -> Look:
    """How a station's sign is drawn."""
    if each.state is StationState.BUILT:
        return Look.MET if each.is_met else Look.BUILT
    return _LOOKS[each.state]


def _dot(each: Check, sizes: Sequence[int]) -> Dot:
    station = each.station
    place = _place(station)
    assert place is not None
    served = f"，本年服务{wording.at_least_five(station.served)}人次" if station.served else ""
    state = each.word if each.word != wording.BLANK else each.state.label
    says = f"{station.name}：{station.kind.label}，{state}{served}"
    size = sum((station.served or 0) >= step for step in STEPS)
    return Dot(
        code=station.code,
        name=station.name,
        at=place,
        kind=station.kind,
        look=look_of(each),
        size=size,
        width=sizes[size],
        says=says,
    )
