"""The course of a problem: what comes next, what a step does to the row, what waits for whom.

open → solving → to check → closed (销号) → reopened, as counties run it (申请、现场核查、
确认、回头看). Who asks for closing, who checks and who confirms are different people.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import ProblemAct, ProblemState, Term


class Stage(Term):
    """Where a problem stands and who has to move: the state, told apart once more."""

    TAKE_UP = "take_up", "待交办"
    SOLVING = "solving", "整改中"
    CHECK = "check", "待核查"
    CONFIRM = "confirm", "待确认"
    LOOK_BACK = "look_back", "待回头看"
    SETTLED = "settled", "已销号"


NEXT: Mapping[Stage, tuple[ProblemAct, ...]] = {
    Stage.TAKE_UP: (ProblemAct.TAKEN_UP,),
    Stage.SOLVING: (ProblemAct.REPORTED, ProblemAct.ASKED),
    Stage.CHECK: (ProblemAct.CHECKED, ProblemAct.SENT_BACK),
    Stage.CONFIRM: (ProblemAct.CONFIRMED, ProblemAct.REFUSED),
    Stage.LOOK_BACK: (ProblemAct.LOOKED_BACK, ProblemAct.REOPENED),
    Stage.SETTLED: (ProblemAct.LOOKED_BACK, ProblemAct.REOPENED),
}

TEXTS: Mapping[ProblemAct, str] = {
    ProblemAct.TAKEN_UP: "整改要求",
    ProblemAct.REPORTED: "整改进展",
    ProblemAct.ASKED: "对照销号标准的完成情况",
    ProblemAct.CHECKED: "核查意见",
    ProblemAct.SENT_BACK: "核查不通过的原因",
    ProblemAct.CONFIRMED: "确认意见",
    ProblemAct.REFUSED: "不予销号的原因",
    ProblemAct.LOOKED_BACK: "回头看情况",
    ProblemAct.REOPENED: "重新挂账的原因",
}
"""What is said with a step."""
MAY_BE_SILENT = frozenset({ProblemAct.TAKEN_UP, ProblemAct.CONFIRMED})
"""Steps that need no words of their own."""

_BREAKS = frozenset({ProblemAct.SENT_BACK, ProblemAct.REFUSED, ProblemAct.REOPENED})
_OF_CLOSING = (
    *("asked_by", "asked_on", "checked_by", "check_opinion", "checked_on"),
    *("confirmed_by", "closed_on", "looked_back_on"),
)


def stage_of(problem: r.Problem, today: date, look_back_days: int) -> Stage:
    """Where a problem stands on a day; 回头看 is due that many days after the closing."""
    if problem.state in (ProblemState.OPEN, ProblemState.REOPENED):
        return Stage.TAKE_UP
    if problem.state is ProblemState.SOLVING:
        return Stage.SOLVING
    if problem.state is ProblemState.TO_CHECK:
        return Stage.CONFIRM if problem.checked_on else Stage.CHECK
    due = look_back_due(problem, look_back_days)
    return Stage.LOOK_BACK if due is not None and due <= today else Stage.SETTLED


def look_back_due(problem: r.Problem, days: int) -> date | None:
    """The first day of 回头看 to a closed problem; None once somebody looked back on it."""
    is_closed = problem.state is ProblemState.CLOSED
    if not is_closed or problem.closed_on is None or problem.looked_back_on is not None:
        return None
    return problem.closed_on + timedelta(days=days)


def next_acts(problem: r.Problem) -> tuple[ProblemAct, ...]:
    """The steps that may follow; a reopened problem's unit may go on before it is told to."""
    acts = NEXT[stage_of(problem, date.max, 0)]
    return (*acts, ProblemAct.REPORTED) if problem.state is ProblemState.REOPENED else acts


def is_with_unit(problem: r.Problem) -> bool:
    """Whether the problem waits for its unit: to be solved, or solved once more."""
    return ProblemAct.REPORTED in next_acts(problem)


def is_proposed(problem: r.Problem) -> bool:
    """Whether the closing standard is a proposal: it is settled once, when the problem is taken up.

    What was reopened keeps its standard.
    """
    return problem.state is ProblemState.OPEN


def staged(books: Books, today: date, look_back_days: int) -> Mapping[Stage, tuple[r.Problem, ...]]:
    """The problems by where they stand."""
    found: dict[Stage, list[r.Problem]] = {stage: [] for stage in Stage}
    for each in books.all(r.Problem):
        found[stage_of(each, today, look_back_days)].append(each)
    return {stage: tuple(of) for stage, of in found.items()}


def changes_after(problem: r.Problem, step: r.ProblemStep) -> dict[str, Any]:
    """The fields of a problem's row that a step changes. The steps themselves keep everything."""
    by, on, said = step.by_post, step.done_on, step.text
    fields: Mapping[ProblemAct, dict[str, Any]] = {
        ProblemAct.REPORTED: {"progress": said},
        ProblemAct.ASKED: {"asked_by": by, "asked_on": on},
        ProblemAct.CHECKED: {"checked_by": by, "check_opinion": said, "checked_on": on},
        ProblemAct.CONFIRMED: {"confirmed_by": by, "closed_on": on},
        ProblemAct.LOOKED_BACK: {"looked_back_on": on},
        ProblemAct.REOPENED: {"reopenings": problem.reopenings + 1},
    }
    cleared = dict.fromkeys(_OF_CLOSING) if step.act in _BREAKS else {}
    state = _STATES_AFTER.get(step.act, ProblemState.SOLVING)
    return {**cleared, **fields.get(step.act, {}), "state": state}


_STATES_AFTER = {
    ProblemAct.ASKED: ProblemState.TO_CHECK,
    ProblemAct.CHECKED: ProblemState.TO_CHECK,
    ProblemAct.CONFIRMED: ProblemState.CLOSED,
    ProblemAct.LOOKED_BACK: ProblemState.CLOSED,
    ProblemAct.REOPENED: ProblemState.REOPENED,
}
"""All other steps leave a problem in the unit's hands."""


@dataclass(frozen=True)
class Closing:
    """Who asked for the closing that is under way or done, and who checked it."""

    asked: r.ProblemStep | None = None
    checked: r.ProblemStep | None = None


def closing_of(steps: Iterable[r.ProblemStep]) -> Closing:
    """The closing that stands after a problem's steps, oldest first."""
    found = Closing()
    for each in steps:
        if each.act in _BREAKS:
            found = Closing()
        elif each.act is ProblemAct.ASKED:
            found = Closing(each)
        elif each.act is ProblemAct.CHECKED:
            found = Closing(found.asked, each)
    return found


def others_hands(act: ProblemAct, closing: Closing) -> tuple[r.ProblemStep, ...]:
    """The steps of a closing that whoever takes this one must have left to others."""
    before = {
        ProblemAct.CHECKED: (closing.asked,),
        ProblemAct.SENT_BACK: (closing.asked,),
        ProblemAct.CONFIRMED: (closing.asked, closing.checked),
        ProblemAct.REFUSED: (closing.asked, closing.checked),
        ProblemAct.LOOKED_BACK: (closing.asked,),
    }
    return tuple(each for each in before.get(act, ()) if each is not None)


def steps_of(books: Books, problem: str) -> Sequence[r.ProblemStep]:
    """A problem's steps, oldest first."""
    return books.by(r.ProblemStep, "problem")[problem]


def last_step(books: Books, problem: str) -> r.ProblemStep | None:
    """The last step of a problem, None before the first."""
    return next(reversed(steps_of(books, problem)), None)


def was_sent_back(books: Books, problem: r.Problem) -> bool:
    """Whether the unit has said nothing since its asking for closing was turned down."""
    last = last_step(books, problem.code)
    return last is not None and last.act in (ProblemAct.SENT_BACK, ProblemAct.REFUSED)


def is_same_post(one: str, other: str) -> bool:
    """Whether two posts are one, however their signs and blanks were typed."""
    return _post(one) == _post(other)


def _post(post: str) -> str:
    return "".join(unicodedata.normalize("NFKC", post).casefold().split())
