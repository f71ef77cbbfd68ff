"""One item's form and its draft: what is typed is kept as it is typed, and there again later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.ledgers.books import load_plan
from dashboard.ledgers.terms import FilingWay
from dashboard.posting.drafts import Drafted, drafts_of, drop_draft, save_draft
from dashboard.posting.plans import now_of
from dashboard.rules.asking import Ask
from dashboard.rules.prefill import prefilled, sum_so_far
from dashboard.widgets.desk import Desk
from dashboard.widgets.notice import REFUSALS, outbox

_DRAFTS = "filing_drafts"
FIELDS = (
    *("new", "value", "text", "next_step", "is_done", "no_event", "corrects"),
    *("reason", "remedy", "expected_on", "experience"),
    *("problem_description", "problem_category", "problem_closing_standard"),
    *("problem_request", "problem_request_due_on"),
)
"""What a person types; evidence is kept beside it."""
BASE, EVIDENCE = "base", "evidence"
MET = "filing_met"
"""The title of an item on which somebody else has filed, until it is told once."""


@dataclass(frozen=True)
class Came:
    """How a report reached the office: by what way, from which post, and when if not just now."""

    way: FilingWay
    filed_by: str
    received_at: datetime | None = None

    @property
    def is_own(self) -> bool:
        """Whether the unit reports for itself, and so says why it is late."""
        return self.way is FilingWay.SELF


def has_other_books(desk: Desk) -> bool:
    """Whether practice data came or went since the page was drawn.

    What was typed among practice data must reach the real books neither as filing nor as draft.
    """
    return load_plan(desk.engine, desk.plan.code).practice_now != desk.plan.practice_now


def read_drafts(desk: Desk) -> Mapping[str, Drafted]:
    """The viewer's drafts, read once a run of the page; cards keep them up to date after that."""
    held = drafts_of(desk.engine, desk.viewer, desk.plan.code)
    st.session_state[_DRAFTS] = held
    return held


@dataclass(frozen=True)
class Paper:
    """The form of one item as it is drawn; `turn` makes its fields new once it was filed."""

    desk: Desk
    ask: Ask
    came: Came
    turn: int

    @property
    def line(self) -> str:
        return self.ask.line.code

    @property
    def form(self) -> str:
        return form_of(self.line)

    @property
    def draft(self) -> Drafted | None:
        held: Mapping[str, Drafted] = st.session_state.get(_DRAFTS, {})
        return held.get(self.line)

    @property
    def start(self) -> Mapping[str, Any]:
        """What the fields begin with: the draft, else what need not be typed again."""
        if self.draft:
            return self.draft.content
        return prefilled(self.desk.judgement, self.ask)

    @property
    def seen(self) -> str | None:
        """The line's last filing as the author saw it when the draft was begun."""
        if self.draft:
            return self.draft.seen
        return self.ask.last.code if self.ask.last else None

    @property
    def base(self) -> float | None:
        """The sum to which the draft's author adds; others may have filed since."""
        if self.draft and self.draft.seen != (self.ask.last.code if self.ask.last else None):
            held = self.draft.content.get(BASE)
            return None if held is None else float(held)
        return sum_so_far(self.desk.judgement, self.ask)

    @property
    def theirs(self) -> r.Filing | None:
        """What somebody else filed on the item since this draft was begun."""
        met = st.session_state.get(self.key("met"))
        if isinstance(met, r.Filing):
            return met
        is_older = self.ask.last is not None and self.seen != self.ask.last.code
        return self.ask.last if is_older else None

    @property
    def is_open(self) -> bool:
        return bool(st.session_state.get(self.key("open")))

    @property
    def now(self) -> datetime:
        """When the report is taken to be received."""
        return self.came.received_at or now_of(self.desk.plan)

    def key(self, name: str) -> str:
        """A field's key; the browser's script knows by it what to send as it is typed."""
        return f"draft_{self.line}_{self.turn}_{name}"

    def begin(self, name: str) -> str:
        """Put what the field begins with into it, where it is drawn for the first time."""
        key, value = self.key(name), self.start.get(name)
        if key not in st.session_state and value is not None:
            st.session_state[key] = _typed(name, value)
        return key


def form_of(line: str) -> str:
    """What the outbox calls the form of a line."""
    return f"filing_{line}"


def paper_of(desk: Desk, ask: Ask, came: Came) -> Paper:
    """The form of a line at its present turn."""
    return Paper(desk, ask, came, outbox().turn(form_of(ask.line.code)))


def save(paper: Paper, **more: Any) -> None:
    """Keep what stands in the fields; what may not be stored is said beside them."""
    if has_other_books(paper.desk):
        return
    typed = {
        name: _plain(st.session_state[paper.key(name)])
        for name in FIELDS
        if paper.key(name) in st.session_state
    }
    content = {**_all_plain(paper.start), BASE: paper.base, **typed, **more}
    content = {name: value for name, value in content.items() if value not in (None, "", [])}
    desk = paper.desk
    given = (desk.engine, desk.viewer, desk.plan.code, paper.line, content)
    try:
        saved_at = save_draft(*given, seen=paper.seen)
    except REFUSALS as refused:
        st.session_state[paper.key("fault")] = refused
        return
    st.session_state.pop(paper.key("fault"), None)
    made = Drafted(paper.seen, content, saved_at)
    st.session_state[_DRAFTS] = {**st.session_state.get(_DRAFTS, {}), paper.line: made}


def throw_away(paper: Paper, message: str) -> None:
    """Drop the draft and begin the form anew."""
    desk = paper.desk
    try:
        drop_draft(desk.engine, desk.viewer, desk.plan.code, paper.line)
    except REFUSALS as refused:
        st.session_state[paper.key("fault")] = refused
        return
    outbox().sent(paper.form, message)


def _all_plain(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in content.items()}


def _typed(name: str, value: Any) -> Any:
    """A value of a draft as its field takes it."""
    if name in ("expected_on", "problem_request_due_on") and isinstance(value, str):
        return date.fromisoformat(value)
    return float(value) if name in ("new", "value") else value


def _plain(value: Any) -> Any:
    """A value as a draft holds it."""
    return value.isoformat() if isinstance(value, date) else value
