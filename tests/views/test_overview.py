"""总览: the leader's sentence, the requests, the lights, and an empty plan's list of set-ups."""

import re
from datetime import date

from streamlit.testing.v1 import AppTest

from tests.views.reading import links_of, text_of


def test_the_empty_plan_says_what_to_set_up(empty_app: AppTest) -> None:
    text = text_of(empty_app)
    assert not empty_app.exception
    for step in ("核定时限", "核定应设名录", "确认汇总单位", "确认不一致的时限", "录入期初数"):
        assert step in text
    assert "站点台账尚未录入" in text
    assert "演示数据" not in text


def test_the_practice_data_can_be_had_from_the_empty_plan(empty_app: AppTest) -> None:
    empty_app.button(key="practice").click().run()
    assert not empty_app.exception
    assert "演示数据已载入" in text_of(empty_app)


def test_the_sentence_counts_what_the_page_lists(full_app: AppTest) -> None:
    assert not full_app.exception
    text = text_of(full_app)
    said = re.search(
        r"截至2023年9月22日：(\d+)项滞后（其中严重滞后1项）、(\d+)项逾期；"
        r"13个镇街中(\d+)个未建成村居站点；需您协调(\d+)件。",
        text,
    )
    assert said is not None
    requests = [link for link in links_of(full_app) if link.startswith("/problems")]
    assert int(said[4]) == len(requests) > 0


def test_each_task_leads_to_its_panel(full_app: AppTest) -> None:
    panels = {link for link in links_of(full_app) if link.startswith("/task?code=")}
    assert len(panels) == 24


def test_practice_data_are_marked_and_go_with_one_click(full_app: AppTest) -> None:
    assert "演示数据" in text_of(full_app)
    full_app.button(key="clear_practice").click().run()
    assert not full_app.exception
    text = text_of(full_app)
    assert "演示数据已清除" in text
    assert "建账检查" in text


def test_an_earlier_day_shows_the_books_of_that_day(full_app: AppTest) -> None:
    now = text_of(full_app)
    full_app.date_input(key="date").set_value(date(2023, 7, 14)).run()
    then = text_of(full_app)
    assert "截至2023年7月14日" in then
    assert "统计截止日：2023年9月22日" not in then
    assert now != then
