"""The first light: each edge on the day before it and on the day of it, with its reason."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import (
    DeadlineSource,
    Force,
    HostState,
    Method,
    Recurrence,
    ReviewVerdict,
    Via,
)
from dashboard.rules.verdicts import Light
from tests.books import ISSUED, PLAN, deadline, indicator, judged, line, measure, only, said

DUE = date(2023, 12, 23)  # 200 days after the plan's date: long enough for a line in time
ROWS = (measure(), deadline(DUE), line())
HALF = ISSUED + timedelta(days=100)


def light_of(value: float | None, on: date, rows: tuple[r.Record, ...] = ROWS) -> tuple[str, str]:
    """Light and word where `value` was filed that morning."""
    words = [] if value is None else [said(value, on)]
    verdict = only(rows, on, *words).verdict
    return verdict.light.value, verdict.word


# How far behind


@pytest.mark.parametrize(
    ("value", "light"),
    [(50, "green"), (40, "green"), (39.99, "yellow"), (20, "yellow"), (19.99, "red"), (0, "red")],
)
def test_ten_points_behind_are_green_thirty_yellow_and_more_is_red(
    value: float, light: str
) -> None:
    assert light_of(value, HALF)[0] == light


def test_the_reason_gives_share_points_and_days() -> None:
    assert only(ROWS, HALF, said(28, HALF)).verdict.reason == (
        "完成28%，低于序时进度22个百分点，距时限100天"
    )


def test_thresholds_of_whole_steps_do_not_tip_by_their_last_bit() -> None:
    rows = (
        indicator(10),
        deadline(ISSUED + timedelta(days=20), indicator="i"),
        line(indicator="i"),
    )
    sixth = ISSUED + timedelta(days=6)  # three steps of ten are due; 0.3 - 0.2 is not 0.1
    assert only(rows, sixth, said(2, sixth)).verdict.light is Light.GREEN
    assert only(rows, sixth, said(1, sixth)).verdict.light is Light.YELLOW
    assert only(rows, sixth, said(0, sixth)).verdict.light is Light.YELLOW


# Near and past the date


def test_seven_days_before_its_date_unfinished_work_turns_yellow() -> None:
    assert light_of(99, DUE - timedelta(days=8)) == ("green", "正常")
    assert light_of(99, DUE - timedelta(days=7)) == ("yellow", "临近时限")


def test_on_its_date_work_is_not_overdue_and_on_the_next_day_it_is() -> None:
    assert light_of(95, DUE) == ("yellow", "临近时限")
    assert only(ROWS, DUE, said(95, DUE)).verdict.reason.endswith("今天到期")
    assert light_of(95, DUE + timedelta(days=1)) == ("red", "逾期")
    late = only(ROWS, DUE + timedelta(days=1), said(95, DUE))
    assert late.verdict.reason == "完成95%，已过时限1天"


def test_without_a_filing_it_is_grey_until_the_date_and_red_from_the_day_after() -> None:
    for days in (100, 7, 1, 0):
        assert light_of(None, DUE - timedelta(days=days)) == ("grey", "无数据")
    assert only(ROWS, DUE).verdict.reason == "尚无填报，今天到期"
    late = only(ROWS, DUE + timedelta(days=18)).verdict
    assert (late.light, late.reason) == (Light.RED, "已过时限18天，无填报")


def test_a_filing_in_words_alone_is_not_called_silence() -> None:
    word = said(None, HALF, text="已开会部署")
    assert only(ROWS, HALF, word).verdict.reason == "已报告进展，未报完成值，距时限100天"
    late = only(ROWS, DUE + timedelta(days=1), word).verdict
    assert (late.light, late.reason) == (Light.RED, "已报告进展，已过时限1天")


# Done and closed


@pytest.mark.parametrize("days", [-30, -7, 0, 1, 400])
def test_what_is_done_and_waits_for_its_check_is_never_near_due_or_overdue(days: int) -> None:
    on = DUE + timedelta(days=days)
    by_claim = only(ROWS, on, said(80, DUE - timedelta(days=40), is_done=True)).verdict
    by_value = only(ROWS, on, said(100, DUE - timedelta(days=40))).verdict
    for verdict in (by_claim, by_value):
        assert (verdict.light, verdict.word) == (Light.GREEN, "完成待核")


def test_only_a_check_makes_it_blue() -> None:
    closed = said(100, HALF, ReviewVerdict.CLOSED, is_done=True)
    verdict = only(ROWS, DUE + timedelta(days=100), closed).verdict
    assert (verdict.light, verdict.word) == (Light.BLUE, "已完成")
    assert verdict.reason == "完成100%，已核查销号"


def test_what_is_reported_done_in_the_small_hours_is_done_on_that_day_in_shanghai() -> None:
    # 1:30 in Shanghai is still the day before in UTC.
    figure = only(ROWS, HALF, said(100, HALF, at=time(1, 30))).figure
    assert (figure.as_of, figure.done_on) == (HALF, HALF)


# 启用日


def test_what_was_due_before_the_plan_was_put_to_use_is_not_late() -> None:
    plan = replace(PLAN, started_on=DUE + timedelta(days=1))
    verdict = only(ROWS, DUE + timedelta(days=60), plan=plan).verdict
    assert (verdict.light, verdict.word) == (Light.GREY, "期初待录")
    assert "早于启用日" in verdict.reason
    opened = only(ROWS, DUE + timedelta(days=60), said(60, DUE + timedelta(days=2)), plan=plan)
    assert (opened.verdict.light, opened.verdict.word) == (Light.GREY, "期初数")


def test_what_is_due_on_the_day_of_use_can_be_late() -> None:
    plan = replace(PLAN, started_on=DUE)
    assert only(ROWS, DUE, plan=plan).verdict.light is Light.GREY
    assert only(ROWS, DUE + timedelta(days=1), plan=plan).verdict.light is Light.RED


# What has no date, no number or no obligation


def test_without_a_date_nothing_turns_red() -> None:
    rows = (measure(), line())
    for on in (ISSUED, DUE, date(2030, 1, 1)):
        assert light_of(None, on, rows) == ("grey", "无数据")
        assert light_of(0, on, rows) == ("grey", "未定时限")
    assert only(rows, DUE).verdict.reason == "未定时限，尚无填报"


@pytest.mark.parametrize("value", [None, 0, 60])
def test_an_inherited_date_never_makes_red(value: float | None) -> None:
    rows = (measure(), deadline(DUE, source=DeadlineSource.INHERITED), line())
    for days in range(-199, 30, 4):
        assert light_of(value, DUE + timedelta(days=days), rows)[0] != "red"


def test_a_date_of_the_offices_own_does_make_red() -> None:
    rows = (measure(), deadline(DUE, source=DeadlineSource.OFFICE), line())
    assert light_of(0, DUE + timedelta(days=1), rows)[0] == "red"


def test_of_two_dates_the_one_in_force_counts() -> None:
    year_end = deadline(date(2023, 12, 31), "d2", is_in_force=False)
    july = deadline(date(2023, 7, 31), "d1")
    item = only((measure(), july, year_end, line()), date(2023, 8, 1))
    assert (item.due_on, item.verdict.light) == (date(2023, 7, 31), Light.RED)
    assert item.item.others == (july, year_end)


@pytest.mark.parametrize("value", [None, 0, 30])
def test_what_is_only_encouraged_is_never_a_gap(value: float | None) -> None:
    rows = (measure(force=Force.ENCOURAGED), deadline(DUE), line())
    for days in (-30, 0, 1, 300):
        assert light_of(value, DUE + timedelta(days=days), rows) == ("grey", "鼓励事项")


def test_without_a_host_list_no_share_is_reckoned() -> None:
    hosts = r.HostList(code="h", title="学校", clause="一", seq=1, unit_word="所")
    rows = (
        hosts,
        r.Host(code="h1", host_list="h", unit="u", state=HostState.UNKNOWN),
        indicator(100, unit="%", method=Method.STATIONS, host_list="h"),
        deadline(DUE, indicator="i"),
        line(indicator="i", via=Via.STATIONS),
    )
    for days in (-1, 0, 1, 300):
        assert light_of(None, DUE + timedelta(days=days), rows) == ("grey", "名录待核定")


# 保持类


HOTLINE = (
    measure(),
    indicator(24, unit="小时", method=Method.KEPT, measure="m"),
    line(indicator="i"),
)


@pytest.mark.parametrize(
    ("hours", "light", "word"),
    [(24, "green", "正常"), (23, "yellow", "未保持"), (16, "red", "未保持"), (0, "red", "未保持")],
)
def test_a_hotline_is_kept_or_not_kept(hours: float, light: str, word: str) -> None:
    assert light_of(hours, HALF, HOTLINE) == (light, word)


def test_a_kept_hotline_is_never_done_and_keeps_its_last_word() -> None:
    later = only(HOTLINE, HALF + timedelta(days=300), said(24, HALF))
    assert (later.verdict.word, later.figure.is_done) == ("正常", False)
    assert later.verdict.reason == "保持达标，现为24小时"


# 长期坚持


ONGOING = (measure(on_event=True), deadline(None, recurrence=Recurrence.MONTHLY), line())


def test_ongoing_work_is_judged_by_its_cycle() -> None:
    in_june, in_july = date(2023, 6, 20), date(2023, 7, 1)
    assert only(ONGOING, in_june).verdict.reason == "按期报告，本期尚未报告"
    word = said(None, in_june, text="已开展")
    assert only(ONGOING, in_june, word).verdict.reason == "本期已报"
    assert only(ONGOING, date(2023, 6, 30), word).verdict.reason == "本期已报"
    assert only(ONGOING, in_july, word).verdict.reason == "按期报告，本期尚未报告"


def test_no_event_is_an_answer_for_its_own_cycle_alone() -> None:
    word = said(None, date(2023, 6, 20), no_event=True)
    assert only(ONGOING, date(2023, 6, 30), word).verdict.reason == "本期无事件"
    assert only(ONGOING, date(2023, 7, 1), word).verdict.reason == "按期报告，本期尚未报告"


@pytest.mark.parametrize("on", [date(2023, 6, 7), date(2024, 6, 7), date(2031, 1, 1)])
def test_ongoing_work_is_never_late(on: date) -> None:
    rows = (measure(), deadline(None, recurrence=Recurrence.ONGOING), line())
    for each in (ONGOING, rows):
        assert light_of(None, on, each) == ("grey", "长期坚持")


# What must come first


FIRST = (
    measure("m0", seq=0),
    deadline(date(2023, 7, 31), "d0", measure="m0"),
    line("l0", measure="m0"),
)
THEN = (
    measure(),
    indicator(16, measure="m"),
    deadline(date(2023, 10, 31), indicator="i", after="m0"),
    line(indicator="i"),
)


def then_on(on: date, *first: float) -> tuple[str, str]:
    words = [said(value, date(2023, 7, 20), to="l0") for value in first]
    item = judged((*FIRST, *THEN), on, *words).items[1]
    return item.verdict.light.value, item.verdict.reason


def test_work_waits_in_white_for_what_must_come_first() -> None:
    assert then_on(date(2023, 7, 30)) == ("white", "自2023年7月31日起启动")
    assert then_on(date(2023, 8, 1)) == ("white", "待“具体措施”完成后启动")
    assert then_on(date(2023, 10, 23)) == ("white", "待“具体措施”完成后启动")


def test_waiting_does_not_hide_a_near_or_missed_date() -> None:
    assert then_on(date(2023, 10, 24)) == ("grey", "尚无填报，距时限7天")
    assert then_on(date(2023, 11, 1)) == ("red", "已过时限1天，无填报")


def test_the_span_starts_when_the_first_is_done() -> None:
    assert then_on(date(2023, 7, 20), 100) == ("grey", "尚无填报，距时限103天")


def test_days_are_not_counted_beyond_a_year() -> None:
    far = only((measure(), deadline(date(2025, 12, 31)), line()), date(2023, 9, 22))
    assert far.verdict.reason == "尚无填报"
