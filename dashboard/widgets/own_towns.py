"""站点地图 of a liaison: the own town on one host list, what it lacks and what closes the gap."""

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.rules.coverage import Coverage
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import empty, heading
from dashboard.widgets.own_units import own_lists
from dashboard.widgets.town_panel import standing_words, town_panel

_TITLE = "站点地图"


def own_towns(desk: Desk) -> None:
    """Choose an own town and a list that names it, and draw its panel."""
    top = st.container()
    chosen = _chosen(own_lists(desk))
    with top:
        if chosen is None:
            heading(desk, _TITLE, "本单位不在各类站点的应设名录中。")
            empty("这里按镇街显示站点的应设和建成情况。", "本单位建设的站点见“站点台账”。")
            return
        heading(desk, _TITLE, f"{chosen.hosts.title}：{standing_words(chosen)}")
    town_panel(desk, chosen)


def _chosen(found: tuple[Coverage, ...]) -> Coverage | None:
    towns = {each.unit.code: each.unit for each in found if each.unit}
    left, right = st.columns(2)
    with right:
        town = next(iter(towns), None) if len(towns) < 2 else _choose_town(towns)
    mine = {each.hosts.code: each for each in found if each.unit and each.unit.code == town}
    with left:
        code = choice("应设名录", list(mine), "list", lambda code: mine[code].hosts.title)
    return mine.get(code or "")


def _choose_town(towns: dict[str, r.Unit]) -> str | None:
    return choice("镇街", list(towns), "town", lambda code: towns[code].name)
