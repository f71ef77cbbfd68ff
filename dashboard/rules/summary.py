"""Sums of verdicts: for the leader's sentence, by department, by work group and by role."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import ProblemState, Role, UnitKind
from dashboard.rules.coverage import leading_list, towns_of, without_station
from dashboard.rules.freshness import Freshness
from dashboard.rules.judgement import Judgement, LineState, TaskVerdict
from dashboard.rules.lights import Light


@dataclass(frozen=True)
class Standing:
    """How a set of tasks stands. `lights` counts tasks, worst item deciding."""

    tasks: tuple[TaskVerdict, ...]

    @property
    def lights(self) -> Mapping[Light, int]:
        """Tasks by light."""
        return Counter(each.light for each in self.tasks)

    @property
    def overdue(self) -> tuple[TaskVerdict, ...]:
        """Tasks with an item past its date."""
        return tuple(each for each in self.tasks if each.is_overdue)

    @property
    def lagging(self) -> tuple[TaskVerdict, ...]:
        """Tasks behind what is expected, none of whose items is past its date."""
        return tuple(each for each in self.tasks if each.is_lagging and not each.is_overdue)


def standing(judgement: Judgement) -> Standing:
    """How the whole plan stands."""
    return Standing(judgement.tasks)


def open_requests(books: Books) -> tuple[r.Problem, ...]:
    """What needs a leader: open problems that ask for coordination, the most urgent first."""
    asking = [p for p in books.all(r.Problem) if p.request and p.state is not ProblemState.CLOSED]
    return tuple(sorted(asking, key=lambda p: str(p.request_due_on or "9999")))


def leading_sentence(judgement: Judgement) -> str:
    """“截至9月22日：2项滞后、1项逾期；13个镇街中3个未建站；需您协调3件。”."""
    now = standing(judgement)
    hosts = leading_list(judgement.books)
    towns = towns_of(judgement.books)
    parts = [f"{len(now.lagging)}项滞后、{len(now.overdue)}项逾期"]
    if hosts is not None and judgement.books.by(r.Station, "host_list")[hosts.code]:
        bare = len(without_station(judgement.books, hosts, judgement.today))
        parts.append(f"{len(towns)}个镇街中{bare}个未建站")
    elif hosts is not None:
        parts.append("站点台账尚未录入")
    parts.append(f"需您协调{len(open_requests(judgement.books))}件")
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
        own = {each.task.code: each for role in _OWN for each in self.by_role.get(role, ())}
        return Standing(tuple(own.values()))

    @property
    def led(self) -> Standing:
        """The tasks it leads."""
        return Standing(self.by_role.get(Role.LEAD, ()))

    @property
    def freshness(self) -> Mapping[Freshness, int]:
        """Its reporting lines by the state of their record."""
        return Counter(each.freshness for each in self.lines)


_OWN = (Role.LEAD, Role.SHARED)


def unit_standing(judgement: Judgement, unit: r.Unit) -> UnitStanding:
    """How one unit stands; what binds a collective (各镇街) binds its members."""
    return _Sums(judgement).unit(unit)


def by_department(judgement: Judgement) -> tuple[UnitStanding, ...]:
    """Departments with any duty, in protocol order; towns are never in one list with them."""
    sums = _Sums(judgement)
    units = [
        unit
        for unit in judgement.books.all(r.Unit)
        if unit.kind not in (UnitKind.TOWN, UnitKind.COLLECTIVE, UnitKind.UPPER)
    ]
    found = (sums.unit(unit) for unit in sorted(units, key=lambda unit: unit.seq))
    return tuple(each for each in found if each.by_role or each.lines or each.problems)


def by_towns(judgement: Judgement) -> tuple[UnitStanding, ...]:
    """The towns, in the office's order."""
    sums = _Sums(judgement)
    return tuple(sums.unit(town) for town in towns_of(judgement.books))


class _Sums:
    """Groups what every unit needs, once."""

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement
        books = judgement.books
        self.duties = books.by(r.Responsibility, "unit")
        self.problems = books.by(r.Problem, "unit")
        self.memberships = books.by(r.Membership, "member")
        self.lines: dict[str, list[LineState]] = {}
        for state in judgement.lines:
            self.lines.setdefault(state.line.unit, []).append(state)

    def unit(self, unit: r.Unit) -> UnitStanding:
        """One unit's standing."""
        found: dict[Role, dict[str, TaskVerdict]] = {}
        for duty in self._duties_of(unit):
            verdict = self.judgement.by_task.get(duty.task)
            if verdict is not None:
                found.setdefault(duty.role, {})[duty.task] = verdict
        by_role = {role: tuple(found[role].values()) for role in Role if role in found}
        lines = tuple(self.lines.get(unit.code, ()))
        return UnitStanding(unit, by_role, lines, self.problems[unit.code])

    def _duties_of(self, unit: r.Unit) -> Iterable[r.Responsibility]:
        yield from self.duties[unit.code]
        for membership in self.memberships[unit.code]:
            for duty in self.duties[membership.collective]:
                if membership.clause in (None, duty.clause):
                    yield duty


def duties_of_task(books: Books, task: str) -> Mapping[Role, tuple[r.Responsibility, ...]]:
    """Who answers for a task as the bracket of its clause says, by role, as printed."""
    found: dict[Role, list[r.Responsibility]] = {role: [] for role in Role}
    for duty in books.by(r.Responsibility, "task")[task]:
        if duty.measure is None:
            found[duty.role].append(duty)
    return {role: tuple(sorted(each, key=lambda d: d.seq)) for role, each in found.items()}
