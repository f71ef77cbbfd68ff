"""月通报: how did the month go, beside the month before?"""

import streamlit as st

from dashboard.widgets.bulletin_archive import archive_part
from dashboard.widgets.bulletin_opening import answer_of, choose_month, cut_line, issue_of
from dashboard.widgets.bulletin_sides import drafting_side, figures_side
from dashboard.widgets.bulletin_stage import DRAFT, FIGURES, choose_side
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import empty, heading, section

at = desk()
top = st.container()
left, right = st.columns([1, 3])
with left:
    chosen = choose_month(at)
if chosen is None:
    with top:
        heading(at, "月通报", "方案启用之前没有月度数字。")
        empty("这里将列出每月的进展数字。", "请把左侧“统计截止日”改到方案启用之后。")
    st.stop()
    raise RuntimeError("st.stop does not return")
issue = issue_of(at, chosen)
with top:
    heading(at, "月通报", answer_of(issue))
with right:
    cut_line(issue)

side = choose_side(at)
if side == FIGURES:
    figures_side(at, issue)
elif side == DRAFT:
    drafting_side(at, chosen)
else:
    section("历期通报", "按印发先后，最近的在前")
    archive_part(at)
