"""What is found in a plan: each finding with the place where it is printed.

`start` and `end` count characters of the text that was read, so that `text[start:end]` is the
quote. The shapes are those of `guatu read --json`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Span:
    """A stretch of the text that was read."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What is printed there."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Period:
    """From when to when a plan runs; either end may be unknown."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Head:
    """What the document says of itself; what it does not say is None."""

    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    period: Period = Period()


@dataclass(frozen=True)
class Clause:
    """A numbered place: `path` holds its number and those above it, the uppermost first.

    `section` is what it is about: background, goal, work or annex.
    """

    id: str
    path: tuple[str, ...]
    title: str
    span: Span
    section: str = "work"


@dataclass(frozen=True)
class Task:
    """What a clause obliges."""

    id: str
    clause: str
    title: str
    span: Span


class Role(StrEnum):
    LEAD = "lead"
    SHARED = "shared"
    LOCAL = "local"
    SUPPORT = "support"
    GUIDE = "guide"


@dataclass(frozen=True)
class Duty:
    """One unit's role. `is_stated` is False where it was read off a sentence's subject.

    `is_open_ended` where 等 is printed after the unit; `words` is the role as printed.
    """

    task: str | None
    clause: str
    unit: str
    role: Role
    span: Span
    words: str = ""
    is_generic: bool = False
    is_stated: bool = True
    is_open_ended: bool = False


class Recurrence(StrEnum):
    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"
    ONGOING = "ongoing"


@dataclass(frozen=True)
class Deadline:
    """A date or a cadence; `due_on` is None where none can be said for certain."""

    clause: str
    as_printed: str
    due_on: date | None
    recurrence: Recurrence
    span: Span
    is_inferred: bool = False


@dataclass(frozen=True)
class Target:
    """What is to be reached: `what` comparator `value` `unit`, for each `scope`, in each `per`."""

    clause: str
    what: str
    comparator: str
    value: float
    unit: str
    span: Span
    as_printed: str
    scope: str | None = None
    per: str | None = None
    kind: str = "target"
    value_high: float | None = None


@dataclass(frozen=True)
class Body:
    """A unit that the plan names, with the other names it goes by."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Problem:
    """What a person must look at: `message` says what and how to settle it, in Chinese."""

    code: str
    message: str
    span: Span


@dataclass(frozen=True)
class Reading:
    """All that was found in a text."""

    text: str
    head: Head
    clauses: tuple[Clause, ...] = ()
    tasks: tuple[Task, ...] = ()
    duties: tuple[Duty, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    units: tuple[Body, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
