"""Whether the present is being looked at: a past day is only read."""

from html import escape

import streamlit as st

from dashboard import wording
from dashboard.widgets.desk import Desk


def may_write(desk: Desk, act: str) -> bool:
    """Whether forms may be shown; where a past day is looked at, say how to come back."""
    if desk.day == desk.today:
        return True
    now, then = wording.full_day(desk.today), wording.full_day(desk.day)
    told = f"正在查看{then}的台账。{act}请先把左侧“统计截止日”改为{now}。"
    st.html(f'<p class="g-empty">{escape(told)}</p>')
    return False
