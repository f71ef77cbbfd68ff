"""What stands out in a filing beside the last one accepted: each oddity as a sentence.

An oddity accuses nobody: it says what the reviewer should look at. Thresholds are the office's
([review] in config.toml).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Comparator
from dashboard.rules.asking import Ask
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.figures import begins_anew, year_of
from dashboard.rules.slips import slips
from dashboard.settings.options import Review

History = tuple[Sequence[date], date]
"""The 预计完成时间 filed on the line before, and the day on which its work began."""


def jumps(
    ask: Ask, filing: r.Filing, before: r.Filing | None, given: Review, history: History
) -> tuple[str, ...]:
    """All that stands out in a filing on the line of `ask`; `before` was accepted last on it."""
    if before is not None and begins_anew(ask.whole.item, before, year_of(filing)):
        before = None
    case = _Case(ask, filing, before, given, *history)
    return tuple(said for rule in _RULES for said in rule(case))


@dataclass(frozen=True)
class _Case:
    """One filing, the last accepted one, the days expected earlier, the day the work began."""

    ask: Ask
    filing: r.Filing
    before: r.Filing | None
    given: Review
    expected: Sequence[date]
    begun_on: date

    @property
    def value(self) -> float | None:
        return self.filing.value

    @property
    def old(self) -> float | None:
        return self.before.value if self.before else None

    @property
    def gain(self) -> float | None:
        """The change of the figure; the whole figure where none was accepted before."""
        return None if self.value is None else self.value - (self.old or 0.0)

    @property
    def has_grown(self) -> bool:
        """Whether a count grew by enough to be looked at."""
        return self.is_counted and (self.gain or 0.0) >= self.given.least_gain

    @property
    def is_counted(self) -> bool:
        """Whether the figure grows by single things."""
        indicator = self.ask.whole.item.indicator
        return not self.ask.is_percent and indicator is not None and indicator.method.is_counted

    def told(self, value: float | None) -> str:
        return wording.number(value, self.ask.unit_word)


def _leaps(case: _Case) -> Iterator[str]:
    if not case.ask.is_percent or case.old is None or case.gain is None:
        return
    if case.gain > case.given.leap_points:
        points = wording.points(case.gain / 100)
        yield f"比上次增加{points}，超过{wording.number(case.given.leap_points)}个百分点"


def _overshoots(case: _Case) -> Iterator[str]:
    target, old = case.ask.target, case.old or 0.0
    if not case.has_grown or case.gain is None or target is None or old >= target:
        return
    if case.gain > target - old:
        lead = "比上次增加" if case.old is not None else "首次填报"
        yield f"{lead}{case.told(case.gain)}，超过距目标所差的{case.told(target - old)}"


def _races(case: _Case) -> Iterator[str]:
    """A count that grows by more than so many times its pace so far."""
    if not case.has_grown or case.before is None or not case.old or case.gain is None:
        return
    then = shanghai_day(case.before.due_received_at)
    past = (then - case.begun_on).days
    since = max(1, (shanghai_day(case.filing.due_received_at) - then).days)
    if past <= 0:
        return
    times = (case.gain / since) / (case.old / past)
    if times > case.given.pace_times:
        yield f"{since}天增加{case.told(case.gain)}，是此前平均速度的{wording.number(times)}倍"


def _falls(case: _Case) -> Iterator[str]:
    indicator = case.ask.whole.item.indicator
    is_to_fall = indicator is not None and indicator.comparator is Comparator.AT_MOST
    if case.old is not None and case.gain is not None and case.gain < 0 and not is_to_fall:
        is_share = case.ask.is_percent
        size = wording.points(case.gain / 100) if is_share else case.told(-case.gain)
        yield f"比上次的{case.told(case.old)}减少{size}"


def _repeats(case: _Case) -> Iterator[str]:
    """The same words with another figure, or 无变化 with a figure that changed."""
    if case.before is None or case.old is None or case.value is None or case.value == case.old:
        return
    changed = f"完成值由{case.told(case.old)}改为{case.told(case.value)}"
    if case.filing.no_change:
        yield f"报“无变化”，{changed}"
    elif case.filing.text and case.filing.text.strip() == (case.before.text or "").strip():
        yield f"进展情况与上次文字相同，{changed}"


def _closes(case: _Case) -> Iterator[str]:
    """A share of work that is whole asks for closing, and only then."""
    if case.ask.whole.item.indicator is not None or case.value is None:
        return
    if case.value >= 100 and not case.filing.is_done:
        yield "完成值已到100%，未申请销号"
    elif case.value < 100 and case.filing.is_done:
        yield f"申请销号，完成值为{case.told(case.value)}"


def _slips(case: _Case) -> Iterator[str]:
    new, year = case.filing.expected_on, shanghai_day(case.filing.received_at).year
    if new is None or not case.expected or new <= case.expected[-1]:
        return
    number = slips((*case.expected, new))
    again = f"，已是第{number}次推迟" if number > 1 else ""
    old, later = wording.day(case.expected[-1], year), wording.day(new, year)
    yield f"预计完成时间由{old}推迟到{later}{again}"


_RULES: tuple[Callable[[_Case], Iterator[str]], ...] = (
    _leaps,
    _overshoots,
    _races,
    _falls,
    _repeats,
    _closes,
    _slips,
)
