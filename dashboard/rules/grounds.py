"""The ground of every area for which boundaries were loaded, an upper one's from those in it."""

import math
from collections import defaultdict
from collections.abc import Mapping

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import UnitKind
from dashboard.rules.areas import areas_of, beneath

EAST, NORTH = (73.0, 136.0), (3.0, 54.0)
"""Between which degrees China lies; no number of one range is in the other."""
_CRACK = 0.001
"""Holes smaller than this share of an area are cracks between its parts, and are filled."""
_FINENESS = 200
"""A line keeps what is larger than this part of the areas' typical width."""


def grounds(books: Books, shapes: Mapping[str, BaseGeometry]) -> Mapping[str, BaseGeometry]:
    """`shapes` by unit code, with those of upper areas that have none but whose parts all do.

    A zone may lie within the towns: it need not have an area of its own.
    """
    found = dict(shapes)
    made: dict[UnitKind, list[str]] = defaultdict(list)
    for area in reversed(areas_of(books)):
        parts = [each for each in beneath(books, area) if each.kind is not UnitKind.ZONE]
        if area.code not in found and parts and all(each.code in found for each in parts):
            found[area.code] = _joined([found[each.code] for each in parts])
            made[area.kind].append(area.code)
    for codes in made.values():
        found.update(zip(codes, _coarser([found[code] for code in codes]), strict=True))
    return found


def _coarser(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """The areas of one level without the bends that only their parts need."""
    width = math.sqrt(sorted(shape.area for shape in shapes)[len(shapes) // 2])
    thin: list[BaseGeometry] = shapely.coverage_simplify(shapes, width / _FINENESS).tolist()
    return [
        new if new.is_valid and new.area else old for new, old in zip(thin, shapes, strict=True)
    ]


def _joined(shapes: list[BaseGeometry]) -> BaseGeometry:
    whole = shapely.union_all(shapes)
    parts = [each for each in shapely.get_parts(whole) if isinstance(each, Polygon)]
    least = _CRACK * whole.area
    return MultiPolygon(
        [Polygon(p.exterior, [h for h in p.interiors if Polygon(h).area > least]) for p in parts]
    )


def credit(held: r.BoundarySet) -> str:
    """What is printed beside loaded boundaries: source, 审图号, and that they settle nothing."""
    number = f"审图号：{held.review_no}" if held.review_no else "无审图号，限内部工作使用"
    return f"边界资料来源：{held.source}；{number}。界线经简化，不作划界依据。"
