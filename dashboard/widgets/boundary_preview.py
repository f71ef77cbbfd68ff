"""Before boundaries are loaded: how they will be drawn, what was joined, what to look at."""

import hashlib
from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.charts.boundary_map import boundary_map
from dashboard.charts.cells import Sketch, sketch
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Datum
from dashboard.posting.boundaries import load_boundaries
from dashboard.rules.areas import top_areas
from dashboard.rules.grounds import grounds
from dashboard.sheets.boundary_file import Area, BoundaryFile, Said, read_boundaries
from dashboard.widgets.boundary_facts import FORM
from dashboard.widgets.boundary_upload import Given
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.keeping import kept
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.picture import picture
from dashboard.widgets.table import Cell, Column, page_of, table

_NAMES = 12
_COLUMNS = (
    Column("单位", "40%", is_title=True),
    Column("对应方式"),
    Column("图上面积（平方公里）", is_figure=True),
)


def taken_in(desk: Desk, given: Given) -> BoundaryFile | None:
    """What a file brings, with the button that loads it; None, and why, where it cannot be read."""
    if given.datum is None:
        st.html('<p class="g-quiet" style="margin:0">选定坐标系后，在图上核对。</p>')
        return None
    with st.spinner("正在读取边界文件……"):
        found, problems = _read(desk, given.content, given.datum)
    if found is None:
        st.error("没有载入。\n\n" + "\n\n".join(problems))
        return None
    _confirm(desk, given, found)
    return found


def preview(desk: Desk, found: BoundaryFile) -> None:
    """The file's areas as a map and as rows, and what the office should look at."""
    section("核对后载入", "尚未保存；圆点为单位台账登记的点位")
    _listed(_summary(found))
    ground = _ground(desk, found)
    says = f"待载入的边界，画出{len(ground.cells)}个区域"
    key = (found.sha256, found.areas[0].shape.wkb)
    picture(desk, "boundary_preview", lambda: boundary_map(ground), says=says, key=key)
    if found.notes:
        section("请核对", f"{len(found.notes)}条")
        _listed(found.notes)
    rows = [_row(each) for each in page_of(found.areas, "areas_page")]
    table(_COLUMNS, rows, caption="待载入的边界")


def _read(desk: Desk, content: bytes, datum: Datum) -> tuple[BoundaryFile | None, tuple[str, ...]]:
    """A file is read once for the books, however often the page is drawn."""
    key = (hashlib.sha256(content).hexdigest(), datum, desk.version)
    return kept("boundary_file", key, lambda: read_boundaries(content, datum, desk.books))


def _summary(found: BoundaryFile) -> list[str]:
    told = [f"已对应{len(found.areas)}个单位。"]
    told += _named("没有边界的单位", [unit.name for unit in found.missing])
    told += _named("未对应到单位的要素", found.strangers)
    if found.notes:
        return [*told, f"另有{len(found.notes)}条要核对，见图下。"]
    return [*told, "没有发现问题，请看图上界线与圆点是否相符。"]


def _listed(told: Sequence[str]) -> None:
    items = "".join(f"<li>{escape(each)}</li>" for each in told)
    st.html(f'<ul style="margin:0;padding-left:1.2rem">{items}</ul>')


def _named(what: str, names: Sequence[str]) -> list[str]:
    shown = wording.join_names(names, _NAMES, "个")
    return [f"{what}{len(names)}个：{shown}。"] if names else []


def _ground(desk: Desk, found: BoundaryFile) -> Sketch:
    """The widest areas that the file gives a ground; else the very areas of the file."""
    shapes = grounds(desk.books, found.shapes)
    top: tuple[r.Unit, ...] = top_areas(desk.books)
    is_given = any(unit.code in shapes for unit in top)
    return sketch(top if is_given else [each.unit for each in found.areas], shapes)


def _row(each: Area) -> list[Cell]:
    return [each.unit.name, each.matched_by.label, f"{wording.rounded(each.km2, 1)}"]


def _confirm(desk: Desk, given: Given, found: BoundaryFile) -> None:
    turn = outbox().turn(FORM)
    lacks = [
        word for word, told in (("资料名称", given.title), ("资料来源", given.source)) if not told
    ]
    if lacks:
        st.html(f'<p class="g-quiet" style="margin:0">还要填写{"、".join(lacks)}。</p>')
    elif not given.review_no:
        told = "没有审图号：地图上注明“限内部工作使用”，不得对外公开。"
        st.html(f'<p class="g-quiet" style="margin:0">{told}</p>')
    label = f"载入{len(found.areas)}个区域的边界"
    if st.button(label, type="primary", disabled=bool(lacks), key=f"{FORM}_go_{turn}"):
        with st.spinner("正在载入……"):
            post(FORM, turn, lambda: _load(desk, given, found), not_done="没有载入")


def _load(desk: Desk, given: Given, found: BoundaryFile) -> str:
    assert given.datum is not None
    review_no = given.review_no or None
    said = Said(given.file_name, given.datum, given.title, given.source, review_no)
    load_boundaries(desk.engine, desk.viewer, desk.plan.code, found.told_by(said))
    return f"已载入“{given.title}”，{len(found.areas)}个区域；站点地图即按此绘制。"
