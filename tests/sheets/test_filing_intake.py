"""Sheets held against the books: what would be filed, what others filed meanwhile, whose it is."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from dashboard import settings
from dashboard.access.rights import ForbiddenError
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.history import all_filings
from dashboard.ledgers.terms import FilingWay, ProblemSource
from dashboard.posting.plans import clear_practice, now_of
from dashboard.rules.calendar import at_time, end_of
from dashboard.sheets.filing_intake import ReadFile, Stand, TakenFile, post_files, taken_in
from dashboard.sheets.filing_layout import FIRST_ROW
from dashboard.sheets.filing_report import How
from dashboard.sheets.filing_words import last_words, notes_of, online_words, report_words
from tests.books import CODE, Desk
from tests.filing_sheets import (
    COUNT,
    HEALTH,
    HOTLINE,
    MEASURE,
    NEVER,
    RETURNED,
    SHARE,
    TOWN,
    TUESDAY,
    books_with_work,
    edited,
    filled,
    read,
    row_in,
    row_of,
    sheet_for,
    short_sheet,
    taken,
    told,
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The office on a Tuesday."""
    return books_with_work(tmp_path)


@pytest.fixture
def content(desk: Desk) -> bytes:
    """A sheet with a line of every kind, as it went out."""
    return short_sheet(desk, HOTLINE, MEASURE, COUNT, NEVER, RETURNED)


def books(desk: Desk) -> Books:
    return load(desk.engine, CODE, end_of(TUESDAY))


def filings(desk: Desk) -> int:
    return len(all_filings(desk.engine, CODE, end_of(date(2024, 1, 1))))


def posted(desk: Desk, file: TakenFile, *lines: str) -> int:
    """File a file's good rows, or those of these lines; how many were filed."""
    rows = [row_in(file, line) for line in lines] or file.ready
    (done,) = post_files(desk.engine, CONSOLE, [(file, rows)], settings.current())
    assert done.refused is None
    return done.number


# What would be filed, and is


def test_a_good_sheet_is_filed_for_the_unit_as_it_came(desk: Desk, content: bytes) -> None:
    received = at_time(TUESDAY, time(9))
    sheet = filled(content, {HOTLINE: {"value": 24, "text": "已开通"}, COUNT: {"new": 30}})
    (file,) = taken(desk, sheet, way=FilingWay.PAPER, received_at=received)
    assert file.problems == ()
    assert [row.row.mark.line for row in file.ready] == [HOTLINE, COUNT]
    assert posted(desk, file) == 2
    held = books(desk).last_accepted
    assert (held[HOTLINE].value, held[HOTLINE].text) == (24, "已开通")
    assert held[COUNT].value == 80
    for each in (held[HOTLINE], held[COUNT]):
        assert (each.way, each.filed_by) == (FilingWay.PAPER, "县卫生健康局联络员")
        assert (each.received_at, each.round) == (received, "2023-W26")


def test_nothing_is_filed_by_reading(desk: Desk, content: bytes) -> None:
    before = filings(desk)
    taken(desk, filled(content, {HOTLINE: {"value": 24}}))
    assert filings(desk) == before


def test_rows_that_were_left_blank_are_told_as_not_filled(desk: Desk, content: bytes) -> None:
    (file,) = taken(desk, filled(content, {HOTLINE: {"value": 24}}))
    assert len(file.of(Stand.EMPTY)) == 4
    assert file.problems == ()


def test_unchanged_says_again_what_was_said(desk: Desk, content: bytes) -> None:
    (file,) = taken(desk, filled(content, {MEASURE: {"change": "无变化", "next_step": "印发"}}))
    assert posted(desk, file) == 1
    held = books(desk).last_accepted[MEASURE]
    assert (held.value, held.text, held.next_step) == (10, "已起草", "印发")
    assert held.no_change


def test_what_was_returned_is_filed_in_its_place(desk: Desk, content: bytes) -> None:
    before = books(desk).last_filed[RETURNED]
    (file,) = taken(desk, filled(content, {RETURNED: {"value": 20, "text": "已核实"}}))
    posted(desk, file)
    held = books(desk).last_filed[RETURNED]
    assert (held.corrects, held.value) == (before.code, 20)


def test_a_problem_is_raised_with_its_row(desk: Desk, content: bytes) -> None:
    problem = {
        "number": row_of(content, HOTLINE) - FIRST_ROW + 1,
        "description": "热线缺人值守",
        "category": "人员",
        "closing_standard": "值守人员到岗",
        "request": "请协调编制",
        "request_due_on": "7月20日",
    }
    (file,) = taken(desk, filled(content, {HOTLINE: {"value": 24}}, problem))
    assert file.problems == ()
    posted(desk, file)
    (held,) = books(desk).all(r.Problem)
    assert (held.description, held.unit) == ("热线缺人值守", HEALTH)
    assert (held.source, held.found_on) == (ProblemSource.DEPARTMENT, TUESDAY)
    assert held.request_due_on == date(2023, 7, 20)
    assert held.task == books(desk).get(r.ReportingLine, HOTLINE).task


def test_a_liaison_says_why_it_is_late_and_the_office_need_not(tmp_path: Path) -> None:
    desk = books_with_work(tmp_path)
    line, unit = "l-4-8-village", "u-xcb"
    desk.file(line, 10, date(2023, 9, 13))
    desk.at(date(2023, 9, 19))
    sheet = filled(sheet_for(desk, unit), {line: {"value": 11}})
    (by_office,) = taken(desk, sheet)
    assert by_office.problems == ()
    (by_unit,) = taken(desk, sheet, way=FilingWay.SELF, units=[unit])
    row = row_in(by_unit, line).row.mark.row
    assert told(by_unit.problems) == [
        f"填报表 第{row}行 滞后原因：该事项亮黄灯或红灯，请写明原因",
        f"填报表 第{row}行 解决措施：该事项亮黄灯或红灯，请写明采取的措施",
        f"填报表 第{row}行 预计完成时间：该事项亮黄灯或红灯，请填写预计完成时间",
    ]


# What posting would refuse is named beforehand


@pytest.mark.parametrize(
    ("line", "given", "said"),
    [
        (COUNT, {"new": 1.5}, "本期新增：应为整数"),
        (MEASURE, {"change": "有变化"}, "有无变化：选了“有变化”，请填写完成值或进展情况"),
        (MEASURE, {"change": "无变化", "value": 20}, "完成值：选了“无变化”，但与上次的10%不同"),
        (COUNT, {"change": "无变化", "new": 5}, "本期新增：选了“无变化”，本期新增应为空或0"),
        (NEVER, {"change": "无变化"}, "有无变化：不能选“无变化”：尚无填报"),
        (RETURNED, {"change": "无变化"}, "有无变化：不能选“无变化”：已被退回"),
        (MEASURE, {"next_step": "继续"}, "完成值：数值和进展情况不能都为空"),
        (
            MEASURE,
            {"value": 20, "expected_on": date(2023, 6, 1)},
            "预计完成时间：不能早于填报当天",
        ),
        (MEASURE, {"value": 20, "text": "电话" + "138" + "12345678"}, "进展情况：疑似含有手机号码"),
    ],
)
def test_what_would_be_refused_is_named_by_its_place(
    desk: Desk, content: bytes, line: str, given: dict[str, Any], said: str
) -> None:
    (file,) = taken(desk, filled(content, {line: given, HOTLINE: {"value": 24}}))
    row = row_in(file, line)
    assert row.stand is Stand.WRONG
    assert told(file.problems)[0].startswith(f"填报表 第{row.row.mark.row}行 {said}")
    assert [each.row.mark.line for each in file.ready] == [HOTLINE]


def test_new_work_as_large_as_the_sum_is_asked_about(desk: Desk, content: bytes) -> None:
    (file,) = taken(desk, filled(content, {COUNT: {"new": 60}}))
    row = row_in(file, COUNT)
    assert row.stand is Stand.READY
    assert last_words(row) == "50＋60＝110人次"
    assert notes_of(row) == ("本期新增不小于上次完成值，请核对是否误填成累计数",)


# What others filed meanwhile


def test_a_row_that_was_filed_online_meanwhile_waits_for_a_choice(
    desk: Desk, content: bytes
) -> None:
    code = desk.file(HOTLINE, 20, TUESDAY, text="网上已报", filed_by="县卫生健康局联络员")
    (file,) = taken(desk, filled(content, {HOTLINE: {"value": 24}, MEASURE: {"value": 20}}))
    row = row_in(file, HOTLINE)
    assert (row.stand, row.can_be_chosen) == (Stand.CHANGED, True)
    assert row.online is not None
    assert row.online.code == code
    assert online_words(row, 2023) == (
        "县卫生健康局联络员，6月27日10:00收到",
        "完成值20小时",
        "进展：网上已报",
    )
    assert report_words(row, 2023) == ("完成值24小时",)
    assert posted(desk, file) == 1
    assert books(desk).last_filed[HOTLINE].code == code


def test_what_was_chosen_is_filed_on_top_and_both_are_there(desk: Desk, content: bytes) -> None:
    desk.file(HOTLINE, 20, TUESDAY)
    (file,) = taken(desk, filled(content, {HOTLINE: {"value": 24}}))
    before = filings(desk)
    assert posted(desk, file, HOTLINE) == 1
    assert filings(desk) == before + 1
    assert books(desk).last_filed[HOTLINE].value == 24


def test_a_sum_that_fell_behind_the_online_one_cannot_be_chosen(desk: Desk, content: bytes) -> None:
    desk.file(COUNT, 90, TUESDAY)
    (file,) = taken(desk, filled(content, {COUNT: {"new": 30}}))
    row = row_in(file, COUNT)
    assert (row.stand, row.can_be_chosen) == (Stand.CHANGED, False)
    (said,) = told(row.problems)
    assert said.endswith("本期新增：累计值不应小于上次填报的90；要更正上次的数，请在网上填报中更正")


def test_what_is_filed_between_the_look_and_the_click_is_not_overwritten(
    desk: Desk, content: bytes
) -> None:
    (file,) = taken(desk, filled(content, {HOTLINE: {"value": 24}, MEASURE: {"value": 20}}))
    desk.file(HOTLINE, 20, TUESDAY)
    before = filings(desk)
    (done,) = post_files(desk.engine, CONSOLE, [(file, file.ready)], settings.current())
    assert (done.number, filings(desk)) == (0, before)
    assert done.refused is not None
    assert "已先填报" in str(done.refused)


def test_a_sheet_that_is_taken_in_twice_files_nothing_twice(desk: Desk, content: bytes) -> None:
    sheet = filled(content, {HOTLINE: {"value": 24}, COUNT: {"new": 30}})
    (first,) = taken(desk, sheet)
    posted(desk, first)
    (again,) = taken(desk, sheet)
    assert [row.row.mark.line for row in again.of(Stand.SAME)] == [HOTLINE, COUNT]
    assert (again.ready, again.problems) == ((), ())


def test_a_problem_written_down_after_its_row_was_filed_is_not_lost(
    desk: Desk, content: bytes
) -> None:
    sheet = filled(content, {HOTLINE: {"value": 24}})
    (first,) = taken(desk, sheet)
    posted(desk, first)
    number = row_in(first, HOTLINE).row.number
    problem = {"number": number, "description": "缺人", "category": "人员"}
    later = filled(sheet, {}, {**problem, "closing_standard": "到岗"})
    (again,) = taken(desk, later)
    assert told(again.problems) == [
        "问题 第4行：对应事项已录入，这个问题没有随它提出，请到“问题清单”登记"
    ]


# Whose sheet it is


def test_another_unit_s_sheet_is_not_a_liaison_s(desk: Desk) -> None:
    sheet = filled(sheet_for(desk, TOWN), {SHARE: {"value": 2}})
    (file,) = taken(desk, sheet, way=FilingWay.SELF, units=[HEALTH])
    assert told(file.problems) == ["是嘉祥街道的填报表，不是本单位的，请核对后上传本单位的表"]
    assert file.rows == ()


def test_posting_asks_the_right_again(desk: Desk) -> None:
    (file,) = taken(desk, filled(sheet_for(desk, TOWN), {SHARE: {"value": 2}}))
    before = filings(desk)
    liaison = desk.liaison(HOTLINE)
    with pytest.raises(ForbiddenError):
        post_files(desk.engine, liaison, [(file, file.ready)], settings.current())
    assert filings(desk) == before


def test_a_unit_s_second_sheet_is_refused(desk: Desk) -> None:
    sheet = filled(sheet_for(desk, TOWN), {SHARE: {"value": 2}})
    first, second = taken(desk, sheet, sheet)
    assert len(first.ready) == 1
    assert told(second.problems) == ["与“1.xlsx”同是嘉祥街道的填报表，请只留一份"]


def test_another_round_s_sheet_is_refused_unless_it_was_received_then(desk: Desk) -> None:
    sheet = filled(sheet_for(desk, TOWN), {SHARE: {"value": 2}})
    desk.at(date(2023, 7, 5))
    (file,) = taken(desk, sheet)
    (said,) = told(file.problems)
    assert said == (
        "是2023年第26周，6月26日—7月2日的填报表，与收到时间（2023年7月5日10:00）不在同一期；"
        "如确在当期收到，请更正收到时间，否则请重新下载本期的填报表"
    )
    then = datetime(2023, 6, 30, 2, tzinfo=now_of(desk.plan()).tzinfo)
    (file,) = taken(desk, sheet, received_at=then)
    assert file.problems == ()
    posted(desk, file)
    held = load(desk.engine, CODE, end_of(date(2023, 7, 5))).last_filed[SHARE]
    assert (held.round, held.received_at) == ("2023-W26", then)


def test_the_next_round_s_sheet_waits_for_its_round(desk: Desk) -> None:
    desk.at(date(2023, 9, 22), hour=18)
    sheet = filled(sheet_for(desk, TOWN, "2023-W39"), {SHARE: {"value": 2}})
    (file,) = taken(desk, sheet)
    assert "与收到时间（2023年9月22日18:00）不在同一期" in told(file.problems)[0]
    desk.at(date(2023, 9, 25))
    (file,) = taken(desk, sheet)
    assert len(file.ready) == 1


def test_a_sheet_of_practice_data_never_enters_real_books(desk: Desk) -> None:
    sheet = filled(sheet_for(desk, TOWN), {SHARE: {"value": 2}})
    clear_practice(desk.engine, CONSOLE, CODE)
    (file,) = taken(desk, sheet)
    assert told(file.problems) == ["是演示数据的填报表，不能录入正式台账，请重新下载"]


def test_another_plan_s_sheet_is_named(desk: Desk) -> None:
    sheet = filled(sheet_for(desk, TOWN), {SHARE: {"value": 2}})
    found, _ = read(sheet)
    assert found is not None
    now, judgement = now_of(desk.plan()), desk.judged(TUESDAY)
    other = replace(found, marks=replace(found.marks, plan="other-2023"))
    how = How(FilingWay.MESSAGE, now, now, lambda _: True)
    (file,) = taken_in(judgement, settings.current(), [ReadFile("a.xlsx", other, ())], how)
    assert told(file.problems) == ["是另一个方案（other-2023）的填报表，请到该方案中录入"]


def test_a_spoilt_sheet_beside_good_ones_spoils_only_itself(desk: Desk, content: bytes) -> None:
    good = filled(content, {HOTLINE: {"value": 24}})
    moved = edited(sheet_for(desk, TOWN), lambda book: book["填报表"].delete_rows(8))
    first, second, third = taken(desk, good, moved, b"")
    assert (len(first.ready), first.problems) == (1, ())
    assert (second.rows, third.rows) == ((), ())
    assert second.problems
    assert told(third.problems) == ["是空文件（0字节），请重新发送"]
