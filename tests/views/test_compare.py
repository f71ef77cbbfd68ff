"""两周对比: two dispatches in the order of time; every number of the sentence is rows."""

import re
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import Viewer
from dashboard.ledgers.terms import AccountRole
from tests.views.reading import links_of, text_of
from tests.views.rows import opened, rows_of

PAIR = "/compare?from=2023-W30&to=2023-W38"


def number_in(page: AppTest, pattern: str) -> int:
    found = re.search(pattern, text_of(page))
    assert found is not None, text_of(page)[:400]
    return int(found[1])


def test_it_opens_with_the_last_two_dispatches(full_app: AppTest) -> None:
    text = text_of(opened(full_app, "/compare"))
    assert "第16次调度与第15次调度相比：" in text
    assert "第15次调度的进展截至9月14日18:00，第16次调度的进展截至9月21日18:00。" in text
    assert "演示数据" in text


def test_the_order_of_time_counts_whichever_is_named_first(full_app: AppTest) -> None:
    there = text_of(opened(full_app, PAIR))
    back = text_of(opened(full_app, "/compare?from=2023-W38&to=2023-W30"))
    assert there == back
    assert "第16次调度与第8次调度相比：" in there


def test_neighbouring_weeks_say_what_the_dispatch_itself_says(full_app: AppTest) -> None:
    page = opened(full_app, "/compare?from=2023-W37&to=2023-W38")
    dispatch = opened(full_app, "/dispatch?week=2023-W38")
    pattern = r"新增滞后与逾期(\d+)项"
    assert number_in(page, pattern) == number_in(dispatch, pattern)
    fallen = [row[1] for row in rows_of(dispatch, "新增滞后与逾期")]
    turned = [row[0] for row in rows_of(page, "亮灯有变化的事项")]
    assert [each.split(" ")[0] for each in fallen] == [
        each.split(" ")[0] for each in turned[: len(fallen)]
    ]


def test_what_was_decided_in_between_is_counted_by_meeting(full_app: AppTest) -> None:
    page = opened(full_app, PAIR)
    rows = rows_of(page, "其间议定事项")
    assert number_in(page, r"其间议定事项(\d+)项") == sum(int(row[1]) for row in rows)
    assert number_in(page, r"其间议定事项\d+项，已办结(\d+)项") == sum(int(row[2]) for row in rows)
    for row in rows:
        total, *states = map(int, row[1:6])
        assert total == sum(states)
    assert not any(row[0].startswith("第8次调度") for row in rows)


def test_every_item_that_moved_stands_in_the_picture_or_in_the_table(full_app: AppTest) -> None:
    page = opened(full_app, PAIR)
    drawn = number_in(page, r"图中为(\d+)项")
    assert drawn + len(rows_of(page, "其余有进展的事项")) == number_in(page, r"(\d+)项有进展")


def test_the_filing_of_each_week_is_the_one_that_its_dispatch_tells(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, PAIR), "两次调度的填报情况")
    for row, week in zip(rows, ("2023-W30", "2023-W38"), strict=True):
        told = text_of(opened(full_app, f"/dispatch?week={week}"))
        assert f"本次应报{row[1]}条，已报{row[2]}条" in told
        assert f"另收到{row[3]}条" in told


def test_the_same_week_twice_is_no_comparison(full_app: AppTest) -> None:
    text = text_of(opened(full_app, "/compare?from=2023-W38&to=2023-W38"))
    assert "请选择两次不同的调度。" in text


def test_a_single_week_cannot_be_compared(empty_app: AppTest) -> None:
    text = text_of(opened(empty_app, "/compare?date=2023-06-06"))
    assert "目前只有一次调度，有了两次即可对比。" in text


def test_an_empty_plan_compares_without_rows(empty_app: AppTest) -> None:
    page = opened(empty_app, "/compare")
    text = text_of(page)
    assert "新增滞后与逾期" in text
    assert "其间没有议定事项" in text
    assert rows_of(page, "其间议定事项") == []


def test_the_dispatch_leads_to_it(full_app: AppTest) -> None:
    assert "/compare?to=2023-W38" in links_of(opened(full_app, "/dispatch"))


def test_a_leader_compares_and_a_liaison_does_not(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(AccountRole.LEADER)
    assert "第16次调度与第8次调度相比：" in text_of(opened(full_app, PAIR))
    seen_by(AccountRole.LIAISON, "u-czj")
    assert "相比：" not in text_of(opened(full_app, PAIR))
