"""我的填报: what a unit files this week, what it has filed, and what the office enters for it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load, load_plan
from dashboard.ledgers.history import all_filings
from dashboard.ledgers.terms import AccountRole, FilingWay, ProblemSource, ReviewVerdict
from dashboard.posting.drafts import drafts_of
from dashboard.posting.plans import now_of
from dashboard.posting.progress import Report, file_progress
from dashboard.posting.reviews import review_filing
from dashboard.rules.asking import Ask, Stage, asks_of, to_file
from dashboard.rules.judgement import judge_books
from dashboard.widgets.desk import engine
from tests.books import CODE
from tests.views.reading import text_of
from tests.views.rows import links_in, opened, rows_of

PUBLICITY, CENTRE, SCHOOLS, TOWN = "u-xcb", "u-xlzx", "u-jtj", "370829114"
SUMMING_UP, ADDING_UP, NEVER_FILED = "l-4-8-village", "l-4-5-partners", "l-4-8-9"
ON_EVENT, SHARE = "l-4-9-3", "l-4-8-town-370829001"
LARGE, UNITS = "sized-100", "各单位待填报事项"
Sit = Callable[..., Viewer]


def books() -> Books:
    return load(engine(), CODE, now_of(load_plan(engine(), CODE)))


def asks(*units: str) -> tuple[Ask, ...]:
    return asks_of(judge_books(books(), settings.current()), units)


def last(line: str) -> r.Filing:
    return books().last_filed[line]


def file_at_office(line: str, value: float | None, **more: Any) -> str:
    held = books().last_filed.get(line)
    seen = held.code if held else None
    report = Report(line=line, value=value, seen=seen, way=FilingWay.TELEPHONE, **more)
    return file_progress(engine(), CONSOLE, CODE, report, settings.current())


def page(app: AppTest, line: str = "", **more: str) -> AppTest:
    """The page in a session of its own, as a link or a new browser opens it."""
    address = "&".join(f"{name}={value}" for name, value in {"line": line, **more}.items() if value)
    return opened(app, f"/filing?{address}")


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


def press(app: AppTest, label: str) -> AppTest:
    next(each for each in app.button if each.label.startswith(label)).click().run()
    assert not app.exception
    return app


def key(line: str, name: str, turn: int = 0) -> str:
    return f"draft_{line}_{turn}_{name}"


def explained(app: AppTest, line: str) -> AppTest:
    """The form with why it is late."""
    app.text_area(key=key(line, "reason")).set_value("经费渠道未明确")
    app.text_area(key=key(line, "remedy")).set_value("请县领导协调")
    return app.date_input(key=key(line, "expected_on")).set_value(date(2023, 11, 15)).run()


# What is shown


@pytest.mark.parametrize("unit", [PUBLICITY, TOWN])
def test_the_sentence_counts_what_can_be_opened(full_app: AppTest, seen_by: Sit, unit: str) -> None:
    seen_by(AccountRole.LIAISON, unit)
    app = page(full_app)
    assert app.title[0].value == "我的填报"
    said = re.search(
        r"第38周（9月18日—9月24日），填报已于9月21日12:00截止：待填报(\d+)项", text_of(app)
    )
    assert said is not None
    assert labels(app).count("填报") == int(said[1]) == len(to_file(asks(unit))) > 0


def test_a_liaison_sees_the_own_items_alone(full_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, TOWN)
    text = text_of(page(full_app))
    assert {each.title for each in to_file(asks(TOWN))} <= set(text.split())
    assert "报送岗位" not in [each.label for each in page(full_app).text_input]
    assert "媒体音视频主题宣传" not in text


def test_an_item_says_where_it_stands_before_it_is_opened(full_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, PUBLICITY)
    text = text_of(page(full_app))
    assert "村（社区）宣传讲座 ▲ 滞后 未报 上次135个（9月13日） 目前应达198个 目标382个" in text
    assert "应于9月21日12:00前报送" not in text, "it stands above all the items"
    assert "公共场所设心理知识专栏 – 无数据 未报 尚无填报 目标100% 应于6月29日12:00前报送" in text


def test_the_overview_leads_to_the_form_of_each_item(full_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, PUBLICITY)
    found = links_in(opened(full_app, "/overview"), "报送事项")
    led = {words: to for words, to in found if to.split("?")[0].endswith("filing")}
    assert set(led) == {each.title for each in to_file(asks(PUBLICITY))}
    for ask in to_file(asks(PUBLICITY)):
        assert f"line={ask.line.code}" in led[ask.title]


def test_who_has_nothing_to_file_is_told_what_comes_next(full_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, SCHOOLS)
    app = page(full_app)
    assert re.search(r"本期没有要填报的事项。 下次填报：9月27日12:00前，\d+项。", text_of(app))
    rows = rows_of(app, "下次填报的事项")
    assert len(rows) == len(asks(SCHOOLS))
    assert "一键报送" not in str(labels(app))


def test_who_reports_nothing_at_all_is_told_where_the_tasks_are(
    full_app: AppTest, seen_by: Sit
) -> None:
    seen_by(AccountRole.LIAISON, "u-czj")
    assert asks("u-czj") == ()
    assert "目前没有需要填报的事项。 承担的任务见“任务清单”" in text_of(page(full_app))


def test_an_empty_plan_asks_and_carries_nothing_on(empty_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, PUBLICITY)
    app = page(empty_app)
    assert "尚无填报" in text_of(app)
    assert not [each for each in labels(app) if "一键报送" in each]


def test_the_past_is_only_read(full_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, PUBLICITY)
    app = page(full_app, date="2023-08-31")
    assert "填报请先把左侧“统计截止日”改为2023年9月22日" in text_of(app)
    assert not {"填报", "继续填报"} & set(labels(app))
    assert not app.text_area


# Filing


def test_what_adds_up_asks_for_the_new_part_and_shows_the_sum(
    full_app: AppTest, seen_by: Sit
) -> None:
    seen_by(AccountRole.LIAISON, CENTRE)
    before = last(ADDING_UP).value or 0
    app = page(full_app, ADDING_UP)
    app.checkbox(key=key(ADDING_UP, "corrects")).set_value(False).run()
    app.number_input(key=key(ADDING_UP, "new")).set_value(13).run()
    assert f"上次累计{before:g}家，提交后累计{before + 13:g}家" in text_of(app)
    press(app, "提交填报")
    assert "“签约合作单位”的填报已提交，待专班办公室审核。" in text_of(app)
    assert last(ADDING_UP).value == before + 13
    assert "待审核" in rows_of(app, "已提交的填报")[0][1]


def test_reasons_are_asked_for_only_where_the_rule_says_yellow_or_red(
    full_app: AppTest, seen_by: Sit
) -> None:
    seen_by(AccountRole.LIAISON, PUBLICITY)
    app = page(full_app, SUMMING_UP)
    reasons = {"滞后原因（必填）", "解决措施（必填）", "预计完成时间（必填）"}
    app.number_input(key=key(SUMMING_UP, "value")).set_value(198).run()
    assert "按所填内容： ● 正常" in text_of(app)
    asked = {each.label for each in (*app.text_area, *app.date_input)}
    assert not reasons & asked
    app.number_input(key=key(SUMMING_UP, "value")).set_value(140).run()
    assert "按所填内容： ▲ 滞后" in text_of(app)
    assert reasons <= {each.label for each in (*app.text_area, *app.date_input)}
    app.text_area(key=key(SUMMING_UP, "reason")).set_value("").run()
    press(app, "提交填报")
    assert [each.value for each in app.error] == ["没有提交。该事项亮黄灯或红灯，请写明原因。"]
    assert app.number_input(key=key(SUMMING_UP, "value")).value == 140
    app.text_area(key=key(SUMMING_UP, "reason")).set_value("秋收期间讲座推迟").run()
    press(app, "提交填报")
    assert (last(SUMMING_UP).value, last(SUMMING_UP).reason) == (140, "秋收期间讲座推迟")


def test_what_the_units_shares_come_to_is_offered_to_who_sums_up(
    full_app: AppTest, seen_by: Sit
) -> None:
    seen_by(AccountRole.LIAISON, PUBLICITY)
    app = page(full_app, SUMMING_UP)
    said = re.search(r"各单位分报合计(\d+)个（14条分报已报\d+条）", text_of(app))
    assert said is not None
    press(app, "采用合计数")
    assert app.number_input(key=key(SUMMING_UP, "value")).value == float(said[1])


def test_a_share_shows_no_light_and_no_sum_of_others(full_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, "370829001")
    text = text_of(page(full_app, SHARE))
    assert "按所填内容" not in text
    assert "分报合计" not in text


def test_an_empty_report_is_refused_with_the_cure(full_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, PUBLICITY)
    app = press(page(full_app, NEVER_FILED), "提交填报")
    said = ["没有提交。数值和进展情况不能都为空，请至少填写一项。"]
    assert [each.value for each in app.error] == said


def test_a_figure_is_refused_by_the_name_that_the_form_gives_it(
    full_app: AppTest, seen_by: Sit
) -> None:
    seen_by(AccountRole.LIAISON, PUBLICITY)
    app = page(full_app, NEVER_FILED)
    figure = app.number_input(key=key(NEVER_FILED, "value")).set_value(-5).run()
    name = figure.number_input(key=key(NEVER_FILED, "value")).label
    press(app, "提交填报")
    assert [each.value for each in app.error] == [f"没有提交。“{name}”不能为负数。"]


def test_what_was_filed_is_not_said_on_the_next_page(full_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, PUBLICITY)
    app = page(full_app, NEVER_FILED)
    app.text_area(key=key(NEVER_FILED, "text")).set_value("已设专栏12处").run()
    press(app, "提交填报")
    assert any("填报已提交" in each.value for each in app.success)
    app.query_params.clear()
    assert not app.switch_page("views/problems.py").run().success


def test_the_light_shown_is_the_one_that_filing_asks_reasons_for(
    full_app: AppTest, seen_by: Sit
) -> None:
    """It waits for a station that the liaison's own books do not hold."""
    seen_by(AccountRole.LIAISON, CENTRE)
    app = page(full_app, ADDING_UP)
    app.number_input(key=key(ADDING_UP, "value")).set_value(6).run()
    assert "按所填内容： ▲ 滞后" in text_of(app)
    app = press(explained(app, ADDING_UP), "提交填报")
    assert not app.error


def test_what_is_put_right_names_what_it_puts_right(full_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, CENTRE)
    held = last(ADDING_UP)
    app = page(full_app)
    ways = dict(links_in(app, "已提交的填报"))
    assert ways == {"更正": f"/filing?line={ADDING_UP}"}
    app = page(full_app, ADDING_UP)
    assert app.number_input(key=key(ADDING_UP, "value")).value == held.value
    assert app.text_area(key=key(ADDING_UP, "text")).value == held.text
    app.number_input(key=key(ADDING_UP, "value")).set_value(6).run()
    app = explained(app, ADDING_UP)
    press(app, "提交填报")
    assert (last(ADDING_UP).value, last(ADDING_UP).corrects) == (6, held.code)


def test_a_returned_item_stands_first_with_the_office_s_reason_and_what_was_said(
    full_app: AppTest, seen_by: Sit
) -> None:
    viewer = seen_by(AccountRole.LIAISON, PUBLICITY)
    report = Report(line=NEVER_FILED, value=60, text="已设专栏")
    code = file_progress(engine(), viewer, CODE, report, settings.current())
    review_filing(engine(), CONSOLE, CODE, code, ReviewVerdict.RETURNED, "请写明处数")
    first = to_file(asks(PUBLICITY))[0]
    assert (first.stage, first.line.code) == (Stage.RETURNED, NEVER_FILED)
    app = page(full_app)
    text = text_of(app)
    assert "其中退回1项" in text
    assert "退回意见：请写明处数" in text
    assert text.index("公共场所设心理知识专栏 ") < text.index("媒体音视频主题宣传 ")
    app = page(full_app, NEVER_FILED)
    assert app.text_area(key=key(NEVER_FILED, "text")).value == "已设专栏"
    app.text_area(key=key(NEVER_FILED, "text")).set_value("已设专栏12处").run()
    press(app, "提交填报")
    assert (last(NEVER_FILED).text, last(NEVER_FILED).corrects) == ("已设专栏12处", code)


def test_a_problem_is_raised_in_the_same_form(full_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, PUBLICITY)
    app = page(full_app, NEVER_FILED)
    app.text_area(key=key(NEVER_FILED, "text")).set_value("已设专栏12处").run()
    app.text_area(key=key(NEVER_FILED, "problem_description")).set_value("缺少制作经费").run()
    press(app, "提交填报")
    lacks = "没有提交。提出问题还须填写“问题类别”、“建议的销号标准”；没有问题的，请把该部分清空。"
    assert [each.value for each in app.error] == [lacks]
    app.radio(key=key(NEVER_FILED, "problem_category")).set_value("funds").run()
    standard = key(NEVER_FILED, "problem_closing_standard")
    app.text_input(key=standard).set_value("经费到位，专栏上墙").run()
    press(app, "提交填报")
    assert "提出的问题已登记" in text_of(app)
    (raised,) = [each for each in books().all(r.Problem) if each.description == "缺少制作经费"]
    assert (raised.unit, raised.source) == (PUBLICITY, ProblemSource.DEPARTMENT)
    assert raised.closing_standard == "经费到位，专栏上墙"


def test_all_that_is_missing_is_marked_and_told_at_once(full_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, PUBLICITY)
    app = page(full_app, NEVER_FILED)
    by = key(NEVER_FILED, "problem_request_due_on")
    assert app.radio(key=key(NEVER_FILED, "problem_category")).label == "问题类别（必填）"
    assert app.date_input(key=by).label == "希望何时前协调"
    app.text_input(key=key(NEVER_FILED, "problem_request")).set_value("请协调经费").run()
    assert app.date_input(key=by).label == "希望何时前协调（必填）"
    press(app, "提交填报")
    empty, problem = (each.value for each in app.error)
    assert "数值和进展情况不能都为空" in empty
    for label in ("问题描述", "问题类别", "建议的销号标准", "希望何时前协调"):
        assert f"“{label}”" in problem


# Drafts


def test_a_draft_is_there_again_in_another_browser_and_gone_once_filed(
    full_app: AppTest, seen_by: Sit
) -> None:
    viewer = seen_by(AccountRole.LIAISON, PUBLICITY)
    app = page(full_app, NEVER_FILED)
    assert "填写时自动保存草稿" in text_of(app)
    app.number_input(key=key(NEVER_FILED, "value")).set_value(40).run()
    app.text_area(key=key(NEVER_FILED, "text")).set_value("已设专栏12处").run()
    assert "草稿已保存" in text_of(app)
    other = page(full_app)
    assert "有草稿" in text_of(other)
    press(other, "继续填报")
    assert other.text_area(key=key(NEVER_FILED, "text")).value == "已设专栏12处"
    assert other.number_input(key=key(NEVER_FILED, "value")).value == 40
    press(other, "提交填报")
    assert (last(NEVER_FILED).value, last(NEVER_FILED).text) == (40, "已设专栏12处")
    assert drafts_of(engine(), viewer, CODE) == {}


def test_a_draft_may_be_thrown_away(full_app: AppTest, seen_by: Sit) -> None:
    viewer = seen_by(AccountRole.LIAISON, PUBLICITY)
    app = page(full_app, NEVER_FILED)
    app.text_area(key=key(NEVER_FILED, "text")).set_value("写错了").run()
    press(app, "放弃草稿")
    assert "的草稿已放弃" in text_of(app)
    assert drafts_of(engine(), viewer, CODE) == {}
    assert "写错了" not in [each.value for each in app.text_area]


def test_a_draft_with_an_identity_number_is_not_kept_and_says_so(
    full_app: AppTest, seen_by: Sit
) -> None:
    viewer = seen_by(AccountRole.LIAISON, PUBLICITY)
    app = page(full_app, NEVER_FILED)
    app.text_area(key=key(NEVER_FILED, "text")).set_value("来访者370829199001011234").run()
    assert "草稿没有保存：疑似含有身份证号" in text_of(app)
    assert drafts_of(engine(), viewer, CODE) == {}


# Two people on one item


@pytest.fixture
def met(full_app: AppTest, seen_by: Sit) -> tuple[AppTest, str]:
    """A liaison's form in which something was typed before the office filed on the item."""
    seen_by(AccountRole.LIAISON, PUBLICITY)
    app = page(full_app, NEVER_FILED)
    app.number_input(key=key(NEVER_FILED, "value")).set_value(40).run()
    app.text_area(key=key(NEVER_FILED, "text")).set_value("我填的进展").run()
    return app, file_at_office(NEVER_FILED, 55, text="对方的进展", filed_by="县委宣传部值班岗")


def test_the_second_is_told_at_sending_and_sees_both(met: tuple[AppTest, str]) -> None:
    app, code = met
    press(app, "提交填报")
    assert last(NEVER_FILED).code == code
    assert f"县委宣传部值班岗已于9月22日18:00填报本事项（{code}）" in text_of(app)
    rows = {row[0]: row[1:] for row in rows_of(app, "两人先后填报的内容")}
    assert rows["完成值"] == ["55%", "40%"]
    assert rows["进展情况"] == ["对方的进展", "我填的进展"]
    assert "提交填报" not in labels(app)


def test_the_second_is_told_at_once_on_opening(met: tuple[AppTest, str]) -> None:
    app, _ = met
    later = page(app)
    assert "他人已先填报，您的草稿待处理" in text_of(later)
    press(later, "继续填报")
    assert rows_of(later, "两人先后填报的内容")


def test_the_second_may_give_way(met: tuple[AppTest, str]) -> None:
    app, code = met
    press(app, "提交填报")
    press(app, "采用对方的")
    assert "已采用对方的填报，您的草稿已放弃。" in text_of(app)
    assert last(NEVER_FILED).code == code
    assert "有草稿" not in text_of(page(app))


def test_the_second_may_insist_and_puts_the_other_right(met: tuple[AppTest, str]) -> None:
    app, code = met
    later = page(app)
    press(later, "继续填报")
    press(later, f"仍提交我的（更正{code}）")
    assert "已提交，待专班办公室审核" in text_of(later)
    mine = last(NEVER_FILED)
    assert (mine.value, mine.text, mine.corrects) == (40, "我填的进展", code)
    now = now_of(load_plan(engine(), CODE))
    assert code in [each.filing.code for each in all_filings(engine(), CODE, now)]


def test_who_adds_to_an_older_sum_files_that_sum(full_app: AppTest, seen_by: Sit) -> None:
    seen_by(AccountRole.LIAISON, CENTRE)
    before = last(ADDING_UP).value or 0
    app = page(full_app, ADDING_UP)
    app.checkbox(key=key(ADDING_UP, "corrects")).set_value(False).run()
    app.number_input(key=key(ADDING_UP, "new")).set_value(6).run()
    file_at_office(ADDING_UP, before + 5)
    later = page(full_app, ADDING_UP)
    assert f"提交后累计{before + 6:g}家" in text_of(later)


# 其余均无变化


def test_one_click_files_what_has_not_changed_and_says_what_it_leaves(
    full_app: AppTest, seen_by: Sit
) -> None:
    seen_by(AccountRole.LIAISON, PUBLICITY)
    before = last(SUMMING_UP)
    app = page(full_app)
    assert "“村（社区）宣传讲座”（135个）按上次数据报送" in text_of(app)
    assert "“公共场所设心理知识专栏”（尚无填报，请填写进展）" in text_of(app)
    press(app, "其余1项无变化，一键报送")
    assert "1项按“无变化”填报，已提交，待专班办公室审核；另有2项须另行填写。" in text_of(app)
    filed = last(SUMMING_UP)
    assert (filed.value, filed.no_change, filed.reason) == (135, True, before.reason)
    assert filed.code != before.code


# 代录


@pytest.mark.parametrize("role", [AccountRole.OFFICE, AccountRole.LOCAL])
def test_the_office_enters_what_a_unit_told_it(
    full_app: AppTest, seen_by: Sit, role: AccountRole
) -> None:
    if role is AccountRole.OFFICE:
        seen_by(role)
    app = page(full_app, unit=PUBLICITY)
    assert app.title[0].value == "代录填报"
    assert "县委宣传部：第38周" in text_of(app)
    app.selectbox(key="filing_way").set_value(FilingWay.MESSAGE).run()
    app.checkbox(key="filing_earlier").set_value(True).run()
    app.date_input(key="filing_on").set_value(date(2023, 9, 20)).run()
    press(app, "填报")
    app.number_input(key=key(SUMMING_UP, "value")).set_value(140).run()
    press(app, "保存填报")
    assert "的填报已保存" in text_of(app)
    held = last(SUMMING_UP)
    assert (held.value, held.way, held.filed_by) == (140, FilingWay.MESSAGE, "县委宣传部联络员")
    assert f"{held.received_at:%Y-%m-%d}" == "2023-09-20"
    assert "待填报2项" in text_of(app)


def test_the_office_is_shown_first_who_has_something_to_file(full_app: AppTest) -> None:
    options = page(full_app).selectbox(key="choice_unit").options
    due = ["（待填报" in each for each in options]
    assert due == sorted(due, reverse=True)
    assert any(due)


def test_a_link_leads_the_office_to_the_unit_and_the_item(full_app: AppTest) -> None:
    task = opened(full_app, "/task?code=t-4-8")
    assert f"/filing?line={SUMMING_UP}" in [to for _, to in links_in(task, "填报事项")]
    app = page(full_app, SUMMING_UP)
    assert app.selectbox(key="choice_unit").value == PUBLICITY
    assert app.number_input(key=key(SUMMING_UP, "value")).value == 135


def in_a_large_plan() -> dict[str, tuple[Ask, ...]]:
    """The lines of each unit that files, units in protocol order."""
    found = load(engine(), LARGE, now_of(load_plan(engine(), LARGE)))
    units = sorted(found.all(r.Unit), key=lambda unit: unit.seq)
    judgement = judge_books(found, settings.current())
    of = {unit.code: asks_of(judgement, [unit.code]) for unit in units}
    return {code: held for code, held in of.items() if held}


def test_in_a_large_plan_the_office_is_first_shown_the_units_late_ones_on_top(
    open_app: Callable[[Path], AppTest], large_books: Path
) -> None:
    app = page(open_app(large_books))
    units, rows = in_a_large_plan(), rows_of(app, UNITS)
    due = {code: len(to_file(held)) for code, held in units.items()}
    late = [code for code, held in units.items() if any(a.stage is Stage.MISSING for a in held)]
    assert "各单位：第9周（2月27日—3月5日），填报截止3月2日12:00" in text_of(app)
    assert f"待填报{sum(due.values())}项" in text_of(app)
    assert f"有待填报事项的单位{sum(map(bool, due.values()))}个" in text_of(app)
    assert not [each for each in labels(app) if each == "填报"], "no unit is opened unasked"
    led = [to.split("unit=")[1] for _, to in links_in(app, UNITS)]
    rest = [code for code in units if due[code] and code not in late]
    done = [code for code in units if not due[code]]
    assert led == [*late, *rest, *done][: len(rows)]
    assert [row[1] for row in rows] == [str(due[code] or "—") for code in led]


def test_a_unit_of_the_list_leads_to_its_items_and_the_list_is_there_again(
    open_app: Callable[[Path], AppTest], large_books: Path
) -> None:
    (name, to), *_ = links_in(page(open_app(large_books)), UNITS)
    app = opened(page(open_app(large_books)), to)
    mine = in_a_large_plan()[to.split("unit=")[1]]
    assert f"{name}：第9周" in text_of(app)
    assert labels(app).count("填报") == len(to_file(mine)) > 0
    app.selectbox(key="choice_unit").set_value(None).run()
    assert not app.exception
    assert "各单位：第9周" in text_of(app)
    assert rows_of(app, UNITS)
    line = to_file(mine)[0].line.code
    assert f"{name}：第9周" in text_of(opened(app, f"/filing?line={line}"))


def test_many_items_of_a_unit_are_on_several_pages(
    full_app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.widgets.filing_page._CARDS", 2)
    wanted = [each.title for each in to_file(asks(PUBLICITY))]
    assert len(wanted) == 3
    app = page(full_app, unit=PUBLICITY)
    assert "待填报3项" in text_of(app)
    assert labels(app).count("填报") == 2
    last_page = page(full_app, unit=PUBLICITY, **{f"cards_{PUBLICITY}": "2"})
    assert labels(last_page).count("填报") == 1
    cards = [each.proto.body for each in last_page.get("html") if "g-ask" in each.proto.body]
    assert [wanted[-1] in each for each in cards if "<h3>" in each] == [True]


def test_no_event_is_offered_where_a_matter_starts_on_an_event(full_app: AppTest) -> None:
    app = page(full_app, ON_EVENT)
    app.checkbox(key=key(ON_EVENT, "no_event")).set_value(True).run()
    press(app, "保存填报")
    assert last(ON_EVENT).no_event
    assert "本期无事件" not in [each.label for each in page(full_app, SUMMING_UP).checkbox]
