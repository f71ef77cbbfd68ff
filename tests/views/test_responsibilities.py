"""责任清单: duties as printed, by unit in protocol order; every number leads to its rows."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.views.reading import text_of
from tests.views.rows import links_in, opened, rows_of

DEPARTMENTS = "部门和单位的责任"
TOWNS = "镇街和开发区的责任"


def test_departments_stand_in_the_order_of_the_member_list(empty_app: AppTest) -> None:
    names = [row[0] for row in rows_of(opened(empty_app, "/responsibilities"), DEPARTMENTS)]
    assert names[:3] == ["县大数据中心", "县委政法委", "县委宣传部"]
    assert names.index("县卫生健康局") > names.index("县民政局")
    assert "嘉祥街道" not in names


def test_towns_stand_in_the_office_s_order_in_a_table_of_their_own(empty_app: AppTest) -> None:
    rows = rows_of(opened(empty_app, "/responsibilities"), TOWNS)
    assert len(rows) == 14
    assert (rows[0][0], rows[12][0], rows[13][0]) == ("嘉祥街道", "黄垓镇", "县经开区")
    assert {tuple(row[2:6]) for row in rows[:13]} == {("0", "3", "13", "0")}


def test_collectives_are_kept_and_their_members_named(empty_app: AppTest) -> None:
    rows = {
        row[0]: row for row in rows_of(opened(empty_app, "/responsibilities"), "集合名称和上级单位")
    }
    assert rows["各镇街"][1].endswith("（13个）")
    assert rows["各有关部门"][1] == "由办公室逐条确定"


def test_five_tasks_have_no_printed_lead(empty_app: AppTest) -> None:
    page = opened(empty_app, "/responsibilities")
    rows = rows_of(page, "原文未明确牵头单位的任务")
    assert [row[0] for row in rows] == [
        "四（二）4",
        "四（二）5",
        "四（六）",
        "四（八）",
        "四（九）",
    ]
    assert all(row[2] == "原文未明确牵头单位" for row in rows)
    assert "5项任务原文未明确牵头单位" in text_of(page)


def test_work_groups_show_posts(empty_app: AppTest) -> None:
    rows = rows_of(opened(empty_app, "/responsibilities"), "工作专班和工作组")
    assert len(rows) == 6
    assert "主任：县委常委、副县长；县政府副县长" in rows[0][1]


def test_members_without_a_duty_are_said(empty_app: AppTest) -> None:
    assert "县残联" in text_of(opened(empty_app, "/responsibilities"))


@pytest.mark.parametrize("unit", ["u-wjj", "370829001"])
def test_every_number_of_a_unit_equals_the_rows_it_leads_to(full_app: AppTest, unit: str) -> None:
    page = opened(full_app, "/responsibilities")
    caption = DEPARTMENTS if unit.startswith("u-") else TOWNS
    mine = [pair for pair in links_in(page, caption) if f"unit={unit}" in pair[1]]
    numbers = [(int(words), to) for words, to in mine if words.isdecimal()]
    assert len(numbers) >= 4
    for number, to in numbers:
        target = opened(full_app, to)
        table = "任务清单" if to.startswith("/tasks") else "报送事项"
        shown = len(rows_of(target, table))
        paged = bool(target.get("pagination"))
        assert shown == number or (paged and shown == 50 < number)


def test_a_unit_s_duties_are_shown_as_printed(empty_app: AppTest) -> None:
    rows = rows_of(opened(empty_app, "/responsibilities?unit=u-wjj"), "责任")
    sentence = next(row for row in rows if row[5].startswith("卫生健康等部门"))
    assert sentence[3] == "责任"
    assert sentence[6] == "句中 方案原文"
    assert "原文有“等”" in sentence[5]
    bracket = next(row for row in rows if row[1] == "四（一）")
    assert (bracket[3], bracket[4], bracket[6]) == ("牵头", "牵头负责", "括号 方案原文")


def test_a_town_answers_for_what_is_printed_of_all_towns(empty_app: AppTest) -> None:
    rows = rows_of(opened(empty_app, "/responsibilities?unit=370829101"), "责任")
    assert len(rows) == 20
    assert all("作为“各镇街”成员" in row[5] for row in rows)


def test_a_collective_without_members_keeps_its_duties(empty_app: AppTest) -> None:
    rows = rows_of(opened(empty_app, "/responsibilities?unit=u-gbm"), "责任")
    assert {row[1] for row in rows} >= {"四（六）", "四（七）", "四（十）"}
    assert next(row for row in rows if row[1] == "四（七）")[3] == "具体负责"
