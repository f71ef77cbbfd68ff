"""The sketch of a county: cells that do not overlap, towns that nobody places by guess."""

import math
from dataclasses import replace
from itertools import combinations

import pytest
import shapely
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as some
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, Polygon, box

from dashboard.charts.cells import Form, Position, Sketch, sketch, tiles
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


# Any points

LON = some.integers(0, 400).map(lambda steps: round(100 + steps / 100, 2))
LAT = some.integers(0, 400).map(lambda steps: round(30 + steps / 100, 2))
PLACES = some.lists(some.tuples(LON, LAT), min_size=1, max_size=40, unique=True)


def at(places: list[Position]) -> tuple[r.Unit, ...]:
    return tuple(unit(f"u{number:02d}", *place) for number, place in enumerate(places))


def evened(place: Position, found: Sketch) -> Position:
    """A place on a plane where both ways are alike: slivers and nearness are measured there."""
    _, south, _, north = found.bounds
    return place[0] * math.cos(math.radians((south + north) / 2)), place[1]


@effort(max_examples=40, deadline=None)
@given(PLACES)
def test_cells_of_any_points_cover_their_hull_and_do_not_overlap(places: list[Position]) -> None:
    found = sketch(at(places))
    cells = shapes(found)
    whole = shapely.union_all(cells)
    assert whole.buffer(1e-5).covers(MultiPoint(places).convex_hull)
    assert sum(cell.area for cell in cells) == pytest.approx(whole.area, rel=1e-4)
    assert whole.buffer(1e-5).geom_type == "Polygon"
    assert not whole.buffer(1e-5).interiors


@effort(max_examples=40, deadline=None)
@given(PLACES)
def test_each_cell_of_any_points_holds_its_point_and_room_around_it(places: list[Position]) -> None:
    found = sketch(at(places))
    plane = [Point(evened(place, found)) for place in places]
    apart = [min((p.distance(q) for q in plane if q is not p), default=0.05) for p in plane]
    margin = 0.55 * sorted(apart)[len(apart) // 2]
    for cell, place, nearest in zip(found.cells, plane, apart, strict=True):
        shape = Polygon([evened(corner, found) for corner in cell.ring])
        room = 0.9 * min(nearest / 2, margin)
        assert shape.contains(place)
        # Half the way to the nearest neighbour is free all around: no sliver.
        assert shape.exterior.distance(place) > room
        assert shape.contains(Point(evened(cell.label_at, found)))
        assert shape.convex_hull.area == pytest.approx(shape.area, rel=1e-3)


@effort(max_examples=30, deadline=None)
@given(PLACES, some.randoms(use_true_random=False))
def test_any_order_of_the_list_gives_the_same_cells(places: list[Position], chance: object) -> None:
    units = at(places)
    mixed = list(units)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    found, other = sketch(units), sketch(tuple(mixed))
    assert {cell.unit.code: cell for cell in other.cells} == {c.unit.code: c for c in found.cells}
    assert [cell.unit for cell in other.cells] == mixed
    assert other.bounds == found.bounds


def test_of_two_towns_at_one_point_the_first_by_code_is_drawn_in_any_order() -> None:
    pair = (unit("b", 116.0, 35.0), unit("a", 116.0, 35.0))
    for given_ in (pair, pair[::-1]):
        found = sketch(given_)
        assert [cell.unit.code for cell in found.cells] == ["a"]
        assert [each.code for each in found.unplaced] == ["b"]


# Tiles


def test_tiles_stand_in_the_office_s_order_row_by_row() -> None:
    found = tiles(UNITS)
    assert found.form is Form.TILES
    assert tuple(cell.unit for cell in found.cells) == UNITS
    assert found.unplaced == ()
    places = [cell.label_at for cell in found.cells]
    assert places == sorted(places, key=lambda place: (-place[1], place[0]))
    assert len({lat for _, lat in places}) == 4


@pytest.mark.parametrize("number", [0, 1, 2, 5, 17])
def test_tiles_are_squares_of_one_size_that_do_not_touch(number: int) -> None:
    found = tiles(tuple(unit(str(n), None, None) for n in range(number)))
    squares = shapes(found)
    assert len(squares) == number
    for square in squares:
        west, south, east, north = square.bounds
        assert east - west == pytest.approx(north - south)
        assert square.area == pytest.approx(squares[0].area)
    assert all(one.disjoint(other) for one, other in combinations(squares, 2))


# Loaded boundaries


def area(cell_number: int) -> tuple[str, Polygon]:
    cell = sketch(UNITS).cells[cell_number]
    return cell.unit.code, Polygon(cell.ring)


def test_loaded_boundaries_are_drawn_as_they_are() -> None:
    loaded = dict(area(number) for number in range(len(UNITS)))
    found = sketch(UNITS, loaded)
    assert found.form is Form.AREAS
    assert tuple(cell.unit for cell in found.cells) == UNITS
    for cell, shape in zip(found.cells, shapes(found), strict=True):
        assert shape.symmetric_difference(loaded[cell.unit.code]).area < 1e-7
        assert shape.contains(Point(cell.label_at))


def test_islands_and_holes_are_parts_with_rings_that_run_their_ways() -> None:
    code = UNITS[0].code
    lake = box(116.4, 35.4, 116.6, 35.6)
    land = Polygon(box(116, 35, 117, 36).exterior, [lake.exterior])
    (cell, *_) = sketch(UNITS[:1], {code: MultiPolygon([box(118, 35, 118.2, 35.2), land])}).cells
    assert [len(part) for part in cell.parts] == [2, 1]
    assert cell.ring == cell.parts[0][0]
    assert not Polygon(cell.parts[0][0]).exterior.is_ccw
    assert Polygon(cell.parts[0][1]).exterior.is_ccw
    drawn = MultiPolygon([Polygon(part[0], part[1:]) for part in cell.parts])
    assert drawn.area == pytest.approx(land.area + 0.04)
    assert drawn.contains(Point(cell.label_at))
    assert all(drawn.buffer(1e-6).contains(LineString(line)) for line in cell.hatching)


def test_beside_boundaries_a_unit_without_one_is_a_spot_at_its_point_on_top() -> None:
    loaded = dict(area(number) for number in range(1, len(UNITS)))
    bare = unit("马集镇", None, None)
    found = sketch((*UNITS, bare), loaded)
    assert found.spots == (UNITS[0],)
    assert found.cells[-1].unit is UNITS[0]
    assert found.unplaced == (bare,)
    spot = Polygon(found.cells[-1].ring)
    assert spot.contains(Point(UNITS[0].lon or 0.0, UNITS[0].lat or 0.0))
    assert spot.area < min(shape.area for shape in loaded.values())


def test_boundaries_of_other_units_leave_the_cells_as_they_are() -> None:
    assert sketch(UNITS, {"another": box(0, 0, 1, 1)}) == sketch(UNITS)


def test_the_sketch_knows_where_its_points_come_from() -> None:
    assert any("GeoNames" in source for source in sketch(UNITS).sources)
