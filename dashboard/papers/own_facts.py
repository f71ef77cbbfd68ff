"""The facts of one place alone: a task, a unit, an experience, a 通报点名.

Their names are the same from place to place, their keys tell the place.
"""

from collections.abc import Iterable, Sequence

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Role
from dashboard.papers.facts import place
from dashboard.papers.model import Fact
from dashboard.papers.month import MonthInHand
from dashboard.rules.judgement import TaskVerdict
from dashboard.rules.monthly import FilingRecord
from dashboard.rules.names import unit_name
from dashboard.rules.summary import duties_of_task


def task_facts(month: MonthInHand, task: TaskVerdict) -> dict[str, Fact]:
    """What a sentence about one task may say."""
    where = place("task", code=task.task.code)
    due = wording.full_day(task.due_on) if task.due_on else "未定时限"
    share = task.worst.verdict.share if task.worst else None
    told = (
        ("任务", "任务名称", quoted(task.task.title)),
        ("条款", "方案条款", task.task.clause),
        ("牵头单位", "牵头单位，方案未列的为责任单位", lead_words(month.now.books, task.task.code)),
        ("情况", "亮灯的理由", task.reason),
        ("完成时限", "完成时限", due),
        ("完成率", "完成率", wording.percent(share)),
    )
    return _own(task.task.code, told, where)


def unit_facts(record: FilingRecord) -> dict[str, Fact]:
    """What a sentence about a unit that failed to file may say."""
    words = [f"{name}{number}条次" for name, number in _arrears(record) if number]
    told = (
        ("单位", "单位名称", record.unit.name),
        ("未报迟报", "未报、迟报条次", "、".join(words)),
        ("应报条次", "应报条次", str(record.asked)),
    )
    where = place("responsibilities", unit=record.unit.code)
    return _own(f"filing-{record.unit.code}", told, where)


def experience_facts(month: MonthInHand, filing: r.Filing) -> dict[str, Fact]:
    """What a sentence about a unit's experience may say: its own words, ended by one full stop."""
    books = month.now.books
    line = books.get(r.ReportingLine, filing.line)
    told = (
        ("单位", "填报单位", unit_name(books, line.unit)),
        ("做法", "填报的经验做法", f"{(filing.experience or '').strip().rstrip('。')}。"),
        ("事项", "所报任务", books.get(r.Task, line.task).title),
    )
    return _own(filing.code, told, place("task", code=line.task))


def naming_facts(books: Books, given: r.Supervision) -> dict[str, Fact]:
    """What a sentence about a 通报点名 may say."""
    due = wording.full_day(given.due_on) if given.due_on else wording.BLANK
    told = (
        ("单位", "单位名称", unit_name(books, given.unit)),
        ("事由", "点名的事由", _ended(given.reason)),
        ("办理要求", "办理要求", _ended(given.demand)),
        ("办结时限", "办结时限", due),
    )
    return _own(given.code, told, place("record", ledger="supervision", code=given.code))


def quoted(title: str) -> str:
    """A title in quotation marks; those within it become single ones (GB/T 15834)."""
    return f"“{title.translate(_INNER)}”"


_INNER = str.maketrans("“”", "‘’")


def lead_words(books: Books, task: str) -> str:
    """Who leads a task; where the plan names no lead none is made up, and who shares it is told."""
    duties = duties_of_task(books, task)
    if lead := duties[Role.LEAD]:
        return f"{_units(books, lead)}牵头"
    shared = duties[Role.SHARED]
    return f"责任单位为{_units(books, shared)}" if shared else "方案未列责任单位"


def _units(books: Books, duties: Sequence[r.Responsibility]) -> str:
    return wording.join_names([unit_name(books, each.unit) for each in duties])


def _own(scope: str, told: Iterable[tuple[str, str, str]], where: str) -> dict[str, Fact]:
    return {name: Fact(f"{scope}·{name}", label, text, where) for name, label, text in told}


def _ended(text: str) -> str:
    return f"{text.strip().rstrip('。')}。"


def _arrears(record: FilingRecord) -> tuple[tuple[str, int], ...]:
    return ("未报", record.missing), ("迟报", record.late)
