"""A 填报表 read back: what was filled, however it was written, and every way to spoil a sheet."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from dashboard.ledgers.terms import ProblemCategory
from dashboard.sheets.filing_layout import FIRST_ROW, PLACES, VERSION
from dashboard.sheets.filing_package import (
    MOST_BYTES,
    MOST_SHEETS,
    MOST_UNPACKED,
    MOST_ZIP_BYTES,
    Given,
    sheets_in,
)
from tests.books import Desk
from tests.filing_sheets import (
    COUNT,
    HOTLINE,
    MEASURE,
    ON_EVENT,
    SHARE,
    TOWN,
    books_with_work,
    edited,
    entered,
    filled,
    read,
    row_of,
    sheet_for,
    short_sheet,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The office on a Tuesday; nothing here writes."""
    return books_with_work(tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="module")
def content(desk: Desk) -> bytes:
    """A sheet with a line of every kind, as it went out."""
    return short_sheet(desk, HOTLINE, MEASURE, COUNT, ON_EVENT)


@pytest.fixture(scope="module")
def town(desk: Desk) -> bytes:
    """A small sheet as it went out."""
    return sheet_for(desk, TOWN)


# What was filled


def test_a_sheet_that_comes_back_as_it_went_out_is_read_and_empty(content: bytes) -> None:
    sheet, problems = read(content)
    assert sheet is not None
    assert problems == []
    assert sheet.rows
    assert all(row.is_empty for row in sheet.rows)
    assert (sheet.marks.unit, sheet.marks.round) == ("u-wjj", "2023-W26")


def test_what_is_filled_is_read_by_its_column(content: bytes) -> None:
    given = {
        "value": 45,
        "change": "有变化",
        "text": "  已开通　",
        "next_step": "扩容",
        "is_done": "否",
        "reason": "设备晚到",
        "remedy": "催货",
        "expected_on": datetime(2023, 9, 30),
    }
    said = entered(filled(content, {HOTLINE: given}), HOTLINE)
    expected = {**given, "value": 45.0, "text": "已开通", "expected_on": date(2023, 9, 30)}
    assert said == expected


def test_no_event_and_new_work_are_read(content: bytes) -> None:
    both = filled(content, {ON_EVENT: {"no_event": "是"}, COUNT: {"new": 30}})
    assert entered(both, ON_EVENT) == {"no_event": "是"}
    assert entered(both, COUNT) == {"new": 30.0}


@pytest.mark.parametrize(
    ("written", "value", "note"),
    [
        ("２４", 24.0, "按24小时录入"),
        ("24小时", 24.0, None),
        (" 24 小时 ", 24.0, "按24小时录入"),
        ("1,200", 1200.0, "按1200小时录入"),
        ("1，200小时", 1200.0, "按1200小时录入"),
        ("23.5", 23.5, "按23.5小时录入"),
        (0, 0.0, None),
    ],
)
def test_a_number_is_read_however_it_is_written(
    content: bytes, written: object, value: float, note: str | None
) -> None:
    sheet, problems = read(filled(content, {HOTLINE: {"value": written}}))
    assert sheet is not None
    assert problems == []
    row = next(row for row in sheet.rows if row.mark.line == HOTLINE)
    assert row.entered == {"value": value}
    assert [each.endswith(note or "") for each in row.notes] == [True] * (note is not None)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (85, 85.0),
        ("85%", 85.0),
        ("８５％", 85.0),
        ("百分之85", 85.0),
        ((0.85, "0%"), 85.0),
        ((0.075, "0.00%"), 7.5),
        ((1, "0%"), 100.0),
        ("0.5%", 0.5),
        (0, 0.0),
        (1, 1.0),
    ],
)
def test_a_percentage_is_read_however_it_is_written(
    content: bytes, written: Any, value: float
) -> None:
    assert entered(filled(content, {MEASURE: {"value": written}}), MEASURE) == {"value": value}


@pytest.mark.parametrize(
    "written",
    [
        *("2023-9-30", "2023/9/30", "2023.9.30", "2023年9月30日", "2023年9月30号", "20230930"),
        *("9月30日", "9月30", "9-30", "9/30", "２０２３年９月３０日", " 2023 - 09 - 30 "),
        *(datetime(2023, 9, 30), date(2023, 9, 30)),
    ],
)
def test_a_day_is_read_however_it_is_written(content: bytes, written: object) -> None:
    said = entered(filled(content, {MEASURE: {"expected_on": written}}), MEASURE)
    assert said == {"expected_on": date(2023, 9, 30)}


def test_a_day_without_a_year_is_the_next_one(content: bytes) -> None:
    said = entered(filled(content, {MEASURE: {"expected_on": "3月1日"}}), MEASURE)
    assert said == {"expected_on": date(2024, 3, 1)}


def test_what_a_spreadsheet_made_of_a_text_is_written_out(content: bytes) -> None:
    given = {"text": 5, "next_step": datetime(2023, 7, 1), "reason": (0.5, "0%")}
    said = entered(filled(content, {MEASURE: given}), MEASURE)
    assert said == {"text": "5", "next_step": "2023年7月1日", "reason": "50%"}


def test_a_problem_comes_with_the_row_that_it_names(content: bytes) -> None:
    number = row_of(content, MEASURE) - FIRST_ROW + 1
    told = {
        "number": str(number),
        "description": "缺少场所",
        "category": "场所",
        "closing_standard": "场所到位",
        "request": "请协调腾出用房",
        "request_due_on": "2023年7月20日",
    }
    sheet, problems = read(filled(content, {MEASURE: {"value": 20}}, told))
    assert sheet is not None
    assert problems == []
    (raised,) = [row.raised for row in sheet.rows if row.raised]
    assert raised.category is ProblemCategory.PREMISES
    assert raised.request_due_on == date(2023, 7, 20)


# Cells that cannot be read: by sheet, row and column, with the cure


@pytest.mark.parametrize(
    ("line", "column", "written", "said"),
    [
        (HOTLINE, "value", "=12+12", "完成值：是公式，请改填计算后的数字或文字"),
        (MEASURE, "text", "=B8", "进展情况：是公式"),
        (HOTLINE, "value", "约24", "完成值：“约24”不是数字，请只填数字，计量单位是“小时”"),
        (HOTLINE, "value", "24人", "完成值：“24人”不是数字"),
        (HOTLINE, "value", "12+12", "完成值：“12+12”不是数字"),
        (HOTLINE, "value", "二十四", "完成值：“二十四”不是数字"),
        (HOTLINE, "value", -1, "完成值：不能为负数"),
        (HOTLINE, "value", True, "完成值：应为数字"),
        (HOTLINE, "value", datetime(2023, 9, 1), "完成值：应为数字，现为日期"),
        (HOTLINE, "value", (0.85, "0%"), "完成值：计量单位是“小时”，不能填百分比"),
        (HOTLINE, "value", "#DIV/0!", "完成值：是错误值#DIV/0!"),
        (MEASURE, "value", 0.85, "完成值：“0.85”不知是85%还是0.85%，请连同%一起写，如85%"),
        (MEASURE, "value", "0.85", "完成值：“0.85”不知是85%还是0.85%"),
        (MEASURE, "value", 101, "完成值：为101%，百分比应在0%至100%之间"),
        (MEASURE, "value", (85, "0%"), "完成值：为8500%，百分比应在0%至100%之间"),
        (MEASURE, "value", "八成", "完成值：“八成”不是百分比，请写作85%"),
        (MEASURE, "expected_on", "月底", "预计完成时间：“月底”不是日期，请写作2023-9-30"),
        (MEASURE, "expected_on", "2023年9月", "预计完成时间：“2023年9月”不是日期"),
        (MEASURE, "expected_on", "2023-2-30", "预计完成时间：“2023-2-30”没有这一天"),
        (MEASURE, "expected_on", "23.9.30", "预计完成时间：“23.9.30”不是日期"),
        (MEASURE, "expected_on", (45199, "General"), "预计完成时间：“45199”不是日期"),
        (MEASURE, "change", "没变", "有无变化：“没变”不在可选范围内，请选：有变化、无变化"),
        (MEASURE, "is_done", "√", "是否完成申请销号：“√”不在可选范围内，请选：是、否"),
        (MEASURE, "text", "长" * 2001, "进展情况：文字过长（2001字）"),
        (MEASURE, "new", 5, "本期新增：本行不填这一项，请清空"),
        (COUNT, "value", 80, "完成值：本行不填这一项，请清空"),
        (MEASURE, "no_event", "是", "本期无事件：本行不填这一项"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_the_cure(
    content: bytes, line: str, column: str, written: Any, said: str
) -> None:
    other = {HOTLINE: {"value": 20}} if line != HOTLINE else {MEASURE: {"value": 20}}
    sheet, problems = read(filled(content, {line: {column: written, "next_step": "继续"}, **other}))
    assert sheet is not None
    (problem,) = problems
    assert problem.startswith(f"填报表 第{row_of(content, line)}行 {said}")
    rows = {row.mark.line: row for row in sheet.rows}
    assert (rows[line].is_spoilt, rows[line].entered) == (True, {})
    assert [rows[each].entered for each in other] == [{"value": 20.0}]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"number": 1}, "问题 第4行 问题描述：不能为空，请填写"),
        ({"number": 99}, "问题 第4行 对应序号：填报表中没有序号99，请核对"),
        ({"number": 1, "category": "其他"}, "问题 第4行 问题类别：“其他”不在可选范围内"),
        ({"number": 1.5}, "问题 第4行 对应序号：填报表中没有序号1.5，请核对"),
        ({"number": 10**12}, "问题 第4行 对应序号：填报表中没有序号1000000000000，请核对"),
        ({"number": "一"}, "问题 第4行 对应序号：“一”不是数字"),
        ({"number": 2}, "问题 第4行 对应序号：序号2的事项没有填报，问题须随填报提出"),
        ({"number": 1, "request_due_on": "下周"}, "问题 第4行 希望何时前协调：“下周”不是日期"),
    ],
)
def test_a_problem_that_is_not_whole_is_named(
    town: bytes, given: dict[str, Any], said: str
) -> None:
    whole = {"description": "缺人", "category": "人员", "closing_standard": "到岗"}
    told = {**whole, **given}
    if said.endswith("问题描述：不能为空，请填写"):
        told.pop("description")
    _, problems = read(filled(town, {SHARE: {"value": 2}}, told))
    (problem,) = problems
    assert problem.startswith(said)


def test_a_row_brings_one_problem_at_a_time(town: bytes) -> None:
    told = {"number": 1, "description": "缺人", "category": "人员", "closing_standard": "到岗"}
    _, problems = read(filled(town, {SHARE: {"value": 2}}, told, told))
    assert problems == ["问题 第5行 对应序号：序号1已有一个问题，一个事项一次提一个，请下次再提"]


# Sheets that are not as they went out: no row is read


def _unhidden(book: Workbook) -> None:
    del book["系统信息"]


def _copied(book: Workbook) -> None:
    for row in book["系统信息"].iter_rows():
        if row[0].value == "round":
            row[1].value = "2023-W27"


def _version(text: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for row in book["系统信息"].iter_rows():
            if row[0].value == "version":
                row[1].value = text

    return change


def _swapped(book: Workbook) -> None:
    sheet = book["填报表"]
    for place in range(1, sheet.max_column + 1):
        one, other = (sheet.cell(row, place) for row in (FIRST_ROW, FIRST_ROW + 1))
        one.value, other.value = other.value, one.value


def _renamed(book: Workbook) -> None:
    book["填报表"].title = "Sheet1"


def _form(book: Workbook) -> None:
    for row in book["系统信息"].iter_rows():
        if row[0].value == "form":
            row[1].value = "another-form"


SPOILT: dict[str, tuple[Callable[[Workbook], Any], str]] = {
    "the unseen sheet is gone": (_unhidden, "缺少隐藏的系统信息，不是挂图下发的填报表"),
    "a mark was changed": (_copied, "表中隐藏的系统信息被改动"),
    "an older version": (_version("0"), f"填报表的版本是“0”，现用版本是“{VERSION}”"),
    "another form": (_form, "不是挂图生成的填报表"),
    "the sheet was renamed": (_renamed, "填报表：缺少这一页，或改了名称"),
    "the second sheet is gone": (lambda b: b.remove(b["问题"]), "问题：缺少这一页"),
    "rows swapped": (_swapped, f"填报表 第{FIRST_ROW}行 序号：应为“1”，现为“2”"),
    "a row deleted": (
        lambda b: b["填报表"].delete_rows(FIRST_ROW),
        f"填报表 第{FIRST_ROW}行 序号：应为“1”，现为“2”",
    ),
    "a row inserted": (
        lambda b: b["填报表"].insert_rows(FIRST_ROW),
        f"填报表 第{FIRST_ROW}行 序号：应为“1”，现为“空”",
    ),
    "a column inserted": (lambda b: b["填报表"].insert_cols(3), "填报表 第7行 依据条款：表头应为"),
    "a foreign title": (
        lambda b: b["填报表"].cell(FIRST_ROW, PLACES["title"], "另一件事"),
        f"填报表 第{FIRST_ROW}行 报送事项：应为“镇街心理知识讲座”，现为“另一件事”",
    ),
    "another unit of measure": (
        lambda b: b["填报表"].cell(FIRST_ROW, PLACES["unit"], "%"),
        f"填报表 第{FIRST_ROW}行 计量单位：应为“场”，现为“%”",
    ),
    "merged cells": (
        lambda b: b["填报表"].merge_cells("L8:L9"),
        "填报表 第8行：L8:L9是合并的单元格，不知填的是哪一项，请取消合并后分别填写",
    ),
    "a row added below": (
        lambda b: b["填报表"].cell(FIRST_ROW + 2, 12, "另有一事"),
        f"填报表 第{FIRST_ROW + 2}行：L{FIRST_ROW + 2}在表格以外，不会读入",
    ),
    "a note far out": (
        lambda b: b["填报表"].cell(1_048_576, 16_384, "备注"),
        "填报表 第1048576行：XFD1048576在表格以外",
    ),
    "too many problems": (
        lambda b: b["问题"].cell(9, 2, "又一个问题"),
        "问题 第9行：B9在表格以外，不会读入",
    ),
}


@pytest.mark.parametrize("name", list(SPOILT))
def test_a_sheet_that_is_not_as_it_went_out_gives_no_row(town: bytes, name: str) -> None:
    change, said = SPOILT[name]
    sheet, problems = read(edited(filled(town, {SHARE: {"value": 2}}), change))
    assert sheet is None
    assert problems[0].startswith(said)


# Files that are no sheet at all


def member(content: bytes, name: str, text: bytes) -> bytes:
    """An xlsx with one part put in or in another's place."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as held, zipfile.ZipFile(out, "w", 8) as made:
        for part in held.infolist():
            if part.filename != name:
                made.writestr(part, held.read(part))
        made.writestr(name, text)
    return out.getvalue()


def packed(*members: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members:
            made.writestr(name, text)
    return out.getvalue()


def _encrypted(content: bytes) -> bytes:
    """The directory says that the parts are encrypted."""
    spoilt = bytearray(content)
    place = spoilt.find(b"PK\x01\x02")
    spoilt[place + 8] |= 1
    return bytes(spoilt)


def _bomb(content: bytes) -> bytes:
    return member(content, "xl/media/image1.xml", b" " * (MOST_UNPACKED + 1))


def _many_rows(content: bytes) -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(1, 10_001))
    return member(content, "xl/worksheets/sheet1.xml", b"<worksheet>" + rows + b"</worksheet>")


def _vast_merge(content: bytes) -> bytes:
    text = b'<worksheet><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    return member(content, "xl/worksheets/sheet1.xml", text)


def _entities(content: bytes) -> bytes:
    text = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    return member(content, "xl/worksheets/sheet1.xml", text)


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "0 bytes": (lambda _: b"", "是空文件（0字节），请重新发送"),
    "csv": (lambda _: "序号,报送事项\n1,甲\n".encode(), "不是xlsx文件，只改文件名不能转换格式"),
    "pdf": (lambda _: b"%PDF-1.7\n", "不是xlsx文件，只改文件名不能转换格式"),
    "xls": (lambda _: _OLE + bytes(600), "是旧格式（xls、et或doc）的文件"),
    "a password": (
        lambda _: _OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "设有打开口令，不能读取，请取消口令后再交",
    ),
    "docx": (
        lambda _: packed(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")),
        "是Word文档",
    ),
    "ods": (lambda _: packed(("mimetype", b"application/vnd.oasis")), "是ods等OpenDocument格式"),
    "xlsb": (
        lambda _: packed(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"")),
        "是xlsb格式的文件",
    ),
    "a macro": (lambda c: member(c, "xl/vbaProject.bin", b"x"), "含有宏或嵌入的程序，不予录入"),
    "xlsm": (
        lambda c: member(c, "[Content_Types].xml", b"<Types>sheet.macroEnabled.main</Types>"),
        "是启用宏的文件（xlsm），不予录入",
    ),
    "encrypted parts": (_encrypted, "已加密，不能读取"),
    "a zip bomb": (_bomb, "展开后超过8MB，内容异常，不予打开"),
    "10,000 rows": (_many_rows, "有10019行、10066格，超过填报表的限度"),
    "all merged": (_vast_merge, "A1:XFD1048576被整片合并"),
    "entities": (_entities, "内含不安全的定义，不予打开"),
    "too large": (lambda _: b"PK" + bytes(MOST_BYTES), "超过2MB"),
    "cut off": (lambda c: c[: len(c) // 2], "文件不完整或已损坏，请重新发送"),
    "a part that is no XML": (
        lambda c: member(c, "xl/worksheets/sheet1.xml", b"<worksheet><row"),
        "文件已损坏，读不出来",
    ),
    "many parts": (
        lambda c: packed(*((f"p{n}", b"") for n in range(201)), ("[Content_Types].xml", b"")),
        "内含202个部件，不是填报表",
    ),
}


@pytest.mark.parametrize("name", list(FOREIGN))
def test_a_file_that_is_no_sheet_is_named_and_not_opened(town: bytes, name: str) -> None:
    spoil, said = FOREIGN[name]
    sheet, problems = read(spoil(town))
    assert sheet is None
    (problem,) = problems
    assert problem.startswith(said)


def test_any_workbook_that_is_not_ours_is_named() -> None:
    out = BytesIO()
    Workbook().save(out)
    sheet, (problem,) = read(out.getvalue())
    assert sheet is None
    assert "缺少隐藏的系统信息" in problem


# Zips of sheets


def names_in(*given: tuple[str, bytes]) -> tuple[list[str], list[str]]:
    found, refused = sheets_in([Given(name, content) for name, content in given])
    return [each.name for each in found], [f"{name}：{why}" for name, why in refused]


def test_a_zip_is_taken_apart_and_its_names_become_no_paths(town: bytes) -> None:
    inside = [("../../etc/甲.xlsx", town), ("C:\\表\\乙.xlsx", town), ("丙/", b"")]
    left_beside = [("__MACOSX/._甲.xlsx", b"x"), ("~$甲.xlsx", b"x"), ("表/.DS_Store", b"x")]
    found, refused = names_in(("全部.zip", packed(*inside, *left_beside)))
    assert found == ["全部.zip › 甲.xlsx", "全部.zip › 乙.xlsx"]
    assert refused == []


def test_chinese_names_that_windows_packed_are_readable(town: bytes) -> None:
    name = "县公安局.xlsx".encode("gb18030").decode("cp437")
    made = bytearray(packed(("x" * len("县公安局.xlsx".encode("gb18030")), town)))
    raw, size = name.encode("cp437"), len(name.encode("cp437"))
    content = bytes(made).replace(b"x" * size, raw)
    assert names_in(("全部.zip", content))[0] == ["全部.zip › 县公安局.xlsx"]


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([("内.zip", packed(("甲.xlsx", b"x")))], "压缩包里还有压缩包"),
        ([("甲.xlsx", bytes(MOST_BYTES + 1))], "压缩包里的“甲.xlsx”超过2MB，不是填报表"),
        ([(f"{n}.xlsx", bytes(MOST_BYTES)) for n in range(31)], "展开后超过60MB"),
        ([(f"{n}.xlsx", b"") for n in range(MOST_SHEETS + 1)], "压缩包里有301个文件"),
        ([("甲/", b"")], "压缩包里没有文件"),
    ],
)
def test_a_zip_that_holds_what_it_should_not_is_refused_as_a_whole(
    members: list[tuple[str, bytes]], said: str
) -> None:
    found, (refused,) = names_in(("全部.zip", packed(*members)))
    assert found == []
    assert refused.startswith(f"全部.zip：{said}")


def test_a_zip_that_cannot_be_read_is_refused(town: bytes) -> None:
    good = packed(("甲.xlsx", town))
    for spoilt, said in (
        (_encrypted(good), "压缩包设有口令"),
        (b"PK" + bytes(MOST_ZIP_BYTES), "超过20MB，不予打开"),
    ):
        _, (refused,) = names_in(("全部.zip", spoilt))
        assert said in refused


# As the programs of others write it


@pytest.fixture(scope="module")
def by_libreoffice(
    content: bytes, town: bytes, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """The filled sheets, saved again by LibreOffice: as xlsx, and through ods."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.fail("no LibreOffice on this machine: install the package libreoffice-calc")
    folder = tmp_path_factory.mktemp("office")
    entries: dict[str, dict[str, Any]] = {
        HOTLINE: {"value": 24, "text": "已开通"},
        MEASURE: {"value": (0.85, "0%"), "expected_on": datetime(2023, 9, 30)},
        COUNT: {"new": "３０人次", "change": "有变化"},
        ON_EVENT: {"no_event": "是"},
    }
    told = {"number": 1, "description": "缺人", "category": "人员", "closing_standard": "到岗"}
    (folder / "health.xlsx").write_bytes(filled(content, entries))
    (folder / "town.xlsx").write_bytes(filled(town, {SHARE: {"value": 2}}, told))
    formula = filled(town, {SHARE: {"value": "=1+1"}})
    (folder / "formula.xlsx").write_bytes(formula)

    def convert(kind: str, source: Path, target: Path) -> None:
        words = [soffice, "--headless", f"-env:UserInstallation={(folder / 'own').as_uri()}"]
        words += ["--convert-to", kind, "--outdir", str(target)]
        words += [str(path) for path in sorted(source.glob("*.*s*")) if path.is_file()]
        subprocess.run(words, check=True, capture_output=True, timeout=120)

    convert("ods", folder, folder / "ods")
    convert("xlsx", folder / "ods", folder / "back")
    convert("xlsx", folder, folder / "again")
    return {
        f"{place}/{path.stem}": path.read_bytes()
        for place in ("again", "back")
        for path in (folder / place).glob("*.xlsx")
    }


@pytest.mark.parametrize("way", ["again", "back"])
def test_what_libreoffice_saves_is_read_the_same(
    by_libreoffice: dict[str, bytes], way: str
) -> None:
    health = by_libreoffice[f"{way}/health"]
    assert b"LibreOffice" in zipfile.ZipFile(BytesIO(health)).read("docProps/app.xml")
    assert entered(health, HOTLINE) == {"value": 24.0, "text": "已开通"}
    assert entered(health, MEASURE) == {"value": 85.0, "expected_on": date(2023, 9, 30)}
    assert entered(health, COUNT) == {"new": 30.0, "change": "有变化"}
    assert entered(health, ON_EVENT) == {"no_event": "是"}
    sheet, problems = read(by_libreoffice[f"{way}/town"])
    assert sheet is not None
    assert problems == []
    assert [row.raised.description for row in sheet.rows if row.raised] == ["缺人"]


@pytest.mark.parametrize("way", ["again", "back"])
def test_a_formula_that_libreoffice_has_reckoned_is_still_a_formula(
    by_libreoffice: dict[str, bytes], way: str
) -> None:
    _, (problem,) = read(by_libreoffice[f"{way}/formula"])
    assert problem.startswith(f"填报表 第{FIRST_ROW}行 完成值：是公式")


def test_libreoffice_keeps_the_protection_the_lists_and_the_unseen_sheet(
    by_libreoffice: dict[str, bytes],
) -> None:
    book = load_workbook(BytesIO(by_libreoffice["again/town"]))
    sheet = book["填报表"]
    assert sheet.protection.sheet
    assert sheet.cell(FIRST_ROW, PLACES["value"]).protection.locked is False
    assert sheet.cell(FIRST_ROW, PLACES["title"]).protection.locked
    assert {each.type for each in sheet.data_validations.dataValidation} >= {"list", "decimal"}
    assert book["系统信息"].sheet_state in ("hidden", "veryHidden")
