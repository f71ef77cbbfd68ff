"""会议模式 in a real browser: a remote control or a keyboard leads through the points."""

import re

from playwright.sync_api import Browser, Page

from tests.browsing import Watched

REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def place(page: Page) -> int:
    return int(page.locator(".g-meeting strong").inner_text().split("/")[0])


def comes_to(page: Page, number: int) -> bool:
    """Whether the point of this number comes before the room."""
    page.locator(".g-meeting strong", has_text=re.compile(rf"^{number}/")).wait_for()
    page.wait_for_selector(REST)
    return place(page) == number


def test_keys_lead_on_and_back_to_the_ends_and_to_a_number(
    live_server: str, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    watched = Watched(page, live_server)
    watched.open("meeting")
    page.wait_for_selector(".g-meeting")
    page.keyboard.press("Home")
    assert comes_to(page, 1)
    total = int(page.locator(".g-meeting strong").inner_text().split("/")[1])
    for key, number in (
        ("ArrowRight", 2),
        ("PageDown", 3),
        (" ", 4),
        ("ArrowLeft", 3),
        ("PageUp", 2),
        ("End", total),
        ("Home", 1),
    ):
        page.keyboard.press(key)
        assert comes_to(page, number), key
    page.keyboard.type(str(total - 1))
    assert "按回车" in page.inner_text(".g-jump")
    page.keyboard.press("Enter")
    assert comes_to(page, total - 1)
    assert page.locator(".g-jump").count() == 0
    page.close()
    assert watched.errors == []
    assert watched.foreign == []


def test_nothing_but_the_point_is_on_the_screen_in_large_type(
    live_server: str, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    watched = Watched(page, live_server)
    watched.open("meeting")
    page.wait_for_selector("dl.g-point dd")
    assert not page.locator('[data-testid="stSidebar"]').is_visible()
    sizes = page.locator(
        "[data-testid=stMain] h1, dl.g-point, .g-point :is(dt, dd, .g-quiet)"
    ).evaluate_all("all => all.map((each) => parseFloat(getComputedStyle(each).fontSize))")
    assert min(sizes) >= 28
    foot = page.locator(".st-key-meeting_bar").bounding_box()
    assert foot is not None
    assert foot["y"] + foot["height"] <= 768
    page.close()


def test_what_is_typed_into_a_field_leads_nowhere_until_it_is_done(
    live_server: str, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    Watched(page, live_server).open("meeting")
    page.wait_for_selector(".g-meeting")
    begun = place(page)
    wanted = 3 if begun != 3 else 4
    page.locator(".st-key-meeting_jump input").click()
    page.keyboard.type(str(wanted))
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    assert place(page) == begun
    assert page.locator(".g-jump").count() == 0
    page.keyboard.press("Enter")
    assert comes_to(page, wanted)
    page.close()
