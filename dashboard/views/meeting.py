"""会议模式: one point at a time for the room, with what is decided on it."""

import streamlit as st

from dashboard.widgets.desk import desk
from dashboard.widgets.heading import empty, heading
from dashboard.widgets.meeting_acts import acts, decision
from dashboard.widgets.meeting_point import point_body
from dashboard.widgets.meeting_walk import follow, sitting, top_line

at = sitting(desk())
if at is None:
    heading(desk(), "会议模式", "本次调度没有要上会的议题。")
    empty("这里逐项显示周调度的议题。", "请回到“周调度”准备议程。")
    st.stop()
    raise RuntimeError("st.stop does not return")
top_line(at)
point_body(at.desk, at.meeting, at.point)
decision(at)
follow(at.desk)
acts(at)
