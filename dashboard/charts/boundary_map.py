"""The ground alone, to look at boundaries before they are loaded: outlines, names, points."""

from collections.abc import Iterable
from typing import Any

import altair as alt

from dashboard.charts.cells import Cell, Form, Sketch
from dashboard.charts.labels import Canvas, places
from dashboard.charts.look import INK, QUIET, TEXT, dressed

HEIGHT = 400
_WIDTH = 560
"""The width for which names are set; a wider picture gives them more room."""
_FILL, _SPOT = "#EDF2F8", "#FFFFFF"


def boundary_map(ground: Sketch) -> alt.TopLevelMixin:
    """Every unit's area with its name; a dot where the books place it, to compare the two."""
    layers = [_areas(ground.cells), _names(ground)]
    if ground.form is not Form.TILES:
        layers.insert(1, _points(ground.cells))
    whole = alt.layer(*layers).project("mercator")
    return dressed(whole.properties(width="container", height=HEIGHT))


def _chart(values: Iterable[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(values)))


def _areas(cells: Iterable[Cell]) -> alt.Chart:
    features = (
        {
            "type": "Feature",
            "geometry": {"type": "MultiPolygon", "coordinates": cell.parts},
            "name": cell.unit.name,
            "fill": _SPOT if cell.is_spot else _FILL,
        }
        for cell in cells
    )
    made: alt.Chart = (
        _chart(features)
        .mark_geoshape(stroke=INK, strokeWidth=1)
        .encode(fill=alt.Fill("fill:N", scale=None), tooltip=alt.Tooltip("name:N", title="单位"))
    )
    return made


def _points(cells: Iterable[Cell]) -> alt.Chart:
    placed = (
        {"lon": cell.unit.lon, "lat": cell.unit.lat, "name": cell.unit.name}
        for cell in cells
        if cell.unit.lon is not None and cell.unit.lat is not None
    )
    made: alt.Chart = (
        _chart(placed)
        .mark_circle(size=28, color=QUIET, opacity=1)
        .encode(
            longitude="lon:Q", latitude="lat:Q", tooltip=alt.Tooltip("name:N", title="登记的点位")
        )
    )
    return made


def _names(ground: Sketch) -> alt.Chart:
    names = [cell.unit.name for cell in ground.cells]
    placed = ((cell.unit.lon, cell.unit.lat) for cell in ground.cells)
    points = [((lon, lat), 6.0) for lon, lat in placed if lon is not None and lat is not None]
    canvas = Canvas.over(ground.bounds, _WIDTH, HEIGHT)
    where = places(ground.cells, names, points, canvas)
    written = (
        {"lon": at[0], "lat": at[1], "name": name}
        for name, at in zip(names, where, strict=True)
        if at is not None
    )
    made: alt.Chart = (
        _chart(written)
        .mark_text(color=TEXT, fontSize=14)
        .encode(longitude="lon:Q", latitude="lat:Q", text="name:N")
    )
    return made
