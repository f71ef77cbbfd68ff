"""What one year leaves undone: named, carried, made up; and what year a filing speaks of."""

from dataclasses import replace
from datetime import date, time

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import HostState, Method, Recurrence
from dashboard.rules.verdicts import Light
from tests.books import PLAN, Said, deadline, indicator, judged, line, only, said

YEARLY = (
    indicator(10),
    deadline(None, indicator="i", recurrence=Recurrence.YEARLY),
    line(indicator="i"),
)


# Yearly duties


def test_a_missed_year_is_named_and_its_gap_asked_for_in_the_next() -> None:
    in_2023, in_2024 = said(6, date(2023, 12, 20)), said(3, date(2024, 5, 20))
    item = only(YEARLY, date(2024, 5, 31), in_2023, in_2024)
    assert item.verdict.target == 14
    assert item.verdict.reason.startswith("2023年度未完成，差4家结转本年；完成3家（目标14家）")


def test_a_year_without_any_filing_says_so() -> None:
    item = only(YEARLY, date(2024, 5, 31), said(3, date(2024, 5, 20)))
    assert item.verdict.reason.startswith("2023年度未完成（无填报），差10家结转本年；")


def test_a_kept_year_leaves_nothing_behind() -> None:
    words = said(12, date(2023, 12, 20)), said(3, date(2024, 5, 20))
    item = only(YEARLY, date(2024, 5, 31), *words)
    assert (item.verdict.target, "结转" in item.verdict.reason) == (10, False)


def test_a_year_before_the_plan_was_in_use_leaves_nothing_behind() -> None:
    plan = replace(PLAN, started_on=date(2024, 2, 1))
    assert "结转" not in only(YEARLY, date(2024, 5, 31), plan=plan).verdict.reason


def test_what_is_carried_is_done_only_when_the_gap_is_closed_too() -> None:
    before = said(6, date(2023, 12, 20))
    enough_for_itself = only(YEARLY, date(2024, 8, 1), before, said(12, date(2024, 7, 20)))
    assert enough_for_itself.verdict.word == "正常"
    made_up = only(YEARLY, date(2024, 8, 1), before, said(14, date(2024, 7, 20)))
    assert made_up.verdict.word == "完成待核"


def test_a_gap_that_is_not_made_up_is_carried_on() -> None:
    words = said(6, date(2023, 12, 20)), said(12, date(2024, 12, 20)), said(1, date(2025, 3, 1))
    item = only(YEARLY, date(2025, 3, 31), *words)
    assert item.verdict.reason.startswith("2024年度未完成，差2家结转本年；")
    assert item.verdict.target == 12
    closed = only(YEARLY, date(2025, 3, 31), words[0], said(14, date(2024, 12, 20)), words[2])
    assert closed.verdict.target == 10


def test_hosts_are_asked_anew_each_year_and_never_more_than_there_are() -> None:
    hosts = r.HostList(code="h", title="镇街", clause="一", seq=1, unit_word="个", total=13)
    host = r.Host(code="h1", host_list="h", unit="u", state=HostState.OBLIGED, number=13)
    counted = indicator(1, method=Method.HOSTS_MET, host_list="h")
    rows = (hosts, host, counted, *YEARLY[1:])
    item = only(rows, date(2024, 3, 1), said(9, date(2023, 12, 20)), said(2, date(2024, 2, 20)))
    assert item.verdict.target == 13
    assert item.verdict.reason.startswith("2023年度未完成，差4个；完成2个（目标13个）")


# Year ends


def test_a_new_year_starts_from_nothing() -> None:
    word = said(10, date(2023, 12, 20))
    assert only(YEARLY, date(2023, 12, 31), word).verdict.word == "完成待核"
    item = only(YEARLY, date(2024, 1, 1), word)
    assert (item.figure.value, item.verdict.light, item.verdict.word) == (
        None,
        Light.GREY,
        "无数据",
    )


@pytest.mark.parametrize("last_day", [date(2024, 12, 30), date(2024, 12, 31), date(2025, 12, 31)])
def test_the_years_last_days_close_it_though_their_week_counts_as_the_next_years(
    last_day: date,
) -> None:
    words = said(10, date(2023, 12, 20)), said(10, date(2024, 12, 20)), said(11, last_day)
    assert only(YEARLY, last_day, *words).verdict.reason.startswith("完成11家（目标10家）")
    assert only(YEARLY, date(last_day.year + 1, 1, 1), *words).figure.value is None


def test_a_late_filing_for_decembers_round_still_counts_for_december() -> None:
    late = said(10, date(2024, 1, 3), round="2023-W52")
    item = only(YEARLY, date(2024, 1, 31), said(4, date(2023, 12, 20)), late)
    assert (item.figure.value, item.verdict.target) == (None, 10)


def test_new_years_day_begins_in_shanghai_and_not_in_greenwich() -> None:
    early = said(1, date(2024, 1, 1), at=time(1))  # still 2023 in UTC
    assert only(YEARLY, date(2024, 1, 1), early).figure.value == 1


# Yearly shares of a larger target


def share(year: int, value: float) -> tuple[r.Record, ...]:
    code = f"i{year}"
    starts = date(year, 1, 1) if year > 2023 else None
    return (
        indicator(value, code, unit="人次", year=year, part_of="i", seq=year),
        deadline(date(year, 12, 31), f"d{year}", indicator=code, starts_on=starts),
        line(f"l{year}", indicator=code),
    )


SHARES = (indicator(800), *share(2023, 300), *share(2024, 300), *share(2025, 200))


def share_on(year: int, on: date, *words: Said, plan: r.Plan = PLAN) -> tuple[str, str, str]:
    items = judged(SHARES, on, *words, plan=plan).items
    verdict = next(each.verdict for each in items if each.item.code == f"i{year}")
    return verdict.light.value, verdict.word, verdict.reason


def trained(year: int, value: float) -> Said:
    return said(value, date(year, 12, 20), to=f"l{year}")


def test_a_missed_share_closes_as_an_unfinished_year() -> None:
    word = trained(2023, 240)
    assert share_on(2023, date(2023, 12, 31), word)[1] == "滞后"
    assert share_on(2023, date(2024, 1, 1), word) == (
        "red",
        "2023年度未完成",
        "2023年度未完成，差60人次，结转下年",
    )
    assert share_on(2023, date(2024, 1, 1))[2] == "2023年度未完成，无填报，差300人次，结转下年"


def test_the_last_share_has_no_year_to_carry_its_gap_to() -> None:
    words = trained(2023, 300), trained(2024, 300), trained(2025, 150)
    assert share_on(2025, date(2026, 1, 1), *words) == (
        "red",
        "2025年度未完成",
        "2025年度未完成，差50人次",
    )


def test_the_next_share_is_asked_for_with_the_gap() -> None:
    words = trained(2023, 240), said(100, date(2024, 3, 1), to="l2024")
    assert (
        "差60人次结转本年；完成100人次（目标360人次）"
        in share_on(2024, date(2024, 4, 1), *words)[2]
    )


def test_a_gap_made_up_later_is_no_longer_red() -> None:
    words = trained(2023, 240), trained(2024, 360)
    assert share_on(2023, date(2024, 12, 31), *words) == (
        "grey",
        "2023年度未完成",
        "完成240人次（目标300人次），缺口已于次年补齐",
    )
    assert share_on(2024, date(2024, 12, 31), *words)[1] == "完成待核"
    assert share_on(2024, date(2024, 12, 31), words[0], trained(2024, 359))[1] == "临近时限"


def test_what_the_next_year_trains_goes_to_the_gap_first() -> None:
    word, on = trained(2023, 240), date(2024, 3, 1)
    assert share_on(2023, on, word, said(59, on, to="l2024"))[0] == "red"
    assert share_on(2023, on, word, said(60, on, to="l2024"))[0] == "grey"


def test_a_share_that_has_not_begun_is_white() -> None:
    assert share_on(2024, date(2023, 12, 31)) == ("white", "未到启动期", "自2024年1月1日起启动")


def test_shares_before_the_plan_was_in_use_are_not_carried() -> None:
    plan = replace(PLAN, started_on=date(2024, 3, 1))
    assert share_on(2023, date(2024, 6, 1), plan=plan)[:2] == ("grey", "期初待录")
    words = trained(2024, 300), said(50, date(2025, 3, 1), to="l2025")
    assert "结转" not in share_on(2025, date(2025, 4, 1), *words, plan=plan)[2]
    short = share_on(2025, date(2025, 4, 1), trained(2024, 280), words[1], plan=plan)[2]
    assert "差20人次结转本年" in short
