"""交办事项: which are open or overdue, and which may be read out in a room full of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DirectiveState


def is_overdue(directive: r.Directive, day: date) -> bool:
    """Past its date without an answer; what was answered waits for the office."""
    return directive.state is DirectiveState.OPEN and day > directive.due_on


def is_instruction(directive: r.Directive) -> bool:
    """Whether it carries out a leader's written instruction (批示办理)."""
    return directive.register_no is not None


def for_the_room(directives: Iterable[r.Directive]) -> tuple[r.Directive, ...]:
    """Those that may stand on a screen or in a circular: an instruction is a working secret."""
    return tuple(each for each in directives if not is_instruction(each))


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
