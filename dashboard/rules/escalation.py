"""Which step of 督办 is due toward which unit over which task, and why. It is only proposed.

The ladder itself is in `ladder`; here the judgements are brought before it, task by task and unit
by unit, and what it asks for is put into words.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Role, SupervisionKind, SupervisionState
from dashboard.rules.calendar import month_of, shanghai_day, working_days_on
from dashboard.rules.handling import is_standing
from dashboard.rules.judgement import ItemVerdict, Judgement, TaskVerdict, times_of
from dashboard.rules.ladder import BAD, RUNGS, Case, Due, due_step
from dashboard.rules.summary import duties_of_task
from dashboard.rules.verdicts import Light
from dashboard.settings import Settings

_WEEKS_BACK = 8
"""A slip that was closed longer ago belongs to another time of trouble."""

Matter = tuple[str, str]
"""A task's code and a unit's: over one task a unit has one open slip."""


@dataclass(frozen=True)
class Proposal:
    """A step that the ladder asks for. `because` says why this rung, `reason` how the work stands.

    `due_on` is the suggested date of the answer; `before` the step that it follows.
    """

    kind: SupervisionKind
    unit: r.Unit
    task: r.Task
    verdict: ItemVerdict
    because: str
    reason: str
    due_on: date
    before: r.Supervision | None = None

    @property
    def line(self) -> str:
        return self.verdict.item.line.code


def proposals(
    judgement: Judgement,
    settings: Settings,
    weeks: Sequence[Judgement] = (),
    months: Sequence[Judgement] = (),
) -> tuple[Proposal, ...]:
    """The steps that are due now, the highest rung first, then units in protocol order.

    `weeks` are the judgements at the last rounds' cuts and `months` those at the last months'
    cuts, newest first, as `cuts_wanted` names them.
    """
    by_week, by_month = [_by_matter(each) for each in weeks], [_by_matter(each) for each in months]
    days = [shanghai_day(each.books.as_of) for each in weeks]
    slips = slips_by_matter(judgement.books)
    found = []
    for key, verdict in _by_matter(judgement).items():
        case = Case(
            verdict=verdict,
            weeks=tuple(_light(of, key) for of in by_week),
            months=tuple(_light(of, key) for of in by_month),
            days=tuple(days),
            slips=slips[key],
            today=judgement.today,
            asked=settings.supervision,
        )
        if due := due_step(case):
            found.append(_proposal(judgement, key, case, due))
    return tuple(sorted(found, key=_place))


def cuts_wanted(
    judgement: Judgement, settings: Settings
) -> tuple[tuple[datetime, ...], tuple[datetime, ...]]:
    """The cuts of weeks and of months at which the ladder looks back, newest first.

    No more than it needs: a judgement of the past costs as much as one of the present.
    """
    asked, slips = settings.supervision, slips_by_matter(judgement.books)
    bad = {key: each for key, each in _by_matter(judgement).items() if each.light in BAD}
    is_settled = any(not is_standing(slip) for key in bad for slip in slips[key])
    waits = (asked.letter_after_yellow_weeks, asked.order_after_weeks, asked.naming_after_weeks)
    needed = max(waits)
    number = max(needed, _WEEKS_BACK) if is_settled else needed
    passed = [
        each.figures_to for each in judgement.rounds if _has_passed(judgement, each.figures_to)
    ]
    weeks = tuple(reversed(passed))[:number] if bad else ()
    reds = any(each.light is Light.RED for each in bad.values())
    return weeks, tuple(_month_cuts(judgement, settings)) if reds else ()


def _has_passed(judgement: Judgement, cut: datetime) -> bool:
    return cut <= judgement.books.as_of


def _month_cuts(judgement: Judgement, settings: Settings) -> Iterator[datetime]:
    month = month_of(judgement.books.as_of, times_of(settings).month_cut_day)
    if not _has_passed(judgement, month.figures_to):
        month = month.previous
    for _ in range(settings.supervision.talk_after_red_months):
        if shanghai_day(month.figures_to) >= judgement.books.plan.in_use_from:
            yield month.figures_to
        month = month.previous


def slips_by_matter(books: Books) -> Mapping[Matter, tuple[r.Supervision, ...]]:
    """The steps that were taken over each task toward each unit, oldest first.

    Without what was withdrawn, and without a 一票否决, which stands outside the ladder.
    """
    found: defaultdict[Matter, tuple[r.Supervision, ...]] = defaultdict(tuple)
    for each in books.all(r.Supervision):
        is_on = each.kind in RUNGS and each.state is not SupervisionState.WITHDRAWN
        if is_on and each.task is not None:
            found[each.task, each.unit] += (each,)
    return found


def _by_matter(judgement: Judgement) -> dict[Matter, ItemVerdict]:
    """Of each task and unit the item that speaks for it; what is only encouraged never does."""
    found: dict[Matter, ItemVerdict] = {}
    for task in judgement.tasks:
        by_unit: dict[str, list[ItemVerdict]] = {}
        for each in task.items:
            if not each.item.is_encouraged and _is_asked(judgement.books, each):
                by_unit.setdefault(each.item.line.unit, []).append(each)
        for unit, items in by_unit.items():
            worst = TaskVerdict(task.task, tuple(items)).worst
            assert worst is not None
            found[task.task.code, unit] = worst
    return found


def _is_asked(books: Books, each: ItemVerdict) -> bool:
    """The office does not write to itself, nor to a level above."""
    unit = books.find(r.Unit, each.item.line.unit)
    return unit is not None and not unit.is_collective and unit.kind.has_liaison


def _light(found: Mapping[Matter, ItemVerdict], key: Matter) -> Light | None:
    verdict = found.get(key)
    return verdict.light if verdict else None


def _proposal(judgement: Judgement, key: Matter, case: Case, due: Due) -> Proposal:
    books, verdict = judgement.books, case.verdict
    unit = books.get(r.Unit, key[1])
    day = working_days_on(judgement.today, case.asked.answer_working_days)
    if due.kind is SupervisionKind.REMINDER and verdict.due_on:
        day = verdict.due_on
    return Proposal(
        kind=due.kind,
        unit=unit,
        task=books.get(r.Task, key[0]),
        verdict=verdict,
        because=due.because,
        reason=reason_of(books, verdict, unit, judgement.today),
        due_on=day,
        before=due.before,
    )


def reason_of(books: Books, verdict: ItemVerdict, unit: r.Unit, today: date) -> str:
    """截至2023年9月22日，由县卫生健康局牵头的四（二）1“……”完成40%，低于序时进度22个百分点。."""
    item = verdict.item
    leads = {duty.unit for duty in duties_of_task(books, item.task.code)[Role.LEAD]}
    role = "牵头" if unit.code in leads else "汇总报送"
    what = item.task.title if item.title == item.task.title else f"{item.task.title}：{item.title}"
    day = wording.full_day(today)
    said = verdict.verdict.reason.rstrip("。")
    return f"截至{day}，由{unit.name}{role}的{item.clause}“{what}”{said}。"


def _place(each: Proposal) -> tuple[int, int, int]:
    return -RUNGS.index(each.kind), each.unit.seq, each.task.seq
