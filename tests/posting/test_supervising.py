"""督办 are issued by a person: their registers run without gaps, one slip over a task at a time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.access.rights import ForbiddenError
from dashboard.access.viewer import LOCAL, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import SupervisionKind as K
from dashboard.posting.faults import RefusedError
from dashboard.posting.handling import Step, close_matter, withdraw
from dashboard.posting.supervising import Order, issue, record_veto
from dashboard.rules.handling import steps_of
from dashboard.rules.invariants import breaches
from tests.books import CODE, Desk
from tests.people import person, told

DAY, NEXT_YEAR = date(2023, 9, 20), date(2024, 1, 10)
ORDER = Order(
    kind=K.LETTER,
    unit="u-wjj",
    reason="进展缓慢",
    demand="请加快推进",
    due_on=date(2024, 1, 31),
    task="t-4-1",
    by_post="专班办公室主任",
)
VETO = replace(ORDER, kind=K.VETO, task=None, due_on=None, basis="县委平安建设领导小组〔2023〕5号")


@pytest.fixture(autouse=True)
def at_work(desk: Desk) -> None:
    desk.at(DAY)


def given(desk: Desk, by: Viewer = LOCAL, **fields: Any) -> r.Supervision:
    """Issue a slip and read it back."""
    code = issue(desk.engine, by, CODE, replace(ORDER, **fields))
    return slips(desk)[code]


def slips(desk: Desk) -> dict[str, r.Supervision]:
    books = desk.judged(NEXT_YEAR).books
    return {each.code: each for each in books.all(r.Supervision)}


def numbers(desk: Desk) -> list[tuple[int, str, int]]:
    return [(each.year, each.kind.value, each.number) for each in slips(desk).values()]


# The register


def test_what_is_issued_stands_in_the_register(desk: Desk) -> None:
    made = given(desk, task="t-4-5", line="l-4-5-partners", round="2023-W38")
    assert (made.year, made.number, made.issued_on) == (2023, 1, DAY)
    assert (made.issued_by, made.state) == ("专班办公室主任", t.SupervisionState.OPEN)
    assert (made.reason, made.demand, made.due_on) == (ORDER.reason, ORDER.demand, ORDER.due_on)


def test_registers_run_per_kind_and_per_year(desk: Desk) -> None:
    given(desk)
    given(desk, task="t-4-3")
    given(desk, task="t-4-4", kind=K.ORDER)
    desk.at(NEXT_YEAR)
    given(desk, task="t-4-5")
    assert numbers(desk) == [
        (2023, "letter", 1),
        (2023, "letter", 2),
        (2023, "order", 1),
        (2024, "letter", 1),
    ]
    assert breaches(desk.judged(NEXT_YEAR).books) == ()


def test_a_refusal_takes_no_number(desk: Desk) -> None:
    given(desk)
    with pytest.raises(RefusedError):
        given(desk, task="t-4-3", reason=" ")
    with pytest.raises(ForbiddenError):
        given(desk, person(desk.engine, t.AccountRole.LIAISON, "u-wjj"), task="t-4-3")
    office = person(desk.engine, t.AccountRole.OFFICE)
    assert given(desk, office, task="t-4-3").number == 2


def test_what_is_withdrawn_keeps_its_number(desk: Desk) -> None:
    first = given(desk)
    step = Step(ledger="supervision", code=first.code, text="发错单位", by_post="督查岗")
    withdraw(desk.engine, LOCAL, CODE, step)
    assert given(desk).number == 2
    assert breaches(desk.judged(NEXT_YEAR).books) == ()


def test_two_who_issue_at_once_get_two_numbers(desk: Desk) -> None:
    tasks = [each.code for each in desk.judged(DAY).books.all(r.Task)][:8]
    url = str(desk.engine.url)

    def one(task: str) -> str:
        engine = open_books(url)
        try:
            return issue(engine, LOCAL, CODE, replace(ORDER, task=task))
        finally:
            engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(one, tasks))
    assert len(set(made)) == 8
    assert sorted(number for *_, number in numbers(desk)) == list(range(1, 9))


def test_two_who_issue_the_same_at_once_issue_one(desk: Desk) -> None:
    url = str(desk.engine.url)

    def one(_: int) -> str:
        engine = open_books(url)
        try:
            return issue(engine, LOCAL, CODE, ORDER)
        except RefusedError as refused:
            return str(refused)
        finally:
            engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(one, range(4)))
    (made,) = slips(desk)
    assert said.count(made) == 1
    assert sum("已有提醒函2023年第1号在办" in each for each in said) == 3


# One open slip a task and unit


@pytest.mark.parametrize("kind", [K.REMINDER, K.LETTER, K.ORDER])
def test_beside_an_order_nothing_of_its_rung_or_below_is_issued(desk: Desk, kind: K) -> None:
    given(desk, kind=K.ORDER)
    with pytest.raises(RefusedError, match=f"已有督办单2023年第1号在办，不能再发{kind.label}"):
        given(desk, kind=kind)


def test_a_higher_step_takes_the_place_of_the_one_that_stood(desk: Desk) -> None:
    letter, order = given(desk), given(desk, kind=K.ORDER)
    standing = [each.code for each in slips(desk).values() if each.state.value == "open"]
    assert standing == [order.code]
    (step,) = steps_of(desk.judged(DAY).books, letter)
    assert (step.act, step.text) == (t.HandlingAct.CLOSED, "转为督办单2023年第1号，一并办理")
    assert step.by_post == "专班办公室主任"


@pytest.mark.parametrize("other", [{"unit": "u-jtj"}, {"task": "t-4-3"}, {"task": None}])
def test_another_unit_or_task_is_another_matter(desk: Desk, other: dict[str, Any]) -> None:
    given(desk)
    assert given(desk, **other).number == 2


def test_once_closed_another_may_be_issued(desk: Desk) -> None:
    first = given(desk)
    step = Step(ledger="supervision", code=first.code, text="已落实", by_post="督查岗")
    close_matter(desk.engine, LOCAL, CODE, step)
    assert given(desk).number == 2


# What is asked for


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": None}, "“发出事由”：不能为空"),
        ({"demand": "　"}, "“办理要求”：不能为空"),
        ({"due_on": None}, "“办结时限”：不能为空"),
        ({"due_on": date(2023, 9, 19)}, "“办结时限”：不能早于今天"),
        ({"unit": "u-各镇街"}, "“承办单位”：请选择能够承办的单位"),
        ({"kind": K.TALK}, "“依据”：约谈建议须写明依据的文件或决定"),
        ({"kind": K.NAMING}, "“通报月份”：请选择在哪个月的通报中点名"),
        ({"kind": K.VETO}, "一票否决只登记，不由督办发出"),
        ({"by_post": " "}, "“签发岗位”：不能为空"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    desk: Desk, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        given(desk, **fields)
    assert slips(desk) == {}


def test_a_due_date_may_be_today(desk: Desk) -> None:
    assert given(desk, due_on=DAY).due_on == DAY


def test_a_naming_stands_with_the_month_of_its_bulletin(desk: Desk) -> None:
    assert given(desk, kind=K.NAMING, month="2023-09").month == "2023-09"


def test_nobody_signs_for_an_account_with_another_post(desk: Desk) -> None:
    office = person(desk.engine, t.AccountRole.OFFICE)
    assert given(desk, office, by_post="借用的岗位").issued_by == office.post


# 一票否决


def test_a_veto_is_recorded_with_its_basis_and_waits_for_nobody(desk: Desk) -> None:
    code = record_veto(desk.engine, LOCAL, CODE, VETO)
    made = slips(desk)[code]
    assert (made.basis, made.state) == (VETO.basis, t.SupervisionState.CLOSED)
    assert (made.number, made.closed_on) == (1, DAY)


def test_no_veto_without_its_basis(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="一票否决登记须写明依据的文件或决定"):
        record_veto(desk.engine, LOCAL, CODE, replace(VETO, basis=" "))
    assert slips(desk) == {}


def test_only_a_veto_is_recorded_as_one(desk: Desk) -> None:
    with pytest.raises(ValueError, match="ladder"):
        record_veto(desk.engine, LOCAL, CODE, ORDER)


def test_issuing_stands_in_the_audit(desk: Desk) -> None:
    given(desk)
    record_veto(desk.engine, LOCAL, CODE, VETO)
    actions = [action for *_, action, _ in told(desk.engine)]
    assert {"发出提醒函", "登记一票否决"} <= set(actions)
