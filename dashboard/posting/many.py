"""Many rows of the books changed at once: a few queries for all of them, each with its history."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, Field, fields_of, ledger_of
from dashboard.ledgers.tables import TABLES
from dashboard.posting.entry import Entry
from dashboard.posting.faults import Fault, RefusedError

Changed = tuple[r.Record, Mapping[str, Any]]
"""A row, and what its fields are to become."""
_CHUNK = 500


def change_many(opened: Entry, changes: Sequence[Changed]) -> None:
    """Change fields of rows as `Entry.change` does; what has the value leaves no revision.

    The rows have been judged already. Raises RefusedError where one no longer stands.
    """
    for ledger in LEDGERS:
        mine = [each for each in changes if ledger_of(each[0]) == ledger]
        if mine:
            _change(opened, ledger, mine)


def _change(opened: Entry, ledger: str, changes: Sequence[Changed]) -> None:
    fields = {field.name: field for field in fields_of(LEDGERS[ledger])}
    opened.preload(*dict.fromkeys(each.ref for each in fields.values() if each.ref))
    stored = _stored(opened, ledger, [row.code for row, _ in changes])
    revisions: list[dict[str, Any]] = []
    updates: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row, given in changes:
        row_id, now = _standing(stored, ledger, row.code)
        touched = [fields[name] for name, value in given.items() if now[name] != value]
        if touched:
            named = {f"to_{each.column}": _column(opened, each, given) for each in touched}
            columns = tuple(each.column for each in touched)
            updates.setdefault(columns, []).append({"row_id": row_id, **named})
            revisions += opened.changes(row, touched, now, given)
    for columns, rows in updates.items():
        table = TABLES[ledger]
        values: dict[str, Any] = {column: bindparam(f"to_{column}") for column in columns}
        changing = update(table).where(table.c.id == bindparam("row_id")).values(values)
        opened.connection.execute(changing, rows)
    if revisions:
        opened.write_revisions(revisions)


def _column(opened: Entry, field: Field, given: Mapping[str, Any]) -> Any:
    value = given[field.name]
    return opened.id_of(field.ref, value) if field.ref and value is not None else value


Stored = Mapping[str, tuple[int, Mapping[str, Any]]]


def _standing(stored: Stored, ledger: str, code: str) -> tuple[int, Mapping[str, Any]]:
    found = stored.get(code)
    if found is None:
        raise RefusedError(Fault(ledger, code, None, "该行已不存在，请刷新后再试"))
    return found


def _stored(opened: Entry, ledger: str, codes: Sequence[str]) -> Stored:
    """The standing rows as the database has them, by code: key and fields."""
    table = TABLES[ledger]
    fields = fields_of(LEDGERS[ledger])
    names = {each.ref: _codes_by_id(opened, each.ref) for each in fields if each.ref}
    query = select(table).where(table.c.plan_id == opened.plan_id, table.c.ended_at.is_(None))
    found = {}
    for some in _chunks(codes):
        for row in opened.connection.execute(query.where(table.c.code.in_(some))).mappings():
            now = {
                each.name: names[each.ref].get(row[each.column]) if each.ref else row[each.column]
                for each in fields
            }
            found[row["code"]] = (row["id"], now)
    return found


def _codes_by_id(opened: Entry, ledger: str) -> dict[int, str]:
    table = TABLES[ledger].c
    query = select(table.id, table.code).where(table.plan_id == opened.plan_id)
    return {row.id: row.code for row in opened.connection.execute(query)}


def _chunks(codes: Sequence[str]) -> Iterable[Sequence[str]]:
    return (codes[start : start + _CHUNK] for start in range(0, len(codes), _CHUNK))
