"""Draft rows become records, or every fault is told by its row and field."""

from dataclasses import replace

import pytest

from dashboard.drafting.draft import draft_of
from dashboard.drafting.records import OFFICE_UNIT, hanging_on, needed_by, records_of
from dashboard.drafting.row_words import amount, field_words, said
from dashboard.drafting.rows import Row
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, fields_of
from tests.made_plan import ABOUT, FOUND

DRAFT = draft_of(FOUND)
TOLD = {**DRAFT.about, **ABOUT}
BY_KEY = {(each.ledger, each.code): each for each in DRAFT.rows}


def without(*keys: tuple[str, str]) -> list[Row]:
    return [each for key, each in BY_KEY.items() if key not in keys]


def changed(ledger: str, code: str, **fields: str | None) -> list[Row]:
    return [
        replace(each, fields={**each.fields, **fields}) if key == (ledger, code) else each
        for key, each in BY_KEY.items()
    ]


def test_a_whole_draft_becomes_as_many_records_in_order_of_dependence() -> None:
    plan, records, wrong = records_of("made", TOLD, DRAFT.rows)
    assert wrong == ()
    assert plan is not None
    assert (plan.code, plan.office_unit) == ("made", "u-01")
    assert len(records) == len(DRAFT.rows)
    order = {kind: place for place, kind in enumerate(LEDGERS.values())}
    places = [order[type(each)] for each in records]
    assert places == sorted(places)


def test_the_offices_unit_by_another_name_is_one_more() -> None:
    plan, records, wrong = records_of("made", {**TOLD, "office_unit": "县河长办"}, DRAFT.rows)
    assert wrong == ()
    assert plan is not None
    assert plan.office_unit == OFFICE_UNIT
    made = next(each for each in records if each.code == OFFICE_UNIT)
    assert isinstance(made, r.Unit)
    assert made.name == "县河长办"


@pytest.mark.parametrize(
    ("ledger", "code", "field", "text", "message"),
    [
        ("indicator", "i-03-1", "value", "二十", "“二十”不是数字"),
        ("indicator", "i-03-1", "value", None, "不能为空，请填写"),
        ("deadline", "d-02-1", "due_on", "6月底", "“6月底”不是日期，应写成2023-07-31的样式"),
        ("task", "t-02", "title", " ", "不能为空，请填写"),
        ("unit", "u-01", "is_collective", "也许", "“也许”不是“是”或“否”"),
        ("indicator", "i-03-1", "year", "20240", "应为1990至2099之间的年份"),
        ("deadline", "d-02-1", "starts_on", "2030-01-01", "晚于完成时限，请核对"),
    ],
)
def test_every_fault_is_told_by_row_and_field(
    ledger: str, code: str, field: str, text: str | None, message: str
) -> None:
    plan, records, wrong = records_of("made", TOLD, changed(ledger, code, **{field: text}))
    assert (plan, records) == (None, ())
    assert [(each.ledger, each.code, each.field, each.message) for each in wrong] == [
        (ledger, code, field, message)
    ]


def test_what_the_plan_itself_lacks_is_told_too() -> None:
    _, _, wrong = records_of("made", DRAFT.about, DRAFT.rows)
    assert [each.field for each in wrong if each.ledger == "plan"] == [
        *("number", "office", "office_unit"),
    ]


def test_a_row_that_speaks_of_one_not_accepted_is_told() -> None:
    _, _, wrong = records_of("made", TOLD, without(("task", "t-02")))
    assert {(each.field, each.message) for each in wrong} == {
        ("task", "所指的任务清单“t-02”没有采用，请一并采用，或改填其他")
    }


def test_a_row_needs_what_it_speaks_of_and_all_above() -> None:
    duty = BY_KEY["responsibility", "r-02-01"]
    found = {(each.ledger, each.code) for each in needed_by(duty, BY_KEY)}
    assert found == {
        *(("task", "t-02"), ("unit", "u-01")),
        *(("clause", "二（一）"), ("clause", "二")),
    }


def test_what_hangs_on_a_row_leaves_the_rest_whole() -> None:
    task = BY_KEY["task", "t-02"]
    along = [(each.ledger, each.code) for each in hanging_on(task, DRAFT.rows)]
    assert ("measure", "m-02") in along
    assert ("reporting_line", "l-02-0") in along
    plan, _, wrong = records_of("made", TOLD, without(("task", "t-02"), *along))
    assert wrong == ()
    assert plan is not None


def test_who_sums_up_may_be_another_so_no_line_hangs_on_its_unit() -> None:
    along = hanging_on(BY_KEY["unit", "u-03"], DRAFT.rows)
    assert {each.ledger for each in along} == {"responsibility"}
    _, records, wrong = records_of(
        "made", TOLD, without(("unit", "u-03"), *((a.ledger, a.code) for a in along))
    )
    assert wrong == ()
    lines = [each for each in records if isinstance(each, r.ReportingLine)]
    assert {each.unit for each in lines} == {"u-01"}


def test_rows_that_speak_of_each_other_end() -> None:
    one = Row("unit", "a", {"name": "甲", "parent": "b"})
    two = Row("unit", "b", {"name": "乙", "parent": "a"})
    both = {("unit", "a"): one, ("unit", "b"): two}
    assert needed_by(one, both) == (two,)
    assert hanging_on(one, [one, two]) == (two,)


def test_every_row_is_said_in_words_an_official_knows() -> None:
    for each in DRAFT.rows:
        name, more = said(each, BY_KEY)
        assert name
        assert not any(word in f"{name}{more}" for word in ("True", "None", "once", "u-0", "t-0"))
    assert said(BY_KEY["responsibility", "r-02-01"], BY_KEY) == (
        "牵头单位：县水务局",
        "原文“牵头”",
    )
    assert said(BY_KEY["deadline", "d-02-1"], BY_KEY)[0] == "2024年6月30日"
    assert said(BY_KEY["deadline", "d-04-1"], BY_KEY)[0] == "每月"
    line = said(BY_KEY["reporting_line", "l-02-0"], BY_KEY)
    assert line == ("县水务局汇总，每月报送", "清理河道")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"comparator": ">=", "value": "80.0", "unit": "%"}, "不低于80%"),
        ({"comparator": "=", "value": "12.0", "unit": "条"}, "12条"),
        (
            {"comparator": "between", "value": "10", "value_high": "20", "unit": "平方米"},
            "10—20平方米",
        ),
        ({"comparator": ">=", "value": "不少", "unit": "个"}, "目标值待填"),
        ({"comparator": None, "value": "1", "unit": "个"}, "目标值待填"),
    ],
)
def test_a_target_is_said_as_officials_say_it(fields: dict[str, str | None], words: str) -> None:
    assert amount(Row("indicator", "i", fields)) == words


def test_a_field_is_said_by_label_or_name() -> None:
    duty = BY_KEY["responsibility", "r-02-01"]
    by_name = {each.name: each for each in fields_of(r.Responsibility)}
    assert field_words(duty, by_name["role"], BY_KEY) == "牵头"
    assert field_words(duty, by_name["unit"], BY_KEY) == "县水务局"
    assert field_words(duty, by_name["measure"], BY_KEY) == "空"
