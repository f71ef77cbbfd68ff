"""Who stands before the page: asked anew at every run, so that an ended log-in ends here too."""

import streamlit as st
from sqlalchemy import Engine

from dashboard.access.asking import refusal
from dashboard.access.audit import record
from dashboard.access.sign_ins import others, rules_of
from dashboard.access.viewer import COOKIE, Viewer, viewer_at
from dashboard.rules.calendar import Clock
from dashboard.settings import Settings
from dashboard.widgets.heading import empty
from dashboard.widgets.menu import Page, is_open

_WHO = "who"
_SHUT = "shut_out_of"


def token() -> str | None:
    """The log-in's token, from the cookie that the browser sent when the page connected."""
    found = st.context.cookies.get(COOKIE)
    return found if isinstance(found, str) else None  # a test of pages has no real cookies


def at_the_door(engine: Engine) -> Viewer | None:
    """The viewer of this run; what a former viewer of the same tab chose is forgotten."""
    found = viewer_at(engine, token())
    who = found and (found.account, found.sign_in)
    if st.session_state.get(_WHO, who) != who:
        st.session_state.clear()
    st.session_state[_WHO] = who
    return found


def turn_away(viewer: Viewer | None) -> None:
    """Say that the log-in has ended, or waits for a new password, and where to go."""
    if viewer is None:
        empty("登录已失效。", "请重新登录；未保存的内容需要重新填写。")
        st.html('<p><a href="/login" target="_self">重新登录</a></p>')
        return
    empty("请先修改初始口令。", "修改后即可使用。")
    st.html('<p><a href="/password" target="_self">修改口令</a></p>')


def open_door(engine: Engine, viewer: Viewer, page: Page) -> bool:
    """Whether the viewer may have the page; a refusal is said, and put on record once."""
    if is_open(viewer, page):
        st.session_state.pop(_SHUT, None)
        return True
    st.title("没有权限", anchor=False)
    empty(f"{viewer.role.label}没有查看“{page.title}”的权限。", "请从左侧菜单选择页面。")
    if st.session_state.get(_SHUT) != page.name:
        st.session_state[_SHUT] = page.name
        action, why = f"打开“{page.title}”", f"{viewer.role.label}没有这个页面"
        record(engine, viewer, refusal(action, why))
    return False


def elsewhere(engine: Engine, viewer: Viewer, settings: Settings) -> int:
    """How many other log-ins of the viewer's account stand."""
    found = others(engine, viewer, rules_of(settings), Clock().now())
    return sum(not each.is_own for each in found)
