"""Tasks with one measure each, who is responsible for them, and by when."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.drafting.bodies import Units
from dashboard.drafting.rows import Place, Row, row
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import (
    Basis,
    ClauseKind,
    DeadlineSource,
    Origin,
    Recurrence,
    Role,
    TaskKind,
)
from dashboard.policy import findings as f

_ROLES = {
    f.Role.LEAD: Role.LEAD,
    f.Role.SHARED: Role.SHARED,
    f.Role.LOCAL: Role.LOCAL,
    f.Role.SUPPORT: Role.SUPPORT,
    f.Role.GUIDE: Role.SUPPORT,
}
_TASK_KINDS = {
    ClauseKind.GOAL: TaskKind.GOAL,
    ClauseKind.ORGANISATION: TaskKind.ORGANISATION,
    ClauseKind.TASK: TaskKind.KEY,
    ClauseKind.REQUIREMENT: TaskKind.REQUIREMENT,
    ClauseKind.ANNEX: TaskKind.ANNEX,
}


@dataclass(frozen=True)
class Work:
    """A task to be: its code and that of its measure, and what was found in it."""

    code: str
    measure: str
    task: f.Task
    kind: ClauseKind
    duties: tuple[f.Duty, ...]
    deadlines: tuple[f.Deadline, ...]
    targets: tuple[f.Target, ...]

    @property
    def lead(self) -> f.Duty | None:
        """The printed lead, the first of several."""
        return next((each for each in self.duties if each.role is f.Role.LEAD), None)


_APPOINTS = re.compile(
    r"(?<!负责)(?<!分管)同志(?:兼任|担任|任)|由[\u4e00-\u9fff]{2,3}(?:兼任|担任)"
)
"""A sentence that gives somebody an office, by name, is no task."""


def works_of(found: f.Reading, kinds: Mapping[str, ClauseKind]) -> tuple[Work, ...]:
    """The tasks, and one for each clause that sets targets without being a task."""
    tasks = [task for task in found.tasks if not _APPOINTS.search(task.title)]
    tasks += _of_targets(found)
    tasks.sort(key=lambda each: each.span.start)
    return tuple(_work(number, task, found, tasks, kinds) for number, task in enumerate(tasks, 1))


def _of_targets(found: f.Reading) -> Iterator[f.Task]:
    """Goals and tables that no task holds: they are watched as a matter of their own."""
    clauses = {each.id: each for each in found.clauses}
    seen: set[str] = set()
    for target in _targets(found):
        if target.clause in seen or any(task.span.holds(target.span) for task in found.tasks):
            continue
        seen.add(target.clause)
        clause = clauses[target.clause]
        title = clause.title or target.what
        yield f.Task(clause.id, clause.id, title, clause.span)


def _targets(found: f.Reading) -> Iterator[f.Target]:
    standards = {each.id for each in found.clauses if each.section == "annex" and each.path[1:]}
    for target in found.targets:
        # What an annex asks of a place is a standard to check it against, and no indicator.
        if target.kind == "target" and target.clause not in standards:
            yield target


def _work(
    number: int,
    task: f.Task,
    found: f.Reading,
    tasks: list[f.Task],
    kinds: Mapping[str, ClauseKind],
) -> Work:
    def mine(clause: str, span: f.Span) -> bool:
        return clause == task.clause and _holder(tasks, clause, span) is task

    return Work(
        code=f"t-{number:02d}",
        measure=f"m-{number:02d}",
        task=task,
        kind=kinds[task.clause],
        duties=tuple(each for each in found.duties if each.task == task.id),
        deadlines=tuple(each for each in found.deadlines if mine(each.clause, each.span)),
        targets=tuple(each for each in _targets(found) if mine(each.clause, each.span)),
    )


def _holder(tasks: list[f.Task], clause: str, span: f.Span) -> f.Task | None:
    same = [task for task in tasks if task.clause == clause]
    return next((task for task in same if task.span.holds(span)), same[0] if same else None)


@dataclass(frozen=True)
class Dates:
    """What a plan's dates must lie in, and the day that undated work inherits."""

    issued_on: date | None
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Whether a day lies within the plan, as far as is known."""
        begins, ends = self.issued_on or date.min, self.ends_on or date.max
        return begins <= day <= ends


def work_rows(work: Work, number: int, units: Units, dates: Dates) -> Iterator[Row]:
    """The rows of a task: itself, its measure, its responsibilities, its dates."""
    task = work.task
    note = None if work.duties else "没有读到责任单位，请由办公室指定。"
    place = Place(task.clause, task.span, note)
    kind = _TASK_KINDS[work.kind]
    named = {"clause": task.clause, "title": task.title[:_LONGEST]}
    yield row(r.Task, work.code, place, kind=kind, seq=number, origin=Origin.PLAN, **named)
    here = Place(task.clause, task.span)
    yield row(r.Measure, work.measure, here, task=work.code, seq=number, **named)
    yield from _duties(work, units)
    yield from _deadlines(work, dates)


_LONGEST = 60


def _duties(work: Work, units: Units) -> Iterator[Row]:
    taken: set[tuple[str, Role]] = set()
    for number, duty in enumerate(work.duties, start=1):
        code, role = units.code_of(duty.unit), _ROLES[duty.role]
        if code is None or (code, role) in taken:
            continue
        taken.add((code, role))
        note = None if duty.is_stated else "责任单位据句中主语读出，请核对。"
        yield row(
            r.Responsibility,
            f"r-{work.code[2:]}-{number:02d}",
            Place(duty.clause, duty.span, note),
            task=work.code,
            clause=duty.clause,
            unit=code,
            as_printed=duty.unit,
            role=role,
            basis=_basis(duty),
            seq=number,
            words=duty.words or None,
            is_open_ended=duty.is_open_ended,
        )


def _basis(duty: f.Duty) -> Basis:
    if duty.is_stated:
        return Basis.BRACKET
    return Basis.SENTENCE if duty.words else Basis.DUTY


def _deadlines(work: Work, dates: Dates) -> Iterator[Row]:
    """Printed dates and cadences; without any, the plan's end is inherited and turns no light."""
    told = sorted(work.deadlines, key=lambda each: (each.due_on is None, each.span.start))
    told = list({(each.due_on, each.recurrence): each for each in reversed(told)}.values())[::-1]
    for number, each in enumerate(told, start=1):
        yield _printed(work, number, each, told, dates)
    if not told and dates.ends_on:
        yield row(
            r.Deadline,
            f"d-{work.code[2:]}-0",
            Place(work.task.clause, work.task.span),
            task=work.code,
            clause=work.task.clause,
            measure=work.measure,
            source=DeadlineSource.INHERITED,
            recurrence=Recurrence.ONCE,
            due_on=dates.ends_on,
        )


def _printed(
    work: Work, number: int, each: f.Deadline, told: list[f.Deadline], dates: Dates
) -> Row:
    once = [other for other in told if other.due_on is not None]
    notes = []
    if each.recurrence == f.Recurrence.ONCE and each.due_on is None:
        notes.append(f"{quoted(each.as_printed)}的日期读不准，请填写。")
    if each.due_on and not dates.holds(each.due_on):
        notes.append("日期不在方案期内，请核对日期或方案起止。")
    if each.due_on and len(once) > 1:
        notes.append("同一任务读到几个时限，以最早的为准，请核对各管哪件事。")
    if each.is_inferred and each.due_on:
        notes.append("年份为推定，请核对。")
    return row(
        r.Deadline,
        f"d-{work.code[2:]}-{number}",
        Place(each.clause, each.span, "".join(notes) or None),
        task=work.code,
        clause=each.clause,
        measure=work.measure,
        source=DeadlineSource.PRINTED,
        recurrence=Recurrence.parse(each.recurrence.value),
        due_on=each.due_on,
        is_in_force=each.due_on is None
        or each is min(once, key=lambda one: one.due_on or date.max),
        note=f"原文{quoted(each.as_printed)}",
    )


def quoted(words: str) -> str:
    """Printed words in quotation marks; those within them become single ones (GB/T 15834)."""
    return f"“{words.replace('“', '‘').replace('”', '’')}”"
