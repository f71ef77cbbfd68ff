"""Towns × requirements: whose figures count what, and what is not known stays unknown."""

from datetime import UTC, datetime

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.rules.coverage import Stage
from dashboard.rules.gaps import bound, closing
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.rules.town_matrix import Share, TownMatrix, share_words, town_matrix, towns_sentence
from dashboard.settings import load
from tests.rules.stations_given import BUILT, books, inspected, station

SETTINGS = load({})
JIAXIANG, LAST, ZONE = "370829001", "370829114", "370829400"


def observed(indicator: str, unit: str, value: float, year: int = 2023) -> r.Observation:
    return r.Observation(
        code=f"{indicator}-{unit}-{year}",
        indicator=indicator,
        unit=unit,
        observed_on=BUILT.replace(year=year),
        year=year,
        value=value,
        known_at=datetime(year, 8, 1, tzinfo=UTC),
    )


def judged(given: Books) -> tuple[Judgement, TownMatrix]:
    found = judge_books(given, SETTINGS)
    return found, town_matrix(found)


def share(matrix: TownMatrix, unit: str, indicator: str) -> Share:
    row = next(row for row in matrix.rows if row.unit.code == unit)
    return next(each for each in row.shares if each.indicator.code == indicator)


def test_the_columns_are_what_the_plan_asks_of_towns() -> None:
    _, matrix = judged(books())
    assert [each.code for each in matrix.lists] == [
        "h-village",
        "h-community",
        "h-school",
        "h-health",
    ]
    assert [each.code for each in matrix.indicators] == ["i-4-8-town", "i-4-8-village"]
    assert [row.unit.name for row in matrix.rows][-2:] == ["黄垓镇", "县经开区"]


def test_a_town_s_own_lectures_count_against_the_number_asked_of_each_town() -> None:
    _, matrix = judged(books(observed("i-4-8-town", JIAXIANG, 6)))
    found = share(matrix, JIAXIANG, "i-4-8-town")
    assert (found.stage, found.target, share_words(found)) == (Stage.MET, 5, "6场")


def test_the_villages_that_did_it_count_against_the_villages_there_are() -> None:
    _, matrix = judged(books(observed("i-4-8-village", JIAXIANG, 20)))
    found = share(matrix, JIAXIANG, "i-4-8-village")
    assert (found.stage, found.target, share_words(found)) == (Stage.BUILDING, 33, "20/33个")


def test_a_yearly_figure_of_last_year_says_nothing_of_this_one() -> None:
    given = books(
        observed("i-4-8-village", JIAXIANG, 33, 2022), observed("i-4-8-town", JIAXIANG, 2, 2022)
    )
    _, matrix = judged(given)
    assert share(matrix, JIAXIANG, "i-4-8-village").stage is Stage.UNRECORDED
    assert share_words(share(matrix, JIAXIANG, "i-4-8-town")) == "2场"


def test_no_figure_is_no_data_and_a_figure_of_nothing_is_not_begun() -> None:
    _, matrix = judged(books(observed("i-4-8-town", JIAXIANG, 0)))
    assert share(matrix, JIAXIANG, "i-4-8-town").stage is Stage.IDLE
    assert share(matrix, LAST, "i-4-8-town").stage is Stage.UNRECORDED


def test_the_zone_whose_villages_are_not_settled_has_no_target() -> None:
    _, matrix = judged(books(observed("i-4-8-village", ZONE, 4)))
    found = share(matrix, ZONE, "i-4-8-village")
    assert (found.stage, share_words(found)) == (Stage.UNKNOWN, "4个")


def test_the_sentence_sums_the_thirteen_towns_and_not_the_zone() -> None:
    rows = [
        observed("i-4-8-town", JIAXIANG, 5),
        observed("i-4-8-town", ZONE, 9),
        observed("i-4-8-village", JIAXIANG, 20),
        observed("i-4-8-village", ZONE, 9),
        station("a", JIAXIANG),
    ]
    found, matrix = judged(books(*rows, *inspected("a")))
    said = towns_sentence(found, matrix)
    assert said.startswith("13个镇街中1个已建成村居站点，已达标；12个未动工；")
    assert "镇街心理知识讲座：13个镇街中1个达到要求；" in said
    assert "村（社区）宣传讲座：382个村（社区）中20个达到要求" in said


def test_the_sentence_counts_towns_whose_reports_are_missing() -> None:
    found, matrix = judged(books())
    missing = sum(row.freshness.value == "missing" for row in matrix.rows[:13])
    assert (f"分报{missing}个镇街未报" in towns_sentence(found, matrix)) is (missing > 0)


def test_a_gap_is_closed_by_the_indicator_that_counts_the_list() -> None:
    found, _ = judged(books())
    (each,) = closing(found, found.books.get(r.HostList, "h-village"))
    assert (each.task.task.code, each.title) == ("t-4-2-4", "镇街村居站点")


def test_a_list_that_nothing_counts_leads_to_the_task_of_its_clause() -> None:
    found, _ = judged(books())
    (each,) = closing(found, found.books.get(r.HostList, "h-special"))
    assert (each.item, each.task.task.code) == (None, "t-4-2-5")
    assert each.title == "设立特殊人群心理服务场所"


def test_the_units_bound_to_a_gap_are_named_as_printed() -> None:
    assert [(role.label, names) for role, names in bound(books(), "t-4-2-4")] == [
        ("责任", "县委政法委、县卫生健康局、县社会治理服务中心等"),
        ("具体负责", "各镇街、县经开区"),
    ]
