"""事项详情: everything of one task, and the form that reports on it."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE
from dashboard.posting.plans import clear_practice
from tests.views.reading import text_of
from tests.views.rows import links_in, opened


def panel(app: AppTest, code: str) -> AppTest:
    app.query_params["code"] = code
    app.switch_page("views/task.py")
    return app.run()


@pytest.mark.parametrize("code", ["t-4-1", "t-4-6", "t-4-2-4", "t-5-2", "t-3"])
def test_every_task_shows_its_parts_on_an_empty_plan(empty_app: AppTest, code: str) -> None:
    app = panel(empty_app, code)
    assert not app.exception
    text = text_of(app)
    for part in ("措施和指标", "责任单位", "时限", "历次填报", "修改留痕"):
        assert part in text
    assert "尚无填报" in text


def test_both_dates_of_the_centre_are_shown_with_their_source(full_app: AppTest) -> None:
    text = text_of(panel(full_app, "t-4-1"))
    assert "2023年7月31日" in text
    assert "2023年12月31日" in text
    assert "已核查销号" in text


def test_an_unknown_task_is_said_and_nothing_breaks(full_app: AppTest) -> None:
    app = panel(full_app, "t-99")
    assert not app.exception
    assert "没有这项任务" in text_of(app)


def test_a_report_is_shown_with_the_task_that_it_moves(full_app: AppTest) -> None:
    to = dict(links_in(panel(full_app, "t-4-9"), "填报事项"))
    assert "/filing?line=l-4-9-1" in to.values()
    form = opened(full_app, "/filing?line=l-4-9-1")
    form.text_area(key="draft_l-4-9-1_0_text").input("已修订应急预案，写入心理干预内容")
    form.number_input(key="draft_l-4-9-1_0_value").set_value(70)
    next(each for each in form.button if each.label == "保存填报").click().run()
    assert "填报已保存" in text_of(form)
    assert "已修订应急预案，写入心理干预内容" in text_of(panel(full_app, "t-4-9"))


def test_the_past_is_not_written_to(full_app: AppTest) -> None:
    full_app.date_input(key="date").set_value(date(2023, 7, 14)).run()
    app = panel(full_app, "t-4-9")
    assert "填报请先把左侧“统计截止日”改为2023年9月22日" in text_of(app)
    assert links_in(app, "填报事项") == []


def test_a_form_drawn_among_practice_data_posts_nothing_once_they_are_gone(
    full_app: AppTest,
) -> None:
    app = opened(full_app, "/filing?line=l-4-9-1")
    app.text_area(key="draft_l-4-9-1_0_text").input("演示时写下的进展")
    desk = app.session_state["desk"]
    clear_practice(desk.engine, CONSOLE, desk.plan.code)
    next(each for each in app.button if each.label == "保存填报").click().run()
    assert not app.exception
    assert "填报已保存" not in text_of(app)
    assert "演示时写下的进展" not in text_of(app)
