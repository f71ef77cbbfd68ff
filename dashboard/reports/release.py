"""What may leave the house: a plan as of a day, cut to its viewer, without what is private."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Engine

from dashboard import wording
from dashboard.access.scope import cut, cut_filings, with_directives
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.history import Filed, all_filings
from dashboard.ledgers.shape import NOT_CARRIED
from dashboard.rules.calendar import end_of, shanghai_day
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.settings import Settings


class WrongWishError(ValueError):
    """What is asked for cannot be had; the message says in Chinese what can."""


@dataclass(frozen=True)
class Wish:
    """What is asked for; registered instructions (批示) leave only where they are asked for."""

    plan: str
    day: date
    with_instructions: bool = False


@dataclass(frozen=True)
class Release:
    """What goes out: the verdicts on what may, and every filing that may."""

    judgement: Judgement
    filed: tuple[Filed, ...]

    @property
    def rows(self) -> int:
        """How many rows of the ledgers go out."""
        return len(self.records())

    def records(self) -> list[r.Record]:
        """Every row that goes out but the plan's own, ledger by ledger, filings last."""
        held = self.judgement.books.rows
        rows = [row for name in held if name != "plan" for row in held[name]]
        return [*rows, *(each.filing for each in self.filed)]

    def without_practice(self) -> "Release":
        """The same without the rows of practice data."""
        books = self.judgement.books
        real = {
            name: tuple(row for row in rows if name == "plan" or not row.is_practice)
            for name, rows in books.rows.items()
        }
        filed = tuple(each for each in self.filed if not each.filing.is_practice)
        return Release(replace(self.judgement, books=replace(books, rows=real)), filed)


def judged(engine: Engine, viewer: Viewer, wish: Wish, settings: Settings) -> Judgement:
    """The verdicts at the end of a day on what may go out. Raises UnknownPlanError."""
    seen = cut(judge_books(load(engine, wish.plan, end_of(wish.day)), settings), viewer)
    books = without_private(seen.books, with_instructions=wish.with_instructions)
    return replace(seen, books=books)


def release(engine: Engine, viewer: Viewer, wish: Wish, settings: Settings) -> Release:
    """The plan as of the end of a day. Raises UnknownPlanError."""
    seen = judged(engine, viewer, wish, settings)
    filed = cut_filings(all_filings(engine, wish.plan, end_of(wish.day)), seen.books, viewer)
    return Release(seen, filed)


def detail_of(wish: Wish, rows: int) -> str:
    """What the audit event tells of an export."""
    more = "，含有批示登记号的交办事项" if wish.with_instructions else ""
    return f"统计截止日{wording.full_day(wish.day)}，共{rows}行{more}"


def without_private(books: Books, *, with_instructions: bool = False) -> Books:
    """The books without the ledgers for the office's eyes alone, and without instructions."""
    directives = books.all(r.Directive)
    if not with_instructions:
        directives = tuple(each for each in directives if each.register_no is None)
    emptied: dict[str, tuple[r.Record, ...]] = dict.fromkeys(NOT_CARRIED, ())
    return with_directives(replace(books, rows={**books.rows, **emptied}), directives)


def day_within(plan: r.Plan, asked: date | None, present: datetime, now: datetime) -> date:
    """The day asked for, or that of the plan's present; none before its issue or after today.

    A practice clock stands still: days that have really come may be asked for beyond it. Raises
    WrongWishError.
    """
    day = asked or shanghai_day(present)
    latest = max(shanghai_day(present), shanghai_day(now))
    if not plan.issued_on <= day <= latest:
        raise WrongWishError(f"统计截止日 {day}：应在 {plan.issued_on} 至 {latest} 之间。")
    return day
