"""Plans of any size: so many tasks, the longest names, a year of filings."""

from datetime import timedelta
from pathlib import Path

import pytest

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load, load_plan
from dashboard.ledgers.database import open_books
from dashboard.posting.plans import clear_practice, post_plan
from dashboard.practice import fill_sized, sized_plan
from dashboard.rules.invariants import breaches
from dashboard.rules.judgement import judge_books
from tests.books import database


@pytest.mark.parametrize("tasks", [1, 100])
def test_a_sized_plan_has_so_many_tasks_with_two_measures_and_an_indicator_each(tasks: int) -> None:
    _, rows = sized_plan(tasks)
    kinds = [type(row) for row in rows]
    assert kinds.count(r.Task) == tasks
    assert kinds.count(r.Measure) == 2 * tasks
    assert kinds.count(r.Indicator) == tasks


def test_a_sized_plan_is_alike_for_one_seed() -> None:
    assert sized_plan(20, seed=3) == sized_plan(20, seed=3)
    assert sized_plan(20, seed=3) != sized_plan(20, seed=4)


def test_a_sized_plan_has_forty_departments_thirteen_towns_and_names_of_thirty_characters() -> None:
    _, rows = sized_plan(1)
    units = [row for row in rows if isinstance(row, r.Unit) and not row.is_collective]
    assert len(units) == 53
    assert max(len(unit.name) for unit in units) == 30


def test_a_year_of_filings_is_judged_and_cleared(tmp_path: Path) -> None:
    engine = open_books(database(tmp_path))
    plan, rows = sized_plan(40)
    assert post_plan(engine, CONSOLE, plan, rows, today=plan.issued_on) == ()
    count = fill_sized(engine, CONSOLE, plan.code, settings.load())
    now = load_plan(engine, plan.code).practice_now
    assert now is not None
    books = load(engine, plan.code, now)
    assert breaches(books) == ()
    assert len({task.light for task in judge_books(books, settings.load()).tasks}) >= 3
    halfway = load(engine, plan.code, now - timedelta(weeks=26))
    assert 0 < len(halfway.all(r.Problem)) < len(books.all(r.Problem))
    assert clear_practice(engine, CONSOLE, plan.code) == count
    engine.dispose()
