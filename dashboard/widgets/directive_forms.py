"""The two forms of 交办事项: a matter handed to a unit, and what an instruction asks for."""

from collections.abc import Sequence
from dataclasses import MISSING, replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import Field, fields_of, is_required
from dashboard.ledgers.terms import DirectiveSource
from dashboard.posting.faults import NEW, Fault, RefusedError
from dashboard.posting.problems import issue_directive
from dashboard.widgets.desk import Desk
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.present import may_write
from dashboard.widgets.record_fields import Asked, ask

NO_TEXT = (
    "批示原文属工作秘密，不得录入。这里只登记批示登记号和办理要求；"
    "登记后仅办公室、领导和承办单位可见，不列入周调度、总览和月通报。"
)


def registering(desk: Desk) -> None:
    """The forms that the viewer may use; nothing for who only reads."""
    orders, instructions = desk.may(Right.DIRECT), desk.may(Right.REGISTER_INSTRUCTION)
    if not orders and not instructions:
        return
    if not may_write(desk, "登记交办事项"):
        return
    if orders:
        with st.expander("登记交办事项", expanded=not desk.books.all(r.Directive)):
            order_form(desk)
    if instructions:
        with st.expander("登记批示办理要求"):
            instruction_form(desk)


def order_form(desk: Desk) -> None:
    """A matter that a meeting or a leader handed to a unit."""
    fields = _fields("matter", "source", "unit", "issued_on", "due_on", "closing_standard", "task")
    given = {"source": DirectiveSource.LEADER, "issued_on": desk.today}
    turn = outbox().turn("order")
    values = _asked(desk, f"order_{turn}", fields, given)
    if values is None:
        return
    if values["source"] is DirectiveSource.DISPATCH and values["issued_on"]:
        values["round"] = _round_on(desk, values["issued_on"])
    send = partial(_issued, desk, "交办事项", fields, values)
    post("order", turn, send, labels=_labels(fields))


def instruction_form(desk: Desk) -> None:
    """What a written instruction asks for: its register number, never its text."""
    st.html(f'<p class="g-empty">{NO_TEXT}</p>')
    number, matter, unit, due = _fields("register_no", "matter", "unit", "due_on")
    fields = (
        replace(number, default=MISSING, optional=False),
        replace(matter, label="办理要求"),
        unit,
        due,
    )
    turn = outbox().turn("instruction")
    entered = _asked(desk, f"instruction_{turn}", fields, {})
    if entered is not None:
        values = {**entered, "source": DirectiveSource.LEADER, "issued_on": desk.today}
        send = partial(_issued, desk, "批示办理事项", fields, values)
        post("instruction", turn, send, labels=_labels(fields))


def _fields(*names: str) -> tuple[Field, ...]:
    found = {field.name: field for field in fields_of(r.Directive)}
    return tuple(found[name] for name in names)


def _asked(
    desk: Desk, key: str, fields: Sequence[Field], given: dict[str, Any]
) -> dict[str, Any] | None:
    """Draw a form; what was entered once it is sent."""
    with st.form(key, enter_to_submit=False):
        values = {}
        first, *rest = fields
        values[first.name] = ask(
            Asked(desk.books), first, given.get(first.name), f"{key}_{first.name}"
        )
        places = st.columns(2)
        for number, field in enumerate(rest):
            with places[number % 2]:
                value = given.get(field.name)
                values[field.name] = ask(Asked(desk.books), field, value, f"{key}_{field.name}")
        sent = st.form_submit_button(_TITLES[key.partition("_")[0]], type="primary")
    return values if sent else None


_TITLES = {"order": "登记交办事项", "instruction": "登记批示办理要求"}


def _round_on(desk: Desk, day: date) -> str | None:
    """The dispatch in whose weeks a day lies."""
    return next(
        (
            each.code
            for each in desk.judgement.rounds
            if each.weeks[0].monday <= day <= each.week.sunday
        ),
        None,
    )


def _issued(desk: Desk, what: str, fields: Sequence[Field], values: dict[str, Any]) -> str:
    _refuse_blanks(fields, values)
    directive = r.Directive(code=NEW, **values)
    unit = desk.books.get(r.Unit, directive.unit).name
    due = wording.day(directive.due_on, desk.today.year)
    code = issue_directive(desk.engine, desk.viewer, desk.plan.code, directive)
    return f"已登记{what}{code}，由{unit}承办，{due}前办结。"


def _refuse_blanks(fields: Sequence[Field], values: dict[str, Any]) -> None:
    faults = [
        Fault("directive", NEW, field.name, "不能为空，请填写")
        for field in fields
        if is_required(field) and values[field.name] is None
    ]
    if faults:
        raise RefusedError(*faults)


def _labels(fields: Sequence[Field]) -> dict[str, str]:
    """What the form calls the fields."""
    return {field.name: field.label for field in fields}
