"""The map of stations: what is shown, in which words, and two ways of drawing that must agree."""

import json
from typing import Any

import pytest

from dashboard.charts.cells import Form, sketch, tiles
from dashboard.charts.dots import MANY, MOST_DOTS, SIZES, SMALL_SIZES, dots
from dashboard.charts.labels import Canvas, size_of
from dashboard.charts.scene import Scene, picking, scene
from dashboard.charts.shades import ALL, EXEMPT, NONE, UNKNOWN, by_rate
from dashboard.charts.station_deck import deck_map
from dashboard.charts.station_map import svg_map
from dashboard.charts.symbols import Look, picture
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import StationKind
from dashboard.rules.coverage import by_place, places_of
from tests.rules.stations_given import TODAY, books, inspected, station

JIAXIANG, WOLONG, WANZHANG = "370829001", "370829002", "370829003"
HERE: dict[str, Any] = {"lon": 116.35, "lat": 35.41}


def drawn(given: Books, hosts: str = "h-village", form: Form = Form.CELLS, **chosen: Any) -> Scene:
    found = given.get(r.HostList, hosts)
    places = places_of(given)
    mine = given.by(r.Station, "host_list")[hosts]
    within = {unit.code: unit.code for unit in places}
    under = tiles(places) if form is Form.TILES else sketch(places)
    most = 0 if form is Form.TILES else MOST_DOTS
    return scene(
        under,
        [by_rate(each) for each in by_place(given, found, TODAY)],
        dots(given, mine, TODAY, within=within, most=most),
        **chosen,
    )


def some() -> Scene:
    """One town up to standard and chosen, one below standard, one under way, one planned."""
    rows = [
        station("a", JIAXIANG, **HERE),
        station("b", WOLONG, lon=116.25, lat=35.4),
        station("c", WANZHANG, built_on=None, begun_on=TODAY, lon=116.33, lat=35.47),
        station("d", WANZHANG, built_on=None, lon=116.34, lat=35.46, served=120),
    ]
    given = books(*rows, *inspected("a"), *inspected("b", s3_02=16.0))
    return drawn(given, chosen=JIAXIANG, station="b")


def test_the_legend_counts_every_town_once() -> None:
    found = some()
    assert sum(found.number.values()) == 14
    assert found.number == {ALL: 1, NONE: 12, EXEMPT: 1}


def test_places_for_special_groups_and_those_held_back_are_counted_and_never_drawn() -> None:
    fields: dict[str, Any] = {"host_list": "h-special", **HERE}
    special = station("a", **{**fields, "kind": StationKind.SPECIAL})
    found = drawn(books(special, station("b", is_withheld=True, **fields)), "h-special").dots
    assert (found.shown, found.unlocated, found.withheld) == ((), (), 2)


def test_a_station_without_coordinates_is_listed_beside_the_map() -> None:
    found = drawn(books(station("a"), station("b", WOLONG, **HERE))).dots
    assert [each.code for each in found.unlocated] == ["a"]
    assert [each.code for each in found.shown] == ["b"]


def test_a_sign_tells_how_far_a_station_is_and_what_has_ended_has_none() -> None:
    ended = station("z", JIAXIANG, ended_on=TODAY, **HERE)
    looks = {dot.code: dot.look for dot in some().dots.shown}
    assert looks == {"a": Look.MET, "b": Look.BUILT, "c": Look.BUILDING, "d": Look.PLANNED}
    assert drawn(books(ended)).dots.shown == ()


@pytest.mark.parametrize(
    ("served", "size", "words"),
    [(None, 0, ""), (0, 0, ""), (3, 0, "少于5"), (99, 0, "99"), (100, 1, "100"), (500, 2, "500")],
)
def test_a_sign_grows_with_its_services_and_few_are_never_told(
    served: int | None, size: int, words: str
) -> None:
    (dot,) = drawn(books(station("a", served=served, **HERE))).dots.shown
    assert dot.size == size
    assert dot.says.partition("本年服务")[2].removesuffix("人次") == words


def test_too_many_stations_are_told_as_numbers_of_towns() -> None:
    many = [station(f"s{number}", JIAXIANG, **HERE) for number in range(MOST_DOTS + 1)]
    found = drawn(books(*many, station("w", WOLONG, built_on=None, **HERE)))
    assert found.dots.shown == ()
    assert found.dots.by_cell == {JIAXIANG: MOST_DOTS + 1}
    town = next(patch for patch in found.patches if patch.code == JIAXIANG)
    assert town.title.split("\n")[2] == f"已建{MOST_DOTS + 1}处"


def test_where_there_are_many_signs_they_are_small() -> None:
    many = [station(f"s{number}", JIAXIANG, **HERE) for number in range(MANY + 1)]
    assert {dot.width for dot in drawn(books(*many)).dots.shown} == {SMALL_SIZES[0]}
    assert {dot.width for dot in drawn(books(*many[1:])).dots.shown} == {SIZES[0]}


def test_nothing_with_coordinates_is_drawn_on_tiles() -> None:
    found = drawn(books(station("a", **HERE)), form=Form.TILES)
    assert found.dots.shown == ()
    assert found.dots.by_cell == {JIAXIANG: 1}
    assert picking(found).spots == ()


def values(spec: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """What a layer of the SVG draws."""
    layer = next(each for each in spec["layer"] if each.get("name") == name)
    held = layer.get("data", spec.get("data", {}))
    rows = held["values"] if "values" in held else spec["datasets"][held["name"]]
    return list(rows)


def layers(found: Scene) -> dict[str, Any]:
    return {each["id"]: each for each in json.loads(deck_map(found).to_json())["layers"]}


def rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def test_both_ways_of_drawing_show_the_same_towns_in_the_same_order_and_colours() -> None:
    found = some()
    shapes = values(svg_map(found).to_dict(), "towns")
    patches = layers(found)["towns"]["data"]
    assert [each["town"] for each in shapes] == [each["town"] for each in patches]
    assert [rgb(each["fill"]) for each in shapes] == [each["fill"] for each in patches]
    assert [each["says"] for each in shapes] == [each["says"] for each in patches]
    rings = [json.loads(json.dumps(each["geometry"]["coordinates"])) for each in shapes]
    assert rings == [each["rings"] for each in patches]


def test_both_ways_of_drawing_outline_the_chosen_town_and_ring_the_chosen_station() -> None:
    found = some()
    spec = svg_map(found).to_dict()
    assert [each["town"] for each in values(spec, "chosen")] == [JIAXIANG]
    assert [each["town"] for each in layers(found)["chosen"]["data"]] == [JIAXIANG]
    (ring,) = values(spec, "ring")
    (around,) = layers(found)["ring"]["data"]
    assert (ring["lon"], ring["lat"]) == (around["lon"], around["lat"]) == (116.25, 35.4)


def test_both_ways_of_drawing_hatch_what_is_not_known() -> None:
    found = drawn(books(station("a", host_list="h-community")), "h-community")
    lines = sum(len(patch.cell.hatching) for patch in found.patches if patch.shade is UNKNOWN)
    drawn_lines = values(svg_map(found).to_dict(), "hatching")
    assert len(layers(found)["hatching"]["data"]) == len(drawn_lines) == lines > 13


def test_both_ways_of_drawing_give_each_station_the_same_sign_and_size() -> None:
    found = some()
    spec = svg_map(found).to_dict()
    by_size = [each for size in (0, 1) for each in values(spec, f"sites{size}")]
    icons = layers(found)["sites"]
    assert {each["site"]: each for each in by_size} == {
        each["site"]: each for each in icons["data"]
    }
    assert {each["sign"] for each in by_size} == set(icons["iconMapping"])
    text = json.dumps(spec)
    assert all(picture(sign) in text for sign in icons["iconMapping"])


def test_both_ways_of_drawing_offer_the_same_places_to_be_picked() -> None:
    found = picking(some())
    codes = [each["spot"] for each in values(svg_map(found).to_dict(), "spots")]
    assert codes == [each["spot"] for each in layers(found)["spots"]["data"]]
    assert len(codes) == len(found.spots) > 500
    west, south, east, north = found.sketch.bounds
    assert all(west < spot.middle[0] < east for spot in found.spots)
    assert all(south < spot.middle[1] < north for spot in found.spots)


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
    canvas = Canvas(512 * 2 ** view["zoom"], west, 0.0)
    assert canvas.pixel((east, south))[0] <= found.width
    assert canvas.pixel((east, south))[1] - canvas.pixel((east, north))[1] <= found.height


def test_a_place_on_the_canvas_is_found_again() -> None:
    canvas = Canvas.over((116.0, 35.0, 117.0, 36.0), 500, 430)
    lon, lat = canvas.place(canvas.pixel((116.3, 35.7)))
    assert (round(lon, 9), round(lat, 9)) == (116.3, 35.7)


@pytest.mark.parametrize("size", [(500, 430), (340, 430), (200, 200)])
def test_names_keep_their_place_and_never_lie_on_one_another(size: tuple[int, int]) -> None:
    given = books(station("a", **HERE))
    found = drawn(given, size=size)
    assert found == drawn(given, size=size)
    canvas = Canvas.over(found.sketch.bounds, *size)
    frames = []
    for patch in found.patches:
        if patch.label_at is not None:
            (x, y), (wide, tall) = canvas.pixel(patch.label_at), size_of(patch.title)
            frames.append((x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2))
    for number, (left, top, right, bottom) in enumerate(frames):
        for west, north, east, south in frames[number + 1 :]:
            wide, tall = min(right, east) - max(left, west), min(bottom, south) - max(top, north)
            assert wide * tall <= 0.02 * (east - west) * (south - north) or min(wide, tall) <= 0
    assert len(frames) + len(found.unnamed) == 14


def test_on_a_usual_screen_every_town_has_its_name() -> None:
    assert some().unnamed == ()


def test_an_empty_map_can_be_drawn() -> None:
    nothing = scene(sketch(()), (), dots(books(), (), TODAY, within={}))
    assert svg_map(nothing).to_dict()["layer"]
    assert layers(nothing)["towns"]["data"] == []
