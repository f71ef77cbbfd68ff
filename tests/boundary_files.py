"""GeoJSON files as an office gives them: every town's area with a border that bends."""

import json
import math
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from typing import Any

from dashboard.charts.cells import Position, Ring, sketch
from dashboard.ledgers import records as r
from dashboard.rules.areas import places_of
from tests.rules.stations_given import books

Feature = dict[str, Any]
UNITS = places_of(books())
"""嘉祥's towns and its zone."""
CODES = {unit.name: unit.code for unit in UNITS}


def feature(unit: r.Unit, ring: Iterable[Position], **properties: object) -> Feature:
    """A unit's area, named as mapping offices do."""
    named = {"XZQDM": f"{unit.official_code}000", "XZQMC": unit.name, "XJ": "嘉祥县"}
    return {
        "type": "Feature",
        "properties": {**named, **properties},
        "geometry": {"type": "Polygon", "coordinates": [[list(at) for at in ring]]},
    }


@cache
def _rings(steps: int) -> tuple[Ring, ...]:
    return tuple(tuple(_bent(cell.ring, steps)) for cell in sketch(UNITS).cells)


def features(steps: int = 8, turn: Callable[[Position], Position] | None = None) -> list[Feature]:
    """All of 嘉祥's towns; neighbours share every point of their border."""
    pairs = zip(UNITS, _rings(steps), strict=True)
    return [feature(unit, map(turn, ring) if turn else ring) for unit, ring in pairs]


def _bent(ring: Ring, steps: int) -> Iterable[Position]:
    for start, end in pairwise(ring):
        # Both neighbours walk a border from the same end, to come to the same points.
        low, high = min(start, end), max(start, end)
        line = [
            tuple(a + (b - a) * step / steps for a, b in zip(low, high, strict=True))
            for step in range(steps + 1)
        ]
        for x, y in line[:-1] if low == start else line[:0:-1]:
            yield _shifted(x, y)
    yield _shifted(*ring[0])


def _shifted(x: float, y: float) -> Position:
    east = 0.002 * math.sin(120 * y) + 0.0003 * math.sin(1500 * x)
    north = 0.002 * math.sin(130 * x) + 0.0003 * math.sin(1400 * y)
    return round(x + east, 7), round(y + north, 7)


def collection(found: Iterable[Feature], **more: object) -> bytes:
    """A file of these features."""
    whole = {"type": "FeatureCollection", "features": list(found), **more}
    return json.dumps(whole, ensure_ascii=False).encode()
