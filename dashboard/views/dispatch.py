"""周调度: what does this week's meeting have to deal with, and how far has it come?"""

import streamlit as st

from dashboard.access.rights import Right
from dashboard.widgets.desk import desk
from dashboard.widgets.dispatch_frame import frame_of
from dashboard.widgets.dispatch_opening import (
    answer_of,
    choose_round,
    contents,
    meeting_of,
    part,
    times_line,
)
from dashboard.widgets.dispatch_parts import (
    changes_part,
    decisions_part,
    departments_part,
    due_part,
    intake_part,
    own_decisions_part,
    records_part,
    requests_part,
)
from dashboard.widgets.dispatch_stage import stages, versions_of
from dashboard.widgets.heading import empty, heading
from dashboard.widgets.meeting_course import course_of

at = desk()
top = st.container()
left, right = st.columns([2, 3])
with left:
    chosen = choose_round(at)
if chosen is None:
    with top:
        heading(at, "周调度", "方案启用之前没有调度。")
        empty("这里将列出每周调度要议的事项。", "请把左侧“统计截止日”改到方案启用之后。")
    st.stop()
    raise RuntimeError("st.stop does not return")
meeting = meeting_of(at, chosen)
with top:
    heading(at, "周调度", answer_of(meeting))
with right:
    times_line(at, meeting)
course = course_of(at, meeting)
versions = versions_of(course)
stages(course, versions)
if at.is_empty:
    empty(
        "尚无填报、问题和议定事项，以下各项暂为空。",
        at.step(
            Right.DIRECT, "请从“任务清单”进入事项，填报本次进展；会上议定的事项在会议模式中登记。"
        ),
    )
contents(meeting)
frame_of(course, versions)

part(1, "先听上次议定事项的落实情况，此前未办结的一并列出")
decisions_part(at, meeting)
part(2, "与上次调度相比，每项附原因；距时限天数算到数据截止日")
changes_part(at, meeting)
part(3, "尚未完成的事项，按时限先后")
due_part(at, meeting)
part(4)
records_part(at, meeting)
part(5, f"{at.plan.level}级层面需要出面协调的事项，按时限先后")
requests_part(at, meeting)
part(6, "按单位顺序排列，不作排名")
departments_part(at, meeting)
part(7)
intake_part(meeting)
part(8, at.step(Right.MEET, "登记后即列入下次调度的第一项"))
own_decisions_part(course)
