"""The ledgers as one workbook that opens in WPS: a sheet a ledger, headed by plan and day."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.history import Filed
from dashboard.ledgers.shape import LEDGERS, TITLES, Field, fields_of
from dashboard.ledgers.terms import Term
from dashboard.rules.judgement import Judgement
from dashboard.settings import Settings
from dashboard.sheets.plan_folder import defused

_WIDEST = 48
_LINE = Side(style="thin", color="D5DAE1")
_TASK_HEAD = ("亮灯", "重点任务", "依据条款", "牵头单位", "完成时限", "说明", "报送")


def workbook(
    judgement: Judgement, filed: Sequence[Filed], settings: Settings, *, exported_at: datetime
) -> bytes:
    """An xlsx of every ledger; each sheet says the plan, the day, who exported it and when."""
    book = Workbook()
    book.remove(book.active)
    note = _note(judgement, settings, exported_at)
    _sheet(book, "任务进展", note, _TASK_HEAD, _task_rows(judgement, settings))
    rows: dict[str, Sequence[r.Record]] = dict(judgement.books.rows)
    rows["filing"] = [each.filing for each in filed]
    for ledger, kind in LEDGERS.items():
        fields = [field for field in fields_of(kind) if not field.kept]
        if rows.get(ledger):
            cells = [_cells(judgement.books, fields, row) for row in rows[ledger]]
            _sheet(book, TITLES[ledger], note, [field.label for field in fields], cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _note(judgement: Judgement, settings: Settings, exported_at: datetime) -> str:
    plan = judgement.books.plan
    practice = "【演示数据】" if judgement.books.has_practice else ""
    return (
        f"{practice}{plan.short_title}（{plan.number}）"
        f"　统计截止日：{wording.full_day(judgement.today)}"
        f"　导出：{settings.office.name}，{wording.moment(exported_at)}"
    )


def _task_rows(judgement: Judgement, settings: Settings) -> list[list[Any]]:
    rows = []
    for each in judgement.tasks:
        duties = judgement.books.by(r.Responsibility, "task")[each.task.code]
        leads = [d for d in duties if d.role.value == "lead" and d.measure is None]
        names = [judgement.books.get(r.Unit, duty.unit).name for duty in leads]
        symbol = getattr(settings.lights.scheme, each.light.value).symbol
        fresh = getattr(settings.lights.freshness, each.freshness.value, "—")
        lead = wording.join_names(names) if names else "原文未明确牵头单位"
        rows.append(
            [
                f"{symbol} {each.word}",
                each.task.title,
                each.task.clause,
                lead,
                each.due_on,
                each.reason,
                fresh,
            ]
        )
    return rows


def _cells(books: Books, fields: Sequence[Field], row: r.Record) -> list[Any]:
    cells = []
    for field in fields:
        value = getattr(row, field.name)
        if field.ref == "unit" and value is not None:
            value = books.get(r.Unit, value).name
        cells.append(value)
    return cells


def _cell(value: Any) -> Any:
    """A cell's value: terms and moments in words, text defused, so that no formula is made."""
    if isinstance(value, Term):
        return value.label
    if isinstance(value, bool):
        return "是" if value else None
    if isinstance(value, datetime):
        return wording.moment(value)
    return defused(value) if isinstance(value, str) else value


def _sheet(
    book: Workbook, title: str, note: str, head: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    sheet: Worksheet = book.create_sheet(title)
    sheet.append([note])
    sheet.append(list(head))
    for row in rows:
        sheet.append([_cell(value) for value in row])
    for cell in sheet[2]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="F4F5F7")
    for line in sheet.iter_rows(min_row=2, max_col=len(head)):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(bottom=_LINE)
            if isinstance(cell.value, date):
                cell.number_format = 'yyyy"年"m"月"d"日"'
    _set_page(sheet, head, rows)


def _set_page(sheet: Worksheet, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    for index, label in enumerate(head, start=1):
        texts = [label, *(str(_cell(row[index - 1]) or "") for row in rows[:200])]
        width = max(sum(2 if ord(c) > 255 else 1 for c in text) for text in texts) + 2
        sheet.column_dimensions[get_column_letter(index)].width = min(_WIDEST, max(6, width))
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:2"
