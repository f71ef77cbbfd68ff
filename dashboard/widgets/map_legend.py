"""What stands under the map: its classes with their numbers, the signs, and where it comes from."""

from collections.abc import Iterator
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.charts import symbols
from dashboard.charts.cells import Form
from dashboard.charts.dots import SIZE_WORDS, SIZES
from dashboard.charts.scene import Scene
from dashboard.charts.shades import ALL, RATES, Shade, Shading, classes
from dashboard.charts.symbols import Look
from dashboard.ledgers.terms import StationKind
from dashboard.rules.grounds import credit
from dashboard.settings import Settings
from dashboard.widgets.desk import Desk
from dashboard.widgets.map_view import MapView

_RATED = RATES[: RATES.index(ALL) + 4]
_MOST_NAMES = 8


def legend(desk: Desk, view: MapView, shown: Scene) -> None:
    """The classes that occur, the signs that occur, and the notes."""
    items = [*_classes(view.shading, desk.settings, shown), *_signs(shown)]
    spaced = " ".join(f"<span>{item}</span>" for item in items)
    notes = "".join(_notes(desk, shown))
    st.html(
        f'<p class="g-legend">{spaced}</p>'
        f'<p class="g-quiet" style="margin:.2rem 0 0">{escape(notes)}</p>'
    )


def caption(desk: Desk, view: MapView) -> str:
    """What the map shows and as of when: it stands on the map, whoever copies it."""
    return f"{view.hosts.title}：{view.shading.label}（截至{wording.full_day(desk.day)}）"


def _classes(shading: Shading, settings: Settings, shown: Scene) -> Iterator[str]:
    for shade in classes(shading, settings):
        if number := shown.number.get(shade):
            word = f"达标率{shade.label}" if shade in _RATED else shade.label
            yield f"{_swatch(shade)}{escape(word)} {number}个"


def _swatch(shade: Shade) -> str:
    lines = "repeating-linear-gradient(45deg,#9AA5B1 0 1px,#fff 1px 5px)"
    fill = lines if shade.is_hatched else shade.fill
    return f'<i class="g-swatch" style="background:{fill}"></i>'


def _signs(shown: Scene) -> Iterator[str]:
    """How far stations are, by the kind that is shown most; then the kinds; then the sizes."""
    dots = shown.dots.shown
    if not dots:
        return
    kinds = [kind for kind in StationKind if any(dot.kind is kind for dot in dots)]
    for look in Look:
        if any(dot.look is look for dot in dots):
            yield f"{_sign(symbols.name_of(kinds[0], look), SIZES[0])}{look.label}"
    for kind in kinds if len(kinds) > 1 else ():
        yield f"<b>{symbols.CHARACTERS[kind]}</b> {kind.label}"
    widths = {dot.size: dot.width for dot in dots}
    for size in sorted(widths) if len(widths) > 1 else ():
        sign = _sign(symbols.name_of(kinds[0], Look.BUILT), widths[size])
        yield f"{sign}{SIZE_WORDS[size]}"


def _sign(name: str, side: int) -> str:
    return f'<img src="{symbols.picture(name)}" width="{side}" height="{side}" alt="">'


def _notes(desk: Desk, shown: Scene) -> Iterator[str]:
    if shown.sketch.form is Form.AREAS:
        yield credit(desk.boundary_set) if desk.boundary_set else ""
    else:
        yield f"{desk.settings.map.note}。"
    yield from _not_drawn(shown)
    is_placed = shown.sketch.form is not Form.TILES
    if is_placed and any("GeoNames" in source for source in shown.sketch.sources):
        yield "部分点位资料来源：GeoNames，CC BY 4.0。"


def _not_drawn(shown: Scene) -> Iterator[str]:
    """What the map leaves out, and where it is found."""
    if shown.sketch.unplaced:
        yield f"未定位：{_names([unit.name for unit in shown.sketch.unplaced], '个')}。"
    if shown.sketch.spots:
        yield f"边界资料中没有、以圆点示意：{_names([u.name for u in shown.sketch.spots], '个')}。"
    if shown.unnamed:
        names = [patch.cell.unit.name for patch in shown.unnamed]
        yield f"图上未注名：{_names(names, '个')}，见下表。"
    if shown.dots.is_summed and shown.dots.by_cell:
        yield "站点较多或图形不含位置，图上只写各区域已建成的站点数。"
    if shown.dots.unlocated:
        names = [station.name for station in shown.dots.unlocated]
        yield f"未标点的站点（缺经纬度）：{_names(names, '处')}。"
    if shown.dots.withheld:
        yield f"特殊人群场所等{shown.dots.withheld}处只计数，不标点。"


def _names(names: list[str], measure: str) -> str:
    short = [f"{each[:_LONGEST_NAME]}…" if len(each) > _LONGEST_NAME else each for each in names]
    return wording.join_names(short, _MOST_NAMES, measure)


_LONGEST_NAME = 40
