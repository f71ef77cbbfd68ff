"""The ledgers as one workbook that opens in WPS: a sheet a ledger, headed by plan and day."""

from collections.abc import Sequence
from typing import Any

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import LEDGERS, NOT_CARRIED, TITLES, Field
from dashboard.ledgers.terms import Role
from dashboard.reports.release import Release
from dashboard.reports.sheet import Stamp, add_sheet, new_book, note_of, saved
from dashboard.rules.freshness import Freshness
from dashboard.rules.judgement import TaskVerdict
from dashboard.rules.summary import duties_of_task
from dashboard.rules.verdicts import Light
from dashboard.rules.withheld import shown
from dashboard.settings import Settings
from dashboard.sheets.plan_folder import carried

TASK_HEAD = ("亮灯", "重点任务", "依据条款", "牵头单位", "完成时限", "说明", "报送")


def workbook(given: Release, settings: Settings, stamp: Stamp) -> bytes:
    """An xlsx of every ledger; each sheet says the plan, the day, who exported it and when."""
    judgement, books = given.judgement, given.judgement.books
    book, note = new_book(), note_of(judgement, stamp)
    tasks = [task_row(books, each, settings) for each in judgement.tasks]
    add_sheet(book, "任务进展", note, TASK_HEAD, tasks)
    rows: dict[str, Sequence[r.Record]] = dict(books.rows)
    rows["filing"] = [each.filing for each in given.filed]
    for ledger, kind in LEDGERS.items():
        if ledger not in NOT_CARRIED and rows.get(ledger):
            fields = carried(kind)
            cells = [_cells(books, fields, row) for row in rows[ledger]]
            add_sheet(book, TITLES[ledger], note, [field.label for field in fields], cells)
    return saved(book)


def task_row(books: Books, each: TaskVerdict, settings: Settings) -> list[Any]:
    """A task as 任务进展 shows it."""
    return [
        light_words(settings, each.light, each.word),
        each.task.title,
        each.task.clause,
        _leads(books, each.task),
        each.due_on,
        each.reason,
        freshness_words(settings, each.freshness),
    ]


def _leads(books: Books, task: r.Task) -> str:
    """Who leads a task; where the plan names no lead, none is made up."""
    duties = duties_of_task(books, task.code)
    named = {
        role: [books.get(r.Unit, duty.unit).name for duty in duties[role]]
        for role in (Role.LEAD, Role.SHARED)
    }
    if named[Role.LEAD]:
        return wording.join_names(named[Role.LEAD])
    if books.get(r.Clause, task.clause).has_bracket:
        return "原文未明确牵头单位"
    shared = named[Role.SHARED]
    return f"{wording.join_names(shared)}（职责所列）" if shared else "本条未列责任单位"


def light_words(settings: Settings, light: Light, word: str) -> str:
    """A light as symbol and word: a printed sheet has no colour."""
    return f"{getattr(settings.lights.scheme, light.value).symbol} {word}"


def freshness_words(settings: Settings, state: Freshness) -> str:
    """The second light in words; what is not asked for has none."""
    return str(getattr(settings.lights.freshness, state.value, wording.BLANK))


def _cells(books: Books, fields: Sequence[Field], row: r.Record) -> list[Any]:
    cells = []
    if isinstance(row, r.Station):
        row = shown(row)
    for field in fields:
        value = getattr(row, field.name)
        if field.name == "served" and wording.is_few(value):
            value = wording.at_least_five(value)
        if field.ref == "unit" and value is not None:
            value = books.get(r.Unit, value).name
        cells.append(value)
    return cells
