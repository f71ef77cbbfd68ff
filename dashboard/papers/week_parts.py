"""The parts of a meeting as tables of its papers, each with the points that come before it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import DirectiveState
from dashboard.papers.model import Block, Column, Grid, Paragraph, Words
from dashboard.papers.week_rows import (
    days_words,
    due_words,
    figure_words,
    leads_of,
    light_words,
    moved_words,
)
from dashboard.rules.agenda import AgendaPart, Point
from dashboard.rules.comparison import Change
from dashboard.rules.freshness import LineState
from dashboard.rules.judgement import ItemVerdict
from dashboard.rules.weekly import (
    Decision,
    Meeting,
    UnitChange,
    UnitRecord,
    decided_at,
    line_title,
)
from dashboard.settings import Settings

TITLES: Mapping[AgendaPart, str] = {
    AgendaPart.DECISION: "上次议定事项落实情况",
    AgendaPart.WORSE: "新增滞后与逾期事项",
    AgendaPart.DUE: "本周、下周到期事项",
    AgendaPart.SILENT: "未报、迟报单位",
    AgendaPart.REQUEST: "需协调解决的问题",
    AgendaPart.CHANGE: "各部门本周变化",
    AgendaPart.INTAKE: "零报告情况",
    AgendaPart.OWN: "其他议题",
}
_NUMBER = Column("序号", 0.5, is_figure=True)


@dataclass(frozen=True)
class Given:
    """What a part is made of: the meeting and the subjects of its points that are shown."""

    meeting: Meeting
    settings: Settings
    subjects: frozenset[str]

    @property
    def year(self) -> int:
        return self.meeting.round.week.sunday.year

    def unit(self, code: str) -> str:
        return self.meeting.papers.get(r.Unit, code).name


def part_blocks(
    meeting: Meeting, settings: Settings, part: AgendaPart, points: Sequence[Point]
) -> tuple[Block, ...]:
    """A part of the meeting with these of its points, without its heading."""
    subjects = frozenset(each.subject for each in points if each.subject)
    return tuple(_PARTS[part](Given(meeting, settings, subjects)))


def sentence(text: str) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph((Words(text),))


def _grid(columns: tuple[Column, ...], rows: Iterable[tuple[str, ...]], empty: str) -> Grid:
    numbered = tuple((str(place), *row) for place, row in enumerate(rows, 1))
    return Grid((_NUMBER, *columns), numbered, empty=empty)


def decisions_grid(meeting: Meeting, decisions: Sequence[Decision]) -> Grid:
    """What was decided before, with what the units answered."""
    columns = (
        *(Column("议定事项", 3), Column("责任单位", 1.6), Column("时限", 1.2)),
        *(Column("状态", 1), Column("落实情况", 3)),
    )
    rows = (_decision(meeting, each) for each in decisions)
    return _grid(columns, rows, "没有此前议定、尚待落实的事项。")


def _decision(meeting: Meeting, each: Decision) -> tuple[str, ...]:
    held, year = each.directive, meeting.round.week.sunday.year
    unit = meeting.papers.get(r.Unit, held.unit).name
    state = f"{each.word}，已逾期" if each.is_overdue else each.word
    answered = f"（{wording.day(held.answered_on, year)}）" if held.answered_on else ""
    answer = f"{held.answer.rstrip('。')}{answered}" if held.answer else _unanswered(each)
    return held.matter, unit, wording.day(held.due_on, year), state, answer


def _unanswered(each: Decision) -> str:
    return "" if each.is_withdrawn or each.is_closed else "尚未反馈"


def made_grid(meeting: Meeting, books: Books) -> Grid:
    """What this meeting decided: matter, unit, date, closing standard."""
    columns = (
        *(Column("议定事项", 3), Column("责任单位", 1.6)),
        *(Column("办结时限", 1.2), Column("办结标准", 2.6)),
    )
    year = meeting.round.week.sunday.year
    rows = (
        (
            each.matter,
            books.get(r.Unit, each.unit).name,
            wording.day(each.due_on, year),
            each.closing_standard or "",
        )
        for each in decided_at(books, meeting.round)
    )
    return _grid(columns, rows, "本次调度没有议定事项。")


_BEHIND = (
    *(Column("事项", 2.4), Column("牵头单位", 1.5), Column("完成时限", 1.2)),
    *(Column("进展", 1.4), Column("亮灯", 1.1), Column("原因", 2.8)),
)


def _decisions(given: Given) -> Iterator[Block]:
    held = [e for e in given.meeting.decisions if e.directive.code in given.subjects]
    closed = sum(each.is_closed for each in held)
    late = sum(each.is_overdue for each in held)
    answered = sum(each.directive.state is DirectiveState.ANSWERED for each in held)
    if held:
        more = f"，已反馈待核{answered}项" if answered else ""
        over = f"，逾期{late}项" if late else ""
        yield sentence(f"共{len(held)}项，已办结{closed}项{more}{over}。")
    yield decisions_grid(given.meeting, held)


def _worse(given: Given) -> Iterator[Block]:
    changes = given.meeting.comparison
    told = [each for each in changes.worse if each.now.item.line.code in given.subjects]
    rows = (_fallen(given, each) for each in told)
    yield _grid(_BEHIND, rows, "与上次调度相比，没有新增滞后与逾期事项。")
    if changes.cleared:
        names = "；".join(each.now.item.title for each in changes.cleared)
        yield sentence(f"与上次调度相比，已消除{len(changes.cleared)}项：{names}。")


def _fallen(given: Given, change: Change) -> tuple[str, ...]:
    return (*_item(given, change.now), _why(given, change.now))


def _item(given: Given, each: ItemVerdict) -> tuple[str, ...]:
    expected = each.verdict.expected_share
    told = f"，应完成{wording.percent(expected)}" if expected is not None else ""
    share = wording.percent(each.verdict.share)
    return (
        f"{each.item.title}\n（{each.item.clause}）",
        leads_of(given.meeting, each.item.task.code),
        due_words(each, given.year),
        f"{share}{told}" if each.verdict.share is not None else figure_words(each),
        light_words(given.settings, each),
    )


def _why(given: Given, each: ItemVerdict) -> str:
    filing = given.meeting.now.books.last_filed.get(each.item.line.code)
    said = f"\n填报原因：{filing.reason}" if filing and filing.reason else ""
    return f"{each.verdict.reason}{said}"


def _due(given: Given) -> Iterator[Block]:
    weeks = (("本周", given.meeting.due_this_week), ("下周", given.meeting.due_next_week))
    rows = (
        (*_item(given, each), f"{when}到期。{each.verdict.reason}")
        for when, items in weeks
        for each in items
        if each.item.line.code in given.subjects
    )
    columns = (*_BEHIND[:-1], Column("说明", 2.8))
    yield _grid(columns, rows, "本周、下周没有到期的事项。")


def _silent(given: Given) -> Iterator[Block]:
    yield records_grid(given.meeting)


def records_grid(meeting: Meeting) -> Grid:
    """Who did not file or filed late; departments and towns in one order, never ranked."""
    columns = (
        *(Column("单位", 1.6), Column("未报", 0.7, is_figure=True)),
        *(Column("迟报", 0.7, is_figure=True), Column("未报、迟报的事项", 4)),
    )
    rows = (_record(meeting, each) for each in meeting.records)
    return _grid(columns, rows, "没有未报、迟报的单位。")


def _record(meeting: Meeting, each: UnitRecord) -> tuple[str, ...]:
    told = [f"未报：{_titles(meeting, each.missing)}"] if each.missing else []
    told += [f"迟报：{_titles(meeting, each.late)}"] if each.late else []
    return each.unit.name, str(len(each.missing)), str(len(each.late)), "\n".join(told)


def _titles(meeting: Meeting, states: Sequence[LineState]) -> str:
    return "；".join(line_title(meeting.now.books, each.line) for each in states)


def _requests(given: Given) -> Iterator[Block]:
    columns = (
        *(Column("需协调事项", 2.6), Column("责任单位", 1.5)),
        *(Column("协调时限", 1.6), Column("问题", 2.6)),
    )
    told = [each for each in given.meeting.requests if each.code in given.subjects]
    rows = (
        (
            each.request or "",
            given.unit(each.unit),
            days_words(each.request_due_on, given.meeting.now.today)
            if each.request_due_on
            else "未定",
            each.description,
        )
        for each in told
    )
    yield _grid(columns, rows, "没有需要协调解决的问题。")


def _changes(given: Given) -> Iterator[Block]:
    columns = (
        *(Column("部门", 1.6), Column("上次滞后逾期", 0.9, is_figure=True)),
        *(Column("本次滞后逾期", 0.9, is_figure=True), Column("本周填报", 0.8, is_figure=True)),
        Column("有进展的事项", 4),
    )
    rows = (_department(each) for each in given.meeting.departments if each.is_worth_a_row)
    yield _grid(columns, rows, "各部门本周没有填报，也没有滞后与逾期任务。")


def _department(each: UnitChange) -> tuple[str, ...]:
    moved = "\n".join(f"{one.now.item.title}：{moved_words(one)}" for one in each.moved)
    counts = (each.behind_before, each.behind_now, each.filed)
    return (each.unit.name, *map(str, counts), moved)


def _intake(given: Given) -> Iterator[Block]:
    yield sentence(intake_words(given.meeting))


def intake_words(meeting: Meeting) -> str:
    """What the round brought in, with 零报告 and 本期无事件; 无 where there is none."""
    found = meeting.intake
    more = f"，另收到{found.unasked}条" if found.unasked else ""
    unchanged = f"{found.unchanged}条" if found.unchanged else "无"
    none_happened = f"{found.no_event}条" if found.no_event else "无"
    return (
        f"本次应报{found.asked}条，已报{found.filed}条{more}。"
        f"零报告（与上次相比无变化）：{unchanged}；本期无事件：{none_happened}。"
    )


def _own(_given: Given) -> Iterator[Block]:
    return iter(())


_PARTS: Mapping[AgendaPart, Callable[[Given], Iterator[Block]]] = {
    AgendaPart.DECISION: _decisions,
    AgendaPart.WORSE: _worse,
    AgendaPart.DUE: _due,
    AgendaPart.SILENT: _silent,
    AgendaPart.REQUEST: _requests,
    AgendaPart.CHANGE: _changes,
    AgendaPart.INTAKE: _intake,
    AgendaPart.OWN: _own,
}
