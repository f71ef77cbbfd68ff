"""What is arranged for a task: who answers, by when, over which steps, and who reports."""

from typing import Any

from dashboard import wording
from dashboard.access.rights import Right, may_some
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Part
from dashboard.rules.judgement import TaskVerdict
from dashboard.rules.names import amount_of, item_name
from dashboard.widgets.desk import Desk
from dashboard.widgets.filing_closing import FILING
from dashboard.widgets.heading import section
from dashboard.widgets.links import address
from dashboard.widgets.record_choice import links, may_add, new_address
from dashboard.widgets.record_links import RECORD, may_change, record_cell, to_record
from dashboard.widgets.source_parts import source_links
from dashboard.widgets.table import Cell, Column, link, quiet, table

ADDED = {
    "measure": "措施",
    "deadline": "时限",
    "milestone": "节点",
    "reporting_line": "报送安排",
    "responsibility": "责任单位",
}
"""The ledgers to which the office adds rows of a task, as the page calls them."""


def ways(desk: Desk, task: r.Task) -> None:
    """Links to the form below, to the task's record, and to what the office may add to it."""
    added = ADDED if desk.day == desk.today else {}
    may_file = may_some(desk.viewer, Right.FILE)
    links(
        [
            *([link("填报进展", f"#{FILING}")] if may_file else []),
            to_record(desk, task, "查看、修改本任务" if may_change(desk, task) else "本任务的记录"),
            *source_links(desk, task),
            *(
                link(f"新增{word}", new_address(desk, ledger, task=task.code))
                for ledger, word in added.items()
                if may_add(desk, ledger)
            ),
        ]
    )


ROLE_COLUMNS = (
    Column("责任", "5.5rem"),
    Column("单位", "18%", is_title=True),
    Column("原文名称", "18%"),
    Column("原文责任表述", "8.5rem"),
    Column("出处", "6rem"),
    Column("措施"),
    RECORD,
)


def role_table(desk: Desk, task: TaskVerdict) -> None:
    """Who answers for it, as printed; 等 is kept."""
    duties = sorted(desk.books.by(r.Responsibility, "task")[task.task.code], key=lambda d: d.seq)
    rows = [_duty(desk, duty) for duty in duties]
    table(ROLE_COLUMNS, rows, caption="责任单位", empty="方案未写明责任单位。")


def _duty(desk: Desk, duty: r.Responsibility) -> list[Cell]:
    measure = desk.books.find(r.Measure, duty.measure)
    unit = desk.books.get(r.Unit, duty.unit)
    return [
        duty.role.label,
        link(unit.name, address(desk, "responsibilities", unit=unit.code)),
        f"{duty.as_printed}等" if duty.is_open_ended else duty.as_printed,
        duty.words,
        duty.basis.label,
        measure.title if measure else quiet("整项任务"),
        record_cell(desk, duty),
    ]


MILESTONE_COLUMNS = (
    Column("对象", "34%", is_title=True),
    Column("节点日期", "10rem"),
    Column("应达到", "8rem"),
    Column("备注"),
    RECORD,
)


def milestones(desk: Desk, task: TaskVerdict) -> None:
    """The steps that the office set, by date; no section where it set none."""
    held = sorted(_of(desk, r.Milestone, task), key=lambda each: each.due_on)
    if not held:
        return
    section("节点", "办公室确定；有节点的按节点判断进度")
    rows: list[list[Cell]] = [
        [
            item_name(desk.books, each),
            wording.full_day(each.due_on),
            amount_of(desk.books, each),
            each.note,
            record_cell(desk, each),
        ]
        for each in held
    ]
    table(MILESTONE_COLUMNS, rows, caption="节点")


LINE_COLUMNS = (
    Column("对象", "34%", is_title=True),
    Column("单位", "20%"),
    Column("汇总或分报", "9rem"),
    Column("报送周期", "7rem"),
    Column("数据来源"),
    RECORD,
)


def reporting_lines(desk: Desk, task: TaskVerdict) -> None:
    """Who reports on what, how often: what sums up first, then the shares in protocol order."""
    held = sorted(_of(desk, r.ReportingLine, task), key=lambda each: _place(desk, each))
    section("报送安排", "每个事项一家汇总单位；分报供汇总参考")
    rows: list[list[Cell]] = [
        [
            item_name(desk.books, each),
            desk.books.get(r.Unit, each.unit).name,
            f"{each.part.label}（办公室指定）" if each.is_designated else each.part.label,
            each.cadence.label,
            each.via.label,
            record_cell(desk, each),
        ]
        for each in held
    ]
    table(LINE_COLUMNS, rows, caption="报送安排", empty="尚未安排报送事项。")


def _place(desk: Desk, line: r.ReportingLine) -> tuple[Any, ...]:
    indicator = desk.books.find(r.Indicator, line.indicator)
    measure = desk.books.find(r.Measure, line.measure or (indicator.measure if indicator else None))
    of = (measure.seq if measure else 0, indicator.seq if indicator else 0)
    return *of, line.part is not Part.TOTAL, desk.books.get(r.Unit, line.unit).seq


def _of(desk: Desk, kind: type[Any], task: TaskVerdict) -> tuple[Any, ...]:
    found: tuple[Any, ...] = desk.books.by(kind, "task")[task.task.code]
    return found
