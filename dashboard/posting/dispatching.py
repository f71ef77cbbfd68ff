"""周调度: a meeting is prepared, held and closed; each act is a posting of its own.

Points come from the books and get a row when somebody settles something about them. Several
people work on one meeting: what one settled is not overwritten unseen, and what is decided is
only ever added. A closed meeting is frozen (`dashboard.posting.freezing`) and takes no more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypedDict, Unpack

from sqlalchemy import Engine

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load_in
from dashboard.ledgers.terms import DirectiveSource, DispatchState, PointOutcome
from dashboard.posting.edit_faults import edit_faults
from dashboard.posting.entry import entry
from dashboard.posting.faults import NEW, Fault, RefusedError, faults_of
from dashboard.posting.freezing import closing_meeting, corrected_meeting, freeze
from dashboard.posting.meeting_entry import At, at_meeting, refused, round_of
from dashboard.posting.persons import names_a_person
from dashboard.posting.signature import Signature
from dashboard.rules.agenda import (
    AgendaPart,
    Point,
    agenda,
    decided_under,
    is_carried_on,
    key_of,
    matter_of,
    part_of,
)
from dashboard.rules.calendar import Week, shanghai_day
from dashboard.rules.directives import decided_in
from dashboard.settings import Settings

_AROUND = timedelta(days=14)


class Settled(TypedDict, total=False):
    """What the office may settle about a point."""

    seq: int | None
    title: str | None
    text: str | None
    is_hidden: bool
    outcome: PointOutcome


# Before the meeting


def prepare(
    engine: Engine, viewer: Viewer, plan: str, round_code: str, settings: Settings
) -> r.Dispatch:
    """Open the row of a round's meeting, dated as the calendar has it; one that stands stays.

    Raises RefusedError where the plan has no such round, ForbiddenError without Right.MEET.
    """
    with entry(engine, plan, _by(viewer, "准备周调度")) as opened:
        books = load_in(opened.connection, plan, opened.known_at)
        if held := books.find(r.Dispatch, round_code):
            return held
        found = round_of(books.plan, round_code, settings, shanghai_day(opened.known_at))
        made = r.Dispatch(code=round_code, held_on=found.meeting_on)
        opened.add(made)
        return made


def settle_head(  # noqa: PLR0913 - what the head of the minutes says
    engine: Engine,
    viewer: Viewer,
    plan: str,
    round_code: str,
    *,
    held_on: date | None,
    place: str | None,
    chaired_by: str | None,
    attended: str | None,
    seen: int | None = None,
) -> None:
    """Settle when and where a meeting is held, by whom it is chaired (a post) and who attends.

    Also after the meeting was closed: the next version of the frozen week shows it. `seen` is the
    version of the books that was before the eyes. Raises ConflictError where somebody changed the
    same since, RefusedError with every fault.
    """
    given = {"place": place, "chaired_by": chaired_by, "attended": attended}
    fields: dict[str, Any] = {name: (said or "").strip() or None for name, said in given.items()}
    fields["held_on"] = held_on
    with at_meeting(engine, plan, round_code, _by(viewer, "填写会议情况"), also_closed=True) as at:
        if faults := list(_head_faults(round_code, held_on, fields["chaired_by"])):
            raise RefusedError(*faults)
        at.change(at.dispatch, fields, seen)


def settle_point(
    engine: Engine,
    viewer: Viewer,
    plan: str,
    round_code: str,
    key: str,
    *,
    seen: int | None = None,
    **fields: Unpack[Settled],
) -> None:
    """Settle something about a point: its place, words, whether it is shown, what became of it.

    `seen` is the version of the books that was before the eyes. Raises ConflictError where
    somebody settled the same otherwise since, RefusedError in a closed meeting.
    """
    with at_meeting(engine, plan, round_code, _by(viewer, "确定调度议题")) as at:
        at.settle(key, fields, seen)


def order_points(
    engine: Engine, viewer: Viewer, plan: str, round_code: str, keys: Sequence[str]
) -> None:
    """Put points in this order; what is not named keeps to the place of its part."""
    with at_meeting(engine, plan, round_code, _by(viewer, "调整议题顺序")) as at:
        for place, key in enumerate(dict.fromkeys(keys), 1):
            at.settle(key, {"seq": place})


def add_point(
    engine: Engine,
    viewer: Viewer,
    plan: str,
    round_code: str,
    title: str,
    text: str | None = None,
) -> str:
    """Add a point of the office's own; returns its key."""
    with at_meeting(engine, plan, round_code, _by(viewer, "增加调度议题")) as at:
        if not title.strip():
            raise refused(round_code, None, "请填写议题")
        for each in at.rows.values():
            if part_of(each.key) is AgendaPart.OWN and each.title == title.strip():
                again = "，现为“不上会”，请恢复" if each.is_hidden else ""
                raise refused(round_code, None, f"已有同名议题{again}")
        code = at.opened.next_code("agenda_point", "A")
        key = key_of(AgendaPart.OWN, code)
        at.opened.add(
            r.AgendaPoint(
                code=code,
                dispatch=round_code,
                key=key,
                title=title.strip(),
                text=(text or "").strip() or None,
            )
        )
        return key


# At the meeting


def open_meeting(engine: Engine, viewer: Viewer, plan: str, round_code: str) -> None:
    """Begin a meeting; one that has begun goes on."""
    with at_meeting(engine, plan, round_code, _by(viewer, "开始周调度")) as at:
        at.opened.change(at.dispatch, state=DispatchState.HELD)


def decide(  # noqa: PLR0913 - what a decision needs
    engine: Engine,
    viewer: Viewer,
    plan: str,
    round_code: str,
    key: str | None,
    *,
    matter: str,
    unit: str,
    due_on: date,
    closing_standard: str,
    task: str | None = None,
    problem: str | None = None,
) -> str:
    """Record a decision (议定事项) on a point, or on none; it is a directive from now on.

    What the point is about gives task and problem where they are not named. Begins the meeting.
    Returns the directive's code. Raises RefusedError with every fault, and for the same again.
    """
    with at_meeting(engine, plan, round_code, _by(viewer, "登记议定事项")) as at:
        if key is not None:
            at.refuse_unknown(key)
        of_point = matter_of(at.books, key)
        today = shanghai_day(at.opened.known_at)
        made = r.Directive(
            code=NEW,
            matter=matter.strip(),
            source=DirectiveSource.DISPATCH,
            unit=unit,
            issued_on=min(at.dispatch.held_on or today, today),
            due_on=due_on,
            round=round_code,
            task=task or of_point.task,
            problem=problem or of_point.problem,
            closing_standard=closing_standard.strip() or None,
            point=key,
        )
        faults = [*faults_of(made), *edit_faults(at.books, made), *_decision_faults(at, made)]
        if faults:
            raise RefusedError(*faults)
        code = at.opened.next_code("directive", "D")
        at.opened.add(replace(made, code=code))
        at.opened.change(at.dispatch, state=DispatchState.HELD)
        return code


def _decision_faults(at: At, made: r.Directive) -> Iterator[Fault]:
    def fault(field: str, message: str, *, is_whole: bool = True) -> Fault:
        return Fault("directive", made.code, field, message, is_whole)

    unit = at.books.find(r.Unit, made.unit)
    if unit is not None and unit.is_collective:
        yield fault("unit", f"“{unit.name}”是集合名称，请选择具体单位")
    if made.closing_standard is None:
        yield fault("closing_standard", "请填写办结标准，做到什么程度算办结")
    for each in decided_in(at.books, at.dispatch.code):
        if (each.matter, each.unit, each.point) == (made.matter, made.unit, made.point):
            yield fault("matter", f"该议定事项已登记（{each.code}），不能重复登记")


# After the meeting


def close_meeting(
    engine: Engine,
    viewer: Viewer,
    plan: str,
    round_code: str,
    settings: Settings,
    *,
    rest: PointOutcome = PointOutcome.CARRIED,
) -> str:
    """Close a meeting and freeze its week; returns the code of the first version.

    What was neither dealt with nor hidden is carried over, or as `rest` says; a point on which
    something was decided was dealt with. Raises RefusedError before the cut of the figures.
    """
    with at_meeting(engine, plan, round_code, _by(viewer, "结束周调度")) as at:
        meeting = closing_meeting(at, settings)
        for point in agenda(meeting, at.books):
            if point.outcome is PointOutcome.OPEN and not point.is_hidden:
                _conclude(at, point, rest)
        at.opened.change(at.dispatch, state=DispatchState.CLOSED)
        return freeze(at, meeting, settings)


def _conclude(at: At, point: Point, rest: PointOutcome) -> None:
    """Whole parts come every week anew: of them only a decision is noted."""
    if decided_under(at.books, at.dispatch.code, point.key):
        at.settle(point.key, {"outcome": PointOutcome.DONE})
    elif is_carried_on(point):
        at.settle(point.key, {"outcome": rest, "title": point.title, "text": point.text})


def correct_week(
    engine: Engine, viewer: Viewer, plan: str, round_code: str, reason: str, settings: Settings
) -> str:
    """Freeze a closed week again, with what was filed for it and accepted since, and say why.

    Earlier versions stay as they are. Returns the new version's code.
    """
    with at_meeting(
        engine, plan, round_code, _by(viewer, "更正周调度存档"), also_closed=True
    ) as at:
        if not reason.strip():
            raise refused(round_code, None, "请填写更正原因")
        return freeze(at, corrected_meeting(at, settings), settings, reason.strip())


def _by(viewer: Viewer, action: str) -> Signature:
    return Signature(viewer, Right.MEET, action)


def _head_faults(round_code: str, held_on: date | None, chaired_by: str | None) -> Iterator[Fault]:
    week = Week.parse(round_code)
    if held_on and not week.monday - _AROUND <= held_on <= week.sunday + _AROUND:
        span = wording.day_range(week.monday, week.sunday)
        yield Fault("dispatch", round_code, "held_on", f"应在本次调度的那一周（{span}）前后")
    if chaired_by and names_a_person(chaired_by):
        said = "主持岗位请填写岗位，不填写姓名，如“县政府分管副县长”"
        yield Fault("dispatch", round_code, "chaired_by", said, is_whole=True)
