"""Accounts for tests: made without the costly hash, as they are after the first log-in."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, insert, select

from dashboard.access import passwords
from dashboard.access.viewer import Viewer, hash_of, viewer_at
from dashboard.ledgers.database import reading, writing
from dashboard.ledgers.doors import ACCOUNT_UNITS, ACCOUNTS, AUDIT_EVENTS, SIGN_INS
from dashboard.ledgers.terms import AccountRole

NOW = datetime(2023, 9, 22, 1, 0, tzinfo=UTC)
PASSWORD = "Lantai-7fengche"


def cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash at the lowest cost, so that a suite of log-ins stays fast."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", cheap)


def account(
    engine: Engine,
    name: str,
    role: AccountRole = AccountRole.OFFICE,
    units: Iterable[tuple[str, str]] = (),
    *,
    password: str = PASSWORD,
    must_change: bool = False,
) -> int:
    """An account that exists since yesterday; returns its key."""
    with writing(engine) as connection:
        connection.execute(
            insert(ACCOUNTS).values(
                name=name,
                role=role,
                post=f"{role.label}岗",
                password_hash=passwords.hashed(password),
                password_set_at=NOW - timedelta(days=1),
                must_change=must_change,
                created_at=NOW - timedelta(days=1),
            )
        )
        key: int | None = connection.scalar(select(ACCOUNTS.c.id).where(ACCOUNTS.c.name == name))
        assert key is not None
        for plan, unit in units:
            connection.execute(insert(ACCOUNT_UNITS).values(account_id=key, plan=plan, unit=unit))
    return key


def signed_in(engine: Engine, name: str, token: str | None = None) -> Viewer:
    """The viewer of a fresh log-in of this account."""
    token = token or f"token of {name}"
    with writing(engine) as connection:
        connection.execute(
            insert(SIGN_INS).values(
                token_hash=hash_of(token),
                account_id=select(ACCOUNTS.c.id).where(ACCOUNTS.c.name == name).scalar_subquery(),
                created_at=NOW,
                seen_at=NOW,
                expires_at=NOW + timedelta(hours=12),
                address="10.0.0.7",
            )
        )
    viewer = viewer_at(engine, token)
    assert viewer is not None
    return viewer


def told(engine: Engine) -> list[tuple[str, bool, str | None, str, str | None]]:
    """The audit's events: kind, whether it was done, account, act and detail."""
    columns = AUDIT_EVENTS.c
    query = select(columns.kind, columns.is_ok, columns.account, columns.action, columns.detail)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(columns.id)).all()
    return [(kind.label, is_ok, name, action, detail) for kind, is_ok, name, action, detail in rows]
