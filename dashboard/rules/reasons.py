"""Why a light is what it is, in the words that officials use."""

from datetime import date

from dashboard import wording
from dashboard.rules.verdicts import Case


def is_silent(case: Case) -> bool:
    return case.figure.value is None and case.figure.as_of is None


def pace_reason(case: Case, wanted: float, lag: float) -> str:
    assert case.span is not None
    parts = [reached(case)]
    if case.span.due_on == case.today:
        return "，".join((*parts, "尚未完成", time_left(case.span.due_on, case.today)))
    if wanted > 0 and case.item.is_count:
        parts.append(f"应达{figure_words(case, wanted)}")
    if lag > 0:
        parts.append(f"低于序时进度{wording.points(lag / 100)}")
    else:
        parts.append("达到序时进度" if wanted > 0 else "尚无序时要求")
    parts.append(time_left(case.span.due_on, case.today))
    return "，".join(part for part in parts if part)


def time_left(due_on: date, today: date) -> str:
    """The days to a date; "" where it lies so far off that days say nothing."""
    days = (due_on - today).days
    if days > wording.DAYS_TOLD:
        return ""
    return f"距时限{days}天" if days else "今天到期"


def reached(case: Case) -> str:
    value, target = case.figure.value, case.target
    if value is None:
        return "已报告进展" if case.figure.as_of else "尚无填报"
    if case.item.unit == "%":
        return f"完成{wording.percent(value / 100)}"
    if case.item.is_kept or target is None:
        return f"现为{figure_words(case, value)}"
    return f"完成{figure_words(case, value)}（目标{figure_words(case, target)}）"


def carried_words(case: Case) -> str:
    if case.carried is None:
        return ""
    none = "" if case.carried.filed else "（无填报）"
    gap = figure_words(case, case.carried.gap)
    return f"{case.carried.year}年度未完成{none}，差{gap}{'结转本年' if case.owed else ''}；"


def figure_words(case: Case, value: float | None) -> str:
    return wording.number(value, case.item.unit)
