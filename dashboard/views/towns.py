"""镇街进度: how far is each town with what the plan asks of towns?"""

import streamlit as st

from dashboard.access.rights import Right
from dashboard.rules.town_matrix import town_matrix, towns_sentence
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import empty, heading, section
from dashboard.widgets.keeping import kept
from dashboard.widgets.town_table import requirements_table, town_table
from dashboard.widgets.wall_links import wall_links

at = desk()
matrix = kept("towns", at.version, lambda: town_matrix(at.judgement))
if not matrix.rows:
    heading(at, "镇街进度", "镇街名单尚未录入。")
    empty("这里将按镇街列出各项要求的进度。", "请先在方案文件夹的单位表中录入镇街。")
    st.stop()

heading(at, "镇街进度", towns_sentence(at.judgement, matrix))
if at.is_empty:
    empty(
        "站点和讲座都还没有记录。",
        at.step(Right.FILE, "请先核定应设名录；镇街讲座在“事项详情”中填报。"),
    )
section("各镇街", "按办公室名单顺序，不作排名；讲座数为镇街分报、已审核的数，汇总单位报的数见指标")
town_table(at, matrix)
wall_links(at)
section("各项要求的口径")
requirements_table(matrix)
