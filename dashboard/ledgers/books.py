"""One plan's books as of one instant: frozen, read by a fixed number of set-based queries.

Edited rows are rebuilt by undoing the revisions that became known after the instant. Of the
filings only the last filed and the last accepted one of each reporting line are held; the
history of one line is a query of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, Select, func, select

from dashboard.ledgers import records as r
from dashboard.ledgers.database import reading
from dashboard.ledgers.shape import LEDGERS, fields_of, from_text
from dashboard.ledgers.tables import POSTINGS, REVISIONS, TABLES
from dashboard.ledgers.terms import ReviewVerdict

R = TypeVar("R", bound=r.Record)
Key = TypeVar("Key")


class UnknownPlanError(Exception):
    """No plan has this code; the message says so in Chinese."""


@dataclass(frozen=True)
class Books:
    """A plan's ledgers as of `as_of` (aware UTC). Rows are in their order of display.

    All by reporting line: the filing last received, the filing last accepted with the word that
    accepted or closed it, the office's word on the one last received (none while it waits), and
    the 预计完成时间 that were filed one after the other, corrected and returned ones left out.
    """

    plan: r.Plan
    as_of: datetime
    version: int
    has_practice: bool
    rows: Mapping[str, tuple[r.Record, ...]]
    last_filed: Mapping[str, r.Filing]
    last_accepted: Mapping[str, r.Filing]
    last_said: Mapping[str, r.Review]
    last_replies: Mapping[str, r.Review] = dataclass_field(default_factory=dict)
    expected: Mapping[str, tuple[date, ...]] = dataclass_field(default_factory=dict)

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Every row of a record's ledger."""
        return cast("tuple[R, ...]", self.rows[_LEDGER_OF[kind]])

    def get(self, kind: type[R], code: str) -> R:
        """The row with this code. Raises KeyError where there is none."""
        return cast("R", self._by_code[_LEDGER_OF[kind]][code])

    def find(self, kind: type[R], code: str | None) -> R | None:
        """The row with this code, if there is one."""
        return cast("R | None", self._by_code[_LEDGER_OF[kind]].get(code or ""))

    def by(self, kind: type[R], field: str) -> Mapping[Any, tuple[R, ...]]:
        """The rows of a ledger grouped by one field; a missing group is an empty tuple."""
        group = self._groups.get((kind, field))
        if group is None:
            group = _grouped(self.all(kind), lambda row: getattr(row, field))
            self._groups[kind, field] = group
        return cast("Mapping[Any, tuple[R, ...]]", group)

    def standing(self, line: str) -> r.Filing | None:
        """The last filing on a reporting line that was not returned."""
        reply = self.last_replies.get(line)
        is_returned = reply is not None and reply.verdict is ReviewVerdict.RETURNED
        return (self.last_accepted if is_returned else self.last_filed).get(line)

    @cached_property
    def _by_code(self) -> dict[str, dict[str, r.Record]]:
        return {name: {row.code: row for row in rows} for name, rows in self.rows.items()}

    @cached_property
    def _groups(self) -> dict[tuple[type[r.Record], str], Mapping[Any, tuple[r.Record, ...]]]:
        return {}


_LEDGER_OF: dict[type[r.Record], str] = {kind: name for name, kind in LEDGERS.items()}


def _grouped(rows: Iterable[R], key: Callable[[R], Key]) -> Mapping[Key, tuple[R, ...]]:
    groups: dict[Key, list[R]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return defaultdict(tuple, {name: tuple(group) for name, group in groups.items()})


def plan_codes(engine: Engine) -> tuple[str, ...]:
    """The codes of all plans, oldest first."""
    plan = TABLES["plan"].c
    with reading(engine) as connection:
        return tuple(connection.scalars(select(plan.code).order_by(plan.id)))


def load_plan(engine: Engine, code: str) -> r.Plan:
    """The plan's own row as it stands now. Raises UnknownPlanError."""
    with reading(engine) as connection:
        return _plan(connection, code)[1]


def load_plans(engine: Engine) -> dict[str, r.Plan]:
    """Every plan's own row as it stands now, by its code, oldest first."""
    table = TABLES["plan"]
    with reading(engine) as connection:
        rows = connection.execute(select(table).order_by(table.c.id)).mappings()
        return {row["code"]: _record(r.Plan, dict(row), {}) for row in rows}


def version_at(engine: Engine, code: str, as_of: datetime) -> int:
    """The number of the last posting known at an instant: later records leave it unchanged.

    One query, for every page run asks it. Raises UnknownPlanError.
    """
    plan = TABLES["plan"].c
    query = select(_last_posting(plan.id, as_of).scalar_subquery()).where(plan.code == code)
    with reading(engine) as connection:
        row = connection.execute(query).first()
    if row is None:
        raise _unknown(code)
    return row[0] or 0


def load(engine: Engine, code: str, as_of: datetime) -> Books:
    """The plan's books as of an aware instant. Raises UnknownPlanError."""
    with reading(engine) as connection:
        return load_in(connection, code, as_of)


def load_in(connection: Connection, code: str, as_of: datetime) -> Books:
    """`load` in an open transaction, which sees what was written in it."""
    plan_id, plan = _plan(connection, code)
    shelf = _Shelf(connection, plan_id, as_of)
    rows = {name: shelf.rows(name) for name in LEDGERS if name not in ("plan", *_FILED)}
    reviewed, filed = shelf.last_reviewed(), shelf.last_filed()
    plan = shelf.undone("plan", [plan])[0]
    return Books(
        plan=plan,
        as_of=as_of,
        version=connection.scalar(_last_posting(plan_id, as_of)) or 0,
        has_practice=shelf.has_practice(),
        rows={"plan": (plan,), **rows},
        last_filed=filed,
        last_accepted={line: filing for line, (filing, _) in reviewed.items()},
        last_said={line: review for line, (_, review) in reviewed.items()},
        last_replies=shelf.replies_to(filed),
        expected=shelf.expected(),
    )


_FILED = ("filing", "review", "evidence")
_LAST_PER = {
    "observation": ("indicator_id", "unit_id", "year"),
    "inspection": ("station_id", "item_id"),
}
"""Ledgers that only grow: a snapshot holds the last row of each of these groups."""


def _plan(connection: Connection, code: str) -> tuple[int, r.Plan]:
    table = TABLES["plan"]
    row = connection.execute(select(table).where(table.c.code == code)).mappings().first()
    if row is None:
        raise _unknown(code)
    return row["id"], _record(r.Plan, dict(row), {})


def _unknown(code: str) -> UnknownPlanError:
    return UnknownPlanError(f"没有编号为“{code}”的方案。")


def _last_posting(plan_id: Any, as_of: datetime) -> Select[tuple[int | None]]:
    table = POSTINGS.c
    return select(func.max(table.id)).where(table.plan_id == plan_id, table.known_at <= as_of)


def _record(kind: type[R], row: Mapping[str, Any], codes: Mapping[str, Mapping[int, str]]) -> R:
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
    return _record(r.Filing, row, {"reporting_line": lines, "filing": corrects})


class _Shelf:
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
        query = select(TABLES[ledger]).where(table.plan_id == self.plan_id)
        if ledger in _LAST_PER:
            query = query.where(table.id.in_(self._last_ids(ledger)))
        query = query.order_by(table.seq, table.id) if "seq" in table else query.order_by(table.id)
        found = self._found(query)
        if ledger == "observation":
            self.codes["filing"] = self._codes_of_observed()
        self.codes[ledger] = {row["id"]: row["code"] for row in found}
        standing = [row for row in found if self._stands(row)]
        kind = LEDGERS[ledger]
        return tuple(self.undone(ledger, [_record(kind, row, self.codes) for row in standing]))

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
            .group_by(*(table[column] for column in _LAST_PER[ledger]))
        )

    def _stands(self, row: Mapping[str, Any]) -> bool:
        ended = row["ended_at"]
        return row["known_at"] <= self.as_of and (ended is None or ended > self.as_of)

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
            found[line] = _record(r.Review, row, codes)
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
        return filing.line, (filing, _record(r.Review, said, {"filing": {row["id"]: filing.code}}))

    def _filing(self, row: Mapping[str, Any]) -> r.Filing:
        return filing_of(row, self.codes["reporting_line"])

    def has_practice(self) -> bool:
        """Whether any practice row was known at the instant."""
        table = POSTINGS.c
        known = (table.plan_id == self.plan_id) & (table.known_at <= self.as_of)
        query = select(table.id).where(known, table.is_practice).limit(1)
        return self.connection.execute(query).first() is not None
