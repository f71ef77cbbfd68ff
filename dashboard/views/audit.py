"""审计记录: who did what, from where, and is the record whole?"""

import streamlit as st

from dashboard.access.audit import events
from dashboard.widgets.audit_parts import (
    actions,
    answer,
    chain,
    event_table,
    page_number,
    wanted,
)
from dashboard.widgets.desk import engine
from dashboard.widgets.table import PAGE_ROWS

books = engine()
head = st.container()
asked = wanted(books)
checked = chain(books)
total = events(books, asked, limit=0).total
top = st.container()
found = events(books, asked, page=page_number(total), limit=PAGE_ROWS)
with head:
    answer(asked, found, checked)
with top:
    actions(asked)
    event_table(found.rows)
