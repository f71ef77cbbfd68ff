"""数据导出 on screen: which files the viewer may take away, each as a link."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.access.rights import Right, may_some
from dashboard.access.scope import own_units, sees_all
from dashboard.ledgers import records as r
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address
from dashboard.widgets.sums import sums_of
from dashboard.widgets.table import Cell, Column, Markup, lines, link, quiet, table
from dashboard.widgets.wall_links import wall_cell

_COLUMNS = (
    Column("内容", "22%", is_title=True),
    Column("说明"),
    Column("文件", "18rem"),
)
_UNIT_FILE = "任务、责任、报送事项、问题、交办事项，各一张工作表。"


def units_of(desk: Desk) -> Sequence[r.Unit]:
    """The units whose ledger the viewer may take: all that bear duties, or the own ones."""
    if not sees_all(desk.viewer):
        own = own_units(desk.viewer, desk.plan.code)
        return [unit for unit in desk.books.all(r.Unit) if unit.code in own]
    sums = sums_of(desk)
    standings = (*sums.departments, *sums.towns_and_zones, *sums.task_force)
    return [each.unit for each in standings]


def with_instructions(desk: Desk) -> bool:
    """Draw the choice where there is anything to choose; whether instructions go along."""
    if not any(each.register_no for each in desk.books.all(r.Directive)):
        return False
    label = "包括有批示登记号的交办事项"
    return st.checkbox(label, key="instructions", bind="query-params")


def chosen_units(desk: Desk) -> Sequence[r.Unit]:
    """The units whose files are shown: the own ones, or the one that is chosen."""
    units = units_of(desk)
    if not sees_all(desk.viewer):
        return units
    names = {unit.code: unit.name for unit in units}
    with st.columns([1, 2])[0]:
        code = choice("单位", list(names), "unit", names.__getitem__)
    return [unit for unit in units if unit.code == code]


def file_list(desk: Desk, units: Sequence[r.Unit], *, instructions: bool) -> None:
    """What can be had, for which day, as links."""
    asked = {"instructions": "yes"} if instructions else {}
    rows: list[list[Cell]] = []
    if desk.may(Right.EXPORT):
        links = lines(
            _file(desk, "plan.xlsx", "Excel文件（.xlsx）", **asked),
            _file(desk, "plan.json", "数据文件（.json）", **asked),
        )
        what = "本方案的全部台账和任务进展；数据文件供其他系统读取。"
        rows.append(["全部台账", what, links])
        chart = "任务进度和镇街进度，供打印张贴；各种纸张版式相同。"
        rows.append(["作战图", chart, wall_cell(desk)])
    for unit in units:
        to = _file(desk, "unit.xlsx", "Excel文件（.xlsx）", unit=unit.code, **asked)
        rows.append([f"{unit.name}台账", _UNIT_FILE, to])
    if may_some(desk.viewer, Right.READ_AUDIT):
        to_page = link("到“审计记录”页导出", address(desk, "audit"))
        rows.append(["审计记录", "按日期、类别、账号筛选后导出。", to_page])
    table(_COLUMNS, rows, caption="可以导出的文件", empty="没有可以导出的内容。")


def _file(desk: Desk, name: str, words: str, **more: str) -> Markup:
    query = {"plan": desk.plan.code, "date": desk.day.isoformat(), **more}
    to = escape(f"/files/{name}?{urlencode(query)}")
    return Markup(f'<a href="{to}" target="_self">{escape(words)}</a>')


def notes(desk: Desk) -> None:
    """What every file carries, and that each is put on record."""
    practice = "含演示数据的文件注明“演示数据”。" if desk.is_practice else ""
    said = (
        "表格文件每页注明导出岗位、账号、时间和统计截止日；数据文件的导出人和时间写在文件名中。",
        f"联系人不在导出范围内。{practice}",
        "每次导出都记入审计记录。",
    )
    st.html(f"<p>{lines(*(quiet(each) for each in said)).html}</p>")
