"""Nothing leaves the house unrecorded: an export and its audit event, or neither."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from dashboard.access.audit import Event, append, record
from dashboard.access.rights import ForbiddenError, Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers.database import reading
from dashboard.ledgers.terms import AuditKind
from dashboard.posting.entry import Signature, check_right, opened_for_writing


@dataclass(frozen=True, kw_only=True)
class Export:
    """Who takes out what. `plan` is None for what is no plan's, `units` whose matter it is.

    `what` names in words the part that is asked for, such as 单位u-wjj.
    """

    viewer: Viewer
    action: str
    what: str
    plan: str | None = None
    units: frozenset[str] = frozenset()
    right: Right = Right.EXPORT

    @property
    def signature(self) -> Signature:
        """What the right is asked by."""
        return Signature(self.viewer, self.right, self.action, self.units, kind=AuditKind.EXPORT)


def allow(engine: Engine, export: Export) -> None:
    """Raise ForbiddenError, and put it on record, where the viewer may not."""
    with _refusal_on_record(engine, export), reading(engine) as connection:
        check_right(connection, export.signature, export.plan or "")


@contextmanager
def on_record(engine: Engine, export: Export, detail: str) -> Iterator[None]:
    """Hand something out with an audit event; an error while doing so takes the event back.

    The right is asked again, in the event's own transaction. Raises ForbiddenError, and
    RefusedError where the event cannot be written: then nothing may go out.
    """
    plan = export.plan or ""
    with _refusal_on_record(engine, export), opened_for_writing(engine, plan) as connection:
        check_right(connection, export.signature, plan)
        told = Event(kind=AuditKind.EXPORT, action=export.action, plan=export.plan, detail=detail)
        append(connection, export.viewer, told)
        yield


@contextmanager
def _refusal_on_record(engine: Engine, export: Export) -> Iterator[None]:
    try:
        yield
    except ForbiddenError as refused:
        told = Event(
            kind=AuditKind.REFUSED,
            action=export.action,
            is_ok=False,
            plan=export.plan,
            detail=f"{export.what}：{refused}",
        )
        record(engine, export.viewer, told)
        raise
