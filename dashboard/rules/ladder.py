"""The ladder of 督办: 提醒 → 提醒函 → 督办单 → 通报点名 → 约谈建议, each rung by its own rule.

So 银川, 三明 and others run it, with the office's numbers in config.toml (0 leaves a rung out). A
rung follows the one before: 督办单 a 提醒函, 点名 a 督办单. What counts is the work's light and the
time since the last step, never how a unit stands among others. 一票否决 is no rung.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import SupervisionKind
from dashboard.rules.handling import is_standing
from dashboard.rules.judgement import ItemVerdict
from dashboard.rules.verdicts import Light
from dashboard.settings.options import Supervision

K = SupervisionKind
RUNGS = tuple(kind for kind in K if kind.is_proposed)
"""The ladder, the mildest first."""
BAD = (Light.YELLOW, Light.RED)


@dataclass(frozen=True)
class Case:
    """What the ladder looks at: the lights now and at the cuts before, and the steps taken."""

    verdict: ItemVerdict
    weeks: tuple[Light | None, ...]
    months: tuple[Light | None, ...]
    days: tuple[date, ...]
    slips: tuple[r.Supervision, ...]
    today: date
    asked: Supervision

    @property
    def light(self) -> Light:
        return self.verdict.light

    @property
    def is_red(self) -> bool:
        return self.light is Light.RED

    @cached_property
    def taken(self) -> dict[SupervisionKind, r.Supervision]:
        """The last step of each kind that belongs to this time of trouble."""
        return {each.kind: each for each in self.slips if self._belongs(each)}

    def _belongs(self, slip: r.Supervision) -> bool:
        """Open, or the light has not been better at any cut since it was issued."""
        if is_standing(slip):
            return True
        if self.days and slip.issued_on < self.days[-1] - timedelta(days=7):
            return False
        since = [
            light for day, light in zip(self.days, self.weeks, strict=True) if day >= slip.issued_on
        ]
        return all(light in BAD for light in since)

    def is_free(self, kind: SupervisionKind) -> bool:
        """Whether neither this rung nor a higher one was taken in this time of trouble."""
        return not any(RUNGS.index(each) >= RUNGS.index(kind) for each in self.taken)

    def held(self, among: Sequence[Light | None], number: int, lights: Iterable[Light]) -> bool:
        """Whether the light was one of these at each of the last cuts."""
        wanted = tuple(lights)
        return len(among) >= number and all(each in wanted for each in among[:number])

    @property
    def uses_letters(self) -> bool:
        return self.asked.letter_on_red or self.asked.letter_after_yellow_weeks > 0

    def before(self, kind: SupervisionKind) -> SupervisionKind | None:
        """The rung that must have been taken: the next lower one that the office uses."""
        if kind is not K.ORDER and self.asked.order_after_weeks:
            return K.ORDER
        return K.LETTER if self.uses_letters else None


@dataclass(frozen=True)
class Due:
    kind: SupervisionKind
    because: str
    before: r.Supervision | None = None


def due_step(case: Case) -> Due | None:
    """The highest step that is due; a rung that was taken is not taken twice."""
    for rung in (_talk, _naming, _order, _letter, _reminder):
        if (found := rung(case)) and case.is_free(found.kind):
            return found
    return None


def _talk(case: Case) -> Due | None:
    """Red at so many months' ends, and asked in writing before."""
    number = case.asked.talk_after_red_months
    if not number or not case.is_red or not case.held(case.months, number, (Light.RED,)):
        return None
    before = case.before(K.TALK)
    if before is not None and before not in case.taken:
        return None
    told = f"连续{number}个月末为红灯" if number > 1 else "上月末为红灯"
    return Due(K.TALK, f"{told}，目前仍为红灯", case.taken.get(before) if before else None)


def _naming(case: Case) -> Due | None:
    return _still_red(case, K.NAMING, case.asked.naming_after_weeks)


def _order(case: Case) -> Due | None:
    return _still_red(case, K.ORDER, case.asked.order_after_weeks)


def _still_red(case: Case, kind: SupervisionKind, weeks: int) -> Due | None:
    """Red so many weeks after the step before; without one in use, red at so many cuts."""
    if not weeks or not case.is_red:
        return None
    before = case.before(kind)
    if before is None:
        is_long = case.held(case.weeks, weeks, (Light.RED,))
        return Due(kind, f"连续{weeks}周为红灯") if is_long else None
    last = case.taken.get(before)
    if last is None or case.today < last.issued_on + timedelta(weeks=weeks):
        return None
    return Due(kind, f"{register_name(last)}发出已满{weeks}周，仍为红灯", last)


def _letter(case: Case) -> Due | None:
    """At red, or after so many yellow weeks."""
    if case.is_red and case.asked.letter_on_red:
        return Due(K.LETTER, "亮红灯")
    weeks = case.asked.letter_after_yellow_weeks
    if not weeks or case.light not in BAD or not case.held(case.weeks, weeks, BAD):
        return None
    return Due(K.LETTER, f"连续{weeks}周未转绿灯" if case.is_red else f"连续{weeks}周为黄灯")


def _reminder(case: Case) -> Due | None:
    """Not done and near its date; one reminder a date."""
    due_on, within = case.verdict.due_on, case.asked.remind_within_days
    if not within or due_on is None or case.verdict.is_done or case.is_red:
        return None
    first = due_on - timedelta(days=within)
    reminded = any(each.kind is K.REMINDER and each.issued_on >= first for each in case.slips)
    if reminded or not first <= case.today <= due_on:
        return None
    left = (due_on - case.today).days
    return Due(K.REMINDER, f"距时限{left}天，尚未完成" if left else "今天到期，尚未完成")


def register_name(slip: r.Supervision) -> str:
    """提醒函2023年第3号, as the register counts it; it is no 文号."""
    return f"{slip.kind.label}{slip.year}年第{slip.number}号"
