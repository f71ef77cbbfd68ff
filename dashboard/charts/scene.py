"""What the map of stations shows, before anything is drawn: each town's shade, label and sites.

Both ways of drawing read this, so that colours, order and words cannot differ between them.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shapely.geometry import Point, Polygon, box

from dashboard.charts.cells import Cell, Position, Sketch
from dashboard.ledgers.terms import StationKind
from dashboard.rules.coverage import Coverage, Stage
from dashboard.rules.standards import Check


@dataclass(frozen=True)
class Shade:
    """A class of towns: its words, its fill (pale enough for dark text), whether it is hatched."""

    label: str
    fill: str
    is_hatched: bool = False


NONE = Shade("0%", "#EDF2F8")
SOME = Shade("1%—49%", "#CEDDED")
MOST = Shade("50%—99%", "#A6C1DE")
ALL = Shade("100%", "#779FCB")
UNKNOWN = Shade("待核定", "#FFFFFF", is_hatched=True)
UNRECORDED = Shade("未登记", "#F4F5F7")
EXEMPT = Shade("不适用", "#FFFFFF")
SHADES = (ALL, MOST, SOME, NONE, UNRECORDED, UNKNOWN, EXEMPT)
"""One blue from deep to pale for the rate; red, yellow and green belong to the lights."""

_APART = {Stage.EXEMPT: EXEMPT, Stage.UNKNOWN: UNKNOWN, Stage.UNRECORDED: UNRECORDED}
_STAGE_WORDS = {Stage.BUILT: "待达标", Stage.BUILDING: "在建"}


def shade_of(coverage: Coverage) -> Shade:
    """The class of a town's rate (达标 ÷ 应设)."""
    apart = _APART.get(coverage.stage)
    if apart is not None:
        return apart
    rate = coverage.rate or 0.0
    if 0 < rate < 1:
        return MOST if rate >= 0.5 else SOME
    return ALL if rate >= 1 else NONE


def label_of(coverage: Coverage) -> str:
    """“1/1”, “0/1 在建”, “待核定”, “未登记”, “不适用”; “已建2” where nobody knows of how many."""
    if coverage.stage in _APART:
        return f"已建{coverage.built}" if coverage.built else shade_of(coverage).label
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
    return Scene(
        sketch=sketch,
        patches=tuple(
            _patch(cell, standing[cell.unit.code], points, sketch.bounds) for cell in sketch.cells
        ),
        sites=tuple(each for each in open_to_all if _place(each)),
        unlocated=tuple(each for each in open_to_all if not _place(each)),
        withheld=len(built) - len(open_to_all),
        chosen=chosen,
    )


def _place(each: Check) -> Position | None:
    lon, lat = each.station.lon, each.station.lat
    return None if lon is None or lat is None else (lon, lat)


def _patch(
    cell: Cell, coverage: Coverage, points: Sequence[Position], bounds: Sequence[float]
) -> Patch:
    word = coverage.hosts.unit_word
    built = f"已建成{coverage.built}{word}，达标{coverage.met}{word}"
    says = f"{cell.unit.name}：{coverage.denominator}，{built}"
    label = label_of(coverage)
    return Patch(cell, shade_of(coverage), label, says, _beside(cell, label, points, bounds))


_LINE = 0.042
_SHIFTS = (0.0, 0.02, -0.02, 0.04, -0.04, 0.06, -0.06)
"""A line's height, and how far a label may move, as shares of the map's height."""
_SPILL = 5.0
"""How many covered sites weigh as much as a label that lies wholly outside its cell."""


def _beside(
    cell: Cell, label: str, points: Sequence[Position], bounds: Sequence[float]
) -> Position:
    """Where a label covers the fewest sites and keeps to its cell; in the middle if it may."""
    lon, lat = cell.label_at
    shape = Polygon(cell.ring)
    height = bounds[3] - bounds[1]
    signs = max(len(cell.unit.name), 0.6 * len(label))
    # Degrees of longitude are shorter, so that a label spans more of them.
    wide, tall = 0.42 * signs * _LINE * height / math.cos(math.radians(lat)), _LINE * height

    def cost(place: Position) -> float:
        area = box(place[0] - wide, place[1] - tall, place[0] + wide, place[1] + tall)
        near = area.buffer(0.012 * height)
        covered = sum(near.contains(Point(point)) for point in points)
        return covered + _SPILL * (1 - area.intersection(shape).area / area.area)

    return min(((lon + x * height, lat + y * height) for x in _SHIFTS for y in _SHIFTS), key=cost)
