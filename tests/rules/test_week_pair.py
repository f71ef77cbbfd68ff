"""Two dispatches side by side: what moved, and what was decided in between."""

from dataclasses import replace
from datetime import date

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DirectiveState, HandlingAct
from dashboard.rules.week_pair import WeekPair, pair_of
from tests.books import Said, judged, said
from tests.meetings import FRIDAY, LAST, OVERDUE, WEEK, decided, directive, instruction, meeting_of

EARLIER = "2023-W36"


def pair(*rows: r.Record, words: tuple[Said, ...] = (), first: str = EARLIER) -> WeekPair:
    one = meeting_of(*rows, words=words, week=first)
    other = meeting_of(*rows, words=words, week=WEEK)
    return pair_of(other, one, judged(rows, FRIDAY).rounds)


def test_the_two_stand_in_the_order_of_time_whichever_was_named_first() -> None:
    found = pair(*OVERDUE)
    assert (found.earlier.code, found.later.code) == (EARLIER, WEEK)
    assert [each.code for each in found.between] == [LAST, WEEK]


def test_an_item_whose_light_turned_is_told_and_one_that_stood_still_is_not() -> None:
    (turned,) = pair(*OVERDUE).turned
    assert turned.now.item.title == "具体措施"
    (light,) = (each for each in pair(*OVERDUE).lights if each.now > each.before)
    assert light.light.value == "red"
    assert pair(*OVERDUE, first=WEEK).turned == ()


def test_figures_that_moved_are_told_with_both() -> None:
    words = (said(30, date(2023, 9, 6)), said(42, date(2023, 9, 20)))
    (change,) = pair(*OVERDUE, words=words).moved
    assert change.moved == 12
    assert pair(*OVERDUE, words=words[:1]).moved == ()


def test_each_decision_in_between_stands_in_one_state() -> None:
    rows = (
        directive("D1", due_on=date(2023, 9, 20)),
        directive("D2"),
        directive("D3", state=DirectiveState.ANSWERED),
        directive("D4", state=DirectiveState.CLOSED),
        directive("D5", EARLIER),
        decided("D8"),
        instruction(),
    )
    last, this = pair(*rows).decided
    counts = (last.overdue, last.running, last.answered, last.closed)
    assert (counts, len(last.decisions)) == ((1, 1, 1, 1), 4)
    assert [each.directive.code for each in this.decisions] == ["D8"]


def test_what_was_taken_back_is_neither_done_nor_left() -> None:
    gone = r.HandlingStep(
        code="H1", act=HandlingAct.WITHDRAWN, done_on=FRIDAY, by_post="岗", directive="D1"
    )
    last, _ = pair(directive(state=DirectiveState.CLOSED), gone).decided
    assert last.decisions == ()
    last, _ = pair(directive(state=DirectiveState.CLOSED), replace(gone, directive="D2")).decided
    assert last.closed == 1
