"""会后: close the meeting; keep and correct what was frozen."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.archive import content_of
from dashboard.ledgers.terms import PointOutcome
from dashboard.papers.week import KeptWeek, thaw_week
from dashboard.posting.dispatching import close_meeting, correct_week
from dashboard.reports.paper_wishes import OF_A_MEETING, TITLES, PaperKind
from dashboard.rules.weekly import decided_at
from dashboard.widgets.heading import section
from dashboard.widgets.keeping import kept
from dashboard.widgets.meeting_course import Course, form_of, send
from dashboard.widgets.notice import outbox
from dashboard.widgets.paper_links import paper_cell
from dashboard.widgets.table import Cell, Column, Markup, lines, table

_REST = {PointOutcome.CARRIED.value: "转下次调度", PointOutcome.DONE.value: "会上已议，按已议处理"}


def closing(at: Course, anchor: str) -> None:
    """结束会议并存档, once the figures stand still."""
    section("会后", "结束会议后，本周数据和文件存档，各单位收到办理事项", anchor=anchor)
    if not at.meeting.is_closed:
        cut = wording.moment(at.meeting.round.figures_to, at.desk.day.year)
        st.html(f'<p class="g-empty">本次数据{cut}截止，截止之后才能结束会议并存档。</p>')
        return
    made = len(decided_at(at.desk.books, at.meeting.round))
    told = f"本次议定事项{made}项；已议{at.done}项，待议{at.left}项。"
    st.html(f'<p style="margin:0">{told}{_unsaid(at)}</p>')
    rest = PointOutcome.CARRIED
    if at.left:
        chosen = st.radio(
            f"未标明的{at.left}项",
            list(_REST),
            format_func=_REST.__getitem__,
            horizontal=True,
            key="closing_rest",
        )
        rest = PointOutcome.parse(chosen)
    if st.button("结束会议并存档", key="close_meeting", type="primary"):
        send("close", lambda: _closed(at, rest))


def _unsaid(at: Course) -> str:
    """What the head of the minutes still lacks."""
    held = at.dispatch
    given = (
        (("地点", held.place), ("主持岗位", held.chaired_by), ("参会单位", held.attended))
        if held
        else ()
    )
    lacking = [name for name, said in given if not said]
    return f"会议{'、'.join(lacking)}尚未填写，纪要中将不写明。" if lacking else ""


def _closed(at: Course, rest: PointOutcome) -> str:
    desk = at.desk
    given = desk.engine, desk.viewer, desk.plan.code, at.meeting.code
    close_meeting(*given, desk.settings, rest=rest)
    return f"{at.meeting.round.name}已结束并存档。请下发各单位事项。"


# What was frozen


_COLUMNS = (
    Column("版次", "6rem", is_title=True),
    Column("存档时间", "9rem"),
    Column("数据截止", "9rem"),
    Column("存档岗位", "14%"),
    Column("更正原因、数字变化"),
    Column("文件", "21rem"),
)


def version_table(at: Course, versions: Sequence[r.FrozenWeek], anchor: str) -> None:
    """Every version with why it was made, what it changed, and its papers."""
    section("会后：存档和文件", "文件照存档生成；更正另存一版，原来的各版不变", anchor=anchor)
    rows: list[Sequence[Cell]] = []
    before: KeptWeek | None = None
    for each in versions:
        now = _kept_week(at, each.code)
        rows.append(_version(at, each, before, now))
        before = now
    table(_COLUMNS, list(reversed(rows)), caption="存档")


def _version(
    at: Course, each: r.FrozenWeek, before: KeptWeek | None, now: KeptWeek
) -> Sequence[Cell]:
    year = at.desk.day.year
    changed = differences(before, now) if before else "首次存档"
    return [
        f"第{each.number}版",
        wording.moment(each.known_at, year) if each.known_at else None,
        wording.moment(each.figures_to, year),
        each.by_post,
        lines(each.reason, changed),
        _files(at, each.number),
    ]


def _files(at: Course, number: int) -> Cell:
    """The papers of one version."""
    if not at.desk.may(Right.EXPORT):
        return None
    given = {"round": at.meeting.code, "version": number}
    told = (Markup(f"{TITLES[kind]}　{_links(at, kind, given)}") for kind in OF_A_MEETING)
    return lines(*told)


def _links(at: Course, kind: PaperKind, given: Mapping[str, object]) -> str:
    return paper_cell(at.desk, kind, **given).html


def differences(before: KeptWeek, now: KeptWeek) -> str:
    """“已报40→41，黄灯5→4”; in words where the numbers are the same."""
    names = dict.fromkeys((*before.numbers, *now.numbers))
    told = [
        f"{name}{before.numbers.get(name, 0)}→{now.numbers.get(name, 0)}"
        for name in names
        if before.numbers.get(name) != now.numbers.get(name)
    ]
    return "，".join(told) or "各项数字不变"


def _kept_week(at: Course, code: str) -> KeptWeek:
    desk = at.desk

    def thawed() -> KeptWeek:
        content = content_of(desk.engine, desk.plan.code, "frozen_week", code)
        return thaw_week(content or "")

    return kept("kept_week", (desk.plan.code, code, desk.books.version), thawed)


def correcting(at: Course) -> None:
    """更正: another version with what has been accepted since, and why."""
    if not at.may_meet:
        return
    turn = outbox().turn(form_of("correct"))
    with (
        st.expander("更正存档"),
        st.form(f"correct_{turn}", enter_to_submit=False, border=False),
    ):
        said = "存档后补报、更正并已审核通过的本周数据，更正时一并计入，另存一版。"
        st.html(f'<p class="g-quiet">{said}</p>')
        reason = st.text_input("更正原因（必填）", key=f"correct_reason_{turn}")
        sent = st.form_submit_button("更正，另存一版")
    if sent:
        send("correct", lambda: _corrected(at, reason))


def _corrected(at: Course, reason: str) -> str:
    desk = at.desk
    given = desk.engine, desk.viewer, desk.plan.code, at.meeting.code
    correct_week(*given, reason, desk.settings)
    return f"{at.meeting.round.name}已更正，另存一版。"
