"""填报负担: how much was asked of whom, and how long did filings wait?"""

import streamlit as st

from dashboard.widgets.bulletin_opening import choose_month
from dashboard.widgets.burden_parts import (
    ROWS,
    account_of,
    answer_of,
    burden_picture,
    chosen_rows,
    numbers,
    repeated_table,
    rows_table,
    toll_table,
)
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import empty, heading, section

at = desk()
top = st.container()  # the sentence stands above the choice that makes it
with st.columns([2, 5])[0]:
    month = choose_month(at)
with top:
    heading(at, "填报负担", answer_of(account_of(at, month)) if month else "尚未启用。")
if month:
    account = account_of(at, month)
    if account.found.month.asked:
        numbers(account)
        section("各单位应报项次", "按单位顺序排列；一个事项在一次调度中应报，计一项次")
        burden_picture(account)
        toll_table(account)
        section("多次要求填报的事项", "本月应报两次及以上的，可考虑减少频次或合并")
        repeated_table(account)
        section("每项每次", "上面的数字都由此得出；迟报、未报可在“情况”中筛选", anchor=ROWS)
        rows_table(account, chosen_rows(account))
    else:
        empty("这个月没有要求填报的事项。", "可在上面另选月份。")
