"""Which 填报表 are wanted: one a unit with something to file, for the running round or the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from dashboard.ledgers import records as r
from dashboard.ledgers.books import load
from dashboard.rules.asking import Ask, asks_of, to_file
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.rules.rounds import Round, RoundTimes, round_at, rounds
from dashboard.settings import Settings


class NoRoundError(ValueError):
    """There are no sheets for this round; the message says in Chinese for which there are."""


@dataclass(frozen=True)
class SheetWish:
    """One unit's sheet: what is asked of it in a round, as `judgement` knows it."""

    judgement: Judgement
    round: Round
    unit: r.Unit
    asks: tuple[Ask, ...]


def open_rounds(plan: r.Plan, now: datetime, times: RoundTimes) -> tuple[Round, ...]:
    """The running round and the one after it; none before the plan is in use."""
    running = round_at(now, plan.in_use_from, times)
    if running is None:
        return ()
    known = rounds(plan.in_use_from, running.week.next.next.sunday, times)
    following = (each for each in known if each.number == running.number + 1)
    return (running, *following)


def round_named(plan: r.Plan, now: datetime, times: RoundTimes, code: str | None) -> Round:
    """The open round of this code, the running one without a code. Raises NoRoundError."""
    found = open_rounds(plan, now, times)
    if not found:
        raise NoRoundError("方案尚未启用，没有可填报的调度周。")
    if code is None:
        return found[0]
    for each in found:
        if each.code == code:
            return each
    offered = "、".join(
        f"{each.code}（{word}）" for each, word in zip(found, ("本期", "下期"), strict=False)
    )
    raise NoRoundError(f"“{code[:20]}”没有填报表可做，可写：{offered}。已过的调度周不再下发。")


def judged_for(
    engine: Engine, plan: str, round_: Round, now: datetime, settings: Settings
) -> Judgement:
    """The verdicts by which a round's sheets are made: those of now, or of the round's beginning
    where that is still to come. Raises UnknownPlanError."""
    return judge_books(load(engine, plan, max(now, round_.begins_at)), settings)


def wishes(
    judgement: Judgement, round_: Round, units: Iterable[str] | None = None
) -> tuple[SheetWish, ...]:
    """A wish for each unit with something to file, in protocol order."""
    by_unit: dict[str, list[Ask]] = {}
    for ask in to_file(asks_of(judgement, units)):
        by_unit.setdefault(ask.line.unit, []).append(ask)
    return tuple(
        SheetWish(judgement, round_, unit, tuple(by_unit[unit.code]))
        for unit in sorted(judgement.books.all(r.Unit), key=lambda each: each.seq)
        if unit.code in by_unit
    )


def units_asked(judgement: Judgement) -> tuple[r.Unit, ...]:
    """Every unit that files at all, in protocol order."""
    codes = {each.line.unit for each in judgement.lines}
    held = (unit for unit in judgement.books.all(r.Unit) if unit.code in codes)
    return tuple(sorted(held, key=lambda unit: unit.seq))


def day_of_wish(wish: SheetWish) -> str:
    """The plan's day on which the sheet is made, as its marks hold it."""
    return shanghai_day(wish.judgement.books.as_of).isoformat()
