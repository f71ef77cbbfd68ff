"""What is missing on the ground and who closes it: task, units, date and light of each gap."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Force, Role
from dashboard.rules.areas import areas_of, beneath, roots
from dashboard.rules.coverage import Coverage, Stage, by_area, in_all, station_lists
from dashboard.rules.gap_words import missing_words
from dashboard.rules.judgement import ItemVerdict, Judgement, TaskVerdict
from dashboard.rules.summary import duties_of_task
from dashboard.rules.verdicts import Light


@dataclass(frozen=True)
class Closing:
    """One task that closes a gap; `item` is the part of it that counts the stations, if any."""

    task: TaskVerdict
    item: ItemVerdict | None

    @property
    def title(self) -> str:
        """What is to be done, in a few words."""
        return self.item.item.title if self.item else self.task.task.title

    @property
    def light(self) -> Light:
        return self.item.verdict.light if self.item else self.task.light

    @property
    def word(self) -> str:
        return self.item.verdict.word if self.item else self.task.word

    @property
    def due_on(self) -> date | None:
        """The date of what is counted, else of the task."""
        return self.item.due_on if self.item else self.task.due_on

    @property
    def urgency(self) -> tuple[int, int, date]:
        """What is worse or due sooner sorts first."""
        speaks = self.item or self.task.worst
        rank = speaks.verdict.rank if speaks else len(Light)
        return list(Light).index(self.light), rank, self.due_on or date.max


@dataclass(frozen=True)
class Gap:
    """What one town (None: no town is known for it) lacks on one list, and what closes it.

    `lacking` counts stations up to standard, `missing` says in words what keeps them from it;
    `closings` come the worst first, and the first speaks for the gap.
    """

    town: r.Unit | None
    hosts: r.HostList
    lacking: int
    missing: str
    closings: tuple[Closing, ...]
    units: tuple[tuple[Role, str], ...]

    @property
    def closing(self) -> Closing | None:
        """What speaks for the gap."""
        return next(iter(self.closings), None)

    @property
    def task(self) -> TaskVerdict | None:
        return self.closing.task if self.closing else None

    @property
    def due_on(self) -> date | None:
        return self.closing.due_on if self.closing else None

    @property
    def light(self) -> Light:
        return self.closing.light if self.closing else Light.GREY

    @property
    def word(self) -> str:
        return self.closing.word if self.closing else NO_TASK


NO_TASK = "无对应任务"


def closing(judgement: Judgement, hosts: r.HostList) -> tuple[Closing, ...]:
    """What closes a gap on a host list: its counted items, else the tasks of its clause."""
    counted = [
        each
        for each in judgement.items
        if each.item.hosts is not None and each.item.hosts.code == hosts.code
    ]
    named = [each for each in counted if each.item.indicator] or counted
    if named:
        return tuple(Closing(judgement.by_task[each.item.task.code], each) for each in named)
    tasks = [each for each in judgement.tasks if each.task.clause == hosts.clause]
    return tuple(Closing(each, None) for each in tasks)


def bound(books: Books, task: str) -> tuple[tuple[Role, str], ...]:
    """The units that answer for a task, by role and as printed, with 等 where it is printed."""
    found = []
    for role, duties in duties_of_task(books, task).items():
        names = "、".join(dict.fromkeys(duty.as_printed for duty in duties))
        more = "等" if any(duty.is_open_ended for duty in duties) else ""
        if names:
            found.append((role, f"{names}{more}"))
    return tuple(found)


def worst_first(judgement: Judgement, hosts: r.HostList) -> tuple[Closing, ...]:
    """What closes a gap on a host list, the worst light first, then the soonest date."""
    return tuple(sorted(closing(judgement, hosts), key=lambda each: each.urgency))


def gap_light(judgement: Judgement, coverage: Coverage) -> tuple[Light, str]:
    """The light of an area on a list, with its word, for a map shaded by lights.

    Blue where nothing is missing, grey where that cannot be said (不适用, 待核定); else the
    worst light of what closes the gap.
    """
    if coverage.stage is Stage.EXEMPT:
        return Light.GREY, "不适用"
    if coverage.stage is Stage.UNKNOWN:
        return Light.GREY, "待核定"
    if coverage.gap == 0:
        return Light.BLUE, "无缺口"
    found = worst_first(judgement, coverage.hosts)
    return (found[0].light, found[0].word) if found else (Light.GREY, NO_TASK)


def gap_of(judgement: Judgement, coverage: Coverage, lacking: int | None = None) -> Gap:
    """What one area lacks on one list; `lacking` where another number than its own is meant."""
    books, closings = judgement.books, worst_first(judgement, coverage.hosts)
    return Gap(
        town=coverage.unit,
        hosts=coverage.hosts,
        lacking=(coverage.gap or 0) if lacking is None else lacking,
        missing=missing_words(books, coverage, judgement.today),
        closings=closings,
        units=bound(books, closings[0].task.task.code) if closings else (),
    )


def worst_gaps(judgement: Judgement, n: int) -> tuple[Gap, ...]:
    """The n gaps to be closed first: by light, date, how little stands, and how many are missing.

    What is only encouraged is never a gap. What a county or the whole plan lacks beyond its towns
    (a total whose spread is not known) stands as one gap of the county, or without a town.
    """
    found = []
    for hosts in _obliging(judgement.books):
        urgency = next((each.urgency for each in worst_first(judgement, hosts)), _NONE)
        found += [(urgency, *each) for each in _lacking(judgement, hosts)]
    found.sort(key=lambda each: (each[0], _BARE.index(each[1].stage), -each[2]))
    return tuple(gap_of(judgement, each, lacking) for _, each, lacking in found[:n])


_NONE = (len(Light), 0, date.max)
_BARE = (Stage.UNRECORDED, Stage.IDLE, Stage.BUILDING, Stage.BUILT, *Stage)


def _obliging(books: Books) -> tuple[r.HostList, ...]:
    return tuple(each for each in station_lists(books) if each.force is Force.MUST)


def _lacking(judgement: Judgement, hosts: r.HostList) -> Iterator[tuple[Coverage, int]]:
    """Each area with what is missing in it and in none of those beneath; then the whole plan."""
    books, today = judgement.books, judgement.today
    every = areas_of(books)
    found = by_area(books, hosts, every, today)
    gaps = {area.code: each.gap or 0 for area, each in zip(every, found, strict=True)}
    for area, each in zip(every, found, strict=True):
        own = gaps[area.code] - sum(gaps[lower.code] for lower in beneath(books, area))
        if own > 0:
            yield each, own
    whole = in_all(books, hosts, today)
    rest = (whole.gap or 0) - sum(gaps[area.code] for area in roots(books))
    if rest > 0:
        yield whole, rest
