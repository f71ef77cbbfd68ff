"""The form that issues a step of 督办, as proposed or as the office writes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import Field, fields_of
from dashboard.ledgers.terms import SupervisionKind
from dashboard.papers.phrases import phrases_in_force
from dashboard.papers.shipped import shipped_phrases
from dashboard.papers.supervision import demand_of
from dashboard.posting.supervising import NEED_BASIS, Order, issue, record_veto
from dashboard.rules.calendar import month_of, working_days_on
from dashboard.rules.escalation import Proposal
from dashboard.rules.ladder import register_name
from dashboard.rules.monthly import months
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.present import may_write
from dashboard.widgets.problem_forms import unit_choice
from dashboard.widgets.record_choice import links
from dashboard.widgets.supervision_given import Given, given
from dashboard.widgets.supervision_proposals import (
    DRAFT,
    OTHER,
    draft_address,
    picked,
)
from dashboard.widgets.table import link

_FORM = "supervision"
_FIELDS: Mapping[str, Field] = {field.name: field for field in fields_of(r.Supervision)}
_VETO_LABELS = {"unit": "涉及单位", "reason": "登记事由", "demand": "决定内容"}
_TALK_NOTE = (
    "约谈由县领导或专班负责同志实施，这里只登记约谈建议；约谈记录和整改承诺由承办单位反馈。"
)
_VETO_NOTE = "系统不作一票否决，只登记有权机关已经作出的决定和依据。"
_NAMING_NOTE = "逐家确认：确认后写入该月通报“存在问题”部分，印发前可以撤回。"


@dataclass(frozen=True)
class _Draft:
    """What the form begins with: a proposal, or what the link to it names."""

    proposal: Proposal | None
    named: Given
    kind: SupervisionKind
    due_on: date | None
    key: str

    @property
    def is_veto(self) -> bool:
        return self.kind is SupervisionKind.VETO


def issuing(desk: Desk, found: Sequence[Proposal]) -> None:
    """The form of the proposal that the address names, else the way to an empty one."""
    if not desk.may(Right.SUPERVISE) or not may_write(desk, "发出督办"):
        return
    wanted = st.query_params.get(DRAFT)
    proposal = picked(found)
    if proposal is None and wanted != OTHER:
        links([link("另行发出督办、登记一票否决", draft_address(desk, OTHER))])
        return
    if proposal is not None:
        section("拟稿", f"{proposal.unit.name}，{proposal.because}", anchor="draft")
    else:
        section("另行发出督办、登记一票否决", anchor="draft")
    turn = outbox().turn(_FORM)
    key = f"{_FORM}_{turn}_{wanted}"
    left, right = st.columns([3, 1])
    named = given(desk)
    with left:
        kind = _kind(proposal.kind if proposal else named.kind, proposal, key)
    with right:
        due_on = _ask_due(desk, proposal, kind, key)
    _form(desk, _Draft(proposal, named, kind, due_on, f"{key}_{kind.value}"), turn)


def _ask_due(desk: Desk, proposal: Proposal | None, kind: SupervisionKind, key: str) -> date | None:
    """Stands before the form: the usual 办理要求 names this date."""
    if kind is SupervisionKind.VETO:
        return None
    usual = working_days_on(desk.today, desk.settings.supervision.answer_working_days)
    start = proposal.due_on if proposal and proposal.kind is kind else usual
    chosen = st.date_input("办结时限（必填）", value=start, key=f"{key}_{kind.value}_due_on")
    return chosen if isinstance(chosen, date) else None


def _kind(usual: SupervisionKind, proposal: Proposal | None, key: str) -> SupervisionKind:
    offered = [each for each in SupervisionKind if each.is_proposed or proposal is None]
    labels = {each.value: each.label for each in offered}
    chosen = st.radio(
        "督办方式",
        list(labels),
        index=offered.index(usual),
        format_func=labels.__getitem__,
        horizontal=True,
        key=f"{key}_kind",
    )
    return next(each for each in offered if each.value == chosen)


def _form(desk: Desk, draft: _Draft, turn: int) -> None:
    notes = {
        SupervisionKind.TALK: _TALK_NOTE,
        SupervisionKind.VETO: _VETO_NOTE,
        SupervisionKind.NAMING: _NAMING_NOTE,
    }
    if draft.kind in notes:
        st.caption(notes[draft.kind])
    with st.form(draft.key, enter_to_submit=False):
        values = {**_whom(desk, draft), **_what(desk, draft), **_how(desk, draft)}
        label = "登记一票否决" if draft.is_veto else f"发出{draft.kind.label}"
        label = "确认点名" if draft.kind is SupervisionKind.NAMING else label
        sent = st.form_submit_button(label, type="primary", key=f"{draft.key}_send")
    if sent:
        labels = {name: field.label for name, field in _FIELDS.items()}
        labels |= _VETO_LABELS if draft.is_veto else {}
        post(_FORM, turn, lambda: _issued(desk, draft, values), labels=labels)


def _whom(desk: Desk, draft: _Draft) -> dict[str, Any]:
    """The unit and the task: those of the proposal, else chosen, beginning with those named."""
    proposed = draft.proposal
    if proposed is not None:
        return {"unit": proposed.unit.code, "task": proposed.task.code, "line": proposed.line}
    left, right = st.columns(2)
    label = f"{_label(draft, 'unit')}（必填）"
    st.session_state.setdefault(f"{draft.key}_unit", draft.named.unit)
    unit = unit_choice(desk, left, label, f"{draft.key}_unit", right=Right.SUPERVISE)
    tasks = {each.code: f"{each.clause}　{each.title}" for each in desk.books.all(r.Task)}
    task = right.selectbox(
        "关联任务",
        list(tasks),
        index=list(tasks).index(draft.named.task) if draft.named.task else None,
        format_func=tasks.__getitem__,
        key=f"{draft.key}_task",
        placeholder="可不选",
    )
    return {"unit": unit or "", "task": task}


def _what(desk: Desk, draft: _Draft) -> dict[str, Any]:
    proposed = draft.proposal
    due_on = draft.due_on
    shipped = shipped_phrases(desk.settings.phrases_folder)
    phrases = phrases_in_force(desk.books, shipped)
    usual = demand_of(draft.kind, due_on, desk.plan.office, phrases) if due_on else ""
    reason = st.text_area(
        f"{_label(draft, 'reason')}（必填）",
        value=proposed.reason if proposed else draft.named.reason,
        key=f"{draft.key}_reason",
        height=100,
    )
    demand = st.text_area(
        f"{_label(draft, 'demand')}（必填）",
        value=usual,
        key=f"{draft.key}_demand_{due_on}",
        height=100,
    )
    return {"reason": reason, "demand": demand}


def _label(draft: _Draft, name: str) -> str:
    own = _VETO_LABELS if draft.is_veto else {}
    return own.get(name, _FIELDS[name].label)


def _how(desk: Desk, draft: _Draft) -> dict[str, Any]:
    """Month, basis and post, each where the kind or the mode needs it."""
    values: dict[str, Any] = {"due_on": draft.due_on}
    wanted = ["month"] if draft.kind is SupervisionKind.NAMING else []
    wanted += ["basis"] if draft.kind in NEED_BASIS else []
    wanted += ["by_post"] if desk.is_local else []
    for name, place in zip(wanted, st.columns(max(2, len(wanted))), strict=False):
        with place:
            values[name] = _ask(desk, draft, name)
    return values


def _ask(desk: Desk, draft: _Draft, name: str) -> Any:
    key = f"{draft.key}_{name}"
    if name == "month":
        cut = desk.times.month_cut_day
        codes = [each.code for each in months(desk.plan.in_use_from, desk.as_of, cut)]
        names = {each.code: each.name for each in months(desk.plan.in_use_from, desk.as_of, cut)}
        present = month_of(desk.as_of, cut).code
        start = codes.index(present) if present in codes else 0
        return st.selectbox(
            "通报月份（必填）", codes, index=start, format_func=names.__getitem__, key=key
        )
    if name == "basis":
        return st.text_input("依据（必填）", key=key, help="依据的文件、文号或会议决定。")
    return st.text_input("签发岗位（必填）", key=key, help="只写岗位，不写姓名。")


def _issued(desk: Desk, draft: _Draft, values: dict[str, Any]) -> str:
    now = desk.judgement.round
    order = Order(kind=draft.kind, round=now.code if now else None, **values)
    act = record_veto if draft.is_veto else issue
    code = act(desk.engine, desk.viewer, desk.plan.code, order)
    st.query_params.pop(DRAFT, None)
    made = desk.judgement_at(desk.as_of).books.find(r.Supervision, code)
    unit = desk.books.get(r.Unit, order.unit).name
    name = register_name(made) if made else draft.kind.label
    if draft.is_veto:
        return f"已登记一票否决，涉及单位：{unit}。"
    return f"已登记{name}，由{unit}承办。"
