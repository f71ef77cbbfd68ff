"""指标: what quantities does the plan demand, and how far are they?"""

from collections import Counter

import streamlit as st

from dashboard.access.rights import Right
from dashboard.charts.bullets import MOST, bullets, counted
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import empty, heading, section
from dashboard.widgets.indicator_table import filtered, indicator_table, indicators_of
from dashboard.widgets.picture import picture
from dashboard.widgets.strips import DISPLAY
from dashboard.widgets.task_filters import light_choice

at = desk()
pairs = indicators_of(at)
lights = Counter(each.verdict.light for each, _ in pairs)
numbers = sum(indicator.is_explicit for _, indicator in pairs)
scheme = at.settings.lights.scheme
said = "、".join(f"{getattr(scheme, x.value).label}{lights[x]}项" for x in DISPLAY if lights[x])

wholes = f"、{len(pairs) - numbers}项“全部”类要求" if len(pairs) > numbers else ""
heading(at, "指标", f"{numbers}项数字指标{wholes}：{said}。" if pairs else "方案中没有指标。")
pills = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = filtered(pairs)
with pills:
    light = light_choice(at, Counter(each.verdict.light for each, _ in chosen))
chosen = tuple(pair for pair in chosen if light in (None, pair[0].verdict.light))
items = [each for each, _ in chosen]

if not any(each.figure.as_of for each, _ in pairs):
    empty(
        "这里将列出各项指标的现值与应达数。",
        at.step(Right.FILE, "请先在任务清单中打开任务，填报完成值。"),
    )
elif len(counted(items)) > MOST:
    empty(f"计数指标有{len(counted(items))}项，一张图画不下。", "请在上面选定条款，再看图。")
elif counted(items):
    section("计数指标", "各以自身目标为满格，条为现值，竖线为到今天应达到的数")
    picture(
        at,
        "indicators",
        lambda: bullets(items, at.settings),
        says="各计数指标的现值与目标，与下表相同",
        key=tuple(each.item.code for each in items),
    )
section("指标台账", f"{len(chosen)}项，按方案条款顺序；计量单位不同，不作平均")
indicator_table(at, chosen)
