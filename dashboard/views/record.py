"""记录详情: one row of any ledger, what it says, who changed it, and the form to change it."""

import streamlit as st

from dashboard.ledgers.shape import TITLES
from dashboard.posting.editable import EDITABLE, right_for
from dashboard.rules.names import name_of
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import empty, heading, section
from dashboard.widgets.record_choice import ledger_named, may_add, row_named, way_back
from dashboard.widgets.record_form import change_form
from dashboard.widgets.record_new import new_form
from dashboard.widgets.record_words import field_table, history_table

at = desk()
ledger, code = ledger_named(), st.query_params.get("code")
title, row = TITLES[ledger], row_named(at, ledger)

if row is not None:
    heading(at, title, name_of(at.books, row))
    way_back(at, ledger, row)
    section("内容")
    field_table(at, row)
    if ledger in EDITABLE and at.may(right_for(row)):
        section("修改", "方案原文不能改写；每次改动都留痕")
        change_form(at, row)
elif code is None and may_add(at, ledger):
    heading(at, f"新增{title}", "保存后即列入台账；新增和以后的修改都留痕。")
    way_back(at, ledger, None)
    new_form(at, ledger)
else:
    heading(at, title, "没有这一行，或不在您的查看范围内。")
    empty("没有找到这一行。", "请从清单中选择。")

if code and (row is not None or may_add(at, ledger)):
    section("修改留痕", "谁、何时、由什么改为什么")
    history_table(at, row, at.changes_of(ledger, code))
