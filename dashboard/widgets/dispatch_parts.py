"""The parts of the weekly dispatch, in the order in which the meeting deals with them."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.charts.weeks import drawn, dumbbell, moved_words
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DirectiveState
from dashboard.rules.comparison import Change
from dashboard.rules.freshness import LineState
from dashboard.rules.judgement import ItemVerdict
from dashboard.rules.rounds import Round
from dashboard.rules.verdicts import Light
from dashboard.rules.weekly import (
    Decision,
    Meeting,
    UnitChange,
    UnitRecord,
    decided_at,
    line_title,
)
from dashboard.widgets.decision_form import decision_form
from dashboard.widgets.desk import Desk
from dashboard.widgets.dispatch_opening import PARTS, at_the_cut
from dashboard.widgets.links import address, task_address
from dashboard.widgets.lists import due, due_of, leads, progress, requests_table, unit_says
from dashboard.widgets.meeting_course import Course
from dashboard.widgets.picture import picture
from dashboard.widgets.present import may_write
from dashboard.widgets.table import (
    Cell,
    Column,
    light_mark,
    lines,
    link,
    page_of,
    quiet,
    table,
)


def say(sentence: str) -> None:
    """One line in place of a table."""
    st.html(f'<p class="g-empty">{escape(sentence)}</p>')


_DECISIONS = (
    Column("状态", "7.5rem"),
    Column("事项", "34%", is_title=True),
    Column("承办单位", "16%"),
    Column("时限", "9rem"),
    Column("反馈情况"),
)


def decisions_part(desk: Desk, meeting: Meeting) -> None:
    """① What was decided last time, and what is still open from before."""
    if not meeting.decisions:
        first = "本次是首次调度，没有上次议定事项。"
        say("上次调度没有议定事项。" if meeting.previous else first)
        return
    rows = [_decision(desk, meeting, each) for each in meeting.decisions]
    table(_DECISIONS, rows, caption=PARTS[0])


def _decision(desk: Desk, meeting: Meeting, each: Decision) -> list[Cell]:
    given = each.directive
    state: Cell = each.word
    if each.is_overdue:
        state = lines(each.word, light_mark(desk.settings, Light.RED, "逾期"))
    is_open = given.state is DirectiveState.OPEN
    left = wording.days_left(given.due_on, each.day) if is_open else ""
    answered = wording.day(given.answered_on, desk.day.year) if given.answered_on else ""
    standard = f"办结标准：{given.closing_standard}" if given.closing_standard else ""
    return [
        state,
        lines(given.matter, quiet(_origin(desk, meeting, given)), _under(standard)),
        desk.books.get(r.Unit, given.unit).name,
        lines(wording.day(given.due_on, desk.day.year), _under(left)),
        lines(given.answer or quiet("尚未反馈"), _under(answered)),
    ]


def _under(text: str) -> Cell:
    return quiet(text) if text else None


def _origin(desk: Desk, meeting: Meeting, given: r.Directive) -> str:
    found = {each.code: each for each in desk.judgement.rounds}.get(given.round or "")
    name = found.name if found else given.source.label
    is_last = meeting.previous is not None and given.round == meeting.previous.code
    return f"{name}议定" if is_last else f"{name}议定，此前未办结" if found else f"{name}，未办结"


MOST_CLEARED = 20
_BEHIND = (
    Column("亮灯", "7.5rem"),
    Column("事项", "22%", is_title=True),
    Column("牵头单位", "12%"),
    Column("完成时限", "7.5rem"),
    Column("进展", "11rem"),
    Column("原因"),
)


def changes_part(desk: Desk, meeting: Meeting) -> None:
    """② What fell behind since the last dispatch, and what caught up."""
    worse, cleared = meeting.comparison.worse, meeting.comparison.cleared
    if worse:
        then = at_the_cut(desk, meeting)
        rows = [_fallen(then, each) for each in page_of(worse, "worse")]
        table(_BEHIND, rows, caption=PARTS[1])
    else:
        say("本周无新增滞后与逾期。")
    if cleared:
        told = [f"{each.now.item.title}（{_was(each)}）" for each in cleared[:MOST_CLEARED]]
        rest = "等" if len(cleared) > len(told) else ""
        say(f"已消除{len(cleared)}项：{'；'.join(told)}{rest}。")

    for slip in meeting.comparison.slips[:MOST_CLEARED]:
        later = wording.day(slip.later, desk.day.year)
        earlier = wording.day(slip.earlier, desk.day.year)
        say(f"{slip.item.item.title}：预计完成时间由{earlier}推迟到{later}。")


def _was(change: Change) -> str:
    old = change.before.verdict.word if change.before else wording.BLANK
    extended = "，批准延期" if change.is_extended else ""
    return f"{old}→{change.now.verdict.word}{extended}"


def _fallen(desk: Desk, change: Change) -> list[Cell]:
    was = change.before.verdict.word if change.before else "未列入"
    return _item_row(desk, change.now, f"上次：{was}")


def _item_row(desk: Desk, each: ItemVerdict, under: str) -> list[Cell]:
    title = link(each.item.title, task_address(desk, each.item.task.code))
    return [
        light_mark(desk.settings, each.verdict.light, each.verdict.word),
        lines(title, quiet(under)),
        leads(desk, each.item.task.code),
        due_of(each, desk),
        progress(each),
        lines(each.verdict.reason, *unit_says(desk, each)),
    ]


def due_part(desk: Desk, meeting: Meeting) -> None:
    """③ What falls due this week and next."""
    then = at_the_cut(desk, meeting)
    columns = (*_BEHIND[:-1], Column("说明"))
    marked = [(each, "本周到期") for each in meeting.due_this_week]
    marked += [(each, "下周到期") for each in meeting.due_next_week]
    shown = page_of(marked, "coming")
    rows = [_item_row(then, each, f"{when}，{each.item.clause}") for each, when in shown]
    table(columns, rows, caption=PARTS[2], empty="本周、下周没有到期的事项。")


MOST_TITLES = 6
_RECORDS = (
    Column("单位", "22%", is_title=True),
    Column("未报", "5rem", is_figure=True),
    Column("迟报", "5rem", is_figure=True),
    Column("未报、迟报的事项"),
)


def records_part(desk: Desk, meeting: Meeting) -> None:
    """④ Who has not filed or filed late; departments and towns apart."""
    if meeting.is_collecting:
        cut = wording.moment(meeting.round.filing_cut, desk.day.year)
        say(f"本次填报{cut}截止，尚未到期的不计未报。")
    if not meeting.records:
        say("没有未报、迟报的单位。")
    departments = [each for each in meeting.records if not each.is_local]
    local = [each for each in meeting.records if each.is_local]
    for name, records in (("部门", departments), ("镇街、开发区", local)):
        if records:
            st.html(f'<p class="g-quiet">{name}（{len(records)}家，按单位顺序排列）</p>')
            there = at_the_cut(desk, meeting)
            rows = [_record(there, meeting, each) for each in records]
            table(_RECORDS, rows, caption=f"{name}未报、迟报情况")


def _record(desk: Desk, meeting: Meeting, each: UnitRecord) -> list[Cell]:
    by_round: dict[str, list[LineState]] = {}
    for state in each.missing:
        name = _when_due(state.round, desk.day.year)
        by_round.setdefault(name, []).append(state)
    told = [f"{name}应报未报：{_titles(meeting, states)}" for name, states in by_round.items()]
    if each.late:
        told.append(f"本次迟报：{_titles(meeting, each.late)}")
    unit = link(each.unit.name, address(desk, "responsibilities", unit=each.unit.code))
    return [unit, len(each.missing), len(each.late), lines(*told)]


def _when_due(found: Round | None, year: int) -> str:
    return f"{found.name}（{wording.day(found.meeting_on, year)}）" if found else ""


def _titles(meeting: Meeting, states: Sequence[LineState]) -> str:
    titles = [line_title(meeting.now.books, each.line) for each in states]
    return wording.join_names(titles, MOST_TITLES, "项")


def requests_part(desk: Desk, meeting: Meeting) -> None:
    """⑤ What needs a leader, as known by the end of the round's week."""
    requests_table(replace(desk, as_of=meeting.papers.as_of), meeting.requests)


_DEPARTMENTS = (
    Column("部门", "18%", is_title=True),
    Column("牵头、责任任务", "8.5rem", is_figure=True),
    Column("上次滞后逾期", "7.5rem", is_figure=True),
    Column("本次滞后逾期", "7.5rem", is_figure=True),
    Column("本周填报", "6rem", is_figure=True),
    Column("有进展的事项（上次→本次）"),
)


def departments_part(desk: Desk, meeting: Meeting) -> None:
    """⑥ Every department's change since the last dispatch, in protocol order."""
    moved = [change for each in meeting.departments for change in each.moved]
    if shown := drawn(moved):
        rest = f"共{len(moved)}项有进展，图中为{len(shown)}项，其余见表。"
        st.html(
            '<p class="g-quiet">○ 上次　● 本次　┃ 应完成进度。各项占自身目标的比例，不作平均。'
            f"{rest if len(shown) < len(moved) else ''}</p>"
        )
        picture(
            desk,
            "dispatch_moved",
            lambda: dumbbell(shown),
            says="；".join(moved_words(each) for each in shown),
            key=(meeting.code, meeting.before.books.version, meeting.now.books.version),
        )
    told = [each for each in meeting.departments if each.is_worth_a_row]
    rows = [_department(each) for each in told]
    table(_DEPARTMENTS, rows, caption=PARTS[5], empty="各部门本周没有填报，也没有滞后与逾期任务。")
    if rest_of := [each.unit.name for each in meeting.departments if each not in told]:
        st.html(
            f'<p class="g-quiet">其余{len(rest_of)}家没有滞后与逾期任务，本周没有填报和进展：'
            f"{escape(wording.join_names(rest_of))}。</p>"
        )


def _department(each: UnitChange) -> list[Cell]:
    return [
        each.unit.name,
        len(each.now.tasks),
        each.behind_before,
        each.behind_now,
        each.filed,
        lines(*(moved_words(change) for change in each.moved)),
    ]


def intake_part(meeting: Meeting) -> None:
    """⑦ What the round brought in, with 零报告 and 本期无事件."""
    found = meeting.intake
    more = f"，另收到{found.unasked}条" if found.unasked else ""
    say(
        f"本次应报{found.asked}条，已报{found.filed}条{more}；其中零报告（与上次相比无变化）"
        f"{found.unchanged}条，报“本期无事件”{found.no_event}条。"
    )


def own_decisions_part(at: Course) -> None:
    """⑧ What this meeting decided, and the form to add to it while it is not closed."""
    desk = at.desk
    rows: list[list[Cell]] = [
        [
            each.matter,
            desk.books.get(r.Unit, each.unit).name,
            due(each.due_on, desk),
            each.state.label,
            each.closing_standard,
        ]
        for each in decided_at(desk.books, at.meeting.round)
    ]
    columns = (
        Column("事项", "38%", is_title=True),
        Column("承办单位", "18%"),
        Column("时限", "9rem"),
        Column("状态", "6rem"),
        Column("办结标准"),
    )
    table(columns, rows, caption=PARTS[7], empty="尚未登记本次议定事项。")
    if desk.may(Right.MEET) and not at.is_closed and may_write(desk, "登记议定事项"):
        decision_form(at)
