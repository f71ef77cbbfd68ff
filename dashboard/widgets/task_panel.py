"""The parts of one task's panel."""

from collections.abc import Sequence

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.charts.steps import steps
from dashboard.ledgers import records as r
from dashboard.ledgers.evidence import evidence_of
from dashboard.ledgers.history import Filed
from dashboard.ledgers.terms import Method, ProblemState
from dashboard.rules.asking import needs_reason
from dashboard.rules.items import Item
from dashboard.rules.judgement import ItemVerdict, TaskVerdict
from dashboard.rules.moved_dates import moved_from
from dashboard.rules.slips import expected_of_item
from dashboard.rules.targets import target_words
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.evidence_parts import file_links
from dashboard.widgets.heading import section
from dashboard.widgets.lists import (
    due,
    due_of,
    freshness,
    progress,
    reason_cell,
    unit_words,
)
from dashboard.widgets.picture import picture
from dashboard.widgets.record_links import origin, to_record
from dashboard.widgets.table import Cell, Column, Markup, light_mark, lines, quiet, table

TASK = "code"


def choose_task(desk: Desk) -> TaskVerdict | None:
    """The task that the address names; without one, the first."""
    known = desk.judgement.by_task
    if st.query_params.get(TASK, "") not in ("", *known):
        return None

    def words(code: str) -> str:
        return f"{known[code].task.clause}　{known[code].task.title}"

    chosen = choice("任务", list(known), TASK, words)
    return known[chosen] if chosen else None


def answer(task: TaskVerdict) -> str:
    """“严重滞后，其中签约合作单位：完成3家（目标16家），……。”."""
    among = "其中" if len(task.items) > 1 else ""
    repeats = task.reason.startswith(task.word)
    return f"{task.reason}。" if repeats else f"{task.word}，{among}{task.reason}。"


def target_cell(item: Item) -> Cell:
    """The target as officials say it: 每年不少于10场次; beside it its year and who is obliged."""
    indicator = item.indicator
    if indicator is None:
        return quiet("按进度百分比报告")
    year = wording.whole_year(indicator.year) if indicator.year else ""
    hosts = ""
    if item.counts_hosts:
        hosts = f"应达{item.obliged}{item.unit}" if item.obliged else "名录待核定"
    return lines(target_words(indicator), quiet("；".join(part for part in (year, hosts) if part)))


def figure_words(desk: Desk, each: ItemVerdict) -> Cell:
    """What has been reached, with its day."""
    value = each.figure.value
    if value is None:
        return quiet("无数据")
    day = each.figure.as_of
    told = wording.day(day, desk.day.year) if day else ""
    return lines(wording.number(value, each.item.unit), quiet(told))


ITEM_COLUMNS = (
    Column("亮灯", "7.5rem"),
    Column("措施或指标", "20%", is_title=True),
    Column("目标", "12%"),
    Column("完成情况", "7.5rem"),
    Column("进展", "7.5rem"),
    Column("时限", "7rem"),
    Column("说明"),
    Column("报送", "4rem"),
)


def item_table(desk: Desk, task: TaskVerdict) -> None:
    """The task's items, each with target, figure, light and reason."""
    rows: list[list[Cell]] = [
        [
            light_mark(desk.settings, each.verdict.light, each.verdict.word),
            _item(desk, each.item),
            target_cell(each.item),
            figure_words(desk, each),
            progress(each),
            _due(desk, each),
            _reason(desk, each),
            freshness(desk, each),
        ]
        for each in task.items
    ]
    table(ITEM_COLUMNS, rows, caption="措施和指标", empty="尚未安排报送事项。")


def _reason(desk: Desk, each: ItemVerdict) -> Cell:
    """Why the light is as it is; then when its unit expects to be done, and why so late."""
    expected = expected_of_item(desk.judgement, each)
    told = expected.reason if expected and needs_reason(each.verdict) else None
    return lines(reason_cell(desk, each), quiet(f"滞后原因：{told}" if told else ""))


def _due(desk: Desk, each: ItemVerdict) -> Cell:
    """The date that counts; where it was moved, the one from which it was."""
    before = moved_from(desk.books, each.item.deadline) if each.item.deadline else ()
    first = before[-1].due_on if before else None
    moved = f"批准延期，原时限{wording.day(first, desk.day.year)}" if first else ""
    return lines(due_of(each, desk), quiet(moved))


def _item(desk: Desk, item: Item) -> Cell:
    """The indicator or measure, who sums it up, and the measure it belongs to: each its record."""
    said = item.indicator or item.measure or item.task
    measure = item.measure if item.indicator else None
    above = f"　{to_record(desk, measure, '所属措施').html}" if measure else ""
    return lines(
        to_record(desk, said, item.title),
        quiet(Markup(f"{origin(desk, said)}{above}")),
        quiet(to_record(desk, item.line, _who(desk, item.line))),
    )


def _who(desk: Desk, line: r.ReportingLine) -> str:
    name = desk.books.get(r.Unit, line.unit).name
    mark = "（办公室指定汇总，非牵头）" if line.is_designated else ""
    return f"{name}汇总{mark}"


def history_picture(desk: Desk, task: TaskVerdict, filed: Sequence[Filed]) -> None:
    """Filings over time with the expectation: of the item that speaks, else the first counted."""
    for each in (*([task.worst] if task.worst else []), *task.items):
        item = each.item
        is_counted = item.indicator is not None and item.indicator.method is Method.SUM
        told = [one for one in filed if one.filing.value is not None]
        mine = [one for one in told if one.filing.line == item.line.code]
        if is_counted and each.due_on and len(mine) > 1:
            section_title = f"{item.title}：历次填报与应完成进度"
            section(item.title, "历次填报，虚线为应完成进度")
            picture(
                desk,
                "steps",
                lambda each=each, mine=mine: steps(each, mine, desk.judgement),  # type: ignore[misc]
                says=section_title,
                key=item.line.code,
            )
            return


FILING_COLUMNS = (
    Column("收到时间", "11rem"),
    Column("事项", "20%", is_title=True),
    Column("完成值", "6rem", is_figure=True),
    Column("进展情况"),
    Column("下步计划", "18%"),
    Column("审核", "9rem"),
)


def filings_table(desk: Desk, filed: Sequence[Filed]) -> None:
    """Every filing, newest first, with the dispatch for which it was due."""
    shown = list(reversed(filed))[:100]
    codes = [each.filing.code for each in shown]
    files = evidence_of(desk.engine, desk.plan.code, desk.as_of, filings=codes)
    table(
        FILING_COLUMNS,
        [_filing_row(desk, each, files.get(each.filing.code, ())) for each in shown],
        caption="历次填报",
        empty=f"尚无填报。{desk.step(Right.FILE, '可在下面的表单中填报。')}",
    )


def _filing_row(desk: Desk, each: Filed, files: Sequence[r.Evidence]) -> list[Cell]:
    filing = each.filing
    line = desk.books.get(r.ReportingLine, filing.line)
    indicator = desk.books.find(r.Indicator, line.indicator)
    measure = desk.books.find(r.Measure, line.measure)
    what = indicator.name if indicator else measure.title if measure else line.code
    by = desk.books.get(r.Unit, line.unit).name
    unit = indicator.unit if indicator else "%"
    meeting = next((one.name for one in desk.judgement.rounds if one.code == filing.round), None)
    verdict = each.verdict.label if each.verdict else "待审核"
    return [
        lines(wording.moment(filing.received_at), quiet(meeting)),
        lines(what, quiet(f"{by}（{filing.way.label}）")),
        None if filing.value is None else wording.number(filing.value, unit),
        lines(
            "本期无事件" if filing.no_event else filing.text,
            quiet(f"好经验好做法：{filing.experience}" if filing.experience else ""),
            *unit_words(filing, desk.day.year),
            file_links(desk, files),
        ),
        filing.next_step,
        lines(verdict, quiet(each.opinion)) if each.opinion else verdict,
    ]


def problem_table(desk: Desk, problems: Sequence[r.Problem]) -> None:
    """The problems tied to the task."""
    columns = (
        Column("状态", "6rem"),
        Column("问题", "40%", is_title=True),
        Column("责任单位", "20%"),
        Column("解决时限"),
    )
    rows: list[list[Cell]] = [
        [
            each.state.label,
            to_record(desk, each, each.description),
            desk.books.get(r.Unit, each.unit).name,
            due(each.due_on, desk, is_finished=each.state is ProblemState.CLOSED),
        ]
        for each in problems
    ]
    table(columns, rows, caption="相关问题", empty="没有登记与本任务相关的问题。")
