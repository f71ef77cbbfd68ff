"""逐条核对: the document on the left, the rows of one group on the right."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from dashboard.ledgers.importing import DocumentState
from dashboard.policy.findings import Clause, Problem
from dashboard.posting.import_reading import DraftRow
from dashboard.widgets.choice import choice
from dashboard.widgets.import_bulk import accept_all, accept_noted
from dashboard.widgets.import_clicks import follow_click, moved_elsewhere
from dashboard.widgets.import_course import AT, CLAUSE, ROW, Course, go
from dashboard.widgets.import_groups import NOTED, UNITS, Group, by_note, groups_of
from dashboard.widgets.import_rows import group_rows
from dashboard.widgets.import_text import text_panel
from dashboard.widgets.table import link


def going_through(at: Course) -> None:
    """Problems first, then group by group."""
    follow_click(at)
    groups = groups_of(at)
    if not groups:
        st.html('<p class="g-empty">没有读到可以列入台账的内容。请确认文件是方案全文。</p>')
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        _problems(at)
        _whole(at)
    with st.container(key="import_parts"):
        left, right = st.columns([4, 5], gap="medium")
        with right, st.container(key="import_rows", gap="xsmall"):
            group = _choose(groups)
            moved_elsewhere(at, group.rows)
            group_rows(at, group)
        with left, st.container(key="import_text"):
            text_panel(at, _clause_of(at, group))


def _whole(at: Course) -> None:
    """All that needs no word at once; the rest is named apart."""
    if at.document.state is not DocumentState.OPEN or not at.waiting:
        return
    plain = [each for each in at.waiting if not each.row.note]
    noted = [each for each in at.waiting if each.row.note]
    accept_all(at, plain, f"没有说明的{len(plain)}条全部采用", "")
    accept_noted(at, noted, "")


def _problems(at: Course) -> None:
    """What the reader could not settle, each with its places and the cure."""
    if not at.problems:
        return
    rows = {each.row.span: each for each in at.rows if each.row.span and each.row.clause}
    found: dict[str, list[str]] = {}
    for each in at.problems:
        found.setdefault(each.message, []).append(_place(at, each, rows.get(each.span)))
    told = "".join(
        f"<li>{escape(message)}　{'　'.join(dict.fromkeys(of[:_MOST_PLACES]))}</li>"
        for message, of in found.items()
    )
    with st.popover(f"文件中有{len(at.problems)}处问题"):
        st.html(f'<ul class="g-links g-problems">{told}</ul>')


_MOST_PLACES = 60


def _place(at: Course, each: Problem, row: DraftRow | None) -> str:
    """A link to the clause in which a problem stands."""
    clause = clause_at(at, each.span.start)
    place = f"{each.span.start}-{each.span.end}"
    name = clause.id if clause else "文首"
    to = at.address(
        part="rows",
        clause=row.row.clause if row else name,
        row=row.id if row else None,
        at=None if row else place,
    )
    return link(name, to).html


def clause_at(at: Course, place: int) -> Clause | None:
    """The innermost clause at a place of the text."""
    holding = [each for each in at.clauses if each.span.start <= place < each.span.end]
    return min(holding, key=lambda each: each.span.end - each.span.start, default=None)


def _clause_of(at: Course, group: Group) -> str | None:
    """The clause whose text is shown: the group's own, else that of the chosen row."""
    if group.name not in (NOTED, UNITS):
        return group.name
    shown = [each for _, rows in by_note(group.rows) for each in rows]
    row = at.chosen or (shown if group.name == NOTED else group.rows)[0]
    if row.row.clause:
        return row.row.clause
    clause = clause_at(at, row.row.span.start) if row.row.span else None
    return clause.id if clause else None


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
