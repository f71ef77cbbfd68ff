"""Tables by unit: how many duties of which role, collectives as printed, work groups and posts."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Part, Role
from dashboard.rules.duty_words import names_of
from dashboard.rules.freshness import Freshness, LineState
from dashboard.rules.judgement import Judgement, TaskVerdict
from dashboard.rules.summary import BOUND, DEPARTMENTS, UnitStanding, duties_of_task
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.duty_table import count_link
from dashboard.widgets.links import address, task_address
from dashboard.widgets.lists import leads
from dashboard.widgets.record_links import to_record
from dashboard.widgets.table import (
    Cell,
    Column,
    freshness_mark,
    light_mark,
    lines,
    link,
    page_of,
    quiet,
    table,
)

UNITS = (
    Column("单位", "24%", is_title=True),
    Column("类型"),
    *(Column(f"{role.label}任务数", is_figure=True) for role in Role),
    Column("滞后或逾期", is_figure=True),
    Column("报送事项数", is_figure=True),
)


def unit_counts(desk: Desk, found: Sequence[UnitStanding], *, caption: str) -> None:
    """Units with their numbers of tasks by role; every number leads to its rows."""
    rows = [_unit_row(desk, each) for each in found]
    table(UNITS, rows, caption=caption, empty="方案中没有这类单位的责任。")


def _unit_row(desk: Desk, each: UnitStanding) -> list[Cell]:
    code = each.unit.code
    numbers = [
        count_link(desk, len(each.having(role).tasks), "tasks", unit=code, role=role.value)
        for role in Role
    ]
    behind = len(each.having(*BOUND).behind)
    return [
        link(each.unit.name, address(desk, "responsibilities", unit=code)),
        each.unit.kind.label,
        *numbers,
        count_link(desk, behind, "tasks", unit=code, role="bound", state="behind"),
        count_link(desk, len(each.lines), "responsibilities", unit=code),
    ]


def without_duty(desk: Desk, found: Sequence[UnitStanding]) -> None:
    """Say which departments are in the books without a duty: no one need search for them."""
    listed = {each.unit.code for each in found}
    rest = [
        each.name
        for each in desk.books.all(r.Unit)
        if each.kind in DEPARTMENTS and each.code not in listed
    ]
    if rest:
        names = wording.join_names(rest)
        st.caption(f"{names}{len(rest)}家在专班或工作组名单中有职务，方案正文未列其具体责任。")


COLLECTIVES = (
    Column("原文名称", "20%", is_title=True),
    Column("所指单位"),
    Column("见条款", "30%"),
    Column("任务数", is_figure=True),
)


def collectives(desk: Desk, found: Sequence[UnitStanding]) -> None:
    """各镇街 and the like as they are printed, with the members the office has named."""
    rows = [_collective_row(desk, each) for each in found]
    table(COLLECTIVES, rows, caption="集合名称和上级单位", empty="方案中没有集合名称。")


def _collective_row(desk: Desk, each: UnitStanding) -> list[Cell]:
    books, unit = desk.books, each.unit
    clauses = {duty.clause for duty in books.by(r.Responsibility, "unit")[unit.code]}
    return [
        link(unit.name, address(desk, "responsibilities", unit=unit.code)),
        _members(books, unit),
        wording.join_names(sorted(clauses, key=wording.clause_key)),
        count_link(desk, len(each.having(*Role).tasks), "tasks", unit=unit.code),
    ]


def _members(books: Books, unit: r.Unit) -> Cell:
    if not unit.is_collective:
        return quiet(unit.kind.label)
    joined = sorted(books.by(r.Membership, "collective")[unit.code], key=lambda each: each.seq)
    if not joined:
        return quiet("由办公室逐条确定")
    names = list(dict.fromkeys(books.get(r.Unit, each.member).name for each in joined))
    return f"{wording.join_names(names)}（{len(names)}个）"


LEADLESS = (
    Column("依据条款", "8rem"),
    Column("重点任务", "26%", is_title=True),
    Column("牵头单位", "12rem"),
    Column("责任单位"),
    Column("汇总单位（办公室指定，非牵头）", "24%"),
)


def leadless(desk: Desk, tasks: Sequence[TaskVerdict]) -> None:
    """Tasks whose bracket prints no lead: who shares them, and who sums up for the office."""
    rows: list[list[Cell]] = [
        [
            each.task.clause,
            link(each.task.title, task_address(desk, each.task.code)),
            leads(desk, each.task.code),
            names_of(desk.books, duties_of_task(desk.books, each.task.code)[Role.SHARED]),
            _summing_up(desk.books, each.task.code),
        ]
        for each in tasks
    ]
    table(
        LEADLESS, rows, caption="原文未明确牵头单位的任务", empty="附责任括号的任务均有牵头单位。"
    )


def _summing_up(books: Books, task: str) -> str:
    reporting = books.by(r.ReportingLine, "task")[task]
    totals = [each.unit for each in reporting if each.part is Part.TOTAL]
    return wording.join_names([books.get(r.Unit, code).name for code in dict.fromkeys(totals)])


def in_state(desk: Desk, found: Sequence[LineState]) -> tuple[LineState, ...]:
    """Reporting lines in the state of record chosen in the address."""
    words = desk.settings.lights.freshness
    codes = [state.value for state in Freshness if state is not Freshness.NOT_ASKED]
    chosen = choice(
        "报送情况", codes, "fresh", lambda code: str(getattr(words, code)), everything="全部"
    )
    return tuple(each for each in found if chosen in (None, each.freshness.value))


LINES = (
    Column("亮灯", "7rem"),
    Column("报送事项", "32%", is_title=True),
    Column("汇总或分报", "9rem"),
    Column("报送周期", "22%"),
    Column("最近应报", "22%"),
    Column("报送"),
)


Way = Callable[[r.ReportingLine], str]
"""Where a line's title leads."""


def line_list(
    desk: Desk, judgement: Judgement, found: Sequence[LineState], way: Way | None = None
) -> None:
    """What one unit reports: how often, when last due, and whether it is in.

    A title leads to the task's page unless there is another way.
    """
    items = {each.item.code: each for each in judgement.items}
    rows: list[list[Cell]] = []
    for state in page_of(found, "line_page"):
        line = state.line
        judged = items[line.indicator or line.measure or ""]
        to = way(line) if way else task_address(desk, line.task)
        title = link(judged.item.title, to)
        weekly = judged.asked.because if line.part is Part.TOTAL else None
        cadence = judged.asked.cadence if weekly else line.cadence
        rows.append(
            [
                light_mark(desk.settings, judged.verdict.light, judged.verdict.word),
                lines(title, quiet(judged.item.clause)),
                lines(
                    to_record(desk, line, line.part.label),
                    quiet("办公室指定") if line.is_designated else None,
                ),
                lines(cadence.label, quiet(weekly) if weekly else None),
                _due_in(state, desk),
                freshness_mark(desk.settings, state.freshness),
            ]
        )
    table(LINES, rows, caption="报送事项", empty="没有由该单位报送的事项。")


def _due_in(state: LineState, desk: Desk) -> Cell:
    if not state.is_asked or state.round is None:
        return quiet("目前不需报送")
    received = state.filed.received_at if state.filed else None
    last = f"最近收到：{wording.moment(received, desk.day.year)}" if received else "尚未收到"
    cut = wording.moment(state.round.filing_cut, desk.day.year)
    return lines(f"{cut}前", quiet(last))


GROUPS = (
    Column("机构", "24%", is_title=True),
    Column("组成（只列职务）"),
    Column("职责", "28%"),
)


def work_groups(desk: Desk) -> None:
    """The task force, its office and groups, with posts and never persons."""
    posts = desk.books.by(r.Post, "work_group")
    rows: list[list[Cell]] = [
        [lines(each.name, quiet(each.clause)), _posts(posts[each.code]), each.duties]
        for each in desk.books.all(r.WorkGroup)
    ]
    table(GROUPS, rows, caption="工作专班和工作组", empty="方案中没有工作专班。")


def _posts(posts: Sequence[r.Post]) -> Cell:
    ranks = dict.fromkeys(each.rank for each in posts)
    return lines(
        *(
            f"{rank}：{'；'.join(each.post for each in posts if each.rank == rank)}"
            for rank in ranks
        )
    )
