"""站点详情: is this station up to standard, what is missing, and who found it so?"""

import streamlit as st

from dashboard.rules.standards import check, standard_of
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import empty, heading, section
from dashboard.widgets.inspection_form import inspection_form
from dashboard.widgets.links import address
from dashboard.widgets.record_choice import links
from dashboard.widgets.station_parts import (
    answer_of,
    check_table,
    facts,
    station_named,
    visits_table,
    ways,
)
from dashboard.widgets.table import link

at = desk()
station = station_named(at)
if station is None:
    heading(at, "站点详情", "没有这个站点，或不在您的查看范围内。")
    links([link("站点台账", address(at, "stations"))])
    empty("没有找到这个站点。", "可能已撤销，或编号有误；请从站点台账中选择。")
    st.stop()
    raise RuntimeError("st.stop does not return")

standard = standard_of(at.books, station)
heading(at, station.name, answer_of(at, check(at.books, station, at.day)))
ways(at, station)
facts(at, station)
section("检查清单", f"对照{standard}，每一项以最近一次检查为准" if standard else "")
check_table(at, station)
inspection_form(at, station)
section("历次检查", "新近的在前")
visits_table(at, station)
