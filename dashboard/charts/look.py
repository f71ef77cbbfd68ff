"""How every chart is dressed: the system's Chinese sans, quiet axes, text that a room can read."""

from typing import TypeVar

import altair as alt

FONT = "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, Source Han Sans SC, sans-serif"
INK = "#1F3A5F"
TEXT = "#1F2933"
QUIET = "#52606D"
RULE = "#D5DAE1"
SIZE = 14

C = TypeVar("C", bound=alt.TopLevelMixin)


def dressed(chart: C) -> C:
    """The chart with the product's font, sizes and axes."""
    label = {"labelFontSize": SIZE, "labelColor": TEXT, "titleFontSize": SIZE, "titleColor": QUIET}
    made: C = chart.configure(
        font=FONT,
        background="transparent",
        view={"stroke": None},
        axis={**label, "domainColor": RULE, "tickColor": RULE, "gridColor": "#EDF0F3"},
        legend={**label, "orient": "top", "title": None, "symbolSize": 120},
        text={"fontSize": SIZE, "color": TEXT},
    )
    return made
