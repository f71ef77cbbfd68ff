"""嘉祥's plan in a database of its own, with and without practice data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.books import practised, shipped


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """The plan alone."""
    engine = shipped(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """For the tests that only read."""
    engine = practised(tmp_path_factory.mktemp("filled"))
    yield engine
    engine.dispose()
