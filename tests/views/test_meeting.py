"""会议模式: one point at a time, nothing lost between two people; a decision is a directive."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load
from dashboard.ledgers.terms import AccountRole, DirectiveSource, DispatchState, PointOutcome
from dashboard.posting.dispatching import (
    add_point,
    close_meeting,
    open_meeting,
    prepare,
    settle_point,
)
from dashboard.posting.faults import NEW
from dashboard.posting.problems import issue_directive
from dashboard.settings import current
from dashboard.widgets.desk import engine, plans
from tests.views.conftest import PLAN
from tests.views.reading import links_of, text_of
from tests.views.rows import opened

WEEK = "2023-W38"


def held() -> None:
    """The meeting has begun."""
    prepare(engine(), CONSOLE, PLAN, WEEK, current())
    open_meeting(engine(), CONSOLE, PLAN, WEEK)


def state_of() -> DispatchState:
    return load(engine(), PLAN, _now()).get(r.Dispatch, WEEK).state


def outcomes() -> dict[str, PointOutcome]:
    return {each.key: each.outcome for each in load(engine(), PLAN, _now()).all(r.AgendaPoint)}


def _now() -> datetime:
    found = plans()[PLAN].practice_now
    assert found is not None
    return found


def point_of(page: AppTest) -> str:
    """The point in the address."""
    found = page.query_params["point"]
    return found if isinstance(found, str) else found[0]


def place(page: AppTest) -> tuple[int, int]:
    found = re.search(r"(\d+)/(\d+)", text_of(page))
    assert found is not None, text_of(page)[:400]
    return int(found[1]), int(found[2])


def title(page: AppTest) -> str:
    return str(page.title[0].value)


def agenda_of(page: AppTest) -> Any:
    """The list of all points."""
    return next(each for each in page.selectbox if each.label == "议程")


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click()
    page.run()
    assert not page.exception
    return page


def labels(page: AppTest) -> list[str]:
    return [each.label for each in page.button]


def field(page: AppTest, kind: str, name: str) -> Any:
    widgets = getattr(page, kind)
    return next(
        each for each in widgets if each.key.startswith("decision_") and each.key.endswith(name)
    )


def decide(page: AppTest, matter: str, standard: str = "形成名录") -> AppTest:
    field(page, "text_area", "_matter").input(matter)
    field(page, "text_input", "_standard").input(standard)
    next(each for each in page.button if each.label == "登记议定事项").click()
    return page.run()


def test_it_begins_with_the_first_point_and_goes_on_and_back(full_app: AppTest) -> None:
    page = opened(full_app, "/meeting")
    number, total = place(page)
    assert number == 1
    first = title(page)
    press(page, "meeting_next")
    assert place(page) == (2, total)
    assert title(page) != first
    press(page, "meeting_back")
    assert (place(page), title(page)) == ((1, total), first)
    assert page.button(key="meeting_back").disabled


def test_a_number_leads_to_its_point(full_app: AppTest) -> None:
    page = opened(full_app, "/meeting")
    _, total = place(page)
    page.number_input[0].set_value(total).run()
    assert place(page) == (total, total)
    assert page.button(key="meeting_next").disabled
    page.number_input[0].set_value(3).run()
    assert place(page) == (3, total)


def test_the_agenda_is_a_list_to_choose_from(full_app: AppTest) -> None:
    page = opened(full_app, "/meeting")
    chosen = agenda_of(page)
    assert len(chosen.options) == place(page)[1]
    chosen.select_index(4).run()
    assert place(page)[0] == 5


def test_the_point_stands_in_the_address(full_app: AppTest) -> None:
    page = press(opened(full_app, "/meeting"), "meeting_next")
    key = point_of(page)
    again = opened(full_app, f"/meeting?point={key}")
    assert (place(again), title(again)) == (place(page), title(page))


def test_every_part_of_the_agenda_says_what_it_is_about(full_app: AppTest) -> None:
    page = opened(full_app, "/meeting")
    told = {}
    for number in range(1, place(page)[1] + 1):
        page.number_input[0].set_value(number).run()
        told[point_of(page).partition(":")[0]] = text_of(page)
    assert "反馈情况" in told["decision"]
    assert "判定依据" in told["worse"]
    assert "滞后原因" in told["worse"]
    assert "部门未报" in told["silent"]
    assert "协调时限" in told["request"]
    assert "本周填报" in told["change"]
    assert "与上次相比无变化" in told["intake"]


def test_it_is_begun_here_and_nothing_is_settled_before(full_app: AppTest) -> None:
    page = opened(full_app, "/meeting")
    assert "已议，下一项" not in labels(page)
    assert "登记议定事项" not in labels(page)
    press(page, "meeting_open")
    assert state_of() is DispatchState.HELD
    assert "开始会议" not in labels(page)
    assert "已议，下一项" in labels(page)


def test_what_was_dealt_with_is_marked_and_the_next_one_follows(full_app: AppTest) -> None:
    held()
    page = opened(full_app, "/meeting")
    first = title(page)
    press(page, "meeting_done")
    assert place(page)[0] == 2
    assert f"第1项（{first}）：已议。" in page.success[0].value
    assert "已议1项" in text_of(page)
    press(page, "meeting_carry")
    assert sorted(outcomes().values()) == [PointOutcome.CARRIED, PointOutcome.DONE]
    press(page, "meeting_back")
    assert "（转下次）" in text_of(page)
    press(page, "meeting_again")
    assert PointOutcome.CARRIED not in outcomes().values()
    assert place(page)[0] == 2


def test_who_comes_back_goes_on_where_the_meeting_stands(full_app: AppTest) -> None:
    held()
    page = opened(full_app, "/meeting")
    press(press(page, "meeting_done"), "meeting_done")
    assert place(opened(full_app, "/meeting"))[0] == 3


def test_a_decision_is_a_directive_on_this_point_at_once(full_app: AppTest) -> None:
    held()
    page = opened(full_app, "/meeting")
    key = point_of(page)
    page = decide(page, "核对学校名录")
    assert not page.error
    made = [each for each in load(engine(), PLAN, _now()).all(r.Directive) if each.point == key]
    assert [(each.matter, each.round, each.closing_standard) for each in made] == [
        ("核对学校名录", WEEK, "形成名录")
    ]
    text = text_of(page)
    assert "本次议定" in text
    assert "核对学校名录" in text
    assert field(page, "text_area", "_matter").value == ""
    assert place(page)[0] == 1


def test_a_decision_goes_to_the_unit_whose_matter_it_is(full_app: AppTest) -> None:
    held()
    page = opened(full_app, "/meeting")
    last = next(
        place for place, each in enumerate(agenda_of(page).options) if "新增滞后与逾期：" in each
    )
    agenda_of(page).select_index(last).run()
    line = point_of(page).removeprefix("worse:")
    given = load(engine(), PLAN, _now()).get(r.ReportingLine, line)
    assert field(page, "selectbox", "_unit").value == given.unit


@pytest.mark.parametrize(
    ("matter", "standard", "message"),
    [("", "形成名录", "不能为空"), ("核对名录", "", "“办结标准”不能为空")],
)
def test_a_decision_that_lacks_something_is_refused_and_its_words_stay(
    full_app: AppTest, matter: str, standard: str, message: str
) -> None:
    held()
    page = decide(opened(full_app, "/meeting"), matter, standard)
    assert message in page.error[0].value
    assert field(page, "text_area", "_matter").value == matter
    assert field(page, "text_input", "_standard").value == standard


def test_what_another_person_settles_appears_and_the_room_stays_at_its_point(
    full_app: AppTest,
) -> None:
    held()
    page = opened(full_app, "/meeting")
    first, key = title(page), point_of(page)
    press(page, "meeting_next")
    second = title(page)
    settle_point(engine(), CONSOLE, PLAN, WEEK, key, is_hidden=True)
    add_point(engine(), CONSOLE, PLAN, WEEK, "研究国庆值守")
    page.run()
    assert title(page) == second
    assert place(page)[0] == 1
    assert "研究国庆值守" in agenda_of(page).options[-1]
    assert not any(first in each for each in agenda_of(page).options)


def test_the_form_stays_the_same_one_when_another_person_settles_something(
    full_app: AppTest,
) -> None:
    held()
    page = opened(full_app, "/meeting")
    before = field(page, "text_area", "_matter").id
    settle_point(engine(), CONSOLE, PLAN, WEEK, point_of(page), outcome=PointOutcome.DONE)
    page.run()
    assert "（已议）" in text_of(page)
    assert field(page, "text_area", "_matter").id == before


def test_two_people_who_mark_a_point_differently_do_not_overwrite_each_other(
    full_app: AppTest,
) -> None:
    held()
    page = opened(full_app, "/meeting")
    key = point_of(page)
    page.button(key="meeting_carry").click()
    settle_point(engine(), CONSOLE, PLAN, WEEK, key, outcome=PointOutcome.DONE)
    page.run()
    assert outcomes()[key] is PointOutcome.DONE


def test_a_point_that_is_gone_gives_its_place_to_the_next(full_app: AppTest) -> None:
    held()
    page = press(opened(full_app, "/meeting"), "meeting_next")
    third = agenda_of(page).options[2]
    settle_point(engine(), CONSOLE, PLAN, WEEK, point_of(page), is_hidden=True)
    page.run()
    assert place(page)[0] == 2
    assert title(page) in third


def test_a_closed_meeting_is_only_read(full_app: AppTest) -> None:
    held()
    close_meeting(engine(), CONSOLE, PLAN, WEEK, current())
    page = opened(full_app, "/meeting")
    assert "已结束并存档，只供查看" in text_of(page)
    assert set(labels(page)) <= {"上一项", "下一项", "清除演示数据"}


def test_a_past_day_is_only_read(full_app: AppTest) -> None:
    page = opened(full_app, "/meeting?date=2023-09-15")
    assert "9月15日的台账，只供查看" in text_of(page)
    assert "开始会议" not in labels(page)


def test_a_leader_reads_along_and_settles_nothing(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    held()
    seen_by(AccountRole.LEADER)
    page = opened(full_app, "/meeting")
    assert title(page)
    assert set(labels(page)) <= {"上一项", "下一项"}
    assert not page.text_area


def test_a_liaison_has_no_meeting_mode(full_app: AppTest, seen_by: Callable[..., Viewer]) -> None:
    seen_by(AccountRole.LIAISON, "u-czj")
    page = opened(full_app, "/meeting")
    assert not page.number_input
    assert "上一项" not in labels(page)


def test_an_empty_plan_has_its_standing_points_and_a_way_out(empty_app: AppTest) -> None:
    page = opened(empty_app, "/meeting")
    assert place(page)[0] == 1
    assert any(to.startswith("/dispatch?week=") for to in links_of(page))


def test_an_instruction_is_never_before_the_room(full_app: AppTest) -> None:
    secret = r.Directive(
        code=NEW,
        matter="核实办公用房",
        source=DirectiveSource.LEADER,
        unit="u-czj",
        issued_on=date(2023, 9, 8),
        due_on=date(2023, 9, 20),
        register_no="批〔2023〕7",
    )
    issue_directive(engine(), CONSOLE, PLAN, secret)
    issue_directive(engine(), CONSOLE, PLAN, replace(secret, matter="核实用地", register_no=None))
    shown = " ".join(agenda_of(opened(full_app, "/meeting")).options)
    assert "核实用地" in shown
    assert "核实办公用房" not in shown
