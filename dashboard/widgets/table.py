"""Tables that officials can read, print and tap: long names wrap, the header stays.

A table is HTML, not a canvas: on a phone each row becomes a card, on paper it breaks between
rows, and a screen reader can walk it. Whatever comes from the books is escaped here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeVar

import streamlit as st

from dashboard.rules.freshness import Freshness
from dashboard.rules.verdicts import Light
from dashboard.settings import Settings

PAGE_ROWS = 50
T = TypeVar("T")


@dataclass(frozen=True)
class Markup:
    """HTML that is safe to show; everything else is escaped."""

    html: str


Cell = Markup | str | int | None
NOTHING = Markup("")


@dataclass(frozen=True)
class Column:
    """`width` is a CSS width; figures are set to the right; `is_title` heads a card on phones."""

    label: str
    width: str = "auto"
    is_figure: bool = False
    is_title: bool = False


def markup(cell: Cell) -> str:
    """A cell as HTML."""
    if isinstance(cell, Markup):
        return cell.html
    return "—" if cell is None or cell == "" else escape(str(cell)).replace("\n", "<br>")


def link(label: Cell, to: str) -> Markup:
    """A link within the app, in the same tab."""
    return Markup(f'<a href="{escape(to)}" target="_self">{markup(label)}</a>')


def lines(*cells: Cell) -> Markup:
    """Several lines in one cell."""
    return Markup("<br>".join(markup(cell) for cell in cells if cell not in (None, "", NOTHING)))


def quiet(cell: Cell) -> Markup:
    """A second line in a quieter tone; no line where there is nothing to say."""
    if cell in (None, ""):
        return NOTHING
    return Markup(f'<span class="g-quiet">{markup(cell)}</span>')


def light_mark(settings: Settings, light: Light, word: str | None = None) -> Markup:
    """A light as colour, symbol and word together."""
    look = getattr(settings.lights.scheme, light.value)
    return Markup(
        f'<span class="g-light g-{light.value}" style="--g-light:{look.colour}">'
        f"<b aria-hidden='true'>{escape(look.symbol)}</b>{escape(word or look.label)}</span>"
    )


def freshness_mark(settings: Settings, state: Freshness) -> Markup:
    """The second light in words; what is not asked for has none."""
    if state is Freshness.NOT_ASKED:
        return Markup('<span class="g-quiet">—</span>')
    word = escape(getattr(settings.lights.freshness, state.value))
    return Markup(f'<span class="g-fresh g-{state.value}">{word}</span>')


def counts(settings: Settings, found: dict[Light, int] | object, to: str | None = None) -> Markup:
    """Lights with their numbers in a row; lights with nothing are left out."""
    items = found.items() if isinstance(found, dict) else ()
    marks = [light_mark(settings, light, str(number)) for light, number in items if number]
    row = Markup(" ".join(mark.html for mark in marks) or "—")
    return link(row, to) if to else row


def bar(share: float | None, expected: float | None, label: str) -> Markup:
    """A bullet: what is reached as a bar, what is expected as a tick, both in the label."""
    if share is None:
        return Markup(f'<span class="g-quiet">{escape(label)}</span>')
    tick = "" if expected is None else f'<i style="left:{min(1, expected) * 100:.1f}%"></i>'
    fill = f'<u style="width:{min(1, share) * 100:.1f}%"></u>'
    return Markup(f'<span class="g-bar">{fill}{tick}</span><span>{escape(label)}</span>')


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, caption: str, empty: str = ""
) -> None:
    """Draw a table; `caption` names it for screen readers, `empty` says what to do without rows."""
    if not rows:
        st.html(f'<p class="g-empty">{escape(empty or "暂无记录。")}</p>')
        return
    head = "".join(_head(column) for column in columns)
    body = "".join(f"<tr>{_row(columns, row)}</tr>" for row in rows)
    st.html(
        f'<table class="g-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _head(column: Column) -> str:
    style = "" if column.width == "auto" else f' style="width:{column.width}"'
    kind = ' class="g-num"' if column.is_figure else ""
    return f'<th scope="col"{kind}{style}>{escape(column.label)}</th>'


def _row(columns: Sequence[Column], row: Sequence[Cell]) -> str:
    return "".join(_cell(column, cell) for column, cell in zip(columns, row, strict=True))


def _cell(column: Column, cell: Cell) -> str:
    kinds = ["g-num"] if column.is_figure else []
    kinds += ["g-title"] if column.is_title else []
    kinds += ["g-none"] if column.is_figure and cell in (None, "") else []
    named = f' class="{" ".join(kinds)}"' if kinds else ""
    # The inner block keeps a cell's lines together where a phone sets them beside the label.
    return f'<td data-label="{escape(column.label)}"{named}><div>{markup(cell)}</div></td>'


def page_of(rows: Sequence[T], key: str, size: int = PAGE_ROWS) -> Sequence[T]:
    """The rows of the page chosen of a long list; the choice lives in the address."""
    number = -(-len(rows) // size)
    if number <= 1:
        return rows
    # A list that has grown shorter keeps the choice of a page that it no longer has.
    chosen = min(number, st.pagination(number, key=key, bind="query-params"))
    return rows[(chosen - 1) * size : chosen * size]
