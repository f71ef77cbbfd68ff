"""Two people in two browsers on one record; one person who clicks twice, or uses no mouse."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import Watched

SECONDS = 20_000
"""How long a browser may take for one step on a busy machine, in milliseconds."""


@pytest.fixture
def two(live_server: str, browser: Browser) -> Iterator[tuple[Watched, Watched]]:
    """Two browsers that know nothing of one another."""
    expect.set_options(timeout=SECONDS)
    contexts = [browser.new_context(viewport={"width": 1366, "height": 768}) for _ in "12"]
    first, second = (Watched(each.new_page(), live_server) for each in contexts)
    yield first, second
    assert first.errors == []
    assert second.errors == []
    for each in contexts:
        each.close()


def note(page: Page, text: str) -> None:
    """Write the record's note and save it."""
    page.get_by_label("备注", exact=True).fill(text)
    page.get_by_role("button", name="保存修改").click()


def content(page: Page) -> str:
    return page.locator("table.g-table").filter(has_text="依据条款").first.inner_text()


def conflicting(two: tuple[Watched, Watched], address: str, theirs: str, mine: str) -> Page:
    """The second editor's page, on which a row that the first has changed was to be saved."""
    first, second = two
    first.open(address)
    second.open(address)
    note(first.page, theirs)
    expect(first.page.get_by_text("已修改")).to_be_visible()
    note(second.page, mine)
    page = second.page
    expect(page.get_by_text("您填写的还没有保存")).to_be_visible()
    both = page.locator("table.g-table").filter(has_text="您打开时")
    expect(both).to_contain_text(theirs)
    expect(both).to_contain_text(mine)
    return page


def test_the_second_editor_is_told_sees_both_and_keeps_the_first(
    two: tuple[Watched, Watched],
) -> None:
    address = "record?ledger=task&code=t-4-7"
    page = conflicting(two, address, "甲单位改的备注", "乙单位改的备注")
    page.get_by_role("button", name="保留现在的").click()
    expect(page.get_by_text("已保留现在的内容，您填写的没有保存。")).to_be_visible()
    expect(page.get_by_label("备注", exact=True)).to_have_value("甲单位改的备注")
    two[0].open(address)
    assert "甲单位改的备注" in content(two[0].page)
    assert "乙单位改的备注" not in two[0].page.inner_text("body")


def test_the_second_editor_insists_and_both_changes_stay_in_the_history(
    two: tuple[Watched, Watched],
) -> None:
    address = "record?ledger=task&code=t-4-9"
    page = conflicting(two, address, "丙单位改的备注", "丁单位改的备注")
    page.get_by_role("button", name="以我填写的为准").click()
    expect(page.get_by_text("已修改")).to_be_visible()
    two[0].open(address)
    assert "丁单位改的备注" in content(two[0].page)
    history = two[0].page.locator("table.g-table").filter(has_text="改为")
    expect(history).to_contain_text("丙单位改的备注")
    two[0].page.get_by_role("button", name="撤回最近一次修改").click()
    expect(two[0].page.get_by_text("已撤回：")).to_be_visible()
    expect(two[0].page.get_by_label("备注", exact=True)).to_have_value("丙单位改的备注")


def test_a_double_click_saves_a_new_row_once(two: tuple[Watched, Watched]) -> None:
    watched, _ = two
    page = watched.page
    watched.open("record?ledger=station")
    page.get_by_label("站点名称（必填）").fill("双击登记的站点")
    kind = page.get_by_role("combobox", name="站点类型（必填）")
    kind.click()
    page.get_by_role("option", name="村居").click()
    page.get_by_role("button", name="新增站点").dblclick()
    expect(page.get_by_text("继续新增站点")).to_be_visible()
    expect(page.get_by_label("站点名称（必填）")).to_have_value("")
    watched.open("maintain?ledger=station")
    page.get_by_label("查找").fill("双击登记的站点")
    page.get_by_label("查找").press("Enter")
    expect(page.get_by_text("找到1条")).to_be_visible()


def test_a_form_is_filled_in_and_sent_without_a_mouse(two: tuple[Watched, Watched]) -> None:
    watched, _ = two
    page = watched.page
    watched.open("record?ledger=unit")
    name = page.get_by_label("单位名称（必填）")
    name.focus()
    page.keyboard.type("县心理协会")
    page.keyboard.press("Enter")  # sends nothing: the form is not finished
    page.keyboard.press("Tab")
    page.keyboard.type("事业")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="新增单位").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("继续新增单位")).to_be_visible()
    expect(page.get_by_role("link", name="县心理协会")).to_be_visible()
