"""One's own new password: asked against the old one, the rules and the last five."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, RowMapping, delete, insert, select, update

from dashboard.access import passwords
from dashboard.access.attempts import DeniedError, Rules, fail, forget, locked_until, of_account
from dashboard.access.attempts import wait_message as wait
from dashboard.access.audit import Event, append
from dashboard.access.endings import Ending, account_of, end_all, owner
from dashboard.access.viewer import Viewer
from dashboard.ledgers.database import reading, writing
from dashboard.ledgers.doors import ACCOUNTS, OLD_PASSWORDS, SIGN_INS
from dashboard.ledgers.terms import AuditKind

NOT_REPEATED = 5
"""The present password and the four before it; the one before those may be used again."""

_ENDED = "登录已失效，请重新登录。"


def change_password(
    engine: Engine, viewer: Viewer, old: str, new: str, rules: Rules, now: datetime
) -> None:
    """Change one's password and end one's other log-ins. Raises DeniedError with the reasons.

    A wrong old password counts like a failed log-in: an unattended screen is no place to guess.
    """
    with reading(engine) as connection:
        account = _account(connection, viewer)
        lock = locked_until(connection, (of_account(account["name"], rules),), now)
        before = _before(connection, account["id"])
    if lock:
        raise DeniedError(wait(lock))
    fits = passwords.fits(old, account["password_hash"])
    reasons = _reasons(account, new, before) if fits else ()
    made = passwords.hashed(new) if fits and not reasons else None
    with writing(engine) as connection:
        if not fits:
            reasons = (_count(connection, account, viewer, rules, now),)
        elif made:
            _write(connection, _account(connection, viewer, account), viewer, made, now)
            forget(connection, of_account(account["name"], rules))
    if reasons:
        raise DeniedError("；".join(reasons))


def _account(
    connection: Connection, viewer: Viewer, as_read: RowMapping | None = None
) -> RowMapping:
    """The viewer's account while the log-in lives and the password is the one that was checked."""
    query = select(SIGN_INS).where(SIGN_INS.c.id == viewer.sign_in, SIGN_INS.c.ended_at.is_(None))
    sign_in = connection.execute(query).mappings().first()
    account = sign_in and account_of(connection, sign_in)
    if not account or account["disabled_at"]:
        raise DeniedError(_ENDED)
    if as_read and as_read["password_hash"] != account["password_hash"]:
        raise DeniedError(_ENDED)
    return account


def _before(connection: Connection, account: int) -> Sequence[RowMapping]:
    """The account's former passwords, the latest first."""
    query = select(OLD_PASSWORDS).where(OLD_PASSWORDS.c.account_id == account)
    return connection.execute(query.order_by(OLD_PASSWORDS.c.id.desc())).mappings().all()


def _reasons(account: RowMapping, new: str, before: Sequence[RowMapping]) -> tuple[str, ...]:
    if weak := passwords.weaknesses(new, account["name"]):
        return weak
    last = [account["password_hash"], *(each["password_hash"] for each in before)][:NOT_REPEATED]
    if any(passwords.fits(new, each) for each in last):
        return (f"不能使用最近{NOT_REPEATED}次用过的口令",)
    return ()


def _count(
    connection: Connection, account: RowMapping, viewer: Viewer, rules: Rules, now: datetime
) -> str:
    counter = of_account(account["name"], rules)
    fail(connection, counter, now)
    event = Event(kind=AuditKind.ACCOUNT, action="修改口令", is_ok=False, detail="原口令不正确")
    append(connection, owner(account, viewer.address), event, at=now)
    lock = locked_until(connection, (counter,), now)
    return wait(lock) if lock else "原口令不正确"


def _write(
    connection: Connection, account: RowMapping, viewer: Viewer, made: str, now: datetime
) -> None:
    put_password(connection, account, made, now, must_change=False)
    others = end_all(connection, account["id"], Ending.NEW_PASSWORD, now, but=viewer.sign_in)
    detail = f"结束其他登录{others}处" if others else None
    event = Event(kind=AuditKind.ACCOUNT, action="修改口令", detail=detail)
    append(connection, owner(account, viewer.address), event, at=now)


def put_password(
    connection: Connection, account: RowMapping, made: str, now: datetime, *, must_change: bool
) -> None:
    """Put a new hash in place of the present one, of which as many are kept as are asked for."""
    connection.execute(
        insert(OLD_PASSWORDS).values(
            account_id=account["id"],
            password_hash=account["password_hash"],
            set_at=account["password_set_at"],
        )
    )
    kept = [each["id"] for each in _before(connection, account["id"])][: NOT_REPEATED - 1]
    mine = OLD_PASSWORDS.c.account_id == account["id"]
    connection.execute(delete(OLD_PASSWORDS).where(mine, OLD_PASSWORDS.c.id.not_in(kept)))
    connection.execute(
        update(ACCOUNTS)
        .where(ACCOUNTS.c.id == account["id"])
        .values(password_hash=made, password_set_at=now, must_change=must_change)
    )
