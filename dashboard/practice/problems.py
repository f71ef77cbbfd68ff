"""Practice problems and directives, each opened and then carried on step by step."""

from collections.abc import Iterator
from datetime import date

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import DirectiveSource, ProblemState
from dashboard.practice.diary import Deed, moment
from dashboard.practice.tables import changes_of, record_of, table

_ACTIONS = {
    ProblemState.SOLVING: "整改进展",
    ProblemState.TO_CHECK: "申请核查",
    ProblemState.CLOSED: "核查销号",
    ProblemState.REOPENED: "重新挂账",
}


def problem_deeds(books: Books) -> Iterator[Deed]:
    """The problems as they were found, worked on, closed and, one of them, reopened."""
    for row in table(books.plan.code, "problems"):
        problem = record_of(r.Problem, row)
        yield Deed(moment(problem.found_on, 15), "登记问题", rows=(problem,))
    reopened: dict[str, int] = {}
    for row in table(books.plan.code, "problem_steps"):
        fields = changes_of(r.Problem, row)
        state = ProblemState.parse(row["状态"])
        if state is ProblemState.REOPENED:
            reopened[row["编号"]] = reopened.get(row["编号"], 0) + 1
            fields |= {"reopenings": reopened[row["编号"]], "closed_on": None}
        at = moment(date.fromisoformat(row["日期"]), 15, 30)
        yield Deed(at, _ACTIONS[state], changes={row["编号"]: fields})


def directive_deeds(books: Books) -> Iterator[Deed]:
    """The directives as the dispatches gave them, answered and closed."""
    for row in table(books.plan.code, "directives"):
        directive = record_of(r.Directive, row)
        is_dispatch = directive.source is DirectiveSource.DISPATCH
        at = moment(directive.issued_on, 10 if is_dispatch else 15, 30)
        yield Deed(at, "交办事项", rows=(directive,))
    for row in table(books.plan.code, "directive_steps"):
        at = moment(date.fromisoformat(row["日期"]), 16)
        action = "交办事项办结" if row["办结日期"] else "交办事项反馈"
        yield Deed(at, action, changes={row["编号"]: changes_of(r.Directive, row)})
