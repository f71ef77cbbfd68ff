"""A week on three browsers and one spreadsheet: filed, returned, corrected, accepted, closed.

A liaison works on a phone, the office and a leader at their desks; a town has nothing but its
填报表. Whatever they do, they find by menus, links and labels; at the end the books are asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine

from dashboard import wording
from dashboard.access.audit import breaks
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.history import Filed, all_filings
from dashboard.rules.calendar import Clock, at_time, shanghai_day
from dashboard.rules.invariants import breaches
from tests.at_work import SECONDS, Person, choose, comes, day_in, sit
from tests.conftest import serving
from tests.filing_sheets import filled
from tests.people import account
from tests.sample_files import pdf

PLAN, ROUND = "jiaxiang-2023", "2023-W39"
CENTRE, TOWN = "县心理健康中心", "黄垓镇"
PARTNERS = "签约合作单位"
PARTNERS_LINE = "l-4-5-partners"
UNCHANGED_LINES = ("l-4-5-2", "l-4-5-3")
TOWN_LINES = ("l-4-8-town-370829114", "l-4-8-village-370829114")
LINES = (PARTNERS_LINE, *UNCHANGED_LINES, *TOWN_LINES)
ACCEPTED, RETURNED = t.ReviewVerdict.ACCEPTED, t.ReviewVerdict.RETURNED
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2023, 9, day) for day in (25, 26, 27, 28))
"""The week's meeting was moved to Thursday by a holiday, and the filing cut to Wednesday noon."""
OPINION = "新增数与协议份数不符，请核实后重报"
TROUBLE = "合作单位的经费渠道仍未明确"
STANDARD = "经费渠道有书面依据，三家以上单位签约"
REACHED = "经费渠道已有会议纪要，已签约三家"
LIAISON, OFFICE, LEADER = "县心理健康中心联络员", "专班办公室综合岗", "分管领导"
PEOPLE = {
    "xlzx": (t.AccountRole.LIAISON, LIAISON, ("u-xlzx",), (390, 844)),
    "zb": (t.AccountRole.OFFICE, OFFICE, (), (1366, 768)),
    "ld": (t.AccountRole.LEADER, LEADER, (), (1366, 768)),
}


@dataclass
class Week:
    """A running server, its books, and who works with it."""

    engine: Engine
    liaison: Person
    office: Person
    leader: Person

    def comes(self, day: date, hour: int = 9) -> None:
        """Time passes."""
        comes(self.engine, day, hour)


@pytest.fixture
def week(tmp_path: Path, browser: Browser) -> Iterator[Week]:
    """Monday morning: three people log in."""
    expect.set_options(timeout=SECONDS)
    with serving(tmp_path) as (base, _):
        engine = open_books(f"sqlite:///{(tmp_path / 'books' / 'guatu.db').as_posix()}")
        for name, (role, post, units, _) in PEOPLE.items():
            own = [(PLAN, unit) for unit in units]
            account(engine, name, role, own, post=post, now=Clock().now())
        comes(engine, MONDAY)
        people = [sit(browser, base, name, size) for name, (*_, size) in PEOPLE.items()]
        yield Week(engine, *people)
        engine.dispose()
        for each in people:
            assert each.watched.foreign == []
            assert each.watched.errors == []
            each.page.context.close()


def card(page: Page, title: str) -> Locator:
    """An item on the filing page, by its title."""
    return page.locator("[class*='st-key-draft_'][class*='_card']").filter(
        has=page.get_by_role("heading", name=title)
    )


def tick(page: Page, title: str) -> None:
    """Tick a filing, once nothing else of that title is drawn any more."""
    box = page.get_by_test_id("stCheckbox").filter(has_text=title)
    expect(box).to_have_count(1)
    box.click()


def units_in(page: Page, word: str, *, without: str) -> set[str]:
    """Whom the text to paste names, once it has left out who filed just now."""
    text = page.locator(".st-key-chase_debtors")
    expect(text).to_contain_text(word)
    expect(text).not_to_contain_text(without)
    return set(re.findall(r"\d+[.．、]\s*(\S+?)（", text.inner_text()))


def test_three_people_and_one_with_a_sheet_run_a_week(week: Week, tmp_path: Path) -> None:
    liaison, office, leader = week.liaison, week.office, week.leader
    what_waited_since_last_week_is_accepted(office)
    what_is_due_is_filed_with_a_problem(liaison)
    owing = who_owes_is_named_and_the_town_gets_its_sheet(office, tmp_path)
    week.comes(TUESDAY)
    one_is_returned_and_the_rest_accepted(office)
    the_problem_is_handed_out(office)
    the_sheet_comes_back(office, tmp_path)
    week.comes(WEDNESDAY)
    what_was_returned_is_corrected(liaison)
    closing_is_asked_for(liaison)
    the_correction_is_accepted(office)
    week.comes(WEDNESDAY, 14)
    only_who_owes_is_called_for(office, owing)
    what_was_reached_is_checked(office)
    week.comes(THURSDAY)
    the_closing_is_confirmed(leader)
    assert_the_books_tell_the_week(week.engine)
    practice_is_over(office)


def what_waited_since_last_week_is_accepted(office: Person) -> None:
    """One filing that is to be looked at twice is ticked by hand."""
    page = office.go("审核")
    choose(page, "单位", CENTRE)
    tick(page, PARTNERS)
    office.press("审核通过（1条）")
    office.told("已审核通过1条")


def what_is_due_is_filed_with_a_problem(liaison: Person) -> None:
    """The first page says what is due; one item is filed in full, the rest by one click."""
    page = liaison.page
    expect(page.locator("h1")).to_have_text("我的填报")
    expect(page.get_by_text("填报截止9月27日12:00")).to_contain_text("待填报3项")
    item = card(page, PARTNERS)
    expect(item).to_contain_text("上次4家")
    liaison.press("填报", item)
    item.get_by_label("本期新增（家）").fill("3")
    item.get_by_label("进展情况").fill("新签三家")
    item.get_by_label("下步计划").fill("国庆后逐家走访")
    expect(item).to_contain_text("提交后累计7家")
    item.get_by_label("滞后原因（必填）").fill("经费渠道未明确")
    item.get_by_label("解决措施（必填）").fill("报请协调经费渠道")
    day_in(item, "预计完成时间（必填）", date(2023, 11, 30))
    item.get_by_text("有需要协调解决的问题").tap()
    item.get_by_label("问题描述").fill(TROUBLE)
    item.get_by_role("radiogroup", name="问题类别").get_by_text("经费").tap()
    item.get_by_label("建议的销号标准").fill(STANDARD)
    liaison.press("提交填报", item)
    liaison.told("的填报已提交，待专班办公室审核；提出的问题已登记")
    liaison.press("其余2项均无变化，一键报送")
    liaison.told("2项按“无变化”填报，已提交")
    liaison.told("本期没有要填报的事项")


def who_owes_is_named_and_the_town_gets_its_sheet(office: Person, folder: Path) -> set[str]:
    """The reminder leaves out who has filed; the sheet goes to a town without a network."""
    page = office.go("审核")
    owing = units_in(page, "提醒", without=CENTRE)
    assert TOWN in owing
    page = office.go("填报表")
    row = page.get_by_role("row").filter(has_text=TOWN)
    with page.expect_download() as coming:
        row.get_by_role("link", name="下载").click()
    blank = folder / coming.value.suggested_filename
    coming.value.save_as(blank)
    done = {"value": 2, "text": "已办两场", "next_step": "十月再办一场"}
    content = filled(blank.read_bytes(), dict.fromkeys(TOWN_LINES, done))
    (folder / "填好.xlsx").write_bytes(content)
    return owing


def one_is_returned_and_the_rest_accepted(office: Person) -> None:
    """The office reads what came from the unit this week, returns one with a reason."""
    page = office.go("审核")
    choose(page, "调度", "第17次调度")
    choose(page, "单位", CENTRE)
    expect(page.get_by_role("button", name="退回")).to_have_count(3)
    page.get_by_role("button", name="退回").first.click()
    page.get_by_label(f"退回意见（{CENTRE}“{PARTNERS}”）").fill(OPINION)
    office.press("退回这条填报")
    office.told(f"已退回{CENTRE}“{PARTNERS}”")
    page.get_by_role("button", name=re.compile("全选无异常的")).click()
    office.press("审核通过（2条）")
    office.told("已审核通过2条")


def the_problem_is_handed_out(office: Person) -> None:
    """What the unit raised stands on the list; the office settles standard and date."""
    page = office.go("问题清单")
    page.get_by_role("link", name=TROUBLE).click()
    office.told("待办公室交办")
    form = page.get_by_test_id("stForm").filter(has_text="整改要求")
    form.get_by_label("整改要求").fill("一周内明确经费渠道")
    day_in(form, "解决时限", THURSDAY)
    office.press("交办整改")
    office.told("已交办，由责任单位整改")


def what_was_returned_is_corrected(liaison: Person) -> None:
    """The first page says what was returned and why; what was typed is still there."""
    liaison.watched.open("")
    page = liaison.page
    expect(page.get_by_text("填报截止9月27日12:00")).to_contain_text("待填报1项，均为退回修改")
    item = card(page, PARTNERS)
    expect(item).to_contain_text(f"退回意见：{OPINION}")
    liaison.press("填报", item)
    expect(item.get_by_label("进展情况")).to_have_value("新签三家")
    item.get_by_label("本期新增（家）").fill("2")
    item.get_by_label("进展情况").fill("新签两家，另一家尚未盖章")
    expect(item).to_contain_text("提交后累计6家")
    liaison.press("提交填报", item)
    liaison.told("的填报已提交，待专班办公室审核")


def closing_is_asked_for(liaison: Person) -> None:
    """The unit reports what it did, then asks for closing and shows a file."""
    page = liaison.go("问题清单")
    page.get_by_role("link", name=TROUBLE).tap()
    liaison.told(f"{CENTRE}整改中")
    page.get_by_label("整改进展（必填）").fill("已召开协调会")
    liaison.press("报告整改进展")
    liaison.told("已记录整改进展")
    expect(page.get_by_role("table", name="办理过程")).to_contain_text("已召开协调会")
    page.get_by_role("radiogroup", name="办理").get_by_text("申请销号").tap()
    page.locator("input[type=file]").set_input_files(
        {"name": "会议纪要.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    liaison.told("会议纪要.pdf（1 KB）")
    page.get_by_label("对照销号标准的完成情况（必填）").fill(REACHED)
    liaison.press("申请销号")
    liaison.told("已申请销号，待核查")


def the_correction_is_accepted(office: Person) -> None:
    """What took the place of the returned one says so."""
    page = office.go("审核")
    choose(page, "单位", CENTRE)
    tick(page, PARTNERS)
    expect(page.locator("table").filter(has_text="新签两家")).to_have_count(1)
    expect(page.locator("table").filter(has_text="新签两家")).to_contain_text("更正")
    office.press("审核通过（1条）")
    office.told("已审核通过1条")


def the_sheet_comes_back(office: Person, folder: Path) -> None:
    """The town's sheet is shown before anything of it is posted."""
    page = office.go("填报表")
    page.locator("input[type=file]").set_input_files(folder / "填好.xlsx")
    expect(page.get_by_text("可录入2条").first).to_be_visible()
    expect(page.get_by_role("table", name=f"{TOWN}填报表1")).to_contain_text("已办两场")
    office.press("录入选中的2条")
    office.told("已录入1份填报表、2条填报")


def only_who_owes_is_called_for(office: Person, owing: set[str]) -> None:
    """After the cut the text names whom Monday's named, but for the town that filed meanwhile."""
    page = office.go("审核")
    assert units_in(page, "催报", without=TOWN) == owing - {TOWN}


def what_was_reached_is_checked(office: Person) -> None:
    """The office reads what the unit says and shows."""
    page = office.go("问题清单")
    page.get_by_role("link", name=TROUBLE).click()
    course = page.get_by_role("table", name="办理过程")
    expect(course).to_contain_text(REACHED)
    expect(course.get_by_role("link", name="会议纪要.pdf")).to_be_visible()
    page.get_by_label("核查意见（必填）").fill("查看纪要和三份协议，符合销号标准")
    office.press("核查通过")
    office.told("核查通过，待确认")


def the_closing_is_confirmed(leader: Person) -> None:
    """A third person confirms, and the problem is closed."""
    page = leader.go("问题清单")
    page.get_by_role("link", name=TROUBLE).click()
    leader.told("核查已通过，待确认")
    leader.press("确认销号")
    leader.told("已确认销号")


def practice_is_over(office: Person) -> None:
    """Whoever clears the practice data looks at the real day, on every page."""
    office.press("清除演示数据")
    office.told("演示数据已清除")
    office.go("问题清单")
    office.go("任务清单")
    office.told(f"统计截止日：{wording.full_day(shanghai_day(Clock().now()))}")


def assert_the_books_tell_the_week(engine: Engine) -> None:
    """Who filed what, what took whose place, and who closed the problem."""
    end = at_time(THURSDAY, time(18))
    books = load(engine, PLAN, end)
    week = [each for each in all_filings(engine, PLAN, end) if each.filing.round == ROUND]
    assert_filings(week)
    (problem,) = (each for each in books.all(r.Problem) if each.description == TROUBLE)
    assert problem.state is t.ProblemState.CLOSED
    assert problem.closing_standard == STANDARD
    assert (problem.unit, problem.closed_on, problem.due_on) == ("u-xlzx", THURSDAY, THURSDAY)
    signed = (problem.asked_by, problem.checked_by, problem.confirmed_by)
    assert signed == (LIAISON, OFFICE, LEADER)
    steps = [
        (each.act, each.by_account) for each in books.by(r.ProblemStep, "problem")[problem.code]
    ]
    act = t.ProblemAct
    assert steps == [
        (act.TAKEN_UP, "zb"),
        (act.REPORTED, "xlzx"),
        (act.ASKED, "xlzx"),
        (act.CHECKED, "zb"),
        (act.CONFIRMED, "ld"),
    ]
    assert list(breaks(engine)) == []
    assert breaches(books) == ()


def assert_filings(week: Sequence[Filed]) -> None:
    """Six filings: two of one item, two without a change, two by sheet."""
    by_line = {line: [each for each in week if each.filing.line == line] for line in LINES}
    assert len(week) == sum(map(len, by_line.values())) == 6
    first, second = by_line[PARTNERS_LINE]
    assert (first.filing.value, first.verdict, first.opinion) == (7, RETURNED, OPINION)
    assert (second.filing.value, second.verdict) == (6, ACCEPTED)
    assert second.filing.corrects == first.filing.code
    for line in UNCHANGED_LINES:
        (same,) = by_line[line]
        assert (same.filing.no_change, same.verdict) == (True, ACCEPTED)
    for line in TOWN_LINES:
        (sent,) = by_line[line]
        assert (sent.filing.value, sent.filing.way) == (2, t.FilingWay.MESSAGE)
        assert sent.verdict is ACCEPTED
