"""The form of one draft row; what is saved is accepted with it."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.drafting.row_words import field_words
from dashboard.ledgers.shape import label_of
from dashboard.posting.import_reading import DraftRow
from dashboard.posting.importing import save_row
from dashboard.widgets.import_course import Course
from dashboard.widgets.import_fields import ask, open_fields, shown

EDITING = "import_editing"
_BEGAN = "import_began"


def row_form(at: Course, each: DraftRow) -> None:
    """Draw the ledger's fields; only what was changed here is saved."""
    key = f"import_form_{each.id}_{at.turn}"
    fields = open_fields(each.row.ledger)
    began: dict[str, _Began] = st.session_state.setdefault(_BEGAN, {})
    before = {field.name: shown(each.row, field) for field in fields}
    first = began.setdefault(key, _Began(each.version, before))
    with st.form(key, border=True):
        now = _ask_all(at, each, key)
        _meanwhile(at, each, now)
        is_sent = st.form_submit_button("保存并采用", type="primary")
    changes = {name: text for name, text in now.items() if text != first.fields[name]}
    if is_sent:

        def act() -> None:
            began[key] = _Began(each.version, first.fields)  # whoever sends again has been told
            save_row(at.engine, at.viewer, at.document.id, each.id, changes, seen=first.version)
            began.clear()

        at.post(act, "已保存并采用。", about=each.id)


def _ask_all(at: Course, each: DraftRow, key: str) -> dict[str, str | None]:
    """In pairs, long texts across; in this order also on a phone."""
    given: dict[str, str | None] = {}
    free: list[DeltaGenerator] = []
    for field in open_fields(each.row.ledger):
        if field.name in _WIDE:
            place, free = st.container(), []
        else:
            free = free or list(st.columns(2))
            place = free.pop(0)
        with place:
            given[field.name] = ask(at, each.row, field, f"{key}_{field.name}")
    return given


@dataclass(frozen=True)
class _Began:
    """A row as it stood when its form was first drawn."""

    version: int
    fields: dict[str, str | None]


_WIDE = ("title", "name", "note")


def _meanwhile(at: Course, each: DraftRow, now: dict[str, str | None]) -> None:
    """Where somebody was faster: what stands now beside what was typed here."""
    if at.moved(each.id) is None:
        return
    told = [
        f"“{label_of(each.row.ledger, field.name)}”现为“{field_words(each.row, field, at.plain)}”"
        for field in open_fields(each.row.ledger)
        if now[field.name] != shown(each.row, field)
    ]
    if told:
        st.info(f"与您填写的不同：{'；'.join(told)}。再次保存，以您改动的为准。")
