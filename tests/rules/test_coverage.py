"""Coverage of host lists: what is met, what is built below standard, and what is not known."""

from dataclasses import replace
from datetime import date, timedelta

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import HostState, StationKind
from dashboard.rules.coverage import (
    Stage,
    by_place,
    by_town,
    in_all,
    leading_list,
    places_of,
    sentence,
    towns_of,
    without_station,
)
from tests.rules.stations_given import BUILT, TODAY, books, inspected, station

ALL = ("370829001", "370829002", "370829003", "370829101", "370829102", "370829105", "370829106")


def village(given: Books) -> r.HostList:
    return given.get(r.HostList, "h-village")


def test_a_built_station_below_standard_is_built_and_not_met() -> None:
    given = books(station("a"), *inspected("a", s3_02=16.0))
    town = by_town(given, village(given), TODAY)[0]
    assert (town.built, town.met, town.below, town.gap) == (1, 0, 1, 1)
    assert (town.rate, town.stage) == (0.0, Stage.BUILT)


def test_a_station_without_inspections_is_not_yet_up_to_standard() -> None:
    given = books(station("a"))
    assert by_town(given, village(given), TODAY)[0].stage is Stage.BUILT


def test_a_station_up_to_standard_fills_its_town() -> None:
    given = books(station("a"), *inspected("a"))
    town = by_town(given, village(given), TODAY)[0]
    assert (town.met, town.gap, town.rate, town.stage) == (1, 0, 1.0, Stage.MET)


def test_a_station_counts_from_the_day_it_is_built_and_not_the_day_before() -> None:
    begun = BUILT - timedelta(days=30)
    given = books(station("a", begun_on=begun), *inspected("a"))
    before = by_town(given, village(given), BUILT - timedelta(days=1))[0]
    assert (before.built, before.building, before.stage) == (0, 1, Stage.BUILDING)
    assert by_town(given, village(given), BUILT)[0].stage is Stage.MET
    assert by_town(given, village(given), begun - timedelta(days=1))[0].stage is Stage.IDLE


def test_a_closed_station_counts_no_longer() -> None:
    given = books(station("a", ended_on=TODAY), *inspected("a"))
    assert by_town(given, village(given), TODAY)[0].stage is Stage.IDLE
    assert by_town(given, village(given), TODAY - timedelta(days=1))[0].stage is Stage.MET


def test_a_second_station_in_one_town_does_not_fill_an_empty_one() -> None:
    stations = [station("a"), station("b")]
    given = books(*stations, *inspected("a"), *inspected("b"))
    whole = in_all(given, village(given), TODAY)
    assert (whole.met, whole.filled, whole.standing, whole.gap) == (2, 1, 1, 12)
    assert len(without_station(given, village(given), TODAY)) == 12


def test_an_unknown_number_is_neither_nothing_nor_not_applicable() -> None:
    given = books(station("a", host_list="h-community"), *inspected("a"))
    community = given.get(r.HostList, "h-community")
    town = by_town(given, community, TODAY)[0]
    assert (town.obliged, town.is_exempt, town.rate, town.gap) == (None, False, None, None)
    assert (town.stage, town.denominator) == (Stage.UNKNOWN, "应设数待核定")
    assert in_all(given, community, TODAY).rate == 1 / 13


def test_a_town_that_is_exempt_has_no_rate() -> None:
    given = books()
    row = next(each for each in given.all(r.Host) if each.code == "h-village-370829114")
    exempt = replace(row, state=HostState.EXEMPT, number=None)
    rest = [each for each in given.all(r.Host) if each is not row]
    given = books(*rest, exempt, without=[r.Host])
    last = by_town(given, village(given), TODAY)[-1]
    assert (last.stage, last.denominator, last.rate) == (Stage.EXEMPT, "不适用", None)


def test_a_list_does_not_oblige_whom_it_leaves_out_and_an_unwritten_one_is_unknown() -> None:
    given = books()
    zone = by_place(given, village(given), TODAY)[-1]
    assert zone.unit is not None
    assert (zone.unit.name, zone.stage) == ("县经开区", Stage.EXEMPT)
    special = given.get(r.HostList, "h-special")
    assert {each.stage for each in by_place(given, special, TODAY)} == {Stage.UNKNOWN}


def test_the_denominator_names_its_year() -> None:
    given = books()
    assert in_all(given, village(given), TODAY).denominator == "应设13处（2023年）"
    school = given.get(r.HostList, "h-school")
    assert in_all(given, school, TODAY).denominator == "应设数待核定"


def test_the_zone_stands_beside_the_thirteen_towns_and_is_not_one_of_them() -> None:
    given = books()
    names = [unit.name for unit in places_of(given)]
    assert names[:3] == ["嘉祥街道", "卧龙山街道", "万张街道"]
    assert (len(towns_of(given)), names[13:]) == (13, ["县经开区"])


def test_the_map_opens_with_the_list_that_obliges_each_town() -> None:
    found = leading_list(books())
    assert found is not None
    assert found.code == "h-village"


def test_the_sentence_counts_towns_where_each_must_have_one() -> None:
    stations = [station(f"s{town}", town) for town in ALL[:4]]
    stations += [station("b", ALL[4], built_on=None, begun_on=BUILT)]
    checked = [row for each in stations[:3] for row in inspected(each.code)]
    given = books(*stations, *checked)
    said = sentence(given, village(given), TODAY)
    assert said == "13个镇街中4个已建成村居站点，其中3个达标；1个在建，8个未动工。"


def test_a_town_whose_named_village_has_none_is_without_a_station_wherever_it_is_said() -> None:
    body = r.ListedHost(code="LH1", host_list="h-village", name="甲村", town=ALL[0])
    given = books(station("a", ALL[0]), station("b", ALL[1]), body)
    bare = without_station(given, village(given), TODAY)
    assert len(bare) == 12
    assert ALL[0] in {town.code for town in bare}
    assert "13个镇街中1个已建成" in sentence(given, village(given), TODAY)


def test_an_empty_ledger_does_not_say_that_nobody_has_begun() -> None:
    given = books()
    said = sentence(given, village(given), TODAY)
    assert said == "13个镇街应各设1处村居站点，站点台账尚无登记。"
    assert {each.stage for each in by_town(given, village(given), TODAY)} == {Stage.UNRECORDED}
    school = sentence(given, given.get(r.HostList, "h-school"), TODAY)
    assert school == "中小学校心理辅导室：应设数待核定，站点台账尚无登记。"


def test_the_sentence_says_where_nothing_is_built_though_something_is_recorded() -> None:
    given = books(station("a", built_on=None))
    assert sentence(given, village(given), TODAY) == "13个镇街均未建成村居站点；13个未动工。"


def test_the_sentence_counts_stations_where_the_towns_shares_are_not_known() -> None:
    kind = StationKind.COMMUNITY
    given = books(station("a", host_list="h-community", kind=kind), *inspected("a", s3_10=None))
    said = sentence(given, given.get(r.HostList, "h-community"), date(2023, 9, 22))
    assert said == "城市社区心理咨询室：应设13处（2023年），已建成1处，尚未达标。"
