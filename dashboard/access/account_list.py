"""The accounts as the administrator sees them, and the units for which nobody speaks yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, func, select

from dashboard.access.accounts import LONGEST_POST, New, bodies
from dashboard.access.attempts import Rules, of_account
from dashboard.ledgers.database import reading
from dashboard.ledgers.doors import ACCOUNT_UNITS, ACCOUNTS, ATTEMPTS, SIGN_INS
from dashboard.ledgers.tables import TABLES
from dashboard.ledgers.terms import AccountRole
from dashboard.rules.calendar import Clock


@dataclass(frozen=True)
class Speaker:
    """A unit for which a liaison's account may speak; work groups usually have none."""

    plan: str
    plan_title: str
    unit: str
    name: str
    has_liaison: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.plan, self.unit


@dataclass(frozen=True)
class AccountRow:
    """An account with its last log-in, its live log-ins, and until when it is locked."""

    name: str
    role: AccountRole
    post: str
    units: tuple[tuple[str, str], ...]
    must_change: bool
    created_at: datetime
    disabled_at: datetime | None
    last_at: datetime | None
    live: int
    locked_until: datetime | None

    @property
    def state(self) -> str:
        """停用, 暂停登录, 待修改初始口令 or 在用."""
        if self.disabled_at:
            return "停用"
        if self.locked_until:
            return "暂停登录"
        return "待修改初始口令" if self.must_change else "在用"


def accounts(
    engine: Engine, rules: Rules | None = None, now: datetime | None = None
) -> tuple[AccountRow, ...]:
    """All accounts, in the order of their making; four queries, however many there are."""
    rules, now = rules or Rules(), now or Clock().now()
    with reading(engine) as connection:
        rows = connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.id)).mappings().all()
        units = _units(connection)
        last, live = _last(connection), _live(connection, rules, now)
        locks = _locks(connection, now)
    return tuple(
        AccountRow(
            name=row["name"],
            role=row["role"],
            post=row["post"],
            units=tuple(units[row["id"]]),
            must_change=row["must_change"],
            created_at=row["created_at"],
            disabled_at=row["disabled_at"],
            last_at=last.get(row["id"]),
            live=0 if row["disabled_at"] else live.get(row["id"], 0),
            locked_until=locks.get(of_account(row["name"], rules).key),
        )
        for row in rows
    )


def _units(connection: Connection) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    order = (ACCOUNT_UNITS.c.plan, ACCOUNT_UNITS.c.unit)
    for row in connection.execute(select(ACCOUNT_UNITS).order_by(*order)):
        found[row.account_id].append((row.plan, row.unit))
    return found


def _last(connection: Connection) -> dict[int, datetime]:
    last = select(SIGN_INS.c.account_id, func.max(SIGN_INS.c.created_at).label("last_at"))
    rows = connection.execute(last.group_by(SIGN_INS.c.account_id))
    return {row.account_id: row.last_at for row in rows}


def _live(connection: Connection, rules: Rules, now: datetime) -> dict[int, int]:
    table = SIGN_INS.c
    query = select(table.account_id, func.count().label("live")).where(
        table.ended_at.is_(None),
        table.expires_at > now,
        table.created_at > now - rules.life,
        (table.seen_at > now - rules.idle) | (table.wall_seen_at > now - rules.idle),
    )
    rows = connection.execute(query.group_by(table.account_id))
    return {row.account_id: row.live for row in rows}


def _locks(connection: Connection, now: datetime) -> dict[str, datetime]:
    query = select(ATTEMPTS.c.key, ATTEMPTS.c.locked_until)
    rows = connection.execute(query.where(ATTEMPTS.c.locked_until > now))
    return {row.key: row.locked_until for row in rows}


def speakers(engine: Engine) -> tuple[Speaker, ...]:
    """The units of all plans for which somebody may speak, in protocol order."""
    unit, plan = TABLES["unit"], TABLES["plan"]
    query = bodies().order_by(plan.c.id, unit.c.seq, unit.c.id)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return tuple(
        Speaker(row.plan, row.short_title, row.code, row.name, row.kind.has_liaison) for row in rows
    )


def unspoken(units: Iterable[Speaker], present: Iterable[AccountRow]) -> tuple[Speaker, ...]:
    """The units for which no account in use speaks although they should have a liaison."""
    spoken = {unit for row in present if not row.disabled_at for unit in row.units}
    return tuple(each for each in units if each.has_liaison and each.key not in spoken)


def liaisons_for(units: Iterable[Speaker], present: Iterable[AccountRow]) -> tuple[New, ...]:
    """One account for each of these units, named by its code (u-wjj: wjj), posted by its name."""
    taken = {row.name.lower() for row in present}
    made = []
    for each in units:
        name = _free_name(each.unit.removeprefix("u-"), taken)
        taken.add(name.lower())
        post = f"{each.name}联络员"[:LONGEST_POST]
        made.append(New(name, AccountRole.LIAISON, post, frozenset({each.key})))
    return tuple(made)


def _free_name(code: str, taken: set[str]) -> str:
    base = code if len(code) > 1 else f"lly-{code}"
    tries = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in tries if name.lower() not in taken)
