"""How a sheet of the book of stations is drawn: lines above, head, rows, lists to choose from."""

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.sheets.filing_book import GrowingRow, lines_of, list_of, text_cell, worded
from dashboard.sheets.filing_layout import Kind, SheetColumn
from dashboard.sheets.station_layout import FIRST_ROW, HEAD_ROW, MOST_LINES, OPTIONS

LAST_ROW = HEAD_ROW + MOST_LINES
_FONT = "宋体"
_HEAD = PatternFill("solid", fgColor="E8ECF1")
_SHUT = PatternFill("solid", fgColor="F4F5F7")
_FRAME = Border(*[Side(style="thin", color="C5CCD6")] * 4)
_FORMATS = {Kind.DAY: "yyyy-m-d", Kind.TEXT: "@"}
_LINE_POINTS, _HEAD_POINTS, _WIDE = 15.0, 36, 12
_A3, _A4 = 8, 9
_LETTERS = "ABC"


class SheetPen:
    """Draws on one sheet whose columns are known."""

    def __init__(self, sheet: Worksheet, columns: Sequence[SheetColumn]) -> None:
        self.sheet, self.columns = sheet, columns
        self._styles: dict[tuple[Kind, bool], Any] = {}

    def above(self, lines: Sequence[str]) -> None:
        """The title and the lines below it, then the head; columns to fill are open throughout."""
        for row, line in enumerate(lines, start=1):
            cell = self.sheet.cell(row, 1, text_cell(line))
            cell.font = Font(_FONT, size=16 if row == 1 else 11, bold=row == 1)
        for place, column in enumerate(self.columns, start=1):
            self._head(place, column)
        self.sheet.row_dimensions[HEAD_ROW].height = _HEAD_POINTS
        self.sheet.freeze_panes = self.sheet.cell(FIRST_ROW, 3)
        last = get_column_letter(len(self.columns))
        self.sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{LAST_ROW}"

    def _head(self, place: int, column: SheetColumn) -> None:
        cell = self.sheet.cell(HEAD_ROW, place, column.head)
        cell.font, cell.fill, cell.border = Font(_FONT, size=11, bold=True), _HEAD, _FRAME
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        drawn = self.sheet.column_dimensions[get_column_letter(place)]
        drawn.width = column.width
        if column.is_input:
            drawn.protection = Protection(locked=False)
            drawn.number_format = _FORMATS.get(column.kind, "General")
            drawn.font = Font(_FONT, size=11)

    def row(self, number: int, values: Sequence[Any]) -> None:
        """One row, as high as its longest text."""
        lines = 1
        for place, (column, value) in enumerate(zip(self.columns, values, strict=True), start=1):
            if isinstance(value, str):
                lines = max(lines, sum(lines_of(line, column.width) for line in value.split("\n")))
            cell = self.sheet.cell(number, place, text_cell(value))
            cell._style = self._style(column)
        height = _LINE_POINTS * lines + 3
        self.sheet.row_dimensions[number] = GrowingRow(self.sheet, index=number, ht=height)

    def _style(self, column: SheetColumn) -> Any:
        """One style for all cells of a kind: setting it part by part takes most of the time."""
        key = column.kind, column.width >= _WIDE
        if key not in self._styles:
            self._styles[key] = self._made(column, is_wide=key[1])
        return self._styles[key]

    def _made(self, column: SheetColumn, *, is_wide: bool) -> Any:
        cell = self.sheet.cell(LAST_ROW + 1, 1)
        cell.font, cell.border = Font(_FONT, size=11), _FRAME
        horizontal = "left" if is_wide else "center"
        cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
        cell.number_format = _FORMATS.get(column.kind, "General")
        cell.protection = Protection(locked=not column.is_input)
        if not column.is_input:
            cell.fill = _SHUT
        del self.sheet._cells[LAST_ROW + 1, 1]
        return cell._style

    def offer(self, last: int, named: Mapping[str, int]) -> None:
        """Lists and days to choose from; `named` is how many names a place of the unseen sheet
        has, by the field: its columns stand there in this order."""
        for place, column in enumerate(self.columns, start=1):
            offered = _offered(column, named) if column.is_input else None
            if offered is not None:
                letter = get_column_letter(place)
                offered.add(f"{letter}{FIRST_ROW}:{letter}{last}")
                self.sheet.add_data_validation(offered)

    def set_page(self, *, is_wide: bool) -> None:
        """Laid across; the many columns of stations take two A3 pages side by side.

        Filters and new rows stay possible.
        """
        sheet = self.sheet
        sheet.page_setup.paperSize = _A3 if is_wide else _A4
        sheet.print_title_cols = "A:B"
        sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
        set_page(sheet, pages_wide=2 if is_wide else 1)
        protection = sheet.protection
        protection.formatRows = protection.formatColumns = protection.formatCells = False
        protection.autoFilter = protection.insertRows = False


def set_page(sheet: Worksheet, *, pages_wide: int = 1) -> None:
    """Laid across, so many pages wide, locked but for what is open."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_wide, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第&P页，共&N页"
    sheet.protection.sheet = True


def draw_guide(sheet: Worksheet, lines: Sequence[Sequence[str]]) -> None:
    """填写说明: a title, rules of one cell, and a table of three."""
    for number, line in enumerate(lines, start=1):
        for place, text in enumerate(line, start=1):
            cell = sheet.cell(number, place, text_cell(text))
            cell.font = Font(_FONT, size=16 if number == 1 else 11, bold=number == 1)
            cell.alignment = Alignment(vertical="center", wrap_text=len(line) > 1)
            if len(line) > 1:
                cell.border = _FRAME
    for letter, width in zip(_LETTERS, (15, 22, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.paperSize = _A4
    set_page(sheet)


def _offered(column: SheetColumn, named: Mapping[str, int]) -> DataValidation | None:
    if column.name in named:
        letter = get_column_letter(list(named).index(column.name) + 1)
        span = f"{OPTIONS}!${letter}$1:${letter}${max(1, named[column.name])}"
        made = DataValidation(type="list", formula1=span, allow_blank=True)
        made.errorStyle = "warning"  # an alias may be written too
        return worded(made, "请从下拉列表中选择")
    if column.kind is Kind.CHOICE:
        return list_of(column.choices)
    if column.kind is Kind.DAY:
        made = DataValidation(type="date", operator="greaterThan", formula1="DATE(1990,1,1)")
        made.allow_blank = True
        return worded(made, "请填写日期，写作2023-9-30")
    return None
