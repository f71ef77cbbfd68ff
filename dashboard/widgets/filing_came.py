"""代录: for which unit the office files, and by what way, from which post and when it came."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import FilingWay
from dashboard.rules.asking import UnitAsks
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.filing_paper import Came
from dashboard.widgets.filing_units import is_many
from dashboard.widgets.links import address
from dashboard.widgets.receipt import choose_receipt, choose_way

_WAYS = (FilingWay.TELEPHONE, FilingWay.MESSAGE, FilingWay.PAPER, FilingWay.SELF)
LINE = "line"
"""The address's name for the item to which a link leads."""


def filing_address(desk: Desk, line: r.ReportingLine) -> str:
    """The page of filing, opened at one line."""
    return address(desk, "filing", **{LINE: line.code})


def choose_unit(desk: Desk, place: DeltaGenerator, units: Sequence[UnitAsks]) -> UnitAsks | None:
    """One of the units that file, those with something due first.

    None where none files, and in a large plan until one is chosen.
    """
    held_by = {each.unit.code: each for each in units}
    codes = sorted(held_by, key=lambda code: not held_by[code].to_file)
    named = desk.books.find(r.ReportingLine, st.query_params.get(LINE))
    if held := st.session_state.get("choice_unit"):
        st.session_state["choice_unit"] = held  # else the box goes on showing its old number
    with place:
        chosen = choice(
            "单位",
            codes,
            "unit",
            lambda code: _unit_words(held_by[code]),
            default=named.unit if named else None,
            everything="全部单位" if is_many(units) else None,
        )
    return held_by.get(chosen or "")


def _unit_words(each: UnitAsks) -> str:
    name, due = each.unit.name, len(each.to_file)
    return f"{name}（待填报{due}项）" if due else name


Places = Sequence[DeltaGenerator]
"""Where the choices stand: unit, way, post and time side by side."""


def how_it_came(desk: Desk, unit: r.Unit, places: Places) -> Came:
    """By what way, from which post, and when: just now unless told otherwise."""
    left, middle, right = places
    way = choose_way(left, _WAYS, "filing")
    post = middle.text_input("报送岗位", value=f"{unit.name}联络员", key=f"filing_post_{unit.code}")
    received_at = choose_receipt(desk, right, "filing")
    return Came(way, post.strip() or f"{unit.name}联络员", received_at)
