"""Filing under attack: sheets whose unseen marks were forged with their digest made to fit."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from dashboard.sheets.filing_layout import MARKS_SHEET, Marks, RowMark, marks_of
from dashboard.sheets.filing_sheet import read_filing_sheet
from tests.books import Desk
from tests.filing_sheets import COUNT, HEALTH, MEASURE, books_with_work, edited, short_sheet, taken


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return books_with_work(tmp_path)


def forged(content: bytes, change: Callable[[Marks], Marks]) -> bytes:
    """The sheet with other marks and a digest that fits them."""

    def forge(book: Workbook) -> None:
        sheet = book[MARKS_SHEET]
        held = [(str(name), str(text or "")) for name, text in sheet.iter_rows(values_only=True)]
        sheet.delete_rows(1, sheet.max_row)
        for row in change(marks_of(held)).cells():
            sheet.append(row)

    return edited(content, forge)


def of_row(**fields: Any) -> Callable[[Marks], Marks]:
    """Changes the mark of every row."""

    def change(marks: Marks) -> Marks:
        rows: tuple[RowMark, ...] = tuple(replace(row, **fields) for row in marks.rows)
        return replace(marks, rows=rows)

    return change


@pytest.mark.parametrize(
    "fields",
    [
        {"row": 0},
        {"row": -5},
        {"row": 10**9},
        {"row": "8"},
        {"row": None},
        {"row": 8.5},
        {"line": 5},
        {"seen": ["F000001"]},
        {"base": float("nan")},
        {"base": float("inf")},
        {"base": "abc"},
        {"base": [1]},
        {"base": True},
        {"printed": ("1",)},
        {"printed": (["1"], "", "", "", "")},
        {"open": (1, 2)},
    ],
)
def test_forged_marks_of_a_row_are_refused_in_words(desk: Desk, fields: dict[str, Any]) -> None:
    sheet, problems = read_filing_sheet(forged(short_sheet(desk, COUNT, MEASURE), of_row(**fields)))
    assert sheet is None
    assert [str(each) for each in problems] == [
        "表中隐藏的系统信息被改动，不能确认各行是哪个事项，请重新下载填报表后再填"
    ]


@pytest.mark.parametrize("day", ["", "昨天", "2023-06-27T00", "x" * 5000])
def test_a_forged_day_is_refused_in_words(desk: Desk, day: str) -> None:
    content = forged(short_sheet(desk, COUNT), lambda marks: replace(marks, day=day))
    sheet, problems = read_filing_sheet(content)
    assert sheet is None
    assert "系统信息被改动" in str(problems[0])


@pytest.mark.parametrize("code", ["9999-W52", "0001-W01", "0000-W00", "下周"])
def test_a_forged_round_is_refused_in_words(desk: Desk, code: str) -> None:
    content = forged(short_sheet(desk, COUNT), lambda marks: replace(marks, round=code))
    (file,) = taken(desk, content, units=[HEALTH])
    assert file.rows == ()
    assert "不在同一期" in str(file.problems[0])
