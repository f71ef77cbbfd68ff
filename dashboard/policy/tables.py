"""Tables of a plan as lines of cells: indicators with their values, duties by column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dashboard.policy.clauses import Node
from dashboard.policy.cleaning import Line
from dashboard.policy.findings import Target
from dashboard.policy.target_forms import UNIT

_VALUE = re.compile(
    rf"(?P<cmp>至少|不少于|不低于|≥|>=|达到|达|不超过|≤|<=|低于|控制在)?\s*(?P<num>\d+(?:\.\d+)?)\s*(?P<unit>%|‰|个百分点|{UNIT})?\s*(?P<more>以上|以下|以内|左右)?"
)
_HEAD = re.compile(
    r"指标|目标|名称|单位|20\d\d年|基期|现状|序号|任务|措施|时限|类别|内容|属性|备注"
)
_BASE = re.compile(r"基期|现状|现有|基数|基础值|实际|20\d\d年(?:完成|实际)")


@dataclass(frozen=True)
class Cell:
    """One cell of a row: its place in the line."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end].strip()


def cells_of(line: Line) -> tuple[Cell, ...]:
    """The cells of a line that tabs part; empty ones too."""
    places = [-1, *(place for place, sign in enumerate(line.text) if sign == "\t"), len(line.text)]
    return tuple(Cell(line, start + 1, end) for start, end in pairwise(places))


def table_targets(node: Node) -> Iterator[Target]:
    """The indicators of the tables in a clause: a row's last value, called by its words."""
    head: Sequence[Cell] = ()
    group = ""
    for line in node.own:
        if "\t" not in line.text:
            continue
        cells = cells_of(line)
        if not any(_VALUE.fullmatch(cell.text) for cell in cells) and _is_head(cells):
            head = cells
            continue
        group = _group(cells) or group
        yield from _row(node.id, head, cells, group)


def _is_head(cells: Sequence[Cell]) -> bool:
    return sum(_HEAD.search(cell.text) is not None for cell in cells) >= min(2, len(cells))


def _group(cells: Sequence[Cell]) -> str:
    """The name of a group of rows: the first cell, where a further cell names the row."""
    named = [cell for cell in cells if _is_name(cell)]
    return named[0].text if len(named) > 1 and cells[0] is named[0] else ""


def _is_name(cell: Cell) -> bool:
    return bool(re.search(r"[\u3400-\u9fff]{2}", cell.text)) and not _VALUE.fullmatch(cell.text)


def _row(clause: str, head: Sequence[Cell], cells: Sequence[Cell], group: str) -> Iterator[Target]:
    names = [cell for cell in cells if _is_name(cell) and len(cell.text) > _SHORTEST_NAME]
    unit = _unit_of(head, cells)
    if not names:
        return
    what = (names[1] if len(names) > 1 and names[0].text == group else names[0]).text
    for place, cell in enumerate(cells):
        found = _VALUE.fullmatch(cell.text)
        measure = found["unit"] or unit if found else None
        if found is None or measure is None or (place == 0 and found["unit"] is None):
            continue
        title = head[place].text if place < len(head) else ""
        made = _target(clause, cell, found, title)
        yield replace(made, what=what, unit=measure, scope=group or None)


_SHORTEST_NAME = 3


def _unit_of(head: Sequence[Cell], cells: Sequence[Cell]) -> str | None:
    """The measure of a row, from a column 单位 that holds measures."""
    for title, cell in zip(head, cells, strict=False):
        if "单位" in title.text and re.fullmatch(rf"[（]?(?:%|‰|{UNIT})[）]?", cell.text):
            return cell.text.strip("（）")
    return None


def _target(clause: str, cell: Cell, found: re.Match[str], title: str) -> Target:
    """The value of a cell under a column's title; what it is of, the row says."""
    printed = cell.line.text[cell.start : cell.end]
    start = cell.start + len(printed) - len(printed.lstrip())
    year = re.search(r"20\d\d年", title)
    return Target(
        clause=clause,
        what="",
        comparator=_comparator(found),
        value=float(found["num"]),
        unit="",
        span=cell.line.span(start, start + len(cell.text)),
        as_printed=cell.text,
        per=year.group() if year else None,
        kind="baseline" if _BASE.search(title) else "target",
    )


def _comparator(found: re.Match[str]) -> str:
    most = ("不超过", "≤", "<=", "低于", "控制在")
    if found["cmp"] in most or found["more"] in ("以下", "以内"):
        return "<="
    is_share = found["unit"] in ("%", "‰") and found["num"] != "100"
    return ">=" if found["cmp"] or found["more"] == "以上" or is_share else "="
