"""One plan's ledgers read in one transaction, as they stood at an instant."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, func, select

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, fields_of, from_text
from dashboard.ledgers.tables import POSTINGS, REVISIONS, TABLES
from dashboard.ledgers.terms import ReviewVerdict

R = TypeVar("R", bound=r.Record)
LAST_PER = {
    "observation": ("indicator_id", "unit_id", "year"),
    "inspection": ("station_id", "item_id"),
}
"""Ledgers that only grow: a snapshot holds the last row of each of these groups."""


def _place(row: r.Record) -> int:
    """A row's number in its ledger; those without one (an agenda's points) stand first."""
    number: int | None = attrgetter("seq")(row)
    return -1 if number is None else number


def _select(ledger: str) -> Select[Any]:
    """A ledger's rows by key, end and fields, the columns in the order of the record's fields."""
    table = TABLES[ledger].c
    fields = (table[field.column] for field in fields_of(LEDGERS[ledger]))
    return select(table.id, table.ended_at, *fields)


def record_of(kind: type[R], row: Mapping[str, Any], codes: Mapping[str, Mapping[int, str]]) -> R:
    """A row of a ledger's table as a record; `codes` gives the codes of other ledgers' rows."""
    values = {}
    for field in fields_of(kind):
        value = row[field.column]
        if field.ref and value is not None:
            value = codes[field.ref][value]
        values[field.name] = value
    return kind(**values)


def select_filings(*more: Any) -> Select[Any]:
    """Filings with the code of the one they correct; `filing_of` makes records of the rows."""
    filing = TABLES["filing"]
    corrected = filing.alias("corrected")
    columns = (filing, corrected.c.code.label("corrects_code"), *more)
    query = select(*columns).select_from(filing)
    return query.outerjoin(corrected, corrected.c.id == filing.c.corrects_id)


def filing_of(row: Mapping[str, Any], lines: Mapping[int, str]) -> r.Filing:
    """A row of `select_filings` as a record; `lines` gives the codes of the reporting lines."""
    corrects = {row["corrects_id"]: row["corrects_code"]}
    return record_of(r.Filing, row, {"reporting_line": lines, "filing": corrects})


class Shelf:
    """Reads one plan's ledgers in one transaction, keeping the codes of what it has read."""

    def __init__(self, connection: Connection, plan_id: int, as_of: datetime) -> None:
        self.connection = connection
        self.plan_id = plan_id
        self.as_of = as_of
        self.codes: dict[str, dict[int, str]] = {}
        self.undo = self._revisions_since()

    def _revisions_since(self) -> dict[tuple[str, str], list[Any]]:
        table = REVISIONS.c
        query = (
            select(table.ledger, table.row, table.field, table.old)
            .where(table.plan_id == self.plan_id, table.known_at > self.as_of)
            .where(table.field.is_not(None))
            .order_by(table.id.desc())
        )
        found: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for revision in self.connection.execute(query):
            found[revision.ledger, revision.row].append(revision)
        return found

    def rows(self, ledger: str) -> tuple[r.Record, ...]:
        """A ledger's rows as they stood at the instant, in their order of display."""
        table = TABLES[ledger].c
        query = _select(ledger).where(table.plan_id == self.plan_id)
        if ledger in LAST_PER:
            query = query.where(table.id.in_(self._last_ids(ledger)))
        found = self.connection.execute(query.order_by(table.id)).all()
        if ledger == "observation":
            self.codes["filing"] = self._codes_of_observed()
        self.codes[ledger] = {row.id: row.code for row in found}
        rows = self.undone(ledger, self._records(ledger, found, self.codes))
        if "seq" in table:  # by the numbers that stood then: the database holds today's
            rows.sort(key=_place)
        return tuple(rows)

    def some(self, ledger: str, which: ColumnElement[bool]) -> tuple[r.Record, ...]:
        """Of a ledger's rows those that stood at the instant, in the order of their keys.

        The codes of what they refer to are looked up for them alone.
        """
        table = TABLES[ledger].c
        query = _select(ledger).where(table.plan_id == self.plan_id, which).order_by(table.id)
        found = self.connection.execute(query).all()
        codes: dict[str, dict[int, str]] = {}
        for field in fields_of(LEDGERS[ledger]):
            if field.ref:
                wanted = {getattr(row, field.column) for row in found}
                codes[field.ref] = codes.get(field.ref, {}) | self._codes_of(field.ref, wanted)
        return tuple(self.undone(ledger, self._records(ledger, found, codes)))

    def _codes_of(self, ledger: str, keys: Collection[int]) -> dict[int, str]:
        table = TABLES[ledger].c
        query = select(table.id, table.code).where(table.id.in_(keys))
        return {row.id: row.code for row in self.connection.execute(query)}

    def _records(
        self, ledger: str, found: Iterable[Any], codes: Mapping[str, Mapping[int, str]]
    ) -> list[r.Record]:
        """Rows of `_select` as records, those alone that stood: a snapshot's costliest loop."""
        kind = LEDGERS[ledger]
        names = [field.name for field in fields_of(kind)]
        known = names.index("known_at")
        refs = [(at, codes[f.ref]) for at, f in enumerate(fields_of(kind)) if f.ref]
        out = []
        for row in found:
            ended, values = row[1], list(row[2:])
            if values[known] > self.as_of or (ended is not None and ended <= self.as_of):
                continue
            for at, codes_of in refs:
                if values[at] is not None:
                    values[at] = codes_of[values[at]]
            out.append(kind(**dict(zip(names, values, strict=True))))
        return out

    def _codes_of_observed(self) -> dict[int, str]:
        filing, observation = TABLES["filing"].c, TABLES["observation"]
        query = select(filing.id, filing.code).join(
            observation, observation.c.filing_id == filing.id
        )
        query = query.where(observation.c.id.in_(self._last_ids("observation")))
        return {row.id: row.code for row in self.connection.execute(query)}

    def _last_ids(self, ledger: str) -> Select[Any]:
        table = TABLES[ledger].c
        return (
            select(func.max(table.id))
            .where(table.plan_id == self.plan_id, table.known_at <= self.as_of)
            .group_by(*(table[column] for column in LAST_PER[ledger]))
        )

    def undone(self, ledger: str, rows: Sequence[R]) -> list[R]:
        """The rows with every later change taken back."""
        if not self.undo:
            return list(rows)
        fields = {field.name: field for field in fields_of(LEDGERS[ledger])}
        out = []
        for row in rows:
            back = {v.field: from_text(fields[v.field], v.old) for v in self._later(ledger, row)}
            out.append(replace(row, **back) if back else row)
        return out

    def _later(self, ledger: str, row: r.Record) -> Sequence[Any]:
        return self.undo.get((ledger, row.code), ())

    def _found(self, query: Select[Any]) -> list[Mapping[str, Any]]:
        return [dict(row) for row in self.connection.execute(query).mappings()]

    def last_filed(self) -> dict[str, r.Filing]:
        """The filing last received on each line."""
        last = self._last_filed_ids().subquery()
        found = self._found(select_filings().join(last, TABLES["filing"].c.id == last.c.id))
        return {filing.line: filing for filing in (self._filing(row) for row in found)}

    def _last_filed_ids(self) -> Select[Any]:
        table = TABLES["filing"].c
        return (
            select(func.max(table.id).label("id"))
            .where(table.plan_id == self.plan_id, table.known_at <= self.as_of)
            .group_by(table.line_id)
        )

    def last_reviewed(self) -> dict[str, tuple[r.Filing, r.Review]]:
        """Each line's last filing that the office accepted or closed, with what it said."""
        filing, review = TABLES["filing"], TABLES["review"]
        last = (
            select(func.max(review.c.id).label("id"))
            .join(filing, filing.c.id == review.c.filing_id)
            .where(review.c.plan_id == self.plan_id, review.c.known_at <= self.as_of)
            .where(review.c.verdict != ReviewVerdict.RETURNED)
            .group_by(filing.c.line_id)
            .subquery()
        )
        said = [column.label(f"said_{column.name}") for column in review.c]
        query = (
            select_filings(*said)
            .join(review, review.c.filing_id == filing.c.id)
            .join(last, review.c.id == last.c.id)
        )
        return dict(self._reviewed(row) for row in self._found(query))

    def replies_to(self, filed: Mapping[str, r.Filing]) -> dict[str, r.Review]:
        """The office's last word on each line's last filing; none while it waits for one."""
        review, filing, last = TABLES["review"], TABLES["filing"], self._last_filed_ids().subquery()
        query = (
            select(review, filing.c.line_id)
            .join(last, last.c.id == review.c.filing_id)
            .join(filing, filing.c.id == review.c.filing_id)
            .where(review.c.known_at <= self.as_of)
            .order_by(review.c.id)
        )
        lines = self.codes["reporting_line"]
        found = {}
        for row in self._found(query):
            line = lines[row["line_id"]]
            codes = {"filing": {row["filing_id"]: filed[line].code}}
            found[line] = record_of(r.Review, row, codes)
        return found

    def expected(self) -> dict[str, tuple[date, ...]]:
        """Each line's 预计完成时间 in the order of filing, repeated ones included."""
        filing, review = TABLES["filing"], TABLES["review"]
        later = filing.alias("later")
        corrected = select(later.c.corrects_id).where(
            later.c.corrects_id.is_not(None), later.c.known_at <= self.as_of
        )
        returned = select(review.c.filing_id).where(
            review.c.verdict == ReviewVerdict.RETURNED, review.c.known_at <= self.as_of
        )
        query = (
            select(filing.c.line_id, filing.c.expected_on)
            .where(filing.c.plan_id == self.plan_id, filing.c.known_at <= self.as_of)
            .where(filing.c.expected_on.is_not(None))
            .where(filing.c.id.not_in(corrected), filing.c.id.not_in(returned))
            .order_by(filing.c.id)
        )
        found: dict[str, list[date]] = defaultdict(list)
        for row in self.connection.execute(query):
            found[self.codes["reporting_line"][row.line_id]].append(row.expected_on)
        return {line: tuple(days) for line, days in found.items()}

    def _reviewed(self, row: Mapping[str, Any]) -> tuple[str, tuple[r.Filing, r.Review]]:
        filing = self._filing(row)
        said = {name.removeprefix("said_"): row[name] for name in row if name.startswith("said_")}
        return filing.line, (
            filing,
            record_of(r.Review, said, {"filing": {row["id"]: filing.code}}),
        )

    def _filing(self, row: Mapping[str, Any]) -> r.Filing:
        return filing_of(row, self.codes["reporting_line"])

    def has_practice(self) -> bool:
        """Whether any practice row was known at the instant."""
        table = POSTINGS.c
        known = (table.plan_id == self.plan_id) & (table.known_at <= self.as_of)
        query = select(table.id).where(known, table.is_practice).limit(1)
        return self.connection.execute(query).first() is not None
