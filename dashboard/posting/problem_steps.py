"""The course of a problem, step by step: each is added and changes the row in the same posting.

open → solving → to check → closed (销号) → reopened. Who asks for closing, who checks and who
confirms are different people: different accounts and posts, in 单机模式 different posts.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import Engine, select

from dashboard.access.asking import ask
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load_in
from dashboard.ledgers.database import reading
from dashboard.ledgers.store import StoredFile
from dashboard.ledgers.tables import TABLES
from dashboard.ledgers.terms import AccountRole, AuditKind, ProblemAct
from dashboard.posting.entry import Entry, entry
from dashboard.posting.evidence import evidence_rows
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.problem_faults import post_faults, step_faults, terms_faults
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.problems import changes_after, last_step

RIGHTS: Mapping[ProblemAct, Right] = {
    ProblemAct.TAKEN_UP: Right.DIRECT,
    ProblemAct.REPORTED: Right.HANDLE_PROBLEMS,
    ProblemAct.ASKED: Right.HANDLE_PROBLEMS,
    ProblemAct.CHECKED: Right.CLOSE,
    ProblemAct.SENT_BACK: Right.CLOSE,
    ProblemAct.CONFIRMED: Right.CONFIRM_CLOSING,
    ProblemAct.REFUSED: Right.CONFIRM_CLOSING,
    ProblemAct.LOOKED_BACK: Right.CLOSE,
    ProblemAct.REOPENED: Right.CLOSE,
}
"""The right that each step takes, for the problem's unit."""
OF_THE_UNIT = frozenset({ProblemAct.REPORTED, ProblemAct.ASKED})
"""Steps of the problem's unit, which the office may enter for it."""
_JUDGING = frozenset(RIGHTS) - OF_THE_UNIT - {ProblemAct.TAKEN_UP}


@dataclass(frozen=True, kw_only=True)
class Move:
    """What somebody says in taking a problem one step on.

    `seen` is the code of the problem's last step that was before the eyes, None before the first.
    `by_post` is typed where the viewer speaks for others: in 单机模式, or the office for a unit.
    `done_on` is the day of a check or 回头看, else today; a liaison does not date.
    """

    problem: str
    seen: str | None = None
    text: str | None = None
    by_post: str | None = None
    done_on: date | None = None
    evidence: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the office settles when it hands a problem to a unit."""

    closing_standard: str
    unit: str
    solution: str | None = None
    due_on: date | None = None


class SteppedMeanwhileError(RefusedError):
    """Somebody took the problem a step on since it was looked at; nothing was written."""

    def __init__(self, problem: str, step: r.ProblemStep | None) -> None:
        said = f"{step.by_post}已先办理“{step.act.label}”" if step else "办理过程已有变动"
        super().__init__(Fault("problem", problem, None, f"{said}，请看过最新的办理过程再办"))
        self.step = step


def take_up(engine: Engine, viewer: Viewer, plan: str, move: Move, terms: Terms) -> str:
    """交办整改: the office settles standard, unit, solution and date, and the unit sets to work.

    The standard is settled once; a problem that was reopened keeps it. Returns the step's code.
    """
    with _moving(engine, viewer, plan, move, ProblemAct.TAKEN_UP) as at:
        settled = asdict(terms)
        _refuse(terms_faults(at.books, at.problem, replace(at.problem, **settled)))
        return at.step(**settled)


def report(
    engine: Engine, viewer: Viewer, plan: str, move: Move, *, solution: str | None = None
) -> str:
    """整改进展: what was done; a `solution` takes the place of the one that stood."""
    with _moving(engine, viewer, plan, move, ProblemAct.REPORTED) as at:
        return at.step(**({"solution": solution} if solution else {}))


def ask_closing(engine: Engine, viewer: Viewer, plan: str, move: Move) -> str:
    """申请销号: what was reached, said against the closing standard."""
    with _moving(engine, viewer, plan, move, ProblemAct.ASKED) as at:
        return at.step()


def check(engine: Engine, viewer: Viewer, plan: str, move: Move, *, passed: bool) -> str:
    """核查: another than who asked looks at it; not passed, the unit works on."""
    act = ProblemAct.CHECKED if passed else ProblemAct.SENT_BACK
    with _moving(engine, viewer, plan, move, act) as at:
        return at.step()


def confirm(engine: Engine, viewer: Viewer, plan: str, move: Move, *, agreed: bool) -> str:
    """确认销号 or 不予销号, by a third person; not agreed, the unit works on."""
    act = ProblemAct.CONFIRMED if agreed else ProblemAct.REFUSED
    with _moving(engine, viewer, plan, move, act) as at:
        return at.step()


def look_back(engine: Engine, viewer: Viewer, plan: str, move: Move, *, holds: bool) -> str:
    """回头看 on a closed problem: it holds, or it is 重新挂账."""
    act = ProblemAct.LOOKED_BACK if holds else ProblemAct.REOPENED
    if (said := (move.text or "").strip()) and not holds:
        move = replace(move, text=f"回头看不合格：{said}")
    with _moving(engine, viewer, plan, move, act) as at:
        return at.step()


def reopen(engine: Engine, viewer: Viewer, plan: str, move: Move) -> str:
    """重新挂账: a closed problem stands again; how often is counted."""
    with _moving(engine, viewer, plan, move, ProblemAct.REOPENED) as at:
        return at.step()


@dataclass(frozen=True)
class _Standing:
    """A problem as it stands in the posting, with the step that is about to be added."""

    opened: Entry
    books: Books
    problem: r.Problem
    made: r.ProblemStep
    evidence: tuple[StoredFile, ...]

    def step(self, **settled: object) -> str:
        """Add the step with its files and change the row; returns the step's code."""
        self.opened.add(self.made)
        unit = str(settled.get("unit", self.problem.unit))
        files = evidence_rows(self.opened, self.evidence, unit, step=self.made.code)
        self.opened.add(*files)
        changes = {**changes_after(self.problem, self.made), **settled}
        self.opened.change(self.problem, **changes)
        return self.made.code


@contextmanager
def _moving(
    engine: Engine, viewer: Viewer, plan: str, move: Move, act: ProblemAct
) -> Iterator[_Standing]:
    """The posting of one step, on the problem as it stands in it.

    Raises RefusedError with every fault, SteppedMeanwhileError where somebody was first, and
    ForbiddenError without the right to this unit's problems.
    """
    kind = AuditKind.REVIEW if act in _JUDGING else AuditKind.WRITE
    units = _units_of(engine, plan, move.problem)
    post = _post_of(viewer, act, move)
    signature = Signature(viewer, RIGHTS[act], act.label, units, post=post, kind=kind)
    with entry(engine, plan, signature) as opened:
        books = load_in(opened.connection, plan, opened.known_at)
        problem = books.find(r.Problem, move.problem)
        if problem is None:
            raise RefusedError(Fault("problem", move.problem, None, "没有这个问题，请刷新后再看"))
        # The unit may have changed since the signature was made.
        ask(opened.connection, viewer, RIGHTS[act], plan, {problem.unit})
        last = last_step(books, problem.code)
        if (last.code if last else None) != move.seen:
            raise SteppedMeanwhileError(problem.code, last)
        made = _made(opened, viewer, move, act)
        faults = step_faults(books, problem, made, shanghai_day(opened.known_at))
        if viewer.role is AccountRole.LOCAL:
            faults += post_faults(problem, act, move.by_post)
        _refuse(faults)
        yield _Standing(opened, books, problem, made, move.evidence)


def _units_of(engine: Engine, plan: str, code: str) -> frozenset[str]:
    """The code of a problem's unit; none for a problem that is not there."""
    problem, unit, owner = TABLES["problem"], TABLES["unit"], TABLES["plan"]
    query = (
        select(unit.c.code)
        .join(problem, problem.c.unit_id == unit.c.id)
        .join(owner, owner.c.id == problem.c.plan_id)
        .where(owner.c.code == plan, problem.c.code == code)
    )
    with reading(engine) as connection:
        return frozenset(connection.scalars(query))


def speaks_for_others(viewer: Viewer, act: ProblemAct) -> bool:
    """Whether the post under a step is typed: in 单机模式, and where the office enters a unit's."""
    is_office = viewer.role is AccountRole.OFFICE
    return viewer.role is AccountRole.LOCAL or (is_office and act in OF_THE_UNIT)


def _post_of(viewer: Viewer, act: ProblemAct, move: Move) -> str:
    typed = (move.by_post or "").strip()
    return typed or viewer.post if speaks_for_others(viewer, act) else viewer.post


def _made(opened: Entry, viewer: Viewer, move: Move, act: ProblemAct) -> r.ProblemStep:
    today = shanghai_day(opened.known_at)
    dates = viewer.role is not AccountRole.LIAISON
    return r.ProblemStep(
        code=opened.next_code("problem_step", "PS"),
        problem=move.problem,
        act=act,
        done_on=(move.done_on if dates else None) or today,
        by_post=opened.by_post,
        by_account=viewer.account,
        text=(move.text or "").strip() or None,
    )


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise RefusedError(*faults)
