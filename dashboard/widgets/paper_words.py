"""Papers on screen: paragraphs whose numbers lead to their rows, headings and tables."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from html import escape
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from dashboard import wording
from dashboard.papers.model import Annex, Fact, Grid, Heading, Paper, Paragraph, Words
from dashboard.rules.calendar import end_of
from dashboard.widgets.desk import DATE, Desk
from dashboard.widgets.links import address
from dashboard.widgets.table import Column, page_of, table

_INDENT = "text-indent:2em;margin:.15rem 0;line-height:1.9;overflow-wrap:anywhere"

_FIGURE = "color:#1F3A5F;text-decoration:underline;text-underline-offset:.2em"


def rows_of_fact(desk: Desk, fact: Fact) -> str | None:
    """The page with a fact's rows, as of the desk's day unless the fact speaks of another."""
    if fact.address is None:
        return None
    parts = urlsplit(fact.address)
    given = dict(parse_qsl(parts.query))
    if day := given.pop(DATE, None):
        desk = replace(desk, as_of=end_of(date.fromisoformat(day)))
    anchor = f"#{parts.fragment}" if parts.fragment else ""
    return address(desk, parts.path, **given) + anchor


def told(desk: Desk, runs: Iterable[Words], facts: Mapping[str, Fact]) -> str:
    """Runs as HTML: a figure is a link to its rows and says its name."""
    return "".join(_run(desk, run, facts) for run in runs)


def _run(desk: Desk, run: Words, facts: Mapping[str, Fact]) -> str:
    text, fact = escape(run.text), facts.get(run.fact or "")
    to = rows_of_fact(desk, fact) if fact else None
    if fact is None or to is None:
        return text
    named = f'title="{escape(fact.label)}" style="{_FIGURE}"'
    return f'<a href="{escape(to)}" target="_self" {named}>{text}</a>'


def paragraph(html: str) -> str:
    """A paragraph of a paper as it reads, two signs in."""
    return f'<p style="{_INDENT}">{html}</p>'


def heading_html(html: str, level: int) -> str:
    """A heading of a paper; the second level is set lighter than the first."""
    weight = 600 if level == 1 else 500
    return f'<p style="{_INDENT};font-weight:{weight}">{html}</p>'


def paper_view(desk: Desk, paper: Paper) -> None:
    """A whole paper to read, with its head, body, signature and annexes."""
    facts = {fact.key: fact for fact in paper.facts}
    top = "　".join(each for each in (paper.issuer, paper.number, paper.register) if each)
    centred = "text-align:center;margin:.2rem 0"
    body = [f'<p class="g-quiet" style="{centred}">{escape(top)}</p>']
    body.append(f'<p style="{centred};font-size:1.35rem;font-weight:600">{escape(paper.title)}</p>')
    body += [f'<p style="margin:.2rem 0">{escape(paper.to)}：</p>'] if paper.to else []
    for block in paper.blocks:
        if isinstance(block, Heading):
            body.append(heading_html(escape(block.text), block.level))
        elif isinstance(block, Paragraph):
            body.append(paragraph(told(desk, block.runs, facts)))
    body.append(_foot(paper))
    st.html(f'<div style="max-width:52rem">{"".join(body)}</div>')
    for number, annex in enumerate(paper.annexes, 1):
        annex_view(annex, number)


def _foot(paper: Paper) -> str:
    dated = wording.full_day(paper.dated) if paper.dated else ""
    signed = "<br>".join(escape(each) for each in (paper.signed, dated) if each)
    copied = f"<p>抄送：{escape(paper.copied)}。</p>" if paper.copied else ""
    return f'<p style="text-align:right;margin:.6rem 2em .6rem 0">{signed}</p>{copied}'


def annex_view(annex: Annex, number: int) -> None:
    """An annex with its tables."""
    st.html(f'<h2 class="g-section">附件{number}　{escape(annex.title)}</h2>')
    for block in annex.blocks:
        if isinstance(block, Grid):
            if block.caption:
                st.html(f'<p class="g-quiet">{escape(block.caption)}</p>')
            columns = _columns(block)
            rows = page_of(block.rows, f"annex_{number}")
            table(columns, rows, caption=annex.title, empty=f"{block.empty}。")


def _columns(grid: Grid) -> list[Column]:
    whole = sum(each.share for each in grid.columns)
    return [
        Column(
            each.head,
            f"{each.share / whole:.0%}",
            is_figure=each.is_figure,
            is_title=each.head in _TITLES,
        )
        for each in grid.columns
    ]


_TITLES = ("重点任务", "镇街", "问题描述")
