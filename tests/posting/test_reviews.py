"""Several filings accepted in one posting: which are, which are not and why, and what is kept."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import Engine

from dashboard import settings
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.history import pending_filings, receptions
from dashboard.ledgers.terms import AccountRole, ReviewVerdict
from dashboard.posting.faults import RefusedError
from dashboard.posting.plans import now_of
from dashboard.posting.progress import Report, file_progress
from dashboard.posting.reviews import accept_filings, review_filing
from dashboard.rules.calendar import at_time, end_of
from tests.books import CODE, Desk
from tests.counting import queries
from tests.people import move, person, told
from tests.posting.test_problems import PROBLEM

LINE, OTHER, COUNT = "l-4-9-1", "l-4-9-2", "l-4-5-partners"
HEALTH = "u-wjj"
WEDNESDAY, THURSDAY, NEXT = date(2023, 9, 20), date(2023, 9, 21), date(2023, 9, 27)


def held(desk: Desk, on: date = THURSDAY) -> Books:
    return load(desk.engine, CODE, end_of(on))


def waiting(desk: Desk) -> set[str]:
    found = pending_filings(desk.engine, CODE, now_of(desk.plan()))
    return {each.filing.code for each in found}


def accept(desk: Desk, *codes: str, by: Viewer = CONSOLE) -> tuple[tuple[str, ...], list[str]]:
    """The codes that were accepted, and the words of what was not."""
    done, faults = accept_filings(desk.engine, by, CODE, codes)
    return done, [fault.message for fault in faults]


def filed_by(engine: Engine, viewer: Viewer, line: str, value: float) -> str:
    return file_progress(engine, viewer, CODE, Report(line=line, value=value), settings.current())


def test_all_that_are_named_are_accepted_in_one_posting(desk: Desk) -> None:
    codes = [desk.file(each, 10, WEDNESDAY, accept=False) for each in (LINE, OTHER, COUNT)]
    before = len(told(desk.engine))
    assert accept(desk, *codes) == (tuple(codes), [])
    assert {held(desk).last_accepted[each].code for each in (LINE, OTHER, COUNT)} == set(codes)
    assert waiting(desk) == set()
    (event,) = told(desk.engine)[before:]
    assert (event[0], event[3]) == ("审核", "审核填报")


def test_what_is_not_named_goes_on_waiting(desk: Desk) -> None:
    named, other = (desk.file(each, 10, WEDNESDAY, accept=False) for each in (LINE, OTHER))
    accept(desk, named)
    assert waiting(desk) == {other}


def test_an_accepted_figure_is_observed(desk: Desk) -> None:
    code = desk.file(COUNT, 9, WEDNESDAY, accept=False)
    accept(desk, code)
    (seen,) = held(desk).all(r.Observation)
    assert (seen.value, seen.filing) == (9, code)


def test_what_was_reviewed_meanwhile_is_told_and_the_rest_is_accepted(desk: Desk) -> None:
    first, second = (desk.file(each, 10, WEDNESDAY, accept=False) for each in (LINE, OTHER))
    review_filing(desk.engine, CONSOLE, CODE, first, ReviewVerdict.RETURNED, "请补充")
    assert accept(desk, first, second) == ((second,), ["该填报已经审核，请刷新后再看"])
    assert held(desk).last_replies[LINE].verdict is ReviewVerdict.RETURNED


def test_what_its_unit_corrected_is_not_accepted_but_its_correction_is(desk: Desk) -> None:
    old = desk.file(LINE, 50, WEDNESDAY, accept=False)
    new = desk.file(LINE, 5, THURSDAY, accept=False)
    assert accept(desk, old, new) == ((new,), [f"已由{new}更正，请审核更正后的填报"])
    assert held(desk).last_accepted[LINE].value == 5


def test_of_two_rounds_both_are_accepted_and_the_newer_one_stands(desk: Desk) -> None:
    old = desk.file(LINE, 5, WEDNESDAY, accept=False)
    new = desk.file(LINE, 8, NEXT, accept=False)
    assert accept(desk, new, old) == ((old, new), [])
    assert held(desk, NEXT).last_accepted[LINE].code == new


def test_what_is_older_than_what_was_accepted_is_not(desk: Desk) -> None:
    old = desk.file(LINE, 5, WEDNESDAY, accept=False)
    new = desk.file(LINE, 8, NEXT, accept=False)
    other = desk.file(OTHER, 8, NEXT, accept=False)
    accept(desk, new)
    assert accept(desk, old, other) == ((other,), ["已有更晚的填报通过审核，只能退回"])
    assert held(desk, NEXT).last_accepted[LINE].code == new


def test_nobody_accepts_what_the_own_account_filed(desk: Desk) -> None:
    desk.at(WEDNESDAY)
    viewer = person(desk.engine, AccountRole.LIAISON, HEALTH, name="both")
    own = filed_by(desk.engine, viewer, LINE, 5)
    other = desk.file(OTHER, 8, WEDNESDAY, accept=False)
    move(desk.engine, "both", AccountRole.OFFICE)
    office = replace(viewer, role=AccountRole.OFFICE, units=frozenset())
    done, said = accept(desk, own, other, by=office)
    assert (done, said) == ((other,), ["不能审核本人填报的事项，请由他人审核"])


def test_where_none_can_be_accepted_nothing_is_written(desk: Desk) -> None:
    code = desk.file(LINE, 5, WEDNESDAY, accept=False)
    accept(desk, code)
    before = held(desk).version, len(told(desk.engine))
    with pytest.raises(RefusedError) as caught:
        accept(desk, code, "F999999")
    said = [fault.message for fault in caught.value.faults]
    assert said == ["该填报已经审核，请刷新后再看", "没有这次填报，请刷新后再试"]
    with pytest.raises(RefusedError, match="请先勾选"):
        accept(desk)
    assert (held(desk).version, len(told(desk.engine))) == before


def test_one_named_twice_is_accepted_once(desk: Desk) -> None:
    code = desk.file(LINE, 5, WEDNESDAY, accept=False)
    assert accept(desk, code, code) == ((code,), [])


# What the lists read


def test_a_corrected_filing_names_its_correction_and_an_older_one_that_it_is_overtaken(
    desk: Desk,
) -> None:
    old = desk.file(LINE, 50, WEDNESDAY, accept=False)
    new = desk.file(LINE, 5, THURSDAY, accept=False)
    later = desk.file(LINE, 8, NEXT, accept=False)
    accept(desk, later)
    first, second = pending_filings(desk.engine, CODE, now_of(desk.plan()))
    assert (first.filing.code, first.corrected_by, first.is_overtaken) == (old, new, True)
    assert (second.filing.code, second.corrected_by, second.is_overtaken) == (new, None, True)


def test_a_day_is_read_as_it_was(desk: Desk) -> None:
    code = desk.file(LINE, 5, WEDNESDAY, accept=False)
    desk.at(NEXT)
    accept(desk, code)
    (then,) = pending_filings(desk.engine, CODE, end_of(THURSDAY))
    assert (then.filing.code, then.verdict) == (code, None)
    assert pending_filings(desk.engine, CODE, end_of(NEXT)) == ()


def test_the_problem_raised_with_a_filing_is_named_beside_it(desk: Desk) -> None:
    raised = replace(PROBLEM, unit=HEALTH, found_on=WEDNESDAY, due_on=None)
    desk.file(LINE, 5, WEDNESDAY, accept=False, problem=raised)
    desk.file(OTHER, 5, WEDNESDAY, accept=False)
    first, second = pending_filings(desk.engine, CODE, now_of(desk.plan()))
    assert len(first.problems) == 1
    assert second.problems == ()


def test_the_rounds_filings_are_read_with_the_moment_of_their_review(desk: Desk) -> None:
    code = desk.file(LINE, 5, WEDNESDAY, accept=False)
    desk.at(THURSDAY, 15)
    accept(desk, code)
    desk.file(COUNT, 5, NEXT, accept=False)
    due = held(desk).last_filed[LINE].round
    with queries(desk.engine) as asked:
        (found,) = receptions(desk.engine, CODE, end_of(NEXT), [due])
    assert len(asked) == 1
    assert found.filing.code == code
    assert found.reviewed_at == at_time(THURSDAY, time(15))
    assert not found.is_superseded


def test_however_many_wait_they_are_read_by_two_queries(desk: Desk) -> None:
    for each in (LINE, OTHER, COUNT):
        desk.file(each, 5, WEDNESDAY, accept=False)
    with queries(desk.engine) as asked:
        assert len(pending_filings(desk.engine, CODE, now_of(desk.plan()))) == 3
    assert len([each for each in asked if "FROM filing" in each or "FROM revision" in each]) == 2
