"""Problems and directives enter the books; the closing standard is written when one is opened."""

import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load_in, load_plan
from dashboard.ledgers.shape import fields_of, ledger_of
from dashboard.ledgers.terms import DirectiveSource, ProblemSource
from dashboard.posting.entry import entry
from dashboard.posting.faults import NEW, Fault, RefusedError
from dashboard.posting.plans import now_of
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import shanghai_day

_LATER = frozenset(
    {
        *("state", "asked_by", "asked_on", "checked_by", "check_opinion", "checked_on"),
        *("confirmed_by", "closed_on", "reopenings", "looked_back_on", "answer", "answered_on"),
    }
)
"""What becomes of a problem or directive, and is no part of its beginning."""


def raise_problem(engine: Engine, viewer: Viewer, plan: str, problem: r.Problem) -> str:
    """Add a problem under the next free code, which is returned. Raises RefusedError."""
    today = shanghai_day(now_of(load_plan(engine, plan)))
    if faults := [*problem_faults(problem, today), *beginning_faults(problem)]:
        raise RefusedError(*faults)
    units = frozenset({problem.unit})
    signature = Signature(viewer, Right.RAISE_PROBLEM, "登记问题", units)
    with entry(engine, plan, signature) as opened:
        code = opened.next_code("problem", "P")
        opened.add(replace(problem, code=code))
    return code


def raised_by(unit: r.Unit, **fields: Any) -> r.Problem:
    """A problem that its own unit raises, not yet in the books."""
    source = ProblemSource.TOWN if unit.is_local else ProblemSource.DEPARTMENT
    return r.Problem(code=NEW, source=source, unit=unit.code, **fields)


def beginning_faults(row: r.Record) -> list[Fault]:
    """Whatever is entered is open: nobody checks, answers or closes it in the same breath."""
    ledger = ledger_of(row)
    return [
        Fault(ledger, row.code, field.name, "登记时不能填写，请按程序办理")
        for field in fields_of(type(row))
        if field.name in _LATER and getattr(row, field.name) != field.default
    ]


def problem_faults(problem: r.Problem, today: date) -> list[Fault]:
    """What is wrong with a problem's dates and requests."""

    def fault(field: str, message: str, *, is_whole: bool = False) -> Fault:
        return Fault("problem", problem.code, field, message, is_whole)

    found = []
    if problem.found_on > today:
        found.append(fault("found_on", "不能晚于今天"))
    for field in ("due_on", "request_due_on"):
        day = getattr(problem, field)
        if day is not None and day < problem.found_on:
            found.append(fault(field, "不能早于发现时间"))
    if problem.request and problem.request_due_on is None:
        told = "有需协调事项时，请填写希望何时前协调"
        found.append(fault("request_due_on", told, is_whole=True))
    return found


def issue_directive(engine: Engine, viewer: Viewer, plan: str, directive: r.Directive) -> str:
    """Add a directive under the next free code, which is returned. Raises RefusedError.

    What a leader's written instruction asks for is entered by a right of its own.
    """
    is_registered = directive.register_no is not None
    right = Right.REGISTER_INSTRUCTION if is_registered else Right.DIRECT
    action = "登记批示办理要求" if is_registered else "登记交办事项"
    with entry(engine, plan, Signature(viewer, right, action)) as opened:
        books = load_in(opened.connection, plan, opened.known_at)
        faults = [*directive_faults(directive), *register_faults(books, directive)]
        faults += beginning_faults(directive)
        if directive.issued_on > shanghai_day(opened.known_at):
            faults.append(Fault("directive", directive.code, "issued_on", "不能晚于今天"))
        if faults:
            raise RefusedError(*faults)
        code = opened.next_code("directive", "D")
        opened.add(replace(directive, code=code))
    return code


def directive_faults(directive: r.Directive) -> list[Fault]:
    """What is wrong with a directive by itself: its dates, where an instruction comes from."""

    def fault(field: str, message: str) -> Fault:
        return Fault("directive", directive.code, field, message, is_whole=True)

    found = []
    if directive.due_on < directive.issued_on:
        found.append(fault("due_on", "办结时限不能早于交办日期"))
    if directive.register_no and directive.source is not DirectiveSource.LEADER:
        found.append(fault("source", "有批示登记号的，来源应为领导交办"))
    return found


def register_faults(books: Books, directive: r.Directive) -> list[Fault]:
    """A register number stands for one instruction, and so for one row."""
    if directive.register_no is None:
        return []
    wanted = _plain(directive.register_no)
    return [
        Fault("directive", directive.code, "register_no", f"已登记为{each.code}，不能重复登记")
        for each in books.all(r.Directive)
        if each.code != directive.code and wanted == _plain(each.register_no or "")
    ]


def _plain(register_no: str) -> str:
    """A register number as it is compared: full-width signs and blanks make no other number."""
    return "".join(unicodedata.normalize("NFKC", register_no).casefold().split())
