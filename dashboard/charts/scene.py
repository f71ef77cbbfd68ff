"""What the map of stations shows, before anything is drawn: towns, their names, points.

Both ways of drawing read this, so that colours, order and words cannot differ between them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import shapely
from shapely.geometry import Polygon

from dashboard.charts.cells import Cell, Form, Part, Position, Ring, Sketch
from dashboard.charts.dots import Dots
from dashboard.charts.labels import Canvas, places
from dashboard.charts.shades import Shade, Standing

HEIGHT = 430
WIDTH = 500
PHONE_WIDTH = 340
"""The picture's size in pixels where a name must find room: the narrowest screen it fills."""


@dataclass(frozen=True)
class Patch:
    """One town as drawn; its name has no place (`label_at` None) where there is no room for it."""

    cell: Cell
    standing: Standing
    title: str
    label_at: Position | None

    @property
    def code(self) -> str:
        return self.cell.unit.code

    @property
    def shade(self) -> Shade:
        return self.standing.shade

    @property
    def says(self) -> str:
        return self.standing.says


@dataclass(frozen=True)
class Spot:
    """One of the places that may be picked by a click; `code` is its name in a selection."""

    code: str
    west: float
    south: float
    east: float
    north: float

    @property
    def middle(self) -> Position:
        return (self.west + self.east) / 2, (self.south + self.north) / 2


@dataclass(frozen=True)
class Scene:
    """The map of one host list: patches in the order of the sketch, points of stations.

    `chosen` is a town's code; `mark` is where a ring lies, around a chosen station or the place
    picked for a new one. `spots` are there while such a place is being picked.
    """

    sketch: Sketch
    patches: tuple[Patch, ...]
    dots: Dots
    chosen: str | None = None
    mark: Position | None = None
    width: int = WIDTH
    height: int = HEIGHT
    spots: tuple[Spot, ...] = field(default=())

    @property
    def number(self) -> Mapping[Shade, int]:
        """How many towns each class holds."""
        return Counter(patch.shade for patch in self.patches)

    @property
    def unnamed(self) -> tuple[Patch, ...]:
        """The towns whose names found no room."""
        return tuple(patch for patch in self.patches if patch.label_at is None)


def scene(
    sketch: Sketch,
    standings: Sequence[Standing],
    found: Dots,
    chosen: str | None = None,
    *,
    station: str | None = None,
    size: tuple[int, int] = (WIDTH, HEIGHT),
) -> Scene:
    """The map from its ground, its towns' standings and its stations' points.

    `size` is the least one at which it will be seen, in pixels.
    """
    by_code = {each.unit.code: each for each in standings}
    mine = [by_code[cell.unit.code] for cell in sketch.cells]
    titles = [_title(each, found) for each in mine]
    points = [(dot.at, float(dot.width)) for dot in found.shown]
    canvas = Canvas.over(sketch.bounds, *size)
    where = places(sketch.cells, titles, points, canvas)
    patches = tuple(map(Patch, sketch.cells, mine, titles, where))
    mark = next((dot.at for dot in found.shown if dot.code == station), None)
    return Scene(sketch, patches, found, chosen, mark, *size)


def _title(standing: Standing, found: Dots) -> str:
    """The lines on a cell: its name, how it stands, its stations where none is drawn."""
    number = found.by_cell.get(standing.unit.code, 0)
    more = [f"已建{number}处"] if number > 1 else []
    return "\n".join([standing.unit.name, standing.label, *more])


def picking(shown: Scene, picked: Position | None = None, rows: int = 40) -> Scene:
    """The same map under a grid of places within its cells, one of which may be picked.

    Tiles have no places on the earth.
    """
    if shown.sketch.form is Form.TILES or not shown.patches:
        return shown
    west, south, east, north = shown.sketch.bounds
    across, up = (east - west) / rows, (north - south) / rows
    every = (
        Spot(
            f"{row}-{column}",
            west=west + column * across,
            south=south + row * up,
            east=west + (column + 1) * across,
            north=south + (row + 1) * up,
        )
        for row in range(rows)
        for column in range(rows)
    )
    parts = [Polygon(*_rings(part)) for patch in shown.patches for part in patch.cell.parts]
    ground = shapely.union_all(parts)
    shapely.prepare(ground)
    spots = tuple(spot for spot in every if shapely.intersects_xy(ground, *spot.middle))
    return replace(shown, spots=spots, mark=picked)


def _rings(part: Part) -> tuple[Ring, Sequence[Ring]]:
    outer, *holes = part
    return outer, holes
