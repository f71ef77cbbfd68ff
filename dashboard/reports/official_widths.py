"""How wide the columns of a printed table are: as their text asks, near what its author meant."""

import re
from collections.abc import Sequence

from dashboard.papers.model import Grid

EDGE = 60
"""Room between rule and text, in twentieths of a point."""
DATE = re.compile(r"(\d{4}年)(\d{1,2}月\d{1,2}日)")
_SHORT, _LEAST = 6.5, 2.5
"""Entries of up to so many signs are not broken; so many stand in any column."""


def widths(grid: Grid, width: int, points: float) -> list[int]:
    """Widths in twentieths of a point that make low rows; figures and short entries stay whole."""
    least = [_least(grid, place, points) for place in range(len(grid.columns))]
    if sum(least) >= width:
        return _shared(least, width)
    wanted = [(each.share * _demand(grid, place)) ** 0.5 for place, each in enumerate(grid.columns)]
    fixed: dict[int, int] = {}
    while True:
        free = [place for place in range(len(wanted)) if place not in fixed]
        given = _shared([wanted[place] for place in free], width - sum(fixed.values()))
        short = {at: least[at] for at, each in zip(free, given, strict=True) if each < least[at]}
        if not short:
            found = {**fixed, **dict(zip(free, given, strict=True))}
            return [found[place] for place in range(len(wanted))]
        fixed |= short


def room(text: str, points: float) -> int:
    """The width of a column that holds a text in one line."""
    return round((signs(text) + 0.3) * points * 20) + 2 * EDGE


def signs(text: str) -> float:
    """The width of a text in Chinese signs, with the room that figures leave beside them."""
    groups = len(re.findall(r"\d+", text))
    return sum(0.53 if ord(sign) < 128 else 1 for sign in text) + 0.5 * groups


def _lines(grid: Grid, place: int) -> list[str]:
    return [line for row in grid.rows for line in row[place].split("\n")]


def _demand(grid: Grid, place: int) -> float:
    """Rows are as high as their longest cells: with sums of cubes these weigh most.

    Least of the sum of (signs ÷ width)³ over all cells is where widths go with the fourth root.
    """
    cubes: float = sum(signs(row[place]) ** 3 for row in grid.rows)
    head = signs(grid.columns[place].head) ** 3
    return float((cubes + head) ** 0.25)


def _least(grid: Grid, place: int, points: float) -> int:
    """What a column needs: its short entries, dates from the month on, half of its head."""
    column = grid.columns[place]
    entries = [DATE.sub(r"\2", each) for each in _lines(grid, place)]
    kept = [each for each in entries if signs(each) <= (_SHORT if column.is_figure else _SHORT - 1)]
    is_short = len(kept) == len(entries)
    half = column.head[: -(-len(column.head) // 2)] if len(column.head) > 3 else column.head
    texts = [half, *(kept if is_short else ())]
    return max(*(room(each, points) for each in texts), round(_LEAST * points * 20) + 2 * EDGE, 0)


def _shared(shares: Sequence[float], width: int) -> list[int]:
    whole = sum(shares) or 1
    found = [int(width * each / whole) for each in shares]
    if found:
        found[-1] += width - sum(found)
    return found
