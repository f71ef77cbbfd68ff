"""交办事项: the sentence counts the rows, the address filters, two forms add to it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole, DirectiveSource
from dashboard.posting.problems import issue_directive
from dashboard.settings import current
from tests.books import CODE
from tests.views.reading import text_of
from tests.views.rows import links_in, opened, rows_of

TABLE = "交办事项"
SENTENCE = re.compile(r"交办事项(\d+)件(?:（其中批示办理(\d+)件）)?，未办结(\d+)件，逾期(\d+)件。")
INSTRUCTION = r.Directive(
    code="new",
    matter="摸清各镇街站点经费缺口",
    source=DirectiveSource.LEADER,
    unit="u-czj",
    issued_on=date(2023, 9, 15),
    due_on=date(2023, 9, 20),
    register_no="2023-017",
)
DIRECTIVE = replace(INSTRUCTION, matter="报送站点经费测算表", register_no=None)


@pytest.fixture
def instructed_app(full_app: AppTest) -> AppTest:
    """Practice data with one instruction and one matter of the same unit and day."""
    for each in (INSTRUCTION, DIRECTIVE):
        issue_directive(open_books(current().database.url), CONSOLE, CODE, each)
    return full_app


def numbers(page: AppTest) -> list[int]:
    """Total, instructions, not closed and overdue, as the sentence tells them."""
    found = SENTENCE.search(text_of(page))
    assert found is not None
    return [int(each or 0) for each in found.groups()]


def send(page: AppTest, label: str) -> AppTest:
    next(each for each in page.button if each.label == label).click()
    return page.run()


def test_the_sentence_counts_the_rows(full_app: AppTest) -> None:
    page = opened(full_app, "/directives")
    total, instructions, standing, overdue = numbers(page)
    assert (len(rows_of(page, TABLE)), instructions) == (total, 0)
    assert "批示办理" not in SENTENCE.search(text_of(page))[0]  # type: ignore[index]
    for state, number in (("standing", standing), ("overdue", overdue)):
        rows = rows_of(opened(full_app, f"/directives?state={state}"), TABLE)
        assert len(rows) == number > 0
    assert all("已过" in row[4] for row in rows)


def test_each_number_leads_to_as_many_rows(instructed_app: AppTest) -> None:
    page = opened(instructed_app, "/directives")
    bodies = " ".join(each.proto.body for each in page.get("html"))
    found = re.findall(r'href="(/directives[^"]*)"[^>]*>(\d+)件', bodies)
    assert len(found) == 7
    for to, number in found:
        rows = rows_of(opened(instructed_app, to.replace("&amp;", "&")), TABLE)
        assert len(rows) == int(number)


@pytest.mark.parametrize(
    ("address", "place", "word"),
    [("unit=u-wjj", 2, "县卫生健康局"), ("source=dispatch", 1, "周调度")],
)
def test_filters_in_the_address_choose_rows(
    instructed_app: AppTest, address: str, place: int, word: str
) -> None:
    every = rows_of(opened(instructed_app, "/directives"), TABLE)
    rows = rows_of(opened(instructed_app, f"/directives?{address}"), TABLE)
    assert rows == [row for row in every if row[place].startswith(word)]
    assert 0 < len(rows) < len(every)


def test_open_ones_come_first_the_most_urgent_on_top(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/directives"), TABLE)
    closed = [row[6].startswith("已办结") for row in rows]
    assert closed == sorted(closed)
    assert "已过" in rows[0][4]


def test_each_row_leads_to_its_record_with_its_history(full_app: AppTest) -> None:
    page = opened(full_app, "/directives")
    words, to = links_in(page, TABLE)[0]
    assert to.startswith("/record?ledger=directive&code=D")
    record = text_of(opened(full_app, to))
    assert words in record
    assert "修改留痕" in record


def test_a_filter_without_rows_says_so(full_app: AppTest) -> None:
    page = opened(full_app, "/directives?state=overdue&unit=u-jtj")
    assert rows_of(page, TABLE) == []
    assert "没有符合条件的交办事项，请放宽筛选条件。" in text_of(page)


def test_an_empty_list_offers_the_form(empty_app: AppTest) -> None:
    page = opened(empty_app, "/directives")
    assert "尚无交办事项，请用上面的表单登记。" in text_of(page)
    assert page.text_area(key="order_0_matter").value == ""


def test_the_past_is_only_read(full_app: AppTest) -> None:
    page = opened(full_app, "/directives?date=2023-07-31")
    assert 0 < numbers(page)[0] < numbers(opened(full_app, "/directives"))[0]
    assert not page.text_area
    assert "登记交办事项请先把左侧“统计截止日”改为2023年9月22日" in text_of(page)


def ordered(page: AppTest) -> AppTest:
    page.text_area(key="order_0_matter").input("报送国庆值班安排")
    page.selectbox(key="order_0_unit").select("u-wjj")
    page.date_input(key="order_0_due_on").set_value(date(2023, 9, 27))
    return page


def test_a_matter_registered_is_in_the_list_and_the_form_is_empty_again(full_app: AppTest) -> None:
    page = ordered(opened(full_app, "/directives"))
    before = numbers(page)[0]
    send(page, "登记交办事项")
    assert not page.error
    told = r"已登记交办事项D\d{6}，由县卫生健康局承办，9月27日前办结。"
    assert re.search(told, page.success[0].value)
    assert numbers(page)[0] == before + 1
    (row,) = [row for row in rows_of(page, TABLE) if row[0] == "报送国庆值班安排"]
    assert row[1:5] == ["领导交办", "县卫生健康局", "9月22日", "9月27日 还有5天"]
    assert page.text_area(key="order_1_matter").value == ""


def test_a_meeting_s_matter_belongs_to_the_dispatch_of_its_day(full_app: AppTest) -> None:
    page = ordered(opened(full_app, "/directives"))
    page.selectbox(key="order_0_source").select("dispatch")
    send(page, "登记交办事项")
    (row,) = [row for row in rows_of(page, TABLE) if row[0] == "报送国庆值班安排"]
    assert re.fullmatch(r"周调度 第\d+次调度", row[1])
    assert "报送国庆值班安排" in text_of(opened(full_app, "/dispatch"))


def test_blanks_are_refused_by_name_and_what_was_typed_stays(full_app: AppTest) -> None:
    page = opened(full_app, "/directives")
    page.text_area(key="order_0_matter").input("报送国庆值班安排")
    send(page, "登记交办事项")
    assert [each.value for each in page.error] == [
        f"没有保存。“{name}”不能为空，请填写。" for name in ("承办单位", "办结时限")
    ]
    assert page.text_area(key="order_0_matter").value == "报送国庆值班安排"


def instructed(page: AppTest, number: str = "2023-020") -> AppTest:
    page.text_input(key="instruction_0_register_no").input(number)
    page.text_area(key="instruction_0_matter").input("摸清人员缺口")
    page.selectbox(key="instruction_0_unit").select("u-wjj")
    page.date_input(key="instruction_0_due_on").set_value(date(2023, 9, 28))
    return send(page, "登记批示办理要求")


def test_of_an_instruction_number_and_requirement_are_kept(full_app: AppTest) -> None:
    page = opened(full_app, "/directives")
    assert "批示原文属工作秘密，不得录入。" in text_of(page)
    instructed(page)
    assert not page.error
    assert numbers(page)[1] == 1
    (row,) = rows_of(opened(full_app, "/directives?source=instruction"), TABLE)
    assert row[:3] == ["摸清人员缺口", "批示办理 登记号2023-020", "县卫生健康局"]


def test_a_number_used_before_is_refused_and_says_where(instructed_app: AppTest) -> None:
    page = instructed(opened(instructed_app, "/directives"), "2023-017")
    assert len(page.error) == 1
    told = r"没有保存。“批示登记号”已登记为D\d{6}，不能重复登记。"
    assert re.fullmatch(told, page.error[0].value)


def test_an_instruction_without_a_requirement_is_called_as_the_form_calls_it(
    full_app: AppTest,
) -> None:
    page = send(opened(full_app, "/directives"), "登记批示办理要求")
    assert [each.value for each in page.error] == [
        f"没有保存。“{name}”不能为空，请填写。"
        for name in ("批示登记号", "办理要求", "承办单位", "办结时限")
    ]


@pytest.mark.parametrize(
    ("role", "units", "instructions", "others"),
    [
        (AccountRole.OFFICE, (), 1, 1),
        (AccountRole.LEADER, (), 1, 1),
        (AccountRole.LIAISON, ("u-czj",), 1, 1),
        (AccountRole.LIAISON, ("u-wjj",), 0, 0),
    ],
)
def test_an_instruction_is_seen_by_office_leader_and_addressee_alone(
    instructed_app: AppTest,
    seen_by: Callable[..., Viewer],
    role: AccountRole,
    units: tuple[str, ...],
    instructions: int,
    others: int,
) -> None:
    seen_by(role, *units)
    page = opened(instructed_app, "/directives")
    assert numbers(page)[1] == instructions
    matters = [row[0] for row in rows_of(page, TABLE)]
    assert matters.count(INSTRUCTION.matter) == instructions
    assert matters.count(DIRECTIVE.matter) == others


@pytest.mark.parametrize(
    ("role", "units", "forms"),
    [
        (AccountRole.OFFICE, (), {"登记交办事项", "登记批示办理要求"}),
        (AccountRole.LEADER, (), {"登记批示办理要求"}),
        (AccountRole.LIAISON, ("u-czj",), set()),
    ],
)
def test_each_role_gets_its_forms(
    full_app: AppTest,
    seen_by: Callable[..., Viewer],
    role: AccountRole,
    units: tuple[str, ...],
    forms: set[str],
) -> None:
    seen_by(role, *units)
    page = opened(full_app, "/directives")
    assert {each.label for each in page.button if each.label.startswith("登记")} == forms


@pytest.mark.parametrize(
    "page", ["overview", "dispatch", "bulletin", "departments?unit=u-czj", "problems", "tasks"]
)
def test_an_instruction_stands_on_no_other_page(instructed_app: AppTest, page: str) -> None:
    text = text_of(opened(instructed_app, f"/{page}"))
    assert INSTRUCTION.matter not in text
    assert "2023-017" not in text


@pytest.mark.parametrize("page", ["dispatch", "departments?unit=u-czj"])
def test_what_is_no_instruction_stands_there(instructed_app: AppTest, page: str) -> None:
    assert DIRECTIVE.matter in text_of(opened(instructed_app, f"/{page}"))


def test_the_overview_of_the_addressee_does_not_show_it(
    instructed_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(AccountRole.LIAISON, "u-czj")
    assert INSTRUCTION.matter not in text_of(opened(instructed_app, "/overview"))


# Handling


def handled(app: AppTest, matter: str) -> AppTest:
    """The record of the directive with this matter."""
    page = opened(app, "/directives")
    (to,) = (to for words, to in links_in(page, TABLE) if words == matter)
    return opened(app, to)


def type_in(page: AppTest, name: str, value: str) -> None:
    inputs = [*page.text_area, *page.text_input]
    (found,) = (e for e in inputs if re.fullmatch(rf"handling_.*_{name}", e.key or ""))
    found.input(value)


def offered(page: AppTest) -> list[str]:
    """What may be done: the choice, or the one button."""
    radios = [list(each.options) for each in page.radio if each.label == "办理"]
    buttons = [each.label for each in page.button if (each.key or "").startswith("handling_")]
    return radios[0] if radios else buttons


def test_the_course_says_who_has_to_move(full_app: AppTest) -> None:
    page = handled(full_app, "督促金屯镇站点制度和资质上墙")
    assert "待金屯镇反馈，时限9月20日，已过2天" in text_of(page)
    assert "办结标准：经复查达到标准" in text_of(page)
    assert offered(page) == ["反馈办理情况", "办结", "撤回"]


def test_a_matter_is_answered_sent_back_and_waits_again(full_app: AppTest) -> None:
    matter = "督促金屯镇站点制度和资质上墙"
    page = handled(full_app, matter)
    type_in(page, "text", "制度已上墙，资质正在办理")
    page = send(page, "反馈办理情况")
    assert f"“{matter}”：已反馈，待办公室审定。" in text_of(page)
    page = handled(full_app, matter)
    next(each for each in page.radio if each.label == "办理").set_value("sent_back")
    page.run()
    type_in(page, "text", "资质办好后再报")
    type_in(page, "post", "专班办公室督查岗")
    send(page, "退回续办")
    page = opened(full_app, "/directives")
    (row,) = (each for each in rows_of(page, TABLE) if each[0].startswith(matter))
    assert row[6] == "退回续办"
    assert row[7] == "尚未再次反馈 退回续办：资质办好后再报"
    acts = [each[0] for each in rows_of(handled(full_app, matter), "办理过程")]
    assert acts == ["交办", "反馈办理情况", "退回续办"]


def test_a_liaison_is_offered_the_answer_alone(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(AccountRole.LIAISON, "u-wjj")
    page = handled(full_app, "节前核查热线夜间值守安排")
    assert offered(page) == ["反馈办理情况"]
    assert not page.text_input


def test_a_leader_is_offered_nothing_but_on_an_instruction(
    instructed_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(AccountRole.LEADER)
    assert offered(handled(instructed_app, DIRECTIVE.matter)) == []
    assert offered(handled(instructed_app, INSTRUCTION.matter)) == ["办结", "撤回"]


def test_what_practice_data_answered_is_told_in_the_course(full_app: AppTest) -> None:
    rows = rows_of(handled(full_app, "列出16家合作单位名单和逐家签约时间"), "办理过程")
    assert [row[0] for row in rows] == ["交办", "反馈办理情况"]
    assert "名单" in rows[1][3]


def test_a_past_day_offers_no_act(full_app: AppTest) -> None:
    page = opened(full_app, "/directives?date=2023-09-20")
    to = next(to for words, to in links_in(page, TABLE) if words.startswith("督促金屯镇"))
    page = opened(full_app, to)
    assert offered(page) == []
    assert "办理请先把左侧“统计截止日”改为2023年9月22日" in text_of(page)
