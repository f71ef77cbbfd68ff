"""The sheet of towns: every town against every requirement, with sign, word and figures."""

from dataclasses import dataclass

from dashboard.reports.wall_frame import FOOT
from dashboard.reports.wall_layout import BOTTOM, MARGIN, PAD
from dashboard.reports.wall_pen import INK, LEADING, QUIET, RULE, TEXT, WHITE, WIDTH, Pen
from dashboard.rules.coverage import Coverage, Stage
from dashboard.rules.stage_words import SHARE_STAGES, STAGES
from dashboard.rules.targets import target_words
from dashboard.rules.town_matrix import Share, TownMatrix, TownRow, share_words

HEAD = 6.2
_SMALLEST, _LARGEST = 5.6, 8.5
_TOP = 76.0
_HEAD_ROOM = 4 * HEAD * LEADING + 2 * PAD
_NAME = 82.0
_NARROWEST, _WIDEST = 62.0, 150.0
_LOWEST, _TALLEST = 14.0, 34.0
_NOTE = "站点数据取自站点台账，其余为镇街分报、已审核的数。镇街按办公室名单顺序排列，不作排名。"
_FILLS = {Stage.MET: "#A6C1DE", Stage.BUILT: "#CEDDED", Stage.BUILDING: "#EDF2F8"}
"""The blues of the map, from deep to pale: red, yellow and green belong to the lights."""
_SILENT = (Stage.UNRECORDED, Stage.UNKNOWN, Stage.EXEMPT)


@dataclass(frozen=True)
class Cell:
    """One town's standing on one requirement."""

    word: str
    figures: str
    stage: Stage


@dataclass(frozen=True)
class TownSheet:
    """What one sheet shows: heads with what is asked, and rows of cells."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def town_sheets(matrix: TownMatrix) -> tuple[TownSheet, ...]:
    """The matrix on as few sheets as hold it: columns first, then rows; none without towns."""
    heads = [_list_head(each) for each in matrix.wholes]
    heads += [(each.name, target_words(each)) for each in matrix.indicators]
    if not heads or not matrix.rows:
        return ()
    rows = [(row.unit.name, _cells(row)) for row in matrix.rows]
    columns = _even(len(heads), int((WIDTH - 2 * MARGIN - _NAME) // _NARROWEST))
    depths = _even(len(rows), int((BOTTOM - _TOP - _HEAD_ROOM) // _LOWEST))
    return tuple(
        TownSheet(
            tuple(heads[across]),
            tuple((name, cells[across]) for name, cells in rows[down]),
        )
        for across in columns
        for down in depths
    )


def _even(number: int, most: int) -> list[slice]:
    """So many things in as few alike parts as hold at most `most`."""
    parts = -(-number // most)
    size = -(-number // parts)
    return [slice(start, min(start + size, number)) for start in range(0, number, size)]


def _list_head(whole: Coverage) -> tuple[str, str]:
    said = "应设总数待核定" if whole.obliged is None else f"全县{whole.denominator}"
    return whole.hosts.title, said


def _cells(row: TownRow) -> tuple[Cell, ...]:
    return (*map(_of_list, row.coverages), *map(_of_share, row.shares))


def _of_list(each: Coverage) -> Cell:
    word = STAGES[each.stage]
    if each.stage in _SILENT:
        return Cell(word, f"已建{each.built}" if each.built else "", each.stage)
    return Cell(word, f"{each.filled}/{each.obliged}{each.hosts.unit_word}", each.stage)


def _of_share(share: Share) -> Cell:
    figures = share_words(share) if share.line is not None else ""
    return Cell(SHARE_STAGES[share.stage], figures, share.stage)


def draw_towns(pen: Pen, sheet: TownSheet, sentence: str) -> None:
    """The answer in one sentence, the table, and where its figures come from."""
    lines = pen.lines(sentence, 7.0, WIDTH - 2 * MARGIN)
    pen.block((MARGIN, 62), lines, 7.0, colour=TEXT)
    pen.text((MARGIN, FOOT), _NOTE, 5.6, colour=QUIET)
    _Table(pen, sheet).draw()


class _Table:
    """One sheet's table, with the largest type that keeps its cells in one line."""

    def __init__(self, pen: Pen, sheet: TownSheet) -> None:
        self.pen, self.sheet = pen, sheet
        self.wide = min(_WIDEST, (WIDTH - 2 * MARGIN - _NAME) / len(sheet.heads))
        self.left = (WIDTH - _NAME - self.wide * len(sheet.heads)) / 2
        self.end = self.left + _NAME + self.wide * len(sheet.heads)
        self.tall = min(_TALLEST, (BOTTOM - _TOP - _HEAD_ROOM) / len(sheet.rows))
        cells = [cell for _, cells in sheet.rows for cell in cells]
        widest = max(pen.width(_both(cell), 1.0) for cell in cells)
        self.size = min(_LARGEST, max(_SMALLEST, self.inner / widest), self.tall / 2)

    @property
    def inner(self) -> float:
        return self.wide - 2 * PAD

    def draw(self) -> None:
        """Head, then a row a town."""
        self._head()
        y = _TOP + _HEAD_ROOM
        for name, cells in self.sheet.rows:
            named = self.pen.lines(name, self.size, _NAME - 2 * PAD, bold=True)
            at = (self.left + PAD, y + self.tall / 2)
            self.pen.block(at, named, self.size, bold=True)
            for number, cell in enumerate(cells):
                self._cell(cell, (self.left + _NAME + number * self.wide, y))
            y += self.tall
            self.pen.rule((self.left, y), (self.end, y), RULE, 0.35)

    def _head(self) -> None:
        self.pen.rect((self.left, _TOP), (self.end - self.left, _HEAD_ROOM), fill=INK)
        middle = _TOP + _HEAD_ROOM / 2
        self.pen.text((self.left + PAD, middle), "镇街", HEAD, bold=True, colour=WHITE)
        step = HEAD * LEADING
        for number, (title, asked) in enumerate(self.sheet.heads):
            x = self.left + _NAME + (number + 0.5) * self.wide
            named = self.pen.lines(title, HEAD, self.inner, bold=True)
            more = self.pen.lines(asked, HEAD, self.inner)
            top = middle - (len(named) + len(more)) * step / 2
            at = (x, top + len(named) * step / 2)
            self.pen.block(at, named, HEAD, bold=True, colour=WHITE, align="centre")
            at = (x, top + (len(named) + len(more) / 2) * step)
            self.pen.block(at, more, HEAD, colour=WHITE, align="centre")

    def _cell(self, cell: Cell, at: tuple[float, float]) -> None:
        fill = _FILLS.get(cell.stage)
        if fill:
            corner, inner = (at[0] + 0.6, at[1] + 0.6), (self.wide - 1.2, self.tall - 1.2)
            self.pen.rect(corner, inner, fill=fill)
        colour = QUIET if cell.stage in _SILENT else TEXT
        fits = self.pen.width(_both(cell), self.size) <= self.inner + 0.01
        lines = [_both(cell)] if fits else [cell.word, cell.figures]
        size = self.size if fits else min(self.size, self.tall / 3)
        middle = (at[0] + self.wide / 2, at[1] + self.tall / 2)
        self.pen.block(middle, lines, size, colour=colour, align="centre")


def _both(cell: Cell) -> str:
    return f"{cell.word}　{cell.figures}" if cell.figures else cell.word
