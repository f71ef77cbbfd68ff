"""Files of boundaries: what is read, mended, converted and joined, and what is refused by name."""

import json
from typing import Any

import prcoords
import pytest
import shapely
from shapely.geometry import MultiPolygon

from dashboard.charts.cells import Position
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Datum, MatchedBy, StationKind, UnitKind
from dashboard.sheets.boundary_features import MOST_MB
from dashboard.sheets.boundary_file import BoundaryFile, read_boundaries
from tests.boundary_files import CODES, UNITS, Feature, collection, feature, features
from tests.rules.stations_given import books, station

METRE = 1 / 111_000
SQUARE = [(116.0, 35.0), (116.1, 35.0), (116.1, 35.1), (116.0, 35.1), (116.0, 35.0)]


def read(content: bytes, datum: Datum = Datum.WGS84, *rows: r.Record) -> BoundaryFile:
    found, problems = read_boundaries(content, datum, books(*rows))
    assert problems == ()
    assert found is not None
    return found


def problems_of(content: bytes) -> str:
    found, problems = read_boundaries(content, Datum.WGS84, books())
    assert found is None
    return "".join(problems)


def notes_of(found: list[Feature], *rows: r.Record) -> str:
    return "".join(read(collection(found), Datum.WGS84, *rows).notes)


def ring_of(each: Feature) -> list[Any]:
    ring = each["geometry"]["coordinates"][0]
    assert isinstance(ring, list)
    return ring


# What comes in


def test_every_town_is_joined_by_its_statistical_code_however_long() -> None:
    found = read(collection(features()))
    assert [area.unit for area in found.areas] == list(UNITS)
    assert {area.matched_by for area in found.areas} == {MatchedBy.CODE}
    assert (found.missing, found.strangers, found.notes) == ((), (), ())


def test_neighbours_keep_one_border_when_their_lines_are_simplified() -> None:
    found = read(collection(features(steps=60)))
    shapes = [area.shape for area in found.areas]
    assert shapely.coverage_is_valid(shapes)
    whole = [shapely.from_geojson(json.dumps(each["geometry"])) for each in features(steps=60)]
    before = sum(shapely.get_num_coordinates(whole))
    assert sum(shapely.get_num_coordinates(shapes)) < before / 3
    for old, new in zip(whole, shapes, strict=True):
        assert old.hausdorff_distance(new) < (found.tolerance_m + 5) * METRE
    assert 0 < found.tolerance_m < 60


@pytest.mark.parametrize(
    ("datum", "turn"), [(Datum.GCJ02, prcoords.wgs_gcj), (Datum.BD09, prcoords.wgs_bd)]
)
def test_the_datum_of_an_internet_map_is_converted(datum: Datum, turn: Any) -> None:
    def turned(place: Position) -> Position:
        lat, lon = turn((place[1], place[0]))
        return lon, lat

    true = read(collection(features())).shapes
    back = read(collection(features(turn=turned)), datum).shapes
    wrong = read(collection(features(turn=turned)), Datum.WGS84).shapes
    for code, shape in true.items():
        assert shape.centroid.distance(back[code].centroid) < 5 * METRE
        assert shape.centroid.distance(wrong[code].centroid) > 300 * METRE


def test_cgcs2000_stays_as_it_is() -> None:
    content = collection(features())
    assert read(content, Datum.CGCS2000).shapes == read(content).shapes


def test_a_name_or_an_alias_joins_where_there_is_no_code() -> None:
    found = features()
    for each in found:
        each["properties"] = {"名称": each["properties"]["XZQMC"]}
    found[0]["properties"]["名称"] += "办事处"
    found[-1]["properties"]["名称"] = "嘉祥经济开发区管委会"
    areas = read(collection(found)).areas
    assert [area.unit for area in areas] == list(UNITS)
    assert {area.matched_by for area in areas} == {MatchedBy.NAME}


def test_a_code_outdoes_a_name_that_says_otherwise_and_it_is_told() -> None:
    found = features()
    found[2]["properties"]["XZQMC"] = "仲山镇"
    areas = read(collection(found)).areas
    assert areas[2].unit.name == "万张街道"
    assert "第3个要素（仲山镇）的统计代码是万张街道的，名称却是仲山镇" in notes_of(found)


def test_a_file_in_which_only_the_zone_is_found_is_taken() -> None:
    zone = next(unit for unit in UNITS if unit.kind is UnitKind.ZONE)
    only = [each for each in features() if each["properties"]["XZQMC"] == zone.name]
    assert [area.unit for area in read(collection(only)).areas] == [zone]


def test_what_is_joined_to_nothing_is_listed_both_ways() -> None:
    found = features()
    found[3]["properties"] = {"XZQDM": "370811005", "XZQMC": "别处镇"}
    held = read(collection(found))
    assert held.strangers == ("第4个要素（别处镇）",)
    assert [unit.name for unit in held.missing] == [UNITS[3].name]


def test_towns_of_one_name_are_told_apart_by_the_county_beside_it() -> None:
    counties = [
        r.Unit(code=f"c{n}", name=name, kind=UnitKind.COUNTY, seq=n)
        for n, name in enumerate(("甲县", "乙县"))
    ]
    towns = [
        r.Unit(code=f"t{n}", name="城关镇", kind=UnitKind.TOWN, seq=n, parent=f"c{n}")
        for n in range(2)
    ]
    given = [
        feature(town, SQUARE, XZQDM="", XJ=upper)
        for town, upper in zip(towns, ("甲县", "乙县"), strict=True)
    ]
    plain = [feature(towns[0], SQUARE, XZQDM="", XJ="")]
    rows = (
        *counties,
        *towns,
        *(r.Membership(code=f"m{n}", collective="u-gzj", member=f"t{n}", seq=n) for n in range(2)),
    )
    read_books = books(*rows, without=(r.Membership,))
    found, _ = read_boundaries(collection(given), Datum.WGS84, read_books)
    assert found is not None
    assert sorted(area.unit.code for area in found.areas) == ["t0", "t1"]
    none, problems = read_boundaries(collection(plain), Datum.WGS84, read_books)
    assert none is None
    assert "没有一个能与镇街对应" in problems[0]


def test_scattered_lands_and_holes_are_kept() -> None:
    hole = [(116.04, 35.04), (116.06, 35.04), (116.06, 35.06), (116.04, 35.06), (116.04, 35.04)]
    island = [(x + 0.2, y) for x, y in SQUARE]
    shape = feature(UNITS[0], SQUARE)
    shape["geometry"] = {"type": "MultiPolygon", "coordinates": [[SQUARE, hole], [island]]}
    more = feature(UNITS[0], [(x, y + 0.2) for x, y in SQUARE])
    (area,) = read(collection([shape, more])).areas
    assert len(area.shape.geoms) == 3
    assert sum(len(part.interiors) for part in area.shape.geoms) == 1
    assert area.shape.area == pytest.approx(0.03 - 0.0004)
    assert "有1个单位由几个要素合成" in notes_of([shape, more])


# What is mended


def test_an_area_that_crosses_itself_is_mended_and_named() -> None:
    found = features()
    ring = ring_of(found[1])
    ring[4], ring[9] = ring[9], ring[4]
    held = read(collection(found))
    assert all(area.shape.is_valid for area in held.areas)
    told = "".join(held.notes)
    assert f"已修复的要素1个，请在图上核对：第2个要素（{UNITS[1].name}）" in told


def test_latitude_before_longitude_is_recognised() -> None:
    turned = features(turn=lambda place: (place[1], place[0]))
    held = read(collection(turned))
    assert held.shapes == read(collection(features())).shapes
    assert held.notes == ("14个要素的坐标是纬度在前、经度在后，已调换。",)


def test_heights_and_open_rings_do_no_harm() -> None:
    shape = feature(UNITS[0], [(*place, 42.0) for place in SQUARE[:-1]])  # type: ignore[misc]
    (area,) = read(collection([shape])).areas
    assert area.shape.area == pytest.approx(0.01)


# What is refused


@pytest.mark.parametrize(
    ("geometry", "told"),
    [
        (None, "没有图形"),
        ({"type": "LineString", "coordinates": SQUARE}, "图形是线，不是面"),
        ({"type": "Polygon", "coordinates": []}, "图形是空的"),
        ({"type": "Polygon", "coordinates": [SQUARE[:2]]}, "坐标不足三个"),
        ({"type": "Polygon", "coordinates": [["a", "b", "c"]]}, "坐标不完整"),
        ({"type": "Polygon", "coordinates": [[[116, 35]] * 5]}, "图形没有面积"),
        ({"type": "Polygon", "coordinates": [[[1.5, 2], [1, 2], [2, 3]]]}, "坐标不在中国境内"),
        ({"type": "Polygon", "coordinates": [[[4e7, 4e6], [4e7, 5e6], [5e7, 4e6]]]}, "以米计"),
        ({"type": "Polygon", "coordinates": [[[116, float("nan")]] * 4]}, "坐标不是数字"),
    ],
)
def test_what_cannot_be_drawn_keeps_the_file_out_and_is_named(geometry: Any, told: str) -> None:
    found = features()
    found[2]["geometry"] = geometry
    problems = problems_of(collection(found))
    assert problems.startswith("第3个要素（万张街道）：")
    assert told in problems
    found[2]["properties"] = {"XZQMC": "别处镇"}
    assert "第3个要素（别处镇）" in notes_of(found)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "不是完整的GeoJSON"),
        (b"[1, 2]", "不是GeoJSON文件"),
        (b"[" * 100_000, "不是完整的GeoJSON"),
        (b"PK\x03\x04", "压缩包或Shapefile"),
        (b"<?xml version='1.0'?><kml/>", "KML"),
        (b'{"type": "Topology"}', "TopoJSON"),
        (b'{"type": "FeatureCollection"}', "没有要素集"),
        (b'{"type": "FeatureCollection", "features": []}', "没有要素"),
        (b" " * (MOST_MB * 1024 * 1024 + 1), "超过20MB"),
    ],
    ids=range(9),
)
def test_what_is_no_file_of_boundaries_is_refused_with_the_cure(content: bytes, told: str) -> None:
    assert told in problems_of(content)


def test_a_declared_projection_is_refused_and_degrees_are_taken() -> None:
    def declared(name: str) -> bytes:
        return collection(features(), crs={"type": "name", "properties": {"name": name}})

    assert "坐标系（4527）" in problems_of(declared("urn:ogc:def:crs:EPSG::4527"))
    assert len(read(declared("urn:ogc:def:crs:EPSG::4490")).areas) == len(UNITS)


def test_a_file_of_another_county_is_refused_with_the_names_of_its_properties() -> None:
    found = [feature(r.Unit(code="x", name="别处镇", kind=UnitKind.TOWN, seq=1), SQUARE)]
    assert "1个要素没有一个能与镇街对应。文件中的属性有：XZQDM、XZQMC、XJ" in problems_of(
        collection(found)
    )


# What is told of points


def test_a_town_whose_point_lies_outside_is_told_with_the_distance() -> None:
    found = features()
    ring_of(found[8])[:] = [[x + 0.09, y] for x, y in ring_of(found[8])]
    told = notes_of(found)
    assert f"1个单位的点位在本单位边界以外：{UNITS[8].name}（" in told
    assert "相互重叠的边界" in notes_of([*found])


def test_stations_outside_their_town_are_told_and_hidden_ones_are_only_counted() -> None:
    code = CODES["纸坊镇"]
    inside = station("s1", code, name="镇里的站", lon=116.31, lat=35.31)
    stray = station("s2", code, name="走远的站", lon=116.9, lat=35.9)
    hidden = station("s3", code, name="不列名的站", lon=116.9, lat=35.9, kind=StationKind.SPECIAL)
    town = next(unit for unit in UNITS if unit.code == code)
    assert town.lon is not None
    told = notes_of(features(), station("s4", code, lon=town.lon, lat=town.lat), stray, hidden)
    assert "2个站点的点位在所属镇街边界以外：走远的站。" in told
    assert inside.name not in told


def test_islands_too_small_to_be_seen_are_left_out_and_counted() -> None:
    found = features()
    speck = [(x / 10_000 + 104.0, y / 10_000 + 31.0) for x, y in SQUARE]
    found[0]["geometry"] = {
        "type": "MultiPolygon",
        "coordinates": [found[0]["geometry"]["coordinates"], [speck]],
    }
    held = read(collection(found))
    assert "略去图上看不出的零星图斑、空洞1个。" in held.notes
    assert all(isinstance(area.shape, MultiPolygon) for area in held.areas)
