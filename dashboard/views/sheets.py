"""填报表: which sheets go out to whom the network does not reach, and what came back in them?"""

import streamlit as st

from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading
from dashboard.widgets.present import may_write
from dashboard.widgets.sheet_downloads import answer_of, asked_list, downloading, wanted
from dashboard.widgets.sheet_left import left_over
from dashboard.widgets.sheet_preview import preview
from dashboard.widgets.sheet_uploads import uploading

at = desk()
found = wanted(at)
heading(at, "填报表", answer_of(at, found))
if may_write(at, "下载、录入填报表"):
    left, right = st.columns([2, 3], gap="large")
    with left:
        downloading(at, found)
    with right:
        came_back = uploading(at)
    if came_back:
        preview(at, came_back)
    left_over(at, came_back)
    if not came_back:
        asked_list(at, found)
