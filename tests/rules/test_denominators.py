"""Where each denominator comes from, said in words; remarks where two numbers differ."""

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import HostState
from dashboard.rules.coverage import of_area
from dashboard.rules.denominators import denominator_words
from dashboard.rules.invariants import breaches, remarks, stations_stand_for_bodies_of_their_list
from tests.rules.grounds_given import TODAY, body, ground, hosts, school, share
from tests.rules.stations_given import books


def said(given: Books, code: str = "h", place: str | None = None) -> tuple[str, ...]:
    area = given.get(r.Unit, place) if place else None
    coverage = of_area(given, given.get(r.HostList, code), area, TODAY)
    return denominator_words(given, coverage, TODAY)


def test_a_number_of_the_plan_names_its_clause_and_year() -> None:
    assert said(books(), "h-village") == (
        "应设13处（2023年）",
        "按名录的应设总数",
        "来源：方案四（二）4",
        "不适用：县经开区",
    )
    assert said(books(), "h-village", "370829001") == (
        "应设1处（2023年）",
        "按名录中嘉祥街道的应设数",
        "来源：方案四（二）4",
    )


def test_what_is_not_settled_is_listed_by_town() -> None:
    assert said(books(), "h-school") == (
        "应设数待核定",
        "依据条款：四（二）1",
        "待核定：嘉祥街道、卧龙山街道、万张街道、纸坊镇、梁宝寺镇等14个",
    )


def test_named_bodies_are_told_from_numbers_and_from_the_plans_own() -> None:
    given = ground(
        *(body("b1"), body("b2"), share("town12", 3), share("town21", None)),
        listed=hosts(total=4, source="县教育和体育局名单"),
    )
    assert said(given) == (
        "应设5所（2023年），另有1个镇街待核定",
        "按应设单位名单逐个登记2所，其余3所按应设数",
        "来源：县教育和体育局名单",
        "方案4所，名录登记2所",
        "待核定：town21",
        "不适用：town31",
    )


def test_a_sum_says_that_it_is_one() -> None:
    given = ground(share("town11", 2), share("town12", 3), share("town21", 1))
    assert said(given)[:2] == ("应设6所（2023年）", "由各镇街应设数合计")
    assert said(given, place="county1")[:2] == ("应设5所（2023年）", "由各镇街应设数合计")


def test_numbers_that_differ_from_named_bodies_are_remarked_and_break_nothing() -> None:
    exempt = body("b3", state=HostState.EXEMPT)
    given = ground(body("b1"), body("b2"), exempt, share("town11", 3), listed=hosts(total=3))
    assert [each.message for each in remarks(given)] == [
        "h：学校名录应设数3所，名录登记2所",
        "h：town11应设数3所，名录登记2所",
    ]
    assert not [each for each in breaches(given) if each.message.startswith("h：")]
    assert remarks(ground(body("b1"), body("b2"), listed=hosts(total=2))) == ()
    assert remarks(books()) == ()


def test_a_station_must_stand_for_a_body_of_its_own_list() -> None:
    other = hosts(title="医院名录")
    stray = r.ListedHost(code="b9", host_list="other", name="某医院")
    good, bad = school("s1", listed_host="b1"), school("s2", listed_host="b9")
    gone = school("s3", listed_host="b0")
    given = ground(body("b1"), stray, good, bad, gone, listed=other)
    assert list(stations_stand_for_bodies_of_their_list(given)) == [
        "s2：所对应的应设单位b9不在本站点的应设名录中",
        "s3：所对应的应设单位b0不在本站点的应设名录中",
    ]
