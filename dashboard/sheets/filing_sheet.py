"""A 填报表 read back: its rows as they were filled, and every problem by sheet, row and column.

Nothing is half-read: a book that is not the one that went out gives no row at all, and a row of
which one cell cannot be read is given without what was filled in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.ledgers.terms import ProblemCategory
from dashboard.sheets.filing_cells import (
    CellError,
    Read,
    choice_in,
    day_in,
    figure_in,
    plain,
    text_in,
)
from dashboard.sheets.filing_form import SheetProblem, changed_form, marks_in
from dashboard.sheets.filing_layout import (
    CHECKED,
    COLUMNS,
    NOT_ASKED,
    PLACES,
    PROBLEM_COLUMNS,
    PROBLEM_FIRST_ROW,
    PROBLEM_PLACES,
    PROBLEM_ROWS,
    PROBLEMS_SHEET,
    ROWS_SHEET,
    Kind,
    Marks,
    MarksError,
    RowMark,
    SheetColumn,
    label_of,
)
from dashboard.sheets.filing_package import UnfitError, open_sheet

MOST_TOLD = 20
"""So many problems of a kind are listed one by one."""


@dataclass(frozen=True)
class RaisedProblem:
    """A problem of the second sheet; `number` names the row of the first with which it comes."""

    row: int
    number: str
    description: str
    category: ProblemCategory
    closing_standard: str
    due_on: date | None = None
    request: str | None = None
    request_due_on: date | None = None


@dataclass(frozen=True)
class SheetRow:
    """One row as it was filled. `entered` holds what is not empty, by the columns' names; `notes`
    say what was understood where it was written in another way. A row `is_spoilt` where a cell
    could not be read: nothing is entered then."""

    mark: RowMark
    entered: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    is_spoilt: bool = False
    raised: RaisedProblem | None = None

    @property
    def number(self) -> str:
        return self.mark.printed[CHECKED.index("number")]

    @property
    def title(self) -> str:
        return self.mark.printed[CHECKED.index("title")]

    @property
    def is_empty(self) -> bool:
        """Whether the unit left it blank: 未填."""
        return not self.entered and not self.is_spoilt


@dataclass(frozen=True)
class FilingSheet:
    """A sheet that was read: whose it is and its rows."""

    marks: Marks
    rows: tuple[SheetRow, ...]


def read_filing_sheet(content: bytes) -> tuple[FilingSheet | None, tuple[SheetProblem, ...]]:
    """A 填报表.xlsx as rows, and its problems. No sheet is returned where it is not as it went out:
    another file, another form, moved or merged rows."""
    try:
        book = open_sheet(content)
        marks = marks_in(book)
    except (UnfitError, MarksError) as why:
        return None, (SheetProblem("", None, None, str(why)),)
    problems = [*changed_form(book, marks)]
    if problems:
        return None, tuple(problems[:MOST_TOLD])
    reader = _Reader(marks)
    rows = [reader.row(book[ROWS_SHEET], mark) for mark in marks.rows]
    raised = list(reader.raised(book[PROBLEMS_SHEET]))
    return FilingSheet(marks, tuple(reader.with_raised(rows, raised))), tuple(reader.problems)


# Reading the cells


class _Reader:
    """Reads the cells to fill, noting each problem with its place."""

    def __init__(self, marks: Marks) -> None:
        self.since = date.fromisoformat(marks.day)
        self.problems: list[SheetProblem] = []

    def row(self, sheet: Worksheet, mark: RowMark) -> SheetRow:
        """One row of the first sheet."""
        unit = mark.printed[CHECKED.index("unit")]
        notes: list[str] = []
        entered: dict[str, Any] = {}
        before = len(self.problems)
        for column in COLUMNS:
            if column.is_input:
                cell = sheet.cell(mark.row, PLACES[column.name])
                is_open = column.name in mark.open
                value, note = self._cell(column, cell, unit, is_open=is_open)
                entered |= {} if value is None else {column.name: value}
                notes += [f"{label_of(column.name)}{note}"] if note else []
        if len(self.problems) > before:
            return SheetRow(mark, is_spoilt=True)
        return SheetRow(mark, entered, tuple(notes))

    def _cell(self, column: SheetColumn, cell: Cell, unit: str, *, is_open: bool) -> Read:
        try:
            if not is_open:
                return _shut(cell)
            return self._value(column, cell, unit)
        except CellError as why:
            label = column.label.replace("\n", "")
            self.problems.append(SheetProblem(cell.parent.title, cell.row, label, str(why)))
            return None, None

    def _value(self, column: SheetColumn, cell: Cell, unit: str) -> Read:
        if column.kind is Kind.FIGURE:
            return figure_in(cell, unit)
        if column.kind is Kind.DAY:
            return day_in(cell, self.since)
        if column.kind is Kind.CHOICE:
            return choice_in(cell, column.choices)
        return text_in(cell)

    def raised(self, sheet: Worksheet) -> Iterator[RaisedProblem]:
        """The problems of the second sheet that are whole."""
        for row in range(PROBLEM_FIRST_ROW, PROBLEM_FIRST_ROW + PROBLEM_ROWS):
            before = len(self.problems)
            given: dict[str, Any] = {}
            for column in PROBLEM_COLUMNS:
                cell = sheet.cell(row, PROBLEM_PLACES[column.name])
                value, _ = self._cell(column, cell, "", is_open=True)
                given |= {} if value is None else {column.name: value}
            if given:
                self._refuse_gaps(row, given)
            if given and len(self.problems) == before:
                category = ProblemCategory.parse(given.pop("category"))
                number = f"{given.pop('number'):.15g}"
                yield RaisedProblem(row=row, number=number, category=category, **given)

    def _refuse_gaps(self, row: int, given: dict[str, Any]) -> None:
        for name in ("number", "description", "category", "closing_standard"):
            at = label_of(name, PROBLEM_COLUMNS)
            told_already = any(
                (each.sheet, each.row, each.column) == (PROBLEMS_SHEET, row, at)
                for each in self.problems
            )
            if name not in given and not told_already:
                self.problems.append(SheetProblem(PROBLEMS_SHEET, row, at, "不能为空，请填写"))

    def with_raised(self, rows: list[SheetRow], raised: list[RaisedProblem]) -> Iterator[SheetRow]:
        """The rows, each with the problem that comes with it."""
        by_number = {row.number: row for row in rows}
        taken: dict[str, RaisedProblem] = {}
        for each in raised:
            row, number = by_number.get(each.number), each.number
            told = None
            if row is None:
                told = f"填报表中没有序号{number}，请核对"
            elif row.is_empty:
                told = f"序号{number}的事项没有填报，问题须随填报提出，请先填该事项（可选“无变化”）"
            elif number in taken:
                told = f"序号{number}已有一个问题，一个事项一次提一个，请下次再提"
            if told is None:
                taken[number] = each
            else:
                at = label_of("number", PROBLEM_COLUMNS)
                self.problems.append(SheetProblem(PROBLEMS_SHEET, each.row, at, told))
        for row in rows:
            found = taken.get(row.number)
            yield row if found is None else _with(row, found)


def _shut(cell: Cell) -> Read:
    """A cell that the row does not ask for: whatever is there would be lost unsaid."""
    value = plain(cell)
    if value not in (None, NOT_ASKED):
        raise CellError("本行不填这一项，请清空，或改填在有粗边框的格中")
    return None, None


def _with(row: SheetRow, raised: RaisedProblem) -> SheetRow:
    return SheetRow(row.mark, row.entered, row.notes, row.is_spoilt, raised)
