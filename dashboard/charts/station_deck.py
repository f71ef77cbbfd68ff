"""The map of stations drawn by the graphics card, to be moved and enlarged.

Nothing is fetched: a deck without `map_style` has no base map. Every layer has an id, by which
the browser knows it again.
"""

import math
from collections.abc import Sequence
from typing import Any

import pydeck as pdk

from dashboard.charts.look import FONT, INK, TEXT
from dashboard.charts.scene import Patch, Scene
from dashboard.charts.station_map import (
    HATCH,
    HEIGHT,
    LABEL_SIZE,
    feature,
    hatching,
    name,
    site,
)

TOWNS = "towns"
"""The layer that answers to a click."""
_NARROWEST = 330


def deck_map(scene: Scene) -> pdk.Deck:
    """The scene in the colours, order and words of the SVG."""
    patches = [_patch(patch) for patch in scene.patches]
    layers = [
        _towns(patches),
        _hatching(scene),
        _chosen([each for each in patches if each["code"] == scene.chosen]),
        _sites(scene),
        _names(scene),
    ]
    view = pdk.ViewState(**_view(scene))
    style = {"fontFamily": FONT, "fontSize": "14px", "maxWidth": "190px", "whiteSpace": "normal"}
    tip = {"text": "{says}", "style": style}
    north_up = pdk.View(type="MapView", controller={"dragRotate": False, "touchRotate": False})
    return pdk.Deck(
        layers=layers, views=[north_up], initial_view_state=view, map_provider=None, tooltip=tip
    )


def _towns(patches: Sequence[dict[str, Any]]) -> pdk.Layer:
    return pdk.Layer(
        "PolygonLayer",
        patches,
        id=TOWNS,
        get_polygon="ring",
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


def _chosen(patches: Sequence[dict[str, Any]]) -> pdk.Layer:
    return pdk.Layer(
        "PolygonLayer",
        patches,
        id="chosen",
        get_polygon="ring",
        filled=False,
        get_line_color=_rgb(INK),
        line_width_min_pixels=4,
    )


def _sites(scene: Scene) -> pdk.Layer:
    sites = [_coloured(site(each)) for each in scene.sites]
    return pdk.Layer(
        "ScatterplotLayer",
        sites,
        id="sites",
        get_position="[lon, lat]",
        get_fill_color="fill",
        get_line_color="edge",
        stroked=True,
        line_width_min_pixels=2,
        radius_min_pixels=5,
        radius_max_pixels=5,
        pickable=True,
    )


def _names(scene: Scene) -> pdk.Layer:
    names = [name(patch) for patch in scene.patches]
    text = pdk.types.String
    return pdk.Layer(
        "TextLayer",
        names,
        id="names",
        get_position="[lon, lat]",
        get_text="title",
        get_size=LABEL_SIZE,
        get_color=_rgb(TEXT),
        character_set=text("auto"),
        font_family=text(FONT),
        font_weight=600,
        font_settings={"sdf": True, "fontSize": 64, "buffer": 8},
        get_text_anchor=text("middle"),
        get_alignment_baseline=text("center"),
        line_height=1.25,
    )


def _patch(patch: Patch) -> dict[str, Any]:
    drawn = _coloured(feature(patch))
    return {"ring": patch.cell.ring, **{name: drawn[name] for name in _KEPT}}


_KEPT = ("code", "says", "fill", "edge")


def _coloured(drawn: dict[str, Any]) -> dict[str, Any]:
    """The same with its colours as the deck wants them."""
    return {**drawn, "fill": _rgb(drawn["fill"]), "edge": _rgb(drawn["edge"])}


def _rgb(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _view(scene: Scene) -> dict[str, float]:
    """Centre and zoom at which the sketch fits the height, and a phone's width."""
    west, south, east, north = scene.sketch.bounds
    low, high = _mercator(south), _mercator(north)
    wide, tall = max((east - west) / 360, 1e-6), max(high - low, 1e-6)
    zoom = math.log2(min((HEIGHT - 24) / (512 * tall), _NARROWEST / (512 * wide)))
    return {"longitude": (west + east) / 2, "latitude": (south + north) / 2, "zoom": zoom}


def _mercator(lat: float) -> float:
    """Latitude as a share of the world's height, as web maps count it."""
    return math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
