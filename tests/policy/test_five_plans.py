"""The five plans, read whole: what a person found in them is found, and nothing else."""

from collections import Counter

import pytest

from dashboard.policy.findings import Role
from dashboard.policy.sections import BACKGROUND
from tests.reading import FOLDER, PLANS, measures, reading, truth

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the folder of the five plans is missing"
)


@pytest.mark.parametrize("plan", PLANS)
def test_everything_that_a_person_found_is_found_and_nothing_else(plan: str) -> None:
    for each in measures(plan):
        assert each.wanted or each.kind == "deadlines"
        assert (each.recall, each.precision) == (1.0, 1.0), each


@pytest.mark.parametrize("plan", PLANS)
def test_the_head_says_what_the_document_says_of_itself(plan: str) -> None:
    head, told = reading(plan).head, truth(plan)
    assert head.title == told["title"]
    assert head.number == told.get("number")
    assert head.issuer == told.get("issuer")
    assert head.issued_on == told.get("issued_on")


@pytest.mark.parametrize("plan", PLANS)
def test_every_quote_is_what_stands_at_its_place(plan: str) -> None:
    found = reading(plan)
    for duty in found.duties:
        printed = duty.span.of(found.text)
        assert printed.replace("\n", "").replace(" ", "") in (duty.unit, _halved(duty.unit))
    spans = [
        *(each.span for each in found.clauses),
        *(each.span for each in found.tasks),
        *(each.span for each in found.deadlines),
        *(each.span for each in found.targets),
    ]
    assert all(0 <= span.start < span.end <= len(found.text) for span in spans)
    for target in found.targets:
        digits = [sign for sign in target.as_printed if sign.isdigit()]
        assert [sign for sign in target.span.of(found.text) if sign.isdigit()] == digits


def _halved(name: str) -> str:
    return name.replace("（", "(").replace("）", ")")


def test_sixteen_brackets_stand_in_two_plans_and_none_in_the_others() -> None:
    stated = {
        plan: len({each.task for each in reading(plan).duties if each.is_stated}) for plan in PLANS
    }
    assert stated == {
        "jiaxiang-2023": 16,
        "yantai-2017": 16,
        "dianzi-2021": 0,
        "wuzhong-2023": 0,
        "zhangye-2021": 0,
    }


def test_no_lead_is_made_up_where_the_bracket_names_none() -> None:
    found = reading("jiaxiang-2023")
    with_lead = {each.task for each in found.duties if each.role is Role.LEAD}
    without = {each.id for each in found.tasks} - with_lead
    assert without == {"四（二）4", "四（二）5", "四（六）", "四（八）", "四（九）"}
    assert Counter(each.code for each in found.problems)["no-lead"] == len(without)


def test_the_table_of_yantai_holds_twenty_two_indicators() -> None:
    rows = [each for each in reading("yantai-2017").targets if each.kind == "target"]
    assert len(rows) == 22
    assert {each.clause for each in rows} == {"附件"}
    assert Counter(each.scope for each in rows)["医疗机构"] == 4


def test_fifteen_paragraphs_of_duties_and_fourteen_items_in_boxes_are_tasks_of_zhangye() -> None:
    found = reading("zhangye-2021")
    headed = [each for each in found.tasks if each.clause.startswith("第六章·二（")]
    assert len(headed) == 15
    assert all(each.title in {duty.unit for duty in found.duties} for each in headed)
    assert len([each for each in found.tasks if "专栏" in each.clause]) == 14


def test_what_was_counted_before_the_plan_is_no_target_of_it() -> None:
    found = reading("zhangye-2021")
    titles = {each.id: each.title for each in found.clauses}
    status = [
        each
        for each in found.targets
        if any(BACKGROUND.regex.fullmatch(titles.get(above, "")) for above in _above(each.clause))
    ]
    assert len(status) > 30
    assert {each.kind for each in status} == {"baseline"}


def _above(clause: str) -> list[str]:
    return [clause[:end] for end in range(1, len(clause) + 1)]


def test_lost_numbers_are_put_in_and_told() -> None:
    found = reading("dianzi-2021")
    assert [each.id for each in found.clauses if each.id.startswith("三（一）")][1:] == [
        f"三（一）{number}" for number in range(1, 9)
    ]
    assert [each.code for each in found.problems].count("number-missing") == 2
