"""A plan folder in and out: the same records back, and every way to spoil one found by cell."""

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load
from dashboard.ledgers.database import reading
from dashboard.ledgers.tables import REVISIONS
from dashboard.ledgers.terms import UnitKind
from dashboard.posting.plans import post_plan
from dashboard.rules.calendar import end_of
from dashboard.sheets.plan_folder import FILES, read_folder, write_folder, written
from tests.books import BASE, CODE, ISSUED, JIAXIANG, PLAN, jiaxiang, measure, shipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped plan, to be spoilt."""
    return Path(shutil.copytree(JIAXIANG, tmp_path / CODE))


def edit(path: Path, change: Callable[[list[list[str]]], Any]) -> None:
    """Change the cells of a CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def put(path: Path, row: int, column: str, text: str) -> None:
    """Put a text into a cell; row 1 is the header."""
    edit(path, lambda rows: rows[row - 1].__setitem__(rows[0].index(column), text))


def problems(folder: Path) -> list[str]:
    """What is said of a spoilt folder, of which nothing is taken."""
    taken, found = read_folder(folder)
    assert taken is None
    assert found
    return [str(problem) for problem in found]


# There and back


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    plan = jiaxiang()
    write_folder(tmp_path / "copy", plan.plan, plan.rows)
    again, found = read_folder(tmp_path / "copy")
    assert found == ()
    assert again is not None
    assert (again.plan, again.rows) == (plan.plan, plan.rows)


def test_what_comes_from_the_books_is_the_plan_that_went_in(tmp_path: Path) -> None:
    books = load(shipped(tmp_path), CODE, end_of(date(2023, 9, 1)))
    rows = [row for name, held in books.rows.items() if name != "plan" for row in held]
    write_folder(tmp_path / "copy", books.plan, rows)
    again, found = read_folder(tmp_path / "copy")
    assert again is not None, found
    assert set(again.rows) == set(jiaxiang().rows)
    assert again.plan == replace(jiaxiang().plan, started_on=ISSUED)


def test_a_folder_opens_in_a_spreadsheet_with_its_chinese(tmp_path: Path) -> None:
    write_folder(tmp_path, PLAN, BASE)
    assert (tmp_path / "units.csv").read_bytes().startswith(b"\xef\xbb\xbf")


TEXT = st.text("甲 1,;\"'=+-@\n\t\r是", min_size=1, max_size=8).filter(
    lambda text: text == text.strip()
)


@hypothesis_settings(max_examples=60, deadline=None)
@given(name=TEXT, note=st.none() | TEXT, lon=st.none() | st.floats(-180, 180), yes=st.booleans())
def test_any_text_and_number_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    note: str | None,
    lon: float | None,
    yes: bool,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    unit = r.Unit(
        code="u", name=name, kind=UnitKind.TOWN, seq=1, note=note, lon=lon, is_collective=yes
    )
    write_folder(folder, replace(PLAN, title=name), [unit])
    again, found = read_folder(folder)
    assert again is not None, found
    assert (again.rows, again.plan.title) == ((unit,), name)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-", "'-"),
        ("@某", "'@某"),
        ("'=1", "''=1"),
        ("'甲", "'甲"),
        ("13个", "13个"),
    ],
)
def test_what_a_spreadsheet_would_reckon_is_defused_and_restored(
    tmp_path: Path, text: str, cell: str
) -> None:
    assert written(text) == cell
    write_folder(tmp_path, PLAN, [*BASE, measure(title=text)])
    assert cell in (tmp_path / "measures.csv").read_text(encoding="utf-8-sig")
    again, _ = read_folder(tmp_path)
    assert again is not None
    assert [row.title for row in again.rows if isinstance(row, r.Measure)] == [text]


def test_numbers_below_nothing_are_no_formula() -> None:
    assert (written(-3), written(-0.5), written(16.0), written(None)) == ("-3", "-0.5", "16", "")


def test_every_ledger_has_a_file_of_its_own() -> None:
    assert len(set(FILES.values())) == len(FILES)
    assert {"units.csv", "host_lists.csv", "observations.csv"} <= set(FILES.values())


# Loading twice


def test_loading_twice_does_nothing(tmp_path: Path) -> None:
    engine, plan = shipped(tmp_path), jiaxiang()
    revisions = select(REVISIONS)
    with reading(engine) as connection:
        before = connection.execute(revisions).all()
    assert post_plan(engine, CONSOLE, plan.plan, plan.rows, today=date(2024, 1, 1)) == ()
    with reading(engine) as connection:
        assert connection.execute(revisions).all() == before


def test_a_changed_cell_is_listed_by_file_row_and_column(tmp_path: Path, folder: Path) -> None:
    engine = shipped(tmp_path)
    put(folder / "deadlines.csv", 3, "完成时限", "2023-08-31")
    put(folder / "units.csv", 2, "备注", "改过")
    changed, found = read_folder(folder)
    assert changed is not None, found
    faults = post_plan(engine, CONSOLE, changed.plan, changed.rows, today=ISSUED)
    said = {str(changed.locate(fault)) for fault in faults}
    assert said == {
        "deadlines.csv第3行“完成时限”列：账中为“2023-07-31”，文件为“2023-08-31”；"
        "已载入的方案不能覆盖",
        "units.csv第2行“备注”列：账中为“空”，文件为“改过”；已载入的方案不能覆盖",
    }
    held = load(engine, CODE, end_of(date(2023, 9, 1))).get(r.Deadline, "d-4-1-july")
    assert held.due_on == date(2023, 7, 31)


def test_a_missing_row_and_a_changed_title_are_located(tmp_path: Path, folder: Path) -> None:
    engine = shipped(tmp_path)
    edit(folder / "posts.csv", lambda rows: rows.pop())
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    changed_text = text.replace('short_title = "“嘉心护佑”工作方案"', 'short_title = "别的"')
    (folder / "plan.toml").write_text(changed_text, encoding="utf-8")
    changed, found = read_folder(folder)
    assert changed is not None, found
    faults = post_plan(engine, CONSOLE, changed.plan, changed.rows, today=ISSUED)
    places = [(at.file, at.row, at.column) for at in map(changed.locate, faults)]
    assert sorted(places) == [("plan.toml", None, "short_title"), ("posts.csv", None, None)]


def test_a_fault_of_posting_is_located_too(tmp_path: Path, folder: Path) -> None:
    put(folder / "units.csv", 4, "备注", "电话" + "138" + "12345678")
    spoilt, found = read_folder(folder)
    assert spoilt is not None, found
    engine = shipped(tmp_path)
    plan = replace(spoilt.plan, code="second")
    (fault,) = post_plan(engine, CONSOLE, plan, spoilt.rows, today=ISSUED)
    assert str(spoilt.locate(fault)).startswith("units.csv第4行“备注”列：疑似含有手机号码")


def test_writing_into_a_used_folder_leaves_no_earlier_ledger(folder: Path) -> None:
    write_folder(folder, PLAN, BASE)
    held = read_folder(folder)[0]
    assert held is not None
    assert {row.code for row in held.rows} == {row.code for row in BASE}


# Every kind of spoilt folder


def test_no_folder(tmp_path: Path) -> None:
    (said,) = problems(tmp_path / "nowhere")
    assert said.endswith("找不到这个文件夹")


def test_a_folder_without_a_plan(folder: Path) -> None:
    (folder / "plan.toml").unlink()
    assert problems(folder) == ["plan.toml：缺少这个文件"]


def test_a_broken_plan_file(folder: Path) -> None:
    (folder / "plan.toml").write_text("code = \n", encoding="utf-8")
    assert problems(folder)[0].startswith("plan.toml：读不出来")
    (folder / "plan.toml").write_bytes('title = "方案"'.encode("gb18030"))
    assert problems(folder)[0].startswith("plan.toml：读不出来")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('colour = "red"', "plan.toml“colour”列：不认识的项目"),
        ('title = ""', "plan.toml“title”列：不能为空，请填写"),
        ('issued_on = "去年"', "plan.toml“issued_on”列：“去年”不是日期"),
        ('state = "完了"', "plan.toml“state”列：“完了”不在可填范围内，可填：筹备、执行中、已收官"),
        ("practice_now = 2023-09-22", "plan.toml“practice_now”列：不认识的项目"),
    ],
)
def test_a_wrong_line_in_the_plan_file(folder: Path, line: str, said: str) -> None:
    path = folder / "plan.toml"
    name = line.partition(" =")[0]
    kept = [
        each for each in path.read_text("utf-8").splitlines() if not each.startswith(f"{name} =")
    ]
    path.write_text("\n".join([*kept, line]), encoding="utf-8")
    (found,) = problems(folder)
    assert found.startswith(said)


def test_an_unknown_file(folder: Path) -> None:
    (folder / "任务.csv").write_text("编号\n", encoding="utf-8-sig")
    assert problems(folder)[0].startswith("任务.csv：不认识的文件，可用的有：clauses.csv、")


def test_an_unknown_column(folder: Path) -> None:
    edit(
        folder / "posts.csv",
        lambda rows: rows.__setitem__(0, [*rows[0], "颜色"]),
    )
    (found,) = problems(folder)
    assert found.startswith("posts.csv第1行“颜色”列：不认识的列，可用的有：编号、")


def test_a_missing_and_a_double_column(folder: Path) -> None:
    put(folder / "posts.csv", 1, "职务", "编号")
    assert problems(folder) == [
        "posts.csv第1行“职务”列：缺少这一列",
        "posts.csv第1行“编号”列：这一列出现了两次",
    ]


@pytest.mark.parametrize(
    ("file", "column", "text", "said"),
    [
        ("tasks.csv", "重点任务", " ", "不能为空，请填写"),
        ("tasks.csv", "任务类别", "大事", "“大事”不在可填范围内，可填：重点任务、"),
        ("tasks.csv", "序号", "一", "“一”不是整数"),
        ("indicators.csv", "目标值", "很多", "“很多”不是数字"),
        ("indicators.csv", "印有数字", "对", "“对”不是“是”或“否”"),
        ("deadlines.csv", "完成时限", "2023.7.31", "“2023.7.31”不是日期，应写成2023-07-31的样式"),
        ("deadlines.csv", "完成时限", "2023-02-30", "“2023-02-30”不是日期"),
        ("tasks.csv", "依据条款", "九十九", "“九十九”在clauses.csv中不存在，请核对编号"),
        ("measures.csv", "重点任务", "t-none", "“t-none”在tasks.csv中不存在，请核对编号"),
    ],
)
def test_a_wrong_cell(folder: Path, file: str, column: str, text: str, said: str) -> None:
    put(folder / file, 4, column, text)
    (found,) = problems(folder)
    assert found.startswith(f"{file}第4行“{column}”列：{said}")


def test_every_wrong_cell_is_listed_at_once(folder: Path) -> None:
    put(folder / "tasks.csv", 3, "序号", "一")
    put(folder / "tasks.csv", 5, "任务类别", "大事")
    put(folder / "deadlines.csv", 2, "完成时限", "年内")
    assert [found.partition("：")[0] for found in problems(folder)] == [
        "tasks.csv第3行“序号”列",
        "tasks.csv第5行“任务类别”列",
        "deadlines.csv第2行“完成时限”列",
    ]


def test_a_duplicate_code(folder: Path) -> None:
    put(folder / "tasks.csv", 5, "编号", "t-2")
    (found,) = problems(folder)
    assert found == "tasks.csv第5行“编号”列：编号“t-2”与第2行重复"


def test_a_row_with_too_many_cells(folder: Path) -> None:
    edit(folder / "tasks.csv", lambda rows: rows[3].append("多"))
    (found,) = problems(folder)
    assert found == "tasks.csv第4行：单元格比表头多，请检查多余的逗号"


def test_a_csv_in_another_encoding(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("gb18030"))
    assert problems(folder) == ["units.csv：不是UTF-8编码，请另存为“CSV UTF-8”"]


def test_a_csv_with_a_cell_without_end(folder: Path) -> None:
    with (folder / "units.csv").open("a", encoding="utf-8") as file:
        file.write('"' + "长" * 200_000)
    assert problems(folder) == ["units.csv：读不出来，请检查引号是否成对"]


def test_an_empty_csv(folder: Path) -> None:
    (folder / "posts.csv").write_text("", encoding="utf-8")
    assert problems(folder)[0] == "posts.csv第1行“编号”列：缺少这一列"


def test_empty_lines_are_passed_over(folder: Path) -> None:
    def loosen(rows: list[list[str]]) -> None:
        rows.insert(2, [""] * len(rows[0]))
        rows.append([])

    edit(folder / "posts.csv", loosen)
    again, found = read_folder(folder)
    assert again is not None, found
    assert again.rows == jiaxiang().rows


@pytest.mark.parametrize("name", ["plan.toml", "tasks.csv"])
def test_what_cannot_be_read_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    (folder / name).mkdir()
    assert problems(folder)[0] == f"{name}：读不出来，请看是否为文件、能否读取，是否正在别处打开"
