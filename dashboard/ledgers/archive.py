"""What is frozen: closed weeks and issued bulletins, read by queries of their own.

A snapshot of the books does not hold them, for their content would make it grow with every week.
"""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Engine, select

from dashboard.ledgers import records as r
from dashboard.ledgers.database import reading
from dashboard.ledgers.shape import LEDGERS
from dashboard.ledgers.shelf import record_of
from dashboard.ledgers.tables import TABLES

R = TypeVar("R", bound=r.Record)


def frozen_weeks(engine: Engine, plan: str, as_of: datetime) -> tuple[r.FrozenWeek, ...]:
    """Every version of every closed week known at an instant, oldest first, without content."""
    with reading(engine) as connection:
        found = _rows(connection, r.FrozenWeek, plan, as_of)
    return tuple(replace(each, content="") for each in found)


def issues(engine: Engine, plan: str, as_of: datetime) -> tuple[r.Bulletin, ...]:
    """Every issued bulletin known at an instant, oldest first, without content."""
    with reading(engine) as connection:
        found = _rows(connection, r.Bulletin, plan, as_of)
    return tuple(replace(each, content="") for each in found)


def content_of(engine: Engine, plan: str, ledger: str, code: str) -> str | None:
    """The frozen content of one row of `frozen_week` or `bulletin`; None where there is none."""
    table, owner = TABLES[ledger], TABLES["plan"]
    query = select(table.c.content).join(owner, owner.c.id == table.c.plan_id)
    with reading(engine) as connection:
        return connection.scalar(query.where(owner.c.code == plan, table.c.code == code))


def sealed(engine: Engine, plan: str, as_of: datetime) -> tuple[r.FrozenWeek | r.Bulletin, ...]:
    """Every frozen row with its content, closed weeks first: what `guatu check` looks through."""
    with reading(engine) as connection:
        return (*versions_in(connection, plan, as_of), *issues_in(connection, plan, as_of))


def versions_in(connection: Connection, plan: str, as_of: datetime) -> tuple[r.FrozenWeek, ...]:
    """`frozen_weeks` in an open transaction, with content."""
    return _rows(connection, r.FrozenWeek, plan, as_of)


def issues_in(connection: Connection, plan: str, as_of: datetime) -> tuple[r.Bulletin, ...]:
    """`issues` in an open transaction, with content."""
    return _rows(connection, r.Bulletin, plan, as_of)


def _rows(connection: Connection, kind: type[R], plan: str, as_of: datetime) -> tuple[R, ...]:
    ledger = next(name for name, each in LEDGERS.items() if each is kind)
    table, owner = TABLES[ledger], TABLES["plan"]
    query = select(table).join(owner, owner.c.id == table.c.plan_id)
    query = query.where(owner.c.code == plan, table.c.known_at <= as_of).order_by(table.c.id)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    codes = {ledger: {row["id"]: row["code"] for row in rows}}
    if kind is r.FrozenWeek:
        dispatch = TABLES["dispatch"].c
        codes["dispatch"] = {
            row.id: row.code for row in connection.execute(select(dispatch.id, dispatch.code))
        }
    return tuple(record_of(kind, row, codes) for row in rows)
