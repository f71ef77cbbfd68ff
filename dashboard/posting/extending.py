"""延期: a one-off date moves only with the post that approved it and the basis, and stays seen.

The date that was moved is out of force from then on and keeps its row; the approved one is a row
of its own beside it. An extension entered wrongly is taken back, which leaves its history too.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import Engine

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load_in
from dashboard.ledgers.terms import DeadlineSource, Recurrence
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import Fault, RefusedError, faults_of
from dashboard.posting.persons import names_a_person
from dashboard.posting.signature import Signature
from dashboard.rules.moved_dates import moved_to

LONGEST_POST = 40
LONGEST_BASIS = 200
PREFIX = "DL"


def extend_deadline(  # noqa: PLR0913 - the date, and what allows it
    engine: Engine,
    viewer: Viewer,
    plan: str,
    deadline_code: str,
    *,
    due_on: date,
    approved_by: str,
    approval: str,
    seen: date | None = None,
) -> str:
    """Move a one-off date to a later day; returns the code of the row that now counts.

    `approved_by` is a post, `approval` the 文号, meeting or other basis; `seen` the date that was
    moved as far as the writer knew. Needs Right.EXTEND. Raises RefusedError with every fault.
    """
    with entry(engine, plan, Signature(viewer, Right.EXTEND, "登记延期")) as opened:
        books = load_in(opened.connection, plan, opened.known_at)
        held = _standing(books, deadline_code, seen)
        made = replace(
            held,
            code=opened.next_code("deadline", PREFIX),
            source=DeadlineSource.EXTENDED,
            due_on=due_on,
            moved_from=held.code,
            approved_by=approved_by.strip() or None,
            approval=approval.strip() or None,
            note=None,
        )
        faults = [*_faults(books, held, made), *faults_of(made)]
        if faults:
            raise RefusedError(*faults)
        opened.change(held, is_in_force=False)
        opened.add(made)
        return made.code


def take_back_extension(
    engine: Engine, viewer: Viewer, plan: str, deadline_code: str, *, seen: date | None = None
) -> str:
    """Take back an extension entered wrongly; the date before it counts again, its code is given.

    Only the last one of several. Needs Right.EXTEND. Raises RefusedError.
    """
    with entry(engine, plan, Signature(viewer, Right.EXTEND, "撤回延期")) as opened:
        books = load_in(opened.connection, plan, opened.known_at)
        held = _standing(books, deadline_code, seen)
        before = books.find(r.Deadline, held.moved_from)
        if held.source is not DeadlineSource.EXTENDED or before is None:
            raise _refused(held, "不是登记的延期，不能撤回")
        _swap_back(opened, held, before)
        return before.code


def _swap_back(opened: Entry, held: r.Deadline, before: r.Deadline) -> None:
    opened.end(held)
    opened.change(before, is_in_force=True)


def can_extend(deadline: r.Deadline) -> bool:
    """Whether a deadline is of the kind that an approval may move."""
    return next(_kind_faults(deadline), None) is None


def _standing(books: Books, code: str, seen: date | None) -> r.Deadline:
    """The date that is to be moved, in force and as it was seen. Raises RefusedError."""
    held = books.find(r.Deadline, code)
    if held is None:
        raise RefusedError(Fault("deadline", code, None, "该时限已不存在，请刷新后再试"))
    if later := moved_to(books, held):
        day = wording.full_day(later.due_on) if later.due_on else wording.BLANK
        why = f"已由{later.approved_by}批准延期至{day}，请刷新后按现行时限办理"
        raise _refused(held, why)
    if not held.is_in_force:
        raise _refused(held, "不是现行时限，不需延期")
    if seen is not None and held.due_on != seen:
        day = wording.full_day(held.due_on) if held.due_on else held.recurrence.label
        raise _refused(held, f"该时限已改为{day}，请刷新后再办理")
    return held


def _refused(held: r.Deadline, message: str) -> RefusedError:
    return RefusedError(Fault("deadline", held.code, None, message))


def _faults(books: Books, held: r.Deadline, made: r.Deadline) -> list[Fault]:
    said = list(_kind_faults(held)) or [
        *_date_faults(books, held, made.due_on),
        *_approval_faults(made),
    ]
    return [Fault("deadline", held.code, field, message) for field, message in said]


Said = Iterator[tuple[str | None, str]]
"""A field and what is wrong with it; a whole sentence needs no field."""


def _kind_faults(held: r.Deadline) -> Said:
    if held.recurrence is not Recurrence.ONCE or held.due_on is None:
        yield None, "只有一次性的时限可以延期，周期性事项按期开展"
    elif held.source is DeadlineSource.INHERITED:
        yield None, "继承自总目标，不作逾期，不需延期"
    elif not held.is_in_force:
        yield None, "不是现行时限，不需延期"


def _date_faults(books: Books, held: r.Deadline, due_on: date | None) -> Said:
    if due_on is None or held.due_on is None:
        return
    if due_on <= held.due_on:
        yield "due_on", f"应晚于原时限{wording.full_day(held.due_on)}"
    end = books.plan.period_end
    if due_on > end:
        yield "due_on", f"不能晚于方案止期{wording.full_day(end)}"
    indicator = books.find(r.Indicator, held.indicator)
    if indicator and indicator.year and due_on.year > indicator.year:
        yield None, f"{indicator.year}年度指标不能跨年延期，未完成的结转下年"


def _approval_faults(made: r.Deadline) -> Said:
    post, basis = made.approved_by, made.approval
    if post is None:
        yield None, "请填写批准延期的岗位或会议，如“县政府常务会议”"
    elif names_a_person(post):
        yield None, "请填写岗位，不填写姓名，如“县政府分管副县长”"
    elif len(post) > LONGEST_POST:
        yield "approved_by", f"不超过{LONGEST_POST}字"
    if basis is None:
        yield None, "请填写批准依据，如文号、会议名称和日期"
    elif len(basis) > LONGEST_BASIS:
        yield "approval", f"不超过{LONGEST_BASIS}字"
