"""What of the map is looked at: list, area, town, station and drawing, all kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from dashboard.charts.cells import Form, Sketch, sketch, tiles
from dashboard.charts.shades import Shading
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Term
from dashboard.rules.areas import beneath, path_to, top_areas, towns_under
from dashboard.rules.coverage import leading_list, station_lists
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address
from dashboard.widgets.table import link, markup

ENGINES = {"deck": "图形加速", "svg": "矢量图"}
PICK, SPOT = "pick", "spot"
"""The address's names for picking a place and for the longitude and latitude picked."""
_KEPT = ("shade", "points", "shape", "map")
"""What of the address links on the page leave as it is."""


class Points(Term):
    """Which stations are points."""

    LIST = "list", "本名录的站点"
    ALL = "all", "全部站点"
    NONE = "none", "不显示站点"


FORMS = {Form.CELLS.value: "按方位", Form.TILES.value: "方块图"}


@dataclass(frozen=True)
class MapView:
    """One look at the map. `area` is the upper area looked into, `town` the one chosen in it."""

    hosts: r.HostList
    area: r.Unit | None = None
    town: r.Unit | None = None
    station: r.Station | None = None
    shading: Shading = Shading.RATE
    points: Points = Points.LIST
    shape: str = Form.CELLS.value
    engine: str = "svg"
    is_phone: bool = False
    is_picking: bool = False
    spot: tuple[float, float] | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What the picture depends on beside the books; both ways of drawing are one picture."""
        chosen = [row.code if row else None for row in (self.area, self.town, self.station)]
        looks = (self.shading.value, self.points.value, self.shape)
        return (self.hosts.code, *chosen, *looks, self.is_phone, self.is_picking, self.spot)


def shown_units(desk: Desk, area: r.Unit | None) -> tuple[r.Unit, ...]:
    """The units that the map of an area shows as cells."""
    return beneath(desk.books, area) if area else top_areas(desk.books)


def ground(desk: Desk, view: MapView) -> Sketch:
    """What the map is drawn on."""
    units = shown_units(desk, view.area)
    whole = tiles(units) if view.shape == Form.TILES.value else sketch(units, desk.shapes)
    return _closer(whole, view.town) if view.is_picking and view.town else whole


def _closer(whole: Sketch, town: r.Unit) -> Sketch:
    """The cell of one town alone, which then fills the picture."""
    cells = tuple(cell for cell in whole.cells if cell.unit.code == town.code)
    if not cells:
        return whole
    lons, lats = zip(*(at for part in cells[0].parts for at in part[0]), strict=True)
    return replace(whole, cells=cells, bounds=(min(lons), min(lats), max(lons), max(lats)))


def cell_of_town(desk: Desk, view: MapView) -> Mapping[str, str]:
    """In which of the units shown each town lies, by codes."""
    units = shown_units(desk, view.area)
    if view.is_picking and view.town:
        units = (view.town,)
    return {town.code: unit.code for unit in units for town in towns_under(desk.books, unit)}


def map_address(desk: Desk, hosts: r.HostList, **where: str | None) -> str:
    """The map of a list, drawn the way it is being drawn now, with other places chosen."""
    drawn = {name: st.query_params.get(name) for name in _KEPT}
    return address(desk, "station_map", list=hosts.code, **where, **drawn)


def choose_view(desk: Desk) -> MapView:
    """Draw the choices above the map; what the address names is chosen."""
    lists = {each.code: each for each in station_lists(desk.books)}
    opening = leading_list(desk.books) or next(iter(lists.values()))
    first, second, third, fourth = st.columns([5, 4, 3, 3], vertical_alignment="bottom")
    with first:
        code = choice(
            "应设名录", list(lists), "list", lambda c: lists[c].title, default=opening.code
        )
    area = _area(desk)
    with second:
        area, town = _place(desk, area)
    with third:
        shading = _term("着色", Shading, "shade")
    with fourth, st.popover("地图选项", width="stretch"):
        points = _term("站点", Points, "points")
        shape = choice("图形", list(FORMS), "shape", FORMS.__getitem__, default=Form.CELLS.value)
        engine = choose_engine(desk)
    station = desk.books.find(r.Station, st.query_params.get("station"))
    return MapView(
        hosts=lists[code or opening.code],
        area=area,
        town=town,
        station=station,
        shading=Shading.parse(shading),
        points=Points.parse(points),
        shape=shape or Form.CELLS.value,
        engine=engine,
        is_phone=is_phone(),
        is_picking=st.query_params.get(PICK) == "1" and town is not None,
        spot=_spot(),
    )


def _spot() -> tuple[float, float] | None:
    """The place that the address names."""
    try:
        lon, lat = map(float, st.query_params.get(SPOT, "").split(","))
    except ValueError:
        return None
    return lon, lat


def _term(label: str, kind: type[Term], name: str) -> str:
    words = {each.value: each.label for each in kind}
    first = next(iter(words))
    return choice(label, list(words), name, words.__getitem__, default=first) or first


def _area(desk: Desk) -> r.Unit | None:
    """The upper area that the address names, or in which the town lies that it names."""
    named = desk.books.find(r.Unit, st.query_params.get("area"))
    if named is not None and beneath(desk.books, named):
        return named
    town = desk.books.find(r.Unit, st.query_params.get("town"))
    path = path_to(desk.books, town) if town else ()
    return path[-2] if len(path) > 1 else None


def _place(desk: Desk, area: r.Unit | None) -> tuple[r.Unit | None, r.Unit | None]:
    """A box of the units shown: one that holds others is looked into, a lowest one is chosen."""
    units = {unit.code: unit for unit in shown_units(desk, area)}
    wide = {code: unit for code, unit in units.items() if beneath(desk.books, unit)}
    if wide:
        picked = choice("区域", list(wide), "area", lambda c: wide[c].name, everything="全部区域")
        return area if picked is None else wide[picked], None
    town = choice("镇街", list(units), "town", lambda c: units[c].name, everything="全部镇街")
    return area, units.get(town or "")


def breadcrumb(desk: Desk, view: MapView) -> str:
    """“嘉祥县 › 老僧堂镇 › 站”, each but the last a way back up."""
    steps = [(desk.plan.place, map_address(desk, view.hosts))]
    lowest = view.town or view.area
    for unit in path_to(desk.books, lowest) if lowest else ():
        name = "area" if beneath(desk.books, unit) else "town"
        steps.append((unit.name, map_address(desk, view.hosts, **{name: unit.code})))
    if view.station:
        steps.append((view.station.name, ""))
    *ways, (last, _) = steps
    return " › ".join([*(link(words, to).html for words, to in ways), markup(last)])


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
    on_phone = "Mobi" in str(browser)
    return fixed.get(setting, "deck" if webgl == "1" and not on_phone else "svg")


def is_phone() -> bool:
    """Whether the browser says that it runs on a telephone."""
    return "Mobi" in str(st.context.headers.get("User-Agent"))
