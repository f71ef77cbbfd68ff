"""The accounts as a table, and what the page says of them in one sentence."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.access.account_list import AccountRow, Speaker
from dashboard.access.accounts import ROLES
from dashboard.widgets.table import Cell, Column, lines, page_of, quiet, table

LOCAL_ANSWER = "当前为单机模式：没有账号，使用本机的人都可以办理全部事项。"
_COLUMNS = (
    Column("账号", "9rem", is_title=True),
    Column("角色", "6.5rem"),
    Column("岗位"),
    Column("所属单位"),
    Column("状态", "9rem"),
    Column("最近登录", "10rem"),
    Column("当前登录", "5.5rem", is_figure=True),
)


def answer(rows: Sequence[AccountRow], missing: Sequence[Speaker]) -> str:
    """“共42个账号，在用40个、停用2个，3个待修改初始口令；12个单位尚无联络员账号。”."""
    if not rows:
        return LOCAL_ANSWER
    ended = sum(row.disabled_at is not None for row in rows)
    fresh = sum(row.must_change and row.disabled_at is None for row in rows)
    parts = [f"在用{len(rows) - ended}个"] + ([f"停用{ended}个"] if ended else [])
    waiting = f"，{fresh}个待修改初始口令" if fresh else ""
    units = f"；{len(missing)}个单位尚无联络员账号" if missing else ""
    return f"共{len(rows)}个账号，{'、'.join(parts)}{waiting}{units}。"


def say(sentence: str) -> None:
    """The page's answer."""
    st.html(f'<p class="g-answer">{escape(sentence)}</p>')


def names_of(units: Sequence[Speaker]) -> dict[tuple[str, str], str]:
    """What each unit is called; with its plan where there are several."""
    several = len({each.plan for each in units}) > 1
    return {
        each.key: f"{each.name}（{each.plan_title}）" if several else each.name for each in units
    }


def account_table(
    rows: Sequence[AccountRow], names: Mapping[tuple[str, str], str], now: datetime
) -> None:
    """One row an account, by role and in the order of their making."""
    ordered = sorted(rows, key=lambda row: ROLES.index(row.role))
    shown = page_of(ordered, "accounts_page")
    table(_COLUMNS, [_row(row, names, now) for row in shown], caption="账号")


def _row(row: AccountRow, names: Mapping[tuple[str, str], str], now: datetime) -> tuple[Cell, ...]:
    year = now.astimezone(wording.SHANGHAI).year
    lock = None if row.disabled_at else row.locked_until
    until = f"至{wording.clock_time(lock)}" if lock else None
    return (
        row.name,
        row.role.label,
        row.post,
        "、".join(names.get(unit, unit[1]) for unit in row.units),
        lines(row.state, quiet(until)),
        wording.moment(row.last_at, year) if row.last_at else "未登录过",
        f"{row.live}处" if row.live else None,
    )
