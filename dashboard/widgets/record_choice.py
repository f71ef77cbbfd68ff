"""Which ledger and which row a page speaks of, from the address; the grid to choose a row from."""

from collections.abc import Iterator, Sequence
from itertools import chain

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, TITLES, fields_of, ledger_of, row_word
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
    (
        "单位和站点",
        ("unit", "contact", "host_list", "host", "listed_host", "station", "standard_item"),
    ),
    ("运行", ("problem", "directive")),
    ("方案原文（只读）", ("clause", "indicator")),
)
"""The ledgers that the office keeps, in the order of its work, and what it looks up beside."""

_LISTS = {
    "task": "tasks",
    "problem": "problems",
    "station": "stations",
    "responsibility": "responsibilities",
    "indicator": "indicators",
    "directive": "directives",
    "supervision": "supervision",
}


def ledger_named(desk: Desk) -> str:
    """The ledger that the address names; the first one where it names none that is shown."""
    named = st.query_params.get("ledger", "")
    return named if named in desk.books.rows and named != "plan" else "task"


def row_named(desk: Desk, ledger: str) -> r.Record | None:
    """The row that the address names, if the viewer may see it."""
    return desk.books.find(LEDGERS[ledger], st.query_params.get("code"))


def record_address(desk: Desk, row: r.Record, **proposed: object) -> str:
    """Where one row is shown with its history, and changed; `proposed` stand in its form."""
    return address(desk, "record", ledger=ledger_of(row), code=row.code, **proposed)


def new_address(desk: Desk, ledger: str, **given: object) -> str:
    """Where a new row is entered; `given` are fields already known, such as the task."""
    return address(desk, "record", ledger=ledger, **given)


def may_add(desk: Desk, ledger: str) -> bool:
    """Whether the viewer may add rows to a ledger on the day looked at."""
    return ledger in EDITABLE and desk.may(EDITABLE[ledger].right)


def way_back(desk: Desk, ledger: str, row: r.Record | None, more: Sequence[Markup] = ()) -> None:
    """Links to where the row stands among others; `more` stand behind them."""
    task = row.code if isinstance(row, r.Task) else getattr(row, "task", None)
    ways = [link("事项详情", task_address(desk, task))] if task else []
    if isinstance(row, r.Station):
        ways.append(link("站点详情", address(desk, "station", station=row.code)))
    if ledger in _LISTS:
        ways.append(link(TITLES[ledger], address(desk, _LISTS[ledger])))
    if may_add(desk, ledger):
        ways.append(link("台账维护", address(desk, "maintain", ledger=ledger)))
    if row is not None and may_add(desk, ledger) and desk.day == desk.today:
        ways.append(link(f"新增{row_word(ledger)}", new_address(desk, ledger)))
    if ways or more:
        links([*ways, *more])


def adding(desk: Desk, ledger: str, *beside: Markup) -> None:
    """Above a list: the way to a new row and others beside it, for who may add one today."""
    if may_add(desk, ledger) and desk.day == desk.today:
        links([link(f"新增{row_word(ledger)}", new_address(desk, ledger)), *beside])


def links(ways: Sequence[Markup]) -> None:
    """A line of links."""
    st.html(f'<p class="g-links">{"　".join(way.html for way in ways)}</p>')


def choose_ledger(desk: Desk) -> str:
    """One of the ledgers that the viewer may keep or look up."""
    every = chain(*(names for _, names in GROUPS))
    offered = [name for name in every if name not in EDITABLE or may_add(desk, name)]
    group_of = {name: group for group, names in GROUPS for name in names}
    chosen = choice(
        "台账", offered, "ledger", lambda name: f"{group_of[name]}：{TITLES[name]}", default="task"
    )
    return chosen or offered[0]


def find(ledger: str) -> str:
    """The word by which the person narrows the rows."""
    key = f"find_{ledger}"
    return st.text_input("查找", key=key, placeholder="名称、编号或内容中的字").strip()


def grid(desk: Desk, ledger: str, wanted: str) -> None:
    """The rows of a ledger that hold a word, to choose one from."""
    rows = desk.books.all(LEDGERS[ledger])
    found = [row for row in rows if not wanted or wanted in _text(desk, row)]
    note = f"共{len(rows)}条" if len(found) == len(rows) else f"共{len(rows)}条，找到{len(found)}条"
    section(TITLES[ledger], note)
    columns = (
        Column("名称", "36%", is_title=True),
        Column("要点"),
        Column("来源", "7rem"),
        Column("操作", "7.5rem"),
    )
    # Another word makes other pages: each begins with its first.
    shown = [_row(desk, row) for row in page_of(found, f"{ledger}_page_{len(found)}")]
    table(columns, shown, caption=TITLES[ledger], empty=_nothing(ledger, wanted))


def _nothing(ledger: str, wanted: str) -> str:
    if wanted:
        return f"没有含“{wanted}”的记录，请换一个词。"
    if ledger not in EDITABLE:
        return f"方案中没有{TITLES[ledger]}。"
    return none_yet(ledger)


def none_yet(ledger: str) -> str:
    """What stands in the place of a ledger's rows while there are none."""
    return f"还没有{row_word(ledger)}。点上面的“新增{row_word(ledger)}”登记。"


def _text(desk: Desk, row: r.Record) -> str:
    return "\n".join([row.code, name_of(desk.books, row), *_points(desk, row)])


def _row(desk: Desk, row: r.Record) -> list[Cell]:
    printed = is_printed(desk.books, row)
    word = "查看、修改" if ledger_of(row) in EDITABLE else "查看"
    return [
        lines(name_of(desk.books, row), quiet(None if printed else row.code)),
        "；".join(_points(desk, row)) or quiet("无"),
        "方案原有" if printed else "办公室登记",
        link(word, record_address(desk, row)),
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
    "listed_host": ("host_list", "town", "state", "official_code"),
    "station": ("kind", "town", "built_on", "area_m2"),
    "problem": ("unit", "state", "due_on"),
    "directive": ("unit", "state", "due_on"),
    "clause": ("kind", "parent"),
    "indicator": ("task", "comparator", "value", "unit"),
    "standard_item": ("comparator", "value", "unit", "force", "basis"),
}
