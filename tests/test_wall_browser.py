"""会议室大屏 in a real browser: one screen in large type, which follows the books by itself."""

from playwright.sync_api import Browser

from tests.browsing import Watched

_SMALLEST = """() => Math.min(...[...document.querySelectorAll(
  '.g-wall-says, .g-wall-lights dt, .g-wall-list li, .g-wall-list li p, .g-wall-covers')]
  .map((each) => parseFloat(getComputedStyle(each).fontSize)))"""
_OVER = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const rows = [...document.querySelectorAll('.g-wall-list, .g-wall-foot')].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.bottom > window.innerHeight + 1 || box.right > window.innerWidth + 1;
  });
  return [main.scrollWidth - main.clientWidth, main.scrollHeight - main.clientHeight, rows.length];
}"""
_NAMES = """() => Math.min(...[...document.querySelectorAll('svg.marks text')]
  .map((each) => each.getBoundingClientRect().height))"""


def test_the_wall_fills_any_screen_and_is_read_from_afar(
    live_server: str, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    watched = Watched(page, live_server)
    watched.open("wall")
    page.wait_for_selector("svg.marks text")
    page.wait_for_selector(".g-wall-foot")
    assert page.evaluate(_NAMES) >= 20
    assert not page.locator('[data-testid="stSidebar"]').is_visible()
    assert page.locator(".g-wall-list li").count() >= 4
    for width, height, least in ((1920, 1080, 28), (1366, 768, 20), (390, 844, 15)):
        watched.resize({"width": width, "height": height})
        wide, tall, cut = page.evaluate(_OVER)
        assert wide <= 0
        assert width < 800 or (tall, cut) == (0, 0)
        assert page.evaluate(_SMALLEST) >= least
    page.close()
    assert watched.errors == []
    assert watched.foreign == []
