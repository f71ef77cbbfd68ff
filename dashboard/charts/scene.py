"""What the map of stations shows, before anything is drawn: each town's shade, label and sites.

Both ways of drawing read this, so that colours, order and words cannot differ between them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts.cells import Cell, Position, Sketch
from dashboard.charts.labels import places
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
    mine = [standing[cell.unit.code] for cell in sketch.cells]
    height = sketch.bounds[3] - sketch.bounds[1]
    labels = [label_of(each) for each in mine]
    where = places(sketch.cells, labels, points, height)
    return Scene(
        sketch=sketch,
        patches=tuple(
            Patch(cell, shade_of(each), label, _says(each), place)
            for cell, each, label, place in zip(sketch.cells, mine, labels, where, strict=True)
        ),
        sites=tuple(each for each in open_to_all if _place(each)),
        unlocated=tuple(each for each in open_to_all if not _place(each)),
        withheld=len(built) - len(open_to_all),
        chosen=chosen,
    )


def _place(each: Check) -> Position | None:
    lon, lat = each.station.lon, each.station.lat
    return None if lon is None or lat is None else (lon, lat)


def _says(coverage: Coverage) -> str:
    word = coverage.hosts.unit_word
    built = f"已建成{coverage.built}{word}，达标{coverage.met}{word}"
    name = coverage.unit.name if coverage.unit else coverage.hosts.title
    return f"{name}：{coverage.denominator}，{built}"
