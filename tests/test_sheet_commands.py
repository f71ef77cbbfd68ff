"""`guatu sheets` and `guatu take`: one xlsx a unit out, filled in, and into the books again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from sqlalchemy import Engine

from dashboard import settings
from dashboard.__main__ import main
from dashboard.access.audit import Filter, breaks, events
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.history import all_filings
from dashboard.ledgers.terms import AuditKind, FilingWay
from dashboard.rules.calendar import end_of
from dashboard.sheets.filing_bundle import packed
from tests.books import CODE, Desk
from tests.filing_sheets import (
    HOTLINE,
    MEASURE,
    SHARE,
    TUESDAY,
    books_with_work,
    edited,
    filled,
)

HEALTH_FILE = "县卫生健康局填报表（2023年第26周）.xlsx"
TOWN_FILE = "嘉祥街道填报表（2023年第26周）.xlsx"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="guatu")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The office on a Tuesday, with its books where the command line looks for them."""
    made = books_with_work(tmp_path)
    monkeypatch.setenv("GUATU_DATABASE_URL", f"sqlite:///{(tmp_path / 'books.db').as_posix()}")
    settings.current.cache_clear()
    yield made
    made.engine.dispose()


@pytest.fixture
def out(desk: Desk, tmp_path: Path) -> Path:
    """The folder with every unit's sheet of the round."""
    folder = tmp_path / "out"
    if not _SHEETS:
        assert run("sheets", CODE, "--round", "2023-W26", "--to", folder).exit_code == 0
        _SHEETS.update({path.name: path.read_bytes() for path in folder.iterdir()})
    folder.mkdir(exist_ok=True)
    for name, content in _SHEETS.items():
        (folder / name).write_bytes(content)
    return folder


_SHEETS: dict[str, bytes] = {}
"""The same for every test, for the books are: made once."""


def fill(path: Path, *entries: tuple[str, str, object]) -> Path:
    """Fill a sheet in where it lies."""
    given: dict[str, dict[str, object]] = {}
    for line, column, value in entries:
        given.setdefault(line, {})[column] = value
    path.write_bytes(filled(path.read_bytes(), given))
    return path


def filings(engine: Engine) -> int:
    return len(all_filings(engine, CODE, end_of(date(2024, 1, 1))))


# Out


def test_each_unit_with_something_to_file_gets_one_file(desk: Desk, tmp_path: Path) -> None:
    answer = run("sheets", CODE, "--round", "2023-W26", "--to", tmp_path / "out")
    assert answer.exit_code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {HEALTH_FILE, TOWN_FILE} <= names
    assert len(answer.stdout.splitlines()) == len(names)
    assert f"已生成{len(names)}份填报表" in answer.stderr
    book = load_workbook(tmp_path / "out" / TOWN_FILE)
    assert book["填报表"]["A1"].value == "【演示数据】嘉祥街道填报表"
    assert str(book["填报表"]["A6"].value).startswith("导出：专班办公室，")


def test_the_units_that_need_none_are_counted_and_named(desk: Desk, tmp_path: Path) -> None:
    desk.file(SHARE, 2, TUESDAY)
    desk.file(SHARE.replace("town", "village"), 2, TUESDAY)
    answer = run("sheets", CODE, "--to", tmp_path / "out")
    assert "另有1个单位本期没有要报的事项，不需填报表：嘉祥街道。" in answer.stderr
    assert not (tmp_path / "out" / TOWN_FILE).exists()


def test_making_sheets_is_put_on_record(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("sheets", CODE, "--to", out)
    (told,) = events(desk.engine, Filter(), limit=1).rows
    assert (told.kind, told.action, told.plan) == (AuditKind.EXPORT, "下发填报表", CODE)
    number = len(list(out.iterdir()))
    assert str(told.detail).startswith(f"2023-W26，{number}个单位，共")
    assert list(breaks(desk.engine)) == []


@pytest.mark.parametrize("code", ["2023-W25", "2023-W40", "下周"])
def test_an_unknown_round_is_refused_with_the_cure(desk: Desk, tmp_path: Path, code: str) -> None:
    answer = run("sheets", CODE, "--round", code, "--to", tmp_path / "out")
    assert answer.exit_code == 2
    assert f"“{code}”没有填报表可做，可写：2023-W26（本期）、2023-W27（下期）" in answer.stderr
    assert not (tmp_path / "out").exists()


def test_an_unknown_plan_and_a_missing_folder_are_wrong_use(desk: Desk, tmp_path: Path) -> None:
    assert run("sheets", "nowhere", "--to", tmp_path / "out").exit_code == 2
    assert run("sheets", CODE, "--to", " ").exit_code == 2
    assert run("sheets", CODE).exit_code == 2


def test_a_sheet_that_lies_there_is_never_written_over(desk: Desk, out: Path) -> None:
    filled_in = fill(out / TOWN_FILE, (SHARE, "value", 2)).read_bytes()
    answer = run("sheets", CODE, "--to", out)
    assert answer.exit_code == 2
    assert "可能已填写，不予覆盖，请换一个文件夹" in answer.stderr
    assert (out / TOWN_FILE).read_bytes() == filled_in
    answer = run("sheets", CODE, "--to", out / TOWN_FILE)
    assert (answer.exit_code, "是文件，--to 后面请写文件夹名" in answer.stderr) == (2, True)


# In


def test_sheets_go_out_are_filled_listed_and_posted(desk: Desk, out: Path) -> None:
    before = filings(desk.engine)
    town = fill(out / TOWN_FILE, (SHARE, "value", "２"), (SHARE, "text", "讲座2场"))
    health = fill(out / HEALTH_FILE, (HOTLINE, "value", 24))
    listed = run("take", town, health)
    assert listed.exit_code == 0
    assert "  第8行 镇街心理知识讲座：可录入　完成值2场；进展：讲座2场" in listed.stdout
    assert "“２”按2场录入" in listed.stdout
    assert "共2份，0处问题，可录入2条；加 --post 录入。" in listed.stderr
    assert filings(desk.engine) == before
    posted = run("take", town, health, "--post", "--way", "纸质", "--received", "2023-06-27T09:30")
    assert posted.exit_code == 0, posted.output
    assert "已录入2份2条。" in posted.stderr
    held = load(desk.engine, CODE, end_of(TUESDAY)).last_accepted
    assert (held[SHARE].value, held[HOTLINE].value) == (2, 24)
    assert held[SHARE].way is FilingWay.PAPER
    assert held[SHARE].filed_by == "嘉祥街道联络员"
    assert held[SHARE].received_at.isoformat() == "2023-06-27T01:30:00+00:00"
    again = run("take", town, health, "--post")
    assert (again.exit_code, filings(desk.engine)) == (0, before + 2)
    assert "已录入0份0条。" in again.stderr


def test_a_zip_of_all_sheets_is_taken_in_at_once(desk: Desk, out: Path, tmp_path: Path) -> None:
    fill(out / TOWN_FILE, (SHARE, "value", 2))
    fill(out / HEALTH_FILE, (HOTLINE, "value", 24))
    files = [(path.name, path.read_bytes()) for path in sorted(out.iterdir())]
    (tmp_path / "all.zip").write_bytes(packed(files))
    answer = run("take", tmp_path / "all.zip", "--post")
    assert answer.exit_code == 0
    assert "已录入2份2条。" in answer.stderr
    assert f"all.zip › {TOWN_FILE}（嘉祥街道）" in answer.stdout


def test_a_file_with_problems_is_not_posted_and_good_ones_are(desk: Desk, out: Path) -> None:
    before = filings(desk.engine)
    town = fill(out / TOWN_FILE, (SHARE, "value", 2))
    health = fill(out / HEALTH_FILE, (HOTLINE, "value", "约24"), (MEASURE, "value", 20))
    listed = run("take", town, health)
    assert listed.exit_code == 1
    assert "完成值：“约24”不是数字，请只填数字" in listed.stdout
    posted = run("take", town, health, "--post")
    assert posted.exit_code == 1
    assert "已录入1份1条。" in posted.stderr
    assert filings(desk.engine) == before + 1
    assert load(desk.engine, CODE, end_of(TUESDAY)).last_accepted[MEASURE].value == 10


def test_a_row_that_was_filed_online_is_shown_and_never_taken_here(desk: Desk, out: Path) -> None:
    desk.file(HOTLINE, 20, TUESDAY)
    before = filings(desk.engine)
    health = fill(out / HEALTH_FILE, (HOTLINE, "value", 24), (MEASURE, "value", 20))
    answer = run("take", health, "--post")
    assert answer.exit_code == 1
    assert "制表后网上已另报" in answer.stdout
    assert "    网上：联络员，6月27日10:00收到；完成值20小时" in answer.stdout
    assert "    表中：完成值24小时" in answer.stdout
    assert filings(desk.engine) == before


def test_spoilt_files_are_listed_each_with_its_cure(desk: Desk, out: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.xlsx").write_bytes(b"")
    moved = tmp_path / "moved.xlsx"
    spoilt = edited((out / TOWN_FILE).read_bytes(), lambda book: book["填报表"].delete_rows(8))
    moved.write_bytes(spoilt)
    answer = run("take", tmp_path / "empty.xlsx", moved, "--post")
    assert answer.exit_code == 1
    assert "是空文件（0字节），请重新发送" in answer.stdout
    assert "  有误　填报表 第8行 序号：应为“1”，现为“2”" in answer.stdout


def test_what_ends_with_a_full_stop_goes_on_with_one_sign_and_no_word_stands_twice(
    desk: Desk, out: Path
) -> None:
    problem = {"number": 1, "description": "场地紧张。", "category": "不成类别"}
    entries = {SHARE: {"value": 2, "text": "讲座3场。", "next_step": "再办一场。"}}
    town = out / TOWN_FILE
    town.write_bytes(filled(town.read_bytes(), entries))
    assert "进展：讲座3场；下步计划：再办一场" in run("take", town).stdout
    town.write_bytes(filled(town.read_bytes(), entries, problem))
    said = run("take", town).stdout
    assert "  有误　问题 第4行" in said
    assert "问题　问题" not in said


def test_a_sheet_of_a_plan_that_is_not_here_is_named(out: Path, tmp_path: Path) -> None:
    sheet = out / TOWN_FILE
    engine = open_books(f"sqlite:///{(tmp_path / 'other.db').as_posix()}")
    engine.dispose()
    answer = CliRunner().invoke(
        main,
        ["take", str(sheet)],
        prog_name="guatu",
        env={"GUATU_DATABASE_URL": f"sqlite:///{(tmp_path / 'other.db').as_posix()}"},
    )
    assert answer.exit_code == 1
    assert f"是方案“{CODE}”的填报表，本机没有这个方案" in answer.stdout


def test_wrong_use_ends_with_two(desk: Desk, tmp_path: Path) -> None:
    assert run("take").exit_code == 2
    missing = run("take", tmp_path / "nothing.xlsx")
    assert (missing.exit_code, "读不到" in missing.stderr) == (2, True)
    assert run("take", tmp_path).exit_code == 2
    wrong = run("take", tmp_path / "books.db", "--way", "飞鸽")
    assert (wrong.exit_code, "--way 应为消息、纸质、电话之一" in wrong.stderr) == (2, True)


@pytest.mark.parametrize("received", ["2023-06-28T09:00", "9999-12-31T23:59"])
def test_what_was_received_later_than_now_is_refused(desk: Desk, out: Path, received: str) -> None:
    town = fill(out / TOWN_FILE, (SHARE, "value", 2))
    before = filings(desk.engine)
    answer = run("take", town, "--post", "--received", received)
    assert answer.exit_code == 2
    assert "--received 不能晚于现在（2023年6月27日10:00）" in answer.stderr
    assert filings(desk.engine) == before
