"""The ground a map is drawn on: cells around points, a grid of tiles, or loaded boundaries.

No town boundary may be shipped, so none is imitated: a cell says which towns lie side by side
and no more. The same points give the same cells, in every run and in whatever order they come.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, cast

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from dashboard.ledgers import records as r

Position = tuple[float, float]
Ring = tuple[Position, ...]
Part = tuple[Ring, ...]
"""A polygon: its outer ring clockwise, then its holes the other way, each closed."""
Bounds = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

_MARGIN = 0.55
"""How far the hull reaches beyond the outermost points, in typical distances of neighbours."""
_LONE = 0.05
"""The typical distance where there is one point alone, in degrees."""
_HATCHES = 22
"""Hatching lines across the longer side of the sketch."""
_INSET = 0.004
"""How far hatching stays within its cell, as a share of the sketch's longer side."""
_SPOT = 0.22
"""The radius of a spot among loaded boundaries, as a share of their typical width."""
_TILE, _GAP = 0.1, 0.004
"""A tile's step and the gap between two, in degrees on the equator, where both ways are alike."""
_NO_SHAPES: Mapping[str, BaseGeometry] = MappingProxyType({})


class Form(StrEnum):
    """What a sketch is made of: cells and tiles are 示意图, AREAS are loaded boundaries."""

    CELLS = "cells"
    TILES = "tiles"
    AREAS = "areas"


@dataclass(frozen=True)
class Cell:
    """One unit's ground in degrees. `parts` are the coordinates of a GeoJSON MultiPolygon.

    `ring` is the outer ring of the largest part, closed and clockwise as d3-geo wants it;
    `label_at` lies well within that part; `hatching` is what marks 待核定. `is_spot` marks the
    round spot of a unit that the loaded boundaries lack.
    """

    unit: r.Unit
    ring: Ring
    label_at: Position
    hatching: tuple[Ring, ...]
    parts: tuple[Part, ...]
    is_spot: bool = False


@dataclass(frozen=True)
class Sketch:
    """The cells in the order of the units, the units that nothing places (未定位), the frame.

    Spots come after all other cells: drawn in this order they lie on top. Tiles have no place on
    the earth, so that nothing with coordinates may be drawn on them.
    """

    cells: tuple[Cell, ...]
    unplaced: tuple[r.Unit, ...]
    bounds: Bounds
    form: Form = Form.CELLS

    @property
    def sources(self) -> frozenset[str]:
        """Where the points come from, as the ledger of units says."""
        return frozenset(cell.unit.point_source or "" for cell in self.cells)

    @property
    def spots(self) -> tuple[r.Unit, ...]:
        """The units that the loaded boundaries lack, drawn as a spot at their point."""
        return tuple(cell.unit for cell in self.cells if cell.is_spot)


def sketch(units: Sequence[r.Unit], shapes: Mapping[str, BaseGeometry] = _NO_SHAPES) -> Sketch:
    """The units as the boundaries loaded for them (`shapes` by unit code, in WGS-84 degrees), or
    as cells where there is none for any.

    A unit without a point is listed and never guessed at; of several at one point the first by
    code is drawn. Beside loaded boundaries a unit without one becomes a spot at its point.
    """
    mine = {unit.code: shapes[unit.code] for unit in units if unit.code in shapes}
    return _areas(units, mine) if mine else _sketch(tuple(units))


def tiles(units: Sequence[r.Unit]) -> Sketch:
    """A square for each unit, in the order given, row by row from the upper left."""
    return _tiles(tuple(units))


@lru_cache(maxsize=64)
def _sketch(units: tuple[r.Unit, ...]) -> Sketch:
    placed: dict[Position, r.Unit] = {}
    for unit in sorted(units, key=lambda each: each.code):
        if unit.lon is not None and unit.lat is not None:
            placed.setdefault((unit.lon, unit.lat), unit)
    if not placed:
        return Sketch((), units, (0.0, 0.0, 0.0, 0.0))
    known = {unit.code: at for at, unit in placed.items()}
    # In the order of the places, so that the order of the list decides nothing.
    points = sorted(known.values())
    plane = _Plane.over([lat for _, lat in points])
    shapes = dict(zip(points, _cells([plane.flat(Point(at)) for at in points]), strict=True))
    frame = _frame(list(shapes.values()))
    hatch = _Hatching.over(frame)
    drawn = [unit for unit in units if unit.code in known]
    cells = tuple(plane.cell(unit, shapes[known[unit.code]], hatch) for unit in drawn)
    unplaced = tuple(unit for unit in units if unit.code not in known)
    return Sketch(cells, unplaced, plane.bounds(frame))


def _cells(points: Sequence[Point]) -> list[Polygon]:
    """Voronoi cells, cut to a rounded hull: convex, and each holds its point."""
    cloud = MultiPoint(points)
    hull = cloud.convex_hull.buffer(_MARGIN * _typical_distance(points))
    if len(points) == 1:
        return [hull]
    found = shapely.voronoi_polygons(cloud, extend_to=hull).geoms
    tree = shapely.STRtree(list(found))
    return [cast("Polygon", found[int(tree.nearest(point))].intersection(hull)) for point in points]


def _typical_distance(points: Sequence[Point]) -> float:
    """The median distance to the nearest neighbour, on the evened plane."""
    if len(points) == 1:
        return _LONE
    found = shapely.STRtree(points).query_nearest(points, exclusive=True, return_distance=True)
    (here, _), apart = cast("tuple[Any, Any]", found)
    nearest: dict[int, float] = dict(zip(here.tolist(), apart.tolist(), strict=True))
    return sorted(nearest.values())[len(nearest) // 2]


def _areas(units: Sequence[r.Unit], shapes: Mapping[str, BaseGeometry]) -> Sketch:
    plane = _Plane.over([shape.centroid.y for shape in shapes.values()])
    flat = {code: plane.flat(shape) for code, shape in shapes.items()}
    widths = sorted(math.sqrt(shape.area) for shape in flat.values())
    radius = _SPOT * widths[len(widths) // 2]
    for unit in units:
        if unit.code not in shapes and unit.lon is not None and unit.lat is not None:
            flat[unit.code] = plane.flat(Point(unit.lon, unit.lat)).buffer(radius)
    frame = _frame(list(flat.values()))
    hatch = _Hatching.over(frame)
    drawn = sorted(
        (unit for unit in units if unit.code in flat), key=lambda u: u.code not in shapes
    )
    cells = (plane.cell(unit, flat[unit.code], hatch) for unit in drawn)
    marked = tuple(replace(cell, is_spot=cell.unit.code not in shapes) for cell in cells)
    unplaced = tuple(unit for unit in units if unit.code not in flat)
    return Sketch(marked, unplaced, plane.bounds(frame), Form.AREAS)


@lru_cache(maxsize=64)
def _tiles(units: tuple[r.Unit, ...]) -> Sketch:
    if not units:
        return Sketch((), (), (0.0, 0.0, 0.0, 0.0), Form.TILES)
    columns = math.ceil(math.sqrt(len(units)))
    rows = math.ceil(len(units) / columns)
    # Around the equator, so that a map projection leaves the squares square.
    top, left = rows * _TILE / 2, -columns * _TILE / 2
    squares = []
    for number in range(len(units)):
        row, column = divmod(number, columns)
        west, north = left + column * _TILE, top - row * _TILE
        squares.append(
            shapely.box(west + _GAP, north - _TILE + _GAP, west + _TILE - _GAP, north - _GAP)
        )
    frame = _frame(squares)
    plane, hatch = _Plane(), _Hatching.over(frame)
    cells = (plane.cell(unit, shape, hatch) for unit, shape in zip(units, squares, strict=True))
    return Sketch(tuple(cells), (), frame, Form.TILES)


def _frame(shapes: Sequence[BaseGeometry]) -> Bounds:
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return west, south, east, north


@dataclass(frozen=True)
class _Hatching:
    """Slanting lines on one grid for the whole plane, so that neighbours' lines agree."""

    lines: MultiLineString
    inset: float

    @classmethod
    def over(cls, frame: Bounds) -> "_Hatching":
        west, south, east, north = frame
        side = max(east - west, north - south)
        step = side / _HATCHES
        first, last = math.floor((west + south) / step), math.ceil((east + north) / step)
        totals = [number * step for number in range(first, last + 1)]
        lines = [LineString([(west, all_ - west), (east, all_ - east)]) for all_ in totals]
        return cls(MultiLineString(lines), _INSET * side)

    def within(self, shape: BaseGeometry) -> Iterator[LineString]:
        cut = self.lines.intersection(shape.buffer(-self.inset))
        for line in shapely.get_parts(cut):
            if isinstance(line, LineString) and not line.is_empty:
                yield line


@dataclass(frozen=True)
class _Plane:
    """An evened plane: degrees of longitude are shorter than those of latitude."""

    squeeze: float = field(default=1.0)

    @classmethod
    def over(cls, latitudes: Sequence[float]) -> "_Plane":
        return cls(math.cos(math.radians(math.fsum(sorted(latitudes)) / len(latitudes))))

    def flat(self, shape: Any) -> Any:
        return affinity.scale(shape, self.squeeze, 1, origin=(0, 0))

    def bounds(self, frame: Bounds) -> Bounds:
        west, south, east, north = frame
        return west / self.squeeze, south, east / self.squeeze, north

    def cell(self, unit: r.Unit, shape: BaseGeometry, hatch: _Hatching) -> Cell:
        """A cell from its shape on this plane, largest part first."""
        found = sorted(_polygons(shape), key=lambda each: -each.area)
        parts = tuple(part for each in found if (part := self._part(each)))
        # Where the largest circle fits a name has most room.
        middle = shapely.maximum_inscribed_circle(found[0]).coords[0]
        lines = tuple(self._ring(line) for line in hatch.within(shape))
        return Cell(unit, parts[0][0], self._ring(Point(middle))[0], lines, parts)

    def _part(self, shape: Polygon) -> Part:
        turned = shapely.orient_polygons(shape, exterior_cw=True)
        outer, *holes = (self._ring(ring) for ring in (turned.exterior, *turned.interiors))
        # What is too small for six decimals is no part and no hole.
        return (outer, *filter(_is_wide, holes)) if _is_wide(outer) else ()

    def _ring(self, line: BaseGeometry) -> Ring:
        found = shapely.get_coordinates(line) / np.array([self.squeeze, 1.0])
        return tuple((x, y) for x, y in found.round(6).tolist())


def _is_wide(ring: Ring) -> bool:
    return len(set(ring)) > 2


def _polygons(shape: BaseGeometry) -> Sequence[Polygon]:
    """The polygons of a shape, without what has no area."""
    if isinstance(shape, Polygon):
        return (shape,)
    parts = shape.geoms if isinstance(shape, MultiPolygon) else shapely.get_parts(shape)
    return tuple(each for each in parts if isinstance(each, Polygon) and not each.is_empty)
