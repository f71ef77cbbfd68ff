"""The one door through which anything is written: one transaction, each change a revision."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Engine, insert, select, update

from dashboard.access.audit import Event, append
from dashboard.ledgers.records import Plan, Record
from dashboard.ledgers.shape import (
    APPEND_ONLY,
    LEDGERS,
    TITLES,
    Field,
    fields_of,
    ledger_of,
    to_text,
)
from dashboard.ledgers.tables import TABLES, Posting, Revision
from dashboard.ledgers.terms import Action
from dashboard.posting.faults import Fault, RefusedError, faults_of
from dashboard.posting.signature import Signature, permitted
from dashboard.rules.calendar import Clock

_CHUNK = 500
_ROWS_TOLD = 5
"""An audit event names so many rows and the number of the others."""


class Entry:
    """One open posting on one plan. All its rows are kept together, or none."""

    def __init__(self, connection: Connection, plan_id: int, signature: Signature) -> None:
        self.connection = connection
        self.plan_id = plan_id
        self.by_post = signature.by_post
        self.by_account = signature.viewer.account
        self.touched: list[str] = []
        self.recorded_at = Clock().now()
        self.known_at = self.recorded_at
        self.is_practice = False
        self.posting_id = 0
        self._known_ids: dict[str, dict[str, int]] = defaultdict(dict)

    def open(self, signature: Signature) -> None:
        """Write the posting's own row; every later row is known and recorded with it."""
        made = self.connection.execute(
            insert(Posting).values(
                plan_id=self.plan_id,
                by_post=self.by_post,
                by_account=self.by_account,
                action=signature.action,
                known_at=self.known_at,
                recorded_at=self.recorded_at,
                is_practice=self.is_practice,
            )
        )
        self.posting_id = cast("tuple[int, ...]", made.inserted_primary_key)[0]

    def add_plan(self, plan: Plan, signature: Signature) -> None:
        """Add a plan and make this the posting that brought it."""
        if faults := list(faults_of(plan)):
            raise RefusedError(*faults)
        made = self.connection.execute(insert(TABLES["plan"]), self._row("plan", plan))
        self.plan_id = cast("tuple[int, ...]", made.inserted_primary_key)[0]
        self.open(signature)
        self.write_revisions([self._revision("plan", plan.code, Action.CREATE)])

    def add(self, *records: Record) -> None:
        """Add rows, in the ledgers' order of dependence. Raises RefusedError with every fault."""
        faults = [fault for record in records for fault in faults_of(record)]
        faults += self._taken(records)
        if faults:
            raise RefusedError(*faults)
        for ledger, kind in LEDGERS.items():
            rows = [record for record in records if type(record) is kind]
            if rows:
                self._insert(ledger, rows)

    def change(self, record: Record, **fields: Any) -> None:
        """Change fields of a row; what already has the value leaves no revision."""
        ledger = ledger_of(record)
        if ledger in APPEND_ONLY:
            raise TypeError(f"rows of {ledger} are only ever added")
        changed = replace(record, **fields)
        if faults := list(faults_of(changed)):
            raise RefusedError(*faults)
        row_id, now = self._stored(ledger, record.code)
        known = {field.name: field for field in fields_of(type(record))}
        touched = [known[name] for name, value in fields.items() if now[name] != value]
        if touched:
            table = TABLES[ledger]
            values = self._columns(changed, touched)
            self.connection.execute(update(table).where(table.c.id == row_id).values(values))
            self.write_revisions(self.changes(record, touched, now, fields))

    def end(self, record: Record) -> None:
        """End a row: it stays in the books up to now, and is gone from then on."""
        ledger = ledger_of(record)
        if ledger in APPEND_ONLY:
            raise TypeError(f"rows of {ledger} are only ever added")
        table = TABLES[ledger]
        row_id, _ = self._stored(ledger, record.code)
        ending = update(table).where(table.c.id == row_id).values(ended_at=self.known_at)
        self.connection.execute(ending)
        self.write_revisions([self._revision(ledger, record.code, Action.END)])

    def id_of(self, ledger: str, code: str) -> int:
        """The database key of a row."""
        return self._ids(ledger, [code])[code]

    def next_code(self, ledger: str, prefix: str) -> str:
        """A free code for a new row, such as F000123."""
        table = TABLES[ledger].c
        query = select(table.code).where(
            table.plan_id == self.plan_id, table.code.like(f"{prefix}______")
        )
        found = self.connection.scalars(query.order_by(table.code.desc()))
        # A plan folder may bring codes of its own that begin alike.
        numbers = (code.removeprefix(prefix) for code in found)
        last = next((number for number in numbers if number.isdecimal()), "0")
        return f"{prefix}{int(last) + 1:06d}"

    def _taken(self, records: Sequence[Record]) -> list[Fault]:
        faults = []
        for ledger, kind in LEDGERS.items():
            rows = [record for record in records if type(record) is kind]
            seen: set[str] = set()
            held = self._find(ledger, [row.code for row in rows]) if rows else {}
            for row in rows:
                if row.code in held or row.code in seen:
                    faults.append(Fault(ledger, row.code, "code", "编号重复，请改用未使用的编号"))
                seen.add(row.code)
        return faults

    def _insert(self, ledger: str, rows: Sequence[Record]) -> None:
        waiting = list(rows)
        while waiting:
            later = [row for row in waiting if self._waits_for_another(ledger, row, waiting)]
            ready = [row for row in waiting if row not in later] if later else waiting
            if not ready:
                message = "各行互为上下级，成了循环，请核对编号"
                raise RefusedError(*(Fault(ledger, row.code, None, message) for row in later))
            self.connection.execute(
                insert(TABLES[ledger]), [self._row(ledger, row) for row in ready]
            )
            self._known_ids[ledger].update(self._find(ledger, [row.code for row in ready]))
            waiting = later
        if ledger in APPEND_ONLY:
            self.touched += [f"{TITLES[ledger]}{row.code}" for row in rows]
        else:
            created = [self._revision(ledger, row.code, Action.CREATE) for row in rows]
            self.write_revisions(created)

    @staticmethod
    def _waits_for_another(ledger: str, row: Record, waiting: Sequence[Record]) -> bool:
        own = [field.name for field in fields_of(type(row)) if field.ref == ledger]
        wanted = {getattr(row, name) for name in own} - {None}
        return bool(wanted) and any(other.code in wanted for other in waiting)

    def _row(self, ledger: str, row: Record) -> dict[str, Any]:
        head = {
            "known_at": self.known_at,
            "recorded_at": self.recorded_at,
            "is_practice": self.is_practice,
        }
        owner = {} if ledger == "plan" else {"plan_id": self.plan_id}
        fields = [field for field in fields_of(type(row)) if field.name not in head]
        return {**self._columns(row, fields), **head, **owner}

    def _columns(self, row: Record, fields: Iterable[Field]) -> dict[str, Any]:
        out = {}
        for field in fields:
            value = getattr(row, field.name)
            if field.ref and value is not None:
                found = self._ids(field.ref, [value]).get(value)
                if found is None:
                    message = f"“{value}”在“{TITLES[field.ref]}”中不存在，请核对编号"
                    raise RefusedError(Fault(ledger_of(row), row.code, field.name, message))
                value = found
            out[field.column] = value
        return out

    def _ids(self, ledger: str, codes: Sequence[str]) -> Mapping[str, int]:
        held = self._known_ids[ledger]
        if missing := [code for code in codes if code not in held]:
            held.update(self._find(ledger, missing))
        return held

    def preload(self, *ledgers: str) -> None:
        """Learn all codes of these ledgers with one query each, before many rows are added."""
        for ledger in ledgers:
            table = TABLES[ledger].c
            query = select(table.code, table.id).where(table.plan_id == self.plan_id)
            self._known_ids[ledger].update(
                (row.code, row.id) for row in self.connection.execute(query)
            )

    def _find(self, ledger: str, codes: Sequence[str]) -> dict[str, int]:
        table = TABLES[ledger].c
        found: dict[str, int] = {}
        for start in range(0, len(codes), _CHUNK):
            query = select(table.code, table.id).where(
                table.code.in_(codes[start : start + _CHUNK])
            )
            if ledger != "plan":
                query = query.where(table.plan_id == self.plan_id)
            found.update((row.code, row.id) for row in self.connection.execute(query))
        return found

    def _stored(self, ledger: str, code: str) -> tuple[int, dict[str, Any]]:
        """A standing row as the database has it: its key and its fields. Raises RefusedError."""
        table = TABLES[ledger]
        query = select(table).where(
            table.c.id == self._ids(ledger, [code]).get(code), table.c.ended_at.is_(None)
        )
        row = self.connection.execute(query).mappings().first()
        if row is None:
            raise RefusedError(Fault(ledger, code, None, "该行已不存在，请刷新后再试"))
        out = {}
        for field in fields_of(LEDGERS[ledger]):
            value = row[field.column]
            if field.ref and value is not None:
                other = TABLES[field.ref].c
                value = self.connection.scalar(select(other.code).where(other.id == value))
            out[field.name] = value
        return row["id"], out

    def changes(
        self, row: Record, fields: Iterable[Field], was: Mapping[str, Any], now: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """Revisions that tell what fields of a row were and are, by their names."""
        head = self._revision(ledger_of(row), row.code, Action.CHANGE)
        told = ((each.name, to_text(was[each.name]), to_text(now[each.name])) for each in fields)
        return [{**head, "field": name, "old": old, "new": new} for name, old, new in told]

    def _revision(self, ledger: str, code: str, action: Action) -> dict[str, Any]:
        return {
            "plan_id": self.plan_id,
            "posting_id": self.posting_id,
            "ledger": ledger,
            "row": code,
            "action": action,
            "field": None,
            "old": None,
            "new": None,
            "by_post": self.by_post,
            "by_account": self.by_account,
            "known_at": self.known_at,
            "recorded_at": self.recorded_at,
            "is_practice": self.is_practice,
        }

    def write_revisions(self, revisions: list[dict[str, Any]]) -> None:
        """Keep what was done to rows, for their history and for the posting's audit event."""
        self.connection.execute(insert(Revision), revisions)
        self.touched += [f"{TITLES[each['ledger']]}{each['row']}" for each in revisions]

    def account_for(self, plan: str, signature: Signature) -> None:
        """Add the audit event of this posting, in its own transaction."""
        if not signature.audited:
            return
        rows = list(dict.fromkeys(self.touched))
        more = f"等{len(rows)}行" if len(rows) > _ROWS_TOLD else ""
        detail = "、".join(rows[:_ROWS_TOLD]) + more
        told = Event(kind=signature.kind, action=signature.action, plan=plan, detail=detail or None)
        append(self.connection, signature.viewer, told)


@contextmanager
def entry(
    engine: Engine,
    plan: str,
    signature: Signature,
    *,
    known_at: datetime | None = None,
    practice: bool | None = None,
) -> Iterator[Entry]:
    """Open a posting on a plan; leaving it without an error keeps all of it.

    Rows are known at `known_at`, else at the plan's practice clock where it is set, else now;
    while the practice clock is set, all that is written is practice data. Raises RefusedError
    where the database takes no writing now, and ForbiddenError, which is put on record, where
    the viewer may not do this.
    """
    with permitted(engine, plan, signature) as connection:
        table = TABLES["plan"]
        query = select(table.c.id, table.c.practice_now).where(table.c.code == plan)
        found = connection.execute(query).one()
        opened = Entry(connection, found.id, signature)
        opened.is_practice = found.practice_now is not None if practice is None else practice
        opened.known_at = known_at or found.practice_now or opened.recorded_at
        opened.open(signature)
        yield opened
        opened.account_for(plan, signature)
