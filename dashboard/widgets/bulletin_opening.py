"""How the month's figures open: which month, up to when, and all tasks by light."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from dashboard import wording
from dashboard.charts.weeks import light_bars
from dashboard.ledgers.books import Books
from dashboard.rules.calendar import Month
from dashboard.rules.comparison import Change
from dashboard.rules.judgement import Judgement
from dashboard.rules.monthly import (
    TaskChange,
    indicator_changes,
    light_counts,
    months,
    problem_count,
    task_changes,
)
from dashboard.rules.summary import Standing, standing
from dashboard.rules.verdicts import Light
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.keeping import kept
from dashboard.widgets.links import address
from dashboard.widgets.picture import picture
from dashboard.widgets.table import light_mark, link


@dataclass(frozen=True)
class Issue:
    """One month's bulletin. `desk` stands at the month's cut, while the month runs at the day.

    `before` is None where the plan was not yet in use a month ago.
    """

    desk: Desk
    month: Month
    before: Judgement | None
    is_closed: bool

    @property
    def now(self) -> Judgement:
        return self.desk.judgement

    @cached_property
    def standing(self) -> Standing:
        return standing(self.now)

    @cached_property
    def tasks(self) -> tuple[TaskChange, ...]:
        """Every task this month and last."""
        return kept("month_tasks", self._key, lambda: task_changes(self.before, self.now))

    @cached_property
    def indicators(self) -> tuple[Change, ...]:
        """Every indicator this month and last."""
        return kept("month_indicators", self._key, lambda: indicator_changes(self.before, self.now))

    @property
    def earlier(self) -> Books | None:
        """The books of two months ago, if the plan was in use."""
        was = self.month.previous
        in_use = self.desk.plan.in_use_from <= was.previous.cut_on
        return self.desk.judgement_at(was.figures_from).books if in_use else None

    @property
    def _key(self) -> Hashable:
        return self.desk.version, self.before.books.version if self.before else None

    @property
    def names(self) -> tuple[str, str]:
        """How the two months are called side by side."""
        return f"{self.month.previous.month}月", f"{self.month.month}月"


def choose_month(desk: Desk) -> Month | None:
    """The month that the address names; without one, that of the day looked at."""
    cut_day = desk.times.month_cut_day
    found = {each.code: each for each in months(desk.plan.in_use_from, desk.as_of, cut_day)}
    newest = next(iter(found), None)
    chosen = choice("月份", list(found), "month", lambda code: found[code].name, default=newest)
    return found[chosen] if chosen else None


def issue_of(desk: Desk, month: Month) -> Issue:
    """The month's figures, at its cut or, while it runs, as of the day looked at."""
    is_closed = month.figures_to <= desk.as_of
    there = replace(desk, as_of=min(month.figures_to, desk.as_of))
    was_in_use = desk.plan.in_use_from <= month.previous.cut_on
    before = desk.judgement_at(month.figures_from) if was_in_use else None
    return Issue(there, month, before, is_closed)


def answer_of(issue: Issue) -> str:
    """The month in one sentence."""
    now, found = issue.standing, problem_count(issue.now.books, issue.month)
    total = len(now.tasks)
    lights = now.lights
    told = "、".join(
        (
            f"已完成{lights.get(Light.BLUE, 0)}项",
            f"正常{lights.get(Light.GREEN, 0)}项",
            _late_words(now),
            f"暂不亮灯{lights.get(Light.GREY, 0) + lights.get(Light.WHITE, 0)}项",
        )
    )
    if issue.before:
        told += f"；上月{_late_words(standing(issue.before))}"
    problems = f"本月收录问题{found.raised}件、销号{found.closed}件"
    return f"{issue.month.name}：{total}项任务中，{told}；{problems}。"


def _late_words(found: Standing) -> str:
    near = f"、临近时限{len(found.near)}项" if found.near else ""
    return f"滞后{len(found.lagging)}项{found.far_words}、逾期{len(found.overdue)}项{near}"


def cut_line(issue: Issue) -> None:
    """Up to when the figures run, and whether the month is closed."""
    cut = wording.full_day(issue.month.cut_on)
    day = wording.full_day(issue.desk.day)
    said = f"数字截至{cut}。" if issue.is_closed else f"本月尚未截止，数字截至{day}。"
    before = f"上月数字截至{wording.full_day(issue.month.previous.cut_on)}。"
    first = "方案启用首月，没有上月数字可比。"
    st.html(
        f'<p class="g-asof" style="margin-top:2.2rem">{said}{before if issue.before else first}</p>'
    )


def overall_part(issue: Issue) -> None:
    """总体进展: tasks by light with their share of all, beside the month before."""
    desk, counts = issue.desk, light_counts(issue.before, issue.now)
    cells = []
    for each in counts:
        name = light_mark(desk.settings, each.light).html
        number = link(f"{each.now}项", address(desk, "tasks", light=each.light.value)).html
        share = wording.percent(each.share)
        cells.append(f"<div><dt>{name}</dt><dd>{number}<small>{share}</small></dd></div>")
    st.html(f'<dl class="g-figures g-links">{"".join(cells)}</dl>')
    names = issue.names if issue.before else (issue.names[1],)
    picture(
        desk,
        "bulletin_lights",
        lambda: light_bars(counts, names, desk.settings),
        says=f"{issue.month.name}与上月各灯任务数",
        key=(issue.month.code, issue.before.books.version if issue.before else None),
    )
