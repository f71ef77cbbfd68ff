"""The practice clock: what is written under it is practice data, and all of it can be taken out."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from sqlalchemy import select

from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load
from dashboard.ledgers.database import reading
from dashboard.ledgers.shape import LEDGERS
from dashboard.ledgers.tables import POSTINGS, REVISIONS, TABLES
from dashboard.ledgers.terms import ProblemCategory, ProblemSource
from dashboard.posting.entry import entry
from dashboard.posting.plans import clear_practice, now_of, post_plan, real_rows
from dashboard.posting.problems import raise_problem
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import at_time
from tests.books import BASE, CODE, ISSUED, PLAN, Desk

DAY = date(2023, 9, 20)
BY = Signature(CONSOLE, Right.ARRANGE, "试改")
LINE = "l-4-9-1"
PROBLEM = r.Problem(
    code="new",
    description="人员不足",
    source=ProblemSource.TOWN,
    category=ProblemCategory.STAFF,
    unit="u-wjj",
    found_on=DAY,
    closing_standard="配齐人员",
)


def everything(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Every row of every ledger, as the database holds it."""
    with reading(desk.engine) as connection:
        return {
            name: [dict(row) for row in connection.execute(select(TABLES[name])).mappings()]
            for name in LEDGERS
        }


def practise(desk: Desk) -> None:
    """A day of practice: a filing, a problem, edits of real rows, one of them ended."""
    desk.file(LINE, 40, DAY, is_done=True)
    desk.file("l-4-5-partners", 3, DAY)
    code = raise_problem(desk.engine, CONSOLE, CODE, PROBLEM)
    books = desk.judged(DAY).books
    task, deadline = books.get(r.Task, "t-4-9"), books.get(r.Deadline, "d-4-1-july")
    with entry(desk.engine, CODE, BY) as opened:
        opened.change(task, title="演示中改过", seq=99)
        opened.change(task, title="又改一次")
        opened.change(deadline, due_on=date(2023, 8, 31), after="m-4-9-1", is_in_force=False)
        opened.change(books.get(r.Unit, "u-wjj"), parent="u-zfb")
        opened.end(books.get(r.Measure, "m-4-9-2"))
        opened.change(books.get(r.Problem, code), task="t-4-9")


def test_what_is_written_under_the_practice_clock_is_practice_data(desk: Desk) -> None:
    practise(desk)
    books = desk.judged(DAY).books
    assert books.has_practice
    assert books.last_filed[LINE].is_practice
    assert books.all(r.Problem)[0].is_practice
    assert real_rows(desk.engine, CODE) == 0
    assert now_of(desk.plan()) == at_time(DAY, time(10))


def test_clearing_restores_the_books_exactly(desk: Desk) -> None:
    before = everything(desk)
    practise(desk)
    assert everything(desk) != before
    removed = clear_practice(desk.engine, CONSOLE, CODE)
    assert everything(desk) == before
    assert removed == 6  # two filings, their reviews, one observation, one problem


def test_clearing_leaves_only_the_record_of_the_act(desk: Desk) -> None:
    practise(desk)
    clear_practice(desk.engine, CONSOLE, CODE)
    with reading(desk.engine) as connection:
        for table in (POSTINGS, REVISIONS):
            assert connection.execute(select(table).where(table.c.is_practice)).first() is None
        acts = set(connection.scalars(select(POSTINGS.c.action)))
    assert {"载入演示数据", "清除演示数据"} <= acts
    assert not desk.judged(DAY).books.has_practice


def test_clearing_gives_every_day_a_new_version(desk: Desk) -> None:
    practise(desk)
    before = desk.judged(DAY).books
    clear_practice(desk.engine, CONSOLE, CODE)
    after = desk.judged(DAY).books
    assert after.version > before.version
    assert after.get(r.Task, "t-4-9").title != before.get(r.Task, "t-4-9").title


def test_real_rows_and_their_history_stay(desk: Desk) -> None:
    with entry(desk.engine, CODE, BY) as opened:
        opened.add(replace(PROBLEM, code="P000001"))
        opened.change(desk.judged(DAY).books.get(r.Task, "t-4-9"), note="办公室的说明")
    assert real_rows(desk.engine, CODE) == 1
    before = everything(desk)
    practise(desk)
    with entry(desk.engine, CODE, BY) as opened:
        opened.change(replace(PROBLEM, code="P000001"), progress="演示进展")
    clear_practice(desk.engine, CONSOLE, CODE)
    assert everything(desk) == before


def test_the_practice_clock_does_not_touch_another_plan(desk: Desk) -> None:
    assert post_plan(desk.engine, CONSOLE, PLAN, BASE, today=ISSUED) == ()
    practise(desk)
    with entry(desk.engine, "p", BY) as opened:
        assert opened.is_practice is False
        opened.add(replace(BASE[2], code="w"))
    clear_practice(desk.engine, CONSOLE, CODE)
    assert [unit.code for unit in load(desk.engine, "p", opened.known_at).all(r.Unit)] == [
        "u",
        "v",
        "w",
    ]
