"""The map of stations as SVG, which any browser draws; station_deck draws the same scene.

A town answers to a click with its code, in both as the field `code`.
"""

from collections.abc import Iterable
from typing import Any

import altair as alt

from dashboard.charts.look import INK, TEXT, dressed
from dashboard.charts.scene import Patch, Scene
from dashboard.rules.standards import Check

HEIGHT = 450
TOWN = "town"
"""The selection that a click makes; its field is `code`."""
BLANK_EDGE = "#B8C0CA"
HATCH = "#9AA5B1"
SITE = INK
LABEL_SIZE = 14
_PAPER = "#FFFFFF"


def svg_map(scene: Scene) -> alt.TopLevelMixin:
    """The map as shapes: cells, hatching, the chosen town's outline, sites, names."""
    chosen = [feature(patch) for patch in scene.patches if patch.code == scene.chosen]
    drawn = [
        _towns(scene),
        _shapes(hatching(scene), stroke=HATCH, width=1),
        _shapes(chosen, stroke=INK, width=4),
        _sites(scene),
        _names(scene, halo=True),
        _names(scene, halo=False),
    ]
    layers = alt.layer(*drawn).project("mercator")
    return dressed(layers.properties(width="container", height=HEIGHT))


def _towns(scene: Scene) -> alt.Chart:
    picked = alt.selection_point(name=TOWN, fields=["code"], toggle="false", empty=False)
    shapes = _chart(feature(patch) for patch in scene.patches).mark_geoshape(
        strokeWidth=1.5, cursor="pointer"
    )
    coloured = shapes.encode(
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
        tooltip=alt.Tooltip("says:N", title="情况"),
    )
    made: alt.Chart = coloured.add_params(picked)
    return made


def _shapes(values: Iterable[dict[str, Any]], *, stroke: str, width: float) -> alt.Chart:
    made: alt.Chart = _chart(values).mark_geoshape(filled=False, stroke=stroke, strokeWidth=width)
    return made


def _chart(values: Iterable[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(values)))


def feature(patch: Patch) -> dict[str, Any]:
    """A town's cell as a GeoJSON feature; rings run clockwise for d3-geo."""
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [patch.cell.ring]},
        "code": patch.code,
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


def _sites(scene: Scene) -> alt.Chart:
    dots = _chart(site(each) for each in scene.sites).mark_circle(size=80, strokeWidth=2, opacity=1)
    made: alt.Chart = dots.encode(
        longitude="lon:Q",
        latitude="lat:Q",
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
        tooltip=alt.Tooltip("says:N", title="站点"),
    )
    return made


def site(each: Check) -> dict[str, Any]:
    """A built station as a point: filled where it is up to standard, else hollow."""
    station = each.station
    return {
        "lon": station.lon,
        "lat": station.lat,
        "says": f"{station.name}（{each.word}）",
        "fill": SITE if each.is_met else _PAPER,
        "edge": _PAPER if each.is_met else SITE,
    }


def _names(scene: Scene, *, halo: bool) -> alt.Chart:
    text = _chart(name(patch) for patch in scene.patches).mark_text(
        lineBreak="\n",
        fontSize=LABEL_SIZE,
        lineHeight=LABEL_SIZE + 4,
        dy=-6,
        strokeWidth=3 if halo else 0,
        color=TEXT,
        strokeJoin="round",
    )
    outline = {"stroke": alt.Stroke("halo:N", scale=None)} if halo else {}
    made: alt.Chart = text.encode(
        longitude="lon:Q",
        latitude="lat:Q",
        text="title:N",
        **outline,
    )
    return made


def name(patch: Patch) -> dict[str, Any]:
    """A town's name and figures, where they are written and how."""
    lon, lat = patch.label_at
    return {"lon": lon, "lat": lat, "title": patch.title, "halo": patch.shade.fill}
