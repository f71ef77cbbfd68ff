"""One item's filings as a step line, with what was expected on each day."""

from collections.abc import Sequence
from datetime import date, timedelta

import altair as alt
import pandas as pd

from dashboard import wording
from dashboard.charts.look import INK, QUIET, dressed
from dashboard.ledgers.history import Filed
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.expectation import Span, expected
from dashboard.rules.judgement import ItemVerdict, Judgement
from dashboard.settings import current

ABOVE, BELOW = -12, 16
"""Where a line's end is labelled, in pixels: the upper line above, the lower one below."""


def steps(each: ItemVerdict, filed: Sequence[Filed], judgement: Judgement) -> alt.TopLevelMixin:
    """Reached (solid, stepped) and expected (dashed), labelled at their ends."""
    reached = pd.DataFrame(
        [
            {"day": pd.Timestamp(shanghai_day(one.filing.received_at)), "value": one.filing.value}
            for one in filed
            if one.filing.value is not None
        ]
    )
    wanted = pd.DataFrame(_expected(each, judgement.today))
    whole = alt.Axis(tickMinStep=1, format="d") if each.item.is_count else alt.Axis()
    y = alt.Y("value:Q", title=None, axis=whole)
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%Y-%m-%d", labelExpr=_DAY))
    done = alt.Chart(reached).mark_line(interpolate="step-after", color=INK, strokeWidth=3)
    plan = alt.Chart(wanted).mark_line(interpolate="step-after", color=QUIET, strokeDash=[5, 4])
    points = alt.Chart(reached).mark_point(color=INK, filled=True, size=50)
    layers = [layer.encode(x=x, y=y) for layer in (plan, done, points)]
    unit = each.item.unit
    is_behind = len(reached) > 0 and reached["value"].iloc[-1] < wanted["value"].iloc[-1]
    done_at, wanted_at = (BELOW, ABOVE) if is_behind else (ABOVE, BELOW)
    ends = [
        _end(reached, ("完成", unit), INK, done_at),
        _end(wanted, ("应完成", unit), QUIET, wanted_at),
    ]
    return dressed(alt.layer(*layers, *ends).properties(width="container", height=220))


_DAY = "(month(datum.value) + 1) + '月' + date(datum.value) + '日'"


def _end(data: pd.DataFrame, words: tuple[str, str], colour: str, dy: int) -> alt.Chart:
    before, unit = words
    label = data["value"].map(lambda value: f"{before}{wording.number(value, unit)}")
    last = data.assign(label=label).tail(1)
    made = alt.Chart(last).encode(x="day:T", y="value:Q", text="label:N")
    marked: alt.Chart = made.mark_text(align="right", dy=dy, dx=-4, color=colour)
    return marked


def _expected(each: ItemVerdict, today: date) -> list[dict[str, object]]:
    assert each.due_on is not None
    span = Span(each.starts_on, each.due_on)
    begin = each.starts_on or today
    days = [begin + timedelta(days=n) for n in range(max(0, (today - begin).days) + 1)]
    lights = current().lights
    return [
        {"day": pd.Timestamp(day), "value": expected(each.item, span, day, lights)} for day in days
    ]
