"""The map of stations: classes, words, and the two ways of drawing that must agree."""

import json
from dataclasses import replace
from typing import Any

import pytest

from dashboard.charts.cells import sketch
from dashboard.charts.scene import (
    ALL,
    EXEMPT,
    MOST,
    NONE,
    SHADES,
    SOME,
    UNKNOWN,
    UNRECORDED,
    Scene,
    label_of,
    scene,
    shade_of,
)
from dashboard.charts.station_deck import deck_map
from dashboard.charts.station_map import svg_map
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import StationKind, StationState
from dashboard.rules.coverage import Coverage, by_place, places_of
from dashboard.rules.standards import checks
from tests.rules.stations_given import TODAY, books, inspected, station

JIAXIANG, WOLONG, WANZHANG = "370829001", "370829002", "370829003"
HERE = {"lon": 116.35, "lat": 35.41}


def drawn(given: Books, hosts: str = "h-village", chosen: str | None = None) -> Scene:
    found = given.get(r.HostList, hosts)
    standing = by_place(given, found, TODAY)
    mine = checks(given, given.by(r.Station, "host_list")[hosts], TODAY)
    built = [each for each in mine if each.state is StationState.BUILT]
    return scene(sketch(places_of(given)), standing, built, chosen)


def some() -> Scene:
    """One town up to standard and chosen, one below standard, one under way, the rest bare."""
    rows = [
        station("a", JIAXIANG, **HERE),
        station("b", WOLONG, lon=116.25, lat=35.4),
        station("c", WANZHANG, built_on=None, begun_on=TODAY),
    ]
    given = books(*rows, *inspected("a"), *inspected("b", s3_02=16.0))
    return drawn(given, chosen=JIAXIANG)


def coverage(obliged: int | None, filled: int, **change: Any) -> Coverage:
    hosts = books().get(r.HostList, "h-village")
    made = Coverage(hosts, None, obliged, False, filled, 0, 0, 0, filled, filled)
    return replace(made, **change)


@pytest.mark.parametrize(
    ("standing", "shade", "label"),
    [
        (coverage(1, 1), ALL, "1/1"),
        (coverage(100, 99), MOST, "99/100 在建"),
        (coverage(2, 1), MOST, "1/2 在建"),
        (coverage(100, 49), SOME, "49/100 在建"),
        (coverage(1, 0), NONE, "0/1"),
        (coverage(1, 0, below=1), NONE, "0/1 待达标"),
        (coverage(1, 0, building=1), NONE, "0/1 在建"),
        (coverage(1, 0, is_recorded=False), UNRECORDED, "未登记"),
        (coverage(None, 0), UNKNOWN, "待核定"),
        (coverage(None, 0, met=2), UNKNOWN, "已建2"),
        (coverage(None, 0, is_exempt=True), EXEMPT, "不适用"),
    ],
)
def test_a_town_s_class_and_label_say_how_it_stands(
    standing: Coverage, shade: object, label: str
) -> None:
    assert (shade_of(standing), label_of(standing)) == (shade, label)


def test_every_class_looks_different_and_none_is_the_colour_of_a_light() -> None:
    looks = {(shade.fill, shade.is_hatched, shade.label) for shade in SHADES}
    assert len(looks) == len(SHADES)
    for shade in SHADES:
        red, green, blue = (int(shade.fill[at : at + 2], 16) for at in (1, 3, 5))
        assert red <= green <= blue


def test_the_legend_counts_every_town_once() -> None:
    found = some()
    assert sum(found.number.values()) == 14
    assert found.number == {ALL: 1, NONE: 12, EXEMPT: 1}


def test_places_for_special_groups_are_counted_and_never_drawn() -> None:
    fields: dict[str, Any] = {"kind": StationKind.SPECIAL, "host_list": "h-special", **HERE}
    found = drawn(books(station("a", **fields), station("b", **fields)), "h-special")
    assert (found.sites, found.unlocated, found.withheld) == ((), (), 2)


def test_a_station_without_coordinates_is_listed_beside_the_map() -> None:
    found = drawn(books(station("a"), station("b", WOLONG, **HERE)))
    assert [each.station.code for each in found.unlocated] == ["a"]
    assert [each.station.code for each in found.sites] == ["b"]


def features(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    rows = [row for layer in spec["layer"] for row in values(layer, spec)]
    return [row for row in rows if row.get("geometry", {}).get("type") == kind and "code" in row]


def values(layer: dict[str, Any], spec: dict[str, Any]) -> list[dict[str, Any]]:
    data = layer.get("data", spec.get("data", {}))
    if "name" in data and "values" not in data:
        return list(spec["datasets"][data["name"]])
    return list(data.get("values", []))


def layers(found: Scene) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in json.loads(deck_map(found).to_json())["layers"]}


def rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def test_both_ways_of_drawing_show_the_same_towns_in_the_same_order_and_colours() -> None:
    found = some()
    shapes = features(svg_map(found).to_dict(), "Polygon")[:14]
    patches = layers(found)["towns"]["data"]
    assert [each["code"] for each in shapes] == [each["code"] for each in patches]
    assert [rgb(each["fill"]) for each in shapes] == [each["fill"] for each in patches]
    assert [each["says"] for each in shapes] == [each["says"] for each in patches]
    rings = [[list(at) for at in each["geometry"]["coordinates"][0]] for each in shapes]
    assert rings == [each["ring"] for each in patches]


def test_both_ways_of_drawing_outline_the_chosen_town() -> None:
    found = some()
    outlined = features(svg_map(found).to_dict(), "Polygon")[14:]
    assert [each["code"] for each in outlined] == [JIAXIANG]
    assert [each["code"] for each in layers(found)["chosen"]["data"]] == [JIAXIANG]


def test_both_ways_of_drawing_hatch_what_is_not_known() -> None:
    found = drawn(books(station("a", host_list="h-community")), "h-community")
    lines = sum(len(patch.cell.hatching) for patch in found.patches if patch.shade is UNKNOWN)
    spec = svg_map(found).to_dict()
    rows = [row for layer in spec["layer"] for row in values(layer, spec)]
    drawn_lines = [row for row in rows if row.get("geometry", {}).get("type") == "LineString"]
    assert len(layers(found)["hatching"]["data"]) == len(drawn_lines) == lines > 13


def test_a_station_up_to_standard_is_filled_and_another_hollow() -> None:
    sites = layers(some())["sites"]["data"]
    assert [each["says"] for each in sites] == ["a站（达标）", "b站（未达标）"]
    assert sites[0]["fill"] == sites[1]["edge"]
    assert sites[1]["fill"] == [255, 255, 255]


def test_the_deck_asks_no_one_for_a_base_map() -> None:
    text = deck_map(some()).to_json()
    held = json.loads(text)
    assert "mapProvider" not in held
    assert "://" not in text
    assert all(each["id"] in layers(some()) for each in held["layers"])


def test_the_deck_opens_with_the_whole_county_in_view() -> None:
    found = some()
    view = json.loads(deck_map(found).to_json())["initialViewState"]
    west, south, east, north = found.sketch.bounds
    assert west < view["longitude"] < east
    assert south < view["latitude"] < north
    width = (east - west) / 360 * 512 * 2 ** view["zoom"]
    assert width <= 330


def test_names_stay_in_place_and_do_not_lie_on_one_another() -> None:
    found = some()
    assert found == some()
    _, south, _, north = found.sketch.bounds
    line = 0.042 * (north - south)
    where = [patch.label_at for patch in found.patches]
    for number, (lon, lat) in enumerate(where):
        for other_lon, other_lat in where[number + 1 :]:
            assert abs(lat - other_lat) > line or abs(lon - other_lon) > line


def test_an_empty_map_can_be_drawn() -> None:
    nothing = scene(sketch(()), (), (), None)
    assert svg_map(nothing).to_dict()["layer"]
    assert layers(nothing)["towns"]["data"] == []
