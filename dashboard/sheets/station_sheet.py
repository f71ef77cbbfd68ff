"""站点台账.xlsx read back: its rows as they were written, and every problem by its place.

Rows may be in any order and any of them missing; columns are found by their heads. Names stay
names here: what they mean, and what a row changes, is for whoever holds the books.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.ledgers.shape import Field
from dashboard.ledgers.terms import CheckVerdict, Term
from dashboard.sheets.filing_cells import CellError, choice_in, day_in, figure_in, plain, text_in
from dashboard.sheets.filing_form import SheetProblem, merged_cells
from dashboard.sheets.filing_layout import YES, Kind, SheetColumn
from dashboard.sheets.filing_package import UnfitError, open_sheet
from dashboard.sheets.plan_folder import defused
from dashboard.sheets.station_layout import (
    BOOK,
    CHECK_KEYS,
    CHECKS,
    CODE,
    FIRST_ROW,
    HEAD_ROW,
    HOSTS,
    HOW,
    LEDGER_OF,
    MARKS,
    MOST_CHECKS,
    MOST_LINES,
    OPTIONS,
    STATIONS,
    UNITS,
    BookMarks,
    BookMarksError,
    bare_head,
    columns_of,
    fields_in,
    head_of,
    marks_of_book,
)
from dashboard.sheets.station_names import is_mask

_EXACT = 10**15
"""A spreadsheet keeps fifteen figures of a number; of a longer code the last ones are lost."""
_KEYS = {STATIONS: (CODE, "name"), HOSTS: (CODE, "name"), CHECKS: ("station", "item")}
_ANEW = "请在“站点导入导出”页重新下载，在原表上填写"


@dataclass(frozen=True)
class BookLine:
    """One row as it was written: by field, None for an empty cell; fields without a column are
    not among `values`. `notes` say what was understood where it was written in another way. A row
    `is_spoilt` where a cell could not be read."""

    sheet: str
    row: int
    values: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    is_spoilt: bool = False

    @property
    def code(self) -> str | None:
        return self.values.get(CODE)


@dataclass(frozen=True)
class StationBook:
    """A book that was read: what it is, and the rows of each sheet that say something."""

    marks: BookMarks
    lines: Mapping[str, tuple[BookLine, ...]] = field(default_factory=dict)


def read_station_book(content: bytes) -> tuple[StationBook | None, tuple[SheetProblem, ...]]:
    """The book as rows, and its problems. No book is returned where it is not one of ours, or
    nobody could tell what stands where."""
    try:
        book = open_sheet(content, BOOK)
        marks = _marks_in(book)
    except (UnfitError, BookMarksError) as why:
        return None, (SheetProblem("", None, None, str(why)),)
    problems = [*_changed_form(book)]
    if problems:
        return None, tuple(problems)
    found: list[SheetProblem] = []
    lines = {name: tuple(_lines(book[name], found)) for name in LEDGER_OF if name in book}
    return StationBook(marks, lines), tuple(found)


def _marks_in(book: Workbook) -> BookMarks:
    if MARKS not in book.sheetnames:
        told = "缺少隐藏的系统信息，不是挂图下载的站点台账表，或内容被复制到了另一个表里"
        raise BookMarksError(f"{told}；{_ANEW}")
    rows = book[MARKS].iter_rows(max_col=2, values_only=True)
    return marks_of_book((str(row[0]), str(row[1] or "")) for row in rows if row[0] is not None)


# The form


def _changed_form(book: Workbook) -> Iterator[SheetProblem]:
    """What keeps one from knowing what stands where: no sheet at all, merged cells, other heads."""
    held = [name for name in LEDGER_OF if name in book.sheetnames]
    if not held:
        yield SheetProblem("", None, None, f"缺少“{STATIONS}”等页，或改了名称，{_ANEW}")
    elif len(held) < len(LEDGER_OF):
        yield from _other_names(book)
    for name in held:
        yield from merged_cells(book[name])
        yield from _other_heads(book[name])
        most = MOST_CHECKS if name == CHECKS else MOST_LINES
        if book[name].max_row > HEAD_ROW + most + MOST_LINES:
            told = f"一页最多{most}行，请删去多余的行，或分成几个表上传"
            yield SheetProblem(name, None, None, told)


def _other_names(book: Workbook) -> Iterator[SheetProblem]:
    """A page may be left out; one that stands there by another name would be passed over."""
    missing = "、".join(f"“{name}”" for name in LEDGER_OF if name not in book.sheetnames)
    for name in book.sheetnames:
        if name not in (*LEDGER_OF, HOW, OPTIONS, MARKS):
            told = f"缺少{missing}页，却多出“{name[:20]}”页，请恢复原来的名称，或删去这一页"
            yield SheetProblem("", None, None, told)


def _other_heads(sheet: Worksheet) -> Iterator[SheetProblem]:
    known = {head_of(column): column.label for column in columns_of(sheet.title)}
    found = [bare_head(cell.value) for cell in sheet[HEAD_ROW]]
    for place, head in enumerate(found, start=1):
        if head and head not in known:
            told = f"不认识的列“{head[:20]}”，请删去这一列，或恢复原来的表头"
            yield SheetProblem(sheet.title, HEAD_ROW, None, told)
        elif head and head in found[: place - 1]:
            told = f"“{head}”列出现了两次，请删去一列"
            yield SheetProblem(sheet.title, HEAD_ROW, None, told)
    for name in _KEYS[sheet.title]:
        head = next(head_of(each) for each in columns_of(sheet.title) if each.name == name)
        if head not in found:
            told = f"缺少“{head}”列，表头应在第{HEAD_ROW}行，{_ANEW}"
            yield SheetProblem(sheet.title, HEAD_ROW, None, told)


# The rows


def _lines(sheet: Worksheet, problems: list[SheetProblem]) -> Iterator[BookLine]:
    places = _places(sheet)
    last = max((column for column, _ in places), default=0)
    for cells in sheet.iter_rows(min_row=FIRST_ROW, max_col=last):
        given = [(column, cells[place - 1]) for place, column in places]
        if any(not _is_blank(cell) for _, cell in given):
            yield _line(sheet.title, cells[0].row, given, problems)


def _places(sheet: Worksheet) -> list[tuple[int, SheetColumn]]:
    """The columns that are read, with their places; those that only tell are not."""
    columns = {head_of(column): column for column in columns_of(sheet.title)}
    read = {CODE, *CHECK_KEYS, "unit"} if sheet.title == CHECKS else {CODE}
    found = []
    for place, cell in enumerate(sheet[HEAD_ROW], start=1):
        column = columns.get(bare_head(cell.value))
        if column is not None and (column.is_input or column.name in read):
            found.append((place, column))
    return found


def _is_blank(cell: Cell) -> bool:
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def _line(
    sheet: str,
    row: int,
    given: Sequence[tuple[SheetColumn, Cell]],
    problems: list[SheetProblem],
) -> BookLine:
    values: dict[str, Any] = {}
    notes, is_spoilt = [], False
    readers = _readers(sheet, given)
    for column, cell in given:
        try:
            value, note = _read(readers[column.name], cell)
        except CellError as why:
            problems.append(SheetProblem(sheet, row, column.label, str(why)))
            is_spoilt = True
            continue
        values[column.name] = value
        notes += [f"{column.label}{note}"] if note else []
    return BookLine(sheet, row, values, tuple(notes), is_spoilt)


def _read(reader: Any, cell: Cell) -> tuple[Any, str | None]:
    if cell.value is None:
        return None, None
    if cell.data_type == "s" and is_mask(_bare(cell)):
        return _bare(cell), None
    found: tuple[Any, str | None] = reader(cell)
    return found


def _bare(cell: Cell) -> str:
    return "".join(str(cell.value).split())


def _readers(sheet: str, given: Sequence[tuple[SheetColumn, Cell]]) -> Mapping[str, Any]:
    """What reads each column; a measured value is counted in the unit that its row prints."""
    if sheet != CHECKS:
        return _READERS[sheet]
    unit = next((str(cell.value or "") for column, cell in given if column.name == "unit"), "")
    return {**_READERS[sheet], "measured": partial(figure_in, unit=unit)}


# The cells


def _text(cell: Cell) -> tuple[Any, str | None]:
    """A text; codes that a spreadsheet took for numbers lose their end, and are not guessed."""
    if isinstance(cell.value, int | float) and abs(cell.value) >= _EXACT:
        raise CellError("数字过长，末尾已被表格软件改动，请把单元格设为文本格式后重新填写")
    value, note = text_in(cell)
    if isinstance(value, str) and value.startswith("'") and defused(value[1:]) == value:
        value = value[1:]  # as it was defused on the way out
    return value, note


def _day(cell: Cell) -> tuple[Any, str | None]:
    value = plain(cell)
    if isinstance(value, str) and not re.search(r"\d{4}", value):
        raise CellError(f"“{value[:20]}”没有写年份，请写作2023-9-30")
    return day_in(cell, date.min)


def _whole(cell: Cell, unit: str) -> tuple[Any, str | None]:
    value, note = figure_in(cell, unit)
    if value is not None and value != int(value):
        raise CellError(f"应为整数，计量单位是“{unit}”")
    return (None if value is None else int(value)), note


def _term(cell: Cell, kind: type[Term], choices: tuple[str, ...]) -> tuple[Any, str | None]:
    value, note = choice_in(cell, choices)
    return (None if value is None else kind.parse(value)), note


def _yes_no(cell: Cell, choices: tuple[str, ...]) -> tuple[Any, str | None]:
    value, note = choice_in(cell, choices)
    return (None if value is None else value == YES), note


def _reader(of: Field, column: SheetColumn) -> Any:
    if of.ref or of.kind is str:
        return _text
    if of.kind is date:
        return _day
    if of.kind is bool:
        return partial(_yes_no, choices=column.choices)
    if issubclass(of.kind, Term):
        return partial(_term, kind=of.kind, choices=column.choices)
    return partial(_whole if of.kind is int else figure_in, unit=UNITS.get(of.name, ""))


def _readers_of(sheet: str) -> dict[str, Any]:
    columns = {column.name: column for column in columns_of(sheet)}
    if sheet == CHECKS:
        verdict = partial(_term, kind=CheckVerdict, choices=columns["verdict"].choices)
        days = {name: _day for name, each in columns.items() if each.kind is Kind.DAY}
        return {**dict.fromkeys(columns, _text), **days, "verdict": verdict}
    fields = {of.name: _reader(of, columns[of.name]) for of in fields_in(LEDGER_OF[sheet])}
    return {CODE: _text, **fields}


_READERS = {sheet: _readers_of(sheet) for sheet in LEDGER_OF}
