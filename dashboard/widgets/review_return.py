"""Returning one filing: a usual reason to pick and edit, or one's own words."""

import streamlit as st

from dashboard.ledgers.terms import ReviewVerdict
from dashboard.posting.reviews import review_filing
from dashboard.rules.pending import Look
from dashboard.widgets.desk import Desk
from dashboard.widgets.notice import outbox, post

_RETURNING = "review_returning"


def return_button(look: Look) -> None:
    """Open the form below this row, or close it again."""
    is_open = st.session_state.get(_RETURNING) == look.code
    st.button(
        "不退回" if is_open else "退回",
        key=f"return_{look.code}",
        help=f"退回“{look.title}”",
        on_click=_turn_to,
        args=(None if is_open else look.code,),
    )


def _turn_to(code: str | None) -> None:
    st.session_state[_RETURNING] = code


def return_form(desk: Desk, look: Look) -> None:
    """The form for the reason, drawn below the row that is to be returned."""
    if st.session_state.get(_RETURNING) != look.code:
        return
    turn = outbox().turn("review")
    words = f"return_words_{look.code}_{turn}"
    pick = f"return_pick_{look.code}_{turn}"
    with st.container(border=True):
        st.selectbox(
            "常用理由",
            desk.settings.review.reasons,
            index=None,
            placeholder="可选一条，再作修改",
            key=pick,
            on_change=_write,
            args=(pick, words),
        )
        with st.form(f"return_form_{look.code}_{turn}", border=False, enter_to_submit=False):
            opinion = st.text_area(
                f"退回意见（{look.unit.name}“{look.title}”）",
                placeholder="写明哪里要改、怎样改，填报单位会看到",
                key=words,
            )
            if st.form_submit_button("退回这条填报", type="primary"):
                post("review", turn, lambda: _returned(desk, look, opinion))


def _write(pick: str, words: str) -> None:
    chosen = st.session_state.get(pick)
    if chosen:
        st.session_state[words] = chosen


def _returned(desk: Desk, look: Look, opinion: str) -> str:
    given = (desk.engine, desk.viewer, desk.plan.code)
    review_filing(*given, look.code, ReviewVerdict.RETURNED, opinion)
    return f"已退回{look.unit.name}“{look.title}”，退回意见会显示在该单位的填报页。"
