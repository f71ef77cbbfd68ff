"""Tables that share work out: a task each row, its units by column (任务分工表)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.policy.brackets import Share, labelled, listed
from dashboard.policy.cleaning import Line
from dashboard.policy.findings import Role
from dashboard.policy.patterns import Pattern
from dashboard.policy.roles import LABEL, role_of
from dashboard.policy.tables import Cell, cells_of

WORK = Pattern(
    "a column of tasks",
    r"任务(?:和|与)措施|工作(?:内容|任务|目标|事项|要点)|(?:重点|主要|具体|工作|目标|分解|改革|实事|民生实事|民生|建设|年度|惠民)?"
    r"(?:任务|措施|事项|工作|内容|举措|项目)(?:名称|内容|举措|分解|清单|及内容)?",
    ("重点任务", "工作内容", "任务", "具体措施", "任务与措施"),
    ("牵头单位", "完成时限", "备注"),
)


GOALS = Pattern(
    "a column of goals",
    r"(?:年度|工作|具体|量化|20\d\d年)?(?:目标|指标|要求|标准)(?:任务|要求|值|内容)?|(?:年度|20\d\d年)(?:工作)?任务(?:目标)?|(?:主要|建设)内容|目标和要求",
    ("目标", "工作目标", "2024年目标任务", "目标要求", "年度任务目标"),
    ("牵头单位", "备注"),
)


@dataclass(frozen=True)
class SharedRow:
    """One row that shares work out: its line, the cell that names the work, who does it.

    `others` are the further cells that say what is to be done or reached.
    """

    line: Line
    work: Cell
    shares: tuple[Share, ...]
    others: tuple[Cell, ...] = ()


def shared_rows(lines: Sequence[Line]) -> Iterator[SharedRow]:
    """The rows of the tables among a clause's lines whose head has a column of units."""
    columns: dict[int, Role] = {}
    work: list[int] = []
    told: list[int] = []
    for line in lines:
        if "\t" not in line.text:
            columns = {}
            continue
        cells = cells_of(line)
        found = _columns(cells)
        if found:
            columns, work = found, _work_columns(cells)
            told = [n for n, cell in enumerate(cells) if GOALS.regex.fullmatch(cell.text)]
            continue
        if not columns or not work:
            continue
        named = [cells[place] for place in work if place < len(cells) and cells[place].text]
        shares = tuple(_shares(cells, columns))
        if named and shares:
            more = [cells[n] for n in (*work, *told) if n < len(cells) and cells[n].text]
            others = tuple(cell for cell in more if cell is not named[-1])
            yield SharedRow(line, named[-1], shares, others)


def _columns(cells: Sequence[Cell]) -> dict[int, Role]:
    """The columns of units, where the cells are a table's head."""
    found = {}
    for place, cell in enumerate(cells):
        label = LABEL.fullmatch(f"{re.sub(r'[（(].*', '', cell.text)}：")
        if label:
            found[place] = role_of(label)
    return found


def _work_columns(cells: Sequence[Cell]) -> list[int]:
    return [place for place, cell in enumerate(cells) if WORK.regex.fullmatch(cell.text)]


def _shares(cells: Sequence[Cell], columns: dict[int, Role]) -> Iterator[Share]:
    for place, role in columns.items():
        if place >= len(cells):
            continue
        cell = cells[place]
        text = cell.line.text[cell.start : cell.end]
        if LABEL.search(text):
            yield from labelled(cell.line.text, cell.start, cell.end)
            continue
        yield from listed(text, cell.start, role, "")
