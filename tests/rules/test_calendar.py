"""Days, weeks, months and cycles at their edges."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules import calendar
from dashboard.rules.calendar import FixedClock, Month, Week, week_of

DAYS = st.dates(date(2004, 1, 1), date(2040, 12, 31))
CADENCES = ("weekly", "monthly", "quarterly", "half-yearly", "yearly")


def test_a_day_in_shanghai_begins_at_sixteen_hours_utc() -> None:
    before = datetime(2023, 9, 21, 15, 59, 59, tzinfo=UTC)
    assert calendar.shanghai_day(before) == date(2023, 9, 21)
    assert calendar.shanghai_day(before + timedelta(seconds=1)) == date(2023, 9, 22)


def test_a_day_ends_a_microsecond_before_the_next() -> None:
    end = calendar.end_of(date(2023, 9, 22))
    assert end == datetime(2023, 9, 22, 15, 59, 59, 999999, tzinfo=UTC)
    assert calendar.shanghai_day(end + timedelta(microseconds=1)) == date(2023, 9, 23)


def test_a_fixed_clock_stands_still_and_tells_utc() -> None:
    clock = FixedClock(datetime(2023, 9, 22, 0, 30, tzinfo=calendar.SHANGHAI))
    assert clock.now() == datetime(2023, 9, 21, 16, 30, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    assert clock.today() == date(2023, 9, 22)


def test_the_clock_tells_an_instant_with_its_zone() -> None:
    assert calendar.Clock().now().tzinfo is UTC


def test_a_naive_instant_is_refused() -> None:
    naive = datetime(2023, 9, 22)
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(naive)
    with pytest.raises(ValueError, match="time zone"):
        calendar.shanghai_day(naive)


def test_the_national_day_of_2023_is_a_rest_with_its_make_up_days() -> None:
    rest = [date(2023, 9, 29) + timedelta(days=n) for n in range(8)]
    assert not any(calendar.is_working_day(day) for day in rest)
    assert calendar.is_working_day(date(2023, 9, 28))
    # A Saturday and a Sunday worked in exchange (调休).
    assert calendar.is_working_day(date(2023, 10, 7))
    assert calendar.is_working_day(date(2023, 10, 8))
    assert not calendar.is_working_day(date(2023, 10, 14))


def test_eleven_of_the_plans_134_fridays_are_holidays() -> None:
    fridays = [date(2023, 6, 9) + timedelta(weeks=n) for n in range(134)]
    assert fridays[-1] == date(2025, 12, 26)
    resting = [day for day in fridays if not calendar.is_working_day(day)]
    assert len(resting) == 11
    assert {date(2023, 9, 29), date(2023, 10, 6)} <= set(resting)


def test_a_year_without_arrangement_has_plain_weekdays_and_says_so() -> None:
    assert calendar.is_announced(2023)
    assert not calendar.is_announced(2090)
    assert calendar.is_working_day(date(2090, 10, 2))  # a Monday
    assert not calendar.is_working_day(date(2090, 10, 1))  # a Sunday
    assert calendar.unannounced_note({2023, 2090}).startswith("2090年放假安排尚未公布")
    assert calendar.unannounced_note({2023}) == ""


def test_a_rest_is_named_with_all_its_holidays() -> None:
    assert calendar.holiday_name(date(2023, 9, 29)) == "中秋、国庆"
    assert calendar.holiday_name(date(2024, 4, 5)) == "清明"
    assert calendar.holiday_name(date(2025, 5, 2)) == "劳动节"
    assert calendar.holiday_name(date(2023, 6, 10)) == ""
    assert calendar.holiday_name(date(2090, 10, 1)) == ""


def test_working_days_are_counted_around_holidays() -> None:
    assert calendar.working_days_back(date(2023, 10, 9), 3) == date(2023, 9, 28)
    assert calendar.working_days_back(date(2023, 10, 9), 0) == date(2023, 10, 9)
    assert calendar.working_day_from(date(2023, 9, 29)) == date(2023, 10, 7)
    assert calendar.working_day_from(date(2023, 9, 28)) == date(2023, 9, 28)


def test_a_week_runs_from_monday_to_sunday() -> None:
    week = week_of(date(2023, 9, 24))
    assert (week.monday, week.sunday, week.code) == (
        date(2023, 9, 18),
        date(2023, 9, 24),
        "2023-W38",
    )
    assert week_of(date(2023, 9, 25)) == week.next
    assert week.next.previous == week
    assert week.name == "2023年第38周，9月18日—9月24日"


def test_the_last_days_of_2024_belong_to_the_first_week_of_2025() -> None:
    assert week_of(date(2024, 12, 29)).code == "2024-W52"
    assert week_of(date(2024, 12, 30)).code == "2025-W01"
    assert week_of(date(2021, 1, 3)).code == "2020-W53"


@given(DAYS)
def test_every_week_is_found_again_by_its_code(day: date) -> None:
    week = week_of(day)
    assert Week.parse(week.code) == week
    assert week.monday <= day <= week.sunday


@pytest.mark.parametrize("text", ["2023-W53", "2023-W00", "2023-38", "", "第38周"])
def test_a_week_that_does_not_exist_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match="周次应写作"):
        Week.parse(text)


def test_a_week_begins_on_a_monday_only() -> None:
    with pytest.raises(ValueError, match="Monday"):
        Week(date(2023, 9, 19))


def test_a_month_closes_with_its_last_day() -> None:
    month = Month.parse("2024-02")
    assert (month.code, month.name) == ("2024-02", "2024年2月")
    assert month.figures_from == calendar.end_of(date(2024, 1, 31))
    assert month.figures_to == calendar.end_of(date(2024, 2, 29))


def test_a_month_with_a_cut_day_takes_in_the_days_after_the_cut_before() -> None:
    assert calendar.month_of(calendar.end_of(date(2023, 9, 25)), 25) == Month(2023, 9, 25)
    assert calendar.month_of(calendar.end_of(date(2023, 9, 26)), 25) == Month(2023, 10, 25)
    assert calendar.month_of(calendar.end_of(date(2023, 12, 26)), 25) == Month(2024, 1, 25)
    assert Month(2024, 1, 25).figures_from == calendar.end_of(date(2023, 12, 25))


@pytest.mark.parametrize("text", ["2023-13", "2023-9", "2023年9月"])
def test_a_month_that_does_not_exist_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match="月份应写作"):
        Month.parse(text)


@given(DAYS, st.one_of(st.none(), st.integers(1, 28)))
def test_every_instant_belongs_to_one_month_of_figures(day: date, cut: int | None) -> None:
    instant = calendar.end_of(day)
    month = calendar.month_of(instant, cut)
    assert month.figures_from < instant <= month.figures_to
    assert month.previous.figures_to == month.figures_from


@pytest.mark.parametrize(
    ("cadence", "code", "name", "first_day", "last_day"),
    [
        ("weekly", "2023-W38", "2023年第38周，9月18日—9月24日", (9, 18), (9, 24)),
        ("monthly", "2023-09", "2023年9月", (9, 1), (9, 30)),
        ("quarterly", "2023-Q3", "2023年第三季度", (7, 1), (9, 30)),
        ("half-yearly", "2023-H2", "2023年下半年", (7, 1), (12, 31)),
        ("yearly", "2023", "2023年度", (1, 1), (12, 31)),
    ],
)
def test_each_cadence_has_its_cycle(
    cadence: str, code: str, name: str, first_day: tuple[int, int], last_day: tuple[int, int]
) -> None:
    period = calendar.period_of(cadence, date(2023, 9, 22))
    assert (period.code, period.name) == (code, name)
    assert (period.first_day, period.last_day) == (date(2023, *first_day), date(2023, *last_day))


@pytest.mark.parametrize("word", ["once", "ongoing", "daily"])
def test_work_without_cycles_has_none(word: str) -> None:
    with pytest.raises(ValueError, match="no cycles"):
        calendar.period_of(word, date(2023, 6, 6))


@given(st.sampled_from(CADENCES), DAYS)
def test_cycles_follow_one_another_without_a_gap(cadence: str, day: date) -> None:
    found = calendar.period_of(cadence, day)
    assert found.first_day <= day <= found.last_day
    following = calendar.period_of(cadence, found.last_day + timedelta(days=1))
    assert following.first_day == found.last_day + timedelta(days=1)
