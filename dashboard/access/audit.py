"""The audit chain: who did what, each event sealed with the one before it.

An event is written in the transaction of the act it tells of, so that neither is there without
the other; a refusal is written in one of its own. Writers queue (see `ledgers.database.writing`),
so the chain never forks. Kept for good, and so longer than the 180 days that 网络安全法 asks for.
The seals notice what was changed by hand; whoever rewrites all of them and the head as well is
found by the seals of an earlier export.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    case,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from dashboard.access.viewer import Viewer
from dashboard.ledgers.database import reading, writing
from dashboard.ledgers.doors import AUDIT_EVENTS, AUDIT_HEAD
from dashboard.ledgers.terms import AuditKind
from dashboard.rules.calendar import Clock, at_time, end_of

_SEALED = ("id", "at", "kind", "is_ok", "account", "post", "address", "plan", "action", "detail")
AT_CONSOLE = "命令行"
"""The address of whoever gives commands."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """What is told of an act; `detail` names the row, file or reason, never a secret."""

    kind: AuditKind
    action: str
    is_ok: bool = True
    plan: str | None = None
    detail: str | None = None


def append(
    connection: Connection, viewer: Viewer, event: Event, *, at: datetime | None = None
) -> None:
    """Add an event in an open writing transaction, at this moment unless another is given."""
    head = connection.execute(select(AUDIT_HEAD)).one()
    row = {
        "id": head.events + 1,
        "at": at or Clock().now(),
        "kind": event.kind,
        "is_ok": event.is_ok,
        "account": viewer.account,
        "post": viewer.post,
        "address": AT_CONSOLE if viewer.at_console else viewer.address,
        "plan": event.plan,
        "action": event.action,
        "detail": event.detail,
    }
    row["seal"] = _seal(head.seal, row)
    connection.execute(insert(AUDIT_EVENTS).values(row))
    connection.execute(update(AUDIT_HEAD).values(events=row["id"], seal=row["seal"]))


def record(engine: Engine, viewer: Viewer, event: Event) -> None:
    """Add an event in a transaction of its own: refusals, exports, what changes no row."""
    with writing(engine) as connection:
        append(connection, viewer, event)


def _seal(before: str, row: Mapping[str, Any]) -> str:
    told = [_plain(row[name]) for name in _SEALED]
    text = json.dumps([before, *told], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.value if isinstance(value, AuditKind) else value


def breaks(engine: Engine) -> Iterator[str]:
    """Where the chain is broken: changed, missing or cut-off events, in Chinese."""
    with reading(engine) as connection:
        head = connection.execute(select(AUDIT_HEAD)).first()
        before, last, held = "0", 0, 0
        events = select(AUDIT_EVENTS).order_by(AUDIT_EVENTS.c.id)
        for row in connection.execute(events.execution_options(yield_per=1000)).mappings():
            number = row["id"]
            if number != last + 1:
                yield f"审计记录{_span(last + 1, number - 1)}缺失"
            elif row["seal"] != _seal(before, dict(row)):
                yield f"审计记录第{number}条与校验值不符，该条或前一条可能被改动"
            before, last, held = row["seal"], number, held + 1
    if head is None:
        yield "审计记录的总数和末条校验值缺失"
    elif head.events != last:
        yield f"审计记录应有{head.events}条，现有{held}条，末尾可能被删除或改动"
    elif head.seal != before:
        yield "审计记录末条的校验值与登记的不符，可能被改动"


def _span(first: int, last: int) -> str:
    return f"第{first}条" if first == last else f"第{first}条至第{last}条"


# Reading


NOBODY = "-"
"""Asked for as an account: whoever had none, as in 单机模式 and at the command line."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which events are asked for; days are Shanghai's, the first and the last one included."""

    kinds: tuple[AuditKind, ...] = ()
    account: str | None = None
    is_ok: bool | None = None
    first_day: date | None = None
    last_day: date | None = None
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class Recorded(Event):
    """An event as it stands in the chain."""

    id: int
    at: datetime
    account: str | None
    post: str
    address: str | None
    seal: str


@dataclass(frozen=True)
class Found:
    """Some of the events asked for, the newest first; how many there are, how many failed."""

    rows: tuple[Recorded, ...]
    total: int
    failed: int


def events(engine: Engine, wanted: Filter, *, page: int = 1, limit: int | None = None) -> Found:
    """A page of the events asked for; all of them without a limit."""
    table = AUDIT_EVENTS.c
    condition = _condition(wanted)
    failed = func.coalesce(func.sum(case((table.is_ok.is_(False), 1), else_=0)), 0)
    query = select(AUDIT_EVENTS).where(condition).order_by(table.id.desc())
    if limit is not None:
        query = query.limit(limit).offset((page - 1) * limit)
    with reading(engine) as connection:
        sums = connection.execute(
            select(func.count(), failed).select_from(AUDIT_EVENTS).where(condition)
        ).one()
        rows = tuple(_recorded(dict(row)) for row in connection.execute(query).mappings())
    return Found(rows, sums[0], sums[1])


_FIELDS = [field.name for field in fields(Recorded)]


def _recorded(row: Mapping[str, Any]) -> Recorded:
    return Recorded(**{name: row[name] for name in _FIELDS})


def _condition(wanted: Filter) -> ColumnElement[bool]:
    table = AUDIT_EVENTS.c
    found: list[ColumnElement[bool]] = [true()]
    if wanted.kinds:
        found.append(table.kind.in_(wanted.kinds))
    if wanted.account is not None:
        named = wanted.account != NOBODY
        found.append(table.account == wanted.account if named else table.account.is_(None))
    if wanted.is_ok is not None:
        found.append(table.is_ok.is_(wanted.is_ok))
    if wanted.first_day is not None:
        found.append(table.at >= at_time(wanted.first_day, time.min))
    if wanted.last_day is not None:
        found.append(table.at <= end_of(wanted.last_day))
    if wanted.words:
        texts = (table.action, table.detail, table.post, table.address)
        found.append(or_(*(text.contains(wanted.words, autoescape=True) for text in texts)))
    return and_(*found)


def accounts_on_record(engine: Engine) -> tuple[str, ...]:
    """The accounts that events name, and `NOBODY` where some name none."""
    column = AUDIT_EVENTS.c.account
    with reading(engine) as connection:
        found = connection.scalars(select(column).distinct()).all()
    named = sorted(each for each in found if each is not None)
    return (*named, NOBODY) if None in found else tuple(named)
