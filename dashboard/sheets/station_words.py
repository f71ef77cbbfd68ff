"""What a row of the book of stations would change, in words: for pages and the command line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import Field
from dashboard.ledgers.terms import Term
from dashboard.sheets.filing_layout import NO, YES, label_of
from dashboard.sheets.station_findings import FILLED, NOTHING, TakenFinding
from dashboard.sheets.station_intake import Taken
from dashboard.sheets.station_layout import CHECK_COLUMNS, fields_in
from dashboard.sheets.station_names import Names, shown
from dashboard.sheets.station_rows import Stand, TakenRow

CLEARED = "（清空）"


@dataclass(frozen=True)
class Change:
    """One field: what the book showed, what it says, what stands; `who` changed it meanwhile."""

    label: str
    was: str
    said: str
    now: str
    who: str | None = None

    @property
    def is_said(self) -> bool:
        """Whether the book changes it, and not only somebody else."""
        return bool(self.said)


def title_of(taken: Taken) -> str:
    """“某某心灵驿站（S000012）” or “某某心灵驿站：总面积不少于20平方米”."""
    if isinstance(taken, TakenFinding):
        name = taken.station.name if taken.station else taken.line.values.get("station")
        return f"{name or '（未写站点）'}：{taken.item.requirement if taken.item else '检查情况'}"
    name = taken.line.values.get("name") or getattr(taken.now, "name", None)
    code = taken.line.code
    return f"{name or '（未写名称）'}{f'（{code}）' if code else ''}"


def place_of(taken: Taken) -> str:
    """“站点 第12行”."""
    return f"{taken.line.sheet} 第{taken.line.row}行"


def changes_of(names: Names, taken: Taken) -> tuple[Change, ...]:
    """What the row would change; of a conflict also what others changed meanwhile."""
    if isinstance(taken, TakenFinding):
        return tuple(_found(taken))
    return tuple(_changed(names, taken))


def in_short(names: Names, taken: Taken) -> str:
    """“面积（平方米）由18改为24，备注改为……” in one line."""
    parts = []
    for each in changes_of(names, taken):
        if each.is_said:
            was = f"由{each.was}" if each.was else ""
            verb = "改为" if was or taken.stand is not Stand.ADDED else "："
            parts.append(f"{each.label}{was}{verb}{each.said}")
    return "，".join([*parts, *taken.line.notes])


def _changed(names: Names, taken: TakenRow) -> Iterator[Change]:
    theirs = {each.field: each for each in reversed(taken.since) if each.field}
    for field in fields_in(taken.ledger):
        is_mine, other = field.name in taken.fields, theirs.get(field.name)
        if not is_mine and (other is None or taken.stand is not Stand.CONFLICT):
            continue
        said = _said(field, taken) if is_mine else ""
        who = wording.signed(other.by_post, other.by_account) if other else None
        was, now = _shown(names, field, taken.base), _shown(names, field, taken.now)
        yield Change(field.label, was, said, now, who)


def _said(field: Field, taken: TakenRow) -> str:
    """What the row says of a field: names as they were written."""
    value = taken.fields[field.name]
    if value is None:
        return CLEARED
    if field.ref:
        return str(taken.line.values.get(field.name) or value)
    return _word(wording.at_least_five(value) if field.name == "served" else value)


def _shown(names: Names, field: Field, row: r.Record | None) -> str:
    return "" if row is None else _word(shown(names, field, row))


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Term):
        return value.label
    if isinstance(value, date):
        return wording.full_day(value)
    return wording.number(value) if isinstance(value, float) else str(value)


def _found(taken: TakenFinding) -> Iterator[Change]:
    base = taken.base or NOTHING
    who = taken.now.by_post if taken.now and taken.stand is Stand.CONFLICT else None
    for name in FILLED:
        said, was = taken.line.values.get(name), base[name]
        now = getattr(taken.now, name) if taken.now else None
        if said != was or (who and now != was):
            mine = _word(said) or CLEARED if said != was else ""
            yield Change(label_of(name, CHECK_COLUMNS), _word(was), mine, _word(now), who)
