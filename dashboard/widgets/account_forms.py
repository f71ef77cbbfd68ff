"""Forms for new accounts: one, or liaisons for many units at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from sqlalchemy import Engine

from dashboard.access.account_list import AccountRow, Speaker, liaisons_for
from dashboard.access.accounts import (
    ROLES,
    AccountError,
    New,
    add_accounts,
)
from dashboard.access.rights import ForbiddenError
from dashboard.access.viewer import Viewer
from dashboard.ledgers.terms import AccountRole
from dashboard.rules.calendar import Clock
from dashboard.widgets.account_starts import starts
from dashboard.widgets.notice import outbox
from dashboard.widgets.table import Column, table

DUTIES: Mapping[AccountRole, str] = {
    AccountRole.ADMINISTRATOR: "管理账号，不办理业务",
    AccountRole.OFFICE: "办理全部业务",
    AccountRole.LIAISON: "本单位的查看和填报",
    AccountRole.LEADER: "查看全部，登记批示办理要求",
    AccountRole.AUDITOR: "只看审计记录",
}
Key = tuple[str, str]


@dataclass(frozen=True)
class Register:
    """Where accounts are managed: by whom, and what the units are called."""

    engine: Engine
    viewer: Viewer
    names: Mapping[Key, str]


def say_not_done(error: AccountError | ForbiddenError) -> None:
    """Say beside a form why nothing was done."""
    reasons = error.reasons if isinstance(error, AccountError) else (str(error),)
    for reason in reasons:
        st.error(f"没有办理。{reason}。")


def ask_name_and_post(key: str, name: str, post: str) -> tuple[str, str]:
    """The two fields that every account has."""
    left, right = st.columns(2)
    return (
        left.text_input(
            "账号名（必填）",
            key=f"{key}_name",
            placeholder=name,
            help="2至30个字母、数字、汉字，可用 . _ - 分隔，不分大小写；不用手机号码、身份证号。",
        ),
        right.text_input(
            "岗位（必填，不填写姓名）",
            key=f"{key}_post",
            placeholder=post,
            help="登记、审核等记录以岗位署名。填写岗位，不填写人员姓名。",
        ),
    )


def add_form(register: Register) -> None:
    """新增账号."""
    box, held = outbox(), starts()
    turn = box.turn("account")
    with st.form(f"account_{turn}", enter_to_submit=False):
        name, post = ask_name_and_post(f"account_{turn}", "如 wjj", "如 县卫生健康局联络员")
        role, units = ask_role(register, f"account_{turn}", None, ())
        sent = st.form_submit_button("新增账号", type="primary")
    if not sent:
        return
    if role is None:
        st.error("没有办理。请选择角色。")
        return
    new = New(name, role, post, units)

    def add() -> None:
        add_accounts(register.engine, register.viewer, (new,), Clock().now())
        held.keep([(new.name, new.post, new.start)])
        box.sent("account", f"已新增账号“{new.name}”（{role.label}，{new.post}）。")

    do(add)


def ask_role(
    register: Register, key: str, role: AccountRole | None, units: Iterable[Key]
) -> tuple[AccountRole | None, frozenset[Key]]:
    left, right = st.columns(2)
    values = [each.value for each in ROLES]
    chosen = left.selectbox(
        "角色（必填）",
        values,
        index=values.index(role.value) if role else None,
        format_func=_role_words,
        key=f"{key}_role",
        placeholder="请选择",
    )
    own = right.multiselect(
        "所属单位（只限联络员，必填）",
        list(register.names),
        default=[unit for unit in units if unit in register.names],
        format_func=register.names.__getitem__,
        key=f"{key}_units",
        placeholder="联络员可选一个或几个单位",
    )
    return AccountRole.parse(chosen) if chosen else None, frozenset(own)


def _role_words(value: str) -> str:
    role = AccountRole.parse(value)
    return f"{role.label}（{DUTIES[role]}）"


def do(act: Callable[[], None]) -> None:
    """Do it and draw the page anew, or say why not; the act itself notes its success."""
    try:
        act()
    except (AccountError, ForbiddenError) as error:
        say_not_done(error)
        return
    st.rerun()


def many_form(register: Register, missing: Sequence[Speaker], rows: Sequence[AccountRow]) -> None:
    """为未设账号的单位批量建联络员账号."""
    box, held = outbox(), starts()
    turn = box.turn("accounts")
    left_out = st.multiselect(
        "不建账号的单位",
        [each.key for each in missing],
        format_func=register.names.__getitem__,
        key=f"left_out_{turn}",
        placeholder="可不选",
    )
    new = liaisons_for([each for each in missing if each.key not in left_out], rows)
    columns = (Column("账号", "12rem", is_title=True), Column("岗位"))
    table(columns, [(each.name, each.post) for each in new], caption="将建立的联络员账号")
    if not new or not st.button(f"建立{len(new)}个联络员账号", type="primary", key=f"many_{turn}"):
        return

    def add() -> None:
        add_accounts(register.engine, register.viewer, new, Clock().now())
        held.keep((each.name, each.post, each.start) for each in new)
        box.sent("accounts", f"已建立{len(new)}个联络员账号。")

    with st.spinner(f"正在建立{len(new)}个账号……"):
        do(add)
