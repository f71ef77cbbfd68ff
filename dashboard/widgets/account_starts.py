"""Start passwords, shown once: until whoever made them says that they are written down."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from dashboard.widgets.heading import section
from dashboard.widgets.table import Column, Markup, table

_COLUMNS = (Column("账号", "12rem", is_title=True), Column("岗位"), Column("初始口令", "14rem"))


class Starts:
    """The start passwords that this session has made and not yet put away."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str]] = []

    def keep(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Note names, posts and start passwords, in plain Python: no second click stops it."""
        self.rows.extend(rows)


def starts() -> Starts:
    """This session's start passwords."""
    found = st.session_state.setdefault("account_starts", Starts())
    assert isinstance(found, Starts)
    return found


def show_starts() -> bool:
    """Show what is still to be written down; whether there was any."""
    held = starts()
    if not held.rows:
        return False
    with st.container(border=True):
        section("初始口令", "只显示这一次")
        st.html(
            "<p style='margin:0 0 .5rem'>请逐个抄录或打印本页后裁开，当面或密封交给本人；"
            "本人首次登录时须修改。刷新或离开本页后不再显示，遗漏的可以重置口令。</p>"
        )
        starts_table(held.rows)
        st.button("已抄录，不再显示", type="primary", on_click=held.rows.clear, key="starts_seen")
    return True


def starts_table(rows: Iterable[tuple[str, str, str]]) -> None:
    """Names, posts and start passwords, these in letters that cannot be confused."""
    shown = [(name, post, _in_plain_letters(start)) for name, post, start in rows]
    table(_COLUMNS, shown, caption="初始口令")


def _in_plain_letters(start: str) -> Markup:
    return Markup(f'<code style="font-size:1.1rem;white-space:nowrap">{escape(start)}</code>')
