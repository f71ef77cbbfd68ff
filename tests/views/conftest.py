"""Two sets of books for pages: the plan alone, and the plan with practice data."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import practice, settings
from dashboard.access.viewer import CONSOLE, Viewer, viewer_at
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole
from dashboard.posting.plans import post_plan
from tests.books import practised, shipped
from tests.people import enrol
from tests.views.rows import Unopened

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PLAN = "jiaxiang-2023"


@pytest.fixture(scope="session")
def empty_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that holds 嘉祥's plan and nothing else."""
    folder = tmp_path_factory.mktemp("books")
    shipped(folder).dispose()
    return folder / "books.db"


@pytest.fixture(scope="session")
def full_books(empty_books: Path) -> Path:
    """A database file that holds 嘉祥's plan and the practice data."""
    folder = empty_books.with_name("full")
    folder.mkdir()
    practised(folder).dispose()
    return folder / "books.db"


@pytest.fixture(scope="session")
def large_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that holds a plan of 100 tasks and eight weeks of filings."""
    path = tmp_path_factory.mktemp("large") / "large.db"
    engine = open_books(f"sqlite:///{path.as_posix()}")
    plan, rows = practice.sized_plan(100)
    assert post_plan(engine, CONSOLE, plan, rows, today=plan.issued_on) == ()
    practice.fill_sized(engine, CONSOLE, plan.code, settings.load(os.environ), weeks=8)
    engine.dispose()
    return path


@pytest.fixture
def open_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], AppTest]:
    """The whole app on a copy of a database file, on its first page once a test looks at it."""

    def run(books: Path) -> AppTest:
        copy = tmp_path / "guatu.db"
        shutil.copy(books, copy)
        monkeypatch.setenv("GUATU_DATABASE_URL", f"sqlite:///{copy.as_posix()}")
        settings.current.cache_clear()
        return Unopened(CHECKOUT / "dashboard" / "app.py", default_timeout=60)

    return run


@pytest.fixture
def empty_app(open_app: Callable[[Path], AppTest], empty_books: Path) -> AppTest:
    """The app on the plan alone."""
    return open_app(empty_books)


@pytest.fixture
def full_app(open_app: Callable[[Path], AppTest], full_books: Path) -> AppTest:
    """The app on the plan with practice data."""
    return open_app(full_books)


@pytest.fixture
def seen_by(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Viewer]:
    """Logs somebody in and puts them before the screen, on the books that a page runs on."""

    def sit(role: AccountRole, *units: str) -> Viewer:
        engine = open_books(settings.current().database.url)
        token = enrol(engine, role, *units)
        monkeypatch.setattr("dashboard.widgets.door.token", lambda: token)
        viewer = viewer_at(engine, token)
        assert viewer is not None
        return viewer

    return sit
