"""What a judgement looks at and what it says: lights, cases and verdicts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.rules.expectation import Span
from dashboard.rules.figures import Figure
from dashboard.rules.items import Item
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
    has_next_year: bool = False
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
