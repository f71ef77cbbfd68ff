"""站点台账: which stations are there, and do they meet the standard?"""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from dashboard.access.rights import Right
from dashboard.ledgers.terms import StationState
from dashboard.rules.standards import Check
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import empty, heading, section
from dashboard.widgets.record_choice import adding
from dashboard.widgets.station_sheets import by_sheet
from dashboard.widgets.station_tables import (
    STANDARDS,
    checks_in_order,
    coverage_table,
    filtered,
    kind_counts,
    lists_of,
    station_ledger,
)
from dashboard.widgets.strips import figures


def answer(found: Sequence[Check]) -> str:
    """“登记站点56处：建成40处，其中达标14处、未达标3处、待检查23处；在建4处，计划1处。”."""
    if not found:
        return "站点台账尚无登记。"
    states = Counter(each.state for each in found)
    words = Counter(each.word for each in found)
    judged = [f"{word}{words[word]}处" for word in STANDARDS.values() if words[word]]
    built = f"建成{states[StationState.BUILT]}处"
    of_these = f"，其中{'、'.join(judged)}" if judged else ""
    others = (StationState.BUILDING, StationState.PLANNED, StationState.ENDED)
    rest = [f"{state.label}{states[state]}处" for state in others if states[state]]
    after = f"；{'，'.join(rest)}" if rest else ""
    return f"登记站点{len(found)}处：{built}{of_these}{after}。"


at = desk()
everything = checks_in_order(at)
heading(at, "站点台账", answer(everything))
adding(at, "station", by_sheet(at))

shares = lists_of(at)
if shares or at.sees_all:
    section("应设与达标", "达标率为达标站点数与应设数之比；达标指对照建设标准逐项检查合格")
    coverage_table(at, shares)

if not everything:
    empty(
        "这里将逐处列出站点的位置、面积、人员和达标情况。",
        at.step(Right.EDIT_STATIONS, "请先核定应设名录和选址，再录入站点。"),
    )
    st.stop()
section("站点", "数字为已建成的站点")
figures(kind_counts(at, everything))
shown = filtered(at, everything)
if len(shown) < len(everything):
    st.html(f'<p class="g-quiet" style="margin:0">符合条件的{len(shown)}处</p>')
station_ledger(at, shown)
