"""The second light: is the record old? Asked for when, filed in time, late or not at all."""

from datetime import date, datetime, time

import pytest

from dashboard import settings
from dashboard.ledgers.terms import Part, Recurrence, ReviewVerdict, Via
from dashboard.rules.calendar import at_time
from dashboard.rules.freshness import Freshness, asked, due_round
from dashboard.rules.judgement import judge_books
from dashboard.rules.rounds import rounds
from dashboard.rules.verdicts import Light
from tests.books import ISSUED, TIMES, Said, deadline, line, measure, only, said, snapshot

WEEKLY = (measure(), line(cadence=Recurrence.WEEKLY))
THURSDAY = date(2023, 9, 21)
ROUNDS = rounds(ISSUED, date(2024, 12, 31), TIMES)


def state(moment: datetime, *words: Said) -> Freshness:
    (one,) = judge_books(snapshot(WEEKLY, moment, *words), settings.current()).lines
    return one.freshness


# In time, late, missing


def test_before_the_cut_a_line_is_due_and_after_it_missing() -> None:
    assert state(at_time(date(2023, 9, 18), time())) is Freshness.DUE
    assert state(at_time(THURSDAY, time(12))) is Freshness.DUE
    assert state(at_time(THURSDAY, time(12, 0, 1))) is Freshness.MISSING
    assert state(at_time(date(2023, 9, 24), time(23, 59))) is Freshness.MISSING


def test_the_next_week_asks_anew() -> None:
    word = said(10, date(2023, 9, 20))
    assert state(at_time(date(2023, 9, 24), time(23)), word) is Freshness.ON_TIME
    assert state(at_time(date(2023, 9, 25), time(0)), word) is Freshness.DUE


def test_filed_at_the_cut_is_in_time_and_after_it_late() -> None:
    evening = at_time(THURSDAY, time(20))
    assert state(evening, said(10, THURSDAY, at=time(12))) is Freshness.ON_TIME
    assert state(evening, said(10, THURSDAY, at=time(12, 1))) is Freshness.LATE


def test_a_filing_counts_for_freshness_before_the_office_has_looked_at_it() -> None:
    evening = at_time(THURSDAY, time(20))
    assert state(evening, said(10, THURSDAY, None)) is Freshness.ON_TIME
    assert state(evening, said(10, THURSDAY, ReviewVerdict.RETURNED)) is Freshness.ON_TIME


def test_the_light_looks_at_accepted_filings_alone() -> None:
    rows = (*WEEKLY, deadline(date(2023, 12, 31)))
    on = date(2023, 9, 21)
    for verdict in (None, ReviewVerdict.RETURNED):
        item = only(rows, on, said(5, date(2023, 9, 14)), said(90, on, verdict))
        assert (item.figure.value, item.freshness) == (5, Freshness.ON_TIME)


def test_a_line_arranged_after_a_cut_owes_nothing_for_that_round() -> None:
    after, before = at_time(THURSDAY, time(15)), at_time(THURSDAY, time(11))
    for known_at, expected in ((after, Freshness.NOT_ASKED), (before, Freshness.MISSING)):
        rows = (measure(), line(cadence=Recurrence.WEEKLY, known_at=known_at))
        books = snapshot(rows, at_time(THURSDAY, time(16)))
        (one,) = judge_books(books, settings.current()).lines
        assert one.freshness is expected
        assert (one.round is None) == (expected is Freshness.NOT_ASKED)
    books = snapshot((rows[0], line(cadence=Recurrence.WEEKLY, known_at=after)), date(2023, 9, 25))
    (one,) = judge_books(books, settings.current()).lines
    assert one.freshness is Freshness.DUE


# Asked how often


def test_a_line_is_weekly_only_when_yellow_red_or_due_within_sixty_days() -> None:
    monthly = line()
    day = (date(2023, 9, 1), 60)
    assert asked(monthly, Light.GREEN, None, day).cadence is Recurrence.MONTHLY
    assert asked(monthly, Light.YELLOW, None, day).cadence is Recurrence.WEEKLY
    assert asked(monthly, Light.RED, None, day).cadence is Recurrence.WEEKLY
    assert asked(monthly, Light.GREEN, date(2023, 11, 1), day).cadence is Recurrence.MONTHLY
    assert asked(monthly, Light.GREEN, date(2023, 10, 31), day).cadence is Recurrence.WEEKLY
    assert asked(monthly, Light.GREEN, date(2023, 8, 31), day).cadence is Recurrence.MONTHLY


def test_what_is_asked_for_more_often_says_why() -> None:
    day = (date(2023, 9, 1), 60)
    assert asked(line(), Light.RED, None, day).because == "亮黄灯、红灯的事项每周报送"
    assert (
        asked(line(), Light.GREEN, date(2023, 9, 30), day).because == "距时限60天以内的事项每周报送"
    )
    assert asked(line(), Light.GREEN, None, day).because is None


@pytest.mark.parametrize(
    ("cadence", "on", "code"),
    [
        (Recurrence.WEEKLY, date(2023, 9, 20), "2023-W38"),
        (Recurrence.MONTHLY, date(2023, 8, 20), "2023-W30"),  # the last meeting in July
        (Recurrence.MONTHLY, date(2023, 8, 21), "2023-W34"),  # the week of the last one in August
        (Recurrence.QUARTERLY, date(2023, 12, 1), "2023-W39"),
        (Recurrence.YEARLY, date(2024, 6, 1), "2023-W52"),
    ],
)
def test_a_line_is_due_in_the_last_round_of_its_period(
    cadence: Recurrence, on: date, code: str
) -> None:
    found = due_round(ROUNDS, cadence, at_time(on, time(12)))
    assert found is not None
    assert found.code == code


def test_nothing_is_asked_for_before_the_first_round_is_due() -> None:
    assert due_round(ROUNDS, Recurrence.QUARTERLY, at_time(ISSUED, time(12))) is None
    assert only((measure(), line()), date(2023, 6, 10)).freshness is Freshness.NOT_ASKED


def test_a_holiday_moves_the_cut_with_the_meeting() -> None:
    # 2023-09-29 is a holiday: the meeting sits on Thursday and filings are due on Wednesday.
    wednesday = date(2023, 9, 27)
    assert state(at_time(wednesday, time(12))) is Freshness.DUE
    assert state(at_time(wednesday, time(12, 1))) is Freshness.MISSING


# Not asked for at all


def test_what_the_station_ledger_knows_is_never_asked_for() -> None:
    rows = (measure(), line(via=Via.STATIONS, cadence=Recurrence.WEEKLY))
    item = only(rows, THURSDAY)
    assert item.freshness is Freshness.NOT_ASKED


def test_what_is_closed_is_no_longer_asked_for() -> None:
    closed = said(100, date(2023, 8, 1), ReviewVerdict.CLOSED, is_done=True)
    assert only(WEEKLY, THURSDAY, closed).freshness is Freshness.NOT_ASKED


def test_shares_are_asked_for_beside_the_line_that_sums_up() -> None:
    rows = (*WEEKLY, line("l2", unit="v", part=Part.SHARE, cadence=Recurrence.WEEKLY))
    books = snapshot(rows, at_time(THURSDAY, time(20)), said(10, THURSDAY, to="l2"))
    states = {one.line.code: one.freshness for one in judge_books(books, settings.current()).lines}
    assert states == {"l": Freshness.MISSING, "l2": Freshness.ON_TIME}
