"""Problems and directives enter the books; the closing standard is written when one is opened."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Engine

from dashboard.ledgers import records as r
from dashboard.ledgers.books import load_plan
from dashboard.posting.entry import Signature, entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.plans import OFFICE, now_of
from dashboard.rules.calendar import shanghai_day


def raise_problem(engine: Engine, plan: str, problem: r.Problem, *, by_post: str = OFFICE) -> str:
    """Add a problem under the next free code, which is returned. Raises RefusedError."""
    today = shanghai_day(now_of(load_plan(engine, plan)))
    if faults := list(_problem_faults(problem, today)):
        raise RefusedError(*faults)
    with entry(engine, plan, Signature(by_post, "登记问题")) as opened:
        code = opened.next_code("problem", "P")
        opened.add(replace(problem, code=code))
    return code


def _problem_faults(problem: r.Problem, today: date) -> list[Fault]:
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


def issue_directive(
    engine: Engine, plan: str, directive: r.Directive, *, by_post: str = OFFICE
) -> str:
    """Add a directive under the next free code, which is returned. Raises RefusedError."""
    if directive.due_on < directive.issued_on:
        message = "办结时限不能早于交办日期"
        raise RefusedError(Fault("directive", directive.code, "due_on", message))
    with entry(engine, plan, Signature(by_post, "交办事项")) as opened:
        code = opened.next_code("directive", "D")
        opened.add(replace(directive, code=code))
    return code
