"""One whole cycle in browsers: a meeting prepared, held and closed, its decision answered and
closed, next week's meeting, then the month's issue; what leaves as a file is opened again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from dashboard import settings
from dashboard.access.audit import breaks
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.archive import frozen_weeks, issues
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.database import open_books
from dashboard.papers.bulletin import outline_of
from dashboard.papers.places import Place
from dashboard.posting.month_reading import read_month
from dashboard.posting.passages import Wish, save_passage
from dashboard.rules.calendar import Clock, end_of
from dashboard.rules.invariants import breaches
from tests.at_work import PLAN, SECONDS, Person, choose, comes, sit
from tests.conftest import serving
from tests.people import account

FRIDAY, MONDAY, THURSDAY = date(2023, 9, 22), date(2023, 9, 25), date(2023, 9, 28)
AFTER_MONTH = date(2023, 10, 8)
ROUND, NEXT = "2023-W38", "2023-W39"
CENTRE = "县心理健康中心"
PEOPLE = {
    "zb": (t.AccountRole.OFFICE, "专班办公室综合岗", (), (1366, 768)),
    "xlzx": (t.AccountRole.LIAISON, "县心理健康中心联络员", ("u-xlzx",), (390, 844)),
}
MATTER, STANDARD = "逐家落实签约经费渠道", "十家单位书面确认经费渠道"
ANSWER = "十家单位已书面确认"
OWN_POINT = "研究国庆期间值守安排"


@dataclass
class Office:
    """A running server, its books and its people."""

    base: str
    engine: Engine
    office: Person
    liaison: Person

    def books(self, day: date) -> Books:
        return load(self.engine, PLAN, end_of(day))

    def file(self, page: Page, href: str) -> bytes:
        """What a link on the page gives, fetched as this person."""
        answer = page.context.request.get(f"{self.base}/{href.lstrip('/')}")
        assert answer.ok, answer.text()
        return answer.body()


@pytest.fixture
def at(tmp_path: Path, browser: Browser) -> Iterator[Office]:
    """Friday morning before the meeting: the office and one liaison log in."""
    expect.set_options(timeout=SECONDS)
    with serving(tmp_path) as (base, _):
        engine = open_books(f"sqlite:///{(tmp_path / 'books' / 'guatu.db').as_posix()}")
        for name, (role, post, units, _) in PEOPLE.items():
            own = [(PLAN, unit) for unit in units]
            account(engine, name, role, own, post=post, now=Clock().now())
        comes(engine, FRIDAY, 8)
        people = [sit(browser, base, name, size) for name, (*_, size) in PEOPLE.items()]
        yield Office(base, engine, *people)
        engine.dispose()
        for each in people:
            assert each.watched.foreign == []
            assert each.watched.errors == []
            each.page.context.close()


def test_a_meeting_is_held_its_decision_carried_out_and_the_month_reported(at: Office) -> None:
    the_meeting_is_prepared(at.office)
    comes(at.engine, FRIDAY)
    the_meeting_decides(at)
    the_week_is_closed(at)
    comes(at.engine, MONDAY)
    the_unit_answers(at.liaison)
    the_office_closes_the_matter(at.office)
    comes(at.engine, THURSDAY)
    the_next_meeting_hears_of_it_first(at)
    comes(at.engine, AFTER_MONTH)
    the_month_is_issued(at)
    assert_the_books_tell_the_cycle(at)


def the_meeting_is_prepared(office: Person) -> None:
    """The agenda comes from the books; the office adds a point of its own."""
    page = office.go("周调度")
    office.press("准备本次会议")
    office.told("已开始准备，请核对议程")
    office.watched.settled()
    page.get_by_text("增加议题", exact=True).first.click()
    form = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name="增加议题"))
    form.get_by_role("textbox").first.fill(OWN_POINT)
    page.keyboard.press("Tab")
    office.watched.settled()
    office.press("增加议题", form)
    expect(page.get_by_text(OWN_POINT).first).to_be_visible()


def the_meeting_decides(at: Office) -> None:
    """On the wall: the point that turned red gets a decision; one point is not reached."""
    page = at.office.page
    at.office.watched.open(f"meeting?week={ROUND}")
    at.office.press("开始会议")
    at.office.press("已议，下一项")
    while "签约合作单位" not in page.locator("h1").inner_text():
        at.office.watched.settled()
        before = page.locator(".g-meeting strong").inner_text()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".g-meeting strong")).not_to_have_text(before)
    page.get_by_text("登记议定事项", exact=True).first.click()
    page.get_by_role("textbox", name="议定事项（必填）").fill(MATTER)
    page.get_by_role("textbox", name="办结标准（必填）").fill(STANDARD)
    page.get_by_test_id("stForm").get_by_role("button", name="登记议定事项").click()
    at.office.told("已登记议定事项")
    expect(page.get_by_text(MATTER).first).to_be_visible()
    page.keyboard.press("End")
    expect(page.locator("h1")).to_contain_text(OWN_POINT)
    at.office.press("转下次")


def the_week_is_closed(at: Office) -> None:
    """Closing freezes the week; its minutes open in Word with the decision in them."""
    page = at.office.page
    at.office.watched.open(f"dispatch?week={ROUND}")
    at.office.press("结束会议并存档")
    at.office.told("已结束并存档")
    expect(page.get_by_text("第1版").first).to_be_visible()
    (week,) = frozen_weeks(at.engine, PLAN, end_of(FRIDAY))
    assert (week.dispatch, week.number) == (ROUND, 1)
    link = page.locator("a[href*='kind=minutes'][href*='paper.docx']").first
    text = words_of(at.file(page, link.get_attribute("href") or ""))
    assert MATTER in text
    assert CENTRE in text
    page.get_by_text("各单位事项（").first.click()
    expect(page.locator(".st-key-chase_units")).to_contain_text(MATTER)


def words_of(content: bytes) -> str:
    """Everything that a Word file says, heads of its pages and tables too."""
    document = Document(BytesIO(content))
    heads = (head for one in document.sections for head in (one.header, one.even_page_header))
    told = [each.text for head in heads for each in head.paragraphs]
    told += [each.text for each in document.paragraphs]
    told += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(told)


def the_unit_answers(liaison: Person) -> None:
    """The unit finds the decision above what it has to file, and answers it."""
    liaison.watched.open("")
    page = liaison.page
    part = page.get_by_text(MATTER).first
    expect(part).to_be_visible()
    where = page.get_by_test_id("stExpander").filter(has_text="反馈办理情况")
    count = where.count()
    for place in range(count):
        where.nth(place).locator("summary").tap()
    forms = page.get_by_test_id("stForm").filter(has_text="反馈办理情况")
    mine = page.locator(".g-ask h3").all_inner_texts().index(MATTER)
    form = forms.nth(mine)
    form.get_by_role("textbox").first.fill(ANSWER)
    liaison.press("反馈办理情况", form)
    liaison.told("已反馈，待办公室审定")


def the_office_closes_the_matter(office: Person) -> None:
    """The office reads the answer beside the standard and closes the matter."""
    page = office.go("交办事项")
    page.get_by_role("link", name=MATTER).first.click()
    office.told(ANSWER)
    page.get_by_role("radiogroup", name="办理").get_by_text("办结", exact=True).click()
    form = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name="办结"))
    form.get_by_role("textbox").first.fill("符合办结标准")
    office.press("办结", form)
    office.told("已办结")


def the_next_meeting_hears_of_it_first(at: Office) -> None:
    """Last week's decision opens the agenda; what was not reached is on it again."""
    page = at.office.page
    at.office.watched.open(f"dispatch?week={NEXT}")
    row = page.get_by_role("row").filter(has_text=MATTER).first
    expect(row).to_contain_text("已办结")
    at.office.press("准备本次会议")
    expect(page.get_by_text(OWN_POINT).first).to_be_visible()


def the_month_is_issued(at: Office) -> None:
    """September's bulletin is read, issued and fetched as a Word file with its 登记序号."""
    page = at.office.go("月通报")
    choose(page, "月份", "2023年9月")
    page.get_by_text("通报文稿", exact=True).click()
    one_unit_is_named_another_not_the_rest_as_proposed(at)
    page.get_by_text("已核对全文，同意印发").click()
    at.office.press("印发")
    at.office.told("份通报已印发存档")
    (issue,) = issues(at.engine, PLAN, end_of(AFTER_MONTH))
    assert (issue.month, issue.year, issue.number) == ("2023-09", 2023, 1)
    at.office.watched.open(f"bulletin?show=issued&issue={issue.code}")
    link = page.locator(f"a[href*='paper.docx'][href*='{issue.code}']").first
    expect(link).to_be_visible()
    text = words_of(at.file(page, link.get_attribute("href") or ""))
    assert "【待编号】" in text
    assert "2023年9月" in text
    assert "演示数据" in text
    assert "2023-09" not in text


def one_unit_is_named_another_not_the_rest_as_proposed(at: Office) -> None:
    """Whom the bulletin names is decided one by one; an issue without that is refused."""
    page, waiting = at.office.page, len(undecided(at))
    assert waiting > 2
    page.get_by_text("已核对全文，同意印发").click()
    at.office.press("印发")
    at.office.told("点名的内容须逐条确认")
    for left, word in ((waiting - 1, "写入"), (waiting - 2, "不写入")):
        page.get_by_role("button", name=word, exact=True).first.click()
        expect(page.get_by_role("button", name="写入", exact=True)).to_have_count(left)
    for place in undecided(at):
        given = at.engine, CONSOLE, PLAN, "2023-09", Wish(place=place)
        save_passage(*given, settings.current())
    at.office.watched.open(page.url.removeprefix(f"{at.base}/"))


def undecided(at: Office) -> tuple[Place, ...]:
    """The namings that wait for a word."""
    read = read_month(at.engine, PLAN, "2023-09", settings.current())
    return outline_of(read.month, read.present, settings.current()).undecided


def assert_the_books_tell_the_cycle(at: Office) -> None:
    books = at.books(AFTER_MONTH)
    (made,) = [each for each in books.all(r.Directive) if each.matter == MATTER]
    assert (made.state, made.answer) == (t.DirectiveState.CLOSED, ANSWER)
    assert (made.round, made.closing_standard) == (ROUND, STANDARD)
    assert made.point is not None
    held = books.get(r.Dispatch, ROUND)
    assert held.state is t.DispatchState.CLOSED
    assert breaches(books) == ()
    assert list(breaks(at.engine)) == []
