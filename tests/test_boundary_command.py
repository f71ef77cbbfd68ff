"""`guatu boundaries`: a file in, or every reason why not, with the exit code that says which."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from dashboard import settings
from dashboard.__main__ import main
from dashboard.ledgers.books import load
from dashboard.ledgers.shapes import set_in_force
from dashboard.rules.calendar import Clock
from tests.books import CODE, database, shipped
from tests.boundary_acts import shapes_at
from tests.boundary_files import UNITS, collection, features


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="guatu")


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """嘉祥's plan where the command line looks for it."""
    made = shipped(tmp_path)
    monkeypatch.setenv("GUATU_DATABASE_URL", database(tmp_path))
    settings.current.cache_clear()
    yield made
    made.dispose()


def file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "界线.geojson"
    path.write_bytes(content)
    return path


def take(path: Path, *more: str) -> Result:
    told = ("--datum", "cgcs2000", "--source", "县自然资源和规划局")
    return run("boundaries", CODE, path, *told, *more)


def test_a_file_is_taken_in_once_and_each_unit_is_listed(engine: Engine, tmp_path: Path) -> None:
    path = file(tmp_path, collection(features()))
    first, second = take(path, "--review-no", "鲁SG（2023）012号"), take(path)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert [f"{unit.name}：按统计代码" for unit in UNITS] == first.stdout.splitlines()
    held = set_in_force(load(engine, CODE, Clock().now()))
    assert held is not None
    assert (held.title, held.file_name, held.review_no) == ("界线", "界线.geojson", None)
    assert len(shapes_at(engine, CODE, Clock().now())) == 14
    assert "BS000002在用：14个区域" in second.stderr
    assert "BS000002在用" in take(path).stderr


def test_a_bad_file_ends_with_1_and_wrong_use_with_2(engine: Engine, tmp_path: Path) -> None:
    found = features()
    found[0]["geometry"] = None
    bad = take(file(tmp_path, collection(found)))
    assert bad.exit_code == 1
    assert bad.stdout == "第1个要素（嘉祥街道）：没有图形，请改正后再载入。\n"
    assert "没有载入。" in bad.stderr
    assert run("boundaries", CODE, file(tmp_path, b""), "--source", "某局").exit_code == 2
    assert (
        run(
            "boundaries",
            "nobody",
            tmp_path / "界线.geojson",
            "--datum",
            "BD-09",
            "--source",
            "某局",
        ).exit_code
        == 2
    )
    assert take(tmp_path / "没有.geojson").exit_code == 2
