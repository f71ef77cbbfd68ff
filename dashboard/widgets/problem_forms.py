"""登记问题: a problem is put on record, with what closes it."""

from typing import Any

import streamlit as st

from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import (
    ProblemCategory,
    ProblemSource,
    Term,
)
from dashboard.posting.faults import NEW, Fault, RefusedError
from dashboard.posting.problems import raise_problem
from dashboard.widgets.desk import Desk
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.present import may_write


def raise_form(desk: Desk) -> None:
    """登记问题: the closing standard is written when the problem is opened."""
    if not may_write(desk, "登记问题"):
        return
    turn = outbox().turn("problem")
    with st.form(f"problem_{turn}", enter_to_submit=False):
        values = {**_what(desk, turn), **_who(desk, turn), **_when(desk, turn)}
        sent = st.form_submit_button("登记问题", type="primary")
    if sent:
        post("problem", turn, lambda: _raised(desk, values))


def _what(desk: Desk, turn: int) -> dict[str, Any]:
    description = st.text_area("问题描述（必填）", key=f"problem_text_{turn}", height=80)
    left, right = st.columns(2)
    source = _term(left, "问题来源（必填）", ProblemSource, f"problem_source_{turn}")
    category = _term(right, "问题类别（必填）", ProblemCategory, f"problem_category_{turn}")
    solution = st.text_area("解决方案", key=f"problem_solution_{turn}", height=80)
    # Who hands problems out settles the standard; others propose one.
    proposed = "" if desk.may(Right.DIRECT) else "拟定"
    standard = st.text_input(
        f"{proposed}销号标准（必填）",
        key=f"problem_standard_{turn}",
        help="写明做到什么程度可以销号，核查时逐条对照。",
    )
    return {
        "description": _text(description),
        "source": source,
        "category": category,
        "solution": _text(solution),
        "closing_standard": _text(standard),
    }


def _who(desk: Desk, turn: int) -> dict[str, Any]:
    left, right = st.columns(2)
    unit = unit_choice(
        desk, left, "责任单位（必填）", f"problem_unit_{turn}", right=Right.RAISE_PROBLEM
    )
    tasks = {each.code: f"{each.clause}　{each.title}" for each in desk.books.all(r.Task)}
    task = right.selectbox(
        "关联任务",
        list(tasks),
        index=None,
        format_func=tasks.__getitem__,
        key=f"problem_task_{turn}",
        placeholder="可不选",
    )
    return {"unit": unit, "task": task}


def _when(desk: Desk, turn: int) -> dict[str, Any]:
    left, right = st.columns(2)
    found_on = left.date_input("发现时间（必填）", value=desk.today, key=f"problem_found_{turn}")
    due_on = right.date_input("解决时限", value=None, key=f"problem_due_{turn}")
    request = left.text_input(
        "需上级协调事项",
        key=f"problem_request_{turn}",
        help="没有可以不填；填了会列入总览和周调度。",
    )
    by = right.date_input("希望何时前协调", value=None, key=f"problem_request_due_{turn}")
    return {
        "found_on": found_on,
        "due_on": due_on,
        "request": _text(request),
        "request_due_on": by,
    }


def _raised(desk: Desk, values: dict[str, Any]) -> str:
    wanted = ("description", "source", "category", "closing_standard", "unit", "found_on")
    _refuse_blanks("problem", values, wanted)
    problem = r.Problem(code=NEW, **values)
    unit = desk.books.get(r.Unit, problem.unit).name
    code = raise_problem(desk.engine, desk.viewer, desk.plan.code, problem)
    return f"已登记问题{code}，责任单位：{unit}，状态：{problem.state.label}。"


def unit_choice(desk: Desk, place: Any, label: str, key: str, *, right: Right) -> str | None:
    """A select box of the units that can answer for something, in protocol order.

    Only units for which the viewer has the `right` are offered.
    """
    units = [
        each for each in desk.books.all(r.Unit) if each.can_answer and desk.may(right, {each.code})
    ]
    names = {each.code: each.name for each in sorted(units, key=lambda each: each.seq)}
    chosen: str | None = place.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=key,
        placeholder="请选择单位",
    )
    return chosen


def _term(place: Any, label: str, kind: type[Term], key: str) -> Term | None:
    words = {each.value: each.label for each in kind}
    chosen = place.selectbox(
        label,
        list(words),
        index=None,
        format_func=words.__getitem__,
        key=key,
        placeholder="请选择",
    )
    return kind.parse(chosen) if chosen else None


def _text(value: str) -> str | None:
    return value.strip() or None


def _refuse_blanks(ledger: str, values: dict[str, Any], wanted: tuple[str, ...]) -> None:
    faults = [Fault(ledger, NEW, name, "不能为空") for name in wanted if values[name] is None]
    if faults:
        raise RefusedError(*faults)
