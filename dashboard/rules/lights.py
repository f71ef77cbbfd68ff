"""The light of an item: a ladder of early returns, each answer with its reason in a sentence.

蓝 已完成（销号） · 绿 正常 · 黄 滞后 or near its date · 红 far behind or past its date ·
白 未到启动期 · 灰 长期坚持, 未定时限, 无数据 and the like, each its own word.
Thresholds are settings; the rules are design §5.
"""

from collections.abc import Callable
from dataclasses import replace

from dashboard import wording
from dashboard.ledgers.terms import DeadlineSource, Recurrence
from dashboard.rules.expectation import expected
from dashboard.rules.items import DATED
from dashboard.rules.reasons import (
    carried_words,
    figure_words,
    is_silent,
    pace_reason,
    reached,
    time_left,
)
from dashboard.rules.verdicts import Case, Light, Verdict


def judge(case: Case) -> Verdict:
    """The light of one item on one day, by the first rung that holds."""
    for rung in _LADDER:
        verdict = rung(case)
        if verdict is not None:
            return verdict
    return _pace(case)


def _plain(case: Case, light: Light, word: str, reason: str) -> Verdict:
    carried = carried_words(case)
    share = _share(case, case.figure.value)
    return Verdict(light, word, f"{carried}{reason}", target=case.target, share=share)


def _closed(case: Case) -> Verdict | None:
    if not case.figure.is_closed:
        return None
    return _plain(case, Light.BLUE, "已完成", f"{reached(case)}，已核查销号")


def _done(case: Case) -> Verdict | None:
    target, value = case.target, case.figure.value
    short = case.carried and target is not None and value is not None and value < target
    if not case.figure.is_done or short:
        return None
    below = case.figure.below_standard
    rest = f"，其中{below}{case.item.unit}尚未达标" if below else "，待核查销号"
    return _plain(case, Light.GREEN, "完成待核", f"{reached(case)}{rest}")


def _encouraged(case: Case) -> Verdict | None:
    if not case.item.is_encouraged:
        return None
    return _plain(case, Light.GREY, "鼓励事项", f"方案鼓励开展，不作硬性要求；{reached(case)}")


def _kept(case: Case) -> Verdict | None:
    if not case.item.is_kept or case.figure.value is None:
        return None
    share = _share(case, case.figure.value) or 0.0
    lag = max(0.0, 1 - share) * 100
    now = figure_words(case, case.figure.value)
    if lag <= 0:
        return _plain(case, Light.GREEN, "正常", f"保持达标，现为{now}")
    light = Light.RED if lag > case.lights.red_points else Light.YELLOW
    wanted = figure_words(case, case.target)
    return _plain(case, light, "未保持", f"现为{now}，要求保持{wanted}")


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
    if is_silent(case):
        return _plain(case, Light.GREY, "无数据", "未定时限，尚无填报")
    return _plain(case, Light.GREY, "未定时限", f"{reached(case)}，方案未定时限")


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
        return _plain(case, Light.GREY, "未定时限", f"{reached(case)}，总目标时限已过")
    if case.item.indicator and case.item.indicator.year:
        return _missed_year(case, case.item.indicator.year)
    reason = f"{reached(case)}，已过时限{late}天"
    if is_silent(case):
        reason = f"已过时限{late}天，无填报"
    verdict = _plain(case, Light.RED, "逾期", reason)
    return replace(verdict, expected=case.target, expected_share=1.0)


def _missed_year(case: Case, year: int) -> Verdict:
    word = f"{year}年度未完成"
    if case.made_up:
        return _plain(case, Light.GREY, word, f"{reached(case)}，缺口已于次年补齐")
    gap = figure_words(case, (case.target or 0.0) - (case.figure.value or 0.0))
    none = "，无填报" if is_silent(case) else ""
    next_year = "，结转下年" if case.has_next_year else ""
    return _plain(case, Light.RED, word, f"{word}{none}，差{gap}{next_year}")


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
    said = "尚无填报" if is_silent(case) else "已报告进展，未报完成值"
    left = time_left(case.span.due_on, case.today)
    return _plain(case, Light.GREY, "无数据", f"{said}，{left}" if left else said)


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
        f"{carried_words(case)}{pace_reason(case, wanted, lag)}",
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


def _share(case: Case, value: float | None) -> float | None:
    target = case.target
    return min(1.0, value / target) if value is not None and target else None
