"""A second version of a plan against the ledgers in force: what is new, changed, gone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from dashboard import wording
from dashboard.drafting.row_words import amount
from dashboard.drafting.rows import Row
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import to_text
from dashboard.ledgers.terms import Comparator, DeadlineSource, Origin, Role


@dataclass(frozen=True)
class Difference:
    """One matter that the two versions tell differently; either side may be missing."""

    clause: str
    what: str
    before: str | None
    now: str | None

    @property
    def word(self) -> str:
        """新增, 删去 or 变动."""
        if self.before is None:
            return "新增"
        return "删去" if self.now is None else "变动"


def compared(rows: Sequence[Row], books: Books) -> tuple[Difference, ...]:
    """The differences in the order of the draft, what is gone last.

    Tasks are told by their clause, duties by clause and unit, indicators by clause, name, measure
    and period. Rows of the office's own are no part of it.
    """
    found = [
        *_between(_tasks(rows), _tasks_held(books), "任务"),
        *_between(_duties(rows), _duties_held(books), "责任"),
        *_between(_figures(rows), _figures_held(books), "指标"),
        *_between(_dates(rows), _dates_held(books), "时限"),
    ]
    return tuple(sorted(found, key=lambda each: each.now is None))


Told = dict[tuple[str, str], str]
"""What a version says: clause and matter, and in what words."""


def _between(now: Told, before: Told, word: str) -> Iterator[Difference]:
    for (clause, matter), said in now.items():
        held = before.get((clause, matter))
        if held != said:
            yield Difference(clause, f"{word}：{matter}" if matter else word, held, said)
    for (clause, matter), held in before.items():
        if (clause, matter) not in now:
            yield Difference(clause, f"{word}：{matter}" if matter else word, held, None)


def _of(rows: Sequence[Row], ledger: str) -> Iterator[Row]:
    return (row for row in rows if row.ledger == ledger)


def _tasks(rows: Sequence[Row]) -> Told:
    return {
        (row.fields["clause"] or "", ""): row.fields["title"] or "" for row in _of(rows, "task")
    }


def _tasks_held(books: Books) -> Told:
    return {
        (each.clause, ""): each.title for each in books.all(r.Task) if each.origin is Origin.PLAN
    }


def _duties(rows: Sequence[Row]) -> Told:
    names = {row.code: row.fields["name"] or "" for row in _of(rows, "unit")}
    found = sorted(
        (
            row.fields["clause"] or "",
            names.get(row.fields["unit"] or "", ""),
            Role.parse(row.fields["role"] or "").label,
        )
        for row in _of(rows, "responsibility")
    )
    return _joined(found)


def _duties_held(books: Books) -> Told:
    found = sorted(
        (each.clause, books.get(r.Unit, each.unit).name, each.role.label)
        for each in books.all(r.Responsibility)
    )
    return _joined(found)


def _joined(found: list[tuple[str, str, str]]) -> Told:
    """Several roles of one unit in one clause are one matter."""
    return {
        key: "、".join(dict.fromkeys(role for _, _, role in group))
        for key, group in groupby(found, key=lambda each: (each[0], each[1]))
    }


_FIGURE = ("name", "per", "year")
"""What tells one figure of a clause from the others."""


def _figures(rows: Sequence[Row]) -> Told:
    return {
        (
            row.fields["clause"] or "",
            "".join(row.fields.get(name) or "" for name in _FIGURE),
        ): amount(row)
        for row in _of(rows, "indicator")
    }


def _figures_held(books: Books) -> Told:
    return {
        (each.clause, "".join(to_text(getattr(each, name)) or "" for name in _FIGURE)): _figure(
            each.comparator, each.value, each.unit, each.value_high
        )
        for each in books.all(r.Indicator)
        if each.is_explicit
    }


def _figure(comparator: Comparator, value: float, unit: str, high: float | None) -> str:
    if comparator is Comparator.EXACTLY:
        return wording.scaled(value, unit)
    return wording.quantity(comparator.value, value, unit, high)


def _dates(rows: Sequence[Row]) -> Told:
    return _earliest(
        (row.fields["clause"] or "", date.fromisoformat(row.fields["due_on"] or ""))
        for row in _of(rows, "deadline")
        if row.fields["source"] == DeadlineSource.PRINTED and _is_day(row.fields.get("due_on"))
    )


def _is_day(text: str | None) -> bool:
    try:
        return bool(text and date.fromisoformat(text))
    except ValueError:
        return False  # somebody is still typing


def _dates_held(books: Books) -> Told:
    return _earliest(
        (each.clause, each.due_on)
        for each in books.all(r.Deadline)
        if each.source is DeadlineSource.PRINTED and each.due_on
    )


def _earliest(found: Iterable[tuple[str, date]]) -> Told:
    days: dict[str, date] = {}
    for clause, day in found:
        days[clause] = min(day, days.get(clause, day))
    return {(clause, ""): wording.full_day(day) for clause, day in days.items()}
