"""Dates that were moved: which took the place of which, and what must hold of each."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import DeadlineSource
from dashboard.rules.comparison import compare
from dashboard.rules.invariants import moved_dates_are_approved
from dashboard.rules.moved_dates import first_date, moved_from, moved_to
from tests.books import deadline, judged, line, measure, said, snapshot

FIRST, SECOND, THIRD = date(2023, 7, 31), date(2023, 9, 30), date(2023, 12, 31)
TODAY = date(2023, 8, 15)


def moved(due_on: date, code: str, before: str, **more: Any) -> r.Deadline:
    given: dict[str, Any] = {
        "source": DeadlineSource.EXTENDED,
        "moved_from": before,
        "approved_by": "县政府常务会议",
        "approval": "县政府第18次常务会议纪要",
    }
    return deadline(due_on, code, **{**given, **more})


OLD = deadline(FIRST, is_in_force=False)
CHAIN = (
    OLD,
    moved(SECOND, "d2", "d", is_in_force=False),
    moved(THIRD, "d3", "d2"),
)


def books_of(*rows: r.Record) -> Books:
    return snapshot((measure(), line(), *rows), TODAY)


def test_a_chain_of_moved_dates_is_known_both_ways() -> None:
    books = books_of(*CHAIN)
    first, second, third = CHAIN
    assert moved_to(books, first) == second
    assert moved_to(books, third) is None
    assert moved_from(books, third) == (second, first)
    assert first_date(books, third) == first
    assert first_date(books, first) == first


def test_a_date_that_was_not_moved_has_neither_heir_nor_forerunner() -> None:
    books = books_of(deadline(FIRST))
    (only,) = books.all(r.Deadline)
    assert (moved_to(books, only), moved_from(books, only)) == (None, ())


def test_a_chain_that_bites_its_tail_ends() -> None:
    rows = (moved(FIRST, "d", "d2"), moved(SECOND, "d2", "d"))
    assert moved_from(books_of(*rows), rows[0]) == (rows[1], rows[0])


def test_the_last_of_the_chain_is_the_one_that_counts() -> None:
    (item,) = judged((measure(), line(), *CHAIN), TODAY).items
    assert item.due_on == THIRD


def test_an_approved_chain_breaks_no_invariant() -> None:
    assert list(moved_dates_are_approved(books_of(*CHAIN))) == []


@pytest.mark.parametrize(
    ("rows", "said_"),
    [
        ((moved(SECOND, "d2", "gone"),), "写明原时限"),
        ((OLD, moved(SECOND, "d2", "d", approved_by=None)), "批准岗位"),
        ((OLD, moved(SECOND, "d2", "d", approval=None)), "依据"),
        ((replace(OLD, is_in_force=True), moved(SECOND, "d2", "d")), "不应仍为现行"),
        ((OLD, moved(FIRST, "d2", "d")), "晚于原时限"),
        ((OLD, moved(FIRST - timedelta(days=1), "d2", "d")), "晚于原时限"),
    ],
)
def test_a_moved_date_without_its_approval_or_order_is_a_breach(
    rows: tuple[r.Record, ...], said_: str
) -> None:
    (message,) = moved_dates_are_approved(books_of(*rows))
    assert said_ in message


def test_what_an_extension_cleared_is_told_apart_from_what_work_cleared() -> None:
    base, words = (measure(), line()), said(40, TODAY)
    before = judged((*base, deadline(FIRST)), TODAY, words)
    after = judged((*base, OLD, moved(THIRD, "d2", "d")), TODAY, words)
    (change,) = compare(before, after).cleared
    assert change.is_extended
    done = judged((*base, deadline(FIRST)), TODAY, said(100, TODAY, is_done=True))
    (change,) = compare(before, done).cleared
    assert not change.is_extended
