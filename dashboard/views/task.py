"""事项详情: one task on one page, with its history, and the forms to report on it."""

from html import escape

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.widgets.desk import desk
from dashboard.widgets.extension_form import extension_form
from dashboard.widgets.extension_table import deadline_table
from dashboard.widgets.filing_closing import filing_part
from dashboard.widgets.heading import empty, heading, section
from dashboard.widgets.record_words import history_table
from dashboard.widgets.review_forms import review_forms
from dashboard.widgets.task_arrangements import (
    milestones,
    reporting_lines,
    role_table,
    ways,
)
from dashboard.widgets.task_panel import (
    answer,
    choose_task,
    filings_table,
    history_picture,
    item_table,
    problem_table,
)

at = desk()
top = st.container()  # the title stands above the choice that makes it
task = choose_task(at)
if task is None:
    empty("没有这项任务。", "请从任务清单中选择。")
    st.stop()
    raise RuntimeError("st.stop does not return")

with top:
    heading(at, task.task.title, answer(task))
    clause = at.books.get(r.Clause, task.task.clause)
    st.html(f'<p class="g-asof">{escape(f"依据条款：{clause.code}　{clause.title}")}</p>')
    ways(at, task.task)
filed = at.filings_of(task.task.code)
history_picture(at, task, filed)
section("措施和指标", "数据来源为汇总单位的填报或站点台账")
item_table(at, task)
section("责任单位", "原文怎样写，这里就怎样列")
role_table(at, task)
section("时限", "每个时限都注明来源；前后不一致的都列出，按较严的执行；延期的仍列原时限")
deadline_table(at, task)
extension_form(at, task)
milestones(at, task)
reporting_lines(at, task)
section("历次填报")
filings_table(at, filed)
review_forms(at, filed)
section("相关问题")
problem_table(at, at.books.by(r.Problem, "task")[task.task.code])
filing_part(at, task)
section("修改留痕", "本任务的修改；措施、时限等的修改见各自的记录")
history_table(at, task.task, at.changes_of("task", task.task.code))
