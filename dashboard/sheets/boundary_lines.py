"""Areas made fit to keep: neighbours simplified together, in WGS-84 degrees, of six decimals."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import prcoords
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from dashboard.ledgers.terms import Datum
from dashboard.sheets.boundary_features import DEGREE_KM, polygons_of

_FINENESS = 200
"""A line keeps what is larger than this part of the areas' typical width: a pixel on a screen."""
_DECIMALS = 6
_TURNED = {Datum.GCJ02: prcoords.gcj_wgs_bored, Datum.BD09: prcoords.bd_wgs_bored}
Points = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Simplified:
    """Areas in the order given; `error_m` is how far a line moved at most, `dropped` counts
    islands and holes too small to be seen."""

    shapes: tuple[MultiPolygon, ...]
    error_m: float
    dropped: int


def simplified(shapes: Sequence[MultiPolygon]) -> Simplified:
    """Areas of one level with fewer points: a border of two neighbours stays one line."""
    squeeze = math.cos(math.radians(sum(each.centroid.y for each in shapes) / len(shapes)))
    flat = [_scaled(each, squeeze) for each in shapes]
    widths = sorted(math.sqrt(each.area) for each in flat)
    step = widths[len(widths) // 2] / _FINENESS
    kept = [_without_specks(each, step**2) for each in flat]
    thin = [polygons_of(each) for each in _thinned(kept, step)]
    moved = shapely.hausdorff_distance(np.array(kept), np.array(thin))
    return Simplified(
        shapes=tuple(_scaled(each, 1 / squeeze) for each in thin),
        error_m=float(np.max(moved)) * DEGREE_KM * 1000,
        dropped=sum(_rings(each) for each in flat) - sum(_rings(each) for each in kept),
    )


def _thinned(shapes: Sequence[MultiPolygon], step: float) -> Sequence[BaseGeometry]:
    found = shapely.coverage_simplify(np.array(shapes), step)
    valid = shapely.make_valid(found, method="structure", keep_collapsed=False)
    # What vanished, or was spoilt by an overlap of neighbours, is simplified by itself.
    return [
        new if new.area else old.simplify(step / 2)
        for old, new in zip(shapes, valid.tolist(), strict=True)
    ]


def _scaled(shape: BaseGeometry, factor: float) -> MultiPolygon:
    found = shapely.transform(shape, lambda points: points * np.array([factor, 1.0]))
    assert isinstance(found, MultiPolygon)
    return found


def _without_specks(shape: MultiPolygon, least: float) -> MultiPolygon:
    """Without parts and holes smaller than `least`; the largest part stays."""
    largest = max(each.area for each in shape.geoms)
    parts = [each for each in shape.geoms if each.area >= min(least, largest)]
    return MultiPolygon(
        [Polygon(p.exterior, [h for h in p.interiors if Polygon(h).area >= least]) for p in parts]
    )


def _rings(shape: MultiPolygon) -> int:
    return int(shapely.get_num_interior_rings(shapely.get_parts(shape)).sum()) + len(shape.geoms)


def in_wgs84(shapes: Mapping[str, MultiPolygon], datum: Datum) -> dict[str, MultiPolygon]:
    """The areas in WGS-84 degrees, rounded; points that neighbours share stay shared."""
    geometries = np.array(list(shapes.values()))
    turned = shapely.transform(geometries, lambda points: _turned(points, datum))
    return {code: _rounded(each) for code, each in zip(shapes, turned.tolist(), strict=True)}


def _turned(points: Points, datum: Datum) -> Points:
    if not datum.is_shifted:
        return points.round(_DECIMALS)
    convert = _TURNED[datum]
    single, where = np.unique(points, axis=0, return_inverse=True)
    found = np.array([convert((lat, lon), False) for lon, lat in single.tolist()])
    return found[where.reshape(-1)][:, ::-1].round(_DECIMALS)


def _rounded(shape: BaseGeometry) -> MultiPolygon:
    if isinstance(shape, MultiPolygon) and shape.is_valid:
        return shape
    return polygons_of(shapely.make_valid(shape, method="structure", keep_collapsed=False))
