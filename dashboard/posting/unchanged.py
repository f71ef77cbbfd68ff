"""其余均无变化: what may be filed again as it stands, and what has to be said anew."""

from collections.abc import Container, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import label_of
from dashboard.ledgers.terms import FilingWay
from dashboard.posting.faults import RefusedError
from dashboard.posting.filing_faults import filing_faults
from dashboard.posting.progress import Report, round_for
from dashboard.rules.asking import Ask, Stage, needs_reason, to_file, verdict_with
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.judgement import Judgement, times_of
from dashboard.rules.prefill import begins_anew
from dashboard.settings import Settings


@dataclass(frozen=True)
class Unchanged:
    """The reports that one click files, and each line left out with why."""

    reports: tuple[Report, ...]
    left_out: tuple[tuple[Ask, str], ...]


def unchanged_reports(
    judgement: Judgement,
    asks: Iterable[Ask],
    settings: Settings,
    *,
    like: Report,
    drafted: Container[str] = (),
) -> Unchanged:
    """Reports that carry on the last filing on every line that is due.

    `like` says how it came: way, post and moment of receipt. A line with a draft (`drafted`), a
    returned one and one whose light wants a reason that no longer holds are left out.
    """
    reports: list[Report] = []
    left_out: list[tuple[Ask, str]] = []
    for ask in to_file(asks):
        why = _why_not(judgement, ask, drafted)
        report = None if why or ask.standing is None else _carried(like, ask, ask.standing)
        if report is not None:
            report, why = _with_reason(judgement, settings, ask, report)
        if report is None or why:
            left_out.append((ask, why))
        else:
            reports.append(report)
    return Unchanged(tuple(reports), tuple(left_out))


def as_filing(judgement: Judgement, report: Report, settings: Settings) -> r.Filing | None:
    """The filing that a dated report would become; None before filings are taken at all."""
    assert report.received_at is not None
    last = judgement.books.last_filed.get(report.line)
    if last is not None and report.corrects == last.code:
        return _filing(report, last.round, report.received_at)
    with suppress(RefusedError):
        code = round_for(judgement, report.line, report.received_at, times_of(settings))
        return _filing(report, code, report.received_at)
    return None


def _filing(report: Report, round_code: str, received_at: datetime) -> r.Filing:
    return r.Filing(
        code="",
        line=report.line,
        round=round_code,
        received_at=received_at,
        value=report.value,
        text=report.text,
        next_step=report.next_step,
        reason=report.reason,
        remedy=report.remedy,
        expected_on=report.expected_on,
        is_done=report.is_done,
        no_event=report.no_event,
        no_change=report.no_change,
        way=report.way,
        filed_by=report.filed_by,
        corrects=report.corrects,
    )


def _why_not(judgement: Judgement, ask: Ask, drafted: Container[str]) -> str:
    """What keeps a line out before anything of it is looked at; "" where nothing does."""
    if ask.stage is Stage.RETURNED:
        return "已被退回，请按退回意见修改后提交"
    if ask.line.code in drafted:
        return "有未提交的草稿"
    if ask.standing is None:
        return "尚无填报，请填写进展"
    if begins_anew(judgement.books, ask, judgement.today):
        return "按年度计数，请填写本年度完成值"
    return ""


def _carried(like: Report, ask: Ask, standing: r.Filing) -> Report:
    """The standing filing said once more; why it is late is added where that is still asked."""
    return replace(
        like,
        line=standing.line,
        seen=ask.last.code if ask.last else None,
        value=standing.value,
        text=standing.text,
        next_step=standing.next_step,
        is_done=standing.is_done,
        no_event=standing.no_event,
        no_change=True,
    )


def _with_reason(
    judgement: Judgement, settings: Settings, ask: Ask, report: Report
) -> tuple[Report | None, str]:
    """The report with the reason that its light asks for, or why it cannot be filed so."""
    filing = as_filing(judgement, report, settings)
    if filing is None:
        return None, "尚未到填报时间"
    verdict = verdict_with(judgement.books, settings, filing)
    if verdict is not None and needs_reason(verdict):
        report = _explained(report, ask)
        if report.way is FilingWay.SELF and (missing := _missing(report)):
            return None, f"将显示“{verdict.word}”，{_ask_for(judgement, ask, missing)}"
        filing = as_filing(judgement, report, settings) or filing
    faults = filing_faults(judgement.books, settings, filing, filing.received_at)
    return report, "；".join(each.message for each in faults)


_REASONS = ("reason", "remedy", "expected_on")


def _explained(report: Report, ask: Ask) -> Report:
    """With reason, measure and date as last given; a date that has passed is no answer."""
    standing = ask.standing
    assert standing is not None
    assert report.received_at is not None
    day, expected_on = shanghai_day(report.received_at), standing.expected_on
    return replace(
        report,
        reason=standing.reason,
        remedy=standing.remedy,
        expected_on=expected_on if expected_on and expected_on >= day else None,
    )


def _missing(report: Report) -> list[str]:
    return [name for name in _REASONS if getattr(report, name) is None]


def _ask_for(judgement: Judgement, ask: Ask, missing: list[str]) -> str:
    passed = ask.standing.expected_on if ask.standing else None
    if missing == ["expected_on"] and passed:
        day = wording.day(passed, judgement.today.year)
        return f"上次填的预计完成时间{day}已过，请重新填写"
    return f"请填写{'、'.join(label_of('filing', name) for name in missing)}"
