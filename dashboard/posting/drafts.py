"""Drafts: what somebody has typed and not yet submitted, for the author alone."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers.database import reading
from dashboard.ledgers.drafts import DRAFTS
from dashboard.ledgers.shape import label_of
from dashboard.ledgers.tables import TABLES
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.persons import CURES, personal_data
from dashboard.posting.signature import Signature, permitted
from dashboard.rules.calendar import Clock

LONGEST = 20_000
"""A draft's content as stored, in signs."""
Typed = Mapping[str, Any]
"""What was typed, by the field's name; values that JSON can hold."""


@dataclass(frozen=True)
class Drafted:
    """A draft as it was left: the filing that its author saw, what was typed, and when."""

    seen: str | None
    content: Typed
    saved_at: datetime


def author_of(viewer: Viewer) -> str:
    """Whose draft it is: the account's, or the office computer's."""
    return viewer.account or viewer.role.value


def save_draft(
    engine: Engine, viewer: Viewer, plan: str, line: str, content: Typed, *, seen: str | None
) -> datetime:
    """Keep what was typed on a line, in place of what was kept before; returns the moment.

    Raises RefusedError where it holds what must not be stored, ForbiddenError for another unit's.
    """
    if faults := list(_faults(line, content)):
        raise RefusedError(*faults)
    text = json.dumps(dict(content), ensure_ascii=False)
    if len(text) > LONGEST:
        raise RefusedError(Fault("filing", line, None, "内容过长，请分次填报或改附材料"))
    with reading(engine) as connection:
        unit = unit_of_line(connection, plan, line)
    signature = Signature(viewer, Right.FILE, "保存草稿", frozenset({unit}))
    now = Clock().now()
    with permitted(engine, plan, signature) as connection:
        key = _key(connection, plan, line, viewer)
        held = connection.scalar(select(DRAFTS.c.id).where(*_is(key)))
        values = {"seen": seen, "content": text, "saved_at": now}
        if held is None:
            practice = connection.scalar(
                select(TABLES["plan"].c.practice_now).where(TABLES["plan"].c.code == plan)
            )
            new = {**key, **values, "is_practice": practice is not None}
            connection.execute(insert(DRAFTS).values(new))
        else:
            connection.execute(update(DRAFTS).where(DRAFTS.c.id == held).values(values))
    return now


def _faults(line: str, content: Typed) -> Iterable[Fault]:
    for name, value in content.items():
        found = personal_data(value) if isinstance(value, str) else None
        if found:
            yield Fault("filing", line, _field(name), f"草稿没有保存：{found}，{CURES[found]}")


def _field(name: str) -> str | None:
    """The filing's field of this name; what belongs to a problem raised with it has none."""
    try:
        label_of("filing", name)
    except StopIteration:
        return None
    return name


def drafts_of(engine: Engine, viewer: Viewer, plan: str) -> dict[str, Drafted]:
    """The viewer's own drafts on a plan, by reporting line."""
    line, owner = TABLES["reporting_line"].c, TABLES["plan"].c
    query = (
        select(line.code, DRAFTS.c.seen, DRAFTS.c.content, DRAFTS.c.saved_at)
        .join(TABLES["reporting_line"], line.id == DRAFTS.c.line_id)
        .join(TABLES["plan"], owner.id == DRAFTS.c.plan_id)
        .where(owner.code == plan, DRAFTS.c.author == author_of(viewer))
    )
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return {row.code: Drafted(row.seen, json.loads(row.content), row.saved_at) for row in rows}


def drop_draft(engine: Engine, viewer: Viewer, plan: str, line: str) -> None:
    """Throw the viewer's own draft on a line away."""
    with reading(engine) as connection:
        unit = unit_of_line(connection, plan, line)
    signature = Signature(viewer, Right.FILE, "删除草稿", frozenset({unit}))
    with permitted(engine, plan, signature) as connection:
        drop_in(connection, plan, [line], viewer)


def drop_in(connection: Connection, plan: str, lines: Iterable[str], viewer: Viewer) -> None:
    """`drop_draft` of several lines in an open transaction."""
    for line in lines:
        connection.execute(delete(DRAFTS).where(*_is(_key(connection, plan, line, viewer))))


def unit_of_line(connection: Connection, plan: str, line: str) -> str:
    """The code of the unit that files on a line. Raises RefusedError where there is none."""
    lines, units, owner = TABLES["reporting_line"], TABLES["unit"], TABLES["plan"]
    query = (
        select(units.c.code)
        .join(lines, lines.c.unit_id == units.c.id)
        .join(owner, owner.c.id == lines.c.plan_id)
        .where(owner.c.code == plan, lines.c.code == line, lines.c.ended_at.is_(None))
    )
    found = connection.scalar(query)
    if found is None:
        raise RefusedError(Fault("reporting_line", line, None, "报送事项不存在，请刷新后重选"))
    return str(found)


def _key(connection: Connection, plan: str, line: str, viewer: Viewer) -> dict[str, Any]:
    lines, owner = TABLES["reporting_line"].c, TABLES["plan"]
    query = (
        select(lines.plan_id, lines.id)
        .join(owner, owner.c.id == lines.plan_id)
        .where(owner.c.code == plan, lines.code == line)
    )
    row = connection.execute(query).one()
    return {"plan_id": row.plan_id, "line_id": row.id, "author": author_of(viewer)}


def _is(key: Mapping[str, Any]) -> list[Any]:
    return [DRAFTS.c[name] == value for name, value in key.items()]
