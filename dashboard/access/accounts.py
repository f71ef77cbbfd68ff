"""Accounts: added, disabled, given another role or a new start password; never deleted.

The first one is an administrator's, and from then on everybody logs in. Every change ends the
log-ins of the account and is told with the act. Start passwords are returned once and not kept.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Connection,
    Engine,
    RowMapping,
    Select,
    delete,
    func,
    insert,
    select,
    update,
)

from dashboard.access import passwords
from dashboard.access.asking import ask, refusals_on_record
from dashboard.access.attempts import Rules, forget, of_account
from dashboard.access.audit import Event, append
from dashboard.access.endings import Ending, end_all
from dashboard.access.own_password import put_password
from dashboard.access.rights import Right
from dashboard.access.sign_ins import account_named, plain_name
from dashboard.access.viewer import Viewer, has_accounts
from dashboard.ledgers.database import reading, writing
from dashboard.ledgers.doors import ACCOUNT_UNITS, ACCOUNTS
from dashboard.ledgers.tables import TABLES
from dashboard.ledgers.terms import AccountRole, AuditKind, UnitKind

ROLES = tuple(role for role in AccountRole if role is not AccountRole.LOCAL)
"""The roles that an account can have."""

LONGEST_POST = 50
_NAME = re.compile(r"[A-Za-z0-9\u3400-\u4dbf\u4e00-\u9fff._-]{2,30}")
_OF_A_PERSON = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{15}|\d{17}[\dXx])(?!\d)")
"""A mobile or identity card number, or what looks like one."""


class AccountError(Exception):
    """An account cannot be so; `reasons` say why, in Chinese."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class New:
    """An account to add; `units` are (plan, unit) codes and a liaison's alone.

    `start` is its start password, known before the account is there: with the first account
    the page that would show it may end.
    """

    name: str
    role: AccountRole
    post: str
    units: frozenset[tuple[str, str]] = frozenset()
    start: str = field(default_factory=passwords.start_password, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", plain_name(self.name))
        object.__setattr__(self, "post", self.post.strip())


def reasons_against(engine: Engine, new: New) -> tuple[str, ...]:
    """Why this account could not be added now, without adding it."""
    with reading(engine) as connection:
        return tuple(_faults(connection, new))


def add_account(engine: Engine, viewer: Viewer, new: New, now: datetime) -> str:
    """Add an account; returns its start password. Raises AccountError or ForbiddenError."""
    return add_accounts(engine, viewer, (new,), now)[0]


def add_accounts(
    engine: Engine, viewer: Viewer, new: Sequence[New], now: datetime
) -> tuple[str, ...]:
    """Add all of these accounts, or none; returns their start passwords in the same order."""
    hashes = [passwords.hashed(each.start) for each in new]
    with _managing(engine, viewer, "新增账号", now) as act:
        for each, hash_ in zip(new, hashes, strict=True):
            if reasons := tuple(_faults(act.connection, each)):
                raise AccountError(*reasons)
            _add(act.connection, each, hash_, now)
            told = "，".join((each.name, each.role.label, each.post))
            act.tell(told + _units_told(each.units))
    return tuple(each.start for each in new)


def _faults(connection: Connection, new: New) -> Iterator[str]:
    if not _NAME.fullmatch(new.name):
        yield "账号名应为2至30个字母、数字、汉字，可用 . _ - 分隔"
    elif _is_a_persons(new.name):
        yield "账号名不能用手机号码或身份证号"
    elif account_named(connection, new.name):
        yield f"账号名“{new.name}”已有，请换一个"
    if not new.post:
        yield "请填写岗位，如“县卫生健康局联络员”，不填写姓名"
    elif len(new.post) > LONGEST_POST:
        yield f"岗位不超过{LONGEST_POST}字"
    elif _is_a_persons(new.post):
        yield "岗位中不能有手机号码或身份证号"
    if new.role is not AccountRole.ADMINISTRATOR and not has_accounts(connection):
        yield "第一个账号应为系统管理员"
    yield from _role_faults(connection, new.role, new.units)


def _is_a_persons(text: str) -> bool:
    return _OF_A_PERSON.search(re.sub(r"[\s._-]", "", text)) is not None


def _role_faults(
    connection: Connection, role: AccountRole, units: Iterable[tuple[str, str]]
) -> Iterator[str]:
    units = sorted(units)
    if role not in ROLES:
        yield f"账号不能设为“{role.label}”"
    if role is AccountRole.LIAISON and not units:
        yield "联络员账号应指定至少一个单位"
    if role is not AccountRole.LIAISON and units:
        yield "只有联络员账号指定单位"
    for plan, code in units:
        held = bodies().where(TABLES["plan"].c.code == plan, TABLES["unit"].c.code == code)
        if connection.execute(held).first() is None:
            yield f"没有“{plan}”方案的单位“{code}”，或该单位不能单独报送"


def bodies() -> Select[Any]:
    """The units of all plans for which somebody may speak (`Unit.can_answer`), with their plan."""
    unit, plan = TABLES["unit"].c, TABLES["plan"].c
    columns = (plan.code.label("plan"), plan.short_title, unit.code, unit.name, unit.kind)
    query = select(*columns).join_from(TABLES["unit"], TABLES["plan"], plan.id == unit.plan_id)
    kinds = [kind for kind in UnitKind if kind.can_answer]
    standing = query.where(unit.ended_at.is_(None), unit.is_collective.is_(False))
    return standing.where(unit.kind.in_(kinds))


def _add(connection: Connection, new: New, hash_: str, now: datetime) -> None:
    made = connection.execute(
        insert(ACCOUNTS).values(
            name=new.name,
            role=new.role,
            post=new.post,
            password_hash=hash_,
            password_set_at=now,
            must_change=True,
            created_at=now,
        )
    )
    _put_units(connection, cast("tuple[int, ...]", made.inserted_primary_key)[0], new.units)


def _put_units(connection: Connection, account: int, units: Iterable[tuple[str, str]]) -> None:
    connection.execute(delete(ACCOUNT_UNITS).where(ACCOUNT_UNITS.c.account_id == account))
    rows = [{"account_id": account, "plan": plan, "unit": unit} for plan, unit in sorted(units)]
    if rows:
        connection.execute(insert(ACCOUNT_UNITS), rows)


def disable(engine: Engine, viewer: Viewer, name: str, now: datetime) -> None:
    """Let nobody in by this account any more. Raises AccountError or ForbiddenError."""
    with _managing(engine, viewer, "停用账号", now) as act:
        account = _known(act.connection, name)
        if account["disabled_at"]:
            raise AccountError(f"账号“{account['name']}”已经停用")
        _keep_oneself(viewer, account, "不能停用本人的账号")
        _keep_an_administrator(act.connection, account)
        change = update(ACCOUNTS).where(ACCOUNTS.c.id == account["id"])
        act.connection.execute(change.values(disabled_at=now))
        act.end_and_tell(account, Ending.DISABLED)


def enable(engine: Engine, viewer: Viewer, name: str, now: datetime) -> None:
    """Let a disabled account in again, with its old password."""
    with _managing(engine, viewer, "启用账号", now) as act:
        account = _known(act.connection, name)
        if not account["disabled_at"]:
            raise AccountError(f"账号“{account['name']}”没有停用")
        change = update(ACCOUNTS).where(ACCOUNTS.c.id == account["id"])
        act.connection.execute(change.values(disabled_at=None))
        forget(act.connection, of_account(account["name"], Rules()))
        act.tell(account["name"])


def reset_password(engine: Engine, viewer: Viewer, name: str, now: datetime) -> str:
    """A new start password, with which a lock of the account ends too."""
    made = passwords.start_password()
    hash_ = passwords.hashed(made)
    with _managing(engine, viewer, "重置口令", now) as act:
        account = _known(act.connection, name)
        _keep_oneself(viewer, account, "本人的口令请在“我的账号”中修改")
        put_password(act.connection, account, hash_, now, must_change=True)
        forget(act.connection, of_account(account["name"], Rules()))
        act.end_and_tell(account, Ending.RESET)
    return made


def change_role(
    engine: Engine,
    viewer: Viewer,
    name: str,
    role: AccountRole,
    units: Iterable[tuple[str, str]],
    now: datetime,
) -> None:
    """Give an account another role, or other units. Raises AccountError or ForbiddenError."""
    wanted = frozenset(units)
    with _managing(engine, viewer, "变更角色和单位", now) as act:
        account = _known(act.connection, name)
        _keep_oneself(viewer, account, "不能变更本人的角色")
        if reasons := tuple(_role_faults(act.connection, role, wanted)):
            raise AccountError(*reasons)
        if role is not AccountRole.ADMINISTRATOR:
            _keep_an_administrator(act.connection, account)
        change = update(ACCOUNTS).where(ACCOUNTS.c.id == account["id"])
        act.connection.execute(change.values(role=role))
        _put_units(act.connection, account["id"], wanted)
        is_same = role is account["role"]
        told = "" if is_same else f"，由{account['role'].label}改为{role.label}"
        act.end_and_tell(account, Ending.CHANGED, told + _units_told(wanted))


def _known(connection: Connection, name: str) -> RowMapping:
    found = account_named(connection, name)
    if found is None:
        raise AccountError(f"没有账号“{name}”")
    return found


def _keep_oneself(viewer: Viewer, account: RowMapping, reason: str) -> None:
    if viewer.account == account["name"]:
        raise AccountError(reason)


def _keep_an_administrator(connection: Connection, account: RowMapping) -> None:
    """Refuse to take away the last administrator in use."""
    query = select(func.count()).select_from(ACCOUNTS).where(ACCOUNTS.c.id != account["id"])
    query = query.where(ACCOUNTS.c.role == AccountRole.ADMINISTRATOR)
    others = connection.scalar(query.where(ACCOUNTS.c.disabled_at.is_(None)))
    is_one = account["role"] is AccountRole.ADMINISTRATOR and not account["disabled_at"]
    if is_one and not others:
        raise AccountError("这是唯一在用的系统管理员账号，请先另设一个")


def _units_told(units: Iterable[tuple[str, str]]) -> str:
    told = "、".join(f"{plan}:{unit}" for plan, unit in sorted(units))
    return f"，单位{told}" if told else ""


@dataclass(frozen=True)
class _Act:
    """One write transaction in which accounts are managed; what is done is told in it."""

    connection: Connection
    viewer: Viewer
    action: str
    now: datetime

    def tell(self, detail: str) -> None:
        event = Event(kind=AuditKind.ACCOUNT, action=self.action, detail=detail)
        append(self.connection, self.viewer, event, at=self.now)

    def end_and_tell(self, account: RowMapping, why: Ending, detail: str = "") -> None:
        ended = end_all(self.connection, account["id"], why, self.now)
        closed = f"，结束登录{ended}处" if ended else ""
        self.tell(f"{account['name']}{detail}{closed}")


@contextmanager
def _managing(engine: Engine, viewer: Viewer, action: str, now: datetime) -> Iterator[_Act]:
    """A transaction of who may manage accounts at this moment."""
    with refusals_on_record(engine, viewer, action), writing(engine) as connection:
        ask(connection, viewer, Right.MANAGE_ACCOUNTS)
        yield _Act(connection, viewer, action, now)
