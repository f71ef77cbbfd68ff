"""What the reader could not settle: each problem with its cure and the places where it stands."""

from html import escape

import streamlit as st

from dashboard.policy.findings import Clause, Problem
from dashboard.posting.import_reading import DraftRow
from dashboard.widgets.import_course import Course
from dashboard.widgets.table import link

_MOST_PLACES = 30


def problems(at: Course) -> None:
    """Problems of one kind together, with a link to each place."""
    if not at.problems:
        return
    rows = {each.row.span: each for each in at.rows if each.row.span and each.row.clause}
    found: dict[str, list[str]] = {}
    for each in at.problems:
        found.setdefault(each.message, []).append(_place(at, each, rows.get(each.span)))
    told = "".join(
        f"<li>▲ {escape(message)}　{_places(list(dict.fromkeys(of)))}</li>"
        for message, of in found.items()
    )
    st.html(f'<ul class="g-links g-problems">{told}</ul>')


def _places(found: list[str]) -> str:
    more = f"等{len(found)}处" if len(found) > _MOST_PLACES else ""
    return "　".join(found[:_MOST_PLACES]) + more


def _place(at: Course, each: Problem, row: DraftRow | None) -> str:
    """A link to the row that stands at a problem's place, else to the place itself."""
    clause = clause_at(at, each.span.start)
    name = clause.id if clause else "文首"
    if row is not None:
        return link(name, at.address(part="rows", clause=row.row.clause, row=row.id)).html
    place = f"{each.span.start}-{each.span.end}-{name}"
    return link(name, at.address(part="rows", clause=name, at=place)).html


def clause_at(at: Course, place: int) -> Clause | None:
    """The innermost clause at a place of the text."""
    holding = [each for each in at.clauses if each.span.start <= place < each.span.end]
    return min(holding, key=lambda each: each.span.end - each.span.start, default=None)
