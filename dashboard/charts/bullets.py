"""Counted indicators side by side, each against its own target: units are never averaged."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from dashboard import wording
from dashboard.charts.look import TEXT, dressed
from dashboard.rules.judgement import ItemVerdict
from dashboard.settings import Settings

ROW_HEIGHT = 25
MOST = 40
"""More bullets than this are no picture any more."""
_COLUMNS = ("name", "zero", "whole", "share", "expected", "colour", "label")


def counted(items: Sequence[ItemVerdict]) -> tuple[ItemVerdict, ...]:
    """The indicators that count towards a known target; rates and what is kept are left out."""
    return tuple(
        each
        for each in items
        if each.item.indicator
        and each.verdict.target
        and each.item.unit != "%"
        and not each.item.is_kept
    )


def bullets(items: Sequence[ItemVerdict], settings: Settings) -> alt.LayerChart:
    """Frame = the indicator's own target, bar = reached, tick = expected by the day."""
    rows = [_row(each, settings) for each in counted(items)]
    data = pd.DataFrame(rows, columns=list(_COLUMNS))
    order = [str(row["name"]) for row in rows]
    axis = alt.Axis(labelLimit=210, ticks=False, domain=False)
    base = alt.Chart(data).encode(y=alt.Y("name:N", sort=order, title=None, axis=axis))
    x = alt.X("zero:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1]))
    frame = base.mark_bar(height=16, fill="#EEF1F4", stroke="#C3CAD3").encode(x=x, x2="whole:Q")
    fill = base.mark_bar(height=16).encode(
        x=x, x2="share:Q", color=alt.Color("colour:N", scale=None)
    )
    tick = base.mark_tick(thickness=3, height=22, color=TEXT).encode(x="expected:Q")
    label = base.mark_text(align="left", dx=8).encode(x="whole:Q", text="label:N")
    layers = alt.LayerChart(layer=[frame, fill, tick, label])
    # Streamlit fits the whole drawing into the width, so the numbers need no room on the axis.
    return dressed(layers.properties(width="container", height=max(1, len(rows)) * ROW_HEIGHT))


def _row(each: ItemVerdict, settings: Settings) -> dict[str, object]:
    verdict = each.verdict
    look = getattr(settings.lights.scheme, verdict.light.value)
    wanted = verdict.expected_share
    return {
        "name": _name(each),
        "zero": 0.0,
        "whole": 1.0,
        "share": min(1.0, verdict.share or 0.0),
        "expected": min(1.0, wanted) if wanted else None,
        "colour": look.colour,
        "label": f"{look.symbol} {_reached(each)}",
    }


def _name(each: ItemVerdict) -> str:
    indicator = each.item.indicator
    assert indicator is not None  # `counted` left out all else
    return f"其中：{indicator.name}" if indicator.part_of else indicator.name


def _reached(each: ItemVerdict) -> str:
    target = wording.number(each.verdict.target, each.item.unit)
    if each.figure.value is None:
        return "无数据"
    return f"{wording.number(each.figure.value)}/{target}"
