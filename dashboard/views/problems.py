"""问题清单: what stands in the way, who solves it by when, and when is it closed?"""

import streamlit as st

from dashboard.access.rights import Right, may_some
from dashboard.ledgers import records as r
from dashboard.posting.problem_steps import RIGHTS
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading, section
from dashboard.widgets.paper_links import ledger_links
from dashboard.widgets.problem_forms import raise_form
from dashboard.widgets.problem_parts import answer_of, chosen, numbers, problem_table

at = desk()
heading(at, "问题清单", answer_of(at))
held = at.books.all(r.Problem)
if may_some(at.viewer, Right.RAISE_PROBLEM):
    with st.expander("登记问题", expanded=not held):
        raise_form(at)
if held:
    numbers(at)
    found = chosen(at)
    some = "" if len(found) == len(held) else f"筛选出{len(found)}件，序号为全部问题中的序号；"
    acts = any(may_some(at.viewer, right) for right in set(RIGHTS.values()))
    act = "查看、办理" if acts else "查看详情"
    section("问题清单及解决方案", f"{some}点问题描述可{act}")
    problem_table(at, found)
    ledger_links(at, "problems")
else:
    problem_table(at, ())
