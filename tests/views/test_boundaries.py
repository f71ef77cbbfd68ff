"""区域边界: a file is looked at before it is loaded, and a set is taken out of force."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import Datum
from dashboard.posting.boundaries import load_boundaries
from dashboard.rules.calendar import Clock
from dashboard.sheets.boundary_file import Said, read_boundaries
from tests.boundary_files import collection, features
from tests.views.reading import text_of
from tests.views.rows import opened, rows_of

PLAN = "jiaxiang-2023"
FILE = ("嘉祥县界线.geojson", collection(features()), "application/geo+json")


def press(page: AppTest, words: str) -> AppTest:
    next(each for each in page.button if words in each.label).click().run()
    assert not page.exception
    return page


def asked(page: AppTest, content: bytes, datum: Datum | None = Datum.CGCS2000) -> AppTest:
    page.file_uploader[0].set_value((FILE[0], content, FILE[2])).run()
    if datum:
        page.selectbox[0].set_value(datum).run()
    assert not page.exception
    return page


def loaded() -> None:
    """A set in force before the page is opened."""
    engine = open_books(settings.current().database.url)
    books = load(engine, PLAN, Clock().now())
    found, _ = read_boundaries(FILE[1], Datum.CGCS2000, books)
    assert found is not None
    said = Said(FILE[0], Datum.CGCS2000, "嘉祥县界线", "县自然资源和规划局", None)
    load_boundaries(engine, CONSOLE, PLAN, found.told_by(said))


@pytest.mark.parametrize("app", ["empty_app", "full_app"])
def test_without_boundaries_the_page_says_what_the_map_draws(
    app: str, request: pytest.FixtureRequest
) -> None:
    told = text_of(opened(request.getfixturevalue(app), "/boundaries"))
    assert "还没有载入边界资料，站点地图按镇街点位画成示意图（非行政区域界线）" in told
    assert ("清除演示数据时一并清除" in told) is (app == "full_app")


def test_a_file_is_looked_at_then_loaded_and_withdrawn(full_app: AppTest) -> None:
    page = asked(opened(full_app, "/boundaries"), FILE[1])
    assert "已对应14个单位。" in text_of(page)
    assert len(rows_of(page, "待载入的边界")) == 14
    assert "还要填写资料来源。" in text_of(page)
    (go,) = [each for each in page.button if each.label.startswith("载入14个")]
    assert go.disabled
    next(each for each in page.text_input if each.label == "资料来源").set_value("县自然局").run()
    press(page, "载入14个区域的边界")
    told = text_of(page)
    assert "已载入“嘉祥县界线”，14个区域" in told
    assert "现用“嘉祥县界线”" in told
    assert "边界资料来源：县自然局；无审图号，限内部工作使用" in told
    press(page, "确认撤下")
    assert "已撤下“嘉祥县界线”，站点地图改画示意图。" in text_of(page)


def test_what_is_wrong_with_a_file_is_told_by_its_feature(full_app: AppTest) -> None:
    found = features()
    found[2]["geometry"] = None
    page = asked(opened(full_app, "/boundaries"), collection(found))
    assert "第3个要素（万张街道）：没有图形，请改正后再载入。" in text_of(page)
    assert not [each for each in page.button if each.label.startswith("载入")]


def test_a_past_day_shows_what_was_drawn_then_and_takes_no_file(empty_app: AppTest) -> None:
    loaded()
    page = opened(empty_app, "/boundaries?date=2023-09-22")
    assert "还没有载入边界资料" in text_of(page)
    assert not page.file_uploader
    assert "现用“嘉祥县界线”" in text_of(opened(empty_app, "/boundaries"))
    assert "边界资料来源：县自然资源和规划局" in text_of(opened(empty_app, "/station_map"))
