"""周调度: the sentence's numbers are the rows, a past round stays as it was, decisions are kept."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.tables import TABLES
from dashboard.ledgers.terms import AccountRole, PointOutcome
from dashboard.posting.dispatching import (
    close_meeting,
    decide,
    open_meeting,
    prepare,
    settle_head,
    settle_point,
)
from dashboard.posting.plans import post_plan
from dashboard.rules.calendar import at_time
from dashboard.settings import current
from dashboard.widgets.desk import engine, plans
from tests.books import jiaxiang
from tests.views.conftest import PLAN
from tests.views.reading import links_of, text_of
from tests.views.rows import links_in, opened, rows_of

ROUND = "第16次调度"
DUE = date(2023, 9, 28)


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


def decision(page: AppTest, kind: str, name: str) -> Any:
    return next(
        each for each in getattr(page, kind) if each.key.endswith(f"decision_none_0_{name}")
    )


def test_a_decision_without_its_unit_is_refused_and_the_words_stay(full_app: AppTest) -> None:
    page = opened(full_app, "/dispatch")
    decision(page, "text_area", "matter").input("核对名录")
    decision(page, "text_input", "standard").input("形成名录")
    press(page, "登记议定事项")
    assert [each.value for each in page.error] == ["没有保存。“承办单位”不能为空。"]
    assert decision(page, "text_area", "matter").value == "核对名录"


def test_a_decision_entered_joins_those_of_this_meeting(full_app: AppTest) -> None:
    page = opened(full_app, "/dispatch")
    before = rows_of(page, "本次议定事项")
    decision(page, "text_area", "matter").input("核对学校名录")
    decision(page, "text_input", "standard").input("形成名录")
    decision(page, "selectbox", "unit").select("u-jtj")
    press(page, "登记议定事项")
    assert not page.error
    assert "由县教育和体育局承办，9月28日前办结" in page.success[0].value
    after = rows_of(page, "本次议定事项")
    assert len(after) == len(before) + 1
    assert after[-1][:2] == ["核对学校名录", "县教育和体育局"]
    assert next(each for each in page.text_area if each.label == "议定事项（必填）").value == ""


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


# 会前, 会上, 会后


def stages_of(page: AppTest) -> list[tuple[str, bool]]:
    """The words of each stage, and whether it is the present one."""
    body = next(
        each.proto.body for each in page.get("html") if '<ol class="g-stages"' in each.proto.body
    )
    found = re.findall(r"<li( aria-current=step)?>(.*?)</li>", body)
    return [(re.sub(r"<.*?>", "", words), bool(now)) for now, words in found]


def next_step(page: AppTest) -> str:
    """The one next step: its link or its button."""
    bodies = (each.proto.body for each in page.get("html"))
    links = [re.sub(r"<.*?>", "", body) for body in bodies if 'class="g-step"' in body]
    buttons = [each.label for each in page.button if each.key == "prepare"]
    (found,) = [*links, *buttons]
    return found


def given() -> tuple[Any, Any, str, str]:
    return engine(), CONSOLE, PLAN, "2023-W38"


def now() -> datetime:
    found = plans()[PLAN].practice_now
    assert found is not None
    return found


def now_held() -> None:
    prepare(*given(), current())
    open_meeting(*given())


def chosen(page: AppTest) -> Any:
    """The choice of the point that is moved or reworded."""
    return next(each for each in page.selectbox if each.label == "选择议题")


def ticks(page: AppTest) -> list[Any]:
    return [each for each in page.checkbox if str(each.key).startswith("shown_")]


def test_a_meeting_that_nobody_has_prepared_asks_for_that_first(full_app: AppTest) -> None:
    page = opened(full_app, "/dispatch")
    assert [now for _, now in stages_of(page)] == [True, False, False]
    assert "会前尚未准备会议" in stages_of(page)[0][0]
    assert next_step(page) == "准备本次会议"
    assert not ticks(page)
    press(page, "准备本次会议")
    assert "会前议题13项" in stages_of(page)[0][0]
    assert next_step(page) == "打开会议模式"
    assert len(ticks(page)) == 13


def test_a_past_meeting_is_entered_afterwards(full_app: AppTest) -> None:
    assert next_step(opened(full_app, "/dispatch?week=2023-W36")) == "补登本次会议"


def test_a_point_that_is_unticked_does_not_come_before_the_room(full_app: AppTest) -> None:
    prepare(*given(), current())
    page = opened(full_app, "/dispatch")
    first = ticks(page)[0].label.split("：")[1]
    ticks(page)[0].uncheck().run()
    assert f"“{first}”不上会。" in page.success[0].value
    assert "议题12项，另有1项不上会" in stages_of(page)[0][0]
    assert [each.value for each in ticks(page)] == [False, *([True] * 12)]
    assert not any(first in each for each in room(full_app))
    ticks(page)[0].check().run()
    assert any(first in each for each in room(full_app))


def room(app: AppTest) -> list[str]:
    page = opened(app, "/meeting")
    return next(each.options for each in page.selectbox if each.label == "议程")


def test_what_another_person_unticks_is_not_ticked_back(full_app: AppTest) -> None:
    prepare(*given(), current())
    page = opened(full_app, "/dispatch")
    key = ticks(page)[0].key.removeprefix("shown_").rsplit("_", 2)[0]
    settle_point(*given(), key, is_hidden=True)
    page.run()
    assert not page.success
    assert [each.value for each in ticks(page)][:2] == [False, True]
    held = load(engine(), PLAN, now())
    assert [each.is_hidden for each in held.all(r.AgendaPoint)] == [True]


def test_the_order_of_the_agenda_is_that_of_the_room(full_app: AppTest) -> None:
    prepare(*given(), current())
    page = opened(full_app, "/dispatch")
    before = room(full_app)
    chosen(page).select_index(2).run()
    press(page, "移到最前")
    after = room(full_app)
    names = [each.split("　", 1)[1] for each in before]
    assert [each.split("　", 1)[1] for each in after] == [names[2], *names[:2], *names[3:]]
    press(page, "下移")
    again = [each.split("　", 1)[1] for each in room(full_app)]
    assert again == [names[0], names[2], names[1], *names[3:]]


def test_a_point_of_the_offices_own_is_added_once_and_reworded(full_app: AppTest) -> None:
    prepare(*given(), current())
    page = opened(full_app, "/dispatch")
    page.text_input(key="add_title_0").input("研究国庆值守")
    press(page, "增加议题")
    assert "已增加议题“研究国庆值守”。" in page.success[0].value
    assert room(full_app)[-1].endswith("其他议题：研究国庆值守")
    page.text_input(key="add_title_1").input("研究国庆值守")
    press(page, "增加议题")
    assert "已有同名议题" in page.error[0].value
    chosen(page).select_index(len(room(full_app)) - 1).run()
    title = next(each for each in page.text_input if each.label == "议题名称")
    title.input("研究中秋、国庆值守")
    press(page, "保存改写")
    assert room(full_app)[-1].endswith("其他议题：研究中秋、国庆值守")


def head(page: AppTest, label: str) -> Any:
    return next(each for each in page.text_input if each.label == label)


def test_who_chairs_is_a_post_and_never_a_name(full_app: AppTest) -> None:
    prepare(*given(), current())
    page = opened(full_app, "/dispatch")
    head(page, "主持岗位").input("张伟")
    press(page, "保存会议情况")
    assert "主持岗位请填写岗位，不填写姓名" in page.error[0].value
    assert head(page, "主持岗位").value == "张伟"
    head(page, "主持岗位").input("县政府分管副县长")
    press(page, "保存会议情况")
    assert "会议情况已保存" in page.success[0].value


def test_two_people_who_fill_in_the_head_are_told_of_each_other(full_app: AppTest) -> None:
    prepare(*given(), current())
    page = opened(full_app, "/dispatch")
    head(page, "会议地点").input("三楼会议室")
    settle_head(*given(), held_on=None, place="一楼会议室", chaired_by=None, attended=None)
    press(page, "保存会议情况")
    assert "刚刚把“会议地点”改为“一楼会议室”，请核对后再办" in page.error[0].value
    assert head(page, "会议地点").value == "三楼会议室"
    press(page, "保存会议情况")
    assert not page.error
    books = load(engine(), PLAN, now())
    assert books.get(r.Dispatch, "2023-W38").place == "三楼会议室"


def test_the_stage_of_a_meeting_tells_how_far_it_is(full_app: AppTest) -> None:
    now_held()
    first = agenda_key(opened(full_app, "/dispatch"))
    settle_point(*given(), first, outcome=PointOutcome.DONE)
    page = opened(full_app, "/dispatch")
    assert [now for _, now in stages_of(page)] == [False, True, False]
    assert "会上已议1项、待议12项" in stages_of(page)[1][0]
    assert next_step(page) == "回到会议模式"


def agenda_key(page: AppTest) -> str:
    key: str = ticks(page)[0].key
    return key.removeprefix("shown_").rsplit("_", 2)[0]


def test_closing_says_what_is_carried_over_and_freezes_the_week(full_app: AppTest) -> None:
    now_held()
    page = opened(full_app, "/dispatch")
    assert "会议地点、主持岗位、参会单位尚未填写，纪要中将不写明。" in text_of(page)
    press(page, "结束会议并存档")
    assert "第16次调度已结束并存档。" in page.success[0].value
    assert [now for _, now in stages_of(page)] == [False, False, True]
    assert "已存档，现为第1版" in stages_of(page)[2][0]
    (version,) = rows_of(page, "存档")
    assert version[0] == "第1版"
    assert version[2] == "9月21日18:00"
    assert version[4] == "首次存档"
    assert "转下次" in {row[3] for row in rows_of(page, "议程")}
    assert not ticks(page)
    assert not any(each.label == "登记议定事项" for each in page.button)


def test_each_unit_with_something_to_do_has_one_text_to_paste(full_app: AppTest) -> None:
    now_held()
    decide(
        *given(), None, matter="核对学校名录", unit="u-jtj", due_on=DUE, closing_standard="形成名录"
    )
    close_meeting(*given(), current())
    page = opened(full_app, "/dispatch")
    texts = [each.value for each in page.code]
    assert f"各单位事项（{len(texts)}个单位）" in [each.label for each in page.expander]
    (told,) = [each for each in texts if "县教育和体育局：" in each]
    assert "核对学校名录，9月28日前办结，办结标准：形成名录。" in told
    assert all("【周调度事项】第16次调度" in each for each in texts)


def test_what_an_old_meeting_left_is_not_handed_out_again(full_app: AppTest) -> None:
    prepare(engine(), CONSOLE, PLAN, "2023-W36", current())
    close_meeting(engine(), CONSOLE, PLAN, "2023-W36", current())
    page = opened(full_app, "/dispatch?week=2023-W36")
    assert len(rows_of(page, "存档")) == 1
    assert not page.code


def test_what_was_not_marked_may_count_as_dealt_with(full_app: AppTest) -> None:
    now_held()
    page = opened(full_app, "/dispatch")
    page.radio(key="closing_rest").set_value("done").run()
    press(page, "结束会议并存档")
    assert "转下次" not in {row[3] for row in rows_of(page, "议程")}


def test_a_correction_is_a_further_version_with_its_reason(full_app: AppTest) -> None:
    now_held()
    close_meeting(*given(), current())
    page = opened(full_app, "/dispatch")
    press(page, "更正，另存一版")
    assert "请填写更正原因" in page.error[0].value
    page.text_input(key="correct_reason_0").input("黄垓镇补报")
    press(page, "更正，另存一版")
    versions = rows_of(page, "存档")
    assert [each[0] for each in versions] == ["第2版", "第1版"]
    assert versions[0][4].startswith("黄垓镇补报")
    assert "现为第2版" in stages_of(page)[2][0]


def test_before_the_cut_a_meeting_cannot_be_closed(full_app: AppTest) -> None:
    table = TABLES["plan"]
    morning = at_time(date(2023, 9, 21), time(10))
    with engine().begin() as connection:
        connection.execute(update(table).values(practice_now=morning))
    now_held()
    page = opened(full_app, "/dispatch")
    assert "9月21日18:00后可存档" in stages_of(page)[2][0]
    assert "截止之后才能结束会议并存档" in text_of(page)
    assert not any(each.label == "结束会议并存档" for each in page.button)


def test_a_leader_reads_the_stages_and_settles_nothing(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    now_held()
    seen_by(AccountRole.LEADER)
    page = opened(full_app, "/dispatch")
    assert next_step(page) == "打开会议模式"
    assert not ticks(page)
    assert not page.button
    assert not page.text_area


def test_a_closed_week_shows_its_versions_to_a_leader_without_forms(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    now_held()
    close_meeting(*given(), current())
    seen_by(AccountRole.LEADER)
    page = opened(full_app, "/dispatch")
    assert len(rows_of(page, "存档")) == 1
    assert not page.button
    assert not page.text_input
