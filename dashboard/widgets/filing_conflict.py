"""Two people on one item: both reports side by side, and the second one's choice."""

from typing import Literal

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.posting.progress import Report
from dashboard.widgets.desk import Desk
from dashboard.widgets.filing_paper import Paper, throw_away
from dashboard.widgets.table import Cell, Column, table

COLUMNS = (
    Column("项目", "8rem", is_title=True),
    Column("对方已报的", "42%"),
    Column("您填写的（尚未提交）"),
)


def warn(paper: Paper, theirs: r.Filing) -> None:
    """Say at once that somebody else has filed."""
    who, when = theirs.filed_by or "他人", wording.moment(theirs.received_at, paper.desk.day.year)
    st.warning(f"{who}已于{when}填报本事项（{theirs.code}），您填写的还没有提交，请核对后选择。")


def both(paper: Paper, theirs: r.Filing, mine: Report) -> Literal["theirs", "mine"] | None:
    """Both versions and the choice between them; nothing is lost before it is made."""
    table(COLUMNS, _rows(paper, theirs, mine), caption="两人先后填报的内容")
    first, second = st.columns(2)
    if first.button("采用对方的（放弃我的草稿）", key=f"theirs_{paper.key('')}", width="stretch"):
        return "theirs"
    insists = second.button(
        f"仍提交我的（更正{theirs.code}）",
        key=f"mine_{paper.key('')}",
        width="stretch",
        help="对方的填报仍保留在历次填报中。",
    )
    return "mine" if insists else None


def give_way(paper: Paper) -> None:
    """Keep what the other filed."""
    throw_away(paper, f"“{paper.ask.title}”已采用对方的填报，您的草稿已放弃。")
    if not st.session_state.get(paper.key("fault")):
        st.rerun()


def _rows(paper: Paper, theirs: r.Filing, mine: Report) -> list[list[Cell]]:
    desk = paper.desk
    when = wording.moment(theirs.received_at, desk.day.year)
    rows: list[list[Cell]] = [["填报人", f"{theirs.filed_by or '—'}，{when}", "您"]]
    pairs = (
        ("完成值", _value(paper, theirs.value), _value(paper, mine.value)),
        ("进展情况", theirs.text, mine.text),
        ("下步计划", theirs.next_step, mine.next_step),
        ("滞后原因", theirs.reason, mine.reason),
        ("解决措施", theirs.remedy, mine.remedy),
        ("预计完成时间", _day(desk, theirs), _day(desk, mine)),
        ("申请销号", _yes(value=theirs.is_done), _yes(value=mine.is_done)),
    )
    rows += [[name, one, other] for name, one, other in pairs if one or other]
    return rows


def _value(paper: Paper, value: float | None) -> str | None:
    return None if value is None else wording.number(value, paper.ask.unit_word)


def _day(desk: Desk, said: r.Filing | Report) -> str | None:
    return wording.day(said.expected_on, desk.day.year) if said.expected_on else None


def _yes(*, value: bool) -> str | None:
    return "是" if value else None
