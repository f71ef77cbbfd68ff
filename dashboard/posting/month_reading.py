"""A month read from the database for its bulletin: for pages, for issuing, without a screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from dashboard.ledgers.amending import amended
from dashboard.ledgers.books import Books, load_in, load_plan
from dashboard.ledgers.database import reading
from dashboard.ledgers.experiences import experiences_in
from dashboard.papers.bulletin import Head, draft
from dashboard.papers.model import Paper
from dashboard.papers.month import MonthInHand, gathered
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.plans import now_of
from dashboard.rules.calendar import Month
from dashboard.rules.judgement import Judgement, judge_books, times_of
from dashboard.rules.monthly import months, rounds_of
from dashboard.rules.rounds import rounds
from dashboard.settings import Settings


@dataclass(frozen=True)
class MonthRead:
    """A month in hand beside the present books, which hold what the office settled about it.

    `late` are the codes of the filings that were accepted after the cut and count all the same:
    pages as of the cut do not show them.
    """

    month: MonthInHand
    present: Books
    late: tuple[str, ...] = ()


def month_named(books: Books, code: str, settings: Settings) -> Month:
    """The month of a code. Raises RefusedError for one that the plan has not begun."""
    cut_day = times_of(settings).month_cut_day
    held = months(books.plan.in_use_from, books.as_of, cut_day)
    found = next((each for each in held if each.code == code), None)
    if found is None:
        known = "、".join(each.code for each in held) or "无"
        message = f"没有“{code}”这个月的数字，可用的月份：{known}"
        raise RefusedError(Fault("bulletin", code, None, message, is_whole=True))
    return found


def read_month(
    engine: Engine,
    plan: str,
    code: str,
    settings: Settings,
    *,
    now: datetime | None = None,
    judgement_at: Callable[[datetime], Judgement] | None = None,
) -> MonthRead:
    """A month as known at `now`, else at the plan's present.

    `judgement_at` judges an instant for whoever keeps judgements; without it all is read in one
    transaction.
    """
    now = now or now_of(load_plan(engine, plan))
    with reading(engine) as connection:
        if judgement_at is None:
            return read_month_in(connection, plan, code, settings, now)
        return _read(connection, code, settings, now, judgement_at)


def read_month_in(
    connection: Connection, plan: str, code: str, settings: Settings, now: datetime
) -> MonthRead:
    """`read_month` in an open transaction."""

    def at(instant: datetime) -> Judgement:
        return judge_books(load_in(connection, plan, instant), settings)

    return _read(connection, code, settings, now, at)


def _read(
    connection: Connection,
    code: str,
    settings: Settings,
    now: datetime,
    judgement_at: Callable[[datetime], Judgement],
) -> MonthRead:
    """What was filed for a round of the month and accepted after its cut counts; nothing else
    that became known later does."""
    present = judgement_at(now).books
    month = month_named(present, code, settings)
    plain = judgement_at(min(month.figures_to, now))
    books = _with_late_words(connection, plain.books, month, settings, now)
    whole = plain if books is plain.books else judge_books(books, settings)

    def at(instant: datetime) -> Judgement:
        return whole if instant == books.as_of else judgement_at(instant)

    held = _rounds(present, month, settings)
    offered = experiences_in(connection, present.plan.code, held, now)
    accepted = plain.books.last_accepted
    late = (each for line, each in books.last_accepted.items() if accepted.get(line) != each)
    found = gathered(month, at, now, offered)
    return MonthRead(found, present, tuple(each.code for each in late))


def _with_late_words(
    connection: Connection, books: Books, month: Month, settings: Settings, now: datetime
) -> Books:
    """With what the office accepted since."""
    held = _rounds(books, month, settings)
    if not held or now <= books.as_of:
        return books
    return amended(connection, books, now, held[-1])


def _rounds(books: Books, month: Month, settings: Settings) -> tuple[str, ...]:
    """The codes of the rounds whose filing cut fell in the month."""
    first, last = books.plan.in_use_from, month.cut_on + timedelta(weeks=1)
    held = rounds(first, last, times_of(settings))
    return tuple(each.code for each in rounds_of(month, held, month.figures_to))


def draft_of(
    engine: Engine, plan: str, code: str, settings: Settings, head: Head | None = None
) -> Paper:
    """The draft of a month's bulletin as it stands. Raises RefusedError for no such month."""
    read = read_month(engine, plan, code, settings)
    return draft(read.month, read.present, settings, head)
