"""How wide the columns of a printed table are: as their text asks, near what its author meant."""

import re
from collections.abc import Sequence
from functools import lru_cache
from math import ceil

from dashboard.papers.model import Grid

EDGE = 60
"""Room between rule and text, in twentieths of a point."""
DATE = re.compile(r"(\d{4}年)(\d{1,2}月\d{1,2}日)")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_SHORT = ((6.5, 1.0), (5.5, 1.0), (4.6, 1.0), (3.5, 1.15), (2.5, 1.3))
"""Entries of up to so many signs are not broken; what a table that breaks more may not save."""
_LEAST, _FIGURE = 2.5, 6.5
"""So many signs stand in any column, and of a figure in one line."""


def widths(grid: Grid, width: int, points: float) -> list[int]:
    """Widths in twentieths of a point that make low rows; figures and short entries stay whole."""
    tries = []
    for short, price in _SHORT:
        found = _fitted(grid, width, points, short)
        tries.append((price * _height(grid, found, points), found))
    return min(tries, key=lambda each: each[0])[1]


def _fitted(grid: Grid, width: int, points: float, short: float) -> list[int]:
    """Widths as texts ask, none below what its short entries need."""
    columns = range(len(grid.columns))
    least = [_least(grid, place, points, short) for place in columns]
    if sum(least) >= width:
        return _shared(least, width)
    wanted = [(each.share * _demand(grid, at)) ** 0.5 for at, each in enumerate(grid.columns)]
    fixed: dict[int, int] = {}
    while True:
        free = [place for place in columns if place not in fixed]
        given = _shared([wanted[place] for place in free], width - sum(fixed.values()))
        low = {at: least[at] for at, each in zip(free, given, strict=True) if each < least[at]}
        if not low:
            found = {**fixed, **dict(zip(free, given, strict=True))}
            return [found[place] for place in columns]
        fixed |= low


def _height(grid: Grid, found: Sequence[int], points: float) -> int:
    """The lines of all rows together, each as high as its longest cell."""
    in_line = [max(1.0, (each - 2 * EDGE) / (points * 20)) for each in found]
    return sum(
        max(
            sum(max(1, ceil(signs(line) / most)) for line in cell.split("\n"))
            for cell, most in zip(row, in_line, strict=True)
        )
        for row in grid.rows
    )


def room(text: str, points: float) -> int:
    """The width of a column that holds a text in one line."""
    return round((signs(text) + 0.3) * points * 20) + 2 * EDGE


@lru_cache(maxsize=4096)
def signs(text: str) -> float:
    """The width of a text in Chinese signs, with the room that figures leave beside them."""
    groups = len(re.findall(r"\d+", text))
    return sum(0.53 if ord(sign) < 128 else 1 for sign in text) + 0.5 * groups


def _demand(grid: Grid, place: int) -> float:
    """Rows are as high as their longest cells: with sums of cubes these weigh most.

    Least of the sum of (signs ÷ width)³ over all cells is where widths go with the fourth root.
    """
    cubes: float = sum(signs(row[place]) ** 3 for row in grid.rows)
    head = signs(grid.columns[place].head) ** 3
    return float((cubes + head) ** 0.25)


def _least(grid: Grid, place: int, points: float, short: float) -> int:
    """What a column needs: figures, short entries, dates from the month on, half of its head."""
    column = grid.columns[place]
    entries = {DATE.sub(r"\2", each) for row in grid.rows for each in row[place].split("\n")}
    most = _FIGURE if column.is_figure else short
    kept = [each for each in entries if signs(each) <= most or _DAY.fullmatch(each)]
    long_head = len(column.head) > 3
    half = column.head[: -(-len(column.head) // 2)] if long_head else column.head
    least = round(_LEAST * points * 20) + 2 * EDGE
    return max(least, *(room(each, points) for each in (half, *kept)))


def _shared(shares: Sequence[float], width: int) -> list[int]:
    whole = sum(shares) or 1
    found = [int(width * each / whole) for each in shares]
    if found:
        found[-1] += width - sum(found)
    return found
