"""What the month brought beside figures: what falls due next, decisions of meetings, 督办."""

from datetime import timedelta

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import SupervisionKind
from dashboard.papers.month import MonthInHand
from dashboard.rules.comparison import due_between
from dashboard.widgets.bulletin_opening import Issue
from dashboard.widgets.links import address, task_address
from dashboard.widgets.lists import due_of
from dashboard.widgets.table import Cell, Column, light_mark, lines, link, page_of, quiet, table

_DUE = (
    Column("亮灯", "7.5rem"),
    Column("事项", "34%", is_title=True),
    Column("汇总单位", "20%"),
    Column("完成时限", "9rem"),
    Column("说明"),
)


def due_part(issue: Issue) -> None:
    """What falls due from the day after the figures to the next month's cut, soonest first."""
    after = issue.desk.day + timedelta(days=1)
    found = due_between(issue.now, after, issue.month.next.cut_on)
    rows: list[list[Cell]] = [
        [
            light_mark(issue.desk.settings, item.light, item.verdict.word),
            lines(
                link(item.item.title, task_address(issue.desk, task.task.code)),
                quiet(item.item.clause),
            ),
            issue.now.books.get(r.Unit, item.item.line.unit).name,
            due_of(item, issue.desk),
            item.verdict.reason,
        ]
        for item, task in page_of(found, "due")
    ]
    table(_DUE, rows, caption="下月到期事项", empty="下月没有到期的事项。")


_ACTS = (
    Column("类别", "8rem"),
    Column("事项", is_title=True),
    Column("承办单位", "20%"),
    Column("发出日期", "9rem"),
    Column("办结时限", "9rem"),
    Column("状态", "7rem"),
)


def acts_part(issue: Issue) -> None:
    """The month's decisions and the letters and orders that went out; no written instruction."""
    month = MonthInHand(issue.month, issue.now, issue.before)
    slips = (*month.issued(SupervisionKind.LETTER), *month.issued(SupervisionKind.ORDER))
    rows = [_decision(issue, each) for each in month.decided]
    rows += [_slip(issue, each) for each in slips]
    empty = "本月没有周调度议定事项，没有发出提醒函、督办单。"
    table(_ACTS, page_of(rows, "acts"), caption="议定事项和督办", empty=empty)


def _decision(issue: Issue, each: r.Directive) -> list[Cell]:
    to = address(issue.desk, "record", ledger="directive", code=each.code)
    return ["议定事项", link(each.matter, to), *_common(issue, each)]


def _slip(issue: Issue, each: r.Supervision) -> list[Cell]:
    to = address(issue.desk, "record", ledger="supervision", code=each.code)
    return [each.kind.label, link(each.reason, to), *_common(issue, each)]


def _common(issue: Issue, each: r.Directive | r.Supervision) -> list[Cell]:
    unit = issue.now.books.get(r.Unit, each.unit).name
    due = wording.full_day(each.due_on) if each.due_on else None
    return [unit, wording.full_day(each.issued_on), due, each.state.label]
