"""Practice filings: who reported what in which round, in time, late, returned or closed.

The last ones, in a table of their own, came after the dispatch: they wait for their review.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import FilingWay, ReviewVerdict
from dashboard.posting.plans import OFFICE
from dashboard.practice.diary import Deed, Said
from dashboard.practice.shares import share_reports
from dashboard.practice.tables import Row, record_of, table
from dashboard.rules.rounds import Round

CHECKER = "专家指导工作组"
_OPINIONS = ("经核查，与申请情况一致，符合销号标准。", "现场核查属实，同意销号。")
_WEEKLY_LINE = "l-5-2-2"
_TELEPHONED = (FilingWay.TELEPHONE, FilingWay.MESSAGE, FilingWay.PAPER)


@dataclass(frozen=True)
class Report:
    """A filing with what became of it: `returned` is the reason, `closed_in` a round's code.

    One that `is_last` was filed for nothing that came after: it waits, or stands returned.
    """

    filing: r.Filing
    round: Round
    posted_at: datetime
    is_late: bool = False
    returned: str | None = None
    closed_in: str | None = None
    is_last: bool = False


def filing_deeds(books: Books, rounds: Sequence[Round], rng: Random) -> Iterator[Deed]:
    """Every filing and review of the plan's practice time."""
    rows = [*table(books.plan.code, "filings"), *_weekly(rounds), *share_reports(books, rng)]
    by_code = {each.code: each for each in rounds}
    reports = [_report(books, row, by_code[row["调度周"]], rng) for row in rows]
    last = table(books.plan.code, "waiting")
    reports += [_last(books, row, by_code[row["调度周"]]) for row in last]
    numbered = _numbered(sorted(reports, key=lambda each: each.filing.received_at))
    for report in numbered:
        by_office = report.filing.filed_by == OFFICE
        post = OFFICE if by_office else "联络员"
        action = "代录填报" if by_office else "填报进展"
        yield Deed(report.posted_at, action, post, rows=(report.filing,))
        if report.returned or not report.is_last:
            yield _reviewed(report)
        if report.closed_in:
            yield _closed(report, by_code[report.closed_in], rng)


def _weekly(rounds: Sequence[Round]) -> Iterator[Row]:
    for each in rounds:
        held = f"第{each.number - 1}次调度议定事项已交办" if each.number > 1 else "周调度已安排"
        yield {
            "报送事项": _WEEKLY_LINE,
            "调度周": each.code,
            "进展情况": f"{held}，本周填报已汇总。",
            "下步计划": "逐项跟踪议定事项。",
        }


def _report(books: Books, row: Row, collected: Round, rng: Random) -> Report:
    is_late, returned = row.get("迟报") == "是", row.get("退回意见") or None
    received_at, posted_at = _arrival(collected, rng, is_late=is_late, is_first=bool(returned))
    filing = record_of(r.Filing, row, code="", received_at=received_at)
    line = books.get(r.ReportingLine, filing.line)
    liaison = f"{books.get(r.Unit, line.unit).name}联络员"
    filed_by = OFFICE if filing.way in _TELEPHONED else liaison
    return Report(
        filing=replace(filing, filed_by=filed_by),
        round=collected,
        posted_at=posted_at,
        is_late=is_late,
        returned=returned,
        closed_in=row.get("销号周") or None,
    )


def _last(books: Books, row: Row, collected: Round) -> Report:
    line = books.get(r.ReportingLine, row["报送事项"])
    by = f"{books.get(r.Unit, line.unit).name}联络员"
    filing = record_of(r.Filing, row, code="", filed_by=by)
    returned = row["退回意见"] or None
    return Report(filing, collected, filing.received_at, returned=returned, is_last=True)


def _arrival(
    collected: Round, rng: Random, *, is_late: bool, is_first: bool
) -> tuple[datetime, datetime]:
    """When a report was received and when it stood in the books, from the round's own cut."""
    cut = collected.filing_cut
    if is_late:
        return cut + timedelta(minutes=rng.randint(150, 320)), cut + timedelta(minutes=330)
    if is_first:
        day = cut - timedelta(days=2)
        return day + timedelta(minutes=rng.randint(160, 300)), day + timedelta(hours=6)
    if rng.random() < 0.4:
        day = cut - timedelta(days=1)
        return day + timedelta(minutes=rng.randint(150, 340)), day + timedelta(hours=6)
    return cut - timedelta(minutes=rng.randint(10, 200)), cut


def _numbered(reports: Sequence[Report]) -> Iterator[Report]:
    """Codes in order of receipt; what was filed again names what was returned or still waits."""
    open_: dict[tuple[str, str], r.Filing] = {}
    for number, report in enumerate(reports, start=1):
        code, place = f"F{number:06d}", (report.filing.line, report.round.code)
        filing = replace(report.filing, code=code)
        if before := open_.get(place):
            first = before.due_received_at
            filing = replace(filing, corrects=before.code, first_received_at=first)
        if report.returned or report.is_last:
            open_[place] = filing
        yield replace(report, filing=filing)


def _reviewed(report: Report) -> Deed:
    if report.returned:
        said = Said(report.filing, ReviewVerdict.RETURNED, report.returned)
        at = report.round.filing_cut - timedelta(days=1, hours=2)
        if report.is_last:
            at = report.round.meeting_at + timedelta(hours=6, minutes=10)
        return Deed(at, "退回填报", said=(said,))
    late = report.round.meeting_at + timedelta(hours=7, minutes=30)
    at = late if report.is_late else report.round.review_cut - timedelta(minutes=90)
    return Deed(at, "审核填报", said=(Said(report.filing, ReviewVerdict.ACCEPTED),))


def _closed(report: Report, collected: Round, rng: Random) -> Deed:
    said = Said(report.filing, ReviewVerdict.CLOSED, rng.choice(_OPINIONS))
    at = collected.review_cut - timedelta(minutes=30)
    return Deed(at, "核查销号", CHECKER, said=(said,))
