"""交办事项 and 督办 are handled act by act: who may take which when, and what the books hold."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.access.rights import ForbiddenError
from dashboard.access.viewer import LOCAL, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.posting import handling
from dashboard.posting.editing import change_row
from dashboard.posting.faults import RefusedError
from dashboard.posting.handling import HandledMeanwhileError, Step
from dashboard.posting.problems import issue_directive
from dashboard.posting.supervising import Order, issue, record_veto
from dashboard.rules.handling import (
    is_past_due,
    last_step,
    next_acts,
    state_word,
    steps_of,
    waits_for,
)
from tests.books import CODE, Desk
from tests.people import person, told

GIVEN, DAY = date(2023, 9, 15), date(2023, 9, 20)
DIRECTIVE = r.Directive(
    code="new",
    matter="落实场所",
    source=t.DirectiveSource.DISPATCH,
    unit="u-wjj",
    issued_on=GIVEN,
    due_on=date(2023, 9, 22),
)
ORDER = Order(
    kind=t.SupervisionKind.LETTER,
    unit="u-wjj",
    reason="进展缓慢",
    demand="请加快推进",
    due_on=date(2023, 9, 22),
    task="t-4-1",
    by_post="专班办公室主任",
)
UNIT, OFFICE = "县卫生健康局联络员", "专班办公室督查岗"
A = t.HandlingAct


class Course:
    """One matter on its way, at the office computer unless somebody else is named."""

    def __init__(self, desk: Desk, ledger: str, **given: Any) -> None:
        self.desk, self.ledger = desk, ledger
        desk.at(GIVEN)
        if ledger == "directive":
            self.code = issue_directive(desk.engine, LOCAL, CODE, replace(DIRECTIVE, **given))
        else:
            self.code = issue(desk.engine, LOCAL, CODE, replace(ORDER, **given))
        desk.at(DAY)

    @property
    def row(self) -> Any:
        kind = r.Directive if self.ledger == "directive" else r.Supervision
        return self.desk.judged(DAY).books.get(kind, self.code)

    @property
    def word(self) -> str:
        return state_word(self.desk.judged(DAY).books, self.row)

    @property
    def steps(self) -> list[r.HandlingStep]:
        return list(steps_of(self.desk.judged(DAY).books, self.row))

    @property
    def offered(self) -> set[t.HandlingAct]:
        return set(next_acts(self.desk.judged(DAY).books, self.row))

    def step(self, **given: Any) -> Step:
        last = last_step(self.desk.judged(DAY).books, self.row)
        seen = last.code if last else None
        return Step(**{"ledger": self.ledger, "code": self.code, "seen": seen, **given})

    def do(self, name: str, by: Viewer = LOCAL, **given: Any) -> "Course":
        step = self.step(**{"text": "已办", "by_post": OFFICE, **given})
        getattr(handling, name)(self.desk.engine, by, CODE, step)
        return self

    def answer(self, by: Viewer = LOCAL, **given: Any) -> "Course":
        return self.do("answer", by, **{"by_post": UNIT, "text": "场所已落实", **given})


@pytest.fixture(params=["directive", "supervision"])
def course(request: pytest.FixtureRequest, desk: Desk) -> Course:
    return Course(desk, request.param)


# The course


def test_it_is_answered_sent_back_answered_again_and_closed(course: Course) -> None:
    course.answer().do("send_back", text="请补充协议").answer(text="协议已签").do("close_matter")
    assert [each.act for each in course.steps] == [A.ANSWERED, A.SENT_BACK, A.ANSWERED, A.CLOSED]
    row = course.row
    assert (row.state.label, row.answer, row.answered_on, row.closed_on) == (
        "已办结",
        "协议已签",
        DAY,
        DAY,
    )


def test_an_answer_keeps_what_was_said_by_whom_and_what_is_expected(course: Course) -> None:
    course.answer(expected_on=date(2023, 10, 15))
    (step,) = course.steps
    assert (step.text, step.by_post, step.done_on) == ("场所已落实", UNIT, DAY)
    assert step.expected_on == date(2023, 10, 15)
    assert (course.row.state.label, course.row.answer) == ("已反馈", "场所已落实")


def test_what_is_sent_back_waits_for_its_unit_without_an_answer(course: Course) -> None:
    course.answer().do("send_back", text="请补充协议")
    assert (course.row.answer, course.row.answered_on, course.word) == (None, None, "退回续办")
    (waiting,) = waits_for(course.desk.judged(DAY).books, frozenset({"u-wjj"}))
    assert waiting.code == course.code


def test_the_office_closes_without_an_answer_only_with_a_word(course: Course) -> None:
    with pytest.raises(RefusedError, match="请填写办结意见"):
        course.do("close_matter", text=" ")
    assert course.do("close_matter", text="会上已报告落实情况").word == "已办结"


def test_the_closing_of_what_was_answered_may_be_silent(course: Course) -> None:
    assert course.answer().do("close_matter", text=None).word == "已办结"


def test_what_was_closed_is_taken_up_again(course: Course) -> None:
    course.answer().do("close_matter").do("reopen", text="场所又被占用")
    row = course.row
    assert (row.state.label, row.answer, row.closed_on) == ("办理中", None, None)
    assert course.word == "重新办理"


def test_what_is_withdrawn_is_over(course: Course) -> None:
    course.do("withdraw", text="交办有误")
    assert (course.word, course.offered) == ("已撤回", set())
    assert waits_for(course.desk.judged(DAY).books, frozenset({"u-wjj"})) == ()
    with pytest.raises(RefusedError, match="目前“已撤回”，不能办理“重新办理”"):
        course.do("reopen")


@pytest.mark.parametrize(
    ("before", "allowed"),
    [
        ((), {A.ANSWERED, A.CLOSED, A.WITHDRAWN}),
        (("answer",), {A.CLOSED, A.SENT_BACK, A.ANSWERED, A.WITHDRAWN}),
        (("answer", "close_matter"), {A.REOPENED}),
        (("withdraw",), set()),
    ],
)
def test_each_state_has_its_next_acts(
    course: Course, before: tuple[str, ...], allowed: set[t.HandlingAct]
) -> None:
    for name in before:
        course.do(name, by_post=UNIT if name == "answer" else OFFICE)
    assert course.offered == allowed


@pytest.mark.parametrize("name", ["send_back", "reopen"])
def test_an_act_out_of_turn_is_refused_and_nothing_is_written(course: Course, name: str) -> None:
    with pytest.raises(RefusedError, match="目前“办理中”，不能办理"):
        course.do(name)
    assert (course.steps, course.row.state.label) == ([], "办理中")


@pytest.mark.parametrize("name", ["answer", "withdraw"])
def test_acts_that_need_words_are_refused_without(course: Course, name: str) -> None:
    with pytest.raises(RefusedError, match="请填写"):
        course.do(name, text="　")
    assert course.steps == []


# Dates


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"done_on": date(2023, 9, 21)}, "办理日期不能晚于今天"),
        ({"done_on": date(2023, 9, 14)}, "办理日期不能早于“交办”的日期（9月15日）"),
        ({"expected_on": date(2023, 9, 19)}, "预计完成时间不能早于反馈日期"),
    ],
)
def test_dates_that_cannot_be_are_refused(course: Course, given: dict[str, Any], said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        course.answer(**given)
    assert course.steps == []


def test_an_act_is_not_dated_before_the_last_one(course: Course) -> None:
    with pytest.raises(RefusedError, match="不能早于“反馈办理情况”的日期（9月20日）"):
        course.answer().do("close_matter", done_on=date(2023, 9, 19))


def test_past_its_date_it_is_overdue_until_it_is_answered(course: Course) -> None:
    due = course.row.due_on
    assert [is_past_due(course.row, each) for each in (due, date(2023, 9, 23))] == [False, True]
    assert not is_past_due(course.answer().row, date(2023, 9, 23))


# Hands


def test_at_the_one_computer_each_signs_with_the_post_that_acts(course: Course) -> None:
    with pytest.raises(RefusedError, match="请填写反馈岗位"):
        course.answer(by_post=" ")
    with pytest.raises(RefusedError, match="请填写撤回岗位"):
        course.do("withdraw", by_post=None)


def test_who_answered_does_not_close(course: Course) -> None:
    course.answer()
    with pytest.raises(RefusedError, match="办结岗位应与反馈岗位（县卫生健康局联络员）不同"):
        course.do("close_matter", by_post="县卫生健康局 联络员")
    assert course.row.state.label == "已反馈"


def test_a_liaison_answers_today_under_the_own_post(course: Course) -> None:
    own = person(course.desk.engine, t.AccountRole.LIAISON, "u-wjj")
    course.answer(own, by_post="专班办公室主任", done_on=date(2023, 9, 16))
    (step,) = course.steps
    assert (step.by_post, step.by_account, step.done_on) == (own.post, own.account, DAY)


def test_the_office_enters_a_units_answer_under_the_units_post(course: Course) -> None:
    office = person(course.desk.engine, t.AccountRole.OFFICE)
    with pytest.raises(RefusedError, match="请填写反馈岗位"):
        course.answer(office, by_post=None)
    course.answer(office).do("close_matter", office, by_post="借用的岗位")
    assert [each.by_post for each in course.steps] == [UNIT, office.post]


def test_another_units_liaison_answers_nothing(course: Course) -> None:
    other = person(course.desk.engine, t.AccountRole.LIAISON, "u-jtj")
    with pytest.raises(ForbiddenError, match="只限本单位的事项"):
        course.answer(other)
    assert course.steps == []


def test_a_liaison_closes_nothing(course: Course) -> None:
    own = person(course.desk.engine, t.AccountRole.LIAISON, "u-wjj")
    course.answer(own)
    with pytest.raises(ForbiddenError, match="联络员没有"):
        course.do("close_matter", own)
    assert course.row.state.label == "已反馈"


def test_a_leader_closes_what_carries_out_an_instruction_and_nothing_else(desk: Desk) -> None:
    plain = Course(desk, "directive").answer()
    registered = Course(
        desk, "directive", source=t.DirectiveSource.LEADER, register_no="〔2023〕8号"
    ).answer()
    leader = person(desk.engine, t.AccountRole.LEADER)
    assert registered.do("close_matter", leader).word == "已办结"
    with pytest.raises(ForbiddenError, match="领导没有“交办事项”的权限"):
        plain.do("close_matter", leader)


# Two at once, and what else is refused


def test_who_comes_second_is_told_who_was_first(course: Course) -> None:
    stale = course.step(text="也已办", by_post=UNIT)
    course.answer()
    with pytest.raises(HandledMeanwhileError, match="县卫生健康局联络员已先办理“反馈办理情况”"):
        handling.answer(course.desk.engine, LOCAL, CODE, stale)
    assert len(course.steps) == 1


def test_a_matter_that_is_not_there_is_said(desk: Desk) -> None:
    desk.at(DAY)
    with pytest.raises(RefusedError, match="没有这件事项"):
        handling.close_matter(
            desk.engine, LOCAL, CODE, Step(ledger="directive", code="D999999", by_post=OFFICE)
        )


def test_only_matters_are_handled(desk: Desk) -> None:
    with pytest.raises(ValueError, match="problem"):
        handling.answer(desk.engine, LOCAL, CODE, Step(ledger="problem", code="P000001"))


@pytest.mark.parametrize("field", ["state", "answer", "answered_on", "closed_on"])
def test_the_state_and_the_answer_are_not_edited(desk: Desk, field: str) -> None:
    course = Course(desk, "directive")
    books = desk.judged(DAY).books
    values = {"state": t.DirectiveState.CLOSED, "answer": "已办"}
    with pytest.raises(RefusedError):
        change_row(
            desk.engine,
            LOCAL,
            CODE,
            course.row,
            {field: values.get(field, DAY)},
            seen=books.version,
        )
    assert course.row.state is t.DirectiveState.OPEN


def test_a_slip_is_edited_by_nobody(desk: Desk) -> None:
    course = Course(desk, "supervision")
    version = desk.judged(DAY).books.version
    with pytest.raises((RefusedError, ForbiddenError)):
        change_row(desk.engine, LOCAL, CODE, course.row, {"demand": "另一要求"}, seen=version)
    assert course.row.demand == ORDER.demand


def test_no_slip_is_taken_up_again_beside_another(desk: Desk) -> None:
    first = Course(desk, "supervision").do("close_matter")
    issue(desk.engine, LOCAL, CODE, ORDER)
    with pytest.raises(RefusedError, match="已有提醒函2023年第2号在办，不能同时重新办理"):
        first.do("reopen")


def test_a_veto_is_answered_by_nobody_and_may_be_withdrawn(desk: Desk) -> None:
    desk.at(DAY)
    given = replace(
        ORDER, kind=t.SupervisionKind.VETO, basis="县委〔2023〕1号", task=None, due_on=None
    )
    code = record_veto(desk.engine, LOCAL, CODE, given)
    books = desk.judged(DAY).books
    row = books.get(r.Supervision, code)
    assert (state_word(books, row), next_acts(books, row)) == ("已登记", (A.WITHDRAWN,))


def test_every_act_stands_in_the_audit(course: Course) -> None:
    office = person(course.desk.engine, t.AccountRole.OFFICE)
    course.answer(office).do("close_matter", office)
    actions = [action for *_, action, _ in told(course.desk.engine)]
    title = "交办事项" if course.ledger == "directive" else "督办"
    assert f"{title}反馈办理情况" in actions
    assert f"{title}办结" in actions
