"""文书用语: every phrase with its words, changed, refused and restored."""

from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import Viewer
from dashboard.ledgers.terms import AccountRole
from dashboard.papers.shipped import shipped_phrases
from tests.views.reading import text_of
from tests.views.rows import opened, rows_of

HERE = "/phrases?kind=bulletin&phrase=bulletin.heading_trouble"


def area(page: AppTest) -> Any:
    return next(each for each in page.text_area if each.label == "文字")


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def test_every_phrase_of_a_kind_is_listed(full_app: AppTest) -> None:
    page = opened(full_app, "/phrases?kind=bulletin")
    shipped = shipped_phrases(settings.current().phrases_folder)
    wanted = [each.title for key, each in shipped.items() if key.startswith("bulletin.")]
    assert [row[0] for row in rows_of(page, "文书用语")] == wanted


def test_a_changed_phrase_goes_into_the_draft_and_can_be_restored(full_app: AppTest) -> None:
    page = opened(full_app, HERE)
    area(page).set_value("主要问题").run()
    page = press(page, "phrase_save")
    assert "已保存，以后生成的文书用新的文字" in text_of(page)
    assert "办公室改过1条" in text_of(page)
    draft = text_of(opened(full_app, "/bulletin?month=2023-08&show=draft"))
    assert "主要问题" in draft
    page = press(opened(full_app, HERE), "phrase_back")
    assert "已恢复原有文字" in text_of(page)
    assert "办公室改过0条" in text_of(page)


def test_an_unknown_name_is_said_before_it_is_refused(full_app: AppTest) -> None:
    page = opened(full_app, HERE)
    area(page).set_value("{没有的数}项").run()
    assert "没有“{没有的数}”这个数据项" in text_of(page)
    page = press(page, "phrase_save")
    assert "没有保存" in text_of(page)


def test_a_typed_number_is_warned_of(full_app: AppTest) -> None:
    page = opened(full_app, HERE)
    area(page).set_value("3个问题").run()
    assert "“3”是手工写的数字" in text_of(page)


def test_the_page_is_the_offices_alone(full_app: AppTest, seen_by: Callable[..., Viewer]) -> None:
    seen_by(AccountRole.LEADER)
    page = AppTest.from_file(str(full_app._script_path), default_timeout=60).run()
    page.switch_page("views/phrases.py").run()
    assert "全部用语" not in text_of(page)
