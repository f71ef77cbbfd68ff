"""Verdicts on whole books: what moves a light, and seven real tasks through three years."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Part, ReviewVerdict, StationKind
from dashboard.rules.verdicts import Light
from tests.books import Desk, deadline, indicator, judged, line, measure, only, said, shipped

DUE = date(2024, 6, 30)


# What moves a light


def test_a_return_does_not_move_the_light() -> None:
    rows = (measure(), deadline(DUE), line())
    on = date(2023, 12, 1)
    kept = only(rows, on, said(40, date(2023, 11, 1)))
    returned = only(rows, on, said(40, date(2023, 11, 1)), said(95, on, ReviewVerdict.RETURNED))
    assert returned.verdict == kept.verdict


def test_only_the_line_that_sums_up_moves_the_light() -> None:
    rows = (
        indicator(13, unit="场"),
        deadline(DUE, indicator="i"),
        line(indicator="i"),
        line("l2", indicator="i", unit="v", part=Part.SHARE),
    )
    on = date(2023, 12, 1)
    silent, total = only(rows, on), only(rows, on, said(5, on))
    assert only(rows, on, said(13, on, to="l2")).verdict == silent.verdict
    assert only(rows, on, said(13, on, to="l2"), said(5, on)).verdict == total.verdict


def test_a_task_shows_its_worst_item_and_names_it() -> None:
    rows = (
        measure(title="先做"),
        deadline(date(2023, 7, 31)),
        line(),
        measure("m2", title="后做", seq=2),
        line("l2", measure="m2"),
    )
    (task,) = judged(rows, date(2023, 8, 1)).tasks
    assert (task.light, task.word) == (Light.RED, "逾期")
    assert task.reason == "先做：已过时限1天，无填报"


def test_a_task_without_lines_says_that_none_are_arranged() -> None:
    (task,) = judged((measure(),), DUE).tasks
    assert (task.light, task.reason) == (Light.GREY, "尚未安排报送事项")


def test_every_light_of_the_shipped_plan_has_a_reason_on_any_day(desk: Desk) -> None:
    for month in range(0, 30, 2):
        on = date(2023 + (5 + month) // 12, (5 + month) % 12 + 1, 28)
        for task in desk.judged(on).tasks:
            assert task.reason, (on, task.task.code)


# Seven tasks of the shipped plan


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(shipped(tmp_path))


def seen(desk: Desk, code: str, on: date) -> tuple[str, str]:
    verdict = desk.item(code, on).verdict
    return verdict.light.value, verdict.word


CENTRE = r.Station(
    code="s-centre",
    name="县心理健康中心",
    kind=StationKind.CENTRE,
    host_list="h-centre",
    begun_on=date(2023, 6, 20),
)


def test_the_county_centre_is_one_and_is_expected_on_its_date(desk: Desk) -> None:
    desk.add(date(2023, 6, 20), CENTRE)
    code = "i-4-1-centre"
    assert seen(desk, code, date(2023, 6, 19)) == ("grey", "无数据")
    assert seen(desk, code, date(2023, 7, 23)) == ("green", "正常")
    assert seen(desk, code, date(2023, 7, 24)) == ("yellow", "临近时限")
    assert {desk.item(code, date(2023, 7, day)).verdict.expected for day in (1, 15, 30)} == {0}
    on_the_date = desk.item(code, date(2023, 7, 31)).verdict
    assert (on_the_date.expected, on_the_date.word) == (1, "严重滞后")
    assert on_the_date.reason.endswith("今天到期")
    late = desk.item(code, date(2023, 8, 10)).verdict
    assert (late.light, late.reason) == (Light.RED, "完成0处（目标1处），已过时限10天")


def test_the_centre_built_is_done_and_waits_for_its_standard(desk: Desk) -> None:
    built = replace(CENTRE, built_on=date(2023, 7, 20))
    desk.add(date(2023, 7, 20), built)
    for on in (date(2023, 7, 20), date(2023, 7, 31), date(2023, 8, 1), date(2025, 12, 31)):
        assert seen(desk, "i-4-1-centre", on) == ("green", "完成待核")


def test_sixteen_partners_are_asked_for_once_the_centre_stands(desk: Desk) -> None:
    code = "i-4-5-partners"
    assert seen(desk, code, date(2023, 7, 1)) == ("white", "未到启动期")
    assert seen(desk, code, date(2023, 7, 31)) == ("white", "未到启动期")  # its day, not yet built
    assert seen(desk, code, date(2023, 9, 1)) == ("white", "未到启动期")  # the centre is late
    built = replace(CENTRE, built_on=date(2023, 7, 20))
    desk.add(date(2023, 7, 20), built)
    assert desk.item(code, date(2023, 9, 1)).starts_on == date(2023, 7, 20)
    desk.file("l-4-5-partners", 6, date(2023, 9, 1))
    assert seen(desk, code, date(2023, 9, 1)) == ("green", "正常")
    assert seen(desk, code, date(2023, 9, 25)) == ("yellow", "滞后")
    assert seen(desk, code, date(2023, 10, 20)) == ("red", "严重滞后")
    desk.file("l-4-5-partners", 16, date(2023, 10, 23))
    assert seen(desk, code, date(2023, 11, 30)) == ("green", "完成待核")


def test_partners_never_filed_are_red_from_the_day_after_their_date(desk: Desk) -> None:
    assert seen(desk, "i-4-5-partners", date(2023, 10, 31)) == ("grey", "无数据")
    assert desk.item("i-4-5-partners", date(2023, 11, 1)).verdict.reason == "已过时限1天，无填报"


def test_three_hundred_are_trained_in_2023(desk: Desk) -> None:
    code, line_code = "i-4-6-trained-2023", "l-4-6-trained-2023"
    desk.file(line_code, 130, date(2023, 9, 20))
    assert seen(desk, code, date(2023, 9, 20)) == ("green", "正常")
    desk.file(line_code, 260, date(2023, 12, 20))
    assert seen(desk, code, date(2023, 12, 20)) == ("green", "正常")
    assert seen(desk, code, date(2023, 12, 24)) == ("yellow", "临近时限")
    assert seen(desk, code, date(2024, 1, 1)) == ("red", "2023年度未完成")
    desk.file("l-4-6-trained-2024", 340, date(2024, 11, 20))
    assert seen(desk, code, date(2024, 11, 20)) == ("grey", "2023年度未完成")
    assert seen(desk, "i-4-6-trained-2024", date(2024, 11, 20)) == ("green", "完成待核")
    total = desk.item("i-4-6-trained", date(2024, 12, 31))
    assert (total.figure.value, total.verdict.expected) == (600, 600)


def test_ten_psychiatrists_step_at_year_ends_and_at_no_other_time(desk: Desk) -> None:
    code = "i-4-6-psychiatrist"
    desk.file("l-4-6-psychiatrist", 0, date(2023, 7, 5))
    days = [date(2023, 7, 10) + timedelta(days=30 * n) for n in range(30)]
    days += [date(2023, 12, 30), date(2023, 12, 31), date(2024, 12, 30), date(2024, 12, 31)]
    by_day = {day: desk.item(code, day).verdict.expected for day in sorted(days)}
    assert {by_day[day] for day in by_day if day < date(2023, 12, 31)} == {0}
    assert {by_day[day] for day in by_day if date(2023, 12, 31) <= day < date(2024, 12, 31)} == {2}
    assert {by_day[day] for day in by_day if date(2024, 12, 31) <= day < date(2025, 12, 30)} == {6}
    assert seen(desk, code, date(2023, 12, 30)) == ("green", "正常")
    assert seen(desk, code, date(2024, 1, 5)) == ("yellow", "滞后")
    assert seen(desk, code, date(2025, 1, 5)) == ("red", "严重滞后")


def test_ten_events_a_year_begin_anew_each_year(desk: Desk) -> None:
    code, line_code = "i-4-8-events", "l-4-8-events"
    desk.file(line_code, 6, date(2023, 10, 11))
    assert seen(desk, code, date(2023, 10, 11)) == ("green", "正常")
    desk.file(line_code, 10, date(2023, 12, 6))
    assert seen(desk, code, date(2023, 12, 31)) == ("green", "完成待核")
    assert seen(desk, code, date(2024, 1, 1)) == ("grey", "无数据")
    desk.file(line_code, 0, date(2024, 2, 21))
    assert seen(desk, code, date(2024, 2, 21)) == ("green", "正常")
    assert seen(desk, code, date(2024, 4, 1)) == ("yellow", "滞后")
    desk.file(line_code, 9, date(2024, 12, 31))
    assert seen(desk, code, date(2024, 12, 31)) == ("yellow", "临近时限")
    carried = desk.item(code, date(2025, 2, 1)).verdict
    assert carried.reason.startswith("2024年度未完成，差1场次结转本年；")
    assert carried.target == 11


def test_a_village_station_in_each_of_thirteen_towns_is_never_red(desk: Desk) -> None:
    days = [date(2023, 6, 7) + timedelta(days=90 * n) for n in range(14)]
    assert {seen(desk, "i-4-2-4-village", day) for day in days} == {("grey", "无数据")}
    towns = [host.unit for host in desk_hosts(desk)]
    assert len(towns) == 13
    stations = [
        r.Station(
            code=f"s-{town}",
            name="村站点",
            kind=StationKind.VILLAGE,
            town=town,
            host_list="h-village",
            built_on=date(2023, 9, 1),
        )
        for town in towns
    ]
    desk.add(date(2023, 9, 1), *stations[:12])
    desk.add(date(2023, 9, 15), replace(stations[0], code="a second one in the same town"))
    item = desk.item("i-4-2-4-village", date(2025, 12, 31))
    assert (item.verdict.light, item.verdict.word) == (Light.GREY, "未定时限")
    assert item.verdict.reason == "完成12处（目标13处），方案未定时限"
    desk.add(date(2023, 10, 1), stations[12])
    assert seen(desk, "i-4-2-4-village", date(2023, 10, 1)) == ("green", "完成待核")


def desk_hosts(desk: Desk) -> tuple[r.Host, ...]:
    return desk.judged(date(2023, 6, 7)).books.by(r.Host, "host_list")["h-village"]


def test_emergency_plans_without_date_or_number_are_never_red(desk: Desk) -> None:
    code, line_code = "m-4-9-1", "l-4-9-1"
    assert seen(desk, code, date(2023, 6, 7)) == ("grey", "无数据")
    assert seen(desk, code, date(2026, 6, 7)) == ("grey", "无数据")
    desk.file(line_code, 50, date(2023, 9, 20))
    assert seen(desk, code, date(2026, 6, 7)) == ("grey", "未定时限")
    desk.file(line_code, 100, date(2023, 11, 20), is_done=True)
    assert seen(desk, code, date(2023, 11, 20)) == ("green", "完成待核")


def test_a_new_plan_without_filings_is_red_nowhere_on_its_first_day(desk: Desk) -> None:
    found = {each.verdict.light for each in desk.judged(date(2023, 6, 6)).items}
    assert found <= {Light.GREY, Light.WHITE}
