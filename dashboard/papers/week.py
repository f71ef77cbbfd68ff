"""The papers of one meeting: 周调度表, 会议材料 and 会议纪要; and what a closed week keeps of them.

`meeting` holds the figures as of the cut and what was heard; `books` the meeting's own rows (head,
points, decisions) as they stand when the paper is made. A closed meeting's papers are frozen:
`thaw_week` gives them back as they were.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import PointOutcome
from dashboard.papers.facts import subject_of
from dashboard.papers.minutes import minutes_paper
from dashboard.papers.model import Block, Heading, Paper, Shape
from dashboard.papers.week_parts import (
    TITLES,
    decisions_grid,
    intake_words,
    made_grid,
    part_blocks,
    records_grid,
    sentence,
)
from dashboard.papers.week_rows import left_over, week_grid
from dashboard.rules.agenda import AgendaPart, Point, agenda, decided_under, shown
from dashboard.rules.verdicts import Light
from dashboard.rules.weekly import Meeting, decided_at
from dashboard.settings import Settings

__all__ = [
    "KeptPoint",
    "KeptWeek",
    "material_paper",
    "minutes_paper",
    "thaw_week",
    "week_content",
    "week_numbers",
    "week_paper",
]


def week_paper(meeting: Meeting, books: Books, settings: Settings) -> Paper:
    """周调度表: a row an item that the week has to do with, then decisions and silent units."""
    plan = books.plan
    rest = left_over(meeting)
    note = f"其余{rest}项已办结、未到启动期或本周不需报送，未列入。" if rest else ""
    blocks: tuple[Block, ...] = (
        sentence(_under_title(meeting)),
        week_grid(meeting, settings),
        *([sentence(note)] if note else []),
        Heading("本次调度议定事项"),
        made_grid(meeting, books),
        Heading("上次议定事项落实情况"),
        decisions_grid(meeting, meeting.decisions),
        Heading("未报、迟报单位"),
        records_grid(meeting),
        Heading("零报告"),
        sentence(intake_words(meeting)),
    )
    title = f"{plan.place}{subject_of(plan)}周调度表"
    return Paper(
        Shape.FORM,
        title,
        blocks,
        printed_by=settings.office.name,
        is_wide=True,
        is_practice=books.has_practice,
    )


def _under_title(meeting: Meeting) -> str:
    found, year = meeting.round, meeting.round.week.sunday.year
    span = wording.day_range(found.weeks[0].monday, found.week.sunday, year)
    # The year of the week is not always its Sunday's: 2023-01-01 ends the last week of 2022.
    of_year, number = map(int, found.code.split("-W"))
    week = f"{found.name}（{of_year}年第{number}周，{span}）"
    if not meeting.is_closed:
        return f"{week}　本次数据尚未截止，进展截至{wording.day(meeting.now.today, year)}"
    return f"{week}　数据截至{wording.moment(found.figures_to, year)}"


def material_paper(meeting: Meeting, books: Books, settings: Settings) -> Paper:
    """会议材料: what comes before the meeting, part by part in the agenda's order."""
    plan, found = books.plan, meeting.round
    points = shown(agenda(meeting, books))
    blocks: list[Block] = [sentence(_under_title(meeting) + "。")]
    for number, (part, told) in enumerate(_by_part(points), 1):
        title = told[0].title if part is AgendaPart.OWN else TITLES[part]
        blocks.append(Heading(f"{wording.numeral(number)}、{title}"))
        blocks += part_blocks(meeting, settings, part, told)
        blocks += _remarks(told, is_own=part is AgendaPart.OWN)
    return Paper(
        Shape.FORM,
        f"{plan.place}{subject_of(plan)}{found.name}会议材料",
        tuple(blocks),
        signed=settings.office.name,
        dated=_held_on(meeting, books),
        is_practice=books.has_practice,
    )


def _by_part(points: Sequence[Point]) -> Iterator[tuple[AgendaPart, list[Point]]]:
    """The parts where the first of their points stands; each point of the office's own alone."""
    found: dict[str, list[Point]] = {}
    for each in points:
        found.setdefault(each.key if each.part is AgendaPart.OWN else each.part, []).append(each)
    yield from ((each[0].part, each) for each in found.values())


def _remarks(points: Sequence[Point], *, is_own: bool) -> Iterator[Block]:
    """What the office wrote to points, and which come over from an earlier meeting."""
    for each in points:
        named = "" if is_own else f"{each.title}："
        if each.text:
            yield sentence(f"{named}{each.text}")
        if each.carried:
            yield sentence(f"{named}上次调度未议，转入本次。")


def _held_on(meeting: Meeting, books: Books) -> date:
    head = books.find(r.Dispatch, meeting.code)
    return (head.held_on if head else None) or meeting.round.meeting_on


# What a closed week keeps


@dataclass(frozen=True)
class KeptPoint:
    """A point as the meeting left it; `decided` are the codes of what was decided on it."""

    key: str
    title: str
    outcome: PointOutcome
    text: str | None = None
    is_hidden: bool = False
    carried: str | None = None
    decided: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptWeek:
    """A closed meeting: its numbers by name, its points and its papers."""

    round: str
    numbers: dict[str, int]
    points: tuple[KeptPoint, ...]
    week: Paper
    material: Paper
    minutes: Paper


_KEPT = TypeAdapter(KeptWeek)


def week_content(meeting: Meeting, books: Books, settings: Settings) -> str:
    """What a frozen week keeps, as JSON; the same for the same meeting and books."""
    given = (meeting, books, settings)
    kept = KeptWeek(
        meeting.code,
        week_numbers(meeting, books),
        tuple(_kept(each, meeting, books) for each in agenda(meeting, books)),
        week_paper(*given),
        material_paper(*given),
        minutes_paper(*given),
    )
    return _KEPT.dump_json(kept).decode()


def thaw_week(content: str) -> KeptWeek:
    """A frozen week's content. Raises ValueError where the text is none."""
    return _KEPT.validate_json(content)


def week_numbers(meeting: Meeting, books: Books) -> dict[str, int]:
    """The meeting in numbers by Chinese name, in the order in which they are told."""
    lights = [each.light for each in meeting.now.tasks]
    intake = meeting.intake
    return {
        "重点任务": len(lights),
        "正常": lights.count(Light.GREEN),
        "黄灯": lights.count(Light.YELLOW),
        "红灯": lights.count(Light.RED),
        "已完成": lights.count(Light.BLUE),
        "新增滞后与逾期": len(meeting.comparison.worse),
        "消除滞后与逾期": len(meeting.comparison.cleared),
        "本周、下周到期": len(meeting.due_this_week) + len(meeting.due_next_week),
        "未报单位": sum(bool(each.missing) for each in meeting.records),
        "迟报单位": sum(not each.missing for each in meeting.records),
        "需协调解决": len(meeting.requests),
        "应报": intake.asked,
        "已报": intake.filed,
        "零报告": intake.unchanged,
        "上次议定事项": len(meeting.decisions),
        "上次议定事项已办结": sum(each.is_closed for each in meeting.decisions),
        "本次议定事项": len(decided_at(books, meeting.round)),
    }


def _kept(point: Point, meeting: Meeting, books: Books) -> KeptPoint:
    made = decided_under(books, meeting.code, point.key)
    return KeptPoint(
        point.key,
        point.title,
        point.outcome,
        point.text,
        point.is_hidden,
        point.carried,
        tuple(each.code for each in made),
    )
