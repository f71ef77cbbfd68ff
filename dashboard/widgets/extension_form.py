"""登记延期: a date moves later with who approved it and on what basis; the office's form alone."""

from collections.abc import Sequence
from datetime import date
from typing import cast

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DeadlineSource
from dashboard.posting.extending import can_extend, extend_deadline, take_back_extension
from dashboard.posting.faults import Fault, RefusedError
from dashboard.rules.items import item_of
from dashboard.rules.judgement import TaskVerdict
from dashboard.rules.names import item_name
from dashboard.widgets.desk import Desk
from dashboard.widgets.extension_table import day_words
from dashboard.widgets.notice import outbox, post

_FORM = "extension"
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
"""What the calendar offers; posting says which of these days cannot be, and why."""
_LABELS = {"due_on": "延至", "approved_by": "批准岗位或会议", "approval": "批准依据"}


def extension_form(desk: Desk, task: TaskVerdict) -> None:
    """Move one of the task's dates, or take an extension back; nothing for who may not."""
    if not desk.may(Right.EXTEND) or desk.day != desk.today:
        return
    held = [each for each in desk.books.by(r.Deadline, "task")[task.task.code] if can_extend(each)]
    open_ = [each for each in held if _due(each) < desk.plan.period_end]
    moved = [each for each in held if each.source is DeadlineSource.EXTENDED]
    if not open_ and not moved:
        return
    with st.expander("登记延期"):
        if open_:
            _form(desk, task, open_)
        if moved:
            _taking_back(desk, moved)


def _opened(key: str, held: Sequence[r.Deadline]) -> Sequence[r.Deadline]:
    """The dates as they stood when the form was opened: posting says what changed since."""
    # Streamlit forgets the inputs of a form that the last run did not draw.
    if f"{key}_by" not in st.session_state:
        st.session_state[f"{key}_opened"] = tuple(held)
    return cast("Sequence[r.Deadline]", st.session_state[f"{key}_opened"])


def _form(desk: Desk, task: TaskVerdict, now: Sequence[r.Deadline]) -> None:
    turn = outbox().turn(_FORM)
    key = f"{_FORM}_{task.task.code}_{turn}"
    held = _opened(key, now)
    with st.form(key, enter_to_submit=False):
        chosen = _chosen(desk, held, "哪个时限（必填）", f"{key}_which")
        when, who = st.columns(2)
        due_on = when.date_input(
            "延至（必填）",
            value=None,
            min_value=_FIRST,
            max_value=_LAST,
            key=f"{key}_due",
        )
        approved_by = who.text_input(
            "批准岗位或会议（必填）",
            placeholder="如：县政府常务会议",
            help="只写岗位或会议，不填写姓名。",
            key=f"{key}_by",
        )
        approval = st.text_input(
            "批准依据（必填）", placeholder="文号，或会议名称和日期", key=f"{key}_basis"
        )
        if not st.form_submit_button("登记延期", type="primary"):
            return
    given = (due_on, (approved_by, approval))
    post(_FORM, turn, lambda: _extended(desk, chosen, *given), labels=_LABELS)
    st.session_state[f"{key}_opened"] = tuple(now)  # refused: the next choice is among these


def _chosen(desk: Desk, held: Sequence[r.Deadline], label: str, key: str) -> r.Deadline:
    by_code = {each.code: each for each in held}

    def words(code: str) -> str:
        each = by_code[code]
        return f"{item_name(desk.books, each)}：{day_words(each)}（{each.source.label}）"

    code = st.selectbox(label, list(by_code), format_func=words, key=key, placeholder="请选择")
    return by_code[code or held[0].code]


def _due(each: r.Deadline) -> date:
    assert each.due_on is not None  # `can_extend` has seen to it
    return each.due_on


def _extended(desk: Desk, held: r.Deadline, due_on: date | None, approval: tuple[str, str]) -> str:
    if due_on is None:
        raise RefusedError(Fault("deadline", held.code, None, "请填写延至哪一天"))
    by, basis = approval
    extend_deadline(
        desk.engine,
        desk.viewer,
        desk.plan.code,
        held.code,
        due_on=due_on,
        approved_by=by,
        approval=basis,
        seen=held.due_on,
    )
    told = f"“{item_name(desk.books, held)}”由{day_words(held)}延至{wording.full_day(due_on)}"
    return f"{told}，原时限仍列出。{_to_check(desk, held, due_on)}"


def _to_check(desk: Desk, held: r.Deadline, due_on: date) -> str:
    """What an extension leaves as it is, for the office to look at."""
    item = item_of(desk.books, held)
    if item is None:
        return ""
    beside = [each for each in item.others if each.is_in_force and each.code != held.code]
    earlier = [each for each in beside if each.due_on and each.due_on < due_on]
    told = [f"该事项另有现行时限{day_words(each)}，仍按较早的执行。" for each in earlier[:1]]
    told += ["该事项的节点没有变动，请核对节点日期。"] if item.milestones else []
    return "".join(told)


def _taking_back(desk: Desk, moved: Sequence[r.Deadline]) -> None:
    turn = outbox().turn("extension_back")
    with st.form(f"extension_back_{moved[0].task}_{turn}", enter_to_submit=False):
        st.markdown("登记有误的，可以撤回，恢复原时限；撤回也留痕。")
        chosen = _chosen(desk, moved, "撤回哪次延期", f"extension_back_which_{turn}")
        if not st.form_submit_button("撤回延期"):
            return
    post("extension_back", turn, lambda: _taken_back(desk, chosen))


def _taken_back(desk: Desk, held: r.Deadline) -> str:
    given = (desk.engine, desk.viewer, desk.plan.code, held.code)
    before = desk.books.get(r.Deadline, take_back_extension(*given, seen=held.due_on))
    return f"已撤回延期，“{item_name(desk.books, held)}”的时限恢复为{day_words(before)}。"
