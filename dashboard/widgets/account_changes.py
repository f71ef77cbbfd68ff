"""One account changed: disabled, enabled, reset, or given another role or other units."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from dashboard.access.account_list import AccountRow
from dashboard.access.accounts import change_role, disable, enable, reset_password
from dashboard.rules.calendar import Clock
from dashboard.widgets.account_forms import Register, ask_role, do
from dashboard.widgets.account_starts import starts
from dashboard.widgets.notice import outbox


def change_one(register: Register, rows: Sequence[AccountRow]) -> None:
    """Choose an account and what is to be done with it; oneself is left to others."""
    by_name = {row.name: row for row in rows}
    chosen = st.selectbox(
        "选择要办理的账号",
        list(by_name),
        index=None,
        format_func=lambda name: f"{name}　{by_name[name].post}",
        key="account_chosen",
        placeholder="可输入账号名或岗位查找",
        help="可停用、重置口令、变更角色和单位；办理后立即结束该账号的全部登录。",
    )
    if chosen is None:
        return
    if chosen == register.viewer.account:
        st.html(
            '<p class="g-links">这是您本人的账号，修改口令、查看登录情况请到'
            '<a href="/account" target="_self">我的账号</a>；'
            "角色变更和停用由其他系统管理员办理。</p>"
        )
        return
    _buttons(register, by_name[chosen])
    _role_form(register, by_name[chosen])


def _buttons(register: Register, row: AccountRow) -> None:
    turn = outbox().turn("account_act")
    by, name = (register.engine, register.viewer, row.name), f"账号“{row.name}”"
    left, right, _ = st.columns([1, 1, 3])
    if row.disabled_at:
        if left.button("启用", key=f"enable_{turn}", width="stretch"):
            _act(partial(enable, *by), f"已启用{name}，口令不变。")
    elif left.button("停用", key=f"disable_{turn}", width="stretch"):
        said = f"已停用{name}，并结束其全部登录。需要时可再启用。"
        _act(partial(disable, *by), said)
    if right.button("重置口令", key=f"reset_{turn}", width="stretch"):
        _reset(register, row)


def _reset(register: Register, row: AccountRow) -> None:
    held = starts()

    def reset(now: datetime) -> None:
        start = reset_password(register.engine, register.viewer, row.name, now)
        held.keep([(row.name, row.post, start)])

    _act(reset, f"已重置账号“{row.name}”的口令，并结束其全部登录。")


def _role_form(register: Register, row: AccountRow) -> None:
    key = f"account_role_{row.name}_{outbox().turn('account_act')}"
    with st.form(key, enter_to_submit=False):
        role, units = ask_role(register, key, row.role, row.units)
        sent = st.form_submit_button("保存角色和单位")
    if sent and role is not None:
        change = partial(change_role, register.engine, register.viewer, row.name, role, units)
        _act(change, f"已变更账号“{row.name}”的角色和单位，该账号须重新登录。")


def _act(act: Callable[[datetime], None], said: str) -> None:
    box = outbox()

    def act_and_note() -> None:
        act(Clock().now())
        box.sent("account_act", said)

    do(act_and_note)
