"""How many items each unit was asked for: one bar a unit, in protocol order."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from dashboard.charts.look import INK, QUIET, dressed
from dashboard.rules.burden import UnitToll

ROW_HEIGHT = 24
_COLUMNS = ("unit", "asked", "label")


def asked_by_unit(tolls: Sequence[UnitToll]) -> alt.LayerChart:
    """The bar and its label are how often anything was asked in the month."""
    rows = [
        {"unit": each.unit.name, "asked": each.month.asked, "label": f"{each.month.asked}项次"}
        for each in tolls
    ]
    data = pd.DataFrame(rows, columns=list(_COLUMNS))
    y = alt.Y(
        "unit:N",
        sort=[each.unit.name for each in tolls],
        title=None,
        axis=alt.Axis(labelLimit=240, ticks=False, domain=False),
    )
    # Room to the right of the longest bar for its label.
    most = max((each.month.asked for each in tolls), default=1)
    scale = alt.Scale(domain=[0, most * 1.3])
    base = alt.Chart(data).encode(y=y, x=alt.X("asked:Q", title=None, axis=None, scale=scale))
    bars = base.mark_bar(height=16, color=INK)
    labels = base.mark_text(align="left", dx=6, color=QUIET).encode(text="label:N")
    layers = alt.LayerChart(layer=[bars, labels])
    return dressed(layers.properties(width="container", height=max(1, len(rows)) * ROW_HEIGHT))
