"""What was issued: the register of bulletins, and each as it was, from its frozen content alone."""

from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.archive import content_of, issues
from dashboard.papers.model import seal_of, thawed
from dashboard.posting.bulletins import register_name
from dashboard.reports.paper_wishes import PaperKind
from dashboard.rules.calendar import shanghai_day
from dashboard.widgets.bulletin_stage import ISSUED
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.links import address
from dashboard.widgets.paper_links import paper_links
from dashboard.widgets.paper_words import paper_view
from dashboard.widgets.table import Cell, Column, lines, link, page_of, quiet, table

ISSUE = "issue"
"""The address's name for the issue that is opened."""
_COLUMNS = (
    Column("登记序号", "9rem"),
    Column("标题", is_title=True),
    Column("制发名义", "20%"),
    Column("印发日期", "9rem"),
    Column("数据截止", "9rem"),
    Column("更正情况", "18%"),
)


def archive_part(desk: Desk) -> None:
    """The register, newest first; below it the issue that the address names, else the newest."""
    held = tuple(reversed(issues(desk.engine, desk.plan.code, desk.as_of)))
    rows = [_row(desk, each, held) for each in page_of(held, "issues")]
    empty = "还没有印发月通报。数据截止后，在“通报文稿”中核对印发。"
    table(_COLUMNS, rows, caption="历期通报", empty=empty)
    wanted = st.query_params.get(ISSUE)
    opened = next((each for each in held if each.code == wanted), None)
    if opened is not None:
        _open(desk, opened)


def _row(desk: Desk, each: r.Bulletin, held: tuple[r.Bulletin, ...]) -> list[Cell]:
    to = address(desk, "bulletin", show=ISSUED, month=each.month, issue=each.code)
    return [
        register_name(each),
        link(each.title, to),
        each.issuer,
        wording.full_day(each.issued_on),
        wording.full_day(shanghai_day(each.figures_to)),
        _corrections(each, held),
    ]


def _corrections(each: r.Bulletin, held: tuple[r.Bulletin, ...]) -> Cell:
    names = {issue.code: register_name(issue) for issue in held}
    later = next((issue for issue in held if issue.corrects == each.code), None)
    return lines(
        f"更正{names.get(each.corrects, '')}" if each.corrects else None,
        quiet(each.reason),
        f"已由{register_name(later)}更正" if later else None,
    )


def _open(desk: Desk, issue: r.Bulletin) -> None:
    """One issue as it was issued; its numbers lead to pages as of its cut."""
    section(register_name(issue), f"由{issue.issued_by}印发存档")
    content = content_of(desk.engine, desk.plan.code, "bulletin", issue.code) or ""
    if seal_of(content) != issue.sha256:
        told = "存档内容与印发时的校验值不一致，可能被改动过，请与系统管理员联系。"
        st.error(told)
        return
    st.html(f'<p class="g-quiet">校验值：{escape(issue.sha256[:16])}……，与印发时一致。</p>')
    paper_links(desk, PaperKind.BULLETIN, issue=issue.code)
    paper_view(replace(desk, as_of=issue.figures_to), thawed(content))
