"""One 填报表.xlsx a unit: prefilled, protected but for the cells to fill, one page wide.

Nothing is merged, so that rows grow with their text and no row can be half of another. No cell
holds a formula: what a chat's preview shows is what is in the file.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.settings import Settings
from dashboard.sheets.filing_layout import (
    COLUMNS,
    HEAD_ROW,
    MARKS_SHEET,
    NOT_ASKED,
    PLACES,
    PROBLEM_COLUMNS,
    PROBLEM_FIRST_ROW,
    PROBLEM_HEAD_ROW,
    PROBLEM_ROWS,
    PROBLEMS_SHEET,
    ROWS_SHEET,
    Kind,
    Marks,
    SheetColumn,
)
from dashboard.sheets.filing_rows import PrintedRow, printed_rows, title_of, whose
from dashboard.sheets.filing_wishes import SheetWish, day_of_wish
from dashboard.sheets.plan_folder import defused

HOW_TO_FILL = (
    "一、只填有粗边框的格（表头标有〔填〕〔选〕），其他格已锁定；不要增删、移动行和列，"
    "不要合并单元格，不要写公式。",
    "二、“本期新增”只填上次以后新增的数，系统自动累加；“完成值”填现在达到的数，"
    "计量单位为%的写作85%。没有变化的选“无变化”，其余可不填。",
    "三、整行不填视为本期未报。日期写作2023-9-30。需要反映的问题填在“问题”页。"
    "填好后存为xlsx格式，原样发回。",
)
_HOW_TO_RAISE = (
    "问题随填报一并提出：“对应序号”写填报表中该事项的序号，该事项须同时填报；"
    "一个事项一次提一个问题。"
)
_THIN, _THICK = Side(style="thin", color="8A94A3"), Side(style="medium", color="1F3A5F")
_FRAME, _OPEN_FRAME = (
    Border(top=each, bottom=each, left=each, right=each) for each in (_THIN, _THICK)
)
_HEAD_FILL, _OPEN_FILL = (PatternFill("solid", fgColor=each) for each in ("E8ECF1", "FFF9E5"))
_SHUT_FILL = PatternFill("solid", fgColor="F4F5F7")
_FONT = "宋体"
_MARGIN_INCHES = 0.35
_A4 = 9
_LINE_POINTS, _LEAST_POINTS = 15.0, 34.0
"""Height of a line of text, and of a row into which a person may write two lines by hand."""


class GrowingRow(RowDimension):  # type: ignore[misc]
    """A row with a height to begin with, which grows with its text: openpyxl's own would not."""

    customHeight = property(lambda _: False)  # noqa: N815


def filing_book(wish: SheetWish, settings: Settings, stamp: str, made_at: str) -> bytes:
    """The xlsx of one unit's sheet; `stamp` says who took it out and when, `made_at` when."""
    rows = printed_rows(wish, settings)
    book = Workbook()
    sheet: Worksheet = book.active
    sheet.title = ROWS_SHEET
    _write_head(sheet, wish, settings, stamp)
    for row in rows:
        _write_row(sheet, row)
    _offer(sheet, rows, date.fromisoformat(day_of_wish(wish)))
    _set_page(sheet, HEAD_ROW, title_of(wish))
    sheet.column_dimensions[get_column_letter(PLACES["no_event"])].hidden = not any(
        "no_event" in row.mark.open for row in rows
    )
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, PLACES["title"] + 1)
    _write_problems(book.create_sheet(PROBLEMS_SHEET), wish, len(rows))
    _write_marks(book.create_sheet(MARKS_SHEET), _marks(wish, rows, made_at))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _marks(wish: SheetWish, rows: Iterable[PrintedRow], made_at: str) -> Marks:
    books = wish.judgement.books
    return Marks(
        plan=books.plan.code,
        unit=wish.unit.code,
        round=wish.round.code,
        day=day_of_wish(wish),
        made_at=made_at,
        is_practice=books.plan.practice_now is not None,
        rows=tuple(row.mark for row in rows),
    )


def text_cell(value: Any) -> Any:
    """A cell's value; text is defused and freed of what no workbook can hold."""
    return defused(ILLEGAL_CHARACTERS_RE.sub("", value)) if isinstance(value, str) else value


# The sheet of rows


def _write_head(sheet: Worksheet, wish: SheetWish, settings: Settings, stamp: str) -> None:
    lines = (title_of(wish), whose(wish, settings.office.name), *HOW_TO_FILL, stamp)
    for number, line in enumerate(lines, start=1):
        cell = sheet.cell(number, 1, text_cell(line))
        cell.font = Font(_FONT, size=16 if number == 1 else 11, bold=number <= 2)
    _write_columns(sheet, COLUMNS, HEAD_ROW)


def _write_columns(sheet: Worksheet, columns: Sequence[SheetColumn], row: int) -> None:
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(row, place, column.head)
        cell.font, cell.fill = Font(_FONT, size=11, bold=True), _HEAD_FILL
        cell.border = _OPEN_FRAME if column.is_input else _FRAME
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.row_dimensions[row].height = 48


def _write_row(sheet: Worksheet, row: PrintedRow) -> None:
    for place, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(row.mark.row, place)
        if not column.is_input:
            cell.value = text_cell(row.printed[column.name])
            _shut(cell, column)
        elif column.name in row.mark.open:
            _unlock(cell, column)
        else:
            cell.value = NOT_ASKED
            _shut(cell, column)
    _set_height(sheet, row.mark.row, _LINE_POINTS * _lines(row) + 4)


def _lines(row: PrintedRow) -> int:
    """How many lines the longest printed cell takes."""
    texts = ((str(row.printed[each.name]), each.width) for each in COLUMNS if not each.is_input)
    return max(sum(lines_of(line, width) for line in text.split("\n")) for text, width in texts)


def lines_of(line: str, width: float) -> int:
    """How many lines a text takes in a column so many signs wide."""
    signs = sum(2 if ord(sign) > 255 else 1 for sign in line)
    return max(1, math.ceil(signs / (width - 1.5)))


def _set_height(sheet: Worksheet, row: int, points: float) -> None:
    height = max(_LEAST_POINTS, points)
    sheet.row_dimensions[row] = GrowingRow(sheet, index=row, ht=height)


_CENTRED = ("number", "clause", "last", "expected", "target", "unit")


def _shut(cell: Cell, column: SheetColumn) -> None:
    cell.font, cell.border = Font(_FONT, size=11), _FRAME
    centred = column.name in _CENTRED or column.is_input
    horizontal = "center" if centred else "left"
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
    if column.is_input:
        cell.fill = _SHUT_FILL


def _unlock(cell: Cell, column: SheetColumn) -> None:
    cell.font, cell.fill, cell.border = Font(_FONT, size=11), _OPEN_FILL, _OPEN_FRAME
    horizontal = "left" if column.kind is Kind.TEXT else "center"
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
    cell.protection = Protection(locked=False)
    if column.kind is Kind.DAY:
        cell.number_format = "yyyy-m-d"
    elif column.kind is Kind.TEXT:
        cell.number_format = "@"  # a text that begins with = or looks like a date stays text


def _offer(sheet: Worksheet, rows: Sequence[PrintedRow], today: date) -> None:
    """Lists, numbers and days in the cells to fill; what they refuse is said in Chinese."""
    for column in COLUMNS:
        if column.kind is Kind.CHOICE and column.name != "change":
            _apply(sheet, list_of(column.choices), column.name, rows)
        if column.kind is Kind.DAY:
            _apply(sheet, _day(today), column.name, rows)
    for choices in dict.fromkeys(row.changes for row in rows):
        mine = [row for row in rows if row.changes == choices]
        _apply(sheet, list_of(choices), "change", mine)
    _apply(sheet, _figure("whole", "请填写不小于0的整数", None), "new", rows)
    percents = [row for row in rows if row.is_percent]
    others = [row for row in rows if not row.is_percent]
    _apply(sheet, _figure("decimal", "请填写0%至100%，写作85%", 100), "value", percents)
    _apply(sheet, _figure("decimal", "请填写不小于0的数，不写单位", None), "value", others)


def _apply(
    sheet: Worksheet, offered: DataValidation, name: str, rows: Iterable[PrintedRow]
) -> None:
    letter = get_column_letter(PLACES[name])
    places = [f"{letter}{row.mark.row}" for row in rows if name in row.mark.open]
    if places:
        for place in places:
            offered.add(place)
        sheet.add_data_validation(offered)


def list_of(choices: Sequence[str]) -> DataValidation:
    """A list to choose from in a cell."""
    made = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    return worded(made, f"请从下拉列表中选择：{'、'.join(choices)}")


def _day(today: date) -> DataValidation:
    first = f"DATE({today.year},{today.month},{today.day})"
    made = DataValidation(type="date", operator="greaterThanOrEqual", formula1=first)
    made.allow_blank = True
    return worded(made, f"请填写日期，写作2023-9-30，不早于{today}")


def _figure(kind: str, told: str, most: int | None) -> DataValidation:
    operator = "greaterThanOrEqual" if most is None else "between"
    made = DataValidation(type=kind, operator=operator, formula1="0", allow_blank=True)
    made.formula2 = None if most is None else str(most)
    return worded(made, told)


def worded(made: DataValidation, told: str) -> DataValidation:
    """The same check, which says what to fill in and, where that was not done, says it again."""
    made.showErrorMessage, made.showInputMessage = True, True
    made.errorTitle, made.error = "填写有误", told
    made.promptTitle, made.prompt = "填写说明", told
    return made


def _set_page(sheet: Worksheet, head: int, title: str) -> None:
    """A4 laid across, one page wide, the head on each page; rows may still be made higher."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = _MARGIN_INCHES
    margins.bottom, margins.footer = 2 * _MARGIN_INCHES, _MARGIN_INCHES
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{head}:{head}"
    sheet.oddFooter.center.text = f"{title.replace('&', '&&')}　第&P页，共&N页"
    protection = sheet.protection
    protection.sheet = True
    protection.formatRows = protection.formatColumns = protection.formatCells = False


# The sheet of problems and the unseen one


def _write_problems(sheet: Worksheet, wish: SheetWish, numbers: int) -> None:
    sheet.cell(1, 1, text_cell(f"{title_of(wish)}（问题）")).font = Font(_FONT, size=16, bold=True)
    sheet.cell(2, 1, _HOW_TO_RAISE).font = Font(_FONT, size=11)
    _write_columns(sheet, PROBLEM_COLUMNS, PROBLEM_HEAD_ROW)
    today = date.fromisoformat(day_of_wish(wish))
    last = PROBLEM_FIRST_ROW + PROBLEM_ROWS - 1
    for place, column in enumerate(PROBLEM_COLUMNS, start=1):
        for row in range(PROBLEM_FIRST_ROW, last + 1):
            _unlock(sheet.cell(row, place), column)
            _set_height(sheet, row, 3 * _LINE_POINTS)
        offered = _offered(column, today, numbers)
        if offered is not None:
            letter = get_column_letter(place)
            offered.add(f"{letter}{PROBLEM_FIRST_ROW}:{letter}{last}")
            sheet.add_data_validation(offered)
    _set_page(sheet, PROBLEM_HEAD_ROW, f"{title_of(wish)}（问题）")


def _offered(column: SheetColumn, today: date, numbers: int) -> DataValidation | None:
    if column.kind is Kind.CHOICE:
        return list_of(column.choices)
    if column.kind is Kind.DAY:
        return _day(today)
    if column.kind is Kind.FIGURE:
        made = DataValidation(type="whole", operator="between", formula1="1", allow_blank=True)
        made.formula2 = str(numbers)
        return worded(made, f"请填写填报表中的序号，1至{numbers}")
    return None


def _write_marks(sheet: Worksheet, marks: Marks) -> None:
    for cells in marks.cells():
        sheet.append(cells)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
