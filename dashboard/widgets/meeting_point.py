"""One point of a meeting as the room reads it from afar: what it is about, in few large lines."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DirectiveState, PointOutcome
from dashboard.rules.agenda import AgendaPart, Point, decided_under
from dashboard.rules.comparison import Change
from dashboard.rules.judgement import ItemVerdict
from dashboard.rules.slips import expected_of_item
from dashboard.rules.verdicts import Light
from dashboard.rules.weekly import Decision, Meeting, UnitChange, UnitRecord, line_title
from dashboard.widgets.desk import Desk
from dashboard.widgets.dispatch_opening import PARTS, at_the_cut
from dashboard.widgets.lists import due, due_of, leads, progress
from dashboard.widgets.table import Cell, Markup, light_mark, lines, markup, quiet

Row = tuple[str, Cell]
PART_NAMES: Mapping[AgendaPart, str] = {
    **dict(zip(AgendaPart, PARTS, strict=False)),
    AgendaPart.INTAKE: "零报告",
    AgendaPart.OWN: "其他议题",
}
_MOST_UNITS = 12
_MARKS = re.compile(r"([\\`*_\[\]#~:$<>])")
"""What titles and labels would take for markup."""


def point_body(desk: Desk, meeting: Meeting, point: Point) -> None:
    """Draw the point: its title, what the books say of it, what was decided on it."""
    rows = [*_notes(desk, point), *_rows_of(at_the_cut(desk, meeting), meeting, point)]
    told = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{markup(cell)}</dd></div>" for name, cell in rows if cell
    )
    wide = " g-units" if point.part is AgendaPart.CHANGE else ""
    st.title(unmarked(point.title), anchor=False)
    st.html(f'<dl class="g-point{wide}">{told}</dl>')
    decided(desk, meeting, point)


def unmarked(text: str) -> str:
    """A text from the books as a title or label shows it letter by letter."""
    return _MARKS.sub(r"\\\1", text)


def decided(desk: Desk, meeting: Meeting, point: Point) -> None:
    """What this meeting has decided on the point so far."""
    made = decided_under(desk.books, meeting.code, point.key)
    if not made:
        return
    told = "".join(f"<li>{markup(_decided(desk, each))}</li>" for each in made)
    st.html(f'<div class="g-decided"><h2>本次议定</h2><ol>{told}</ol></div>')


def _decided(desk: Desk, given: r.Directive) -> Cell:
    unit = desk.books.get(r.Unit, given.unit).name
    standard = f"；办结标准：{given.closing_standard}" if given.closing_standard else ""
    when = wording.day(given.due_on, desk.day.year)
    return lines(given.matter, quiet(f"{unit}，{when}前办结{standard}"))


def _notes(desk: Desk, point: Point) -> Iterator[Row]:
    if point.carried:
        names = {each.code: each.name for each in desk.judgement.rounds}
        yield "来由", f"{names.get(point.carried, '上次调度')}未议，转入本次"
    if point.text:
        yield "说明", point.text


def _rows_of(desk: Desk, meeting: Meeting, point: Point) -> Sequence[Row]:
    draw = _BODIES.get(point.part)
    return tuple(draw(desk, meeting, point)) if draw else ()


def _decision(desk: Desk, meeting: Meeting, point: Point) -> Iterator[Row]:
    found = {each.directive.code: each for each in meeting.decisions}.get(point.subject or "")
    given = found.directive if found else meeting.papers.find(r.Directive, point.subject)
    if given is None:
        return
    yield "承办单位", desk.books.get(r.Unit, given.unit).name
    yield "办理状态", _state(desk, given, found)
    yield "办结时限", _due_words(desk, given, found)
    yield "办结标准", given.closing_standard
    on = f"（{wording.day(given.answered_on, desk.day.year)}）" if given.answered_on else ""
    yield "反馈情况", f"{given.answer}{on}" if given.answer else "尚未反馈"


def _state(desk: Desk, given: r.Directive, found: Decision | None) -> Cell:
    if found and found.is_overdue:
        return light_mark(desk.settings, Light.RED, "逾期未反馈")
    return given.state.label


def _due_words(desk: Desk, given: r.Directive, found: Decision | None) -> str:
    told = wording.day(given.due_on, desk.day.year)
    is_open = found is not None and given.state is DirectiveState.OPEN
    left = wording.days_left(given.due_on, found.day) if found and is_open else ""
    return f"{told}（{left}）" if left else told


def _worse(desk: Desk, meeting: Meeting, point: Point) -> Iterator[Row]:
    changes = {each.now.item.line.code: each for each in meeting.comparison.changes}
    if change := changes.get(point.subject or ""):
        yield "亮灯", _turned(desk, change)
        yield from _item(desk, change.now)


def _turned(desk: Desk, change: Change) -> Cell:
    old, new = change.before, change.now
    now = light_mark(desk.settings, new.light, new.verdict.word)
    if old is None or old.verdict.word == new.verdict.word:
        return now
    was = light_mark(desk.settings, old.light, old.verdict.word)
    return Markup(f'{was.html}<span class="g-quiet">　→　</span>{now.html}')


def _due(desk: Desk, meeting: Meeting, point: Point) -> Iterator[Row]:
    items = {each.item.line.code: each for each in meeting.now.items}
    if found := items.get(point.subject or ""):
        yield "亮灯", light_mark(desk.settings, found.light, found.verdict.word)
        yield from _item(desk, found)


def _item(desk: Desk, each: ItemVerdict) -> Iterator[Row]:
    yield "牵头单位", _answers(desk, each)
    yield "完成时限", _in_line(due_of(each, desk))
    yield "进展", progress(each)
    yield "判定依据", each.verdict.reason
    filing = desk.books.last_filed.get(each.item.line.code)
    if filing:
        yield "滞后原因", filing.reason
        yield "解决措施", filing.remedy
    expected = expected_of_item(desk.judgement, each)
    yield "预计完成", expected.words(desk.day.year) if expected else None


def _answers(desk: Desk, each: ItemVerdict) -> Cell:
    """Who leads, and who reports where that is another unit: the room asks somebody."""
    lead = _in_line(leads(desk, each.item.task.code))
    unit = desk.books.get(r.Unit, each.item.line.unit).name
    if unit in lead.html:
        return lead
    return Markup(f"{lead.html}{quiet(f'　{unit}汇总填报').html}")


def _in_line(cell: Cell) -> Markup:
    """A cell of several lines in one line."""
    return Markup(markup(cell).replace("<br>", "　"))


def _silent(_: Desk, meeting: Meeting, __: Point) -> Iterator[Row]:
    if not meeting.records:
        yield "情况", "没有未报、迟报的单位。"
    for name, is_local in (("部门", False), ("镇街、开发区", True)):
        found = [each for each in meeting.records if each.is_local is is_local]
        missing = [_missing(meeting, each) for each in found if each.missing]
        late = [each.unit.name for each in found if not each.missing]
        yield f"{name}未报", lines(*missing) if missing else None
        yield f"{name}迟报", wording.join_names(late, _MOST_UNITS) if late else None


def _missing(meeting: Meeting, each: UnitRecord) -> Cell:
    titles = [line_title(meeting.now.books, state.line) for state in each.missing]
    told = escape(wording.join_names(titles, 3, "项"))
    return Markup(f'{escape(each.unit.name)}<span class="g-quiet">　{told}</span>')


def _request(desk: Desk, meeting: Meeting, point: Point) -> Iterator[Row]:
    problem = meeting.papers.find(r.Problem, point.subject)
    if problem is None:
        return
    yield "责任单位", desk.books.get(r.Unit, problem.unit).name
    yield "协调时限", _in_line(due(problem.request_due_on, desk))
    yield "问题", problem.description
    yield "解决方案", problem.solution
    yield "进展", problem.progress


def _change(_: Desk, meeting: Meeting, __: Point) -> Iterator[Row]:
    told = [each for each in meeting.departments if each.is_worth_a_row]
    if not told:
        yield "情况", "各部门本周没有填报，也没有滞后与逾期任务。"
    for each in told:
        moved = f"，{len(each.moved)}项有进展" if each.moved else ""
        filed = f"本周填报{each.filed}条" if each.filed else "本周没有填报"
        yield each.unit.name, f"{_behind(each)}，{filed}{moved}"


def _behind(each: UnitChange) -> str:
    """How a department's late tasks moved."""
    if each.behind_before == each.behind_now:
        return f"滞后逾期{each.behind_now}项，与上次相同" if each.behind_now else "没有滞后逾期"
    return f"滞后逾期由{each.behind_before}项变为{each.behind_now}项"


def _intake(_: Desk, meeting: Meeting, __: Point) -> Iterator[Row]:
    found = meeting.intake
    more = f"，另收到{found.unasked}条" if found.unasked else ""
    yield "应报", f"{found.asked}条，已报{found.filed}条{more}"
    yield "零报告", f"{found.unchanged}条（与上次相比无变化）"
    yield "本期无事件", f"{found.no_event}条"


_BODIES: Mapping[AgendaPart, Callable[[Desk, Meeting, Point], Iterator[Row]]] = {
    AgendaPart.DECISION: _decision,
    AgendaPart.WORSE: _worse,
    AgendaPart.DUE: _due,
    AgendaPart.SILENT: _silent,
    AgendaPart.REQUEST: _request,
    AgendaPart.CHANGE: _change,
    AgendaPart.INTAKE: _intake,
}


def outcome_mark(point: Point) -> str:
    """已议 or 转下次 after a point's name in a list; nothing while it is open."""
    return "" if point.outcome is PointOutcome.OPEN else f"（{point.outcome.label}）"
