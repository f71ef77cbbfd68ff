"""How dates, numbers, names and clauses are written."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import wording


def test_a_day_drops_the_year_only_where_it_is_plain() -> None:
    assert wording.day(date(2023, 9, 22), 2023) == "9月22日"
    assert wording.day(date(2023, 9, 22), 2024) == "2023年9月22日"
    assert wording.day(date(2023, 7, 5)) == "2023年7月5日"


@pytest.mark.parametrize(
    ("first", "last", "year", "text"),
    [
        (date(2023, 6, 5), date(2023, 6, 11), None, "6月5日—6月11日"),
        (date(2023, 6, 5), date(2023, 6, 11), 2024, "2023年6月5日—6月11日"),
        (date(2024, 12, 30), date(2025, 1, 5), 2025, "2024年12月30日—2025年1月5日"),
        (date(2023, 6, 5), date(2023, 6, 5), 2023, "6月5日"),
    ],
)
def test_a_range_of_days_names_its_years_where_they_differ(
    first: date, last: date, year: int | None, text: str
) -> None:
    assert wording.day_range(first, last, year) == text


def test_a_moment_is_written_in_shanghai_time() -> None:
    assert wording.moment(datetime(2023, 9, 22, 1, 0, tzinfo=UTC)) == "2023年9月22日9:00"
    assert wording.moment(datetime(2023, 9, 22, 16, 5, tzinfo=UTC), 2023) == "9月23日0:05"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        wording.clock_time(datetime(2023, 9, 22, 9, 0))


def test_a_week_is_named_as_officials_name_it() -> None:
    assert wording.week_name(date(2023, 6, 5)) == "2023年第23周，6月5日—6月11日"
    assert wording.week_name(date(2024, 12, 30)) == "2025年第1周，2024年12月30日—2025年1月5日"


def test_spans_of_the_year_are_named() -> None:
    assert wording.month(2023, 9) == "2023年9月"
    assert wording.quarter(2023, 3) == "2023年第三季度"
    assert (wording.half_year(2023, 1), wording.half_year(2023, 2)) == (
        "2023年上半年",
        "2023年下半年",
    )
    assert wording.whole_year(2023) == "2023年度"
    assert wording.meeting_name(16) == "第16次调度"


def test_days_left_change_on_the_day_itself() -> None:
    due = date(2023, 10, 31)
    assert wording.days_left(due, date(2023, 10, 13)) == "还有18天"
    assert wording.days_left(due, date(2023, 10, 30)) == "还有1天"
    assert wording.days_left(due, due) == "今天到期"
    assert wording.days_left(due, date(2023, 11, 1)) == "已过1天"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (85.0, "", "85"),
        (10000, "人", "10000人"),
        (3.50, "个", "3.5个"),
        (2.675, "", "2.68"),
        (1.005, "%", "1.01%"),
        (0.005, "%", "0.005%"),
        (0.0, "人", "0人"),
        (-0.0, "", "0"),
        (-2.5, "", "-2.5"),
        (1e-7, "", "0.0000001"),
        (16, None, "16"),
        (None, "人", "—"),
        (float("nan"), "人", "—"),
        (float("inf"), "", "—"),
    ],
)
def test_a_number_is_rounded_half_up_and_has_no_needless_decimals(
    value: float | None, unit: str | None, text: str
) -> None:
    assert wording.number(value, unit) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.85, "85%"),
        (0.845, "85%"),
        (0.285, "29%"),
        (0.999, "99%"),
        (1, "100%"),
        (0.001, "1%"),
        (0, "0%"),
        (None, "—"),
    ],
)
def test_a_percentage_never_claims_the_whole_or_nothing_too_soon(
    share: float | None, text: str
) -> None:
    assert wording.percent(share) == text


@given(st.floats(min_value=0, max_value=1))
def test_a_share_reads_as_all_or_nothing_only_when_it_is(share: float) -> None:
    assert (wording.percent(share) == "100%") == (share == 1)
    assert (wording.percent(share) == "0%") == (share == 0)


@pytest.mark.parametrize(
    ("number", "text"), [(None, "—"), (0, "0"), (1, "少于5"), (4, "少于5"), (5, "5"), (128, "128")]
)
def test_few_served_are_not_counted_out(number: int | None, text: str) -> None:
    assert wording.at_least_five(number) == text
    assert wording.is_few(number) is (text == "少于5")


def test_a_difference_of_shares_is_written_in_points() -> None:
    assert wording.points(0.22) == "22个百分点"
    assert wording.points(-0.225) == "23个百分点"
    assert wording.points(0.004) == "不足1个百分点"
    assert wording.points(0) == "0个百分点"
    assert wording.points(None) == "—"


def test_a_rate_is_written_with_its_scale() -> None:
    assert wording.scaled(0.5, "万分之") == "万分之0.5"
    assert wording.scaled(15, "人/10万人") == "每10万人15人"
    assert wording.scaled(15, "每10万人") == "每10万人15人"
    assert wording.scaled(80, "%") == "80%"
    assert wording.scaled(None, "人/10万人") == "—"


@pytest.mark.parametrize(
    ("comparator", "value", "unit", "upper", "text"),
    [
        (">=", 10, "场次", None, "不少于10场次"),
        (">=", 80, "%", None, "不低于80%"),
        (">=", 400, "平方米", None, "不小于400平方米"),
        ("<=", 12.7, "%", None, "不超过12.7%"),
        ("=", 80, "%", None, "达到80%"),
        ("<=", 0.5, "万分之", None, "不超过万分之0.5"),
        (">=", 15, "人/10万人", None, "每10万人不少于15人"),
        ("between", 10, "平方米", 20, "10—20平方米"),
        ("between", 10, "%", 20, "10%—20%"),
        (">=", None, "人", None, "—"),
    ],
)
def test_a_target_reads_as_the_plan_would_say_it(
    comparator: str, value: float | None, unit: str, upper: float | None, text: str
) -> None:
    assert wording.quantity(comparator, value, unit, upper) == text


def test_long_lists_of_names_are_cut_and_counted() -> None:
    names = ["县委政法委", "县公安局", "县民政局"]
    assert wording.join_names(names) == "县委政法委、县公安局、县民政局"
    assert wording.join_names(names, 3) == "县委政法委、县公安局、县民政局"
    assert wording.join_names(names, 2) == "县委政法委、县公安局等3家"
    assert wording.join_names(names, 1, "个") == "县委政法委等3个"
    assert wording.join_names([]) == "—"


def test_numerals_are_chinese_up_to_ninety_nine() -> None:
    assert [wording.numeral(n) for n in (1, 9, 10, 11, 20, 23, 99)] == (
        ["一", "九", "十", "十一", "二十", "二十三", "九十九"]
    )
    for n in (0, 100):
        with pytest.raises(ValueError, match="no numeral"):
            wording.numeral(n)


def test_clauses_sort_as_they_stand_in_the_plan() -> None:
    printed = ["三", "四（二）", "四（二）1", "四（二）2", "四（九）", "四（十）", "四（十一）"]
    printed += ["五（一）", "附件1", "附件2·一（一）", "附件2·一（十）", "附件10·一", "前言"]
    mixed = printed[::-1]
    assert sorted(mixed, key=wording.clause_key) == printed


@given(st.lists(st.integers(1, 99), min_size=2, max_size=8))
def test_chinese_numerals_sort_by_their_value(numbers: list[int]) -> None:
    clauses = [f"四（{wording.numeral(n)}）" for n in numbers]
    in_order = [f"四（{wording.numeral(n)}）" for n in sorted(numbers)]
    assert sorted(clauses, key=wording.clause_key) == in_order
