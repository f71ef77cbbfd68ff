"""Everything with which closing (销号) was ever asked for: by a problem's step or by a filing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, Engine, select

from dashboard.ledgers.database import reading
from dashboard.ledgers.tables import TABLES
from dashboard.ledgers.terms import ProblemAct
from dashboard.wording import SHANGHAI


@dataclass(frozen=True)
class ClosingAsked:
    """One asking: its step or filing, what it is about, what was said and shown.

    `subject` is the code of the problem or of the reporting line, `files` are names by SHA-256.
    """

    code: str
    subject: str
    is_problem: bool
    text: str | None
    by_post: str | None
    asked_on: date
    files: Mapping[str, str] = field(default_factory=dict)


def closings_asked(engine: Engine, plan: str, as_of: datetime) -> tuple[ClosingAsked, ...]:
    """Every asking for closing known at an instant: problems first, each oldest first.

    Three queries, whatever the number.
    """
    with reading(engine) as connection:
        files = _files(connection, plan, as_of)
        steps = _steps(connection, plan, as_of, files)
        return (*steps, *_filings(connection, plan, as_of, files))


_Files = Mapping[tuple[str, int], Mapping[str, str]]


def _files(connection: Connection, plan: str, as_of: datetime) -> _Files:
    evidence, owner = TABLES["evidence"], TABLES["plan"]
    columns = (evidence.c.sha256, evidence.c.name, evidence.c.step_id, evidence.c.filing_id)
    query = select(*columns).join(owner, owner.c.id == evidence.c.plan_id)
    query = query.where(owner.c.code == plan, evidence.c.known_at <= as_of)
    found: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for row in connection.execute(query.order_by(evidence.c.id)):
        kept = ("step", row.step_id) if row.step_id is not None else ("filing", row.filing_id)
        found[kept][row.sha256] = row.name
    return found


def _steps(connection: Connection, plan: str, as_of: datetime, files: _Files) -> list[ClosingAsked]:
    step, problem, owner = TABLES["problem_step"], TABLES["problem"], TABLES["plan"]
    query = (
        select(step, problem.c.code.label("problem_code"))
        .join(problem, problem.c.id == step.c.problem_id)
        .join(owner, owner.c.id == step.c.plan_id)
        .where(owner.c.code == plan, step.c.known_at <= as_of, step.c.act == ProblemAct.ASKED)
        .order_by(step.c.id)
    )
    return [
        ClosingAsked(
            code=row.code,
            subject=row.problem_code,
            is_problem=True,
            text=row.text,
            by_post=row.by_post,
            asked_on=row.done_on,
            files=files.get(("step", row.id), {}),
        )
        for row in connection.execute(query)
    ]


def _filings(
    connection: Connection, plan: str, as_of: datetime, files: _Files
) -> list[ClosingAsked]:
    filing, line, owner = TABLES["filing"], TABLES["reporting_line"], TABLES["plan"]
    query = (
        select(filing, line.c.code.label("line_code"))
        .join(line, line.c.id == filing.c.line_id)
        .join(owner, owner.c.id == filing.c.plan_id)
        .where(owner.c.code == plan, filing.c.known_at <= as_of, filing.c.is_done)
        .order_by(filing.c.id)
    )
    return [
        ClosingAsked(
            code=row.code,
            subject=row.line_code,
            is_problem=False,
            text=row.text,
            by_post=row.filed_by,
            asked_on=row.received_at.astimezone(SHANGHAI).date(),
            files=files.get(("filing", row.id), {}),
        )
        for row in connection.execute(query)
    ]
