"""Two instants side by side: what fell behind, caught up, slipped, stayed silent, falls due."""

from collections.abc import Sequence
from datetime import date

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Recurrence
from dashboard.rules.comparison import compare, due_between
from dashboard.rules.verdicts import Light
from tests.books import Said, deadline, judged, line, measure, said

DUE = date(2024, 6, 30)
PERCENT = (measure(), deadline(DUE), line())
STARTED = said(40, date(2023, 9, 1))


def words(rows: Sequence[r.Record], days: tuple[date, date], *filed: Said) -> tuple[int, int]:
    """How many items newly behind, and how many no longer."""
    found = compare(judged(rows, days[0], *filed), judged(rows, days[1], *filed))
    return len(found.worse), len(found.cleared)


def test_what_falls_behind_between_two_cuts_is_told_once() -> None:
    on_pace, behind, further = date(2023, 12, 1), date(2024, 2, 1), date(2024, 2, 8)
    assert words(PERCENT, (on_pace, behind), STARTED) == (1, 0)
    assert words(PERCENT, (behind, further), STARTED) == (0, 0)


def test_from_yellow_to_red_is_told_again() -> None:
    found = compare(
        judged(PERCENT, date(2024, 2, 1), STARTED), judged(PERCENT, date(2024, 5, 30), STARTED)
    )
    (change,) = found.worse
    assert change.before is not None
    assert change.before.verdict.light is Light.YELLOW
    assert change.now.verdict.light is Light.RED


def test_what_catches_up_is_cleared() -> None:
    caught = said(80, date(2024, 2, 6))
    assert words(PERCENT, (date(2024, 2, 1), date(2024, 2, 8)), STARTED, caught) == (0, 1)


def test_nearing_its_date_on_pace_is_no_falling_behind() -> None:
    almost = said(95, date(2024, 6, 1))
    days = (date(2024, 6, 20), date(2024, 6, 27))
    now = judged(PERCENT, days[1], almost)
    assert now.items[0].verdict.word == "临近时限"
    assert words(PERCENT, days, almost) == (0, 0)


def test_a_passed_date_is_told_with_or_without_a_filing() -> None:
    days = (DUE, date(2024, 7, 1))
    assert words(PERCENT, days) == (1, 0)
    assert words(PERCENT, days, said(95, date(2024, 6, 1))) == (1, 0)


def test_an_item_that_is_new_in_the_books_and_behind_is_told() -> None:
    found = compare(judged((), date(2023, 12, 1)), judged(PERCENT, date(2024, 7, 1)))
    assert [each.before for each in found.worse] == [None]


def test_a_figure_moves_by_what_was_filed_between() -> None:
    later = said(55, date(2023, 9, 8))
    found = compare(
        judged(PERCENT, date(2023, 9, 5), STARTED), judged(PERCENT, date(2023, 9, 12), later)
    )
    assert [each.moved for each in found.changes] == [15]
    first = compare(judged(PERCENT, date(2023, 9, 1)), judged(PERCENT, date(2023, 9, 5), STARTED))
    assert [each.moved for each in first.changes] == [40]
    nothing = compare(judged(PERCENT, date(2023, 9, 1)), judged(PERCENT, date(2023, 9, 5)))
    assert [each.moved for each in nothing.changes] == [None]


@pytest.mark.parametrize(
    ("earlier", "later", "slips"),
    [
        (date(2024, 5, 1), date(2024, 6, 1), 1),
        (date(2024, 5, 1), date(2024, 5, 1), 0),
        (date(2024, 6, 1), date(2024, 5, 1), 0),
        (None, date(2024, 6, 1), 0),
    ],
)
def test_only_an_expected_date_moved_back_is_a_slip(
    earlier: date | None, later: date | None, slips: int
) -> None:
    old = said(40, date(2023, 9, 1), expected_on=earlier)
    new = said(45, date(2023, 9, 8), expected_on=later)
    found = compare(
        judged(PERCENT, date(2023, 9, 5), old), judged(PERCENT, date(2023, 9, 12), new)
    ).slips
    assert len(found) == slips
    assert all((each.earlier, each.later) == (earlier, later) for each in found)


def test_what_falls_due_is_unfinished_and_comes_soonest_first() -> None:
    rows = (
        measure("m1", title="后到期"),
        measure("m2", title="先到期", seq=2),
        measure("m3", title="已办完", seq=3),
        measure("m4", title="没有时限", seq=4),
        deadline(date(2023, 9, 24), "d1", measure="m1"),
        deadline(date(2023, 9, 18), "d2", measure="m2"),
        deadline(date(2023, 9, 20), "d3", measure="m3"),
        *(line(f"l{n}", measure=f"m{n}", cadence=Recurrence.MONTHLY) for n in range(1, 5)),
    )
    now = judged(rows, date(2023, 9, 19), said(100, date(2023, 9, 1), to="l3"))
    found = due_between(now, date(2023, 9, 18), date(2023, 9, 24))
    assert [item.item.title for item, _ in found] == ["先到期", "后到期"]
    assert due_between(now, date(2023, 9, 25), date(2023, 10, 1)) == ()
