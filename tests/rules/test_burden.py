"""填报负担: what counts as asked, what came of it, and how long filings waited."""

from datetime import date, datetime, time, timedelta
from typing import Any

from dashboard import settings
from dashboard.ledgers import records as r
from dashboard.ledgers.history import Reception
from dashboard.ledgers.terms import Part, Recurrence
from dashboard.rules.burden import Burden, Outcome, Waits, burden, rounds_of, waits
from dashboard.rules.calendar import Month, at_time
from dashboard.rules.judgement import judge_books
from tests.books import OTHER, UNIT, Said, indicator, line, measure, said, snapshot

SETTINGS = settings.current()
SEPTEMBER = Month(2023, 9)
ROWS = (
    *(measure(code, title=code) for code in ("a", "b", "c")),
    line("la", measure="a", unit="v", cadence=Recurrence.WEEKLY),
    line("lb", measure="b", unit="u", cadence=Recurrence.WEEKLY),
    line("lc", measure="c", unit="u", cadence=Recurrence.MONTHLY),
)
FIRST, SECOND = date(2023, 9, 6), date(2023, 9, 13)
FRIDAY = at_time(date(2023, 9, 15), time(18))
"""After the cuts of the rounds of 7 and 14 September."""


def came(word: Said, after: timedelta | None = None, **more: Any) -> Reception:
    """A filing to which the office said something so much later."""
    since = word.filing.received_at
    given = {"reviewed_at": since + after if after is not None else None, "is_superseded": False}
    return Reception(word.filing, **{**given, **more})


def reckoned(at: datetime, *receptions: Reception, rows: tuple[r.Record, ...] = ROWS) -> Burden:
    """September so far, with these filings."""
    words = [Said(each.filing, None) for each in receptions]
    now = judge_books(snapshot(rows, at, *words), SETTINGS)
    judged = [
        (each, judge_books(snapshot(rows, min(each.filing_cut, at), *words), SETTINGS))
        for each in rounds_of(now.rounds, SEPTEMBER, at)
    ]
    return burden(judged, receptions, (UNIT, OTHER), at)


def test_a_month_holds_the_begun_rounds_whose_cut_lies_in_it() -> None:
    found = reckoned(FRIDAY)
    assert [each.code for each in found.rounds] == ["2023-W36", "2023-W37"]
    monday = at_time(date(2023, 9, 18), time(0))
    assert [each.code for each in reckoned(monday).rounds][-1] == "2023-W38"


def test_weekly_lines_are_asked_each_round_and_monthly_ones_in_the_last() -> None:
    found = reckoned(FRIDAY)
    assert (found.week.asked, found.month.asked) == (2, 4)
    assert {each.line.code for each in found.rows} == {"la", "lb"}
    end = reckoned(at_time(date(2023, 9, 29), time(18)))
    assert (end.week.asked, end.month.asked) == (3, 9)


def test_what_came_in_time_late_and_not_at_all_is_told_apart() -> None:
    late = came(said(5, date(2023, 9, 14), None, to="la", at=time(12, 1)))
    found = reckoned(FRIDAY, came(said(4, FIRST, None, to="la")), late)
    outcomes = {(each.line.code, each.round.code): each.outcome for each in found.rows}
    assert outcomes == {
        ("la", "2023-W36"): Outcome.ON_TIME,
        ("la", "2023-W37"): Outcome.LATE,
        ("lb", "2023-W36"): Outcome.MISSING,
        ("lb", "2023-W37"): Outcome.MISSING,
    }
    assert (found.month.filed, found.month.late, found.month.missing) == (2, 1, 2)


def test_before_its_cut_a_round_misses_nothing() -> None:
    for at, outcome in ((time(12), Outcome.DUE), (time(12, 1), Outcome.MISSING)):
        found = reckoned(at_time(date(2023, 9, 14), at))
        assert {each.outcome for each in found.week.rows} == {outcome}


def test_a_correction_counts_as_the_filing_that_it_corrects() -> None:
    first = said(4, SECOND, None, to="la")
    again = said(
        5,
        date(2023, 9, 14),
        None,
        to="la",
        at=time(15),
        corrects=first.filing.code,
        first_received_at=first.filing.received_at,
    )
    found = reckoned(FRIDAY, came(first, is_superseded=True), came(again))
    (row,) = (each for each in found.week.rows if each.line.code == "la")
    assert (row.outcome, row.filing) == (Outcome.ON_TIME, first.filing)
    assert found.month.filed == 1


def test_no_change_and_no_event_are_counted_as_unchanged() -> None:
    words = said(4, SECOND, None, to="la", no_change=True), said(4, SECOND, None, to="lb")
    found = reckoned(FRIDAY, *map(came, words))
    assert (found.week.filed, found.week.unchanged) == (2, 1)


def test_what_nobody_asked_for_is_counted_apart() -> None:
    found = reckoned(FRIDAY, came(said(4, SECOND, None, to="lc")))
    assert (found.month.asked, found.month.filed) == (4, 0)
    assert [(each.line.code, each.outcome) for each in found.unasked] == [("lc", Outcome.UNASKED)]


def test_units_stand_in_protocol_order_and_add_up_to_the_whole() -> None:
    found = reckoned(FRIDAY)
    assert [each.unit.code for each in found.by_unit] == ["u", "v"]
    assert sum(each.month.asked for each in found.by_unit) == found.month.asked
    assert sum(each.week.asked for each in found.by_unit) == found.week.asked
    assert found.month.units == 2


def test_what_is_asked_more_than_once_is_listed_the_most_often_first() -> None:
    end = reckoned(at_time(date(2023, 9, 29), time(18)))
    assert [(each.line.code, each.rows.asked) for each in end.repeated] == [("lb", 4), ("la", 4)]


def test_a_unit_asked_twice_for_one_indicator_is_named() -> None:
    assert reckoned(FRIDAY).doubled == ()
    weekly = {"indicator": "i", "cadence": Recurrence.WEEKLY}
    rows = (indicator(13), line("lt", **weekly), line("ls", part=Part.SHARE, **weekly))
    assert reckoned(FRIDAY, rows=rows).doubled == ((UNIT, "i", 2),)


def test_a_wait_runs_from_the_filing_to_the_first_word() -> None:
    spans = [timedelta(hours=hours) for hours in (1, 3, 48)]
    words = [said(1, day, None) for day in (date(2023, 9, 4), FIRST, SECOND)]
    found = waits([came(*pair) for pair in zip(words, spans, strict=True)], FRIDAY)
    assert (found.median, found.longest, found.oldest) == (spans[1], spans[2], None)


def test_what_was_accepted_at_once_or_corrected_never_waited() -> None:
    word = said(1, SECOND, None)
    at_once, corrected = came(word, timedelta()), came(word, is_superseded=True)
    assert waits([at_once, corrected], FRIDAY) == Waits((), ())


def test_what_waits_still_is_told_apart() -> None:
    found = waits([came(said(1, SECOND, None))], FRIDAY)
    assert (found.median, found.longest) == (None, None)
    assert found.oldest == FRIDAY - at_time(SECOND, time(10))
