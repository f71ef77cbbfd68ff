"""站点导入导出: what does the book of stations hold, and what would the filled one change?"""

import streamlit as st

from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading
from dashboard.widgets.present import may_write
from dashboard.widgets.station_preview import preview
from dashboard.widgets.station_sheets import answer_of, back_to_ledger, downloading, uploading

at = desk()
heading(at, "站点导入导出", answer_of(at))
back_to_ledger(at)
if may_write(at, "下载、上传站点台账表"):
    left, right = st.columns([2, 3], gap="large")
    with left:
        downloading(at)
    with right:
        came_back = uploading(at)
    if came_back is not None:
        preview(at, came_back)
