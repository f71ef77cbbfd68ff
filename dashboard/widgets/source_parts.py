"""A ledger's row beside the sentence of the document from which it was read."""

from html import escape

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, ledger_of, row_word
from dashboard.policy.findings import Span
from dashboard.posting.import_reading import Source, is_sourced, sources_of
from dashboard.rules.names import name_of
from dashboard.widgets.desk import Desk
from dashboard.widgets.import_text import chosen_mark, marked
from dashboard.widgets.links import address, task_address
from dashboard.widgets.record_choice import links, record_address
from dashboard.widgets.table import Markup, link

_NEAR = 400
"""Who sees the whole plan reads so many characters of what stands before and after, too."""


def source_links(desk: Desk, row: r.Record) -> list[Markup]:
    """The way to a row's sentence, where its plan came from a document; else none."""
    ledger = ledger_of(row)
    if not is_sourced(desk.engine, desk.plan.code, ledger, row.code):
        return []
    return [link("原文对照", address(desk, "source", ledger=ledger, row=row.code))]


def row_named(desk: Desk) -> r.Record | None:
    """The row that the address names, if the viewer may see it."""
    ledger, code = st.query_params.get("ledger", ""), st.query_params.get("row")
    if ledger not in LEDGERS or ledger == "plan":
        return None
    return desk.books.find(LEDGERS[ledger], code)


def source_named(desk: Desk, row: r.Record | None) -> Source | None:
    """Where the row stands in its document."""
    if row is None:
        return None
    key = (ledger_of(row), row.code)
    return sources_of(desk.engine, desk.plan.code, [key]).get(key)


def answer(desk: Desk, row: r.Record | None, source: Source | None) -> str:
    """“任务“…”出自《….docx》。”."""
    if row is None:
        return "这里显示台账内容在方案文件中的原文。"
    name = f"{row_word(ledger_of(row))}“{name_of(desk.books, row)}”"
    return f"{name}出自下面标出的原文。" if source else f"{name}没有导入的原文。"


def ways_back(desk: Desk, row: r.Record) -> None:
    """To the row's record, and to the task that it belongs to."""
    task = row.code if isinstance(row, r.Task) else getattr(row, "task", None)
    ways = [link(f"{row_word(ledger_of(row))}记录", record_address(desk, row))]
    links([*([link("事项详情", task_address(desk, task))] if task else []), *ways])


def paragraph(desk: Desk, source: Source) -> None:
    """The sentence marked in its paragraph; document and hash below."""
    window = window_of(source, near=_NEAR if desk.sees_all else 0)
    marks = [chosen_mark(source.span)]
    html = marked(source.text, window, marks, focus=window_of(source, near=0))
    before = "" if window.start == 0 else "……"
    after = "" if window.end == len(source.text) else "……"
    st.html(f'<div class="g-text">{before}{html}{after}</div>')
    told = f"文件：{source.name}（{wording.file_size(source.size)}），由{source.by_post}上传；"
    st.html(
        f'<p class="g-quiet">{escape(told)}'
        f'<span style="overflow-wrap:anywhere">校验值（SHA-256）{source.sha256}</span></p>'
    )


def window_of(source: Source, *, near: int) -> Span:
    """The paragraphs that hold the sentence, and what is near them."""
    text, span = source.text, source.span
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    return Span(max(0, start - near), min(len(text), end + near))
