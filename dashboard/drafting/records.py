"""Draft rows to records: every fault with its row and field, so that nothing is half-posted."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from dashboard.drafting.rows import Row, Texts
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, TITLES, Field, fields_of, from_text, is_required
from dashboard.ledgers.terms import UnitKind

R = TypeVar("R", bound=r.Record)


@dataclass(frozen=True)
class Wrong:
    """What keeps a draft from the books: the row (`plan` for the plan's own), field, message."""

    ledger: str
    code: str
    field: str | None
    message: str


def records_of(
    code: str, about: Texts, rows: Sequence[Row]
) -> tuple[r.Plan | None, tuple[r.Record, ...], tuple[Wrong, ...]]:
    """The plan under a code with its records, or what is wrong with them.

    `rows` are those that were accepted; a row that speaks of one that was not is a fault.
    """
    wrong: list[Wrong] = []
    about, rows = _with_office(about, rows)
    plan = _record(r.Plan, "plan", {**about, "code": code}, code, wrong)
    known = {(row.ledger, row.code) for row in rows}
    made: list[r.Record] = []
    for row in _in_order(rows):
        wrong.extend(_dangling(row, known))
        wrong.extend(_senseless(row))
        texts = {**row.fields, "code": row.code}
        record = _record(LEDGERS[row.ledger], row.ledger, texts, row.code, wrong)
        if record is not None:
            made.append(record)
    return (None, (), tuple(wrong)) if wrong or plan is None else (plan, tuple(made), ())


def _with_office(about: Texts, rows: Sequence[Row]) -> tuple[Texts, list[Row]]:
    """The office's unit is one of the draft's, or one more by the name that was typed.

    Where nobody is named who could sum up, or the one named was not accepted, the office's unit
    does until it says another.
    """
    named = (about.get("office_unit") or "").strip()
    units = {row.code: row.fields.get("name") for row in rows if row.ledger == "unit"}
    by_name = {name: code for code, name in units.items()}
    code = named if named in units else by_name.get(named, OFFICE_UNIT if named else None)
    more = [_office_unit(named, len(units) + 1)] if code == OFFICE_UNIT else []
    lines = [_summed_up(row, code, units) for row in rows]
    return {**about, "office_unit": code}, [*more, *lines]


OFFICE_UNIT = "u-office"
"""The code of the office's unit where the document names it nowhere as bearing a duty."""


def _office_unit(name: str, seq: int) -> Row:
    fields = {"name": name, "kind": UnitKind.GOVERNMENT.value, "seq": str(seq)}
    return Row("unit", OFFICE_UNIT, fields)


def _summed_up(row: Row, office: str | None, units: Container[str]) -> Row:
    if row.ledger != "reporting_line" or row.fields.get("unit") in units:
        return row
    return replace(row, fields={**row.fields, "unit": office, "is_designated": "是"})


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """By ledger in order of dependence; within a ledger as drafted, what is above first."""
    order = {name: place for place, name in enumerate(LEDGERS)}
    return sorted(rows, key=lambda row: order[row.ledger])


def _record(kind: type[R], ledger: str, texts: Texts, code: str, wrong: list[Wrong]) -> R | None:
    values: dict[str, Any] = {}
    before = len(wrong)
    for field in fields_of(kind):
        if field.kept:
            continue
        try:
            value = _value(field, texts)
        except ValueError as error:
            wrong.append(Wrong(ledger, code, field.name, str(error)))
            continue
        if value is None and is_required(field):
            wrong.append(Wrong(ledger, code, field.name, "不能为空，请填写"))
        elif value is not None:
            values[field.name] = value
    return None if len(wrong) > before else kind(**values)


def _value(field: Field, texts: Texts) -> Any:
    text = texts.get(field.name)
    return None if text is None or not text.strip() else from_text(field, text.strip())


def _dangling(row: Row, known: set[tuple[str, str]]) -> Iterator[Wrong]:
    """References to rows that are not accepted."""
    for field in fields_of(LEDGERS[row.ledger]):
        code = row.fields.get(field.name)
        if field.ref and code and (field.ref, code) not in known:
            message = f"所指的{TITLES[field.ref]}“{code}”没有采用，请一并采用，或改填其他"
            yield Wrong(row.ledger, row.code, field.name, message)


def _senseless(row: Row) -> Iterator[Wrong]:
    """Slips of the keyboard that are dates and numbers all the same."""
    year = (row.fields.get("year") or "").strip()
    if year.isdecimal() and (len(year) != len("2024") or not _FIRST <= int(year) <= _LAST):
        yield Wrong(row.ledger, row.code, "year", f"应为{_FIRST}至{_LAST}之间的年份")
    starts, due = row.fields.get("starts_on"), row.fields.get("due_on")
    if starts and due and starts > due:
        yield Wrong(row.ledger, row.code, "starts_on", "晚于完成时限，请核对")


_FIRST, _LAST = 1990, 2099
"""The years that the forms offer."""


def needed_by(row: Row, rows: Mapping[tuple[str, str], Row]) -> tuple[Row, ...]:
    """The rows that a row speaks of, and those that these speak of: what is accepted with it."""
    found: dict[tuple[str, str], Row] = {}
    left = [row]
    while left:
        for key in _named_in(left.pop()):
            other = rows.get(key)
            if other is not None and other is not row and key not in found:
                found[key] = other
                left.append(other)
    return tuple(found.values())


def hanging_on(row: Row, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows that speak of a row, and those that speak of these: what is dropped with it.

    Who sums up may be another, so that no reporting line hangs on its unit.
    """
    left, wanted = list(rows), {(row.ledger, row.code)}
    found: list[Row] = []
    while True:
        more = [each for each in left if _speaks_of(each) & wanted and each is not row]
        if not more:
            return tuple(found)
        found += more
        left = [each for each in left if each not in more]
        wanted |= {(each.ledger, each.code) for each in more}


def _speaks_of(row: Row) -> set[tuple[str, str]]:
    """What a row cannot be without."""
    sums_up = {("unit", row.fields.get("unit"))} if row.ledger == "reporting_line" else set()
    return _named_in(row) - sums_up


def _named_in(row: Row) -> set[tuple[str, str]]:
    return {
        (field.ref, code)
        for field in fields_of(LEDGERS[row.ledger])
        if field.ref and (code := row.fields.get(field.name))
    }
