"""Sums of verdicts: for the leader's sentence, by department, by work group and by role."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import ProblemState, Role, UnitKind
from dashboard.rules.coverage import kind_words, leading_list, towns_of, without_station
from dashboard.rules.freshness import Freshness, LineState
from dashboard.rules.judgement import ItemVerdict, Judgement, TaskVerdict
from dashboard.rules.verdicts import Light


@dataclass(frozen=True)
class Standing:
    """How a set of tasks stands. `lights` counts tasks, worst item deciding."""

    tasks: tuple[TaskVerdict, ...]

    @cached_property
    def lights(self) -> Mapping[Light, int]:
        """Tasks by light."""
        return Counter(each.light for each in self.tasks)

    @cached_property
    def overdue(self) -> tuple[TaskVerdict, ...]:
        """Tasks with an item past its date."""
        return tuple(each for each in self.tasks if each.is_overdue)

    @cached_property
    def lagging(self) -> tuple[TaskVerdict, ...]:
        """Tasks behind what is expected, none of whose items is past its date."""
        return tuple(each for each in self.tasks if each.is_lagging and not each.is_overdue)

    @cached_property
    def far_behind(self) -> tuple[TaskVerdict, ...]:
        """Those of `lagging` whose light is red."""
        return tuple(each for each in self.lagging if each.light is Light.RED)

    @property
    def worst_first(self) -> tuple[TaskVerdict, ...]:
        """What is overdue, far behind, lagging, in this order."""
        milder = (each for each in self.lagging if each.light is not Light.RED)
        return (*self.overdue, *self.far_behind, *milder)

    @property
    def near(self) -> tuple[TaskVerdict, ...]:
        """Tasks whose light is yellow only because their date is near."""
        return tuple(
            each
            for each in self.tasks
            if each.light is Light.YELLOW and not each.is_lagging and not each.is_overdue
        )

    @property
    def far_words(self) -> str:
        """How many of those lagging have the red light, so that sentence and lights agree."""
        return f"（其中严重滞后{len(self.far_behind)}项）" if self.far_behind else ""

    @cached_property
    def behind(self) -> tuple[TaskVerdict, ...]:
        """Tasks lagging or overdue, in the order of the plan."""
        return tuple(each for each in self.tasks if each.is_lagging or each.is_overdue)


def standing(judgement: Judgement) -> Standing:
    """How the whole plan stands."""
    return Standing(judgement.tasks)


def open_requests(books: Books) -> tuple[r.Problem, ...]:
    """What needs a leader: open problems that ask for coordination, the most urgent first."""
    asking = [p for p in books.all(r.Problem) if p.request and p.state is not ProblemState.CLOSED]
    return tuple(sorted(asking, key=lambda p: str(p.request_due_on or "9999")))


def leading_sentence(judgement: Judgement, *, asks: str = "需您协调") -> str:
    """“截至9月22日：2项滞后、1项逾期；13个镇街中3个未建成村居站点；需您协调3件。”.

    `asks` are the words to a leader; a room is not addressed.
    """
    now = standing(judgement)
    hosts = leading_list(judgement.books)
    towns = towns_of(judgement.books)
    near = f"、{len(now.near)}项临近时限" if now.near else ""
    parts = [f"{len(now.lagging)}项滞后{now.far_words}、{len(now.overdue)}项逾期{near}"]
    if hosts is not None and judgement.books.by(r.Station, "host_list")[hosts.code]:
        bare = len(without_station(judgement.books, hosts, judgement.today))
        parts.append(f"{len(towns)}个镇街中{bare}个未建成{kind_words(hosts)}")
    elif hosts is not None:
        parts.append("站点台账尚未录入")
    parts.append(f"{asks}{len(open_requests(judgement.books))}件")
    return f"截至{wording.full_day(judgement.today)}：{'；'.join(parts)}。"


@dataclass(frozen=True)
class UnitStanding:
    """One unit: its tasks by role and light, and how its records stand."""

    unit: r.Unit
    by_role: Mapping[Role, tuple[TaskVerdict, ...]]
    lines: tuple[LineState, ...]
    problems: tuple[r.Problem, ...]

    @property
    def answerable(self) -> Standing:
        """The tasks it leads or shares; a local or supporting part is not counted as its own."""
        return self.having(*OWN)

    def having(self, *roles: Role) -> Standing:
        """The tasks in which it has one of these roles, each once, in the order of the plan."""
        if roles not in self._standings:
            found = {each.task.code: each for role in roles for each in self.by_role.get(role, ())}
            ordered = sorted(found.values(), key=lambda each: each.task.seq)
            self._standings[roles] = Standing(tuple(ordered))
        return self._standings[roles]

    @cached_property
    def _standings(self) -> dict[tuple[Role, ...], Standing]:
        return {}

    @property
    def freshness(self) -> Mapping[Freshness, int]:
        """Its reporting lines by the state of their record."""
        return Counter(each.freshness for each in self.lines)


OWN = (Role.LEAD, Role.SHARED)
"""The roles in which a task is a department's own."""
BOUND = (*OWN, Role.LOCAL)
"""The roles that oblige; support alone does not."""


def unit_standing(judgement: Judgement, unit: r.Unit) -> UnitStanding:
    """How one unit stands; what binds a collective (各镇街) binds its members."""
    return _Sums(judgement).unit(unit)


def by_department(judgement: Judgement) -> tuple[UnitStanding, ...]:
    """Departments with any duty, in protocol order; towns are never in one list with them."""
    return _with_duties(judgement, DEPARTMENTS)


def by_task_force(judgement: Judgement) -> tuple[UnitStanding, ...]:
    """The task force, its office and groups with any duty."""
    return _with_duties(judgement, (UnitKind.TASK_FORCE,))


def by_zone(judgement: Judgement) -> tuple[UnitStanding, ...]:
    """Development zones: printed beside 各镇街, and none of its members."""
    return _with_duties(judgement, (UnitKind.ZONE,))


def by_collective(judgement: Judgement) -> tuple[UnitStanding, ...]:
    """各镇街, 各有关部门 and the like, kept as they are printed; upper units with duties too."""
    return _with_duties(judgement, (UnitKind.COLLECTIVE, UnitKind.UPPER))


DEPARTMENTS = (UnitKind.PARTY, UnitKind.GOVERNMENT, UnitKind.MASS, UnitKind.INSTITUTION)


def _with_duties(judgement: Judgement, kinds: tuple[UnitKind, ...]) -> tuple[UnitStanding, ...]:
    sums = _Sums(judgement)
    units = [unit for unit in judgement.books.all(r.Unit) if unit.kind in kinds]
    found = (sums.unit(unit) for unit in sorted(units, key=lambda unit: unit.seq))
    return tuple(each for each in found if each.by_role or each.lines or each.problems)


def by_towns(judgement: Judgement) -> tuple[UnitStanding, ...]:
    """The towns, in the office's order."""
    sums = _Sums(judgement)
    return tuple(sums.unit(town) for town in towns_of(judgement.books))


@dataclass(frozen=True)
class Duty:
    """A responsibility that binds a unit: its own, or that of a collective it belongs to."""

    printed: r.Responsibility
    through: r.Unit | None
    task: TaskVerdict

    @property
    def items(self) -> tuple[ItemVerdict, ...]:
        """What it answers for: the measure it is printed beside, else the whole task."""
        measure = self.printed.measure
        if measure is None:
            return self.task.items
        return tuple(
            each
            for each in self.task.items
            if each.item.measure and each.item.measure.code == measure
        )


def duties_of_unit(judgement: Judgement, unit: r.Unit) -> tuple[Duty, ...]:
    """Everything that binds a unit, in the order of the plan."""
    found = _Sums(judgement).duties_of(unit)
    return tuple(sorted(found, key=lambda duty: (duty.task.task.seq, duty.printed.seq)))


def items_of_unit(judgement: Judgement, unit: r.Unit) -> tuple[ItemVerdict, ...]:
    """The items a unit answers for (lead, shared) or sums up, in the order of the plan."""
    own = {
        item.item.code
        for duty in duties_of_unit(judgement, unit)
        if duty.printed.role in OWN
        for item in duty.items
    }
    return tuple(
        each
        for each in judgement.items
        if each.item.code in own or each.item.line.unit == unit.code
    )


class _Sums:
    """Groups what every unit needs, once."""

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement
        books = judgement.books
        self.printed = books.by(r.Responsibility, "unit")
        self.problems = books.by(r.Problem, "unit")
        self.memberships = books.by(r.Membership, "member")
        self.lines: dict[str, list[LineState]] = {}
        for state in judgement.lines:
            self.lines.setdefault(state.line.unit, []).append(state)

    def unit(self, unit: r.Unit) -> UnitStanding:
        """One unit's standing."""
        found: dict[Role, dict[str, TaskVerdict]] = {}
        for duty in self.duties_of(unit):
            found.setdefault(duty.printed.role, {})[duty.printed.task] = duty.task
        by_role = {role: tuple(found[role].values()) for role in Role if role in found}
        lines = tuple(self.lines.get(unit.code, ()))
        return UnitStanding(unit, by_role, lines, self.problems[unit.code])

    def duties_of(self, unit: r.Unit) -> Iterator[Duty]:
        """What is printed for the unit itself and for the collectives it belongs to."""
        yield from self._judged(self.printed[unit.code], None)
        for membership in self.memberships[unit.code]:
            collective = self.judgement.books.get(r.Unit, membership.collective)
            printed = self.printed[collective.code]
            binding = (each for each in printed if membership.clause in (None, each.clause))
            yield from self._judged(binding, collective)

    def _judged(
        self, printed: Iterable[r.Responsibility], through: r.Unit | None
    ) -> Iterator[Duty]:
        for each in printed:
            verdict = self.judgement.by_task.get(each.task)
            if verdict is not None:
                yield Duty(each, through, verdict)


def duties_of_task(books: Books, task: str) -> Mapping[Role, tuple[r.Responsibility, ...]]:
    """Who answers for a task as the bracket of its clause says, by role, as printed."""
    found: dict[Role, list[r.Responsibility]] = {role: [] for role in Role}
    for duty in books.by(r.Responsibility, "task")[task]:
        if duty.measure is None:
            found[duty.role].append(duty)
    return {role: tuple(sorted(each, key=lambda d: d.seq)) for role, each in found.items()}


def without_lead(judgement: Judgement) -> tuple[TaskVerdict, ...]:
    """The tasks whose bracket names units and no lead among them: none is made up."""
    books = judgement.books
    return tuple(
        each
        for each in judgement.tasks
        if books.get(r.Clause, each.task.clause).has_bracket
        and not duties_of_task(books, each.task.code)[Role.LEAD]
    )
