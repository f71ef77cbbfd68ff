"""Tests of the ledgers run the migrations themselves."""

import pytest


@pytest.fixture(autouse=True)
def ready_made_schema() -> None:
    """No new database is a copy of another."""
