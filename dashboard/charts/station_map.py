"""The map of stations as SVG, which any browser draws; station_deck draws the same scene.

A town, a station and a place to be picked answer to a click with their code, in both under a
field of their own: in an SVG a click is told to every selection.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt

from dashboard.charts.cells import Position
from dashboard.charts.dots import Dot
from dashboard.charts.labels import LINE, SIZE
from dashboard.charts.look import INK, TEXT, dressed
from dashboard.charts.scene import Patch, Scene, Spot
from dashboard.charts.symbols import picture

TOWN, SITE, SPOT = "town", "site", "spot"
"""The selections that a click makes, and the field of each."""
BLANK_EDGE = "#B8C0CA"
HATCH = "#9AA5B1"
RING = 38
"""The width of the ring around a chosen station, in pixels."""
_PAPER = "#FFFFFF"


def svg_map(scene: Scene) -> alt.TopLevelMixin:
    """The map as shapes: cells, hatching, the chosen town's outline, stations, names."""
    chosen = [feature(patch) for patch in scene.patches if patch.code == scene.chosen]
    drawn = [
        _towns(scene),
        _shapes(hatching(scene), "hatching", stroke=HATCH, width=1),
        _shapes(chosen, "chosen", stroke=INK, width=4),
        _ring(scene),
        _names(scene, halo=True),
        _names(scene, halo=False),
        *_sites(scene),
    ]
    if scene.spots:
        drawn.append(_spots(scene))
    layers = alt.layer(*drawn).project("mercator")
    return dressed(layers.properties(width="container", height=scene.height))


def _towns(scene: Scene) -> alt.Chart:
    shapes = _chart(map(feature, scene.patches), "towns").mark_geoshape(
        strokeWidth=1.5, cursor="pointer"
    )
    coloured = shapes.encode(
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
        tooltip=alt.Tooltip("says:N", title="情况"),
    )
    return coloured if scene.spots else _picked(coloured, TOWN, TOWN)


def _picked(chart: alt.Chart, name: str, field: str) -> alt.Chart:
    click = alt.selection_point(name=name, fields=[field], toggle="false", empty=False)
    made: alt.Chart = chart.add_params(click)
    return made


def _shapes(
    values: Iterable[Mapping[str, Any]], name: str, *, stroke: str, width: float
) -> alt.Chart:
    shapes = _chart(values, name)
    made: alt.Chart = shapes.mark_geoshape(filled=False, stroke=stroke, strokeWidth=width)
    return made


def _chart(values: Iterable[Mapping[str, Any]], name: str) -> alt.Chart:
    made: alt.Chart = alt.Chart(alt.InlineData(values=list(values))).properties(name=name)
    return made


def feature(patch: Patch) -> dict[str, Any]:
    """A town's cell as a GeoJSON feature; outer rings run clockwise for d3-geo."""
    parts = patch.cell.parts
    one = {"type": "Polygon", "coordinates": parts[0]}
    several = {"type": "MultiPolygon", "coordinates": parts}
    return {
        "type": "Feature",
        "geometry": one if len(parts) == 1 else several,
        TOWN: patch.code,
        "says": patch.says,
        "fill": patch.shade.fill,
        "edge": BLANK_EDGE if patch.shade.fill == _PAPER else _PAPER,
    }


def hatching(scene: Scene) -> list[dict[str, Any]]:
    """The lines over every town that is 待核定, as features."""
    return [
        {"type": "Feature", "geometry": {"type": "LineString", "coordinates": line}}
        for patch in scene.patches
        if patch.shade.is_hatched
        for line in patch.cell.hatching
    ]


def _ring(scene: Scene) -> alt.Chart:
    """Around a chosen station, or the place picked for a new one."""
    ring = _chart([at(scene.mark)] if scene.mark else [], "ring").mark_point(
        filled=False, size=(RING / 2) ** 2 * 3.14, stroke=INK, strokeWidth=3, opacity=1
    )
    made: alt.Chart = ring.encode(longitude="lon:Q", latitude="lat:Q")
    return made


def _sites(scene: Scene) -> Iterable[alt.Chart]:
    """One layer a size: a picture's size cannot follow the data."""
    dots = scene.dots.shown
    for number in sorted({dot.size for dot in dots}):
        these = [dot for dot in dots if dot.size == number]
        side = these[0].width
        mine = _chart(map(site, these), f"sites{number}")
        signs = mine.mark_image(width=side, height=side, cursor="pointer").encode(
            longitude="lon:Q",
            latitude="lat:Q",
            url="picture:N",
            tooltip=alt.Tooltip("says:N", title="站点"),
        )
        named = signs.transform_calculate(picture=_pictures(dots))
        yield named if scene.spots else _picked(named, f"{SITE}{number}", SITE)


def _pictures(dots: Iterable[Dot]) -> str:
    """An expression that gives each sign its picture, so that no row carries one."""
    pairs = ", ".join(f"'{sign}': '{picture(sign)}'" for sign in sorted({d.sign for d in dots}))
    return f"({{{pairs}}})[datum.sign]"


def site(dot: Dot) -> dict[str, Any]:
    """A station as a point."""
    return {**at(dot.at), SITE: dot.code, "says": dot.says, "sign": dot.sign, "width": dot.width}


def at(place: Position) -> dict[str, float]:
    lon, lat = place
    return {"lon": lon, "lat": lat}


def _names(scene: Scene, *, halo: bool) -> alt.Chart:
    text = _chart(names(scene), "halo" if halo else "names").mark_text(
        lineBreak="\n",
        fontSize=SIZE,
        fontWeight=600,
        lineHeight=LINE,
        strokeWidth=3 if halo else 0,
        color=TEXT,
        strokeJoin="round",
        baseline="top",
        dy={"expr": f"-datum.lines * {LINE / 2}"},
    )
    outline = {"stroke": alt.Stroke("halo:N", scale=None)} if halo else {}
    made: alt.Chart = text.encode(
        longitude="lon:Q",
        latitude="lat:Q",
        text="title:N",
        **outline,
    )
    return made


def names(scene: Scene) -> list[dict[str, Any]]:
    """The towns' names and figures that have room, where they are written and how."""
    return [
        {
            **at(patch.label_at),
            "title": patch.title,
            "lines": patch.title.count("\n") + 1,
            "halo": patch.shade.fill,
        }
        for patch in scene.patches
        if patch.label_at is not None
    ]


def _spots(scene: Scene) -> alt.Chart:
    squares = [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [corners(spot)]},
            SPOT: spot.code,
        }
        for spot in scene.spots
    ]
    clear = _chart(squares, "spots").mark_geoshape(
        fill=INK, fillOpacity=0.03, stroke=None, cursor="crosshair"
    )
    return _picked(clear, SPOT, SPOT)


def corners(spot: Spot) -> list[Position]:
    """The square of a place to be picked, clockwise and closed."""
    west, south, east, north = spot.west, spot.south, spot.east, spot.north
    return [(west, south), (west, north), (east, north), (east, south), (west, south)]
