"""Deadlines and cadences of a clause, and nothing that is only the name or day of a document."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dashboard.policy.cleaning import Line
from dashboard.policy.date_forms import CADENCES, CELLS, DATES, STARTS
from dashboard.policy.findings import Deadline, Recurrence
from dashboard.policy.numerals import count_of

_QUOTED = re.compile(
    r"《[^《》]{0,80}(?:《[^《》]{0,60}》[^《》]{0,40})?》|（[^（）]{0,12}〔\d{4}〕\d+号[^（）]{0,6}）|有效期[^，。；]{0,20}"
)
"""Names and numbers of documents: their years date nothing."""
_PAST = re.compile(
    r"以来|已(?:经)?(?:完成|建成|建立|累计)|共(?:有|计)|截至目前|据.{0,12}统计|印发的|发布的|同比"
)
PLAN_ENDS = {
    "十二": 2015,
    "十三": 2020,
    "十四": 2025,
    "十五": 2030,
    "十六": 2035,
    "十七": 2040,
    "十八": 2045,
}


@dataclass(frozen=True)
class Years:
    """What a year that is not printed is taken from: the day of issue, the year in the title."""

    issued_on: date | None = None
    titled: int | None = None

    @property
    def year(self) -> int | None:
        """The year of a date without one: that of the title, else that of the issue."""
        return self.titled or (self.issued_on.year if self.issued_on else None)


def deadlines_in(clause: str, line: Line, years: Years) -> Iterator[Deadline]:
    """The deadlines and cadences of one paragraph of a clause."""
    taken = _passed_over(line.text)
    for form in DATES:
        for found in form.regex.finditer(line.text):
            if _is_free(found, taken) and not _is_past(line.text, found):
                _take(found, taken)
                yield _dated(clause, line, found, years)
                yield from _further(clause, line, found)
    for recurrence, form in CADENCES:
        for found in form.regex.finditer(line.text):
            if _is_free(found, taken):
                _take(found, taken)
                span = line.span(*found.span())
                yield Deadline(clause, found.group(), None, recurrence, span)


def cell_deadlines(clause: str, cell: Line, years: Years) -> Iterator[Deadline]:
    """The deadline in a cell of a column of dates (完成时限), which prints no 前 and no 到."""
    found = tuple(deadlines_in(clause, cell, years))
    yield from found
    if found:
        return
    if _LASTING.fullmatch(cell.text):
        yield Deadline(clause, cell.text, None, Recurrence.ONGOING, cell.whole)
        return
    for form in CELLS:
        match = form.regex.fullmatch(cell.text)
        if match:
            yield _dated(clause, cell, match, years)
            return


_LASTING = re.compile(
    r"长期(?:坚持|推进)?|持续(?:推进|实施|开展)?|常态化(?:推进|开展)?|常年(?:坚持)?"
)
_ONE_MORE = re.compile(r"[、和](20\d\d)年(?:底|末)?(?=[、和，达底末])")


def _further(clause: str, line: Line, found: re.Match[str]) -> Iterator[Deadline]:
    """The years that follow in one list: 到2023年、2024年、2025年."""
    if not re.fullmatch(r"\D{1,3}20\d\d年底?", found.group()):
        return
    more = _ONE_MORE.match(line.text, found.end())
    while more:
        printed, span = more.group()[1:], line.span(more.start() + 1, more.end())
        yield Deadline(clause, printed, date(int(more[1]), 12, 31), Recurrence.ONCE, span)
        more = _ONE_MORE.match(line.text, more.end())


def _passed_over(text: str) -> bytearray:
    """A mark for each sign that stands in a document's name or in a beginning."""
    taken = bytearray(len(text))
    for found in (*_QUOTED.finditer(text), *STARTS.regex.finditer(text)):
        _take(found, taken)
    return taken


def _take(found: re.Match[str], taken: bytearray) -> None:
    taken[found.start() : found.end()] = b"\x01" * len(found.group())


def _is_free(found: re.Match[str], taken: bytearray) -> bool:
    return not any(taken[found.start() : found.end()])


def _is_past(text: str, found: re.Match[str]) -> bool:
    """Whether a sentence tells what has been, and asks for nothing."""
    first, last = max(0, found.start() - _FARTHEST), found.end() + _FARTHEST
    start = max(text.rfind(sign, first, found.start()) for sign in "，。；！：")
    start = max(start, first - 1)
    stop = _STOP.search(text, found.end(), last)
    is_alone = stop is not None and stop.start() - found.end() <= _SHORT and stop.group() == "，"
    if stop and is_alone:
        stop = _STOP.search(text, stop.end(), last)
    return _PAST.search(text, start + 1, stop.start() if stop else last) is not None


_STOP = re.compile(r"[，。；]")
_FARTHEST = 200
_SHORT = 3
"""A date with so little behind it belongs to what stands behind the comma."""


def _dated(clause: str, line: Line, found: re.Match[str], years: Years) -> Deadline:
    due_on, is_inferred = _day(found, years)
    span = line.span(*found.span())
    printed = found.group()
    return Deadline(clause, printed, due_on, Recurrence.ONCE, span, is_inferred)


def _day(found: re.Match[str], years: Years) -> tuple[date | None, bool]:
    """The day, and whether its year was inferred; None where that cannot be done."""
    held = found.groupdict()
    if held.get("plan"):
        return date(PLAN_ENDS[held["plan"]], 12, 31), False
    if held.get("years"):
        return _so_many_years_on(count_of(held["years"]), years), True
    printed = held.get("year") or held.get("since")
    year = int(printed) if printed else None
    is_inferred = year is None
    if year is None:
        year = years.year
    if year is None:
        return None, True
    return _end_of(year, held), is_inferred


def _so_many_years_on(number: int | None, years: Years) -> date | None:
    """利用3年时间 of a plan of June 2023 ends with 2025: the year of issue is the first."""
    if years.year is None or not number:
        return None
    return date(years.year + number - 1, 12, 31)


def _end_of(year: int, held: dict[str, str | None]) -> date:
    month, day, part = held.get("month"), held.get("day"), held.get("part")
    if part:
        month = str(_LAST_MONTH[part.lstrip("第")])
    if month is None:
        return date(year, 12, 31)
    last = calendar.monthrange(year, int(month))[1]
    return date(year, int(month), min(int(day), last) if day else last)


_LAST_MONTH = {
    "上半年": 6,
    "下半年": 12,
    **{f"{sign}季度": 3 * number for number, sign in enumerate("一二三四", start=1)},
    **{f"{number}季度": 3 * number for number in range(1, 5)},
}
