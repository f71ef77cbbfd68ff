"""Issuing a bulletin: whose name, whom to, which day; a correction also says why."""

from datetime import date
from functools import partial
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.papers.bulletin import Head, usual_head
from dashboard.posting.bulletins import Amends, correct_bulletin, issue_bulletin, register_name
from dashboard.widgets.bulletin_draft import Drafting
from dashboard.widgets.heading import section
from dashboard.widgets.notice import outbox, post, refuse

_NOT_ISSUED = "没有印发"
_WHO = (
    "部门和专班办公室不能向镇街政府发指令性公文：对镇街行文用县政府办公室名义，"
    "或注明经县政府同意。文号由制发机关编排，这里只编登记序号。"
)


def issue_part(at: Drafting) -> None:
    """The form that issues the month's bulletin, or its correction; before the cut, when."""
    title = "印发更正通报" if at.issue else "印发"
    section(title, "印发后存档，文字和数字不再改动")
    if not at.read.month.is_closed:
        cut = wording.full_day(at.read.month.month.cut_on)
        st.html(f'<p class="g-empty">本月数据{cut}截止，截止之后可以印发。</p>')
        return
    turn = outbox().turn("bulletin")
    with st.form(f"bulletin_{turn}", enter_to_submit=False):
        reason = _reason(at, turn) if at.issue else None
        head = _head(at, turn)
        st.html(f'<p class="g-quiet">{_WHO}</p>')
        is_read = st.checkbox("已核对全文，同意印发", key=f"bulletin_read_{turn}")
        sent = st.form_submit_button(title, type="primary")
    if not sent:
        return
    if not is_read:
        refuse("请核对全文后勾选“已核对全文，同意印发”", not_done=_NOT_ISSUED)
        return
    post("bulletin", turn, partial(_issued, at, head, reason), not_done=_NOT_ISSUED)


def _reason(at: Drafting, turn: int) -> str:
    assert at.issue is not None
    old = f"{register_name(at.issue)}（{wording.full_day(at.issue.issued_on)}印发）"
    st.html(f"<p>本期更正{escape(old)}，原通报保持原样。</p>")
    entered: str = st.text_input("更正原因（必填）", key=f"bulletin_reason_{turn}")
    return entered


def _head(at: Drafting, turn: int) -> Head:
    usual, given = usual_head(at.desk.settings), at.desk.settings.papers
    left, right = st.columns([2, 1])
    with left:
        issuer = st.selectbox(
            "制发名义",
            list(given.issuers),
            key=f"bulletin_issuer_{turn}",
            accept_new_options=True,
            placeholder="请选择或填写",
        )
    with right:
        day = st.date_input("印发日期", value=at.desk.today, key=f"bulletin_day_{turn}")
    to: str = st.text_area("主送机关", usual.to, key=f"bulletin_to_{turn}", height=70)
    copied: str = st.text_input(
        "抄送机关", usual.copied or "", key=f"bulletin_copied_{turn}", placeholder="没有可不填"
    )
    pace = st.checkbox("另附慢于序时进度、按序时进度任务表", key=f"bulletin_pace_{turn}")
    issued_on = day if isinstance(day, date) else None
    return Head(
        issuer=(issuer or "").strip(),
        to=to.strip().rstrip("：:"),
        copied=copied.strip().rstrip("。") or None,
        issued_on=issued_on,
        with_pace=pace,
    )


def _issued(at: Drafting, head: Head, reason: str | None) -> str:
    desk = at.desk
    if at.issue is None:
        code = issue_bulletin(
            desk.engine, desk.viewer, desk.plan.code, at.month, head, desk.settings
        )
        return f"{at.read.month.month.name}份通报已印发存档（{code}），见“历期通报”。"
    amends = Amends(at.issue.code, reason or "")
    code = correct_bulletin(desk.engine, desk.viewer, desk.plan.code, amends, head, desk.settings)
    return f"更正通报已印发存档（{code}），见“历期通报”。"
