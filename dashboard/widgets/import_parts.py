"""The parts of going through a draft, and how far each is."""

from html import escape

import streamlit as st

from dashboard.drafting.draft import missing_of
from dashboard.ledgers.importing import DocumentState, RowState
from dashboard.posting.importing import put_away
from dashboard.widgets.import_course import PART, Course, import_address
from dashboard.widgets.table import link

ABOUT, ROWS, POST, COMPARE = "about", "rows", "post", "compare"


def answer(at: Course) -> str:
    """“《…》读出182行，待核120行（其中46行有说明），方案信息还缺3项。”."""
    held = at.document
    title = held.about.get("title") or held.name
    if held.state is not DocumentState.OPEN:
        return f"《{title}》{held.state.label}，共{held.rows}条。"
    noted = sum(each.row.note is not None for each in at.waiting)
    told = f"待核{held.waiting}条" if held.waiting else "已全部核完"
    told += f"（其中{noted}条有说明）" if noted else ""
    missing = len(missing_of(held.about))
    return (
        f"《{title}》读出{held.rows}条，{told}{f'，方案信息还缺{missing}项' if missing else ''}。"
    )


def sentence(words: str) -> None:
    """The page's answer, below its title."""
    st.html(f'<p class="g-answer">{escape(words)}</p>')


def part_of(at: Course) -> str:
    """The part that the address names; else the first that is not done."""
    named = st.query_params.get(PART)
    if named in (ABOUT, ROWS, POST, COMPARE):
        return named
    if at.document.state is not DocumentState.OPEN:
        return POST
    if at.chosen is None and missing_of(at.document.about):
        return ABOUT
    return ROWS if at.waiting or at.chosen else POST


def parts(at: Course, now: str) -> None:
    """The four parts in a row, each a link, the present one marked."""
    items = "".join(
        f"<li{' aria-current=step' if name == now else ''}>"
        f"<b>{link(word, at.address(part=name)).html}</b><span>{escape(told)}</span></li>"
        for name, word, told in _told(at)
    )
    st.html(f'<ol class="g-stages g-links">{items}</ol>')


def _told(at: Course) -> tuple[tuple[str, str, str], ...]:
    missing, waiting = missing_of(at.document.about), len(at.waiting)
    accepted = sum(each.state is RowState.ACCEPTED for each in at.rows)
    is_posted = at.document.state is DocumentState.POSTED
    return (
        (ABOUT, "方案信息", f"待填{len(missing)}项" if missing else "已填齐"),
        (ROWS, "逐条核对", f"待核{waiting}条" if waiting else "已核完"),
        (POST, "入账", "已入账" if is_posted else f"已采用{accepted}条"),
        (COMPARE, "与账中对照", "新版本用"),
    )


def ways(at: Course) -> None:
    """Back to all documents; the draft is given up only after a question."""
    with st.container(horizontal=True, vertical_alignment="center"):
        where = link("全部方案文件", import_address()).html
        kept = f"原文件{escape(at.document.name)}　校验值{at.document.sha256[:8]}…"
        st.html(
            f'<p class="g-links" style="margin:0">{where}　<span class="g-quiet">{kept}</span></p>',
            width="stretch",
        )
        if at.document.state is DocumentState.OPEN:
            with st.popover("放弃这份草稿", type="tertiary"):
                st.write(
                    "放弃后不能再核对、入账；原文件和核对情况仍留存备查。要重新开始，请再次上传。"
                )
                if st.button("确认放弃", key=f"import_away_{at.document.id}"):
                    at.post(lambda: put_away(at.engine, at.viewer, at.document.id), "草稿已放弃。")
