"""Days, weeks, months and cycles as an office counts them, all in Shanghai time.

Spans of figures are open at their start and closed at their end: (figures_from, figures_to].
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Self

import chinese_calendar

from dashboard import wording

SHANGHAI: Final = wording.SHANGHAI
ONE_DAY: Final = timedelta(days=1)

_CYCLE_MONTHS: Final = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}


class Clock:
    """The one clock; whoever needs the time is handed a clock or an instant."""

    def now(self) -> datetime:
        """This instant in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day it is in Shanghai."""
        return shanghai_day(self.now())


@dataclass(frozen=True)
class FixedClock(Clock):
    """A clock that stands still at an aware instant: practice and tests."""

    at: datetime

    def __post_init__(self) -> None:
        _aware(self.at)

    def now(self) -> datetime:
        """The instant at which the clock stands, in UTC."""
        return self.at.astimezone(UTC)


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant


def shanghai_day(instant: datetime) -> date:
    """The day in Shanghai that holds the instant. Raises ValueError for a naive one."""
    return _aware(instant).astimezone(SHANGHAI).date()


def at_time(day: date, moment: time) -> datetime:
    """The UTC instant of a Shanghai day and time."""
    return datetime.combine(day, moment, SHANGHAI).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The last microsecond of a Shanghai day as a UTC instant."""
    return at_time(day, time.max)


# Working days: the State Council's yearly arrangement, with its make-up working days (调休)


@lru_cache
def is_announced(year: int) -> bool:
    """Whether the year's holiday arrangement is known."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=8192)
def is_working_day(day: date) -> bool:
    """By the arrangement of the year; where that is not announced, Monday to Friday."""
    if not is_announced(day.year):
        return day.weekday() < 5
    return bool(chinese_calendar.is_workday(day))


def unannounced_note(years: set[int]) -> str:
    """What a page says of years without a known arrangement; empty where all are known."""
    unknown = "、".join(str(year) for year in sorted(years) if not is_announced(year))
    return f"{unknown}年放假安排尚未公布，暂按周一至周五为工作日" if unknown else ""


def working_days_on(day: date, count: int) -> date:
    """The day `count` working days after."""
    while count:
        day += ONE_DAY
        count -= is_working_day(day)
    return day


def working_days_back(day: date, count: int) -> date:
    """The day `count` working days before."""
    while count:
        day -= ONE_DAY
        count -= is_working_day(day)
    return day


def working_day_from(day: date) -> date:
    """The day itself where it is a working day, else the next one."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def holiday_name(day: date) -> str:
    """Names of the holidays in the unbroken rest around a day: 中秋、国庆; empty without one."""
    first = last = day
    while not is_working_day(first - ONE_DAY):
        first -= ONE_DAY
    while not is_working_day(last + ONE_DAY):
        last += ONE_DAY
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return "、".join(dict.fromkeys(name for each in days if (name := _own_holiday(each))))


def _own_holiday(day: date) -> str:
    if not is_announced(day.year) or is_working_day(day):
        return ""
    _, name = chinese_calendar.get_holiday_detail(day)
    # 国庆假期 and 春节假期 are how notices write them, 国庆节假期 is not.
    return chinese_calendar.Holiday(name).chinese.replace("国庆节", "国庆") if name else ""


# Weeks and months


@dataclass(frozen=True, order=True)
class Week:
    """Monday to Sunday, numbered by ISO 8601."""

    monday: date

    def __post_init__(self) -> None:
        if self.monday.weekday():
            raise ValueError(f"{self.monday} is not a Monday")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The week of a code such as 2023-W38. Raises ValueError in Chinese."""
        try:
            year, number = re.fullmatch(r"(\d{4})-W(\d{2})", text.strip()).groups()  # type: ignore[union-attr]
            return cls(date.fromisocalendar(int(year), int(number), 1))
        except (AttributeError, ValueError):
            raise ValueError(f"没有“{text}”这一周，周次应写作“2023-W38”") from None

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def code(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02d}"

    @property
    def name(self) -> str:
        return wording.week_name(self.monday)

    @property
    def previous(self) -> "Week":
        return Week(self.monday - timedelta(days=7))

    @property
    def next(self) -> "Week":
        return Week(self.monday + timedelta(days=7))


def week_of(day: date) -> Week:
    """The week that holds the day."""
    return Week(day - timedelta(days=day.weekday()))


@dataclass(frozen=True, order=True)
class Month:
    """A month of figures; `cut_day` 25 closes it with the 25th, None with its last day."""

    year: int
    month: int
    cut_day: int | None = None

    @classmethod
    def parse(cls, text: str, cut_day: int | None = None) -> Self:
        """The month of a code such as 2023-09. Raises ValueError in Chinese."""
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text.strip())
        if not found:
            raise ValueError(f"没有“{text}”这个月，月份应写作“2023-09”")
        return cls(int(found[1]), int(found[2]), cut_day)

    @property
    def code(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def name(self) -> str:
        return wording.month(self.year, self.month)

    @property
    def cut_on(self) -> date:
        """The last day whose figures count for this month."""
        last = calendar.monthrange(self.year, self.month)[1]
        return date(self.year, self.month, min(self.cut_day or last, last))

    @property
    def figures_from(self) -> datetime:
        return self.previous.figures_to

    @property
    def figures_to(self) -> datetime:
        return end_of(self.cut_on)

    @property
    def previous(self) -> "Month":
        return self._shifted(-1)

    @property
    def next(self) -> "Month":
        return self._shifted(1)

    def _shifted(self, months: int) -> "Month":
        years, month = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, month + 1, self.cut_day)


def month_of(instant: datetime, cut_day: int | None = None) -> Month:
    """The month whose figures hold the instant: with cut 25, that of 26 September is October."""
    day = shanghai_day(instant)
    month = Month(day.year, day.month, cut_day)
    return month if day <= month.cut_on else month.next


# Cycles


@dataclass(frozen=True)
class Period:
    """One cycle of a cadence."""

    code: str
    name: str
    first_day: date
    last_day: date


def period_of(recurrence: str, day: date) -> Period:
    """The whole cycle that holds a day. Raises ValueError for once, ongoing and unknown words."""
    if recurrence == "weekly":
        week = week_of(day)
        return Period(week.code, week.name, week.monday, week.sunday)
    if recurrence not in _CYCLE_MONTHS:
        raise ValueError(f"{recurrence} has no cycles")
    length = _CYCLE_MONTHS[recurrence]
    index = (day.month - 1) // length
    last = (index + 1) * length
    code, name = _cycle_words(recurrence, day.year, index + 1)
    end = date(day.year, last, calendar.monthrange(day.year, last)[1])
    return Period(code, name, date(day.year, last - length + 1, 1), end)


def _cycle_words(recurrence: str, year: int, number: int) -> tuple[str, str]:
    if recurrence == "monthly":
        return f"{year}-{number:02d}", wording.month(year, number)
    if recurrence == "quarterly":
        return f"{year}-Q{number}", wording.quarter(year, number)
    if recurrence == "half-yearly":
        return f"{year}-H{number}", wording.half_year(year, number)
    return str(year), wording.whole_year(year)
