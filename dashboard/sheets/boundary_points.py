"""Whether what the books place lies within the boundaries loaded for it."""

import math
from collections.abc import Iterator, Mapping, Sequence

import shapely
from shapely.geometry import MultiPolygon, Point

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import UnitKind
from dashboard.rules.withheld import is_withheld
from dashboard.sheets.boundary_features import DEGREE_KM

_NEAR_KM = 0.1
"""A point so near to its area is not told: the line was simplified, the point rounded."""
_OVERLAP = 0.01
"""Neighbours may overlap by so much of the smaller one before it is told."""
_SHOWN = 8
Shapes = Mapping[str, MultiPolygon]


def units_outside(units: Sequence[r.Unit], shapes: Shapes) -> Iterator[str]:
    """The units whose own point lies outside their area, by how far."""
    placed = [(unit, unit.lon, unit.lat) for unit in units if unit.lon and unit.lat]
    far = [(unit, _km(shapes[unit.code], lon, lat)) for unit, lon, lat in placed if lon and lat]
    outside = [f"{unit.name}（{km:.1f}公里）" for unit, km in far if km > _NEAR_KM]
    if outside:
        told = wording.join_names(outside, _SHOWN, "个")
        yield f"{len(outside)}个单位的点位在本单位边界以外：{told}。"
    if len(placed) > 2 and len(outside) > len(placed) / 2:
        yield "多数单位的点位在界外，请核对坐标系是否选对。"


def stations_outside(books: Books, shapes: Shapes) -> Iterator[str]:
    """The stations that lie outside their town; a place that must not be found is only counted."""
    outside = [
        each
        for town, stations in books.by(r.Station, "town").items()
        if town in shapes
        for each in _outside(shapes[town], stations)
    ]
    if not outside:
        return
    open_ = [each for each in outside if not is_withheld(each)]
    names = (
        wording.join_names([each.name for each in open_], _SHOWN, "个") if open_ else "（不列名）"
    )
    yield f"{len(outside)}个站点的点位在所属镇街边界以外：{names}。"


def _outside(shape: MultiPolygon, stations: Sequence[r.Station]) -> Iterator[r.Station]:
    placed = [(each, each.lon, each.lat) for each in stations if each.lon and each.lat]
    if not placed:
        return
    shapely.prepare(shape)
    inside = shapely.intersects_xy(
        shape, [lon for _, lon, _ in placed], [lat for *_, lat in placed]
    )
    for (station, lon, lat), is_in in zip(placed, inside.tolist(), strict=True):
        if not is_in and lon and lat and _km(shape, lon, lat) > _NEAR_KM:
            yield station


def _km(shape: MultiPolygon, lon: float, lat: float) -> float:
    """How far a point is from an area, about; 0 within."""
    point = Point(lon, lat)
    if shape.intersects(point):
        return 0.0
    near = shapely.shortest_line(shape, point).coords
    (east, north), (lon_, lat_) = near[0], near[-1]
    return math.hypot((east - lon_) * math.cos(math.radians(lat)), north - lat_) * DEGREE_KM


def overlap_notes(units: Sequence[r.Unit], shapes: Shapes) -> Iterator[str]:
    """Neighbours of one level that lie over each other; a zone may lie within the towns."""
    flat = [unit for unit in units if unit.kind is not UnitKind.ZONE]
    if not flat:
        return
    given = [shapes[unit.code] for unit in flat]
    tree = shapely.STRtree(given)
    one, other = tree.query(given, predicate="intersects")
    found = [
        f"{flat[i].name}与{flat[j].name}"
        for i, j in zip(one.tolist(), other.tolist(), strict=True)
        if i < j and flat[i].kind is flat[j].kind and _share(given[i], given[j]) > _OVERLAP
    ]
    if found:
        yield f"相互重叠的边界{len(found)}处：{wording.join_names(found, _SHOWN, '处')}，请核对。"


def _share(one: MultiPolygon, other: MultiPolygon) -> float:
    return float(one.intersection(other).area / min(one.area, other.area))
