"""The whole plan as held, as one JSON object of flat records (design §7).

The same plan as of the same day gives the same bytes: nothing here depends on the hour of export
or on who asks. Ledgers for the office's eyes alone have no list here.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.history import Filed
from dashboard.rules.items import in_force
from dashboard.rules.judgement import Judgement
from dashboard.rules.standards import up_to_standard
from dashboard.rules.withheld import shown
from dashboard.sheets.plan_folder import carried
from dashboard.wording import at_least_five, is_few

Flat = dict[str, Any]


def whole_plan(judgement: Judgement, filed: Sequence[Filed]) -> bytes:
    """The plan, its ledgers and its verdicts as UTF-8 JSON."""
    books = judgement.books
    content = {
        "plan": _plan(judgement),
        "clauses": [_flat(row) for row in books.all(r.Clause)],
        "units": [_unit(books, row) for row in books.all(r.Unit)],
        "memberships": [_named(books, row) for row in books.all(r.Membership)],
        "work_groups": [_work_group(books, row) for row in books.all(r.WorkGroup)],
        "tasks": list(_tasks(judgement)),
        "measures": [_measure(books, row) for row in books.all(r.Measure)],
        "responsibilities": [_named(books, row) for row in books.all(r.Responsibility)],
        "deadlines": [_flat(row) for row in books.all(r.Deadline)],
        "milestones": [_flat(row) for row in books.all(r.Milestone)],
        "indicators": list(_indicators(judgement)),
        "reporting_lines": [_named(books, row) for row in books.all(r.ReportingLine)],
        "host_lists": [_flat(row) for row in books.all(r.HostList)],
        "hosts": [_named(books, row) for row in books.all(r.Host)],
        "listed_hosts": [_flat(row) for row in books.all(r.ListedHost)],
        "standards": [_flat(row) for row in books.all(r.StandardItem)],
        "stations": [_station(judgement, row) for row in books.all(r.Station)],
        "inspections": [_flat(row) for row in books.all(r.Inspection)],
        "problems": [_named(books, row) for row in books.all(r.Problem)],
        "problem_steps": [_flat(row) for row in books.all(r.ProblemStep)],
        "dispatches": [_flat(row) for row in books.all(r.Dispatch)],
        "agenda_points": [_flat(row) for row in books.all(r.AgendaPoint)],
        "directives": [_named(books, row) for row in books.all(r.Directive)],
        "supervisions": [_named(books, row) for row in books.all(r.Supervision)],
        "handling_steps": [_flat(row) for row in books.all(r.HandlingStep)],
        "passages": [_flat(row) for row in books.all(r.Passage)],
        "phrases": [_flat(row) for row in books.all(r.Phrase)],
        "filings": [_filing(books, each) for each in filed],
        "observations": [_named(books, row) for row in books.all(r.Observation)],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, default=_plain)
    return f"{text}\n".encode()


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def _flat(row: r.Record) -> Flat:
    """A record's fields; its code is called `id`, references stay codes."""
    names = [field.name for field in carried(type(row)) if field.name != "code"]
    values = {name: getattr(row, name) for name in names}
    marks = {"is_practice": True} if row.is_practice else {}
    return {"id": row.code, **values, **marks}


def _named(books: Books, row: r.Record) -> Flat:
    """A record with its units by their canonical names."""
    flat = _flat(row)
    for field in carried(type(row)):
        if field.ref == "unit" and flat[field.name] is not None:
            flat[field.name] = books.get(r.Unit, flat[field.name]).name
    return flat


def _plan(judgement: Judgement) -> Flat:
    plan = judgement.books.plan
    return {
        **_flat(plan),
        "office_unit": judgement.books.get(r.Unit, plan.office_unit).name,
        "as_of": judgement.today,
        "has_practice_data": judgement.books.has_practice,
    }


def _unit(books: Books, row: r.Unit) -> Flat:
    flat = _named(books, row)
    aliases = row.aliases.split("、") if row.aliases else []
    return {**flat, "aliases": aliases, "order": row.seq}


def _work_group(books: Books, row: r.WorkGroup) -> Flat:
    posts = books.by(r.Post, "work_group")[row.code]
    return {**_named(books, row), "posts": [{"rank": p.rank, "post": p.post} for p in posts]}


def _tasks(judgement: Judgement) -> Iterable[Flat]:
    for each in judgement.tasks:
        yield {
            **_flat(each.task),
            "due_on": each.due_on,
            "recurrence": each.recurrence,
            "light": each.light,
            "freshness": each.freshness,
            "reason": each.reason,
        }


def _measure(books: Books, row: r.Measure) -> Flat:
    standing = in_force(books.by(r.Deadline, "measure")[row.code])
    return {
        **_flat(row),
        "due_on": standing.due_on if standing else None,
        "recurrence": standing.recurrence if standing else None,
    }


def _indicators(judgement: Judgement) -> Iterable[Flat]:
    verdicts = {each.item.code: each for each in judgement.items}
    for row in judgement.books.all(r.Indicator):
        judged = verdicts.get(row.code)
        deadline = judged.item.deadline if judged else None
        found: Flat = {"due_on": deadline.due_on if deadline else None}
        found["recurrence"] = deadline.recurrence if deadline else None
        if judged:
            found |= {
                "current_value": judged.figure.value,
                "expected_value": judged.verdict.expected,
                "light": judged.verdict.light,
                "reason": judged.verdict.reason,
            }
        yield {**_flat(row), **found}


def _station(judgement: Judgement, row: r.Station) -> Flat:
    """A station; its place only where it may be found, and no number that would name persons."""
    flat = _named(judgement.books, shown(row))
    served = {"served": None} if is_few(row.served) else {}
    return {
        **flat,
        **served,
        "served_words": None if row.served is None else at_least_five(row.served),
        "state": row.state(judgement.today),
        "is_up_to_standard": up_to_standard(judgement.books, row),
    }


def _filing(books: Books, each: Filed) -> Flat:
    line = books.find(r.ReportingLine, each.filing.line)
    unit = books.get(r.Unit, line.unit).name if line else None
    place = (
        {"task": line.task, "measure": line.measure, "indicator": line.indicator} if line else {}
    )
    verdict = {"verdict": each.verdict, "opinion": each.opinion}
    return {**_flat(each.filing), "unit": unit, **place, **verdict}
