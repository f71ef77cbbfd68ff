"""The plan on one sheet: each dated item from its start to its date, filled as far as it is."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from dashboard import wording
from dashboard.charts.look import INK, QUIET, TEXT, dressed
from dashboard.rules.judgement import ItemVerdict, Judgement
from dashboard.rules.verdicts import Light
from dashboard.settings import Settings

ROW_HEIGHT = 30
AXIS_HEIGHT = 30
MOST = 14


def shown(judgement: Judgement) -> tuple[ItemVerdict, ...]:
    """The dated items that are judged by their pace, soonest due first; at most what fits."""
    dated = [
        each
        for each in judgement.items
        if each.due_on and each.item.indicator and each.due_on >= judgement.books.plan.in_use_from
    ]
    return tuple(sorted(dated, key=_place)[:MOST])


def _place(each: ItemVerdict) -> tuple[bool, str, int]:
    """What is closed comes last; before that the soonest due, in the order of the plan."""
    seq = each.item.indicator.seq if each.item.indicator else 0
    return each.figure.is_closed, str(each.due_on), seq


def timeline(
    items: Sequence[ItemVerdict], judgement: Judgement, settings: Settings
) -> alt.TopLevelMixin:
    """A bullet on a Gantt: frame = span, bar = reached, tick = expected, rule = the day."""
    rows = [_row(each, judgement, settings) for each in items]
    data = pd.DataFrame(rows, columns=list(_COLUMNS))
    order = [str(row["title"]) for row in rows]
    y = alt.Y("title:N", sort=order, title=None, axis=alt.Axis(labelLimit=260, ticks=False))
    x = alt.X("start:T", title=None, axis=alt.Axis(labelExpr=_MONTHS, tickCount="month"))
    base = alt.Chart(data).encode(y=y)
    frame = base.mark_bar(height=16, fill="#EEF1F4", stroke="#C3CAD3").encode(x=x, x2="due:T")
    fill = base.mark_bar(height=16, opacity=0.9).encode(
        x=x, x2="reached:T", color=alt.Color("colour:N", scale=None)
    )
    tick = base.mark_tick(thickness=3, height=24, color=TEXT).encode(x="expected:T")
    label = base.mark_text(align="left", dx=8).encode(x="due:T", text="label:N")
    day = pd.DataFrame({"day": [pd.Timestamp(judgement.today)]})
    rule = alt.Chart(day).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="day:T")
    # A layer without a single value has no extent, at which the browser complains.
    ticks = [tick] if data["expected"].notna().any() else []
    layers = alt.layer(frame, fill, *ticks, rule, label)
    return dressed(
        layers.properties(width="container", height=max(1, len(rows)) * ROW_HEIGHT + AXIS_HEIGHT)
    )


_MONTHS = "month(datum.value) == 0 ? year(datum.value) + '年' : (month(datum.value) + 1) + '月'"
_COLUMNS = ("title", "start", "due", "reached", "expected", "colour", "label")


def _row(each: ItemVerdict, judgement: Judgement, settings: Settings) -> dict[str, object]:
    assert each.due_on is not None  # `shown` left the others out
    verdict = each.verdict
    look = getattr(settings.lights.scheme, verdict.light.value)
    start = pd.Timestamp(each.starts_on or judgement.books.plan.in_use_from)
    due = pd.Timestamp(each.due_on)
    share = verdict.share or 0.0
    known = wording.percent(verdict.share) if verdict.share is not None else ""
    return {
        "title": each.item.title,
        "start": start,
        "due": due,
        "reached": start + (due - start) * share,
        "expected": None
        if verdict.expected_share is None
        else start + (due - start) * min(1.0, verdict.expected_share),
        "colour": look.colour if verdict.light is not Light.WHITE else QUIET,
        "label": f"{look.symbol} {verdict.word} {known}".strip(),
    }
