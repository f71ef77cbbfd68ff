"""How dates, numbers, weeks and shares are written: one way for pages, sheets and documents.

Sources: GB/T 15834 and 15835 for numerals and punctuation, GB/T 9704 for dates.
"""

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from zoneinfo import ZoneInfo

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
BLANK: Final = "—"

_DIGITS: Final = "一二三四五六七八九"
DAYS_TOLD: Final = 366
"""Nobody counts 831 days: beyond a year the date alone is written."""
_RATES: Final = ("%", "‰", "万分之")
_LAST: Final = 10**6


# Dates


def day(d: date, year: int | None = None) -> str:
    """9月22日 where `year` is already plain to the reader, else 2023年9月22日."""
    return f"{d.month}月{d.day}日" if d.year == year else full_day(d)


def full_day(d: date) -> str:
    """2023年9月22日."""
    return f"{d.year}年{d.month}月{d.day}日"


def day_range(first: date, last: date, year: int | None = None) -> str:
    """6月5日—6月11日; with its years where the two differ or `year` is another one."""
    plain = first.year if year is None else year
    if first.year != last.year:
        return f"{full_day(first)}—{full_day(last)}"
    if first == last:
        return day(first, plain)
    return f"{day(first, plain)}—{day(last, first.year)}"


def clock_time(moment_: datetime) -> str:
    """9:00 in Shanghai. Raises ValueError for a naive time."""
    local = _local(moment_)
    return f"{local.hour}:{local.minute:02d}"


def moment(moment_: datetime, year: int | None = None) -> str:
    """2023年9月22日9:00 in Shanghai. Raises ValueError for a naive time."""
    return day(_local(moment_).date(), year) + clock_time(moment_)


def _local(moment_: datetime) -> datetime:
    if moment_.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment_.astimezone(SHANGHAI)


def month(year: int, month_: int) -> str:
    """2023年9月."""
    return f"{year}年{month_}月"


def quarter(year: int, quarter_: int) -> str:
    """2023年第三季度."""
    return f"{year}年第{numeral(quarter_)}季度"


def half_year(year: int, half: int) -> str:
    """2023年上半年."""
    return f"{year}年{'上' if half == 1 else '下'}半年"


def whole_year(year: int) -> str:
    """2023年度."""
    return f"{year}年度"


def week_name(monday: date) -> str:
    """2023年第23周，6月5日—6月11日. Year and number are those of ISO 8601."""
    year, week, _ = monday.isocalendar()
    return f"{year}年第{week}周，{day_range(monday, monday + timedelta(days=6), year)}"


def meeting_name(number_: int) -> str:
    """第12次调度."""
    return f"第{number_}次调度"


def days_left(due: date, today: date) -> str:
    """还有18天, 今天到期 or 已过18天; "" beyond a year. Never for work without an end."""
    days = (due - today).days
    if days > DAYS_TOLD:
        return ""
    if days == 0:
        return "今天到期"
    return f"还有{days}天" if days > 0 else f"已过{-days}天"


# Numbers


def rounded(value: float | Decimal, digits: int = 0) -> Decimal:
    """Half up on the value as it is printed, so that 2.675 gives 2.68 and never 2.67."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def number(value: float | None, unit: str | None = "") -> str:
    """85, 3.5 or 10000, then the unit; at most two decimals, more only below 0.1; else “—”."""
    if value is None or not math.isfinite(value):
        return BLANK
    # 万分之零点五 is 0.005%: two decimals would double it, two significant figures keep it.
    digits = max(2, 1 - Decimal(str(value)).adjusted()) if value else 0
    figure = rounded(value, digits)
    text = f"{figure:f}".rstrip("0").rstrip(".") if digits else "0"
    return f"{text}{unit or ''}"


SMALLEST_SHOWN: Final = 5


def is_few(number_: int | None) -> bool:
    """Whether a number of persons served is too small to be told."""
    return number_ is not None and 0 < number_ < SMALLEST_SHOWN


def at_least_five(number_: int | None) -> str:
    """How many were served, as it may be shown: 0, 少于5, 28; else “—”.

    One to four would let persons be guessed (个人信息保护法 第二十八条).
    """
    if number_ is None:
        return BLANK
    return f"少于{SMALLEST_SHOWN}" if is_few(number_) else f"{number_}"


def percent(share: float | None) -> str:
    """A share of one as 85%. Below one it is never 100%, above nothing never 0%."""
    if share is None or not math.isfinite(share):
        return BLANK
    whole = int(rounded(100 * Decimal(str(share))))
    if 0 < share < 1:
        whole = min(max(whole, 1), 99)
    return f"{whole}%"


def points(difference: float | None) -> str:
    """The size of a difference of two shares of one (0.22) as 22个百分点."""
    if difference is None or not math.isfinite(difference):
        return BLANK
    size = abs(100 * Decimal(str(difference)))
    if 0 < size < 1:
        return "不足1个百分点"
    return f"{rounded(size)}个百分点"


def scaled(value: float | None, unit: str | None) -> str:
    """A value with the scale of its unit: 80%, 万分之0.5, and 人/10万人 as 每10万人15人."""
    per, rest = _scale(unit)
    return BLANK if number(value) == BLANK else per + _figure(value, rest)


def quantity(
    comparator: str, value: float | None, unit: str | None = "", upper: float | None = None
) -> str:
    """A target in words: 不少于10场次, 不超过12.7%, 达到80%, 10—20平方米.

    `comparator` is one of >=, <=, = and between; between takes `upper`.
    """
    if number(value) == BLANK:
        return BLANK
    per, rest = _scale(unit)
    if comparator == "between":
        low = _figure(value, rest if rest in _RATES else "")
        return f"{per}{low}—{_figure(upper, rest)}"
    words = {">=": _at_least(rest), "<=": "不超过", "=": "达到"}
    return per + words[comparator] + _figure(value, rest)


def _scale(unit: str | None) -> tuple[str, str]:
    """人/10万人 is (每10万人, 人); 每10万人 alone counts people; other units have no scale."""
    unit = unit or ""
    if unit.startswith("每"):
        return unit, "人" if unit.endswith("人") else ""
    rest, slash, base = unit.partition("/")
    return (f"每{base.removeprefix('每')}", rest) if slash else ("", unit)


def _figure(value: float | None, unit: str) -> str:
    return f"{unit}{number(value)}" if unit == "万分之" else number(value, unit)


def _at_least(unit: str) -> str:
    if unit in _RATES:
        return "不低于"
    return "不小于" if unit == "平方米" else "不少于"


# Names and clauses


def join_names(names: Sequence[str], limit: int | None = None, measure: str = "家") -> str:
    """甲、乙、丙; beyond `limit` 甲、乙等5家, where the number counts all."""
    if not names:
        return BLANK
    shown = "、".join(names[:limit])
    return shown if limit is None or len(names) <= limit else f"{shown}等{len(names)}{measure}"


def first_names(names: Sequence[str], limit: int) -> str:
    """甲、乙; beyond `limit` 甲、乙等, where the number stands beside it."""
    return "、".join(names[:limit]) + ("等" if len(names) > limit else "")


def signed(post: str, account: str | None) -> str:
    """Who did it: the post, and the account where there is one."""
    return f"{post}（{account}）" if account else post


def file_size(size: int) -> str:
    """Bytes as people say them: 35 KB, 1.8 MB."""
    if size < 1024 * 1024:
        return f"{max(1, rounded(size / 1024))} KB"
    return f"{rounded(size / 1024 / 1024, 1)} MB"


def numeral(n: int) -> str:
    """Chinese numeral of 1 to 99: 九, 十, 二十三. Raises ValueError beyond."""
    if not 1 <= n <= 99:
        raise ValueError(f"no numeral for {n}")
    tens, ones = divmod(n, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens - 1]}十"
    return lead + (_DIGITS[ones - 1] if ones else "")


_VALUES: Final = {numeral(n): n for n in range(1, 100)}


def clause_key(text: str) -> tuple[tuple[int, ...], str]:
    """Sort key of a clause number: 四（二）1 before 四（十）, both before 附件2·一（一）.

    A place precedes its parts; what holds no number comes last, in the order of its text.
    """
    annex = re.match(r"附件\s*(\d*)", text)
    rest = text[annex.end() :] if annex else text
    parts = re.findall(rf"[{_DIGITS}十]+|\d+", rest)
    levels = [int(part) if part.isdecimal() else _VALUES.get(part, _LAST) for part in parts]
    if annex:
        return (int(annex.group(1) or 1), *levels), text
    return ((0, *levels) if levels else (_LAST,)), text
