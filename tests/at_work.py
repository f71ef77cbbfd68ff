"""People at work in browsers of their own: they find things by menus, links and labels."""

from dataclasses import dataclass
from datetime import date, time

from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine

from dashboard.access.viewer import CONSOLE
from dashboard.ledgers.books import load_plan
from dashboard.posting.plans import start_practice
from dashboard.rules.calendar import at_time
from tests.browsing import Watched
from tests.people import PASSWORD

PLAN = "jiaxiang-2023"
PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"
SECONDS = 20_000
"""How long a browser may take for one step on a busy machine, in milliseconds."""


@dataclass
class Person:
    """Somebody who has logged in, in a browser of their own."""

    watched: Watched
    is_on_phone: bool

    @property
    def page(self) -> Page:
        return self.watched.page

    def go(self, title: str) -> Page:
        """Choose a page from the menu, which a phone folds away."""
        page = self.page
        if self.is_on_phone:
            page.get_by_role("button", name="展开菜单").tap()
        page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
        expect(page.locator(f"h1:has-text('{title}')")).to_be_visible()
        if self.is_on_phone:
            expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
        return page

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press a button as one does here: with a thumb or with a mouse, on a page at rest."""
        if self.page.get_by_test_id("stApp").count():
            self.watched.settled()
        button = (within or self.page).get_by_role("button", name=name, exact=True)
        if self.is_on_phone:
            button.tap()
        else:
            button.click()

    def told(self, words: str) -> None:
        """Wait until the page says something."""
        expect(self.page.get_by_text(words).first).to_be_visible()


def comes(engine: Engine, day: date, hour: int = 9) -> None:
    """Move the clock of the practice data on."""
    begun = load_plan(engine, PLAN).practice_started_on
    assert begun is not None
    start_practice(engine, CONSOLE, PLAN, now=at_time(day, time(hour)), started_on=begun)


def sit(browser: Browser, base: str, name: str, size: tuple[int, int]) -> Person:
    """Open a browser and log in as a person does."""
    width, height = size
    is_on_phone = width < 600
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=is_on_phone,
        is_mobile=is_on_phone,
        user_agent=PHONE if is_on_phone else None,
    )
    page = context.new_page()
    person = Person(Watched(page, base), is_on_phone)
    page.goto(base)
    page.get_by_label("账号", exact=True).fill(name)
    page.get_by_label("口令", exact=True).fill(PASSWORD)
    person.press("登录")
    expect(page.locator("h1")).to_be_visible()
    return person


def day_in(place: Locator, label: str, day: date) -> None:
    """Type a date into its three places."""
    place.get_by_role("spinbutton", name=f"{label}：年").click()
    place.page.keyboard.type(f"{day:%Y%m%d}")


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list by its label."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()
