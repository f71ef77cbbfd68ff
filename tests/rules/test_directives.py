"""交办事项 in numbers, and what of them is not for the room."""

from datetime import date
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DirectiveSource, DirectiveState
from dashboard.rules.directives import for_the_room, is_overdue, tally

DAY = date(2023, 9, 22)


def directive(code: str, **fields: Any) -> r.Directive:
    given = {
        "matter": "事项",
        "source": DirectiveSource.LEADER,
        "unit": "u",
        "issued_on": date(2023, 9, 1),
        "due_on": date(2023, 9, 21),
    }
    return r.Directive(code=code, **{**given, **fields})


def test_only_what_is_unanswered_after_its_day_is_overdue() -> None:
    assert is_overdue(directive("d"), DAY)
    assert not is_overdue(directive("d"), date(2023, 9, 21))
    assert not is_overdue(directive("d", state=DirectiveState.ANSWERED), DAY)
    assert not is_overdue(directive("d", state=DirectiveState.CLOSED), DAY)


def test_the_tally_counts_each_directive_once_in_each_number() -> None:
    held = (
        directive("late"),
        directive("answered", state=DirectiveState.ANSWERED),
        directive("closed", state=DirectiveState.CLOSED, register_no="17"),
        directive("ahead", due_on=date(2023, 9, 30), register_no="18"),
    )
    found = tally(held, DAY)
    assert (found.total, found.standing, found.overdue, found.instructions) == (4, 3, 1, 2)
    assert [each.code for each in for_the_room(held)] == ["late", "answered"]
