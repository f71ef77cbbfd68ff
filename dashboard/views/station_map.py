"""站点地图: which town has the station it must have, and what closes the gap?"""

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.rules.coverage import (
    by_place,
    in_all,
    leading_list,
    places_of,
    sentence,
    station_lists,
)
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import empty, heading
from dashboard.widgets.own_towns import own_towns
from dashboard.widgets.station_picture import choose_engine, station_picture
from dashboard.widgets.town_panel import town_panel, towns_table

at = desk()
if not at.sees_all:
    own_towns(at)
    st.stop()

top = st.container()
lists = {each.code: each for each in station_lists(at.books)}
places = {unit.code: unit for unit in places_of(at.books)}
if not lists or not places:
    heading(at, "站点地图", "方案没有要求镇街设站点，或镇街名单尚未录入。")
    empty("这里将按镇街显示站点的应设、建成和达标情况。", "请先核定应设名录和镇街名单。")
    st.stop()

first, second, third = st.columns([5, 4, 3])
with first:
    opening = leading_list(at.books) or next(iter(lists.values()))
    code = choice("应设名录", list(lists), "list", lambda c: lists[c].title, default=opening.code)
with second:
    town = choice("镇街", list(places), "town", lambda c: places[c].name, everything="全部镇街")
with third:
    engine = choose_engine(at)

hosts = at.books.get(r.HostList, code or opening.code)
says = sentence(at.books, hosts, at.day)
with top:
    heading(at, "站点地图", says)
standing = by_place(at.books, hosts, at.day)
left, right = st.columns([2, 3], gap="medium")
with left:
    station_picture(at, hosts, town, engine, says)
with right:
    chosen = next((each for each in standing if each.unit and each.unit.code == town), None)
    if chosen:
        town_panel(at, chosen)
    else:
        towns_table(at, standing, in_all(at.books, hosts, at.day))
