"""The points of a meeting: from the books by part, then as the office ordered, hid and added."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import HandlingAct, PointOutcome
from dashboard.rules.agenda import (
    AgendaPart,
    Matter,
    Point,
    agenda,
    decided_under,
    is_carried_on,
    key_of,
    matter_of,
    part_of,
    shown,
)
from dashboard.rules.weekly import decided_at
from tests.books import said, snapshot
from tests.meetings import (
    FRIDAY,
    LAST,
    NEXT_WEEK,
    OVERDUE,
    SUNDAY,
    WEEK,
    closed,
    decided,
    directive,
    instruction,
    meeting_of,
    request,
    settled,
)

PARTS = ["silent", "change", "intake"]
FULL = (*OVERDUE, *NEXT_WEEK, directive(), request())


def points(*rows: r.Record, week: str = WEEK) -> tuple[Point, ...]:
    """The agenda of a meeting whose rows are all known by its Sunday."""
    return agenda(meeting_of(*rows, week=week), snapshot(rows, SUNDAY))


def keys(*rows: r.Record, week: str = WEEK) -> list[str]:
    return [each.key for each in points(*rows, week=week)]


def one(key: str, *rows: r.Record) -> Point:
    return next(each for each in points(*rows) if each.key == key)


# From the books


def test_points_stand_part_by_part_in_the_order_of_the_meeting() -> None:
    assert keys(*FULL) == [
        "decision:D1",
        "worse:l",
        "due:l",
        "due:l2",
        "silent",
        "request:P1",
        "change",
        "intake",
    ]


def test_an_empty_plan_still_hears_who_is_silent_what_changed_and_the_intake() -> None:
    assert keys() == PARTS


def test_the_first_meeting_has_nothing_decided_before_it() -> None:
    assert keys(week="2023-W23") == PARTS


def test_points_are_called_by_what_they_are_about() -> None:
    told = {each.key: each.title for each in points(*FULL)}
    assert told["decision:D1"] == directive().matter
    assert (told["worse:l"], told["due:l2"]) == ("具体措施", "下周到期的措施")
    assert told["request:P1"] == request().request


def test_a_title_is_one_line_without_a_full_stop() -> None:
    asked = request(request=None, description="选址未定，\n原址另作他用。")
    rows = (directive(matter="落实场所。"), replace(asked, request="请协调\n选址。"))
    told = {each.key: each.title for each in points(*rows)}
    assert (told["decision:D1"], told["request:P1"]) == ("落实场所", "请协调 选址")


def test_an_instruction_is_no_point() -> None:
    assert keys(instruction(), instruction("D8", None, issued_on=date(2023, 9, 1))) == PARTS


def test_a_key_stays_the_same_from_week_to_week_and_however_figures_move() -> None:
    later = meeting_of(*FULL, words=(said(30, date(2023, 9, 20)),))
    moved = {each.key for each in agenda(later, snapshot(FULL, SUNDAY))}
    assert moved == set(keys(*FULL))
    assert "due:l2" in keys(*NEXT_WEEK, week="2023-W39")


@pytest.mark.parametrize("part", list(AgendaPart))
def test_a_key_tells_its_part(part: AgendaPart) -> None:
    assert part_of(key_of(part)) is part_of(key_of(part, "x-1")) is part
    assert part_of("nothing:x") is None


# As the office settled it


def test_the_office_orders_points_across_parts() -> None:
    rows = (*FULL, settled("request:P1", seq=1), settled("decision:D1", seq=2))
    assert keys(*rows)[:3] == ["request:P1", "decision:D1", "worse:l"]


def test_a_point_that_turns_up_late_follows_its_part_wherever_that_was_put() -> None:
    order = ["intake", "due:l", "silent", "request:P1", "change", "worse:l"]
    rows = [settled(key, seq=place) for place, key in enumerate(order, 1)]
    assert keys(*OVERDUE, request(), *rows) == order
    found = keys(*FULL, *rows)
    assert [each for each in found if each in order] == order
    assert found.index("due:l2") == found.index("due:l") + 1


def test_a_hidden_point_stays_in_the_list_and_does_not_come_before_the_meeting() -> None:
    found = points(*FULL, settled("worse:l", is_hidden=True))
    assert one("worse:l", *FULL, settled("worse:l", is_hidden=True)).is_hidden
    assert {each.key for each in found} - {each.key for each in shown(found)} == {"worse:l"}


def test_a_point_of_the_offices_own_comes_last_with_its_words() -> None:
    added = settled("own:A1", title="研究国庆值守", text="由专班办公室汇报")
    found = points(*FULL, added)[-1]
    assert (found.part, found.title, found.text) == (AgendaPart.OWN, added.title, added.text)
    assert found.subject is None


def test_own_words_take_the_place_of_those_from_the_books() -> None:
    found = one("worse:l", *FULL, settled("worse:l", title="措施逾期", text="请单位说明"))
    assert (found.title, found.text, found.subject) == ("措施逾期", "请单位说明", "l")


def test_what_was_settled_about_a_point_that_the_books_no_longer_bring_is_dropped() -> None:
    assert keys(settled("worse:l", seq=1, is_hidden=True)) == PARTS


def test_another_meetings_rows_settle_nothing_here() -> None:
    found = one("worse:l", *FULL, settled("worse:l", LAST, is_hidden=True))
    assert (found.row, found.outcome, found.is_hidden) == (None, PointOutcome.OPEN, False)


# Carried over


CARRIED = PointOutcome.CARRIED


def test_a_carried_point_stands_in_its_own_part_where_the_books_still_bring_it() -> None:
    before = settled("request:P1", LAST, outcome=CARRIED, title="请协调选址", text="上次的说明")
    found = one("request:P1", *FULL, closed(), before)
    assert (found.part, found.carried) == (AgendaPart.REQUEST, LAST)
    assert (found.text, found.outcome) == ("上次的说明", PointOutcome.OPEN)
    assert keys(*FULL, closed(), before) == keys(*FULL)


def test_a_carried_point_that_the_books_no_longer_bring_stands_among_the_own() -> None:
    before = settled("request:P1", LAST, outcome=CARRIED, title="请协调选址")
    found = points(*OVERDUE, closed(), before)[-1]
    assert (found.key, found.part, found.carried) == ("request:P1", AgendaPart.OWN, LAST)
    assert found.title == "请协调选址"


def test_an_own_point_is_carried_with_its_words_also_when_it_is_ordered_anew() -> None:
    before = settled("own:A1", LAST, outcome=CARRIED, title="研究值守", text="说明")
    found = one("own:A1", closed(), before, settled("own:A1", seq=1))
    assert (found.title, found.text, found.carried) == ("研究值守", "说明", LAST)


def test_what_was_dealt_with_or_came_of_a_meeting_not_yet_closed_is_not_carried() -> None:
    done = settled("own:A1", LAST, outcome=PointOutcome.DONE, title="已议事项")
    waiting = settled("own:A2", LAST, outcome=CARRIED, title="未议事项")
    assert keys(closed(), done) == PARTS
    assert keys(r.Dispatch(code=LAST), waiting) == PARTS


def test_points_come_from_the_last_closed_meeting_also_over_a_week_without_one() -> None:
    older = settled("own:A1", "2023-W36", outcome=CARRIED, title="未议事项")
    assert one("own:A1", closed("2023-W36"), older).carried == "2023-W36"
    assert keys(closed("2023-W36"), older, closed()) == PARTS


def test_whole_parts_wait_for_no_other_meeting() -> None:
    waiting = {
        each.key for each in points(*FULL, settled("own:A1", title="议题")) if is_carried_on(each)
    }
    assert waiting == set(keys(*FULL)) - set(PARTS) | {"own:A1"}


# What is decided


def test_decisions_stand_by_their_point_and_instructions_by_none() -> None:
    rows = (
        decided("D8", point="worse:l"),
        decided("D9"),
        directive("D2", point="worse:l"),
        instruction("D7", WEEK, point="worse:l"),
    )
    books = snapshot((*FULL, *rows), SUNDAY)
    assert [each.code for each in decided_under(books, WEEK, "worse:l")] == ["D8"]


def test_what_was_taken_back_the_same_day_was_never_decided() -> None:
    made = decided(point="worse:l")
    taken_back = r.HandlingStep(
        code="H1", act=HandlingAct.WITHDRAWN, done_on=FRIDAY, by_post="岗", directive=made.code
    )
    at = meeting_of(*FULL, made, taken_back)
    assert decided_at(at.papers, at.round) == ()
    assert decided_under(at.papers, WEEK, "worse:l") == ()
    later = meeting_of(*FULL, made, replace(taken_back, done_on=SUNDAY))
    assert decided_at(later.papers, later.round) == (made,)


def test_a_decision_on_a_point_belongs_to_what_the_point_is_about() -> None:
    books = snapshot((*FULL, directive("D2", task="t", problem="P1")), SUNDAY)
    assert matter_of(books, "worse:l") == matter_of(books, "due:l2") == Matter(task="t")
    assert matter_of(books, "request:P1") == Matter(problem="P1")
    assert matter_of(books, "decision:D2") == Matter("t", "P1")
    for key in ("silent", "own:A1", "worse:gone", "request:gone", None):
        assert matter_of(books, key) == Matter()
