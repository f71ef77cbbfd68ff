"""Lists that several pages show: tasks with their light, requests for a leader, what to set up."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import practice, wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.posting.editable import EDITABLE
from dashboard.rules.judgement import ItemVerdict, TaskVerdict
from dashboard.rules.lead_words import lead_words
from dashboard.rules.setting_up import SetUp, what_is_missing
from dashboard.rules.slips import Expected, expected_of_item, expected_of_task
from dashboard.rules.verdicts import Light
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.links import address, task_address
from dashboard.widgets.notice import REFUSALS, done, say_refused
from dashboard.widgets.table import (
    Cell,
    Column,
    Markup,
    bar,
    freshness_mark,
    light_mark,
    lines,
    link,
    page_of,
    quiet,
    table,
)

TASK_COLUMNS = (
    Column("亮灯", "7.5rem"),
    Column("重点任务", "17%", is_title=True),
    Column("牵头单位", "13%"),
    Column("完成时限", "7.5rem"),
    Column("进展", "8rem"),
    Column("说明"),
)


def task_table(desk: Desk, tasks: Sequence[TaskVerdict], key: str) -> None:
    """Tasks: light, task, lead, due, progress with expectation, reason."""
    rows = [_task_row(desk, each) for each in page_of(tasks, f"{key}_page")]
    table(TASK_COLUMNS, rows, caption="重点任务", empty="没有符合条件的任务。")


def _task_row(desk: Desk, each: TaskVerdict) -> list[Cell]:
    title = link(each.task.title, task_address(desk, each.task.code))
    return [
        light_mark(desk.settings, each.light, each.word),
        lines(title, quiet(each.task.clause)),
        leads(desk, each.task.code),
        due_of(each, desk),
        progress(each.worst),
        reason_cell(desk, each),
    ]


def leads(desk: Desk, task: str) -> Cell:
    """Who leads a task; where the plan names no lead, none is made up."""
    names, remark = lead_words(desk.books, task)
    if not remark:
        return names
    return lines(names, quiet(remark)) if names else quiet(remark)


def due(day: date | None, desk: Desk, *, is_finished: bool = False) -> Cell:
    """A date with the days left, or 未定时限; what is finished has no days left."""
    if day is None:
        return quiet("未定时限")
    left = "已办结" if is_finished else wording.days_left(day, desk.day)
    return lines(wording.day(day, desk.day.year), quiet(left))


def due_of(each: TaskVerdict | ItemVerdict, desk: Desk) -> Cell:
    """A task's or an item's date; days gone by are counted only where the light is red.

    What is done and not yet checked, or was due before 启用日, is not late by any days.
    """
    day, is_finished = each.due_on, each.light is Light.BLUE
    is_past = day is not None and day < desk.day and each.light is not Light.RED
    if day and not is_finished and (each.is_done or is_past):
        told = wording.day(day, desk.day.year)
        is_part = isinstance(each, TaskVerdict) and each.is_done
        return lines(told, quiet("有时限的已完成")) if is_part else told
    return due(day, desk, is_finished=is_finished)


def progress(each: ItemVerdict | None) -> Cell:
    """How far the item is, with what is expected by now."""
    if each is None or each.verdict.share is None:
        return quiet("—")
    label = wording.percent(each.verdict.share)
    return bar(each.verdict.share, each.verdict.expected_share, label)


def reason_cell(desk: Desk, each: TaskVerdict | ItemVerdict) -> Cell:
    """Why a light is as it is; in a quieter tone by when its unit expects to be done."""
    if isinstance(each, TaskVerdict):
        return lines(each.reason, _expected(desk, expected_of_task(desk.judgement, each)))
    return lines(each.verdict.reason, _expected(desk, expected_of_item(desk.judgement, each)))


def _expected(desk: Desk, expected: Expected | None) -> Markup:
    return quiet(expected.words(desk.day.year) if expected else "")


def unit_says(desk: Desk, each: ItemVerdict) -> tuple[Cell, ...]:
    """What the unit last said of an item: why it is late, what it does about it, by when."""
    filing = desk.books.last_filed.get(each.item.line.code)
    expected = _expected(desk, expected_of_item(desk.judgement, each))
    return (*(_delay_words(filing) if filing else ()), expected)


def unit_words(filing: r.Filing, year: int) -> tuple[Cell, ...]:
    """What a unit said with one filing: why it is late, what it does about it, by when."""
    day = filing.expected_on
    return (*_delay_words(filing), quiet(f"预计{wording.day(day, year)}完成" if day else ""))


def _delay_words(filing: r.Filing) -> tuple[Cell, ...]:
    return (
        quiet(f"滞后原因：{filing.reason}" if filing.reason else ""),
        quiet(f"解决措施：{filing.remedy}" if filing.remedy else ""),
    )


def freshness(desk: Desk, each: TaskVerdict | ItemVerdict) -> Markup:
    """The second light of a task or an item."""
    return freshness_mark(desk.settings, each.freshness)


REQUEST_COLUMNS = (
    Column("需协调事项", "34%", is_title=True),
    Column("责任单位", "16%"),
    Column("协调时限", "10rem"),
    Column("问题"),
)


def requests_table(desk: Desk, problems: Sequence[r.Problem]) -> None:
    """What needs a leader: what, who, by when."""
    rows: list[list[Cell]] = [
        [
            problem.request,
            desk.books.get(r.Unit, problem.unit).name,
            due(problem.request_due_on, desk),
            link(problem.description, address(desk, "problems", state=problem.state.value)),
        ]
        for problem in problems
    ]
    empty = (
        f"截至{wording.day(desk.day, desk.day.year)}，没有需要{desk.plan.level}级层面协调的事项。"
    )
    table(REQUEST_COLUMNS, rows, caption="需协调解决的问题", empty=empty)


def set_up_list(desk: Desk) -> None:
    """An empty plan's overview: what to set up, each with where."""
    section("建账检查", "方案已载入，尚无进展记录；以下事项办妥后即可开始周调度")
    rows: list[list[Cell]] = [
        ["待办" if each.is_open else "已办", _settling(desk, each), each.how]
        for each in what_is_missing(desk.books)
        if each.ledger != "contact" or desk.may(Right.SEE_CONTACTS)
    ]
    columns = (Column("情况", "5rem"), Column("事项", "30%", is_title=True), Column("说明"))
    table(columns, rows, caption="建账检查")
    offered = desk.plan.practice_now is None and desk.may(Right.PRACTISE)
    if offered and st.button("载入演示数据，先熟悉操作", key="practice"):
        _practise(desk)


def _settling(desk: Desk, each: SetUp) -> Cell:
    """What is to be settled, as the way there for who may settle it."""
    if each.ledger == "filing":
        return link(each.what, address(desk, "tasks"))
    rule = EDITABLE.get(each.ledger)
    if rule is None or not desk.may(rule.right):
        return each.what
    if each.ledger == "contact":
        return link(each.what, address(desk, "accounts"))
    return link(each.what, address(desk, "maintain", ledger=each.ledger))


def _practise(desk: Desk) -> None:
    try:
        with st.spinner("正在生成演示数据……"):
            practice.fill(desk.engine, desk.viewer, desk.plan.code, desk.settings)
    except REFUSALS as refused:
        say_refused(refused)
        return
    done("演示数据已载入。看过以后，可在左侧一键清除。")
