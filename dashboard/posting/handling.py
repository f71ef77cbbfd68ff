"""The handling of 交办事项 and 督办: each act is added and changes the row in the same posting.

The unit answers, or the office enters its answer for it; the office sends back, closes, takes up
again and withdraws. Nothing else changes a matter's state and answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Engine, select

from dashboard.access.asking import ask
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load_in
from dashboard.ledgers.database import reading
from dashboard.ledgers.shape import LEDGERS, TITLES
from dashboard.ledgers.tables import TABLES
from dashboard.ledgers.terms import AccountRole, AuditKind, HandlingAct
from dashboard.posting.editable import right_for
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.escalation import slips_by_matter
from dashboard.rules.handling import (
    OF_THE_UNIT,
    Matter,
    answering_step,
    changes_after,
    is_standing,
    last_step,
    order_faults,
)
from dashboard.rules.ladder import register_name
from dashboard.rules.problems import is_same_post

HANDLED = ("directive", "supervision")
"""The ledgers whose rows are handled."""
HANDS = {
    HandlingAct.ANSWERED: "反馈",
    HandlingAct.SENT_BACK: "退回",
    HandlingAct.CLOSED: "办结",
    HandlingAct.REOPENED: "办理",
    HandlingAct.WITHDRAWN: "撤回",
}
"""Whose post stands under an act, in words."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """What somebody says in handling a matter.

    `ledger` is directive or supervision. `seen` is the code of the matter's last act that was
    before the eyes, None before the first. `by_post` is typed where the viewer speaks for others:
    in 单机模式, or the office for a unit. `done_on` is the day, else today; a liaison does not
    date. `expected_on` comes with an answer that the matter cannot be done in time.
    """

    ledger: str
    code: str
    text: str | None = None
    expected_on: date | None = None
    by_post: str | None = None
    done_on: date | None = None
    seen: str | None = None


class HandledMeanwhileError(RefusedError):
    """Somebody handled the matter since it was looked at; nothing was written."""

    def __init__(self, step: Step, last: r.HandlingStep | None) -> None:
        said = f"{last.by_post}已先办理“{last.act.label}”" if last else "办理情况已有变动"
        super().__init__(Fault(step.ledger, step.code, None, f"{said}，请看过最新的办理情况再办"))
        self.last = last


def answer(engine: Engine, viewer: Viewer, plan: str, step: Step) -> str:
    """反馈办理情况: what was done, and where it cannot be done in time, by when it will be.

    All five return the code of the step and raise RefusedError with every fault,
    HandledMeanwhileError where somebody was first, ForbiddenError without the right.
    """
    return _handle(engine, viewer, plan, step, HandlingAct.ANSWERED)


def send_back(engine: Engine, viewer: Viewer, plan: str, step: Step) -> str:
    """退回续办: the answer is not enough, the unit goes on."""
    return _handle(engine, viewer, plan, step, HandlingAct.SENT_BACK)


def close_matter(engine: Engine, viewer: Viewer, plan: str, step: Step) -> str:
    """办结, by another post than the one that answered."""
    return _handle(engine, viewer, plan, step, HandlingAct.CLOSED)


def reopen(engine: Engine, viewer: Viewer, plan: str, step: Step) -> str:
    """重新办理: what was closed waits for its unit once more."""
    return _handle(engine, viewer, plan, step, HandlingAct.REOPENED)


def withdraw(engine: Engine, viewer: Viewer, plan: str, step: Step) -> str:
    """撤回: it was handed out by mistake or is no longer wanted; its number stays taken."""
    return _handle(engine, viewer, plan, step, HandlingAct.WITHDRAWN)


def right_of(matter: Matter, act: HandlingAct) -> Right:
    """The right that an act on a matter takes, for the matter's unit."""
    if act in OF_THE_UNIT:
        return Right.ANSWER
    return Right.SUPERVISE if isinstance(matter, r.Supervision) else right_for(matter)


def speaks_for_others(viewer: Viewer, act: HandlingAct) -> bool:
    """Whether the post under an act is typed: in 单机模式, and where the office enters a unit's."""
    is_office = viewer.role is AccountRole.OFFICE
    return viewer.role is AccountRole.LOCAL or (is_office and act in OF_THE_UNIT)


def add_step(opened: Entry, matter: Matter, made: r.HandlingStep) -> str:
    """Add an act to an open posting and change the row; returns the step's code."""
    opened.add(made)
    opened.change(matter, **changes_after(matter, made))
    return made.code


def step_of(opened: Entry, matter: Matter, act: HandlingAct, step: Step) -> r.HandlingStep:
    """The act as it will stand in the books."""
    is_answer = act is HandlingAct.ANSWERED
    return r.HandlingStep(
        code=opened.next_code("handling_step", "HS"),
        act=act,
        done_on=step.done_on or shanghai_day(opened.known_at),
        by_post=opened.by_post,
        by_account=opened.by_account,
        text=(step.text or "").strip() or None,
        expected_on=step.expected_on if is_answer else None,
        directive=matter.code if isinstance(matter, r.Directive) else None,
        supervision=matter.code if isinstance(matter, r.Supervision) else None,
    )


def _handle(engine: Engine, viewer: Viewer, plan: str, step: Step, act: HandlingAct) -> str:
    if step.ledger not in HANDLED:
        raise ValueError(f"rows of {step.ledger} are not handled")
    right, units = _needed(engine, plan, step, act)
    kind = AuditKind.WRITE if act in OF_THE_UNIT else AuditKind.REVIEW
    action = f"{TITLES[step.ledger]}{act.label}"
    signature = Signature(viewer, right, action, units, post=_post_of(viewer, step, act), kind=kind)
    with entry(engine, plan, signature) as opened:
        books = load_in(opened.connection, plan, opened.known_at)
        matter = _standing(books, step)
        # Unit and register number may have changed since the signature was made.
        ask(opened.connection, viewer, right_of(matter, act), plan, {matter.unit})
        last = last_step(books, matter)
        if (last.code if last else None) != step.seen:
            raise HandledMeanwhileError(step, last)
        made = step_of(opened, matter, act, _undated(viewer, step))
        _refuse(step, _faults(books, matter, made, (viewer, step, shanghai_day(opened.known_at))))
        return add_step(opened, matter, made)


def _needed(
    engine: Engine, plan: str, step: Step, act: HandlingAct
) -> tuple[Right, frozenset[str]]:
    """The right that an act takes and the matter's unit; no unit for a matter that is not there."""
    if step.ledger == "supervision":
        right, registered = Right.SUPERVISE, None
    else:
        right, registered = Right.DIRECT, TABLES["directive"].c.register_no
    table, unit, owner = TABLES[step.ledger], TABLES["unit"], TABLES["plan"]
    columns = [unit.c.code] if registered is None else [unit.c.code, registered]
    query = (
        select(*columns)
        .join(table, table.c.unit_id == unit.c.id)
        .join(owner, owner.c.id == table.c.plan_id)
        .where(owner.c.code == plan, table.c.code == step.code)
    )
    with reading(engine) as connection:
        found = connection.execute(query).first()
    if found is not None and len(found) > 1 and found[1] is not None:
        right = Right.REGISTER_INSTRUCTION
    units = frozenset({str(found[0])}) if found else frozenset[str]()
    return (Right.ANSWER if act in OF_THE_UNIT else right), units


def _standing(books: Books, step: Step) -> Matter:
    row = books.find(LEDGERS[step.ledger], step.code)
    if row is None:
        raise RefusedError(Fault(step.ledger, step.code, None, "没有这件事项，请刷新后再看"))
    return cast("Matter", row)


def _post_of(viewer: Viewer, step: Step, act: HandlingAct) -> str:
    typed = (step.by_post or "").strip()
    return typed or viewer.post if speaks_for_others(viewer, act) else viewer.post


def _undated(viewer: Viewer, step: Step) -> Step:
    """A liaison answers when the answer is given."""
    if viewer.role is not AccountRole.LIAISON:
        return step
    return Step(ledger=step.ledger, code=step.code, text=step.text, expected_on=step.expected_on)


def _faults(
    books: Books, matter: Matter, made: r.HandlingStep, given: tuple[Viewer, Step, date]
) -> list[str]:
    viewer, step, today = given
    found = [*order_faults(books, matter, made, today), *_one_open(books, matter, made)]
    if speaks_for_others(viewer, made.act) and not (step.by_post or "").strip():
        return [*found, f"请填写{HANDS[made.act]}岗位"]
    answered = answering_step(books, matter) if made.act is HandlingAct.CLOSED else None
    if answered is not None and is_same_post(made.by_post, answered.by_post):
        found.append(f"办结岗位应与反馈岗位（{answered.by_post}）不同")
    return found


def _one_open(books: Books, matter: Matter, made: r.HandlingStep) -> Iterator[str]:
    """Over one task a unit has one open slip: none is taken up again beside another."""
    if made.act is not HandlingAct.REOPENED or not isinstance(matter, r.Supervision):
        return
    slips = slips_by_matter(books)[matter.task, matter.unit] if matter.task else ()
    for each in slips:
        if is_standing(each):
            yield f"该单位这项任务已有{register_name(each)}在办，不能同时重新办理"


def _refuse(step: Step, messages: list[str]) -> None:
    if messages:
        raise RefusedError(*(Fault(step.ledger, step.code, None, each) for each in messages))
