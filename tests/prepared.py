"""What many tests need and would each make anew: made once for a run, the same for all."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from dashboard.ledgers import database


@contextmanager
def empty_books() -> Iterator[None]:
    """A database whose file does not exist yet starts as a copy of one that was migrated."""
    really = database.upgrade
    ready = _migrated()

    def upgrade(engine: Engine) -> bool:
        path = engine.url.database
        if engine.dialect.name != "sqlite" or not path or path == ":memory:" or Path(path).exists():
            return really(engine)
        Path(path).write_bytes(ready)
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "upgrade", upgrade)
        yield


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "books.db"
        database.close(database.open_books(f"sqlite:///{path.as_posix()}"))
        return path.read_bytes()


@contextmanager
def one_look_at_what_is_installed() -> Iterator[None]:
    """The migrations are read once, and the installed packages searched once for components.

    Streamlit parses every package's metadata whenever an app starts.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_scripts", cache(database._scripts))
        if "streamlit" in sys.modules:
            from streamlit.components.v2 import manifest_scanner  # noqa: PLC0415

            found = cache(manifest_scanner.scan_component_manifests)
            patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@contextmanager
def pages_compiled_once() -> Iterator[None]:
    """Each page's script is compiled once, as a server does it.

    Streamlit's test runner compiles every script anew whenever it runs.
    """
    if "streamlit" not in sys.modules:
        yield
        return
    from streamlit.runtime.scriptrunner.script_cache import ScriptCache  # noqa: PLC0415
    from streamlit.testing.v1 import app_test, local_script_runner  # noqa: PLC0415

    scripts = ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", lambda: scripts)
        yield


class _OneDialect(SQLiteDialect_pysqlite):
    """SQLite's dialect, one for all engines, so that they can share compiled statements."""

    supports_statement_cache = True
    _only: ClassVar["_OneDialect | None"] = None

    def __new__(cls, **options: Any) -> "_OneDialect":
        if cls._only is None:
            cls._only = super().__new__(cls)
            SQLiteDialect_pysqlite.__init__(cls._only, **options)
        return cls._only

    def __init__(self, **options: Any) -> None:
        """Was made with the first engine."""


@contextmanager
def statements_compiled_once() -> Iterator[None]:
    """Every engine keeps its compiled statements to itself, and nearly every test has its own."""
    registry.register("sqlite", __name__, _OneDialect.__name__)
    shared: dict[str, Any] = {"compiled_cache": LRUCache(2000)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "create_engine", partial(create_engine, execution_options=shared))
        yield
