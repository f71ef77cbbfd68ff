"""两周对比: what changed between any two dispatches?"""

import streamlit as st

from dashboard.widgets.compare_parts import (
    answer_of,
    choose_pair,
    cuts_line,
    decisions_part,
    filings_part,
    lights_part,
    moved_part,
    turned_part,
    why_none,
)
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import empty, heading

at = desk()
top = st.container()
pair = choose_pair(at)
if pair is None:
    with top:
        heading(at, "两周对比", why_none(at))
    empty("这里将对比任意两次调度的亮灯、进展、填报和议定事项。", "")
    st.stop()
    raise RuntimeError("st.stop does not return")
with top:
    heading(at, "两周对比", answer_of(pair))
cuts_line(at, pair)
lights_part(at, pair)
turned_part(at, pair)
moved_part(at, pair)
filings_part(at, pair)
decisions_part(at, pair)
