"""有需要协调解决的问题: raised in the same form, with the standard by which it will be closed."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import ProblemCategory
from dashboard.posting.faults import NEW, Fault
from dashboard.posting.problems import raised_by
from dashboard.widgets.filing_fields import day, short_text, text
from dashboard.widgets.filing_paper import Paper, save

PART = "有需要协调解决的问题"
LABELS = {
    "description": "问题描述",
    "category": "问题类别",
    "closing_standard": "建议的销号标准",
    "request": "需协调事项",
    "request_due_on": "希望何时前协调",
}
"""What this part calls the fields of a problem."""
_CATEGORIES = {each.value: each.label for each in ProblemCategory}


@dataclass(frozen=True)
class Trouble:
    """What was typed of a problem, complete or not."""

    description: str | None
    category: str | None
    closing_standard: str | None
    request: str | None
    request_due_on: date | None

    @property
    def is_blank(self) -> bool:
        return not any((self.description, self.closing_standard, self.request))


def trouble_part(paper: Paper) -> Trouble:
    """The collapsed part that asks for a problem; open where one was begun."""
    with st.expander(f"{PART}（没有可不填）", expanded=_begun(paper)):
        told = "什么问题，影响什么"
        description = text(paper, "problem_description", _must("description"), told, rows=2)
        category = _category(paper)
        told = "做到什么程度算解决"
        standard = short_text(paper, "problem_closing_standard", _must("closing_standard"), told)
        left, right = st.columns(2)
        with left:
            request = short_text(paper, "problem_request", LABELS["request"], "没有可不填")
        with right:
            by = _must("request_due_on") if request else LABELS["request_due_on"]
            request_due_on = day(paper, "problem_request_due_on", by)
    return Trouble(description, category, standard, request, request_due_on)


def _must(name: str) -> str:
    return f"{LABELS[name]}（必填）"


def _begun(paper: Paper) -> bool:
    """Whether the draft told of a problem when the form was opened.

    It stays what it was then, so that the part neither opens nor shuts while one types.
    """
    begun = any(paper.start.get(f"problem_{name}") for name in ("description", "request"))
    return bool(st.session_state.setdefault(paper.key("problem_begun"), begun))


def _category(paper: Paper) -> str | None:
    """All in sight: a list would shut again while what was typed before it is being saved."""
    return st.radio(
        _must("category"),
        list(_CATEGORIES),
        index=None,
        format_func=_CATEGORIES.__getitem__,
        key=paper.begin("problem_category"),
        horizontal=True,
        on_change=save,
        args=(paper,),
    )


def missing_of(given: Trouble) -> list[Fault]:
    """What a problem that was begun still lacks, in one sentence."""
    if given.is_blank:
        return []
    wanted = ["description", "category", "closing_standard"]
    wanted += ["request_due_on"] if given.request else []
    blank = "、".join(f"“{LABELS[name]}”" for name in wanted if not getattr(given, name))
    told = f"提出问题还须填写{blank}；没有问题的，请把该部分清空"
    return [Fault("problem", NEW, None, told)] if blank else []


def problem_of(paper: Paper, given: Trouble) -> r.Problem | None:
    """The problem as it is to be opened; what it needs was looked for by `missing_of`."""
    if given.is_blank:
        return None
    unit = paper.desk.books.get(r.Unit, paper.ask.line.unit)
    return raised_by(
        unit,
        description=given.description or "",
        category=ProblemCategory.parse(given.category or ""),
        found_on=paper.desk.today,
        closing_standard=given.closing_standard or "",
        task=paper.ask.line.task,
        request=given.request,
        request_due_on=given.request_due_on,
    )
