"""A station's place, of a new one or one that has moved, picked by a click on the map."""

import streamlit as st

from dashboard.access.rights import Right
from dashboard.charts.scene import Scene
from dashboard.ledgers import records as r
from dashboard.rules.withheld import is_withheld
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.map_view import PICK, MapView, map_address
from dashboard.widgets.record_choice import links, new_address, record_address
from dashboard.widgets.table import Markup, link

_SOURCE = "站点地图点选"


def may_pick(desk: Desk, view: MapView) -> bool:
    """Whether the viewer may place a station in the chosen town today."""
    return view.town is not None and desk.may(Right.EDIT_STATIONS) and desk.day == desk.today


def pick_way(desk: Desk, view: MapView) -> Markup | None:
    """The way to picking a place in the chosen town."""
    if not may_pick(desk, view) or view.town is None:
        return None
    to = map_address(desk, view.hosts, town=view.town.code, **{PICK: "1"})
    return link("在图上点选新站点的位置", to)


def move_way(desk: Desk, view: MapView) -> Markup | None:
    """The way to picking the place anew of the station that is looked at."""
    if view.station is None or view.town is None or not _may_move(desk, view, view.station):
        return None
    chosen = {"town": view.town.code, "station": view.station.code}
    return link("在图上点选位置", map_address(desk, view.hosts, **chosen, **{PICK: "1"}))


def _may_move(desk: Desk, view: MapView, station: r.Station) -> bool:
    return may_pick(desk, view) and not is_withheld(station)


def pick_panel(desk: Desk, view: MapView, shown: Scene) -> None:
    """What to do, what was picked, and the way to the form with it filled in."""
    assert view.town is not None
    whose = view.station.name if view.station else "新站点"
    section(f"在{view.town.name}点选{whose}的位置")
    station = view.station.code if view.station else None
    back = link("取消", map_address(desk, view.hosts, town=view.town.code, station=station))
    if not shown.spots:
        st.html('<p style="margin:0">方块图不含位置，请在“地图选项”中改用示意图。</p>')
        links([back])
        return
    found = view.spot
    if found is None:
        st.html('<p style="margin:0">请在左侧图上点击站点所在的位置。</p>')
        links([back])
        return
    lon, lat = found
    note = "位置取自示意图，只表示大致方位；有准确经纬度的，请在表单中改填。"
    st.html(f'<p style="margin:0">已选：东经{lon:.4f}°，北纬{lat:.4f}°。{note}</p>')
    if view.station and _may_move(desk, view, view.station):
        use = link("用这个位置更新点位", _changed(desk, view.station, found))
    else:
        use = link("用这个位置新增站点", _form(desk, view.hosts, view.town, found))
    links([use, back])


def _changed(desk: Desk, station: r.Station, at: tuple[float, float]) -> str:
    """The form of a station with another place filled in, to be looked at and saved."""
    return record_address(desk, station, lon=at[0], lat=at[1], point_source=_SOURCE)


def _form(desk: Desk, hosts: r.HostList, town: r.Unit, at: tuple[float, float]) -> str:
    kind = hosts.station_kind.value if hosts.station_kind else None
    known = {"town": town.code, "host_list": hosts.code, "kind": kind}
    return new_address(desk, "station", **known, lon=at[0], lat=at[1], point_source=_SOURCE)
