"""The boundaries in force: what is drawn, where it comes from, and how it is taken out of force."""

from html import escape

import streamlit as st

from dashboard import wording
from dashboard.charts.boundary_map import boundary_map
from dashboard.charts.cells import Sketch, sketch, tiles
from dashboard.ledgers import records as r
from dashboard.posting.boundaries import withdraw_boundaries
from dashboard.rules.areas import areas_of, top_areas
from dashboard.rules.grounds import credit
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.picture import picture

FORM = "boundaries"


def answer(desk: Desk) -> str:
    """What the map draws, in a sentence."""
    held = desk.boundary_set
    if held is None:
        return "还没有载入边界资料，站点地图按镇街点位画成示意图（非行政区域界线）。"
    units = areas_of(desk.books)
    number = sum(unit.code in desk.shapes for unit in units)
    day = wording.day(held.loaded_on, desk.day.year)
    told = f"中{number}个有边界" if number < len(units) else "都有边界"
    return f"现用“{held.title}”（{day}载入）：{len(units)}个区域{told}。"


def facts(desk: Desk) -> None:
    """The ground as the map draws it, and the set's own facts."""
    held = desk.boundary_set
    section("站点地图现用的底图", "圆点为单位台账登记的点位")
    ground = _ground(desk)
    says = f"底图，画出{len(ground.cells)}个区域：" + "、".join(c.unit.name for c in ground.cells)
    picture(desk, "boundaries", lambda: boundary_map(ground), says=says)
    told = [credit(held)] if held else [f"{desk.settings.map.note}。"]
    told += _left_out(ground)
    st.html("".join(f'<p class="g-quiet" style="margin:0">{escape(each)}</p>' for each in told))
    if held:
        _table(held)


def _ground(desk: Desk) -> Sketch:
    """The widest areas; tiles where no unit has a place."""
    units = top_areas(desk.books)
    found = sketch(units, desk.shapes)
    return found if found.cells else tiles(units)


def _left_out(ground: Sketch) -> list[str]:
    told = []
    if ground.spots:
        names = wording.join_names([unit.name for unit in ground.spots], 8, "个")
        told.append(f"边界资料中没有、按点位画成圆的：{names}。")
    if ground.unplaced:
        names = wording.join_names([unit.name for unit in ground.unplaced], 8, "个")
        told.append(f"没有边界也没有点位（未定位）：{names}。")
    return told


def _table(held: r.BoundarySet) -> None:
    error = f"不超过{wording.number(held.tolerance_m)}米" if held.tolerance_m else "未简化"
    rows = {
        "审图号": held.review_no or "未填写",
        "资料来源": held.source,
        "原坐标系": f"{held.datum.label}，已转换为WGS-84"
        if held.datum.is_shifted
        else held.datum.label,
        "界线简化": error,
        "载入": f"{wording.full_day(held.loaded_on)}，{held.by_post}",
        "原文件": f"{held.file_name}（校验值{held.sha256[:8]}…，只登记，不留存原文件）",
    }
    if held.note:
        rows["备注"] = held.note
    cells = "".join(
        f'<tr><td class="g-quiet" style="width:7rem">{label}</td><td>{escape(each)}</td></tr>'
        for label, each in rows.items()
    )
    st.html(f'<table class="g-table"><caption>现用边界资料</caption>{cells}</table>')


def withdrawing(desk: Desk) -> None:
    """Take the set in force out of force, saying beforehand what is drawn then."""
    held = desk.boundary_set
    if held is None or desk.day != desk.today:
        return
    *earlier, _ = desk.books.all(r.BoundarySet)
    then = f"改用之前的“{earlier[-1].title}”" if earlier else "改画示意图"
    turn = outbox().turn(FORM)
    with st.popover("撤下这份边界"):
        st.write(f"撤下后站点地图{then}；过去日期的地图不变。要恢复须重新载入原文件。")
        if st.button("确认撤下", key=f"boundaries_withdraw_{turn}"):
            post(FORM, turn, lambda: _withdraw(desk, held, then))


def _withdraw(desk: Desk, held: r.BoundarySet, then: str) -> str:
    withdraw_boundaries(desk.engine, desk.viewer, desk.plan.code, held.code)
    return f"已撤下“{held.title}”，站点地图{then}。"
