"""The rows of 周调度表: what each item had reached at the last cut and at this one.

The columns are those that counties print (conventions.md A2.3). Who filed and who reviewed are
posts. Items that are closed, not begun, or neither asked for nor filed are counted and not listed.
"""

from collections.abc import Iterator
from datetime import date

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import ProblemState, Via
from dashboard.papers.model import Column, Grid
from dashboard.rules.comparison import Change
from dashboard.rules.freshness import Freshness
from dashboard.rules.judgement import ItemVerdict
from dashboard.rules.lead_words import lead_words
from dashboard.rules.targets import target_words
from dashboard.rules.verdicts import Light
from dashboard.rules.weekly import Meeting
from dashboard.settings import Settings

COLUMNS = (
    Column("序号", 0.6, is_figure=True),
    Column("重点任务", 2.6),
    Column("目标", 1.4),
    Column("牵头单位", 1.5),
    Column("完成时限", 1.2),
    Column("上次累计进展", 1.1, is_figure=True),
    Column("本次进展", 2.6),
    Column("累计完成率", 0.9, is_figure=True),
    Column("序时进度", 0.9, is_figure=True),
    Column("亮灯", 1.1),
    Column("存在问题", 2),
    Column("解决措施、需协调事项", 2),
    Column("下步计划", 2),
    Column("填报岗位", 1.1),
    Column("审核岗位", 1.1),
    Column("报送时间", 1.2),
)


def week_grid(meeting: Meeting, settings: Settings) -> Grid:
    """周调度表 with a row for every item that the week has to do with, in the plan's order."""
    told = [each for each in meeting.comparison.changes if is_told(meeting, each)]
    rows = [_row(meeting, each, place, settings) for place, each in enumerate(told, 1)]
    return Grid(COLUMNS, tuple(rows), empty="本周没有需要调度的事项。")


def is_told(meeting: Meeting, change: Change) -> bool:
    """Whether an item has a row: it was filed or moved, is asked for, or is late."""
    now = change.now
    if change.moved or _filing(meeting, now) is not None:
        return True
    if now.light in (Light.RED, Light.YELLOW):
        return True
    is_open = now.freshness in (Freshness.MISSING, Freshness.DUE)
    return is_open and now.light not in (Light.BLUE, Light.WHITE)


def light_words(settings: Settings, each: ItemVerdict) -> str:
    """▲滞后: the sign and the word, which a print without colour shows as well."""
    return f"{getattr(settings.lights.scheme, each.light.value).symbol}{each.verdict.word}"


def figure_words(each: ItemVerdict | None) -> str:
    """What an item has reached, in its unit."""
    return wording.scaled(each.figure.value, each.item.unit) if each else wording.BLANK


def moved_words(change: Change) -> str:
    """上次12人，本次20人, or of what was not filed before the figure alone."""
    now, before = f"本次{figure_words(change.now)}", figure_words(change.before)
    return now if before == wording.BLANK else f"上次{before}，{now}"


def due_words(each: ItemVerdict, year: int) -> str:
    """The date, else how often, else that none is set."""
    if each.due_on:
        return wording.day(each.due_on, year)
    recurrence = each.item.recurrence
    return recurrence.label if recurrence else "未定时限"


def leads_of(meeting: Meeting, task: str) -> str:
    """Who leads a task, with the remark where the plan names no lead."""
    names, remark = lead_words(meeting.now.books, task)
    return f"{names}（{remark}）" if names and remark else names or remark


def _row(meeting: Meeting, change: Change, place: int, settings: Settings) -> tuple[str, ...]:
    now, year = change.now, meeting.round.week.sunday.year
    filing = _filing(meeting, now)
    said = meeting.now.books.last_said.get(now.item.line.code)
    is_accepted = filing is not None and said is not None and said.filing == filing.code
    return (
        str(place),
        f"{now.item.title}\n（{now.item.clause}）",
        _target(now),
        leads_of(meeting, now.item.task.code),
        due_words(now, year),
        figure_words(change.before),
        "\n".join(_progress(change, filing)),
        wording.percent(now.verdict.share),
        wording.percent(now.verdict.expected_share),
        light_words(settings, now),
        (filing.reason if filing else None) or "",
        "\n".join(_remedies(meeting, now, filing)),
        (filing.next_step if filing else None) or "",
        (filing.filed_by if filing else None) or "",
        said.by_post if said and is_accepted else "",
        wording.moment(filing.received_at, year) if filing else "",
    )


def _filing(meeting: Meeting, each: ItemVerdict) -> r.Filing | None:
    """What was accepted on the item for this round."""
    found = meeting.now.books.last_accepted.get(each.item.line.code)
    return found if found and found.round == meeting.code else None


def _target(each: ItemVerdict) -> str:
    item = each.item
    if item.counts_hosts:
        return "名录待核定" if item.target is None else wording.number(item.target, item.unit)
    return target_words(item.indicator) if item.indicator else "完成"


def _progress(change: Change, filing: r.Filing | None) -> Iterator[str]:
    """The figure and what was filed with it; what was not filed is said and never left blank."""
    now = change.now
    if now.figure.value is not None:
        yield f"累计{figure_words(now)}"
    if filing is None:
        yield _without_filing(now)
    elif filing.no_event:
        yield "本期无事件"
    elif filing.no_change:
        yield "较上次无变化"
    elif filing.text:
        yield filing.text


def _without_filing(each: ItemVerdict) -> str:
    sources = {Via.STATIONS: "数据取自站点台账", Via.PARTS: "分年合计，不另报"}
    if source := sources.get(each.item.line.via):
        return source
    return "本次未报" if each.freshness is Freshness.MISSING else "本次无已审核的填报"


def _remedies(meeting: Meeting, each: ItemVerdict, filing: r.Filing | None) -> Iterator[str]:
    if filing and filing.remedy:
        yield filing.remedy
    for problem in meeting.papers.by(r.Problem, "task")[each.item.task.code]:
        if problem.request and problem.state is not ProblemState.CLOSED:
            yield f"需协调：{problem.request}"


def left_over(meeting: Meeting) -> int:
    """How many items have no row."""
    return sum(not is_told(meeting, each) for each in meeting.comparison.changes)


def days_words(due_on: date, day: date) -> str:
    """The date with the days left or gone by."""
    left = wording.days_left(due_on, day)
    return f"{wording.day(due_on, day.year)}（{left}）" if left else wording.day(due_on, day.year)
