"""Where pages offer papers: one quiet line with the kinds of file, for whoever may have them."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.reports.paper_wishes import TITLES, PaperKind
from dashboard.reports.pdf import PREVIEW
from dashboard.widgets.desk import Desk
from dashboard.widgets.table import Markup

_WORDS = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF预览"}


def paper_links(desk: Desk, *kinds: str | PaperKind, **choice: object) -> None:
    """Draw a line for each kind; `choice` names what the address asks for beside it.

    These are round and version, month with draft="yes", issue, code of a 督办, unit.

    Nothing is drawn for who may not have the paper.
    """
    right = Right.PUBLISH if choice.get("draft") == "yes" else Right.EXPORT
    if not desk.may(right, _units(desk, choice)):
        return
    told = [f"{TITLES[PaperKind(each)]}：{paper_cell(desk, each, **choice).html}" for each in kinds]
    note = f"<small>{escape(PREVIEW)}。</small>"
    st.html(f'<p class="g-quiet g-links">{"<br>".join((*told, note))}</p>')


def ledger_links(desk: Desk, kind: str | PaperKind, unit: r.Unit | None = None) -> None:
    """A ledger as a paper: one unit's, the whole one, or for a liaison that of each own unit."""
    if unit is None and not desk.sees_all:
        for own in desk.own_units:
            paper_links(desk, kind, unit=own.code)
    else:
        paper_links(desk, kind, unit=unit.code if unit else None)


def _units(desk: Desk, choice: Mapping[str, object]) -> set[str] | None:
    """Whose matter it is; None for the whole plan's."""
    slip = desk.books.find(r.Supervision, str(choice["code"])) if "code" in choice else None
    unit = slip.unit if slip else choice.get("unit")
    return None if unit is None else {str(unit)}


def paper_cell(desk: Desk, kind: str | PaperKind, **choice: object) -> Markup:
    """The links to one paper's files, as a table's cell."""
    given = {name: str(value) for name, value in choice.items() if value is not None}
    query = {"plan": desk.plan.code, "kind": PaperKind(kind).value, **given}
    if desk.day != desk.today:
        query["date"] = desk.day.isoformat()
    asked = escape(urlencode(query))
    return Markup(
        "　".join(
            f'<a href="/files/paper.{ending}?{asked}" target="_self">{words}</a>'
            for ending, words in _WORDS.items()
        )
    )
