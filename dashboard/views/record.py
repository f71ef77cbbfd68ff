"""记录详情: one row of any ledger, what it says, who changed it, and the form to change it."""

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import row_word
from dashboard.posting.editable import EDITABLE, right_for
from dashboard.rules.names import name_of
from dashboard.widgets.denominator import list_parts
from dashboard.widgets.desk import desk
from dashboard.widgets.handling_course import handling
from dashboard.widgets.heading import empty, heading, section
from dashboard.widgets.problem_course import course
from dashboard.widgets.record_choice import ledger_named, may_add, row_named, way_back
from dashboard.widgets.record_form import change_form, gone_form
from dashboard.widgets.record_links import fixed_words, locked_words
from dashboard.widgets.record_new import new_form
from dashboard.widgets.record_undo import undo_button
from dashboard.widgets.record_words import PURPOSES, field_table, history_table
from dashboard.widgets.source_parts import source_links

at = desk()
ledger, code = ledger_named(at), st.query_params.get("code")
word, row = row_word(ledger), row_named(at, ledger)
is_told = code and (row is not None or may_add(at, ledger))
changes = at.changes_of(ledger, code) if code and is_told else ()

if row is not None:
    heading(at, word, name_of(at.books, row))
    way_back(at, ledger, row, source_links(at, row))
    if isinstance(row, r.Problem):
        course(at, row, changes)
    if isinstance(row, r.Directive | r.Supervision):
        handling(at, row, changes)
    section("内容", fixed_words(ledger))
    field_table(at, row)
    if isinstance(row, r.HostList):
        list_parts(at, row)
    if ledger in EDITABLE and at.may(right_for(row)):
        section("修改", f"{locked_words(at, row)}每次改动都留痕")
        change_form(at, row)
elif code is None and may_add(at, ledger):
    heading(at, f"新增{word}", PURPOSES[ledger])
    way_back(at, ledger, None)
    new_form(at, ledger)
else:
    heading(at, word, "没有这条记录，或不在您的查看范围内。")
    way_back(at, ledger, None)
    empty("没有找到这条记录。", "可能已撤销，或编号有误；请从清单中选择。")
    gone_form(at, ledger, code)

if is_told:
    section("修改留痕", "谁、何时、由什么改为什么")
    history_table(at, row, changes)
    if row is not None:
        undo_button(at, row, changes)
