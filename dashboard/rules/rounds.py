"""The weekly round: when units file, the office reviews and the meeting sits, holidays minded.

Figures run from cut to cut and the cut is the review's: by then the office has accepted what was
filed, and the lights use accepted filings.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Self

from dashboard import wording
from dashboard.rules.calendar import (
    ONE_DAY,
    Week,
    at_time,
    end_of,
    holiday_name,
    is_working_day,
    shanghai_day,
    unannounced_note,
    week_of,
    working_day_from,
    working_days_back,
)

_WEEKDAYS: Final = "一二三四五六日"


@dataclass(frozen=True, order=True)
class WeekTime:
    """A time of the ordinary week, Monday to Friday; `weekday` 0 is Monday."""

    weekday: int
    at: time

    @classmethod
    def parse(cls, text: str) -> Self:
        """周四 12:00. Raises ValueError in Chinese."""
        found = re.fullmatch(r"周([一二三四五六日])\s*(\d{1,2})[:：](\d{2})", text.strip())
        if not found or int(found[2]) > 23 or int(found[3]) > 59:
            raise ValueError(f"“{text}”不是时间，应写作“周四 12:00”")
        weekday = _WEEKDAYS.index(found[1])
        if weekday > 4:
            raise ValueError(f"“{text}”是周末，填报、审核和调度应安排在周一至周五")
        return cls(weekday, time(int(found[2]), int(found[3])))

    def on(self, week: Week) -> date:
        """The day in a week, holidays not minded."""
        return week.monday + timedelta(days=self.weekday)


@dataclass(frozen=True)
class RoundTimes:
    """The office's custom. `month_cut_day` None is the month's last day.

    A meeting brought forward to fewer than `merge_after_days` days after the one before it, or
    any that falls on a holiday where `moves_before` is false, merges with the next week's.
    """

    filing: WeekTime
    review: WeekTime
    meeting: WeekTime
    month_cut_day: int | None = None
    moves_before: bool = True
    merge_after_days: int = 1

    @classmethod
    def parse(
        cls,
        *,
        filing: str,
        review: str,
        meeting: str,
        month_cut: str | int = "月末",
        holiday: str = "提前",
        merge_after_days: int = 1,
    ) -> Self:
        """From the words of the configuration. Raises ValueError in Chinese."""
        times = [WeekTime.parse(text) for text in (filing, review, meeting)]
        if not times[0] < times[1] < times[2]:
            raise ValueError("填报、审核、调度应在同一周内依次排列，先填报、再审核、后调度")
        if holiday not in ("提前", "合并"):
            raise ValueError(f"逢节假日“{holiday}”不可用，可填“提前”或“合并”")
        cut = _cut_day(month_cut)
        return cls(times[0], times[1], times[2], cut, holiday == "提前", merge_after_days)


def _cut_day(text: str | int) -> int | None:
    if text == "月末":
        return None
    if str(text).isdecimal() and 1 <= int(text) <= 28:
        return int(text)
    raise ValueError(f"月度截止日“{text}”不可用，可填“月末”或1至28")


@dataclass(frozen=True)
class Round:
    """One dispatch. Times are UTC instants; `weeks` are all that it covers, the last is its own.

    `moved_from` is the ordinary day of a meeting that a holiday moved, `merged_weeks` the earlier
    weeks whose own meeting fell to a holiday, `note` what the page says of either.
    """

    number: int
    weeks: tuple[Week, ...]
    filing_cut: datetime
    review_cut: datetime
    meeting_at: datetime
    figures_from: datetime
    moved_from: date | None = None
    merged_weeks: tuple[Week, ...] = ()
    note: str = ""

    @property
    def week(self) -> Week:
        return self.weeks[-1]

    @property
    def code(self) -> str:
        return self.week.code

    @property
    def name(self) -> str:
        return wording.meeting_name(self.number)

    @property
    def meeting_on(self) -> date:
        return shanghai_day(self.meeting_at)

    @property
    def begins_at(self) -> datetime:
        """The first moment of its first week."""
        return at_time(self.weeks[0].monday, time())

    @property
    def figures_to(self) -> datetime:
        return self.review_cut

    def covers(self, day: date) -> bool:
        """Whether the day lies in one of the round's weeks."""
        return self.weeks[0].monday <= day <= self.week.sunday


def rounds(first_day: date, last_day: date, times: RoundTimes) -> tuple[Round, ...]:
    """All rounds of a plan that starts on `first_day`, up to the one that covers `last_day`."""
    if last_day < first_day:
        return ()
    return _rounds(first_day, week_of(last_day).sunday, times)


def round_at(instant: datetime, start: date, times: RoundTimes) -> Round | None:
    """The round whose weeks hold the instant's day; None before the plan's start."""
    day = shanghai_day(instant)
    return next((each for each in reversed(rounds(start, day, times)) if each.covers(day)), None)


def round_collecting(instant: datetime, start: date, times: RoundTimes) -> Round | None:
    """The round whose figures take the instant in: after the cut it is the next one."""
    found = rounds(start, shanghai_day(instant) + timedelta(days=7), times)
    spans = (each for each in found if each.figures_from < instant <= each.figures_to)
    return next(spans, None)


def stands_until(now: datetime, start: date, times: RoundTimes) -> datetime:
    """The last instant of this day at which everything is judged as it is now.

    That is the day's end, or on the day of a cut the moment before it: what is due at noon is not
    missing in the morning. Of one day there are so but a few instants to judge.
    """
    day = shanghai_day(now)
    ahead = rounds(start, day + timedelta(days=7), times)
    cuts = (cut for each in ahead for cut in (each.filing_cut, each.review_cut, each.meeting_at))
    coming = [cut for cut in cuts if now < cut and shanghai_day(cut) == day]
    return min(coming) - timedelta(microseconds=1) if coming else end_of(day)


@lru_cache(maxsize=256)
def _rounds(first_day: date, last_day: date, times: RoundTimes) -> tuple[Round, ...]:
    found: list[Round] = []
    week = week_of(first_day)
    waiting: tuple[Week, ...] = ()
    while waiting or week.monday <= last_day:
        waiting = (*waiting, week)
        days = _days(week, times, first_day, found[-1].meeting_on if found else None)
        if days:
            found.append(_round(waiting, days, times, (first_day, found)))
            waiting = ()
        week = week.next
    return tuple(found)


Days = tuple[date, date, date]


def _ordinary(week: Week, times: RoundTimes) -> Days:
    return times.filing.on(week), times.review.on(week), times.meeting.on(week)


def _days(week: Week, times: RoundTimes, first_day: date, previous: date | None) -> Days | None:
    """Days of filing, review and meeting in a week, None where it has no room for a round.

    Filing and review keep their distance to the meeting in working days, but are never asked for
    before the plan starts or on the day of the meeting before.
    """
    meeting = _meeting_day(week, times, previous)
    if meeting is None:
        return None
    earliest = previous + ONE_DAY if previous else first_day
    ordinary = _ordinary(week, times)
    if ordinary[0] >= earliest and all(is_working_day(day) for day in ordinary):
        return ordinary
    filing, review = (
        working_days_back(meeting, times.meeting.weekday - each.weekday)
        for each in (times.filing, times.review)
    )
    filing = max(filing, working_day_from(earliest))
    days = filing, max(filing, review), meeting
    cuts = _instants(days, times)
    return days if cuts[0] < cuts[1] < cuts[2] else None


def _meeting_day(week: Week, times: RoundTimes, previous: date | None) -> date | None:
    day = ordinary = times.meeting.on(week)
    while not is_working_day(day):
        day -= ONE_DAY
        if day < week.monday or not times.moves_before:
            return None
    too_soon = previous and (day - previous).days < times.merge_after_days
    return None if day != ordinary and too_soon else day


def _instants(days: Days, times: RoundTimes) -> tuple[datetime, datetime, datetime]:
    filing, review, meeting = days
    return (
        at_time(filing, times.filing.at),
        at_time(review, times.review.at),
        at_time(meeting, times.meeting.at),
    )


def _round(
    weeks: tuple[Week, ...],
    days: Days,
    times: RoundTimes,
    before: tuple[date, list[Round]],
) -> Round:
    first_day, earlier = before
    filing, review, meeting = _instants(days, times)
    ordinary = _ordinary(weeks[-1], times)
    # A plan that starts on a Friday has no meeting that day: nothing was cancelled.
    merged = tuple(week for week in weeks[:-1] if earlier or _rest_name(week))
    notes = [_merged_note(week, days[2]) for week in merged]
    notes += [_moved_note(ordinary, days), unannounced_note({day.year for day in ordinary})]
    return Round(
        number=len(earlier) + 1,
        weeks=weeks,
        filing_cut=filing,
        review_cut=review,
        meeting_at=meeting,
        figures_from=earlier[-1].figures_to if earlier else end_of(first_day - ONE_DAY),
        moved_from=ordinary[2] if ordinary[2] != days[2] else None,
        merged_weeks=merged,
        note="；".join(note for note in notes if note),
    )


def _rest_name(week: Week) -> str:
    """The holidays that take working days from a week."""
    days = (week.monday + timedelta(days=n) for n in range(5))
    rests = (holiday_name(day) for day in days if not is_working_day(day))
    return "、".join(dict.fromkeys("、".join(rests).split("、")))


def _merged_note(week: Week, meeting: date) -> str:
    span = wording.day_range(week.monday, week.sunday, meeting.year)
    held = wording.day(meeting, week.sunday.year)
    return f"{span}适逢{_rest_name(week)}假期，当周调度并入{held}的调度"


def _moved_note(ordinary: Days, days: Days) -> str:
    if ordinary[2] != days[2]:
        held = wording.day(days[2], ordinary[2].year)
        return f"{_rest(ordinary[2])}，本次调度提前至{held}"
    lost = [day for day in ordinary[:2] if not is_working_day(day)]
    if not lost:
        return ""
    what, day = ("审核", days[1]) if days[0] == ordinary[0] else ("填报", days[0])
    return f"{_rest(lost[0])}，本次{what}调整至{wording.day(day, lost[0].year)}"


def _rest(day: date) -> str:
    return f"{wording.day(day, day.year)}适逢{holiday_name(day)}假期"
