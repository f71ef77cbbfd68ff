"""逐条核对: the document on the left, the rows of one group on the right."""

from collections.abc import Mapping

import streamlit as st

from dashboard.ledgers.importing import DocumentState
from dashboard.policy.findings import Span
from dashboard.widgets.choice import choice
from dashboard.widgets.import_bulk import accept_all, accept_noted
from dashboard.widgets.import_clicks import follow_click, moved_elsewhere
from dashboard.widgets.import_course import AT, CLAUSE, ROW, Course, go
from dashboard.widgets.import_groups import NOTED, UNITS, Group, by_note, groups_of
from dashboard.widgets.import_problems import clause_at
from dashboard.widgets.import_rows import group_rows
from dashboard.widgets.import_text import text_panel


def going_through(at: Course) -> None:
    """Problems first, then group by group."""
    follow_click(at)
    groups = groups_of(at)
    if not groups:
        st.html('<p class="g-empty">没有读到可以列入台账的内容。请确认文件是方案全文。</p>')
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        _whole(at)
    with st.container(key="import_parts"):
        left, right = st.columns([4, 5], gap="medium")
        with right, st.container(key="import_rows", gap="xsmall"):
            group = _choose(groups)
            moved_elsewhere(at, group.rows)
            group_rows(at, group)
        with left, st.container(key="import_text"):
            text_panel(at, _clause_of(at, group), _place_of(at, group))


def _whole(at: Course) -> None:
    """All that needs no word at once; the rest is named apart."""
    if at.document.state is not DocumentState.OPEN or not at.waiting:
        return
    plain = [each for each in at.waiting if not each.row.note]
    noted = [each for each in at.waiting if each.row.note]
    accept_all(at, plain, f"没有说明的{len(plain)}条全部采用", "")
    accept_noted(at, noted, "")


def _clause_of(at: Course, group: Group) -> str | None:
    """The clause whose text is shown: the group's own, else that of the chosen row."""
    if group.name not in (NOTED, UNITS):
        return group.name
    shown = [each for _, rows in by_note(group.rows) for each in rows]
    rows = shown if group.name == NOTED else list(group.rows)
    row = at.chosen if at.chosen in rows else next(iter(rows), None)
    if row is None or row.row.clause:
        return row.row.clause if row else None
    clause = clause_at(at, row.row.span.start) if row.row.span else None
    return clause.id if clause else None


def _place_of(at: Course, group: Group) -> Span | None:
    """The place to mark: the one that a problem's link names, else that of the chosen row."""
    if at.place is not None:
        return at.place
    chosen = at.chosen
    return chosen.row.span if chosen is not None and chosen in group.rows else None


def _choose(groups: Mapping[str, Group]) -> Group:
    """The group that the address names; steps to the ones before and after."""
    names = list(groups)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = choice("核对", names, CLAUSE, lambda name: groups[name].words) or names[0]
        place = names.index(chosen)
        for word, key, to in (("上一组", "back", place - 1), ("下一组", "next", place + 1)):
            is_there = 0 <= to < len(names)
            st.button(
                word,
                key=f"import_{key}",
                disabled=not is_there,
                on_click=_step,
                args=(names[to] if is_there else chosen,),
            )
    return groups[chosen]


def _step(name: str) -> None:
    go(**{CLAUSE: name, ROW: None, AT: None})
