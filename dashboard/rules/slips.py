"""预计完成时间 as it is told beside a light: the day, how often it was put off, and why.

It is the unit's own word and has no effect on any light (design §2: expected date).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dashboard import wording
from dashboard.ledgers.books import Books
from dashboard.rules.judgement import ItemVerdict, Judgement, TaskVerdict
from dashboard.rules.verdicts import Light


@dataclass(frozen=True)
class Expected:
    """What a line's unit now expects: the day, how often it was put off, and the last reason."""

    on: date
    slips: int
    reason: str | None
    is_past: bool

    def words(self, year: int) -> str:
        """“预计10月15日完成，已推迟2次”; `year` is the one that goes without saying."""
        past = "（已过）" if self.is_past else ""
        put_off = f"，已推迟{self.slips}次" if self.slips else ""
        return f"预计{wording.day(self.on, year)}完成{past}{put_off}"


def expected_of(books: Books, line: str, today: date) -> Expected | None:
    """What was said of a line, returned and corrected words left out; None where nothing was."""
    days = books.expected.get(line, ())
    if not days:
        return None
    said = books.standing(line)
    return Expected(days[-1], slips(days), said.reason if said else None, days[-1] < today)


def slips(days: Sequence[date]) -> int:
    """How many times 预计完成时间 was put off: each later day than the one before counts."""
    return sum(after > before for before, after in pairwise(days))


def expected_of_item(judgement: Judgement, each: ItemVerdict) -> Expected | None:
    """What is expected of an item not finished yet."""
    if each.figure.is_done or each.verdict.light is Light.BLUE:
        return None
    return expected_of(judgement.books, each.item.line.code, judgement.today)


def expected_of_task(judgement: Judgement, task: TaskVerdict) -> Expected | None:
    """What is expected of the item that gives a task its light."""
    return expected_of_item(judgement, task.worst) if task.worst else None
