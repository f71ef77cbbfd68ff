"""What a form may already hold of a line: the sum so far, and what stays true from last time."""

from datetime import date
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Recurrence
from dashboard.rules.asking import Ask, Stage
from dashboard.rules.figures import year_of
from dashboard.rules.judgement import Judgement

LASTING = ("reason", "remedy")
"""Texts that are offered again while they hold; what was done must be told anew."""


def begins_anew(books: Books, ask: Ask, today: date) -> bool:
    """Whether the line counts by the year and was last filed for another one."""
    if ask.standing is None or ask.line.indicator is None:
        return False
    deadlines = books.by(r.Deadline, "indicator")[ask.line.indicator]
    is_yearly = any(each.recurrence is Recurrence.YEARLY for each in deadlines)
    return is_yearly and year_of(ask.standing) != today.year


def sum_so_far(judgement: Judgement, ask: Ask) -> float | None:
    """What new work is added to; None where nothing was reported yet, nothing in a new year."""
    if begins_anew(judgement.books, ask, judgement.today):
        return 0.0
    return ask.standing.value if ask.standing else None


def is_again(judgement: Judgement, ask: Ask) -> bool:
    """Whether a report now takes the place of the last one: returned, or of this very round."""
    if ask.stage is Stage.RETURNED:
        return True
    now = judgement.round
    return ask.last is not None and now is not None and ask.last.round == now.code


def prefilled(judgement: Judgement, ask: Ask) -> dict[str, Any]:
    """The fields of a new report that need not be typed again, by their names in `Report`.

    A figure that is measured anew starts from the last one; what adds up asks for the new part
    (`new`) alone. A date that has passed is not offered again. Where the last report is put right
    it is there as a whole.
    """
    again = is_again(judgement, ask)
    source = ask.last if again else ask.standing
    if source is None:
        return {}
    held: dict[str, Any] = {name: getattr(source, name) for name in LASTING}
    held |= {"is_done": source.is_done, "value": source.value}
    if source.expected_on and source.expected_on >= judgement.today:
        held["expected_on"] = source.expected_on
    if begins_anew(judgement.books, ask, judgement.today) and not again:
        held.pop("value")
    if again:
        held |= {name: getattr(source, name) for name in ("text", "next_step", "no_event")}
        held["corrects"] = ask.stage is not Stage.RETURNED
        held |= _new_part(judgement, ask)
    return {name: value for name, value in held.items() if value is not None and value is not False}


def _new_part(judgement: Judgement, ask: Ask) -> dict[str, Any]:
    so_far, last = sum_so_far(judgement, ask), ask.last
    if ask.stage is not Stage.RETURNED or last is None or last.value is None:
        return {}
    part = last.value - (so_far or 0.0)
    return {"new": part} if part >= 0 else {"corrects": True}
