"""A plan enters the books whole, or not at all; practice data enter and leave beside it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Engine, delete, func, select, update

from dashboard.access.rights import Right
from dashboard.access.viewer import OFFICE_POST, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load, load_plan, plan_codes
from dashboard.ledgers.database import reading
from dashboard.ledgers.drafts import DRAFTS
from dashboard.ledgers.shape import (
    APPEND_ONLY,
    LEDGERS,
    Field,
    fields_of,
    from_text,
    ledger_of,
    to_text,
)
from dashboard.ledgers.tables import POSTINGS, REVISIONS, TABLES
from dashboard.ledgers.terms import Action
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.signature import Signature, permitted
from dashboard.rules.calendar import Clock, end_of

OFFICE = OFFICE_POST
_RUNNING = ("filing", "problem", "directive", "station", "inspection", "milestone")


def post_plan(
    engine: Engine,
    viewer: Viewer,
    plan: r.Plan,
    rows: Sequence[r.Record],
    *,
    today: date,
    along: Callable[[Entry], None] | None = None,
) -> tuple[Fault, ...]:
    """Enter a plan and its rows, known from its date of issue.

    `along` writes what comes with them, in the same transaction.

    The same plan again changes nothing; a different one is refused: every difference is
    returned and nothing is written. Faults within the rows are returned likewise. Ledgers that
    only grow are no part of the comparison: they go on growing after the plan was entered.
    """
    if plan.code in plan_codes(engine):
        issued = load_plan(engine, plan.code).known_at or end_of(plan.issued_on)
        compared = [row for row in rows if ledger_of(row) not in APPEND_ONLY]
        return tuple(_differences(load(engine, plan.code, issued), plan, compared))
    if plan.period_end < plan.issued_on:
        return (Fault("plan", plan.code, "period_end", "方案止期早于成文日期，请核对"),)
    signature = Signature(viewer, Right.LOAD_PLAN, "载入方案")
    try:
        with permitted(engine, plan.code, signature) as connection:
            opened = Entry(connection, 0, signature)
            opened.known_at = end_of(plan.issued_on)
            opened.add_plan(replace(plan, started_on=plan.started_on or today), signature)
            opened.add(*rows)
            if along is not None:
                along(opened)
            opened.account_for(plan.code, signature)
    except RefusedError as refused:
        return refused.faults
    return ()


def _differences(books: Books, plan: r.Plan, rows: Iterable[r.Record]) -> Iterator[Fault]:
    yield from _unlike(books.plan, replace(plan, started_on=books.plan.started_on))
    given = {(ledger_of(row), row.code) for row in rows}
    for row in rows:
        held = books.find(type(row), row.code)
        if held is None:
            yield Fault(ledger_of(row), row.code, None, "账中没有这一行；已载入的方案不能覆盖")
        else:
            yield from _unlike(held, row)
    for ledger, held_rows in books.rows.items():
        for held in held_rows:
            if ledger not in ("plan", *APPEND_ONLY) and (ledger, held.code) not in given:
                yield Fault(ledger, held.code, None, "账中有这一行，文件中没有")


def _unlike(held: r.Record, given: r.Record) -> Iterator[Fault]:
    for field in fields_of(type(given)):
        before, now = getattr(held, field.name), getattr(given, field.name)
        if not field.kept and before != now:
            message = f"账中为“{_shown(before)}”，文件为“{_shown(now)}”；已载入的方案不能覆盖"
            yield Fault(ledger_of(given), given.code, field.name, message)


def _shown(value: object) -> str:
    return to_text(value) or "空"


def real_rows(engine: Engine, plan: str) -> int:
    """How many rows of running business a plan holds that are not practice data."""
    with reading(engine) as connection:
        owner = select(TABLES["plan"].c.id).where(TABLES["plan"].c.code == plan).scalar_subquery()
        return sum(
            connection.scalar(
                select(func.count()).where(
                    TABLES[name].c.plan_id == owner, TABLES[name].c.is_practice.is_(False)
                )
            )
            or 0
            for name in _RUNNING
        )


def left_words(engine: Engine, plan: str) -> str:
    """What a plan's books hold once no practice data are in them."""
    number = real_rows(engine, plan)
    return f"正式记录{number}条保留" if number else "账中只有方案内容"


def start_practice(
    engine: Engine, viewer: Viewer, code: str, *, now: datetime, started_on: date
) -> None:
    """Set a plan's practice clock; from here on all that is written is practice data."""
    plan = load_plan(engine, code)
    signature = Signature(viewer, Right.PRACTISE, "载入演示数据")
    with entry(engine, code, signature, known_at=plan.known_at, practice=False) as opened:
        opened.change(plan, practice_now=now, practice_started_on=started_on)


def clear_practice(engine: Engine, viewer: Viewer, code: str) -> int:
    """Take out every practice row and undo what practice changed; returns the rows removed.

    The postings that brought practice data in and out stay as a record of the act.
    """
    plan = load_plan(engine, code)
    signature = Signature(viewer, Right.PRACTISE, "清除演示数据")
    with entry(engine, code, signature, known_at=plan.known_at, practice=False) as opened:
        _undo_practice(opened)
        removed = _remove_practice(opened)
        opened.change(plan, practice_now=None, practice_started_on=None)
    return removed


def _undo_practice(opened: Entry) -> None:
    table = REVISIONS.c
    query = (
        select(table.ledger, table.row, table.action, table.field, table.old)
        .where(table.plan_id == opened.plan_id, table.is_practice, table.action != Action.CREATE)
        .order_by(table.id.desc())
    )
    for change in opened.connection.execute(query).all():
        target = TABLES[change.ledger]
        values = _undone(opened, change.ledger, change.field, change.old)
        opened.connection.execute(
            update(target)
            .where(target.c.plan_id == opened.plan_id, target.c.code == change.row)
            .where(target.c.is_practice.is_(False))
            .values(values)
        )


def _undone(opened: Entry, ledger: str, name: str | None, old: str | None) -> dict[str, object]:
    if name is None:
        return {"ended_at": None}
    field = _field(ledger, name)
    value = from_text(field, old)
    return {field.column: opened.id_of(field.ref, value) if field.ref and value else value}


def _field(ledger: str, name: str) -> Field:
    return next(field for field in fields_of(LEDGERS[ledger]) if field.name == name)


def _remove_practice(opened: Entry) -> int:
    removed = 0
    ledgers = [TABLES[name] for name in reversed(list(LEDGERS)) if name != "plan"]
    for table in (DRAFTS, *ledgers, REVISIONS, POSTINGS):
        mine = (table.c.plan_id == opened.plan_id) & table.c.is_practice
        count = opened.connection.execute(delete(table).where(mine)).rowcount
        removed += count if table in ledgers else 0
    return removed


def now_of(plan: r.Plan) -> datetime:
    """The plan's present: its practice clock where that is set, else the real moment."""
    return plan.practice_now or Clock().now()
