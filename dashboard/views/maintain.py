"""台账维护: the ledgers that the office keeps, to choose a row from or to add one."""

import streamlit as st

from dashboard.ledgers.shape import row_word
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading
from dashboard.widgets.listed_hosts import ledger_page
from dashboard.widgets.present import may_write
from dashboard.widgets.record_choice import choose_ledger, find, grid, links, may_add, new_address
from dashboard.widgets.table import link

at = desk()
heading(at, "台账维护", "选一本台账，再选一条查看、修改；方案原文不能改写，每次改动都留痕。")
left, right = st.columns(2)
with left:
    ledger = choose_ledger(at)
with right:
    wanted = find(ledger)
word = row_word(ledger)
if may_add(at, ledger) and may_write(at, f"新增{word}"):
    links([link(f"新增{word}", new_address(at, ledger))])
if ledger == "listed_host":
    ledger_page(at, wanted)
else:
    grid(at, ledger, wanted)
