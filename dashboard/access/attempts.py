"""Failed log-ins: counted for each account name and each address, locked at the limit, told.

Unknown names are counted like known ones, so that a lock tells nobody which accounts exist.
Names are kept as hashes: somebody will type a password into the wrong field.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, Update, delete, insert, or_, select, update

from dashboard import wording
from dashboard.access.audit import Event, append
from dashboard.access.endings import owner
from dashboard.access.viewer import Viewer, hash_of
from dashboard.ledgers.doors import ATTEMPTS
from dashboard.ledgers.terms import AccountRole, AuditKind
from dashboard.settings import Settings

_WRONG = "账号或口令不正确。"
_WARNS_AT = 2
_TOLD_EVERY = timedelta(minutes=1)
_STRANGER = "未登录人员"


class DeniedError(Exception):
    """Not let in, or no new password; the Chinese message never says whether an account exists."""


@dataclass(frozen=True)
class Rules:
    """How long a log-in lasts, and how many failures lock an account or an address."""

    idle: timedelta = timedelta(minutes=30)
    life: timedelta = timedelta(hours=12)
    account_failures: int = 5
    address_failures: int = 30
    lock: timedelta = timedelta(minutes=30)


def rules_of(settings: Settings) -> Rules:
    """The rules as the office set them."""
    access = settings.access
    return Rules(
        idle=timedelta(minutes=access.idle_minutes),
        life=timedelta(hours=access.life_hours),
        account_failures=access.account_failures,
        address_failures=access.address_failures,
        lock=timedelta(minutes=access.lock_minutes),
    )


@dataclass(frozen=True)
class Origin:
    """From where somebody logs in."""

    address: str
    browser: str | None


@dataclass(frozen=True)
class Counter:
    """Whose failures are counted, and how many lock for how long."""

    key: str
    limit: int
    lock: timedelta


def of_account(name: str, rules: Rules) -> Counter:
    """What counts the failures of an account's name, known or not."""
    return Counter(hash_of(f"account:{name.lower()}"), rules.account_failures, rules.lock)


def of_address(address: str, rules: Rules) -> Counter:
    """What counts the failures from an address."""
    return Counter(hash_of(f"address:{address}"), rules.address_failures, rules.lock)


@dataclass(frozen=True)
class Try:
    """One try to log in: the name as it is looked up, from where, and when."""

    name: str
    origin: Origin
    rules: Rules
    now: datetime

    @property
    def counters(self) -> tuple[Counter, Counter]:
        return of_account(self.name, self.rules), of_address(self.origin.address, self.rules)


def locked_until(
    connection: Connection, counters: tuple[Counter, ...], now: datetime
) -> datetime | None:
    """When the last of these locks ends; None where nothing is locked any more."""
    keys = [each.key for each in counters]
    query = select(ATTEMPTS.c.locked_until).where(ATTEMPTS.c.key.in_(keys))
    ends = [end for end in connection.scalars(query) if end is not None and end > now]
    return max(ends, default=None)


def wait_message(lock: datetime) -> str:
    """Until when nobody is let in, rounded up to the minute."""
    free = wording.clock_time(lock + timedelta(seconds=59))
    return f"登录失败次数过多，请在{free}以后再试，或请系统管理员重置口令。"


def fail(connection: Connection, counter: Counter, now: datetime) -> int:
    """Count a failure and lock at the limit; returns how many more there may be.

    The count starts anew after a lock, and after as long a time without failures.
    """
    _forget_old(connection, counter.lock, now)
    held = _held(connection, counter.key)
    failures = 1 + (held["failures"] if held else 0)
    values = {
        "failures": failures,
        "last_at": now,
        "locked_until": now + counter.lock if failures >= counter.limit else None,
    }
    if held:
        connection.execute(_change(counter.key).values(values))
    else:
        connection.execute(insert(ATTEMPTS).values(key=counter.key, **values))
    return max(counter.limit - failures, 0)


def _held(connection: Connection, key: str) -> RowMapping | None:
    return connection.execute(select(ATTEMPTS).where(ATTEMPTS.c.key == key)).mappings().first()


def _change(key: str) -> Update:
    return update(ATTEMPTS).where(ATTEMPTS.c.key == key)


def _forget_old(connection: Connection, lock: timedelta, now: datetime) -> None:
    is_free = or_(ATTEMPTS.c.locked_until.is_(None), ATTEMPTS.c.locked_until <= now)
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.last_at <= now - lock, is_free))
    # The last try during a lock may be younger than the lock's beginning.
    ended = ATTEMPTS.c.locked_until.is_not(None) & (ATTEMPTS.c.locked_until <= now)
    connection.execute(delete(ATTEMPTS).where(ended))


def forget(connection: Connection, counter: Counter) -> None:
    """Forget all failures, and with them the lock."""
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.key == counter.key))


def forgive(connection: Connection, made: Try) -> None:
    """Forget an account's failures after a success, at the address no more than these.

    So whoever mistypes does not lock a whole building, and whoever tries other people's accounts
    cannot wipe that out by logging in as himself.
    """
    account, address = made.counters
    held, there = _held(connection, account.key), _held(connection, address.key)
    forget(connection, account)
    if held and there:
        left = max(there["failures"] - held["failures"], 0)
        connection.execute(_change(address.key).values(failures=left))


def count_failure(connection: Connection, account: RowMapping | None, made: Try) -> str:
    """Count and tell a failed log-in; the words for the person are the same for any name."""
    left, _ = [fail(connection, each, made.now) for each in made.counters]
    lock = locked_until(connection, made.counters, made.now)
    _tell(connection, account, made, f"{_reason(account)}，暂停登录" if lock else _reason(account))
    if lock:
        return wait_message(lock)
    return _WRONG if left > _WARNS_AT else f"{_WRONG}再错{left}次将暂停登录。"


def _reason(account: RowMapping | None) -> str:
    if account is None:
        return "账号不存在"
    return "账号已停用" if account["disabled_at"] else "口令不正确"


def note_locked(connection: Connection, account: RowMapping | None, made: Try) -> None:
    """Tell of a try during a lock, once a minute, so that nobody floods the record."""
    keys = [each.key for each in made.counters]
    locked = ATTEMPTS.c.key.in_(keys) & (ATTEMPTS.c.locked_until > made.now)
    last = connection.scalars(select(ATTEMPTS.c.last_at).where(locked)).all()
    if last and made.now - max(last) >= _TOLD_EVERY:
        connection.execute(update(ATTEMPTS).where(locked).values(last_at=made.now))
        _tell(connection, account, made, "暂停登录期间继续尝试")


def _tell(connection: Connection, account: RowMapping | None, made: Try, reason: str) -> None:
    """Put a failure on record; an unknown name is not, for it may be a mistyped password."""
    address = made.origin.address
    stranger = Viewer(AccountRole.LOCAL, _STRANGER, address=address)
    viewer = stranger if account is None else owner(account, address)
    event = Event(kind=AuditKind.SIGN_IN, action="登录", is_ok=False, detail=reason)
    append(connection, viewer, event, at=made.now)
