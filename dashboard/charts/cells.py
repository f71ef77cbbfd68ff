"""The sketch of a county: a cell around each town's point, cut to a hull around all of them.

No town boundary may be shipped, so none is imitated: a cell says which towns lie side by side
and no more. The same points give the same cells, in every run and on every list.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import shapely
from shapely import affinity
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.geometry.polygon import orient
from shapely.ops import polylabel

from dashboard.ledgers import records as r

Position = tuple[float, float]
Ring = tuple[Position, ...]

_MARGIN = 0.55
"""How far the hull reaches beyond the outermost points, in typical distances of neighbours."""
_HATCHES = 22
"""Hatching lines across the longer side of the sketch."""
_INSET = 0.004
"""How far hatching stays within its cell, as a share of the sketch's longer side."""


@dataclass(frozen=True)
class Cell:
    """One town's cell in degrees: its exterior ring, closed and clockwise, as d3-geo wants it.

    `label_at` lies well within the cell; `hatching` is what marks 待核定.
    """

    unit: r.Unit
    ring: Ring
    label_at: Position
    hatching: tuple[Ring, ...]


@dataclass(frozen=True)
class Sketch:
    """The cells in the order of the units, the units that no point places (未定位), the frame.

    `bounds` are west, south, east, north.
    """

    cells: tuple[Cell, ...]
    unplaced: tuple[r.Unit, ...]
    bounds: tuple[float, float, float, float]

    @property
    def sources(self) -> frozenset[str]:
        """Where the points come from, as the ledger of units says."""
        return frozenset(cell.unit.point_source or "" for cell in self.cells)


def sketch(units: Sequence[r.Unit]) -> Sketch:
    """Cells for the units that have a point of their own; the others are listed, never guessed."""
    return _sketch(tuple(units))


@lru_cache(maxsize=64)
def _sketch(units: tuple[r.Unit, ...]) -> Sketch:
    placed: dict[Position, r.Unit] = {}
    for unit in units:
        if unit.lon is not None and unit.lat is not None:
            placed.setdefault((unit.lon, unit.lat), unit)
    known = set(placed.values())
    unplaced = tuple(unit for unit in units if unit not in known)
    if not placed:
        return Sketch((), unplaced, (0.0, 0.0, 0.0, 0.0))
    # Degrees of longitude are shorter than those of latitude: measure on an evened plane.
    squeeze = math.cos(math.radians(sum(lat for _, lat in placed) / len(placed)))
    points = [Point(lon * squeeze, lat) for lon, lat in placed]
    shapes = _cells(points)
    cells = tuple(
        _cell(unit, shape, squeeze, _longer_side(shapes))
        for unit, shape in zip(placed.values(), shapes, strict=True)
    )
    west, south, east, north = shapely.union_all(shapes).bounds
    return Sketch(cells, unplaced, (west / squeeze, south, east / squeeze, north))


def _cells(points: Sequence[Point]) -> list[Polygon]:
    cloud = MultiPoint(points)
    hull = cloud.convex_hull.buffer(_MARGIN * _typical_distance(points))
    if len(points) == 1:
        return [hull]
    found = shapely.voronoi_polygons(cloud, extend_to=hull).geoms
    tree = shapely.STRtree(list(found))
    shapes = [found[int(tree.nearest(point))] for point in points]
    return [cast("Polygon", shape.intersection(hull)) for shape in shapes]


def _typical_distance(points: Sequence[Point]) -> float:
    """The median distance to the nearest neighbour, on the evened plane; 0.05° for one point."""
    if len(points) == 1:
        return 0.05
    nearest = [min(p.distance(q) for q in points if q is not p) for p in points]
    return sorted(nearest)[len(nearest) // 2]


def _longer_side(shapes: Sequence[Polygon]) -> float:
    west, south, east, north = shapely.union_all(shapes).bounds
    return max(east - west, north - south)


def _cell(unit: r.Unit, shape: Polygon, squeeze: float, side: float) -> Cell:
    def degrees(geometry: shapely.Geometry) -> shapely.Geometry:
        return affinity.scale(geometry, 1 / squeeze, 1, origin=(0, 0))

    # Where the largest circle fits a name has most room.
    label = polylabel(shape, tolerance=1e-4)
    lines = [_ring(degrees(line)) for line in _hatching(shape, side)]
    ring = _ring(degrees(orient(shape, sign=-1.0)))
    return Cell(unit, ring, _ring(degrees(label))[0], tuple(lines))


def _hatching(shape: Polygon, side: float) -> list[LineString]:
    """Slanting lines on one grid for the whole plane, so that neighbours' lines agree."""
    inner = shape.buffer(-_INSET * side)
    step = side / _HATCHES
    west, south, east, north = inner.bounds
    first, last = math.floor((west + south) / step), math.ceil((east + north) / step)
    lines = []
    for number in range(first, last + 1):
        total = number * step
        line = LineString([(west, total - west), (east, total - east)])
        cut = line.intersection(inner)
        if isinstance(cut, LineString) and not cut.is_empty:
            lines.append(cut)
    return lines


def _ring(geometry: shapely.Geometry) -> Ring:
    found = shapely.get_coordinates(geometry).round(6).tolist()
    return tuple((x, y) for x, y in found)
