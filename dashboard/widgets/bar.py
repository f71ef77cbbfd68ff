"""The part of the sidebar below the menu: plan and day, practice data or not, who is here."""

from collections.abc import Mapping
from datetime import date
from html import escape

import streamlit as st
from sqlalchemy import Engine

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.posting.plans import clear_practice, left_words, real_rows
from dashboard.settings import current
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import DATE, PLAN, Desk, as_of, sit_down, titles_of
from dashboard.widgets.door import elsewhere
from dashboard.widgets.notice import REFUSALS, done, say_refused

_PLAN_SEEN = "plan_seen"
_TODAY = "today_seen"


def choose(viewer: Viewer, plans: Mapping[str, r.Plan]) -> Desk:
    """Draw the choices among the plans open to the viewer and return the desk they make."""
    desk = sit_down(viewer, plans[_plan(plans)], plans)
    day = _day(desk)
    if desk.is_practice:
        _practice(desk)
    return as_of(desk, day) if day != desk.today else desk


def _plan(plans: Mapping[str, r.Plan]) -> str:
    codes = tuple(plans)
    if len(codes) == 1:
        return codes[0]
    before = st.session_state.get(_PLAN_SEEN, current().plan.default)
    with st.sidebar:
        chosen = choice("方案", codes, PLAN, titles_of(plans).__getitem__, default=before)
    code = chosen or codes[0]
    st.session_state[_PLAN_SEEN] = code
    if st.query_params.get(PLAN) != code:
        st.query_params[PLAN] = code  # the menu's links carry no plan; a bookmark must
    return code


def _day(desk: Desk) -> date:
    _follow_today(desk.today)
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


def _follow_today(today: date) -> None:
    """Who looked at the present goes on doing so past midnight, and in another plan."""
    before = st.session_state.get(_TODAY)
    if before not in (None, today) and st.session_state.get(DATE) == before:
        st.session_state[DATE] = today  # set, not left out: the browser would keep its old day
        st.query_params.pop(DATE, None)
    st.session_state[_TODAY] = today


def _practice(desk: Desk) -> None:
    with st.sidebar.container():
        st.html('<p style="margin:0"><span class="g-practice">演示数据</span></p>')
        made = "仅供熟悉操作：进展、问题、站点均为程序生成，方案内容是真实的。"
        said = f"{made}清除后，方案和正式记录保留。"
        today = f"演示日期：{wording.full_day(desk.today)}。"
        if not desk.may(Right.PRACTISE):
            st.caption(f"{said}{today}")
        elif st.button(
            "清除演示数据", key="clear_practice", width="stretch", help=f"{said}{today}"
        ):
            try:
                clear_practice(desk.engine, desk.viewer, desk.plan.code)
            except REFUSALS as refused:
                say_refused(refused)
                return
            st.session_state[_TODAY] = st.session_state.get(DATE)  # no day is chosen any more
            done(_cleared_words(desk))


def _cleared_words(desk: Desk) -> str:
    said = f"演示数据已清除，{left_words(desk.engine, desk.plan.code)}。"
    # Practice data do not go in beside real records.
    is_bare = not real_rows(desk.engine, desk.plan.code)
    return f"{said}如需再看，可在总览重新载入。" if is_bare else said


def who_is_here(engine: Engine, viewer: Viewer) -> None:
    """Say as whom one is logged in, and the ways to the account and out."""
    if viewer.account is None:
        st.sidebar.html('<p class="g-quiet" style="margin:0">单机模式</p>')
        return
    also = elsewhere(engine, viewer, current())
    more = f'<br><a href="/account" target="_self">另有{also}处登录</a>' if also else ""
    st.sidebar.html(
        f'<p class="g-links" style="margin:0">{escape(viewer.post)}'
        f'<br><span class="g-quiet">{viewer.role.label}　{escape(viewer.account)}</span>'
        '<br><a href="/account" target="_self">我的账号</a>　'
        f'<a href="/logout" target="_self">退出</a>{more}</p>'
    )
