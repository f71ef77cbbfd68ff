"""What becomes of an open tab when its log-in ends: the browser itself goes to the log-in page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard.access import accounts
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers.terms import AccountRole
from tests.conftest import CHROMIUM_FLAGS
from tests.people import PASSWORD
from tests.server.house import PATIENCE, House

MILLISECONDS = PATIENCE * 1000
EMPTY_BOOKS = "账中还没有方案。"


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Browser, house: House) -> Iterator[Page]:
    """A tab in which the office has logged in by the form and sees its page."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(MILLISECONDS)
        page.goto(f"{house.base}/tasks")
        page.get_by_label("账号").fill("bangong")
        page.get_by_label("口令").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"{house.base}/tasks")
        expect(page.get_by_text(EMPTY_BOOKS)).to_be_visible(timeout=MILLISECONDS)
        yield page


def test_a_tab_goes_to_the_log_in_when_the_account_is_changed(tab: Page, house: House) -> None:
    now = house.clock.now()
    accounts.change_role(house.engine, CONSOLE, "bangong", AccountRole.AUDITOR, (), now)
    tab.wait_for_url(f"{house.base}/login?next=%2Ftasks")
    expect(tab.get_by_role("alert")).to_have_text("账号的角色或单位已变更，请重新登录。")


def test_a_tab_left_alone_goes_to_the_log_in_and_comes_back_to_its_page(
    tab: Page, house: House
) -> None:
    house.clock.passes(minutes=30)
    tab.wait_for_url(f"{house.base}/login?next=%2Ftasks")
    tab.get_by_label("账号").fill("bangong")
    tab.get_by_label("口令").fill(PASSWORD)
    tab.get_by_role("button", name="登录").click()
    tab.wait_for_url(f"{house.base}/tasks")
    expect(tab.get_by_text(EMPTY_BOOKS)).to_be_visible(timeout=MILLISECONDS)


def test_logging_out_in_one_tab_takes_the_other_along(tab: Page, house: House) -> None:
    other = tab.context.new_page()
    other.set_default_timeout(MILLISECONDS)
    other.goto(f"{house.base}/logout")
    other.get_by_role("button", name="退出登录").click()
    other.wait_for_url(f"{house.base}/login")
    tab.wait_for_url(f"{house.base}/login?next=%2Ftasks")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_pages_at_the_door_fit_the_screen_and_say_nothing_in_english(
    chromium: Browser, house: House, width: int, height: int
) -> None:
    house.admit("xinlai", AccountRole.OFFICE, must_change=True)
    with chromium.new_context(viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(f"{house.base}/login")
        wide = "document.documentElement.scrollWidth"
        assert page.evaluate(wide) <= width
        assert page.evaluate("document.documentElement.scrollHeight") <= height
        page.get_by_label("账号").fill("xinlai")
        page.get_by_label("口令").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/password?next=/")
        assert page.evaluate(wide) <= width
        assert not faults
