"""The first account: with it 单机模式 ends, so its start password is written down before."""

from dataclasses import dataclass

import streamlit as st
from sqlalchemy import Engine

from dashboard.access.accounts import AccountError, New, add_account, reasons_against
from dashboard.access.rights import ForbiddenError
from dashboard.access.viewer import Viewer
from dashboard.ledgers.terms import AccountRole
from dashboard.rules.calendar import Clock
from dashboard.widgets.account_forms import ask_name_and_post, say_not_done
from dashboard.widgets.account_starts import starts_table
from dashboard.widgets.heading import empty, section

_PREPARED = "first_account"


@dataclass(frozen=True)
class Prepared:
    """The first account before it is there."""

    new: New


def explain() -> None:
    """What accounts change, before the first is made."""
    section("启用账号")
    st.html(
        "<ul style='margin:0 0 .5rem;padding-left:1.4rem'>"
        "<li>一人在一台电脑上使用，可以一直保持单机模式；多人使用或供其他电脑使用，应先启用账号。</li>"
        "<li>第一个账号是系统管理员，只管账号，不办理业务；"
        "登录后再为办公室、联络员、领导和审计员建立账号。</li>"
        "<li>建立后立即生效，不需重新启动：从此所有人（包括本机）都要登录。"
        "账号只能停用，不能删除，也不能恢复单机模式。</li></ul>"
    )


def first_account(engine: Engine, viewer: Viewer) -> None:
    """Ask for the first account, show its start password, and only then make it."""
    prepared = st.session_state.get(_PREPARED)
    if isinstance(prepared, Prepared):
        _confirm(engine, viewer, prepared.new)
        return
    with st.form("first_account_form", enter_to_submit=False):
        name, post = ask_name_and_post("first", "如 admin", "如 系统管理岗")
        sent = st.form_submit_button("下一步：显示初始口令", type="primary")
    if not sent:
        return
    new = New(name, AccountRole.ADMINISTRATOR, post)
    if reasons := reasons_against(engine, new):
        say_not_done(AccountError(*reasons))
        return
    st.session_state[_PREPARED] = Prepared(new)
    st.rerun()


def _confirm(engine: Engine, viewer: Viewer, new: New) -> None:
    with st.container(border=True):
        section("系统管理员的初始口令", "账号尚未建立")
        starts_table([(new.name, new.post, new.start)])
        st.html(
            "<p style='margin:.5rem 0 0'>请先抄录。建立后本页转到登录页，初始口令不再显示；"
            "请用它登录，并按提示修改。</p>"
        )
        left, right = st.columns([1, 3])
        is_agreed = left.button("已抄录，建立账号", type="primary", key="first_agreed")
        right.button("返回", on_click=st.session_state.pop, args=(_PREPARED,), key="first_back")
    if is_agreed:
        _make(engine, viewer, new)


def _make(engine: Engine, viewer: Viewer, new: New) -> None:
    try:
        add_account(engine, viewer, new, Clock().now())
    except (AccountError, ForbiddenError) as error:
        say_not_done(error)
        return
    st.session_state.pop(_PREPARED, None)
    empty(f"账号“{new.name}”已建立，从现在起所有人都要登录。", "")
    st.html('<p class="g-links"><a href="/login" target="_self">去登录</a></p>')
    st.stop()
