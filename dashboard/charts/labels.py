"""Where the names of towns are written: in their cells, off the points, never on one another."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon

from dashboard.charts.cells import Bounds, Cell, Position

SIZE = 14
LINE = 18
"""The type and the line of a name, in pixels."""
_STEP, _REACH = 6, 7
"""A name is tried in steps around the middle of its cell, so many each way."""
_SPILL, _CLASH, _COVER = 6.0, 60.0, 2.0
"""What a name costs wholly outside its cell, wholly on another, for each point it covers."""
_OUTSIDE, _TOUCH = 0.35, 0.02
"""A name of which more lies outside its cell, or on another, is not written."""

Frames = npt.NDArray[np.float64]
"""Boxes, one a row: left, top, right, bottom, in pixels."""


@dataclass(frozen=True)
class Canvas:
    """The map as it is at first seen: degrees to pixels, as web maps project them."""

    scale: float
    west: float
    top: float

    @classmethod
    def over(cls, bounds: Bounds, width: float, height: float) -> "Canvas":
        """The largest at which the ground fits a picture."""
        west, south, east, north = bounds
        top = mercator(north)
        wide, tall = max((east - west) / 360, 1e-9), max(top - mercator(south), 1e-9)
        return cls(min(width / wide, height / tall), west, top)

    def pixel(self, at: Position) -> Position:
        lon, lat = at
        return (lon - self.west) / 360 * self.scale, (self.top - mercator(lat)) * self.scale

    def place(self, pixel: Position) -> Position:
        x, y = pixel
        share = self.top - y / self.scale
        return self.west + x / self.scale * 360, math.degrees(
            math.atan(math.sinh(2 * math.pi * share))
        )


def mercator(lat: float) -> float:
    """Latitude as a share of the world's height, as web maps count it."""
    return math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)


def places(
    cells: Sequence[Cell],
    titles: Sequence[str],
    points: Sequence[tuple[Position, float]],
    canvas: Canvas,
) -> Iterator[Position | None]:
    """A place for the middle of each name, of all that are tried the one of least cost.

    `titles` may have several lines, `points` are those of stations with their widths in pixels.
    A name that finds no room gets None. Names are set in the order given, the middle of the cell
    is tried first: the same map always comes out the same.
    """
    taken = np.empty((0, 4))
    spots = np.array([(*canvas.pixel(at), width / 2) for at, width in points]).reshape(-1, 3)
    for cell, title in zip(cells, titles, strict=True):
        shape = Polygon([canvas.pixel(at) for at in cell.ring])
        wide, tall = size_of(title)
        west, north, east, south = shape.bounds
        if east - west < _OUTSIDE * wide or south - north < _OUTSIDE * tall:
            yield None
            continue
        middle = np.array(canvas.pixel(cell.label_at))
        frames = _frames(middle + _SHIFTS, wide, tall)
        outside = 1 - shapely.area(shapely.intersection(_boxes(frames), shape)) / (wide * tall)
        clash = _overlap(frames, taken).sum(axis=1) / (wide * tall)
        cost = _SPILL * outside + _CLASH * clash + _COVER * _covered(frames, spots)
        cost = cost.round(6)  # so that no rounding error moves a name from the middle
        cost[(outside > _OUTSIDE) | (clash > _TOUCH)] = math.inf
        best = int(cost.argmin())
        if math.isinf(cost[best]):
            yield None
            continue
        taken = np.vstack([taken, frames[best]])
        x, y = (middle + _SHIFTS[best]).tolist()
        yield canvas.place((x, y))


def size_of(title: str) -> tuple[float, float]:
    """How wide and how tall a name is written, in pixels."""
    lines = title.split("\n")
    signs = max(sum(1.0 if ord(sign) > 255 else 0.6 for sign in line) for line in lines)
    return signs * SIZE, len(lines) * LINE


def _shifts() -> Frames:
    steps = [number * _STEP for number in range(-_REACH, _REACH + 1)]
    near = sorted(product(steps, steps), key=lambda at: (math.hypot(*at), at))
    return np.array(near, dtype=float)


_SHIFTS = _shifts()


def _frames(middles: Frames, wide: float, tall: float) -> Frames:
    half = np.array([wide / 2, tall / 2])
    return np.hstack([middles - half, middles + half])


def _boxes(frames: Frames) -> npt.NDArray[np.object_]:
    left, top, right, bottom = frames.T
    return np.array(shapely.box(left, top, right, bottom), dtype=object)


def _overlap(frames: Frames, others: Frames) -> Frames:
    """The common area of each frame with each other one."""
    low = np.maximum(frames[:, None, :2], others[None, :, :2])
    high = np.minimum(frames[:, None, 2:], others[None, :, 2:])
    sides = np.clip(high - low, 0, None)
    found: Frames = sides[..., 0] * sides[..., 1]
    return found


def _covered(frames: Frames, spots: Frames) -> Frames:
    """How many points each frame covers, in part or whole."""
    middle, half = spots[:, :2], spots[:, 2:]
    shares = _overlap(frames, np.hstack([middle - half, middle + half])) / (2 * half[:, 0]) ** 2
    found: Frames = shares.sum(axis=1)
    return found
