"""交办事项: which are open or overdue, and which may be read out in a room full of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import DirectiveState, HandlingAct
from dashboard.rules.handling import last_step


def is_overdue(directive: r.Directive, day: date) -> bool:
    """Past its date without an answer; what was answered waits for the office."""
    return directive.state is DirectiveState.OPEN and day > directive.due_on


def is_instruction(directive: r.Directive) -> bool:
    """Whether it carries out a leader's written instruction (批示办理)."""
    return directive.register_no is not None


def for_the_room(directives: Iterable[r.Directive]) -> tuple[r.Directive, ...]:
    """Those that may stand on a screen or in a circular: an instruction is a working secret."""
    return tuple(each for each in directives if not is_instruction(each))


def decided_in(books: Books, round_code: str) -> tuple[r.Directive, ...]:
    """What the meeting of a round decided, without what was taken back on the same day."""
    made = for_the_room(books.by(r.Directive, "round")[round_code])
    return tuple(each for each in made if not was_a_slip(books, each))


def was_a_slip(books: Books, directive: r.Directive) -> bool:
    """Whether it was withdrawn on the day it was written: entered by mistake, never decided."""
    last = last_step(books, directive)
    if last is None or last.act is not HandlingAct.WITHDRAWN:
        return False
    return last.done_on == directive.issued_on


@dataclass(frozen=True)
class Tally:
    """Directives in numbers; `instructions` are among all the others."""

    total: int
    standing: int
    overdue: int
    instructions: int


def tally(directives: Iterable[r.Directive], day: date) -> Tally:
    """How many there are, how many are not closed, overdue, and carry out an instruction."""
    held = tuple(directives)
    return Tally(
        total=len(held),
        standing=sum(each.state is not DirectiveState.CLOSED for each in held),
        overdue=sum(is_overdue(each, day) for each in held),
        instructions=sum(is_instruction(each) for each in held),
    )
