"""By what way and when something reached the office that enters it for a unit (代录)."""

from collections.abc import Sequence
from datetime import date, datetime, time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.ledgers.terms import FilingWay
from dashboard.posting.plans import now_of
from dashboard.rules.calendar import at_time
from dashboard.widgets.desk import Desk
from dashboard.wording import SHANGHAI


def choose_way(place: DeltaGenerator, ways: Sequence[FilingWay], key: str) -> FilingWay:
    """One of the ways, the first unless told otherwise."""
    chosen = place.selectbox(
        "报送方式", list(ways), format_func=lambda each: each.label, key=f"{key}_way"
    )
    return chosen or ways[0]


def choose_receipt(desk: Desk, place: DeltaGenerator, key: str) -> datetime | None:
    """When it came, by which lateness goes; None for just now.

    The day is none ahead; the time of today may be, and is refused or cut by who asks.
    """
    earlier = place.checkbox(
        "不是刚收到的", key=f"{key}_earlier", help="是否迟报，以收到时间为准。"
    )
    if not earlier:
        return None
    now = now_of(desk.plan).astimezone(SHANGHAI)
    left, right = st.columns(2)
    on = left.date_input("收到日期", value=now.date(), max_value=now.date(), key=f"{key}_on")
    first = time(now.hour, now.minute)
    at = right.time_input("收到时间", value=first, step=300, key=f"{key}_at")
    return at_time(on, at) if isinstance(on, date) and at else None
