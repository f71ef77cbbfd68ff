"""其余均无变化，一键报送: one click, with a plain statement of what it files and what it leaves."""

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from dashboard.access.rights import Right
from dashboard.posting.plans import now_of
from dashboard.posting.progress import Report, file_reports
from dashboard.posting.unchanged import Unchanged
from dashboard.rules.asking import Ask
from dashboard.widgets.desk import Desk
from dashboard.widgets.filing_paper import Came
from dashboard.widgets.filing_words import value_words
from dashboard.widgets.notice import NOT_SAVED, NOT_SUBMITTED, outbox, post
from dashboard.widgets.table import Cell, Column, markup, table

FORM = "filing_unchanged"
COLUMNS = (Column("事项", "45%", is_title=True), Column("处理"))
_NAMED = 3


def unchanged(desk: Desk, asks: Sequence[Ask], came: Came, drafted: Collection[str]) -> None:
    """Offer to file the rest as it stands; nothing where nothing can be filed so."""
    like = Report(
        line="",
        way=came.way,
        filed_by=came.filed_by,
        received_at=came.received_at or now_of(desk.plan),
    )
    found = desk.unchanged(asks, like, drafted)
    if not found.reports:
        return
    turn = outbox().turn(FORM)
    titles = {each.line.code: each for each in asks}
    is_long = len(found.reports) + len(found.left_out) > _NAMED
    with st.container(border=True, key="unchanged"):
        says, does = st.columns([5, 2], vertical_alignment="center")
        says.html(f'<p class="g-told">{markup(_statement(found, titles, is_long=is_long))}</p>')
        sent = does.button(
            f"其余{_number(len(found.reports))}无变化，一键报送",
            key=f"{FORM}_{turn}",
            width="stretch",
        )
        if is_long:
            with st.expander("逐项查看"):
                _in_full(found, titles)
        if sent:
            not_done = NOT_SAVED if desk.may(Right.REVIEW) else NOT_SUBMITTED
            with st.spinner("正在报送……"):
                post(FORM, turn, lambda: _filed(desk, found), not_done=not_done)


def _statement(found: Unchanged, asks: Mapping[str, Ask], *, is_long: bool) -> str:
    """What the click files and what it leaves out, with why where that is not listed below."""
    reports = [asks[each.line] for each in found.reports]
    names = [f"“{each.title}”{'' if is_long else f'（{_figure(each)}）'}" for each in reports]
    told = f"没有变化的不用逐项填：{_some(names)}按上次数据报送"
    left = [f"“{ask.title}”{'' if is_long else f'（{why}）'}" for ask, why in found.left_out]
    rest = f"；{_some(left)}须另行填写" if left else ""
    return f"{told}{rest}。"


def _number(reports: int) -> str:
    return f"{reports}项均" if reports > 1 else "1项"


def _some(names: Sequence[str]) -> str:
    """Titles hold commas of their own, so quotes set them apart."""
    more = f"等{len(names)}项" if len(names) > _NAMED else ""
    return f"{''.join(names[:_NAMED])}{more}"


def _figure(ask: Ask) -> str:
    return value_words(ask, ask.standing)


def _in_full(found: Unchanged, asks: Mapping[str, Ask]) -> None:
    rows: list[list[Cell]] = [
        [asks[each.line].title, f"按上次报送：{_figure(asks[each.line])}"] for each in found.reports
    ]
    rows += [[ask.title, f"不报送：{why}"] for ask, why in found.left_out]
    table(COLUMNS, rows, caption="无变化报送的事项")


def _filed(desk: Desk, found: Unchanged) -> str:
    file_reports(desk.engine, desk.viewer, desk.plan.code, found.reports, desk.settings)
    saved = "已保存" if desk.may(Right.REVIEW) else "已提交，待专班办公室审核"
    left = f"；另有{len(found.left_out)}项须另行填写" if found.left_out else ""
    return f"{len(found.reports)}项按“无变化”填报，{saved}{left}。"
