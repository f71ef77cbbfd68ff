"""How long a log-in lasts: in use it stands, on the wall it rests, and in the end it is over.

The wall (会议室大屏) refreshes itself all day and nobody touches it. It keeps its log-in from
ending for want of use, but for itself alone: once the idle minutes have passed, every other page
asks for the log-in again. Past its whole life a log-in ends on the wall too.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, RowMapping, select, update

from dashboard.access.attempts import Rules
from dashboard.access.endings import Ending, by_token, end, end_by_token
from dashboard.access.viewer import Viewer, viewer_of
from dashboard.ledgers.database import reading, writing
from dashboard.ledgers.doors import ACCOUNTS, SIGN_INS

RESTS = "长时间没有操作"
"""Why a log-in that rests on the wall opens nothing else: “……，请重新登录”."""
_SEEN_EVERY = timedelta(seconds=30)


@dataclass(frozen=True)
class Look:
    """Who is let in by a token; or nobody, with the reason where a log-in has ended or rests."""

    viewer: Viewer | None
    ended_by: str | None


@dataclass(frozen=True)
class Ended:
    """Of some log-ins, by the hashes of their tokens: which are over, and which rest."""

    over: frozenset[str]
    resting: frozenset[str]


def look(
    engine: Engine,
    token: str | None,
    rules: Rules,
    now: datetime,
    *,
    active: bool,
    on_wall: bool = False,
) -> Look:
    """Who this token lets in; a log-in that is over by now ends here.

    `active` tells that the person did something, or that the wall still shows; it is written at
    most every 30 seconds. What happens on the wall counts for the wall alone.
    """
    with reading(engine) as connection:
        row = by_token(connection, token)
        if row is None:
            return Look(None, None)
        if row["ended_at"] is not None:
            return Look(None, row["ended_by"])
        viewer = viewer_of(connection, row["id"])
    ending = ending_of(row, rules, now) if viewer else Ending.DISABLED
    if ending:
        with writing(engine) as connection:
            end_by_token(connection, token, ending, now)
        return Look(None, ending.value)
    if not on_wall and _is_idle(row, rules, now):
        return Look(None, RESTS)
    if active:
        _see(engine, row, "wall_seen_at" if on_wall else "seen_at", now)
    return Look(viewer, None)


def ending_of(row: RowMapping, rules: Rules, now: datetime) -> Ending | None:
    """Why a log-in is over by now, if it is; a shortened life holds for older log-ins too."""
    if now >= min(row["expires_at"], row["created_at"] + rules.life):
        return Ending.OLD
    shown = row["wall_seen_at"]
    is_shown = shown is not None and now < shown + rules.idle
    return Ending.IDLE if _is_idle(row, rules, now) and not is_shown else None


def _is_idle(row: RowMapping, rules: Rules, now: datetime) -> bool:
    return bool(now >= row["seen_at"] + rules.idle)


def _see(engine: Engine, row: RowMapping, column: str, now: datetime) -> None:
    before = row[column]
    if before is not None and now - before < _SEEN_EVERY:
        return
    with writing(engine) as connection:
        live = (SIGN_INS.c.id == row["id"]) & SIGN_INS.c.ended_at.is_(None)
        connection.execute(update(SIGN_INS).where(live).values({column: now}))


def ended(engine: Engine, token_hashes: Collection[str], rules: Rules, now: datetime) -> Ended:
    """Which of these log-ins are over or rest by now, in one query; unknown ones are over."""
    query = (
        select(SIGN_INS)
        .join(ACCOUNTS, ACCOUNTS.c.id == SIGN_INS.c.account_id)
        .where(SIGN_INS.c.token_hash.in_(token_hashes), SIGN_INS.c.ended_at.is_(None))
        .where(ACCOUNTS.c.disabled_at.is_(None))
    )
    with reading(engine) as connection:
        rows = connection.execute(query).mappings().all()
    live = [row for row in rows if not ending_of(row, rules, now)]
    return Ended(
        over=frozenset(token_hashes) - {row["token_hash"] for row in live},
        resting=frozenset(row["token_hash"] for row in live if _is_idle(row, rules, now)),
    )


def end_over(engine: Engine, rules: Rules, now: datetime) -> int:
    """End every log-in that is over by now, whoever still asks for it; returns how many.

    A browser that was closed asks no more, and its log-in's end belongs on record all the same.
    """
    live = select(SIGN_INS).where(SIGN_INS.c.ended_at.is_(None))
    with reading(engine) as connection:
        rows = connection.execute(live).mappings().all()
    past = [row["token_hash"] for row in rows if ending_of(row, rules, now)]
    if not past:
        return 0
    with writing(engine) as connection:
        still = live.where(SIGN_INS.c.token_hash.in_(past))
        endings = [
            (row, ending_of(row, rules, now)) for row in connection.execute(still).mappings().all()
        ]
        for row, ending in endings:
            if ending:
                end(connection, row, ending, now)
    return len(past)
