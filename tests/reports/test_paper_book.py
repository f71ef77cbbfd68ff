"""Papers as workbooks: opened again, with what a printer and a clerk need."""

from dataclasses import replace
from io import BytesIO

from openpyxl import Workbook, load_workbook

from dashboard.papers.model import Column, Grid, Heading
from dashboard.reports.paper_book import HEAD_ROW, xlsx_of
from tests.reports.papers import BULLETIN, FORM, SHORT, task_grid, town_grid


def opened(paper: object) -> Workbook:
    return load_workbook(BytesIO(xlsx_of(paper)))  # type: ignore[arg-type]


def test_every_table_has_a_sheet_named_after_it_and_the_text_one_of_its_own() -> None:
    names = ["正文", "重点任务进展情况表", "各镇街工作进展情况表", "问题清单销号情况表"]
    assert opened(BULLETIN).sheetnames == names


def test_a_sheet_prints_one_page_wide_with_heads_repeated_filters_and_frozen_panes() -> None:
    sheet = opened(BULLETIN)["重点任务进展情况表"]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
    assert sheet.freeze_panes == f"A{HEAD_ROW + 1}"
    assert sheet.auto_filter.ref == f"A{HEAD_ROW}:J{HEAD_ROW + 30}"


def test_title_practice_draft_issuer_and_day_stand_above_the_table() -> None:
    sheet = opened(BULLETIN)["各镇街工作进展情况表"]
    assert str(sheet["A1"].value).startswith(BULLETIN.title)
    for told in ("演示数据", "代拟稿", BULLETIN.issuer, "【待编号】", "2023年10月9日"):
        assert str(told) in str(sheet["A2"].value)
    assert "演示数据" not in str(opened(SHORT).worksheets[0]["A2"].value)


def test_counts_are_numbers_and_everything_else_is_text() -> None:
    grid = Grid(
        (Column("序号", is_figure=True), Column("完成率", is_figure=True), Column("编号")),
        (("1", "40%", "007"), ("2", "3.5", "12")),
    )
    sheet = opened(replace(FORM, blocks=(grid,))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD_ROW + 1)]
    assert rows == [[1, "40%", "007"], [2, 3.5, "12"]]


def test_text_that_a_spreadsheet_would_reckon_is_plain() -> None:
    told = '=HYPERLINK("http://a.example")'
    grid = Grid((Column("说明"), Column("件数", is_figure=True)), ((told, "=1+1"),))
    sheet = opened(replace(FORM, title=told, blocks=(grid,))).worksheets[0]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_names_that_no_sheet_may_bear_are_cleaned_and_told_apart() -> None:
    blocks = (Heading("一/二：*甲?" + "长" * 40), town_grid(1), task_grid(1))
    names = opened(replace(FORM, blocks=blocks)).sheetnames
    assert len(set(names)) == 2
    assert all(len(name) <= 31 and not set("[]:*?/\\") & set(name) for name in names)


def test_an_empty_table_says_so() -> None:
    sheet = opened(replace(FORM, blocks=(task_grid(0),))).worksheets[0]
    assert sheet.cell(HEAD_ROW + 1, 1).value == "无"
