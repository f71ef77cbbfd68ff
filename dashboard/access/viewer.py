"""Who is at the door: an account with its role and units, the office computer, or the console."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, select

from dashboard.ledgers.database import reading
from dashboard.ledgers.doors import ACCOUNT_UNITS, ACCOUNTS, SIGN_INS
from dashboard.ledgers.terms import AccountRole

OFFICE_POST = "专班办公室"


@dataclass(frozen=True)
class Viewer:
    """Who looks and writes. `post` signs what is written; `units` are (plan, unit) codes.

    `sign_in` is the key of the log-in; a viewer without an account sits at the office computer
    (单机模式) or, `at_console`, gives commands where the database itself lies open.
    """

    role: AccountRole
    post: str
    account: str | None = None
    sign_in: int | None = None
    units: frozenset[tuple[str, str]] = frozenset()
    address: str | None = None
    at_console: bool = False
    must_change: bool = False

    def units_in(self, plan: str) -> frozenset[str]:
        """The codes of this viewer's units in a plan."""
        return frozenset(unit for of, unit in self.units if of == plan)


LOCAL = Viewer(AccountRole.LOCAL, OFFICE_POST)
"""Whoever sits at the office computer while there are no accounts."""
CONSOLE = Viewer(AccountRole.LOCAL, OFFICE_POST, at_console=True)
"""Whoever gives commands."""


class NotStandingError(Exception):
    """The viewer is no longer who was let in; the message says why, in Chinese."""


def has_accounts(connection: Connection) -> bool:
    """Whether anybody must log in: from the first account on, everybody."""
    return connection.execute(select(ACCOUNTS.c.id).limit(1)).first() is not None


def needs_log_in(engine: Engine) -> bool:
    """`has_accounts` in a transaction of its own."""
    with reading(engine) as connection:
        return has_accounts(connection)


def viewer_of(connection: Connection, sign_in: int) -> Viewer | None:
    """Who is logged in by this log-in; None where it or the account has ended."""
    return _viewer(connection, SIGN_INS.c.id == sign_in)


def _viewer(connection: Connection, which: ColumnElement[bool]) -> Viewer | None:
    query = (
        select(ACCOUNTS, SIGN_INS.c.address, SIGN_INS.c.id.label("sign_in"))
        .join(SIGN_INS, SIGN_INS.c.account_id == ACCOUNTS.c.id)
        .where(which, SIGN_INS.c.ended_at.is_(None))
        .where(ACCOUNTS.c.disabled_at.is_(None))
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    held = select(ACCOUNT_UNITS).where(ACCOUNT_UNITS.c.account_id == row["id"])
    return Viewer(
        role=row["role"],
        post=row["post"],
        account=row["name"],
        sign_in=row["sign_in"],
        units=frozenset((each.plan, each.unit) for each in connection.execute(held)),
        address=row["address"],
        must_change=row["must_change"],
    )


COOKIE = "guatu_sign_in"
"""The browser's proof of a log-in: a random token, of which the database holds the hash alone."""


def hash_of(token: str) -> str:
    """What the database holds of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def viewer_at(engine: Engine, token: str | None) -> Viewer | None:
    """Whoever looks: `LOCAL` while there are no accounts, the logged-in person, or nobody.

    Time-outs are the gate's; it asks before a page does.
    """
    with reading(engine) as connection:
        if token and (found := _viewer(connection, SIGN_INS.c.token_hash == hash_of(token))):
            return found
        return None if has_accounts(connection) else LOCAL


def standing(connection: Connection, viewer: Viewer) -> Viewer:
    """The viewer as the database knows it at this moment, whatever an old page still believes.

    Raises NotStandingError where the log-in, or the time without accounts, is over.
    """
    if viewer.at_console:
        return viewer
    if viewer.sign_in is None:
        if has_accounts(connection):
            raise NotStandingError("已启用账号，请登录后再操作")
        return viewer
    found = viewer_of(connection, viewer.sign_in)
    if found is None or _identity(found) != _identity(viewer):
        raise NotStandingError("登录已失效，请重新登录")
    if found.must_change:
        raise NotStandingError("请先修改初始口令")
    return found


def _identity(viewer: Viewer) -> tuple[str | None, ...]:
    """What stays the same for as long as a log-in lasts, and signs what is written."""
    return viewer.account, viewer.post, viewer.address
