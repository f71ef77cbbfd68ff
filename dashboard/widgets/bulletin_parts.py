"""The parts of the month's figures on screen: month against month, without praise or blame."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.rules.calendar import end_of
from dashboard.rules.comparison import Change
from dashboard.rules.coverage import leading_list
from dashboard.rules.judgement import TaskVerdict
from dashboard.rules.monthly import (
    FilingRecord,
    TaskChange,
    filing_records,
    problem_count,
    rounds_of,
    town_stations,
)
from dashboard.rules.weekly import line_title
from dashboard.widgets.bulletin_opening import Issue
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address, task_address
from dashboard.widgets.lists import due_of, leads
from dashboard.widgets.problem_parts import OPEN
from dashboard.widgets.table import Cell, Column, light_mark, lines, link, page_of, quiet, table

_TASKS = (
    Column("本月", "7.5rem"),
    Column("上月", "7.5rem"),
    Column("重点任务", "24%", is_title=True),
    Column("牵头单位", "15%"),
    Column("完成时限", "9rem"),
    Column("说明"),
)


def behind_part(issue: Issue) -> None:
    """Tasks that are late or lag behind, with what they were a month ago."""
    found = [each for each in issue.tasks if each.now.is_overdue or each.now.is_lagging]
    rows = [_task(issue, each) for each in page_of(found, "behind")]
    table(_TASKS, rows, caption="滞后与逾期任务", empty="本月没有滞后与逾期任务。")


def tasks_part(issue: Issue) -> None:
    """Every task: this month's light beside last month's."""
    changes = page_of(issue.tasks, "bulletin_page")
    table(_TASKS, [_task(issue, each) for each in changes], caption="重点任务进展情况表")


def _task(issue: Issue, each: TaskChange) -> list[Cell]:
    task = each.now.task
    title = link(task.title, task_address(issue.desk, task.code))
    return [
        _light(issue, each.now),
        _light(issue, each.before),
        lines(title, quiet(task.clause)),
        leads(issue.desk, task.code),
        due_of(each.now, issue.desk),
        each.now.reason,
    ]


def _light(issue: Issue, each: TaskVerdict | None) -> Cell:
    return light_mark(issue.desk.settings, each.light, each.word) if each else None


_INDICATORS = (
    Column("亮灯", "7.5rem"),
    Column("指标", "28%", is_title=True),
    Column("目标", is_figure=True),
    Column("上月", is_figure=True),
    Column("本月", is_figure=True),
    Column("较上月", is_figure=True),
    Column("完成率", is_figure=True),
    Column("完成时限", "9rem"),
)


def indicators_part(issue: Issue) -> None:
    """重点指标: this month beside the last; units of measure are never mixed."""
    changes = page_of(issue.indicators, "bulletin_indicators")
    rows = [_indicator(issue, each) for each in changes]
    table(_INDICATORS, rows, caption="重点指标进展情况", empty="方案没有定量指标。")


def _indicator(issue: Issue, each: Change) -> list[Cell]:
    item, verdict = each.now.item, each.now.verdict
    old = each.before.figure.value if each.before else None
    return [
        light_mark(issue.desk.settings, verdict.light, verdict.word),
        lines(link(item.title, task_address(issue.desk, item.task.code)), quiet(item.clause)),
        wording.scaled(verdict.target or item.target, item.unit),
        wording.scaled(old, item.unit),
        wording.scaled(each.now.figure.value, item.unit),
        _moved(each, old),
        wording.percent(verdict.share),
        due_of(each.now, issue.desk),
    ]


def _moved(each: Change, old: float | None) -> str:
    if each.moved is None:
        return wording.BLANK
    if old is None:
        return "首次填报"
    if not each.moved:
        return "持平"
    unit = each.now.item.unit
    size = wording.number(abs(each.moved), "个百分点" if unit == "%" else unit)
    return f"增加{size}" if each.moved > 0 else f"减少{size}"


def _listed(issue: Issue, number: int) -> Cell:
    return link(number, address(issue.desk, "problems", state=OPEN))


def problems_part(issue: Issue) -> None:
    """问题收录、销号数, beside the month before."""
    month = issue.month
    books = issue.before.books if issue.before else None
    now = problem_count(issue.now.books, month, books)
    old = problem_count(books, month.previous, issue.earlier) if books else None
    rows: list[list[Cell]] = [
        ["本月收录", now.raised, old.raised if old else None],
        ["本月销号", now.closed, old.closed if old else None],
        ["本月重新挂账", now.reopened, old.reopened if old else None],
        ["月末未销号", _listed(issue, now.standing), old.standing if old else None],
    ]
    columns = (
        Column("问题（件）", is_title=True),
        Column("本月", "12rem", is_figure=True),
        Column("上月", "12rem", is_figure=True),
    )
    table(columns, rows, caption="问题清单销号情况")


_FILINGS = (
    Column("单位", "24%", is_title=True),
    Column("应报", "6rem", is_figure=True),
    Column("未报", "6rem", is_figure=True),
    Column("迟报", "6rem", is_figure=True),
    Column("事项"),
)


def filings_part(desk: Desk, issue: Issue) -> None:
    """Units not filed or late over the month's rounds; departments and towns apart."""
    rounds = rounds_of(issue.month, desk.judgement.rounds, issue.desk.as_of)
    if not rounds:
        st.html('<p class="g-empty">本月还没有到填报截止时间的调度。</p>')
        return
    ends = ((each, min(end_of(each.week.sunday), issue.desk.as_of)) for each in rounds)
    records = filing_records([(each, desk.judgement_at(instant)) for each, instant in ends])
    names = "、".join(each.name for each in rounds)
    st.html(f'<p class="g-quiet">按本月{escape(names)}应报条次计。</p>')
    if not records:
        st.html('<p class="g-empty">本月没有未报、迟报的单位。</p>')
    for name, is_local in (("部门", False), ("镇街、开发区", True)):
        _filings(issue, name, [each for each in records if each.is_local is is_local])


def _filings(issue: Issue, name: str, records: Sequence[FilingRecord]) -> None:
    if not records:
        return
    st.html(f'<p class="g-quiet">{name}（{len(records)}家，按单位顺序排列）</p>')
    books = issue.now.books
    rows: list[list[Cell]] = [
        [
            link(each.unit.name, address(issue.desk, "responsibilities", unit=each.unit.code)),
            each.asked,
            each.missing,
            each.late,
            wording.join_names([line_title(books, line) for line in each.lines], 6, "项"),
        ]
        for each in records
    ]
    table(_FILINGS, rows, caption=f"{name}未报、迟报情况")


_TOWNS = (
    Column("镇街", "20%", is_title=True),
    Column("上月建成站点", is_figure=True),
    Column("本月建成站点", is_figure=True),
    Column("新增", is_figure=True),
    Column("在建", is_figure=True),
)


def towns_part(issue: Issue) -> None:
    """各镇街: stations built, in the office's order."""
    rows: list[list[Cell]] = []
    hosts = leading_list(issue.now.books)
    for each in town_stations(issue.before, issue.now):
        obliged = "应设数待核定" if each.obliged is None else f"{each.met}／{each.obliged}"
        name = link(each.unit.name, address(issue.desk, "station_map", town=each.unit.code))
        added = None if each.before is None else each.built - each.before
        row: list[Cell] = [name, each.before, each.built, added, each.building]
        rows.append([*row, obliged] if hosts else row)
    leading = [Column(f"{hosts.title}：达标／应设", is_figure=True)] if hosts else []
    caption = "各镇街工作进展情况表"
    table((*_TOWNS, *leading), rows, caption=caption, empty="方案没有镇街名单。")
