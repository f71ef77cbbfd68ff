"""其余均无变化: what is filed again as it stands, and what has to be said anew."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load
from dashboard.ledgers.terms import FilingWay, ReviewVerdict
from dashboard.posting.plans import now_of
from dashboard.posting.progress import Report, file_reports
from dashboard.posting.reviews import review_filing
from dashboard.posting.unchanged import Unchanged, unchanged_reports
from dashboard.rules.asking import Ask, asks_of
from dashboard.rules.calendar import end_of
from dashboard.rules.judgement import judge_books
from tests.books import CODE, Desk

MEASURE, VILLAGES, YEARLY, ON_EVENT = "l-4-9-1", "l-4-8-village", "l-4-8-events", "l-4-9-3"
BEFORE, DAY = date(2023, 6, 14), date(2023, 9, 20)
QUARTER_END = date(2023, 9, 27)
REASONS: dict[str, Any] = {"reason": "程序未走完", "remedy": "逐家明确时间"}


def asked(desk: Desk, on: date, *lines: str) -> tuple[Ask, ...]:
    judgement = judge_books(load(desk.engine, CODE, end_of(on)), settings.current())
    return tuple(each for each in asks_of(judgement) if each.line.code in lines)


def offered(desk: Desk, on: date, *lines: str, **more: Any) -> Unchanged:
    """What would be filed on these lines on a day."""
    desk.at(on)
    judgement = judge_books(load(desk.engine, CODE, end_of(on)), settings.current())
    like = Report(line="", received_at=now_of(desk.plan()), **more)
    mine = asked(desk, on, *lines)
    return unchanged_reports(judgement, mine, settings.current(), like=like)


def why(found: Unchanged) -> list[str]:
    return [reason for _, reason in found.left_out]


def test_what_was_said_last_is_carried_on_whole(desk: Desk) -> None:
    code = desk.file(MEASURE, 100, BEFORE, text="已修订预案", next_step="组织演练", is_done=True)
    (report,) = offered(desk, QUARTER_END, MEASURE).reports
    assert (report.value, report.text, report.next_step) == (100, "已修订预案", "组织演练")
    assert (report.no_change, report.is_done, report.seen) == (True, True, code)


def test_a_report_of_no_event_stays_one(desk: Desk) -> None:
    desk.file(ON_EVENT, None, BEFORE, no_event=True)
    (report,) = offered(desk, QUARTER_END, ON_EVENT).reports
    assert report.no_event


def test_what_is_not_due_is_not_filed(desk: Desk) -> None:
    desk.file(MEASURE, 40, QUARTER_END)
    assert offered(desk, QUARTER_END, MEASURE) == Unchanged((), ())


def test_what_was_never_filed_is_left_out(desk: Desk) -> None:
    found = offered(desk, QUARTER_END, MEASURE)
    assert (found.reports, why(found)) == ((), ["尚无填报，请填写进展"])


def test_what_was_returned_is_left_out(desk: Desk) -> None:
    code = desk.file(MEASURE, 40, DAY, accept=False)
    review_filing(desk.engine, CONSOLE, CODE, code, ReviewVerdict.RETURNED, "请补充")
    found = offered(desk, DAY, MEASURE)
    assert (found.reports, why(found)) == ((), ["已被退回，请按退回意见修改后提交"])


def test_what_has_a_draft_is_left_out(desk: Desk) -> None:
    desk.file(MEASURE, 100, BEFORE)
    judgement = desk.judged(QUARTER_END)
    like = Report(line="", received_at=end_of(QUARTER_END))
    found = unchanged_reports(
        judgement,
        asked(desk, QUARTER_END, MEASURE),
        settings.current(),
        like=like,
        drafted={MEASURE},
    )
    assert (found.reports, why(found)) == ((), ["有未提交的草稿"])


def test_a_yearly_count_begins_anew_with_the_year(desk: Desk) -> None:
    desk.file(YEARLY, 10, date(2023, 12, 20))
    found = offered(desk, date(2024, 1, 24), YEARLY)
    assert (found.reports, why(found)) == ((), ["按年度计数，请填写本年度完成值"])


# Where the light wants a reason


def late(desk: Desk, expected_on: date | None, **more: Any) -> Unchanged:
    """A count far behind, filed on 9月13日, as it may be carried on a week later."""
    given = {**REASONS, "expected_on": expected_on}
    desk.file(VILLAGES, 100, date(2023, 9, 13), **given)
    found = offered(desk, DAY, VILLAGES, **more)
    (verdict,) = [each.whole.verdict for each in asked(desk, DAY, VILLAGES)]
    assert verdict.is_lagging
    return found


def test_a_reason_that_still_holds_is_carried_on(desk: Desk) -> None:
    (report,) = late(desk, DAY + timedelta(days=30)).reports
    assert (report.reason, report.remedy) == ("程序未走完", "逐家明确时间")
    assert report.expected_on == DAY + timedelta(days=30)


def test_an_expected_date_of_today_has_not_passed(desk: Desk) -> None:
    assert late(desk, DAY).reports


def test_an_expected_date_that_has_passed_must_be_given_anew(desk: Desk) -> None:
    found = late(desk, date(2023, 9, 19))
    assert found.reports == ()
    (told,) = why(found)
    assert told.endswith("上次填的预计完成时间9月19日已过，请重新填写")


def test_a_reason_never_given_must_be_given(desk: Desk) -> None:
    found = late(desk, None)
    (told,) = why(found)
    assert told.endswith("请填写预计完成时间")


def test_whom_the_office_calls_may_leave_the_reason_open(desk: Desk) -> None:
    (report,) = late(desk, date(2023, 9, 19), way=FilingWay.TELEPHONE).reports
    assert (report.reason, report.expected_on) == ("程序未走完", None)


# All in one posting


def test_what_is_offered_is_taken_and_counts_as_unchanged(desk: Desk) -> None:
    desk.file(MEASURE, 100, BEFORE)
    desk.file(ON_EVENT, None, BEFORE, no_event=True)
    found = offered(desk, QUARTER_END, MEASURE, ON_EVENT)
    books = desk.judged(QUARTER_END).books
    units = {books.get(r.ReportingLine, each.line).unit for each in found.reports}
    own = frozenset((CODE, unit) for unit in units)
    viewer = replace(desk.liaison(MEASURE), units=own)
    codes = file_reports(desk.engine, viewer, CODE, found.reports, settings.current())
    held = load(desk.engine, CODE, end_of(QUARTER_END)).last_filed
    assert {held[line].code for line in (MEASURE, ON_EVENT)} == set(codes)
    assert all(held[line].no_change for line in (MEASURE, ON_EVENT))
    assert offered(desk, QUARTER_END, MEASURE, ON_EVENT).reports == ()
