"""The three ledgers as papers: 任务清单, 责任清单 by unit, 问题清单及解决方案.

The columns are those that counties keep (conventions.md A2.2). A paper of one unit holds what
binds that unit, through a collective too.
"""

from collections.abc import Iterable, Sequence

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Role
from dashboard.papers.facts import subject_of
from dashboard.papers.model import Block, Column, Grid, Heading, Paper, Paragraph, Shape, Words
from dashboard.rules.duty_words import measure_words, names_of
from dashboard.rules.judgement import Judgement, TaskVerdict
from dashboard.rules.lead_words import lead_words
from dashboard.rules.summary import Duty, duties_of_task, duties_of_unit
from dashboard.settings import Settings

_TASKS = (
    Column("序号", 0.6, is_figure=True),
    Column("条款", 1),
    Column("重点任务", 2.2),
    Column("具体措施", 4.4),
    Column("牵头单位", 1.6),
    Column("责任单位和具体负责", 2.4),
    Column("完成时限", 1.5),
    Column("完成率", 0.9, is_figure=True),
    Column("序时进度", 0.9, is_figure=True),
    Column("亮灯", 1.2),
    Column("说明", 2.6),
)
_DUTIES = (
    Column("序号", 0.6, is_figure=True),
    Column("条款", 1),
    Column("重点任务", 2.4),
    Column("具体措施", 3.2),
    Column("责任", 0.9),
    Column("原文责任表述", 2),
    Column("原文名称", 1.8),
    Column("完成时限", 1.6),
    Column("亮灯", 1.3),
)
_PROBLEMS = (
    Column("序号", 0.6, is_figure=True),
    Column("发现时间", 1.5),
    Column("来源", 1),
    Column("类别", 0.8),
    Column("问题描述", 3),
    Column("解决方案", 2.6),
    Column("责任单位", 1.5),
    Column("解决时限", 1.5),
    Column("进展", 2),
    Column("需协调事项", 2),
    Column("销号标准", 2),
    Column("状态", 1),
    Column("销号日期", 1.5),
)


def tasks_paper(judgement: Judgement, settings: Settings, unit: r.Unit | None = None) -> Paper:
    """任务清单, of the whole plan or of the tasks that bind one unit."""
    books = judgement.books
    bound = {each.printed.task for each in duties_of_unit(judgement, unit)} if unit else None
    tasks = [each for each in judgement.tasks if bound is None or each.task.code in bound]
    rows = tuple(_task(books, place, each, settings) for place, each in enumerate(tasks, 1))
    grid = Grid(_TASKS, rows, empty="没有任务。")
    return _paper(judgement, settings, "任务清单", (grid,), unit)


def responsibilities_paper(
    judgement: Judgement, settings: Settings, units: Sequence[r.Unit]
) -> Paper:
    """责任清单: a table for each unit that bears a duty, in protocol order."""
    blocks: list[Block] = []
    borne = [(unit, duties_of_unit(judgement, unit)) for unit in units]
    for number, (unit, duties) in enumerate([each for each in borne if each[1]], 1):
        if len(units) > 1:
            blocks.append(Heading(f"{number}.{unit.name}（{_counted(duties)}）", 3))
        cells = (_duty(judgement, place, each, settings) for place, each in enumerate(duties, 1))
        blocks.append(Grid(_DUTIES, tuple(cells)))
    only = units[0] if len(units) == 1 else None
    return _paper(judgement, settings, "责任清单", tuple(blocks), only)


def problems_paper(judgement: Judgement, settings: Settings, unit: r.Unit | None = None) -> Paper:
    """问题清单及解决方案, of the whole plan or of one unit."""
    books = judgement.books
    held = books.by(r.Problem, "unit")[unit.code] if unit else books.all(r.Problem)
    rows = tuple(_problem(books, place, each) for place, each in enumerate(held, 1))
    grid = Grid(_PROBLEMS, rows, empty="没有收录问题。")
    return _paper(judgement, settings, "问题清单及解决方案", (grid,), unit)


def _paper(
    judgement: Judgement,
    settings: Settings,
    name: str,
    blocks: tuple[Block, ...],
    unit: r.Unit | None,
) -> Paper:
    books = judgement.books
    whose = f"（{unit.name}）" if unit else ""
    basis = f"依据《{books.plan.title}》（{books.plan.number}）；" if books.plan.number else ""
    told = f"{basis}数据截至{wording.full_day(judgement.today)}。"
    return Paper(
        Shape.FORM,
        f"{books.plan.place}{subject_of(books.plan)}{name}{whose}",
        (Paragraph((Words(told),)), *blocks),
        printed_by=settings.office.name,
        is_wide=True,
        is_practice=books.has_practice,
    )


def _task(books: Books, place: int, each: TaskVerdict, settings: Settings) -> tuple[str, ...]:
    verdict = each.worst.verdict if each.worst else None
    names, remark = lead_words(books, each.task.code)
    return (
        str(place),
        each.task.clause,
        each.task.title,
        "\n".join(_measures(books, each.task.code)),
        f"{names}（{remark}）" if names and remark else names or remark,
        "\n".join(_others(books, each.task.code)),
        _due(each),
        wording.percent(verdict.share if verdict else None),
        wording.percent(verdict.expected_share if verdict else None),
        _light(each, settings),
        each.reason,
    )


def _measures(books: Books, task: str) -> Iterable[str]:
    held = books.by(r.Measure, "task")[task]
    if len(held) == 1:
        return (measure_words(books, held[0]),)
    return (f"{number}.{measure_words(books, each)}" for number, each in enumerate(held, 1))


def _others(books: Books, task: str) -> Iterable[str]:
    """The other roles of a task's bracket, each with its own word."""
    found = duties_of_task(books, task)
    for role in (Role.SHARED, Role.LOCAL, Role.SUPPORT):
        if found[role]:
            yield f"{role.label}：{names_of(books, found[role])}"


def _duty(judgement: Judgement, place: int, duty: Duty, settings: Settings) -> tuple[str, ...]:
    printed, task = duty.printed, duty.task
    measure = judgement.books.find(r.Measure, printed.measure)
    return (
        str(place),
        printed.clause,
        task.task.title,
        measure_words(judgement.books, measure) if measure else "整项任务",
        printed.role.label,
        printed.words or "原文未写",
        f"{printed.as_printed}{'等' if printed.is_open_ended else ''}",
        _due(task),
        _light(task, settings),
    )


def _counted(duties: Sequence[Duty]) -> str:
    """牵头3项、责任5项: tasks by role, each counted once."""
    tasks = {
        role: {each.printed.task for each in duties if each.printed.role is role} for role in Role
    }
    return "、".join(f"{role.label}{len(held)}项" for role, held in tasks.items() if held)


def _problem(books: Books, place: int, each: r.Problem) -> tuple[str, ...]:
    request_by = f"（{wording.full_day(each.request_due_on)}前）" if each.request_due_on else ""
    return (
        str(place),
        wording.full_day(each.found_on),
        each.source.label,
        each.category.label,
        each.description,
        each.solution or "",
        books.get(r.Unit, each.unit).name,
        wording.full_day(each.due_on) if each.due_on else "未定时限",
        each.progress or "",
        f"{each.request}{request_by}" if each.request else "",
        each.closing_standard or "",
        each.state.label,
        wording.full_day(each.closed_on) if each.closed_on else "",
    )


def _due(task: TaskVerdict) -> str:
    return wording.full_day(task.due_on) if task.due_on else "未定时限"


def _light(task: TaskVerdict, settings: Settings) -> str:
    return f"{getattr(settings.lights.scheme, task.light.value).symbol}{task.word}"
