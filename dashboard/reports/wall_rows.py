"""What a wall chart tells of a plan, before anything is drawn: tasks by group, lanes with bars.

Judgement, words and order are those of the pages; nothing is worked out anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Recurrence
from dashboard.rules.judgement import ItemVerdict, Judgement, TaskVerdict
from dashboard.rules.lead_words import lead_words
from dashboard.rules.slips import expected_of_item
from dashboard.rules.verdicts import Light

KEPT_UP = "长期坚持"


@dataclass(frozen=True)
class Step:
    """A milestone of the office (节点) and whether its value is reached."""

    on: date
    is_reached: bool


@dataclass(frozen=True)
class Bar:
    """An item's span with what is reached and expected, as shares of it.

    `is_open` where the start waits for the end of another, which comes too late or is not known:
    then it is drawn from 启用日. `years` are
    the spans of a yearly duty in the other years of the plan.
    """

    starts_on: date
    due_on: date
    light: Light
    share: float | None
    expected_share: float | None
    is_open: bool
    steps: tuple[Step, ...]
    years: tuple[tuple[date, date], ...]


@dataclass(frozen=True)
class Lane:
    """One dated item of a task: what, by when, how far; `more` tells what calls for a reason."""

    title: str
    due: str
    light: Light
    state: str
    figures: str
    more: str
    bar: Bar


@dataclass(frozen=True)
class TaskRow:
    """One task; `told` is its reason where no lane tells it."""

    code: str
    group: str
    clause: str
    title: str
    leads: str
    remark: str
    light: Light
    word: str
    told: str
    is_kept_up: bool
    lanes: tuple[Lane, ...]


def task_rows(judgement: Judgement) -> tuple[TaskRow, ...]:
    """Every task, in the order of the plan."""
    groups = dict.fromkeys(_group(judgement.books, each.task) for each in judgement.tasks)
    rows = [_row(judgement, each) for each in judgement.tasks]
    return tuple(row for group in groups for row in rows if row.group == group)


def _group(books: Books, task: r.Task) -> str:
    """The top clause of a task with its title: 四、重点任务."""
    clause = books.get(r.Clause, task.clause)
    while above := books.find(r.Clause, clause.parent):
        clause = above
    between = "　" if clause.code.startswith("附件") else "、"
    return f"{clause.code}{between}{clause.title}"


def _row(judgement: Judgement, each: TaskVerdict) -> TaskRow:
    dated = [item for item in each.items if _is_shown(judgement, item)]
    names, remark = lead_words(judgement.books, each.task.code)
    return TaskRow(
        code=each.task.code,
        group=_group(judgement.books, each.task),
        clause=each.task.clause,
        title=each.task.title,
        leads=names,
        remark=remark,
        light=each.light,
        word=each.word,
        told="" if each.worst in dated else each.reason,
        is_kept_up=each.word == KEPT_UP,
        lanes=tuple(_lane(judgement, item) for item in dated),
    )


def _is_shown(judgement: Judgement, each: ItemVerdict) -> bool:
    """What was due before 启用日 is neither asked for nor late."""
    return each.due_on is not None and each.due_on >= judgement.books.plan.in_use_from


def _lane(judgement: Judgement, each: ItemVerdict) -> Lane:
    assert each.due_on is not None  # `_is_shown` left the others out
    day = wording.day(each.due_on, judgement.today.year)
    yearly = each.item.recurrence is Recurrence.YEARLY
    return Lane(
        title=_title(each),
        due=f"每年{each.due_on.month}月{each.due_on.day}日" if yearly else day,
        light=each.light,
        state=each.verdict.word,
        figures=_figures(each),
        more="；".join(_more(judgement, each)),
        bar=_bar(judgement, each, each.due_on),
    )


def _title(each: ItemVerdict) -> str:
    """The item's name; the yearly share of a larger indicator is marked as such."""
    indicator = each.item.indicator
    is_part = indicator is not None and indicator.part_of is not None
    return f"其中：{each.item.title}" if is_part else each.item.title


def _figures(each: ItemVerdict) -> str:
    """3/16家, 60%; nothing before the start and where the target is not known."""
    value, target = each.figure.value, each.verdict.target
    if value is None:
        return ""
    if each.item.unit == "%":
        return wording.percent(value / 100)
    if target is None:
        return wording.number(value, each.item.unit)
    return f"{wording.number(value)}/{wording.number(target, each.item.unit)}"


def _more(judgement: Judgement, each: ItemVerdict) -> Iterator[str]:
    """Why it is yellow or red, when its unit expects to be done, and the office's milestones."""
    year = judgement.today.year
    if each.light in (Light.RED, Light.YELLOW):
        yield each.verdict.reason
        if expected := expected_of_item(judgement, each):
            yield expected.words(year)
    if steps := each.item.milestones:
        unit = each.item.unit
        said = [f"{wording.day(s.due_on, year)}{wording.number(s.value, unit)}" for s in steps]
        yield f"节点：{'、'.join(said)}"


def _bar(judgement: Judgement, each: ItemVerdict, due_on: date) -> Bar:
    plan, value = judgement.books.plan, each.figure.value or 0.0
    steps = tuple(Step(s.due_on, s.value <= value) for s in each.item.milestones)
    yearly = each.item.recurrence is Recurrence.YEARLY
    starts_on, is_open = each.starts_on, False
    if starts_on is None or starts_on >= due_on:
        starts_on, is_open = min(plan.in_use_from, due_on), True
    return Bar(
        starts_on=starts_on,
        due_on=due_on,
        light=each.light,
        share=each.verdict.share,
        expected_share=each.verdict.expected_share,
        is_open=is_open,
        steps=steps,
        years=tuple(_other_years(plan, due_on.year)) if yearly else (),
    )


def _other_years(plan: r.Plan, this: int) -> Iterator[tuple[date, date]]:
    for year in range(plan.in_use_from.year, plan.period_end.year + 1):
        if year != this:
            first, last = date(year, 1, 1), date(year, 12, 31)
            yield max(first, plan.in_use_from), min(last, plan.period_end)


def period(judgement: Judgement, rows: tuple[TaskRow, ...]) -> tuple[date, date]:
    """The first and the last day that the chart must show."""
    plan = judgement.books.plan
    bars = [lane.bar for row in rows for lane in row.lanes]
    return (
        min([plan.issued_on, *(bar.starts_on for bar in bars)]),
        max([plan.period_end, *(bar.due_on for bar in bars)]),
    )
