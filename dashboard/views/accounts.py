"""单位与账号: who may log in, as what, and for which unit?"""

import streamlit as st
from sqlalchemy import Engine

from dashboard.access.account_list import AccountRow, Speaker, accounts, speakers, unspoken
from dashboard.access.rights import Right, may_some
from dashboard.access.sign_ins import rules_of
from dashboard.access.viewer import Viewer
from dashboard.rules.calendar import Clock
from dashboard.settings import current
from dashboard.widgets.account_changes import change_one
from dashboard.widgets.account_first import explain, first_account
from dashboard.widgets.account_forms import Register, add_form, many_form
from dashboard.widgets.account_starts import show_starts
from dashboard.widgets.account_table import account_table, answer, names_of, say
from dashboard.widgets.desk import engine
from dashboard.widgets.door import at_the_door
from dashboard.widgets.heading import section
from dashboard.widgets.unit_ledger import unit_ledger


def manage(books: Engine, viewer: Viewer) -> None:
    """The administrator's part, or the way to the first account."""
    now = Clock().now()
    rows, units = accounts(books, rules_of(current()), now), speakers(books)
    missing = unspoken(units, rows)
    say(answer(rows, missing))
    if not rows:
        explain()
        first_account(books, viewer)
    elif not show_starts():
        register = Register(books, viewer, names_of(units))
        forms(register, rows, missing)
        section("账号", "按角色排列")
        account_table(rows, register.names, now)


def forms(register: Register, rows: tuple[AccountRow, ...], missing: tuple[Speaker, ...]) -> None:
    """What the administrator can do; the long table stands below."""
    change_one(register, rows)
    with st.expander("新增账号"):
        add_form(register)
    if missing:
        with st.expander(f"为未设账号的{len(missing)}个单位批量建立联络员账号"):
            many_form(register, missing, rows)


who, shelf = at_the_door(engine()), engine()
st.title("单位与账号", anchor=False)
if who and may_some(who, Right.MANAGE_ACCOUNTS):
    manage(shelf, who)
if who and may_some(who, Right.EDIT_UNITS):
    unit_ledger(who)
