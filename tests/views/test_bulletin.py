"""月通报: a month beside the month before, every number with its rows, no praise."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books, writing
from dashboard.ledgers.tables import TABLES
from dashboard.papers.bulletin import outline_of
from dashboard.posting.month_reading import read_month
from dashboard.posting.problems import raise_problem
from dashboard.posting.progress import Report, file_progress
from dashboard.rules.calendar import end_of
from dashboard.widgets.menu import PAGES
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


# The draft


def drafted(app: AppTest, month: str = "2023-08") -> AppTest:
    return opened(app, f"/bulletin?month={month}&show=draft")


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def settle_all(page: AppTest) -> AppTest:
    """Confirm every naming, one by one."""
    while waiting := [each.key for each in page.button if each.label == "写入"]:
        page = press(page, str(waiting[0]))
    return page


def issued(page: AppTest, day: date = date(2023, 9, 5), *, reason: str | None = None) -> AppTest:
    settle_all(page)
    field(page.date_input, "印发日期").set_value(day)
    if reason is not None:
        field(page.text_input, "更正原因（必填）").set_value(reason)
    field(page.checkbox, "已核对全文，同意印发").check()
    field(page.button, "印发更正通报" if reason is not None else "印发").click()
    page.run()
    assert not page.exception
    return page


def field(found: Any, label: str) -> Any:
    return next(each for each in found if each.label == label)


def test_the_draft_reads_as_it_will_be_printed_with_numbers_that_lead_to_rows(
    full_app: AppTest,
) -> None:
    page = drafted(full_app)
    text = text_of(page)
    assert "关于2023年8月份全县社会心理服务体系建设工作进展情况的通报" in text
    assert "一、总体进展情况" in text
    links = re.findall(r'href="(/tasks\?state=lagging[^"]*)"[^>]*>(\d+)<', bodies(page))
    (now,) = {(unescape(to), number) for to, number in links if "date=2023-08-31" in to}
    (before,) = {(unescape(to), number) for to, number in links if "date=2023-07-31" in to}
    for to, number in (now, before):
        assert len(rows_of(opened(full_app, to), "任务清单")) == int(number)


def bodies(page: AppTest) -> str:
    return " ".join(each.proto.body for each in page.get("html"))


def test_a_namings_word_is_kept(full_app: AppTest) -> None:
    page = drafted(full_app)
    assert "共5处，待确认5处" in text_of(page)
    page = press(page, "写入_lagging_task:t-4-5")
    page = press(page, "不写入_silent_unit:u-xcb")
    text = text_of(page)
    assert "待确认3处" in text
    assert "县委宣传部（未报1条次）、" not in text


def test_wording_is_edited_with_names_and_shows_how_it_will_read(full_app: AppTest) -> None:
    page = press(drafted(full_app), "edit_tasks")
    area = field(page.text_area, "文字")
    assert "{任务总数}项重点任务中" in area.value
    area.set_value("全部{任务总数}项任务，其中滞后{滞后项数}项，比3项多。").run()
    assert "全部24项任务，其中滞后3项" in text_of(page).replace(" ", "")
    assert "“3”是手工写的数字" in text_of(page)
    page = press(page, "passage_save")
    assert "已保存。" in text_of(page)
    assert "全部24项任务" in text_of(page).replace(" ", "")
    assert not [each for each in page.text_area if each.label == "文字"]
    page = press(press(page, "edit_tasks"), "passage_back")
    assert "正常推进2项" in text_of(page).replace(" ", "")


def test_a_name_that_there_is_none_of_is_said_beside_the_form(full_app: AppTest) -> None:
    page = press(drafted(full_app), "edit_tasks")
    field(page.text_area, "文字").set_value("{没有的数}项").run()
    assert "没有“{没有的数}”这个数据项" in text_of(page)
    page = press(page, "passage_save")
    assert "没有保存" in text_of(page)


def test_a_chip_adds_its_name_to_the_wording(full_app: AppTest) -> None:
    page = press(drafted(full_app), "edit_problems")
    chips = next(each for each in page.button_group if "点选数据项" in str(each.label))
    chips.set_value("未销号件数").run()
    assert field(page.text_area, "文字").value.endswith("{未销号件数}")


def test_figures_that_moved_since_the_wording_was_settled_are_told(full_app: AppTest) -> None:
    page = press(drafted(full_app, "2023-09"), "edit_problems")
    field(page.text_area, "文字").set_value("当月收录{收录件数}件。").run()
    press(page, "passage_save")
    engine = open_books(settings.current().database.url)
    base = load(engine, "jiaxiang-2023", end_of(date(2023, 9, 22)))
    new = replace(base.all(r.Problem)[0], code="新", state=t.ProblemState.OPEN)
    blank: dict[str, Any] = dict.fromkeys(
        ("asked_by", "asked_on", "checked_by", "check_opinion", "checked_on")
    )
    blank |= dict.fromkeys(("confirmed_by", "closed_on", "looked_back_on"))
    raise_problem(engine, CONSOLE, "jiaxiang-2023", replace(new, **blank))
    text = text_of(drafted(full_app, "2023-09"))
    assert "自上次修改后，此段由“当月收录5件。”变为“当月收录6件。”" in text
    assert "1段自上次修改后数字有变动" in text


# Issuing


def test_an_issue_is_registered_and_opened_from_its_frozen_content(full_app: AppTest) -> None:
    page = issued(drafted(full_app))
    assert "已印发存档（B000001）" in text_of(page)
    page = opened(full_app, "/bulletin?show=issued&issue=B000001")
    (row,) = rows_of(page, "历期通报")
    assert row[0] == "2023年第1期"
    text = text_of(page)
    assert "【待编号】" in text
    assert "与印发时一致" in text
    assert len(rows_of(page, "重点任务进展情况表")) == 24
    assert len(rows_of(page, "各镇街工作进展情况表")) == 13


def test_an_unread_draft_and_an_unconfirmed_naming_are_not_issued(full_app: AppTest) -> None:
    page = drafted(full_app)
    field(page.button, "印发").click().run()
    assert "请核对全文后勾选" in text_of(page)
    field(page.checkbox, "已核对全文，同意印发").check()
    field(page.button, "印发").click().run()
    assert "点名的内容须逐条确认" in text_of(page)


def test_a_correction_names_the_issue_and_the_old_one_stays(full_app: AppTest) -> None:
    issued(drafted(full_app))
    page = drafted(full_app)
    assert "本月通报已印发（2023年第1期），以下为更正通报的文稿" in text_of(page)
    page = issued(page, date(2023, 9, 8), reason="报送条次有误")
    assert "更正通报已印发存档（B000002）" in text_of(page)
    rows = rows_of(opened(full_app, "/bulletin?show=issued"), "历期通报")
    assert [row[5] for row in rows] == ["更正2023年第1期 报送条次有误", "已由2023年第2期更正"]


def test_content_that_was_tampered_with_is_not_shown(full_app: AppTest) -> None:
    issued(drafted(full_app))
    engine = open_books(settings.current().database.url)
    with writing(engine) as connection:
        connection.execute(TABLES["bulletin"].update().values(content="{}"))
    page = opened(full_app, "/bulletin?show=issued&issue=B000001")
    assert "存档内容与印发时的校验值不一致" in text_of(page)


def test_a_running_month_is_drafted_but_not_issued(full_app: AppTest) -> None:
    page = drafted(full_app, "2023-09")
    assert "本月数据2023年9月30日截止，截止之后可以印发。" in text_of(page)
    assert not [each for each in page.button if each.label == "印发"]


def test_on_a_past_day_the_draft_is_not_written(full_app: AppTest) -> None:
    page = opened(full_app, "/bulletin?month=2023-08&show=draft&date=2023-09-10")
    assert "起草和印发月通报请先把左侧“统计截止日”改为2023年9月22日" in text_of(page)


def test_a_leader_reads_issues_and_has_no_draft(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    issued(drafted(full_app))
    seen_by(t.AccountRole.LEADER)
    page = opened(full_app, "/bulletin?month=2023-08&show=draft")
    assert not [each for each in page.button if str(each.key).startswith("edit_")]
    assert rows_of(opened(full_app, "/bulletin?show=issued"), "历期通报")


def test_an_empty_plan_has_a_draft_that_claims_nothing(empty_app: AppTest) -> None:
    page = opened(empty_app, "/bulletin?show=draft")
    assert not [word for word in PRAISE if word in text_of(page)]
    text = text_of(opened(empty_app, "/bulletin?show=issued"))
    assert "还没有印发月通报。" in text


def test_an_experience_is_offered_and_stands_once_it_is_picked(full_app: AppTest) -> None:
    engine = open_books(settings.current().database.url)
    books = load(engine, "jiaxiang-2023", end_of(date(2023, 9, 22)))
    line, last = next((code, each) for code, each in books.last_filed.items() if each.value)
    told = Report(line=line, seen=last.code, value=last.value, experience="逐村核对，每周会商")
    code = file_progress(engine, CONSOLE, "jiaxiang-2023", told, settings.current())
    page = drafted(full_app, "2023-09")
    assert "逐村核对，每周会商。" in text_of(page)
    assert "本部分暂无内容，不写入" in text_of(page)
    page = press(page, f"选用_experience:{code}")
    assert "二、主要做法" in text_of(page)
    assert "三、存在问题" in text_of(page)
    page = press(press(page, f"edit_experience:{code}"), "passage_out")
    assert "本部分暂无内容，不写入" in text_of(page)


def test_the_filing_form_has_a_part_for_an_experience_that_stays_shut(full_app: AppTest) -> None:
    engine = open_books(settings.current().database.url)
    books = load(engine, "jiaxiang-2023", end_of(date(2023, 9, 22)))
    line = next(code for code, each in books.last_filed.items() if each.value)
    page = opened(full_app, f"/filing?line={line}")
    (part,) = [each for each in page.expander if each.label == "好经验好做法（选填）"]
    assert not part.proto.expanded
    assert [each.label for each in part.text_area] == ["好经验好做法"]


def test_each_fact_leads_to_a_page_that_there_is(full_app: AppTest) -> None:
    engine = open_books(settings.current().database.url)
    read = read_month(engine, "jiaxiang-2023", "2023-08", settings.current())
    places = outline_of(read.month, read.present, settings.current()).places
    known = {fact.address for place in places for fact in place.facts.values() if fact.address}
    assert len(known) > 10
    assert {urlsplit(each).path for each in known} <= set(PAGES)
    page = opened(full_app, "/bulletin?month=2023-08")
    for anchor in {urlsplit(each).fragment for each in known} - {""}:
        assert f'id="{anchor}"' in bodies(page)


def test_the_months_decisions_and_slips_are_as_many_as_the_draft_says(full_app: AppTest) -> None:
    rows = rows_of(opened(full_app, "/bulletin?month=2023-08"), "议定事项和督办")
    decided = [row for row in rows if row[0] == "议定事项"]
    said = re.search(r"议定事项(\d+)项，已办结(\d+)项", text_of(drafted(full_app)).replace(" ", ""))
    assert said is not None
    closed = sum(row[5] == "已办结" for row in decided)
    assert (len(decided), closed) == (int(said[1]), int(said[2]))
