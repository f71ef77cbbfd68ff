"""我的填报: what is due from my units in this round, what was returned, what comes next?"""

import streamlit as st

from dashboard.widgets.desk import desk
from dashboard.widgets.filing_page import (
    asks_of_others,
    file_here,
    is_for_others,
    lead_to_problems,
    own,
    own_asks,
)
from dashboard.widgets.filing_words import sentence, whose
from dashboard.widgets.handed_list import handed_here
from dashboard.widgets.heading import heading

at = desk()
if is_for_others(at):
    top = st.container()  # the sentence stands above the choice of the unit that makes it
    asks, came = asks_of_others(at)
    with top:
        heading(at, "代录填报", f"{whose(at, asks)}{sentence(at, asks)}")
else:
    asks, came = own_asks(at), own(at)
    heading(at, "我的填报", sentence(at, asks))
    lead_to_problems(at)
    handed_here(at)
file_here(at, asks, came)
