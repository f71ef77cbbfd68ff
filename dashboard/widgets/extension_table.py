"""时限 on a task's page: every date with its source, a moved one struck through above its heir."""

from collections.abc import Iterable, Iterator

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DeadlineSource
from dashboard.rules.judgement import TaskVerdict
from dashboard.rules.moved_dates import first_date, moved_from, moved_to
from dashboard.rules.names import item_name
from dashboard.widgets.desk import Desk
from dashboard.widgets.record_links import RECORD, record_cell
from dashboard.widgets.table import Cell, Column, Markup, lines, markup, quiet, table

DEADLINE_COLUMNS = (
    Column("对象", "26%", is_title=True),
    Column("时限或周期", "9.5rem"),
    Column("来源", "9rem"),
    Column("条款", "7rem"),
    Column("现行", "5rem"),
    Column("依据、备注"),
    RECORD,
)


def deadline_table(desk: Desk, task: TaskVerdict) -> None:
    """Every date and cadence with its source; moved dates stay, before those that replaced them."""
    held = desk.books.by(r.Deadline, "task")[task.task.code]
    rows = [_row(desk, each) for each in _in_chains(desk, held)]
    table(DEADLINE_COLUMNS, rows, caption="时限", empty="方案未定时限，不作逾期。")


def _in_chains(desk: Desk, held: Iterable[r.Deadline]) -> Iterator[r.Deadline]:
    for each in held:
        if each.moved_from is not None and first_date(desk.books, each) != each:
            continue
        following: r.Deadline | None = each
        while following is not None:
            yield following
            following = moved_to(desk.books, following)


def _row(desk: Desk, each: r.Deadline) -> list[Cell]:
    return [
        item_name(desk.books, each),
        _when(desk, each),
        _source(each),
        each.clause,
        _in_force(desk, each),
        _basis(each),
        record_cell(desk, each),
    ]


def day_words(each: r.Deadline) -> str:
    """A deadline's date, or how often it comes."""
    return wording.full_day(each.due_on) if each.due_on else each.recurrence.label


def _when(desk: Desk, each: r.Deadline) -> Cell:
    if moved_to(desk.books, each):
        return Markup(f'<s class="g-quiet">{markup(day_words(each))}</s>')
    before = moved_from(desk.books, each)
    first = before[-1].due_on if before else None
    was = f"原时限{wording.day(first, desk.day.year)}" if first else ""
    return lines(day_words(each), quiet(was))


def _source(each: r.Deadline) -> Cell:
    by = each.approved_by if each.source is DeadlineSource.EXTENDED else None
    return lines(each.source.label, quiet(by))


def _in_force(desk: Desk, each: r.Deadline) -> Cell:
    if moved_to(desk.books, each):
        return quiet("已延期")
    return "是" if each.is_in_force else "否"


def _basis(each: r.Deadline) -> Cell:
    return lines(each.approval, each.note) if each.approval else each.note
