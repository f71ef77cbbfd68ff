"""Practice data enter once, alike for one seed, and leave nothing behind."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books, load, load_plan
from dashboard.ledgers.database import reading
from dashboard.ledgers.tables import POSTINGS, TABLES
from dashboard.posting.faults import RefusedError
from dashboard.posting.plans import clear_practice, post_plan
from dashboard.posting.problems import raise_problem
from dashboard.practice import fill, fill_sized, sized_plan
from dashboard.practice.filling import PRACTICE_NOW
from dashboard.rules.calendar import end_of
from dashboard.rules.invariants import breaches
from dashboard.rules.judgement import Judgement, judge_books
from tests.books import CODE, shipped

RUNNING = (r.Problem, r.Directive, r.Station, r.Inspection, r.Observation)
PROBLEM = r.Problem(
    code="-",
    description="县中心改造工期紧",
    source=t.ProblemSource.DISPATCH,
    category=t.ProblemCategory.PREMISES,
    unit="u-jsyy",
    found_on=date(2023, 7, 3),
    closing_standard="按期建成",
)


def books_on(engine: Engine, day: date) -> Books:
    return load(engine, CODE, end_of(day))


def judged(engine: Engine, day: date) -> Judgement:
    return judge_books(books_on(engine, day), settings.load())


def written(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every ledger as the database holds it, but for when it was recorded."""
    with reading(engine) as connection:
        return {
            name: [
                {key: value for key, value in row.items() if key != "recorded_at"}
                for row in connection.execute(select(table).order_by(table.c.id)).mappings()
            ]
            for name, table in TABLES.items()
        }


def test_filling_counts_what_it_writes_and_clearing_takes_out_as_much(empty: Engine) -> None:
    before = written(empty)
    count = fill(empty, CONSOLE, CODE, settings.load())
    assert count == sum(len(rows) - len(before[name]) for name, rows in written(empty).items())
    assert clear_practice(empty, CONSOLE, CODE) == count
    assert written(empty) == before


def test_after_clearing_practice_data_can_be_filled_in_again(empty: Engine) -> None:
    first = fill(empty, CONSOLE, CODE, settings.load())
    clear_practice(empty, CONSOLE, CODE)
    assert fill(empty, CONSOLE, CODE, settings.load()) == first


def test_one_seed_gives_the_same_rows_and_another_gives_others(
    filled: Engine, tmp_path: Path
) -> None:
    for name, seed in (("same", 2023), ("other", 7)):
        (tmp_path / name).mkdir()
        engine = shipped(tmp_path / name)
        fill(engine, CONSOLE, CODE, settings.load(), seed)
        assert (written(engine) == written(filled)) is (name == "same")
        engine.dispose()


def test_a_plan_with_real_records_is_refused(empty: Engine) -> None:
    raise_problem(empty, CONSOLE, CODE, PROBLEM)
    with pytest.raises(RefusedError, match="账中已有1条正式记录"):
        fill(empty, CONSOLE, CODE, settings.load())
    assert load_plan(empty, CODE).practice_now is None


def test_a_plan_with_practice_data_is_refused(filled: Engine) -> None:
    with pytest.raises(RefusedError, match="请先清除"):
        fill(filled, CONSOLE, CODE, settings.load())


def test_the_clock_stands_and_every_row_is_marked_and_known_by_then(filled: Engine) -> None:
    books = load(filled, CODE, PRACTICE_NOW)
    assert books.plan.practice_now == PRACTICE_NOW
    assert books.plan.in_use_from == books.plan.issued_on
    for kind in RUNNING:
        rows = books.all(kind)
        assert rows
        assert all(row.is_practice for row in rows)
    with reading(filled) as connection:
        known = list(connection.scalars(select(POSTINGS.c.known_at).order_by(POSTINGS.c.id)))
    assert known == sorted(known)
    assert known[-1] <= PRACTICE_NOW


def test_the_books_hold_together_on_any_friday(filled: Engine) -> None:
    for day in (date(2023, 6, 30), date(2023, 8, 4), date(2023, 9, 22)):
        assert breaches(books_on(filled, day)) == ()


@pytest.mark.parametrize("seed", [2023, 7])
def test_every_colour_a_task_can_have_is_there_at_first_look(tmp_path: Path, seed: int) -> None:
    engine = shipped(tmp_path)
    fill(engine, CONSOLE, CODE, settings.load(), seed)
    lights = Counter(task.light.value for task in judged(engine, date(2023, 9, 22)).tasks)
    assert {"blue", "green", "yellow", "red", "grey"} <= set(lights)
    assert lights["blue"] >= 2
    engine.dispose()


def test_records_are_in_time_late_missing_and_not_asked_for(filled: Engine) -> None:
    states = Counter(line.freshness.value for line in judged(filled, date(2023, 9, 22)).lines)
    assert {"on_time", "late", "missing", "not_asked"} <= set(states)
    assert states["on_time"] > states["late"] + states["missing"]


def test_july_differs_from_september(filled: Engine) -> None:
    july, september = (judged(filled, day) for day in (date(2023, 7, 14), date(2023, 9, 22)))
    assert july.by_task["t-4-1"].light != september.by_task["t-4-1"].light
    for kind in RUNNING:
        assert 0 < len(july.books.all(kind)) < len(september.books.all(kind))


def test_the_county_centre_was_late_then_found_wanting_then_closed(filled: Engine) -> None:
    days = (date(2023, 8, 3), date(2023, 8, 10), date(2023, 8, 25))
    words = [judged(filled, day).by_task["t-4-1"].items[0].verdict.word for day in days]
    assert words == ["逾期", "完成待核", "已完成"]


def test_the_partners_turned_red_in_the_last_week(filled: Engine) -> None:
    before, now = (judged(filled, day) for day in (date(2023, 9, 15), date(2023, 9, 22)))
    assert before.by_task["t-4-5"].light.value == "yellow"
    assert now.by_task["t-4-5"].light.value == "red"


def test_practice_data_exist_only_for_plans_with_tables(tmp_path: Path) -> None:
    engine = shipped(tmp_path)
    plan, rows = sized_plan(2)
    assert post_plan(engine, CONSOLE, plan, rows, today=plan.issued_on) == ()
    with pytest.raises(RefusedError, match="没有配套的演示数据"):
        fill(engine, CONSOLE, plan.code, settings.load())
    assert fill_sized(engine, CONSOLE, plan.code, settings.load(), weeks=4) > 0
    assert load_plan(engine, CODE).practice_now is None
    engine.dispose()
