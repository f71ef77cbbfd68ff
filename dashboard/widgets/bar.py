"""The part of the sidebar below the menu: which plan, as of which day, practice data or not."""

from datetime import date

import streamlit as st

from dashboard import wording
from dashboard.ledgers.books import load_plan
from dashboard.posting.plans import clear_practice
from dashboard.settings import current
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import DATE, PLAN, Desk, as_of, library, sit_down
from dashboard.widgets.notice import done


def choose(codes: tuple[str, ...]) -> Desk:
    """Draw the choices and return the desk they make."""
    code = _plan(codes)
    desk = sit_down(code, codes)
    day = _day(desk)
    if desk.is_practice:
        _practice(desk)
    return as_of(desk, day) if day != desk.today else desk


def _plan(codes: tuple[str, ...]) -> str:
    default = current().plan.default
    if len(codes) == 1:
        return codes[0]
    engine = library(current().database.url).engine
    titles = {code: load_plan(engine, code).short_title for code in codes}
    with st.sidebar:
        chosen = choice("方案", codes, PLAN, titles.__getitem__, default=default)
    return chosen or codes[0]


def _day(desk: Desk) -> date:
    chosen = st.sidebar.date_input(
        "统计截止日",
        value=desk.today,
        min_value=desk.plan.issued_on,
        max_value=desk.today,
        key=DATE,
        bind="query-params",
        persist_state="session",
        help="所有页面的数字都截至这一天；选过去的日子，可以看到当时的台账。",
    )
    return chosen if isinstance(chosen, date) else desk.today


def _practice(desk: Desk) -> None:
    with st.sidebar.container(border=True):
        st.html(
            '<p style="margin:0"><span class="g-practice">演示数据</span></p>'
            "<p style='margin:.4rem 0 0'>进展、问题、站点均为程序生成，供熟悉操作；"
            f"方案内容是真实的。演示日期：{wording.full_day(desk.today)}。</p>"
        )
        if st.button("清除演示数据，只留方案", key="clear_practice", width="stretch"):
            clear_practice(desk.engine, desk.plan.code)
            st.session_state.pop(DATE, None)
            st.query_params.pop(DATE, None)
            done("演示数据已清除，账中只留方案内容。如需再看，可在总览重新载入。")
