"""The annexes of a bulletin: tasks, towns and problems as tables of words."""

from collections.abc import Callable, Iterable

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import ProblemState, Role
from dashboard.papers.model import Annex, Column, Grid
from dashboard.papers.month import MonthInHand, raised_on
from dashboard.rules.coverage import leading_list
from dashboard.rules.judgement import TaskVerdict
from dashboard.rules.monthly import TaskChange, TownStations, task_changes
from dashboard.rules.names import unit_name
from dashboard.rules.summary import duties_of_task
from dashboard.rules.verdicts import Light
from dashboard.settings import Settings

_TASKS = (
    Column("序号", 0.6),
    Column("重点任务", 3.2),
    Column("条款", 1.6),
    Column("牵头单位", 2.0),
    Column("完成时限", 1.6),
    Column("上月", 1.2),
    Column("本月", 1.2),
    Column("完成率", 0.9, is_figure=True),
    Column("序时进度", 0.9, is_figure=True),
    Column("情况说明", 4.0),
)


def tasks_annex(month: MonthInHand, settings: Settings, title: str) -> Annex:
    """附件1: every task, this month beside the last."""
    return _of_tasks(month, settings, title, lambda _: True)


def behind_annex(month: MonthInHand, settings: Settings, title: str) -> Annex:
    """慢序时: tasks lagging or overdue."""
    return _of_tasks(month, settings, title, _is_behind)


def in_time_annex(month: MonthInHand, settings: Settings, title: str) -> Annex:
    """按序时: tasks done, or with an expected progress that they keep."""
    return _of_tasks(month, settings, title, _is_in_time)


def _is_behind(task: TaskVerdict) -> bool:
    return task.is_lagging or task.is_overdue


def _is_in_time(task: TaskVerdict) -> bool:
    return task.light in (Light.BLUE, Light.GREEN)


def _of_tasks(
    month: MonthInHand, settings: Settings, title: str, wanted: Callable[[TaskVerdict], bool]
) -> Annex:
    found = [each for each in task_changes(month.before, month.now) if wanted(each.now)]
    rows = (_task(month, settings, n, each) for n, each in enumerate(found, 1))
    return Annex(title, (Grid(_TASKS, tuple(rows), caption=_until(month)),), is_wide=True)


def _until(month: MonthInHand) -> str:
    return f"数据截至{wording.full_day(month.last_day)}"


def _task(
    month: MonthInHand, settings: Settings, number: int, change: TaskChange
) -> tuple[str, ...]:
    now = change.now
    verdict = now.worst.verdict if now.worst else None
    return (
        str(number),
        now.task.title,
        now.task.clause,
        _leads(month, now.task.code),
        wording.full_day(now.due_on) if now.due_on else "未定时限",
        _light(settings, change.before),
        _light(settings, now),
        wording.percent(verdict.share if verdict else None),
        wording.percent(verdict.expected_share if verdict else None),
        now.reason,
    )


def _leads(month: MonthInHand, task: str) -> str:
    leads = duties_of_task(month.now.books, task)[Role.LEAD]
    return wording.join_names([unit_name(month.now.books, each.unit) for each in leads])


def _light(settings: Settings, task: TaskVerdict | None) -> str:
    if task is None:
        return wording.BLANK
    return f"{getattr(settings.lights.scheme, task.light.value).symbol}{task.word}"


def towns_annex(month: MonthInHand, title: str) -> Annex:
    """附件2: stations and filings by town, in the office's order; no ranking."""
    hosts = leading_list(month.now.books)
    columns = (
        Column("序号", 0.6),
        Column("镇街", 2.0),
        Column("上月建成站点", 1.2, is_figure=True),
        Column("本月建成站点", 1.2, is_figure=True),
        Column("新增", 1.0, is_figure=True),
        Column("在建", 1.0, is_figure=True),
        *([Column(f"{hosts.title}达标／应设", 1.6, is_figure=True)] if hosts else []),
        Column("未报（条次）", 1.2, is_figure=True),
        Column("迟报（条次）", 1.2, is_figure=True),
    )
    records = {each.unit.code: each for each in month.records}
    rows = []
    for number, each in enumerate(month.towns, 1):
        record = records.get(each.unit.code)
        arrears = (str(record.missing), str(record.late)) if record else ("0", "0")
        own = (_met(each),) if hosts else ()
        rows.append((str(number), each.unit.name, *_stations(each), *own, *arrears))
    return Annex(title, (Grid(columns, tuple(rows), caption=_until(month)),), is_wide=True)


def _stations(town: TownStations) -> tuple[str, ...]:
    if town.before is None:
        return wording.BLANK, str(town.built), wording.BLANK, str(town.building)
    added = town.built - town.before
    return str(town.before), str(town.built), str(added), str(town.building)


def _met(town: TownStations) -> str:
    return "待核定" if town.obliged is None else f"{town.met}／{town.obliged}"


_PROBLEMS = (
    Column("序号", 0.6),
    Column("问题描述", 4.0),
    Column("责任单位", 2.0),
    Column("收录日期", 1.6),
    Column("解决时限", 1.6),
    Column("解决方案", 3.2),
    Column("状态", 1.2),
    Column("销号日期", 1.6),
)


def problems_annex(month: MonthInHand, title: str) -> Annex:
    """附件3: the problems that stand at the month's end, and those closed within it."""
    found = listed(month, month.now.books.all(r.Problem))
    rows = (_problem(month, n, each) for n, each in enumerate(found, 1))
    return Annex(title, (Grid(_PROBLEMS, tuple(rows), caption=_until(month)),), is_wide=True)


def listed(month: MonthInHand, problems: Iterable[r.Problem]) -> tuple[r.Problem, ...]:
    """Of these problems those that stand, or were closed within the month."""
    return tuple(
        each
        for each in problems
        if each.state is not ProblemState.CLOSED
        or (each.closed_on is not None and month.holds(each.closed_on))
    )


def _problem(month: MonthInHand, number: int, each: r.Problem) -> tuple[str, ...]:
    return (
        str(number),
        each.description,
        unit_name(month.now.books, each.unit),
        wording.full_day(raised_on(each)),
        wording.full_day(each.due_on) if each.due_on else wording.BLANK,
        each.solution or wording.BLANK,
        each.state.label,
        wording.full_day(each.closed_on) if each.closed_on else wording.BLANK,
    )
