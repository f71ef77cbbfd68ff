"""The script that puts Chinese in place of Streamlit's own words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import Page, sync_playwright

from tests.conftest import CHROMIUM_FLAGS

FRONTEND = Path(streamlit.__file__).parent / "static"
ZH = Path(__file__).resolve().parent.parent / "dashboard" / "static" / "zh.js"


def test_every_word_still_stands_in_the_frontend() -> None:
    """A word that Streamlit no longer says is dead; its successor would be left in English."""
    script = ZH.read_text(encoding="utf-8")
    table = script[script.index("const WORDS = {") : script.index("const PARTS")]
    words = re.findall(r'"([^"]+)":\s*"', table)
    bundle = "\n".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in FRONTEND.glob("static/js/*.js")
    )
    assert len(words) > 200
    assert [word for word in words if word not in bundle] == []


@pytest.fixture(scope="module")
def page(live_server: str, chromium_path: str) -> Iterator[Page]:
    """An empty page of the server's own, with the script and nothing of Streamlit."""
    empty = '<!doctype html><html><head><script src="/guatu/zh.js"></script></head><body></body>'
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        tab = browser.new_page(locale="en-US")
        tab.route("**/empty", lambda route: route.fulfill(body=empty, content_type="text/html"))
        tab.goto(f"{live_server}/empty")
        yield tab
        browser.close()


def shown(page: Page, html: str) -> str:
    """What stands on the page a moment after this HTML was put there."""
    page.evaluate("html => { document.body.innerHTML = html }", html)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    return page.inner_html("body")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Upload", "选择文件"),
        ("Press Enter to apply", "按回车生效"),
        ("20MB per file", "每个文件不超过20MB"),
        ("text/plain files are not allowed.", "不接收这类文件。"),
        ("File must be 20.0MB or smaller.", "文件不得超过20.0MB。"),
        ("Add: 卫健局", "添加：卫健局"),
        ("View 3 more", "还有3项"),
        (
            "You can only select up to 3 options. Remove an option first.",
            "最多选3项，请先去掉一项。",
        ),
        ("Selected Date: September 22, 2023", "已选2023年9月22日"),
        ("month, 统计截止日", "统计截止日：月"),
        (
            "The page that you have requested does not seem to exist. Running the app's main page.",
            "没有这个页面，已为您打开首页。",
        ),
        ("Connection failed with status 502.", "连接失败（502），请稍后再试。"),
        (
            "<b>Error</b>: Date set outside allowed range. "
            "Please select a date on or before 2025/12/31.",
            "<b>错误</b>：不能晚于2025/12/31。",
        ),
        (
            "<b>Error</b>: Date and time set outside allowed range. "
            "Please select a date and time on or after 2023/06/06, 08:00.",
            "<b>错误</b>：不能早于2023/06/06, 08:00。",
        ),
        (
            "<b>Error</b>: Date set outside allowed range. "
            "Please select a date between 2000/01/01 and 2099/12/31.",
            "<b>错误</b>：应在2000/01/01至2099/12/31之间。",
        ),
    ],
)
def test_the_frontends_words_become_chinese(page: Page, english: str, chinese: str) -> None:
    assert shown(page, f"<p>{english}</p>") == f"<p>{chinese}</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>县卫健局报送 300 人</p>",
        "<code>Upload</code>",
        "<textarea>Search</textarea>",
        '<span data-testid="stIconMaterial">upload</span>',
        "<p>Guatu 0.1.0</p>",
    ],
)
def test_other_text_is_left_alone(page: Page, html: str) -> None:
    assert shown(page, html) == html


def test_what_is_read_aloud_is_chinese_too(page: Page) -> None:
    html = shown(page, '<button aria-label="Close" title="Fullscreen"></button>')
    assert html == '<button aria-label="关闭" title="全屏"></button>'
    html = shown(page, '<button aria-label="Help for 备注"></button>')
    assert html == '<button aria-label="备注的说明"></button>'


def test_a_text_that_changes_later_is_translated(page: Page) -> None:
    shown(page, "<p>就绪</p>")
    page.evaluate("() => { document.querySelector('p').firstChild.nodeValue = 'Running...' }")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert page.inner_text("p") == "正在处理……"


def test_calendars_are_told_that_the_browser_is_chinese(page: Page) -> None:
    assert page.evaluate("() => [navigator.language, ...navigator.languages]") == [
        "zh-CN",
        "zh-CN",
        "zh",
    ]


def test_the_server_is_told_whether_the_map_can_use_webgl(page: Page) -> None:
    able = page.evaluate("() => !!document.createElement('canvas').getContext('webgl2')")
    cookies = {cookie.get("name"): cookie for cookie in page.context.cookies()}
    assert cookies["guatu_webgl"].get("value") == ("1" if able else "0")
    assert cookies["guatu_webgl"].get("sameSite") == "Lax"
