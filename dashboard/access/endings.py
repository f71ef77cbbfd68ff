"""How log-ins end: one by its token, or all of an account, with the reason kept."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, RowMapping, select, update

from dashboard.access.audit import Event, append
from dashboard.access.viewer import Viewer, hash_of
from dashboard.ledgers.doors import ACCOUNTS, SIGN_INS
from dashboard.ledgers.terms import AuditKind


class Ending(StrEnum):
    """Why a log-in ended, as the person reads it: “……，请重新登录”."""

    LOGGED_OUT = "已退出登录"
    IDLE = "长时间没有操作，已自动退出"
    OLD = "登录时间已满，已自动退出"
    AGAIN = "已在本浏览器重新登录"
    BY_ONESELF = "已由本人在别处结束登录"
    BY_ADMINISTRATOR = "已由系统管理员结束登录"
    DISABLED = "账号已停用"
    CHANGED = "账号的角色或单位已变更"
    RESET = "口令已由系统管理员重置"
    NEW_PASSWORD = "口令已在别处修改"  # noqa: S105


def by_token(connection: Connection, token: str | None) -> RowMapping | None:
    """The log-in of this token, live or ended."""
    query = select(SIGN_INS).where(SIGN_INS.c.token_hash == hash_of(token or ""))
    return connection.execute(query).mappings().first()


def account_of(connection: Connection, sign_in: RowMapping) -> RowMapping:
    """The account of a log-in, disabled or not."""
    query = select(ACCOUNTS).where(ACCOUNTS.c.id == sign_in["account_id"])
    return connection.execute(query).mappings().one()


def owner(account: RowMapping, address: str | None) -> Viewer:
    """Whom an audit event names for an account."""
    return Viewer(account["role"], account["post"], account=account["name"], address=address)


def end_by_token(connection: Connection, token: str | None, why: Ending, now: datetime) -> None:
    """End the log-in of this token where there is a live one."""
    row = by_token(connection, token)
    if row is not None and row["ended_at"] is None:
        end(connection, row, why, now)


def end(
    connection: Connection, row: RowMapping, why: Ending, now: datetime, by: Viewer | None = None
) -> None:
    """End one live log-in and tell it, as an act of its owner unless it was another's."""
    _close(connection, SIGN_INS.c.id == row["id"], why, now)
    account = account_of(connection, row)
    detail = f"{account['name']}：{why}" if by else str(why)
    event = Event(kind=AuditKind.SIGN_OUT, action="退出", detail=detail)
    append(connection, by or owner(account, row["address"]), event, at=now)


def end_all(
    connection: Connection, account: int, why: Ending, now: datetime, *, but: int | None = None
) -> int:
    """End every live log-in of an account but one; returns how many. The caller tells it."""
    which = SIGN_INS.c.account_id == account
    return _close(connection, which if but is None else which & (SIGN_INS.c.id != but), why, now)


def _close(connection: Connection, which: ColumnElement[bool], why: Ending, now: datetime) -> int:
    live = which & SIGN_INS.c.ended_at.is_(None)
    ended = update(SIGN_INS).where(live).values(ended_at=now, ended_by=why.value)
    return connection.execute(ended).rowcount
