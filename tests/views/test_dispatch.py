"""周调度: the sentence's numbers are the rows, a past round stays as it was, decisions are kept."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE
from dashboard.ledgers.database import open_books
from dashboard.posting.plans import post_plan
from tests.books import jiaxiang
from tests.views.reading import links_of, text_of
from tests.views.rows import links_in, opened, rows_of

ROUND = "第16次调度"


def numbers_in(page: AppTest, pattern: str) -> list[int]:
    found = re.search(pattern, text_of(page))
    assert found is not None, text_of(page)[:600]
    return [int(each) for each in found.groups()]


def press(page: AppTest, label: str) -> AppTest:
    next(each for each in page.button if each.label == label).click()
    return page.run()


def test_it_opens_with_the_round_of_the_day_and_its_times(full_app: AppTest) -> None:
    page = opened(full_app, "/dispatch")
    text = text_of(page)
    assert page.selectbox(key="choice_week").value == "2023-W38"
    assert "填报截止：9月21日12:00" in text
    assert "进展截至9月21日18:00，与上次调度截止时（9月14日18:00）相比" in text
    assert "演示数据" in text


def test_every_number_of_the_sentence_is_the_number_of_rows(full_app: AppTest) -> None:
    page = opened(full_app, "/dispatch")
    decisions, closed, late = numbers_in(page, r"议定事项(\d+)项，已办结(\d+)项、逾期(\d+)项")
    rows = rows_of(page, "上次议定事项")
    assert len(rows) == decisions
    assert sum(row[0].startswith("已办结") for row in rows) == closed
    assert sum("逾期" in row[0] for row in rows) == late
    (worse,) = numbers_in(page, r"新增滞后与逾期(\d+)项")
    assert len(rows_of(page, "新增滞后与逾期")) == worse
    (coming,) = numbers_in(page, r"本周、下周到期(\d+)项")
    assert len(rows_of(page, "本周、下周到期")) == coming
    (asked,) = numbers_in(page, r"需协调解决(\d+)件")
    assert len(rows_of(page, "需协调解决的问题")) == asked


def test_units_that_did_not_file_stand_apart_from_towns(full_app: AppTest) -> None:
    page = opened(full_app, "/dispatch")
    missing, late = numbers_in(page, r"未报(\d+)家、迟报(\d+)家")
    departments = rows_of(page, "部门未报、迟报情况")
    towns = rows_of(page, "镇街、开发区未报、迟报情况")
    assert len(departments) + len(towns) == missing + late
    assert all(row[0].endswith(("镇", "街道", "县经开区")) for row in towns)
    assert not any(row[0].endswith(("镇", "街道")) for row in departments)


def test_the_numbers_on_top_lead_to_the_parts(full_app: AppTest) -> None:
    page = opened(full_app, "/dispatch")
    bodies = " ".join(each.proto.body for each in page.get("html"))
    wanted = [to for to in links_of(page) if to.startswith("#part-")]
    assert wanted == [f"#part-{number}" for number in range(1, 8)]
    assert all(f'id="{to[1:]}"' in bodies for to in wanted)


def test_a_round_of_the_past_is_shown_as_it_was_then(full_app: AppTest) -> None:
    page = opened(full_app, "/dispatch?week=2023-W36")
    text = text_of(page)
    assert "第14次调度：" in text
    assert "进展截至9月7日18:00" in text
    then = opened(full_app, "/dispatch?week=2023-W36&date=2023-09-10")
    for caption in ("上次议定事项", "新增滞后与逾期", "部门未报、迟报情况"):
        assert rows_of(page, caption) == rows_of(then, caption)


def test_a_running_round_says_that_it_is_not_closed(full_app: AppTest) -> None:
    text = text_of(opened(full_app, "/dispatch?date=2023-09-20"))
    assert "本次数据尚未截止，进展截至9月20日" in text
    assert "本次填报9月21日12:00截止，尚未到期的不计未报" in text


def test_an_unknown_week_in_the_address_shows_the_present_one(full_app: AppTest) -> None:
    assert f"{ROUND}：" in text_of(opened(full_app, "/dispatch?week=2030-W01"))


def test_a_holiday_is_said_with_the_times(empty_app: AppTest) -> None:
    text = text_of(opened(empty_app, "/dispatch?week=2023-W39"))
    assert "9月29日适逢中秋、国庆假期，本次调度提前至9月28日" in text


def test_the_first_round_of_an_empty_plan_has_nothing_and_says_the_next_step(
    empty_app: AppTest,
) -> None:
    text = text_of(opened(empty_app, "/dispatch?date=2023-06-06"))
    assert "第1次调度：无上次议定事项；新增滞后与逾期0项" in text
    assert "本次是首次调度，没有上次议定事项。" in text
    assert "请从“任务清单”进入事项，填报本次进展" in text
    assert "相比" not in text.split("一、")[0]


def test_departments_in_the_table_have_something_to_say(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/dispatch"), "各部门本周变化")
    assert rows
    for _, _, before, now, filed, moved in rows:
        assert int(before) or int(now) or int(filed) or moved


def test_items_lead_to_their_task_as_of_the_cut(full_app: AppTest) -> None:
    page = opened(full_app, "/dispatch")
    found = links_in(page, "新增滞后与逾期")
    assert found
    assert all(re.fullmatch(r"/task\?code=t-[\d-]+&date=2023-09-21", to) for _, to in found)


def test_a_decision_without_its_unit_is_refused_and_the_words_stay(full_app: AppTest) -> None:
    page = opened(full_app, "/dispatch")
    page.text_area(key="directive_matter_0").input("核对名录")
    press(page, "登记议定事项")
    assert [each.value for each in page.error] == ["没有保存。“承办单位”不能为空。"]
    assert page.text_area(key="directive_matter_0").value == "核对名录"


def test_a_decision_entered_joins_those_of_this_meeting(full_app: AppTest) -> None:
    page = opened(full_app, "/dispatch")
    before = rows_of(page, "本次议定事项")
    page.text_area(key="directive_matter_0").input("核对学校名录")
    page.selectbox(key="directive_unit_0").select("u-jtj")
    press(page, "登记议定事项")
    assert not page.error
    assert "由县教育和体育局承办，9月28日前办结" in page.success[0].value
    after = rows_of(page, "本次议定事项")
    assert len(after) == len(before) + 1
    assert after[-1][:2] == ["核对学校名录", "县教育和体育局"]
    assert page.text_area(key="directive_matter_1").value == ""


def test_a_past_day_is_only_read(full_app: AppTest) -> None:
    page = opened(full_app, "/dispatch?date=2023-09-15")
    assert not page.text_area
    assert "正在查看2023年9月15日的台账" in text_of(page)


@pytest.mark.parametrize(
    ("address", "words"),
    [("dispatch", "方案启用之前没有调度。"), ("bulletin", "方案启用之前没有月度数字。")],
)
def test_before_the_plan_is_in_use_there_is_nothing_to_meet_on(
    open_app: Callable[[Path], AppTest], tmp_path: Path, address: str, words: str
) -> None:
    path = tmp_path / "late.db"
    engine = open_books(f"sqlite:///{path.as_posix()}")
    assert (
        post_plan(engine, CONSOLE, jiaxiang().plan, jiaxiang().rows, today=date(2023, 7, 3)) == ()
    )
    engine.dispose()
    text = text_of(opened(open_app(path), f"/{address}?date=2023-06-10"))
    assert words in text
    assert "请把左侧“统计截止日”改到方案启用之后。" in text


def test_what_fell_behind_carries_what_the_unit_says_of_it(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/dispatch"), "新增滞后与逾期")
    assert rows
    assert all("滞后原因：" in row[5] and "解决措施：" in row[5] for row in rows)
