"""预计完成时间 beside a light: the day, how often it was put off and why, and never a colour."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard import settings
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import ReviewVerdict
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.rules.slips import Expected, expected_of, expected_of_item, expected_of_task, slips
from tests.books import Desk, Said, deadline, line, measure, said, shipped, snapshot

DUE, TODAY = date(2023, 9, 1), date(2023, 9, 22)
ROWS = (measure(), deadline(DUE), line())
OCTOBER = date(2023, 10, 15)
RETURNED = ReviewVerdict.RETURNED


def books_with(*days: date, words: tuple[Said, ...] = ()) -> Books:
    """Books in which these days were filed one after the other."""
    given = words or (said(40, TODAY, reason="场地未定"),)
    return replace(snapshot(ROWS, TODAY, *given), expected={"l": days})


def judged(books: Books) -> Judgement:
    return judge_books(books, settings.current())


def words(*days: date, today: date = TODAY) -> str | None:
    found = expected_of(books_with(*days), "l", today)
    return found.words(TODAY.year) if found else None


def test_nothing_is_told_where_no_day_was_filed() -> None:
    assert words() is None


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((OCTOBER,), "预计10月15日完成"),
        ((OCTOBER, OCTOBER), "预计10月15日完成"),
        ((date(2023, 9, 30), OCTOBER), "预计10月15日完成，已推迟1次"),
        ((date(2023, 9, 1), date(2023, 9, 30), OCTOBER), "预计10月15日完成，已推迟2次"),
        ((date(2023, 11, 1), OCTOBER), "预计10月15日完成"),
        ((date(2024, 1, 5),), "预计2024年1月5日完成"),
    ],
)
def test_the_last_day_is_told_with_the_times_it_was_put_off(
    days: tuple[date, ...], told: str
) -> None:
    assert words(*days) == told


def test_a_day_is_gone_by_from_the_day_after_it() -> None:
    assert words(OCTOBER, today=OCTOBER) == "预计10月15日完成"
    assert words(OCTOBER, today=OCTOBER + timedelta(days=1)) == "预计10月15日完成（已过）"


def test_the_reason_is_the_last_one_that_was_not_returned() -> None:
    found = expected_of(books_with(OCTOBER), "l", TODAY)
    assert found is not None
    assert found.reason == "场地未定"
    before = TODAY - timedelta(days=7)
    filed = (said(30, before, reason="经费未到位"), said(40, TODAY, RETURNED, reason="无"))
    found = expected_of(books_with(OCTOBER, words=filed), "l", TODAY)
    assert found is not None
    assert found.reason == "经费未到位"


def test_however_often_a_day_is_put_off_no_light_changes() -> None:
    """The unit's own word neither saves a light nor harms it."""
    plain = judged(books_with())
    for days in ((OCTOBER,), (OCTOBER, date(2025, 12, 31)), (DUE, TODAY, OCTOBER)):
        slipped = judged(books_with(*days))
        assert [each.verdict for each in slipped.items] == [each.verdict for each in plain.items]
        assert [each.light for each in slipped.tasks] == [each.light for each in plain.tasks]
        assert [each.freshness for each in slipped.lines] == [e.freshness for e in plain.lines]


def test_an_overdue_item_stays_overdue_whatever_is_expected_of_it() -> None:
    (item,) = judged(books_with(OCTOBER)).items
    assert item.verdict.is_overdue
    assert expected_of_item(judged(books_with(OCTOBER)), item) == Expected(
        OCTOBER, 0, "场地未定", is_past=False
    )


def test_of_what_is_done_nothing_more_is_expected() -> None:
    books = books_with(OCTOBER, words=(said(100, TODAY, is_done=True),))
    court = judged(books)
    assert [expected_of_item(court, each) for each in court.items] == [None]


def test_a_task_tells_what_is_expected_of_the_item_that_gives_its_light() -> None:
    court = judged(books_with(OCTOBER))
    found = expected_of_task(court, court.tasks[0])
    assert found is not None
    assert found.on == OCTOBER


def test_in_the_books_a_filed_day_changes_no_light(tmp_path: Path) -> None:
    office, code, filed_on = Desk(shipped(tmp_path)), "i-4-5-partners", date(2023, 9, 21)
    office.file("l-4-5-partners", 10, filed_on)
    before = office.item(code, filed_on).verdict
    office.file("l-4-5-partners", 10, filed_on, expected_on=date(2024, 6, 30))
    office.file("l-4-5-partners", 10, filed_on, expected_on=date(2024, 12, 31))
    court = office.judged(filed_on)
    after = next(each for each in court.items if each.item.code == code)
    assert after.verdict == before
    found = expected_of_item(court, after)
    assert found is not None
    assert found.words(2023) == "预计2024年12月31日完成，已推迟1次"


@pytest.mark.parametrize(
    ("days", "expected"), [((), 0), ((0,), 0), ((0, 0), 0), ((0, 7), 1), ((0, 7, 3, 4), 2)]
)
def test_each_later_day_than_the_one_before_is_a_slip(days: tuple[int, ...], expected: int) -> None:
    assert slips([TODAY + timedelta(days=each) for each in days]) == expected
