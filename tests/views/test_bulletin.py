"""月通报: a month beside the month before, every number with its rows, no praise."""

import re

from streamlit.testing.v1 import AppTest

from tests.views.reading import links_of, text_of
from tests.views.rows import opened, rows_of

PRAISE = ("高度重视", "成效显著", "扎实", "稳步", "圆满", "亮点")


def test_a_running_month_says_that_it_is_not_closed(full_app: AppTest) -> None:
    text = text_of(opened(full_app, "/bulletin"))
    assert "2023年9月：24项任务中" in text
    assert "本月尚未截止，数字截至2023年9月22日。上月数字截至2023年8月31日。" in text


def test_a_closed_month_stays_as_it_was_at_its_cut(full_app: AppTest) -> None:
    page = opened(full_app, "/bulletin?month=2023-08")
    assert "数字截至2023年8月31日。" in text_of(page)
    assert "尚未截止" not in text_of(page)
    then = opened(full_app, "/bulletin?date=2023-08-31")
    for caption in ("重点任务进展情况表", "重点指标进展情况", "各镇街工作进展情况表"):
        assert rows_of(page, caption) == rows_of(then, caption)


def test_the_sentence_counts_the_rows(full_app: AppTest) -> None:
    page = opened(full_app, "/bulletin")
    found = re.search(r"(\d+)项任务中，.*?滞后(\d+)项.*?、逾期(\d+)项", text_of(page))
    assert found is not None
    tasks, lagging, overdue = (int(each) for each in found.groups())
    assert len(rows_of(page, "重点任务进展情况表")) == tasks == 24
    assert len(rows_of(page, "滞后与逾期任务")) == lagging + overdue


def test_each_light_leads_to_as_many_tasks(full_app: AppTest) -> None:
    page = opened(full_app, "/bulletin")
    for light in ("blue", "green", "red"):
        body = " ".join(each.proto.body for each in page.get("html"))
        found = re.search(rf'href="(/tasks\?light={light}[^"]*)"[^>]*>(\d+)项', body)
        assert found is not None
        rows = rows_of(opened(full_app, found[1].replace("&amp;", "&")), "任务清单")
        assert len(rows) == int(found[2])


def test_a_closed_month_leads_to_tasks_as_of_its_cut(full_app: AppTest) -> None:
    links = links_of(opened(full_app, "/bulletin?month=2023-08"))
    lights = [to for to in links if to.startswith("/tasks?")]
    assert len(lights) == 6
    assert all(to.endswith("date=2023-08-31") for to in lights)


def test_indicators_say_how_they_moved_in_their_own_unit(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/bulletin"), "重点指标进展情况")
    moves = {row[5] for row in rows}
    assert all(re.fullmatch(r"—|持平|首次填报|(增加|减少)[\d.]+\S+", move) for move in moves)
    assert any(move.startswith("增加") for move in moves)
    assert not any("%" in move for move in moves)


def test_problems_are_counted_for_both_months(full_app: AppTest) -> None:
    page = opened(full_app, "/bulletin")
    rows = rows_of(page, "问题清单销号情况")
    names = ["本月收录", "本月销号", "本月重新挂账", "月末未销号"]
    assert [row[0] for row in rows] == names
    raised, closed, reopened, standing = (int(row[1]) for row in rows)
    before = int(rows[3][2])
    held = re.search(r"共收录\d+件，未销号(\d+)件", text_of(opened(full_app, "/problems")))
    assert held is not None
    assert standing == int(held[1])
    assert standing == before + raised - closed + reopened


def test_the_first_month_has_nothing_to_compare_with(full_app: AppTest) -> None:
    page = opened(full_app, "/bulletin?month=2023-06")
    assert "方案启用首月，没有上月数字可比。" in text_of(page)
    assert {row[1] for row in rows_of(page, "重点任务进展情况表")} == {"—"}
    assert {row[1] for row in rows_of(page, "各镇街工作进展情况表")} == {"—"}


def test_towns_stand_in_the_offices_order(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/bulletin"), "各镇街工作进展情况表")
    assert len(rows) == 13
    assert [row[0] for row in rows][:3] == ["嘉祥街道", "卧龙山街道", "万张街道"]


def test_units_in_arrears_are_told_with_what_was_asked(full_app: AppTest) -> None:
    page = opened(full_app, "/bulletin")
    rows = rows_of(page, "部门未报、迟报情况")
    assert rows
    for _, asked, missing, late, _ in rows:
        assert 0 < int(missing) + int(late) <= int(asked)


def test_nothing_is_praised(full_app: AppTest) -> None:
    for address in ("/bulletin", "/bulletin?month=2023-08"):
        text = text_of(opened(full_app, address))
        assert not [word for word in PRAISE if word in text]


def test_an_empty_plan_says_the_next_step(empty_app: AppTest) -> None:
    text = text_of(opened(empty_app, "/bulletin?date=2023-06-06"))
    assert "滞后0项、逾期0项" in text
    assert "请从“任务清单”进入事项，填报进展。" in text
    assert "本月还没有到填报截止时间的调度。" in text
