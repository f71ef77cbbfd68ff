"""A plan's folder in and out: plan.toml and one CSV a ledger, read into records cell by cell.

The header of a CSV holds the Chinese labels of the record's fields; terms are written with
their labels, 是 and 否 for yes and no, dates as 2023-07-31, an empty cell for nothing.
"""

import csv
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import (
    LEDGERS,
    NOT_CARRIED,
    Field,
    fields_of,
    from_text,
    is_required,
    to_text,
)
from dashboard.ledgers.terms import Term
from dashboard.posting.faults import Fault

FILES = {
    name: f"{name[:-1]}ies.csv" if name.endswith("y") else f"{name}s.csv"
    for name in LEDGERS
    if name not in ("plan", *NOT_CARRIED)
}
"""The CSV of each ledger that a folder carries."""

PLAN_FILE = "plan.toml"
_UNREADABLE = "读不出来，请看是否为文件、能否读取，是否正在别处打开"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def carried(kind: type[r.Record]) -> tuple[Field, ...]:
    """The fields that leave the house: not what posting keeps, nor what is private."""
    return tuple(each for each in fields_of(kind) if not each.kept and not each.private)


@dataclass(frozen=True)
class Located:
    """A problem in a folder: file, row (1 is the header), column, and what to do, in Chinese."""

    file: str
    row: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        row = f"第{self.row}行" if self.row else ""
        column = f"“{self.column}”列" if self.column else ""
        return f"{self.file}{row}{column}：{self.message}"


@dataclass(frozen=True)
class PlanFolder:
    """What a folder holds; `places` tells the file and row of each code."""

    plan: r.Plan
    rows: tuple[r.Record, ...]
    places: dict[tuple[str, str], int]

    def locate(self, fault: Fault) -> Located:
        """Where in the folder a fault of posting stands."""
        kind = LEDGERS[fault.ledger]
        label = next((f.label for f in fields_of(kind) if f.name == fault.field), None)
        label = fault.field if kind is r.Plan else label
        row = self.places.get((fault.ledger, fault.code))
        message = fault.message if row else f"{fault.code}：{fault.message}"
        return Located(FILES.get(fault.ledger, PLAN_FILE), row, label, message)


def read_folder(folder: Path) -> tuple[PlanFolder | None, tuple[Located, ...]]:
    """A plan folder as records. No folder is returned where anything is wrong."""
    if not folder.is_dir():
        return None, (Located(str(folder), None, None, "找不到这个文件夹"),)
    plan, problems = _read_plan(folder / PLAN_FILE)
    rows: list[r.Record] = []
    places: dict[tuple[str, str], int] = {}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in FILES.values():
            known = "、".join(FILES.values())
            problems.append(Located(path.name, None, None, f"不认识的文件，可用的有：{known}"))
    for ledger, name in FILES.items():
        if (folder / name).exists():
            for number, record in _read_csv(folder / name, LEDGERS[ledger], problems):
                rows.append(record)
                places[ledger, record.code] = number
    problems += _unresolved(rows, places, {each.file for each in problems})
    if problems or plan is None:
        return None, tuple(problems)
    return PlanFolder(plan, tuple(rows), places), ()


def _unresolved(
    rows: Sequence[r.Record], places: dict[tuple[str, str], int], spoilt: set[str]
) -> Iterator[Located]:
    """References to rows that are not there; into a spoilt file they cannot be judged yet."""
    ledgers = {kind: name for name, kind in LEDGERS.items()}
    for row in rows:
        ledger = ledgers[type(row)]
        for field in fields_of(type(row)):
            code = getattr(row, field.name)
            if not field.ref or code is None or FILES[field.ref] in spoilt:
                continue
            if (field.ref, code) not in places:
                message = f"“{code}”在{FILES[field.ref]}中不存在，请核对编号"
                yield Located(FILES[ledger], places[ledger, row.code], field.label, message)


def _read_plan(path: Path) -> tuple[r.Plan | None, list[Located]]:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return None, [Located(path.name, None, None, "缺少这个文件")]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [Located(path.name, None, None, f"读不出来：{error}")]
    except OSError:
        return None, [Located(path.name, None, None, _UNREADABLE)]
    fields = {field.name: field for field in carried(r.Plan)}
    problems = [
        Located(path.name, None, name, f"不认识的项目，可用的有：{'、'.join(fields)}")
        for name in given
        if name not in fields
    ]
    values: dict[str, Any] = {}
    for name, field in fields.items():
        raw = given.get(name)
        text = raw.isoformat() if isinstance(raw, date) else str(raw or "").strip() or None
        _take(field, text, values, Located(path.name, None, name, ""), problems)
    return (None if problems else r.Plan(**values)), problems


def _read_csv(
    path: Path, kind: type[r.Record], problems: list[Located]
) -> Iterator[tuple[int, r.Record]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        lines = list(csv.reader(StringIO(text, newline="")))
    except UnicodeDecodeError:
        problems.append(Located(path.name, None, None, "不是UTF-8编码，请另存为“CSV UTF-8”"))
        return
    except (OSError, csv.Error) as error:
        torn = "读不出来，请检查引号是否成对"
        said = torn if isinstance(error, csv.Error) else _UNREADABLE
        problems.append(Located(path.name, None, None, said))
        return
    fields = {field.label: field for field in carried(kind)}
    header = [cell.strip() for cell in lines[0]] if lines else []
    if wrong := list(_wrong_columns(path.name, header, fields)):
        problems.extend(wrong)
        return
    seen: dict[str, int] = {}
    for number, cells in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in cells):
            record = _read_row(path.name, number, (header, cells), fields, (kind, problems))
            if record is not None and record.code in seen:
                message = f"编号“{record.code}”与第{seen[record.code]}行重复"
                problems.append(Located(path.name, number, fields["编号"].label, message))
            elif record is not None:
                seen[record.code] = number
                yield number, record


def _wrong_columns(name: str, header: list[str], fields: dict[str, Field]) -> Iterator[Located]:
    for label in header:
        if label not in fields:
            yield Located(name, 1, label, f"不认识的列，可用的有：{'、'.join(fields)}")
    for label, field in fields.items():
        if is_required(field) and label not in header:
            yield Located(name, 1, label, "缺少这一列")
    for label in sorted({label for label in header if header.count(label) > 1}):
        yield Located(name, 1, label, "这一列出现了两次")


def _read_row(
    name: str,
    number: int,
    cells: tuple[list[str], list[str]],
    fields: dict[str, Field],
    into: tuple[type[r.Record], list[Located]],
) -> r.Record | None:
    header, given = cells
    kind, problems = into
    before = len(problems)
    if len(given) > len(header):
        problems.append(Located(name, number, None, "单元格比表头多，请检查多余的逗号"))
    values: dict[str, Any] = {}
    by_label = dict(zip(header, given, strict=False))
    for label, field in fields.items():
        text = by_label.get(label, "").strip() or None
        if text and field.kind is str and text[0] == "'" and _is_formula(text):
            text = text[1:]  # as `written` defused it
        _take(field, text, values, Located(name, number, label, ""), problems)
    return kind(**values) if len(problems) == before else None


def _take(
    field: Field, text: str | None, values: dict[str, Any], at: Located, problems: list[Located]
) -> None:
    if text is None:
        if is_required(field):
            problems.append(Located(at.file, at.row, at.column, "不能为空，请填写"))
        return
    try:
        values[field.name] = from_text(field, text)
    except ValueError as error:
        problems.append(Located(at.file, at.row, at.column, str(error)))


def written(value: object) -> str:
    """A value as a CSV cell: terms by their label; text is defused."""
    text = value.label if isinstance(value, Term) else to_text(value) or ""
    if isinstance(value, float) and value.is_integer():
        text = str(int(value))
    return defused(text) if isinstance(value, str) else text


def defused(text: str) -> str:
    """Text that a spreadsheet would reckon, made plain by a leading apostrophe."""
    return f"'{text}" if _is_formula(text) else text


def _is_formula(text: str) -> bool:
    """Whether a spreadsheet would reckon it, once any apostrophes before it are taken off."""
    return text.lstrip("'")[:1] in _FORMULA


def write_folder(folder: Path, plan: r.Plan, rows: Sequence[r.Record]) -> None:
    """Write a plan folder that `read_folder` reads back to the same records, and no others."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PLAN_FILE).write_text(_plan_toml(plan), encoding="utf-8")
    for ledger, name in FILES.items():
        mine = [row for row in rows if type(row) is LEDGERS[ledger]]
        if mine:
            (folder / name).write_text(_csv(mine), encoding="utf-8-sig", newline="")
        else:
            (folder / name).unlink(missing_ok=True)


def _csv(rows: Sequence[r.Record]) -> str:
    fields = carried(type(rows[0]))
    used = [f for f in fields if any(getattr(row, f.name) != f.default for row in rows)]
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([field.label for field in used])
    writer.writerows([written(getattr(row, field.name)) for field in used] for row in rows)
    return out.getvalue()


def _plan_toml(plan: r.Plan) -> str:
    lines = []
    for field in carried(r.Plan):
        value = getattr(plan, field.name)
        if value is None:
            continue
        is_day = isinstance(value, date) and not isinstance(value, datetime)
        text = value.isoformat() if is_day else _quoted(to_text(value) or "")
        lines.append(f"{field.name} = {text}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML string
