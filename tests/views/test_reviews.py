"""审核: every waiting filing by unit, several accepted at once, one returned, and who is called."""

import re
from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load, load_plan
from dashboard.ledgers.history import pending_filings
from dashboard.ledgers.store import StoredFile
from dashboard.ledgers.terms import (
    AccountRole,
    EvidenceKind,
    ProblemCategory,
    ProblemSource,
    ReviewVerdict,
)
from dashboard.posting.plans import now_of, start_practice
from dashboard.posting.progress import Report, file_progress
from dashboard.posting.reviews import accept_filings
from dashboard.rules.calendar import at_time
from dashboard.widgets.desk import library
from tests.books import CODE, ISSUED
from tests.counting import queries
from tests.people import enrol, move, person, token_of
from tests.views.reading import text_of
from tests.views.rows import links_in, opened, rows_of

OPEN = "/reviews"
VOLUNTEERS, PARTNERS = "l-4-6-volunteer", "l-4-5-partners"


def engine() -> Engine:
    return library(settings.current().database.url).engine


def held() -> Books:
    return load(engine(), CODE, now_of(load_plan(engine(), CODE)))


def waiting() -> dict[str, str]:
    """The codes of what waits and is not corrected, by its line."""
    found = pending_filings(engine(), CODE, now_of(load_plan(engine(), CODE)))
    return {each.filing.line: each.filing.code for each in found if each.corrected_by is None}


def button(page: AppTest, label: str) -> AppTest:
    next(each for each in page.button if each.label.startswith(label)).click()
    page.run()
    assert not page.exception
    return page


def labels(page: AppTest) -> list[str]:
    return [each.label for each in page.button]


def row(page: AppTest, code: str) -> str:
    """The one row of a filing's own table."""
    bodies = [each.proto.body for each in page.get("html")]
    captions = [
        caption
        for body in bodies
        for caption in re.findall(rf"<caption>([^<]*{code})</caption>", body)
    ]
    (caption,) = captions
    ((*cells,),) = rows_of(page, caption)
    return "　".join(cells)


# The list


def test_the_sentence_counts_what_waits_and_what_stands_out(full_app: AppTest) -> None:
    page = opened(full_app, OPEN)
    told = text_of(page)
    found = re.search(r"(\d+)条填报待审核，涉及(\d+)个单位，其中(\d+)条需核对。", told)
    assert found is not None
    number, units, odd = map(int, found.groups())
    boxes = [each.label for each in page.checkbox]
    assert number == len(boxes) == len(waiting())
    lines = (held().get(r.ReportingLine, line) for line in waiting())
    assert units == len({line.unit for line in lines})
    assert odd == sum("请核对" in row(page, code) for code in waiting().values())


def test_units_stand_in_protocol_order(full_app: AppTest) -> None:
    page = opened(full_app, OPEN)
    bodies = (each.proto.body for each in page.get("html"))
    heads = [found[1] for body in bodies if (found := re.match(r'<h3 class="g-unit">(.*?)<', body))]
    names = [unit.name for unit in held().all(r.Unit)]
    assert heads == sorted(heads, key=names.index)
    assert len(heads) == len(set(heads)) > 3


def test_a_row_says_what_was_filed_what_was_before_and_what_the_light_becomes(
    full_app: AppTest,
) -> None:
    told = row(opened(full_app, OPEN), waiting()[PARTNERS])
    assert "4家 新签约1家，累计4家" in told
    assert "滞后原因：意向单位内部程序未走完" in told
    assert "预计11月30日完成" in told
    assert "上次3家（9月21日） 增加1家 目前应完成8家" in told
    assert "请核对 预计完成时间由11月15日推迟到11月30日，已是第2次推迟" in told
    assert "严重滞后 通过后 ▲ 滞后" in told
    assert "9月22日17:10 迟报 第16次调度" in told


def test_what_came_with_a_filing_is_linked_in_its_row(full_app: AppTest) -> None:
    last = held().last_filed["l-4-6-counsellor"]
    raised = r.Problem(
        code="新",
        description="报名人数不足",
        source=ProblemSource.DEPARTMENT,
        category=ProblemCategory.STAFF,
        unit="u-wjj",
        found_on=date(2023, 9, 22),
        closing_standard="达到30人",
    )
    report = Report(
        line=last.line,
        seen=last.code,
        value=last.value,
        text="按计划推进。",
        problem=raised,
        evidence=(StoredFile("培训名册.xlsx", EvidenceKind.XLSX, 2048, "0" * 64),),
    )
    units = frozenset({(CODE, "u-wjj")})
    liaison = Viewer(AccountRole.LIAISON, "联络员", units=units, at_console=True)
    code = file_progress(engine(), liaison, CODE, report, settings.current())
    told = row(opened(full_app, OPEN), code)
    assert "同时提出问题： 报名人数不足" in told
    assert "培训名册.xlsx" in told


def test_what_was_corrected_is_shown_without_a_box(full_app: AppTest) -> None:
    page = opened(full_app, OPEN)
    found = pending_filings(engine(), CODE, now_of(load_plan(engine(), CODE)))
    ((old, new),) = ((each.filing.code, each.corrected_by) for each in found if each.corrected_by)
    assert f"已被更正 已由{new}更正，请审核更正后的填报" in text_of(page)
    assert f"更正{old}" in row(page, new)
    keys = {each.key for each in (*page.checkbox, *page.button)}
    assert not {f"review_{old}", f"return_{old}"} & keys
    assert {f"review_{new}", f"return_{new}"} <= keys


def test_the_filters_leave_one_unit_or_one_round(full_app: AppTest) -> None:
    page = opened(full_app, f"{OPEN}?unit=u-wjj")
    mine = [line for line in waiting() if held().get(r.ReportingLine, line).unit == "u-wjj"]
    assert len(page.checkbox) == len(mine) > 1
    assert len(opened(full_app, f"{OPEN}?round=2023-W38").checkbox) == len(waiting())


# Accepting


def test_several_are_ticked_and_accepted_at_once(full_app: AppTest) -> None:
    page = opened(full_app, OPEN)
    assert "审核通过（0条）" in labels(page)
    first, second = (waiting()[line] for line in (VOLUNTEERS, PARTNERS))
    for code in (first, second):
        page.checkbox(key=f"review_{code}").check()
    page = button(page.run(), "审核通过（2条）")
    assert "已审核通过2条。" in text_of(page)
    assert [held().last_accepted[line].code for line in (VOLUNTEERS, PARTNERS)] == [first, second]
    assert not {first, second} & set(waiting().values())
    assert len(page.checkbox) == len(waiting())


def test_all_without_an_oddity_are_ticked_by_one_button(full_app: AppTest) -> None:
    page = opened(full_app, OPEN)
    plain = {code for code in waiting().values() if "请核对" not in row(page, code)}
    page = button(page, f"全选无异常的（{len(plain)}条）")
    ticked = {str(each.key).removeprefix("review_") for each in page.checkbox if each.value}
    assert ticked == plain
    assert f"审核通过（{len(plain)}条）" in labels(page)
    page = button(page, "全不选")
    assert not any(each.value for each in page.checkbox)


def test_what_another_accepted_meanwhile_is_told(full_app: AppTest) -> None:
    page = opened(full_app, OPEN)
    first, second = (waiting()[line] for line in (VOLUNTEERS, PARTNERS))
    for code in (first, second):
        page.checkbox(key=f"review_{code}").check()
    page.run()
    accept_filings(engine(), CONSOLE, CODE, [first])
    accept = next(each for each in page.button if each.label == "审核通过（2条）")
    accept.click().run()
    said = text_of(page)
    assert "已审核通过1条。" in said
    assert "“招募心理服务志愿者”已经审核或已被更正，不再列出。" in said
    assert not {first, second} & set(waiting().values())


def test_a_click_that_came_too_late_for_all_is_answered(full_app: AppTest) -> None:
    page = opened(full_app, OPEN)
    first = waiting()[VOLUNTEERS]
    page.checkbox(key=f"review_{first}").check()
    page.run()
    accept_filings(engine(), CONSOLE, CODE, [first])
    page = button(page, "审核通过（1条）")
    assert "“招募心理服务志愿者”已经审核或已被更正，不再列出。" in text_of(page)
    assert "不再列出" not in text_of(page.run())


def test_nothing_is_called_gone_after_the_own_accepting(full_app: AppTest) -> None:
    page = opened(full_app, OPEN)
    page.checkbox(key=f"review_{waiting()[VOLUNTEERS]}").check()
    page = button(page.run(), "审核通过（1条）")
    assert "不再列出" not in text_of(page)


# Returning


def test_one_is_returned_with_a_reason_picked_and_edited(full_app: AppTest) -> None:
    page = opened(full_app, OPEN)
    code = waiting()[VOLUNTEERS]
    page.button(key=f"return_{code}").click().run()
    reasons = settings.current().review.reasons
    page.selectbox(key=f"return_pick_{code}_0").select(reasons[1]).run()
    words = page.text_area(key=f"return_words_{code}_0")
    assert words.value == reasons[1]
    words.input("请写明21名志愿者的来源。")
    page = button(page, "退回这条填报")
    assert "已退回县卫生健康局“招募心理服务志愿者”" in text_of(page)
    reply = held().last_replies[VOLUNTEERS]
    assert (reply.verdict, reply.opinion) == (ReviewVerdict.RETURNED, "请写明21名志愿者的来源。")
    assert "招募心理服务志愿者（退回意见：请写明21名志愿者的来源）" in page.code[-1].value


def test_nothing_is_returned_without_a_reason(full_app: AppTest) -> None:
    page = opened(full_app, OPEN)
    code = waiting()[VOLUNTEERS]
    page.button(key=f"return_{code}").click().run()
    page = button(page, "退回这条填报")
    assert [each.value for each in page.error] == ["没有保存。退回时请写明原因。"]
    assert waiting()[VOLUNTEERS] == code


# 催报


def test_the_texts_name_who_has_not_filed_and_who_has_to_file_again(full_app: AppTest) -> None:
    page = opened(full_app, OPEN)
    debtors, returned = (each.value for each in page.code)
    rows = rows_of(page, "未报单位（5个，按单位顺序排列）")
    named = re.findall(r"^\d+\.(.+?)（(\d+)项）", debtors, flags=re.M)
    assert [(name, str(number)) for name, number, _ in rows] == named
    assert returned.startswith("【退回重报提醒】")
    assert "县总工会（1项）" in returned


def test_of_very_many_items_of_a_unit_the_list_shows_the_first_and_the_text_all(
    full_app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.widgets.chasing._MOST_ITEMS", 1)
    page, caption = opened(full_app, OPEN), "未报单位（5个，按单位顺序排列）"
    rests = 0
    for unit, number, items in rows_of(page, caption):
        rest = int(number) - 1
        rests += bool(rest)
        assert items.endswith(f"其余{rest}项") == bool(rest)
        told = re.search(rf"^\d+\.{unit}（{number}项）：(.+)。$", page.code[0].value, flags=re.M)
        assert told is not None
        assert len(told[1].split("；")) == int(number)
    led = [to for words, to in links_in(page, caption) if words.startswith("其余")]
    assert len(led) == rests > 0
    assert all(to.startswith("/filing?unit=") for to in led)


def test_with_accounts_units_are_told_to_log_in(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    assert "登录系统" not in opened(full_app, OPEN).code[0].value
    seen_by(AccountRole.OFFICE)
    assert "登录系统，在“我的填报”中填写" in opened(full_app, OPEN).code[0].value


def test_on_the_day_of_the_cut_it_is_a_reminder_until_the_cut(empty_app: AppTest) -> None:
    for hour, word in ((9, "填报提醒"), (15, "催报")):
        now = at_time(date(2023, 9, 27), time(hour))
        start_practice(engine(), CONSOLE, CODE, now=now, started_on=ISSUED)
        page = opened(empty_app, OPEN)
        assert page.code[0].value.startswith(f"【{word}】第17次调度")


# Empty, past, and who may


def test_an_empty_plan_says_what_will_be_listed_here(empty_app: AppTest) -> None:
    page = opened(empty_app, OPEN)
    assert not page.exception
    told = text_of(page)
    assert "没有待审核的填报。" in told
    assert "单机模式下由办公室填报，保存后即为审核通过" in told
    assert not page.checkbox


def test_a_past_day_is_read_only(full_app: AppTest) -> None:
    page = opened(full_app, f"{OPEN}?date=2023-09-20")
    assert "审核请先把左侧“统计截止日”改为2023年9月22日。" in text_of(page)
    assert not page.checkbox
    assert not [each for each in labels(page) if each.startswith(("审核通过", "退回", "全选"))]


def test_nobody_has_a_box_for_what_the_own_account_filed(
    full_app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = person(engine(), AccountRole.LIAISON, "u-wjj", name="both")
    last = held().last_filed["l-4-6-counsellor"]
    report = Report(line=last.line, seen=last.code, value=last.value, text="按计划推进。")
    code = file_progress(engine(), viewer, CODE, report, settings.current())
    move(engine(), "both", AccountRole.OFFICE)
    monkeypatch.setattr("dashboard.widgets.door.token", lambda: token_of("both"))
    page = opened(full_app, OPEN)
    assert "不能审核本人填报的事项，请由他人审核" in text_of(page)
    keys = {each.key for each in (*page.checkbox, *page.button)}
    assert not {f"review_{code}", f"return_{code}"} & keys
    assert len(page.checkbox) == len(waiting()) - 1


@pytest.mark.parametrize("role", [AccountRole.LEADER, AccountRole.LIAISON])
def test_only_the_office_reviews(
    role: AccountRole, full_app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = enrol(engine(), role, *(["u-wjj"] if role is AccountRole.LIAISON else []))
    monkeypatch.setattr("dashboard.widgets.door.token", lambda: token)
    assert opened(full_app, OPEN).title[0].value == "没有权限"


def test_the_list_asks_the_database_a_fixed_number_of_times(full_app: AppTest) -> None:
    page = opened(full_app, OPEN)
    with queries(engine()) as asked:
        page.run()
    assert len(asked) <= 3
    accept_filings(engine(), CONSOLE, CODE, [waiting()[VOLUNTEERS]])
    with queries(engine()) as asked:
        page.run()
    # After a posting the ledgers that it touched are read again, and what was touched is asked for.
    assert len(asked) <= 23
    fresh = [each for each in asked if "FROM filing" in each]
    assert len(fresh) <= 7
