"""督办: a person takes a step of the ladder, and it gets its 登记序号 in the same posting.

The ladder proposes and never acts. Over one task a unit has one open slip: a step further up
takes the place of the one that stood, which is closed with a word on it. 一票否决 is decided
elsewhere and only put on record here, with its basis.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load_in
from dashboard.ledgers.terms import (
    AccountRole,
    HandlingAct,
    SupervisionKind,
    SupervisionState,
)
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import NEW, Fault, RefusedError
from dashboard.posting.handling import Step, add_step, step_of
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.escalation import slips_by_matter
from dashboard.rules.handling import is_standing
from dashboard.rules.ladder import RUNGS, register_name

NEED_BASIS = frozenset({SupervisionKind.TALK, SupervisionKind.VETO})
"""Kinds that are put on record with what allows them."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """A step that a person takes toward a unit, as proposed or as the person wrote it.

    `by_post` signs in 单机模式. `month` is the bulletin in which a unit is named.
    """

    kind: SupervisionKind
    unit: str
    reason: str | None
    demand: str | None
    due_on: date | None = None
    task: str | None = None
    line: str | None = None
    round: str | None = None
    month: str | None = None
    basis: str | None = None
    by_post: str | None = None


def issue(engine: Engine, viewer: Viewer, plan: str, order: Order) -> str:
    """Take a step of the ladder; returns its code.

    Raises RefusedError with every fault, among them that one of the same or a higher rung stands.
    """
    with _registering(engine, viewer, plan, order, f"发出{order.kind.label}") as (opened, books):
        faults = [*_rung_faults(books, order), *_order_faults(books, order, opened)]
        made = _registered(opened, books, order)
        _refuse(faults)
        opened.add(made)
        for each in _standing(books, order):
            said = f"转为{register_name(made)}，一并办理"
            step = Step(ledger="supervision", code=each.code, text=said)
            add_step(opened, each, step_of(opened, each, HandlingAct.CLOSED, step))
    return made.code


def record_veto(engine: Engine, viewer: Viewer, plan: str, order: Order) -> str:
    """登记一票否决 that was decided elsewhere: its basis is required, nobody answers it here."""
    with _registering(engine, viewer, plan, order, "登记一票否决") as (opened, books):
        if order.kind is not SupervisionKind.VETO:
            raise ValueError(f"{order.kind} is a step of the ladder")
        faults = list(_order_faults(books, order, opened))
        made = _registered(opened, books, order)
        _refuse(faults)
        opened.add(made)
    return made.code


@contextmanager
def _registering(
    engine: Engine, viewer: Viewer, plan: str, order: Order, action: str
) -> Iterator[tuple[Entry, Books]]:
    """The posting with the books before it, signed by the post that issues."""
    typed = (order.by_post or "").strip()
    is_local = viewer.role is AccountRole.LOCAL
    post = typed if is_local and typed else None
    with entry(engine, plan, Signature(viewer, Right.SUPERVISE, action, post=post)) as opened:
        if is_local and not typed:
            raise RefusedError(Fault("supervision", NEW, "issued_by", "不能为空，请填写"))
        yield opened, load_in(opened.connection, plan, opened.known_at)


def _registered(opened: Entry, books: Books, order: Order) -> r.Supervision:
    """The row with the next number of its year and kind; what was withdrawn keeps its own."""
    today = shanghai_day(opened.known_at)
    is_veto = order.kind is SupervisionKind.VETO
    taken = (
        each.number
        for each in books.all(r.Supervision)
        if (each.year, each.kind) == (today.year, order.kind)
    )
    return r.Supervision(
        code=opened.next_code("supervision", "SV"),
        kind=order.kind,
        year=today.year,
        number=max(taken, default=0) + 1,
        unit=order.unit,
        reason=_said(order.reason),
        demand=_said(order.demand),
        issued_on=today,
        issued_by=opened.by_post,
        due_on=order.due_on,
        task=order.task,
        line=order.line,
        round=order.round,
        month=order.month,
        basis=_said(order.basis) or None,
        state=SupervisionState.CLOSED if is_veto else SupervisionState.OPEN,
        closed_on=today if is_veto else None,
    )


def _said(text: str | None) -> str:
    return (text or "").strip()


def _standing(books: Books, order: Order) -> tuple[r.Supervision, ...]:
    """What stands open over the same task toward the same unit."""
    if order.task is None:
        return ()
    slips = slips_by_matter(books)[order.task, order.unit]
    return tuple(each for each in slips if is_standing(each))


def _rung_faults(books: Books, order: Order) -> Iterator[Fault]:
    """Nothing is issued where one of the same or a higher rung stands over the same task."""
    if order.kind not in RUNGS:
        yield _fault("kind", "一票否决只登记，不由督办发出")
        return
    for each in _standing(books, order):
        if RUNGS.index(each.kind) >= RUNGS.index(order.kind):
            told = f"该单位这项任务已有{register_name(each)}在办，不能再发{order.kind.label}"
            yield _fault(None, told)


def _order_faults(books: Books, order: Order, opened: Entry) -> Iterator[Fault]:
    for name in ("reason", "demand"):
        if not _said(getattr(order, name)):
            yield _fault(name, "不能为空，请填写")
    if order.kind in NEED_BASIS and not _said(order.basis):
        yield _fault("basis", f"{order.kind.label}须写明依据的文件或决定")
    if order.kind is SupervisionKind.NAMING and not order.month:
        yield _fault("month", "请选择在哪个月的通报中点名")
    unit = books.find(r.Unit, order.unit)
    if unit is None or not unit.can_answer:
        yield _fault("unit", "请选择能够承办的单位")
    today = shanghai_day(opened.known_at)
    if order.kind in RUNGS and order.due_on is None:
        yield _fault("due_on", "不能为空，请填写")
    if order.due_on is not None and order.due_on < today:
        yield _fault("due_on", "不能早于今天")


def _fault(field: str | None, message: str) -> Fault:
    return Fault("supervision", NEW, field, message)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise RefusedError(*faults)
