"""站点详情: a station, what it lacks, the form for an inspection and the visits so far."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole, CheckVerdict
from dashboard.posting.editing import change_row
from dashboard.rules.calendar import end_of
from dashboard.settings import current
from tests.views.reading import links_of, text_of
from tests.views.rows import opened, rows_of

PLAN = "jiaxiang-2023"
CHECKS, VISITS = "检查清单", "历次检查"
SMALL = "孟姑集镇心灵驿站"


def books_now() -> Books:
    engine = open_books(current().database.url)
    try:
        return load(engine, PLAN, end_of(date(2030, 1, 1)))
    finally:
        engine.dispose()


def code_of(name: str) -> str:
    return books_now().by(r.Station, "name")[name][0].code


def press(page: AppTest, label: str) -> AppTest:
    next(each for each in page.button if each.label == label).click()
    page.run()
    assert not page.exception
    return page


def test_a_station_says_first_what_it_lacks_then_item_by_item_who_found_it(
    full_app: AppTest,
) -> None:
    page = opened(full_app, f"/station?station={code_of(SMALL)}")
    assert page.title[0].value == SMALL
    text = text_of(page)
    assert "设在孟姑集镇，" in text
    assert "未达标：总面积16平方米，低于20平方米。" in text
    rows = rows_of(page, CHECKS)
    assert len(rows) == 12
    assert [row[0] for row in rows][:3] == ["场地", "场地", "设备"]
    (short,) = (row for row in rows if row[2] == "未达到")
    assert short[3] == "16平方米"
    assert short[4].endswith("建设推进工作组")
    assert rows_of(page, VISITS)[0][2:5] == ["12", "11", "1"]


def test_a_station_that_there_is_not_says_so_and_leads_to_the_ledger(empty_app: AppTest) -> None:
    page = opened(empty_app, "/station?station=S000001")
    assert "没有这个站点，或不在您的查看范围内。" in text_of(page)
    assert "/stations" in links_of(page)


def test_what_is_measured_at_a_visit_decides_and_the_page_tells_it(full_app: AppTest) -> None:
    code = code_of(SMALL)
    page = opened(full_app, f"/station?station={code}")
    assert [each.label for each in page.number_input] == ["实测值（平方米）：总面积不少于20平方米"]
    press(page, "登记检查")
    assert [each.value for each in page.error] == ["没有保存。请至少填写一项检查结果。"]
    page.number_input[0].set_value(22.5)
    press(page, "登记检查")
    assert page.success[0].value == f"已登记9月22日对“{SMALL}”的检查，共1项。"
    made = books_now().by(r.Inspection, "station")[code][-1]
    assert (made.verdict, made.measured, made.by_post) == (CheckVerdict.MET, 22.5, "专班办公室")
    text = text_of(page)
    assert "达标。" in text
    assert "未达标" not in text
    assert len(rows_of(page, VISITS)) == 2


@pytest.mark.parametrize("role", [AccountRole.LEADER, AccountRole.LIAISON])
def test_who_may_not_inspect_reads_the_list_and_finds_no_form(
    full_app: AppTest, seen_by: Callable[..., Viewer], role: AccountRole
) -> None:
    station = books_now().by(r.Station, "name")[SMALL][0]
    seen_by(role, *([station.town or ""] if role is AccountRole.LIAISON else []))
    page = opened(full_app, f"/station?station={station.code}")
    assert len(rows_of(page, CHECKS)) == 12
    assert "登记检查" not in text_of(page)
    assert not page.button or all(each.label != "登记检查" for each in page.button)


def test_few_served_and_a_withheld_place_stay_with_whoever_keeps_the_ledger(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    books = books_now()
    place = {"address": "呈祥街9号", "lon": 116.3001, "lat": 35.4001, "is_withheld": True}
    station = books.by(r.Station, "name")[SMALL][0]
    given = {**place, "served": 3, "served_on": date(2023, 9, 20)}
    engine = open_books(current().database.url)
    change_row(engine, CONSOLE, PLAN, station, given, seen=books.version)
    engine.dispose()
    pages = (f"/station?station={station.code}", f"/record?ledger=station&code={station.code}")
    of_the_office = [opened(full_app, address) for address in pages]
    assert all("少于5" in text_of(page) for page in of_the_office)
    history = {row[3]: row[5] for row in reversed(rows_of(of_the_office[1], "修改留痕"))}
    assert history["本年服务人次"] == "少于5"
    assert history["地址"] == "呈祥街9号"
    assert "呈祥街9号（不公开）" in text_of(of_the_office[0])
    assert not [each for each in links_of(of_the_office[0]) if "station_map" in each]
    seen_by(AccountRole.LEADER)
    for address in pages:  # who leads reads the number, and finds no way to the place
        text = text_of(opened(full_app, address))
        assert "少于5" in text
        assert not [secret for secret in ("呈祥街", "116.3", "35.4") if secret in text]
