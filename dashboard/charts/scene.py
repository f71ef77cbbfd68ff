"""What the map of stations shows, before anything is drawn: each town's shade, label and sites.

Both ways of drawing read this, so that colours, order and words cannot differ between them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shapely.geometry import Point, Polygon

from dashboard.charts.cells import Cell, Position, Sketch
from dashboard.charts.look import TEXT
from dashboard.ledgers.terms import StationKind
from dashboard.rules.coverage import Coverage, Stage
from dashboard.rules.standards import Check


@dataclass(frozen=True)
class Shade:
    """A class of towns: its words, its fill, the colour of text on it."""

    label: str
    fill: str
    ink: str = TEXT
    is_hatched: bool = False


NONE = Shade("0%", "#E6EDF5")
SOME = Shade("1%—49%", "#B9CDE3")
MOST = Shade("50%—99%", "#84A5CA")
ALL = Shade("100%", "#2F5583", "#FFFFFF")
UNKNOWN = Shade("待核定", "#FFFFFF", is_hatched=True)
EXEMPT = Shade("不适用", "#FFFFFF")
SHADES = (ALL, MOST, SOME, NONE, UNKNOWN, EXEMPT)
"""One blue from dark to pale for the rate; red, yellow and green belong to the lights."""

_STAGE_WORDS = {Stage.BUILT: "待达标", Stage.BUILDING: "在建"}


def shade_of(coverage: Coverage) -> Shade:
    """The class of a town's rate (达标 ÷ 应设)."""
    if coverage.is_exempt:
        return EXEMPT
    if coverage.rate is None:
        return UNKNOWN
    if coverage.rate >= 1:
        return ALL
    if coverage.rate >= 0.5:
        return MOST
    return SOME if coverage.rate > 0 else NONE


def label_of(coverage: Coverage) -> str:
    """“1/1”, “0/1 在建”, “待核定”, “待核定 已建2”, “不适用”."""
    if coverage.obliged is None:
        built = f" 已建{coverage.built}" if coverage.built else ""
        return f"{shade_of(coverage).label}{built}"
    return f"{coverage.filled}/{coverage.obliged} {_STAGE_WORDS.get(coverage.stage, '')}".rstrip()


@dataclass(frozen=True)
class Patch:
    """One town as drawn; `says` is its standing in a sentence."""

    cell: Cell
    shade: Shade
    label: str
    says: str
    label_at: Position

    @property
    def code(self) -> str:
        return self.cell.unit.code

    @property
    def title(self) -> str:
        """The two lines written on the cell."""
        return f"{self.cell.unit.name}\n{self.label}"


@dataclass(frozen=True)
class Scene:
    """The map of one host list: patches in the office's order, the sites of built stations.

    `unlocated` are built stations without coordinates, `withheld` counts built places for
    special groups: they are never drawn as points. `chosen` is a town's code.
    """

    sketch: Sketch
    patches: tuple[Patch, ...]
    sites: tuple[Check, ...]
    unlocated: tuple[Check, ...]
    withheld: int
    chosen: str | None

    @property
    def number(self) -> Mapping[Shade, int]:
        """How many towns each class holds."""
        return Counter(patch.shade for patch in self.patches)


def scene(
    sketch: Sketch, coverages: Sequence[Coverage], built: Sequence[Check], chosen: str | None
) -> Scene:
    """The map of a host list from its towns' standings and its built stations' checks."""
    standing = {each.unit.code: each for each in coverages if each.unit}
    open_to_all = [each for each in built if each.station.kind is not StationKind.SPECIAL]
    points = [place for each in open_to_all if (place := _place(each))]
    _, south, _, north = sketch.bounds
    return Scene(
        sketch=sketch,
        patches=tuple(
            _patch(cell, standing[cell.unit.code], _beside(cell, points, north - south))
            for cell in sketch.cells
        ),
        sites=tuple(each for each in open_to_all if _place(each)),
        unlocated=tuple(each for each in open_to_all if not _place(each)),
        withheld=len(built) - len(open_to_all),
        chosen=chosen,
    )


def _place(each: Check) -> Position | None:
    lon, lat = each.station.lon, each.station.lat
    return None if lon is None or lat is None else (lon, lat)


def _patch(cell: Cell, coverage: Coverage, label_at: Position) -> Patch:
    word = coverage.hosts.unit_word
    built = f"已建成{coverage.built}{word}，达标{coverage.met}{word}"
    says = f"{cell.unit.name}：{coverage.denominator}，{built}"
    return Patch(cell, shade_of(coverage), label_of(coverage), says, label_at)


_HALF = (0.09, 0.05)
_SHIFTS = ((0, 0), (0, 0.045), (0, -0.045), (0.03, 0.03), (-0.03, -0.03), (0, 0.08), (0, -0.08))
"""Half a label's width and height, and where else it may stand, as shares of the map's height."""


def _beside(cell: Cell, points: Sequence[Position], height: float) -> Position:
    """Where a label covers the fewest sites; in the middle where it covers none."""
    lon, lat = cell.label_at
    offered = [(lon + x * height, lat + y * height) for x, y in _SHIFTS]
    shape = Polygon(cell.ring)
    inside = [place for place in offered if shape.contains(Point(place))]

    def covered(place: Position) -> int:
        return sum(
            abs(x - place[0]) < _HALF[0] * height and abs(y - place[1]) < _HALF[1] * height
            for x, y in points
        )

    return min(inside, key=covered)
