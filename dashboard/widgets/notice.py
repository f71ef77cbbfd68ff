"""Messages: what was done, after the page is drawn anew; what was refused, beside its form."""

import streamlit as st

from dashboard.ledgers.shape import label_of
from dashboard.posting.faults import RefusedError

_DONE = "done"


def done(message: str) -> None:
    """Draw the page anew and say there what was done."""
    st.session_state[_DONE] = message
    st.rerun()


def say_what_was_done() -> None:
    """Say what the last act did, once."""
    message = st.session_state.pop(_DONE, None)
    if message:
        st.success(message)


def say_refused(refused: RefusedError) -> None:
    """Say beside a form which field was refused, and the cure."""
    for fault in refused.faults:
        field = f"“{label_of(fault.ledger, fault.field)}”" if fault.field else ""
        st.error(f"没有保存。{field}{fault.message}。")
