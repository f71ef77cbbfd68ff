"""One plan's books as of one instant: frozen, read by a fixed number of set-based queries.

Edited rows are rebuilt by undoing the revisions that became known after the instant. Of the
filings only the last filed and the last accepted one of each reporting line are held; the
history of one line is a query of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, Select, func, select

from dashboard.ledgers import records as r
from dashboard.ledgers.database import reading
from dashboard.ledgers.shape import LEDGERS
from dashboard.ledgers.shelf import Shelf, record_of
from dashboard.ledgers.tables import POSTINGS, TABLES
from dashboard.ledgers.terms import ReviewVerdict

R = TypeVar("R", bound=r.Record)
Key = TypeVar("Key")
Made = TypeVar("Made")


class UnknownPlanError(Exception):
    """No plan has this code; the message says so in Chinese."""


@dataclass(frozen=True)
class Books:
    """A plan's ledgers as of `as_of` (aware UTC). Rows are in their order of display.

    All by reporting line: the filing last received, the filing last accepted with the word that
    accepted or closed it, the office's word on the one last received (none while it waits), and
    the 预计完成时间 that were filed one after the other, corrected and returned ones left out.
    `owed` is None unless rows were left out for a viewer: then it says how many each host list
    obliges in all, for the rows that are left do not add up to it.
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
    owed: Mapping[str, int | None] | None = None

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Every row of a record's ledger."""
        return cast("tuple[R, ...]", self.rows[_LEDGER_OF[kind]])

    def get(self, kind: type[R], code: str) -> R:
        """The row with this code. Raises KeyError where there is none."""
        return cast("R", self._by_code(_LEDGER_OF[kind])[code])

    def find(self, kind: type[R], code: str | None) -> R | None:
        """The row with this code, if there is one."""
        return cast("R | None", self._by_code(_LEDGER_OF[kind]).get(code or ""))

    def by(self, kind: type[R], field: str) -> Mapping[Any, tuple[R, ...]]:
        """The rows of a ledger grouped by one field; a missing group is an empty tuple."""
        group = self._groups.get((kind, field))
        if group is None:
            group = _grouped(self.all(kind), lambda row: getattr(row, field))
            self._groups[kind, field] = group
        return cast("Mapping[Any, tuple[R, ...]]", group)

    def once(
        self, key: Hashable, make: Callable[[], Made], reads: Collection[type[r.Record]]
    ) -> Made:
        """What rules work out from the ledgers they name in `reads`, made once for these books.

        The key says all else that it depends on (a host list, a day). Books made from these by
        `supposing` keep it while those ledgers stay the same.
        """
        held = self._worked_out.get(key)
        if held is None:
            held = (frozenset(_LEDGER_OF[kind] for kind in reads), make())
            self._worked_out[key] = held
        return cast("Made", held[1])

    def standing(self, line: str) -> r.Filing | None:
        """The last filing on a reporting line that was not returned."""
        reply = self.last_replies.get(line)
        is_returned = reply is not None and reply.verdict is ReviewVerdict.RETURNED
        return (self.last_accepted if is_returned else self.last_filed).get(line)

    def supposing(self, **changed: Any) -> "Books":
        """The same books with other fields; ledgers that stay are not indexed again."""
        made = replace(self, **changed)
        same = {name for name, rows in made.rows.items() if rows is self.rows.get(name)}
        codes, groups = self._codes.copy(), self._groups.copy()  # others may be adding to them
        made._codes.update((name, held) for name, held in codes.items() if name in same)
        made._groups.update(
            (key, held) for key, held in groups.items() if _LEDGER_OF[key[0]] in same
        )
        worked_out = self._worked_out.copy()
        made._worked_out.update((key, one) for key, one in worked_out.items() if one[0] <= same)
        return made

    def with_row(self, row: r.Record, instead_of: Collection[str]) -> "Books":
        """The same books with one row more, in the place of the rows with these codes."""
        kind, ledger = type(row), _LEDGER_OF[type(row)]
        gone = [self.get(kind, code) for code in instead_of]
        others = (each for each in self.rows[ledger] if each.code not in instead_of)
        made = self.supposing(rows={**self.rows, ledger: (*others, row)})
        for (of, field), held in self._groups.copy().items():
            if of is kind:
                made._groups[of, field] = _regrouped(held, field, row, gone)
        return made

    def _by_code(self, ledger: str) -> Mapping[str, r.Record]:
        found = self._codes.get(ledger)
        if found is None:
            found = {row.code: row for row in self.rows[ledger]}
            self._codes[ledger] = found
        return found

    @cached_property
    def _codes(self) -> dict[str, Mapping[str, r.Record]]:
        return {}

    @cached_property
    def _groups(self) -> dict[tuple[type[r.Record], str], Mapping[Any, tuple[r.Record, ...]]]:
        return {}

    @cached_property
    def _worked_out(self) -> dict[Hashable, tuple[frozenset[str], object]]:
        return {}


_LEDGER_OF: dict[type[r.Record], str] = {kind: name for name, kind in LEDGERS.items()}


def _grouped(rows: Iterable[R], key: Callable[[R], Key]) -> Mapping[Key, tuple[R, ...]]:
    groups: dict[Key, list[R]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return defaultdict(tuple, {name: tuple(group) for name, group in groups.items()})


def _regrouped(
    held: Mapping[Any, tuple[r.Record, ...]], field: str, row: r.Record, gone: Iterable[r.Record]
) -> Mapping[Any, tuple[r.Record, ...]]:
    """Groups of rows by a field once `row` has come and the rows `gone` have left."""
    found = defaultdict(tuple, held)
    for each in gone:
        group = found[getattr(each, field)]
        found[getattr(each, field)] = tuple(other for other in group if other is not each)
    found[getattr(row, field)] += (row,)
    return found


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
        return {row["code"]: record_of(r.Plan, dict(row), {}) for row in rows}


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
    shelf = Shelf(connection, plan_id, as_of)
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


_FILED = ("filing", "review", "evidence", "frozen_week", "bulletin", "boundary")
"""Ledgers with queries of their own: a snapshot would grow with every week, file and shape."""


def _plan(connection: Connection, code: str) -> tuple[int, r.Plan]:
    table = TABLES["plan"]
    row = connection.execute(select(table).where(table.c.code == code)).mappings().first()
    if row is None:
        raise _unknown(code)
    return row["id"], record_of(r.Plan, dict(row), {})


def _unknown(code: str) -> UnknownPlanError:
    return UnknownPlanError(f"没有编号为“{code}”的方案。")


def _last_posting(plan_id: Any, as_of: datetime) -> Select[tuple[int | None]]:
    table = POSTINGS.c
    return select(func.max(table.id)).where(table.plan_id == plan_id, table.known_at <= as_of)
