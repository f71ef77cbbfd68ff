"""Tables of official papers: ruled in black, heads repeated, rows kept whole."""

import re
from collections.abc import Sequence

from dashboard.papers.model import Column, Grid
from dashboard.reports.official_nodes import Node, node, table_of
from dashboard.reports.official_type import PLAIN, Kind, Set, paragraph

_TYPES = (
    (6, Kind.HEAD_12, Kind.CELL_12),
    (9, Kind.HEAD_10, Kind.CELL_10),
    (99, Kind.HEAD_9, Kind.CELL_9),
)
"""Up to so many columns on a standing page: the kinds of heads and cells."""
_WIDE_GIVES = 2
"""A page laid across takes so many columns more in the same type."""
_EDGE = 70
"""Room between rule and text, in twentieths of a point."""
_SHORT = 9.0
"""Entries of up to so many signs are not broken."""
_SYMBOL = re.compile(r"(?m)^(\S) (?=\S)")


def table(grid: Grid, width: int, *, is_wide: bool = False, keeps: bool = False) -> list[Node]:
    """A table over the whole width of the text; `keeps` holds its last row with what follows."""
    head_kind, cell_kind = _kinds(len(grid.columns) - (_WIDE_GIVES if is_wide else 0))
    widths = _widths(grid, width, cell_kind.value.size)
    kept = Set(keeps=True)
    heads = [paragraph(head_kind, each.head, kept) for each in grid.columns]
    rows = [_row(heads, widths, is_head=True)]
    if not grid.rows:
        nothing = paragraph(cell_kind, grid.empty, Set(align="center", keeps=keeps))
        rows.append(_row([nothing], [width], span=len(widths)))
    for place, cells in enumerate(grid.rows, 1):
        last = kept if keeps and place == len(grid.rows) else PLAIN
        rows.append(_row(_cells(cells, grid.columns, cell_kind, last), widths))
    caption = [paragraph(Kind.CAPTION, grid.caption, kept)] if grid.caption else []
    return [*caption, table_of(rows, widths, rules=_rules(), edge=_EDGE)]


def _kinds(columns: int) -> tuple[Kind, Kind]:
    return next((head, cell) for most, head, cell in _TYPES if columns <= most)


def _widths(grid: Grid, width: int, points: float) -> list[int]:
    """By the columns' shares, but short entries and the halves of a head stay in one line."""
    needed = [_needed(grid, place, points) for place in range(len(grid.columns))]
    if sum(needed) >= width:
        return _shared([float(each) for each in needed], width)
    found = _shared([each.share for each in grid.columns], width)
    while short := [place for place, each in enumerate(found) if each < needed[place]]:
        free = [place for place in range(len(found)) if found[place] > needed[place]]
        missing = sum(needed[place] - found[place] for place in short)
        spare = [found[place] - needed[place] for place in free]
        for place in short:
            found[place] = needed[place]
        for place, gives in zip(
            free, _shared([float(each) for each in spare], missing), strict=True
        ):
            found[place] -= gives
    return found


def _needed(grid: Grid, place: int, points: float) -> int:
    """What a column needs at least: its short entries, and half of its head."""
    cells = [line for row in grid.rows for line in row[place].split("\n")]
    entries = [_signs(each) for each in cells]
    longest = max(entries, default=0.0)
    head = _signs(grid.columns[place].head)
    least = longest if longest <= _SHORT else 2.0
    return round(max(least, min(head, max(2.0, head / 2 + 0.5))) * points * 20) + 2 * _EDGE + 40


def _signs(text: str) -> float:
    """The width of a text in Chinese signs, with the room that figures leave beside them."""
    groups = len(re.findall(r"\d+", text))
    return sum(0.55 if ord(sign) < 128 else 1 for sign in text) + 0.5 * groups


def _shared(shares: Sequence[float], width: int) -> list[int]:
    whole = sum(shares) or 1
    found = [int(width * each / whole) for each in shares]
    found[-1] += width - sum(found)
    return found


def _cells(cells: Sequence[str], columns: Sequence[Column], kind: Kind, its: Set) -> list[Node]:
    centred = Set(align="center", keeps=its.keeps)
    return [
        paragraph(kind, _SYMBOL.sub("\\1\u00a0", text), centred if column.is_figure else its)
        for text, column in zip(cells, columns, strict=True)
    ]


def _row(
    cells: Sequence[Node], widths: Sequence[int], *, is_head: bool = False, span: int = 1
) -> Node:
    properties = node("w:trPr", node("w:cantSplit"), node("w:tblHeader") if is_head else None)
    return node("w:tr", properties, *map(_cell, cells, widths, [span] * len(cells)))


def _cell(content: Node, width: int, span: int) -> Node:
    return node(
        "w:tc",
        node(
            "w:tcPr",
            node("w:tcW", w=width, type="dxa"),
            node("w:gridSpan", val=span) if span > 1 else None,
            node("w:vAlign", val="center"),
        ),
        content,
    )


def _rules() -> Node:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = (node(f"w:{side}", val="single", sz=4, space=0, color="000000") for side in sides)
    return node("w:tblBorders", *rules)
