"""月通报: how did the month go, beside the month before?"""

import streamlit as st

from dashboard.access.rights import Right
from dashboard.widgets.bulletin_opening import (
    answer_of,
    choose_month,
    cut_line,
    issue_of,
    overall_part,
)
from dashboard.widgets.bulletin_parts import (
    behind_part,
    filings_part,
    indicators_part,
    problems_part,
    tasks_part,
    towns_part,
)
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

if at.is_empty:
    empty("尚无填报，以下数字暂为空。", at.step(Right.FILE, "请从“任务清单”进入事项，填报进展。"))
section("总体进展", "任务按亮灯分，百分数为占全部任务的比例")
overall_part(issue)
section("滞后与逾期任务")
behind_part(issue)
section("重点指标", "不同计量单位的指标不作合计和平均")
indicators_part(issue)
section("问题清单")
problems_part(issue)
section("报送情况")
filings_part(at, issue)
section("各镇街站点", "按镇街顺序排列，不作排名")
towns_part(issue)
section("重点任务进展情况表")
tasks_part(issue)
