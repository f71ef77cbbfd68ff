"""站点台账: coverage by host list, filters in the address, and the rows behind each number."""

import re

from streamlit.testing.v1 import AppTest

from tests.views.reading import text_of
from tests.views.rows import links_in, opened, rows_of

COVERAGE, LEDGER = "各类站点的应设、已建和达标", "站点台账"


def test_empty_books_say_the_next_step(empty_app: AppTest) -> None:
    page = opened(empty_app, "/stations")
    text = text_of(page)
    assert "站点台账尚无登记。" in text
    assert "请先核定应设名录和选址" in text
    assert rows_of(page, COVERAGE)[1][5] == "站点台账尚无登记"


def test_the_denominator_names_its_year_and_what_is_unknown_stands_apart(
    full_app: AppTest,
) -> None:
    rows = {row[0]: row for row in rows_of(opened(full_app, "/stations"), COVERAGE)}
    assert rows["13个镇街村居站点"][1] == "应设13处（2023年）"
    assert rows["中小学校心理辅导室"][1] == "待核定"
    assert rows["中小学校心理辅导室"][5] == "应设数待核定，不计算达标率"
    assert "500人以上单位站点 方案鼓励，不作硬性要求" in rows


def test_the_numbers_of_coverage_lead_to_their_rows(full_app: AppTest) -> None:
    page = opened(full_app, "/stations")
    found = [each for each in links_in(page, COVERAGE) if each[1].startswith("/stations")]
    assert len(found) > 8
    for number, to in found[:6]:
        assert len(rows_of(opened(full_app, to), LEDGER)) == int(number), to


def test_the_sentence_adds_up(full_app: AppTest) -> None:
    text = text_of(opened(full_app, "/stations"))
    said = re.search(
        r"登记站点(\d+)处：建成(\d+)处，其中达标(\d+)处、未达标(\d+)处、待检查(\d+)处；在建(\d+)处，计划(\d+)处，停用(\d+)处。",
        text,
    )
    assert said is not None
    every, built, met, below, waiting, *others = (int(each) for each in said.groups())
    assert met + below + waiting == built
    assert built + sum(others) == every


def test_filters_add_up_and_live_in_the_address(full_app: AppTest) -> None:
    page = opened(full_app, "/stations?kind=village&state=built&standard=below")
    rows = rows_of(page, LEDGER)
    assert [row[0] for row in rows] == ["金屯镇心灵驿站", "孟姑集镇心灵驿站"]
    assert "符合条件的2处" in text_of(page)
    page.selectbox(key="choice_town").set_value("370829110").run()
    assert [row[0] for row in rows_of(page, LEDGER)] == ["孟姑集镇心灵驿站"]
    assert page.query_params["town"] == "370829110"


def test_a_station_below_standard_says_what_is_missing(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/stations?town=370829110&kind=village"), LEDGER)
    assert rows[0][4] == "建成 8月16日"
    assert rows[0][-1] == "未达标 总面积16平方米，低于20平方米"


def test_no_match_says_so(full_app: AppTest) -> None:
    page = opened(full_app, "/stations?kind=centre&state=planned")
    assert "没有符合条件的站点。请放宽上面的条件。" in text_of(page)
