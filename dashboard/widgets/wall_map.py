"""The map of the wall: one host list as a still picture, with its sentence and its legend."""

from html import escape

import streamlit as st

from dashboard.charts.scene import HEIGHT, PHONE_WIDTH
from dashboard.charts.shades import Shading
from dashboard.ledgers import records as r
from dashboard.rules.areas import beneath, top_areas
from dashboard.rules.coverage import leading_list, sentence, station_lists
from dashboard.widgets.desk import Desk
from dashboard.widgets.map_legend import legend
from dashboard.widgets.map_view import MapView, Points, is_phone
from dashboard.widgets.station_picture import drawn, still_picture

WIDTH, HEIGHTS = 440, (310, 340, 370, 410, 460)
"""In pixels as it is drawn, as small as its names allow: static/wall.css makes it fill its place,
and its type with it."""


def wall_view(desk: Desk) -> MapView | None:
    """What the address asks for (list, area, shade), else the leading list; None without one."""
    lists = {each.code: each for each in station_lists(desk.books)}
    if not lists or not top_areas(desk.books):
        return None
    opening = leading_list(desk.books) or next(iter(lists.values()))
    hosts = lists.get(st.query_params.get("list", ""), opening)
    area = desk.books.find(r.Unit, st.query_params.get("area"))
    shade = st.query_params.get("shade")
    return MapView(
        hosts=hosts,
        area=area if area and beneath(desk.books, area) else None,
        shading=next((each for each in Shading if each.value == shade), Shading.RATE),
        points=Points.NONE,  # names must be large; they say what stands
    )


def wall_map(desk: Desk, view: MapView) -> None:
    """Draw it with what it says in words."""
    says = sentence(desk.books, view.hosts, desk.day)
    where = f"{view.area.name}　" if view.area else ""
    title = escape(f"{where}{view.hosts.title}")
    with st.container(key="wall_map"):
        st.html(
            f'<section class="g-wall-list"><h2>{title}<small>{view.shading.label}</small></h2>'
            f'<p class="g-wall-covers">{escape(says)}</p></section>'
        )
        with st.container(key="wall_picture"):
            width, height = (PHONE_WIDTH, HEIGHT) if is_phone() else (WIDTH, _height(desk, view))
            shown = still_picture(desk, view, says, width=width, height=height)
        legend(desk, view, shown)


def _height(desk: Desk, view: MapView) -> int:
    """The least height at which every name finds room; the largest where none is enough."""
    fits = (each for each in HEIGHTS if not drawn(desk, view, (WIDTH, each)).scene.unnamed)
    return next(fits, HEIGHTS[-1])
