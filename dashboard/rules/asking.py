"""What a unit is asked for: one entry a reporting line, with what it said last and what is due.

What the station ledger or the yearly shares know is never asked (design §2: reporting line).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Method, Part, Recurrence, ReviewVerdict, Term
from dashboard.rules.coverage import Stage as ShareStage
from dashboard.rules.figures import observation_of
from dashboard.rules.freshness import Freshness, LineState, next_round
from dashboard.rules.judgement import ItemVerdict, Judgement, judge_item
from dashboard.rules.rounds import Round, RoundTimes, rounds
from dashboard.rules.targets import target_words
from dashboard.rules.town_matrix import Share, share_of
from dashboard.rules.verdicts import Light, Verdict
from dashboard.rules.weekly import line_title
from dashboard.settings import Settings


class Stage(Term):
    """Where a line stands for its unit, what asks most first."""

    RETURNED = "returned", "退回"
    MISSING = "missing", "未报"
    DUE = "due", "待报"
    WAITING = "waiting", "待审核"
    DONE = "done", "已报"
    RESTING = "resting", "本期不需填报"


TO_FILE = (Stage.RETURNED, Stage.MISSING, Stage.DUE)
"""The stages in which the unit has something to do."""


@dataclass(frozen=True)
class Ask:
    """One reporting line as its unit meets it.

    `whole` is the item that the line reports on, or shares in. `last` is what was received last,
    `reply` the office's word on it, `standing` the last filing that was not returned. `share` is
    the unit's own figure where the line reports a share of an indicator.
    """

    state: LineState
    whole: ItemVerdict
    title: str
    last: r.Filing | None
    reply: r.Review | None
    standing: r.Filing | None
    share: Share | None

    @property
    def line(self) -> r.ReportingLine:
        return self.state.line

    @property
    def is_total(self) -> bool:
        """Whether this line moves the item's light; a share has none of its own."""
        return self.line.part is Part.TOTAL

    @property
    def unit_word(self) -> str:
        """What the line's value counts: 人, 场, 个 or %."""
        return self.share.word if self.share else self.whole.item.unit

    @property
    def target(self) -> float | None:
        """What the line is to reach in the end, in `unit_word`; None where that is not settled."""
        return self.share.target if self.share else self.whole.verdict.target

    @property
    def target_words(self) -> str:
        """The target as officials say it, a share's or a number of hosts' bare; "" without one."""
        indicator = self.whole.item.indicator
        if self.share is None and indicator is not None and not self.whole.item.counts_hosts:
            return target_words(indicator)
        return "" if self.target is None else wording.number(self.target, self.unit_word)

    @property
    def expected(self) -> float | None:
        """What is expected by now, in `unit_word`; None where nothing is, as of a share."""
        return None if self.share else self.whole.verdict.expected

    @property
    def adds_up(self) -> bool:
        """Whether new work is added to what was reported before (SUM), and not measured anew."""
        indicator = self.whole.item.indicator
        return indicator is not None and indicator.method is Method.SUM

    @property
    def is_percent(self) -> bool:
        return self.unit_word == "%"

    @property
    def cadence(self) -> Recurrence:
        """How often the line is asked for now."""
        return self.whole.asked.cadence if self.is_total else self.line.cadence

    @property
    def due(self) -> Round | None:
        """The round for which something is to be filed now."""
        return self.state.round if self.stage in TO_FILE else None

    @cached_property
    def stage(self) -> Stage:
        if self.reply is not None and self.reply.verdict is ReviewVerdict.RETURNED:
            return Stage.RETURNED
        by_freshness = {Freshness.MISSING: Stage.MISSING, Freshness.DUE: Stage.DUE}
        if self.state.freshness in by_freshness:
            return by_freshness[self.state.freshness]
        if self.last is not None and self.reply is None:
            return Stage.WAITING
        return Stage.DONE if self.state.is_asked else Stage.RESTING


def asks_of(judgement: Judgement, units: Iterable[str] | None = None) -> tuple[Ask, ...]:
    """Every filed line of these units, of all without them, in the order of the plan."""
    by_item = {each.item.code: each for each in judgement.items}
    wanted = None if units is None else frozenset(units)
    return tuple(
        _ask(judgement, state, by_item[state.line.indicator or state.line.measure or ""])
        for state in judgement.lines
        if wanted is None or state.line.unit in wanted
    )


def _ask(judgement: Judgement, state: LineState, whole: ItemVerdict) -> Ask:
    books, code = judgement.books, state.line.code
    last, reply = books.last_filed.get(code), books.last_replies.get(code)
    title, share = line_title(books, state.line), _share(judgement, state, whole)
    return Ask(state, whole, title, last, reply, books.standing(code), share)


def _share(judgement: Judgement, state: LineState, whole: ItemVerdict) -> Share | None:
    indicator = whole.item.indicator
    if state.line.part is Part.TOTAL or indicator is None:
        return None
    unit = judgement.books.get(r.Unit, state.line.unit)
    return share_of(judgement, indicator, unit, state)


def to_file(asks: Iterable[Ask]) -> tuple[Ask, ...]:
    """What is to be filed now: what was returned first, then what is missing, then what is due."""
    found = [each for each in asks if each.stage in TO_FILE]
    return tuple(sorted(found, key=lambda each: TO_FILE.index(each.stage)))


@dataclass(frozen=True)
class UnitAsks:
    """A unit and lines of its own, in the order of the plan."""

    unit: r.Unit
    asks: tuple[Ask, ...]

    @cached_property
    def to_file(self) -> tuple[Ask, ...]:
        """Those on which it has something to file now."""
        return to_file(self.asks)

    def number(self, stage: Stage) -> int:
        """How many stand in a stage."""
        return sum(each.stage is stage for each in self.asks)


def by_unit(books: Books, asks: Iterable[Ask]) -> tuple[UnitAsks, ...]:
    """The units of these lines, in protocol order."""
    held: dict[str, list[Ask]] = {}
    for each in asks:
        held.setdefault(each.line.unit, []).append(each)
    units = sorted((books.get(r.Unit, code) for code in held), key=lambda unit: unit.seq)
    return tuple(UnitAsks(unit, tuple(held[unit.code])) for unit in units)


_AHEAD = timedelta(weeks=54)


def next_due(judgement: Judgement, ask: Ask, times: RoundTimes) -> Round | None:
    """The next round, not begun yet, for which the line will be asked."""
    known = rounds(judgement.books.plan.in_use_from, judgement.today + _AHEAD, times)
    return next_round(known, ask.cadence, judgement.books.as_of)


# The light that a filing would bring


def verdict_with(books: Books, settings: Settings, filing: r.Filing) -> Verdict | None:
    """The light of the line's item if this filing were accepted; None for a share (分报)."""
    line = books.get(r.ReportingLine, filing.line)
    if line.part is not Part.TOTAL:
        return None
    said = r.Review(code="", filing=filing.code, verdict=ReviewVerdict.ACCEPTED, by_post="")
    supposed = _observed(books, line, filing).supposing(
        last_filed={**books.last_filed, line.code: filing},
        last_accepted={**books.last_accepted, line.code: filing},
        last_said={**books.last_said, line.code: said},
    )
    return judge_item(supposed, settings, line).verdict


def _observed(books: Books, line: r.ReportingLine, filing: r.Filing) -> Books:
    """The books with the filing's figure in the place of its unit's earlier one of the year."""
    seen = observation_of(line, filing, code="")
    if seen is None:
        return books
    of_it = books.by(r.Observation, "indicator")[seen.indicator]
    return books.with_row(seen, {each.code for each in of_it if _is_of(each, seen)})


def _is_of(one: r.Observation, other: r.Observation) -> bool:
    return (one.unit, one.year) == (other.unit, other.year)


DELAY = ("reason", "remedy", "expected_on")
"""What is said of work that is late: why, what is done about it, and by when it will be done."""


def needs_reason(verdict: Verdict | None) -> bool:
    """Whether `DELAY` is asked for: where the rule, and nobody's word, says yellow or red."""
    return verdict is not None and verdict.light in (Light.YELLOW, Light.RED)


# What other filings know


@dataclass(frozen=True)
class AddedUp:
    """What the units' shares (分报) come to: how many of the `asked` ones have `filed`."""

    value: float
    filed: int
    asked: int


def added_up(judgement: Judgement, indicator: r.Indicator | None) -> AddedUp | None:
    """The shares of an indicator added up; None where nobody reports a share of it.

    Counted targets add up; where hosts are counted, those that meet what is asked of each.
    """
    if indicator is None or not indicator.method.is_counted:
        return None
    books = judgement.books
    of_it = [each for each in judgement.lines if each.line.indicator == indicator.code]
    shares = [
        share_of(judgement, indicator, books.get(r.Unit, each.line.unit), each)
        for each in of_it
        if each.line.part is Part.SHARE
    ]
    if not shares:
        return None
    known = [each for each in shares if each.value is not None]
    if indicator.method is Method.SUM or any(each.counts_hosts for each in known):
        value = sum(each.value or 0.0 for each in known)
    else:
        value = float(sum(each.stage is ShareStage.MET for each in known))
    return AddedUp(value, len(known), len(shares))
