"""One unit's own ledger as a workbook: tasks, duties, reporting lines, problems, directives."""

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import TITLES
from dashboard.ledgers.terms import Part
from dashboard.reports.release import Release
from dashboard.reports.sheet import Stamp, add_sheet, new_book, note_of, saved
from dashboard.reports.workbook import freshness_words, light_words
from dashboard.rules.freshness import LineState
from dashboard.rules.judgement import ItemVerdict
from dashboard.rules.summary import Duty, duties_of_unit, unit_standing
from dashboard.settings import Settings
from dashboard.sheets.plan_folder import carried

TASK_HEAD = ("亮灯", "依据条款", "重点任务", "本单位责任", "完成时限", "进展", "说明")
DUTY_HEAD = ("依据条款", "重点任务", "具体措施", "责任", "原文责任表述", "原文名称", "出处", "说明")
LINE_HEAD = (
    *("亮灯", "报送事项", "依据条款", "汇总或分报", "报送周期", "填报截止", "报送"),
    *("最近收到", "完成值", "进展情况", "下步计划"),
)


def unit_ledger(given: Release, unit: r.Unit, settings: Settings, stamp: Stamp) -> bytes:
    """An xlsx of what is one unit's; each sheet says the unit, the day, who exported it and when.

    `given` must hold all that is the unit's, as the release for its liaison does.
    """
    judgement, books = given.judgement, given.judgement.books
    duties = duties_of_unit(judgement, unit)
    book, note = new_book(), f"{unit.name}　{note_of(judgement, stamp)}"
    add_sheet(book, "任务", note, TASK_HEAD, list(_tasks(duties, settings)))
    add_sheet(book, "责任", note, DUTY_HEAD, [_duty(books, each) for each in duties])
    items = {each.item.code: each for each in judgement.items}
    states = unit_standing(judgement, unit).lines
    add_sheet(book, "报送事项", note, LINE_HEAD, [_line(items, each, settings) for each in states])
    for ledger, kind in (("problem", r.Problem), ("directive", r.Directive)):
        mine = books.by(kind, "unit")[unit.code]
        fields = [field for field in carried(kind) if field.name != "unit"]
        cells = [[_cell(books, unit, row, field.name) for field in fields] for row in mine]
        add_sheet(book, TITLES[ledger], note, [field.label for field in fields], cells)
    return saved(book)


def rows_of_unit(given: Release, unit: r.Unit) -> int:
    """How many rows of the ledgers a unit's workbook tells of."""
    judgement, books = given.judgement, given.judgement.books
    standing = unit_standing(judgement, unit)
    own = (books.by(r.Problem, "unit"), books.by(r.Directive, "unit"))
    held = sum(len(each[unit.code]) for each in own)
    return len(duties_of_unit(judgement, unit)) + len(standing.lines) + held


def _tasks(duties: Sequence[Duty], settings: Settings) -> Iterable[list[Any]]:
    """Each task once, with every role that the unit has in it."""
    roles: dict[str, dict[str, None]] = {}
    for duty in duties:
        roles.setdefault(duty.printed.task, {})[duty.printed.role.label] = None
    for each in {duty.printed.task: duty.task for duty in duties}.values():
        share = each.worst.verdict.share if each.worst else None
        yield [
            light_words(settings, each.light, each.word),
            each.task.clause,
            each.task.title,
            "、".join(roles[each.task.code]),
            each.due_on,
            wording.percent(share),
            each.reason,
        ]


def _duty(books: Books, duty: Duty) -> list[Any]:
    printed = duty.printed
    measure = books.find(r.Measure, printed.measure)
    said = [f"作为“{duty.through.name}”成员"] if duty.through else []
    said += ["原文有“等”"] if printed.is_open_ended else []
    return [
        printed.clause,
        duty.task.task.title,
        measure.title if measure else "整项任务",
        printed.role.label,
        printed.words,
        printed.as_printed,
        printed.basis.label,
        "；".join(said) or None,
    ]


def _line(items: dict[str, ItemVerdict], state: LineState, settings: Settings) -> list[Any]:
    line, filed = state.line, state.filed
    judged = items[line.indicator or line.measure or ""]
    cadence = judged.asked.cadence if line.part is Part.TOTAL else line.cadence
    return [
        light_words(settings, judged.light, judged.verdict.word),
        judged.item.title,
        judged.item.clause,
        line.part,
        cadence,
        state.round.filing_cut if state.is_asked and state.round else None,
        freshness_words(settings, state.freshness),
        filed.received_at if filed else None,
        filed.value if filed else None,
        filed.text if filed else None,
        filed.next_step if filed else None,
    ]


def _cell(books: Books, unit: r.Unit, row: r.Record, name: str) -> Any:
    """A field's value; a task is written out, and so is a problem where it is the unit's own."""
    value = getattr(row, name)
    if name == "task":
        task = books.find(r.Task, value)
        return task.title if task else value
    if name == "problem":
        problem = books.find(r.Problem, value)
        return problem.description if problem and problem.unit == unit.code else value
    return value
