"""Filing under attack: forged sheets, lines that change hands, drafts that have lost their line."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser

from dashboard import settings
from dashboard.access.rights import ForbiddenError, Right
from dashboard.access.viewer import CONSOLE, LOCAL
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load, load_plan
from dashboard.ledgers.database import open_books
from dashboard.ledgers.history import all_filings
from dashboard.posting import progress
from dashboard.posting.drafts import drafts_of, save_draft
from dashboard.posting.entry import entry
from dashboard.posting.plans import now_of
from dashboard.posting.progress import Report, file_progress
from dashboard.posting.signature import Signature
from dashboard.sheets.filing_layout import MARKS_SHEET, Marks, RowMark, marks_of
from dashboard.sheets.filing_sheet import read_filing_sheet
from tests.books import CODE, Desk
from tests.browsing import Watched
from tests.conftest import guatu, serving
from tests.filing_sheets import (
    COUNT,
    HEALTH,
    MEASURE,
    TOWN,
    books_with_work,
    edited,
    short_sheet,
    taken,
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return books_with_work(tmp_path)


# Lines that change hands


def held(desk: Desk, line: str) -> r.ReportingLine:
    return load(desk.engine, CODE, now_of(desk.plan())).get(r.ReportingLine, line)


def hand_over(desk: Desk, line: str, unit: str) -> None:
    """Another unit reports on the line from now on."""
    with entry(desk.engine, CODE, Signature(CONSOLE, Right.ARRANGE, "调整报送")) as opened:
        opened.change(held(desk, line), unit=unit)


def report(desk: Desk, line: str) -> Report:
    last = load(desk.engine, CODE, now_of(desk.plan())).last_filed.get(line)
    told = {"reason": "已说明", "remedy": "已采取", "expected_on": date(2023, 12, 1)}
    return Report(line=line, seen=last.code if last else None, value=20, text="已办", **told)  # type: ignore[arg-type]


def test_a_line_handed_over_in_the_last_moment_is_not_filed_by_the_unit_that_had_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    liaison, given, sign = desk.liaison(MEASURE), report(desk, MEASURE), progress._signature

    def sign_too_early(*given: Any) -> Signature:
        made = sign(*given)
        hand_over(desk, MEASURE, TOWN)
        return made

    monkeypatch.setattr(progress, "_signature", sign_too_early)
    with pytest.raises(ForbiddenError, match="只限本单位的事项"):
        file_progress(desk.engine, liaison, CODE, given, settings.current())
    now = now_of(desk.plan())
    last = load(desk.engine, CODE, now).last_filed[MEASURE]
    assert (last.code, last.value) == (given.seen, 10)


def test_a_draft_stays_its_authors_when_the_line_goes_to_another_unit(desk: Desk) -> None:
    before = desk.liaison(MEASURE)
    save_draft(desk.engine, before, CODE, MEASURE, {"text": "写到一半"}, seen=None)
    hand_over(desk, MEASURE, TOWN)
    with pytest.raises(ForbiddenError):
        save_draft(desk.engine, before, CODE, MEASURE, {"text": "再写"}, seen=None)
    assert drafts_of(desk.engine, before, CODE)[MEASURE].content == {"text": "写到一半"}
    file_progress(
        desk.engine, desk.liaison(MEASURE), CODE, report(desk, MEASURE), settings.current()
    )
    assert load(desk.engine, CODE, now_of(desk.plan())).last_filed[MEASURE].value == 20


# Practice data that go while a form is open


def test_what_was_typed_among_practice_data_never_reaches_the_real_books(
    tmp_path: Path, browser: Browser
) -> None:
    with serving(tmp_path) as (base, _):
        page = browser.new_page()
        watched = Watched(page, base)
        watched.open(f"filing?line={COUNT}")
        page.get_by_label("进展情况").first.fill("演示中写的")
        page.get_by_text("草稿已保存").first.wait_for()
        config = tmp_path / "config.toml"
        clearing = guatu(
            *("sample", CODE, "--clear"), environ={"GUATU_CONFIG": str(config)}, stderr=DEVNULL
        )
        assert clearing.wait(timeout=60) == 0
        page.get_by_role("button", name="保存填报").first.click()
        page.get_by_text("未提交的内容没有保留").first.wait_for()
        engine = open_books(f"sqlite:///{(tmp_path / 'books' / 'guatu.db').as_posix()}")
        assert all_filings(engine, CODE, now_of(load_plan(engine, CODE))) == ()
        assert drafts_of(engine, LOCAL, CODE) == {}
        engine.dispose()
        page.close()


# Forged sheets


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
