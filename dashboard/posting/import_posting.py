"""A draft that was gone through enters the books as a plan, whole or not at all."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, Engine, insert, update
from sqlalchemy.exc import IntegrityError

from dashboard.access.viewer import Viewer
from dashboard.drafting.records import records_of
from dashboard.drafting.rows import Row
from dashboard.ledgers.books import plan_codes
from dashboard.ledgers.importing import DOCUMENTS, SOURCES, DocumentState, RowState
from dashboard.posting.entry import Entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.import_reading import Document, document, rows_of
from dashboard.posting.importing import demand_open
from dashboard.posting.plans import post_plan
from dashboard.rules.calendar import Clock

_CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def post_draft(
    engine: Engine, viewer: Viewer, key: int, code: str, *, today: date
) -> tuple[Fault, ...]:
    """Enter the accepted rows as a plan under a code, whole or not at all, each with its source.

    Returns what keeps it out; then nothing was written. Rows that nobody looked at keep it out.
    """
    held = document(engine, key)
    faults = _not_now(engine, held, code)
    if held is None or faults:
        return faults
    drafted = rows_of(engine, key)
    waiting = sum(each.state is RowState.WAITING for each in drafted)
    if waiting:
        return (Fault("plan", code, None, f"还有{waiting}条待核，请先采用或不采用"),)
    accepted = [each.row for each in drafted if each.state is RowState.ACCEPTED]
    plan, rows, wrong = records_of(code, held.about, accepted)
    if plan is None:
        return tuple(Fault(each.ledger, each.code, each.field, each.message) for each in wrong)

    def along(opened: Entry) -> None:
        _insert_sources(opened, key, accepted)
        _mark_posted(opened.connection, key, code, held.changed_at)

    try:
        return post_plan(engine, viewer, plan, rows, today=today, along=along)
    except IntegrityError:  # somebody else was faster, with this draft or with this code
        if faults := _not_now(engine, document(engine, key), code):
            return faults
        raise


def _not_now(engine: Engine, held: Document | None, code: str) -> tuple[Fault, ...]:
    """Why a draft can not be posted under a code whatever its rows say."""
    if held is None or held.state is not DocumentState.OPEN:
        return (Fault("plan", code, None, "这份草稿已入账或已放弃，请刷新后再看"),)
    message = _code_fault(engine, code)
    return (Fault("plan", code, None, message),) if message else ()


def _insert_sources(opened: Entry, key: int, rows: Iterable[Row]) -> None:
    values = [
        {
            "plan_id": opened.plan_id,
            "ledger": row.ledger,
            "row": row.code,
            "document_id": key,
            "place_from": row.span.start,
            "place_to": row.span.end,
        }
        for row in rows
        if row.span is not None
    ]
    if values:
        opened.connection.execute(insert(SOURCES), values)


def _code_fault(engine: Engine, code: str) -> str | None:
    if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE:
        return "方案编号用小写字母、数字和连字符，以字母开头，如 yantai-2017"
    if code in plan_codes(engine):
        return "这个编号已有方案，请换一个；同一方案的新版本请用“与账中对照”"
    return None


_LONGEST_CODE = 40


def _mark_posted(connection: Connection, key: int, code: str, seen: datetime) -> None:
    held = demand_open(connection, key)
    if held.changed_at != seen:
        raise RefusedError(Fault("plan", code, None, "草稿刚有改动，没有入账，请看过再入账"))
    values = {
        "state": DocumentState.POSTED,
        "plan": code,
        "version": held.version + 1,
        "changed_at": Clock().now(),
    }
    connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == key).values(values))
