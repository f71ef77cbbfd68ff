"""Is a 填报表 that comes back still the form that went out, each row in its place?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.sheets.filing_layout import (
    CHECKED,
    COLUMNS,
    FIRST_ROW,
    HEAD_ROW,
    MARKS_SHEET,
    PLACES,
    PROBLEM_COLUMNS,
    PROBLEM_FIRST_ROW,
    PROBLEM_HEAD_ROW,
    PROBLEM_ROWS,
    PROBLEMS_SHEET,
    ROWS_SHEET,
    Marks,
    MarksError,
    SheetColumn,
    label_of,
    marks_of,
)


@dataclass(frozen=True)
class SheetProblem:
    """What is wrong where, with the cure: “填报表 第8行 完成值：…”."""

    sheet: str
    row: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        row = f"第{self.row}行" if self.row else ""
        where = " ".join(part for part in (self.sheet, row, self.column or "") if part)
        return f"{where}：{self.message}" if where else self.message


def marks_in(book: Workbook) -> Marks:
    """What a book says of itself, unseen. Raises MarksError."""
    if MARKS_SHEET not in book.sheetnames:
        raise MarksError(
            "缺少隐藏的系统信息，不是挂图下发的填报表，或内容被复制到了另一个表里；"
            "请在原填报表上填写，或重新下载"
        )
    rows = book[MARKS_SHEET].iter_rows(max_col=2, values_only=True)
    return marks_of((str(row[0]), str(row[1] or "")) for row in rows if row[0] is not None)


def changed_form(book: Workbook, marks: Marks) -> Iterator[SheetProblem]:
    """Whatever keeps one from knowing what stands where: moved rows, merged cells, other heads."""
    missing = [name for name in (ROWS_SHEET, PROBLEMS_SHEET) if name not in book.sheetnames]
    for name in missing:
        yield SheetProblem(name, None, None, "缺少这一页，或改了名称，请在原填报表上填写")
    if missing:
        return
    heads = ((ROWS_SHEET, COLUMNS, HEAD_ROW), (PROBLEMS_SHEET, PROBLEM_COLUMNS, PROBLEM_HEAD_ROW))
    for name, columns, head in heads:
        yield from merged_cells(book[name])
        yield from _other_heads(book[name], columns, head)
    moved = list(_moved(book[ROWS_SHEET], marks))
    yield from moved
    if not moved:
        last = FIRST_ROW + len(marks.rows) - 1
        yield from _outside(book[ROWS_SHEET], HEAD_ROW, last, len(COLUMNS))
        last = PROBLEM_FIRST_ROW + PROBLEM_ROWS - 1
        yield from _outside(book[PROBLEMS_SHEET], PROBLEM_HEAD_ROW, last, len(PROBLEM_COLUMNS))


def merged_cells(sheet: Worksheet) -> Iterator[SheetProblem]:
    """Merged cells, of which nobody knows which row and column they fill."""
    for each in sheet.merged_cells.ranges:
        told = f"{each.coord}是合并的单元格，不知填的是哪一项，请取消合并后分别填写"
        yield SheetProblem(sheet.title, each.min_row, None, told)


def _other_heads(
    sheet: Worksheet, columns: tuple[SheetColumn, ...], head: int
) -> Iterator[SheetProblem]:
    for place, column in enumerate(columns, start=1):
        found = _shown(sheet.cell(head, place).value)
        if found != _shown(column.head):
            label = column.label.replace("\n", "")
            shown = found[:20] or "空"
            told = f"表头应为“{label}”，现为“{shown}”，列被移动或改动，请在原填报表上填写"
            yield SheetProblem(sheet.title, head, label, told)


def _shown(value: Any) -> str:
    """A printed cell as it is compared: line ends and blanks make no difference."""
    return "".join(str(value if value is not None else "").replace("_x000D_", "").split())


def _moved(sheet: Worksheet, marks: Marks) -> Iterator[SheetProblem]:
    for mark in marks.rows:
        for name, printed in zip(CHECKED, mark.printed, strict=True):
            found = _shown(sheet.cell(mark.row, PLACES[name]).value)
            if found != _shown(printed).lstrip("'") and found != _shown(printed):
                told = (
                    f"应为“{printed[:30]}”，现为“{found[:30] or '空'}”，"
                    "行被移动、增删或改动，请在原填报表上填写"
                )
                yield SheetProblem(sheet.title, mark.row, label_of(name), told)
                break


def _outside(sheet: Worksheet, head: int, last: int, columns: int) -> Iterator[SheetProblem]:
    # The cells that are there: walking to the last one would take for ever where it is far out.
    for row, place in sorted(sheet._cells):
        is_inside = row <= last and place <= columns
        if row >= head and not is_inside and _shown(sheet.cell(row, place).value):
            at = f"{get_column_letter(place)}{row}"
            told = f"{at}在表格以外，不会读入，请移到表格内再删去此处"
            yield SheetProblem(sheet.title, row, None, told)
