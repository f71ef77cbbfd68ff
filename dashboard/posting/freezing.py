"""What a closed meeting keeps: figures as of the cut, points, decisions and papers, by version.

The first version reads the books as they stood at the cut. A correction reads, on top of that,
what was filed for the round and accepted since; nothing of a later week enters it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.amending import amended
from dashboard.ledgers.books import Books, load_in
from dashboard.ledgers.tables import TABLES
from dashboard.papers.model import seal_of
from dashboard.papers.week import week_content
from dashboard.posting.meeting_entry import At, refused, round_of
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.rules.rounds import Round
from dashboard.rules.weekly import Meeting
from dashboard.settings import Settings


def closing_meeting(at: At, settings: Settings) -> Meeting:
    """The meeting that is about to close. Raises RefusedError while its figures still move."""
    now = at.opened.known_at
    found = round_of(at.books.plan, at.dispatch.code, settings, shanghai_day(now))
    if now < found.figures_to:
        cut = wording.moment(found.figures_to, shanghai_day(now).year)
        raise refused(found.code, None, f"本次数据{cut}截止，截止之后才能结束会议并存档")
    return _meeting(at, settings, found, found.figures_to, now)


def corrected_meeting(at: At, settings: Settings) -> Meeting:
    """A closed meeting read again. Raises RefusedError where it was never frozen."""
    held = _versions(at, at.dispatch.code)
    if not held:
        raise refused(at.dispatch.code, None, "本次调度尚未结束存档，不需更正")
    now = at.opened.known_at
    found = round_of(at.books.plan, at.dispatch.code, settings, shanghai_day(now))
    return _meeting(at, settings, found, now, held[0].known_at)


def freeze(at: At, meeting: Meeting, settings: Settings, reason: str | None = None) -> str:
    """Add the next version of a closed meeting; returns its code."""
    number = max((each.number for each in _versions(at, meeting.code)), default=0) + 1
    # With the rows as this posting has left them.
    books = _load(at, at.opened.known_at)
    content = week_content(meeting, books, settings)
    made = r.FrozenWeek(
        code=f"{meeting.code}-{number}",
        dispatch=meeting.code,
        number=number,
        figures_to=meeting.round.figures_to,
        known_to=at.opened.known_at if reason else meeting.round.figures_to,
        by_post=at.opened.by_post,
        content=content,
        sha256=seal_of(content),
        reason=reason,
    )
    at.opened.add(made)
    return made.code


def _meeting(
    at: At, settings: Settings, found: Round, known_to: datetime, heard_to: datetime
) -> Meeting:
    """A meeting with the figures of its cut as known at one instant, heard at another.

    The last meeting's figures are those of its last version, so that the two weeks join.
    """
    now = _judged(at, settings, found, known_to)
    previous = next((each for each in now.rounds if each.number == found.number - 1), None)
    kept = _versions(at, previous.code) if previous else []
    if previous and kept:
        before = _judged(at, settings, previous, kept[-1].known_to)
    else:
        before = judge_books(_load(at, found.figures_from), settings)
    return Meeting(found, previous, before, now, _load(at, heard_to))


def _judged(at: At, settings: Settings, found: Round, known_to: datetime) -> Judgement:
    books = _load(at, found.figures_to)
    if known_to > found.figures_to:
        books = amended(at.opened.connection, books, known_to, found.code)
    return judge_books(books, settings)


def _load(at: At, as_of: datetime) -> Books:
    return load_in(at.opened.connection, at.books.plan.code, as_of)


@dataclass(frozen=True)
class _Version:
    """A version of a frozen week without its content."""

    number: int
    known_to: datetime
    known_at: datetime


def _versions(at: At, round_code: str) -> list[_Version]:
    """The versions of a frozen week, oldest first."""
    frozen, dispatch = TABLES["frozen_week"].c, TABLES["dispatch"].c
    query = (
        select(frozen.number, frozen.known_to, frozen.known_at)
        .join(TABLES["dispatch"], dispatch.id == frozen.dispatch_id)
        .where(frozen.plan_id == at.opened.plan_id, dispatch.code == round_code)
        .order_by(frozen.number)
    )
    return [_Version(*row) for row in at.opened.connection.execute(query)]
