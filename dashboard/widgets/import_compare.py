"""与账中对照: a second version of a plan against the ledgers in force."""

from collections.abc import Sequence
from difflib import SequenceMatcher

import streamlit as st

from dashboard.drafting.comparing import Difference, compared
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load_plans
from dashboard.ledgers.importing import RowState
from dashboard.posting.plans import now_of
from dashboard.settings import current
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import library, titles_of
from dashboard.widgets.heading import section
from dashboard.widgets.import_course import Course
from dashboard.widgets.table import Cell, Column, page_of, table

WITH = "with"
_COLUMNS = (
    Column("条款", "9rem"),
    Column("事项", "30%", is_title=True),
    Column("对照", "5rem"),
    Column("账中", "24%"),
    Column("本文件"),
)
_WORDS = ("新增", "变动", "删去")


def comparing(at: Course) -> None:
    """What is new, changed, gone, against a plan in force."""
    plans = load_plans(at.engine)
    if not plans:
        st.html('<p class="g-empty">账中还没有方案，没有可以对照的。</p>')
        return
    titles = titles_of(plans)
    nearest = max(plans, key=lambda code: _alike(at, plans[code]))
    default = nearest if _alike(at, plans[nearest]) > _SAME else None
    words, names = "请选择方案", list(plans)
    code = choice(
        "与哪个方案对照", names, WITH, titles.__getitem__, default=default, everything=words
    )
    if code is None:
        st.html(
            '<p class="g-empty">本文件是账中方案的新版本时，选择原方案，列出新增、变动、删去。</p>'
        )
        return
    books = library(current().database.url).books(code, now_of(plans[code]))
    rows = [each.row for each in at.rows if each.state is not RowState.DROPPED]
    found = compared(rows, books)
    counts = {word: sum(each.word == word for each in found) for word in _WORDS}
    told = "，".join(f"{word}{number}处" for word, number in counts.items() if number)
    section("对照结果", told or "没有差别")
    shown = [_row(each) for each in page_of(found, "import_compare")]
    table(_COLUMNS, shown, caption="对照结果", empty="本文件与账中内容一致。")
    note = "这里只作对照，不改动账中内容；需要调整的，在任务页面登记延期或在台账维护中处理。"
    st.html(f'<p class="g-quiet">{note}</p>')


_SAME = 0.6
"""Titles as like as this are taken for two versions of one plan."""


def _alike(at: Course, plan: r.Plan) -> float:
    title = at.document.about.get("title") or ""
    return SequenceMatcher(None, title, plan.title, autojunk=False).ratio()


def _row(each: Difference) -> Sequence[Cell]:
    return [each.clause, each.what, each.word, each.before, each.now]
