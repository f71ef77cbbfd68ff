"""How a wall chart is read: the lights with their numbers above, the signs of the bars below."""

from collections.abc import Callable, Sequence

from dashboard.reports.wall_frame import FOOT
from dashboard.reports.wall_layout import MARGIN
from dashboard.reports.wall_pen import INK, PALE, QUIET, RULE, TEXT, WHITE, Pen
from dashboard.reports.wall_rows import TaskRow
from dashboard.reports.wall_tasks import BAR, draw_step
from dashboard.rules.judgement import Judgement
from dashboard.rules.summary import standing
from dashboard.rules.verdicts import Light
from dashboard.settings import Settings

ORDER = (Light.BLUE, Light.GREEN, Light.YELLOW, Light.RED, Light.WHITE, Light.GREY)
_COUNTS_AT = 60.0
_COUNTS = 7.0
_SAID = 5.6
_SIGN = 16.0
_APART = 11.0
_REACHED = "#2F855A"

Sign = tuple[Callable[[Pen, float, float], None], str]


def draw_counts(pen: Pen, judgement: Judgement, settings: Settings) -> None:
    """How many tasks have which light: colour, symbol, word and number."""
    lights = standing(judgement).lights
    looks = [(getattr(settings.lights.scheme, each.value), lights.get(each, 0)) for each in ORDER]
    x = MARGIN
    said = f"共{len(judgement.tasks)}项任务"
    pen.text((x, _COUNTS_AT), said, _COUNTS, bold=True, colour=INK)
    x += pen.width(said, _COUNTS, bold=True) + 12
    for look, number in looks:
        pen.symbol((x + 3.5, _COUNTS_AT), look.symbol, _COUNTS, look.colour)
        words = f"{look.label}{number}项"
        pen.text((x + 10, _COUNTS_AT), words, _COUNTS, bold=bool(number), colour=look.colour)
        x += 10 + pen.width(words, _COUNTS, bold=bool(number)) + 12


def draw_legend(pen: Pen, rows: Sequence[TaskRow]) -> None:
    """The signs that the bars of this chart have."""
    x, y = MARGIN, FOOT
    for draw, words in _signs(rows):
        draw(pen, x, y)
        pen.text((x + _SIGN + 2, y), words, _SAID, colour=QUIET)
        x += _SIGN + 2 + pen.width(words, _SAID) + _APART


def _signs(rows: Sequence[TaskRow]) -> list[Sign]:
    bars = [lane.bar for row in rows for lane in row.lanes]
    found: list[Sign] = [
        (_span, "起止时间"),
        (_reached, "完成进度（颜色同灯）"),
        (_expected, "序时进度"),
    ]
    if any(bar.is_open for bar in bars):
        found.append((_open, "待前项完成后启动"))
    if any(bar.years for bar in bars):
        found.append((_years, "其他年度"))
    if any(bar.steps for bar in bars):
        found.append((_step, "节点（实心为已达到）"))
    if any(row.is_kept_up for row in rows):
        found.append((_kept_up, "长期坚持"))
    return [*found, (_day, "统计截止日")]


def _span(pen: Pen, x: float, y: float) -> None:
    pen.rect((x, y - BAR / 2), (_SIGN, BAR), fill=PALE, stroke="#8A94A3", line=0.4)


def _reached(pen: Pen, x: float, y: float) -> None:
    _span(pen, x, y)
    pen.rect((x, y - BAR / 2), (_SIGN * 0.6, BAR), fill=_REACHED)


def _expected(pen: Pen, x: float, y: float) -> None:
    _span(pen, x, y)
    middle = x + _SIGN * 0.6
    pen.rule((middle, y - BAR * 0.8), (middle, y + BAR * 0.8), TEXT, 1.1)


def _open(pen: Pen, x: float, y: float) -> None:
    pen.rect((x, y - BAR / 2), (_SIGN, BAR), fill=PALE, stroke="#8A94A3", line=0.4, dashed=True)


def _years(pen: Pen, x: float, y: float) -> None:
    pen.rect((x, y - BAR / 2), (_SIGN, BAR), fill=WHITE, stroke=RULE, line=0.25)


def _step(pen: Pen, x: float, y: float) -> None:
    draw_step(pen, (x + _SIGN * 0.3, y), is_reached=True)
    draw_step(pen, (x + _SIGN * 0.75, y), is_reached=False)


def _kept_up(pen: Pen, x: float, y: float) -> None:
    pen.rule((x, y), (x + _SIGN - 3, y), RULE, 0.8)
    end = x + _SIGN - 3
    pen.shape([(end, y - 1.6), (end + 2.6, y), (end, y + 1.6)], fill=RULE)


def _day(pen: Pen, x: float, y: float) -> None:
    middle = x + _SIGN / 2
    pen.rule((middle, y - 5), (middle, y + 5), INK, 0.9, dashed=True)
