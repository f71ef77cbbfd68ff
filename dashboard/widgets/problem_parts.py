"""问题清单及解决方案 on screen: its filters, its numbers and its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import ProblemCategory, ProblemState
from dashboard.rules.summary import open_requests
from dashboard.rules.verdicts import Light
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address, task_address
from dashboard.widgets.record_links import to_record
from dashboard.widgets.strips import figures
from dashboard.widgets.table import Cell, Column, light_mark, lines, link, page_of, quiet, table

ASKED, UNASKED = "yes", "no"
OPEN = "standing"
"""The address's word for every problem that is not closed."""


@dataclass(frozen=True)
class Numbered:
    """A problem with its place in the whole list, which a filter leaves unchanged."""

    number: int
    problem: r.Problem


def answer_of(desk: Desk) -> str:
    """The list in one sentence; states without a problem are left out."""
    held = desk.books.all(r.Problem)
    if not held:
        return "尚未收录问题。"
    counts = [(state, _in_state(held, state)) for state in ProblemState]
    standing = [pair for pair in counts if pair[0] is not ProblemState.CLOSED and pair[1]]
    told = "、".join(f"{state.label}{number}件" for state, number in standing)
    which = f"（{told}）" if told else ""
    asked = len(open_requests(desk.books))
    return f"共收录{len(held)}件，未销号{_open(held)}件{which}；需协调{asked}件。"


def numbers(desk: Desk) -> None:
    """Problems by state, each number leading to its rows."""
    held = desk.books.all(r.Problem)
    pairs: list[tuple[str, Cell]] = [
        ("收录", link(f"{len(held)}件", address(desk, "problems"))),
        ("未销号", link(f"{_open(held)}件", address(desk, "problems", state=OPEN))),
    ]
    for state in ProblemState:
        to = address(desk, "problems", state=state.value)
        pairs.append((state.label, link(f"{_in_state(held, state)}件", to)))
    asked = len(open_requests(desk.books))
    pairs.append(("需协调", link(f"{asked}件", address(desk, "problems", request=ASKED))))
    figures(pairs)


def _is_in(problem: r.Problem, state: str | None) -> bool:
    is_open = state == OPEN and problem.state is not ProblemState.CLOSED
    return is_open or state in (None, problem.state)


def _open(held: Sequence[r.Problem]) -> int:
    return sum(each.state is not ProblemState.CLOSED for each in held)


def _in_state(held: Sequence[r.Problem], state: ProblemState) -> int:
    return sum(each.state is state for each in held)


def chosen(desk: Desk) -> tuple[Numbered, ...]:
    """The problems that the filters leave, in the order in which they were put on record."""
    held = tuple(Numbered(place, each) for place, each in enumerate(desk.books.all(r.Problem), 1))
    places = st.columns(4)
    with places[0]:
        state = _term("状态", "state", ProblemState, "全部状态", {OPEN: "未销号"})
    with places[1]:
        category = _term("类别", "category", ProblemCategory, "全部类别")
    with places[2]:
        unit = _unit(desk, held)
    with places[3]:
        words = {ASKED: "需协调", UNASKED: "不需协调"}
        request = choice("协调", list(words), "request", words.__getitem__, everything="全部")
    asking = {each.code for each in open_requests(desk.books)}
    return tuple(
        each
        for each in held
        if _is_in(each.problem, state)
        and category in (None, each.problem.category)
        and unit in (None, each.problem.unit)
        and (request is None or (each.problem.code in asking) is (request == ASKED))
    )


def _term(
    label: str,
    name: str,
    kind: type[ProblemState] | type[ProblemCategory],
    everything: str,
    more: Mapping[str, str] | None = None,
) -> str | None:
    words = {**(more or {}), **{each.value: each.label for each in kind}}
    return choice(label, list(words), name, words.__getitem__, everything=everything)


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
    Column("状态", "6rem"),
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
    closed = problem.closed_on
    on = quiet(wording.day(closed, desk.day.year)) if closed and _is_closed(problem) else None
    times = quiet(f"重新挂账{problem.reopenings}次") if problem.reopenings else None
    return lines(problem.state.label, on, times)


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
    return lines(problem.closing_standard, _under("核查意见：", found))


def _under(name: str, text: str | None) -> Cell:
    return quiet(f"{name}{text}") if text else None
