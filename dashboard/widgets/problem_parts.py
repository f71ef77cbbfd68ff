"""问题清单及解决方案 on screen: its filters, its numbers and its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import ProblemCategory, ProblemState
from dashboard.rules.problems import Stage, is_proposed, is_with_unit, stage_of, staged
from dashboard.rules.summary import open_requests
from dashboard.rules.verdicts import Light
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address, task_address
from dashboard.widgets.record_links import to_record
from dashboard.widgets.strips import figures
from dashboard.widgets.table import (
    Cell,
    Column,
    Markup,
    light_mark,
    lines,
    link,
    page_of,
    quiet,
    table,
)

ASKED, UNASKED = "yes", "no"
OPEN = "standing"
"""The address's word for every problem that is not closed."""
WITH_UNIT = "with_unit"
"""The address's word for every problem that waits for its unit."""


@dataclass(frozen=True)
class Numbered:
    """A problem with its place in the whole list, which a filter leaves unchanged."""

    number: int
    problem: r.Problem


def answer_of(desk: Desk) -> str:
    """The list in one sentence; stages without a problem are left out."""
    held = desk.books.all(r.Problem)
    if not held:
        return "尚未收录问题。"
    found = staged(desk.books, desk.day, desk.settings.problems.look_back_days)
    standing = [stage for stage in WHO if stage is not Stage.LOOK_BACK and found[stage]]
    told = "、".join(f"{stage.label}{len(found[stage])}件" for stage in standing)
    which = f"（{told}）" if told else ""
    number = sum(len(found[stage]) for stage in standing)
    back = f"待回头看{len(found[Stage.LOOK_BACK])}件，" if found[Stage.LOOK_BACK] else ""
    asked = len(open_requests(desk.books))
    return f"共收录{len(held)}件，未销号{number}件{which}；{back}需协调{asked}件。"


WHO = {
    Stage.TAKE_UP: "办公室",
    Stage.SOLVING: "责任单位",
    Stage.CHECK: "核查岗位",
    Stage.CONFIRM: "确认岗位",
    Stage.LOOK_BACK: "办公室",
}
"""Who has to move at each stage, in the order of the course."""


def numbers(desk: Desk) -> None:
    """What waits for whom, then what is closed and what asks for help; all lead to their rows."""
    held = desk.books.all(r.Problem)
    found = staged(desk.books, desk.day, desk.settings.problems.look_back_days)
    pairs: list[tuple[str, Cell]] = [
        (stage.label, _count(desk, len(found[stage]), who, state=stage.value))
        for stage, who in WHO.items()
    ]
    closed = sum(each.state is ProblemState.CLOSED for each in held)
    state = ProblemState.CLOSED
    pairs.append((state.label, _count(desk, closed, state=state.value)))
    asked = len(open_requests(desk.books))
    pairs.append(("需协调", _count(desk, asked, request=ASKED)))
    pairs.append(("收录", _count(desk, len(held))))
    figures(pairs)


def _count(desk: Desk, number: int, who: str | None = None, **filters: str) -> Cell:
    to = link(f"{number}件", address(desk, "problems", **filters))
    return Markup(f"{to.html}<small>{who}</small>") if who else to


_STATES: Mapping[str, str] = {
    OPEN: "未销号",
    WITH_UNIT: "待责任单位办理",
    Stage.TAKE_UP.value: Stage.TAKE_UP.label,
    ProblemState.SOLVING.value: ProblemState.SOLVING.label,
    ProblemState.TO_CHECK.value: "已申请销号",
    Stage.CHECK.value: Stage.CHECK.label,
    Stage.CONFIRM.value: Stage.CONFIRM.label,
    ProblemState.CLOSED.value: ProblemState.CLOSED.label,
    Stage.LOOK_BACK.value: Stage.LOOK_BACK.label,
    ProblemState.OPEN.value: ProblemState.OPEN.label,
    ProblemState.REOPENED.value: ProblemState.REOPENED.label,
}
"""What the address may ask for: states, and the stages that tell some of them apart."""


def _is_in(desk: Desk, problem: r.Problem, state: str | None) -> bool:
    if state == OPEN:
        return problem.state is not ProblemState.CLOSED
    if state == WITH_UNIT:
        return is_with_unit(problem)
    return state in (None, problem.state.value, _stage(desk, problem).value)


def _stage(desk: Desk, problem: r.Problem) -> Stage:
    return stage_of(problem, desk.day, desk.settings.problems.look_back_days)


def chosen(desk: Desk) -> tuple[Numbered, ...]:
    """The problems that the filters leave, in the order in which they were put on record."""
    held = tuple(Numbered(place, each) for place, each in enumerate(desk.books.all(r.Problem), 1))
    places = st.columns(4)
    with places[0]:
        state = choice("状态", list(_STATES), "state", _STATES.__getitem__, everything="全部状态")
    with places[1]:
        names = {each.value: each.label for each in ProblemCategory}
        category = choice("类别", list(names), "category", names.__getitem__, everything="全部类别")
    with places[2]:
        unit = _unit(desk, held)
    with places[3]:
        words = {ASKED: "需协调", UNASKED: "不需协调"}
        request = choice("协调", list(words), "request", words.__getitem__, everything="全部")
    asking = {each.code for each in open_requests(desk.books)}
    return tuple(
        each
        for each in held
        if _is_in(desk, each.problem, state)
        and category in (None, each.problem.category)
        and unit in (None, each.problem.unit)
        and (request is None or (each.problem.code in asking) is (request == ASKED))
    )


def _unit(desk: Desk, held: Sequence[Numbered]) -> str | None:
    codes = {each.problem.unit for each in held}
    units = sorted((desk.books.get(r.Unit, code) for code in codes), key=lambda each: each.seq)
    names = {each.code: each.name for each in units}
    return choice("责任单位", list(names), "unit", names.__getitem__, everything="全部单位")


_COLUMNS = (
    Column("序号", "3rem", is_figure=True),
    Column("问题描述", "18%", is_title=True),
    Column("来源、类别", "5.5rem"),
    Column("责任单位", "7%"),
    Column("解决方案", "15%"),
    Column("解决时限", "6.5rem"),
    Column("状态", "7.25rem"),
    Column("需协调事项", "12%"),
    Column("销号标准"),
)


def problem_table(desk: Desk, problems: Sequence[Numbered]) -> None:
    """The ledger's rows."""
    rows = [_row(desk, each) for each in page_of(problems, "problems_page")]
    some = desk.books.all(r.Problem)
    none = f"尚未登记问题{desk.step(Right.RAISE_PROBLEM, '，请用上面的表单登记')}。"
    empty = "没有符合条件的问题，请放宽筛选条件。" if some else none
    table(_COLUMNS, rows, caption="问题清单及解决方案", empty=empty)


def _row(desk: Desk, each: Numbered) -> list[Cell]:
    problem = each.problem
    return [
        each.number,
        _described(desk, problem),
        lines(problem.source.label, problem.category.label),
        desk.books.get(r.Unit, problem.unit).name,
        lines(problem.solution, _under("进展：", problem.progress)),
        _due(desk, problem),
        _state(desk, problem),
        _request(desk, problem),
        _standard(problem),
    ]


def _described(desk: Desk, problem: r.Problem) -> Cell:
    found = f"{wording.day(problem.found_on, desk.day.year)}发现"
    task = desk.books.find(r.Task, problem.task)
    to = link(f"{task.clause} {task.title}", task_address(desk, task.code)) if task else None
    return lines(to_record(desk, problem, problem.description), quiet(found), to)


def _due(desk: Desk, problem: r.Problem) -> Cell:
    day = problem.due_on
    if day is None:
        return quiet("未定时限")
    said = wording.day(day, desk.day.year)
    if problem.state is ProblemState.CLOSED:
        return said
    left = wording.days_left(day, desk.day)
    late = light_mark(desk.settings, Light.RED, left) if day < desk.day else quiet(left)
    return lines(said, late)


def _state(desk: Desk, problem: r.Problem) -> Cell:
    """The state, and below it what waits for whom."""
    stage, year = _stage(desk, problem), desk.day.year
    word = stage.label if stage is Stage.CONFIRM else problem.state.label
    more = stage.label if stage in (Stage.TAKE_UP, Stage.LOOK_BACK) else None
    since = {
        Stage.CHECK: ("申请", problem.asked_on),
        Stage.CONFIRM: ("核查通过", problem.checked_on),
        Stage.LOOK_BACK: ("", problem.closed_on),
        Stage.SETTLED: ("", problem.closed_on),
    }
    done, day = since.get(stage, ("", None))
    on = quiet(f"{wording.day(day, year)}{done}") if day else None
    times = quiet(f"重新挂账{problem.reopenings}次") if problem.reopenings else None
    return lines(word, on, quiet(more), times)


def _is_closed(problem: r.Problem) -> bool:
    return problem.state is ProblemState.CLOSED


def _request(desk: Desk, problem: r.Problem) -> Cell:
    if not problem.request:
        return None
    by = problem.request_due_on
    if by is None or _is_closed(problem):
        return problem.request
    return lines(problem.request, quiet(f"{wording.day(by, desk.day.year)}前"))


def _standard(problem: r.Problem) -> Cell:
    """The closing standard; what the check found is only told while the problem is closed."""
    found = problem.check_opinion if _is_closed(problem) else None
    proposed = quiet("拟定，交办时确定") if is_proposed(problem) else None
    return lines(problem.closing_standard, proposed, _under("核查意见：", found))


def _under(name: str, text: str | None) -> Cell:
    return quiet(f"{name}{text}") if text else None
