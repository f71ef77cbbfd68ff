"""Fill a plan's books with practice data, up to the practice clock."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from random import Random

from sqlalchemy import Engine

from dashboard.access.viewer import Viewer
from dashboard.ledgers.books import Books, load, load_plan
from dashboard.ledgers.records import Plan
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.plans import real_rows, start_practice
from dashboard.practice.diary import Deed, write
from dashboard.practice.filings import filing_deeds
from dashboard.practice.problems import directive_deeds, problem_deeds
from dashboard.practice.stations import station_deeds
from dashboard.practice.tables import has_tables
from dashboard.rules.calendar import SHANGHAI, shanghai_day
from dashboard.rules.judgement import times_of
from dashboard.rules.rounds import rounds
from dashboard.settings import Settings

PRACTICE_NOW = datetime(2023, 9, 22, 18, tzinfo=SHANGHAI)
"""A Friday after its dispatch, before the Mid-Autumn and National Day holidays."""


def fill(
    engine: Engine, viewer: Viewer, plan_code: str, settings: Settings, seed: int = 2023
) -> int:
    """Set the practice clock and write the practice data; returns the rows written.

    Raises RefusedError for a plan with real records, with practice data or without tables.
    """
    plan = load_plan(engine, plan_code)
    if message := _refusal(engine, plan):
        raise RefusedError(Fault("plan", plan_code, None, message))
    start_practice(engine, viewer, plan_code, now=PRACTICE_NOW, started_on=plan.issued_on)
    books = load(engine, plan_code, PRACTICE_NOW)
    return write(engine, viewer, books, _deeds(books, settings, Random(seed)))  # noqa: S311


def _refusal(engine: Engine, plan: Plan) -> str | None:
    if not has_tables(plan.code):
        return "该方案没有配套的演示数据"
    if plan.practice_now is not None:
        return "已有演示数据，如需重新载入，请先清除"
    if real := real_rows(engine, plan.code):
        return f"账中已有{real}条正式记录，不能载入演示数据"
    return None


def _deeds(books: Books, settings: Settings, rng: Random) -> Iterator[Deed]:
    held = rounds(books.plan.in_use_from, shanghai_day(PRACTICE_NOW), times_of(settings))
    return chain(
        station_deeds(books, rng),
        filing_deeds(books, held, rng),
        problem_deeds(books),
        directive_deeds(books),
    )
