"""The form for a new row of the office's own; what nobody is asked follows from the rest."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from typing import Any

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import LEDGERS, Field, is_required, row_word
from dashboard.ledgers.terms import Part, Recurrence
from dashboard.posting.editable import EDITABLE, new_fields
from dashboard.posting.editing import Work, add_measure, add_row, add_task
from dashboard.posting.faults import NEW, Fault, RefusedError
from dashboard.rules.names import name_of
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.present import may_write
from dashboard.widgets.record_choice import links, record_address
from dashboard.widgets.record_fields import Asked, ask, ask_all, named_in_address
from dashboard.widgets.record_item import Subject, choose_subject, labels_of
from dashboard.widgets.table import link

_WITH_WORK = ("task", "measure")
"""What must be somebody's from the first day."""
_WORK_LABELS = {"unit": "责任单位兼汇总单位", "cadence": "报送周期"}
"""What the form calls the parts of that work that must be said."""
_ELSEWHERE = frozenset({"task", "measure", "indicator", "part", "round"})
"""Fields of a row about a task that are chosen before the form, or follow."""
_FIRST = ("description", "matter", "title", "name")
"""What a form asks first, where a row has it: what the row is."""
_MADE = "record_made"
_LAST_MADE = 5


def new_form(desk: Desk, ledger: str) -> None:
    """Add a row of the office's own; what was just added stands above the next."""
    if not may_write(desk, "新增"):
        return
    made: list[tuple[str, str]] = st.session_state.setdefault(_MADE, [])
    _just_made(desk, ledger, made)
    subject = choose_subject(desk, ledger)
    if subject is None:
        return
    turn = outbox().turn("record")
    key = f"new_{ledger}_{subject.key}_{turn}"
    fields = [each for each in _fields(ledger) if each.name not in subject.given]
    with st.form(key, enter_to_submit=False):
        defaults = {each.name: _default(desk, each, subject) for each in fields}
        asked = Asked(desk.books, labels_of(desk, ledger, subject), defaults)
        values = ask_all(asked, fields, defaults, key)
        work = _ask_work(desk, key) if ledger in _WITH_WORK else {}
        sent = st.form_submit_button(f"新增{row_word(ledger)}", type="primary")
    if sent:
        _add(desk, ledger, Entered({**values, **subject.given}, work, turn), made)


def _just_made(desk: Desk, ledger: str, made: list[tuple[str, str]]) -> None:
    """Links to the rows that this session added, newest first; the form below is for one more."""
    codes = [code for of, code in reversed(made) if of == ledger]
    rows = [desk.books.find(LEDGERS[ledger], code) for code in codes[:_LAST_MADE]]
    standing = [row for row in rows if row is not None]
    if standing:
        section("刚才新增", "点名称可查看、修改或撤销")
        for row in standing:
            links([link(_called(desk, row), record_address(desk, row))])
        section(f"继续新增{row_word(ledger)}")


def _called(desk: Desk, row: r.Record) -> str:
    """A row's name with its code."""
    return f"{name_of(desk.books, row)}（{row.code}）"


def _fields(ledger: str) -> list[Field]:
    about_task = "task" in EDITABLE[ledger].fixed
    hidden = _ELSEWHERE if about_task else frozenset({"round"})
    asked = [each for each in new_fields(LEDGERS[ledger], ledger) if each.name not in hidden]
    return sorted(asked, key=lambda each: each.name not in _FIRST)


def _default(desk: Desk, field: Field, subject: Subject) -> Any:
    """What a new row most likely says: today, the task's clause, what the address names."""
    if field.name in ("found_on", "issued_on"):
        return desk.today
    if field.name == "clause" and subject.task:
        return subject.task.clause
    if field.ref:
        named = st.query_params.get(field.name)
        return named if desk.books.find(LEDGERS[field.ref], named) else None
    named = named_in_address(field)
    if named is not None:
        return named
    return None if field.default is MISSING else field.default


def _ask_work(desk: Desk, key: str) -> dict[str, Any]:
    """The unit that does it and sums up, how often it reports, and by when."""
    st.markdown("**由谁办、怎样报、何时完成**")
    first, second, third = st.columns(3)
    line = {field.name: field for field in new_fields(r.ReportingLine, "reporting_line")}
    due = {field.name: field for field in new_fields(r.Deadline, "deadline")}
    asked = Asked(desk.books, {**_WORK_LABELS, "due_on": "完成时限"})
    with first:
        unit = ask(asked, line["unit"], None, f"{key}_work_unit")
    with second:
        cadence = ask(asked, line["cadence"], Recurrence.MONTHLY, f"{key}_work_cadence")
    with third:
        due_on = ask(asked, due["due_on"], None, f"{key}_work_due_on")
    return {"unit": unit, "cadence": cadence, "due_on": due_on}


@dataclass(frozen=True)
class Entered:
    """The row's own fields, the work that a task or measure asks for, and the form's turn."""

    values: dict[str, Any]
    work: dict[str, Any]
    turn: int


def _add(desk: Desk, ledger: str, entered: Entered, made: list[tuple[str, str]]) -> None:
    def add() -> str:
        _refuse_blanks(ledger, entered)
        code = _post(desk, _record(desk, ledger, entered.values), entered.work)
        made.append((ledger, code))
        return f"已新增{row_word(ledger)}，编号{code}。"

    post("record", entered.turn, add)


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
    rest: dict[str, Any] = {"code": NEW, "seq": 0, "as_printed": NEW, "part": Part.SHARE}
    rest |= EDITABLE[ledger].mark
    if task is not None:
        rest["clause"] = task.clause
    held = {name: value for name, value in rest.items() if hasattr(kind, name)}
    return kind(**{**held, **values})


def _refuse_blanks(ledger: str, entered: Entered) -> None:
    fields = {field.name: field for field in new_fields(LEDGERS[ledger], ledger)}
    empty = [
        Fault(ledger, NEW, name, "不能为空，请填写")
        for name, value in entered.values.items()
        if value is None and is_required(fields[name])
    ]
    if entered.work:
        empty += [
            Fault("reporting_line", NEW, None, f"“{label}”不能为空，请选择")
            for name, label in _WORK_LABELS.items()
            if entered.work[name] is None
        ]
    if empty:
        raise RefusedError(*empty)
