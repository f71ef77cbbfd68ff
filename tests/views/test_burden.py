"""填报负担: the sentence's numbers are the rows, nobody is ranked, and who sees it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load, load_plan
from dashboard.ledgers.history import pending_filings
from dashboard.ledgers.terms import AccountRole
from dashboard.posting.plans import now_of
from dashboard.widgets.burden_parts import span
from dashboard.widgets.desk import library
from tests.books import CODE
from tests.counting import queries
from tests.views.reading import text_of
from tests.views.rows import links_in, opened, rows_of

UNITS, ROWS = "各单位应报和已报", "要求填报的事项"


def said(page: AppTest) -> list[int]:
    """Units and items of the last round and of the month, and what was filed of these."""
    pattern = r"(\d+)个单位应报(\d+)项，.*?(\d+)个单位累计应报(\d+)项次，已报(\d+)项次"
    found = re.search(pattern, text_of(page))
    assert found is not None, text_of(page)[:400]
    return [int(each) for each in found.groups()]


def total(page: AppTest, column: int) -> int:
    return sum(int(row[column]) for row in rows_of(page, UNITS) if row[column] != "—")


@pytest.mark.parametrize("month", ["2023-09", "2023-08"])
def test_the_sentence_is_the_sum_of_the_units_and_of_the_rows(
    month: str, full_app: AppTest
) -> None:
    page = opened(full_app, f"/burden?month={month}")
    week_units, week, month_units, asked, filed = said(page)
    units = rows_of(page, UNITS)
    assert (len(units), total(page, 2)) == (month_units, asked)
    assert total(page, 1) == week
    assert sum(row[1] != "—" for row in units) == week_units
    assert total(page, 3) == filed
    rows = rows_of(page, ROWS)
    assert len(rows) == asked
    assert sum(row[3] != "未报" for row in rows) == filed
    assert total(page, 5) == sum(row[3].startswith("迟报") for row in rows)
    assert total(page, 6) == sum(row[3] == "未报" for row in rows)


def test_a_units_number_leads_to_its_rows(full_app: AppTest) -> None:
    page = opened(full_app, "/burden?month=2023-06")
    asked = {row[0]: row[2] for row in rows_of(page, UNITS)}
    links = [to for words, to in links_in(page, UNITS) if words == asked["县委宣传部"]]
    there = next(to for to in links if "u-xcb" in to)
    found = rows_of(opened(full_app, there.partition("#")[0]), ROWS)
    assert {row[0] for row in found} == {"县委宣传部"}
    assert len(found) == int(asked["县委宣传部"])


def test_late_and_missing_are_listed_by_their_number(full_app: AppTest) -> None:
    for outcome, word in (("late", "迟报"), ("missing", "未报"), ("unchanged", "无变化")):
        page = opened(full_app, f"/burden?month=2023-06&outcome={outcome}")
        number = re.search(rf"{word}”?\s+(\d+)项次", text_of(page))
        assert number is not None
        rows = rows_of(page, ROWS)
        assert len(rows) == int(number[1]) > 0
        assert all(word in row[3] for row in rows)


def test_what_units_filed_unasked_is_listed_too(full_app: AppTest) -> None:
    page = opened(full_app, "/burden?month=2023-06&outcome=unasked")
    number = re.search(r"未要求、单位主动报\s+(\d+)项次", text_of(page))
    assert number is not None
    assert len(rows_of(page, ROWS)) == int(number[1]) > 0


def test_units_stand_in_protocol_order_without_a_rank(full_app: AppTest) -> None:
    page = opened(full_app, "/burden?month=2023-06")
    engine = library(settings.current().database.url).engine
    books = load(engine, CODE, now_of(load_plan(engine, CODE)))
    order = [unit.name for unit in books.all(r.Unit)]
    names = [row[0] for row in rows_of(page, UNITS)]
    assert names == sorted(names, key=order.index)
    told = text_of(page)
    for word in ("排名", "名次", "第一名", "最好", "最差", "登录次数", "使用率", "活跃"):
        assert word not in told


def test_the_wait_is_told_with_how_it_is_counted(full_app: AppTest) -> None:
    told = text_of(opened(full_app, "/burden"))
    engine = library(settings.current().database.url).engine
    now = now_of(load_plan(engine, CODE))
    found = [each for each in pending_filings(engine, CODE, now) if each.corrected_by is None]
    oldest = span(max(now - each.filing.received_at for each in found))
    assert re.search(r"半数在[\d.天小时分钟]+内审核，最长等待[\d.天小时分钟]+；", told)
    assert f"还有{len(found)}条待审核，最早的已等{oldest}。" in told
    assert "按自然时间计算，含夜间和休息日" in told


def test_a_span_is_told_in_minutes_hours_or_days() -> None:
    words = {(0, 40): "40分钟", (4, 30): "4.5小时", (24, 0): "1天", (53, 0): "2天5小时"}
    for (hours, minutes), word in words.items():
        assert span(timedelta(hours=hours, minutes=minutes)) == word


def test_an_empty_plan_says_that_nothing_was_asked(empty_app: AppTest) -> None:
    page = opened(empty_app, "/burden")
    assert not page.exception
    assert "项次" in text_of(page) or "没有要求填报的事项" in text_of(page)


@pytest.mark.parametrize(
    ("role", "is_open"),
    [(AccountRole.OFFICE, True), (AccountRole.LEADER, True), (AccountRole.LIAISON, False)],
)
def test_the_office_and_the_leader_see_it(
    role: AccountRole, is_open: bool, full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(role, *(["u-wjj"] if role is AccountRole.LIAISON else []))
    page = opened(full_app, "/burden")
    assert not page.exception
    assert (page.title[0].value == "填报负担") is is_open
    assert bool(rows_of(page, UNITS)) is is_open


def test_a_second_look_asks_the_database_no_more_than_any_page(full_app: AppTest) -> None:
    page = opened(full_app, "/burden?month=2023-06")
    with queries(library(settings.current().database.url).engine) as asked:
        page.run()
    assert 0 < len(asked) <= 3
