"""One instant against an earlier one: a dumbbell by department, two bars of lights."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from dashboard.charts.look import INK, QUIET, RULE, TEXT, dressed
from dashboard.rules.lights import Light
from dashboard.rules.monthly import LightCount
from dashboard.rules.weekly import UnitChange
from dashboard.settings import Settings

ROW_HEIGHT = 30
BAR_HEIGHT = 34


def dumbbell(changes: Sequence[UnitChange]) -> alt.TopLevelMixin:
    """Tasks behind by department: a ring for last week, a disc for this week, joined by a line.

    Departments stand in protocol order; the words beside them say the change.
    """
    rows = [_row(each) for each in changes]
    data = pd.DataFrame(rows, columns=["unit", "before", "now", "end", "words"])
    order = [str(row["unit"]) for row in rows]
    most = max([1, *(each.behind_before for each in changes), *(e.behind_now for e in changes)])
    y = alt.Y("unit:N", sort=order, title=None, axis=alt.Axis(labelLimit=260, ticks=False))
    axis = alt.Axis(format="d", tickMinStep=1, grid=True)
    x = alt.Scale(domain=[0, most + 1], nice=False)
    base = alt.Chart(data).encode(y=y)
    joined = base.mark_rule(strokeWidth=3, color=RULE).encode(
        x=alt.X("before:Q", title="滞后与逾期任务（项）", axis=axis, scale=x), x2="now:Q"
    )
    ring = base.mark_point(size=170, filled=False, strokeWidth=2, color=QUIET).encode(x="before:Q")
    disc = base.mark_point(size=110, filled=True, opacity=1, color=INK).encode(x="now:Q")
    words = base.mark_text(align="left", dx=14).encode(x="end:Q", text="words:N")
    layers = alt.layer(joined, ring, disc, words)
    return dressed(layers.properties(width="container", height=max(1, len(rows)) * ROW_HEIGHT))


def _row(each: UnitChange) -> dict[str, object]:
    before, now = each.behind_before, each.behind_now
    moved = f"增加{now - before}项" if now > before else f"减少{before - now}项"
    return {
        "unit": each.unit.name,
        "before": before,
        "now": now,
        "end": max(before, now),
        "words": f"{now}项，与上周持平" if now == before else f"{now}项，{moved}",
    }


def light_bars(
    counts: Sequence[LightCount], names: tuple[str, str], settings: Settings
) -> alt.TopLevelMixin:
    """All tasks by light as two bars, the earlier above; each part says its symbol and number."""
    rows = [row for each in counts for row in _parts(counts, each, names, settings)]
    data = pd.DataFrame(rows, columns=["when", "start", "end", "middle", "fill", "ink", "words"])
    y = alt.Y("when:N", sort=list(names), title=None, axis=alt.Axis(ticks=False, domain=False))
    base = alt.Chart(data).encode(y=y)
    bars = base.mark_bar(height=BAR_HEIGHT, stroke="#FFFFFF", strokeWidth=2).encode(
        x=alt.X("start:Q", axis=None, scale=alt.Scale(nice=False)),
        x2="end:Q",
        color=alt.Color("fill:N", scale=None),
    )
    words = base.mark_text(fontWeight=600, fontSize=19).encode(
        x="middle:Q", text="words:N", color=alt.Color("ink:N", scale=None)
    )
    height = len(names) * (BAR_HEIGHT + 8)
    return dressed(alt.layer(bars, words).properties(width="container", height=height))


def _parts(
    counts: Sequence[LightCount], each: LightCount, names: tuple[str, str], settings: Settings
) -> list[dict[str, object]]:
    look = getattr(settings.lights.scheme, each.light.value)
    is_open = each.light is Light.WHITE
    place = list(counts).index(each)
    rows = []
    for when, field in zip(names, ("before", "now"), strict=True):
        number = getattr(each, field)
        start = sum(getattr(other, field) for other in counts[:place])
        rows.append(
            {
                "when": when,
                "start": start,
                "end": start + number,
                "middle": start + number / 2,
                "fill": "#E8EBEF" if is_open else look.colour,
                "ink": TEXT if is_open else "#FFFFFF",
                "words": f"{look.symbol} {number}" if number else "",
            }
        )
    return rows
