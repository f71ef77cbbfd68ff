"""Where a problem stands, what may come next, and what counts as the same words."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers.closings import ClosingAsked
from dashboard.ledgers.terms import ProblemAct, ProblemCategory, ProblemSource, ProblemState
from dashboard.rules.invariants import closings_are_complete
from dashboard.rules.problems import (
    NEXT,
    TEXTS,
    Stage,
    changes_after,
    closing_of,
    is_same_post,
    look_back_due,
    next_acts,
    stage_of,
    staged,
)
from dashboard.rules.reuse import plain, reuses
from tests.books import snapshot

DAY = date(2023, 9, 20)
DAYS = 30
PROBLEM = r.Problem(
    code="P1",
    description="专职人员不足",
    source=ProblemSource.TOWN,
    category=ProblemCategory.STAFF,
    unit="u",
    found_on=date(2023, 9, 5),
    closing_standard="配齐专职人员",
)
CLOSED = replace(
    PROBLEM,
    state=ProblemState.CLOSED,
    asked_by="县卫生健康局联络员",
    asked_on=date(2023, 9, 11),
    checked_by="专班办公室核查岗",
    check_opinion="属实",
    checked_on=date(2023, 9, 12),
    confirmed_by="专班办公室副主任",
    closed_on=date(2023, 9, 13),
)


def step(act: ProblemAct, number: int = 1, **fields: Any) -> r.ProblemStep:
    given = {"done_on": DAY, "by_post": "专班办公室", "text": "已办", **fields}
    return r.ProblemStep(code=f"PS{number}", problem="P1", act=act, **given)


def asked(code: str, text: str | None, *files: str, **fields: Any) -> ClosingAsked:
    given = {"subject": code, "is_problem": True, "by_post": "联络员", "asked_on": DAY, **fields}
    return ClosingAsked(code=code, text=text, files=dict.fromkeys(files, f"{code}.pdf"), **given)


# Where it stands


@pytest.mark.parametrize(
    ("fields", "stage"),
    [
        ({}, Stage.TAKE_UP),
        ({"state": ProblemState.SOLVING}, Stage.SOLVING),
        ({"state": ProblemState.TO_CHECK}, Stage.CHECK),
        ({"state": ProblemState.TO_CHECK, "checked_on": DAY}, Stage.CONFIRM),
        ({"state": ProblemState.REOPENED}, Stage.TAKE_UP),
    ],
)
def test_the_stage_tells_who_has_to_move(fields: dict[str, Any], stage: Stage) -> None:
    assert stage_of(replace(PROBLEM, **fields), DAY, DAYS) is stage


def test_looking_back_is_due_so_many_days_after_the_closing_and_not_the_day_before() -> None:
    due = date(2023, 10, 13)
    assert look_back_due(CLOSED, DAYS) == due
    assert stage_of(CLOSED, due - timedelta(days=1), DAYS) is Stage.SETTLED
    assert stage_of(CLOSED, due, DAYS) is Stage.LOOK_BACK
    assert stage_of(CLOSED, due, DAYS + 1) is Stage.SETTLED


def test_looking_back_once_is_enough_and_only_closed_problems_are_looked_back_on() -> None:
    assert look_back_due(replace(CLOSED, looked_back_on=DAY), DAYS) is None
    assert look_back_due(replace(CLOSED, state=ProblemState.SOLVING), DAYS) is None


def test_every_stage_and_step_has_its_words_and_successors() -> None:
    assert set(NEXT) == set(Stage)
    assert set(TEXTS) == set(ProblemAct)
    assert {act for acts in NEXT.values() for act in acts} == set(ProblemAct)


def test_a_closed_problem_may_be_looked_back_on_before_that_is_due() -> None:
    assert next_acts(CLOSED) == (ProblemAct.LOOKED_BACK, ProblemAct.REOPENED)


def test_a_reopened_problem_may_be_worked_on_before_it_is_handed_out_again() -> None:
    reopened = replace(PROBLEM, state=ProblemState.REOPENED)
    assert next_acts(reopened) == (ProblemAct.TAKEN_UP, ProblemAct.REPORTED)
    assert next_acts(PROBLEM) == (ProblemAct.TAKEN_UP,)


def test_the_stages_count_every_problem_once() -> None:
    rows = [PROBLEM, replace(CLOSED, code="P2"), replace(CLOSED, code="P3", looked_back_on=DAY)]
    found = staged(snapshot(rows, DAY), date(2023, 12, 1), DAYS)
    codes = {stage: [each.code for each in held] for stage, held in found.items() if held}
    assert codes == {Stage.TAKE_UP: ["P1"], Stage.LOOK_BACK: ["P2"], Stage.SETTLED: ["P3"]}


# What a step does


@pytest.mark.parametrize(
    "act",
    [ProblemAct.SENT_BACK, ProblemAct.REFUSED, ProblemAct.REOPENED],
    ids=lambda act: act.value,
)
def test_going_back_clears_what_the_closing_wrote(act: ProblemAct) -> None:
    after = replace(CLOSED, **changes_after(CLOSED, step(act)))
    assert after == replace(PROBLEM, state=after.state, reopenings=after.reopenings)
    assert after.reopenings == (act is ProblemAct.REOPENED)


def test_the_closing_that_stands_is_the_one_after_the_last_return() -> None:
    first, back = step(ProblemAct.ASKED, 1), step(ProblemAct.SENT_BACK, 2)
    again, passed = step(ProblemAct.ASKED, 3), step(ProblemAct.CHECKED, 4)
    assert closing_of([first]).asked is first
    assert closing_of([first, back]).asked is None
    assert (closing_of([first, back, again, passed]).asked) is again
    assert (closing_of([first, back, again, passed]).checked) is passed
    assert closing_of([again, passed, step(ProblemAct.REOPENED, 5)]).checked is None


def test_posts_are_one_however_their_signs_were_typed() -> None:
    assert is_same_post("县卫生健康局 联络员（A岗）", "县卫生健康局联络员(a岗)")
    assert not is_same_post("专班办公室核查岗", "专班办公室副主任")


# Closings are complete


def test_a_closing_by_three_posts_with_days_in_order_is_complete() -> None:
    assert list(closings_are_complete(snapshot([CLOSED], DAY))) == []
    one_day = replace(CLOSED, asked_on=DAY, checked_on=DAY, closed_on=DAY)
    assert list(closings_are_complete(snapshot([one_day], DAY))) == []
    assert list(closings_are_complete(snapshot([PROBLEM], DAY))) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        *[
            ({name: None}, "岗位、日期或核查意见不全")
            for name in ("asked_by", "asked_on", "checked_by", "check_opinion", "checked_on")
        ],
        ({"confirmed_by": None}, "不全"),
        ({"closed_on": None}, "不全"),
        ({"checked_by": "县卫生健康局 联络员"}, "有相同的"),
        ({"confirmed_by": "专班办公室核查岗"}, "有相同的"),
        ({"confirmed_by": "县卫生健康局联络员"}, "有相同的"),
        ({"checked_on": date(2023, 9, 10)}, "先后不符"),
        ({"closed_on": date(2023, 9, 11)}, "先后不符"),
    ],
)
def test_what_a_closing_lacks_is_told(fields: dict[str, Any], words: str) -> None:
    (message,) = closings_are_complete(snapshot([replace(CLOSED, **fields)], DAY))
    assert message.startswith("P1：已销号，但")
    assert words in message


# Re-use


def test_the_same_words_are_found_through_blanks_punctuation_and_width() -> None:
    assert plain("已到岗 4周，（见附件１）。\n") == "已到岗4周见附件1"
    own, other = asked("P1", "人员已到岗4周。"), asked("P2", "人员已到岗 ４周")
    (found,) = reuses(own, [own, other])
    assert (found.other, found.is_same_text, found.is_alike) == (other, True, False)


def test_nearly_the_same_words_are_found_and_other_words_are_not() -> None:
    text = "兼职人员已到岗四周，信息已在村务公开栏上墙公示，服务时间已公布"
    own = asked("P1", text)
    near = asked("P2", text.replace("四周", "三周"))
    far = asked("P3", "站点选址已确定，面积二十二平方米，相对独立，已开始布置")
    assert [each.other.code for each in reuses(own, [near, far])] == ["P2"]
    assert reuses(own, [near])[0].is_alike


def test_short_words_are_told_only_where_they_are_the_same() -> None:
    own = asked("P1", "人员已到岗4周")
    assert reuses(own, [asked("P2", "人员已到岗5周")]) == ()
    assert len(reuses(own, [asked("P2", "人员已到岗4周")])) == 1


def test_the_same_file_is_found_by_its_content_and_told_by_its_name_here() -> None:
    own, other = asked("P1", "甲", "f1", "f2"), asked("P2", "乙", "f2", "f3")
    (found,) = reuses(own, [other])
    assert (found.is_same_text, found.is_alike, found.files) == (False, False, ("P1.pdf",))


def test_nothing_said_is_not_the_same_as_nothing_said() -> None:
    assert reuses(asked("P1", None), [asked("P2", None), asked("P3", "。")]) == ()


def test_what_was_asked_before_for_the_same_thing_is_no_reuse() -> None:
    own = asked("S2", "制度全部上墙", "f", subject="P1")
    earlier = asked("S1", "制度全部上墙", "f", subject="P1")
    line = asked("F1", "制度全部上墙", subject="P1", is_problem=False)
    assert reuses(own, [earlier, own]) == ()
    assert [each.other for each in reuses(own, [earlier, line])] == [line]
