"""站点地图: which town has no station yet, whose job is it and by when; what closes each gap?"""

from html import escape

import streamlit as st

from dashboard.rules.coverage import in_all, of_area, sentence, station_lists
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import empty, heading
from dashboard.widgets.map_gaps import gap_lists
from dashboard.widgets.map_legend import caption, legend
from dashboard.widgets.map_pick import move_way, pick_panel, pick_way
from dashboard.widgets.map_view import breadcrumb, choose_view, shown_units
from dashboard.widgets.own_towns import own_towns
from dashboard.widgets.station_panel import station_panel
from dashboard.widgets.station_picture import standings, station_picture
from dashboard.widgets.town_panel import standing_words, town_panel
from dashboard.widgets.towns_table import towns_table
from dashboard.widgets.wall_screen import wall_link

at = desk()
if not at.sees_all:
    own_towns(at)
    st.stop()

top = st.container()
if not station_lists(at.books) or not shown_units(at, None):
    with top:
        heading(at, "站点地图", "方案没有要求镇街设站点，或镇街名单尚未录入。")
    empty("这里将按镇街显示站点的应设、建成和达标情况。", "请先核定应设名录和镇街名单。")
    st.stop()

with st.container(key="map_choices"):
    view = choose_view(at)
area = of_area(at.books, view.hosts, view.area, at.day) if view.area else None
if area is None or view.area is None:
    says = sentence(at.books, view.hosts, at.day)
else:
    says = f"{view.area.name}{view.hosts.title}：{standing_words(area)}"
with top:
    heading(at, "站点地图", says)
    wall_link(at, list=view.hosts.code, area=view.area.code if view.area else None)

with st.container(key="map_parts"):
    left, right = st.columns([1, 1], gap="medium")
with left:
    st.html(f'<p class="g-caption">{escape(caption(at, view))}</p>')
    shown = station_picture(at, view, says)
    legend(at, view, shown)
with right:
    if view.area or view.town or view.station:
        st.html(f'<p class="g-links g-path">{breadcrumb(at, view)}</p>')
    if view.is_picking:
        pick_panel(at, view, shown)
    elif view.station:
        moving = move_way(at, view)
        station_panel(at, view.station, [moving] if moving else [])
    elif view.town:
        way = pick_way(at, view)
        town_panel(at, of_area(at.books, view.hosts, view.town, at.day), [way] if way else [])
    else:
        gap_lists(at, view)
if not (view.town or view.station):
    with st.container(key="map_table"):
        towns_table(at, standings(at, view), area or in_all(at.books, view.hosts, at.day))
