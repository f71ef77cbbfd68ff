"""Sheets that were read, held against the books: what each row would file, and what keeps it out.

A row whose line was filed since the sheet went out is shown beside that filing and waits for
somebody to choose; one that says the same as the books is done already.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Engine

from dashboard import wording
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import FilingWay
from dashboard.posting.faults import NEW, RefusedError, faults_of
from dashboard.posting.filing_faults import filing_faults
from dashboard.posting.problems import beginning_faults, problem_faults
from dashboard.posting.progress import Report, as_filing, file_reports
from dashboard.rules.asking import Ask, asks_of
from dashboard.rules.calendar import Week, shanghai_day
from dashboard.rules.judgement import Judgement, times_of
from dashboard.rules.rounds import round_at
from dashboard.settings import Settings
from dashboard.sheets.filing_form import SheetProblem
from dashboard.sheets.filing_layout import (
    PROBLEM_COLUMNS,
    PROBLEMS_SHEET,
    ROWS_SHEET,
    Marks,
    label_of,
)
from dashboard.sheets.filing_package import Given, sheets_in
from dashboard.sheets.filing_report import How, contradictions, located, report_of, says_the_same
from dashboard.sheets.filing_sheet import FilingSheet, SheetRow, read_filing_sheet


class Stand(StrEnum):
    """Where a row stands: to be filed, filed by others meanwhile, filed already, blank, wrong."""

    READY = "可录入"
    CHANGED = "网上已另报"
    SAME = "已录入"
    EMPTY = "未填"
    WRONG = "有问题"


@dataclass(frozen=True)
class TakenRow:
    """A row with the report that it would make. `online` is what was filed since it went out."""

    row: SheetRow
    stand: Stand
    ask: Ask | None = None
    report: Report | None = None
    online: r.Filing | None = None
    problems: tuple[SheetProblem, ...] = ()

    @property
    def can_be_chosen(self) -> bool:
        """Whether it may be filed although others filed meanwhile."""
        return self.stand is Stand.CHANGED and not self.problems


@dataclass(frozen=True)
class TakenFile:
    """One sheet as it came in; without `marks` it could not be read at all."""

    name: str
    marks: Marks | None
    unit: r.Unit | None
    rows: tuple[TakenRow, ...]
    problems: tuple[SheetProblem, ...]

    @property
    def ready(self) -> tuple[TakenRow, ...]:
        return self.of(Stand.READY)

    def of(self, stand: Stand) -> tuple[TakenRow, ...]:
        """The rows that stand so."""
        return tuple(each for each in self.rows if each.stand is stand)


@dataclass(frozen=True)
class ReadFile:
    """A file with what `read_filing_sheet` says of it."""

    name: str
    sheet: FilingSheet | None
    problems: tuple[SheetProblem, ...]


Reader = Callable[[bytes], tuple[FilingSheet | None, tuple[SheetProblem, ...]]]


def read_files(given: Iterable[Given], read: Reader = read_filing_sheet) -> tuple[ReadFile, ...]:
    """Every sheet among the files, zips taken apart, each read by itself."""
    sheets, refused = sheets_in(given)
    found = [ReadFile(each.name, *read(each.content)) for each in sheets]
    others = (ReadFile(name, None, (SheetProblem("", None, None, why),)) for name, why in refused)
    return (*found, *others)


def taken_in(
    judgement: Judgement, settings: Settings, files: Sequence[ReadFile], how: How
) -> tuple[TakenFile, ...]:
    """Each file held against the books. A unit's second sheet is refused: the first one counts."""
    intake = _Intake(judgement, settings, how)
    return tuple(intake.file(each) for each in files)


class _Intake:
    """Holds sheets against one judgement."""

    def __init__(self, judgement: Judgement, settings: Settings, how: How) -> None:
        self.judgement, self.settings, self.how = judgement, settings, how
        self.books = judgement.books
        self.asks = {ask.line.code: ask for ask in asks_of(judgement)}
        self.names: dict[str, str] = {}

    def file(self, read: ReadFile) -> TakenFile:
        """One file with its rows; none where it is not to be taken in at all."""
        if read.sheet is None:
            return TakenFile(read.name, None, None, (), read.problems)
        marks = read.sheet.marks
        unit = self.books.find(r.Unit, marks.unit)
        why = self._why_not(marks, unit)
        if why or unit is None:
            foreign = SheetProblem("", None, None, why)
            return TakenFile(read.name, marks, unit, (), (foreign, *read.problems))
        self.names.setdefault(marks.unit, read.name)
        rows = tuple(self._row(row, unit) for row in read.sheet.rows)
        found = [problem for row in rows if row.stand is Stand.WRONG for problem in row.problems]
        return TakenFile(read.name, marks, unit, rows, (*read.problems, *found))

    def _why_not(self, marks: Marks, unit: r.Unit | None) -> str:
        plan = self.books.plan
        if marks.plan != plan.code:
            return f"是另一个方案（{marks.plan[:60]}）的填报表，请到该方案中录入"
        if marks.is_practice != (plan.practice_now is not None):
            return (
                "是演示数据的填报表，不能录入正式台账，请重新下载"
                if marks.is_practice
                else "是正式台账的填报表，现为演示数据，请重新下载"
            )
        if unit is None:
            return f"方案中没有编号为“{marks.unit[:60]}”的单位，请重新下载填报表"
        if not self.how.may_file(unit.code):
            return f"是{unit.name}的填报表，不是本单位的，请核对后上传本单位的表"
        if unit.code in self.names:
            return f"与“{self.names[unit.code]}”同是{unit.name}的填报表，请只留一份"
        return self._why_not_of_round(marks)

    def _why_not_of_round(self, marks: Marks) -> str:
        found = round_at(self.how.received_at, self.books.plan.in_use_from, times_of(self.settings))
        if found is not None and found.code == marks.round:
            return ""
        try:
            its = Week.parse(marks.round).name
        except (ValueError, OverflowError):
            its = marks.round[:20]
        received = wording.moment(self.how.received_at)
        cure = "请重新下载本期的填报表"
        if self.how.way is not FilingWay.SELF:
            cure = f"如确在当期收到，请更正收到时间，否则{cure}"
        return f"是{its}的填报表，与收到时间（{received}）不在同一期；{cure}"

    # One row

    def _row(self, row: SheetRow, unit: r.Unit) -> TakenRow:
        ask = self.asks.get(row.mark.line)
        if row.is_spoilt:
            return TakenRow(row, Stand.WRONG, ask)
        if row.is_empty:
            return TakenRow(row, Stand.EMPTY, ask)
        if ask is None or ask.line.unit != unit.code:
            gone = SheetProblem(
                ROWS_SHEET, row.mark.row, None, "该事项已不由本单位报送，请清空本行"
            )
            return TakenRow(row, Stand.WRONG, ask, problems=(gone,))
        report = report_of(row, ask, unit, self.how)
        online = ask.last if ask.last and ask.last.code != row.mark.seen else None
        if online is not None and says_the_same(report, online):
            unsaid = tuple(self._unsaid(row, report))
            return TakenRow(row, Stand.WRONG if unsaid else Stand.SAME, ask, report, online, unsaid)
        problems = (*contradictions(self.judgement, row, ask), *self._faults(row, report))
        if online is not None:
            return TakenRow(row, Stand.CHANGED, ask, report, online, problems)
        stand = Stand.WRONG if problems else Stand.READY
        return TakenRow(row, stand, ask, report, None, problems)

    def _unsaid(self, row: SheetRow, report: Report) -> Iterable[SheetProblem]:
        """A problem that was written down after the row itself had been filed."""
        raised, problem = row.raised, report.problem
        if raised is None or problem is None:
            return
        held = self.books.by(r.Problem, "unit")[problem.unit]
        if not any(each.description == problem.description for each in held):
            told = "对应事项已录入，这个问题没有随它提出，请到“问题清单”登记"
            yield SheetProblem(PROBLEMS_SHEET, raised.row, None, told)

    def _faults(self, row: SheetRow, report: Report) -> Iterable[SheetProblem]:
        """What posting would refuse, by the sheet's own places."""
        filing = as_filing(self.judgement, report, self.settings)
        if filing is None:
            yield SheetProblem(ROWS_SHEET, row.mark.row, None, "尚未到填报时间")
            return
        told = (
            *faults_of(replace(filing, code=NEW)),
            *filing_faults(self.books, self.settings, filing, self.how.now),
        )
        yield from (located(row, fault) for fault in told)
        if report.problem is not None and row.raised is not None:
            today = shanghai_day(self.how.now)
            found = (
                *faults_of(report.problem),
                *problem_faults(report.problem, today),
                *beginning_faults(report.problem),
            )
            for fault in found:
                label = label_of(fault.field or "", PROBLEM_COLUMNS) or None
                yield SheetProblem(PROBLEMS_SHEET, row.raised.row, label, fault.message)


# Posting


@dataclass(frozen=True)
class Posted:
    """What became of one file: how many rows were filed, or why none was."""

    file: TakenFile
    number: int
    refused: RefusedError | None = None


def post_files(
    engine: Engine,
    viewer: Viewer,
    files: Sequence[tuple[TakenFile, Sequence[TakenRow]]],
    settings: Settings,
) -> tuple[Posted, ...]:
    """File the chosen rows of each file, all of a file or none. Raises ForbiddenError."""
    found = []
    for file, rows in files:
        reports = [each.report for each in rows if each.report is not None]
        if not reports or file.marks is None:
            continue
        try:
            file_reports(engine, viewer, file.marks.plan, reports, settings)
            found.append(Posted(file, len(reports)))
        except RefusedError as refused:
            found.append(Posted(file, 0, refused))
    return tuple(found)
