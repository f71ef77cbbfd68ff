"""Figures in a row: lights with their numbers, or a few numbers with their names."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from dashboard.rules.verdicts import Light
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address
from dashboard.widgets.table import Cell, light_mark, markup

DISPLAY = (Light.BLUE, Light.GREEN, Light.YELLOW, Light.RED, Light.WHITE, Light.GREY)
"""The lights as officials list them."""


def light_strip(desk: Desk, found: Mapping[Light, int]) -> None:
    """How many tasks have which light; each number leads to its rows."""
    cells = []
    for light in DISPLAY:
        to = escape(address(desk, "tasks", light=light.value))
        name = light_mark(desk.settings, light).html
        number = found.get(light, 0)
        cells.append(
            f'<div><dt>{name}</dt><dd><a href="{to}" target="_self">{number}</a></dd></div>'
        )
    st.html(f'<dl class="g-figures g-links">{"".join(cells)}</dl>')


def figures(pairs: Sequence[tuple[str, Cell]]) -> None:
    """A few numbers with their names."""
    cells = [f"<div><dt>{escape(name)}</dt><dd>{markup(cell)}</dd></div>" for name, cell in pairs]
    st.html(f'<dl class="g-figures g-links">{"".join(cells)}</dl>')
