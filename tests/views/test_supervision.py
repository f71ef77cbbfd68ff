"""督办: proposals with their reasons, issued by the office one by one, answered, closed."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE, LOCAL, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.database import open_books
from dashboard.posting.handling import Step, answer
from dashboard.posting.problems import issue_directive
from dashboard.posting.supervising import Order, issue
from dashboard.rules.calendar import end_of
from dashboard.settings import current
from tests.books import CODE
from tests.views.reading import links_of, text_of
from tests.views.rows import links_in, opened, rows_of

PROPOSED, TABLE = "督办建议", "督办登记"
LEAD = "u-xlzx"
"""县心理健康中心, whose task stands red in the practice data."""
DRAFT = f"/supervision?draft=letter.t-4-5.{LEAD}"
ORDER = Order(
    kind=t.SupervisionKind.ORDER,
    unit=LEAD,
    reason="签约单位不足",
    demand="请限期办结",
    due_on=date(2023, 10, 7),
    task="t-4-5",
    by_post="专班办公室主任",
)
Seat = Callable[..., Viewer]


def books() -> Books:
    engine = open_books(current().database.url)
    try:
        return load(engine, CODE, end_of(date(2030, 1, 1)))
    finally:
        engine.dispose()


def slips() -> list[r.Supervision]:
    return list(books().all(r.Supervision))


def issued(*orders: Order) -> list[str]:
    engine = open_books(current().database.url)
    try:
        return [issue(engine, CONSOLE, CODE, each) for each in orders]
    finally:
        engine.dispose()


def fill(page: AppTest, name: str, value: str) -> None:
    """Type into the field of the form whose key holds this name."""
    inputs = [*page.text_area, *page.text_input]
    (found,) = (each for each in inputs if re.search(rf"_{name}(_|$)", each.key or ""))
    found.input(value)


def send(page: AppTest, label: str) -> AppTest:
    next(each for each in page.button if each.label == label).click()
    page.run()
    assert not page.exception
    return page


def choose(page: AppTest, label: str, value: str) -> AppTest:
    next(each for each in page.radio if each.label == label).set_value(value)
    return page.run()


# Proposals


def test_the_page_proposes_with_light_and_reason(full_app: AppTest) -> None:
    page = opened(full_app, "/supervision")
    rows = rows_of(page, PROPOSED)
    assert [row[0] for row in rows] == ["提醒函", "提醒函"]
    (red,) = (row for row in rows if row[1] == "县心理健康中心")
    assert "严重滞后" in red[3]
    assert red[4] == "亮红灯"
    assert "尚未发出督办；按督办阶梯，建议发出2件。" in text_of(page)
    assert "系统只提建议，发不发由办公室决定" in text_of(page)


def test_the_proposals_way_leads_to_a_form_that_is_written_already(full_app: AppTest) -> None:
    page = opened(full_app, "/supervision")
    ways = [to for words, to in links_in(page, PROPOSED) if words == "拟稿"]
    page = opened(full_app, ways[-1].partition("#")[0])
    reason, demand = (str(each.value) for each in page.text_area)
    assert reason.startswith("截至2023年9月22日，由县心理健康中心牵头的四（五）")
    assert "并于2023年10月7日前将推进计划报" in demand


def test_nothing_is_issued_by_looking(full_app: AppTest) -> None:
    opened(full_app, DRAFT)
    assert slips() == []


def test_the_office_issues_and_the_proposal_is_gone(full_app: AppTest) -> None:
    page = opened(full_app, DRAFT)
    fill(page, "by_post", "专班办公室主任")
    page = send(page, "发出提醒函")
    assert "已登记提醒函2023年第1号，由县心理健康中心承办。" in text_of(page)
    (made,) = slips()
    assert (made.kind.label, made.unit, made.task) == ("提醒函", LEAD, "t-4-5")
    assert (made.round, made.issued_by) == ("2023-W38", "专班办公室主任")
    page = opened(full_app, "/supervision")
    assert [row[1] for row in rows_of(page, PROPOSED)] == ["县委宣传部"]
    assert [row[0] for row in rows_of(page, TABLE)] == ["提醒函2023年第1号"]


def test_what_is_missing_is_said_beside_the_form_which_keeps_the_rest(full_app: AppTest) -> None:
    page = opened(full_app, DRAFT)
    fill(page, "reason", "签约进度过慢")
    page = send(page, "发出提醒函")
    assert "没有保存。“签发岗位”不能为空，请填写。" in text_of(page)
    assert page.text_area[0].value == "签约进度过慢"
    assert slips() == []


def test_another_rung_may_be_taken_than_the_one_proposed(full_app: AppTest) -> None:
    page = choose(opened(full_app, DRAFT), "督办方式", "order")
    assert "不能按期办结的，请于到期前说明原因和预计完成时间。" in str(page.text_area[1].value)
    fill(page, "by_post", "专班办公室主任")
    send(page, "发出督办单")
    assert [each.kind.label for each in slips()] == ["督办单"]


def test_a_naming_is_confirmed_for_one_unit_and_one_month(full_app: AppTest) -> None:
    page = choose(opened(full_app, DRAFT), "督办方式", "naming")
    assert "逐家确认" in text_of(page)
    (month,) = (each for each in page.selectbox if each.label.startswith("通报月份"))
    assert month.value == "2023-09"
    fill(page, "by_post", "专班办公室主任")
    send(page, "确认点名")
    assert [(each.kind.label, each.month) for each in slips()] == [("通报点名", "2023-09")]


def test_a_veto_is_only_recorded_with_its_basis(full_app: AppTest) -> None:
    page = choose(opened(full_app, "/supervision?draft=other"), "督办方式", "veto")
    assert "系统不作一票否决" in text_of(page)
    next(each for each in page.selectbox if each.label.startswith("涉及单位")).set_value("u-jtj")
    fill(page, "reason", "年度考核")
    fill(page, "demand", "取消评先资格")
    fill(page, "by_post", "专班办公室主任")
    page = send(page, "登记一票否决")
    assert "一票否决登记须写明依据的文件或决定" in text_of(page)
    fill(page, "basis", "县委〔2023〕5号")
    assert "已登记一票否决" in text_of(send(page, "登记一票否决"))


def test_the_past_is_only_read(full_app: AppTest) -> None:
    page = opened(full_app, "/supervision?date=2023-09-15&draft=other")
    assert not page.text_area
    assert "请先把左侧“统计截止日”改为2023年9月22日" in text_of(page)


def test_an_empty_plan_says_what_will_stand_here(empty_app: AppTest) -> None:
    page = opened(empty_app, "/supervision")
    assert "尚未发出督办。" in text_of(page)


# The register


def test_numbers_lead_to_as_many_rows(full_app: AppTest) -> None:
    issued(ORDER, replace(ORDER, task="t-4-1", unit="u-wjj", kind=t.SupervisionKind.LETTER))
    page = opened(full_app, "/supervision")
    bodies = " ".join(each.proto.body for each in page.get("html"))
    found = re.findall(r'href="(/supervision[^"]*)"[^>]*>(\d+)件', bodies)
    assert len(found) == 5
    for to, number in found:
        rows = rows_of(opened(full_app, to.replace("&amp;", "&")), TABLE)
        assert len(rows) == int(number)


def test_a_row_leads_to_its_course_and_its_paper(full_app: AppTest) -> None:
    (code,) = issued(ORDER)
    page = opened(full_app, "/supervision")
    (to,) = (to for words, to in links_in(page, TABLE) if words == "督办单2023年第1号")
    page = opened(full_app, to)
    assert "待县心理健康中心反馈，时限10月7日，还有15天" in text_of(page)
    assert rows_of(page, "办理过程")[0][:3] == [
        "发出督办单2023年第1号",
        "9月22日",
        "专班办公室主任",
    ]
    papers = [each for each in links_of(page) if each.startswith("/files/paper.docx")]
    assert [f"code={code}" in each for each in papers] == [True]


def test_the_office_answers_for_the_unit_and_closes(full_app: AppTest) -> None:
    (code,) = issued(ORDER)
    page = opened(full_app, f"/record?ledger=supervision&code={code}")
    fill(page, "text", "16家全部签约")
    page = send(page, "反馈办理情况")
    assert "督办单2023年第1号：已反馈，待办公室审定。" in text_of(page)
    page = opened(full_app, f"/record?ledger=supervision&code={code}")
    assert list(next(each for each in page.radio if each.label == "办理").options) == [
        "办结",
        "退回续办",
        "反馈办理情况",
        "撤回",
    ]
    fill(page, "post", "专班办公室督查岗")
    send(page, "办结")
    (row,) = rows_of(opened(full_app, "/supervision"), TABLE)
    assert row[5].startswith("已办结")
    assert row[6].startswith("16家全部签约")


# Who sees and does what


def test_a_liaison_sees_the_own_slips_alone_and_issues_nothing(
    full_app: AppTest, seen_by: Seat
) -> None:
    issued(ORDER, replace(ORDER, task="t-4-1", unit="u-wjj"))
    seen_by(t.AccountRole.LIAISON, LEAD)
    page = opened(full_app, f"{DRAFT}&x=1")
    assert [row[1] for row in rows_of(page, TABLE)] == ["县心理健康中心"]
    assert PROPOSED not in text_of(page)
    assert not page.text_area
    assert "督办未办结1件。" in text_of(page)


def test_another_units_slip_is_not_there_for_a_liaison(full_app: AppTest, seen_by: Seat) -> None:
    (code,) = issued(ORDER)
    seen_by(t.AccountRole.LIAISON, "u-wjj")
    page = opened(full_app, f"/record?ledger=supervision&code={code}")
    assert "没有这条记录，或不在您的查看范围内。" in text_of(page)
    assert str(ORDER.reason) not in text_of(page)


def test_a_leader_reads_the_register_and_issues_nothing(full_app: AppTest, seen_by: Seat) -> None:
    issued(ORDER)
    seen_by(t.AccountRole.LEADER)
    page = opened(full_app, DRAFT)
    assert len(rows_of(page, TABLE)) == 1
    assert PROPOSED not in text_of(page)
    assert not page.text_area


# 我的填报: what waits for the unit


def test_what_waits_for_the_unit_stands_above_what_it_files(
    full_app: AppTest, seen_by: Seat
) -> None:
    issued(ORDER)
    seen_by(t.AccountRole.LIAISON, LEAD)
    said = text_of(opened(full_app, "/filing"))
    assert "督办单2023年第1号" in said
    assert "办理要求：请限期办结" in said
    assert said.index("交办、督办事项") < said.index("本期")


def test_a_liaison_answers_there_and_it_waits_no_more(full_app: AppTest, seen_by: Seat) -> None:
    (code,) = issued(ORDER)
    own = seen_by(t.AccountRole.LIAISON, LEAD)
    page = opened(full_app, "/filing")
    (field,) = (e for e in page.text_area if re.fullmatch(rf"handling_{code}_.*_text", e.key or ""))
    field.input("16家全部签约")
    next(each for each in page.button if (each.key or "").startswith(f"handling_{code}_")).click()
    page.run()
    assert "督办单2023年第1号：已反馈，待办公室审定。" in text_of(page)
    (made,) = slips()
    assert (made.state.label, made.answer) == ("已反馈", "16家全部签约")
    (step,) = books().by(r.HandlingStep, "supervision")[code]
    assert (step.by_post, step.by_account) == (own.post, own.account)
    assert "办理要求：请限期办结" not in text_of(opened(full_app, "/filing"))


def test_who_comes_second_is_told_and_nothing_is_written(full_app: AppTest, seen_by: Seat) -> None:
    (code,) = issued(ORDER)
    page = opened(full_app, f"/record?ledger=supervision&code={code}")
    engine = open_books(current().database.url)
    step = Step(ledger="supervision", code=code, text="已签", by_post="县心理健康中心副主任")
    answer(engine, LOCAL, CODE, step)
    engine.dispose()
    fill(page, "text", "也已签")
    page = send(page, "反馈办理情况")
    assert "县心理健康中心副主任已先办理“反馈办理情况”" in text_of(page)
    assert len(books().by(r.HandlingStep, "supervision")[code]) == 1


@pytest.mark.parametrize(("unit", "is_told"), [("u-czj", True), ("u-wjj", False)])
def test_what_an_instruction_asks_for_waits_for_its_addressee_alone(
    full_app: AppTest, seen_by: Seat, unit: str, is_told: bool
) -> None:
    given = r.Directive(
        code="new",
        matter="摸清站点经费缺口",
        source=t.DirectiveSource.LEADER,
        unit="u-czj",
        issued_on=date(2023, 9, 15),
        due_on=date(2023, 9, 20),
        register_no="2023-017",
    )
    issue_directive(open_books(current().database.url), CONSOLE, CODE, given)
    seen_by(t.AccountRole.LIAISON, unit)
    said = text_of(opened(full_app, "/filing"))
    assert ("摸清站点经费缺口" in said) is is_told
    assert ("批示办理" in said) is is_told
