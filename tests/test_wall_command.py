"""`guatu wallchart`: the chart without a screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from dashboard import settings
from dashboard.__main__ import main
from dashboard.access.audit import Filter, events
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AuditKind
from dashboard.reports import typefaces
from tests.books import CODE, JIAXIANG
from tests.reports.printed import sheets


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="guatu")


@pytest.fixture
def engine() -> Iterator[Engine]:
    """The shipped plan, where the command line looks for it."""
    assert run("load", JIAXIANG).exit_code == 0
    made = open_books(settings.current().database.url)
    yield made
    made.dispose()


def test_the_chart_is_written_and_put_on_record(engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "chart.pdf"
    result = run("wallchart", CODE, "--paper", "a2", "--out", target, "--as-of", "2023-09-22")
    assert result.exit_code == 0, result.output
    first = sheets(target.read_bytes())[0]
    assert (round(first.width), round(first.height)) == (594, 420)
    assert "统计截止日：2023年9月22日" in first.text
    told = events(engine, Filter(), limit=1).rows[0]
    assert (told.kind, told.action) == (AuditKind.EXPORT, "导出作战图")
    assert told.detail == "chart.pdf，作战图，A2，统计截止日2023年9月22日"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out", "chart.doc"], "以 .pdf 结尾"),
        (["--out", "no/such/chart.pdf"], "请看文件夹是否存在"),
        (["--out", "chart.pdf", "--as-of", "2020-01-01"], "应在 2023-06-06 至"),
        (["--out", "chart.pdf", "--paper", "A9"], "填写有误"),
        ([], "--out"),
    ],
)
def test_wrong_use_is_told_and_nothing_is_written(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("wallchart", CODE, *words)
    assert result.exit_code == 2
    assert said in result.output
    assert not list(tmp_path.rglob("chart*"))


def test_without_chinese_type_it_ends_with_what_to_install(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typefaces, "font_folders", lambda: [tmp_path])
    result = run("wallchart", CODE, "--out", tmp_path / "chart.pdf")
    assert result.exit_code == 1
    assert "请安装思源黑体" in result.output
