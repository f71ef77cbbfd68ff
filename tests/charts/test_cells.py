"""The sketch of a county: cells that do not overlap, towns that nobody places by guess."""

from dataclasses import replace
from itertools import combinations

import pytest
from shapely.geometry import LineString, Point, Polygon

from dashboard.charts.cells import Sketch, sketch
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import UnitKind
from dashboard.rules.coverage import places_of
from tests.rules.stations_given import books

UNITS = places_of(books())


def shapes(found: Sketch) -> list[Polygon]:
    return [Polygon(cell.ring) for cell in found.cells]


def unit(code: str, lon: float | None, lat: float | None) -> r.Unit:
    return r.Unit(code=code, name=code, kind=UnitKind.TOWN, seq=1, lon=lon, lat=lat)


def test_every_town_with_a_point_has_one_cell_in_the_office_s_order() -> None:
    assert tuple(cell.unit for cell in sketch(UNITS).cells) == UNITS
    assert len(UNITS) == 14


def test_each_cell_holds_its_own_point_and_its_label() -> None:
    for cell, shape in zip(sketch(UNITS).cells, shapes(sketch(UNITS)), strict=True):
        assert cell.unit.lon is not None
        assert cell.unit.lat is not None
        assert shape.contains(Point(cell.unit.lon, cell.unit.lat)), cell.unit.name
        assert shape.contains(Point(cell.label_at)), cell.unit.name


def test_cells_do_not_overlap_and_leave_no_hole() -> None:
    found = shapes(sketch(UNITS))
    whole = sum(shape.area for shape in found)
    for one, other in combinations(found, 2):
        assert one.intersection(other).area < 1e-6 * whole
    west, south, east, north = sketch(UNITS).bounds
    joined = found[0].union(found[0])
    for shape in found[1:]:
        joined = joined.union(shape.buffer(1e-6))
    assert joined.geom_type == "Polygon"
    assert joined.bounds == pytest.approx((west, south, east, north), abs=1e-5)


def test_no_cell_is_a_sliver() -> None:
    found = shapes(sketch(UNITS))
    largest = max(shape.area for shape in found)
    for cell, shape in zip(sketch(UNITS).cells, found, strict=True):
        roundness = 12.57 * shape.area / shape.length**2
        assert roundness > 0.45, cell.unit.name
        assert shape.area > largest / 8, cell.unit.name


def test_rings_are_closed_and_run_clockwise() -> None:
    for cell in sketch(UNITS).cells:
        assert cell.ring[0] == cell.ring[-1]
        assert not Polygon(cell.ring).exterior.is_ccw


def test_the_same_towns_give_the_same_cells_whatever_the_run() -> None:
    again = tuple(replace(each) for each in UNITS)
    assert sketch(again) == sketch(UNITS)
    renamed = tuple(replace(each, note="核对") for each in UNITS)
    assert [cell.ring for cell in sketch(renamed).cells] == [c.ring for c in sketch(UNITS).cells]


def test_hatching_stays_within_its_cell() -> None:
    for cell, shape in zip(sketch(UNITS).cells, shapes(sketch(UNITS)), strict=True):
        assert len(cell.hatching) >= 3, cell.unit.name
        assert all(shape.buffer(1e-6).contains(LineString(line)) for line in cell.hatching)


def test_a_town_without_a_point_is_listed_and_not_placed() -> None:
    bare = unit("马集镇", None, None)
    found = sketch((*UNITS, bare))
    assert found.unplaced == (bare,)
    assert [cell.ring for cell in found.cells] == [cell.ring for cell in sketch(UNITS).cells]


def test_two_towns_at_one_point_cannot_both_be_placed() -> None:
    found = sketch((unit("a", 116.0, 35.0), unit("b", 116.0, 35.0), unit("c", 116.1, 35.0)))
    assert [cell.unit.code for cell in found.cells] == ["a", "c"]
    assert [each.code for each in found.unplaced] == ["b"]


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_a_place_with_few_towns_is_drawn_too(number: int) -> None:
    found = sketch(tuple(unit(str(n), 116 + n / 10, 35.0) for n in range(number)))
    assert len(found.cells) == number
    for cell in found.cells:
        assert Polygon(cell.ring).contains(Point(cell.unit.lon or 0.0, cell.unit.lat or 0.0))


def test_the_sketch_knows_where_its_points_come_from() -> None:
    assert any("GeoNames" in source for source in sketch(UNITS).sources)
