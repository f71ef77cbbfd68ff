"""The sums of a month: up to its cut, beside the month before, nothing invented."""

from datetime import date
from typing import Any

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import (
    Force,
    ProblemCategory,
    ProblemSource,
    ProblemState,
    Recurrence,
    StationKind,
    UnitKind,
)
from dashboard.rules.calendar import Month, end_of
from dashboard.rules.monthly import (
    filing_records,
    indicator_changes,
    light_counts,
    months,
    problem_count,
    rounds_of,
    task_changes,
    town_stations,
)
from dashboard.rules.verdicts import Light
from tests.books import deadline, indicator, judged, line, measure, said, snapshot

START = date(2023, 6, 6)
CUT = date(2023, 9, 30)
BEFORE = date(2023, 8, 31)
SEPTEMBER = Month(2023, 9)
DATED = (measure(), deadline(date(2023, 9, 15)), line())


def test_the_months_of_a_plan_run_from_its_first_day_newest_first() -> None:
    found = months(START, end_of(date(2023, 9, 22)), None)
    assert [each.code for each in found] == ["2023-09", "2023-08", "2023-07", "2023-06"]
    assert months(START, end_of(date(2023, 5, 31)), None) == ()


def test_a_cut_within_the_month_moves_its_last_days_to_the_next() -> None:
    found = months(START, end_of(date(2023, 9, 26)), 25)
    assert found[0].code == "2023-10"


def test_lights_are_counted_with_their_share_and_with_last_months_count() -> None:
    counts = light_counts(judged(DATED, BEFORE), judged(DATED, CUT))
    red = next(each for each in counts if each.light is Light.RED)
    assert (red.before, red.now, red.share) == (0, 1, 1.0)
    assert sum(each.now for each in counts) == sum(each.before for each in counts) == 1


def test_without_a_month_before_nothing_is_compared() -> None:
    now = judged(DATED, CUT)
    assert [each.before for each in light_counts(None, now)] == [0] * 6
    assert [each.before for each in task_changes(None, now)] == [None]
    assert [each.before for each in indicator_changes(None, judged((), CUT))] == []
    assert [each.before for each in town_stations(None, now)] == []


def test_a_task_stands_beside_itself_a_month_ago() -> None:
    (change,) = task_changes(judged(DATED, BEFORE), judged(DATED, CUT))
    assert change.before is not None
    assert (change.before.light, change.now.light) == (Light.GREY, Light.RED)


def test_only_indicators_that_oblige_are_listed() -> None:
    rows = (
        indicator(16),
        indicator(5, "e", name="鼓励", seq=2, force=Force.ENCOURAGED),
        measure(),
        line("l1", indicator="i"),
        line("l2", indicator="e"),
        line("l3"),
    )
    words = (said(3, date(2023, 8, 10), to="l1"), said(7, date(2023, 9, 10), to="l1"))
    (change,) = indicator_changes(judged(rows, BEFORE, *words), judged(rows, CUT, *words))
    assert (change.now.item.code, change.moved) == ("i", 4)


def problem(code: str, **fields: Any) -> r.Problem:
    given = {
        "description": "问题",
        "source": ProblemSource.VISIT,
        "category": ProblemCategory.STAFF,
        "unit": "u",
        "found_on": date(2023, 9, 1),
        "closing_standard": "标准",
    }
    return r.Problem(code=code, **{**given, **fields})


def test_problems_are_counted_by_the_day_they_came_on_record_and_were_closed() -> None:
    closed = {"state": ProblemState.CLOSED}
    rows = (
        problem("P1", known_at=end_of(date(2023, 9, 4)), found_on=date(2023, 8, 29)),
        problem("P2", known_at=end_of(date(2023, 8, 31)), closed_on=date(2023, 9, 30), **closed),
        problem("P3", known_at=end_of(date(2023, 8, 1)), closed_on=date(2023, 8, 31), **closed),
        problem("P4", known_at=end_of(date(2023, 8, 2)), state=ProblemState.REOPENED),
    )
    found = problem_count(snapshot(rows, CUT), SEPTEMBER)
    assert (found.raised, found.closed, found.standing) == (1, 1, 2)


def test_a_reopened_problem_does_not_count_as_closed() -> None:
    reopened = problem("P1", state=ProblemState.REOPENED, closed_on=date(2023, 9, 4))
    assert problem_count(snapshot((reopened,), CUT), SEPTEMBER).closed == 0


def test_what_was_closed_a_month_ago_and_stands_again_is_counted() -> None:
    was = problem("P1", state=ProblemState.CLOSED, closed_on=date(2023, 8, 4))
    before, now = snapshot((was,), BEFORE), problem("P1", state=ProblemState.REOPENED)
    assert problem_count(snapshot((now,), CUT), SEPTEMBER, before).reopened == 1
    assert problem_count(snapshot((was,), CUT), SEPTEMBER, before).reopened == 0


def test_a_month_holds_the_rounds_whose_filing_fell_in_it() -> None:
    rounds = judged((), CUT).rounds
    found = rounds_of(SEPTEMBER, rounds, end_of(CUT))
    assert [each.code for each in found] == ["2023-W36", "2023-W37", "2023-W38", "2023-W39"]
    running = rounds_of(SEPTEMBER, rounds, end_of(date(2023, 9, 20)))
    assert [each.code for each in running] == ["2023-W36", "2023-W37"]


@pytest.mark.parametrize(
    ("cadence", "asked", "missing"), [(Recurrence.WEEKLY, 4, 3), (Recurrence.MONTHLY, 1, 1)]
)
def test_each_round_counts_what_was_due_in_it(
    cadence: Recurrence, asked: int, missing: int
) -> None:
    rows = (measure(), deadline(date(2024, 6, 30)), line(cadence=cadence))
    filed = said(30, date(2023, 9, 6))
    rounds = rounds_of(SEPTEMBER, judged(rows, CUT).rounds, end_of(CUT))
    found = [(each, judged(rows, each.week.sunday, filed)) for each in rounds]
    (record,) = filing_records(found)
    assert (record.unit.code, record.asked, record.missing) == ("u", asked, missing)
    assert [each.code for each in record.lines] == ["l"]
    assert not record.is_local


def test_who_filed_in_time_is_not_listed() -> None:
    rows = (measure(), deadline(date(2024, 6, 30)), line())
    (last,) = rounds_of(SEPTEMBER, judged(rows, CUT).rounds, end_of(CUT))[-1:]
    judgement = judged(rows, last.week.sunday, said(30, date(2023, 9, 26)))
    assert filing_records([(last, judgement)]) == ()


def test_stations_of_a_town_are_counted_month_against_month() -> None:
    towns = [r.Unit(code=f"w{n}", name=f"{n}镇", kind=UnitKind.TOWN, seq=n + 5) for n in (1, 2)]
    built = (date(2023, 8, 10), date(2023, 9, 10), None)
    stations = [
        r.Station(
            code=f"S{n}",
            name=f"{n}站",
            kind=StationKind.VILLAGE,
            town="w1",
            begun_on=date(2023, 8, 1),
            built_on=day,
        )
        for n, day in enumerate(built)
    ]
    rows = (*towns, *stations)
    found = town_stations(judged(rows, BEFORE), judged(rows, CUT))
    told = [(each.unit.code, each.before, each.built, each.building) for each in found]
    assert told == [("w1", 1, 2, 1), ("w2", 0, 0, 0)]
    assert [each.obliged for each in found] == [None, None]
