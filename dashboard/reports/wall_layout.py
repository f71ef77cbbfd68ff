"""Where the tasks of a wall chart stand: cells broken into lines, rows spread over sheets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard.reports.wall_pen import HEIGHT, LEADING, WIDTH, Pen
from dashboard.reports.wall_rows import Lane, TaskRow

MARGIN = 20.0
TOP, BOTTOM = 93.0, HEIGHT - 32.0
"""Between these the rows stand: above are title and head, below legend and office."""
ROOM = BOTTOM - TOP
BAND = 9.0
PAD = 2.0
TITLE, BODY, SMALL = 7.0, 5.4, 5.2
"""Type in millimetres: at two metres five of them are read without effort (about 9')."""
_PADS = (2.0, 1.2)
"""Above and below the text of a row; the closer one where it saves a sheet."""
_MOST_STRETCHED = 1.6


@dataclass(frozen=True)
class Column:
    """A column of the table: its head, left edge and width."""

    head: str
    x: float
    width: float

    @property
    def inner(self) -> float:
        return self.width - 2 * PAD

    @property
    def end(self) -> float:
        return self.x + self.width


def _columns(*given: tuple[str, float]) -> tuple[Column, ...]:
    found, x = [], MARGIN
    for head, width in given:
        found.append(Column(head, x, width))
        x += width
    return tuple(found)


LIGHT, CLAUSE, TASK, LEAD, ITEM, DUE, STATE = _columns(
    ("亮灯", 40),
    ("依据条款", 32),
    ("重点任务", 112),
    ("牵头单位", 66),
    ("时限事项", 110),
    ("完成时限", 46),
    ("进展", 66),
)
GRID = Column("", STATE.end, WIDTH - MARGIN - STATE.end)
SYMBOL = 7.5
"""What a symbol takes before its word."""


@dataclass(frozen=True)
class LaneCells:
    """A lane, or with `lane` None what is told without one; `height` grows with the row."""

    lane: Lane | None
    title: tuple[str, ...]
    due: tuple[str, ...]
    state: tuple[str, ...]
    more: tuple[str, ...]
    height: float


@dataclass(frozen=True)
class RowCells:
    """A task's row with its text in lines."""

    row: TaskRow
    word: tuple[str, ...]
    clause: tuple[str, ...]
    title: tuple[str, ...]
    leads: tuple[str, ...]
    remark: tuple[str, ...]
    lanes: tuple[LaneCells, ...]
    least: float

    @property
    def height(self) -> float:
        """What the row needs: its lanes together, and no less than its other cells."""
        return max(self.least, sum(each.height for each in self.lanes))

    def spread(self, height: float) -> "RowCells":
        """The same row as tall as asked, its lanes sharing what is won."""
        held = sum(each.height for each in self.lanes)
        lanes = tuple(replace(each, height=each.height * height / held) for each in self.lanes)
        return replace(self, lanes=lanes)


@dataclass(frozen=True)
class Band:
    """The heading of a group, marked where it goes on from the sheet before."""

    title: str
    height: float = BAND


SheetRows = tuple[Band | RowCells, ...]


def sheets_of(pen: Pen, rows: Sequence[TaskRow]) -> tuple[SheetRows, ...]:
    """The rows on as few sheets as hold them, alike full, each filled to its foot."""
    tries = [_Setter(pen, pad).sheets(rows) for pad in _PADS]
    return min(tries, key=len)  # of as many sheets the roomier ones


class _Setter:
    """Sets rows with so much room above and below their text."""

    def __init__(self, pen: Pen, pad: float) -> None:
        self.pen, self.pad = pen, pad

    def sheets(self, rows: Iterable[TaskRow]) -> tuple[SheetRows, ...]:
        """The rows on sheets that are alike full."""
        cells = [part for row in rows for part in _parts(self.row(row))]
        room, sheets = ROOM, _filled(cells, ROOM)
        tallest = max((each.height for each in cells), default=0.0) + BAND
        while room - BAND > tallest:  # the least room that needs no further sheet: all alike full
            room -= BAND
            closer = _filled(cells, room)
            if len(closer) > len(sheets):
                break
            sheets = closer
        return tuple(_spread(sheet) for sheet in sheets)

    def row(self, row: TaskRow) -> RowCells:
        """A task with its text in lines."""
        word = self._lines(row.word, BODY, LIGHT.inner - SYMBOL)
        clause = self._lines(row.clause, SMALL, CLAUSE.inner)
        title = tuple(self.pen.lines(row.title, TITLE, TASK.inner, bold=True))
        leads = tuple(self.pen.names(row.leads, BODY, LEAD.inner))
        remark = self._lines(row.remark, BODY, LEAD.inner)
        told = [self._told(row.told)] if row.told else []
        sized = ((title, TITLE), (word, BODY), (clause, SMALL), ((*leads, *remark), BODY))
        return RowCells(
            row=row,
            word=word,
            clause=clause,
            title=title,
            leads=leads,
            remark=remark,
            lanes=(*told, *(self._lane(each) for each in row.lanes)),
            least=max(self._tall(lines, size) for lines, size in sized),
        )

    def _lines(self, text: str, size: float, width: float) -> tuple[str, ...]:
        return tuple(self.pen.lines(text, size, width))

    def _tall(self, lines: Sequence[str], size: float) -> float:
        return len(lines) * LEADING * size + 2 * self.pad

    def _told(self, text: str) -> LaneCells:
        lines = self._lines(text, BODY, STATE.end - ITEM.x - 2 * PAD)
        return LaneCells(None, lines, (), (), (), self._tall(lines, BODY))

    def _lane(self, lane: Lane) -> LaneCells:
        title = self._lines(lane.title, BODY, ITEM.inner)
        due = self._lines(lane.due, BODY, DUE.inner)
        state = tuple(_state_lines(self.pen, lane))
        more = self._lines(lane.more, SMALL, STATE.end - ITEM.x - 2 * PAD)
        main = max(self._tall(each, BODY) for each in (title, due, state))
        return LaneCells(lane, title, due, state, more, main + len(more) * LEADING * SMALL)


def _state_lines(pen: Pen, lane: Lane) -> list[str]:
    """Word and figures in one line where they fit, else one below the other."""
    room = STATE.inner - SYMBOL
    both = f"{lane.state}　{lane.figures}" if lane.figures else lane.state
    if pen.width(both, BODY) <= room:
        return [both]
    return [*pen.lines(lane.state, BODY, room), *pen.lines(lane.figures, BODY, room)]


def _parts(cells: RowCells) -> Iterable[RowCells]:
    """A row that no sheet holds, lane by lane on several."""
    part: list[LaneCells] = []
    room = ROOM - 2 * BAND
    for lane in cells.lanes:
        if part and sum(each.height for each in part) + lane.height > room:
            yield replace(cells, lanes=tuple(part))
            part = []
        part.append(lane)
    yield replace(cells, lanes=tuple(part))


def _filled(cells: Sequence[RowCells], room: float) -> list[SheetRows]:
    """Sheets filled one after the other; a heading never stands last on its sheet."""
    sheets: list[list[Band | RowCells]] = []
    group, left = "", 0.0
    for each in cells:
        band = [] if each.row.group == group else [Band(each.row.group)]
        if not sheets or each.height + len(band) * BAND > left:
            goes_on = "（续）" if each.row.group == group else ""
            band = [Band(f"{each.row.group}{goes_on}")]
            sheets.append([])
            left = room
        group = each.row.group
        sheets[-1] += [*band, each]
        left -= each.height + len(band) * BAND
    return [tuple(sheet) for sheet in sheets]


def _spread(sheet: SheetRows) -> SheetRows:
    """The sheet filled to its foot, as far as rows may be stretched."""
    bands = sum(each.height for each in sheet if isinstance(each, Band))
    rows = sum(each.height for each in sheet if isinstance(each, RowCells))
    more = min(_MOST_STRETCHED, (ROOM - bands) / rows) if rows else 1.0
    return tuple(
        each if isinstance(each, Band) else each.spread(each.height * more) for each in sheet
    )
