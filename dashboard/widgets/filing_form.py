"""A simple form for the office (单机模式): report on a task, and close what was reported done."""

from datetime import date

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import FilingWay, Via
from dashboard.posting.faults import RefusedError
from dashboard.posting.progress import Report, close_line, file_progress
from dashboard.rules.judgement import ItemVerdict, TaskVerdict
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.notice import done, say_refused


def filing_form(desk: Desk, task: TaskVerdict) -> None:
    """Report progress on one of the task's items."""
    section("填报进展", "单机模式下由办公室填报，保存后即为审核通过；填报只增不改")
    if desk.day != desk.today:
        st.info("正在查看过去的台账。请把统计截止日改回今天再填报。")
        return
    open_items = {
        each.item.line.code: each for each in task.items if each.item.line.via is Via.FILING
    }
    if not open_items:
        st.info("本任务的数据取自站点台账或分项合计，不需填报。")
        return
    code = st.selectbox(
        "填报事项",
        list(open_items),
        format_func=lambda line: open_items[line].item.title,
        key=f"line_{task.task.code}",
        placeholder="请选择事项",
    )
    each = open_items[code or next(iter(open_items))]
    _form(desk, each)
    if each.figure.is_done and not each.figure.is_closed:
        _closing(desk, each)


def _form(desk: Desk, each: ItemVerdict) -> None:
    line = each.item.line
    indicator = each.item.indicator
    last = each.figure.value
    was = "尚无填报" if last is None else f"上次为{wording.number(last, each.item.unit)}"
    with st.form(f"filing_{line.code}", clear_on_submit=False):
        value = st.number_input(
            f"累计完成值（{indicator.unit if indicator else '百分比，0至100'}）",
            min_value=0.0,
            value=None,
            step=1.0,
            format="%g",
            placeholder=was,
        )
        text = st.text_area("进展情况", max_chars=500, placeholder="做了什么，到了哪一步")
        next_step = st.text_area("下步计划", max_chars=500, placeholder="下一步做什么，何时完成")
        reason = remedy = None
        expected: date | None = None
        if each.verdict.is_lagging or each.verdict.is_overdue:
            reason = st.text_area("滞后原因", max_chars=500, placeholder="为什么没有按时完成")
            remedy = st.text_area("解决措施", max_chars=500, placeholder="采取什么措施加快推进")
            chosen = st.date_input("预计完成时间", value=None, min_value=desk.today)
            expected = chosen if isinstance(chosen, date) else None
        is_done = st.checkbox("已完成，申请销号")
        no_event = _no_event(each.item.measure)
        way = st.selectbox(
            "报送方式", list(FilingWay), format_func=lambda way: way.label, placeholder="请选择"
        )
        if not st.form_submit_button("保存填报", type="primary"):
            return
    report = Report(
        line=line.code,
        value=value,
        text=text or None,
        next_step=next_step or None,
        reason=reason or None,
        remedy=remedy or None,
        expected_on=expected,
        is_done=is_done,
        no_event=no_event,
        way=way or FilingWay.SELF,
        filed_by=f"{desk.books.get(r.Unit, line.unit).name}联络员",
    )
    _save(desk, each, report)


def _no_event(measure: r.Measure | None) -> bool:
    return st.checkbox("本期无事件") if measure and measure.on_event else False


def _save(desk: Desk, each: ItemVerdict, report: Report) -> None:
    try:
        file_progress(desk.engine, desk.plan.code, report, desk.times)
    except RefusedError as refused:
        say_refused(refused)
        return
    done(f"“{each.item.title}”的填报已保存。")


def _closing(desk: Desk, each: ItemVerdict) -> None:
    with st.form(f"closing_{each.item.line.code}"):
        st.markdown("**核查销号**　申请人和核查人应为不同岗位。")
        by_post = st.text_input("核查岗位", placeholder="如：专班办公室核查岗", max_chars=40)
        opinion = st.text_area(
            "核查意见", placeholder="对照什么标准、怎样核查、结论", max_chars=500
        )
        if not st.form_submit_button("核查通过，予以销号"):
            return
    if not by_post.strip() or not opinion.strip():
        st.error("没有保存。请填写核查岗位和核查意见。")
        return
    try:
        close_line(
            desk.engine, desk.plan.code, each.item.line.code, by_post=by_post, opinion=opinion
        )
    except RefusedError as refused:
        say_refused(refused)
        return
    done(f"“{each.item.title}”已核查销号。")
