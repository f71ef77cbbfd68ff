"""Log-ins: how one begins and how it ends; how long it lasts is told in `lasting`.

`log_in` is the one place where a name and a password become a log-in; an outside identity
provider would come in beside it and end in `_begin` as well. Whatever is refused, no message
tells whether an account exists.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, Engine, RowMapping, func, insert, select, update

from dashboard.access import passwords
from dashboard.access.asking import present, refusal, refusals_on_record
from dashboard.access.attempts import (
    DeniedError,
    Origin,
    Rules,
    Try,
    count_failure,
    forgive,
    locked_until,
    note_locked,
    rules_of,
    wait_message,
)
from dashboard.access.audit import Event, append
from dashboard.access.endings import Ending, account_of, by_token, end, end_by_token, owner
from dashboard.access.lasting import ending_of
from dashboard.access.own_password import change_password
from dashboard.access.rights import ForbiddenError, Right, may
from dashboard.access.viewer import Viewer, hash_of, viewer_of
from dashboard.ledgers.database import reading, writing
from dashboard.ledgers.doors import ACCOUNTS, SIGN_INS
from dashboard.ledgers.terms import AuditKind

__all__ = [
    "DeniedError",
    "Ending",
    "Origin",
    "Rules",
    "SignInRow",
    "change_password",
    "end_one",
    "log_in",
    "log_out",
    "others",
    "refused",
    "rules_of",
]

_LONGEST_BROWSER = 200


@dataclass(frozen=True)
class SignInRow:
    """A live log-in as its owner sees it; `is_own` is the one that asks."""

    id: int
    created_at: datetime
    seen_at: datetime
    address: str | None
    browser: str | None
    is_own: bool


# Beginning


def log_in(  # noqa: PLR0913 - all of it is asked at the door
    engine: Engine,
    name: str,
    password: str,
    origin: Origin,
    rules: Rules,
    now: datetime,
    *,
    former: str | None = None,
) -> str:
    """A new log-in's token; `former`, the browser's old token, ends. Raises DeniedError.

    The password is checked before the write transaction, which then decides anew: of many
    guesses at once, none counts after the one that locks.
    """
    made = Try(plain_name(name), origin, rules, now)
    with reading(engine) as connection:
        lock = locked_until(connection, made.counters, now)
        known = account_named(connection, made.name)
    fits = lock is None and passwords.fits(password, known["password_hash"] if known else None)
    with writing(engine) as connection:
        lock = lock or locked_until(connection, made.counters, now)
        account = account_named(connection, made.name)
        if lock:
            note_locked(connection, account, made)
            denied = wait_message(lock)
        elif fits and account and _is_as_checked(account, known):
            forgive(connection, made)
            end_by_token(connection, former, Ending.AGAIN, now)
            return _begin(connection, account["id"], made)
        else:
            denied = count_failure(connection, account, made)
    raise DeniedError(denied)


def plain_name(name: str) -> str:
    """A log-in name as it is looked up: full-width letters are the same letters."""
    return unicodedata.normalize("NFKC", name).strip()


def account_named(connection: Connection, name: str) -> RowMapping | None:
    """The account of this name, in capitals or not."""
    query = select(ACCOUNTS).where(func.lower(ACCOUNTS.c.name) == plain_name(name).lower())
    return connection.execute(query).mappings().first()


def _is_as_checked(account: RowMapping, known: RowMapping | None) -> bool:
    """Whether the password was checked against what still holds, for an account in use."""
    same = known is not None and known["password_hash"] == account["password_hash"]
    return same and account["disabled_at"] is None


def _begin(connection: Connection, account: int, made: Try) -> str:
    token = secrets.token_urlsafe(32)
    added = connection.execute(
        insert(SIGN_INS).values(
            token_hash=hash_of(token),
            account_id=account,
            created_at=made.now,
            seen_at=made.now,
            expires_at=made.now + made.rules.life,
            address=made.origin.address,
            browser=(made.origin.browser or "")[:_LONGEST_BROWSER] or None,
        )
    )
    viewer = viewer_of(connection, cast("tuple[int, ...]", added.inserted_primary_key)[0])
    assert viewer is not None
    append(connection, viewer, Event(kind=AuditKind.SIGN_IN, action="登录"), at=made.now)
    return token


# Those that stand


def others(engine: Engine, viewer: Viewer, rules: Rules, now: datetime) -> tuple[SignInRow, ...]:
    """The live log-ins of the viewer's account, the last used first."""
    query = (
        select(SIGN_INS)
        .join(ACCOUNTS, ACCOUNTS.c.id == SIGN_INS.c.account_id)
        .where(ACCOUNTS.c.name == viewer.account, SIGN_INS.c.ended_at.is_(None))
        .order_by(SIGN_INS.c.seen_at.desc(), SIGN_INS.c.id.desc())
    )
    with reading(engine) as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(
        SignInRow(
            id=row["id"],
            created_at=row["created_at"],
            seen_at=row["seen_at"],
            address=row["address"],
            browser=row["browser"],
            is_own=row["id"] == viewer.sign_in,
        )
        for row in rows
        if not ending_of(row, rules, now)
    )


# Ending


def log_out(engine: Engine, token: str | None, now: datetime) -> None:
    """End this log-in, if there is one."""
    with writing(engine) as connection:
        end_by_token(connection, token, Ending.LOGGED_OUT, now)


def end_one(engine: Engine, viewer: Viewer, sign_in_id: int, now: datetime) -> None:
    """End a log-in of one's own, or any as administrator. Raises ForbiddenError, on record."""
    with refusals_on_record(engine, viewer, "结束登录"), writing(engine) as connection:
        _end_as(connection, present(connection, viewer), sign_in_id, now)


def _end_as(connection: Connection, viewer: Viewer, sign_in_id: int, now: datetime) -> None:
    query = select(SIGN_INS).where(SIGN_INS.c.id == sign_in_id)
    row = connection.execute(query).mappings().first()
    is_own = row is not None and account_of(connection, row)["name"] == viewer.account
    if not is_own and not may(viewer, Right.MANAGE_ACCOUNTS, ""):
        raise ForbiddenError("只能结束本人账号的登录")
    if row is not None and row["ended_at"] is None:
        why = Ending.BY_ONESELF if is_own else Ending.BY_ADMINISTRATOR
        end(connection, row, why, now, viewer)


def refused(engine: Engine, token: str | None, now: datetime, what: str) -> None:
    """Put on record, once for each ended log-in, that a tab goes on asking with it."""
    with writing(engine) as connection:
        row = by_token(connection, token)
        if row is None or row["ended_at"] is None or row["refused_at"] is not None:
            return
        mine = SIGN_INS.c.id == row["id"]
        connection.execute(update(SIGN_INS).where(mine).values(refused_at=now))
        detail = f"{row['ended_by']}；{what}"
        event = refusal("登录失效后继续访问", detail)
        append(connection, owner(account_of(connection, row), row["address"]), event, at=now)
