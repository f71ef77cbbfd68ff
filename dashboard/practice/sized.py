"""Made-up plans of any size, and a year of filings on them: one posting a week, in bulk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count, pairwise
from random import Random

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books, load, load_plan
from dashboard.posting.entry import entry
from dashboard.posting.plans import OFFICE, start_practice
from dashboard.posting.signature import Signature
from dashboard.practice.diary import moment
from dashboard.practice.filings import CHECKER
from dashboard.practice.names import TOWNS
from dashboard.practice.sized_plans import sized_plan, town_code
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.judgement import times_of
from dashboard.rules.rounds import Round, rounds
from dashboard.settings import Settings

__all__ = ["fill_sized", "sized_plan"]

_FILED_WHEN_DUE = 0.93
_FILED_BETWEEN = 0.05
_LATE = 0.04
_TARGET_DAYS = 700  # so that after a year most are on the way and some are done
_WEEKS_PER_STATION = 3


def fill_sized(
    engine: Engine,
    viewer: Viewer,
    plan_code: str,
    settings: Settings,
    weeks: int = 52,
    seed: int = 1,
) -> int:
    """Set the practice clock `weeks` after the plan's date and write what was filed till then.

    Returns the rows written. Meant for plans made by `sized_plan`.
    """
    plan = load_plan(engine, plan_code)
    until = plan.issued_on + timedelta(weeks=weeks)
    held = rounds(plan.issued_on, until + timedelta(weeks=1), times_of(settings))
    weekly = [pair for pair in pairwise(held) if shanghai_day(pair[0].meeting_at) <= until]
    now = moment(until, 18)
    start_practice(engine, viewer, plan_code, now=now, started_on=plan.issued_on)
    year = _Year(load(engine, plan_code, now), Random(seed))  # noqa: S311
    signature = Signature(viewer, Right.PRACTISE, "汇总填报", post=OFFICE, audited=False)
    written = 0
    for found, following in weekly:
        is_last = found.meeting_on.month != following.meeting_on.month
        rows = [*year.week(found, is_last=is_last)]
        with entry(engine, plan_code, signature, known_at=found.review_cut) as opened:
            opened.preload("reporting_line", "indicator", "unit", "task", "host_list")
            opened.add(*rows)
        written += len(rows)
    return written


@dataclass
class _Year:
    """The running year: what each line has reached, and the next free numbers."""

    books: Books
    rng: Random
    reached: dict[str, float] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def week(self, found: Round, *, is_last: bool) -> Iterator[r.Record]:
        """All that is written in one round."""
        chance = _FILED_WHEN_DUE if is_last else _FILED_BETWEEN
        is_quarter = is_last and found.meeting_on.month % 3 == 0
        for line in self.books.all(r.ReportingLine):
            asked = is_quarter or line.part is t.Part.TOTAL
            if asked and self.rng.random() < chance:
                yield from self._filed(line, found)
        yield from self._besides(found)

    def _filed(self, line: r.ReportingLine, found: Round) -> Iterator[r.Record]:
        number = next(self.numbers)
        value = self._value(line, found)
        is_done = value >= self._target(line)
        is_late = self.rng.random() < _LATE
        minutes = self.rng.randint(20, 300)
        away = timedelta(minutes=minutes if is_late else -minutes)
        filing = r.Filing(
            code=f"F{number:06d}",
            line=line.code,
            round=found.code,
            received_at=found.filing_cut + away,
            value=value,
            text="按计划推进，本期工作已落实到责任单位。",
            next_step="继续按月推进。",
            is_done=is_done,
            filed_by="联络员",
        )
        yield filing
        yield r.Review(
            code=f"R{number:06d}",
            filing=filing.code,
            verdict=t.ReviewVerdict.CLOSED if is_done else t.ReviewVerdict.ACCEPTED,
            by_post=CHECKER if is_done else OFFICE,
        )
        if line.indicator:
            yield r.Observation(
                code=f"O{number:06d}",
                indicator=line.indicator,
                unit=line.unit,
                observed_on=shanghai_day(filing.received_at),
                year=int(found.code[:4]),
                value=value,
                filing=filing.code,
            )

    def _value(self, line: r.ReportingLine, found: Round) -> float:
        """What the line has reached: it grows with the days at a pace of its own."""
        target = self._target(line)
        pace = 0.5 + (sum(map(ord, line.code)) % 100) / 50
        days = (found.meeting_on - self.books.plan.issued_on).days
        value = float(min(target, int(target * pace * days / _TARGET_DAYS)))
        self.reached[line.code] = max(value, self.reached.get(line.code, 0.0))
        return self.reached[line.code]

    def _target(self, line: r.ReportingLine) -> float:
        indicator = self.books.find(r.Indicator, line.indicator)
        return indicator.value if indicator else 100.0

    def _besides(self, found: Round) -> Iterator[r.Record]:
        """A problem and a directive a week, and every third week another station."""
        task = self.rng.choice(self.books.all(r.Task))
        unit = self.books.by(r.ReportingLine, "task")[task.code][0].unit
        yield from _problem(found, task, unit)
        if found.number % _WEEKS_PER_STATION == 0:
            yield self._station(found)

    def _station(self, found: Round) -> r.Station:
        index = found.number // _WEEKS_PER_STATION
        town = self.books.get(r.Unit, town_code(1 + index % len(TOWNS)))
        return r.Station(
            code=f"S{index:06d}",
            name=f"{town.name}服务站点{index}",
            kind=t.StationKind.VILLAGE,
            town=town.code,
            host_list="h-village",
            lon=round((town.lon or 0.0) + self.rng.uniform(-0.015, 0.015), 5),
            lat=round((town.lat or 0.0) + self.rng.uniform(-0.015, 0.015), 5),
            begun_on=found.meeting_on - timedelta(days=30),
            built_on=found.meeting_on if index % 4 else None,
            area_m2=20.0 + index,
            part_time=1,
        )


def _problem(found: Round, task: r.Task, unit: str) -> Sequence[r.Record]:
    day = found.meeting_on - timedelta(days=2)
    problem = r.Problem(
        code=f"P{found.number:06d}",
        description=f"“{task.title}”进度慢于计划，需要加强协调",
        source=t.ProblemSource.DISPATCH,
        category=t.ProblemCategory.COORDINATION,
        unit=unit,
        found_on=day,
        closing_standard="达到序时进度",
        task=task.code,
        due_on=day + timedelta(days=30),
    )
    directive = r.Directive(
        code=f"D{found.number:06d}",
        matter=f"加快“{task.title}”进度",
        source=t.DirectiveSource.DISPATCH,
        unit=unit,
        issued_on=day,
        due_on=day + timedelta(days=14),
        round=found.code,
        task=task.code,
        problem=problem.code,
    )
    return problem, directive
