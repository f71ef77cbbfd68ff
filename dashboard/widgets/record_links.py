"""From any list to a row's own record: what it says, who changed it, and the form to change it."""

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import ledger_of
from dashboard.ledgers.terms import DeadlineSource, Recurrence
from dashboard.posting.editable import EDITABLE, is_moved, is_printed, open_fields, right_for
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address
from dashboard.widgets.record_choice import links, record_address
from dashboard.widgets.table import Cell, Column, Markup, lines, link, quiet

RECORD = Column("记录", "6.5rem")
"""The column that leads to each row's record."""


def record_cell(desk: Desk, row: r.Record) -> Cell:
    """The way to a row's record, and whether the row says what the plan prints."""
    word = "查看、修改" if may_change(desk, row) else "查看"
    return lines(to_record(desk, row, word), quiet(origin(desk, row)))


def to_record(desk: Desk, row: r.Record, label: Cell = "记录") -> Markup:
    """A link to a row's record."""
    return link(label, record_address(desk, row))


def unit_ways(desk: Desk, unit: r.Unit) -> None:
    """From a unit's panel to its record and to what was handed to it."""
    handed = link("交办事项", address(desk, "directives", unit=unit.code))
    links([to_record(desk, unit, "单位信息"), handed])


def origin(desk: Desk, row: r.Record) -> str:
    """Whether a row says what the plan prints, was loaded with it, or is the office's own."""
    if not is_printed(desk.books, row):
        return "办公室登记"
    if isinstance(row, r.Deadline) and row.source is DeadlineSource.EXTENDED:
        return "延期登记"
    inherited = isinstance(row, r.Deadline) and row.source is not DeadlineSource.PRINTED
    return "方案原文" if isinstance(row, _PRINTED) and not inherited else "初始安排"


def fixed_words(ledger: str) -> str:
    """Why nothing of a ledger's rows is changed; nothing where the office keeps them."""
    if ledger in EDITABLE:
        return ""
    return "发出后不能改写，有误的撤回后另发" if ledger == "supervision" else "方案内容，不能修改"


def locked_words(desk: Desk, row: r.Record) -> str:
    """What of a row cannot be rewritten; nothing where all of it is the office's own."""
    if isinstance(row, r.Deadline) and row.recurrence is Recurrence.ONCE:
        if row.source is not DeadlineSource.OFFICE:
            return "时限不能改写，经批准延期的在任务页面登记；"
        return "已批准延期的不再修改；" if is_moved(desk.books, row) else ""
    return "方案原文不能改写；" if is_printed(desk.books, row) else ""


_PRINTED = (r.Task, r.Measure, r.Indicator, r.Deadline, r.Responsibility, r.Clause)
"""What stands in the plan's text; who reports, and how often, was arranged when it was loaded."""


def may_change(desk: Desk, row: r.Record) -> bool:
    """Whether the viewer finds a form at the row's record."""
    return (
        ledger_of(row) in EDITABLE
        and desk.day == desk.today
        and desk.may(right_for(row))
        and bool(open_fields(desk.books, row))
    )
