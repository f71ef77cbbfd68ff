"""Progress on a reporting line: a filing is added, and never changed afterwards."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Engine

from dashboard.access.rights import Right, may
from dashboard.access.viewer import OFFICE_POST, Viewer, standing
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load, load_plan
from dashboard.ledgers.terms import (
    FilingWay,
    Method,
    Part,
    Recurrence,
    Via,
)
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.plans import now_of
from dashboard.posting.reviews import accept_filing
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.figures import year_of
from dashboard.rules.rounds import RoundTimes, round_at, round_collecting


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a unit says of one line. `value` is the sum so far, in the item's unit or percent.

    `received_at` is when the office got it, else now; `corrects` names an earlier filing.
    """

    line: str
    value: float | None = None
    text: str | None = None
    next_step: str | None = None
    reason: str | None = None
    remedy: str | None = None
    expected_on: date | None = None
    is_done: bool = False
    no_event: bool = False
    way: FilingWay = FilingWay.SELF
    filed_by: str = "联络员"
    received_at: datetime | None = None
    corrects: str | None = None


def file_progress(
    engine: Engine, viewer: Viewer, plan: str, report: Report, times: RoundTimes
) -> str:
    """Add a filing for the round that collects it and return its code.

    What the office enters itself is accepted at once; what a liaison files waits for its review,
    and is signed and dated by nobody else. Raises RefusedError, and ForbiddenError for another
    unit's line.
    """
    now = now_of(load_plan(engine, plan))
    books = load(engine, plan, now)
    line = books.find(r.ReportingLine, report.line)
    if line is None:
        raise RefusedError(
            Fault("reporting_line", report.line, None, "报送事项不存在，请刷新后重选")
        )
    received_at = report.received_at or now
    report = replace(report, received_at=received_at)
    units = frozenset({line.unit})
    post = report.filed_by if may(viewer, Right.REVIEW, plan) else None
    signature = Signature(viewer, Right.FILE, "填报进展", units, post=post)
    with entry(engine, plan, signature) as opened:
        accept = may(standing(opened.connection, viewer), Right.REVIEW, plan)
        if not accept:
            received_at = now
            report = replace(report, filed_by=viewer.post, way=FilingWay.SELF, received_at=now)
        if faults := _faults(books, line, report, now):
            raise RefusedError(*faults)
        collecting = round_for(books.plan, received_at, times)
        return add_filing(opened, books, report, (collecting, received_at), accept=accept)


def round_for(plan: r.Plan, received_at: datetime, times: RoundTimes) -> str:
    """The code of the round a filing belongs to: that of the week in which it is received."""
    found = round_at(received_at, plan.in_use_from, times)
    found = found or round_collecting(received_at, plan.in_use_from, times)
    if found is None:
        started = plan.in_use_from.isoformat()
        raise RefusedError(Fault("plan", plan.code, "started_on", f"启用日{started}之前不收填报"))
    return found.code


def add_filing(
    opened: Entry,
    books: Books,
    report: Report,
    when: tuple[str, datetime],
    *,
    accept: bool,
) -> str:
    """Add a checked report in an open posting; `when` is its round and when it was received."""
    code = opened.next_code("filing", "F")
    kept = {name: getattr(report, name) for name in _KEPT}
    filing = r.Filing(code=code, round=when[0], received_at=when[1], **kept)
    opened.add(filing)
    if accept:
        accept_filing(opened, books, filing, by_post=OFFICE_POST)
    return code


_KEPT = (
    "line",
    "value",
    "text",
    "next_step",
    "reason",
    "remedy",
    "expected_on",
    "is_done",
    "no_event",
    "way",
    "filed_by",
    "corrects",
)


def _faults(books: Books, line: r.ReportingLine, report: Report, now: datetime) -> list[Fault]:
    def fault(field: str, message: str) -> Fault:
        return Fault("filing", line.code, field, message)

    found = []
    if line.via is not Via.FILING:
        found.append(fault("line", f"该事项的数据取自{line.via.label}，不需填报"))
    if report.received_at and report.received_at > now:
        found.append(fault("received_at", "收到时间不能晚于现在"))
    said = (report.value, report.text, report.is_done or None, report.no_event or None)
    if all(each is None for each in said):
        found.append(fault("value", "请填写完成值或进展情况"))
    last = books.last_filed.get(line.code)
    if report.corrects and (last is None or last.code != report.corrects):
        found.append(fault("corrects", "只能更正本事项最近一次填报，请刷新后再试"))
    found += [fault("value", message) for message in _value_faults(books, line, report)]
    measure = books.find(r.Measure, line.measure)
    if report.no_event and not (measure and measure.on_event):
        found.append(fault("no_event", "只有遇事启动的事项可以报“本期无事件”"))
    return found


def _value_faults(books: Books, line: r.ReportingLine, report: Report) -> list[str]:
    value = report.value
    if value is None:
        return []
    if value < 0:
        return ["不能为负数"]
    indicator = books.find(r.Indicator, line.indicator)
    is_share = indicator is None or (indicator.unit == "%" and indicator.host_list is None)
    if is_share and value > 100:
        return ["百分比应在0至100之间"]
    if indicator is None or indicator.method not in (Method.SUM, Method.HOSTS_MET):
        return []
    found = [] if float(value).is_integer() else ["应为整数"]
    found += _too_many_fault(books, line, indicator, value)
    return [*found, *_falling_fault(books, line, indicator, report)]


def _too_many_fault(
    books: Books, line: r.ReportingLine, indicator: r.Indicator, value: float
) -> list[str]:
    hosts = books.find(r.HostList, indicator.host_list)
    if line.part is not Part.TOTAL or indicator.method is not Method.HOSTS_MET:
        return []
    if hosts is None or hosts.total is None or value <= hosts.total:
        return []
    return [f"不应超过应设的{hosts.total}{hosts.unit_word}"]


def _falling_fault(
    books: Books, line: r.ReportingLine, indicator: r.Indicator, report: Report
) -> list[str]:
    before = books.last_accepted.get(line.code)
    if indicator.method is not Method.SUM or before is None or before.value is None:
        return []
    deadlines = books.by(r.Deadline, "indicator")[indicator.code]
    yearly = any(each.recurrence is Recurrence.YEARLY for each in deadlines)
    day = shanghai_day(report.received_at or before.received_at)
    begins_anew = yearly and year_of(before) != day.year
    if report.corrects or begins_anew or (report.value or 0) >= before.value:
        return []
    return [f"累计值不应小于上次填报的{before.value:g}；如属更正，请勾选“更正上次填报”"]
