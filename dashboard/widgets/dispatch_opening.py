"""How the weekly dispatch opens: which round, its times, its numbers and where they lead."""

from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.rules.calendar import end_of
from dashboard.rules.rounds import Round
from dashboard.rules.weekly import Meeting, begun
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.keeping import kept
from dashboard.widgets.strips import figures
from dashboard.widgets.table import link

PARTS = (
    "上次议定事项",
    "新增滞后与逾期",
    "本周、下周到期",
    "未报、迟报单位",
    "需协调解决",
    "各部门本周变化",
    "本次填报情况",
    "本次议定事项",
)


def choose_round(desk: Desk) -> Round | None:
    """The round that the address names; without one, that of the day looked at."""
    found = {each.code: each for each in begun(desk.judgement.rounds, desk.day)}
    names = {code: f"{each.name}　{each.week.name}" for code, each in found.items()}
    newest = next(iter(found), None)
    chosen = choice("调度", list(found), "week", names.__getitem__, default=newest)
    return found[chosen] if chosen else None


def meeting_of(desk: Desk, round_: Round) -> Meeting:
    """What the round's meeting has before it, as known on the day looked at."""
    rounds = desk.judgement.rounds
    previous = next((each for each in rounds if each.number == round_.number - 1), None)
    before = desk.judgement_at(round_.figures_from)
    now = desk.judgement_at(min(round_.figures_to, desk.as_of))
    papers = desk.judgement_at(min(end_of(round_.week.sunday), desk.as_of)).books
    held = [(each.as_of.isoformat(), each.version) for each in (before.books, now.books, papers)]
    key = (desk.plan.code, round_.code, tuple(held), desk.scope)
    return kept("meeting", key, lambda: Meeting(round_, previous, before, now, papers))


def at_the_cut(desk: Desk, meeting: Meeting) -> Desk:
    """The desk as of the instant up to which the round's figures run."""
    return replace(desk, as_of=meeting.now.books.as_of)


def answer_of(meeting: Meeting) -> str:
    """The meeting in one sentence; each number is the number of rows of a part."""
    decisions, change = meeting.decisions, meeting.comparison
    closed = sum(each.is_closed for each in decisions)
    overdue = sum(each.is_overdue for each in decisions)
    late = f"、逾期{overdue}项" if overdue else ""
    told = f"议定事项{len(decisions)}项，已办结{closed}项{late}" if decisions else "无上次议定事项"
    fallen = sum(bool(each.missing) for each in meeting.records)
    tardy = sum(not each.missing for each in meeting.records)
    coming = len(meeting.due_this_week) + len(meeting.due_next_week)
    return (
        f"{meeting.round.name}：{told}；新增滞后与逾期{len(change.worse)}项，"
        f"消除{len(change.cleared)}项；本周、下周到期{coming}项；未报{fallen}家、迟报{tardy}家；"
        f"需协调解决{len(meeting.requests)}件。"
    )


def times_line(desk: Desk, meeting: Meeting) -> None:
    """When the round files, is reviewed and meets, and up to when its figures run."""
    found, year = meeting.round, desk.day.year
    steps = (
        ("填报截止", found.filing_cut),
        ("审核截止", found.review_cut),
        ("调度", found.meeting_at),
    )
    times = "　".join(f"{name}：{wording.moment(at, year)}" for name, at in steps)
    cut = wording.moment(found.figures_to, year)
    day = wording.day(meeting.now.today, year)
    span = f"进展截至{cut}" if meeting.is_closed else f"本次数据尚未截止，进展截至{day}"
    if meeting.previous:
        span += f"，与上次调度截止时（{wording.moment(found.figures_from, year)}）相比"
    note = f"<br>{escape(found.note)}。" if found.note else ""
    st.html(f'<p class="g-asof" style="margin-top:1.6rem">{times}<br>{span}。{note}</p>')


def contents(meeting: Meeting) -> None:
    """The number of each part, leading to the part."""
    numbers = (
        len(meeting.decisions),
        len(meeting.comparison.worse),
        len(meeting.due_this_week) + len(meeting.due_next_week),
        len(meeting.records),
        len(meeting.requests),
        sum(each.is_worth_a_row for each in meeting.departments),
        meeting.intake.filed + meeting.intake.unasked,
    )
    units = ("项", "项", "项", "家", "件", "家", "条")
    pairs = [
        (name, link(f"{number}{unit}", f"#part-{place}"))
        for place, (name, number, unit) in enumerate(zip(PARTS, numbers, units, strict=False), 1)
    ]
    figures(pairs)


def part(number: int, note: str = "") -> None:
    """The title of a part, which the numbers on top lead to."""
    quiet_note = f"<small>{escape(note)}</small>" if note else ""
    title = f"{wording.numeral(number)}、{PARTS[number - 1]}"
    st.html(
        f'<h2 class="g-section" id="part-{number}" style="scroll-margin-top:4rem">'
        f"{title}{quiet_note}</h2>"
    )
