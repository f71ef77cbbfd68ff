"""The office's own rows and changes: against a version, within the rules, each with its history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from dashboard.access.asking import ask
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load_in
from dashboard.ledgers.history import revisions_in
from dashboard.ledgers.shape import fields_of, ledger_of, row_word
from dashboard.ledgers.terms import Basis, DeadlineSource, Part, Recurrence, Role
from dashboard.posting.edit_faults import edit_faults
from dashboard.posting.editable import EDITABLE, is_settled, open_fields, right_for
from dashboard.posting.endings import going_with
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import NEW, Fault, RefusedError, faults_of
from dashboard.posting.problems import beginning_faults
from dashboard.posting.signature import Signature
from dashboard.rules.invariants import breaches

R = TypeVar("R", bound=r.Record)


class ConflictError(Exception):
    """Somebody changed the row after it was opened; nothing was written.

    `now` is the row as it stands, `changes` what was done to it since, newest first, and
    `version` what to give as seen when writing all the same.
    """

    def __init__(self, now: r.Record | None, changes: Sequence[r.Revision], version: int) -> None:
        act = "改过" if now else "撤销了"
        super().__init__(f"{changes[0].by_post}在您打开之后{act}这一行，没有保存。")
        self.now = now
        self.changes = tuple(changes)
        self.version = version


@dataclass(frozen=True)
class Work:
    """What a measure of the office's own asks for: who does it and sums up, how often, by when."""

    unit: str
    cadence: Recurrence
    due_on: date | None = None


def add_row(engine: Engine, viewer: Viewer, plan: str, row: r.Record) -> str:
    """Add a row of the office's own under the next free code, which is returned.

    Raises RefusedError with every fault, ForbiddenError without the right.
    """
    signature = Signature(viewer, right_for(row), f"新增{row_word(ledger_of(row))}")
    with _editing(engine, plan, signature) as (opened, books):
        return _add(opened, books, row).code


def add_measure(engine: Engine, viewer: Viewer, plan: str, measure: r.Measure, work: Work) -> str:
    """Add a measure with its unit, its reporting line and its date; returns its code."""
    signature = Signature(viewer, right_for(measure), "新增具体措施")
    with _editing(engine, plan, signature) as (opened, books):
        return _add_measure(opened, books, measure, work)


def add_task(engine: Engine, viewer: Viewer, plan: str, task: r.Task, work: Work) -> str:
    """Add a task of the office's own, led by a unit, with one measure of its name."""
    signature = Signature(viewer, right_for(task), "新增专班细化任务")
    with _editing(engine, plan, signature) as (opened, books):
        made = _add(opened, books, task)
        measure = r.Measure(code=NEW, task=made.code, clause=task.clause, title=task.title, seq=0)
        _add_measure(opened, books_in(opened, plan), measure, work, leads=True)
        return made.code


def change_row(
    engine: Engine,
    viewer: Viewer,
    plan: str,
    row: r.Record,
    fields: Mapping[str, Any],
    *,
    seen: int,
) -> None:
    """Change fields of a row that was read at version `seen` of the books.

    Raises ConflictError where somebody changed it since, RefusedError with every fault (a
    locked field among them), ForbiddenError without the right.
    """
    signature = Signature(viewer, right_for(row), f"修改{row_word(ledger_of(row))}")
    with _editing(engine, plan, signature) as (opened, books):
        held = _standing(opened.connection, books, row, seen)
        _ask_again(opened, signature, held, plan)
        changed = _with_consequences(books, with_fields(held, fields), held)
        _refuse([*_locked(books, held, fields), *faults_of(changed)])
        _refuse(edit_faults(books, changed))
        now = {each.name: getattr(changed, each.name) for each in fields_of(type(changed))}
        before = {name: getattr(held, name) for name in now}
        opened.change(held, **{name: now[name] for name in now if now[name] != before[name]})


def end_row(engine: Engine, viewer: Viewer, plan: str, row: r.Record, *, seen: int) -> None:
    """Take back a row of the office's own; what was arranged for it goes with it.

    Raises ConflictError, RefusedError (printed rows, rows in use) and ForbiddenError.
    """
    signature = Signature(viewer, right_for(row), f"撤销{row_word(ledger_of(row))}")
    with _editing(engine, plan, signature) as (opened, books):
        held = _standing(opened.connection, books, row, seen)
        _ask_again(opened, signature, held, plan)
        for each in going_with(opened.connection, books, held):
            opened.end(each)


@contextmanager
def _editing(engine: Engine, plan: str, signature: Signature) -> Iterator[tuple[Entry, Books]]:
    """A posting with the books before it; it is refused where it would break an invariant."""
    with entry(engine, plan, signature) as opened:
        books = books_in(opened, plan)
        yield opened, books
        known = set(breaches(books))
        after = books_in(opened, plan)
        broken = [each for each in breaches(after) if each not in known]
        if broken:
            raise RefusedError(*(Fault("plan", plan, None, each.message) for each in broken))
        _follow(opened, books, after)


def _ask_again(opened: Entry, signature: Signature, held: r.Record, plan: str) -> None:
    """The row that stands decides which right it takes, not what a caller makes of it."""
    ask(opened.connection, signature.viewer, right_for(held), plan)


def books_in(opened: Entry, plan: str) -> Books:
    """The books in this posting. On its day of issue a plan is known only from the day's end."""
    books = load_in(opened.connection, plan, opened.known_at)
    issued = books.plan.known_at
    if issued is None or issued <= opened.known_at:
        return books
    return load_in(opened.connection, plan, issued)


def _follow(opened: Entry, before: Books, after: Books) -> None:
    """Where the lead of an item has become another, its 汇总单位 is marked anew."""
    held = {each.code: each for each in before.by(r.ReportingLine, "part")[Part.TOTAL]}
    for line in after.by(r.ReportingLine, "part")[Part.TOTAL]:
        was, now = held.get(line.code), _is_designated(after, line)
        if was is not None and _is_designated(before, was) != now:
            opened.change(line, is_designated=now)


def _is_designated(books: Books, line: r.ReportingLine) -> bool:
    """Whether a 汇总单位 is none of the item's leads."""
    duties = books.by(r.Responsibility, "task")[line.task]
    speaking = [each for each in duties if each.measure in (None, line.measure)]
    return line.unit not in {each.unit for each in speaking if each.role is Role.LEAD}


def _add(opened: Entry, books: Books, row: R) -> R:
    ledger = ledger_of(row)
    rule = EDITABLE.get(ledger)
    if rule is None:
        raise RefusedError(Fault(ledger, row.code, None, "只随方案载入，不能新增"))
    if isinstance(row, r.Problem | r.Directive):
        _refuse(beginning_faults(row))
    made = replace(row, code=opened.next_code(ledger, rule.prefix), **rule.mark)
    made = _with_consequences(books, _placed(books, made))
    _refuse(faults_of(made))
    _refuse(edit_faults(books, made))
    opened.add(made)
    return made


def _refuse(faults: Iterable[Fault]) -> None:
    if found := list(faults):
        raise RefusedError(*found)


def _add_measure(
    opened: Entry, books: Books, measure: r.Measure, work: Work, *, leads: bool = False
) -> str:
    made = _add(opened, books, measure)
    books = books_in(opened, books.plan.code)
    _add(opened, books, _duty(made, work, leads=leads))
    line = r.ReportingLine(
        code=NEW,
        task=made.task,
        measure=made.code,
        unit=work.unit,
        part=Part.TOTAL,
        cadence=work.cadence,
    )
    # With the books as they are by now: whether the unit leads decides how the line is marked.
    books = books_in(opened, books.plan.code)
    _add(opened, books, line)
    if work.due_on:
        due = r.Deadline(
            code=NEW,
            task=made.task,
            measure=made.code,
            clause=made.clause,
            source=DeadlineSource.OFFICE,
            due_on=work.due_on,
        )
        _add(opened, books, due)
    return made.code


def _duty(measure: r.Measure, work: Work, *, leads: bool) -> r.Responsibility:
    """Who does a measure: the lead of the whole task where that is new too, else its own doer."""
    return r.Responsibility(
        code=NEW,
        task=measure.task,
        measure=None if leads else measure.code,
        clause=measure.clause,
        unit=work.unit,
        as_printed=work.unit,
        role=Role.LEAD if leads else Role.SHARED,
        basis=Basis.OFFICE,
        seq=0,
    )


def with_fields(row: R, fields: Mapping[str, Any]) -> R:
    """A row with other values in some fields, named at run time."""
    return replace(row, **fields)


def _placed(books: Books, row: R) -> R:
    """A new row after all others in the order of its ledger, under its indicator's measure."""
    if indicator := books.find(r.Indicator, getattr(row, "indicator", None)):
        row = with_fields(row, {"measure": indicator.measure})
    if "seq" not in {field.name for field in fields_of(type(row))}:
        return row
    last = max((getattr(each, "seq", 0) for each in books.all(type(row))), default=0)
    return with_fields(row, {"seq": last + 1})


def _with_consequences(books: Books, row: R, held: r.Record | None = None) -> R:
    """A row with the fields that follow from its unit, where that is new: nobody is asked twice."""
    if held is not None and getattr(held, "unit", None) == getattr(row, "unit", None):
        return row
    if isinstance(row, r.Responsibility):
        unit = books.find(r.Unit, row.unit)
        return replace(row, as_printed=unit.name if unit else row.unit)
    if isinstance(row, r.ReportingLine) and row.part is Part.TOTAL:
        return replace(row, is_designated=_is_designated(books, row))
    return row


def _standing(connection: Connection, books: Books, row: r.Record, seen: int) -> r.Record:
    """The row as it stands now. Raises ConflictError where it was changed after `seen`."""
    changes = [
        each
        for each in revisions_in(connection, books.plan.code, ledger_of(row), row.code)
        if each.posting_id > seen
    ]
    held = books.find(type(row), row.code)
    if changes:
        raise ConflictError(held, changes, changes[0].posting_id)
    if held is None:
        raise RefusedError(Fault(ledger_of(row), row.code, None, "该行已不存在，请刷新后再试"))
    return held


def _locked(books: Books, held: r.Record, names: Iterable[str]) -> Iterator[Fault]:
    ledger, allowed = ledger_of(held), {field.name for field in open_fields(books, held)}
    why = "已办结，不能修改" if is_settled(held) else "为方案原文或登记时确定，不能改写"
    for name in names:
        if name not in allowed:
            yield Fault(ledger, held.code, name, why)
