"""Where pages offer the wall chart: one quiet line with the sizes of paper, for whoever may."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.access.rights import Right
from dashboard.widgets.desk import Desk
from dashboard.widgets.table import Markup, lines

SIZES = ("A1", "A2", "A3", "A0")
"""The sizes that offices can have printed, the usual one first."""


def wall_links(desk: Desk) -> None:
    """Draw the line; nothing for who may not export the whole plan."""
    if desk.may(Right.EXPORT):
        st.html(f'<p class="g-quiet g-links">作战图（PDF，供张贴）：{_sizes(desk)}</p>')


def wall_cell(desk: Desk) -> Markup:
    """The sizes one below the other, as a table's cell."""
    return lines(*(Markup(_file(desk, size, f"{size}纸（.pdf）")) for size in SIZES))


def _sizes(desk: Desk) -> str:
    return "　".join(_file(desk, size, size) for size in SIZES)


def _file(desk: Desk, size: str, words: str) -> str:
    query = {"plan": desk.plan.code, "date": desk.day.isoformat(), "paper": size}
    to = escape(f"/files/wallchart.pdf?{urlencode(query)}")
    return f'<a href="{to}" target="_self">{escape(words)}</a>'
