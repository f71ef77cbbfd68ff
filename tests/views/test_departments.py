"""部门进度: units × lights in protocol order, and what one unit has in hand."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.charts.matrix import departments_by_light
from dashboard.rules.summary import by_department
from dashboard.settings import current
from tests import books as b
from tests.views.reading import text_of
from tests.views.rows import links_in, opened, rows_of

UNITS = "部门和单位"


def test_on_its_first_day_a_plan_says_the_next_step_and_no_alarm(empty_app: AppTest) -> None:
    page = opened(empty_app, "/departments?date=2023-06-06")
    text = text_of(page)
    assert "填报进展" in text
    assert "0家有滞后或逾期任务" in text


def test_no_town_stands_among_departments(full_app: AppTest) -> None:
    names = [row[0] for row in rows_of(opened(full_app, "/departments"), UNITS)]
    assert names[0] == "县大数据中心"
    assert not any(name.endswith(("镇", "街道", "经开区")) for name in names)


def test_a_unit_s_lights_add_up_to_its_tasks(full_app: AppTest) -> None:
    for row in rows_of(opened(full_app, "/departments"), UNITS):
        lights = sum(int(found) for cell in row[2:8] for found in re.findall(r"\d+", cell))
        assert lights == int(row[1])


def test_each_number_of_a_unit_leads_to_as_many_rows(full_app: AppTest) -> None:
    page = opened(full_app, "/departments")
    mine = [pair for pair in links_in(page, UNITS) if "unit=u-xcb" in pair[1]]
    numbers = [
        (int(re.findall(r"\d+", words)[0]), to) for words, to in mine if re.search(r"\d", words)
    ]
    assert {to.split("?")[0] for _, to in numbers} == {"/tasks", "/responsibilities"}
    for number, to in numbers:
        table = "任务清单" if to.startswith("/tasks") else "报送事项"
        assert len(rows_of(opened(full_app, to), table)) == number


def test_the_answer_counts_the_units_and_their_records(full_app: AppTest) -> None:
    page = opened(full_app, "/departments")
    text = text_of(page)
    rows = rows_of(page, UNITS)
    behind = sum(any(re.search(r"\d", cell) for cell in row[4:6]) for row in rows)
    assert f"{behind}家有滞后或逾期任务" in text
    missing = sum(int(row[11]) for row in rows if row[11] != "—")
    assert f"未报{missing}条" in text


def test_one_unit_shows_its_items_problems_and_directives(full_app: AppTest) -> None:
    page = opened(full_app, "/departments?unit=u-xlzx")
    items = rows_of(page, "事项")
    partners = next(row for row in items if row[1].startswith("签约合作单位"))
    assert partners[2].startswith("牵头")
    assert "目标16家" in partners[5]
    assert rows_of(page, "问题")
    assert rows_of(page, "交办事项")
    assert f"事项{len(items)}项" in text_of(page)


def test_what_another_unit_sums_up_says_so(full_app: AppTest) -> None:
    items = rows_of(opened(full_app, "/departments?unit=u-tw"), "事项")
    assert items
    assert all("由县卫生健康局汇总" in row[6] for row in items)


def test_the_task_force_has_a_table_of_its_own(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/departments"), "工作专班和工作组")
    assert [row[0] for row in rows][:1] == ["县社会心理服务体系建设工作专班"]
    assert len(rows) == 7


def test_the_picture_counts_each_unit_s_tasks_once(tmp_path: Path) -> None:
    found = by_department(b.Desk(b.shipped(tmp_path)).judged(b.ISSUED))
    spec = departments_by_light(found, current()).to_dict()
    (data,) = spec["datasets"].values()
    for each in found:
        parts = [row for row in data if row["unit"] == each.unit.name]
        assert sum(row["to_task"] - row["from_task"] for row in parts) == len(each.answerable.tasks)
    order = spec["layer"][0]["encoding"]["y"]["sort"]
    assert order == [each.unit.name for each in found]
