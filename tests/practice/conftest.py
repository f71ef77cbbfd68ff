"""嘉祥's plan in a database of its own, with and without practice data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.practice import fill
from tests.books import CODE, shipped


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """The plan alone."""
    engine = shipped(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Filled once, for the tests that only read."""
    engine = shipped(tmp_path_factory.mktemp("filled"))
    fill(engine, CONSOLE, CODE, settings.load())
    yield engine
    engine.dispose()
