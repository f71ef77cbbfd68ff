"""The map of stations on a page: drawn one of two ways, answering to a click, with its legend."""

from collections.abc import Hashable
from functools import partial
from html import escape
from typing import Any

import pydeck as pdk
import streamlit as st

from dashboard.charts.cells import sketch
from dashboard.charts.scene import NONE, SHADES, UNKNOWN, Scene, Shade, scene
from dashboard.charts.station_deck import TOWNS, deck_map
from dashboard.charts.station_map import HEIGHT, SITE, TOWN, svg_map
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import StationState
from dashboard.rules.coverage import by_place, places_of
from dashboard.rules.standards import checks
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk

ENGINES = {"deck": "图形加速", "svg": "矢量图"}


def choose_engine(desk: Desk) -> str:
    """The way of drawing: as set, else by what the browser said it can; the person may switch."""
    told = st.context.cookies.get("guatu_webgl"), st.context.headers.get("User-Agent")
    default = usual_engine(desk.settings.map.engine, *told)
    chosen = choice("画法", list(ENGINES), "map", ENGINES.__getitem__, default=default)
    return chosen or default


def usual_engine(setting: str, webgl: str | None, browser: str | None = None) -> str:
    """What the office set; else deck where the cookie says 1, but svg on a phone.

    A deck takes the finger that would scroll the page.
    """
    fixed = {label: engine for engine, label in ENGINES.items()}
    is_phone = "Mobi" in str(browser)
    return fixed.get(setting, "deck" if webgl == "1" and not is_phone else "svg")


def station_picture(
    desk: Desk, hosts: r.HostList, town: str | None, engine: str, says: str
) -> None:
    """Draw a host list's map; a click on a town writes it into the address as `town`.

    The widget is made anew for each chosen town: a selection that the browser keeps would be
    out of step with a town chosen by other means.
    """
    shown, spec, deck = _drawn((desk.version, hosts.code, town), desk, hosts, town)
    name = f"map_{engine}_{town}"
    pick = partial(_pick, name, engine, {patch.code for patch in shown.patches})
    if engine == "deck":
        st.pydeck_chart(
            deck,
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
            spec,
            width="stretch",
            theme=None,
            on_select=pick,
            selection_mode=[TOWN],
            key=name,
            alt=says,
        )
    st.html(_legend(shown))
    st.html(f'<p class="g-quiet" style="margin:0">{escape(_notes(desk, shown))}</p>')


@st.cache_resource(show_spinner=False, max_entries=100)
def _drawn(
    key: Hashable, _desk: Desk, _hosts: r.HostList, _town: str | None
) -> tuple[Scene, dict[str, Any], pdk.Deck]:
    del key  # the key of the cache
    books, day = _desk.books, _desk.day
    stations = checks(books, books.by(r.Station, "host_list")[_hosts.code], day)
    built = [each for each in stations if each.state is StationState.BUILT]
    found = scene(sketch(places_of(books)), by_place(books, _hosts, day), built, _town)
    return found, svg_map(found).to_dict(), deck_map(found)


def _pick(name: str, engine: str, codes: set[str]) -> None:
    code = picked(st.session_state.get(name), engine)
    if code in codes:
        st.session_state["choice_town"] = code
        st.query_params["town"] = code


def picked(event: Any, engine: str) -> str | None:
    """The code of the town that a click chose."""
    selection = event["selection"] if event else {}
    if engine == "deck":
        rows = selection.get("objects", {}).get(TOWNS, [])
    else:
        rows = selection.get(TOWN, [])
    return str(rows[0]["code"]) if rows else None


def _legend(shown: Scene) -> str:
    used = [shade for shade in SHADES if shown.number.get(shade)]
    items = [f"{_swatch(shade)}{_named(shade)} {shown.number[shade]}个" for shade in used]
    if any(each.is_met for each in shown.sites):
        items.append(f"{_dot(SITE)}达标站点")
    if not all(each.is_met for each in shown.sites):
        items.append(f"{_dot('#FFFFFF')}建成，未达标或待检查")
    style = "display:inline-block;white-space:nowrap;margin-right:1.1rem"
    spaced = " ".join(f'<span style="{style}">{item}</span>' for item in items)
    return f'<p style="margin:0;line-height:1.8">{spaced}</p>'


def _named(shade: Shade) -> str:
    return f"达标率{shade.label}" if shade in SHADES[: SHADES.index(NONE) + 1] else shade.label


def _swatch(shade: Shade) -> str:
    lines = "repeating-linear-gradient(45deg,#9AA5B1 0 1px,#fff 1px 5px)"
    fill = lines if shade is UNKNOWN else shade.fill
    return (
        f'<i style="display:inline-block;width:1.4em;height:.95em;border:1px solid #9AA5B1;'
        f'vertical-align:-.1em;margin-right:.35em;background:{fill}"></i>'
    )


def _dot(fill: str) -> str:
    return (
        f'<i style="display:inline-block;width:.65em;height:.65em;border:2px solid {SITE};'
        f'border-radius:50%;margin-right:.35em;background:{fill}"></i>'
    )


def _notes(desk: Desk, shown: Scene) -> str:
    notes = [f"{desk.settings.map.note}。"]
    if shown.sketch.unplaced:
        notes.append(f"未定位：{'、'.join(unit.name for unit in shown.sketch.unplaced)}。")
    if shown.unlocated:
        names = "、".join(each.station.name for each in shown.unlocated)
        notes.append(f"未标点的站点（缺经纬度）：{names}。")
    if shown.withheld:
        notes.append(f"特殊人群场所{shown.withheld}处只计数，不标点。")
    if any("GeoNames" in source for source in shown.sketch.sources):
        notes.append("部分点位资料来源：GeoNames，CC BY 4.0。")
    return "".join(notes)
