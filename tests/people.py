"""People for tests: accounts and log-ins made in the database, and viewers of every role."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import Engine, insert, select, update

from dashboard.access.viewer import Viewer, hash_of, viewer_at
from dashboard.ledgers.database import reading, writing
from dashboard.ledgers.doors import ACCOUNT_UNITS, ACCOUNTS, AUDIT_EVENTS, SIGN_INS
from dashboard.ledgers.terms import AccountRole, AuditKind
from dashboard.rules.calendar import Clock
from tests.books import CODE

POSTS = {
    AccountRole.ADMINISTRATOR: "系统管理岗",
    AccountRole.OFFICE: "专班办公室",
    AccountRole.LIAISON: "联络员",
    AccountRole.LEADER: "分管领导",
    AccountRole.AUDITOR: "审计岗",
}


def enrol(
    engine: Engine,
    role: AccountRole,
    *units: str,
    name: str | None = None,
    post: str | None = None,
    plan: str = CODE,
) -> str:
    """Add an account with one log-in; the log-in's token."""
    now = Clock().now()
    name = name or f"{role.value}-{'-'.join(units) or 'one'}"
    with writing(engine) as connection:
        made = connection.execute(
            insert(ACCOUNTS).values(
                name=name,
                role=role,
                post=post or POSTS[role],
                password_hash="-",
                password_set_at=now,
                must_change=False,
                created_at=now,
            )
        )
        (account,) = made.inserted_primary_key or (0,)
        for unit in units:
            connection.execute(
                insert(ACCOUNT_UNITS).values(account_id=account, plan=plan, unit=unit)
            )
        connection.execute(
            insert(SIGN_INS).values(
                token_hash=hash_of(f"token-{name}"),
                account_id=account,
                created_at=now,
                seen_at=now,
                expires_at=now + timedelta(hours=12),
                address="10.0.0.8",
            )
        )
    return f"token-{name}"


def person(engine: Engine, role: AccountRole, *units: str, **more: str) -> Viewer:
    """Whoever is logged in with a new account."""
    found = viewer_at(engine, enrol(engine, role, *units, **more))
    assert found is not None
    return found


def move(
    engine: Engine, name: str, role: AccountRole, units: Iterable[str] = (), plan: str = CODE
) -> None:
    """Give an account another role and other units, leaving its log-in standing."""
    with writing(engine) as connection:
        account = connection.scalar(select(ACCOUNTS.c.id).where(ACCOUNTS.c.name == name))
        connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(role=role))
        held = ACCOUNT_UNITS.delete().where(ACCOUNT_UNITS.c.account_id == account)
        connection.execute(held)
        for unit in units:
            connection.execute(
                insert(ACCOUNT_UNITS).values(account_id=account, plan=plan, unit=unit)
            )


def disable(engine: Engine, name: str) -> None:
    """Switch an account off, as another process might."""
    with writing(engine) as connection:
        connection.execute(
            update(ACCOUNTS).where(ACCOUNTS.c.name == name).values(disabled_at=Clock().now())
        )


def refusals(engine: Engine) -> list[tuple[str | None, str, str | None]]:
    """Whose acts were refused: account, act and reason, oldest first."""
    table = AUDIT_EVENTS.c
    query = select(table.account, table.action, table.detail).where(
        table.kind == AuditKind.REFUSED, table.is_ok.is_(False)
    )
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(query.order_by(table.id))]
