"""Stations, obliged bodies and own standards: what is refused, by its field and with its cure."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Comparator, StationKind
from dashboard.posting.edit_faults import edit_faults
from dashboard.posting.editable import open_fields
from dashboard.posting.endings import uses
from dashboard.posting.faults import faults_of
from dashboard.posting.station_faults import named_by
from tests.rules.stations_given import BUILT, TODAY, books, inspected, station

TOWN, OTHER_TOWN = "370829110", "370829001"
SCHOOL = r.ListedHost(code="LH1", host_list="h-school", name="第一中学", town=TOWN)
OWN = r.StandardItem(
    code="SI1",
    standard="门诊标准",
    area="场地",
    clause="四（二）2",
    requirement="候诊区不少于10平方米",
    seq=1,
    comparator=Comparator.AT_LEAST,
    value=10.0,
    unit="平方米",
)


def told(row: r.Record, *more: r.Record) -> dict[str | None, str]:
    """The faults of a row among the plan's and these, by their field."""
    given = books(*more)
    return {fault.field: fault.message for fault in (*faults_of(row), *edit_faults(given, row))}


def village(**fields: Any) -> r.Station:
    return station("new", TOWN, **fields)


def loaded(*more: r.Record) -> Books:
    """The plan's books as they are once it was loaded, and these rows of the office's own."""
    given = books(*more)
    known_at = given.as_of
    rows = {
        name: tuple(row if row in more else replace(row, known_at=known_at) for row in held)
        for name, held in given.rows.items()
    }
    return given.supposing(plan=replace(given.plan, known_at=known_at), rows=rows)


# Stations

GOOD: dict[str, dict[str, Any]] = {
    "只有名称": {},
    "依次的日期": {"begun_on": BUILT, "moved_on": TODAY, "ended_on": TODAY},
    "固定电话": {"hotline": "0537-6821234", "hotline_shown": True},
    "短号": {"hotline": "12355", "hotline_shown": False},
    "两个号码": {"hotline": "6821234、0537—6821235"},
    "免费电话": {"hotline": "400-161-9995"},
    "服务人次": {"served": 3, "served_on": TODAY},
    "人员": {"full_time": 1, "part_time": 2, "counsellors": 3, "volunteers": 9},
}
WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "搬迁早于建成": ({"moved_on": BUILT - timedelta(1)}, "moved_on", "应依次排列"),
    "停用早于搬迁": ({"moved_on": TODAY, "ended_on": BUILT}, "ended_on", "应依次排列"),
    "将要搬迁": ({"moved_on": TODAY + timedelta(1)}, "moved_on", "不能晚于今天"),
    "未建成先搬": ({"built_on": None, "moved_on": TODAY}, "moved_on", "直接修改地址和点位"),
    "手机": ({"hotline": "13900000000"}, "hotline", "固定电话或短号"),
    "带空格的手机": ({"hotline": "139 0000 0000"}, "hotline", "固定电话或短号"),
    "身份证号": ({"hotline": "110101199003071234"}, "hotline", "固定电话或短号"),
    "不是号码": ({"hotline": "问总机"}, "hotline", "固定电话或短号"),
    "公示了什么": ({"hotline_shown": True}, "hotline", "请填写号码"),
    "人次没有日期": ({"served": 30}, "served_on", "同时填写或同时留空"),
    "日期没有人次": ({"served_on": TODAY}, "served", "同时填写或同时留空"),
    "人次负数": ({"served": -1, "served_on": TODAY}, "served", "应在0至"),
    "统计到明天": ({"served": 9, "served_on": TODAY + timedelta(1)}, "served_on", "不能晚于今天"),
    "建成前的人次": ({"served": 9, "served_on": date(2023, 7, 1)}, "served_on", "不能早于"),
    "咨询师多于人员": ({"full_time": 1, "counsellors": 2}, "counsellors", "（1人）"),
    "名录类型不同": ({"host_list": "h-school"}, "host_list", "类型与本站点不同"),
    "只有经度": ({"lon": 116.3}, "lat", "同时填写或同时留空"),
}


@pytest.mark.parametrize("good", GOOD)
def test_a_station_with_this_is_taken(good: str) -> None:
    assert told(village(**GOOD[good])) == {}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_station_is_refused_by_its_field(wrong: str) -> None:
    fields, field, message = WRONG[wrong]
    found = told(village(**fields))
    assert message in found[field]


@pytest.mark.parametrize("row", [station("new", TOWN), SCHOOL], ids=["站点", "应设单位"])
def test_a_department_is_no_town(row: r.Station | r.ListedHost) -> None:
    assert "不是镇街" in told(replace(row, town="u-gaj"))["town"]


def test_a_station_that_was_inspected_had_begun_before() -> None:
    seen = inspected("new")
    first = min(each.inspected_on for each in seen)
    assert told(village(begun_on=None, built_on=first), *seen) == {}
    late = told(village(begun_on=None, built_on=first + timedelta(1)), *seen)
    assert "不能晚于首次检查的日期" in late["built_on"]
    bare = told(village(begun_on=None, built_on=None), *seen)
    assert "至少填写开工或建成日期" in bare["built_on"]


def test_a_station_is_not_entered_twice_and_its_successor_may_have_its_name() -> None:
    same = station("old", TOWN, name="new站")
    assert "已有同名站点（编号old）" in told(village(), same)["name"]
    assert told(village(), replace(same, ended_on=TODAY)) == {}
    assert told(village(), replace(same, town=OTHER_TOWN)) == {}


def test_an_obliged_body_is_of_the_stations_list_and_town_and_has_one_station() -> None:
    given = {"kind": StationKind.SCHOOL, "host_list": "h-school", "listed_host": "LH1"}
    assert told(village(**given), SCHOOL) == {}
    elsewhere = told(replace(village(**given), town=OTHER_TOWN), SCHOOL)
    assert "与所选镇街不同" in elsewhere["listed_host"]
    assert "“中小学校心理辅导室”中" in told(village(listed_host="LH1"), SCHOOL)["listed_host"]
    taken = station("old", TOWN, **given)
    assert "已有站点“old站”" in told(village(**given), SCHOOL, taken)["listed_host"]
    assert told(village(**given), SCHOOL, replace(taken, ended_on=TODAY)) == {}


# Obliged bodies


def test_a_body_stands_once_in_a_list_and_stays_where_its_station_is() -> None:
    twin = replace(SCHOOL, code="LH2")
    assert "已有同名单位" in told(twin, SCHOOL)["name"]
    assert told(replace(twin, town=OTHER_TOWN), SCHOOL) == {}
    coded = replace(SCHOOL, official_code="3137000001")
    other = replace(twin, name="第二中学", official_code="3137000001")
    assert "“第一中学”已用这个机构代码" in told(other, coded)["official_code"]
    held = station("a", TOWN, kind=StationKind.SCHOOL, host_list="h-school", listed_host="LH1")
    moved = replace(SCHOOL, town=OTHER_TOWN)
    assert "请先修改站点" in told(moved, SCHOOL, held)["town"]


# Own standards

BAD_ITEMS: dict[str, tuple[dict[str, Any], str]] = {
    "缺比较": ({"comparator": None}, "comparator"),
    "缺要求值": ({"value": None}, "value"),
    "缺计量单位": ({"unit": None}, "unit"),
    "负数": ({"value": -1.0}, "value"),
    "介于无上限": ({"comparator": Comparator.BETWEEN}, "value_high"),
    "上限低于下限": ({"comparator": Comparator.BETWEEN, "value_high": 5.0}, "value_high"),
    "多余的上限": ({"value_high": 20.0}, "value_high"),
}


def test_an_own_requirement_with_or_without_a_threshold_is_taken() -> None:
    assert told(OWN) == {}
    between = replace(OWN, comparator=Comparator.BETWEEN, value_high=20.0)
    assert told(between) == {}
    assert told(replace(OWN, comparator=None, value=None, unit=None)) == {}


@pytest.mark.parametrize("bad", BAD_ITEMS)
def test_a_requirement_is_refused_by_its_field(bad: str) -> None:
    fields, field = BAD_ITEMS[bad]
    assert list(told(replace(OWN, **fields))) == [field]


def test_the_plans_own_standards_take_no_further_requirement() -> None:
    (fault,) = edit_faults(loaded(), replace(OWN, standard="附件3"))
    assert "请填写自定标准的名称" in fault.message


@pytest.mark.parametrize("alike", ["附件 3", "附件３", " 附件3"])
def test_an_own_standard_is_not_named_almost_like_another(alike: str) -> None:
    assert "附件3" in told(replace(OWN, standard=alike))["standard"]


def test_a_requirement_is_not_said_twice_in_a_standard() -> None:
    assert "已有这一条" in told(replace(OWN, code="SI2"), OWN)["requirement"]


def test_what_was_inspected_is_not_reworded_and_may_name_its_basis() -> None:
    seen = replace(inspected("a")[0], item="SI1")
    loosened = told(replace(OWN, value=5.0), OWN, seen)
    assert "请另立标准" in loosened["value"]
    assert told(replace(OWN, value=5.0), OWN) == {}
    assert told(replace(OWN, basis="县卫健局〔2023〕8号"), OWN, seen) == {}


def test_the_last_requirement_of_a_standard_stays_while_a_list_names_it() -> None:
    given = books(OWN)
    hosts = replace(given.get(r.HostList, "h-hospital"), standard="门诊标准")
    among = given.with_row(hosts, ["h-hospital"])
    assert named_by(among, OWN) == "“二级以上综合医院心理科门诊”"
    assert named_by(given, OWN) == ""
    assert uses(among, OWN) == {}


# Which standard a list is checked against


def test_a_printed_list_that_prints_no_standard_takes_one_of_the_offices_own() -> None:
    given = loaded(OWN)
    bare, printed = given.get(r.HostList, "h-hospital"), given.get(r.HostList, "h-school")
    assert "standard" in {field.name for field in open_fields(given, bare)}
    assert "standard" not in {field.name for field in open_fields(given, printed)}
    assert list(edit_faults(given, replace(bare, standard="门诊标准"))) == []
    (fault,) = edit_faults(given, replace(bare, standard="附件3"))
    assert "请选择办公室自定的标准" in fault.message
    (fault,) = edit_faults(given, replace(bare, standard="没有的标准"))
    assert "已有的建设标准为：门诊标准、附件2、附件3" in fault.message
