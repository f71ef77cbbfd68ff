"""The map of stations drawn by the graphics card, to be moved and enlarged.

Nothing is fetched: a deck without `map_style` has no base map. Every layer has an id, by which
the browser knows it again.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pydeck as pdk

from dashboard.charts.labels import LINE, SIZE, Canvas
from dashboard.charts.look import FONT, INK, TEXT
from dashboard.charts.scene import Scene
from dashboard.charts.station_map import (
    HATCH,
    RING,
    SPOT,
    TOWN,
    at,
    corners,
    feature,
    hatching,
    names,
    site,
)
from dashboard.charts.symbols import atlas

TOWNS, SITES, SPOTS = "towns", "sites", "spots"
"""The layers that answer to a click."""
_MARGIN = 12
"""Pixels left free around the ground when the map opens."""


def deck_map(scene: Scene) -> pdk.Deck:
    """The scene in the colours, order and words of the SVG."""
    patches = list(_patches(scene))
    layers = [
        _towns(patches),
        _hatching(scene),
        _chosen([each for each in patches if each[TOWN] == scene.chosen]),
        _ring(scene),
        _names(scene),
        _sites(scene),
    ]
    if scene.spots:
        layers.append(_spots(scene))
    view = pdk.ViewState(**_view(scene))
    style = {"fontFamily": FONT, "fontSize": "14px", "maxWidth": "220px", "whiteSpace": "normal"}
    tip = {"text": "{says}", "style": style}
    north_up = pdk.View(type="MapView", controller={"dragRotate": False, "touchRotate": False})
    return pdk.Deck(
        layers=layers, views=[north_up], initial_view_state=view, map_provider=None, tooltip=tip
    )


def _patches(scene: Scene) -> Iterable[dict[str, Any]]:
    """One row for each part of each town's ground; a part's holes follow its outer ring."""
    for patch in scene.patches:
        drawn = feature(patch)
        kept = {name: drawn[name] for name in (TOWN, "says")}
        colours = {"fill": _rgb(drawn["fill"]), "edge": _rgb(drawn["edge"])}
        for part in patch.cell.parts:
            yield {"rings": part, **kept, **colours}


def _towns(patches: Sequence[Mapping[str, Any]]) -> pdk.Layer:
    return pdk.Layer(
        "PolygonLayer",
        patches,
        id=TOWNS,
        get_polygon="rings",
        get_fill_color="fill",
        get_line_color="edge",
        line_width_min_pixels=1.5,
        pickable=True,
        auto_highlight=True,
        highlight_color=[31, 58, 95, 40],
    )


def _hatching(scene: Scene) -> pdk.Layer:
    lines = [{"path": each["geometry"]["coordinates"]} for each in hatching(scene)]
    return pdk.Layer(
        "PathLayer",
        lines,
        id="hatching",
        get_path="path",
        get_color=_rgb(HATCH),
        width_min_pixels=1,
    )


def _chosen(patches: Sequence[Mapping[str, Any]]) -> pdk.Layer:
    return pdk.Layer(
        "PolygonLayer",
        patches,
        id="chosen",
        get_polygon="rings",
        filled=False,
        get_line_color=_rgb(INK),
        line_width_min_pixels=4,
    )


def _ring(scene: Scene) -> pdk.Layer:
    """Around a chosen station, or the place picked for a new one."""
    return pdk.Layer(
        "ScatterplotLayer",
        [at(scene.mark)] if scene.mark else [],
        id="ring",
        get_position="[lon, lat]",
        filled=False,
        stroked=True,
        get_line_color=_rgb(INK),
        line_width_min_pixels=3,
        radius_min_pixels=RING / 2,
        radius_max_pixels=RING / 2,
    )


def _sites(scene: Scene) -> pdk.Layer:
    dots = scene.dots.shown
    sheet, spots = atlas(sorted({dot.sign for dot in dots}))
    text = pdk.types.String
    return pdk.Layer(
        "IconLayer",
        [site(dot) for dot in dots],
        id=SITES,
        icon_atlas=text(sheet),
        icon_mapping=spots,
        get_icon="sign",
        get_position="[lon, lat]",
        get_size="width",
        size_units=text("pixels"),
        pickable=True,
    )


def _names(scene: Scene) -> pdk.Layer:
    text = pdk.types.String
    return pdk.Layer(
        "TextLayer",
        [{**each, "halo": _rgb(each["halo"])} for each in names(scene)],
        id="names",
        get_position="[lon, lat]",
        get_text="title",
        get_size=SIZE,
        get_color=_rgb(TEXT),
        character_set=text("auto"),
        font_family=text(FONT),
        font_weight=600,
        font_settings={"sdf": True, "fontSize": 64, "buffer": 8},
        get_text_anchor=text("middle"),
        get_alignment_baseline=text("center"),
        line_height=LINE / SIZE,
    )


def _spots(scene: Scene) -> pdk.Layer:
    squares = [{"ring": corners(spot), SPOT: spot.code} for spot in scene.spots]
    return pdk.Layer(
        "PolygonLayer",
        squares,
        id=SPOTS,
        get_polygon="ring",
        get_fill_color=[31, 58, 95, 8],
        stroked=False,
        pickable=True,
        auto_highlight=True,
        highlight_color=[31, 58, 95, 120],
    )


def _rgb(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _view(scene: Scene) -> dict[str, float]:
    """Centre and zoom at which the ground fits the picture."""
    west, south, east, north = scene.sketch.bounds
    size = (scene.width - 2 * _MARGIN, scene.height - 2 * _MARGIN)
    canvas = Canvas.over(scene.sketch.bounds, *size)
    zoom = min(math.log2(canvas.scale / 512), 20)
    return {"longitude": (west + east) / 2, "latitude": (south + north) / 2, "zoom": zoom}
