"""The audit chain: who did what, each event sealed with the one before it.

An event is written in the transaction of the act it tells of, so that neither is there without
the other; a refusal is written in one of its own. Writers queue (see `ledgers.database.writing`),
so the chain never forks. Kept for good, and so longer than the 180 days that 网络安全法 asks for.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from dashboard.access.viewer import Viewer
from dashboard.ledgers.database import reading, writing
from dashboard.ledgers.doors import AUDIT_EVENTS, AUDIT_HEAD
from dashboard.ledgers.terms import AuditKind
from dashboard.rules.calendar import Clock

_SEALED = ("id", "at", "kind", "is_ok", "account", "post", "address", "plan", "action", "detail")


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
        "address": "命令行" if viewer.at_console else viewer.address,
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


def _seal(before: str, row: dict[str, Any]) -> str:
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
        head = connection.execute(select(AUDIT_HEAD)).one()
        before, number = "0", 0
        events = select(AUDIT_EVENTS).order_by(AUDIT_EVENTS.c.id)
        for row in connection.execute(events.execution_options(yield_per=1000)).mappings():
            number += 1
            if row["id"] != number:
                yield f"审计记录第{number}条缺失"
                return
            if row["seal"] != _seal(before, dict(row)):
                yield f"审计记录第{number}条与其校验值不符，可能被改动"
                return
            before = row["seal"]
        if (head.events, head.seal) != (number, before):
            yield f"审计记录应有{head.events}条，现有{number}条，末尾可能被删除"
