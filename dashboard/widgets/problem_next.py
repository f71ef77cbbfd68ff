"""The next step of a problem: one form of what this viewer may do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.store import StoredFile
from dashboard.ledgers.terms import AccountRole, ProblemAct
from dashboard.posting import problem_steps as posting
from dashboard.posting.problem_steps import (
    RIGHTS,
    Move,
    Terms,
    speaks_for_others,
)
from dashboard.rules.problems import (
    MAY_BE_SILENT,
    TEXTS,
    closing_of,
    is_same_post,
    last_step,
    next_acts,
    others_hands,
    steps_of,
)
from dashboard.widgets.desk import Desk
from dashboard.widgets.evidence_parts import choose_files, forget_files
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.present import may_write
from dashboard.widgets.problem_terms import ask_solution, ask_terms
from dashboard.widgets.step_form import as_opened, one_of

_FORM, _OPENED = "problem_step", "problem_opened"


@dataclass(frozen=True)
class Choice:
    """One thing that may be done now; looking back in vain is told apart from 重新挂账."""

    act: ProblemAct
    label: str
    in_vain: bool = False

    @property
    def key(self) -> str:
        return f"{self.act.value}_vain" if self.in_vain else self.act.value


@dataclass(frozen=True)
class Opened:
    """A problem as it stood when its form was opened, and the last step that was seen."""

    problem: r.Problem
    seen: str | None
    turn: int

    @property
    def key(self) -> str:
        return f"step_{self.problem.code}_{self.turn}"

    @property
    def button(self) -> str:
        return f"{self.key}_send"


def next_form(desk: Desk, problem: r.Problem) -> None:
    """The form of the next step; nothing for whoever has to wait for others."""
    opened = _opened(desk, problem)
    offered = choices(desk, opened.problem)
    withheld = _own_before(desk, opened.problem)
    if not (offered or withheld) or not may_write(desk, "办理问题"):
        return
    if withheld:
        st.caption(withheld)
    if not offered:
        return
    chosen = _choose(opened, offered)
    unit, key = opened.problem.unit, f"{opened.key}_{chosen.key}"
    files: tuple[StoredFile, ...] = ()
    if chosen.act in _SHOWING and desk.may(Right.FILE, {unit}):
        files = choose_files(desk, unit, f"{key}_files")
    with st.form(key, enter_to_submit=False):
        terms = ask_terms(desk, opened.problem, key) if chosen.act is ProblemAct.TAKEN_UP else None
        text = _ask_text(chosen, key)
        solution = None
        if chosen.act is ProblemAct.REPORTED:
            solution = ask_solution(desk, opened.problem, key)
        by_post, done_on = _ask_hand(desk, opened.problem, chosen, key)
        sent = st.form_submit_button(chosen.label, type="primary", key=opened.button)
    if sent:
        move = Move(
            problem=opened.problem.code,
            seen=opened.seen,
            text=text,
            by_post=by_post,
            done_on=done_on,
            evidence=files,
        )
        _send(desk, opened, chosen, _Said(move, terms, solution))


@dataclass(frozen=True)
class _Said:
    move: Move
    terms: Terms | None
    solution: str | None


_SHOWING = frozenset({ProblemAct.ASKED, ProblemAct.CHECKED, ProblemAct.LOOKED_BACK})
"""Steps to which files may be added."""
_LABELS = {
    ProblemAct.TAKEN_UP: "交办整改",
    ProblemAct.REPORTED: "报告整改进展",
    ProblemAct.LOOKED_BACK: "回头看合格",
}


def choices(desk: Desk, problem: r.Problem) -> tuple[Choice, ...]:
    """What the viewer may do with a problem now."""
    found = [
        Choice(act, _LABELS.get(act, act.label))
        for act in next_acts(problem)
        if desk.may(RIGHTS[act], {problem.unit}) and _own_step(desk, problem, act) is None
    ]
    if any(each.act is ProblemAct.LOOKED_BACK for each in found):
        found.insert(1, Choice(ProblemAct.REOPENED, "回头看不合格，重新挂账", in_vain=True))
    return tuple(found)


def _own_step(desk: Desk, problem: r.Problem, act: ProblemAct) -> r.ProblemStep | None:
    """The viewer's own step of this closing that leaves the act to others, if there is one."""
    viewer = desk.viewer
    closing = closing_of(steps_of(desk.books, problem.code))
    for each in others_hands(act, closing):
        if viewer.account is not None and viewer.account == each.by_account:
            return each
        if not speaks_for_others(viewer, act) and is_same_post(viewer.post, each.by_post):
            return each
    return None


def _own_before(desk: Desk, problem: r.Problem) -> str:
    """“您已办理“核查通过”，须由另一人确认。”; "" where nothing is kept from the viewer by that."""
    for act in next_acts(problem):
        own = _own_step(desk, problem, act) if desk.may(RIGHTS[act], {problem.unit}) else None
        if own is not None:
            is_mine = own.by_account == desk.viewer.account
            who = "本人" if is_mine else f"本岗位（{own.by_post}）"
            return f"{who}已办理“{own.act.label}”，须由另一人{_HANDS[act]}。"
    return ""


def _opened(desk: Desk, problem: r.Problem) -> Opened:
    turn = outbox().turn(_FORM)
    last = last_step(desk.books, problem.code)
    made = Opened(problem, last.code if last else None, turn)
    return as_opened(_OPENED, made)


def _choose(opened: Opened, offered: Sequence[Choice]) -> Choice:
    key = one_of({each.key: each.label for each in offered}, opened.key)
    return next(each for each in offered if each.key == key)


def _ask_text(chosen: Choice, key: str) -> str:
    must = "" if chosen.act in MAY_BE_SILENT else "（必填）"
    return st.text_area(f"{TEXTS[chosen.act]}{must}", key=f"{key}_text", height=100)


_HANDS = {
    ProblemAct.REPORTED: "报告",
    ProblemAct.ASKED: "申请",
    ProblemAct.CHECKED: "核查",
    ProblemAct.SENT_BACK: "核查",
    ProblemAct.CONFIRMED: "确认",
    ProblemAct.REFUSED: "确认",
    ProblemAct.LOOKED_BACK: "回头看",
    ProblemAct.REOPENED: "回头看",
}


def _ask_hand(
    desk: Desk, problem: r.Problem, chosen: Choice, key: str
) -> tuple[str | None, date | None]:
    """Whose post signs where the viewer speaks for others, and the day where it may be earlier."""
    hand = _HANDS.get(chosen.act)
    if hand is None or (chosen.act is ProblemAct.REOPENED and not chosen.in_vain):
        return None, None
    left, right = st.columns(2)
    by_post = done_on = None
    if speaks_for_others(desk.viewer, chosen.act):
        unit = desk.books.get(r.Unit, problem.unit).name
        of_the_unit = chosen.act in posting.OF_THE_UNIT
        by_post = left.text_input(
            f"{hand}岗位（必填）",
            value=f"{unit}联络员" if of_the_unit else "",
            key=f"{key}_post",
            help="只写岗位，不写姓名。申请、核查、确认的岗位应互不相同。",
        )
    if desk.viewer.role in _DATING:
        place = right if by_post is not None else left
        done_on = place.date_input(f"{hand}日期", value=desk.today, key=f"{key}_on")
    return by_post, done_on


_DATING = frozenset({AccountRole.LOCAL, AccountRole.OFFICE})


def _send(desk: Desk, opened: Opened, chosen: Choice, said: _Said) -> None:
    def send() -> str:
        _take(desk, chosen, said)
        forget_files(f"{opened.key}_{chosen.key}_files")
        return f"问题{opened.problem.code}：{_DONE[chosen.act]}。"

    post(_FORM, opened.turn, send)


def _take(desk: Desk, chosen: Choice, said: _Said) -> None:
    given = (desk.engine, desk.viewer, desk.plan.code, said.move)
    match chosen.act:
        case ProblemAct.TAKEN_UP if said.terms:
            posting.take_up(*given, said.terms)
        case ProblemAct.REPORTED:
            posting.report(*given, solution=said.solution)
        case ProblemAct.ASKED:
            posting.ask_closing(*given)
        case ProblemAct.CHECKED | ProblemAct.SENT_BACK:
            posting.check(*given, passed=chosen.act is ProblemAct.CHECKED)
        case ProblemAct.CONFIRMED | ProblemAct.REFUSED:
            posting.confirm(*given, agreed=chosen.act is ProblemAct.CONFIRMED)
        case ProblemAct.REOPENED if not chosen.in_vain:
            posting.reopen(*given)
        case _:
            posting.look_back(*given, holds=chosen.act is ProblemAct.LOOKED_BACK)


_DONE = {
    ProblemAct.TAKEN_UP: "已交办，由责任单位整改",
    ProblemAct.REPORTED: "已记录整改进展",
    ProblemAct.ASKED: "已申请销号，待核查",
    ProblemAct.CHECKED: "核查通过，待确认",
    ProblemAct.SENT_BACK: "核查不通过，退回责任单位继续整改",
    ProblemAct.CONFIRMED: "已确认销号",
    ProblemAct.REFUSED: "不予销号，退回责任单位继续整改",
    ProblemAct.LOOKED_BACK: "回头看合格，已记录",
    ProblemAct.REOPENED: "已重新挂账，计入重新挂账次数",
}
