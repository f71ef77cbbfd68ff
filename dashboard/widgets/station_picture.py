"""The map of stations on a page: drawn one of two ways, answering to a click."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import pydeck as pdk
import streamlit as st

from dashboard.charts.cells import Form
from dashboard.charts.dots import MOST_DOTS, MOST_OVER_AREAS, Dots, dots
from dashboard.charts.scene import HEIGHT, PHONE_WIDTH, WIDTH, Scene, picking, scene
from dashboard.charts.shades import Shading, Standing, by_light, by_rate, by_stage
from dashboard.charts.station_deck import deck_map
from dashboard.charts.station_map import SITE, SPOT, TOWN, svg_map
from dashboard.ledgers import records as r
from dashboard.rules.areas import beneath
from dashboard.rules.coverage import Coverage, by_area
from dashboard.rules.gaps import gap_light
from dashboard.widgets.desk import Desk
from dashboard.widgets.keeping import kept
from dashboard.widgets.map_view import SPOT as SPOT_NAMED
from dashboard.widgets.map_view import MapView, Points, cell_of_town, ground, shown_units
from dashboard.widgets.picture import as_sent


@dataclass(frozen=True)
class Drawn:
    """A scene with both ways of drawing it."""

    scene: Scene
    spec: dict[str, Any]
    deck: pdk.Deck


def drawn(desk: Desk, view: MapView, size: tuple[int, int] | None = None) -> Drawn:
    """What a look at the map shows, made once for a version of the books.

    `size` is the least one at which the picture is seen, in pixels.
    """

    def build() -> Drawn:
        found = _scene(desk, view, size or (PHONE_WIDTH if view.is_phone else WIDTH, HEIGHT))
        return Drawn(found, as_sent(svg_map(found).to_dict()), deck_map(found))

    return kept("station_map", (desk.version, view.key, size), build)


def standings(desk: Desk, view: MapView) -> tuple[Coverage, ...]:
    """How each unit shown stands on the list, in the office's order."""
    return by_area(desk.books, view.hosts, shown_units(desk, view.area), desk.day)


def _scene(desk: Desk, view: MapView, size: tuple[int, int]) -> Scene:
    under = ground(desk, view)
    found = scene(
        under,
        [_shaded(desk, view.shading, each) for each in standings(desk, view)],
        _dots(desk, view, under.form),
        view.town.code if view.town else None,
        station=view.station.code if view.station else None,
        size=size,
    )
    return picking(found, view.spot) if view.is_picking else found


def _shaded(desk: Desk, shading: Shading, coverage: Coverage) -> Standing:
    if shading is Shading.LIGHT:
        return by_light(coverage, *gap_light(desk.judgement, coverage), desk.settings)
    return by_stage(coverage) if shading is Shading.STAGE else by_rate(coverage)


def _dots(desk: Desk, view: MapView, form: Form) -> Dots:
    books = desk.books
    if view.points is Points.NONE:
        return Dots()
    within = cell_of_town(desk, view)
    is_lowest = all(town == cell for town, cell in within.items())
    most = 0 if form is Form.TILES else MOST_DOTS if is_lowest else MOST_OVER_AREAS
    every = books.all(r.Station)
    mine = every if view.points is Points.ALL else books.by(r.Station, "host_list")[view.hosts.code]
    return dots(
        books,
        mine,
        desk.day,
        within=within,
        is_whole=view.area is None and not view.is_picking,
        most=most,
    )


def station_picture(desk: Desk, view: MapView, says: str) -> Scene:
    """Draw the map; a click writes what it chose into the address.

    The widget is made anew for each choice: a selection that the browser keeps would be out of
    step with a town chosen by other means.
    """
    made = drawn(desk, view)
    name = "map_" + "_".join(str(part) for part in (view.engine, *view.key))
    pick = partial(_pick, desk, view, name)
    with st.container(key="station_map"):
        if view.engine == "deck":
            st.pydeck_chart(
                made.deck,
                width="stretch",
                height=HEIGHT,
                on_select=pick,
                selection_mode="single-object",
                key=name,
                alt=says,
            )
        else:
            st.vega_lite_chart(
                None,
                made.spec,
                width="stretch",
                theme=None,
                on_select=pick,
                selection_mode=_modes(made.scene),
                key=name,
                alt=says,
            )
    return made.scene


def still_picture(desk: Desk, view: MapView, says: str, *, width: int, height: int) -> Scene:
    """The same map as SVG that answers to nothing, for a wall; its size is given in pixels."""
    made = drawn(desk, view, (width, height))
    spec = {name: each for name, each in made.spec.items() if name != "params"}
    st.vega_lite_chart(None, spec, width="stretch", theme=None, alt=says)
    return made.scene


def _modes(shown: Scene) -> list[str]:
    if shown.spots:
        return [SPOT]
    return [TOWN, *(f"{SITE}{size}" for size in sorted({dot.size for dot in shown.dots.shown}))]


def _pick(desk: Desk, view: MapView, name: str) -> None:
    kind, code = picked(st.session_state.get(name), view.engine)
    if code is None:
        return
    if kind == SPOT:
        spot = next(each for each in drawn(desk, view).scene.spots if each.code == code)
        st.query_params[SPOT_NAMED] = ",".join(f"{degree:.6f}" for degree in spot.middle)
    elif kind == SITE:
        st.query_params["station"] = code
    else:
        _choose(desk, code)


def _choose(desk: Desk, code: str) -> None:
    """An upper area is looked into, a town is chosen."""
    unit = desk.books.find(r.Unit, code)
    if unit is None:
        return
    st.query_params.pop("station", None)
    name = "area" if beneath(desk.books, unit) else "town"
    st.session_state[f"choice_{name}"] = code
    st.query_params[name] = code


def picked(event: Any, engine: str) -> tuple[str, str | None]:
    """What a click chose: a town, a station or a place, with its code."""
    selection = event["selection"] if event else {}
    found = selection.get("objects", {}) if engine == "deck" else selection
    for rows in found.values():
        for kind in (SPOT, SITE, TOWN):
            if rows and rows[0].get(kind):
                return kind, str(rows[0][kind])
    return TOWN, None
