"""A plan on its way in, as the page sees it: the document, its rows, and addresses within it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

import streamlit as st
from sqlalchemy import Engine

from dashboard.access.viewer import Viewer
from dashboard.drafting.rows import Row, Texts
from dashboard.ledgers.importing import RowState
from dashboard.policy.findings import Clause, Problem, Reading, Span
from dashboard.policy.reading import read
from dashboard.posting.import_reading import Document, DraftRow, document, rows_of
from dashboard.posting.importing import MovedOnError
from dashboard.widgets.keeping import kept
from dashboard.widgets.notice import outbox, post

PAGE = "plan_import"
DOCUMENT, PART, CLAUSE, ROW, AT = "document", "part", "clause", "row", "at"
"""The address's names: the document, the part of the work, the group of rows, the row, a place."""
_MOVED, _SEEN = "import_moved", "import_seen"


@dataclass(frozen=True)
class Course:
    """One document with its draft; whoever is before the page may take it up."""

    engine: Engine
    viewer: Viewer
    document: Document
    rows: tuple[DraftRow, ...]

    @cached_property
    def found(self) -> Reading:
        """What was read in the document, worked out once."""
        held = self.document
        return kept("plan reading", (held.sha256, held.id), lambda: read(held.text))

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return self.found.clauses

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.found.problems

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], DraftRow]:
        """The draft rows by ledger and code."""
        return {(each.row.ledger, each.row.code): each for each in self.rows}

    @cached_property
    def plain(self) -> Mapping[tuple[str, str], Row]:
        """The same as the ledgers' rows that they are to be."""
        return {key: each.row for key, each in self.by_key.items()}

    @cached_property
    def waiting(self) -> tuple[DraftRow, ...]:
        """The rows that still want a word."""
        return tuple(each for each in self.rows if each.state is RowState.WAITING)

    @cached_property
    def chosen(self) -> DraftRow | None:
        """The row that the address names."""
        named = st.query_params.get(ROW)
        return next((each for each in self.rows if str(each.id) == named), None)

    @property
    def place(self) -> Span | None:
        """The place that the address names, while the clause that it names is looked at."""
        start, _, rest = st.query_params.get(AT, "").partition("-")
        end, _, clause = rest.partition("-")
        if start.isdigit() and end.isdigit() and st.query_params.get(CLAUSE) == clause:
            return Span(int(start), int(end))
        return None

    @property
    def form(self) -> str:
        """The name under which this document's acts are posted."""
        return f"import_{self.document.id}"

    def address(self, **params: object) -> str:
        """A place on this document's page."""
        return import_address(document=self.document.id, **params)

    def seen(self, form: str) -> tuple[int, Texts]:
        """The version of the plan's own fields when a form was first drawn, and what they said."""
        held: dict[str, tuple[int, Texts]] = st.session_state.setdefault(_SEEN, {})
        return held.setdefault(form, (self.document.version, self.document.about))

    def post(self, act: Callable[[], object], said: str = "", *, about: int | None = None) -> None:
        """Do it once and draw the page anew; where somebody was faster, say so at that row."""

        def done() -> str:
            act()
            moved.clear()
            return said

        moved: dict[int | None, str] = st.session_state.setdefault(_MOVED, {})
        try:
            post(self.form, self.turn, done)
        except MovedOnError as error:
            self.note_moved(error, about)
            for form, (_, first) in st.session_state.get(_SEEN, {}).items():
                # Who sends again has been told what stands now.
                st.session_state[_SEEN][form] = (self.document.version, first)
            st.rerun()

    def note_moved(self, error: MovedOnError, about: int | None) -> None:
        """Note that somebody was faster; what was done before is no longer said."""
        st.session_state[_MOVED] = {about: str(error)}
        outbox().unsay()

    @property
    def turn(self) -> int:
        """Makes the forms new after each success."""
        return outbox().turn(self.form)

    def moved(self, about: int | None = None) -> str | None:
        """What kept the last act on this row from being done."""
        return self.all_moved.get(about)

    @property
    def all_moved(self) -> Mapping[int | None, str]:
        """The same for all rows."""
        held: dict[int | None, str] = st.session_state.get(_MOVED, {})
        return held


def import_address(**params: object) -> str:
    """An address of the page 方案导入."""
    kept_ = {name: value for name, value in params.items() if value is not None}
    return f"/{PAGE}?{urlencode(kept_)}" if kept_ else f"/{PAGE}"


def course_of(engine: Engine, viewer: Viewer) -> Course | None:
    """The document that the address names, with its draft."""
    named = st.query_params.get(DOCUMENT, "")
    held = document(engine, int(named)) if named.isdigit() and len(named) < _MOST_DIGITS else None
    return Course(engine, viewer, held, rows_of(engine, held.id)) if held else None


_MOST_DIGITS = 10


def go(**params: object) -> None:
    """Go to another place of the same document without leaving the page."""
    for name, value in params.items():
        if value is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = str(value)
