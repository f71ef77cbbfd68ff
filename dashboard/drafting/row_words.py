"""A draft row in the words of officials: what it says at a glance."""

from collections.abc import Callable, Mapping
from datetime import date

from dashboard import wording
from dashboard.drafting.rows import Row
from dashboard.ledgers.shape import LEDGERS, TITLES, Field, fields_of, from_text
from dashboard.ledgers.terms import Comparator, Role, Term

KIND_WORDS: Mapping[str, str] = {
    "plan": "方案信息",
    "clause": "条款",
    "unit": "单位",
    "task": "任务",
    "responsibility": "责任",
    "deadline": "时限",
    "indicator": "指标",
    "measure": "措施",
    "reporting_line": "报送安排",
}
"""What a row is called, in the order in which a clause is gone through."""
Rows = Mapping[tuple[str, str], Row]


def kind_word(ledger: str) -> str:
    """What a row of a ledger is called."""
    return KIND_WORDS.get(ledger, TITLES[ledger])


def said(row: Row, rows: Rows) -> tuple[str, str]:
    """What a row says: its name, and in a second line how it says it."""
    name, more = _SAID[row.ledger](row, rows)
    return name or "（空）", "；".join(part for part in more if part)


def field_words(row: Row, field: Field, rows: Rows) -> str:
    """One field's value as officials write it."""
    text = row.fields.get(field.name)
    if not text:
        return "空"
    if field.ref:
        other = rows.get((field.ref, text))
        return said(other, rows)[0] if other else text
    return value_words(field, text)


def value_words(field: Field, text: str) -> str:
    """A stored text as officials write it; what cannot be read stays as it is."""
    try:
        value = from_text(field, text)
    except ValueError:
        return text
    if isinstance(value, Term):
        return value.label
    if isinstance(value, date):
        return wording.full_day(value)
    return wording.number(value) if isinstance(value, float) else text


def _told(row: Row, name: str) -> str:
    """A field of the row itself, in words; nothing where it is empty."""
    text = row.fields.get(name)
    field = next(each for each in fields_of(LEDGERS[row.ledger]) if each.name == name)
    return value_words(field, text) if text else ""


def _of(row: Row, ledger: str, rows: Rows) -> str:
    """The name of the row that this one speaks of."""
    other = rows.get((ledger, row.fields.get(ledger) or ""))
    return said(other, rows)[0] if other else ""


Told = tuple[str, tuple[str, ...]]


def _clause(row: Row, _: Rows) -> Told:
    title = _told(row, "title")
    return row.code if title == row.code else f"{row.code}　{title}", (_told(row, "kind"),)


def _unit(row: Row, _: Rows) -> Told:
    aliases = _told(row, "aliases")
    return _told(row, "name"), (_told(row, "kind"), f"又名{aliases}" if aliases else "")


def _task(row: Row, _: Rows) -> Told:
    return _told(row, "title"), (_told(row, "kind"), _told(row, "note"))


def _measure(row: Row, _: Rows) -> Told:
    return _told(row, "title"), (_told(row, "force"),)


def _duty(row: Row, rows: Rows) -> Told:
    unit, printed = _of(row, "unit", rows), _told(row, "as_printed")
    is_open = row.fields.get("is_open_ended") == "是"
    words = _told(row, "words")
    role = _told(row, "role")
    role = role if role == Role.LOCAL.label else f"{role}单位"
    return f"{role}：{unit or printed}", (
        f"原文名称“{printed}”" if printed != unit else "",
        f"原文“{words}”" if words else "",
        "原文有“等”" if is_open else "",
    )


def _deadline(row: Row, _: Rows) -> Told:
    due, often = _told(row, "due_on"), _told(row, "recurrence")
    past = row.fields.get("is_in_force") == "否"
    when = due or (often if row.fields.get("recurrence") != "once" else "日期待填")
    note = _told(row, "note")
    source = "" if note.startswith("原文") else _told(row, "source")
    return when, (source, note, "不作为现行时限" if past else "")


def _indicator(row: Row, _: Rows) -> Told:
    return f"{_told(row, 'name')}：{amount(row)}", (
        f"范围：{_told(row, 'scope')}" if _told(row, "scope") else "",
        f"周期：{_told(row, 'per')}" if _told(row, "per") else "",
        f"{_told(row, 'year')}年" if _told(row, "year") else "",
        _told(row, "method"),
        _told(row, "note"),
    )


def amount(row: Row) -> str:
    """What an indicator asks for: 不少于16家, 达到80%."""
    try:
        low = float(row.fields.get("value") or "")
        high = row.fields.get("value_high")
        kind = Comparator.parse(row.fields.get("comparator") or "")
        unit = row.fields.get("unit") or ""
        if kind is Comparator.EXACTLY:
            return wording.scaled(low, unit)
        return wording.quantity(kind.value, low, unit, float(high) if high else None)
    except ValueError:
        return "目标值待填"


def _line(row: Row, rows: Rows) -> Told:
    what = _of(row, "indicator", rows) or _of(row, "measure", rows)
    unit = _of(row, "unit", rows) or "办公室所在单位"
    return f"{unit}{_told(row, 'part')}，{_told(row, 'cadence')}报送", (what,)


_SAID: Mapping[str, Callable[[Row, Rows], Told]] = {
    "clause": _clause,
    "unit": _unit,
    "task": _task,
    "measure": _measure,
    "responsibility": _duty,
    "deadline": _deadline,
    "indicator": _indicator,
    "reporting_line": _line,
}
