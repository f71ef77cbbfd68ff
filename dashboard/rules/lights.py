"""The light of an item: a ladder of early returns, each answer with its reason in a sentence.

蓝 已完成（销号） · 绿 正常 · 黄 滞后 or near its date · 红 far behind or past its date ·
白 未到启动期 · 灰 长期坚持, 未定时限, 无数据 and the like, each its own word.
Thresholds are settings; the rules are design §5.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dashboard import wording
from dashboard.ledgers.terms import DeadlineSource, Recurrence
from dashboard.rules.expectation import Span, expected
from dashboard.rules.figures import Figure
from dashboard.rules.items import DATED, Item
from dashboard.settings import Lights


class Light(StrEnum):
    """The lights, the most urgent first."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    GREY = "grey"
    WHITE = "white"
    BLUE = "blue"


SPEAKS_FIRST = (
    *(Light.RED, Light.YELLOW, "正常", "未定时限", "长期坚持", "期初数", Light.WHITE),
    *("名录待核定", "期初待录", "无数据", Light.GREY, "完成待核", Light.BLUE, "鼓励事项"),
)
"""Of several items of a task, the one that speaks for it: warnings first, then work in hand, then
what is silent; that all is done or merely encouraged is said only where nothing else is left."""


@dataclass(frozen=True)
class Carried:
    """What a year left undone: the year, the gap, and whether anything was filed in it."""

    year: int
    gap: float
    filed: bool


@dataclass(frozen=True)
class Case:
    """All that the ladder looks at; `in_use_from` is 启用日, `waits_for` names what comes first."""

    item: Item
    figure: Figure
    span: Span | None
    today: date
    in_use_from: date
    lights: Lights
    waits_for: str | None = None
    carried: Carried | None = None
    made_up: bool = False
    is_reported: bool = False

    @property
    def owed(self) -> float:
        """What the year before left to be made up; hosts are counted anew each year."""
        return self.carried.gap if self.carried and not self.item.counts_hosts else 0.0

    @property
    def target(self) -> float | None:
        """The target with what was carried over from the year before."""
        own = self.item.target
        return None if own is None else own + self.owed


@dataclass(frozen=True)
class Verdict:
    """A light with its word and reason; shares are of the target, from 0 to 1."""

    light: Light
    word: str
    reason: str
    target: float | None = None
    expected: float | None = None
    share: float | None = None
    expected_share: float | None = None
    lag_points: float = 0.0

    @property
    def is_overdue(self) -> bool:
        """Red because its date has passed."""
        return self.light is Light.RED and (self.word == "逾期" or self.word.endswith("未完成"))

    @property
    def is_lagging(self) -> bool:
        """Yellow or red because it is behind what is expected, or not kept up."""
        return self.word in ("滞后", "严重滞后", "未保持")

    @property
    def rank(self) -> int:
        """Its place among the items of a task: the lowest speaks for it."""
        by_word = self.word if self.word in SPEAKS_FIRST else self.light
        return SPEAKS_FIRST.index(by_word)


def judge(case: Case) -> Verdict:
    """The light of one item on one day, by the first rung that holds."""
    for rung in _LADDER:
        verdict = rung(case)
        if verdict is not None:
            return verdict
    return _pace(case)


def _plain(case: Case, light: Light, word: str, reason: str) -> Verdict:
    carried = _carried_words(case)
    share = _share(case, case.figure.value)
    return Verdict(light, word, f"{carried}{reason}", target=case.target, share=share)


def _closed(case: Case) -> Verdict | None:
    if not case.figure.is_closed:
        return None
    return _plain(case, Light.BLUE, "已完成", f"{_reached(case)}，已核查销号")


def _done(case: Case) -> Verdict | None:
    target, value = case.target, case.figure.value
    short = case.carried and target is not None and value is not None and value < target
    if not case.figure.is_done or short:
        return None
    below = case.figure.below_standard
    rest = f"，其中{below}{case.item.unit}尚未达标" if below else "，待核查销号"
    return _plain(case, Light.GREEN, "完成待核", f"{_reached(case)}{rest}")


def _encouraged(case: Case) -> Verdict | None:
    if not case.item.is_encouraged:
        return None
    return _plain(case, Light.GREY, "鼓励事项", f"方案鼓励开展，不作硬性要求；{_reached(case)}")


def _kept(case: Case) -> Verdict | None:
    if not case.item.is_kept or case.figure.value is None:
        return None
    share = _share(case, case.figure.value) or 0.0
    lag = max(0.0, 1 - share) * 100
    if lag <= 0:
        return _plain(case, Light.GREEN, "正常", f"保持达标：{_figure(case, case.figure.value)}")
    light = Light.RED if lag > case.lights.red_points else Light.YELLOW
    target = _figure(case, case.target)
    return _plain(
        case, light, "未保持", f"现为{_figure(case, case.figure.value)}，要求保持{target}"
    )


def _cyclic(case: Case) -> Verdict | None:
    recurrence = case.item.recurrence
    measure = case.item.measure
    on_event = measure is not None and measure.on_event
    if not on_event and recurrence in (None, Recurrence.ONCE, Recurrence.YEARLY):
        return None
    if not case.is_reported:
        reason = "按期报告，本期尚未报告"
    else:
        reason = "本期无事件" if case.figure.no_event else "本期已报"
    return _plain(case, Light.GREY, "长期坚持", reason)


def _undated(case: Case) -> Verdict | None:
    if case.span is not None:
        return None
    if _is_silent(case):
        return _plain(case, Light.GREY, "无数据", "未定时限，尚无填报")
    return _plain(case, Light.GREY, "未定时限", f"{_reached(case)}，方案未定时限")


def _before_use(case: Case) -> Verdict | None:
    span = case.span
    if span is None or span.due_on >= case.in_use_from:
        return None
    reason = f"时限{wording.full_day(span.due_on)}早于启用日，不作逾期，请录入期初数"
    return _plain(case, Light.GREY, "期初待录" if case.figure.value is None else "期初数", reason)


def _uncountable(case: Case) -> Verdict | None:
    if case.target is not None:
        return None
    return _plain(case, Light.GREY, "名录待核定", "应设名录待核定，暂不计算完成率")


def _overdue(case: Case) -> Verdict | None:
    span = case.span
    if span is None or case.today <= span.due_on:
        return None
    late = (case.today - span.due_on).days
    source = case.item.deadline.source if case.item.deadline else None
    if source is DeadlineSource.INHERITED:
        return _plain(case, Light.GREY, "未定时限", f"{_reached(case)}，总目标时限已过")
    if case.item.indicator and case.item.indicator.year:
        return _missed_year(case, case.item.indicator.year)
    reason = f"{_reached(case)}，已过时限{late}天"
    if _is_silent(case):
        reason = f"已过时限{late}天，无填报"
    verdict = _plain(case, Light.RED, "逾期", reason)
    return replace(verdict, expected=case.target, expected_share=1.0)


def _missed_year(case: Case, year: int) -> Verdict:
    word = f"{year}年度未完成"
    if case.made_up:
        return _plain(case, Light.GREY, word, f"{_reached(case)}，缺口已于次年补齐")
    gap = _figure(case, (case.target or 0.0) - (case.figure.value or 0.0))
    none = "，无填报" if _is_silent(case) else ""
    return _plain(case, Light.RED, word, f"{word}{none}，差{gap}，结转下年")


def _waiting(case: Case) -> Verdict | None:
    span = case.span
    if span is None or _is_near(case):
        return None
    if span.starts_on is None:
        return _plain(case, Light.WHITE, "未到启动期", f"待“{case.waits_for}”完成后启动")
    if case.today < span.starts_on:
        start = wording.full_day(span.starts_on)
        return _plain(case, Light.WHITE, "未到启动期", f"自{start}起启动")
    return None


def _silent(case: Case) -> Verdict | None:
    if case.figure.value is not None or case.span is None:
        return None
    said = "尚无填报" if _is_silent(case) else "已报告进展，未报完成值"
    left = _time_left(case.span.due_on, case.today)
    return _plain(case, Light.GREY, "无数据", f"{said}，{left}")


def _is_silent(case: Case) -> bool:
    return case.figure.value is None and case.figure.as_of is None


_LADDER: tuple[Callable[[Case], Verdict | None], ...] = (
    _closed,
    _done,
    _encouraged,
    _kept,
    _cyclic,
    _undated,
    _before_use,
    _uncountable,
    _overdue,
    _waiting,
    _silent,
)


def _pace(case: Case) -> Verdict:
    """The last rung: dated, begun, with a figure: how far is it behind what is expected?"""
    assert case.span is not None  # `_undated` came before
    wanted = expected(case.item, case.span, case.today, case.lights, carried=case.owed)
    value, target = case.figure.value or 0.0, case.target or 0.0
    lag = max(0.0, wanted - value) / target * 100 if target else 0.0
    light, word = _colour(case, lag)
    return Verdict(
        light,
        word,
        f"{_carried_words(case)}{_pace_reason(case, wanted, lag)}",
        target=target,
        expected=wanted,
        share=_share(case, value),
        expected_share=_share(case, wanted),
        lag_points=lag,
    )


def _colour(case: Case, lag: float) -> tuple[Light, str]:
    lag = round(lag, 6)  # 16 steps of 6.25 points must not tip an edge by their last bit
    deadline = case.item.deadline
    if lag > case.lights.red_points and deadline and deadline.source in DATED:
        return Light.RED, "严重滞后"
    if lag > case.lights.yellow_points:
        return Light.YELLOW, "滞后"
    return (Light.YELLOW, "临近时限") if _is_near(case) else (Light.GREEN, "正常")


def _is_near(case: Case) -> bool:
    if case.span is None:
        return False
    return (case.span.due_on - case.today).days <= case.lights.near_due_days


def _pace_reason(case: Case, wanted: float, lag: float) -> str:
    assert case.span is not None
    parts = [_reached(case)]
    if wanted > 0 and case.item.is_count:
        parts.append(f"应达{_figure(case, wanted)}")
    if lag > 0:
        parts.append(f"低于序时进度{wording.points(lag / 100)}")
    else:
        parts.append("达到序时进度" if wanted > 0 else "尚无序时要求")
    parts.append(_time_left(case.span.due_on, case.today))
    return "，".join(parts)


def _time_left(due_on: date, today: date) -> str:
    days = (due_on - today).days
    return f"距时限{days}天" if days else "今天到期"


def _reached(case: Case) -> str:
    value, target = case.figure.value, case.target
    if value is None:
        return "已报告进展" if case.figure.as_of else "尚无填报"
    if case.item.unit == "%":
        return f"完成{wording.percent(value / 100)}"
    if case.item.is_kept or target is None:
        return f"现为{_figure(case, value)}"
    return f"完成{_figure(case, value)}（目标{_figure(case, target)}）"


def _carried_words(case: Case) -> str:
    if case.carried is None:
        return ""
    none = "" if case.carried.filed else "（无填报）"
    gap = _figure(case, case.carried.gap)
    return f"{case.carried.year}年度未完成{none}，差{gap}{'结转本年' if case.owed else ''}；"


def _figure(case: Case, value: float | None) -> str:
    return wording.number(value, case.item.unit)


def _share(case: Case, value: float | None) -> float | None:
    target = case.target
    return min(1.0, value / target) if value is not None and target else None
