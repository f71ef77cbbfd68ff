"""One item to be filed: a line that opens to its form. Typing redraws this card alone."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from dashboard import wording
from dashboard.access.rights import ForbiddenError, Right
from dashboard.ledgers import records as r
from dashboard.ledgers.store import StoredFile
from dashboard.ledgers.terms import EvidenceKind
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.filing_faults import filing_faults
from dashboard.posting.plans import now_of
from dashboard.posting.progress import (
    FiledMeanwhileError,
    Report,
    as_filing,
    file_progress,
)
from dashboard.rules.asking import Ask, Stage, needs_reason
from dashboard.rules.calendar import Clock, shanghai_day
from dashboard.rules.prefill import is_again
from dashboard.rules.verdicts import Verdict
from dashboard.widgets import filing_fields as fields
from dashboard.widgets.desk import Desk
from dashboard.widgets.evidence_parts import choose_files, in_fragment
from dashboard.widgets.filing_conflict import both, give_way, warn
from dashboard.widgets.filing_paper import (
    EVIDENCE,
    MET,
    Came,
    Paper,
    has_other_books,
    paper_of,
    save,
    throw_away,
)
from dashboard.widgets.filing_problem import LABELS, Trouble, missing_of, problem_of, trouble_part
from dashboard.widgets.filing_words import head
from dashboard.widgets.notice import NOT_SAVED, NOT_SUBMITTED, outbox, post
from dashboard.widgets.table import light_mark, markup

_WIDE = 150
"""Two buttons stand side by side also on a phone."""


@st.fragment
def card(desk: Desk, ask: Ask, came: Came, *, is_writable: bool = True) -> None:
    """An item's line; the form below it once it is opened."""
    if in_fragment() and has_other_books(desk):
        outbox().say("演示数据已载入或清除，页面已更新；未提交的内容没有保留。")
        st.rerun(scope="app")
    paper = paper_of(desk, ask, came)
    with st.container(border=True, key=f"draft_{ask.line.code}_card"):
        says, opens = st.columns([5, 1], vertical_alignment="center")
        says.html(head(desk, ask, marks=_marks(paper)).html)
        if is_writable:
            opens.button(
                _name(paper),
                key=f"open_{paper.key('')}",
                on_click=_turn,
                args=(paper,),
                width="stretch",
            )
        if ask.stage is Stage.RETURNED and ask.reply is not None:
            st.html(f'<p class="g-empty">退回意见：{markup(ask.reply.opinion)}</p>')
        if is_writable and paper.is_open:
            _opened(paper)


def open_card(desk: Desk, ask: Ask, came: Came) -> None:
    """Open a card to which a link has led, where it is drawn for the first time."""
    st.session_state.setdefault(paper_of(desk, ask, came).key("open"), True)


def _marks(paper: Paper) -> list[str]:
    if paper.theirs is not None:
        return ["他人已先填报，您的草稿待处理"]
    return [f"有草稿（{_moment(paper)}）"] if paper.draft else []


def _name(paper: Paper) -> str:
    if paper.is_open:
        return "收起"
    return "继续填报" if paper.draft else "填报"


def _turn(paper: Paper) -> None:
    st.session_state[paper.key("open")] = not paper.is_open


def _moment(paper: Paper) -> str:
    """10:32, with its date where that is another one."""
    assert paper.draft is not None
    saved, now = paper.draft.saved_at, Clock().now()
    if shanghai_day(saved) == shanghai_day(now):
        return wording.clock_time(saved)
    return wording.moment(saved, shanghai_day(now).year)


def _opened(paper: Paper) -> None:
    """The form. Parts that come and go have a place of their own, so that nothing jumps away."""
    theirs = paper.theirs
    if theirs is not None:
        warn(paper, theirs)
    report = _progress(paper)
    verdict = _light(paper, report)
    with st.container():
        report = replace(report, **_reasons(paper, verdict))
    trouble = trouble_part(paper)
    report = replace(report, experience=fields.experience(paper))
    report = replace(report, evidence=_evidence(paper))
    with st.container():
        _say_fault(paper)
    if theirs is None:
        _finish(paper, report, trouble)
        return
    choice = both(paper, theirs, report)
    if choice == "theirs":
        give_way(paper)
    elif choice == "mine":
        _send(paper, replace(report, seen=theirs.code, corrects=theirs.code), trouble)
    _say_saved(paper)


def _progress(paper: Paper) -> Report:
    """Figure, texts and ticks as a report, dated for the light it would bring."""
    ask, desk = paper.ask, paper.desk
    left, right = st.columns(2)
    measure, last = ask.whole.item.measure, ask.last
    with right:
        is_done = fields.tick(paper, "is_done", "已完成，申请销号")
        on_event = measure is not None and measure.on_event
        no_event = on_event and fields.tick(paper, "no_event", "本期无事件")
        asks = last is not None and ask.stage is not Stage.RETURNED
        told = "上次的数字有误时勾选；上次的填报仍保留在历次填报中。"
        corrects = asks and fields.tick(paper, "corrects", "更正上次填报", told)
    with left:
        value = fields.figure(paper, corrects=corrects)
        if ask.is_total:
            found = desk.added_up(ask.whole.item.indicator)
            fields.shares(paper, found, corrects=corrects)
    if not is_again(desk.judgement, ask):
        fields.said_before(paper)
    left, right = st.columns(2)
    with left:
        text = fields.text(paper, "text", "进展情况", "做了什么，到了哪一步")
    with right:
        next_step = fields.text(paper, "next_step", "下步计划", "下一步做什么，何时完成")
    return Report(
        line=paper.line,
        seen=paper.seen,
        value=value,
        text=text,
        next_step=next_step,
        is_done=is_done,
        no_event=no_event,
        corrects=last.code if corrects and last else None,
        way=paper.came.way,
        filed_by=paper.came.filed_by,
        received_at=paper.now,
    )


def _light(paper: Paper, report: Report) -> Verdict | None:
    """The light that the rule gives to what was typed; nobody declares a colour."""
    desk = paper.desk
    filing = as_filing(desk.judgement, report, desk.settings)
    verdict = desk.light_with(filing) if filing else None
    if verdict is not None:
        mark = light_mark(desk.settings, verdict.light, verdict.word).html
        st.html(f'<p class="g-told">按所填内容：{mark}　{markup(verdict.reason)}</p>')
    return verdict


def _reasons(paper: Paper, verdict: Verdict | None) -> dict[str, Any]:
    """Why it is late, what is done about it, by when: asked for only where the rule says so."""
    if not needs_reason(verdict):
        return {}
    must = "（必填）" if paper.came.is_own else ""
    left, right = st.columns(2)
    with left:
        reason = fields.text(paper, "reason", f"滞后原因{must}", "为什么没有按时完成", rows=2)
    with right:
        remedy = fields.text(paper, "remedy", f"解决措施{must}", "采取什么措施加快推进", rows=2)
    left, _ = st.columns(2)
    with left:
        expected: date | None = fields.day(paper, "expected_on", f"预计完成时间{must}")
    return {"reason": reason, "remedy": remedy, "expected_on": expected}


def _evidence(paper: Paper) -> tuple[StoredFile, ...]:
    """佐证材料; what is chosen belongs to the draft."""
    rows = paper.start.get(EVIDENCE, ())
    held = [
        StoredFile(str(name), EvidenceKind.parse(kind), int(size), str(sha256))
        for name, kind, size, sha256 in rows
    ]
    with st.expander("佐证材料（可不传）", expanded=bool(held)):
        chosen = choose_files(paper.desk, paper.ask.line.unit, paper.key("files"), held)
    if chosen != tuple(held):
        save(paper, evidence=[[e.name, e.kind.value, e.size, e.sha256] for e in chosen])
    return chosen


def _finish(paper: Paper, report: Report, trouble: Trouble) -> None:
    """Send it, or throw the draft away."""
    row = st.container(horizontal=True)
    name = "保存填报" if paper.desk.may(Right.REVIEW) else "提交填报"
    sent = row.button(name, key=f"send_{paper.key('')}", type="primary", width=_WIDE)
    if sent:
        _send(paper, report, trouble)
    if paper.draft and row.button("放弃草稿", key=f"drop_{paper.key('')}", width=_WIDE):
        throw_away(paper, f"“{paper.ask.title}”的草稿已放弃。")
        st.rerun()
    _say_saved(paper)


def _say_saved(paper: Paper) -> None:
    told = f"草稿已保存 {_moment(paper)}" if paper.draft else "填写时自动保存草稿"
    st.html(f'<p class="g-told" role="status">{told}</p>')


def _say_fault(paper: Paper) -> None:
    """Why the draft was not kept."""
    fault = st.session_state.get(paper.key("fault"))
    if isinstance(fault, RefusedError):
        for each in fault.faults:
            st.error(f"{each.message}。")
    elif isinstance(fault, ForbiddenError):
        st.error(f"草稿没有保存。{fault}。")


class _OtherFiledError(Exception):
    """Somebody filed meanwhile; told past the form, which says refusals beside itself."""

    def __init__(self, theirs: r.Filing) -> None:
        super().__init__(theirs.code)
        self.theirs = theirs


def _send(paper: Paper, report: Report, trouble: Trouble) -> None:
    not_done = NOT_SAVED if paper.desk.may(Right.REVIEW) else NOT_SUBMITTED
    corrects = bool(st.session_state.get(paper.key("corrects")))
    labels = {**LABELS, "value": fields.figure_label(paper, corrects=corrects)}
    send = partial(_filed, paper, report, trouble)
    try:
        with st.spinner("正在提交……"):
            post(paper.form, paper.turn, send, not_done=not_done, labels=labels)
    except _OtherFiledError as met:
        st.session_state[paper.key("met")] = met.theirs
        st.session_state[MET] = paper.ask.title
        save(paper)
        st.rerun()


def _filed(paper: Paper, report: Report, trouble: Trouble) -> str:
    desk = paper.desk
    if missing := missing_of(trouble):
        raise RefusedError(*_faults(paper, report), *missing)
    problem = problem_of(paper, trouble)
    received_at = paper.came.received_at
    whole = replace(report, problem=problem, received_at=received_at)
    try:
        file_progress(desk.engine, desk.viewer, desk.plan.code, whole, desk.settings)
    except FiledMeanwhileError as met:
        raise _OtherFiledError(met.filings[paper.line]) from met
    saved = "已保存" if desk.may(Right.REVIEW) else "已提交，待专班办公室审核"
    raised = "；提出的问题已登记" if problem else ""
    return f"“{paper.ask.title}”的填报{saved}{raised}。"


def _faults(paper: Paper, report: Report) -> list[Fault]:
    """What posting would say to the report itself, so that all is told at once."""
    desk = paper.desk
    filing = as_filing(desk.judgement, report, desk.settings)
    return filing_faults(desk.books, desk.settings, filing, now_of(desk.plan)) if filing else []
