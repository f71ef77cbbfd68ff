"""任务清单: every number equals its rows, filters live in the address, nothing is made up."""

import re
from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.settings import current
from tests.views.reading import links_of, text_of
from tests.views.rows import opened, rows_of

LIGHTS = ("blue", "green", "yellow", "red", "white", "grey")


def test_on_its_first_day_a_plan_lists_every_task_without_alarm(empty_app: AppTest) -> None:
    page = opened(empty_app, "/tasks?date=2023-06-06")
    rows = rows_of(page, "任务清单")
    assert len(rows) == 24
    assert not any(word in row[0] for row in rows for word in ("滞后", "逾期"))


def test_the_answer_counts_the_rows_of_every_light(full_app: AppTest) -> None:
    page = opened(full_app, "/tasks")
    answer = re.search(r"共(\d+)项任务、(\d+)条措施：(.+?)。", text_of(page))
    assert answer is not None
    assert (int(answer[1]), int(answer[2])) == (24, 110)
    said = {name: int(number) for name, number in re.findall(r"([^、]+?)(\d+)项", answer[3])}
    scheme = current().lights.scheme
    shown = {}
    for light in LIGHTS:
        rows = rows_of(opened(full_app, f"/tasks?light={light}"), "任务清单")
        if rows:
            shown[getattr(scheme, light).label] = len(rows)
    assert said == shown
    assert sum(said.values()) == 24


def test_every_measure_is_on_the_page_in_its_task(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/tasks"), "任务清单")
    numbered = sum(len(re.findall(r"(?:^| )\d+\. ", row[3])) for row in rows)
    assert numbered == 110


def test_targets_are_written_in_words(full_app: AppTest) -> None:
    text = text_of(opened(full_app, "/tasks"))
    assert "新增心理治疗师不少于20名" in text
    assert "每个村（社区）每年不少于2场" in text
    assert "不低于100%" not in text


def test_a_task_without_a_printed_lead_has_none(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/tasks"), "任务清单")
    leads = {row[1]: row[4] for row in rows}
    assert [seq for seq, lead in leads.items() if lead == "原文未明确牵头单位"] == [
        "8", "9", "13", "15", "16"
    ]  # fmt: skip
    assert leads["18"] == "县委政法委、县卫生健康局"


def test_printed_etc_and_roles_are_kept_apart(full_app: AppTest) -> None:
    row = next(row for row in rows_of(opened(full_app, "/tasks"), "任务清单") if row[1] == "12")
    assert row[4] == "县心理健康中心"
    assert row[5] == "具体负责 各镇街、县经开区"
    centre = next(row for row in rows_of(opened(full_app, "/tasks"), "任务清单") if row[1] == "3")
    assert centre[5].endswith("县妇联等")


@pytest.mark.parametrize(
    ("query", "tasks"),
    [
        ("kind=annex", 5),
        (f"text={quote('四（二）')}", 6),
        (f"text={quote('四(二)')}", 6),
        (f"text={quote('热线')}", 2),
        ("unit=u-zgh&role=lead", 1),
        ("unit=370829001&role=local", 13),
        ("unit=u-zgh&role=support", 0),
    ],
)
def test_an_address_filters_the_rows(empty_app: AppTest, query: str, tasks: int) -> None:
    page = opened(empty_app, f"/tasks?{query}")
    assert len(rows_of(page, "任务清单")) == tasks


def test_only_dated_tasks_can_be_shown(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/tasks?dated=true"), "任务清单")
    assert 0 < len(rows) < 24
    assert all("未定时限" not in row[6] for row in rows)


def test_an_unknown_word_in_the_address_is_passed_over(full_app: AppTest) -> None:
    assert len(rows_of(opened(full_app, "/tasks?light=pink&unit=nobody"), "任务清单")) == 24


def test_a_tap_on_a_light_shows_its_rows_and_stays_in_the_address(full_app: AppTest) -> None:
    page = opened(full_app, "/tasks")
    page.button_group[0].set_value("blue").run()
    rows = rows_of(page, "任务清单")
    assert rows
    assert all("已完成" in row[0] for row in rows)
    assert page.query_params["light"] == "blue"


def test_what_the_plan_leaves_open_is_listed_for_the_office(empty_app: AppTest) -> None:
    page = opened(empty_app, "/tasks")
    rows = rows_of(page, "需办公室确认")
    counted = re.search(r"留待核定的(\d+)处", text_of(page))
    assert counted is not None
    assert int(counted[1]) == len(rows)
    by_kind = {kind: [row for row in rows if row[0] == kind] for kind in {row[0] for row in rows}}
    (dates,) = by_kind["时限不一致"]
    assert "2023年7月31日" in dates[3]
    assert "2023年12月31日" in dates[3]
    assert len(by_kind["名录待核定"]) == 8
    assert {row[1] for row in by_kind["汇总单位"]} == {
        "县委政法委", "县委宣传部", "县公安局", "县卫生健康局"
    }  # fmt: skip
    assert any(row[1] == "县心理健康队伍建设工作专班" for row in by_kind["名称和口径"])


def test_every_task_leads_to_its_panel(full_app: AppTest) -> None:
    page = opened(full_app, "/tasks")
    assert len({link for link in links_of(page) if link.startswith("/task?code=")}) == 24
