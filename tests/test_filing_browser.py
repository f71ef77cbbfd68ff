"""A liaison's week in a real browser: by thumb, by keyboard, with an input method, and à deux."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.access.viewer import COOKIE
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole
from dashboard.rules.calendar import Clock
from tests.browsing import Watched
from tests.conftest import serving
from tests.people import account, signed_in, token_of

PLAN = "jiaxiang-2023"
PUBLICITY, TOWN = "u-xcb", "370829114"
NEVER_FILED, SUMMING_UP = "l-4-8-9", "l-4-8-village"
SECONDS = 20_000
"""How long a browser may take for one step on a busy machine, in milliseconds."""
THUMB = 44
"""The least side of what a thumb must hit, in pixels."""
PEOPLE = {
    "xcb": (AccountRole.LIAISON, (PUBLICITY,)),
    "hgz": (AccountRole.LIAISON, (TOWN,)),
    "zb": (AccountRole.OFFICE, ()),
}


Sit = Callable[..., Watched]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with two liaisons and the office, each of whom has logged in."""
    folder = tmp_path_factory.mktemp("filing")
    expect.set_options(timeout=SECONDS)
    with serving(folder) as (address, _):
        engine = open_books(f"sqlite:///{(folder / 'books' / 'guatu.db').as_posix()}")
        now = Clock().now()
        for name, (role, units) in PEOPLE.items():
            own = [(PLAN, unit) for unit in units]
            account(engine, name, role, own, password=None, now=now)
            for number in range(2):
                signed_in(engine, name, f"{token_of(name)}-{number}", now=now)
        engine.dispose()
        yield address


@pytest.fixture
def sit(base: str, browser: Browser) -> Iterator[Sit]:
    """A browser of somebody who has logged in; none may note an error or ask elsewhere."""
    opened: list[Watched] = []

    def down(name: str, width: int = 1366, height: int = 768, *, number: int = 0) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": height}, has_touch=width < 600
        )
        token = f"{token_of(name)}-{number}"
        context.add_cookies([{"name": COOKIE, "value": token, "url": base}])
        opened.append(Watched(context.new_page(), base))
        return opened[-1]

    yield down
    for each in opened:
        assert each.errors == []
        assert each.foreign == []
        each.page.context.close()


def card(page: Page, line: str) -> Locator:
    return page.locator(f".st-key-draft_{line}_card")


def state_of(page: Page, line: str) -> Locator:
    return card(page, line).get_by_role("status")


def too_small(page: Page, within: Locator) -> list[str]:
    """What a thumb would miss, or an eye strain at."""
    found = []
    for each in within.locator("button:visible, input:visible, textarea:visible, summary").all():
        box = each.bounding_box()
        size = float(each.evaluate("field => parseFloat(getComputedStyle(field).fontSize)"))
        kind = each.evaluate("field => field.type || field.tagName")
        if kind != "checkbox" and box and (box["height"] < THUMB or size < 16):
            found.append(f"{kind} {each.inner_text()} {box} {size}")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found + ([f"{wide} pixels too wide"] if wide > 0 else [])


def compose(page: Page, text: str, *, chosen: bool) -> None:
    """Write with an input method: a word offered, and then chosen."""
    devtools = page.context.new_cdp_session(page)
    if chosen:
        devtools.send("Input.insertText", {"text": text})
        return
    given = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    devtools.send("Input.imeSetComposition", given)


ENTER_CHOOSES_A_WORD = """field => {
  for (const ctrlKey of [false, true]) field.dispatchEvent(new KeyboardEvent("keydown", {
    key: "Enter", code: "Enter", keyCode: 229, ctrlKey, isComposing: true, bubbles: true,
  }));
}"""


def test_a_thumb_an_input_method_and_a_draft_that_waits_in_another_browser(sit: Sit) -> None:
    line = f"l-4-8-town-{TOWN}"
    first = sit("hgz", 390, 844)
    first.open("")
    page = first.page
    expect(page.locator("h1")).to_have_text("我的填报")
    card(page, line).get_by_role("button", name="填报", exact=True).tap()
    text = card(page, line).get_by_label("进展情况")
    text.tap()
    assert too_small(page, card(page, line)) == []

    compose(page, "yibanjiangzuo", chosen=False)
    text.evaluate(ENTER_CHOOSES_A_WORD)
    page.wait_for_timeout(2_500)  # longer than the pause after which typing is saved
    expect(state_of(page, line)).to_have_text("填写时自动保存草稿")
    compose(page, "已办讲座三场", chosen=True)
    expect(state_of(page, line)).to_contain_text("草稿已保存")  # the field is still in focus
    expect(text).to_be_focused()
    expect(text).to_have_value("已办讲座三场")

    other = sit("hgz", number=1)
    other.open("filing")
    page = other.page
    card(page, line).get_by_role("button", name="继续填报").click()
    expect(card(page, line).get_by_label("进展情况")).to_have_value("已办讲座三场")
    held = card(page, line).get_by_label("目前完成（场）")
    held.fill("3")
    held.press("Enter")  # takes the number and sends nothing
    expect(card(page, line).get_by_role("button", name="提交填报")).to_be_visible()
    card(page, line).get_by_role("button", name="提交填报").click()
    expect(page.get_by_text("已提交，待专班办公室审核").first).to_be_visible()
    expect(page.locator("table").filter(has_text="待审核")).to_contain_text("镇街心理知识讲座")
    expect(page.get_by_role("button", name="继续填报")).to_have_count(0)


def test_a_week_is_filed_with_the_keyboard_alone(sit: Sit) -> None:
    watched = sit("xcb")
    watched.open("filing")
    page, keys = watched.page, watched.page.keyboard
    line = "l-4-10-5"
    card(page, line).get_by_role("button", name="填报", exact=True).focus()
    keys.press("Enter")
    expect(card(page, line).get_by_label("完成进度（%）")).to_be_visible()
    keys.press("Tab")
    expect(card(page, line).get_by_label("完成进度（%）")).to_be_focused()
    keys.type("40")
    expect(state_of(page, line)).to_contain_text("草稿已保存")
    card(page, line).get_by_label("进展情况").focus()
    keys.type("已播出公益广告")
    keys.press("Tab")
    keys.type("每月一期")
    card(page, line).get_by_role("button", name="提交填报").focus()
    keys.press("Enter")
    expect(page.get_by_text("“媒体音视频主题宣传”的填报已提交").first).to_be_visible()
    page.get_by_role("button", name="无变化，一键报送").focus()
    keys.press("Enter")
    expect(page.get_by_text("按“无变化”填报，已提交").first).to_be_visible()


def test_two_people_on_one_item_and_nothing_is_lost(sit: Sit) -> None:
    liaison, office = sit("xcb"), sit("zb")
    for each in (liaison, office):
        each.open(f"filing?line={NEVER_FILED}")
    mine, theirs = card(liaison.page, NEVER_FILED), card(office.page, NEVER_FILED)
    mine.get_by_label("完成进度（%）").fill("40")
    mine.get_by_label("进展情况").fill("联络员写的进展")
    theirs.get_by_label("完成进度（%）").fill("55")
    theirs.get_by_role("button", name="保存填报").click()
    expect(office.page.get_by_text("的填报已保存").first).to_be_visible()
    mine.get_by_role("button", name="提交填报").click()
    both = mine.locator("table")
    expect(both).to_contain_text("55%")
    expect(both).to_contain_text("联络员写的进展")
    mine.get_by_role("button", name="仍提交我的").click()
    expect(liaison.page.get_by_text("已提交，待专班办公室审核").first).to_be_visible()
    office.open("task?code=t-4-8")
    history = office.page.locator("table").filter(has_text="历次填报")
    expect(history).to_contain_text("55%")
    expect(history).to_contain_text("联络员写的进展")
