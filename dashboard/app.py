"""The Streamlit script: frame and menu, then the page that the address names."""

from pathlib import Path

import streamlit as st

from dashboard.settings import current
from dashboard.widgets.bar import choose
from dashboard.widgets.desk import engine, plans, set_desk
from dashboard.widgets.door import at_the_door, turn_away
from dashboard.widgets.frame import frame
from dashboard.widgets.heading import empty
from dashboard.widgets.menu import Page, home_of, menu_of
from dashboard.widgets.notice import outbox, say_what_was_done

HERE = Path(__file__).resolve().parent


def page_of(page: Page, home: str) -> st.Page:
    """One page as Streamlit knows it."""
    return st.Page(
        HERE / "views" / f"{page.name}.py",
        title=page.title,
        url_path=page.name,
        default=page.name == home,
        visibility="visible" if page.is_listed else "hidden",
    )


def run() -> None:
    """Draw the frame and the page."""
    title = current().office.title
    st.set_page_config(
        page_icon=str(HERE / "static" / "favicon.png"), layout="wide", initial_sidebar_state=220
    )
    frame(title)
    viewer = at_the_door(engine())
    if viewer is None:
        turn_away()
        return
    home = home_of(viewer)
    groups = {
        group: [page_of(each, home) for each in pages] for group, pages in menu_of(viewer).items()
    }
    chosen = st.navigation(groups, expanded=True)
    st.set_page_config(page_title=f"{chosen.title} · {title}")
    codes = plans()
    if not codes:
        empty("账中还没有方案。", "请在命令行运行：guatu load 方案文件夹，然后刷新本页。")
        return
    at = choose(viewer, codes)
    set_desk(at)
    outbox().look_at((at.plan.code, at.plan.practice_now))
    say_what_was_done()
    chosen.run()


run()
