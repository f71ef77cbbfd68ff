"""Departments × lights: how many of a unit's tasks have which light, in protocol order."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from dashboard.charts.look import TEXT, dressed
from dashboard.rules.summary import UnitStanding
from dashboard.rules.verdicts import Light
from dashboard.settings import Settings

ROW_HEIGHT = 24
ORDER = (Light.BLUE, Light.GREEN, Light.YELLOW, Light.RED, Light.WHITE, Light.GREY)
"""From the left: what is finished, what runs, what lags, what cannot be judged."""
WORDS_WIDTH = 36
PALE = {Light.WHITE: "#E8EBEF", Light.GREY: "#D5DAE1"}
"""What is not judged stands back, and its number is read in dark on pale."""
_DARK_TEXT_ON = (Light.YELLOW, *PALE)
_COLUMNS = ("unit", "light", "from_task", "to_task", "middle", "label", "number", "ink")


def departments_by_light(found: Sequence[UnitStanding], settings: Settings) -> alt.LayerChart:
    """A bar a unit, one step a task; each part carries its light's symbol and its number."""
    rows = [row for each in found for row in _parts(each, settings)]
    data = pd.DataFrame(rows, columns=list(_COLUMNS))
    scheme = settings.lights.scheme
    looks = [getattr(scheme, light.value) for light in ORDER]
    names = [f"{look.symbol} {look.label}" for look in looks]
    fills = [PALE.get(light, look.colour) for light, look in zip(ORDER, looks, strict=True)]
    colours = alt.Scale(domain=names, range=fills)
    y = alt.Y(
        "unit:N",
        sort=[each.unit.name for each in found],
        title=None,
        axis=alt.Axis(labelLimit=240, ticks=False, domain=False),
    )
    base = alt.Chart(data).encode(y=y)
    bars = base.mark_bar(height=18, stroke="white", strokeWidth=1).encode(
        x=alt.X("from_task:Q", title=None, axis=None),
        x2="to_task:Q",
        color=alt.Color("light:N", scale=colours, legend=None),
    )
    most = max((len(each.answerable.tasks) for each in found), default=1)
    fits = (
        f"(datum.to_task - datum.from_task) / {most} * width > {WORDS_WIDTH}"
        " ? datum.label : datum.number"
    )
    numbers = (
        base.transform_calculate(said=fits)
        .mark_text(fontWeight=600)
        .encode(x="middle:Q", text="said:N", color=alt.Color("ink:N", scale=None))
    )
    layers: alt.LayerChart = alt.layer(bars, numbers).resolve_scale(color="independent")
    sized = layers.properties(width="container", height=max(1, len(found)) * ROW_HEIGHT)
    return dressed(sized)


def _parts(each: UnitStanding, settings: Settings) -> list[dict[str, object]]:
    lights = each.answerable.lights
    rows, start = [], 0
    for light in ORDER:
        number = lights.get(light, 0)
        if number:
            look = getattr(settings.lights.scheme, light.value)
            rows.append(
                {
                    "unit": each.unit.name,
                    "light": f"{look.symbol} {look.label}",
                    "from_task": start,
                    "to_task": start + number,
                    "middle": start + number / 2,
                    "label": f"{look.symbol} {number}",
                    "number": str(number),
                    "ink": TEXT if light in _DARK_TEXT_ON else "white",
                }
            )
        start += number
    return rows
