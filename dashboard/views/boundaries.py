"""区域边界: which boundaries does the map draw, where from, and may they be replaced?"""

import streamlit as st

from dashboard.widgets.boundary_facts import answer, facts, withdrawing
from dashboard.widgets.boundary_preview import preview, taken_in
from dashboard.widgets.boundary_upload import uploading
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading
from dashboard.widgets.present import may_write

at = desk()
heading(at, "区域边界", answer(at))
left, right = st.columns([3, 2], gap="large")
with right:
    given = uploading(at) if may_write(at, "载入、撤下边界") else None
    found = taken_in(at, given) if given else None
with left:
    if given is None:
        facts(at)
        withdrawing(at)
    elif found:
        preview(at, found)
