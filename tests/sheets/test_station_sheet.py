"""站点台账表 read back: what was written, however it was written, and every problem by its cell."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from dashboard.ledgers.terms import CheckVerdict, StationKind
from dashboard.sheets.station_layout import CHECKS, FIRST_ROW, HEAD_ROW, HOSTS, MARKS, STATIONS
from dashboard.sheets.station_sheet import BookLine, StationBook, read_station_book
from tests.books import Desk
from tests.filing_sheets import edited, sheet_for
from tests.station_books import (
    FEW,
    POST,
    VILLAGE,
    WITHHELD_ONE,
    ZHIFANG,
    book_of,
    books_with_stations,
    column,
    filled,
    row_of,
    taken,
    told,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The office with three stations; nothing here writes."""
    return books_with_stations(tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="module")
def content(desk: Desk) -> bytes:
    return book_of(desk)


def read(content: bytes) -> tuple[StationBook | None, list[str]]:
    book, problems = read_station_book(content)
    return book, [str(each) for each in problems]


def line(content: bytes, code: str, sheet: str = STATIONS) -> BookLine:
    book, problems = read(content)
    assert book is not None, problems
    assert problems == []
    return next(each for each in book.lines[sheet] if each.code == code)


def test_a_book_that_comes_back_as_it_went_out_changes_nothing(desk: Desk, content: bytes) -> None:
    book = taken(desk, content)
    assert (book.lines, book.problems) == ((), ())
    assert book.same == 4 + 2 * 12


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("built_on", datetime(2023, 8, 1), date(2023, 8, 1)),
        ("built_on", "2023年8月1日", date(2023, 8, 1)),
        ("built_on", "2023.8.1", date(2023, 8, 1)),
        ("area_m2", "２４平方米", 24.0),
        ("area_m2", 24.5, 24.5),
        ("full_time", "2人", 2),
        ("hotline", 12355, "12355"),
        ("hotline_shown", " 是 ", True),
        ("kind", "社会机构", StationKind.SOCIAL),
        ("services", "  接待、转介　", "接待、转介"),
        ("note", None, None),
    ],
)
def test_a_cell_is_read_however_it_is_written(
    content: bytes, name: str, written: object, value: object
) -> None:
    assert line(filled(content, {VILLAGE: {name: written}}), VILLAGE).values[name] == value


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("built_on", "8月1日", "建成日期：“8月1日”没有写年份，请写作2023-9-30"),
        ("built_on", "2023年8月", "建成日期：“2023年8月”不是日期"),
        ("area_m2", "二十", "面积（平方米）：“二十”不是数字"),
        ("full_time", 1.5, "专职人数：应为整数"),
        ("full_time", -1, "专职人数：不能为负数"),
        ("kind", "驿站", "站点类型：“驿站”不在可选范围内，请选："),
        ("hotline_shown", "有", "热线已公示：“有”不在可选范围内，请选：是、否"),
        ("area_m2", "=10+10", "面积（平方米）：是公式"),
        ("note", "长" * 2001, "备注：文字过长"),
        ("hotline", 123456789012345678, "心理热线：数字过长"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_by_sheet_row_and_column(
    content: bytes, name: str, written: object, said: str
) -> None:
    spoilt = filled(content, {VILLAGE: {name: written}})
    _, (problem,) = read(spoilt)
    row = row_of(content, STATIONS, VILLAGE)
    assert problem.startswith(f"站点 第{row}行 {said}")


def test_rows_may_be_sorted_or_left_out_and_columns_moved_or_left_out(
    desk: Desk, content: bytes
) -> None:
    def rearrange(book: Workbook) -> None:
        page = book[STATIONS]
        page.delete_rows(row_of(content, STATIONS, WITHHELD_ONE))
        page.delete_cols(column(page, "note"))
        page.move_range(f"A{HEAD_ROW}:A{page.max_row}", cols=40)
        page.cell(row_of(content, STATIONS, VILLAGE), column(page, "area_m2")).value = 25

    book = taken(desk, edited(content, rearrange))
    assert told(book) == []
    (changed,) = book.lines
    assert dict(changed.fields) == {"area_m2": 25.0}  # type: ignore[union-attr]


FORMS: dict[str, tuple[Callable[[Workbook], Any], str]] = {
    "另加的列": (
        lambda book: setattr(book[STATIONS].cell(HEAD_ROW, 40), "value", "联系人"),
        "站点 第4行：不认识的列“联系人”",
    ),
    "两列同名": (
        lambda book: setattr(book[STATIONS].cell(HEAD_ROW, 40), "value", "备注"),
        "站点 第4行：“备注”列出现了两次",
    ),
    "没有编号列": (
        lambda book: setattr(book[STATIONS].cell(HEAD_ROW, 1), "value", None),
        "站点 第4行：缺少“编号”列",
    ),
    "合并单元格": (lambda book: book[STATIONS].merge_cells("B5:B6"), "站点 第5行：B5:B6是合并的"),
    "改动标记": (
        lambda book: setattr(book[MARKS]["B4"], "value", "{}"),
        "表中隐藏的系统信息被改动",
    ),
    "没有标记": (lambda book: book.remove(book[MARKS]), "缺少隐藏的系统信息"),
    "改了页名": (
        lambda book: setattr(book[STATIONS], "title", "站点（改）"),
        "缺少“站点”页，却多出“站点（改）”页",
    ),
    "没有一页": (
        lambda book: [book.remove(book[name]) for name in (STATIONS, HOSTS, CHECKS)],
        "缺少“站点”等页",
    ),
}


@pytest.mark.parametrize("how", FORMS)
def test_a_book_of_another_form_gives_no_row_at_all(content: bytes, how: str) -> None:
    change, said = FORMS[how]
    book, (problem, *_) = read(edited(content, change))
    assert book is None
    assert problem.startswith(said)


def test_other_files_are_refused_with_what_they_are(desk: Desk) -> None:
    others = {
        b"": "是空文件",
        b"%PDF-1.7": "不是xlsx文件",
        sheet_for(desk, ZHIFANG): "不是挂图生成的站点台账表",
        b"PK" + bytes(20 * 1024 * 1024): "超过20MB，站点台账表不应这样大",
    }
    for given, said in others.items():
        book, (problem,) = read(given)
        assert book is None
        assert said in problem


# As the programs of others write it


@pytest.fixture(scope="module")
def by_libreoffice(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The filled book, opened and saved again by LibreOffice."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.fail("no LibreOffice on this machine: install the package libreoffice-calc")
    folder = tmp_path_factory.mktemp("office")
    checks = {(VILLAGE, "s3-02"): {"measured": 22, "inspected_on": datetime(2023, 9, 20)}}
    new = {"name": "第三小学心理辅导室", "kind": "学校心理辅导室", "listed_host": "第三小学"}
    given = filled(
        content,
        {VILLAGE: {"area_m2": "２２平方米", "moved_on": datetime(2023, 9, 1), "note": None}},
        new=[new],
        hosts=[{"host_list": "中小学校心理辅导室", "name": "第三小学", "town": "纸坊镇"}],
        checks=checks,
    )
    (folder / "book.xlsx").write_bytes(given)

    words = [soffice, "--headless", f"-env:UserInstallation={(folder / 'own').as_uri()}"]
    words += ["--convert-to", "xlsx", "--outdir", str(folder / "again"), str(folder / "book.xlsx")]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return (folder / "again" / "book.xlsx").read_bytes()


def test_what_libreoffice_saves_is_read_the_same(desk: Desk, by_libreoffice: bytes) -> None:
    assert b"LibreOffice" in zipfile.ZipFile(BytesIO(by_libreoffice)).read("docProps/app.xml")
    values = line(by_libreoffice, VILLAGE).values
    assert (values["area_m2"], values["moved_on"], values["note"]) == (22.0, date(2023, 9, 1), None)
    assert line(by_libreoffice, FEW).values["served"] == "少于5"
    book, _ = read(by_libreoffice)
    assert book is not None
    (found,) = [each for each in book.lines[CHECKS] if each.values["measured"] == 22]
    assert found.values["by_post"] == POST
    assert found.values["verdict"] is CheckVerdict.NOT_MET
    held = taken(desk, by_libreoffice)
    assert told(held) == []
    assert [each.line.sheet for each in held.ready] == [HOSTS, STATIONS, STATIONS, CHECKS]


def test_libreoffice_keeps_the_locks_and_the_unseen_sheets(
    by_libreoffice: bytes,
) -> None:
    book = sheets(by_libreoffice)
    page = book[STATIONS]
    assert page.protection.sheet
    assert page.cell(FIRST_ROW, 1).protection.locked
    assert page.cell(FIRST_ROW, 2).protection.locked is False
    assert book[MARKS].sheet_state in ("hidden", "veryHidden")


def sheets(content: bytes) -> Workbook:
    found: list[Workbook] = []
    edited(content, found.append)
    return found[0]
