"""One instant against an earlier one: a dumbbell of items that moved, two bars of lights."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from dashboard import wording
from dashboard.charts.look import INK, QUIET, TEXT, dressed
from dashboard.charts.matrix import PALE
from dashboard.rules.comparison import Change
from dashboard.rules.monthly import LightCount
from dashboard.rules.verdicts import Light
from dashboard.settings import Settings

ROW_HEIGHT = 48
AXIS_HEIGHT = 48
BAR_HEIGHT = 32
WORDS_WIDTH = 40
MOST = 12
LOW = 9
JOINT = "#B8C4D4"


def drawn(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes that a picture has room for: all, else those of indicators, else the first."""
    shown = [each for each in changes if each.now.verdict.share is not None]
    counted = [each for each in shown if each.now.item.indicator]
    return tuple((shown if len(shown) <= MOST else counted)[:MOST])


def dumbbell(changes: Sequence[Change]) -> alt.TopLevelMixin:
    """Each item in percent of its own target: a ring for last week, a disc for this, a tick for
    what is expected by now. The words stand above each row, so that a phone has room for both.
    """
    data = pd.DataFrame([_row(place, each) for place, each in enumerate(changes)], columns=_ROW)
    y = alt.Y("place:O", axis=None)
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], grid=True)
    scale = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("before:Q", title="占各自目标的比例", axis=axis, scale=scale)
    base = alt.Chart(data).encode(y=y)
    joined = base.mark_rule(strokeWidth=4, color=JOINT, yOffset=LOW).encode(x=x, x2="now:Q")
    tick = base.mark_tick(thickness=3, height=20, color=TEXT, yOffset=LOW).encode(x="expected:Q")
    ring = base.mark_point(size=150, fill="#FFFFFF", stroke=QUIET, strokeWidth=2, yOffset=LOW)
    disc = base.mark_point(size=120, filled=True, opacity=1, color=INK, yOffset=LOW)
    words = base.mark_text(align="left", dx=2, yOffset=-9).encode(x=alt.datum(0), text="words:N")
    layers = alt.layer(joined, tick, ring.encode(x=x), disc.encode(x="now:Q"), words)
    height = max(1, len(changes)) * ROW_HEIGHT + AXIS_HEIGHT
    return dressed(layers.properties(width="container", height=height))


_ROW = ["place", "before", "now", "expected", "words"]


def _row(place: int, each: Change) -> dict[str, object]:
    old = each.before.verdict if each.before else None
    return {
        "place": place,
        "before": (old.share if old else None) or 0.0,
        "now": each.now.verdict.share,
        "expected": each.now.verdict.expected_share or None,
        "words": moved_words(each),
    }


def moved_words(each: Change) -> str:
    """签约合作单位：3家→5家（目标16家）."""
    item = each.now.item
    old = each.before.figure.value if each.before else None
    before = wording.number(old or 0.0, item.unit)
    now = wording.number(each.now.figure.value, item.unit)
    target = wording.number(each.now.verdict.target, item.unit)
    goal = f"（目标{target}）" if each.now.verdict.target and item.unit != "%" else ""
    return f"{item.title}：{before}→{now}{goal}"


def light_bars(
    counts: Sequence[LightCount], names: tuple[str, ...], settings: Settings
) -> alt.TopLevelMixin:
    """All tasks by light as a bar a month, the earlier above; each part says symbol and number.

    `names` are those of both months, or of this one alone where there is no earlier one.
    """
    rows = [row for each in counts for row in _parts(counts, each, names, settings)]
    data = pd.DataFrame(rows, columns=_BAR)
    total = max(1, sum(each.now for each in counts))
    axis = alt.Axis(ticks=False, domain=False)
    y = alt.Y("when:N", sort=list(names), title=None, axis=axis, scale=alt.Scale(padding=0.1))
    base = alt.Chart(data).encode(y=y)
    bars = base.mark_bar(height=BAR_HEIGHT, stroke="#FFFFFF", strokeWidth=2).encode(
        x=alt.X("start:Q", axis=None, scale=alt.Scale(nice=False)),
        x2="end:Q",
        color=alt.Color("fill:N", scale=None),
    )
    fits = (
        f"(datum.end - datum.start) / {total} * width > {WORDS_WIDTH} ? datum.words : datum.number"
    )
    words = (
        base.transform_calculate(said=fits)
        .mark_text(fontWeight=600, fontSize=19)
        .encode(x="middle:Q", text="said:N", color=alt.Color("ink:N", scale=None))
    )
    height = len(names) * (BAR_HEIGHT + 10)
    return dressed(alt.layer(bars, words).properties(width="container", height=height))


_BAR = ["when", "start", "end", "middle", "fill", "ink", "words", "number"]


def _parts(
    counts: Sequence[LightCount], each: LightCount, names: tuple[str, ...], settings: Settings
) -> list[dict[str, object]]:
    look = getattr(settings.lights.scheme, each.light.value)
    ink = TEXT if each.light in PALE or each.light is Light.YELLOW else "#FFFFFF"
    place = list(counts).index(each)
    rows = []
    for when, field in zip(names, ("before", "now")[-len(names) :], strict=True):
        number = getattr(each, field)
        start = sum(getattr(other, field) for other in counts[:place])
        rows.append(
            {
                "when": when,
                "start": start,
                "end": start + number,
                "middle": start + number / 2,
                "fill": PALE.get(each.light, look.colour),
                "ink": ink,
                "words": f"{look.symbol} {number}" if number else "",
                "number": str(number or ""),
            }
        )
    return rows
