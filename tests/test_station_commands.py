"""`guatu stations`: the book of stations out, filled in, and into the ledgers again."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard import settings
from dashboard.__main__ import main
from dashboard.access.audit import Filter, events
from dashboard.ledgers.terms import AuditKind
from dashboard.sheets.station_layout import HEAD_ROW, STATIONS
from tests.books import CODE, Desk
from tests.station_books import (
    VILLAGE,
    books_of,
    books_with_stations,
    filled,
    sheets_of,
    station,
)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="guatu")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The office with three stations, with its books where the command line looks for them."""
    made = books_with_stations(tmp_path)
    monkeypatch.setenv("GUATU_DATABASE_URL", f"sqlite:///{(tmp_path / 'books.db').as_posix()}")
    settings.current.cache_clear()
    yield made
    made.engine.dispose()


@pytest.fixture
def path(desk: Desk, tmp_path: Path) -> Path:
    """The book as the command wrote it."""
    target = tmp_path / "站点台账表.xlsx"
    answer = run("stations", CODE, "--to", target)
    assert answer.exit_code == 0, answer.output
    return target


def test_the_book_goes_out_once_and_on_record(desk: Desk, path: Path) -> None:
    told = events(desk.engine, Filter(), limit=1).rows[0]
    assert (told.kind, told.action) == (AuditKind.EXPORT, "下载站点台账表")
    again = run("stations", CODE, "--to", path)
    assert again.exit_code == 2
    assert "已存在，可能已填写，不予覆盖" in again.output


def test_one_area_s_book_holds_its_stations_alone(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "纸坊镇.xlsx"
    answer = run("stations", CODE, "--to", target, "--area", "纸坊镇")
    assert "纸坊镇，站点0处" in answer.output
    assert desk.plan().code == CODE
    assert sheets_of(target.read_bytes())[STATIONS].max_row == HEAD_ROW


def test_the_book_is_listed_first_and_posted_where_asked_to(desk: Desk, path: Path) -> None:
    path.write_bytes(filled(path.read_bytes(), {VILLAGE: {"area_m2": 24}}))
    version = books_of(desk).version
    listed = run("stations", CODE, "--take", path)
    assert listed.exit_code == 0
    assert f"嘉祥街道心灵驿站（{VILLAGE}）：面积（平方米）由16改为24" in listed.output
    assert "可录入1行" in listed.output
    assert books_of(desk).version == version
    done = run("stations", CODE, "--take", path, "--post")
    assert done.exit_code == 0
    assert "已录入：新增0行，修改1行，检查0条。" in done.output
    assert station(desk, VILLAGE).area_m2 == 24.0


def test_one_problem_keeps_all_of_it_out(desk: Desk, path: Path) -> None:
    given = {"area_m2": 24, "hotline": "13900000000", "built_on": datetime(2023, 7, 21)}
    path.write_bytes(filled(path.read_bytes(), {VILLAGE: given}))
    answer = run("stations", CODE, "--take", path, "--post")
    assert answer.exit_code == 1
    assert "有误　站点 第" in answer.output
    assert "没有录入" in answer.output
    assert station(desk, VILLAGE).area_m2 == 16.0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "请写 --to 文件（生成）或 --take 文件（读回），写一个。"),
        (["--to", "a.xlsx", "--post"], "--post 只与 --take 同用。"),
        (["--take", "a.xlsx", "--area", "纸坊镇"], "--area 只与 --to 同用。"),
        (["--to", "a.xlsx", "--area", "纸防镇"], "是否为“纸坊镇”"),
        (["--to", "a.xls"], "--to 后面请写以 .xlsx 结尾的文件名。"),
        (["--take", "没有.xlsx"], "读不到 没有.xlsx"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_wrong_use_is_told_in_chinese(words: list[str], said: str) -> None:
    answer = run("stations", CODE, *words)
    assert answer.exit_code == 2
    assert said in answer.output
