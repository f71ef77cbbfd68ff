"""The 填报表 that goes out: who gets one, what it asks, and that nothing else can be filled."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dashboard import settings
from dashboard.posting.plans import now_of
from dashboard.sheets.filing_book import filing_book
from dashboard.sheets.filing_layout import COLUMNS, FIRST_ROW, HEAD_ROW, PLACES
from dashboard.sheets.filing_wishes import (
    NoRoundError,
    judged_for,
    open_rounds,
    round_named,
    units_asked,
    wishes,
)
from tests.books import CODE, TIMES, Desk
from tests.filing_sheets import (
    COUNT,
    HEALTH,
    HOTLINE,
    MEASURE,
    NEVER,
    ON_EVENT,
    OPINION,
    RETURNED,
    SHARE,
    TOWN,
    TUESDAY,
    books_with_work,
    row_of,
    sheet_for,
    wish_for,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The office on a Tuesday; nothing here writes."""
    return books_with_work(tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="module")
def content(desk: Desk) -> bytes:
    """The sheet of the unit with the most lines."""
    return sheet_for(desk)


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def sheet(book: Workbook) -> Worksheet:
    return book["填报表"]


def printed(sheet: Worksheet, row: int) -> dict[str, object]:
    """A row's cells by the columns' names."""
    return {name: sheet.cell(row, place).value for name, place in PLACES.items()}


# Who gets one


def test_each_unit_with_something_to_file_gets_one_sheet_and_no_other_unit(desk: Desk) -> None:
    plan = desk.plan()
    round_ = round_named(plan, now_of(plan), TIMES, None)
    judgement = judged_for(desk.engine, CODE, round_, now_of(plan), settings.current())
    found = wishes(judgement, round_)
    units = [each.unit.code for each in found]
    assert len(units) == len(set(units))
    asked = {each.line.unit for each in judgement.lines if each.freshness in ("due", "missing")}
    assert set(units) == asked
    assert units == [unit.code for unit in units_asked(judgement) if unit.code in asked]


def test_the_running_round_and_the_next_are_offered_and_no_other(desk: Desk) -> None:
    plan, now = desk.plan(), now_of(desk.plan())
    assert [each.code for each in open_rounds(plan, now, TIMES)] == ["2023-W26", "2023-W27"]
    assert round_named(plan, now, TIMES, None).code == "2023-W26"
    assert round_named(plan, now, TIMES, "2023-W27").code == "2023-W27"
    for wrong in ("2023-W25", "2023-W28", "next"):
        with pytest.raises(NoRoundError, match=r"可写：2023-W26（本期）、2023-W27（下期）"):
            round_named(plan, now, TIMES, wrong)


def test_before_the_plan_is_in_use_there_is_no_round(desk: Desk) -> None:
    early = desk.judged(date(2023, 6, 1)).books.as_of
    with pytest.raises(NoRoundError, match="尚未启用"):
        round_named(desk.plan(), early, TIMES, None)


def test_only_what_is_to_be_filed_is_asked_and_what_was_returned_comes_first(
    desk: Desk, content: bytes, sheet: Worksheet
) -> None:
    wish = wish_for(desk)
    lines = [ask.line.code for ask in wish.asks]
    assert row_of(content, RETURNED) == FIRST_ROW
    assert sheet.max_row == FIRST_ROW + len(lines) - 1
    done = {each.line.code for each in wish.judgement.lines if each.line.unit == HEALTH}
    assert done - set(lines)


# What a row says


def test_a_row_prints_what_stood_last_and_what_is_to_be_reached(
    content: bytes, sheet: Worksheet
) -> None:
    said = printed(sheet, row_of(content, COUNT))
    assert (said["title"], said["clause"]) == ("2023年培训基层人才", "四（六）")
    assert (said["last"], said["target"], said["unit"]) == ("50人次", "不少于300人次", "人次")
    assert printed(sheet, row_of(content, MEASURE))["last"] == "10%"
    assert printed(sheet, row_of(content, NEVER))["last"] == "—"


def test_what_adds_up_asks_for_the_new_part_and_everything_else_for_the_figure(
    content: bytes, sheet: Worksheet
) -> None:
    count, hotline = (printed(sheet, row_of(content, each)) for each in (COUNT, HOTLINE))
    assert (count["new"], count["value"]) == (None, "—")
    assert (hotline["new"], hotline["value"]) == ("—", None)


def test_no_event_is_asked_only_of_what_starts_on_an_event(
    content: bytes, sheet: Worksheet
) -> None:
    assert printed(sheet, row_of(content, ON_EVENT))["no_event"] is None
    assert printed(sheet, row_of(content, MEASURE))["no_event"] == "—"


def test_a_returned_row_carries_the_reason(content: bytes, sheet: Worksheet) -> None:
    assert printed(sheet, row_of(content, RETURNED))["told"] == f"被退回：{OPINION}"


def test_a_share_has_no_light_and_is_asked_for_no_reason(desk: Desk) -> None:
    town = sheet_for(desk, TOWN)
    said = printed(load_workbook(BytesIO(town))["填报表"], row_of(town, SHARE))
    assert [said[name] for name in ("reason", "remedy", "expected_on")] == ["—"] * 3


def test_what_is_late_says_so_and_asks_for_its_reason(tmp_path: Path) -> None:
    desk = books_with_work(tmp_path)
    desk.file("l-4-8-village", 10, date(2023, 9, 13))
    desk.at(date(2023, 9, 22), hour=18)
    late = sheet_for(desk, "u-xcb")
    told = str(
        printed(load_workbook(BytesIO(late))["填报表"], row_of(late, "l-4-8-village"))["told"]
    )
    assert "未报，应于9月21日12:00前报" in told
    assert "须填滞后原因等三项" in told
    assert "分报合计" in told


def test_text_from_the_books_becomes_no_formula(desk: Desk) -> None:
    wish = wish_for(desk, TOWN)
    wish = replace(wish, asks=(replace(wish.asks[0], title="=1+1"),))
    made = filing_book(wish, settings.current(), "=x", "2023")
    book = load_workbook(BytesIO(made))
    cells = [cell for each in book for row in each.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert book["填报表"].cell(FIRST_ROW, PLACES["title"]).value == "'=1+1"


# Who, when, and practice


def test_the_head_names_unit_round_cut_office_and_who_took_it_out(sheet: Worksheet) -> None:
    head = [str(sheet.cell(row, 1).value) for row in range(1, HEAD_ROW)]
    assert head[0] == "【演示数据】县卫生健康局填报表"
    assert "2023年第26周，6月26日—7月2日" in head[1]
    assert "填报截止：6月29日12:00" in head[1]
    assert settings.current().office.name in head[1]
    assert head[5] == "导出：专班办公室"
    assert "本期新增" in head[3]


# What may be touched


def test_only_the_cells_to_fill_are_open_and_a_word_in_the_head_marks_them(
    sheet: Worksheet,
) -> None:
    assert sheet.protection.sheet
    assert not sheet.protection.password
    for row in sheet.iter_rows(min_row=1):
        for cell in row:
            is_input = cell.row >= FIRST_ROW and COLUMNS[cell.column - 1].is_input
            is_open = is_input and cell.value != "—"
            assert cell.protection.locked is not is_open, cell.coordinate
            if is_open:
                assert cell.border.left.style == "medium"
    for place, column in enumerate(COLUMNS, start=1):
        head = str(sheet.cell(HEAD_ROW, place).value)
        assert head.endswith(("〔填〕", "〔选〕")) is column.is_input


def test_choices_come_from_lists_and_days_and_figures_are_checked(
    content: bytes, sheet: Worksheet
) -> None:
    def at(line: str, name: str) -> tuple[str, str | None]:
        row = row_of(content, line)
        letter = sheet.cell(row, PLACES[name]).column_letter
        found = next(
            each for each in sheet.data_validations.dataValidation if f"{letter}{row}" in each.cells
        )
        return found.type, found.formula1

    assert at(MEASURE, "change") == ("list", '"有变化,无变化"')
    assert at(NEVER, "change") == ("list", '"有变化"')
    assert at(RETURNED, "change") == ("list", '"有变化"')
    assert at(MEASURE, "is_done") == ("list", '"是,否"')
    assert at(MEASURE, "expected_on") == ("date", f"DATE(2023,6,{TUESDAY.day})")
    assert at(COUNT, "new") == ("whole", "0")
    assert at(HOTLINE, "value") == ("decimal", "0")
    for each in sheet.data_validations.dataValidation:
        assert each.error
        assert each.prompt


def test_it_prints_on_a4_laid_across_one_page_wide_with_its_head_on_each_page(
    book: Workbook,
) -> None:
    for name, head in (("填报表", HEAD_ROW), ("问题", 3)):
        page = book[name]
        assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows == f"${head}:${head}"
        assert not page.merged_cells.ranges


def test_the_column_of_what_no_row_asks_is_hidden(desk: Desk, sheet: Worksheet) -> None:
    letter = sheet.cell(1, PLACES["no_event"]).column_letter
    assert not sheet.column_dimensions[letter].hidden
    town = load_workbook(BytesIO(sheet_for(desk, TOWN)))["填报表"]
    assert town.column_dimensions[letter].hidden


def test_the_marks_are_out_of_sight_and_locked(book: Workbook) -> None:
    assert book["系统信息"].sheet_state == "veryHidden"
    assert book["系统信息"].protection.sheet
    assert book.sheetnames == ["填报表", "问题", "系统信息"]
