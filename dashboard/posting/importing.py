"""Plans on their way in: a document is kept and read, its draft gone through, posted as a whole.

The draft is saved row by row, so that it can be left and taken up by another person; each write
says which version it has seen.
"""

import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy import Row as Found

from dashboard.access.asking import ask, refusals_on_record
from dashboard.access.audit import Event, append
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.drafting.draft import draft_of
from dashboard.drafting.rows import Draft, Row, Texts
from dashboard.ledgers.database import reading
from dashboard.ledgers.importing import (
    DOCUMENTS,
    DRAFT_ROWS,
    DocumentState,
    RowState,
)
from dashboard.ledgers.store import Store
from dashboard.ledgers.terms import AuditKind
from dashboard.policy.documents import KINDS, text_of
from dashboard.policy.reading import read
from dashboard.policy.source import UnreadableError
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.file_names import cleaned
from dashboard.posting.persons import CURES, names_a_person, personal_data
from dashboard.posting.signature import Signature, permitted
from dashboard.rules.calendar import Clock
from dashboard.settings import Settings

log = logging.getLogger("guatu")
_NO_PLAN = ""
"""A draft belongs to no plan yet; whoever may load one may work on any draft."""


class MovedOnError(Exception):
    """Somebody changed the draft row after it was opened; nothing was written."""

    def __init__(self, by_post: str | None) -> None:
        super().__init__(f"{by_post or '他人'}在您打开之后改过这里，没有保存。请看现在的内容再改。")


def receive(engine: Engine, viewer: Viewer, name: str, content: bytes, settings: Settings) -> int:
    """Keep a document, read it, and lay its draft by; returns the document's key.

    Raises RefusedError with the cure for what cannot be read, ForbiddenError without the right.
    """
    stem, _ = cleaned(name)
    kept = f"{stem}{PurePath(name).suffix.lower()}"
    signature = Signature(viewer, Right.LOAD_PLAN, "上传方案文件")
    # Reading takes its time: who may not load a plan is told before it.
    with refusals_on_record(engine, viewer, signature.action), reading(engine) as connection:
        ask(connection, viewer, signature.right)
    if len(content) > settings.files.max_bytes:
        raise _refused(f"文件超过{settings.files.max_mb}MB，请另存为较小的文件或只保留正文再传")
    try:
        text = text_of(content, kept)
    except UnreadableError as error:
        raise _refused(str(error).rstrip("。")) from None  # the page ends the sentence
    found = read(text)
    if not found.clauses:
        told = "、".join(kind.lstrip(".") for kind in KINDS)
        raise _refused(f"没有读到带编号的条款，请确认上传的是方案全文（{told}）")
    draft = draft_of(found)
    with permitted(engine, _NO_PLAN, signature) as connection:
        sha256 = _kept(content, settings)
        key = _insert_document(connection, viewer, kept, content, text, sha256, draft)
        _insert_rows(connection, key, [_impersonal(row) for row in draft.rows])
        _tell(connection, signature, f"{kept}，草稿{len(draft.rows)}条")
    return key


def _refused(message: str) -> RefusedError:
    return RefusedError(Fault("plan", "方案文件", None, message))


def _kept(content: bytes, settings: Settings) -> str:
    try:
        return Store(settings.files.store).put(content)
    except OSError as error:
        log.warning("方案文件没能存入 %s", settings.files.store, exc_info=error)
        raise _refused("文件没能存入，可能磁盘已满或文件夹不能写入，请与系统管理员联系") from None


def _insert_document(  # noqa: PLR0913, PLR0917 - what a document is made of
    connection: Connection,
    viewer: Viewer,
    name: str,
    content: bytes,
    text: str,
    sha256: str,
    draft: Draft,
) -> int:
    now = Clock().now()
    made = connection.execute(
        insert(DOCUMENTS).values(
            name=name,
            size=len(content),
            sha256=sha256,
            text=text.replace("\x00", " "),
            about=_json(draft.about),
            state=DocumentState.OPEN,
            version=1,
            by_post=viewer.post,
            by_account=viewer.account,
            received_at=now,
            changed_at=now,
        )
    )
    key = made.inserted_primary_key
    assert key is not None  # SQLAlchemy returns it for one inserted row
    return int(key[0])


_NUMBER = re.compile(r"(?<!\d)(?:\d{6}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx]|1[3-9]\d{9})(?!\d)")
"""Identity and mobile numbers as documents print them."""


def _impersonal(row: Row) -> Row:
    """A row without identity and mobile numbers; what was left out, or may be a name, is said."""
    fields = {name: text and _NUMBER.sub("（号码略）", text) for name, text in row.fields.items()}
    told = [row.note or ""]
    if fields != dict(row.fields):
        told.append("原文中的证件号码、手机号码已略去，请核对。")
    if row.ledger == "unit" and names_a_person(fields.get("name") or ""):
        told.append("像是个人姓名，不是单位的，请不采用。")
    return replace(row, fields=fields, note="".join(told) or None)


def _insert_rows(connection: Connection, document: int, rows: Sequence[Row]) -> None:
    now = Clock().now()
    values = [
        {
            "document_id": document,
            "ledger": row.ledger,
            "code": row.code,
            "seq": number,
            "clause": row.clause,
            "content": _json(row.fields),
            "place_from": row.span.start if row.span else None,
            "place_to": row.span.end if row.span else None,
            "note": row.note,
            "is_edited": False,
            "state": RowState.WAITING,
            "version": 1,
            "changed_at": now,
        }
        for number, row in enumerate(rows, start=1)
    ]
    if values:
        connection.execute(insert(DRAFT_ROWS), values)


def _json(texts: Texts) -> str:
    return json.dumps(dict(texts), ensure_ascii=False)


def _tell(connection: Connection, signature: Signature, detail: str) -> None:
    told = Event(kind=AuditKind.WRITE, action=signature.action, detail=detail)
    append(connection, signature.viewer, told)


# Going through a draft


def say(engine: Engine, viewer: Viewer, key: int, rows: Mapping[int, int], state: RowState) -> None:
    """Accept, drop or lay back draft rows, each by its key with the version that was seen.

    Raises MovedOnError where one was changed since: then none is touched.
    """
    signature = Signature(viewer, Right.LOAD_PLAN, f"方案草稿：{state.label}")
    with permitted(engine, _NO_PLAN, signature) as connection:
        demand_open(connection, key)
        for row, seen in rows.items():
            _write(connection, viewer, key, row, seen, {"state": state})
        _touch(connection, key)
        _tell(connection, signature, f"文件{key}，{len(rows)}条")


def save_row(
    engine: Engine, viewer: Viewer, key: int, row: int, fields: Texts, *, seen: int
) -> None:
    """Keep a draft row as it was edited, accepted with it. Raises RefusedError, MovedOnError."""
    _demand_impersonal(fields)
    signature = Signature(viewer, Right.LOAD_PLAN, "修改方案草稿")
    with permitted(engine, _NO_PLAN, signature) as connection:
        demand_open(connection, key)
        held = connection.execute(select(DRAFT_ROWS).where(DRAFT_ROWS.c.id == row)).first()
        if held is None:
            raise _refused("这一行已不在，请刷新后再试")
        content = _json({**json.loads(held.content), **fields})
        values = {"content": content, "is_edited": True, "state": RowState.ACCEPTED}
        _write(connection, viewer, key, row, seen, values)
        _touch(connection, key)
        _tell(connection, signature, f"文件{key}，{held.code}")


def _demand_impersonal(fields: Texts) -> None:
    """Raises RefusedError where a text seems to speak of one person."""
    for text in fields.values():
        if text and (told := personal_data(text)):
            raise _refused(f"{told}，{CURES[told]}")


def save_about(engine: Engine, viewer: Viewer, key: int, about: Texts, *, seen: int) -> None:
    """Keep what was typed of the plan's own fields. Raises RefusedError, MovedOnError."""
    _demand_impersonal(about)
    signature = Signature(viewer, Right.LOAD_PLAN, "填写方案信息")
    with permitted(engine, _NO_PLAN, signature) as connection:
        held = demand_open(connection, key)
        if held.version != seen:
            raise MovedOnError(None)
        merged = {**json.loads(held.about), **about}
        own = DOCUMENTS.c.id == key
        values = {"about": _json(merged), "version": seen + 1, "changed_at": Clock().now()}
        connection.execute(update(DOCUMENTS).where(own).values(values))
        _tell(connection, signature, f"文件{key}")


def put_away(engine: Engine, viewer: Viewer, key: int) -> None:
    """Give a draft up; document and rows stay as a record of it."""
    signature = Signature(viewer, Right.LOAD_PLAN, "放弃方案草稿")
    with permitted(engine, _NO_PLAN, signature) as connection:
        held = demand_open(connection, key)
        values = {"state": DocumentState.DROPPED, "changed_at": Clock().now()}
        connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == key).values(values))
        _tell(connection, signature, held.name)


def demand_open(connection: Connection, key: int) -> Found[Any]:
    """The document, where its draft may still be changed. Raises RefusedError."""
    held = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id == key)).first()
    if held is None:
        raise _refused("没有这份方案文件，请刷新后再试")
    if held.state is not DocumentState.OPEN:
        raise _refused(f"这份草稿{held.state.label}，不能再改")
    return held


def _write(
    connection: Connection, viewer: Viewer, key: int, row: int, seen: int, values: dict[str, Any]
) -> None:
    mine = (DRAFT_ROWS.c.id == row) & (DRAFT_ROWS.c.document_id == key)
    now = {"version": seen + 1, "by_post": viewer.post, "changed_at": Clock().now()}
    done = connection.execute(
        update(DRAFT_ROWS).where(mine, DRAFT_ROWS.c.version == seen).values({**values, **now})
    )
    if done.rowcount != 1:
        by_post = connection.scalar(select(DRAFT_ROWS.c.by_post).where(mine))
        raise MovedOnError(by_post)


def _touch(connection: Connection, key: int) -> None:
    values = {"changed_at": Clock().now()}
    connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == key).values(values))
