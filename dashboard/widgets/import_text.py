"""A document's text with what was found in it marked: by colour and by the kind of line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from re import sub

import streamlit as st

from dashboard.ledgers.importing import RowState
from dashboard.policy.findings import Clause, Span
from dashboard.widgets.import_course import Course
from dashboard.widgets.table import link

MARKED = {
    "responsibility": "duty",
    "unit": "duty",
    "deadline": "date",
    "indicator": "figure",
}
"""The ledgers whose places are marked, each in its own form."""
_NEAR = 120
"""So many characters of what stands before and after are shown."""
_MOST = 1400
"""So much of a long clause is shown."""
_DEEP = 280
"""What was chosen further down in a clause is shown with so much before it, to be seen at once."""


@dataclass(frozen=True)
class Mark:
    """A stretch of the text with its look, and where a click on it leads."""

    span: Span
    look: str
    to: str | None = None
    says: str = ""


def legend(at: Course) -> None:
    """What the marks mean, in their own form."""
    told = [("duty", "责任单位"), ("date", "时限"), ("figure", "指标")]
    told += [("doubt", "问题")] if at.problems else []
    marks = "　".join(f'<span class="g-mark g-{look}">{word}</span>' for look, word in told)
    st.html(f'<p class="g-legend">{marks}　<span class="g-mark g-chosen">当前所选</span></p>')


def text_panel(at: Course, clause: str | None, place: Span | None) -> None:
    """The clause in question with its neighbours; the whole text on demand."""
    title, whole = st.columns([3, 2], vertical_alignment="center")
    title.html('<h2 class="g-section" style="margin:0">原文</h2>')
    is_whole = whole.toggle("显示全文", key="import_whole")
    legend(at)
    window = Span(0, len(at.document.text)) if is_whole else _window(at, clause, place)
    if window is None:
        st.html('<p class="g-empty">选择一条，这里显示它的原文。</p>')
        return
    focus = None if is_whole else _own(at, clause)
    if is_whole and place is not None:
        st.html(f'<p class="g-links">{link("到所选处", "#chosen").html}</p>')
    marks = list(_marks(at, clause, window))
    marks += [chosen_mark(place)] if place is not None else []
    html = marked(at.document.text, window, marks, focus=focus)
    before = "" if window.start == 0 else "……"
    after = "" if window.end >= len(at.document.text) else "……"
    st.html(f'<div class="g-text" tabindex="0">{before}{html}{after}</div>')


def _clause(at: Course, name: str | None) -> Clause | None:
    return next((each for each in at.clauses if each.id == name), None)


def _own(at: Course, name: str | None) -> Span | None:
    """A clause's own words, without the clauses below it."""
    found = _clause(at, name)
    if found is None:
        return None
    below = [
        each.span.start
        for each in at.clauses
        if each is not found and found.span.holds(each.span) and each.path != found.path
    ]
    return Span(found.span.start, min(below, default=found.span.end))


def _window(at: Course, name: str | None, place: Span | None) -> Span | None:
    """What of the text is shown: the clause, or what surrounds the chosen place."""
    own, end = _own(at, name), len(at.document.text)
    is_near = own is not None and place is not None and own.holds(place)
    if place is not None and not (is_near and own and place.start - own.start <= _DEEP):
        return Span(max(0, place.start - _DEEP), min(end, place.end + _NEAR * 2))
    if own is None:
        return None
    last = min(own.end, own.start + _MOST)
    return Span(max(0, own.start - _NEAR), min(end, last + _NEAR))


def _marks(at: Course, clause: str | None, window: Span) -> Iterable[Mark]:
    """The places of rows, then what the reader doubts."""
    for each in at.rows:
        look, span = MARKED.get(each.row.ledger), each.row.span
        if look is None or span is None or each.state is RowState.DROPPED:
            continue
        if span.end <= window.start or window.end <= span.start:
            continue
        if each.row.fields.get("source") == "inherited":
            continue  # what the plan does not print
        if each.row.ledger == "unit" and clause is not None:
            continue  # its duty stands at the same place
        to = at.address(part="rows", clause=each.row.clause or "unit", row=each.id)
        yield Mark(span, look, to)
    for problem in at.problems:
        yield Mark(problem.span, "doubt", None, problem.message)


def chosen_mark(span: Span) -> Mark:
    """What was chosen; a whole passage is not set in bold."""
    return Mark(span, "chosen g-passage" if span.end - span.start > _PASSAGE else "chosen")


_PASSAGE = 80


def marked(text: str, window: Span, marks: Sequence[Mark], *, focus: Span | None = None) -> str:
    """A stretch of text as HTML; where marks overlap, a stretch has the look of each.

    What lies outside `focus` is quieter. A click leads to the row of the shortest mark.
    """
    inside = [m for m in marks if m.span.start < window.end and m.span.end > window.start]
    cuts = {window.start, window.end}
    for span in (*(mark.span for mark in inside), *([focus] if focus else [])):
        cuts |= {at for at in (span.start, span.end) if window.start < at < window.end}
    places = sorted(cuts)
    inside.sort(key=lambda mark: mark.span.end - mark.span.start)
    told, is_named = [], False
    for start, end in pairwise(places):
        here = [m for m in inside if m.span.start <= start and end <= m.span.end]
        words = escape(sub(r"\s*\n\s*", "\n", text[start:end]))
        is_chosen = any(mark.look.startswith("chosen") for mark in here)
        html = _piece(words, here, named=is_chosen and not is_named)
        is_named |= is_chosen
        if focus is not None and not (focus.start <= start and end <= focus.end):
            html = f'<span class="g-quiet">{html}</span>'
        told.append(html)
    return "".join(told)


def _piece(words: str, here: Sequence[Mark], *, named: bool) -> str:
    if not here:
        return words
    looks = " ".join(dict.fromkeys(f"g-{mark.look}" for mark in here))
    name = ' id="chosen"' if named else ""
    says = next((mark.says for mark in here if mark.look == "doubt"), "")
    title = f' title="{escape(says)}"' if says else ""
    to = next((mark.to for mark in here if mark.to), None)
    if to is None:
        return f'<span class="g-mark {looks}"{name}{title}>{words}</span>'
    return f'<a class="g-mark {looks}"{name}{title} href="{escape(to)}" target="_self">{words}</a>'
