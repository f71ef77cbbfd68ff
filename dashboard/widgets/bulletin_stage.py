"""Which side of the 月通报 is looked at: the month's figures, its draft, or what was issued."""

import streamlit as st

from dashboard.access.rights import Right
from dashboard.widgets.choice import is_new_address
from dashboard.widgets.desk import Desk

FIGURES, DRAFT, ISSUED = "figures", "draft", "issued"
_NAMES = {FIGURES: "月度数字", DRAFT: "通报文稿", ISSUED: "历期通报"}
_KEY = "bulletin_show"


def choose_side(desk: Desk) -> str:
    """The side that the address names under `show`; only who issues bulletins has a draft."""
    offered = [each for each in _NAMES if each != DRAFT or desk.may(Right.PUBLISH)]
    wanted = st.query_params.get("show", FIGURES)
    if is_new_address("show") or st.session_state.get(_KEY) not in offered:
        st.session_state[_KEY] = wanted if wanted in offered else FIGURES
    chosen = st.segmented_control(
        "内容",
        offered,
        format_func=_NAMES.__getitem__,
        key=_KEY,
        on_change=_write,
        label_visibility="collapsed",
        required=True,
    )
    return chosen or FIGURES


def _write() -> None:
    chosen = st.session_state.get(_KEY)
    if chosen in (None, FIGURES):
        st.query_params.pop("show", None)
    else:
        st.query_params["show"] = str(chosen)
