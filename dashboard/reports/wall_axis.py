"""The months of a wall chart: where a day stands, how months are written, the line of the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.reports.wall_layout import GRID, TOP
from dashboard.reports.wall_pen import INK, RULE, WHITE, Pen

HEAD_TOP = TOP - 19.0
_HALF = 9.5
_YEAR, _SIZE = 5.6, 4.4
_STEPS = (1, 3, 6, 12)


@dataclass(frozen=True)
class Axis:
    """Whole months from `first` to before `end`, spread over the grid."""

    first: date
    end: date

    def x(self, day: date) -> float:
        """Where a day begins, held within the grid."""
        share = (day - self.first).days / (self.end - self.first).days
        return GRID.x + GRID.width * min(1.0, max(0.0, share))

    def shows(self, day: date) -> bool:
        return self.first <= day < self.end

    def months(self) -> Iterator[date]:
        """The first day of each month."""
        day = self.first
        while day < self.end:
            yield day
            day = next_month(day)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def axis_of(first: date, last: date) -> Axis:
    """The axis of the months in which these days lie."""
    return Axis(first.replace(day=1), next_month(last))


def day_after(day: date) -> date:
    """A bar ends with the end of its last day."""
    return day + timedelta(days=1)


def draw_axis(pen: Pen, axis: Axis) -> None:
    """Years above months; so many months are named as there is room for."""
    pen.rect((GRID.x, HEAD_TOP), (GRID.width, 2 * _HALF), fill=INK)
    months = list(axis.months())
    for year in sorted({each.year for each in months}):
        start = axis.x(max(date(year, 1, 1), axis.first))
        end = axis.x(min(date(year + 1, 1, 1), axis.end))
        if year != axis.first.year:
            pen.rule((start, HEAD_TOP), (start, TOP), RULE)
        name = f"{year}年" if end - start > 16 else ""
        at = ((start + end) / 2, HEAD_TOP + _HALF / 2)
        pen.text(at, name, _YEAR, bold=True, colour=WHITE, align="centre")
    step, is_named = _step(pen, GRID.width / len(months))
    for each in months:
        if (each.month - 1) % step == 0:
            middle = (axis.x(each) + axis.x(next_month(each))) / 2
            said = f"{each.month}月" if is_named else str(each.month)
            at = (middle, HEAD_TOP + 1.5 * _HALF)
            pen.text(at, said, _SIZE, colour=WHITE, align="centre")


def _step(pen: Pen, width: float) -> tuple[int, bool]:
    """Every how many months one is named, and whether 月 has room behind it."""
    for step in _STEPS:
        if pen.width("12月", _SIZE) + 1.0 < width * step:
            return step, True
        if pen.width("12", _SIZE) + 1.0 < width * step:
            return step, False
    return _STEPS[-1], False
