"""Practice problems and directives, each opened and then carried on step by step."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from operator import itemgetter

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import DirectiveSource, HandlingAct
from dashboard.posting.plans import OFFICE
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
    standing: dict[str, r.Directive] = {}
    for row in table(books.plan.code, "directives"):
        directive = record_of(r.Directive, row)
        standing[directive.code] = directive
        is_dispatch = directive.source is DirectiveSource.DISPATCH
        at = moment(directive.issued_on, 10 if is_dispatch else 15, 30)
        yield Deed(at, "交办事项", rows=(directive,))
    for number, row in enumerate(table(books.plan.code, "directive_steps"), 1):
        at = moment(date.fromisoformat(row["日期"]), 16)
        step = _handled(books, standing[row["编号"]], row, f"HS{number:06d}")
        changed = {row["编号"]: changes_of(r.Directive, row)}
        action = f"交办事项{step.act.label}"
        yield Deed(at, action, by_post=step.by_post, rows=(step,), changes=changed)


def _handled(books: Books, directive: r.Directive, row: Row, code: str) -> r.HandlingStep:
    """What the unit answered, or that the office closed it."""
    is_closed = bool(row["办结日期"])
    unit = books.get(r.Unit, directive.unit).name
    return r.HandlingStep(
        code=code,
        act=HandlingAct.CLOSED if is_closed else HandlingAct.ANSWERED,
        done_on=date.fromisoformat(row["日期"]),
        by_post=OFFICE if is_closed else f"{unit}联络员",
        directive=directive.code,
        text=row["反馈情况"] or None,
    )
