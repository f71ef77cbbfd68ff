"""One person walks through every page in a real browser, at three sizes of screen."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, ViewportSize

from dashboard.widgets.menu import HOME, PAGES
from tests.browsing import Watched

SIZES: dict[str, ViewportSize] = {
    "laptop": {"width": 1366, "height": 768},
    "desktop": {"width": 1920, "height": 1080},
    "phone": {"width": 390, "height": 844},
}
NAMES = list(PAGES)
ADDRESSES = ["" if name == HOME else name for name in NAMES] + ["task?code=t-4-6"]
ENDINGS = (".xlsx", ".csv", ".json")
NAMES_ALLOWED = (
    *("GeoNames", "CC BY", "GB", "MB", "Ctrl", "WGS", "Excel", "Word", "PDF", *ENDINGS),
    *("xlsx", "docx", "txt", "zip", "pdf", "jiaxiang-2023", "WPS", "GeoJSON"),
)
"""Proper names and marks that officials write in Latin letters, and the plan's code on record."""


_READABLE = """() => {
  const hidden = document.querySelectorAll('[data-testid=stIconMaterial]');
  hidden.forEach((icon) => { icon.style.visibility = 'hidden'; });
  const text = document.body.innerText;
  hidden.forEach((icon) => { icon.style.visibility = ''; });
  return text;
}"""
"""The text of a page without its icons, whose names the font turns into pictures."""
_WIDE = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return Math.max(main.scrollWidth - main.clientWidth,
    document.documentElement.scrollWidth - window.innerWidth);
}"""
"""By how many pixels a page scrolls sideways."""


def english(text: str) -> list[str]:
    """Words in Latin letters that an official would not write."""
    for name in NAMES_ALLOWED:
        text = text.replace(name, " ")
    return re.findall(r"[A-Za-z]{2,}", text)


@dataclass(frozen=True)
class Look:
    """What one sees of a page on a screen of some size."""

    address: str
    text: str
    wide: int
    has_own_menu: bool

    def faults(self) -> Iterator[str]:
        """What is not as it should be."""
        if "错误编号" in self.text or "Traceback" in self.text:
            yield f"{self.address}: an error is shown"
        if words := english(self.text):
            yield f"{self.address}: English on the screen: {words[:8]}"
        if self.wide > 0:
            yield f"{self.address}: scrolls sideways by {self.wide} px"
        is_of_plan = PAGES[self.address.partition("?")[0] or HOME].of_plan
        if is_of_plan and "演示数据" not in self.text:
            yield f"{self.address}: practice data are not marked"
        if is_of_plan and not re.search(r"统计截止日|截至", self.text):
            yield f"{self.address}: no day is named"
        if self.has_own_menu:
            yield f"{self.address}: Streamlit's menu is shown"


@dataclass
class Walk:
    """All that was seen by size, and what the browser had to say."""

    watched: Watched
    looks: dict[str, list[Look]]

    def visit(self, address: str, sizes: Sequence[str]) -> None:
        """Load a page at the first of the sizes and look at it at each."""
        self.watched.page.set_viewport_size(SIZES[sizes[0]])
        self.watched.open(address)
        self._look(address, sizes[0])
        for size in sizes[1:]:
            self.watched.resize(SIZES[size])
            self._look(address, size)

    def _look(self, address: str, size: str) -> None:
        page = self.watched.page
        has_own_menu = page.locator("[data-testid=stMainMenu]").is_visible()
        seen = Look(address, page.evaluate(_READABLE), page.evaluate(_WIDE), has_own_menu)
        self.looks[size].append(seen)


@pytest.fixture(scope="module")
def walk(live_server: str, browser: Browser) -> Walk:
    """Every page at every size; the size at which a page is loaded takes turns."""
    page = browser.new_page()
    done = Walk(Watched(page, live_server), {size: [] for size in SIZES})
    sizes = list(SIZES)
    for address in ADDRESSES:
        done.visit(address, sizes)
        sizes.append(sizes.pop(0))
    page.close()
    return done


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_chinese_quiet_and_fits_the_screen(walk: Walk, size: str) -> None:
    assert [look.address for look in walk.looks[size]] == ADDRESSES
    assert [fault for look in walk.looks[size] for fault in look.faults()] == []
    assert walk.watched.errors == []
    assert walk.watched.foreign == []


def test_a_number_on_the_overview_leads_to_as_many_rows(live_server: str, browser: Browser) -> None:
    page = browser.new_page(viewport=SIZES["laptop"])
    watched = Watched(page, live_server)
    watched.open("")
    shown = page.locator(".g-figures a").evaluate_all("all => all.map(a => [a.href, a.innerText])")
    assert len(shown) == 6
    for href, number in shown:
        watched.open(href.removeprefix(f"{live_server}/"))
        ledger = page.locator("table.g-table").filter(has=page.locator("caption:text('任务清单')"))
        assert ledger.locator("tbody tr").count() == int(number), href
    page.close()


def test_another_day_stays_in_the_address_from_page_to_page(
    live_server: str, browser: Browser
) -> None:
    page = browser.new_page(viewport=SIZES["laptop"])
    watched = Watched(page, live_server)
    watched.open("?date=2023-07-14")
    assert "统计截止日：2023年7月14日" in page.inner_text("body")
    page.get_by_role("link", name="部门进度").click()
    page.wait_for_selector("h1:has-text('部门进度')")
    page.wait_for_selector('[data-test-script-state="notRunning"]')
    assert "统计截止日：2023年7月14日" in page.inner_text("body")
    page.close()


def test_a_filing_is_kept_and_moves_the_figure(live_server: str, browser: Browser) -> None:
    page = browser.new_page(viewport=SIZES["laptop"])
    watched = Watched(page, live_server)
    watched.open("filing?line=l-4-9-1")
    page.get_by_label("进展情况").fill("已对照应急预案逐项修订")
    page.get_by_label("完成进度（%）").fill("35")
    page.get_by_role("button", name="保存填报").click()
    page.wait_for_selector("text=填报已保存")
    watched.open("task?code=t-4-9")
    page.wait_for_selector("table.g-table >> text=已对照应急预案逐项修订")
    assert watched.errors == []
    page.close()
