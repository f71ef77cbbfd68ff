"""A GeoJSON file of boundaries → its features: areas in degrees east and north, mended or refused.

GeoJSON as RFC 7946 has it; an older file's `crs` is read and believed. Nothing is converted here.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from dashboard.rules.grounds import EAST, NORTH

MOST_MB = 20
_IN_DEGREES = ("4326", "4490", "CRS84")
NAME_KEYS = ("name", "名称", "xzqmc", "镇名", "乡镇", "行政区名称", "fullname")
"""What mapping offices call the property that holds a name."""
_CONVERT = "请在地图软件中另存为GeoJSON（坐标为经纬度）后再载入"
DEGREE_KM = 111.2
"""How long a degree of latitude is."""


@dataclass(frozen=True)
class Feature:
    """One feature of a file: its area, or the `fault` for which it cannot be drawn.

    One that crossed itself `is_mended`; one that gave latitude first `is_turned`. `name` is what
    the file seems to call it, for messages.
    """

    number: int
    name: str
    properties: Mapping[str, Any]
    shape: MultiPolygon | None = None
    fault: str | None = None
    is_mended: bool = False
    is_turned: bool = False

    @property
    def label(self) -> str:
        """“第3个要素（纸坊镇）”."""
        return f"第{self.number}个要素（{self.name}）" if self.name else f"第{self.number}个要素"


class UnreadableError(Exception):
    """The file as a whole cannot be read; the message says why and gives the cure."""


def read_features(content: bytes) -> tuple[Feature, ...]:
    """Every feature of a file. Raises UnreadableError."""
    whole = _json(content)
    _refuse_other_crs(whole)
    given = _features(whole)
    if not given:
        raise UnreadableError("文件中没有要素")
    return tuple(_feature(number, each) for number, each in enumerate(given, 1))


def _json(content: bytes) -> Mapping[str, Any]:
    if len(content) > MOST_MB * 1024 * 1024:
        raise UnreadableError(f"文件超过{MOST_MB}MB，请先在地图软件中简化，或按县分开载入")
    if content[:2] == b"PK" or content[:4] == b"\x00\x00\x27\x0a":
        raise UnreadableError(f"这是压缩包或Shapefile，不是GeoJSON，{_CONVERT}")
    if content.lstrip()[:1] == b"<":
        raise UnreadableError(f"这是KML或网页，不是GeoJSON，{_CONVERT}")
    try:
        found = json.loads(_text(content))
    except (ValueError, RecursionError):
        raise UnreadableError(f"不是完整的GeoJSON文件，{_CONVERT}") from None
    if not isinstance(found, dict):
        raise UnreadableError(f"不是GeoJSON文件，{_CONVERT}")
    return found


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _refuse_other_crs(whole: Mapping[str, Any]) -> None:
    """Coordinates must be degrees; what a file of the older form declares is believed."""
    crs = whole.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if name and not name.endswith(_IN_DEGREES):
        code = re.split(r"[:/]", name)[-1][:20]
        raise UnreadableError(f"文件声明的坐标系（{code}）不是国家2000或WGS-84经纬度，{_CONVERT}")


def _features(whole: Mapping[str, Any]) -> Sequence[Any]:
    kind = whole.get("type")
    if kind == "Feature":
        return [whole]
    if kind == "Topology":
        raise UnreadableError(f"这是TopoJSON，不是GeoJSON，{_CONVERT}")
    found = whole.get("features")
    if kind != "FeatureCollection" or not isinstance(found, list):
        raise UnreadableError(f"文件中没有要素集（FeatureCollection），{_CONVERT}")
    return found


def _feature(number: int, given: Any) -> Feature:
    given = given if isinstance(given, dict) else {}
    properties = given.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    made = Feature(number, _name(properties), properties)
    try:
        rings = tuple(_polygons(given.get("geometry")))
        drawn = MultiPolygon([_polygon(each) for each in rings])
        shape = _mended(drawn)
    except _BadShapeError as error:
        return replace(made, fault=str(error))
    is_turned = rings[0][0][0][0] < EAST[0]
    return replace(made, shape=shape, is_mended=shape is not drawn, is_turned=is_turned)


def _name(properties: Mapping[str, Any]) -> str:
    """What a feature is called, as far as one can see before it is joined to a unit."""
    texts = {str(key).lower(): value for key, value in properties.items() if _is_word(value)}
    named = (texts[key] for key in NAME_KEYS if key in texts)
    return str(next(named, next(iter(texts.values()), ""))).strip()[:30]


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and any("一" <= sign <= "鿿" for sign in value)


class _BadShapeError(Exception):
    """One feature cannot be drawn; the message says why."""


_KINDS = {"Point": "点", "MultiPoint": "点", "LineString": "线", "MultiLineString": "线"}


def _polygons(geometry: Any) -> Iterator[Any]:
    """The coordinates of each polygon of a geometry."""
    if not isinstance(geometry, dict):
        raise _BadShapeError("没有图形")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        for each in geometry.get("geometries") or ():
            yield from _polygons(each)
    elif kind == "Polygon":
        yield coordinates
    elif kind == "MultiPolygon" and isinstance(coordinates, list):
        yield from coordinates
    else:
        raise _BadShapeError(f"图形是{_KINDS.get(str(kind), '其他类型')}，不是面")


def _polygon(coordinates: Any) -> Polygon:
    """A polygon in degrees east and north. What gives latitude first is turned round."""
    if not isinstance(coordinates, list) or not coordinates:
        raise _BadShapeError("图形是空的")
    outer, *holes = (_ring(each) for each in coordinates)
    return Polygon(outer, holes)


def _ring(given: Any) -> np.ndarray[Any, Any]:
    try:
        found = np.array([(each[0], each[1]) for each in given], dtype=float)
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        raise _BadShapeError("坐标不完整，或不是数字") from None
    if len(found) < 3 or not np.isfinite(found).all():
        raise _BadShapeError("坐标不足三个，围不成面" if len(found) < 3 else "坐标不是数字")
    if _is_in(found, EAST, NORTH):
        return found
    if _is_in(found, NORTH, EAST):
        return found[:, ::-1]
    raise _BadShapeError(_where(found))


def _is_in(points: np.ndarray[Any, Any], first: Sequence[float], second: Sequence[float]) -> bool:
    low, high = points.min(axis=0), points.max(axis=0)
    inside = (first[0] <= low[0], high[0] <= first[1], second[0] <= low[1], high[1] <= second[1])
    return all(inside)


def _where(points: np.ndarray[Any, Any]) -> str:
    if np.abs(points).max() > 360:
        return "坐标像是以米计的平面坐标，不是经纬度，请先转换为经纬度"
    lon, lat = points[0]
    return f"坐标不在中国境内（经度{lon:.2f}，纬度{lat:.2f}）"


def _mended(shape: MultiPolygon) -> MultiPolygon:
    """The area itself where it is valid, else what it encloses. Raises _BadShapeError."""
    valid = shape
    if not shape.is_valid:
        valid = polygons_of(shapely.make_valid(shape, method="structure", keep_collapsed=False))
    if valid.area == 0:
        raise _BadShapeError("图形没有面积")
    return valid


def polygons_of(shape: shapely.Geometry) -> MultiPolygon:
    """The areas among the parts of a geometry."""
    parts = shapely.get_parts(shapely.get_parts(np.array([shape])))
    return MultiPolygon([each for each in parts if isinstance(each, Polygon) and each.area])
