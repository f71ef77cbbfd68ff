"""What a step of a problem may settle anew: its standard, unit, solution and date."""

from typing import Any

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import Field, fields_of
from dashboard.posting.problem_steps import Terms
from dashboard.rules.problems import is_proposed
from dashboard.widgets.desk import Desk
from dashboard.widgets.record_fields import Asked, ask

_FIELDS: dict[str, Field] = {field.name: field for field in fields_of(r.Problem)}


def ask_terms(desk: Desk, problem: r.Problem, key: str) -> Terms:
    """交办整改: the standard where it is still a proposal, then unit, date and solution."""
    standard = problem.closing_standard
    if is_proposed(problem):
        standard = _ask(desk, problem, "closing_standard", key) or ""
    left, right = st.columns(2)
    with left:
        unit = _ask(desk, problem, "unit", key)
    with right:
        due_on = _ask(desk, problem, "due_on", key)
    solution = _ask(desk, problem, "solution", key)
    return Terms(closing_standard=standard, unit=unit, solution=solution, due_on=due_on)


def ask_solution(desk: Desk, problem: r.Problem, key: str) -> str | None:
    """The solution as it stands, to be changed; what is left as it was is None."""
    entered: str | None = _ask(desk, problem, "solution", key)
    return None if entered == problem.solution else entered


def _ask(desk: Desk, problem: r.Problem, name: str, key: str) -> Any:
    labels = {"closing_standard": "销号标准"}
    return ask(Asked(desk.books, labels), _FIELDS[name], getattr(problem, name), f"{key}_{name}")
