"""How a sheet of a workbook is drawn: a line that says what, whose and when; head; rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboard import wording
from dashboard.access.viewer import Viewer
from dashboard.ledgers.terms import Term
from dashboard.rules.judgement import Judgement
from dashboard.sheets.plan_folder import defused

_WIDEST = 48
_ROWS_MEASURED = 200
_LINE = Border(bottom=Side(style="thin", color="D5DAE1"))
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_HEAD_FONT = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="F4F5F7")
_DAY = 'yyyy"年"m"月"d"日"'


@dataclass(frozen=True)
class Stamp:
    """Who took something out of the house, and when."""

    viewer: Viewer
    at: datetime

    def __str__(self) -> str:
        who = wording.signed(self.viewer.post, self.viewer.account)
        return f"导出：{who}，{wording.moment(self.at)}"


def note_of(judgement: Judgement, stamp: Stamp) -> str:
    """The line above a plan's ledgers: practice or not, which plan, as of when, who and when."""
    plan = judgement.books.plan
    practice = "【演示数据】" if judgement.books.has_practice else ""
    day = wording.full_day(judgement.today)
    return f"{practice}{plan.short_title}（{plan.number}）　统计截止日：{day}　{stamp}"


def new_book() -> Workbook:
    """A workbook without a sheet."""
    book = Workbook()
    book.remove(book.active)
    return book


def saved(book: Workbook) -> bytes:
    """The workbook as the bytes of an xlsx file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cell_of(value: Any) -> Any:
    """A cell's value: terms and moments in words, text defused, so that no formula is made."""
    if isinstance(value, Term):
        return value.label
    if isinstance(value, bool):
        return "是" if value else None
    if isinstance(value, datetime):
        return wording.moment(value)
    # A name tried at the log-in may hold what no workbook can.
    return defused(ILLEGAL_CHARACTERS_RE.sub("", value)) if isinstance(value, str) else value


def add_sheet(
    book: Workbook, title: str, note: str, head: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Draw a sheet that opens in WPS and prints on A4 paper laid across."""
    sheet: Worksheet = book.create_sheet(title)
    sheet.append([cell_of(note)])
    sheet.append(list(head))
    cells = [[cell_of(value) for value in row] for row in rows]
    for row in cells:
        sheet.append(row)
    for cell in sheet[2]:
        cell.font, cell.fill = _HEAD_FONT, _HEAD_FILL
    for line in sheet.iter_rows(min_row=2, max_col=len(head)):
        for cell in line:
            cell.alignment, cell.border = _WRAPPED, _LINE
            if isinstance(cell.value, date):
                cell.number_format = _DAY
    _set_widths(sheet, head, cells)
    _set_page(sheet)


def _set_widths(sheet: Worksheet, head: Sequence[str], cells: Sequence[Sequence[Any]]) -> None:
    for index, label in enumerate(head, start=1):
        texts = [label, *(str(row[index - 1] or "") for row in cells[:_ROWS_MEASURED])]
        width = max(sum(2 if ord(c) > 255 else 1 for c in text) for text in texts) + 2
        sheet.column_dimensions[get_column_letter(index)].width = min(_WIDEST, max(6, width))


def _set_page(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:2"
