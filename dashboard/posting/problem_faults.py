"""What keeps a step of a problem out of the books, with the cure."""

from collections.abc import Iterator
from datetime import date

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import ProblemAct
from dashboard.posting.faults import Fault
from dashboard.rules.problems import (
    MAY_BE_SILENT,
    TEXTS,
    closing_of,
    is_proposed,
    is_same_post,
    last_step,
    next_acts,
    others_hands,
    stage_of,
    steps_of,
)

_CHECKING = frozenset({ProblemAct.CHECKED, ProblemAct.SENT_BACK})
_CONFIRMING = frozenset({ProblemAct.CONFIRMED, ProblemAct.REFUSED})
TYPED = _CHECKING | _CONFIRMING | {ProblemAct.ASKED}
"""Steps under which a post of one's own stands: in 单机模式 it is typed each time."""


def step_faults(books: Books, problem: r.Problem, made: r.ProblemStep, today: date) -> list[Fault]:
    """What is wrong with a step: out of turn, without words, misdated, or by the wrong hands."""
    if made.act not in next_acts(problem):
        stage = stage_of(problem, today, 0).label
        return [_fault(problem, None, f"目前“{stage}”，不能办理“{made.act.label}”")]
    found = []
    if made.text is None and made.act not in MAY_BE_SILENT:
        found.append(_fault(problem, None, f"请填写{TEXTS[made.act]}"))
    found += [_fault(problem, None, each) for each in _dates(books, problem, made, today)]
    found += [_fault(problem, None, each) for each in _hands(books, problem, made)]
    return found


def _fault(problem: r.Problem, field: str | None, message: str) -> Fault:
    return Fault("problem", problem.code, field, message)


def _dates(books: Books, problem: r.Problem, made: r.ProblemStep, today: date) -> Iterator[str]:
    if made.done_on > today:
        yield f"“{made.act.label}”的日期不能晚于今天"
    last = last_step(books, problem.code)
    if last is None:
        if made.done_on < problem.found_on:
            yield f"“{made.act.label}”的日期不能早于发现时间"
    elif made.done_on < last.done_on:
        day = wording.day(last.done_on, today.year)
        yield f"“{made.act.label}”的日期不能早于“{last.act.label}”的日期（{day}）"


def _hands(books: Books, problem: r.Problem, made: r.ProblemStep) -> Iterator[str]:
    """Who asks, who checks and who confirms are three; nobody looks back on what he asked for."""
    closing = closing_of(steps_of(books, problem.code))
    if closing.asked is None and made.act in (ProblemAct.CHECKED, ProblemAct.CONFIRMED):
        yield "没有申请销号的记录，请退回后重新申请"
    found = (_is_one(made, before) for before in others_hands(made.act, closing))
    yield from (message for message in found if message)


def _is_one(made: r.ProblemStep, before: r.ProblemStep) -> str | None:
    mine, theirs = _ROLES[made.act], _ROLES[before.act]
    if made.by_account is not None and made.by_account == before.by_account:
        return f"{mine}人应与{theirs}人不同，请由他人办理"
    if is_same_post(made.by_post, before.by_post):
        return f"{mine}岗位应与{theirs}岗位（{before.by_post}）不同"
    return None


def post_faults(problem: r.Problem, act: ProblemAct, typed: str | None) -> list[Fault]:
    """At the one computer everybody signs with the post that acts, never with the computer's."""
    if act not in TYPED or (typed or "").strip():
        return []
    return [_fault(problem, None, f"请填写{_ROLES[act]}岗位")]


_ROLES = {
    ProblemAct.ASKED: "申请销号",
    ProblemAct.CHECKED: "核查",
    ProblemAct.SENT_BACK: "核查",
    ProblemAct.CONFIRMED: "确认",
    ProblemAct.REFUSED: "确认",
    ProblemAct.LOOKED_BACK: "回头看",
}


def terms_faults(books: Books, problem: r.Problem, settled: r.Problem) -> list[Fault]:
    """What is wrong with a problem as the office settles it in handing it to a unit."""
    found = []
    if not is_proposed(problem) and settled.closing_standard != problem.closing_standard:
        found.append(_fault(problem, "closing_standard", "已在首次交办时确定，不能改写"))
    if not settled.closing_standard.strip():
        found.append(_fault(problem, "closing_standard", "请写明做到什么程度可以销号"))
    unit = books.find(r.Unit, settled.unit)
    if unit is None or not unit.can_answer:
        found.append(_fault(problem, "unit", "请选择能够承办的单位"))
    if settled.due_on and settled.due_on < problem.found_on:
        found.append(_fault(problem, "due_on", "不能早于发现时间"))
    return found
