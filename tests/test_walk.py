"""One person walks through every page in a real browser, at three sizes of screen."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboard.widgets.menu import HOME, PAGES
from tests.browsing import Watched

SIZES = {"laptop": (1366, 768), "desktop": (1920, 1080), "phone": (390, 844)}
NAMES = list(PAGES)
ADDRESSES = ["" if name == HOME else name for name in NAMES] + ["task?code=t-4-6"]
ENDINGS = (".xlsx", ".csv", ".json")
NAMES_ALLOWED = (
    *("GeoNames", "CC BY", "GB", "MB", "Ctrl", "WGS", "Excel", *ENDINGS),
    *("xlsx", "zip", "jiaxiang-2023"),
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


def english(text: str) -> list[str]:
    """Words in Latin letters that an official would not write."""
    for name in NAMES_ALLOWED:
        text = text.replace(name, " ")
    return re.findall(r"[A-Za-z]{2,}", text)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_chinese_quiet_and_fits_the_screen(
    live_server: str, browser: Browser, size: str, tmp_path: Path
) -> None:
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    watched = Watched(page, live_server)
    faults = []
    for address in ADDRESSES:
        watched.open(address)
        text = page.evaluate(_READABLE)
        if "错误编号" in text or "Traceback" in text:
            faults.append(f"{address}: an error is shown")
        if words := english(text):
            faults.append(f"{address}: English on the screen: {words[:8]}")
        wide = page.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]');"
            " return Math.max(m.scrollWidth - m.clientWidth,"
            " document.documentElement.scrollWidth - window.innerWidth); }"
        )
        if wide > 0:
            faults.append(f"{address}: scrolls sideways by {wide} px")
        is_of_plan = PAGES[address.partition("?")[0] or HOME].of_plan
        if is_of_plan and "演示数据" not in text:
            faults.append(f"{address}: practice data are not marked")
        if is_of_plan and not re.search(r"统计截止日|截至", text):
            faults.append(f"{address}: no day is named")
        if page.locator("[data-testid=stMainMenu]").is_visible():
            faults.append(f"{address}: Streamlit's menu is shown")
    page.close()
    assert faults == []
    assert watched.errors == []
    assert watched.foreign == []


def test_a_number_on_the_overview_leads_to_as_many_rows(live_server: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
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
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    watched = Watched(page, live_server)
    watched.open("?date=2023-07-14")
    assert "统计截止日：2023年7月14日" in page.inner_text("body")
    page.get_by_role("link", name="部门进度").click()
    page.wait_for_selector("h1:has-text('部门进度')")
    page.wait_for_selector('[data-test-script-state="notRunning"]')
    assert "统计截止日：2023年7月14日" in page.inner_text("body")
    page.close()


def test_a_filing_is_kept_and_moves_the_figure(live_server: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
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
