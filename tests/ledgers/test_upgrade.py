"""A database of each earlier version, full of rows, comes up to date and keeps them all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from dashboard.ledgers import database as db
from tests.books import practised

EARLIER = ("0001", "0002", "0003", "0004", "0005")


def rows(path: Path, shape: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    """Every table's rows, in these columns."""
    with closing(sqlite3.connect(path)) as held:
        return {
            table: held.execute(f"SELECT {_listed(names)} FROM {table} ORDER BY 1").fetchall()
            for table, names in shape.items()
        }


def shape_of(path: Path) -> dict[str, list[str]]:
    """The columns of each table that holds data."""
    with closing(sqlite3.connect(path)) as held:
        tables = held.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            table: [column[1] for column in held.execute(f"PRAGMA table_info({table})")]
            for (table,) in tables
            if table != "alembic_version"
        }


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def older(folder: Path, revision: str) -> Path:
    """A database as that version left it, with the shipped plan and its practice data."""
    practised(folder).dispose()
    path = folder / "older.db"
    made = db.open_engine(f"sqlite:///{path.as_posix()}")
    with db.writing(made) as connection:
        command.upgrade(db._config(connection), revision)
    made.dispose()
    shape = shape_of(path)
    with closing(sqlite3.connect(path)) as old:
        old.execute("ATTACH ? AS full", (str(folder / "books.db"),))
        for table, names in shape.items():
            old.execute(f"DELETE FROM {table}")
            listed = _listed(names)
            old.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM full.{table}")
        old.commit()
    return path


@pytest.mark.parametrize("revision", EARLIER)
def test_rows_of_an_earlier_version_are_all_there_after_the_upgrade(
    tmp_path: Path, revision: str
) -> None:
    path = older(tmp_path, revision)
    shape = shape_of(path)
    before = rows(path, shape)
    assert before["filing"]
    assert before["review"]
    engine = db.open_engine(f"sqlite:///{path.as_posix()}")
    assert db.upgrade(engine) is True
    engine.dispose()
    assert rows(path, shape) == before
    with closing(sqlite3.connect(path)) as held:
        assert held.execute("PRAGMA foreign_key_check").fetchall() == []
        flags = held.execute("SELECT DISTINCT no_change FROM filing").fetchall()
    if "no_change" not in shape["filing"]:
        assert flags == [(0,)]


def test_every_version_but_the_newest_is_tried() -> None:
    known = sorted(each for each in db._known() if each)
    assert tuple(known[:-1]) == EARLIER
