"""Gaps: what a town lacks in words, and the task, units, date and light of who closes it."""

from dataclasses import replace
from datetime import date

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import HostState, Role, StationKind
from dashboard.rules.coverage import by_place, in_all, of_area, station_lists
from dashboard.rules.gap_words import missing_words
from dashboard.rules.gaps import (
    Gap,
    closing,
    gap_light,
    gap_of,
    worst_first,
    worst_gaps,
)
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.rules.verdicts import Light
from dashboard.settings import load
from tests.rules.grounds_given import body, ground, hosts, school, share
from tests.rules.stations_given import BUILT, TODAY, books, inspected, station

JIAXIANG, WOLONGSHAN, WANZHANG, ZHIFANG = ("370829001", "370829002", "370829003", "370829101")


def judged(given: Books) -> Judgement:
    return judge_books(given, load({}))


def missing(given: Books, town: str, code: str = "h-village") -> str:
    listed = given.get(r.HostList, code)
    return missing_words(given, of_area(given, listed, given.get(r.Unit, town), TODAY), TODAY)


def given_villages() -> Books:
    """Four towns: below standard, met, building, nothing."""
    return books(
        *(station("a"), *inspected("a", s3_02=16.0)),
        *(station("b", WOLONGSHAN), *inspected("b")),
        station("c", WANZHANG, built_on=None, begun_on=BUILT),
    )


def test_what_is_missing_is_said_in_words() -> None:
    given = given_villages()
    assert missing(given, JIAXIANG) == "建成未达标1处：总面积16平方米，低于20平方米"
    assert missing(given, WOLONGSHAN) == ""
    assert missing(given, WANZHANG) == "在建"
    assert missing(given, ZHIFANG) == "未动工"
    assert missing(books(), JIAXIANG) == "站点台账尚无登记"


def test_named_bodies_without_a_station_are_named() -> None:
    bodies = [body(f"b{number}") for number in range(1, 6)]
    given = ground(
        *bodies,
        school("s1", listed_host="b1"),
        school("s2", listed_host="b2", built_on=None, begun_on=BUILT),
    )
    said = missing(given, "town11", "h")
    assert said == "未建成4所（b2学校、b3学校、b4学校等），其中在建1所"


def test_places_for_special_groups_are_never_named() -> None:
    listed = hosts(station_kind=StationKind.SPECIAL)
    given = ground(body("b1"), body("b2"), school("s", listed_host="b1"), listed=listed)
    assert missing(given, "town11", "h") == "未建成1所"


def test_no_gap_is_blue_and_a_gap_has_the_light_of_what_closes_it() -> None:
    now = judged(given_villages())
    listed = now.books.get(r.HostList, "h-village")
    found = {each.unit.code: each for each in by_place(now.books, listed, TODAY) if each.unit}
    assert gap_light(now, found[WOLONGSHAN]) == (Light.BLUE, "无缺口")
    speaks = worst_first(now, listed)[0]
    assert gap_light(now, found[ZHIFANG]) == (speaks.light, speaks.word)
    assert gap_light(now, found["370829400"]) == (Light.GREY, "不适用")
    school_list = now.books.get(r.HostList, "h-school")
    unknown = by_place(now.books, school_list, TODAY)[0]
    assert gap_light(now, unknown) == (Light.GREY, "待核定")


def test_a_list_that_no_task_counts_says_so() -> None:
    now = judged(ground(share("town11", 1), school("s", "town12"), listed=hosts(clause="九")))
    listed = now.books.get(r.HostList, "h")
    coverage = of_area(now.books, listed, now.books.get(r.Unit, "town11"), TODAY)
    assert closing(now, listed) == ()
    assert gap_light(now, coverage) == (Light.GREY, "无对应任务")
    found = gap_of(now, coverage)
    assert (found.task, found.due_on, found.units, found.word) == (None, None, (), "无对应任务")


def gaps_of(now: Judgement, town: str) -> list[Gap]:
    return [each for each in worst_gaps(now, 100) if each.town and each.town.code == town]


def test_a_towns_gaps_tell_task_units_and_date() -> None:
    now = judged(given_villages())
    found = gaps_of(now, ZHIFANG)
    assert [(each.hosts.code, each.lacking, each.missing) for each in found] == [
        ("h-village", 1, "未动工")
    ]
    gap = found[0]
    assert gap.task is not None
    assert gap.task.task.title == "完善综治中心、社区和村居站点"
    assert Role.LOCAL in dict(gap.units)
    assert gap.closing == worst_first(now, gap.hosts)[0]
    assert gaps_of(now, WOLONGSHAN) == []


def test_the_worst_gap_is_the_one_whose_task_is_reddest_and_then_the_barest() -> None:
    now = judged(given_villages())
    found = worst_gaps(now, 100)
    first = found[0]
    assert (first.hosts.code, first.town, first.light) == ("h-centre", None, Light.RED)
    assert first.due_on == date(2023, 7, 31)
    village = [each for each in found if each.hosts.code == "h-village"]
    assert [each.missing for each in village[-2:]] == [
        "在建",
        "建成未达标1处：总面积16平方米，低于20平方米",
    ]
    assert {each.missing for each in village[:-2]} == {"未动工"}
    assert sum(each.lacking for each in village) == 12
    assert worst_gaps(now, 3) == found[:3]


def test_a_total_that_no_town_shares_stands_as_one_gap_without_a_town() -> None:
    found = [each for each in worst_gaps(judged(books()), 99) if each.hosts.code == "h-community"]
    assert [(each.town, each.lacking) for each in found] == [(None, 13)]


def test_what_a_county_must_have_itself_is_the_countys_gap() -> None:
    rows = (share("county1", 1), share("county2", 2), share("town21", 1))
    found = worst_gaps(judged(ground(*rows, listed=hosts(clause="九"))), 99)
    assert {each.town.code: each.lacking for each in found if each.town} == {
        "county1": 1,
        "county2": 1,
        "town21": 1,
    }
    assert all(each.town for each in found)


def test_what_is_encouraged_or_not_settled_is_no_gap() -> None:
    given = books()
    rows = [
        replace(each, state=HostState.OBLIGED, number=2)
        if each.host_list == "h-workplace"
        else each
        for each in given.all(r.Host)
    ]
    given = given.supposing(rows={**given.rows, "host": tuple(rows)})
    lists = {each.hosts.code for each in worst_gaps(judged(given), 999)}
    assert lists == {"h-centre", "h-village", "h-community"}
    for listed in station_lists(given):
        whole = in_all(given, listed, TODAY)
        assert (listed.code in lists) == bool(whole.gap and listed.code != "h-workplace")
