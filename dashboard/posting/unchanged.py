"""其余均无变化: what may be filed again as it stands, and what has to be said anew."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.shape import label_of
from dashboard.ledgers.terms import FilingWay
from dashboard.posting.filing_faults import filing_faults
from dashboard.posting.progress import Report, as_filing
from dashboard.rules.asking import DELAY, Ask, needs_reason, to_file, verdict_with
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.judgement import Judgement
from dashboard.rules.prefill import delay_of, why_not_unchanged
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
        why = "有未提交的草稿" if ask.line.code in drafted else why_not_unchanged(judgement, ask)
        if ask.standing is not None and not why:
            seen = ask.last.code if ask.last else None
            report = carried_on(replace(like, line=ask.line.code, seen=seen), ask.standing)
            report, why = _with_reason(judgement, settings, ask.standing, report)
        if why:
            left_out.append((ask, why))
        else:
            reports.append(report)
    return Unchanged(tuple(reports), tuple(left_out))


def carried_on(report: Report, standing: r.Filing) -> Report:
    """无变化: what the standing filing said, with whatever the report says anew.

    Why it is late is added by `explained`.
    """
    return replace(
        report,
        value=standing.value,
        text=report.text or standing.text,
        next_step=report.next_step or standing.next_step,
        is_done=report.is_done or standing.is_done,
        no_event=report.no_event or standing.no_event,
        no_change=True,
    )


def explained(report: Report, standing: r.Filing) -> Report:
    """The report with what was last said of the delay and still holds, where it says nothing."""
    assert report.received_at is not None
    said = delay_of(standing, shanghai_day(report.received_at))
    return replace(report, **{name: getattr(report, name) or said[name] for name in DELAY})


def _with_reason(
    judgement: Judgement, settings: Settings, standing: r.Filing, report: Report
) -> tuple[Report, str]:
    """The report with the reason that its light asks for, and why it cannot be filed so."""
    filing = as_filing(judgement, report, settings)
    if filing is None:
        return report, "尚未到填报时间"
    verdict = verdict_with(judgement.books, settings, filing)
    if verdict is not None and needs_reason(verdict):
        report = explained(report, standing)
        missing = [name for name in DELAY if getattr(report, name) is None]
        if report.way is FilingWay.SELF and missing:
            return report, f"将显示“{verdict.word}”，{_ask_for(judgement, standing, missing)}"
        filing = as_filing(judgement, report, settings) or filing
    faults = filing_faults(judgement.books, settings, filing, filing.received_at)
    return report, "；".join(each.message for each in faults)


def _ask_for(judgement: Judgement, standing: r.Filing, missing: list[str]) -> str:
    if missing == ["expected_on"] and standing.expected_on:
        day = wording.day(standing.expected_on, judgement.today.year)
        return f"上次填的预计完成时间{day}已过，请重新填写"
    return f"请填写{'、'.join(label_of('filing', name) for name in missing)}"
