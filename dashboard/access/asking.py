"""Asking for a right where something is written, and putting on record who was refused."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from dashboard.access.audit import Event, record
from dashboard.access.rights import ForbiddenError, Right, demand
from dashboard.access.viewer import NotStandingError, Viewer, standing
from dashboard.ledgers.terms import AuditKind


def present(connection: Connection, viewer: Viewer) -> Viewer:
    """The viewer as the database knows it at this moment. Raises ForbiddenError."""
    try:
        return standing(connection, viewer)
    except NotStandingError as error:
        raise ForbiddenError(str(error)) from None


def ask(
    connection: Connection,
    viewer: Viewer,
    right: Right,
    plan: str = "",
    units: Iterable[str] | None = None,
) -> Viewer:
    """The present viewer, who may do this. Raises ForbiddenError.

    Called in the transaction of the act itself: no change of role comes between.
    """
    found = present(connection, viewer)
    demand(found, right, plan, units)
    return found


def refusal(action: str, why: str, plan: str | None = None) -> Event:
    """The event that tells of somebody who tried what is not theirs."""
    return Event(kind=AuditKind.REFUSED, action=action, is_ok=False, plan=plan, detail=why)


@contextmanager
def refusals_on_record(
    engine: Engine, viewer: Viewer, action: str, *, plan: str | None = None, what: str = ""
) -> Iterator[None]:
    """Put a ForbiddenError on record before it goes on; `what` names the thing asked for.

    It stands around the transaction of the act, so that nothing of the act is left by then.
    """
    try:
        yield
    except ForbiddenError as refused:
        why = f"{what}：{refused}" if what else str(refused)
        record(engine, viewer, refusal(action, why, plan))
        raise
