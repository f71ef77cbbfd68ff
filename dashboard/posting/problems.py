"""Problems and directives enter the books; the closing standard is written when one is opened."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load_plan
from dashboard.posting.entry import Signature, entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.plans import now_of
from dashboard.rules.calendar import shanghai_day


def raise_problem(engine: Engine, viewer: Viewer, plan: str, problem: r.Problem) -> str:
    """Add a problem under the next free code, which is returned. Raises RefusedError."""
    today = shanghai_day(now_of(load_plan(engine, plan)))
    if faults := problem_faults(problem, today):
        raise RefusedError(*faults)
    units = frozenset({problem.unit})
    signature = Signature(viewer, Right.RAISE_PROBLEM, "登记问题", units)
    with entry(engine, plan, signature) as opened:
        code = opened.next_code("problem", "P")
        opened.add(replace(problem, code=code))
    return code


def problem_faults(problem: r.Problem, today: date) -> list[Fault]:
    """What is wrong with a problem's dates and requests."""

    def fault(field: str, message: str) -> Fault:
        return Fault("problem", problem.code, field, message)

    found = []
    if problem.found_on > today:
        found.append(fault("found_on", "不能晚于今天"))
    for field in ("due_on", "request_due_on"):
        day = getattr(problem, field)
        if day is not None and day < problem.found_on:
            found.append(fault(field, "不能早于发现时间"))
    if problem.request and problem.request_due_on is None:
        found.append(fault("request_due_on", "有需协调事项时，请填写希望何时前协调"))
    return found


def issue_directive(engine: Engine, viewer: Viewer, plan: str, directive: r.Directive) -> str:
    """Add a directive under the next free code, which is returned. Raises RefusedError.

    What a leader's written instruction asks for is entered by a right of its own.
    """
    if faults := directive_faults(directive):
        raise RefusedError(*faults)
    right = Right.DIRECT if directive.register_no is None else Right.REGISTER_INSTRUCTION
    with entry(engine, plan, Signature(viewer, right, "交办事项")) as opened:
        code = opened.next_code("directive", "D")
        opened.add(replace(directive, code=code))
    return code


def directive_faults(directive: r.Directive) -> list[Fault]:
    """What is wrong with a directive's dates."""
    if directive.due_on >= directive.issued_on:
        return []
    return [Fault("directive", directive.code, "due_on", "办结时限不能早于交办日期")]
