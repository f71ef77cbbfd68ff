"""Two instants of one plan side by side: what turned red, what was cleared, what slipped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.ledgers.terms import DeadlineSource
from dashboard.rules.judgement import ItemVerdict, Judgement, TaskVerdict
from dashboard.rules.verdicts import Light


@dataclass(frozen=True)
class Change:
    """One item before and now; `before` is None where it was not yet in the books."""

    before: ItemVerdict | None
    now: ItemVerdict

    @property
    def moved(self) -> float | None:
        """The figure's change, in the item's unit."""
        old = self.before.figure.value if self.before else None
        new = self.now.figure.value
        return None if new is None else new - (old or 0.0)

    @property
    def is_extended(self) -> bool:
        """Whether an approved date has taken the place of the one that counted before."""
        old = self.before.item.deadline if self.before else None
        new = self.now.item.deadline
        is_approved = new is not None and new.source is DeadlineSource.EXTENDED
        return old is not None and is_approved and old != new


@dataclass(frozen=True)
class Slip:
    """An expected date (预计完成时间) that a unit moved back."""

    item: ItemVerdict
    earlier: date
    later: date


@dataclass(frozen=True)
class Comparison:
    """What changed between two instants. Each list is in the order of the plan.

    `worse` fell behind or turned red, `cleared` are no longer behind. 临近时限 is yellow too, but
    it is no failing: what falls due is listed by `due_between`.
    """

    changes: tuple[Change, ...]
    worse: tuple[Change, ...]
    cleared: tuple[Change, ...]
    slips: tuple[Slip, ...]


def compare(before: Judgement, now: Judgement) -> Comparison:
    """The changes from an earlier judgement of the same plan to a later one."""
    old = {each.item.line.code: each for each in before.items}
    changes = tuple(Change(old.get(each.item.line.code), each) for each in now.items)
    return Comparison(
        changes=changes,
        worse=tuple(each for each in changes if _is_worse(each)),
        cleared=tuple(each for each in changes if _is_cleared(each)),
        slips=tuple(_slips(before, now)),
    )


def _is_behind(item: ItemVerdict | None) -> bool:
    return item is not None and (item.verdict.is_lagging or item.verdict.is_overdue)


def _is_red(item: ItemVerdict | None) -> bool:
    return item is not None and item.verdict.light is Light.RED


def _is_worse(change: Change) -> bool:
    newly_red = _is_red(change.now) and not _is_red(change.before)
    return newly_red or (_is_behind(change.now) and not _is_behind(change.before))


def _is_cleared(change: Change) -> bool:
    return _is_behind(change.before) and not _is_behind(change.now)


def _slips(before: Judgement, now: Judgement) -> Iterable[Slip]:
    for item in now.items:
        code = item.item.line.code
        old, new = before.books.last_filed.get(code), now.books.last_filed.get(code)
        earlier = old.expected_on if old else None
        later = new.expected_on if new else None
        if earlier and later and later > earlier:
            yield Slip(item, earlier, later)


def due_between(
    judgement: Judgement, first: date, last: date
) -> tuple[tuple[ItemVerdict, TaskVerdict], ...]:
    """Unfinished items that fall due in a span of days, soonest first."""
    found = [
        (item, task)
        for task in judgement.tasks
        for item in task.items
        if item.due_on and first <= item.due_on <= last and not item.figure.is_done
    ]
    return tuple(sorted(found, key=lambda pair: str(pair[0].due_on)))
