"""Where the names of towns are written: in their cells, off the sites, off one another."""

import math
from collections.abc import Iterator, Sequence
from itertools import product

from shapely.geometry import Point, Polygon, box

from dashboard.charts.cells import Cell, Position

_LINE = 0.042
"""The height of a line of writing, as a share of the map's height; a sign is 0.8 of it wide."""
_SHIFTS = (0.0, 0.02, -0.02, 0.04, -0.04, 0.06, -0.06)
"""How far a name may move from the middle of its cell, east and north."""
_SPILL, _CLASH = 3.0, 12.0
"""What a name costs wholly outside its cell, or wholly on another; a covered site costs 1."""


def places(
    cells: Sequence[Cell], labels: Sequence[str], points: Sequence[Position], height: float
) -> Iterator[Position]:
    """A place for the middle of each two-line name, of all that are offered the one of least cost.

    `labels` are the second lines, `points` the sites, `height` is the map's, in degrees. Names
    are set in the order given, the middle of the cell is tried first: the same map always
    comes out the same.
    """
    taken: list[Polygon] = []
    for cell, label in zip(cells, labels, strict=True):
        signs = max(len(cell.unit.name), 0.7 * len(label))
        lon, lat = cell.label_at
        # Degrees of longitude are shorter, so that a name spans more of them.
        wide = 0.42 * signs * _LINE * height / math.cos(math.radians(lat))
        offered = [
            (lon + east * height, lat + north * height) for east, north in product(_SHIFTS, _SHIFTS)
        ]
        frames = [_frame(place, wide, _LINE * height) for place in offered]
        shape = Polygon(cell.ring)
        costs = [_cost(frame, shape, points, taken) for frame in frames]
        best = costs.index(min(costs))
        taken.append(frames[best])
        yield offered[best]


def _frame(place: Position, wide: float, tall: float) -> Polygon:
    return box(place[0] - wide, place[1] - tall, place[0] + wide, place[1] + tall)


def _cost(
    frame: Polygon, cell: Polygon, points: Sequence[Position], taken: Sequence[Polygon]
) -> float:
    near = frame.buffer(0.2 * (frame.bounds[3] - frame.bounds[1]) / 2)
    covered = sum(near.contains(Point(point)) for point in points)
    inside = frame.intersection(cell).area / frame.area
    clash = sum(frame.intersection(other).area for other in taken) / frame.area
    return covered + _SPILL * (1 - inside) + _CLASH * clash
