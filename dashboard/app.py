"""The Streamlit script: frame and menu, then the page that the address names."""

from pathlib import Path

import streamlit as st

from dashboard.access.scope import plans_open_to
from dashboard.access.viewer import Viewer
from dashboard.settings import current
from dashboard.widgets.bar import choose, who_is_here
from dashboard.widgets.desk import engine, plans, set_desk
from dashboard.widgets.door import at_the_door, open_door, turn_away
from dashboard.widgets.frame import frame
from dashboard.widgets.heading import empty
from dashboard.widgets.import_list import begin
from dashboard.widgets.menu import PAGES, Page, home_of, is_open, menu_of, title_of
from dashboard.widgets.notice import outbox, say_what_was_done

HERE = Path(__file__).resolve().parent


def page_of(viewer: Viewer, page: Page, home: str, *, is_shown: bool = True) -> st.Page:
    """One page as Streamlit knows it."""
    return st.Page(
        f"views/{page.name}.py",
        title=title_of(viewer, page),
        url_path=page.name,
        default=page.name == home,
        visibility="visible" if page.is_listed and is_shown else "hidden",
    )


def pages_of(viewer: Viewer, home: str) -> dict[str, list[st.Page]]:
    """The viewer's menu; the addresses of all other pages are known too, and lead to a refusal."""
    groups = {
        group: [page_of(viewer, each, home) for each in pages]
        for group, pages in menu_of(viewer).items()
    }
    closed = [page for page in PAGES.values() if not is_open(viewer, page)]
    next(iter(groups.values())).extend(
        page_of(viewer, page, home, is_shown=False) for page in closed
    )
    return groups


def run() -> None:
    """Draw the frame and the page."""
    title = current().office.title
    st.set_page_config(
        page_icon=str(HERE / "static" / "favicon.png"), layout="wide", initial_sidebar_state=220
    )
    frame(title)
    viewer = at_the_door(engine())
    if viewer is None or viewer.must_change:
        turn_away(viewer)
        return
    if not menu_of(viewer):
        empty(f"{viewer.role.label}没有可以查看的页面。", "请与系统管理员联系。")
        who_is_here(engine(), viewer)
        return
    home = home_of(viewer)
    chosen = st.navigation(pages_of(viewer, home), expanded=True)
    st.set_page_config(page_title=f"{chosen.title} · {title}")
    page = PAGES[chosen.url_path or home]
    who_is_here(engine(), viewer)
    is_ready = open_door(engine(), viewer, page) and lay_out(viewer, page)
    if is_ready:
        say_what_was_done(page.name)
        chosen.run()


def lay_out(viewer: Viewer, page: Page) -> bool:
    """Put the desk that the page needs before it; whether the page can run."""
    if not page.of_plan:
        return True
    held = plans()
    codes = plans_open_to(viewer, held)
    if not codes and held:
        empty("本账号尚未指定所属单位。", "请与系统管理员联系。")
        return False
    if not codes:
        begin(viewer)
        return False
    at = choose(viewer, {code: held[code] for code in codes})
    set_desk(at)
    outbox().look_at((at.plan.code, at.plan.practice_now))
    return True


run()
