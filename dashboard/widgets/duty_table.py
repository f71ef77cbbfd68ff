"""Tables of who shall do what: the task ledger, one unit's duties and items, what is open."""

from collections.abc import Sequence

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Origin, Role
from dashboard.rules.duty_words import measure_words, names_of
from dashboard.rules.judgement import ItemVerdict, TaskVerdict
from dashboard.rules.questions import Question
from dashboard.rules.summary import Duty, duties_of_task
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address, task_address
from dashboard.widgets.lists import due_of, leads, progress, reason_cell
from dashboard.widgets.record_links import may_change, origin, to_record
from dashboard.widgets.table import (
    NOTHING,
    Cell,
    Column,
    Markup,
    freshness_mark,
    light_mark,
    lines,
    link,
    markup,
    page_of,
    quiet,
    table,
)

LEDGER = (
    Column("亮灯", "6.5rem"),
    Column("序号", "3rem"),
    Column("重点任务", "13%", is_title=True),
    Column("具体措施与目标", "20%"),
    Column("牵头单位", "8%"),
    Column("责任单位和具体负责", "14%"),
    Column("完成时限", "6.5rem"),
    Column("进展和说明", "18%"),
    Column("报送", "3.5rem"),
)
FOLD_ABOVE = 4
"""A task with more measures than this shows the first ones; the rest unfold on the spot."""


def task_ledger(desk: Desk, tasks: Sequence[TaskVerdict]) -> None:
    """任务清单 with the columns that offices keep."""
    rows = [_ledger_row(desk, each) for each in page_of(tasks, "page")]
    table(LEDGER, rows, caption="任务清单", empty="没有符合条件的任务。请放宽上面的条件。")


def _ledger_row(desk: Desk, each: TaskVerdict) -> list[Cell]:
    task = each.task
    title = link(task.title, task_address(desk, task.code))
    return [
        light_mark(desk.settings, each.light, each.word),
        task.seq,
        lines(title, quiet(f"{task.clause}　{_kind(task)}"), _way(desk, task)),
        _measures(desk.books, task.code),
        leads(desk, task.code),
        _others(desk.books, task.code),
        due_of(each, desk),
        _stand(desk, each),
        freshness_mark(desk.settings, each.freshness),
    ]


def _kind(task: r.Task) -> str:
    """A task's kind, and whether the office made it."""
    own = task.origin is Origin.OFFICE
    return f"{task.kind.label}　{Origin.OFFICE.label}" if own else task.kind.label


def _way(desk: Desk, task: r.Task) -> Markup:
    """The way to a task's record, for who may change it; others find it on the task's page."""
    return quiet(to_record(desk, task, "查看、修改")) if may_change(desk, task) else NOTHING


def _record(desk: Desk, row: r.Record) -> Markup:
    """Where a row comes from, as the way to its record."""
    return quiet(to_record(desk, row, origin(desk, row)))


def _stand(desk: Desk, each: TaskVerdict) -> Cell:
    has_share = each.worst is not None and each.worst.verdict.share is not None
    return lines(progress(each.worst) if has_share else None, reason_cell(desk, each))


def _measures(books: Books, task: str) -> Markup:
    """A task's measures with their targets, numbered; a long list unfolds."""
    said = [
        Markup(f"{number}. {markup(measure_words(books, measure))}")
        for number, measure in enumerate(books.by(r.Measure, "task")[task], 1)
    ]
    if len(said) <= FOLD_ABOVE:
        return lines(*said)
    shown, rest = lines(*said[: FOLD_ABOVE - 1]), lines(*said[FOLD_ABOVE - 1 :])
    count = len(said) - FOLD_ABOVE + 1
    return Markup(f"{shown.html}<details><summary>其余{count}条</summary>{rest.html}</details>")


def _others(books: Books, task: str) -> Markup:
    """The other roles of a task's bracket, each with its own word; 等 is kept."""
    found = duties_of_task(books, task)
    said = [
        lines(quiet(role.label), names_of(books, found[role]))
        for role in (Role.SHARED, Role.LOCAL, Role.SUPPORT)
        if found[role]
    ]
    return lines(*said) if said else quiet("—")


QUESTIONS = (
    Column("类别", "8rem"),
    Column("事项", "28%", is_title=True),
    Column("依据条款", "9rem"),
    Column("现按什么处理、请确认什么"),
)


def questions_table(found: Sequence[Question]) -> None:
    """需办公室确认: what the plan leaves open."""
    rows: list[list[Cell]] = [[each.kind, each.about, each.clause, each.now] for each in found]
    table(QUESTIONS, rows, caption="需办公室确认", empty="没有需要办公室确认的事项。")


DUTIES = (
    Column("亮灯", "7rem"),
    Column("依据条款", "7rem"),
    Column("重点任务", "20%", is_title=True),
    Column("责任"),
    Column("原文责任表述"),
    Column("原文名称", "16%"),
    Column("出处", "6rem"),
    Column("具体措施", "22%"),
)


def duty_list(desk: Desk, duties: Sequence[Duty]) -> None:
    """One unit's duties as the plan prints them."""
    rows = [_duty_row(desk, each) for each in page_of(duties, "duty_page")]
    table(DUTIES, rows, caption="责任", empty="方案中没有该单位的这类责任。")


def _duty_row(desk: Desk, duty: Duty) -> list[Cell]:
    printed, task = duty.printed, duty.task
    measure = desk.books.find(r.Measure, printed.measure)
    through = quiet(f"作为“{duty.through.name}”成员") if duty.through else None
    open_ended = quiet("原文有“等”") if printed.is_open_ended else None
    return [
        light_mark(desk.settings, task.light, task.word),
        printed.clause,
        link(task.task.title, task_address(desk, task.task.code)),
        printed.role.label,
        printed.words or quiet("原文未写"),
        lines(printed.as_printed, open_ended, through),
        lines(printed.basis.label, _record(desk, printed)),
        measure_words(desk.books, measure) if measure else quiet("整项任务"),
    ]


ITEMS = (
    Column("亮灯", "7rem"),
    Column("事项", "26%", is_title=True),
    Column("责任", "8rem"),
    Column("完成时限", "7.5rem"),
    Column("进展", "11rem"),
    Column("说明"),
    Column("报送", "8rem"),
)


def item_list(desk: Desk, unit: r.Unit, items: Sequence[ItemVerdict]) -> None:
    """One unit's items: light, due, progress, reason and whether its record is in."""
    rows = [_item_row(desk, unit, each) for each in page_of(items, "item_page")]
    table(ITEMS, rows, caption="事项", empty="没有该单位牵头、负责或汇总的事项。")


def _item_row(desk: Desk, unit: r.Unit, each: ItemVerdict) -> list[Cell]:
    item = each.item
    is_own = item.line.unit == unit.code
    elsewhere = quiet(f"由{desk.books.get(r.Unit, item.line.unit).name}汇总")
    fresh = freshness_mark(desk.settings, each.freshness) if is_own else elsewhere
    return [
        light_mark(desk.settings, each.verdict.light, each.verdict.word),
        lines(link(item.title, task_address(desk, item.task.code)), quiet(item.clause)),
        _part(desk.books, unit, each),
        due_of(each, desk),
        progress(each),
        reason_cell(desk, each),
        fresh,
    ]


def _part(books: Books, unit: r.Unit, each: ItemVerdict) -> Cell:
    """What the unit is to this item: its printed role, and whether it sums up."""
    item = each.item
    measure = item.measure.code if item.measure else None
    roles = {
        duty.role.label: None
        for duty in books.by(r.Responsibility, "task")[item.task.code]
        if duty.unit == unit.code and duty.measure in (None, measure)
    }
    mine = item.line.unit == unit.code
    chosen = "办公室指定汇总，非牵头" if mine and item.line.is_designated else None
    return lines("、".join(roles) or None, quiet(chosen) if chosen else None)


def count_link(desk: Desk, number: int, page: str, **params: object) -> Cell:
    """A number that leads to the rows behind it; nothing leads nowhere."""
    return link(number, address(desk, page, **params)) if number else 0
