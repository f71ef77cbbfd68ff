"""Practice problems and directives, each opened and then carried on step by step."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from operator import itemgetter

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import DirectiveSource
from dashboard.practice.diary import Deed, moment
from dashboard.practice.tables import Row, changes_of, record_of, table
from dashboard.rules.problems import changes_after


def problem_deeds(books: Books) -> Iterator[Deed]:
    """The problems as they were found, handed out, worked on, closed and, one of them, reopened."""
    standing: dict[str, r.Problem] = {}
    for row in table(books.plan.code, "problems"):
        problem = record_of(r.Problem, row)
        standing[problem.code] = problem
        yield Deed(moment(problem.found_on, 14), "登记问题", rows=(problem,))
    for number, (at, row) in enumerate(_steps(books.plan.code), 1):
        step = record_of(r.ProblemStep, row, code=f"PS{number:06d}")
        changes = changes_after(standing[step.problem], step)
        standing[step.problem] = replace(standing[step.problem], **changes)
        changed = {step.problem: changes}
        yield Deed(at, step.act.label, by_post=step.by_post, rows=(step,), changes=changed)


def _steps(plan_code: str) -> list[tuple[datetime, Row]]:
    """The rows of the steps with their moments, in order of time; two of a day apart."""
    rows = table(plan_code, "problem_steps")
    days = [(row["问题"], row["日期"]) for row in rows]
    hours = (15 + days[:place].count(day) for place, day in enumerate(days))
    found = zip((date.fromisoformat(row["日期"]) for row in rows), hours, rows, strict=True)
    return sorted(((moment(day, hour), row) for day, hour, row in found), key=itemgetter(0))


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
