"""Who stands before the page: asked anew at every run, so that an ended log-in ends here too."""

import streamlit as st
from sqlalchemy import Engine

from dashboard.access.viewer import COOKIE, Viewer, viewer_at
from dashboard.widgets.heading import empty

_WHO = "who"


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


def turn_away() -> None:
    """Say that the log-in has ended, and where to log in again."""
    empty("登录已失效。", "请重新登录；未保存的内容需要重新填写。")
    st.html('<p><a href="/login" target="_self">重新登录</a></p>')
