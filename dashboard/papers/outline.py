"""The places of a month's bulletin, each with its sentence: what the editor shows and edits.

A place's template comes from the phrases in force; the office's own passage takes its turn. Who
is named for a failing is confirmed one by one, and an experience stands only where it was picked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import SupervisionKind, SupervisionState
from dashboard.papers.facts import sorted_tasks
from dashboard.papers.model import Fact
from dashboard.papers.month import MonthInHand
from dashboard.papers.own_facts import experience_facts, naming_facts, task_facts, unit_facts
from dashboard.papers.places import Asks, Group, Outline, Place, Section
from dashboard.rules.judgement import TaskVerdict
from dashboard.rules.verdicts import Light

KIND = "bulletin"
"""The kind of paper in the keys of phrases."""
NAMED_AT_MOST = 12
"""So many tasks are told one by one; the annex has all."""


@dataclass(frozen=True)
class Correction:
    """The issue that this one takes the place of, and why."""

    issue: r.Bulletin
    reason: str


def outline(
    month: MonthInHand,
    present: Books,
    phrases: Mapping[str, str],
    facts: Mapping[str, Fact],
    correction: Correction | None = None,
) -> Outline:
    """The places of a month's bulletin; `present` are the books that hold the office's passages."""
    given = present.by(r.Passage, "month")[month.month.code]
    writer = _Writer(month, present, phrases, facts, {each.place: each for each in given})
    title = writer.at("title_correction" if correction else "title")
    return Outline(title, tuple(writer.sections(correction)), facts)


@dataclass(frozen=True)
class _Writer:
    month: MonthInHand
    present: Books
    phrases: Mapping[str, str]
    facts: Mapping[str, Fact]
    passages: Mapping[str, r.Passage]

    def at(
        self,
        phrase: str,
        subject: str | None = None,
        own: Mapping[str, Fact] | None = None,
        *,
        asks: Asks = Asks.NOTHING,
        is_inline: bool = False,
        joins: bool = False,
    ) -> Place:
        """The place of a phrase, or of what it says of one subject."""
        name = f"{phrase}:{subject}" if subject else phrase
        facts = {**self.facts, **own} if own else self.facts
        template = self._expanded(self.phrases[f"{KIND}.{phrase}"])
        return Place(name, template, facts, self.passages.get(name), asks, is_inline, joins)

    def _expanded(self, template: str) -> str:
        """With the clauses that hold this month: each number in them has a name of its own."""
        found = sorted_tasks(self.month.standing)
        told = [_PARTS[name] for name, (number, _) in found.items() if number]
        moved = [clause for name, clause in _CHANGES.items() if self._differs(name)]
        for macro, clauses in (("各类任务", told), ("任务变化", moved or ["unchanged"])):
            words = "，".join(self.phrases[f"{KIND}.{each}"] for each in clauses)
            template = template.replace(f"{{{macro}}}", words or "尚未列入任务")
        return template

    def _differs(self, name: str) -> bool:
        """Whether another number of tasks stands there than a month ago."""
        return self.facts[f"上月{name}项数"].text != self.facts[f"{name}项数"].text

    def sections(self, correction: Correction | None) -> Iterator[Section]:
        opening = [self._correction(correction)] if correction else []
        yield Section("opening", (Group((*opening, self.at("opening"))),))
        overall = (Group(tuple(places)) for places in self._overall())
        yield Section("overall", tuple(overall), self.at("heading_overall"))
        if self.month.experiences:
            yield Section("practice", (self._practice(),), self.at("heading_practice"))
        trouble = tuple(self._trouble())
        yield Section("trouble", trouble, self.at("heading_trouble"))
        yield Section("demands", tuple(self._demands()), self.at("heading_demands"))

    def _correction(self, given: Correction) -> Place:
        issue = given.issue
        own = {
            "被更正期次": f"{issue.year}年第{issue.number}期通报",
            "被更正日期": wording.full_day(issue.issued_on),
            "更正原因": f"{given.reason.rstrip('。')}。",
        }
        facts = {name: Fact(f"更正·{name}", name, text) for name, text in own.items()}
        return self.at("correction", own=facts)

    def _overall(self) -> Iterator[list[Place]]:
        month, known = self.month, self.facts
        tasks = [self.at("tasks")]
        if month.now.books.last_filed:
            checks = known["待核项数"].text != "0"
            tasks += [self.at("to_check", joins=True)] if checks else []
            tasks += [self.at("compared", joins=True)] if month.before else []
        else:
            tasks.append(self.at("no_figures", joins=True))
        yield tasks
        if month.indicators:
            moved = [self.at("moved_indicators", joins=True)] if self._has("变动指标数") else []
            yield [self.at("indicators"), *moved]
        if self._has("镇街总数") and self._has("建成站点数", "在建站点数", "已建成镇街数"):
            added = [self.at("new_stations", joins=True)] if month.before else []
            yield [self.at("stations" if self._has("已建成镇街数") else "no_stations"), *added]
        if month.now.books.all(r.Problem):
            yield [self.at("problems")]
        if self._has("议定事项数"):
            yield [self.at("decisions")]
        if self._has("提醒函数", "督办单数"):
            yield [self.at("supervision")]

    def _has(self, *names: str) -> bool:
        """Whether any of these numbers is more than nothing."""
        return any(self.facts[name].text not in ("0", wording.BLANK) for name in names)

    def _practice(self) -> Group:
        items = (
            self.at("experience", each.code, experience_facts(self.month, each), asks=Asks.PICK)
            for each in self.month.experiences
        )
        return Group((), items=tuple(items))

    def _trouble(self) -> Iterator[Group]:
        found = [*self._behind(), *self._silent(), *self._late_problems(), *self._named()]
        yield from found or [Group((self.at("no_trouble"),))]

    def _behind(self) -> Iterator[Group]:
        standing = self.month.standing
        for kind, tasks in (("overdue", standing.overdue), ("lagging", standing.lagging)):
            if not tasks:
                continue
            told = sorted(tasks, key=lambda each: each.light is not Light.RED)[:NAMED_AT_MOST]
            items = tuple(self._task(kind, each) for each in tasks if each in told)
            yield Group((self.at(kind),), self.at(f"heading_{kind}"), items)
            if more := len(tasks) - len(told):
                rest = Fact(
                    f"{kind}·其余项数", "没有逐项列出的任务", str(more), self._behind_at(kind)
                )
                yield Group((self.at("more_tasks", kind, {"其余项数": rest}),))

    def _behind_at(self, kind: str) -> str | None:
        return self.facts["逾期项数" if kind == "overdue" else "滞后项数"].address

    def _task(self, kind: str, task: TaskVerdict) -> Place:
        facts = task_facts(self.month, task)
        return self.at(f"{kind}_task", task.task.code, facts, asks=Asks.WORD)

    def _silent(self) -> Iterator[Group]:
        if not self.month.records:
            return
        units = tuple(
            self.at("silent_unit", e.unit.code, unit_facts(e), asks=Asks.WORD, is_inline=True)
            for e in self.month.records
        )
        named = [each.text for each in units if each.is_in]
        address = self.facts["未报迟报单位数"].address
        told = Fact("未报迟报单位", "点名的未报、迟报单位", wording.join_names(named), address)
        phrase = "filing" if named else "filing_unnamed"
        sentence = self.at(phrase, own={told.key: told})
        yield Group((sentence, *units), self.at("heading_filing"))

    def _late_problems(self) -> Iterator[Group]:
        if self._has("超期问题件数"):
            yield Group((self.at("late_problems"),), self.at("heading_problems"))

    def _named(self) -> Iterator[Group]:
        given = self.present.by(r.Supervision, "month")[self.month.month.code]
        items = tuple(
            self.at("named", each.code, naming_facts(self.present, each))
            for each in given
            if each.kind is SupervisionKind.NAMING and each.state is not SupervisionState.WITHDRAWN
        )
        if items:
            yield Group((), self.at("heading_named"), items)

    def _demands(self) -> Iterator[Group]:
        demands = (
            ("heading_duty", "demand_duty", self._has("滞后逾期项数")),
            ("heading_dates", "demand_dates", self._has("到期项数")),
            ("heading_solving", "demand_problems", self._has("未销号件数")),
            ("heading_meeting", "demand_filing", True),
        )
        for heading, phrase, is_due in demands:
            if is_due:
                yield Group((self.at(phrase),), self.at(heading))


_CHANGES = {"已完成": "change_done", "滞后": "change_lagging", "逾期": "change_overdue"}
_PARTS = {
    "已完成": "part_done",
    "正常": "part_normal",
    "临近时限": "part_near",
    "滞后": "part_lagging",
    "逾期": "part_overdue",
    "未启动": "part_waiting",
    "暂不亮灯": "part_unlit",
}
