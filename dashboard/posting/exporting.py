"""Nothing leaves the house unrecorded: an export and its audit event, or neither."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from dashboard.access.asking import ask, refusals_on_record
from dashboard.access.audit import Event, append
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers.database import reading
from dashboard.ledgers.terms import AuditKind
from dashboard.posting.signature import opened_for_writing


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

    def ask(self, connection: Connection) -> None:
        """Raise ForbiddenError unless the viewer may."""
        ask(connection, self.viewer, self.right, self.plan or "", self.units)

    def refusals_on_record(self, engine: Engine) -> AbstractContextManager[None]:
        """Whoever may not is put on record with what was asked for."""
        return refusals_on_record(engine, self.viewer, self.action, plan=self.plan, what=self.what)


def allow(engine: Engine, export: Export) -> None:
    """Raise ForbiddenError, and put it on record, where the viewer may not."""
    with export.refusals_on_record(engine), reading(engine) as connection:
        export.ask(connection)


@contextmanager
def on_record(engine: Engine, export: Export, detail: str) -> Iterator[None]:
    """Hand something out with an audit event; an error while doing so takes the event back.

    The right is asked again, in the event's own transaction. Raises ForbiddenError, and
    RefusedError where the event cannot be written: then nothing may go out.
    """
    plan = export.plan or ""
    with export.refusals_on_record(engine), opened_for_writing(engine, plan) as connection:
        export.ask(connection)
        told = Event(kind=AuditKind.EXPORT, action=export.action, plan=export.plan, detail=detail)
        append(connection, export.viewer, told)
        yield
