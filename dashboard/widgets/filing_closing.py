"""核查销号 of a task's items that were reported done, and the way to where they are filed."""

from collections.abc import Iterator

import streamlit as st

from dashboard.access.rights import Right, may_some
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Via
from dashboard.posting.reviews import close_line
from dashboard.rules.asking import Ask, asks_of
from dashboard.rules.judgement import ItemVerdict, TaskVerdict
from dashboard.widgets.desk import Desk
from dashboard.widgets.filing_came import filing_address
from dashboard.widgets.filing_words import due_words, value_words
from dashboard.widgets.heading import section
from dashboard.widgets.notice import outbox, post, refuse
from dashboard.widgets.present import may_write
from dashboard.widgets.table import Cell, Column, lines, link, page_of, quiet, table

FILING = "filing"
"""Where the part stands on its page."""
COLUMNS = (
    Column("事项", "40%", is_title=True),
    Column("上次完成值", "8rem", is_figure=True),
    Column("报送"),
)


def filing_part(desk: Desk, task: TaskVerdict) -> None:
    """Lead to the form of each of the task's lines; nothing for who only reads."""
    if not may_some(desk.viewer, Right.FILE):
        return
    section("填报进展", f"{_how_it_counts(desk)}；填报只增不改", anchor=FILING)
    if not may_write(desk, "填报"):
        return
    asks = list(_asked(desk, task))
    if not asks:
        st.info(_nothing_asked(task))
        return
    rows: list[list[Cell]] = [_row(desk, each) for each in page_of(asks, "ask_page")]
    table(COLUMNS, rows, caption="填报事项")
    for each in task.items:
        if each.figure.is_done and not each.figure.is_closed and _is_closable(desk, each):
            _closing(desk, each)


def _how_it_counts(desk: Desk) -> str:
    if not desk.may(Right.REVIEW):
        return "提交后由专班办公室审核"
    who = "单机模式下由办公室填报" if desk.is_local else "由办公室代各单位填报"
    return f"{who}，保存后即为审核通过"


def _asked(desk: Desk, task: TaskVerdict) -> Iterator[Ask]:
    """The task's lines on which the viewer may report, what sums up first."""
    found = [
        each
        for each in asks_of(desk.judgement)
        if each.line.task == task.task.code and desk.may(Right.FILE, {each.line.unit})
    ]
    yield from sorted(found, key=lambda each: not each.is_total)


def _row(desk: Desk, ask: Ask) -> list[Cell]:
    to = filing_address(desk, ask.line)
    unit = desk.books.get(r.Unit, ask.line.unit).name
    return [
        lines(link(ask.title, to), quiet(f"{unit}{ask.line.part.label}"), quiet(_due(desk, ask))),
        value_words(ask, ask.standing),
        ask.stage.label,
    ]


def _due(desk: Desk, ask: Ask) -> str:
    due = due_words(desk, ask)
    return f"应于{due}报送" if due else ""


def _nothing_asked(task: TaskVerdict) -> str:
    if not task.items:
        return "本任务没有措施和指标，无需填报。"
    if any(each.item.line.via is Via.FILING for each in task.items):
        return "本任务由其他单位汇总填报，本单位没有填报事项。"
    return "本任务数据取自站点台账或分项合计，不需填报。"


def _is_closable(desk: Desk, each: ItemVerdict) -> bool:
    return each.item.line.via is Via.FILING and desk.may(Right.CLOSE)


def _closing(desk: Desk, each: ItemVerdict) -> None:
    turn = outbox().turn("closing")
    with st.form(f"closing_{each.item.line.code}_{turn}", enter_to_submit=False):
        st.markdown(f"**核查销号：{each.item.title}**　申请人和核查人应为不同岗位。")
        by_post = st.text_input("核查岗位", placeholder="如：专班办公室核查岗")
        opinion = st.text_area("核查意见", placeholder="对照什么标准、怎样核查、结论")
        if not st.form_submit_button("核查通过，予以销号"):
            return
    if not by_post.strip() or not opinion.strip():
        refuse("请填写核查岗位和核查意见")
        return
    post("closing", turn, lambda: _closed(desk, each, by_post, opinion))


def _closed(desk: Desk, each: ItemVerdict, by_post: str, opinion: str) -> str:
    line = each.item.line.code
    given = (desk.engine, desk.viewer, desk.plan.code)
    close_line(*given, line, by_post=by_post, opinion=opinion)
    return f"“{each.item.title}”已核查销号。"
