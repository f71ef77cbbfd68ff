"""What tests of posting share: the smallest plan and the shipped one, each in its own database."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.access.viewer import CONSOLE
from dashboard.ledgers.database import open_books
from dashboard.posting.plans import post_plan
from tests.books import BASE, ISSUED, PLAN, Desk, database, line, measure, shipped
from tests.editing import DAY


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A database with one task, one measure and its line."""
    made = open_books(database(tmp_path))
    assert post_plan(made, CONSOLE, PLAN, (*BASE, measure(), line()), today=ISSUED) == ()
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The office at work on the shipped plan."""
    return Desk(shipped(tmp_path))


@pytest.fixture
def office(desk: Desk) -> Desk:
    """The office at work on 2023-09-20."""
    desk.at(DAY)
    return desk
