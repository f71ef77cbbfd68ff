"""Progress on reporting lines: filings are added, and never changed afterwards."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Engine

from dashboard import wording
from dashboard.access.rights import Right, demand, may
from dashboard.access.viewer import OFFICE_POST, Viewer, standing
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load_in
from dashboard.ledgers.database import reading
from dashboard.ledgers.store import StoredFile
from dashboard.ledgers.terms import FilingWay, ReviewVerdict
from dashboard.posting.drafts import drop_in, unit_of_line
from dashboard.posting.entry import Entry, entry
from dashboard.posting.evidence import evidence_rows
from dashboard.posting.faults import NEW, Fault, RefusedError
from dashboard.posting.filing_faults import filing_faults
from dashboard.posting.problems import beginning_faults, problem_faults
from dashboard.posting.reviews import accept_filing
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.freshness import Freshness, LineState
from dashboard.rules.judgement import Judgement, judge_books, times_of
from dashboard.rules.rounds import round_at, round_collecting
from dashboard.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a unit says of one line. `value` is the sum so far, in the line's unit or percent.

    `seen` is the code of the line's last filing that the reporter had before the eyes, None where
    there was none. `received_at` is when the office got it, else now; `corrects` names the last
    filing where its figure was wrong. A `problem` raised with it needs no code. `evidence` are
    files that lie in the store already.
    """

    line: str
    seen: str | None = None
    value: float | None = None
    text: str | None = None
    next_step: str | None = None
    reason: str | None = None
    remedy: str | None = None
    expected_on: date | None = None
    is_done: bool = False
    no_event: bool = False
    no_change: bool = False
    way: FilingWay = FilingWay.SELF
    filed_by: str = "联络员"
    received_at: datetime | None = None
    corrects: str | None = None
    experience: str | None = None
    problem: r.Problem | None = None
    evidence: tuple[StoredFile, ...] = ()


class FiledMeanwhileError(RefusedError):
    """Others filed on these lines since they were looked at; nothing was written.

    `filings` are theirs, by line: whoever still wants to file gives their codes as seen.
    """

    def __init__(self, filings: Mapping[str, r.Filing]) -> None:
        said = (
            Fault("filing", line, None, f"{each.filed_by or '他人'}已先填报（{each.code}）")
            for line, each in filings.items()
        )
        super().__init__(*said)
        self.filings = dict(filings)


def file_progress(
    engine: Engine, viewer: Viewer, plan: str, report: Report, settings: Settings
) -> str:
    """`file_reports` of one report; returns its code."""
    return file_reports(engine, viewer, plan, [report], settings)[0]


def file_reports(
    engine: Engine, viewer: Viewer, plan: str, reports: Sequence[Report], settings: Settings
) -> tuple[str, ...]:
    """Add filings, all or none, each for the round it was due for, and return their codes.

    What the office enters itself is accepted at once; what a liaison files waits for its review,
    and is signed and dated by nobody else. The author's drafts on these lines go. Raises
    RefusedError with every fault, FiledMeanwhileError where somebody filed on one of the lines
    since, and ForbiddenError for another unit's line.
    """
    signature = _signature(engine, viewer, plan, reports)
    with entry(engine, plan, signature) as opened:
        here = standing(opened.connection, viewer)
        accept = may(here, Right.REVIEW, plan)
        given = [_dated(each, opened.known_at, viewer, accept=accept) for each in reports]
        # A line may have gone to another unit since the signature was made.
        demand(
            here,
            Right.FILE,
            plan,
            {unit_of_line(opened.connection, plan, each.line) for each in reports},
        )
        judgement = judge_books(load_in(opened.connection, plan, opened.known_at), settings)
        desk = _Counter(opened, judgement, settings, accept=accept)
        desk.check(given)
        for problem in (each.problem for each in given if each.problem):
            demand(here, Right.RAISE_PROBLEM, plan, {problem.unit})
        codes = tuple(desk.take(each) for each in given)
        drop_in(opened.connection, plan, [each.line for each in given], viewer)
    return codes


def _signature(engine: Engine, viewer: Viewer, plan: str, reports: Sequence[Report]) -> Signature:
    with reading(engine) as connection:
        units = frozenset(unit_of_line(connection, plan, each.line) for each in reports)
    posts = {each.filed_by for each in reports}
    post = posts.pop() if len(posts) == 1 and may(viewer, Right.REVIEW, plan) else None
    return Signature(viewer, Right.FILE, "填报进展", units, post=post)


def _dated(report: Report, now: datetime, viewer: Viewer, *, accept: bool) -> Report:
    """With its moment of receipt; a liaison neither dates nor signs for somebody else."""
    if accept:
        return replace(report, received_at=report.received_at or now)
    return replace(report, filed_by=viewer.post, way=FilingWay.SELF, received_at=now)


class _Counter:
    """Takes reports in during one posting, on the books as they stand in it."""

    def __init__(
        self, opened: Entry, judgement: Judgement, settings: Settings, *, accept: bool
    ) -> None:
        self.opened, self.judgement, self.settings = opened, judgement, settings
        self.books, self.accept = judgement.books, accept

    def check(self, reports: Iterable[Report]) -> None:
        """Raise what keeps any of the reports out."""
        given = list(reports)
        newer = {each.line: self.books.last_filed.get(each.line) for each in given}
        theirs = {
            each.line: found
            for each in given
            if (found := newer[each.line]) and found.code != each.seen
        }
        if theirs:
            raise FiledMeanwhileError(theirs)
        faults = [fault for each in given for fault in self._faults(each)]
        lines = [each.line for each in given]
        twice = {line for line in lines if lines.count(line) > 1}
        faults += [Fault("filing", line, None, "同一事项重复填报，请只留一条") for line in twice]
        if faults:
            raise RefusedError(*faults)

    def _faults(self, report: Report) -> list[Fault]:
        filing = filing_from(self.judgement, report, self.settings)
        found = filing_faults(self.books, self.settings, filing, self.opened.known_at)
        if report.problem:
            today = shanghai_day(self.opened.known_at)
            found += [*problem_faults(report.problem, today), *beginning_faults(report.problem)]
            line = self.books.get(r.ReportingLine, report.line)
            if report.problem.unit != line.unit:
                told = "随填报提出的问题应由本单位负责"
                found.append(Fault("problem", NEW, "unit", told, is_whole=True))
        return found

    def take(self, report: Report) -> str:
        """Add one report with what comes with it; returns the filing's code."""
        opened = self.opened
        code = opened.next_code("filing", "F")
        filing = filing_from(self.judgement, report, self.settings, code=code)
        opened.add(filing)
        if self.accept:
            accept_filing(opened, self.books, filing, by_post=OFFICE_POST)
        if report.problem:
            opened.add(replace(report.problem, code=opened.next_code("problem", "P")))
        unit = self.books.get(r.ReportingLine, report.line).unit
        opened.add(*evidence_rows(opened, report.evidence, unit, filing=filing.code))
        return filing.code


def filing_from(
    judgement: Judgement, report: Report, settings: Settings, *, code: str = ""
) -> r.Filing:
    """The filing that a dated report becomes, in the round it was due for.

    Raises RefusedError before filings are taken at all.
    """
    assert report.received_at is not None
    before = _corrected(judgement, report)
    return r.Filing(
        code=code,
        line=report.line,
        round=before.round if before else _round_for(judgement, report, settings),
        received_at=report.received_at,
        value=report.value,
        text=report.text,
        next_step=report.next_step,
        reason=report.reason,
        remedy=report.remedy,
        expected_on=report.expected_on,
        experience=report.experience,
        is_done=report.is_done,
        no_event=report.no_event,
        no_change=report.no_change,
        way=report.way,
        filed_by=report.filed_by,
        corrects=report.corrects or (before.code if before else None),
        first_received_at=before.due_received_at if before else None,
    )


def as_filing(judgement: Judgement, report: Report, settings: Settings) -> r.Filing | None:
    """`filing_from`; None before filings are taken at all."""
    with suppress(RefusedError):
        return filing_from(judgement, report, settings)
    return None


def _corrected(judgement: Judgement, report: Report) -> r.Filing | None:
    """The filing that a report takes the place of: the one named, else the last where it was
    returned or still waits and nothing newer has been asked for since."""
    books = judgement.books
    last = books.last_filed.get(report.line)
    if last is None or report.corrects == last.code:
        return last
    reply = books.last_replies.get(report.line)
    is_unsettled = reply is None or reply.verdict is ReviewVerdict.RETURNED
    state = _state(judgement, report.line)
    is_asked_anew = state is not None and state.is_open
    return last if is_unsettled and not is_asked_anew else None


def _state(judgement: Judgement, line: str) -> LineState | None:
    return judgement.by_line.get(line)


def _round_for(judgement: Judgement, report: Report, settings: Settings) -> str:
    """The code of the round a report belongs to: the one it was due for, however late it comes.

    What was not due belongs to the week in which it is received.
    """
    plan, received_at, times = judgement.books.plan, report.received_at, times_of(settings)
    assert received_at is not None
    state = _state(judgement, report.line)
    missed = state.round if state and state.freshness is Freshness.MISSING else None
    if missed and received_at >= missed.begins_at:
        return missed.code
    found = round_at(received_at, plan.in_use_from, times)
    found = found or round_collecting(received_at, plan.in_use_from, times)
    if found is None:
        told = f"启用日{wording.full_day(plan.in_use_from)}之前不收填报"
        raise RefusedError(Fault("plan", plan.code, None, told))
    return found.code
