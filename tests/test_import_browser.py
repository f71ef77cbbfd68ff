"""方案导入 in a real browser: a document goes in, is gone through, and a plan comes out."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.at_work import PHONE
from tests.browsing import Watched
from tests.conftest import serving
from tests.made_plan import NAME, NEWER, TEXT
from tests.reading import FOLDER

LAPTOP: ViewportSize = {"width": 1366, "height": 768}
NARROW: ViewportSize = {"width": 390, "height": 844}
_WIDE = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return Math.max(main.scrollWidth - main.clientWidth,
    document.documentElement.scrollWidth - window.innerWidth);
}"""
YANTAI = FOLDER / "yantai-2017.txt"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, since plans are added."""
    with serving(tmp_path_factory.mktemp("import")) as (base, _):
        yield base


def sat(browser: Browser, server: str, size: ViewportSize) -> Watched:
    is_phone = size["width"] < 600
    context = browser.new_context(
        viewport=size,
        is_mobile=is_phone,
        has_touch=is_phone,
        user_agent=PHONE if is_phone else None,
    )
    context.set_default_timeout(20_000)
    return Watched(context.new_page(), server)


def hand_in(watched: Watched, name: str, content: bytes) -> None:
    page = watched.page
    watched.open("plan_import")
    page.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": content}
    )
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_text("文件已读取，请先补齐方案信息")).to_be_visible()


def tell_about(page: Page, number: str, office: str, unit: str) -> None:
    page.get_by_role("textbox", name="文号（必填）").fill(number)
    page.get_by_role("textbox", name="专班办公室（必填）").fill(office)
    page.get_by_role("combobox", name="办公室所在单位").click()
    page.get_by_role("option", name=unit, exact=True).click()
    page.get_by_role("button", name="保存方案信息").click()
    expect(page.get_by_text("方案信息已保存。")).to_be_visible()


def accept_all(page: Page) -> None:
    """What has no note with one button, what has one with another."""
    page.locator(".g-stages").get_by_role("link", name="逐条核对").click()
    page.get_by_role("button", name=re.compile(r"^没有说明的\d+条全部采用$")).click()
    expect(page.get_by_text(re.compile(r"^已采用\d+条。$"))).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^其余\d+条有待核说明")).first.click()
    page.get_by_role("button", name=re.compile(r"^看过了，这\d+条一并采用$")).first.click()
    expect(page.get_by_text("已全部核完")).to_be_visible()


def post(page: Page) -> None:
    """Into the books, and on to the plan's overview."""
    page.locator(".g-stages").get_by_role("link", name="入账", exact=True).click()
    page.get_by_role("button", name="全部入账").click()
    expect(page.get_by_text("方案已入账。")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("link", name="总览", exact=True).click()
    page.wait_for_url("**/?plan=plan-*")
    expect(page.locator("h1:has-text('总览')")).to_be_visible()


def test_a_plan_goes_in_and_ledgers_come_out(browser: Browser, server: str) -> None:
    watched = sat(browser, server, LAPTOP)
    page = watched.page
    hand_in(watched, NAME, TEXT.encode())
    tell_about(page, "无", "县河湖整治专班办公室", "县水务局")
    # Left and right: a mark leads to its row, the row's own button marks its sentence.
    watched.open("plan_import?document=1&part=rows&clause=二（一）")
    page.locator("a.g-mark", has_text="县财政局").click()
    page.wait_for_url("**row=*")
    expect(page.locator(".g-text .g-chosen")).to_have_text("县财政局")
    expect(page.locator('[class*="import_chosen_row_"]')).to_contain_text("配合单位：县财政局")
    page.get_by_role("button", name="修改").nth(1).click()
    expect(page.get_by_role("textbox", name="重点任务（必填）")).to_have_value("清理河道")
    page.get_by_role("textbox", name="重点任务（必填）").fill("清理河道垃圾")
    page.get_by_role("button", name="保存并采用").click()
    expect(page.get_by_text("已保存并采用。")).to_be_visible()
    accept_all(page)
    post(page)
    expect(page.get_by_test_id("stMain")).to_contain_text("某县河湖整治工作方案")
    watched.open("task?plan=plan-2024&code=t-02")
    expect(page.locator("h1")).to_have_text("清理河道垃圾")
    page.get_by_role("link", name="原文对照").click()
    page.wait_for_url("**/source?*")
    expect(page.locator(".g-text .g-chosen").first).to_contain_text("全面清理河道垃圾")
    assert watched.errors == []
    assert watched.foreign == []


def test_a_second_version_is_gone_through_by_thumb(browser: Browser, server: str) -> None:
    """On a phone: no sideways scrolling, rows before the text, a question before dropping."""
    watched = sat(browser, server, NARROW)
    page = watched.page
    hand_in(watched, NAME, NEWER.encode())
    key = page.url.split("document=")[1].split("&")[0]
    for part in ("about", "rows", "compare"):
        watched.open(f"plan_import?document={key}&part={part}")
        assert page.evaluate(_WIDE) == 0, part
    watched.open(f"plan_import?document={key}&part=rows&clause=二（二）")
    rows, text = page.locator(".st-key-import_rows"), page.locator(".st-key-import_text")
    above, below = rows.bounding_box(), text.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
    row = rows.locator('[class*="import_row_"]', has_text="绿化河岸").nth(1)
    row.get_by_role("button", name="不采用").tap()
    question = page.get_by_text(re.compile(r"^随这一条一并不采用的还有\d+条"))
    expect(question).to_be_visible()
    page.get_by_role("button", name="取消").tap()
    expect(question).to_have_count(0)
    row.get_by_role("button", name="采用", exact=True).tap()
    expect(row).to_contain_text("✔ 已采用")
    assert watched.errors == []
    assert watched.foreign == []


@pytest.mark.skipif(not YANTAI.is_file(), reason="the folder of the five plans is missing")
def test_a_real_plan_is_accepted_as_a_whole_and_its_pages_work(
    browser: Browser, server: str
) -> None:
    watched = sat(browser, server, LAPTOP)
    page = watched.page
    hand_in(watched, YANTAI.name, YANTAI.read_bytes())
    tell_about(page, "无", "市健康心理行动办公室", "市教育局")
    accept_all(page)
    post(page)
    watched.open("indicators?plan=plan-2017")
    expect(page.get_by_test_id("stMain")).to_contain_text("城市居民心理健康知识知晓率")
    watched.open("tasks?plan=plan-2017")
    expect(page.get_by_test_id("stMain")).to_contain_text("提高居民心理健康素养")
    assert watched.errors == []
