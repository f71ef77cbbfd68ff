"""What tests of access share: an empty database, and hashes that cost nothing."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.ledgers.database import open_books
from tests.books import database
from tests.people import cheap_hashing


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Log-ins without the wait."""
    cheap_hashing(monkeypatch)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A database without plans and accounts."""
    return open_books(database(tmp_path))
