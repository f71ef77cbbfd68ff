"""What was handed to a unit: what may be done with it next, and what that does to its row.

办理中 → 已反馈 → 已办结, for 交办事项 and 督办 alike: the unit answers, the office sends back,
closes, takes up again or withdraws. A 一票否决 is only put on record: nobody answers it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import ledger_of
from dashboard.ledgers.terms import (
    DirectiveState,
    HandlingAct,
    SupervisionKind,
    SupervisionState,
)

Matter = r.Directive | r.Supervision
"""What is handed to a unit and handled step by step."""
OF_THE_UNIT = frozenset({HandlingAct.ANSWERED})
"""Acts of the unit, which the office may enter for it."""
WITHDRAWN = SupervisionState.WITHDRAWN.label

TEXTS: Mapping[HandlingAct, str] = {
    HandlingAct.ANSWERED: "办理情况",
    HandlingAct.SENT_BACK: "退回续办的原因和要求",
    HandlingAct.CLOSED: "办结意见",
    HandlingAct.REOPENED: "重新办理的原因和要求",
    HandlingAct.WITHDRAWN: "撤回的原因",
}
"""What is said with an act."""


def is_open(matter: Matter) -> bool:
    """Whether it waits for its unit."""
    return matter.state.value == SupervisionState.OPEN.value


def is_answered(matter: Matter) -> bool:
    """Whether it waits for the office."""
    return matter.state.value == SupervisionState.ANSWERED.value


def is_standing(matter: Matter) -> bool:
    """Whether anybody still has to do something about it."""
    return is_open(matter) or is_answered(matter)


def is_past_due(matter: Matter, day: date) -> bool:
    """Past its date without an answer; what was answered waits for the office."""
    return is_open(matter) and matter.due_on is not None and day > matter.due_on


def steps_of(books: Books, matter: Matter) -> Sequence[r.HandlingStep]:
    """What was done with a matter, oldest first."""
    return books.by(r.HandlingStep, ledger_of(matter))[matter.code]


def last_step(books: Books, matter: Matter) -> r.HandlingStep | None:
    """The last act on a matter, None before the first."""
    return next(reversed(steps_of(books, matter)), None)


def is_withdrawn(books: Books, matter: Matter) -> bool:
    """Whether it was taken back; a directive's state does not tell that from 已办结."""
    last = last_step(books, matter)
    return last is not None and last.act is HandlingAct.WITHDRAWN


def was_sent_back(books: Books, matter: Matter) -> bool:
    """Whether the unit has said nothing since the office asked for more."""
    last = last_step(books, matter)
    more = (HandlingAct.SENT_BACK, HandlingAct.REOPENED)
    return last is not None and last.act in more


def state_word(books: Books, matter: Matter) -> str:
    """办理中, 退回续办, 已反馈, 已办结 or 已撤回; 已登记 for a 一票否决."""
    if is_withdrawn(books, matter):
        return WITHDRAWN
    if isinstance(matter, r.Supervision) and matter.kind is SupervisionKind.VETO:
        return "已登记"
    if is_open(matter) and was_sent_back(books, matter):
        last = last_step(books, matter)
        return last.act.label if last else matter.state.label
    return matter.state.label


def next_acts(books: Books, matter: Matter) -> tuple[HandlingAct, ...]:
    """What may be done with a matter now, by whoever has the right.

    What is open may be closed without an answer in writing, such as one heard at a meeting; what
    was withdrawn is over, and is handed out anew where it is wanted after all.
    """
    if is_withdrawn(books, matter):
        return ()
    if isinstance(matter, r.Supervision) and matter.kind is SupervisionKind.VETO:
        return (HandlingAct.WITHDRAWN,)
    if is_open(matter):
        return (HandlingAct.ANSWERED, HandlingAct.CLOSED, HandlingAct.WITHDRAWN)
    if is_answered(matter):
        return (
            HandlingAct.CLOSED,
            HandlingAct.SENT_BACK,
            HandlingAct.ANSWERED,
            HandlingAct.WITHDRAWN,
        )
    return (HandlingAct.REOPENED,)


def must_speak(matter: Matter, act: HandlingAct) -> bool:
    """Whether an act needs words: only the closing of what was answered may be silent."""
    return act is not HandlingAct.CLOSED or not is_answered(matter)


def changes_after(matter: Matter, step: r.HandlingStep) -> dict[str, Any]:
    """The fields of a matter's row that an act changes; the steps themselves keep everything."""
    is_directive = isinstance(matter, r.Directive)
    states: type[DirectiveState] | type[SupervisionState]
    states = DirectiveState if is_directive else SupervisionState
    on = step.done_on
    if step.act is HandlingAct.ANSWERED:
        return {"state": states.ANSWERED, "answer": step.text, "answered_on": on}
    if step.act is HandlingAct.CLOSED:
        return {"state": states.CLOSED, "closed_on": on}
    if step.act is HandlingAct.WITHDRAWN:
        state = DirectiveState.CLOSED if is_directive else SupervisionState.WITHDRAWN
        return {"state": state, "closed_on": on}
    return {"state": states.OPEN, "answer": None, "answered_on": None, "closed_on": None}


def order_faults(books: Books, matter: Matter, made: r.HandlingStep, today: date) -> Iterator[str]:
    """Why an act may not be added now: out of turn, without words, or with a wrong date."""
    if made.act not in next_acts(books, matter):
        yield f"目前“{state_word(books, matter)}”，不能办理“{made.act.label}”"
        return
    if made.text is None and must_speak(matter, made.act):
        yield f"请填写{TEXTS[made.act]}"
    if made.done_on > today:
        yield "办理日期不能晚于今天"
    yield from _too_early(books, matter, made)
    if made.expected_on is not None and made.expected_on < made.done_on:
        yield "预计完成时间不能早于反馈日期"


def _too_early(books: Books, matter: Matter, made: r.HandlingStep) -> Iterator[str]:
    last = last_step(books, matter)
    since, what = (last.done_on, last.act.label) if last else (matter.issued_on, "交办")
    if made.done_on < since:
        day = wording.day(since, made.done_on.year)
        yield f"办理日期不能早于“{what}”的日期（{day}）"


def answering_step(books: Books, matter: Matter) -> r.HandlingStep | None:
    """The answer that waits for the office's word; None where nothing does."""
    last = last_step(books, matter)
    return last if last is not None and last.act is HandlingAct.ANSWERED else None


def waits_for(books: Books, units: frozenset[str]) -> tuple[Matter, ...]:
    """What waits for an answer of these units, the most urgent first."""
    found: list[Matter] = [*books.all(r.Directive), *books.all(r.Supervision)]
    standing = [each for each in found if is_open(each) and each.unit in units]
    return tuple(sorted(standing, key=lambda each: (each.due_on or date.max, each.issued_on)))
