"""How a 填报表 is laid out, in one place for whoever builds it and whoever reads it back.

A book has the sheet of rows to fill, a sheet for problems, and one that people do not see: which
form it is, whose, of which round, which reporting line stands in which row, and the filing that
the unit had before the eyes. A digest over these tells whether somebody changed them.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from dashboard.ledgers.terms import ProblemCategory

FORM, VERSION = "guatu-filing-sheet", "1"
ROWS_SHEET, PROBLEMS_SHEET, MARKS_SHEET = "填报表", "问题", "系统信息"
HEAD_ROW = 7
FIRST_ROW = HEAD_ROW + 1
LAST_ROW = 1000
"""Far below the last row of any unit's sheet."""
PROBLEM_HEAD_ROW = 3
PROBLEM_FIRST_ROW = PROBLEM_HEAD_ROW + 1
PROBLEM_ROWS = 5
NOT_ASKED = "—"
"""Stands in a cell of a column to fill where the row has nothing to fill."""
CHANGED, UNCHANGED = "有变化", "无变化"
YES, NO = "是", "否"


class Kind(StrEnum):
    """What a cell holds: something printed, or what the unit fills in."""

    PRINTED = "printed"
    FIGURE = "figure"
    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"

    @property
    def mark(self) -> str:
        """What the head of the column says beside its name."""
        if self is Kind.PRINTED:
            return ""
        return "〔选〕" if self is Kind.CHOICE else "〔填〕"


@dataclass(frozen=True)
class SheetColumn:
    """A column: the field's name, what its head says, its width in signs and what it holds."""

    name: str
    label: str
    width: float
    kind: Kind = Kind.PRINTED
    choices: tuple[str, ...] = ()

    @property
    def is_input(self) -> bool:
        return self.kind is not Kind.PRINTED

    @property
    def head(self) -> str:
        """The head as it is printed; columns to fill are marked by a word, not by colour alone."""
        return f"{self.label}\n{self.kind.mark}" if self.is_input else self.label


COLUMNS = (
    SheetColumn("number", "序号", 5),
    SheetColumn("title", "报送事项", 18),
    SheetColumn("clause", "依据条款", 8),
    SheetColumn("last", "上次完成值", 9.5),
    SheetColumn("expected", "应达到", 8),
    SheetColumn("target", "目标", 9),
    SheetColumn("unit", "计量单位", 8),
    SheetColumn("told", "说明", 15),
    SheetColumn("new", "本期新增", 7.5, Kind.FIGURE),
    SheetColumn("value", "完成值", 7.5, Kind.FIGURE),
    SheetColumn("change", "有无变化", 7.5, Kind.CHOICE, (CHANGED, UNCHANGED)),
    SheetColumn("text", "进展情况", 18, Kind.TEXT),
    SheetColumn("next_step", "下步计划", 15, Kind.TEXT),
    SheetColumn("is_done", "是否完成\n申请销号", 8.5, Kind.CHOICE, (YES, NO)),
    SheetColumn("no_event", "本期\n无事件", 7, Kind.CHOICE, (YES, NO)),
    SheetColumn("reason", "滞后原因", 13, Kind.TEXT),
    SheetColumn("remedy", "解决措施", 13, Kind.TEXT),
    SheetColumn("expected_on", "预计完成时间", 11, Kind.DAY),
)
PROBLEM_COLUMNS = (
    SheetColumn("number", "对应序号", 9, Kind.FIGURE),
    SheetColumn("description", "问题描述", 40, Kind.TEXT),
    SheetColumn(
        "category",
        "问题类别",
        10,
        Kind.CHOICE,
        tuple(each.label for each in ProblemCategory),
    ),
    SheetColumn("closing_standard", "建议销号标准", 34, Kind.TEXT),
    SheetColumn("due_on", "计划解决时间", 14, Kind.DAY),
    SheetColumn("request", "需协调事项", 34, Kind.TEXT),
    SheetColumn("request_due_on", "希望何时前协调", 14, Kind.DAY),
)
PLACES = {column.name: place for place, column in enumerate(COLUMNS, start=1)}
PROBLEM_PLACES = {column.name: place for place, column in enumerate(PROBLEM_COLUMNS, start=1)}
CHECKED = ("number", "title", "clause", "last", "unit")
"""Printed cells by which a row is known again; a row that shows others was moved or changed."""


def label_of(name: str, columns: Iterable[SheetColumn] = COLUMNS) -> str:
    """How the sheet calls a field, in one line; the sheet's own name for what it does not ask."""
    found = next((each.label for each in columns if each.name == name), "")
    return found.replace("\n", "")


@dataclass(frozen=True)
class RowMark:
    """Which line stands in a row. `base` is the sum to which new work is added; `printed` are the
    cells by which the row is known again; `open` names the cells to fill."""

    row: int
    line: str
    seen: str | None
    base: float | None
    printed: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True)
class Marks:
    """What a book says of itself, unseen. `day` is the plan's day on which it was made."""

    plan: str
    unit: str
    round: str
    day: str
    made_at: str
    is_practice: bool
    rows: tuple[RowMark, ...]

    def cells(self) -> Iterator[tuple[str, ...]]:
        """The unseen sheet's rows, all of them text."""
        yield "form", FORM
        yield "version", VERSION
        yield "digest", self.digest
        for name in _OWN:
            yield name, str(getattr(self, name))
        for each in self.rows:
            yield "row", json.dumps(asdict(each), ensure_ascii=False)

    @property
    def digest(self) -> str:
        """Changes with every mark: no secret, but nobody changes a mark by mistake unnoticed."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(f"{FORM}{VERSION}{text}".encode()).hexdigest()


_OWN = ("plan", "unit", "round", "day", "made_at", "is_practice")


class MarksError(ValueError):
    """The unseen sheet does not hold what it should; the message says what to do, in Chinese."""


def marks_of(cells: Iterable[tuple[str, str]]) -> Marks:
    """The marks that an unseen sheet holds. Raises MarksError."""
    held = list(cells)
    own = {name: text for name, text in held if name != "row"}
    if own.get("form") != FORM:
        raise MarksError("不是挂图生成的填报表，请在“填报表”页重新下载")
    if own.get("version") != VERSION:
        told = own.get("version", "")[:20]
        raise MarksError(f"填报表的版本是“{told}”，现用版本是“{VERSION}”，请重新下载填报表")
    try:
        rows = tuple(_row_mark(text) for name, text in held if name == "row")
        given = {name: own[name] for name in _OWN if name != "is_practice"}
        found = Marks(**given, is_practice=own["is_practice"] == str(True), rows=rows)
        date.fromisoformat(found.day)
    except (KeyError, TypeError, ValueError):
        raise MarksError(_SPOILT) from None
    if own.get("digest") != found.digest:
        raise MarksError(_SPOILT)
    return found


_SPOILT = "表中隐藏的系统信息被改动，不能确认各行是哪个事项，请重新下载填报表后再填"


def _row_mark(text: str) -> RowMark:
    """A row's mark, each part of its kind: the digest is no secret. Raises ValueError and kin."""
    given: dict[str, Any] = json.loads(text)
    given |= {name: tuple(given[name]) for name in ("printed", "open")}
    found = RowMark(**given)
    texts = (found.line, *found.printed, *found.open)
    base = 0.0 if found.base is None else found.base
    is_sound = (
        type(found.row) is int
        and FIRST_ROW <= found.row < LAST_ROW
        and isinstance(found.seen, str | None)
        and all(isinstance(each, str) for each in texts)
        and len(found.printed) == len(CHECKED)
        and type(base) in (int, float)
        and math.isfinite(base)
    )
    if not is_sound:
        raise ValueError(text[:60])
    return found
