"""The sheets of tasks: the table on the left, the months with bars on the right."""

from datetime import date

from dashboard.reports.wall_axis import HEAD_TOP, Axis, day_after, draw_axis
from dashboard.reports.wall_layout import (
    BODY,
    CLAUSE,
    DUE,
    GRID,
    ITEM,
    LEAD,
    LIGHT,
    MARGIN,
    PAD,
    SMALL,
    STATE,
    SYMBOL,
    TASK,
    TITLE,
    TOP,
    Band,
    LaneCells,
    RowCells,
    SheetRows,
)
from dashboard.reports.wall_pen import (
    INK,
    LEADING,
    PALE,
    QUIET,
    RULE,
    TEXT,
    WHITE,
    WIDTH,
    Pen,
)
from dashboard.reports.wall_rows import Bar
from dashboard.rules.verdicts import Light
from dashboard.settings import Settings
from dashboard.settings.options import Light as Look

_COLUMNS = (LIGHT, CLAUSE, TASK, LEAD, ITEM, DUE, STATE)
BAR, _THICKEST = 5.0, 8.0
_END = WIDTH - MARGIN


class TaskSheet:
    """Draws one sheet of tasks from top to foot."""

    def __init__(self, pen: Pen, axis: Axis, today: date, settings: Settings) -> None:
        self.pen, self.axis, self.today = pen, axis, today
        self._scheme = settings.lights.scheme

    def look(self, light: Light) -> Look:
        """A light's word, colour and symbol."""
        found = getattr(self._scheme, light.value)
        assert isinstance(found, Look)
        return found

    def draw(self, rows: SheetRows) -> None:
        """The head, then row by row; the day's line lies over the bars."""
        self._head()
        y = TOP
        for each in rows:
            if isinstance(each, Band):
                self._band(each, y)
                y += each.height
            else:
                self._row(each, y)
                y += sum(lane.height for lane in each.lanes)
        self._day_line(y)

    def _head(self) -> None:
        tall = TOP - HEAD_TOP
        self.pen.rect((MARGIN, HEAD_TOP), (GRID.x - MARGIN, tall), fill=INK)
        for column in _COLUMNS:
            at = (column.x + PAD, HEAD_TOP + tall / 2)
            self.pen.text(at, column.head, 6.2, bold=True, colour=WHITE)
        draw_axis(self.pen, self.axis)

    def _band(self, band: Band, y: float) -> None:
        self.pen.rect((MARGIN, y), (_END - MARGIN, band.height), fill="#DCE4EE")
        at = (MARGIN + PAD, y + band.height / 2)
        self.pen.text(at, band.title, 6.6, bold=True, colour=INK)

    def _row(self, cells: RowCells, y: float) -> None:
        tall = sum(each.height for each in cells.lanes)
        middle = y + tall / 2
        self._grid(y, tall)
        self._light(cells, middle)
        self.pen.block((CLAUSE.x + PAD, middle), cells.clause, SMALL, colour=QUIET)
        self.pen.block((TASK.x + PAD, middle), cells.title, TITLE, bold=True)
        self._leads(cells, middle)
        at = y
        for lane in cells.lanes:
            self._lane(cells, lane, at)
            at += lane.height
        self.pen.rule((MARGIN, y + tall), (_END, y + tall), RULE, 0.35)

    def _grid(self, y: float, tall: float) -> None:
        for month in self.axis.months():
            x, is_year = self.axis.x(month), month.month == 1
            colour = RULE if is_year else "#E6EAEF"
            self.pen.rule((x, y), (x, y + tall), colour, 0.5 if is_year else 0.25)

    def _light(self, cells: RowCells, middle: float) -> None:
        look = self.look(cells.row.light)
        self.pen.symbol((LIGHT.x + PAD + 3, middle), look.symbol, 6.4, look.colour)
        at = (LIGHT.x + PAD + SYMBOL, middle)
        self.pen.block(at, cells.word, BODY, bold=_is_warning(cells.row.light), colour=look.colour)

    def _leads(self, cells: RowCells, middle: float) -> None:
        step = BODY * LEADING
        names, remark = len(cells.leads), len(cells.remark)
        top = middle - (names + remark) * step / 2
        x = LEAD.x + PAD
        self.pen.block((x, top + names * step / 2), cells.leads, BODY)
        at = (x, top + (names + remark / 2) * step)
        self.pen.block(at, cells.remark, BODY, colour=QUIET)

    def _lane(self, cells: RowCells, told: LaneCells, y: float) -> None:
        more = len(told.more) * SMALL * LEADING
        middle = y + (told.height - more) / 2
        if told.lane is None:
            self.pen.block((ITEM.x + PAD, middle), told.title, BODY, colour=QUIET)
            if cells.row.is_kept_up:
                self._kept_up(middle)
            return
        look = self.look(told.lane.light)
        self.pen.block((ITEM.x + PAD, middle), told.title, BODY)
        self.pen.block((DUE.x + PAD, middle), told.due, BODY)
        self.pen.symbol((STATE.x + PAD + 3, middle), look.symbol, 5, look.colour)
        at = (STATE.x + PAD + SYMBOL, middle)
        self.pen.block(at, told.state, BODY, colour=look.colour)
        main = max(len(each) for each in (told.title, told.due, told.state))
        below = middle + main * BODY * LEADING / 2 + more / 2
        self.pen.block((ITEM.x + PAD, below), told.more, SMALL, colour=QUIET)
        thick = min(_THICKEST, max(BAR, told.height / 2))
        self._bar(told.lane.bar, y + told.height / 2, thick)

    def _kept_up(self, y: float) -> None:
        """A thin line without an end: work that goes on."""
        start, end = self.axis.x(self.axis.first) + 3, GRID.end - 4
        self.pen.rule((start, y), (end, y), RULE, 0.8)
        self.pen.shape([(end, y - 1.6), (end + 2.6, y), (end, y + 1.6)], fill=RULE)

    def _bar(self, bar: Bar, y: float, thick: float) -> None:
        for first, last in bar.years:
            self._span((first, last), (y, thick), dashed=False, fill=None)
        span = (bar.starts_on, bar.due_on)
        start, end = self._span(span, (y, thick), dashed=bar.is_open, fill=PALE)
        look = self.look(bar.light)
        if bar.share:
            done = (end - start) * bar.share
            self.pen.rect((start, y - thick / 2), (done, thick), fill=look.colour)
        if bar.expected_share:
            x = start + (end - start) * min(1.0, bar.expected_share)
            self.pen.rule((x, y - thick * 0.75), (x, y + thick * 0.75), TEXT, 1.1)
        for step in bar.steps:
            draw_step(self.pen, (self.axis.x(day_after(step.on)), y), is_reached=step.is_reached)

    def _span(
        self, span: tuple[date, date], at: tuple[float, float], *, dashed: bool, fill: str | None
    ) -> tuple[float, float]:
        """The frame of some days about a height, so thick; its left and right ends."""
        start, end = self.axis.x(span[0]), self.axis.x(day_after(span[1]))
        y, thick = at
        wide = max(end - start, 0.8)
        line = 0.4 if fill else 0.25
        stroke = "#8A94A3" if fill else RULE
        corner, size = (start, y - thick / 2), (wide, thick)
        self.pen.rect(corner, size, fill=fill, stroke=stroke, line=line, dashed=dashed)
        return start, start + wide

    def _day_line(self, bottom: float) -> None:
        if not self.axis.shows(self.today):
            return
        x = self.axis.x(day_after(self.today))
        self.pen.rule((x, TOP), (x, bottom), INK, 0.9, dashed=True)
        y = HEAD_TOP
        self.pen.shape([(x - 2.6, y - 3.4), (x + 2.6, y - 3.4), (x, y - 0.4)], fill=INK)
        said = f"截至{self.today.month}月{self.today.day}日"
        half = self.pen.width(said, 6, bold=True) / 2
        middle = min(max(x, GRID.x + half), GRID.end - half)
        self.pen.text((middle, y - 8), said, 6, bold=True, colour=INK, align="centre")


def draw_step(pen: Pen, at: tuple[float, float], *, is_reached: bool) -> None:
    """A milestone: a diamond, filled once its value is reached."""
    x, y = at
    corners = [(x, y - 3.2), (x + 2.6, y), (x, y + 3.2), (x - 2.6, y)]
    pen.shape(corners, fill=INK if is_reached else WHITE, stroke=INK)


def _is_warning(light: Light) -> bool:
    return light in (Light.RED, Light.YELLOW)
