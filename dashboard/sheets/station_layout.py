"""How the book of stations is laid out, in one place for whoever builds it and whoever reads it.

A book has a sheet of stations, one of obliged bodies, one of what inspections found, one that
says how to fill them, and two that people do not see: the names to choose from, and of which
plan and which version of the books it is. Rows are known by their codes, columns by their heads:
a person may sort, leave out or add rows.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, Field
from dashboard.ledgers.terms import CheckVerdict, Term
from dashboard.posting.editable import new_fields
from dashboard.rules.withheld import PLACE, is_withheld
from dashboard.sheets.filing_layout import NO, YES, Kind, SheetColumn
from dashboard.sheets.filing_package import MEGABYTE, Limits

FORM, VERSION = "guatu-station-book", "1"
STATIONS, HOSTS, CHECKS = "站点", "应设单位名单", "检查情况"
HOW, OPTIONS, MARKS = "填写说明", "选项", "系统信息"
HEAD_ROW = 4
FIRST_ROW = HEAD_ROW + 1
MOST_LINES, MOST_CHECKS = 5000, 40_000
"""Stations or bodies, and findings, of one book: a county has some hundreds of stations."""
BOOK = Limits(
    what="站点台账表",
    most_bytes=20 * MEGABYTE,
    most_unpacked=120 * MEGABYTE,
    most_rows=2 * MOST_LINES + MOST_CHECKS + 20_000,
    most_cells=1_000_000,
)
"""A book of 3,000 stations with 33,000 findings takes 2 MB and unpacks to 40."""
WITHHELD = "不外发"
"""Stands for the place of a station that no map may show; left so, it changes nothing."""
CODE = "code"
UNITS = {
    "area_m2": "平方米",
    "served": "人次",
    "lon": "度",
    "lat": "度",
    "full_time": "人",
    "part_time": "人",
    "counsellors": "人",
    "volunteers": "人",
}
"""What a figure is counted in, for whoever types it with its unit."""
LEDGER_OF = {STATIONS: "station", HOSTS: "listed_host", CHECKS: "inspection"}

_WIDTHS = {
    "code": 10,
    "name": 26,
    "kind": 14,
    "town": 12,
    "host_list": 20,
    "listed_host": 20,
    "host": 20,
    "unit": 18,
    "address": 24,
    "point_source": 14,
    "services": 22,
    "hotline": 15,
    "note": 20,
    "official_code": 20,
}
_PRINTED_OF = {
    "station": (
        SheetColumn("stage", "现状", 8),
        SheetColumn("standing", "达标情况", 30),
    ),
    "listed_host": (SheetColumn("stations", "已登记站点", 26),),
}
"""Columns that only tell; what is written there is not read."""
CHECK_COLUMNS = (
    SheetColumn("station", "站点编号", 10),
    SheetColumn("station_name", "站点名称", 24),
    SheetColumn("item", "标准条目编号", 12),
    SheetColumn("area", "方面", 10),
    SheetColumn("requirement", "要求", 34),
    SheetColumn("unit", "计量单位", 8.5),
    SheetColumn("last", "上次检查编号", 12),
    SheetColumn(
        "verdict", "检查结果", 9.5, Kind.CHOICE, tuple(each.label for each in CheckVerdict)
    ),
    SheetColumn("measured", "实测值", 8.5, Kind.FIGURE),
    SheetColumn("inspected_on", "检查日期", 11, Kind.DAY),
    SheetColumn("by_post", "检查岗位", 16, Kind.TEXT),
    SheetColumn("note", "备注", 20, Kind.TEXT),
)
CHECK_KEYS = ("station", "item", "last")
"""Printed columns of the findings by which a row is known again."""


@cache
def fields_in(ledger: str) -> tuple[Field, ...]:
    """The fields of a ledger that its sheet carries, in the order of the form."""
    return new_fields(LEDGERS[ledger], ledger)


@cache
def columns_of(sheet: str) -> tuple[SheetColumn, ...]:
    """The columns of a sheet: code, fields to fill, then what only tells."""
    if sheet == CHECKS:
        return CHECK_COLUMNS
    ledger = LEDGER_OF[sheet]
    filled = (_column(field) for field in fields_in(ledger))
    code = SheetColumn(CODE, "编号", _WIDTHS["code"])
    return (code, *filled, *_PRINTED_OF[ledger])


def _column(field: Field) -> SheetColumn:
    width = _WIDTHS.get(field.name, max(9.0, 2.0 * len(field.label) + 2))
    return SheetColumn(field.name, field.label, width, _kind(field), _choices(field))


def _kind(field: Field) -> Kind:
    if issubclass(field.kind, Term) or field.kind is bool:
        return Kind.CHOICE
    if field.kind is date:
        return Kind.DAY
    return Kind.FIGURE if field.kind in (int, float) else Kind.TEXT


def _choices(field: Field) -> tuple[str, ...]:
    if field.kind is bool:
        return YES, NO
    return tuple(each.label for each in field.kind) if issubclass(field.kind, Term) else ()


def head_of(column: SheetColumn) -> str:
    """How a head says its name alone: without the mark of what is to be filled."""
    return bare_head(column.head)


def bare_head(text: Any) -> str:
    """A head as it is compared: line ends, blanks and marks make no difference."""
    shown = "".join(str(text if text is not None else "").replace("_x000D_", "").split())
    return shown.replace("〔填〕", "").replace("〔选〕", "")


@dataclass(frozen=True)
class BookMarks:
    """What a book says of itself, unseen. `version` is the last posting that it knows, `day` the
    plan's day on which it was made, `scope` whose stations it holds, in words."""

    plan: str
    version: int
    day: str
    made_at: str
    scope: str
    is_practice: bool

    def cells(self) -> Iterator[tuple[str, str]]:
        """The unseen sheet's rows, all of them text."""
        yield "form", FORM
        yield "version", VERSION
        yield "digest", self.digest
        yield "marks", self._text

    @property
    def _text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @property
    def digest(self) -> str:
        """No secret, but nobody changes a mark by mistake unnoticed."""
        return hashlib.sha256(f"{FORM}{VERSION}{self._text}".encode()).hexdigest()


class BookMarksError(ValueError):
    """The unseen sheet does not hold what it should; the message says what to do, in Chinese."""


_ANEW = "请在“站点导入导出”页重新下载"


def marks_of_book(cells: Iterable[tuple[str, str]]) -> BookMarks:
    """The marks that an unseen sheet holds. Raises BookMarksError."""
    held = dict(cells)
    if held.get("form") != FORM:
        raise BookMarksError(f"不是挂图生成的站点台账表，{_ANEW}")
    if held.get("version") != VERSION:
        told = held.get("version", "")[:20]
        raise BookMarksError(f"站点台账表的版本是“{told}”，现用版本是“{VERSION}”，{_ANEW}")
    try:
        found = _marks(json.loads(held["marks"]))
    except (KeyError, TypeError, ValueError):
        raise BookMarksError(f"表中隐藏的系统信息被改动，{_ANEW}") from None
    if held.get("digest") != found.digest:
        raise BookMarksError(f"表中隐藏的系统信息被改动，{_ANEW}")
    return found


def _marks(given: dict[str, Any]) -> BookMarks:
    """Each part of its kind: the digest is no secret. Raises ValueError and its kin."""
    found = BookMarks(**given)
    texts = (found.plan, found.day, found.made_at, found.scope)
    if not all(isinstance(each, str) for each in texts):
        raise ValueError("texts")
    if type(found.version) is not int or type(found.is_practice) is not bool:
        raise ValueError("version")
    date.fromisoformat(found.day)
    return found


def is_masked(row: r.Record, name: str) -> bool:
    """Whether a file that leaves the house says 不外发 instead of this field."""
    return isinstance(row, r.Station) and is_withheld(row) and name in PLACE
