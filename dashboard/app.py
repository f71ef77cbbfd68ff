"""The Streamlit script: frame and menu, then the page that the address names."""

from pathlib import Path

import streamlit as st

from dashboard.settings import current
from dashboard.widgets.bar import choose
from dashboard.widgets.desk import plans, set_desk
from dashboard.widgets.frame import frame
from dashboard.widgets.heading import empty
from dashboard.widgets.menu import HOME, MENU, UNLISTED
from dashboard.widgets.notice import outbox, say_what_was_done

HERE = Path(__file__).resolve().parent


def page(name: str, title: str) -> st.Page:
    """One page; unlisted ones are reached by links alone."""
    return st.Page(
        HERE / "views" / f"{name}.py",
        title=title,
        url_path=name,
        default=name == HOME,
        visibility="hidden" if name in UNLISTED else "visible",
    )


def run() -> None:
    """Draw the frame and the page."""
    title = current().office.title
    st.set_page_config(
        page_icon=str(HERE / "static" / "favicon.png"), layout="wide", initial_sidebar_state=220
    )
    frame(title)
    groups = {group: [page(*entry) for entry in entries] for group, entries in MENU.items()}
    chosen = st.navigation(groups, expanded=True)
    st.set_page_config(page_title=f"{chosen.title} · {title}")
    codes = plans()
    if not codes:
        empty("账中还没有方案。", "请在命令行运行：guatu load 方案文件夹，然后刷新本页。")
        return
    at = choose(codes)
    set_desk(at)
    outbox().look_at((at.plan.code, at.plan.practice_now))
    say_what_was_done()
    chosen.run()


run()
