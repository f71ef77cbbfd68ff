"""Five people in five browsers: each sees a Guatu of their own, the auditor sees who did what."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from dashboard.widgets.menu import PAGES
from tests.browsing import Watched
from tests.conftest import guatu, serving

PLAN = "jiaxiang-2023"
PASSWORD = "Gua-Tu-Zuo-Zhan"
OWN, OTHER = "u-jtj", "u-gaj"
PEOPLE = {
    "xtgl": ("系统管理员", "系统管理岗"),
    "zb": ("办公室", "专班办公室综合岗"),
    "jtj": ("联络员", "县教育和体育局联络员"),
    "ld": ("领导", "分管领导"),
    "sj": ("审计员", "审计岗"),
}
MENUS = {
    "xtgl": {"单位与账号"},
    "zb": {"总览", "周调度", "任务清单", "台账维护", "交办事项", "督办", "单位与账号", "数据导出"},
    "jtj": {"总览", "任务清单", "问题清单", "站点台账"},
    "ld": {"总览", "部门进度", "周调度", "月通报", "交办事项", "督办"},
    "sj": {"审计记录"},
}
"""What must be in each menu; what no other may see is tested by address."""
FORBIDDEN = {
    "xtgl": ("overview", "tasks", "problems", "stations", "audit", "maintain", "exports"),
    "zb": ("audit",),
    "jtj": ("departments", "dispatch", "bulletin", "towns", "accounts", "audit", "maintain"),
    "ld": ("accounts", "audit", "maintain"),
    "sj": ("overview", "tasks", "accounts", "exports", "maintain"),
}


@dataclass
class House:
    """A running server with five accounts: its address and how to command it."""

    base: str
    folder: Path

    def command(self, *words: str) -> str:
        """What a command prints."""
        environ = {"GUATU_CONFIG": str(self.folder / "config.toml")}
        process = guatu(*words, environ=environ, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        printed, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
        return printed.strip()


@dataclass
class Person:
    """Somebody who has logged in, in a browser of their own."""

    name: str
    context: BrowserContext
    page: Page
    base: str

    def open(self, address: str) -> Page:
        """Go to an address of the app and wait for its page."""
        Watched(self.page, self.base).open(address)
        return self.page

    def menu(self) -> set[str]:
        """The titles in this person's menu; who has a single page has that alone."""
        links = self.open("").locator("[data-testid=stSidebarNavLink]")
        titles = {text.strip() for text in links.all_inner_texts()}
        return titles or {self.page.locator("h1").inner_text()}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server whose doors are closed once the first account is made, while it runs."""
    folder = tmp_path_factory.mktemp("people")
    with serving(folder) as (base, _):
        yield House(base, folder)


@pytest.fixture(scope="module")
def people(house: House, browser: Browser) -> Iterator[dict[str, Person]]:
    """Each with the start password from the command line, changed at the first log-in."""
    found = {}
    for name, (role, post) in PEOPLE.items():
        units = ("--unit", f"{PLAN}:{OWN}") if role == "联络员" else ()
        start = house.command("account", "add", name, "--role", role, "--post", post, *units)
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        log_in(page, house.base, name, start)
        found[name] = Person(name, context, page, house.base)
    yield found
    for person in found.values():
        person.context.close()


def log_in(page: Page, base: str, name: str, start: str) -> None:
    """Log in as a person does who has just been given a password."""
    page.goto(base)
    page.get_by_label("账号", exact=True).fill(name)
    page.get_by_label("口令", exact=True).fill(start)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("初始口令", exact=True).fill(start)
    page.get_by_label("新口令", exact=True).fill(PASSWORD)
    page.get_by_label("再填一次新口令").fill(PASSWORD)
    page.get_by_role("button", name="修改口令").click()
    page.wait_for_selector('[data-testid="stMain"] h1', timeout=60_000)


def test_each_has_a_menu_of_their_own(people: dict[str, Person]) -> None:
    menus = {name: person.menu() for name, person in people.items()}
    for name, expected in MENUS.items():
        assert expected <= menus[name], name
        closed = {PAGES[page].title for page in FORBIDDEN[name]}
        assert not closed & menus[name], name
    assert len({frozenset(menu) for menu in menus.values()}) == len(PEOPLE)


def test_every_page_of_the_menu_opens(people: dict[str, Person]) -> None:
    for name, person in people.items():
        person.open("")
        links = person.page.locator("[data-testid=stSidebarNavLink]")
        for title in sorted(text.strip() for text in links.all_inner_texts()):
            links.get_by_text(title, exact=True).click()
            person.page.wait_for_selector(f"h1:has-text('{title}')", timeout=60_000)
            person.page.wait_for_selector('[data-test-script-state="notRunning"]')
            assert "错误编号" not in person.page.inner_text("body"), (name, title)


def test_every_other_address_is_refused(people: dict[str, Person]) -> None:
    for name, person in people.items():
        for address in FORBIDDEN[name]:
            asked = f"{person.base}/{address}"
            answer = person.context.request.get(asked, headers={"Accept": "text/html"})
            assert answer.status == 403, (name, address)
            assert "不在您的账号可以查看的范围内" in answer.text()


def test_a_liaison_sees_and_takes_only_what_is_the_units_own(people: dict[str, Person]) -> None:
    liaison, office = people["jtj"], people["zb"]
    assert "我的填报" in liaison.open("").inner_text("h1")
    own_rows = rows_of(liaison.open("tasks"))
    assert 0 < own_rows < rows_of(office.open("tasks"))
    ask = liaison.context.request
    assert ask.get(f"{liaison.base}/files/unit.xlsx?plan={PLAN}&unit={OWN}").status == 200
    assert ask.get(f"{liaison.base}/files/unit.xlsx?plan={PLAN}&unit={OTHER}").status == 403
    assert ask.get(f"{liaison.base}/files/audit.csv").status == 403


def rows_of(page: Page) -> int:
    """The rows of the task ledger on a page."""
    ledger = page.locator("table.g-table").filter(has=page.locator("caption:text('任务清单')"))
    return ledger.locator("tbody tr").count()


def test_without_a_log_in_there_is_only_the_door(house: House, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{house.base}/problems")
    assert page.url == f"{house.base}/login?next=/problems"
    assert context.request.get(f"{house.base}/files/plan.xlsx?plan={PLAN}").status == 401
    context.close()


def test_a_disabled_account_is_led_to_the_door_while_its_page_is_open(
    house: House, people: dict[str, Person]
) -> None:
    leader = people["ld"]
    leader.open("")
    house.command("account", "disable", "ld")
    leader.page.wait_for_url(f"{house.base}/login**", timeout=30_000)
    house.command("account", "enable", "ld")


def test_the_auditor_can_tell_afterwards_who_did_what(
    house: House, people: dict[str, Person]
) -> None:
    auditor = people["sj"]
    answer = auditor.context.request.get(f"{house.base}/files/audit.csv")
    lines = answer.body().decode("utf-8-sig").splitlines()
    for name in PEOPLE:
        assert any("登录" in line and name in line for line in lines), name
    assert any("jtj" in line and "拒绝" in line for line in lines)
    text = auditor.open("audit").inner_text("body")
    assert "县教育和体育局联络员" in text
    checked = house.command("check")
    assert checked == ""
