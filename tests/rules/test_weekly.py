"""A weekly meeting's papers: last decisions first, who is silent, what a round brought in."""

from datetime import date, time
from typing import Any

from dashboard import settings
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import (
    Basis,
    DirectiveSource,
    DirectiveState,
    Part,
    ProblemCategory,
    ProblemSource,
    Recurrence,
    ReviewVerdict,
    Role,
    UnitKind,
)
from dashboard.rules.calendar import end_of
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.rules.rounds import Round
from dashboard.rules.weekly import Meeting, begun, decided_at, line_title
from tests.books import Said, deadline, indicator, judged, line, measure, said, snapshot

FRIDAY = date(2023, 9, 22)
TOWN = r.Unit(code="w", name="纸坊镇", kind=UnitKind.TOWN, seq=9)
WEEKLY = (measure(), deadline(date(2024, 6, 30)), line(cadence=Recurrence.WEEKLY))


def directive(code: str, week: str | None, **fields: Any) -> r.Directive:
    given = {
        "matter": "事项",
        "source": DirectiveSource.DISPATCH,
        "unit": "u",
        "issued_on": date(2023, 9, 15),
        "due_on": date(2023, 9, 20),
        "round": week,
    }
    return r.Directive(code=code, **{**given, **fields})


def meeting(*rows: r.Record, words: tuple[Said, ...] = (), week: str = "2023-W38") -> Meeting:
    """The meeting of a week as known on its Sunday."""

    def at(instant: Any) -> Judgement:
        return judge_books(snapshot(rows, instant, *words), settings.current())

    known = judged(rows, FRIDAY)
    found = next(each for each in known.rounds if each.code == week)
    previous = next((each for each in known.rounds if each.number == found.number - 1), None)
    papers = at(end_of(found.week.sunday)).books
    return Meeting(found, previous, at(found.figures_from), at(found.figures_to), papers)


def round_of(week: str) -> Round:
    return next(each for each in judged((), FRIDAY).rounds if each.code == week)


def test_rounds_are_offered_newest_first_and_none_from_the_future() -> None:
    found = begun(judged((), FRIDAY).rounds, FRIDAY)
    assert (found[0].code, found[-1].code) == ("2023-W38", "2023-W23")
    assert len(found) == 16


def test_last_decisions_come_first_then_older_ones_still_open() -> None:
    rows = (
        directive("D1", "2023-W35", issued_on=date(2023, 9, 1)),
        directive("D2", "2023-W35", issued_on=date(2023, 9, 1), state=DirectiveState.CLOSED),
        directive("D3", "2023-W37", state=DirectiveState.CLOSED),
        directive("D4", "2023-W38", issued_on=FRIDAY),
        directive("D5", None, source=DirectiveSource.LEADER, issued_on=date(2023, 9, 5)),
    )
    found = meeting(*rows)
    assert [each.directive.code for each in found.decisions] == ["D3", "D1", "D5"]
    assert [each.code for each in decided_at(found.papers, found.round)] == ["D4"]


def test_only_an_unanswered_decision_is_overdue() -> None:
    rows = (
        directive("D1", "2023-W37"),
        directive("D2", "2023-W37", state=DirectiveState.ANSWERED),
        directive("D3", "2023-W37", state=DirectiveState.CLOSED),
        directive("D4", "2023-W37", due_on=date(2023, 9, 24)),
    )
    found = meeting(*rows).decisions
    assert [each.is_overdue for each in found] == [True, False, False, False]


def test_the_first_meeting_has_no_decisions_before_it() -> None:
    found = meeting(*WEEKLY, week="2023-W23")
    assert found.previous is None
    assert found.decisions == ()


def test_towns_and_departments_are_told_apart() -> None:
    rows = (
        *WEEKLY,
        TOWN,
        line("l2", unit="w", part=Part.SHARE, cadence=Recurrence.WEEKLY),
    )
    records = meeting(*rows).records
    assert [(each.unit.name, each.is_local) for each in records] == [
        ("县卫生健康局", False),
        ("纸坊镇", True),
    ]


def test_what_came_after_the_cut_is_late_and_what_never_came_is_missing() -> None:
    late = said(30, date(2023, 9, 21), at=time(15))
    (record,) = meeting(*WEEKLY, words=(late,)).records
    assert (len(record.missing), len(record.late)) == (0, 1)
    (record,) = meeting(*WEEKLY).records
    assert (len(record.missing), len(record.late)) == (1, 0)
    assert meeting(*WEEKLY, words=(said(30, date(2023, 9, 20)),)).records == ()


def test_a_late_filing_of_an_earlier_round_is_not_told_again() -> None:
    rows = (measure(), deadline(date(2024, 6, 30)), line(cadence=Recurrence.MONTHLY))
    late = said(30, date(2023, 8, 31), at=time(20))
    assert [len(each.late) for each in meeting(*rows, words=(late,), week="2023-W36").records] == []


def test_a_round_counts_what_it_asked_and_what_it_got() -> None:
    last, same = said(30, date(2023, 9, 13)), said(30, date(2023, 9, 20))
    found = meeting(*WEEKLY, words=(last, same)).intake
    assert (found.asked, found.filed, found.unasked, found.unchanged) == (1, 1, 0, 1)
    assert meeting(*WEEKLY, words=(last,)).intake.filed == 0


def test_a_filing_nobody_asked_for_is_counted_apart() -> None:
    rows = (measure(), deadline(date(2024, 6, 30)), line(cadence=Recurrence.QUARTERLY))
    found = meeting(*rows, words=(said(30, date(2023, 9, 20)),)).intake
    assert (found.asked, found.filed, found.unasked) == (0, 0, 1)


def test_what_was_done_in_an_earlier_round_is_not_asked_for() -> None:
    done = said(100, date(2023, 9, 13), ReviewVerdict.CLOSED, is_done=True)
    found = meeting(*WEEKLY, words=(done,)).intake
    assert (found.asked, found.filed, found.unasked) == (0, 0, 0)


def test_what_is_done_by_its_filing_of_the_round_was_asked_for() -> None:
    done = said(100, date(2023, 9, 20), ReviewVerdict.CLOSED, is_done=True)
    found = meeting(*WEEKLY, words=(done,)).intake
    assert (found.asked, found.filed, found.unasked) == (1, 1, 0)


def test_a_department_shows_what_moved_by_its_filing() -> None:
    duty = r.Responsibility(
        code="x",
        task="t",
        clause="一",
        unit="u",
        as_printed="县卫健局",
        role=Role.LEAD,
        basis=Basis.BRACKET,
        seq=1,
    )
    words = (said(30, date(2023, 9, 13)), said(42, date(2023, 9, 20)))
    (found,) = (each for each in meeting(*WEEKLY, duty, words=words).departments if each.moved)
    assert [change.moved for change in found.moved] == [12]
    assert (found.unit.code, found.filed, found.is_worth_a_row) == ("u", 1, True)


def test_requests_are_those_known_by_the_end_of_the_week() -> None:
    problem = r.Problem(
        code="P1",
        description="选址未定",
        source=ProblemSource.VISIT,
        category=ProblemCategory.PREMISES,
        unit="u",
        found_on=FRIDAY,
        closing_standard="选址确定",
        request="请协调选址",
        request_due_on=date(2023, 9, 28),
    )
    assert meeting(problem).requests == (problem,)


def test_a_line_is_called_by_what_it_reports_on() -> None:
    rows = (indicator(5), line("l2", indicator="i"), *WEEKLY)
    books = snapshot(rows, FRIDAY)
    assert line_title(books, books.get(r.ReportingLine, "l2")) == "指标"
    assert line_title(books, books.get(r.ReportingLine, "l")) == "具体措施"


def test_a_running_round_is_neither_closed_nor_past_its_filing_cut() -> None:
    running = judged(WEEKLY, date(2023, 9, 20))
    found = Meeting(round_of("2023-W38"), None, running, running, running.books)
    assert found.is_collecting
    assert not found.is_closed
    assert meeting(*WEEKLY).is_closed


def test_what_carries_out_a_written_instruction_is_never_heard_in_the_room() -> None:
    secret = {"source": DirectiveSource.LEADER, "register_no": "2023-017"}
    rows = [directive("d1", "2023-W37"), directive("d2", "2023-W37", **secret)]
    older = directive("d3", None, **secret, issued_on=date(2023, 9, 1))
    held = meeting(*WEEKLY, *rows, older)
    assert [each.directive.code for each in held.decisions] == ["d1"]
    assert [each.code for each in decided_at(held.papers, round_of("2023-W37"))] == ["d1"]
