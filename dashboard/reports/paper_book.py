"""Papers as workbooks: a sheet for each table and one for the text, set to print one page wide."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboard import wording
from dashboard.papers.model import Block, Grid, Heading, Paper
from dashboard.reports.official_pages import PRACTICE_MARK
from dashboard.reports.sheet import cell_of, new_book, saved

TEXT_SHEET = "正文"
HEAD_ROW = 3
"""Above it stand the title and a line that says whose, of which day and whether practice."""
_RULE = Side(style="thin", color="000000")
_RULES = Border(top=_RULE, left=_RULE, bottom=_RULE, right=_RULE)
_SIGNS = {"landscape": 130, "portrait": 86}
"""So many half-wide signs stand in a line of A4 paper at this size."""
_TITLE, _HEAD, _TEXT = Font(size=16, bold=True), Font(bold=True), Font(size=11)
_MOST_STANDING = 6
_UNFIT = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_WHOLE, _DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,14})"), re.compile(r"-?\d{1,12}\.\d{1,6}")


@dataclass(frozen=True)
class _Table:
    name: str
    grid: Grid


def xlsx_of(paper: Paper) -> bytes:
    """The paper as an xlsx: what a spreadsheet would reckon is plain text, counts are numbers."""
    book = new_book()
    tables, text = list(_tables(paper)), list(_text(paper.blocks))
    if text or not tables:
        _draw_text(_sheet(book, TEXT_SHEET), paper, text)
    for each in tables:
        _draw(_sheet(book, each.name), paper, each)
    book.properties.title, book.properties.creator = paper.title, paper.issuer or ""
    return saved(book)


def _tables(paper: Paper) -> Iterator[_Table]:
    heading = paper.title
    for block in paper.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Grid):
            yield _Table(block.caption or heading, block)
    for annex in paper.annexes:
        for block in annex.blocks:
            if isinstance(block, Grid):
                yield _Table(block.caption or annex.title, block)


def _text(blocks: Sequence[Block]) -> Iterator[str]:
    """Headings stand among the text only where there is any text."""
    said = [each for each in blocks if not isinstance(each, Grid)]
    if any(not isinstance(each, Heading) for each in said):
        yield from (each.text for each in said)


def _sheet(book: Workbook, name: str) -> Worksheet:
    """A sheet with a name that spreadsheets allow: short, unlike the others."""
    plain = _UNFIT.sub("", name).strip("'")[:26] or TEXT_SHEET
    taken, number = {each.lower() for each in book.sheetnames}, 1
    found = plain
    while found.lower() in taken:
        number += 1
        found = f"{plain}（{number}）"
    return book.create_sheet(found)


def _draw(sheet: Worksheet, paper: Paper, table: _Table) -> None:
    grid, columns = table.grid, len(table.grid.columns)
    title = paper.title if table.name in paper.title else f"{paper.title}　{table.name}"
    _draw_title(sheet, paper, columns, title)
    sheet.append([cell_of(each.head) for each in grid.columns])
    for row in grid.rows or [(grid.empty, *[""] * (columns - 1))]:
        sheet.append([_value(text, grid, place) for place, text in enumerate(row)])
    for line in sheet.iter_rows(min_row=HEAD_ROW, max_col=columns):
        for cell, column in zip(line, grid.columns, strict=True):
            is_head = cell.row == HEAD_ROW
            across = "center" if is_head or column.is_figure else "left"
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=across)
            cell.border, cell.font = _RULES, _HEAD if is_head else _TEXT
    last = f"{get_column_letter(columns)}{HEAD_ROW + max(1, len(grid.rows))}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}"
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    orientation = "landscape" if columns > _MOST_STANDING else "portrait"
    _set_widths(sheet, [each.share for each in grid.columns], _SIGNS[orientation])
    _set_page(sheet, orientation)


def _draw_title(sheet: Worksheet, paper: Paper, columns: int, title: str) -> None:
    day = wording.full_day(paper.dated) if paper.dated else None
    practice = f"【{PRACTICE_MARK}】" if paper.is_practice else None
    draft = "代拟稿" if paper.is_draft else None
    said = (practice, draft, paper.issuer, paper.number, paper.register, day)
    sheet.append([cell_of(title)])
    sheet.append([cell_of("　".join(each for each in said if each))])
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    sheet["A1"].font = _TITLE
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet["A2"].alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 44


def _draw_text(sheet: Worksheet, paper: Paper, text: Sequence[str]) -> None:
    _draw_title(sheet, paper, 1, paper.title)
    for each in text:
        sheet.append([cell_of(each)])
        sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = _SIGNS["portrait"]
    _set_page(sheet, "portrait")


def _value(text: str, grid: Grid, place: int) -> Any:
    """A count as a number, so that it can be sorted and added; everything else as text."""
    if grid.columns[place].is_figure:
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
    return cell_of(text)


def _set_widths(sheet: Worksheet, shares: Sequence[float], signs: int) -> None:
    whole = sum(shares) or 1
    for place, share in enumerate(shares, 1):
        width = max(6.0, signs * share / whole)
        sheet.column_dimensions[get_column_letter(place)].width = round(width, 1)


def _set_page(sheet: Worksheet, orientation: str) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第&P页，共&N页"
