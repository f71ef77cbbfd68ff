"""What the plan leaves to the office: dates that differ, lists not settled, who sums up, names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import DeadlineSource, Part, Recurrence
from dashboard.rules.coverage import owed_in_all
from dashboard.rules.moved_dates import moved_to

_ASKS = re.compile("确认|核定|核对|待核|选定")
"""The words with which a note of the plan's data asks the office to settle something."""


@dataclass(frozen=True)
class Question:
    """One thing to confirm: its kind, what it is about, where it stands, how it is held now."""

    kind: str
    about: str
    clause: str | None
    now: str


def questions(books: Books) -> tuple[Question, ...]:
    """Everything the office is asked to confirm, by kind, in the order of the plan."""
    return (
        *_competing_dates(books),
        *_unsettled_lists(books),
        *_designated(books),
        *_collectives(books),
        *_noted(books),
    )


def competing(books: Books) -> Iterator[r.Deadline]:
    """Dates held beside the one in force: the office is to say which counts.

    A date that was moved (延期) is history, and an approved one settles what was open.
    """
    for held in books.all(r.Deadline):
        is_beside = not held.is_in_force and held.due_on is not None
        if is_beside and moved_to(books, held) is None and any(_in_force_beside(books, held)):
            yield held


def _competing_dates(books: Books) -> Iterator[Question]:
    for held in competing(books):
        for chosen in _in_force_beside(books, held):
            about = books.find(r.Indicator, held.indicator) or books.find(r.Measure, held.measure)
            name = _name_of(about) or books.get(r.Task, held.task).title
            now = f"按{_dated(chosen)}执行；另一处为{_dated(held)}，两处不一致"
            yield Question("时限不一致", name, chosen.clause, now)


def _in_force_beside(books: Books, held: r.Deadline) -> Iterator[r.Deadline]:
    field, code = ("indicator", held.indicator) if held.indicator else ("measure", held.measure)
    for each in books.by(r.Deadline, field)[code]:
        is_open = each.is_in_force and each.source is not DeadlineSource.EXTENDED
        if is_open and each.recurrence is Recurrence.ONCE and each.task == held.task:
            yield each


def _dated(deadline: r.Deadline) -> str:
    day = wording.full_day(deadline.due_on) if deadline.due_on else "未定"
    return f"{deadline.clause}的{day}"


def _unsettled_lists(books: Books) -> Iterator[Question]:
    for hosts in books.all(r.HostList):
        if owed_in_all(books, hosts) is None:
            yield Question(
                "名录待核定", hosts.title, hosts.clause, "应设总数待核定，暂不计算完成率"
            )


def _designated(books: Books) -> Iterator[Question]:
    lines = [each for each in books.by(r.ReportingLine, "part")[Part.TOTAL] if each.is_designated]
    for unit in books.all(r.Unit):
        mine = [each for each in lines if each.unit == unit.code]
        tasks = len({each.task for each in mine})
        if mine:
            now = f"{tasks}项任务的{len(mine)}条报送由该单位汇总，属办公室指定，非牵头"
            yield Question("汇总单位", unit.name, None, now)


def _collectives(books: Books) -> Iterator[Question]:
    members = books.by(r.Membership, "collective")
    duties = books.by(r.Responsibility, "unit")
    for unit in books.all(r.Unit):
        if unit.is_collective and not members[unit.code] and duties[unit.code]:
            clauses = sorted({each.clause for each in duties[unit.code]}, key=wording.clause_key)
            now = f"见{wording.join_names(clauses)}，所指单位由办公室逐条确定"
            yield Question("所指单位", unit.name, None, now)


def _noted(books: Books) -> Iterator[Question]:
    ledgers = (r.Unit, r.Task, r.Measure, r.Indicator, r.HostList)
    for ledger in ledgers:
        for row in books.all(ledger):
            note = str(getattr(row, "note", None) or "")
            settled_above = ledger is r.HostList and getattr(row, "total", None) is None
            is_collective = isinstance(row, r.Unit) and row.is_collective
            if _ASKS.search(note) and not (settled_above or is_collective):
                yield Question("名称和口径", _name_of(row), getattr(row, "clause", None), note)


def _name_of(row: r.Record | None) -> str:
    return str(getattr(row, "name", None) or getattr(row, "title", None) or "")
