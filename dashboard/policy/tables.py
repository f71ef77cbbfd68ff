"""Tables of a plan as lines of cells: indicators with their values, duties by column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dashboard.policy.clauses import Node
from dashboard.policy.cleaning import Line
from dashboard.policy.findings import Target
from dashboard.policy.patterns import Pattern
from dashboard.policy.target_forms import UNIT

_VALUE = re.compile(
    rf"(?P<act>(?:累计|同比|较上年|比20\d\d年|年均)?(?:下降|增长|提高|降低|减少|新增|完成|建成|新建|改造))?(?P<cmp>至少|不少于|不低于|≥|>=|＞|>|达到|达|不超过|≤|<=|＜|<|低于|控制在)?\s*(?P<num>\d+(?:\.\d+)?)\s*(?P<unit>%|‰|个百分点|[万亿]?{UNIT})?\s*(?P<more>及?以上|以下|以内|左右)?(?:（[^（）]{{1,12}}）)?"
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

    @property
    def as_line(self) -> Line:
        """What the cell holds, as a paragraph of its own."""
        printed = self.line.text[self.start : self.end]
        start = self.start + len(printed) - len(printed.lstrip())
        return self.line.part(start, start + len(self.text))


def cells_of(line: Line) -> tuple[Cell, ...]:
    """The cells of a line that tabs part; empty ones too."""
    places = [-1, *(place for place, sign in enumerate(line.text) if sign == "\t"), len(line.text)]
    return tuple(Cell(line, start + 1, end) for start, end in pairwise(places))


TIME = Pattern(
    "a column of dates",
    r"(?:计划|拟|要求|预计)?(?:完成|办结|整改|落实|实施|建成)(?:时限|时间|日期|期限|年限)(?:要求)?|时限(?:要求)?|时间(?:节点|安排|要求)?|进度(?:安排|要求)|年限",
    ("完成时限", "时间节点", "计划完成时间", "时限要求"),
    ("责任单位", "任务进度"),
)


def time_cells(lines: Sequence[Line]) -> Iterator[Cell]:
    """The cells under a head that says 完成时限."""
    place: int | None = None
    for line in lines:
        cells = cells_of(line) if "\t" in line.text else ()
        heads = [n for n, cell in enumerate(cells) if TIME.regex.fullmatch(cell.text)]
        if not cells or heads:
            place = heads[0] if heads else None
        elif place is not None and place < len(cells):
            yield cells[place]


def table_targets(node: Node, first_year: int | None = None) -> Iterator[Target]:
    """The indicators of the tables in a clause: a row's values, called by its words.

    A column of a year before `first_year` tells what was.
    """
    head: Sequence[Cell] = ()
    group = ""
    for line in node.rows:
        if "\t" not in line.text:
            continue
        cells = cells_of(line)
        if not any(_VALUE.fullmatch(cell.text) for cell in cells) and _is_head(cells):
            head = cells
            continue
        group = _group(cells) or group
        for each in _row(node.id, head, cells, group):
            was = each.per is not None and first_year is not None and int(each.per[:4]) < first_year
            yield replace(each, kind="baseline") if was else each


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
        title = head[place].text if place < len(head) else ""
        found = None if _NO_VALUES.search(title) else _VALUE.fullmatch(cell.text)
        measure = found["unit"] or unit if found else None
        if found is None or measure is None or (place == 0 and found["unit"] is None):
            continue
        made = _target(clause, cell, found, title)
        yield replace(made, what=what, unit=measure, scope=group or None)


_NO_VALUES = re.compile(r"分值|权重|得分|分数|序号|编号|页码")
_SHORTEST_NAME = 2


def _unit_of(head: Sequence[Cell], cells: Sequence[Cell]) -> str | None:
    """The measure of a row: from a column 单位, else printed behind its name: 面积（万亩）."""
    for title, cell in zip(head, cells, strict=False):
        if title.text in ("单位", "计量单位") and 0 < len(cell.text) <= _LONGEST_UNIT:
            return cell.text.strip("（）")
        if "单位" in title.text and re.fullmatch(rf"[（]?{_MEASURE}[）]?", cell.text):
            return cell.text.strip("（）")
    behind = (re.search(rf"（({_MEASURE})）$", cell.text) for cell in cells)
    return next((found[1] for found in behind if found), None)


_LONGEST_UNIT = 10
_MEASURE = rf"(?:%|‰|[万亿]?{UNIT}(?:/[\u3400-\u9fff]{{1,4}})?)"


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
    most = ("不超过", "≤", "<=", "低于", "控制在", "＜", "<")
    if found["cmp"] in most or found["more"] in ("以下", "以内"):
        return "<="
    is_share = found["unit"] in ("%", "‰") and found["num"] != "100"
    return ">=" if found["cmp"] or found["more"] in ("以上", "及以上") or is_share else "="
