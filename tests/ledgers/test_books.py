"""Books as of an instant: what was known then, in a fixed number of queries, kept in a library."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.exc import StatementError

from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import UnknownPlanError, load, load_plan, plan_codes, version_at
from dashboard.ledgers.database import open_books
from dashboard.ledgers.history import all_filings, filings_of_task, revisions_of
from dashboard.ledgers.library import Library
from dashboard.ledgers.terms import (
    Action,
    ProblemCategory,
    ProblemSource,
    ReviewVerdict,
    StationKind,
)
from dashboard.posting.entry import Entry, entry
from dashboard.posting.plans import post_plan
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import end_of
from tests.books import (
    BASE,
    CODE,
    ISSUED,
    PLAN,
    TASK,
    Desk,
    database,
    indicator,
    instant,
    jiaxiang,
    line,
    measure,
    shipped,
)
from tests.counting import queries

BY = Signature(CONSOLE, Right.ARRANGE, "登记")
MOST_QUERIES = 39
"""One a ledger, and a few for the plan, its version, revisions, filings and reviews."""

PROBLEM = r.Problem(
    code="P1",
    description="人员不足",
    source=ProblemSource.TOWN,
    category=ProblemCategory.STAFF,
    unit="u",
    found_on=date(2023, 7, 1),
    closing_standard="配齐2名专职人员",
)
BEFORE, AT, AFTER = (instant(f"2023-07-03T0{hour}:00") for hour in (1, 2, 3))


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A database with the smallest plan."""
    return small(tmp_path)


def small(folder: Path) -> Engine:
    engine = open_books(database(folder))
    rows = (*BASE, measure(), line(), indicator(10), line("l2", indicator="i"))
    assert post_plan(engine, CONSOLE, PLAN, rows, today=ISSUED) == ()
    return engine


def posted(engine: Engine, known_at: datetime, *rows: r.Record) -> None:
    with entry(engine, "p", BY, known_at=known_at) as opened:
        opened.add(*rows)


def filing(code: str, value: float, received_at: datetime, to: str = "l") -> r.Filing:
    return r.Filing(
        code=code, line=to, round="2023-W27", received_at=received_at, value=value, filed_by="甲岗"
    )


def review(code: str, of: str, verdict: ReviewVerdict) -> r.Review:
    return r.Review(code=code, filing=of, verdict=verdict, by_post="专班办公室")


# As of an instant


def test_a_row_is_there_from_the_instant_it_became_known(engine: Engine) -> None:
    posted(engine, AT, PROBLEM)
    assert load(engine, "p", BEFORE).all(r.Problem) == ()
    for moment in (AT, AFTER):
        (held,) = load(engine, "p", moment).all(r.Problem)
        assert held == replace(PROBLEM, known_at=AT)


def test_an_edit_is_undone_for_every_earlier_instant(engine: Engine) -> None:
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.change(TASK, title="改过的任务", note="说明")
    before, after = load(engine, "p", BEFORE).get(r.Task, "t"), load(engine, "p", AT)
    assert (before.title, before.note) == (TASK.title, None)
    assert (after.get(r.Task, "t").title, after.get(r.Task, "t").note) == ("改过的任务", "说明")


def test_an_ended_row_is_gone_from_its_end_and_stays_before_it(engine: Engine) -> None:
    posted(engine, BEFORE, PROBLEM)
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.end(PROBLEM)
    assert len(load(engine, "p", AT - timedelta(microseconds=1)).all(r.Problem)) == 1
    assert load(engine, "p", AT).all(r.Problem) == ()


def test_an_edited_reference_is_followed_back(engine: Engine) -> None:
    posted(engine, BEFORE, PROBLEM)
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.change(PROBLEM, unit="v", task="t", due_on=date(2023, 8, 1))
    (was,) = load(engine, "p", BEFORE).all(r.Problem)
    (now,) = load(engine, "p", AFTER).all(r.Problem)
    assert (was.unit, was.task, was.due_on) == ("u", None, None)
    assert (now.unit, now.task, now.due_on) == ("v", "t", date(2023, 8, 1))


def test_rows_stand_in_the_order_that_their_numbers_gave_them_then(engine: Engine) -> None:
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.change(load(engine, "p", AT).get(r.Unit, "u"), seq=9)
    seen = [[unit.code for unit in load(engine, "p", at).all(r.Unit)] for at in (BEFORE, AT)]
    assert seen == [["u", "v"], ["v", "u"]]


def test_the_plans_own_row_stands_as_it_stood(engine: Engine) -> None:
    with entry(engine, "p", BY, known_at=AT) as opened:
        opened.change(load_plan(engine, "p"), short_title="新简称")
    before, after = load(engine, "p", BEFORE), load(engine, "p", AT)
    assert (before.plan.short_title, after.plan.short_title) == ("方案", "新简称")
    for books in (before, after):
        assert books.all(r.Plan) == (books.plan,)


def test_the_last_filed_and_the_last_accepted_are_held_apart(engine: Engine) -> None:
    posted(engine, BEFORE, filing("F1", 1, BEFORE), review("R1", "F1", ReviewVerdict.ACCEPTED))
    posted(engine, AT, filing("F2", 2, AT))
    posted(engine, AFTER, review("R2", "F2", ReviewVerdict.RETURNED))
    end = AFTER + timedelta(hours=1)
    posted(engine, end, review("R3", "F2", ReviewVerdict.ACCEPTED))
    seen = {
        moment: (books.last_filed["l"].code, books.last_accepted["l"].code)
        for moment in (BEFORE, AT, AFTER, end)
        if (books := load(engine, "p", moment))
    }
    assert seen == {
        BEFORE: ("F1", "F1"),
        AT: ("F2", "F1"),
        AFTER: ("F2", "F1"),
        end: ("F2", "F2"),
    }
    assert load(engine, "p", BEFORE - timedelta(seconds=1)).last_filed == {}


def test_of_observations_the_last_known_of_each_year_is_held(engine: Engine) -> None:
    for code, value, moment in (("1", 3, BEFORE), ("2", 5, AFTER)):
        observed = r.Observation(
            code=f"O{code}",
            indicator="i",
            unit="u",
            observed_on=moment.date(),
            year=2023,
            value=value,
            filing=f"F{code}",
        )
        posted(engine, moment, filing(f"F{code}", value, moment, "l2"), observed)
    held = [load(engine, "p", moment).all(r.Observation) for moment in (BEFORE, AT, AFTER)]
    assert [[(one.value, one.filing) for one in each] for each in held] == [
        [(3, "F1")],
        [(3, "F1")],
        [(5, "F2")],
    ]


def test_history_tells_filings_and_changes_in_order(engine: Engine) -> None:
    posted(engine, BEFORE, filing("F1", 1, BEFORE), review("R1", "F1", ReviewVerdict.RETURNED))
    correction = replace(filing("F2", 2, AT), corrects="F1")
    posted(engine, AT, correction)
    found = filings_of_task(engine, "p", "t", AT)
    assert [(one.filing.code, one.verdict, one.filing.corrects) for one in found] == [
        ("F1", ReviewVerdict.RETURNED, None),
        ("F2", None, "F1"),
    ]
    assert len(all_filings(engine, "p", BEFORE)) == 1
    assert filings_of_task(engine, "p", "other", AT) == ()
    (created,) = revisions_of(engine, "p", "task", "t")
    assert created.action is Action.CREATE


def test_an_unknown_plan_and_a_naive_instant_are_refused(engine: Engine) -> None:
    with pytest.raises(UnknownPlanError, match="没有编号为“nowhere”的方案"):
        load(engine, "nowhere", AT)
    with pytest.raises(StatementError, match="time zone"):
        load(engine, "p", datetime(2023, 7, 3))


def test_one_plan_never_sees_the_rows_of_another(engine: Engine) -> None:
    assert post_plan(engine, CONSOLE, jiaxiang().plan, jiaxiang().rows, today=ISSUED) == ()
    assert plan_codes(engine) == ("p", CODE)
    assert [unit.code for unit in load(engine, "p", AT).all(r.Unit)] == ["u", "v"]
    assert len(load(engine, CODE, AT).all(r.Unit)) > 40


# Any sequence of changes, undone to any instant

TEXTS = st.none() | st.text("甲乙=+,\n'\"是", min_size=1, max_size=4).filter(str.strip)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["甲站", "乙站", "丙站"]),
        "kind": st.sampled_from(list(StationKind)),
        "town": st.sampled_from([None, "u", "v"]),
        "note": TEXTS,
        "lon": st.none() | st.floats(-180, 180),
        "full_time": st.none() | st.integers(0, 9),
        "built_on": st.none() | st.dates(date(2023, 1, 1), date(2025, 12, 31)),
    },
)
START = datetime(2023, 7, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One small database for all tries: each try has a station of its own."""
    engine = small(tmp_path_factory.mktemp("tried"))
    yield engine
    engine.dispose()


@hypothesis_settings(max_examples=25, deadline=None)
@given(postings=st.lists(st.lists(CHANGES, max_size=3), min_size=1, max_size=5), ends=st.booleans())
def test_changes_undone_to_any_instant_give_what_stood_then(
    tried: Engine, postings: list[list[dict[str, Any]]], ends: bool
) -> None:
    with entry(tried, "p", BY, known_at=START) as opened:
        row = r.Station(
            code=opened.next_code("station", "S"), name="甲站", kind=StationKind.VILLAGE
        )
        opened.add(row)
    stood: list[r.Station | None] = [row]
    for minute, changes in enumerate(postings, start=1):
        with entry(tried, "p", BY, known_at=START + timedelta(minutes=minute)) as opened:
            row = _changed(opened, row, changes)
            if ends and minute == len(postings):
                opened.end(row)
        stood.append(None if ends and minute == len(postings) else row)
    for minute, wanted in enumerate(stood):
        found = load(tried, "p", START + timedelta(minutes=minute, seconds=30))
        held = found.find(r.Station, row.code)
        assert held == (wanted and replace(wanted, known_at=START))


def _changed(opened: Entry, row: r.Station, changes: list[dict[str, Any]]) -> r.Station:
    for fields in changes:
        opened.change(row, **fields)
        row = replace(row, **fields)
    return row


# Versions and the library


def test_later_records_leave_the_version_of_a_past_day_unchanged(engine: Engine) -> None:
    day = end_of(date(2023, 7, 2))
    before = version_at(engine, "p", day)
    posted(engine, AT, PROBLEM)
    assert version_at(engine, "p", day) == before
    assert version_at(engine, "p", AT) > before
    assert load(engine, "p", AT).version == version_at(engine, "p", AT)


def test_what_becomes_known_for_a_past_day_gives_it_a_new_version(engine: Engine) -> None:
    before = version_at(engine, "p", AFTER)
    posted(engine, AT, PROBLEM)
    assert version_at(engine, "p", AFTER) > before


def test_the_library_hands_out_the_same_books_while_they_are_unchanged(engine: Engine) -> None:
    library = Library(engine)
    held = library.books("p", AT)
    assert library.books("p", AT) is held
    posted(engine, AFTER, PROBLEM)
    assert library.books("p", AT) is held
    posted(engine, AT, replace(PROBLEM, code="P2"))
    assert library.books("p", AT) is not held


def test_the_library_is_bounded_and_drops_what_was_not_asked_for_longest(engine: Engine) -> None:
    library = Library(engine, size=2)
    first, second = library.books("p", BEFORE), library.books("p", AT)
    assert library.books("p", BEFORE) is first
    library.books("p", AFTER)
    assert library.books("p", BEFORE) is first
    assert library.books("p", AT) is not second


def test_books_group_and_find_rows(engine: Engine) -> None:
    books = load(engine, "p", AT)
    assert [one.code for one in books.by(r.ReportingLine, "task")["t"]] == ["l", "l2"]
    assert books.by(r.ReportingLine, "task")["nothing"] == ()
    assert books.find(r.Task, None) is None
    with pytest.raises(KeyError):
        books.get(r.Task, "nothing")


def test_supposed_books_answer_as_books_with_these_rows_do(engine: Engine) -> None:
    books = load(engine, "p", AT)
    first, *rest = books.all(r.ReportingLine)
    assert books.by(r.ReportingLine, "task")["t"][0] is books.get(r.ReportingLine, first.code)
    instead = replace(first, code="new", task="other")
    supposed = books.with_row(instead, {first.code}).supposing(last_filed={})
    rows = {**books.rows, "reporting_line": (*rest, instead)}
    plain = replace(books, rows=rows, last_filed={})
    assert supposed == plain
    assert supposed.find(r.ReportingLine, first.code) is None
    assert supposed.get(r.ReportingLine, "new") is instead
    for task in ("t", "other"):
        found = supposed.by(r.ReportingLine, "task")[task]
        assert found == plain.by(r.ReportingLine, "task")[task]
        assert found != books.by(r.ReportingLine, "task")[task]
    assert books.get(r.ReportingLine, first.code) is first


def test_what_was_grouped_is_not_grouped_again_for_supposed_books(engine: Engine) -> None:
    books = load(engine, "p", AT)
    held = books.by(r.ReportingLine, "task")
    assert books.supposing(last_filed={}).by(r.ReportingLine, "task") is held


# The number of queries


def queries_of(engine: Engine, day: date) -> int:
    with queries(engine) as asked:
        load(engine, CODE, end_of(day))
    return len(asked)


def test_a_load_takes_a_fixed_number_of_queries_however_much_was_filed(tmp_path: Path) -> None:
    engine = shipped(tmp_path)
    desk, day = Desk(engine), date(2023, 9, 20)
    empty = queries_of(engine, day)
    lines = desk.judged(day).books.all(r.ReportingLine)
    filed = [one for one in lines if one.via == "filing"][:25]
    moment = end_of(date(2023, 9, 1))
    with entry(engine, CODE, BY, known_at=moment) as opened:
        for number, one in enumerate(filed * 4):
            made = replace(filing(f"F{number}", 1, moment), line=one.code)
            opened.add(made, review(f"R{number}", made.code, ReviewVerdict.ACCEPTED))
    assert queries_of(engine, day) == empty <= MOST_QUERIES
