"""What a station lacks, in words, and that the words agree with the count."""

from dataclasses import replace

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import CheckVerdict, Comparator
from dashboard.rules.standards import (
    all_checks,
    check,
    check_list,
    in_areas,
    lack,
    up_to_standard,
    verdict_of,
)
from tests.rules.stations_given import TODAY, books, folder, inspected, station

ITEMS = {row.code: row for row in folder().rows if isinstance(row, r.StandardItem)}


@pytest.mark.parametrize(
    ("code", "measured", "words"),
    [
        ("s3-02", 16.0, "总面积16平方米，低于20平方米"),
        ("s3-04", 0.0, "专（兼）职服务人员0名，少于1名"),
        ("s2-13", 8.0, "个体咨询室8平方米，应为10—20平方米"),
        ("s2-18", 1.0, "宣泄室：宣泄设备1项，少于2项"),
        ("s2-27", 4.0, "兼职心理咨询师4名，少于6名"),
        ("s3-01", None, "工作区不独立"),
        ("s3-03", None, "设备不全（应有桌椅、资料柜、电话、电脑打印机、挂图）"),
        ("s3-08", None, "缺智慧平台功能"),
        ("s3-10", None, "无工作制度"),
        ("s3-12", None, "相关制度未上墙"),
        ("s2-08", None, "未独立设沙盘室"),
        ("s2-19", None, "生物反馈治疗室设备不全（应有治疗仪、心理挂图）"),
        ("s2-02", None, "未达到“选址在县城区”"),
        ("s3-02", None, "未达到“总面积不少于20平方米”"),
    ],
)
def test_what_is_lacking_is_said_as_an_inspector_would(
    code: str, measured: float | None, words: str
) -> None:
    assert lack(ITEMS[code], measured) == words


def test_a_figure_just_short_of_its_bound_is_not_told_as_the_bound() -> None:
    assert lack(ITEMS["s3-02"], 19.999) == "总面积19.999平方米，低于20平方米"
    assert lack(ITEMS["s2-13"], 20.001).startswith("个体咨询室20.001平方米，应为10—20")


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_no_requirement_is_said_as_if_it_were_met(item: r.StandardItem) -> None:
    words = lack(item)
    assert words != item.requirement
    assert any(sign in words for sign in ("无", "缺", "未", "不"))


def test_a_station_names_what_was_found_lacking() -> None:
    given = books(station("a"), *inspected("a", s3_02=16.0, s3_12=None))
    found = check(given, given.get(r.Station, "a"), TODAY)
    assert (found.word, found.reason) == ("未达标", "总面积16平方米，低于20平方米；相关制度未上墙")


def test_the_area_in_the_ledger_speaks_where_the_inspection_gave_no_figure() -> None:
    given = books(station("a", area_m2=15.5), *inspected("a", s3_02=None))
    assert check(given, given.get(r.Station, "a"), TODAY).missing == (
        "总面积15.5平方米，低于20平方米",
    )


def test_what_nobody_checked_is_waiting_and_not_wanting() -> None:
    given = books(station("a"))
    found = check(given, given.get(r.Station, "a"), TODAY)
    assert (found.word, found.reason) == ("待检查", "尚未对照附件3检查")


def test_what_is_left_to_check_is_counted_beside_what_is_missing() -> None:
    given = books(station("a"), *inspected("a", s3_10=None)[:-2])
    found = check(given, given.get(r.Station, "a"), TODAY)
    assert (found.word, found.reason) == ("未达标", "无工作制度；2项待检查")


def test_a_station_under_way_is_not_judged() -> None:
    given = books(station("a", built_on=None, begun_on=TODAY))
    found = check(given, given.get(r.Station, "a"), TODAY)
    assert (found.word, found.reason, found.is_met) == ("—", "", False)


def test_the_words_agree_with_the_count_of_stations_up_to_standard() -> None:
    exempt = [
        replace(each, verdict=CheckVerdict.EXEMPT) if each.item == "s3-08" else each
        for each in inspected("c")
    ]
    centre = station("d", host_list="h-centre")
    rows = [station("a"), *inspected("a"), station("b"), station("c"), *exempt]
    given = books(*rows, centre, *inspected("d", "附件2"), station("e", host_list="h-hospital"))
    for each in given.all(r.Station):
        assert check(given, each, TODAY).is_met is up_to_standard(given, each), each.code
    assert [check(given, each, TODAY).word for each in given.all(r.Station)] == [
        "达标",
        "待检查",
        "达标",
        "达标",
        "达标",
    ]


@pytest.mark.parametrize(
    ("code", "measured", "verdict"),
    [
        ("s3-02", 20.0, CheckVerdict.MET),
        ("s3-02", 19.99, CheckVerdict.NOT_MET),
        ("s2-13", 10.0, CheckVerdict.MET),
        ("s2-13", 20.0, CheckVerdict.MET),
        ("s2-13", 20.5, CheckVerdict.NOT_MET),
        ("s2-13", 9.0, CheckVerdict.NOT_MET),
    ],
)
def test_a_measured_value_says_by_itself_whether_an_item_is_met(
    code: str, measured: float, verdict: CheckVerdict
) -> None:
    assert verdict_of(ITEMS[code], measured) is verdict


def test_at_most_and_exactly_are_read_as_they_are_said() -> None:
    for comparator, below, above in (
        (Comparator.AT_MOST, CheckVerdict.MET, CheckVerdict.NOT_MET),
        (Comparator.EXACTLY, CheckVerdict.NOT_MET, CheckVerdict.NOT_MET),
    ):
        item = replace(ITEMS["s3-02"], comparator=comparator)
        found = [verdict_of(item, measured) for measured in (19.0, 20.0, 21.0)]
        assert found == [below, CheckVerdict.MET, above]


def test_an_item_without_a_threshold_has_no_verdict_by_number() -> None:
    with pytest.raises(ValueError, match="s3-01"):
        verdict_of(ITEMS["s3-01"], 1.0)


def test_the_check_list_stands_by_area_and_says_what_each_item_lacks() -> None:
    given = books(station("a"), *inspected("a", s3_02=16.0, s3_12=None)[:-1])
    found = check_list(given, given.get(r.Station, "a"))
    assert [len(items) for items in in_areas(found).values()] == [2, 1, 2, 4, 3]
    said = {each.item.code: (each.word, each.lack) for each in found}
    assert said["s3-02"] == ("未达到", "总面积16平方米，低于20平方米")
    assert said["s3-11"] == ("达到", "")
    assert said["s3-12"] == ("待检查", "")
    assert check_list(given, station("b", host_list=None)) == ()


def test_of_several_inspections_the_latest_counts_and_none_from_before_a_move() -> None:
    again = [replace(each, inspected_on=TODAY) for each in inspected("a")]
    given = books(station("a"), *again, *inspected("a", s3_12=None))
    assert check(given, given.get(r.Station, "a"), TODAY).word == "达标"
    moved = replace(station("a"), moved_on=TODAY)
    given = books(moved, *inspected("a"))
    found = check(given, moved, TODAY)
    assert (found.word, found.reason) == ("待检查", "搬迁后尚未对照附件3检查")
    assert not up_to_standard(given, moved)
    assert up_to_standard(books(moved, *again), moved)


def test_every_check_is_worked_out_once_for_the_same_books() -> None:
    given = books(station("a"), station("b"), *inspected("a"))
    found = all_checks(given, TODAY)
    assert [each.word for each in found] == ["达标", "待检查"]
    assert all_checks(given, TODAY) is found
