"""Accept or return what liaisons filed and what waits for review, one short form each."""

from collections.abc import Sequence

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.history import Filed
from dashboard.ledgers.terms import ReviewVerdict
from dashboard.posting.reviews import review_filing
from dashboard.rules.weekly import line_title
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.notice import outbox, post, refuse

_VERDICTS = {each.value: each.label for each in (ReviewVerdict.ACCEPTED, ReviewVerdict.RETURNED)}


def review_forms(desk: Desk, filed: Sequence[Filed]) -> None:
    """A form for each filing that waits, oldest first; nothing for who may not review."""
    corrected = {each.filing.corrects for each in filed}
    waiting = [
        each.filing for each in filed if each.verdict is None and each.filing.code not in corrected
    ]
    if not waiting or desk.day != desk.today or not desk.may(Right.REVIEW):
        return
    section("待审核", f"{len(waiting)}条；审核通过后计入进展，退回须写明原因")
    for filing in waiting:
        _form(desk, filing)


def _form(desk: Desk, filing: r.Filing) -> None:
    turn = outbox().turn("review")
    with st.form(f"review_{filing.code}_{turn}", enter_to_submit=False):
        st.markdown(f"**{_told(desk, filing)}**")
        left, right = st.columns([1, 3])
        verdict = left.radio(
            "审核结果",
            list(_VERDICTS),
            index=None,
            format_func=_VERDICTS.__getitem__,
            horizontal=True,
            key=f"review_verdict_{filing.code}",
        )
        opinion = right.text_input(
            "审核意见", placeholder="退回时必填", key=f"review_opinion_{filing.code}"
        )
        if not st.form_submit_button("提交审核"):
            return
    if verdict is None:
        refuse("请选择审核通过或退回")
        return
    chosen = ReviewVerdict.parse(verdict)
    post("review", turn, lambda: _reviewed(desk, filing, chosen, opinion))


def _told(desk: Desk, filing: r.Filing) -> str:
    """“县卫生健康局　签约合作单位　9月20日10时收到　完成值9家”."""
    line = desk.books.get(r.ReportingLine, filing.line)
    indicator = desk.books.find(r.Indicator, line.indicator)
    received = wording.moment(filing.received_at, desk.day.year)
    unit = indicator.unit if indicator else "%"
    value = "" if filing.value is None else f"　完成值{wording.number(filing.value, unit)}"
    name = desk.books.get(r.Unit, line.unit).name
    return f"{name}　{line_title(desk.books, line)}　{received}收到{value}"


def _reviewed(desk: Desk, filing: r.Filing, verdict: ReviewVerdict, opinion: str) -> str:
    review_filing(desk.engine, desk.viewer, desk.plan.code, filing.code, verdict, opinion)
    return f"填报{filing.code}：{verdict.label}。"
