"""Every figure that a bulletin may state, by the name under which its sentences use it.

A fact leads to its rows: `address` is a page of the app with its choices, without day and plan.
What a month does not have is written “—”, so that no sentence fails for want of a name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import SupervisionKind, Via
from dashboard.papers.model import Fact
from dashboard.papers.month import MonthInHand
from dashboard.rules.comparison import Change
from dashboard.rules.coverage import by_town, kind_words, leading_list
from dashboard.rules.figures import meets
from dashboard.rules.judgement import ItemVerdict, Judgement
from dashboard.rules.monthly import ProblemCount, problem_count
from dashboard.rules.names import unit_name
from dashboard.rules.summary import Standing, standing
from dashboard.rules.verdicts import Light
from dashboard.settings import Settings

OPEN = "standing"
_TOLD = 8
"""A sentence names so many things and the number of all; the tables have the others."""
_BODY = re.compile(r"(工作)?(专班|领导小组|工作组)?(办公室)?$")
_LEVELS = {"省": "全省", "市": "全市", "县": "全县", "区": "全区"}


def place(page: str, **params: str) -> str:
    """A page's address without day and plan, such as tasks?light=red."""
    return f"{page}?{urlencode(params)}" if params else page


def facts_of(
    month: MonthInHand, present: Books, settings: Settings, answer_on: date
) -> dict[str, Fact]:
    """Every fact of a month by its name; `present` are the books that hold what was issued since.

    `answer_on` is the day by which the units addressed are to answer.
    """
    sums = _Sums(month, present, settings, answer_on)
    parts = (
        *(sums.names(), sums.tasks(), sums.before(), sums.indicators(), sums.stations()),
        *(sums.problems(), sums.filings(), sums.acts(), sums.demands()),
    )
    return {fact.key: fact for part in parts for fact in part}


def subject_of(plan: r.Plan) -> str:
    """The work that a plan orders, as its task force is named: 社会心理服务体系建设工作."""
    body = _BODY.sub("", plan.office.removeprefix(plan.place))
    return f"{body}工作" if body else f"{plan.short_title}落实工作"


def whole_place(plan: r.Plan) -> str:
    """全县, 全市 and the like."""
    return _LEVELS.get(plan.level, plan.place)


@dataclass(frozen=True)
class _Sums:
    month: MonthInHand
    present: Books
    settings: Settings
    answer_on: date

    def names(self) -> Iterator[Fact]:
        """What the bulletin is about."""
        plan, month = self.month.now.books.plan, self.month
        yield _said("通报月份", "通报的月份", month.month.name)
        yield _said("地域", "通报的范围", whole_place(plan))
        yield _said("工作名称", "方案所定工作的名称", subject_of(plan))
        yield _said("方案名称", "方案名称", plan.title)
        yield _said("方案文号", "方案的文号", plan.number)
        yield _said("专班办公室", "专班办公室的名称", plan.office)
        yield _said("任务附件", "任务表是第几个附件", "附件1")
        yield _said("问题附件", "问题表是第几个附件", "附件3")
        yield _said("截止日", "数据截止日", wording.full_day(month.last_day))

    def tasks(self) -> Iterator[Fact]:
        """Tasks by where they stand: each in exactly one of the seven."""
        now = self.month.standing
        total = len(now.tasks)
        yield _count("任务总数", "全部重点任务", total, place("tasks"))
        for name, (found, where) in sorted_tasks(now).items():
            yield _count(f"{name}项数", f"{name}的任务", found, where)
            share = wording.percent(found / total if total else None)
            yield Fact(f"{name}占比", f"{name}的任务占全部任务的比例", share, where)
        checks = sum(each.word == "完成待核" for each in now.tasks)
        green = place("tasks", light=Light.GREEN.value)
        yield _count("待核项数", "已报完成、待核查销号的任务", checks, green)
        behind = place("tasks", state="behind")
        yield _count("滞后逾期项数", "滞后或逾期的任务", len(now.behind), behind)
        far, where = len(now.far_behind), place("tasks", state="lagging", light=Light.RED.value)
        yield _count("严重滞后项数", "滞后任务中亮红灯的", far, where)

    def before(self) -> Iterator[Fact]:
        """The tasks a month ago, on the pages as of then."""
        old, cut = self.month.before, self.month.month.previous.cut_on
        yield _said("上月截止日", "上月数据截止日", wording.full_day(cut) if old else wording.BLANK)
        then = standing(old) if old else None
        found = sorted_tasks(then) if then else {}
        for name in ("已完成", "滞后", "逾期"):
            number, where = found.get(name, (None, "tasks"))
            yield _count(f"上月{name}项数", f"上月末{name}的任务", number, _at(where, cut))
        total = len(then.tasks) if then else None
        yield _count("上月任务总数", "上月末的全部任务", total, _at("tasks", cut))

    def indicators(self) -> Iterator[Fact]:
        """The obliging indicators: reached, not reached, silent, moved."""
        changes, where = self.month.indicators, self._bulletin("indicators")
        known = [each for each in changes if each.now.figure.value is not None]
        met = sum(_is_met(each.now) for each in known)
        moved = moved_indicators(self.month)
        yield _count("指标总数", "有约束力的定量指标", len(changes), where)
        yield _count("达标指标数", "已达到目标值的指标", met, where)
        yield _count("未达标指标数", "有数据、未达到目标值的指标", len(known) - met, where)
        yield _count("无数指标数", "尚无数据的指标", len(changes) - len(known), where)
        yield _count("变动指标数", "与上月相比有变动的指标", len(moved), where)
        told = wording.join_names([_movement(each) for each in moved], _TOLD, "项")
        yield Fact("变动指标", "有变动的指标及其变动", told, where)

    def stations(self) -> Iterator[Fact]:
        """Stations by town and in all."""
        towns, hosts = self.month.towns, leading_list(self.month.now.books)
        has_one = _with_station(self.month.now, hosts) if hosts else None
        built = sum(each.built for each in towns)
        building = sum(each.building for each in towns)
        old = [each.before for each in towns if each.before is not None]
        added = built - sum(old) if old else None
        where, here = place("station_map"), self._bulletin("towns")
        yield _count("镇街总数", "镇街", len(towns), where)
        yield _said("站点名称", "应设站点的名称", kind_words(hosts) if hosts else "站点")
        yield _count("已建成镇街数", "已建成应设站点的镇街", has_one, where)
        yield _count("建成站点数", "各镇街已建成的站点", built, here)
        yield _count("在建站点数", "各镇街在建的站点", building, here)
        yield _count("新建成站点数", "与上月相比增加的建成站点", added, here)

    def problems(self) -> Iterator[Fact]:
        """Problems raised, closed and standing."""
        found = count_problems(self.month)
        standing_ = place("problems", state=OPEN)
        yield _count("收录件数", "当月收录的问题", found.raised, self._bulletin("problems"))
        yield _count("销号件数", "当月销号的问题", found.closed, self._bulletin("problems"))
        yield _count("未销号件数", "未销号的问题", found.standing, standing_)
        late = len(self.month.late_problems)
        yield _count("超期问题件数", "未销号且已过解决时限的问题", late, standing_)

    def filings(self) -> Iterator[Fact]:
        """What was asked for over the month's rounds, and what did not come in time."""
        records, here = self.month.records, self._bulletin("filings")
        yield _count("调度次数", "当月到过填报截止时间的调度", len(self.month.judged), here)
        yield _count("应报条次", "各次调度应报的条次", self.month.asked, here)
        missing, late = sum(e.missing for e in records), sum(e.late for e in records)
        yield _count("未报条次", "到截止时间未报的条次", missing, here)
        yield _count("迟报条次", "过截止时间才报的条次", late, here)
        yield _count("未报迟报单位数", "有未报、迟报的单位", len(records), here)

    def acts(self) -> Iterator[Fact]:
        """Decisions of meetings and steps of the 督办 ladder within the month."""
        decided = self.month.decided
        where = self._bulletin("acts")
        closed = sum(each.closed_on is not None for each in decided)
        yield _count("议定事项数", "当月周调度议定的事项", len(decided), where)
        yield _count("议定办结数", "其中已办结的", closed, where)
        letters = len(self.month.issued(SupervisionKind.LETTER))
        orders = len(self.month.issued(SupervisionKind.ORDER))
        yield _count("提醒函数", "当月发出的提醒函", letters, where)
        yield _count("督办单数", "当月发出的督办单", orders, where)

    def demands(self) -> Iterator[Fact]:
        """What falls due, and by when the units are to answer and to file."""
        due, year = self.month.falling_due, self.month.last_day.year
        until = self.month.month.next.cut_on
        here = self._bulletin("due")
        yield _said("到期截止日", "下月数据截止日", wording.full_day(until))
        yield _count("到期项数", "下月数据截止日以前到期的事项", len(due), here)
        told = [_due_words(self.month.now.books, each, year) for each in due]
        names = wording.join_names(told, _TOLD, "项")
        yield Fact("到期事项", "到期的事项、单位和时限", names, here)
        yield _said("反馈时限", "要求反馈的日期", wording.full_day(self.answer_on))
        filing = self.settings.round.filing.replace(" ", "")
        yield _said("填报截止", "每周填报的截止时间", filing)

    def _bulletin(self, part: str) -> str:
        """The month's own figures: some sums have no other page."""
        return f"{place('bulletin', month=self.month.month.code)}#{part}"


def sorted_tasks(found: Standing) -> dict[str, tuple[int, str]]:
    """How many tasks stand where, each in one place alone, with the address of their rows."""
    lights = found.lights
    return {
        "已完成": (lights.get(Light.BLUE, 0), place("tasks", light="blue")),
        "正常": (lights.get(Light.GREEN, 0), place("tasks", light="green")),
        "临近时限": (len(found.near), place("tasks", state="near")),
        "滞后": (len(found.lagging), place("tasks", state="lagging")),
        "逾期": (len(found.overdue), place("tasks", state="overdue")),
        "未启动": (lights.get(Light.WHITE, 0), place("tasks", light="white")),
        "暂不亮灯": (lights.get(Light.GREY, 0), place("tasks", light="grey")),
    }


def count_problems(month: MonthInHand) -> ProblemCount:
    """Problems raised and closed in the month, and standing at its end."""
    return problem_count(month.now.books, month.month)


def moved_indicators(month: MonthInHand) -> tuple[Change, ...]:
    """The indicators whose figure is another than a month ago; none where there was no month."""
    if month.before is None:
        return ()
    found = (each for each in month.indicators if each.moved)
    # A sum of yearly shares moves with its share: it is not told twice.
    return tuple(each for each in found if each.now.item.line.via is not Via.PARTS)


def _said(name: str, label: str, text: str) -> Fact:
    return Fact(name, label, text)


def _count(name: str, label: str, number: int | None, where: str) -> Fact:
    return Fact(name, label, wording.BLANK if number is None else str(number), where)


def _at(where: str, day: date) -> str:
    return f"{where}{'&' if '?' in where else '?'}date={day.isoformat()}"


def _is_met(each: ItemVerdict) -> bool:
    indicator, value = each.item.indicator, each.figure.value
    target = each.verdict.target or each.item.target
    if indicator is None or value is None or target is None:
        return False
    return meets(indicator.comparator, value, target, indicator.value_high)


def _movement(change: Change) -> str:
    item = change.now.item
    # What is named a share is told in places: 由6所变为10所 is no share.
    title = item.title.removesuffix("占比") if item.counts_hosts else item.title
    old = change.before.figure.value if change.before else None
    new = wording.scaled(change.now.figure.value, item.unit)
    if old is None:
        return f"{title}首次填报{new}"
    return f"{title}由{wording.scaled(old, item.unit)}变为{new}"


def _due_words(books: Books, each: ItemVerdict, year: int) -> str:
    day = wording.day(each.due_on, year) if each.due_on else ""
    return f"{each.item.title}（{unit_name(books, each.item.line.unit)}，{day}）"


def _with_station(now: Judgement, hosts: r.HostList) -> int:
    return sum(bool(each.built) for each in by_town(now.books, hosts, now.today))
