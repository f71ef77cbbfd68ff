"""What is filed: for which round, how late, beside whose filing, with what reason and problem."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from dashboard import settings
from dashboard.access.rights import ForbiddenError
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.database import reading
from dashboard.ledgers.tables import TABLES
from dashboard.posting.drafts import drafts_of, save_draft
from dashboard.posting.faults import RefusedError
from dashboard.posting.plans import now_of
from dashboard.posting.progress import FiledMeanwhileError, Report, file_progress, file_reports
from dashboard.posting.reviews import review_filing
from dashboard.rules.calendar import at_time, end_of
from dashboard.rules.freshness import Freshness
from tests.books import CODE, Desk

LINE, COUNT = "l-4-9-1", "l-4-5-partners"
"""The line of a measure without a printed date, and one that adds up."""
WEDNESDAY, THURSDAY = date(2023, 9, 20), date(2023, 9, 21)
SETTINGS = settings.current()
WHY = {"reason": "场地", "remedy": "协调", "expected_on": date(2023, 10, 30)}


def books(desk: Desk, on: date) -> Books:
    return load(desk.engine, CODE, end_of(on))


def last(desk: Desk, line: str, on: date) -> r.Filing:
    return books(desk, on).last_filed[line]


def freshness(desk: Desk, line: str, on: date) -> Freshness:
    return next(each for each in desk.judged(on).lines if each.line.code == line).freshness


def filed(desk: Desk) -> int:
    with reading(desk.engine) as connection:
        return len(connection.execute(TABLES["filing"].select()).all())


# The round


def due(desk: Desk, on: date) -> None:
    """The office sets the measure a date, from which its line is asked for every week."""
    measure = books(desk, WEDNESDAY).get(r.Measure, "m-4-9-1")
    row = r.Deadline(
        code="dl",
        task=measure.task,
        clause=measure.clause,
        measure=measure.code,
        source=t.DeadlineSource.OFFICE,
        due_on=on,
    )
    desk.add(date(2023, 9, 1), row)


@pytest.fixture
def weekly(desk: Desk) -> Desk:
    due(desk, date(2023, 10, 31))
    for day in (date(2023, 9, 6), date(2023, 9, 13)):
        desk.file(LINE, 5, day, text="已部署")
    return desk


def test_what_was_missed_belongs_to_its_round_however_late_it_comes(desk: Desk) -> None:
    line = "l-4-9-1"
    judged = next(x for x in desk.judged(date(2023, 10, 9)).lines if x.line.code == line)
    assert judged.round is not None
    assert (judged.round.code, judged.freshness) == ("2023-W39", Freshness.MISSING)
    desk.file(line, 10, date(2023, 10, 9))
    assert last(desk, line, date(2023, 10, 9)).round == "2023-W39"
    assert freshness(desk, line, date(2023, 10, 9)) is Freshness.LATE


def test_what_is_not_due_belongs_to_the_week_in_which_it_comes(desk: Desk) -> None:
    line = "l-4-9-1"
    desk.file(line, 10, date(2023, 9, 27))
    desk.file(line, 11, date(2023, 10, 10))
    assert last(desk, line, date(2023, 10, 10)).round == "2023-W41"


def test_what_the_office_heard_in_time_is_in_time_though_entered_later(weekly: Desk) -> None:
    heard = at_time(THURSDAY, time(11, 59))
    weekly.file(LINE, 6, date(2023, 9, 22), text="已汇总", received_at=heard)
    assert last(weekly, LINE, date(2023, 9, 22)).round == "2023-W38"
    assert freshness(weekly, LINE, date(2023, 9, 22)) is Freshness.ON_TIME


def test_what_the_office_heard_after_the_cut_is_late(weekly: Desk) -> None:
    heard = at_time(THURSDAY, time(12, 1))
    weekly.file(LINE, 6, date(2023, 9, 22), text="已汇总", received_at=heard)
    assert freshness(weekly, LINE, date(2023, 9, 22)) is Freshness.LATE


def test_an_early_word_of_an_earlier_week_belongs_to_that_week(weekly: Desk) -> None:
    heard = at_time(date(2023, 9, 14), time(10))
    weekly.file(LINE, 6, date(2023, 9, 22), text="已汇总", received_at=heard)
    assert last(weekly, LINE, date(2023, 9, 22)).round == "2023-W37"
    assert freshness(weekly, LINE, date(2023, 9, 22)) is Freshness.MISSING


# Corrections


def test_a_returned_report_is_corrected_by_the_next_one_and_stays_in_time(weekly: Desk) -> None:
    first = weekly.file(LINE, 6, WEDNESDAY, accept=False, text="已汇总")
    review_filing(weekly.engine, CONSOLE, CODE, first, t.ReviewVerdict.RETURNED, "请写明次数")
    weekly.file(LINE, 6, date(2023, 9, 22), accept=False, text="已汇总3次")
    held = last(weekly, LINE, date(2023, 9, 22))
    assert (held.corrects, held.round) == (first, "2023-W38")
    assert held.first_received_at == at_time(WEDNESDAY, time(10))
    assert freshness(weekly, LINE, date(2023, 9, 22)) is Freshness.ON_TIME


def test_a_late_report_does_not_become_timely_by_its_correction(weekly: Desk) -> None:
    friday = date(2023, 9, 22)
    first = weekly.file(LINE, 6, friday, accept=False, text="已汇总")
    weekly.file(LINE, 6, friday, accept=False, text="已汇总3次")
    assert last(weekly, LINE, friday).corrects == first
    assert freshness(weekly, LINE, friday) is Freshness.LATE


def test_a_report_of_the_next_week_corrects_nothing(weekly: Desk) -> None:
    weekly.file(LINE, 6, WEDNESDAY, accept=False, text="已汇总")
    weekly.file(LINE, 6, date(2023, 9, 27), accept=False, text="又汇总", **WHY)
    held = last(weekly, LINE, date(2023, 9, 27))
    assert (held.corrects, held.round) == (None, "2023-W39")


def test_a_correction_of_last_weeks_leaves_the_running_round_due(weekly: Desk) -> None:
    first = weekly.file(LINE, 9, WEDNESDAY)
    weekly.file(LINE, 8, date(2023, 9, 26), corrects=first)
    assert last(weekly, LINE, date(2023, 9, 26)).round == "2023-W38"
    assert freshness(weekly, LINE, date(2023, 9, 26)) is Freshness.DUE


# Two people on one item


def report(line: str, value: float | None, seen: str | None, **more: Any) -> Report:
    given = {"way": t.FilingWay.TELEPHONE, **more}
    return Report(line=line, value=value, seen=seen, **given)


def test_the_second_on_an_item_is_told_and_nothing_of_the_first_is_lost(desk: Desk) -> None:
    first = desk.file(COUNT, 9, WEDNESDAY)
    with pytest.raises(FiledMeanwhileError) as caught:
        file_progress(desk.engine, CONSOLE, CODE, report(COUNT, 10, None), SETTINGS)
    assert {line: each.code for line, each in caught.value.filings.items()} == {COUNT: first}
    assert filed(desk) == 1
    again = report(COUNT, 10, first)
    file_progress(desk.engine, CONSOLE, CODE, again, SETTINGS)
    assert filed(desk) == 2


def test_of_several_reports_none_is_kept_where_one_is_refused(desk: Desk) -> None:
    desk.at(WEDNESDAY)
    good, bad = report(COUNT, 9, None), report("l-4-9-1", 101, None)
    with pytest.raises(RefusedError, match="百分比应在0至100之间"):
        file_reports(desk.engine, CONSOLE, CODE, [good, bad], SETTINGS)
    with pytest.raises(RefusedError, match="同一事项重复填报"):
        file_reports(desk.engine, CONSOLE, CODE, [good, good], SETTINGS)
    assert filed(desk) == 0
    codes = file_reports(desk.engine, CONSOLE, CODE, [good, replace(bad, value=99)], SETTINGS)
    assert len(set(codes)) == filed(desk) == 2


# Reasons


@pytest.fixture
def urgent(desk: Desk) -> Desk:
    """The measure is due on Monday: until it is done it is yellow."""
    due(desk, date(2023, 9, 25))
    desk.at(WEDNESDAY)
    return desk


def refused(desk: Desk, given: Report) -> list[str | None]:
    before = filed(desk)
    with pytest.raises(RefusedError) as caught:
        file_progress(desk.engine, desk.liaison(given.line), CODE, given, SETTINGS)
    assert filed(desk) == before
    return [fault.field for fault in caught.value.faults]


def test_a_unit_that_is_behind_says_why_what_it_does_and_until_when(urgent: Desk) -> None:
    late = Report(line=LINE, value=1)
    assert refused(urgent, late) == ["reason", "remedy", "expected_on"]
    partly = replace(late, reason="机构少", remedy="与邻县合作")
    assert refused(urgent, partly) == ["expected_on"]
    yesterday = replace(partly, expected_on=WEDNESDAY - timedelta(days=1))
    assert refused(urgent, yesterday) == ["expected_on"]
    today = replace(partly, expected_on=WEDNESDAY)
    file_progress(urgent.engine, urgent.liaison(LINE), CODE, today, SETTINGS)
    assert books(urgent, WEDNESDAY).expected == {LINE: (WEDNESDAY,)}


def test_a_unit_that_has_caught_up_is_asked_for_no_reason(urgent: Desk) -> None:
    done = Report(line=LINE, value=100, is_done=True)
    file_progress(urgent.engine, urgent.liaison(LINE), CODE, done, SETTINGS)
    assert filed(urgent) == 1


def test_whom_the_office_called_may_have_given_no_reason(urgent: Desk) -> None:
    urgent.file(LINE, 1, WEDNESDAY, way=t.FilingWay.TELEPHONE)
    assert filed(urgent) == 1


def test_no_change_needs_something_that_has_not_changed(desk: Desk) -> None:
    desk.at(WEDNESDAY)
    nothing = Report(line=LINE, text="无变化", no_change=True)
    assert refused(desk, nothing) == ["no_change"]


def test_expected_dates_of_returned_and_corrected_filings_are_no_slips(urgent: Desk) -> None:
    days = [date(2023, 10, day) for day in (10, 20, 30)]
    more: dict[str, Any] = {"reason": "场地", "remedy": "协调", "accept": False}
    first = urgent.file(LINE, 1, WEDNESDAY, expected_on=days[0], **more)
    review_filing(urgent.engine, CONSOLE, CODE, first, t.ReviewVerdict.RETURNED, "请核实")
    assert books(urgent, WEDNESDAY).expected == {}
    second = urgent.file(LINE, 2, THURSDAY, expected_on=days[1], **more)
    assert books(urgent, THURSDAY).expected == {LINE: (days[1],)}
    urgent.file(LINE, 2, THURSDAY, expected_on=days[2], corrects=second, **more)
    assert books(urgent, THURSDAY).expected == {LINE: (days[2],)}


# What comes with it


def problem(desk: Desk, **more: Any) -> r.Problem:
    unit = books(desk, WEDNESDAY).get(r.ReportingLine, LINE).unit
    given = {
        "description": "场地未落实",
        "source": t.ProblemSource.DEPARTMENT,
        "category": t.ProblemCategory.PREMISES,
        "unit": unit,
        "found_on": WEDNESDAY,
        "closing_standard": "场地落实",
    }
    return r.Problem(code="新", **{**given, **more})


def test_a_problem_comes_with_its_filing_or_neither_does(desk: Desk) -> None:
    desk.at(WEDNESDAY)
    who = desk.liaison(LINE)
    for wrong in (problem(desk, unit="u-gaj"), problem(desk, state=t.ProblemState.CLOSED)):
        given = Report(line=LINE, text="已汇总", problem=wrong)
        with pytest.raises((RefusedError, ForbiddenError)):
            file_progress(desk.engine, who, CODE, given, SETTINGS)
    assert (filed(desk), books(desk, WEDNESDAY).all(r.Problem)) == (0, ())
    given = Report(line=LINE, text="已汇总", problem=problem(desk))
    file_progress(desk.engine, who, CODE, given, SETTINGS)
    (raised,) = books(desk, WEDNESDAY).all(r.Problem)
    assert (filed(desk), raised.code, raised.state) == (1, "P000001", t.ProblemState.OPEN)


def test_what_is_filed_takes_the_authors_draft_along_and_nobody_elses(desk: Desk) -> None:
    desk.at(WEDNESDAY)
    who, other = desk.liaison(LINE), CONSOLE
    for viewer in (who, other):
        save_draft(desk.engine, viewer, CODE, LINE, {"text": "写到一半"}, seen=None)
    given = Report(line=LINE, text="已汇总")
    file_progress(desk.engine, who, CODE, given, SETTINGS)
    assert drafts_of(desk.engine, who, CODE) == {}
    assert list(drafts_of(desk.engine, other, CODE)) == [LINE]


def test_a_draft_makes_no_new_version_of_the_books(desk: Desk) -> None:
    desk.at(WEDNESDAY)
    before = books(desk, WEDNESDAY).version
    save_draft(desk.engine, CONSOLE, CODE, LINE, {"text": "写"}, seen=None)
    assert books(desk, WEDNESDAY).version == before
    assert now_of(desk.plan()) > datetime(2023, 9, 1, tzinfo=now_of(desk.plan()).tzinfo)
