"""What was found, as the object that `guatu read --json` prints, and as a page of text."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from dashboard.policy.findings import Deadline, Duty, Reading, Role, Span, Target

_ROLES = {
    Role.LEAD: "牵头",
    Role.SHARED: "责任",
    Role.LOCAL: "具体负责",
    Role.SUPPORT: "配合",
    Role.GUIDE: "指导",
}
_CADENCES = {
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "half-yearly": "每半年",
    "yearly": "每年",
    "ongoing": "长期坚持",
}


def as_object(found: Reading, *, with_text: bool = False) -> dict[str, Any]:
    """The findings as plain objects; `with_text` adds the text that the offsets count in."""
    head = found.head
    text = found.text
    return {
        "document": {
            "title": head.title,
            "number": head.number,
            "issuer": head.issuer,
            "issued_on": _iso(head.issued_on),
            "period": {"start": _iso(head.period.start), "end": _iso(head.period.end)},
        },
        "clauses": [
            {"id": each.id, "path": list(each.path), "title": each.title, **_at(each.span)}
            for each in found.clauses
        ],
        "tasks": [
            {
                "id": each.id,
                "clause": each.clause,
                "title": each.title,
                **_quoted(each.span, text),
            }
            for each in found.tasks
        ],
        "responsibilities": [_duty(each, text) for each in found.duties],
        "deadlines": [_deadline(each) for each in found.deadlines],
        "targets": [_target(each) for each in found.targets],
        "units": [
            {"name": each.name, "aliases": list(each.aliases), "kind": each.kind}
            for each in found.units
        ],
        "problems": [
            {"code": each.code, "message": each.message, **_at(each.span)}
            for each in found.problems
        ],
        **({"text": text} if with_text else {}),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _at(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _quoted(span: Span, text: str) -> dict[str, Any]:
    return {"quote": span.of(text), **_at(span)}


def _duty(duty: Duty, text: str) -> dict[str, Any]:
    return {
        "task": duty.task,
        "clause": duty.clause,
        "unit": duty.unit,
        "role": duty.role.value,
        "words": duty.words,
        "is_generic": duty.is_generic,
        "is_stated": duty.is_stated,
        "is_open_ended": duty.is_open_ended,
        **_quoted(duty.span, text),
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "clause": deadline.clause,
        "as_printed": deadline.as_printed,
        "due_on": _iso(deadline.due_on),
        "recurrence": deadline.recurrence.value,
        "is_inferred": deadline.is_inferred,
        **_at(deadline.span),
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "clause": target.clause,
        "what": target.what,
        "comparator": target.comparator,
        "value": target.value,
        "value_high": target.value_high,
        "unit": target.unit,
        "scope": target.scope,
        "per": target.per,
        "kind": target.kind,
        "as_printed": target.as_printed,
        **_at(target.span),
    }


def summary(found: Reading) -> Iterator[str]:
    """The findings as lines to read, problems last."""
    head = found.head
    yield head.title or "（没有找到标题）"
    yield "　".join(each for each in (head.number, head.issuer, _iso(head.issued_on)) if each)
    for task in found.tasks:
        yield ""
        yield f"{task.clause}　{task.title}"
        yield from _of_task(found, task.id)
        yield from _of_clause(found, task.clause)
    yield ""
    yield f"待核对{len(found.problems)}处" if found.problems else "没有待核对的问题"
    yield from (f"　{each.message}" for each in found.problems)


def _of_task(found: Reading, task: str) -> Iterator[str]:
    for role, label in _ROLES.items():
        duties = [each for each in found.duties if (each.task, each.role) == (task, role)]
        if duties:
            names = "、".join(each.unit for each in duties)
            more = "等" if any(each.is_open_ended for each in duties) else ""
            read_off = "" if all(each.is_stated for each in duties) else "（据句中主语，待核）"
            yield f"　{label}：{names}{more}{read_off}"


def _of_clause(found: Reading, clause: str) -> Iterator[str]:
    for deadline in found.deadlines:
        if deadline.clause == clause:
            day = _iso(deadline.due_on) or _CADENCES.get(deadline.recurrence.value, "日期待核")
            yield f"　时限：{deadline.as_printed}（{day}）"
    for target in found.targets:
        if target.clause == clause and target.kind == "target":
            yield f"　指标：{target.what} {target.as_printed}"
