"""A problem at every stage, and each step that may be taken there, for tests of rights."""

from collections.abc import Callable

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.posting import problem_steps as steps
from dashboard.posting.problem_steps import Move, Terms
from tests.books import ISSUED

S, A = t.ProblemState, t.ProblemAct


def _problem(code: str, state: t.ProblemState, unit: str = "u") -> r.Problem:
    checked = ISSUED if code == "P-checked" else None
    return r.Problem(
        code=code,
        description="场所未落实",
        source=t.ProblemSource.VISIT,
        category=t.ProblemCategory.PREMISES,
        unit=unit,
        found_on=ISSUED,
        closing_standard="场所落实",
        state=state,
        checked_on=checked,
    )


def _step(code: str, problem: str, act: t.ProblemAct, post: str) -> r.ProblemStep:
    return r.ProblemStep(code=code, problem=problem, act=act, done_on=ISSUED, by_post=post)


ROWS: tuple[r.Record, ...] = (
    _problem("P-open", S.OPEN),
    _problem("P-solving", S.SOLVING),
    _problem("P-solving-v", S.SOLVING, "v"),
    _problem("P-asked", S.TO_CHECK),
    _problem("P-checked", S.TO_CHECK),
    _problem("P-closed", S.CLOSED),
    _step("S1", "P-asked", A.ASKED, "甲岗"),
    _step("S2", "P-checked", A.ASKED, "甲岗"),
    _step("S3", "P-checked", A.CHECKED, "乙岗"),
)

Act = Callable[[Engine, Viewer], object]
_TERMS = Terms(closing_standard="场所落实并挂牌", unit="u")


def _move(problem: str, seen: str | None = None) -> Move:
    return Move(problem=problem, seen=seen, text="已办", by_post="丙岗")


ACTS: dict[str, tuple[str, Right, set[str], Act]] = {
    "交办整改": (
        "take_up",
        Right.DIRECT,
        {"u"},
        lambda e, v: steps.take_up(e, v, "p", _move("P-open"), _TERMS),
    ),
    "报告本单位整改进展": (
        "report",
        Right.HANDLE_PROBLEMS,
        {"u"},
        lambda e, v: steps.report(e, v, "p", _move("P-solving")),
    ),
    "报告他单位整改进展": (
        "report",
        Right.HANDLE_PROBLEMS,
        {"v"},
        lambda e, v: steps.report(e, v, "p", _move("P-solving-v")),
    ),
    "本单位申请销号": (
        "ask_closing",
        Right.HANDLE_PROBLEMS,
        {"u"},
        lambda e, v: steps.ask_closing(e, v, "p", _move("P-solving")),
    ),
    "他单位申请销号": (
        "ask_closing",
        Right.HANDLE_PROBLEMS,
        {"v"},
        lambda e, v: steps.ask_closing(e, v, "p", _move("P-solving-v")),
    ),
    "核查问题通过": (
        "check",
        Right.CLOSE,
        {"u"},
        lambda e, v: steps.check(e, v, "p", _move("P-asked", "S1"), passed=True),
    ),
    "核查问题不通过": (
        "check",
        Right.CLOSE,
        {"u"},
        lambda e, v: steps.check(e, v, "p", _move("P-asked", "S1"), passed=False),
    ),
    "确认问题销号": (
        "confirm",
        Right.CONFIRM_CLOSING,
        {"u"},
        lambda e, v: steps.confirm(e, v, "p", _move("P-checked", "S3"), agreed=True),
    ),
    "不予问题销号": (
        "confirm",
        Right.CONFIRM_CLOSING,
        {"u"},
        lambda e, v: steps.confirm(e, v, "p", _move("P-checked", "S3"), agreed=False),
    ),
    "问题回头看": (
        "look_back",
        Right.CLOSE,
        {"u"},
        lambda e, v: steps.look_back(e, v, "p", _move("P-closed"), holds=True),
    ),
    "问题重新挂账": (
        "reopen",
        Right.CLOSE,
        {"u"},
        lambda e, v: steps.reopen(e, v, "p", _move("P-closed")),
    ),
}
"""Each act: the function it calls, the right it takes, whose matter it is."""
