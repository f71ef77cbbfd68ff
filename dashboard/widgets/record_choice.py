"""Which ledger and which row a page speaks of, from the address; the grid to choose a row from."""

from collections.abc import Iterator, Sequence
from itertools import chain

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, TITLES, fields_of, ledger_of
from dashboard.posting.editable import EDITABLE, is_printed
from dashboard.rules.names import name_of
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.links import address, task_address
from dashboard.widgets.record_words import value_words
from dashboard.widgets.table import Cell, Column, Markup, lines, link, page_of, quiet, table

GROUPS = (
    ("任务", ("task", "measure", "responsibility", "deadline", "milestone", "reporting_line")),
    ("单位和站点", ("unit", "contact", "host_list", "host", "station")),
    ("运行", ("problem", "directive")),
)
"""The ledgers that the office keeps, in the order of its work."""

_LISTS = {
    "task": "tasks",
    "problem": "problems",
    "station": "stations",
    "responsibility": "responsibilities",
}


def ledger_named() -> str:
    """The ledger that the address names; the first one where it names none that there is."""
    named = st.query_params.get("ledger", "")
    return named if named in LEDGERS and named != "plan" else "task"


def row_named(desk: Desk, ledger: str) -> r.Record | None:
    """The row that the address names, if the viewer may see it."""
    return desk.books.find(LEDGERS[ledger], st.query_params.get("code"))


def record_address(desk: Desk, row: r.Record) -> str:
    """Where one row is shown with its history, and changed."""
    return address(desk, "record", ledger=ledger_of(row), code=row.code)


def new_address(desk: Desk, ledger: str, **given: object) -> str:
    """Where a new row is entered; `given` are fields already known, such as the task."""
    return address(desk, "record", ledger=ledger, **given)


def may_add(desk: Desk, ledger: str) -> bool:
    """Whether the viewer may add rows to a ledger on the day looked at."""
    return ledger in EDITABLE and desk.may(EDITABLE[ledger].right)


def way_back(desk: Desk, ledger: str, row: r.Record | None) -> None:
    """Links to where the row stands among others."""
    task = row.code if isinstance(row, r.Task) else getattr(row, "task", None)
    ways = [link("事项详情", task_address(desk, task))] if task else []
    if ledger in _LISTS:
        ways.append(link(TITLES[ledger], address(desk, _LISTS[ledger])))
    if may_add(desk, ledger):
        ways.append(link("台账维护", address(desk, "maintain", ledger=ledger)))
    if row is not None and may_add(desk, ledger):
        ways.append(link(f"新增{TITLES[ledger]}", new_address(desk, ledger)))
    if ways:
        links(ways)


def links(ways: Sequence[Markup]) -> None:
    """A line of links."""
    st.html(f'<p class="g-links">{"　".join(way.html for way in ways)}</p>')


def choose_ledger(desk: Desk) -> str:
    """One of the ledgers that the viewer may keep."""
    offered = [name for name in chain(*(names for _, names in GROUPS)) if may_add(desk, name)]
    group_of = {name: group for group, names in GROUPS for name in names}
    chosen = choice(
        "台账", offered, "ledger", lambda name: f"{group_of[name]}：{TITLES[name]}", default="task"
    )
    return chosen or offered[0]


def grid(desk: Desk, ledger: str) -> None:
    """The rows of a ledger, to choose one from; a word narrows them."""
    rows = list(desk.books.all(LEDGERS[ledger]))
    wanted = st.text_input("查找", key=f"find_{ledger}", placeholder="输入名称或编号中的字").strip()
    found = [row for row in rows if wanted in row.code or wanted in name_of(desk.books, row)]
    note = f"共{len(rows)}行" if len(found) == len(rows) else f"共{len(rows)}行，找到{len(found)}行"
    section(TITLES[ledger], note)
    columns = (
        Column("名称", "34%", is_title=True),
        Column("要点"),
        Column("来源", "7rem"),
        Column("操作", "5rem"),
    )
    shown = [_row(desk, row) for row in page_of(found, f"{ledger}_page")]
    table(columns, shown, caption=TITLES[ledger], empty="还没有这类记录。点上面的“新增”登记。")


def _row(desk: Desk, row: r.Record) -> list[Cell]:
    origin = "方案原有" if is_printed(desk.books, row) else "办公室登记"
    points = list(_points(desk, row))
    return [
        lines(name_of(desk.books, row), quiet(row.code)),
        "；".join(points),
        origin,
        link("查看、修改", record_address(desk, row)),
    ]


def _points(desk: Desk, row: r.Record) -> Iterator[str]:
    """What tells a row from its neighbours: the first of the fields that the office keeps."""
    fields = {field.name: field for field in fields_of(type(row))}
    for name in _POINTS[ledger_of(row)]:
        words = value_words(desk.books, fields[name], getattr(row, name))
        if words:
            yield f"{fields[name].label}：{words}"


_POINTS = {
    "task": ("kind", "note"),
    "measure": ("task", "force", "note"),
    "responsibility": ("task", "basis"),
    "deadline": ("task", "note"),
    "milestone": ("task", "note"),
    "reporting_line": ("cadence", "via", "note"),
    "unit": ("kind", "aliases", "villages", "communities"),
    "contact": ("name", "telephone", "note"),
    "host_list": ("clause", "total", "unit_word", "year"),
    "host": ("state", "number", "note"),
    "station": ("kind", "town", "built_on", "area_m2"),
    "problem": ("unit", "state", "due_on"),
    "directive": ("unit", "state", "due_on"),
}
