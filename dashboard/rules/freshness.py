"""The second light: is the record old? It looks at what was filed, the first at what was accepted.

按时 filed in time for the round it was due in (a correction counts from what it corrects) ·
待报 due in the running round, whose cut has not come · 迟报 filed after the cut · 未报 the cut has
passed and nothing was filed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Recurrence
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.rounds import Round
from dashboard.rules.verdicts import Light


class Freshness(StrEnum):
    """The state of a reporting line's record, worst first; NOT_ASKED has no colour."""

    MISSING = "missing"
    LATE = "late"
    DUE = "due"
    ON_TIME = "on_time"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class LineState:
    """One reporting line with the state of its record; shares (分报) as well as totals."""

    line: r.ReportingLine
    freshness: Freshness
    round: Round | None
    filed: r.Filing | None

    @property
    def is_asked(self) -> bool:
        """Whether it is filed at all as its item stands: what is done or not begun is not."""
        return self.freshness is not Freshness.NOT_ASKED

    @property
    def is_open(self) -> bool:
        """Whether something is to be filed: 待报, or 未报."""
        return self.freshness in (Freshness.DUE, Freshness.MISSING)

    def is_asked_in(self, found: Round) -> bool:
        """Whether it was last due in this very round; also what was done by its filing for it."""
        if self.round is None or self.round.code != found.code:
            return False
        return self.is_asked or (self.filed is not None and self.filed.round == found.code)


@dataclass(frozen=True)
class Asked:
    """How often a line is asked for, and why weekly where that is more than arranged."""

    cadence: Recurrence
    because: str | None = None


def asked(line: r.ReportingLine, light: Light, due_on: date | None, day: tuple[date, int]) -> Asked:
    """The cadence in force: weekly only when yellow, red or due soon, else as arranged.

    `day` is today and the number of days before a deadline from which a line is weekly.
    """
    today, within = day
    if light in (Light.YELLOW, Light.RED):
        return Asked(Recurrence.WEEKLY, "亮黄灯、红灯的事项每周报送")
    if due_on is not None and 0 <= (due_on - today).days <= within:
        return Asked(Recurrence.WEEKLY, f"距时限{within}天以内的事项每周报送")
    return Asked(line.cadence)


def due_round(rounds: Sequence[Round], cadence: Recurrence, instant: datetime) -> Round | None:
    """The last begun round in which a line of this cadence is due, or None before the first.

    `rounds` reach some weeks past the instant, so that the last one of a month is known.
    """
    for found, following in reversed(list(pairwise(rounds))):
        if found.begins_at <= instant and _is_due(found, following, cadence):
            return found
    return None


def next_round(rounds: Sequence[Round], cadence: Recurrence, instant: datetime) -> Round | None:
    """The first round not yet begun in which a line of this cadence is due, as far as is known."""
    for found, following in pairwise(rounds):
        if found.begins_at > instant and _is_due(found, following, cadence):
            return found
    return None


def _is_due(found: Round, following: Round, cadence: Recurrence) -> bool:
    """Weekly lines are due in every round, others in the last one that meets in their period."""
    if cadence is Recurrence.WEEKLY:
        return True
    day, after = found.meeting_on, following.meeting_on
    is_last = (day.year, day.month) != (after.year, after.month)
    return is_last and day.month % _MONTHS[cadence] == 0


_MONTHS = {
    Recurrence.MONTHLY: 1,
    Recurrence.ONGOING: 1,
    Recurrence.ONCE: 1,
    Recurrence.QUARTERLY: 3,
    Recurrence.HALF_YEARLY: 6,
    Recurrence.YEARLY: 12,
}


def freshness_of(found: Round | None, filed: r.Filing | None, instant: datetime) -> Freshness:
    """The state of a line that was last due in `found`, given what was last filed on it."""
    if found is None:
        return Freshness.NOT_ASKED
    if filed is None or filed.round < found.code:
        return Freshness.DUE if instant <= found.filing_cut else Freshness.MISSING
    is_own = filed.round == found.code
    return Freshness.LATE if is_own and is_late(filed, found) else Freshness.ON_TIME


def is_late(filed: r.Filing, found: Round) -> bool:
    """Whether a filing came after its round's cut; a correction counts from what it corrects."""
    return filed.due_received_at > found.filing_cut


def is_reported_in(filed: r.Filing | None, first_day: date) -> bool:
    """Whether anything was filed since the first day of the running cycle."""
    return filed is not None and shanghai_day(filed.received_at) >= first_day
