"""站点导入导出: the book of stations by a link, and a look at what came back before it counts."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole
from dashboard.posting.editing import change_row
from tests.books import CODE, Desk
from tests.station_books import (
    STREET,
    VILLAGE,
    book_of,
    books_of,
    books_with_stations,
    filled,
    row_of,
    station,
)
from tests.views.reading import links_of, text_of
from tests.views.rows import opened, rows_of

NEW = {"name": "第三小学心理辅导室", "kind": "学校心理辅导室", "town": "纸坊镇"}


@pytest.fixture
def app(open_app: Callable[[Path], AppTest], tmp_path: Path) -> AppTest:
    """The app on the books with three stations."""
    (tmp_path / "made").mkdir()
    made = books_with_stations(tmp_path / "made")
    made.engine.dispose()
    return open_app(tmp_path / "made" / "books.db")


@pytest.fixture
def desk(app: AppTest) -> Desk:
    """The office beside the app, on the same books."""
    return Desk(open_books(settings.current().database.url))


def uploaded(app: AppTest, content: bytes) -> AppTest:
    """The page once this book was chosen."""
    page = opened(app, "/station_sheets")
    page.file_uploader[0].set_value(("表.xlsx", content, "application/octet-stream")).run()
    assert not page.exception
    return page


def go(page: AppTest) -> AppTest:
    """Press the button that posts."""
    next(each for each in page.button if each.label.startswith("录入选中的")).click().run()
    assert not page.exception
    return page


def test_the_ledger_leads_to_its_book_for_who_keeps_it(
    app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    assert "/station_sheets" in links_of(opened(app, "/stations"))
    page = opened(app, f"/station_sheets?town={STREET}&list=h-school")
    (to,) = [urlsplit(each) for each in links_of(page) if each.startswith("/files/")]
    assert parse_qs(to.query) == {"plan": [CODE], "town": [STREET], "list": ["h-school"]}
    assert "下载站点台账表（嘉祥街道，中小学校心理辅导室，1处）" in text_of(page)
    seen_by(AccountRole.LEADER)
    assert "/station_sheets" not in links_of(opened(app, "/stations"))


def test_nothing_is_posted_before_it_was_looked_at(app: AppTest, desk: Desk) -> None:
    content = filled(book_of(desk), {VILLAGE: {"area_m2": 24}}, new=[NEW])
    page = uploaded(app, content)
    assert station(desk, VILLAGE).area_m2 == 16.0
    assert "站点新增1行，站点修改1行" in text_of(page)
    place = f"站点 第{row_of(content, '站点', VILLAGE)}行"
    changed = [f"嘉祥街道心灵驿站（{VILLAGE}） {place}", "修改", "面积（平方米）由16改为24"]
    assert changed in rows_of(page, "将要录入的行")
    assert "已录入站点台账表：新增1行，修改1行。" in text_of(go(page))
    assert station(desk, VILLAGE).area_m2 == 24.0
    assert {each.name for each in books_of(desk).all(r.Station)} >= {NEW["name"]}


def test_the_good_rows_of_a_book_with_problems_are_posted_only_where_asked_for(
    app: AppTest, desk: Desk
) -> None:
    content = filled(
        book_of(desk), {VILLAGE: {"area_m2": 24}}, new=[{**NEW, "hotline": "13900000000"}]
    )
    page = uploaded(app, content)
    (problem,) = rows_of(page, "表中的问题")
    assert problem[0].endswith("心理热线")
    assert next(each for each in page.button if "选中的" in each.label).disabled
    page.checkbox[0].check().run()
    assert "已录入站点台账表：修改1行。" in text_of(go(page))
    assert NEW["name"] not in {each.name for each in books_of(desk).all(r.Station)}


def test_what_others_changed_is_shown_side_by_side_and_chosen(app: AppTest, desk: Desk) -> None:
    content = filled(book_of(desk), {VILLAGE: {"area_m2": 24}})
    seen = books_of(desk).version
    change_row(desk.engine, CONSOLE, CODE, station(desk, VILLAGE), {"area_m2": 30.0}, seen=seen)
    page = uploaded(app, content)
    place = f"站点 第{row_of(content, '站点', VILLAGE)}行"
    ((label, was, said, now),) = rows_of(page, f"{place}两方的改动")
    assert (label, was, said) == ("面积（平方米）", "16", "24")
    assert now.startswith("30 ")
    page.checkbox[0].check().run()
    go(page)
    assert station(desk, VILLAGE).area_m2 == 24.0


def test_a_past_day_is_only_looked_at(app: AppTest) -> None:
    page = opened(app, "/station_sheets?date=2023-09-20")
    assert not page.get("file_uploader")
    assert "下载、上传站点台账表请先把左侧“统计截止日”改为2023年9月22日" in text_of(page)
