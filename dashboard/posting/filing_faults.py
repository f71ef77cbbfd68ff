"""What keeps a filing out of the books: figures that cannot be, and reasons that are missing."""

import math
from collections.abc import Iterator
from datetime import datetime, time
from typing import NamedTuple

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import FilingWay, Method, Part, Via
from dashboard.posting.faults import Fault
from dashboard.rules.asking import DELAY, needs_reason, verdict_with
from dashboard.rules.calendar import at_time, shanghai_day
from dashboard.rules.coverage import owed_in_all
from dashboard.rules.figures import begins_anew, year_of
from dashboard.rules.items import item_of
from dashboard.settings import Settings


def filing_faults(books: Books, settings: Settings, filing: r.Filing, now: datetime) -> list[Fault]:
    """Everything that is wrong with a filing not yet in the books."""
    line = books.get(r.ReportingLine, filing.line)
    said = [
        *_about_the_line(books, line, filing),
        *_about_days(books, filing, now),
        *_about_the_value(books, line, filing),
    ]
    said = said or list(_about_the_delay(books, settings, filing))
    return [Fault("filing", filing.line, *each) for each in said]


class _Said(NamedTuple):
    """A field and what is wrong with it, most often as a whole sentence."""

    field: str
    message: str
    is_whole: bool = True


Said = Iterator[_Said]
MOST = 1e10
"""No plan counts so far; an identity or mobile number typed into the wrong field is larger."""


def _about_the_line(books: Books, line: r.ReportingLine, filing: r.Filing) -> Said:
    if line.via is not Via.FILING:
        yield _Said("line", f"该事项的数据取自{line.via.label}，不需填报")
    said = (filing.value, filing.text, filing.is_done or None, filing.no_event or None)
    if all(each is None for each in said):
        yield _Said("value", "数值和进展情况不能都为空，请至少填写一项")
    last = books.last_filed.get(line.code)
    if filing.corrects and (last is None or last.code != filing.corrects):
        yield _Said("corrects", "只能更正本事项最近一次填报，请刷新后再试")
    measure = books.find(r.Measure, line.measure)
    if filing.no_event and not (measure and measure.on_event):
        yield _Said("no_event", "只有遇事启动的事项可以报“本期无事件”")
    if filing.no_change and last is None:
        yield _Said("no_change", "尚无填报，不能报“无变化”，请填写进展")


def _about_days(books: Books, filing: r.Filing, now: datetime) -> Said:
    if filing.received_at > now:
        yield _Said("received_at", "收到时间不能晚于现在")
    elif filing.received_at < at_time(books.plan.in_use_from, time.min):
        yield _Said("received_at", f"启用日{wording.full_day(books.plan.in_use_from)}之前不收填报")
    if filing.expected_on and filing.expected_on < shanghai_day(filing.received_at):
        yield _Said("expected_on", "不能早于填报当天", is_whole=False)


def _about_the_value(books: Books, line: r.ReportingLine, filing: r.Filing) -> Said:
    value = filing.value
    if value is None:
        return
    indicator = books.find(r.Indicator, line.indicator)
    is_share = indicator is None or (indicator.unit == "%" and indicator.host_list is None)
    if not math.isfinite(value) or value >= MOST:
        yield _Said("value", "数字过大或无效，请核对")
    elif value < 0:
        yield _Said("value", "不能为负数", is_whole=False)
    elif is_share and value > 100:
        yield _Said("value", "百分比应在0至100之间")
    elif indicator is not None and indicator.method.is_counted:
        found = [] if float(value).is_integer() else ["应为整数"]
        found += _too_many(books, line, indicator, value)
        yield from (_Said("value", each, is_whole=False) for each in found)
        yield from (_Said("value", each) for each in _falling(books, line, indicator, filing))


def _too_many(
    books: Books, line: r.ReportingLine, indicator: r.Indicator, value: float
) -> list[str]:
    hosts = books.find(r.HostList, indicator.host_list)
    if line.part is not Part.TOTAL or indicator.method is not Method.HOSTS_MET:
        return []
    most = owed_in_all(books, hosts) if hosts else None
    if hosts is None or most is None or value <= most:
        return []
    return [f"不应超过应设的{most}{hosts.unit_word}"]


def _falling(
    books: Books, line: r.ReportingLine, indicator: r.Indicator, filing: r.Filing
) -> list[str]:
    before = books.last_accepted.get(line.code)
    if indicator.method is not Method.SUM or before is None or before.value is None:
        return []
    item = item_of(books, line)
    is_of_another_year = item is not None and begins_anew(item, before, year_of(filing))
    last = books.last_filed.get(line.code)
    is_wrong = filing.corrects is not None and filing.corrects != (last and last.code)
    if (
        is_wrong
        or filing.corrects == before.code
        or is_of_another_year
        or (filing.value or 0) >= before.value
    ):
        return []
    return [f"累计值不应小于上次填报的{before.value:g}；如属更正，请勾选“更正上次填报”"]


_REASONS = {
    "reason": "该事项亮黄灯或红灯，请写明原因",
    "remedy": "该事项亮黄灯或红灯，请写明采取的措施",
    "expected_on": "该事项亮黄灯或红灯，请填写预计完成时间",
}


def _about_the_delay(books: Books, settings: Settings, filing: r.Filing) -> Said:
    """Who reports for itself says why it is late; whom the office calls may have said nothing."""
    missing = [name for name in DELAY if getattr(filing, name) is None]
    if filing.way is FilingWay.SELF and missing:
        verdict = verdict_with(books, settings, filing)
        if needs_reason(verdict):
            yield from (_Said(name, _REASONS[name]) for name in missing)
