"""People for tests: accounts and log-ins made in the database, and viewers of every role.

An account is as it is after its first log-in, made without the costly hash.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine, delete, insert, select, update

from dashboard.access import passwords
from dashboard.access.viewer import Viewer, hash_of, viewer_at
from dashboard.ledgers.database import reading, writing
from dashboard.ledgers.doors import ACCOUNT_UNITS, ACCOUNTS, AUDIT_EVENTS, SIGN_INS
from dashboard.ledgers.terms import AccountRole, AuditKind
from dashboard.rules.calendar import Clock
from tests.books import CODE

NOW = datetime(2023, 9, 22, 1, 0, tzinfo=UTC)
PASSWORD = "Lantai-7fengche"
POSTS = {
    AccountRole.ADMINISTRATOR: "系统管理岗",
    AccountRole.OFFICE: "专班办公室",
    AccountRole.LIAISON: "联络员",
    AccountRole.LEADER: "分管领导",
    AccountRole.AUDITOR: "审计岗",
}


def cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash at the lowest cost, so that a suite of log-ins stays fast."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", cheap)


# Making


def account(
    engine: Engine,
    name: str,
    role: AccountRole = AccountRole.OFFICE,
    units: Iterable[tuple[str, str]] = (),
    *,
    post: str | None = None,
    password: str | None = PASSWORD,
    must_change: bool = False,
    now: datetime = NOW,
) -> int:
    """An account that exists since yesterday; returns its key. `units` are (plan, unit) codes.

    Without a password nobody logs in by it, and nothing is hashed.
    """
    with writing(engine) as connection:
        made = connection.execute(
            insert(ACCOUNTS).values(
                name=name,
                role=role,
                post=post or POSTS[role],
                password_hash=passwords.hashed(password) if password else "-",
                password_set_at=now - timedelta(days=1),
                must_change=must_change,
                created_at=now - timedelta(days=1),
            )
        )
        (key,) = made.inserted_primary_key or (0,)
        _put_units(connection, key, units)
    return int(key)


def _put_units(connection: Connection, key: int, units: Iterable[tuple[str, str]]) -> None:
    connection.execute(delete(ACCOUNT_UNITS).where(ACCOUNT_UNITS.c.account_id == key))
    for plan, unit in units:
        connection.execute(insert(ACCOUNT_UNITS).values(account_id=key, plan=plan, unit=unit))


def signed_in(
    engine: Engine, name: str, token: str | None = None, *, now: datetime = NOW
) -> Viewer:
    """The viewer of a fresh log-in of this account, whose token is `token_of` its name."""
    token = token or token_of(name)
    with writing(engine) as connection:
        connection.execute(
            insert(SIGN_INS).values(
                token_hash=hash_of(token),
                account_id=select(ACCOUNTS.c.id).where(ACCOUNTS.c.name == name).scalar_subquery(),
                created_at=now,
                seen_at=now,
                expires_at=now + timedelta(hours=12),
                address="10.0.0.7",
            )
        )
    viewer = viewer_at(engine, token)
    assert viewer is not None
    return viewer


def token_of(name: str) -> str:
    """The token of an account's first log-in."""
    return f"token-{name}"


def person(
    engine: Engine,
    role: AccountRole,
    *units: str,
    name: str | None = None,
    post: str | None = None,
    plan: str = CODE,
) -> Viewer:
    """Whoever is logged in at this moment with a new account, for units of one plan."""
    name, now = name or f"{role.value}-{'-'.join(units) or 'one'}", Clock().now()
    own = [(plan, unit) for unit in units]
    account(engine, name, role, own, post=post, password=None, now=now)
    return signed_in(engine, name, now=now)


def enrol(engine: Engine, role: AccountRole, *units: str, **more: str) -> str:
    """The token of a `person`."""
    return token_of(person(engine, role, *units, **more).account or "")


# Changing, as another process might


def move(
    engine: Engine, name: str, role: AccountRole, units: Iterable[str] = (), plan: str = CODE
) -> None:
    """Give an account another role and other units, leaving its log-in standing."""
    with writing(engine) as connection:
        key = connection.scalar(select(ACCOUNTS.c.id).where(ACCOUNTS.c.name == name))
        assert key is not None
        connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == key).values(role=role))
        _put_units(connection, key, [(plan, unit) for unit in units])


def disable(engine: Engine, name: str) -> None:
    """Switch an account off."""
    with writing(engine) as connection:
        connection.execute(
            update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(disabled_at=Clock().now())
        )


# What is on record


def told(engine: Engine) -> list[tuple[str, bool, str | None, str, str | None]]:
    """The audit's events: kind, whether it was done, account, act and detail, oldest first."""
    columns = AUDIT_EVENTS.c
    query = select(columns.kind, columns.is_ok, columns.account, columns.action, columns.detail)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(columns.id)).all()
    return [(kind.label, is_ok, name, action, detail) for kind, is_ok, name, action, detail in rows]


def refusals(engine: Engine) -> list[tuple[str | None, str, str | None]]:
    """Whose acts were refused: account, act and reason, oldest first."""
    events = (event for event in told(engine) if event[0] == AuditKind.REFUSED.label)
    return [(name, action, detail) for _, is_ok, name, action, detail in events if not is_ok]
