"""Words or files that were brought for another closing too, told to whoever checks."""

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.closings import ClosingAsked, closings_asked
from dashboard.rules.reuse import Reuse, reuses
from dashboard.rules.weekly import line_title
from dashboard.widgets.desk import Desk
from dashboard.widgets.keeping import kept
from dashboard.widgets.links import task_address
from dashboard.widgets.record_links import to_record
from dashboard.widgets.table import Cell, Column, lines, link, quiet, table

_MOST = 10
_COLUMNS = (
    Column("相同之处", "14rem"),
    Column("另一次申请", "34%", is_title=True),
    Column("申请岗位", "13rem"),
    Column("当时的说明"),
)


def reuse_warning(desk: Desk, code: str) -> None:
    """Where an asking for closing, a step's or a filing's code, said or showed what others did.

    Only for whoever sees the whole plan and checks or confirms.
    """
    version = desk.version
    every = kept(
        "closings_asked",
        version,
        lambda: closings_asked(desk.engine, desk.plan.code, desk.as_of),
    )
    own = next((each for each in every if each.code == code), None)
    found = reuses(own, every) if own else ()
    if not found:
        return
    more = f"，先列出{_MOST}次" if len(found) > _MOST else ""
    st.warning(
        f"这次申请销号的说明或材料，与另外{len(found)}次申请相同或相近{more}，请核查是否属实。"
    )
    rows = [_row(desk, each) for each in found[:_MOST]]
    table(_COLUMNS, rows, caption="相同的销号申请")


def _row(desk: Desk, each: Reuse) -> list[Cell]:
    same = "说明文字相同" if each.is_same_text else "说明文字相近" if each.is_alike else None
    files = [f"文件相同：{name}" for name in each.files]
    on = wording.day(each.other.asked_on, desk.day.year)
    who = lines(each.other.by_post, quiet(on))
    return [lines(same, *files), _where(desk, each.other), who, each.other.text]


def _where(desk: Desk, other: ClosingAsked) -> Cell:
    """A link to the problem or the task for which the same was brought."""
    if other.is_problem:
        problem = desk.books.find(r.Problem, other.subject)
        return to_record(desk, problem, problem.description) if problem else other.subject
    line = desk.books.find(r.ReportingLine, other.subject)
    if line is None:
        return other.subject
    unit = desk.books.get(r.Unit, line.unit).name
    to = link(line_title(desk.books, line), task_address(desk, line.task))
    return lines(to, quiet(f"{unit}的填报"))
