"""会议室大屏: how the plan stands, for a whole room to read, and by itself always up to date."""

import streamlit as st

from dashboard.widgets.desk import desk
from dashboard.widgets.wall_lists import behind, gaps, week
from dashboard.widgets.wall_map import wall_map, wall_view
from dashboard.widgets.wall_screen import answer, foot, head, lights

at = desk()
view = wall_view(at)
with st.container(key="wall"):
    head(at)
    answer(at)
    with st.container(key="wall_body"):
        with st.container(key="wall_left"):
            if view:
                wall_map(at, view)
            else:
                behind(at)
        with st.container(key="wall_right"):
            lights(at)
            if view:
                gaps(at)
            week(at)
    foot(at)
