"""Books for tests: small ones made in memory, and the shipped plan in a database of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine

from dashboard import settings
from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books, load, load_plan
from dashboard.ledgers.database import open_books
from dashboard.ledgers.shape import LEDGERS, ledger_of
from dashboard.posting.entry import entry
from dashboard.posting.plans import now_of, post_plan, start_practice
from dashboard.posting.progress import Report, file_progress
from dashboard.posting.signature import Signature
from dashboard.practice import fill
from dashboard.rules.calendar import at_time, end_of, shanghai_day, week_of
from dashboard.rules.figures import year_of
from dashboard.rules.judgement import ItemVerdict, Judgement, judge_books
from dashboard.rules.rounds import RoundTimes
from dashboard.sheets.plan_folder import PlanFolder, read_folder

JIAXIANG = Path(__file__).resolve().parent.parent / "data" / "plans" / "jiaxiang-2023"
CODE = "jiaxiang-2023"
ISSUED = date(2023, 6, 6)
TIMES = RoundTimes.parse(filing="周四 12:00", review="周四 18:00", meeting="周五 9:00")

PLAN = r.Plan(
    code="p",
    title="工作方案",
    short_title="方案",
    number="〔2023〕1号",
    issuer="县政府办公室",
    issued_on=ISSUED,
    period_end=date(2025, 12, 31),
    place="某县",
    level="县",
    office="专班办公室",
    office_unit="u",
    started_on=ISSUED,
)
CLAUSE = r.Clause(code="一", title="条款", kind=t.ClauseKind.TASK, seq=1)
UNIT = r.Unit(code="u", name="县卫生健康局", kind=t.UnitKind.GOVERNMENT, seq=1)
OTHER = r.Unit(code="v", name="县教育和体育局", kind=t.UnitKind.GOVERNMENT, seq=2)
TASK = r.Task(code="t", clause="一", title="重点任务", kind=t.TaskKind.KEY, seq=1)
BASE: tuple[r.Record, ...] = (CLAUSE, UNIT, OTHER, TASK)


# Rows with what every test would repeat


def measure(code: str = "m", **fields: Any) -> r.Measure:
    """A measure of the one task."""
    given = {"task": "t", "clause": "一", "title": "具体措施", "seq": 1}
    return r.Measure(code=code, **{**given, **fields})


def indicator(value: float, code: str = "i", **fields: Any) -> r.Indicator:
    """A counted quantity of at least `value`."""
    given = {
        "task": "t",
        "clause": "一",
        "name": "指标",
        "seq": 1,
        "comparator": t.Comparator.AT_LEAST,
        "unit": "家",
        "method": t.Method.SUM,
    }
    return r.Indicator(code=code, value=value, **{**given, **fields})


def deadline(due_on: date | None, code: str = "d", **fields: Any) -> r.Deadline:
    """A printed date; of measure m unless an indicator is named."""
    given: dict[str, Any] = {"task": "t", "clause": "一", "source": t.DeadlineSource.PRINTED}
    if "indicator" not in fields:
        given["measure"] = "m"
    return r.Deadline(code=code, due_on=due_on, **{**given, **fields})


def line(code: str = "l", **fields: Any) -> r.ReportingLine:
    """The line that sums up; of measure m unless an indicator is named."""
    given: dict[str, Any] = {
        "task": "t",
        "unit": "u",
        "part": t.Part.TOTAL,
        "cadence": t.Recurrence.MONTHLY,
    }
    if "indicator" not in fields:
        given["measure"] = "m"
    return r.ReportingLine(code=code, **{**given, **fields})


# Books in memory


@dataclass(frozen=True)
class Said:
    """A filing with the office's word on it; None: not looked at yet."""

    filing: r.Filing
    verdict: t.ReviewVerdict | None


def said(
    value: float | None,
    on: date,
    verdict: t.ReviewVerdict | None = t.ReviewVerdict.ACCEPTED,
    *,
    to: str = "l",
    at: time = time(10),
    **fields: Any,
) -> Said:
    """A filing received on a day, in the round of its week."""
    moment = at_time(on, at)
    given = {"round": week_of(on).code, "received_at": moment, "known_at": moment}
    code = f"F-{to}-{moment:%Y%m%d%H%M}"
    return Said(r.Filing(code=code, line=to, value=value, **{**given, **fields}), verdict)


def snapshot(
    rows: Iterable[r.Record], on: date | datetime, *words: Said, plan: r.Plan = PLAN
) -> Books:
    """Books as the database would hand them out at the end of a day, or at an instant."""
    as_of = on if isinstance(on, datetime) else end_of(on)
    held: dict[str, list[r.Record]] = {name: [] for name in LEDGERS}
    for row in (plan, *BASE, *rows):
        held[ledger_of(row)].append(row)
    filed, accepted, reviews = {}, {}, {}
    replies: dict[str, r.Review] = {}
    for each in words:
        if each.filing.known_at and each.filing.known_at > as_of:
            continue
        filed[each.filing.line] = each.filing
        replies.pop(each.filing.line, None)
        if each.verdict is not None:
            replies[each.filing.line] = _review(each)
        if each.verdict not in (None, t.ReviewVerdict.RETURNED):
            accepted[each.filing.line] = each.filing
            reviews[each.filing.line] = _review(each)
            held["observation"] += _observed(rows, each.filing)
    return Books(
        plan=plan,
        as_of=as_of,
        version=1,
        has_practice=False,
        rows={name: tuple(of) for name, of in held.items()},
        last_filed=filed,
        last_accepted=accepted,
        last_said=reviews,
        last_replies=replies,
    )


def _review(each: Said) -> r.Review:
    verdict = each.verdict or t.ReviewVerdict.ACCEPTED
    return r.Review(
        code=f"R-{each.filing.code}", filing=each.filing.code, verdict=verdict, by_post="专班办公室"
    )


def _observed(rows: Iterable[r.Record], filing: r.Filing) -> list[r.Observation]:
    lines = [row for row in rows if isinstance(row, r.ReportingLine) and row.code == filing.line]
    return [
        r.Observation(
            code=f"O-{filing.code}",
            indicator=one.indicator,
            unit=one.unit,
            observed_on=shanghai_day(filing.received_at),
            year=year_of(filing),
            value=filing.value,
        )
        for one in lines
        if one.indicator and filing.value is not None
    ]


def judged(rows: Sequence[r.Record], on: date, *words: Said, plan: r.Plan = PLAN) -> Judgement:
    """Every verdict at the end of a day."""
    return judge_books(snapshot(rows, on, *words, plan=plan), settings.current())


def only(rows: Sequence[r.Record], on: date, *words: Said, plan: r.Plan = PLAN) -> ItemVerdict:
    """The verdict on the only item."""
    (item,) = judged(rows, on, *words, plan=plan).items
    return item


# The shipped plan in a database


@cache
def jiaxiang() -> PlanFolder:
    """The shipped plan as records."""
    folder, problems = read_folder(JIAXIANG)
    assert folder is not None, problems
    return folder


def database(folder: Path) -> str:
    """The address of a new SQLite file."""
    return f"sqlite:///{(folder / 'books.db').as_posix()}"


def shipped(folder: Path) -> Engine:
    """A database of its own with the shipped plan, in use from the plan's own date."""
    (folder / "books.db").write_bytes(_prepared())
    return open_books(database(folder))


def practised(folder: Path) -> Engine:
    """The same with its practice data."""
    (folder / "books.db").write_bytes(_filled())
    return open_books(database(folder))


@cache
def _filled() -> bytes:
    with TemporaryDirectory() as folder:
        engine = shipped(Path(folder))
        fill(engine, CONSOLE, CODE, settings.load({}))
        engine.dispose()
        return (Path(folder) / "books.db").read_bytes()


@cache
def _prepared() -> bytes:
    with TemporaryDirectory() as folder:
        engine = open_books(database(Path(folder)))
        assert post_plan(engine, CONSOLE, jiaxiang().plan, jiaxiang().rows, today=ISSUED) == ()
        engine.dispose()  # the last one out empties the write-ahead log into the file
        return (Path(folder) / "books.db").read_bytes()


@dataclass(frozen=True)
class Desk:
    """The office at work on the shipped plan, on whatever day a test sets."""

    engine: Engine

    def at(self, day: date, hour: int = 10) -> None:
        """Set the plan's clock."""
        now = at_time(day, time(hour))
        start_practice(self.engine, CONSOLE, CODE, now=now, started_on=ISSUED)

    def file(
        self, line: str, value: float | None, on: date, *, accept: bool = True, **more: Any
    ) -> str:
        """File on a line on a day."""
        self.at(on)
        last = load(self.engine, CODE, now_of(self.plan())).last_filed.get(line)
        seen = last.code if last else None
        given = {"seen": seen, "way": t.FilingWay.TELEPHONE} if accept else {"seen": seen}
        report = Report(line=line, value=value, **{**given, **more})
        by = CONSOLE if accept else self.liaison(line)
        return file_progress(self.engine, by, CODE, report, settings.current())

    def liaison(self, line: str) -> Viewer:
        """A liaison of the unit that files on a line, whose word waits for the office's."""
        unit = load(self.engine, CODE, now_of(self.plan())).get(r.ReportingLine, line).unit
        units = frozenset({(CODE, unit)})
        return Viewer(t.AccountRole.LIAISON, "联络员", units=units, at_console=True)

    def add(self, on: date, *rows: r.Record) -> None:
        """Add rows that become known on a day."""
        moment = at_time(on, time(10))
        with entry(
            self.engine, CODE, Signature(CONSOLE, Right.ARRANGE, "登记"), known_at=moment
        ) as opened:
            opened.add(*rows)

    def judged(self, on: date) -> Judgement:
        """Every verdict at the end of a day."""
        return judge_books(load(self.engine, CODE, end_of(on)), settings.current())

    def item(self, code: str, on: date) -> ItemVerdict:
        """The verdict on one item at the end of a day."""
        return next(each for each in self.judged(on).items if each.item.code == code)

    def plan(self) -> r.Plan:
        """The plan as it stands now."""
        return load_plan(self.engine, CODE)


def instant(text: str) -> datetime:
    """A UTC instant such as 2023-09-22T01:00."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
