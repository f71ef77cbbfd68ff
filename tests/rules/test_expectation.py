"""How much is expected by a day: in whole steps, in a line, from milestones, and from when on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import HostState, Method, Recurrence
from tests.books import ISSUED, PLAN, deadline, indicator, line, measure, only, said


def wanted(rows: tuple[r.Record, ...], on: date, plan: r.Plan = PLAN) -> float | None:
    """What is expected on a day of an item on which zero was filed that morning."""
    return only(rows, on, said(0, on), plan=plan).verdict.expected


def percent_due(due: date) -> tuple[r.Record, ...]:
    return measure(), deadline(due), line()


def count_due(target: float, due: date | None, **fields: Any) -> tuple[r.Record, ...]:
    return indicator(target), deadline(due, indicator="i", **fields), line(indicator="i")


# Percentages


def test_a_span_of_181_days_is_a_line_in_time_and_one_of_180_is_not() -> None:
    half = ISSUED + timedelta(days=90)
    assert wanted(percent_due(ISSUED + timedelta(days=180)), half) == 0
    assert wanted(percent_due(ISSUED + timedelta(days=181)), half) == pytest.approx(9000 / 181)


def test_a_short_span_expects_nothing_before_its_last_quarter() -> None:
    rows = percent_due(ISSUED + timedelta(days=100))
    assert wanted(rows, ISSUED + timedelta(days=74)) == 0
    assert wanted(rows, ISSUED + timedelta(days=75)) == 75
    assert wanted(rows, ISSUED + timedelta(days=99)) == 99
    assert wanted(rows, ISSUED + timedelta(days=100)) == 100


def test_nothing_is_expected_on_the_first_day() -> None:
    assert wanted(percent_due(date(2024, 12, 31)), ISSUED) == 0


def test_what_only_a_survey_finds_is_expected_on_its_date_alone() -> None:
    rows = (
        indicator(80, unit="%", method=Method.LATEST),
        deadline(date(2024, 12, 31), indicator="i"),
        line(indicator="i"),
    )
    assert wanted(rows, date(2024, 12, 30)) == 0
    assert wanted(rows, date(2024, 12, 31)) == 80


# Counts


def test_a_count_steps_when_a_whole_one_is_due() -> None:
    rows = count_due(16, ISSUED + timedelta(days=160))
    found = [wanted(rows, ISSUED + timedelta(days=day)) for day in (9, 10, 19, 20, 159, 160)]
    assert found == [0, 1, 1, 2, 15, 16]


def test_one_of_one_is_expected_on_its_date_and_never_in_halves() -> None:
    due = date(2023, 7, 31)
    days = (due - ISSUED).days
    found = {wanted(count_due(1, due), ISSUED + timedelta(days=day)) for day in range(days)}
    assert found == {0}
    assert wanted(count_due(1, due), due) == 1


def test_a_count_over_several_years_steps_at_year_ends_only() -> None:
    rows = count_due(10, date(2025, 12, 31))
    days = [ISSUED + timedelta(days=day) for day in range((date(2025, 12, 31) - ISSUED).days + 1)]
    steps = {day: wanted(rows, day) for day in days if day.day in (1, 30, 31)}
    changes = [day for day in steps if steps[day] != steps.get(day - timedelta(days=1), steps[day])]
    assert changes == [date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)]
    assert [steps[day] for day in changes] == [2, 6, 10]


def test_yearly_shares_say_how_much_a_count_over_years_steps() -> None:
    due = date(2025, 12, 31)
    parts = [
        indicator(value, f"i{year}", year=year, part_of="i")
        for year, value in ((2023, 300), (2024, 300), (2025, 200))
    ]
    rows = (*count_due(800, due), *parts)
    assert [wanted(rows, day) for day in (date(2023, 12, 30), date(2023, 12, 31))] == [0, 300]
    assert [wanted(rows, day) for day in (date(2024, 12, 30), date(2024, 12, 31))] == [300, 600]
    late = replace(PLAN, started_on=date(2024, 3, 1))
    assert wanted(rows, date(2024, 12, 31), late) == 300


def test_hosts_are_counted_in_whole_ones() -> None:
    hosts = r.HostList(code="h", title="镇街", clause="一", seq=1, unit_word="个", total=13)
    host = r.Host(code="h1", host_list="h", unit="u", state=HostState.OBLIGED, number=1)
    rows = (
        hosts,
        host,
        indicator(1, method=Method.HOSTS_MET, host_list="h"),
        deadline(ISSUED + timedelta(days=130), indicator="i"),
        line(indicator="i"),
    )
    assert [wanted(rows, ISSUED + timedelta(days=day)) for day in (9, 10, 130)] == [0, 1, 13]


# Yearly duties


def test_a_yearly_duty_of_one_is_not_asked_for_before_the_years_last_day() -> None:
    rows = count_due(1, None, recurrence=Recurrence.YEARLY)
    fresh = replace(PLAN, started_on=date(2024, 1, 1))
    assert {wanted(rows, date(2024, month, 1), fresh) for month in range(1, 13)} == {0}
    assert wanted(rows, date(2024, 12, 30), fresh) == 0
    assert wanted(rows, date(2024, 12, 31), fresh) == 1


def test_a_yearly_duty_runs_in_its_year_and_in_the_first_from_the_plans_date() -> None:
    rows = count_due(10, None, recurrence=Recurrence.YEARLY)
    assert only(rows, date(2023, 9, 1)).starts_on == ISSUED
    assert only(rows, date(2024, 9, 1)).starts_on == date(2024, 1, 1)
    assert only(rows, date(2024, 9, 1)).due_on == date(2024, 12, 31)


# From when on


def test_time_starts_at_the_latest_of_the_plans_date_and_the_day_of_use() -> None:
    rows = percent_due(date(2024, 12, 31))
    assert only(rows, date(2023, 9, 1)).starts_on == ISSUED
    later = replace(PLAN, started_on=date(2023, 9, 1))
    assert only(rows, date(2023, 9, 1), plan=later).starts_on == date(2023, 9, 1)
    printed = (measure(), deadline(date(2024, 12, 31), starts_on=date(2024, 1, 1)), line())
    assert only(printed, date(2023, 9, 1)).starts_on == date(2024, 1, 1)
    assert only(printed, date(2023, 9, 1)).verdict.word == "未到启动期"


# Milestones


def step(due: date, value: float) -> r.Milestone:
    return r.Milestone(code=f"s{due}", task="t", due_on=due, value=value, measure="m")


def test_the_offices_milestones_come_before_any_line() -> None:
    steps = (step(date(2023, 9, 30), 20), step(date(2024, 3, 31), 60))
    rows = (*percent_due(date(2024, 12, 31)), *steps)
    days = (date(2023, 9, 29), date(2023, 9, 30), date(2024, 3, 30), date(2024, 3, 31))
    assert [wanted(rows, day) for day in days] == [0, 20, 20, 60]


def test_on_the_date_all_is_expected_whatever_the_milestones_say() -> None:
    rows = (*percent_due(date(2024, 12, 31)), step(date(2024, 6, 30), 50))
    assert wanted(rows, date(2024, 12, 30)) == 50
    assert wanted(rows, date(2024, 12, 31)) == 100


def test_a_milestone_of_a_yearly_duty_speaks_of_its_own_year() -> None:
    rows = (
        measure(),
        deadline(None, recurrence=Recurrence.YEARLY),
        line(),
        step(date(2023, 10, 31), 60),
    )
    assert wanted(rows, date(2023, 11, 15)) == 60
    assert wanted(rows, date(2024, 1, 10)) == pytest.approx(100 * 9 / 365)


# Always


@given(
    target=st.integers(1, 400),
    span=st.integers(1, 1200),
    day=st.integers(0, 1300),
    is_count=st.booleans(),
)
def test_expectation_never_falls_never_passes_the_target_and_ends_with_it(
    target: int, span: int, day: int, is_count: bool
) -> None:
    due = ISSUED + timedelta(days=span)
    rows = count_due(target, due) if is_count else percent_due(due)
    goal = target if is_count else 100
    found = [wanted(rows, ISSUED + timedelta(days=each)) for each in (day, day + 1)]
    known = [each for each in found if each is not None]
    assert known == sorted(known)
    assert all(0 <= each <= goal for each in known)
    assert wanted(rows, due) == goal
