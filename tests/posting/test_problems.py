"""Problems and directives: what must be said when one is opened."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.access.rights import ForbiddenError
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import (
    AccountRole,
    DirectiveSource,
    DirectiveState,
    ProblemCategory,
    ProblemSource,
    ProblemState,
)
from dashboard.posting.editing import add_row
from dashboard.posting.faults import RefusedError
from dashboard.posting.problems import issue_directive, raise_problem
from tests.books import CODE, Desk
from tests.people import person

DAY = date(2023, 9, 20)
PROBLEM = r.Problem(
    code="new",
    description="专职人员不足",
    source=ProblemSource.TOWN,
    category=ProblemCategory.STAFF,
    unit="u-wjj",
    found_on=DAY,
    closing_standard="配齐专职人员",
)
INSTRUCTION = r.Directive(
    code="new",
    matter="摸清各镇街站点经费缺口",
    source=DirectiveSource.LEADER,
    unit="u-czj",
    issued_on=DAY,
    due_on=date(2023, 9, 28),
    register_no="2023-017",
)
DIRECTIVE = r.Directive(
    code="new",
    matter="核实站点人员",
    source=DirectiveSource.DISPATCH,
    unit="u-wjj",
    issued_on=DAY,
    due_on=date(2023, 9, 28),
)


def refused(desk: Desk, **fields: Any) -> list[tuple[str | None, str]]:
    desk.at(DAY)
    with pytest.raises(RefusedError) as caught:
        raise_problem(desk.engine, CONSOLE, CODE, replace(PROBLEM, **fields))
    assert desk.judged(DAY).books.all(r.Problem) == ()
    return [(fault.field, fault.message) for fault in caught.value.faults]


def test_problems_get_codes_in_order_and_are_open(desk: Desk) -> None:
    desk.at(DAY)
    codes = [raise_problem(desk.engine, CONSOLE, CODE, PROBLEM) for _ in range(2)]
    assert codes == ["P000001", "P000002"]
    first, second = desk.judged(DAY).books.all(r.Problem)
    assert (first.code, second.state) == ("P000001", ProblemState.OPEN)


def test_a_problem_is_not_found_tomorrow(desk: Desk) -> None:
    assert refused(desk, found_on=date(2023, 9, 21)) == [("found_on", "不能晚于今天")]


def test_a_date_before_the_finding_is_refused(desk: Desk) -> None:
    early = date(2023, 9, 19)
    assert refused(desk, due_on=early, request_due_on=early) == [
        ("due_on", "不能早于发现时间"),
        ("request_due_on", "不能早于发现时间"),
    ]


def test_a_request_says_by_when(desk: Desk) -> None:
    assert refused(desk, request="请协调编制") == [
        ("request_due_on", "有需协调事项时，请填写希望何时前协调")
    ]


def test_a_problem_needs_its_closing_standard_and_a_known_unit(desk: Desk) -> None:
    assert refused(desk, closing_standard=" ") == [
        ("closing_standard", "不能只有空格，请填写或留空")
    ]
    assert refused(desk, unit="u-nowhere")[0][0] == "unit"


def test_nobody_closes_a_problem_while_entering_it(desk: Desk) -> None:
    given = {"state": ProblemState.CLOSED, "closed_on": DAY, "checked_by": "专班办公室"}
    said = refused(desk, **given, check_opinion="属实", reopenings=1)
    assert {field for field, _ in said} == {*given, "check_opinion", "reopenings"}
    assert {message for _, message in said} == {"登记时不能填写，请按程序办理"}


def test_nobody_answers_or_closes_a_directive_while_entering_it(desk: Desk) -> None:
    desk.at(DAY)
    later: list[dict[str, Any]] = [{"state": DirectiveState.CLOSED}, {"answer": "已办"}]
    for given in later:
        with pytest.raises(RefusedError, match="登记时不能填写"):
            issue_directive(desk.engine, CONSOLE, CODE, replace(INSTRUCTION, **given))
    assert desk.judged(DAY).books.all(r.Directive) == ()


def test_a_directive_is_not_due_before_it_is_issued(desk: Desk) -> None:
    desk.at(DAY)
    with pytest.raises(RefusedError, match="办结时限不能早于交办日期"):
        issue_directive(desk.engine, CONSOLE, CODE, replace(DIRECTIVE, due_on=date(2023, 9, 19)))
    assert issue_directive(desk.engine, CONSOLE, CODE, DIRECTIVE) == "D000001"
    (held,) = desk.judged(DAY).books.all(r.Directive)
    assert held.due_on == date(2023, 9, 28)


def test_a_register_number_stands_for_one_instruction(desk: Desk) -> None:
    desk.at(DAY)
    assert issue_directive(desk.engine, CONSOLE, CODE, INSTRUCTION) == "D000001"
    for same in ("2023-017", " 2023－017 ", "２０２３-017"):
        again = replace(INSTRUCTION, register_no=same)
        with pytest.raises(RefusedError, match="已登记为D000001，不能重复登记"):
            issue_directive(desk.engine, CONSOLE, CODE, again)
        with pytest.raises(RefusedError, match="已登记为D000001，不能重复登记"):
            add_row(desk.engine, CONSOLE, CODE, again)
    other = replace(INSTRUCTION, register_no="2023-018")
    assert issue_directive(desk.engine, CONSOLE, CODE, other) == "D000002"


def test_nothing_is_put_on_record_as_already_settled(desk: Desk) -> None:
    desk.at(DAY)
    closed = replace(DIRECTIVE, state=DirectiveState.CLOSED, closed_on=DAY)
    with pytest.raises(RefusedError, match="登记时不能填写"):
        add_row(desk.engine, CONSOLE, CODE, closed)
    assert desk.judged(DAY).books.all(r.Directive) == ()


def test_an_instruction_comes_from_a_leader_and_takes_a_right_of_its_own(desk: Desk) -> None:
    desk.at(DAY)
    with pytest.raises(RefusedError, match="来源应为领导交办"):
        issue_directive(
            desk.engine, CONSOLE, CODE, replace(INSTRUCTION, source=DirectiveSource.DISPATCH)
        )
    leader = person(desk.engine, AccountRole.LEADER)
    issue_directive(desk.engine, leader, CODE, INSTRUCTION)
    with pytest.raises(ForbiddenError):
        issue_directive(desk.engine, leader, CODE, DIRECTIVE)
    liaison = person(desk.engine, AccountRole.LIAISON, "u-czj")
    with pytest.raises(ForbiddenError):
        issue_directive(desk.engine, liaison, CODE, replace(INSTRUCTION, register_no="2023-018"))
    assert len(desk.judged(DAY).books.all(r.Directive)) == 1
