"""The form for a new row of the office's own; what nobody is asked follows from the rest."""

from collections.abc import Mapping
from dataclasses import MISSING
from typing import Any

import streamlit as st

from dashboard.access.rights import ForbiddenError
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, TITLES, Field, is_required
from dashboard.ledgers.terms import Part, Recurrence
from dashboard.posting.editable import EDITABLE, new_fields
from dashboard.posting.editing import NEW, Work, add_measure, add_row, add_task
from dashboard.posting.faults import Fault, RefusedError
from dashboard.rules.names import name_of
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.notice import outbox, say_refused
from dashboard.widgets.present import may_write
from dashboard.widgets.record_fields import Asked, ask


def new_form(desk: Desk, ledger: str) -> None:
    """Add a row of the office's own."""
    if not may_write(desk, "新增"):
        return
    kind = LEDGERS[ledger]
    fields = [field for field in new_fields(kind, ledger) if field.name not in ("task", "round")]
    task = _task(desk) if _asks_task(ledger) else None
    if _asks_task(ledger) and task is None:
        return
    key = f"new_{ledger}_{task}_{outbox().turn('record')}"
    with st.form(key, enter_to_submit=False):
        values = _ask_new(desk, fields, task, key)
        work = _ask_work(desk, key) if ledger in _WITH_WORK else {}
        sent = st.form_submit_button(f"新增{TITLES[ledger]}", type="primary")
    if sent:
        _add(desk, ledger, {**values, **({"task": task} if task else {})}, work)


_WITH_WORK = ("task", "measure")
"""What must be somebody's from the first day."""


def _asks_task(ledger: str) -> bool:
    return "task" in EDITABLE[ledger].fixed


def _task(desk: Desk) -> str | None:
    tasks = {each.code: name_of(desk.books, each) for each in desk.books.all(r.Task)}
    return choice("重点任务（必填）", list(tasks), "task", tasks.__getitem__)


def _ask_new(desk: Desk, fields: list[Field], task: str | None, key: str) -> dict[str, Any]:
    asked = Asked(desk.books, task)
    places = st.columns(2)
    values = {}
    for number, field in enumerate(fields):
        with places[number % 2]:
            value = _default(desk, field, task)
            values[field.name] = ask(asked, field, value, f"{key}_{field.name}")
    return values


def _default(desk: Desk, field: Field, task: str | None) -> Any:
    """What a new row most likely says: today, the task's clause, what the address names."""
    if field.name in ("found_on", "issued_on"):
        return desk.today
    if field.name == "clause" and task:
        return desk.books.get(r.Task, task).clause
    if field.name == "part":
        return Part.SHARE
    if field.ref:
        return st.query_params.get(field.name)
    return None if field.default is MISSING else field.default


def _ask_work(desk: Desk, key: str) -> dict[str, Any]:
    """The unit that does it and sums up, how often it reports, and by when."""
    st.markdown("**由谁办、怎样报、何时完成**")
    first, second, third = st.columns(3)
    line = {field.name: field for field in new_fields(r.ReportingLine, "reporting_line")}
    due = {field.name: field for field in new_fields(r.Deadline, "deadline")}
    asked = Asked(desk.books)
    with first:
        unit = ask(asked, line["unit"], None, f"{key}_work_unit")
    with second:
        cadence = ask(asked, line["cadence"], Recurrence.MONTHLY, f"{key}_work_cadence")
    with third:
        due_on = ask(asked, due["due_on"], None, f"{key}_work_due_on")
    return {"unit": unit, "cadence": cadence, "due_on": due_on}


def _add(desk: Desk, ledger: str, values: dict[str, Any], work: dict[str, Any]) -> None:
    box = outbox()
    try:
        _refuse_blanks(ledger, values, work)
        code = _post(desk, _record(desk, ledger, values), work)
        box.sent("record", f"已新增{TITLES[ledger]}{code}。")
    except (RefusedError, ForbiddenError) as refused:
        say_refused(refused)
        return
    st.rerun()


def _post(desk: Desk, row: r.Record, work: dict[str, Any]) -> str:
    given = (desk.engine, desk.viewer, desk.plan.code)
    if isinstance(row, r.Task):
        return add_task(*given, row, Work(**work))
    if isinstance(row, r.Measure):
        return add_measure(*given, row, Work(**work))
    return add_row(*given, row)


def _record(desk: Desk, ledger: str, values: Mapping[str, Any]) -> r.Record:
    """A record of what was entered; what nobody is asked follows from the rest."""
    kind = LEDGERS[ledger]
    task = desk.books.find(r.Task, values.get("task"))
    rest: dict[str, Any] = {"code": NEW, "seq": 0, "as_printed": NEW}
    rest |= EDITABLE[ledger].mark
    if task is not None:
        rest["clause"] = task.clause
    names = {field.name for field in new_fields(kind, ledger)} | {"code"}
    needed = {
        name: value for name, value in rest.items() if name in kind.__slots__ or name in names
    }
    return kind(**{**needed, **values})


def _refuse_blanks(ledger: str, values: Mapping[str, Any], work: Mapping[str, Any]) -> None:
    fields = {field.name: field for field in new_fields(LEDGERS[ledger], ledger)}
    empty = [
        Fault(ledger, NEW, name, "不能为空，请填写")
        for name, value in values.items()
        if value is None and is_required(fields[name])
    ]
    if work and work["unit"] is None:
        empty.append(Fault("reporting_line", NEW, "unit", "不能为空，请选择"))
    if empty:
        raise RefusedError(*empty)
