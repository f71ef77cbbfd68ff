"""Sums by unit and role: each task once, collectives through their members, no lead made up."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.rules.freshness import Freshness
from dashboard.rules.judgement import Judgement
from dashboard.rules.questions import questions
from dashboard.rules.summary import (
    BOUND,
    by_collective,
    by_department,
    by_task_force,
    by_towns,
    by_zone,
    duties_of_task,
    duties_of_unit,
    items_of_unit,
    leading_sentence,
    open_requests,
    standing,
    unit_standing,
    without_lead,
)
from dashboard.rules.targets import denominator, target_words
from dashboard.rules.verdicts import Light
from tests import books as b

TODAY = date(2023, 9, 22)


@pytest.fixture
def desk(tmp_path: Path) -> b.Desk:
    """The office at work on the shipped plan."""
    return b.Desk(b.shipped(tmp_path))


@pytest.fixture
def judged(desk: b.Desk) -> Judgement:
    """The shipped plan with nothing filed, on its first day."""
    return desk.judged(b.ISSUED)


def unit(judgement: Judgement, code: str) -> r.Unit:
    return judgement.books.get(r.Unit, code)


def duty(code: str, role: t.Role, **fields: object) -> r.Responsibility:
    given = {"task": "t", "clause": "一", "unit": "u", "as_printed": "卫健局", "seq": 1}
    made = {**given, "basis": t.Basis.BRACKET, **fields}
    return r.Responsibility(code=code, role=role, **made)  # type: ignore[arg-type]


def problem(code: str, **fields: object) -> r.Problem:
    given = {
        "description": "缺少场所",
        "source": t.ProblemSource.VISIT,
        "category": t.ProblemCategory.PREMISES,
        "unit": "u",
        "found_on": TODAY,
        "closing_standard": "场所落实",
    }
    return r.Problem(code=code, **{**given, **fields})  # type: ignore[arg-type]


def test_every_task_has_one_light_in_the_standing(judged: Judgement) -> None:
    assert sum(standing(judged).lights.values()) == len(judged.tasks) == 24


def test_an_overdue_task_is_not_counted_as_lagging_too() -> None:
    rows = (b.measure(), b.deadline(date(2023, 7, 31)), b.line())
    found = standing(b.judged(rows, TODAY, b.said(40, date(2023, 7, 3))))
    assert (len(found.overdue), len(found.lagging), len(found.behind)) == (1, 0, 1)


def test_a_lagging_task_is_behind_and_not_overdue() -> None:
    rows = (
        b.indicator(16),
        b.deadline(date(2023, 10, 31), indicator="i"),
        b.line(indicator="i"),
    )
    found = standing(b.judged(rows, TODAY, b.said(3, date(2023, 9, 18))))
    assert (len(found.overdue), len(found.lagging), len(found.behind)) == (0, 1, 1)


def test_a_request_of_a_closed_problem_needs_no_leader_and_the_urgent_come_first() -> None:
    rows = (
        problem("1", request="协调场所", request_due_on=date(2023, 10, 20)),
        problem("2", request="协调经费", request_due_on=date(2023, 9, 28)),
        problem("3", request="协调人员", state=t.ProblemState.CLOSED),
        problem("4"),
    )
    assert [each.code for each in open_requests(b.snapshot(rows, TODAY))] == ["2", "1"]


def test_the_leader_s_sentence_names_the_day_and_every_number(judged: Judgement) -> None:
    assert leading_sentence(judged) == (
        "截至2023年6月6日：0项滞后、0项逾期；站点台账尚未录入；需您协调0件。"
    )


def test_a_unit_printed_twice_for_a_task_answers_for_it_once() -> None:
    rows = (
        b.measure(),
        b.line(),
        duty("1", t.Role.LEAD),
        duty("2", t.Role.SHARED, basis=t.Basis.SENTENCE, measure="m", seq=2),
    )
    judgement = b.judged(rows, TODAY)
    found = unit_standing(judgement, b.UNIT)
    assert len(found.having(t.Role.LEAD).tasks) == len(found.having(t.Role.SHARED).tasks) == 1
    assert len(found.answerable.tasks) == 1


def test_support_is_no_task_of_one_s_own() -> None:
    found = unit_standing(
        b.judged((b.measure(), b.line(), duty("1", t.Role.SUPPORT)), TODAY), b.UNIT
    )
    assert found.answerable.tasks == found.having(*BOUND).tasks == ()
    assert len(found.having(t.Role.SUPPORT).tasks) == 1


def test_departments_stand_in_the_order_of_the_member_list(judged: Judgement) -> None:
    found = [each.unit for each in by_department(judged)]
    assert [each.seq for each in found] == sorted(each.seq for each in found)
    kinds = {each.kind for each in found}
    assert kinds.isdisjoint({t.UnitKind.TOWN, t.UnitKind.ZONE, t.UnitKind.COLLECTIVE})


def test_towns_zone_task_force_and_collectives_are_apart(judged: Judgement) -> None:
    assert [each.unit.name for each in by_zone(judged)] == ["县经开区"]
    assert len(by_towns(judged)) == 13
    assert {each.unit.kind for each in by_task_force(judged)} == {t.UnitKind.TASK_FORCE}
    assert "各有关部门" in {each.unit.name for each in by_collective(judged)}


def test_what_is_printed_of_all_towns_binds_each_of_them(judged: Judgement) -> None:
    every, town = (
        {each.printed.code for each in duties_of_unit(judged, unit(judged, code))}
        for code in ("u-gzj", "370829101")
    )
    assert every == town
    through = {each.through for each in duties_of_unit(judged, unit(judged, "370829101"))}
    assert through == {unit(judged, "u-gzj")}


def test_a_member_named_for_one_clause_is_bound_there_alone(desk: b.Desk) -> None:
    member = r.Membership(code="ms-x", collective="u-gbm", member="u-mzj", seq=1, clause="四（六）")
    before = duties_of_unit(desk.judged(TODAY), unit(desk.judged(TODAY), "u-mzj"))
    desk.at(TODAY)
    desk.add(TODAY, member)
    after = duties_of_unit(desk.judged(TODAY), unit(desk.judged(TODAY), "u-mzj"))
    assert [each.printed.clause for each in after if each not in before and each.through] == [
        "四（六）"
    ]


def test_a_sentence_s_duty_answers_for_its_measure_alone(judged: Judgement) -> None:
    found = duties_of_unit(judged, unit(judged, "u-zbb"))
    measures = {
        item.item.measure.code for each in found for item in each.items if item.item.measure
    }
    assert measures == {"m-3-3", "m-3-4"}


def test_a_unit_s_items_are_its_own_and_those_it_sums_up(judged: Judgement) -> None:
    codes = {each.item.code for each in items_of_unit(judged, unit(judged, "u-zgh"))}
    assert codes == {"m-4-2-3-1", "m-4-2-3-2", "m-4-2-3-3"}
    office = items_of_unit(judged, unit(judged, "u-wjj"))
    assert any(each.item.task.code == "t-a1-2" for each in office)  # it only sums up there


def test_a_town_s_shares_are_its_reporting_lines(judged: Judgement) -> None:
    found = unit_standing(judged, unit(judged, "370829101"))
    assert {each.line.indicator for each in found.lines} == {"i-4-8-town", "i-4-8-village"}
    assert sum(found.freshness.values()) == 2
    assert set(found.freshness) <= set(Freshness)


def test_five_brackets_print_no_lead(judged: Judgement) -> None:
    clauses = [each.task.clause for each in without_lead(judged)]
    assert clauses == ["四（二）4", "四（二）5", "四（六）", "四（八）", "四（九）"]


def test_a_task_s_duties_keep_the_order_of_print(judged: Judgement) -> None:
    found = duties_of_task(judged.books, "t-5-1")
    assert [each.as_printed for each in found[t.Role.LEAD]] == ["县委政法委", "县卫生健康局"]
    assert all(each.measure is None for duties in found.values() for each in duties)


def test_both_dates_of_the_county_centre_are_put_to_the_office(judged: Judgement) -> None:
    (asked,) = [each for each in questions(judged.books) if each.kind == "时限不一致"]
    assert asked.about == "建成县心理健康中心"
    assert asked.now == "按四（一）的2023年7月31日执行；另一处为二的2023年12月31日，两处不一致"


def test_the_task_force_under_two_names_is_put_to_the_office(judged: Judgement) -> None:
    named = [each.about for each in questions(judged.books) if each.kind == "名称和口径"]
    assert "县心理健康队伍建设工作专班" in named


@pytest.mark.parametrize(
    ("code", "words", "of"),
    [
        ("i-4-5-partners", "不少于16家", None),
        ("i-4-8-village", "每个村（社区）每年不少于2场", "应有382个（2023年）"),
        ("i-4-8-events", "每年不少于10场次", None),
        ("i-4-4-hotline", "每日24小时", None),
        ("i-4-2-1-room", "中小学校100%", "名录待核定"),
        ("i-4-6-trained-2024", "不少于300人次", None),
    ],
)
def test_a_target_is_written_as_officials_say_it(
    judged: Judgement, code: str, words: str, of: str | None
) -> None:
    indicator = judged.books.get(r.Indicator, code)
    assert target_words(indicator) == words
    said = denominator(judged.books, indicator)
    assert said is None if of is None else of in str(said)


def test_a_missed_yearly_share_carries_its_gap_into_the_next(desk: b.Desk) -> None:
    desk.file("l-4-6-trained-2023", 250, date(2023, 12, 20))
    share = desk.item("i-4-6-trained-2024", date(2024, 3, 1))
    assert share.verdict.target == 350
    assert share.item.target == 300
    assert share.verdict.light is not Light.BLUE
