"""Report on a task, and close what was reported done: each asks only what the viewer may."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right, may_some
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import FilingWay, Part, Via
from dashboard.posting.progress import Report, file_progress
from dashboard.posting.reviews import close_line
from dashboard.rules.figures import Figure
from dashboard.rules.judgement import ItemVerdict, TaskVerdict
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.present import may_write

FILING = "filing"
"""Where the form stands on its page."""


def filing_form(desk: Desk, task: TaskVerdict) -> None:
    """Report progress on one of the task's lines; nothing for who only reads."""
    if not may_some(desk.viewer, Right.FILE):
        return
    section("填报进展", f"{_how_it_counts(desk)}；填报只增不改", anchor=FILING)
    if not may_write(desk, "填报"):
        return
    asked = {each.item.line.code: each for each in _asked(desk, task)}
    if not asked:
        st.info(_nothing_asked(task))
        return
    code = st.selectbox(
        "填报事项",
        list(asked),
        format_func=lambda line: _title(desk, asked[line]),
        key=f"line_{task.task.code}",
        placeholder="请选择事项",
    )
    each = asked[code or next(iter(asked))]
    _form(desk, each)
    if each.figure.is_done and not each.figure.is_closed and desk.may(Right.CLOSE):
        _closing(desk, each)


def _how_it_counts(desk: Desk) -> str:
    if not desk.may(Right.REVIEW):
        return "提交后由专班办公室审核"
    who = "单机模式下由办公室填报" if desk.is_local else "由办公室代各单位填报"
    return f"{who}，保存后即为审核通过"


def _asked(desk: Desk, task: TaskVerdict) -> Iterator[ItemVerdict]:
    """The task's lines on which the viewer may report: what sums up first, then the shares."""
    for each in (*task.items, *_shares(desk, task)):
        line = each.item.line
        if line.via is Via.FILING and desk.may(Right.FILE, {line.unit}):
            yield each


def _shares(desk: Desk, task: TaskVerdict) -> Iterator[ItemVerdict]:
    """The item as each unit reports its share of it (分报), with the share's own figure."""
    by_item = {each.item.code: each for each in task.items}
    for state in desk.judgement.lines:
        whole = by_item.get(state.line.indicator or state.line.measure or "")
        if state.line.part is Part.SHARE and whole is not None:
            last = desk.books.last_accepted.get(state.line.code)
            item = replace(whole.item, line=state.line)
            yield replace(whole, item=item, figure=Figure(last.value if last else None))


def _nothing_asked(task: TaskVerdict) -> str:
    if not task.items:
        return "本任务没有措施和指标，无需填报。"
    if any(each.item.line.via is Via.FILING for each in task.items):
        return "本任务由其他单位汇总填报，本单位没有填报事项。"
    return "本任务数据取自站点台账或分项合计，不需填报。"


def _title(desk: Desk, each: ItemVerdict) -> str:
    line = each.item.line
    if line.part is Part.TOTAL:
        return each.item.title
    return f"{each.item.title}（{desk.books.get(r.Unit, line.unit).name}分报）"


def _form(desk: Desk, each: ItemVerdict) -> None:
    line = each.item.line
    drawn = outbox().turn(_FORM)
    turn = f"{line.code}_{drawn}"
    with st.form(f"filing_{turn}", clear_on_submit=False):
        values = {**_progress(each, turn), **_delay(desk, each, turn), **_how(desk, each, turn)}
        name = "保存填报" if desk.may(Right.REVIEW) else "提交填报"
        if not st.form_submit_button(name, type="primary"):
            return
    by = f"{desk.books.get(r.Unit, line.unit).name}联络员"
    last = desk.books.last_filed.get(line.code)
    report = Report(line=line.code, seen=last.code if last else None, filed_by=by, **values)
    with st.spinner("正在保存……"):
        post(_FORM, drawn, lambda: _filed(desk, each, report))


_FORM = "filing"


def _progress(each: ItemVerdict, turn: str) -> dict[str, Any]:
    """What was reached. Posting judges numbers and lengths: a browser drops what is too much."""
    indicator, last = each.item.indicator, each.figure.value
    was = "尚无填报" if last is None else f"上次为{wording.number(last, each.item.unit)}"
    value = st.number_input(
        f"累计完成值（{indicator.unit if indicator else '百分比，0至100'}）",
        value=None,
        step=1.0,
        format="%g",
        placeholder=was,
        key=f"filing_value_{turn}",
    )
    text = _text("进展情况", "做了什么，到了哪一步", f"filing_text_{turn}")
    next_step = _text("下步计划", "下一步做什么，何时完成", f"filing_next_{turn}")
    return {"value": value, "text": text, "next_step": next_step}


def _delay(desk: Desk, each: ItemVerdict, turn: str) -> dict[str, Any]:
    """Why it is late and what helps: asked only where it lags or is overdue."""
    is_share = each.item.line.part is Part.SHARE
    if is_share or not (each.verdict.is_lagging or each.verdict.is_overdue):
        return {}
    reason = _text("滞后原因", "为什么没有按时完成", f"filing_reason_{turn}")
    remedy = _text("解决措施", "采取什么措施加快推进", f"filing_remedy_{turn}")
    expected = st.date_input(
        "预计完成时间", value=None, min_value=desk.today, key=f"filing_expected_{turn}"
    )
    return {"reason": reason, "remedy": remedy, "expected_on": expected}


def _how(desk: Desk, each: ItemVerdict, turn: str) -> dict[str, Any]:
    """Done or not, a correction or not, and by what way it was reported."""
    measure, last = each.item.measure, desk.books.last_filed.get(each.item.line.code)
    on_event = measure is not None and measure.on_event
    is_done = st.checkbox("已完成，申请销号", key=f"filing_done_{turn}")
    no_event = on_event and st.checkbox("本期无事件", key=f"filing_no_event_{turn}")
    corrects = last is not None and st.checkbox(
        "更正上次填报",
        key=f"filing_corrects_{turn}",
        help="上次的数字有误时勾选；上次的填报仍保留在历次填报中。",
    )
    return {
        "is_done": is_done,
        "no_event": no_event,
        "corrects": last.code if last and corrects else None,
        "way": _way(turn) if desk.may(Right.REVIEW) else FilingWay.SELF,
    }


def _way(turn: str) -> FilingWay:
    """By what way the office got it; a liaison's own report needs no such question."""
    chosen = st.selectbox(
        "报送方式",
        list(FilingWay),
        format_func=lambda way: way.label,
        placeholder="请选择",
        key=f"filing_way_{turn}",
    )
    return chosen or FilingWay.SELF


def _text(label: str, placeholder: str, key: str) -> str | None:
    return st.text_area(label, placeholder=placeholder, key=key).strip() or None


def _filed(desk: Desk, each: ItemVerdict, report: Report) -> str:
    file_progress(desk.engine, desk.viewer, desk.plan.code, report, desk.settings)
    saved = "已保存" if desk.may(Right.REVIEW) else "已提交，待专班办公室审核"
    return f"“{each.item.title}”的填报{saved}。"


def _closing(desk: Desk, each: ItemVerdict) -> None:
    turn = outbox().turn("closing")
    with st.form(f"closing_{each.item.line.code}_{turn}"):
        st.markdown("**核查销号**　申请人和核查人应为不同岗位。")
        by_post = st.text_input("核查岗位", placeholder="如：专班办公室核查岗")
        opinion = st.text_area("核查意见", placeholder="对照什么标准、怎样核查、结论")
        if not st.form_submit_button("核查通过，予以销号"):
            return
    if not by_post.strip() or not opinion.strip():
        st.error("没有保存。请填写核查岗位和核查意见。")
        return
    post("closing", turn, lambda: _closed(desk, each, by_post, opinion))


def _closed(desk: Desk, each: ItemVerdict, by_post: str, opinion: str) -> str:
    line = each.item.line.code
    given = (desk.engine, desk.viewer, desk.plan.code)
    close_line(*given, line, by_post=by_post, opinion=opinion)
    return f"“{each.item.title}”已核查销号。"
