"""Tables of official papers: ruled in black, heads repeated, rows kept whole."""

import re
from collections.abc import Sequence

from dashboard.papers.model import Grid
from dashboard.reports.official_nodes import Node, node, table_of
from dashboard.reports.official_type import PLAIN, Kind, Set, paragraph
from dashboard.reports.official_widths import DATE, EDGE, room
from dashboard.reports.official_widths import widths as column_widths

_TYPES = (
    (6, Kind.HEAD_12, Kind.CELL_12),
    (9, Kind.HEAD_10, Kind.CELL_10),
    (99, Kind.HEAD_9, Kind.CELL_9),
)
"""Up to so many columns on a standing page: the kinds of heads and cells."""
_WIDE_GIVES = 2
"""A page laid across takes so many columns more in the same type."""
_BY_HAND = 1700
"""Three centimetres."""
_SYMBOL = re.compile(r"(?m)^(\S) (?=\S)")


def table(grid: Grid, width: int, *, is_wide: bool = False, keeps: bool = False) -> list[Node]:
    """A table over the whole width of the text; `keeps` holds its last row with what follows."""
    head_kind, cell_kind = _kinds(len(grid.columns) - (_WIDE_GIVES if is_wide else 0))
    widths = column_widths(grid, width, cell_kind.value.size)
    kept = Set(keeps=True)
    heads = [paragraph(head_kind, each.head, kept) for each in grid.columns]
    rows = [_row(heads, widths, is_head=True)]
    if not grid.rows:
        nothing = paragraph(cell_kind, grid.empty, Set(align="center", keeps=keeps))
        rows.append(_row([nothing], [width], span=len(widths)))
    for place, cells in enumerate(grid.rows, 1):
        last = kept if keeps and place == len(grid.rows) else PLAIN
        # In a form (项目、内容) an empty entry is written in by hand.
        height = _BY_HAND if len(cells) == 2 and not cells[1] else None
        rows.append(_row(_cells(cells, grid, widths, cell_kind, last), widths, height=height))
    caption = [paragraph(Kind.CAPTION, grid.caption, kept)] if grid.caption else []
    return [*caption, table_of(rows, widths, rules=_rules(), edge=EDGE)]


def _kinds(columns: int) -> tuple[Kind, Kind]:
    return next((head, cell) for most, head, cell in _TYPES if columns <= most)


def _cells(
    cells: Sequence[str], grid: Grid, widths: Sequence[int], kind: Kind, its: Set
) -> list[Node]:
    centred = Set(align="center", keeps=its.keeps)
    return [
        paragraph(kind, _fitted(text, width, kind), centred if column.is_figure else its)
        for text, width, column in zip(cells, widths, grid.columns, strict=True)
    ]


def _fitted(text: str, width: int, kind: Kind) -> str:
    """A symbol stays with its word; a date that must be broken is broken after its year."""
    joined = _SYMBOL.sub("\\1\u00a0", text)
    if DATE.fullmatch(joined) and width < room(joined, kind.value.size):
        return DATE.sub(r"\1\n\2", joined)
    return joined


def _row(
    cells: Sequence[Node],
    widths: Sequence[int],
    *,
    is_head: bool = False,
    span: int = 1,
    height: int | None = None,
) -> Node:
    properties = node(
        "w:trPr",
        node("w:cantSplit"),
        node("w:trHeight", val=height) if height else None,
        node("w:tblHeader") if is_head else None,
    )
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
