"""Whatever is posted: books that are read again equal books that are read whole."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.library import Library
from dashboard.ledgers.shape import APPEND_ONLY, LEDGERS
from dashboard.posting.entry import entry
from dashboard.posting.plans import clear_practice, post_plan, start_practice
from dashboard.posting.signature import Signature
from tests.books import BASE, ISSUED, PLAN, database, indicator, instant, line, measure
from tests.counting import queries

BY = Signature(CONSOLE, Right.ARRANGE, "登记")
LOOKED_AT = (instant("2023-07-10T00:00"), instant("2023-07-20T00:00"))
DAYS = (1, 9, 15, 25)
"""July days on which things become known: before, between and after the instants looked at."""
HOSTS = r.HostList(code="h", title="名录", clause="一", seq=1, unit_word="处")
ITEM = r.StandardItem(
    code="s", standard="标准", area="场地", clause="一", requirement="独立", seq=1
)
ROWS = (*BASE, measure(), line(), indicator(10), line("l2", indicator="i"), HOSTS, ITEM)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Two small plans in one database: each may use the keys that the other sets free."""
    engine = open_books(database(tmp_path))
    for code in ("p", "q"):
        assert post_plan(engine, CONSOLE, replace(PLAN, code=code), ROWS, today=ISSUED) == ()
    yield engine
    engine.dispose()


@dataclass
class Walk:
    """Anything that the office may do, one thing after the other, on whatever day."""

    engine: Engine
    rng: Random
    plan: str = "p"
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    filed: dict[str, str] = field(default_factory=dict)

    def step(self) -> str:
        """Do one thing; says what it was."""
        acts: tuple[Callable[[], None], ...] = (
            *(self.adds, self.changes, self.changes, self.ends, self.files, self.files),
            *(self.inspects, self.inspects, self.sees, self.renames, self.practises),
        )
        act = self.rng.choice(acts)
        self.plan = self.rng.choice(["p", "p", "p", "q"])
        act()
        return f"{act.__name__} {self.plan}"

    def adds(self) -> None:
        number = next(self.numbers)
        body = r.ListedHost(code=f"b{number}", host_list="h", name=f"{number}校")
        station = r.Station(
            code=f"S{number}", name="站", kind=t.StationKind.SCHOOL, listed_host=body.code
        )
        self._add(body, station, _problem(number))

    def changes(self) -> None:
        """Change some rows, of which one may refer to a row that came only then."""
        kind: type[r.Record] = self.rng.choice([r.Station, r.ListedHost, r.Problem])
        rows = self._now().all(kind)
        if not rows:
            return
        new = r.Unit(code=f"u{next(self.numbers)}", name="新镇", kind=t.UnitKind.TOWN, seq=1)
        place = "unit" if kind is r.Problem else "town"
        with entry(self.engine, self.plan, BY, known_at=self._day()) as opened:
            opened.add(new)
            for row in self.rng.sample(rows, min(len(rows), 3)):
                opened.change(row, **{place: self.rng.choice([new.code, "v"])})

    def ends(self) -> None:
        kind: type[r.Record] = self.rng.choice([r.Station, r.Problem])
        rows = self._now().all(kind)
        if rows:
            with entry(self.engine, self.plan, BY, known_at=self._day()) as opened:
                opened.end(self.rng.choice(rows))

    def files(self) -> None:
        number, at = next(self.numbers), self._day()
        filing = r.Filing(
            code=f"F{number}",
            line="l2",
            round="2023-W27",
            received_at=at,
            value=1.0,
            expected_on=date(2023, 9, 1),
            corrects=self.filed.get(self.plan),
        )
        self.filed[self.plan] = filing.code
        verdict = self.rng.choice(list(t.ReviewVerdict))
        review = r.Review(code=f"R{number}", filing=filing.code, verdict=verdict, by_post="岗")
        seen = r.Observation(
            code=f"O{number}",
            indicator="i",
            unit="u",
            observed_on=at.date(),
            year=2023,
            value=float(number),
            filing=filing.code,
        )
        rows: tuple[r.Record, ...] = (filing, review, seen)
        self._add(*rows[: self.rng.randint(1, 3)], at=at)

    def inspects(self) -> None:
        stations = self._now().all(r.Station)
        if stations:
            check = r.Inspection(
                code=f"I{next(self.numbers)}",
                station=self.rng.choice(stations).code,
                item="s",
                verdict=t.CheckVerdict.MET,
                inspected_on=date(2023, 7, 1),
                by_post="岗",
            )
            self._add(check)

    def sees(self) -> None:
        problems = self._now().all(r.Problem)
        if problems:
            step = r.ProblemStep(
                code=f"P{next(self.numbers)}",
                problem=self.rng.choice(problems).code,
                act=t.ProblemAct.REPORTED,
                done_on=date(2023, 7, 1),
                by_post="岗",
            )
            self._add(step)

    def renames(self) -> None:
        """A ledger that is shown in an order of its own."""
        row = self.rng.choice(self._now().all(r.Unit))
        with entry(self.engine, self.plan, BY, known_at=self._day()) as opened:
            opened.change(row, seq=self.rng.randint(1, 9), name=f"单位{next(self.numbers)}")

    def practises(self) -> None:
        """Practice data come and, after a few things more, go."""
        start_practice(self.engine, CONSOLE, self.plan, now=LOOKED_AT[0], started_on=ISSUED)
        for act in self.rng.choices([self.adds, self.changes, self.files, self.inspects], k=3):
            act()
        if self.rng.random() < 0.7:
            Library(self.engine).books(self.plan, LOOKED_AT[1])
        clear_practice(self.engine, CONSOLE, self.plan)
        self.filed.pop(self.plan, None)

    def _add(self, *rows: r.Record, at: datetime | None = None) -> None:
        with entry(self.engine, self.plan, BY, known_at=at or self._day()) as opened:
            opened.add(*rows)

    def _now(self) -> Books:
        return load(self.engine, self.plan, instant("2023-12-01T00:00"))

    def _day(self) -> datetime:
        return instant(f"2023-07-{self.rng.choice(DAYS):02d}T00:00")


def _problem(number: int) -> r.Problem:
    return r.Problem(
        code=f"W{number}",
        description="人员不足",
        source=t.ProblemSource.TOWN,
        category=t.ProblemCategory.STAFF,
        unit="u",
        found_on=date(2023, 7, 1),
        closing_standard="配齐",
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_after_anything_that_is_posted_books_equal_those_that_are_read_whole(
    engine: Engine, seed: int
) -> None:
    walk, library = Walk(engine, Random(seed)), Library(engine)
    for _ in range(25):
        done = walk.step()
        for plan in ("p", "q"):
            for moment in LOOKED_AT:
                found, whole = library.books(plan, moment), load(engine, plan, moment)
                assert found == whole, done
                for kind in (r.Station, r.Problem, r.Inspection):
                    assert found.by(kind, "code") == whole.by(kind, "code"), done
                    assert all(found.get(kind, row.code) is row for row in found.all(kind)), done


def test_a_posting_has_only_the_ledgers_read_again_that_it_touched(engine: Engine) -> None:
    walk, library = Walk(engine, Random(1)), Library(engine)
    walk.adds()
    before = library.books("p", LOOKED_AT[1])
    with entry(engine, "p", BY, known_at=LOOKED_AT[0]) as opened:
        opened.change(_problem(1), unit="v")
        opened.add(r.Unit(code="w", name="新单位", kind=t.UnitKind.TOWN, seq=3))
    with queries(engine) as asked:
        after = library.books("p", LOOKED_AT[1])
    assert {name for name in after.rows if after.rows[name] is not before.rows[name]} == {
        "problem",
        "unit",
    }
    assert len(asked) < len(LEDGERS) / 2


def test_points_of_an_agenda_need_no_number_and_then_stand_first(engine: Engine) -> None:
    walk, at = Walk(engine, Random(1)), LOOKED_AT[0]
    meeting = r.Dispatch(code="2023-W27", state=t.DispatchState.HELD)
    numbers = {"A1": 2, "A2": None, "A3": 1, "A4": None}
    points = (
        r.AgendaPoint(code=code, dispatch=meeting.code, key=f"own:{code}", seq=seq)
        for code, seq in numbers.items()
    )
    walk._add(meeting, *points, at=at)
    held = load(engine, "p", LOOKED_AT[1]).all(r.AgendaPoint)
    assert [each.code for each in held] == ["A2", "A4", "A3", "A1"]


def test_a_posting_of_another_plan_leaves_the_books_as_they_are(engine: Engine) -> None:
    library = Library(engine)
    before = library.books("p", LOOKED_AT[1])
    other = Walk(engine, Random(1), plan="q")
    other.adds()
    other.files()
    assert library.books("p", LOOKED_AT[1]) is before


def test_what_only_grows_has_no_revisions_and_its_own_way_to_be_told(engine: Engine) -> None:
    """Else a row of such a ledger could be missed where it comes alone."""
    library, walk = Library(engine), Walk(engine, Random(2))
    at = LOOKED_AT[0]
    assert library.books("p", LOOKED_AT[1]).last_filed == {}
    walk._add(r.Filing(code="F1", line="l", round="2023-W27", received_at=at, value=1.0), at=at)
    assert library.books("p", LOOKED_AT[1]).last_filed["l"].code == "F1"
    assert {"filing", "inspection", "problem_step"} <= set(APPEND_ONLY)
