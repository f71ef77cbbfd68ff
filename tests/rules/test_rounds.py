"""Rounds of an ordinary week, before holidays, merged, and over many years."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.rules.calendar import at_time, end_of, is_working_day, shanghai_day, week_of
from dashboard.rules.rounds import (
    Round,
    RoundTimes,
    round_at,
    round_collecting,
    rounds,
    stands_until,
)

START = date(2023, 6, 6)
CUSTOM = {"filing": "周四 12:00", "review": "周四 18:00", "meeting": "周五 9:00"}


def custom(**change: Any) -> RoundTimes:
    return RoundTimes.parse(**{**CUSTOM, **change})


TIMES = custom()


def covering(day: date, times: RoundTimes = TIMES, start: date = START) -> Round:
    found = round_at(end_of(day), start, times)
    assert found is not None
    return found


def days(found: Round) -> tuple[date, date, date]:
    return (
        shanghai_day(found.filing_cut),
        shanghai_day(found.review_cut),
        shanghai_day(found.meeting_at),
    )


def test_an_ordinary_week_keeps_the_times_of_the_custom() -> None:
    found = covering(date(2023, 9, 22))
    assert (found.name, found.code, found.note) == ("第16次调度", "2023-W38", "")
    assert found.filing_cut == datetime(2023, 9, 21, 4, tzinfo=UTC)
    assert found.review_cut == datetime(2023, 9, 21, 10, tzinfo=UTC)
    assert found.meeting_at == datetime(2023, 9, 22, 1, tzinfo=UTC)
    assert found.figures_from == datetime(2023, 9, 14, 10, tzinfo=UTC)
    assert found.moved_from is None


def test_a_meeting_on_a_holiday_moves_to_the_working_day_before() -> None:
    found = covering(date(2023, 9, 29))
    assert days(found) == (date(2023, 9, 27), date(2023, 9, 27), date(2023, 9, 28))
    assert found.moved_from == date(2023, 9, 29)
    assert found.note == "9月29日适逢中秋、国庆假期，本次调度提前至9月28日"


def test_a_week_without_a_working_day_before_merges_with_the_next() -> None:
    found = covering(date(2023, 10, 6))
    assert found == covering(date(2023, 10, 13))
    assert found.number == covering(date(2023, 9, 29)).number + 1
    assert found.meeting_on == date(2023, 10, 13)
    assert [week.code for week in found.merged_weeks] == ["2023-W40"]
    assert found.note == "10月2日—10月8日适逢中秋、国庆假期，当周调度并入10月13日的调度"


def test_two_holidays_before_the_meeting_move_it_by_two_days() -> None:
    assert days(covering(date(2023, 6, 23))) == (
        date(2023, 6, 20),
        date(2023, 6, 20),
        date(2023, 6, 21),
    )


def test_filing_moves_onto_a_sunday_that_is_worked() -> None:
    found = covering(date(2025, 1, 31))
    assert days(found) == (date(2025, 1, 26), date(2025, 1, 26), date(2025, 1, 27))


def test_a_meeting_right_after_a_long_rest_merges_for_want_of_time_to_file() -> None:
    # 1 to 7 October 2021 were holidays; only Friday the 8th of that week was worked.
    found = covering(date(2021, 10, 8), start=date(2021, 6, 1))
    assert found.meeting_on == date(2021, 10, 15)
    assert found.note.startswith("10月4日—10月10日适逢国庆假期")


def test_filing_never_stands_on_a_holiday_though_the_meeting_stays() -> None:
    times = custom(filing="周三 12:00", review="周四 12:00")
    found = covering(date(2025, 1, 1), times)
    assert days(found) == (date(2024, 12, 31), date(2025, 1, 2), date(2025, 1, 3))
    assert found.moved_from is None
    assert found.note == "1月1日适逢元旦假期，本次填报调整至2024年12月31日"


def test_an_office_may_merge_instead_of_moving() -> None:
    times = custom(holiday="合并")
    found = covering(date(2023, 9, 29), times)
    assert [week.code for week in found.merged_weeks] == ["2023-W39", "2023-W40"]
    assert found.meeting_on == date(2023, 10, 13)


def test_a_meeting_moved_too_close_to_the_one_before_merges() -> None:
    # Moved to Monday 30 September 2024, three days after Friday the 27th.
    kept = custom(merge_after_days=3)
    merged = custom(merge_after_days=4)
    assert covering(date(2024, 10, 4), kept).meeting_on == date(2024, 9, 30)
    assert covering(date(2024, 10, 4), merged).meeting_on == date(2024, 10, 11)


def test_a_year_without_arrangement_says_so_on_its_rounds() -> None:
    found = covering(date(2090, 10, 6), start=date(2090, 9, 1))
    assert found.note == "2090年放假安排尚未公布，暂按周一至周五为工作日"


def test_meetings_are_counted_from_the_plans_start() -> None:
    assert covering(START).number == 1
    assert covering(START).figures_from == end_of(START - timedelta(days=1))
    assert round_at(end_of(START - timedelta(days=1)), START, TIMES) is None
    assert rounds(START, START - timedelta(days=1), TIMES) == ()


def test_a_plan_that_starts_on_the_day_of_the_meeting_first_meets_a_week_later() -> None:
    found = covering(date(2023, 6, 9), start=date(2023, 6, 9))
    assert (found.number, found.meeting_on) == (1, date(2023, 6, 16))
    assert (found.merged_weeks, found.note) == ((), "")
    assert len(found.weeks) == 2


def test_figures_after_the_cut_belong_to_the_next_round() -> None:
    cut = covering(date(2023, 9, 22)).review_cut
    before = round_collecting(cut, START, TIMES)
    after = round_collecting(cut + timedelta(microseconds=1), START, TIMES)
    assert before is not None
    assert after is not None
    assert (before.number, after.number) == (16, 17)
    assert round_collecting(end_of(START - timedelta(days=1)), START, TIMES) is None


def test_figures_in_a_merged_week_are_collected_by_the_round_that_holds_it() -> None:
    found = round_collecting(end_of(date(2023, 10, 1)), START, TIMES)
    assert found == covering(date(2023, 10, 13))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"filing": "星期四 12:00"}, "应写作“周四 12:00”"),
        ({"filing": "周四 25:00"}, "应写作“周四 12:00”"),
        ({"meeting": "周六 9:00"}, "是周末"),
        ({"filing": "周四 19:00"}, "先填报、再审核、后调度"),
        ({"month_cut": "31"}, "可填“月末”或1至28"),
        ({"holiday": "顺延"}, "可填“提前”或“合并”"),
    ],
)
def test_a_custom_that_cannot_be_kept_is_refused_in_chinese(
    change: dict[str, str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        custom(**change)


def test_the_months_cut_is_the_last_day_or_a_number() -> None:
    assert custom().month_cut_day is None
    assert custom(month_cut=25).month_cut_day == 25
    assert custom(month_cut="25").month_cut_day == 25


@st.composite
def customs(draw: st.DrawFn) -> RoundTimes:
    minutes = st.integers(0, 5 * 24 * 4 - 1)
    quarters = sorted(draw(st.sets(minutes, min_size=3, max_size=3)))
    texts = [f"周{'一二三四五'[q // 96]} {q % 96 // 4}:{q % 4 * 15:02d}" for q in quarters]
    return RoundTimes.parse(
        filing=texts[0],
        review=texts[1],
        meeting=texts[2],
        holiday=draw(st.sampled_from(["提前", "合并"])),
        merge_after_days=draw(st.integers(1, 7)),
    )


@settings(max_examples=60, deadline=None)
@given(customs(), st.dates(date(2004, 1, 1), date(2025, 6, 1)), st.integers(0, 800))
def test_rounds_follow_one_another_on_working_days_whatever_the_custom(
    times: RoundTimes, start: date, length: int
) -> None:
    last = start + timedelta(days=length)
    found = rounds(start, last, times)
    weeks = [week for each in found for week in each.weeks]
    assert [week.monday for week in weeks] == [
        weeks[0].monday + timedelta(weeks=n) for n in range(len(weeks))
    ]
    assert weeks[0] == week_of(start)
    assert weeks[-1].sunday >= last
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    for each in found:
        assert each.filing_cut < each.review_cut < each.meeting_at
        assert all(is_working_day(day) for day in days(each))
        assert each.week.monday <= each.meeting_on <= each.week.sunday
        assert shanghai_day(each.filing_cut) >= start
    for before, after in pairwise(found):
        assert before.meeting_at < after.filing_cut
        assert before.figures_to == after.figures_from


# The present


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at_time(date(2023, 9, 21), time(8)), at_time(date(2023, 9, 21), time(12))),
        (at_time(date(2023, 9, 21), time(11, 59)), at_time(date(2023, 9, 21), time(12))),
        (at_time(date(2023, 9, 21), time(12)), at_time(date(2023, 9, 21), time(18))),
        (at_time(date(2023, 9, 21), time(17, 59)), at_time(date(2023, 9, 21), time(18))),
        (at_time(date(2023, 9, 22), time(8)), at_time(date(2023, 9, 22), time(9))),
    ],
)
def test_on_the_day_of_a_cut_the_present_ends_before_it(now: datetime, until: datetime) -> None:
    assert stands_until(now, START, TIMES) == until - timedelta(microseconds=1)


@pytest.mark.parametrize(
    "now",
    [
        at_time(date(2023, 9, 20), time(8)),
        at_time(date(2023, 9, 21), time(18)),
        at_time(date(2023, 9, 22), time(9)),
        at_time(date(2023, 9, 23), time(0)),
    ],
)
def test_where_no_cut_is_to_come_the_present_is_the_whole_day(now: datetime) -> None:
    assert stands_until(now, START, TIMES) == end_of(shanghai_day(now))
