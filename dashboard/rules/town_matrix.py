"""Towns × requirements: the stations each must have, and what each reports of its own (分报)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Part, Recurrence
from dashboard.rules.coverage import (
    Coverage,
    Stage,
    by_place,
    in_all,
    leading_list,
    places_of,
    sentence,
    station_lists,
    towns_of,
)
from dashboard.rules.freshness import Freshness, LineState
from dashboard.rules.judgement import Judgement
from dashboard.rules.obligations import obligations_of


@dataclass(frozen=True)
class Share:
    """A town's own figure of an indicator. `target` None is 待核定 or not asked of it.

    Where the town is itself the host it counts in the indicator's unit (不少于5场); where it has
    hosts of its own it counts those that meet the requirement (33个村中20个).
    """

    indicator: r.Indicator
    unit: r.Unit
    value: float | None
    target: float | None
    word: str
    line: LineState | None

    @property
    def counts_hosts(self) -> bool:
        """Whether it counts the town's own hosts, and not what the town itself did."""
        return self.word != self.indicator.unit

    @property
    def stage(self) -> Stage:
        """How far the town is; nothing is said where it does not report or nothing was accepted."""
        if self.line is None:
            return Stage.EXEMPT
        if self.value is None:
            return Stage.UNRECORDED
        if self.target is None:
            return Stage.UNKNOWN
        if self.value >= self.target:
            return Stage.MET
        return Stage.BUILDING if self.value else Stage.IDLE


@dataclass(frozen=True)
class TownRow:
    """One town against every requirement, in the order of the matrix's columns."""

    unit: r.Unit
    coverages: tuple[Coverage, ...]
    shares: tuple[Share, ...]

    @property
    def freshness(self) -> Freshness:
        """The worst state of its own lines."""
        states = [each.line.freshness for each in self.shares if each.line]
        return min(states, key=list(Freshness).index, default=Freshness.NOT_ASKED)


@dataclass(frozen=True)
class TownMatrix:
    """The towns in the office's order, then the zones printed beside them.

    `wholes` are the whole plan's standings on the lists.
    """

    lists: tuple[r.HostList, ...]
    indicators: tuple[r.Indicator, ...]
    rows: tuple[TownRow, ...]
    wholes: tuple[Coverage, ...]


def town_matrix(judgement: Judgement) -> TownMatrix:
    """Every town against every host list that names towns and every line it reports on."""
    books, today = judgement.books, judgement.today
    places = places_of(books)
    codes = {unit.code for unit in places}
    lists = tuple(
        hosts
        for hosts in station_lists(books)
        if codes & set(obligations_of(books, hosts).by_place)
    )
    columns = [by_place(books, hosts, today) for hosts in lists]
    lines = {
        (each.line.indicator, each.line.unit): each
        for each in judgement.lines
        if each.line.part is Part.SHARE
    }
    indicators = tuple(
        each
        for each in books.all(r.Indicator)
        if any((each.code, unit.code) in lines for unit in places)
    )
    rows = tuple(
        TownRow(
            unit,
            tuple(column[number] for column in columns),
            tuple(
                share_of(judgement, each, unit, lines.get((each.code, unit.code)))
                for each in indicators
            ),
        )
        for number, unit in enumerate(places)
    )
    wholes = tuple(in_all(books, hosts, today) for hosts in lists)
    return TownMatrix(lists, indicators, rows, wholes)


def share_of(
    judgement: Judgement, indicator: r.Indicator, unit: r.Unit, line: LineState | None
) -> Share:
    """A unit's own figure of an indicator: this year's where it is a yearly duty."""
    books = judgement.books
    observed = books.by(r.Observation, "indicator")[indicator.code]
    mine = {each.year: each.value for each in observed if each.unit == unit.code}
    latest = mine[max(mine)] if mine else None
    value = mine.get(judgement.today.year) if _is_yearly(books, indicator) else latest
    target, word = _target(books, indicator, unit)
    return Share(indicator, unit, value, target, word, line)


def _is_yearly(books: Books, indicator: r.Indicator) -> bool:
    held = books.by(r.Deadline, "indicator")[indicator.code]
    return any(each.recurrence is Recurrence.YEARLY for each in held)


def _target(books: Books, indicator: r.Indicator, unit: r.Unit) -> tuple[float | None, str]:
    hosts = books.find(r.HostList, indicator.host_list)
    if hosts is None:
        return indicator.value, indicator.unit
    owed = obligations_of(books, hosts).by_place.get(unit.code)
    obliged = owed.number if owed else None
    if owed is None or obliged == 1:
        return (None if owed is None else indicator.value), indicator.unit
    return obliged, hosts.unit_word


MOST_NAMED = 3
"""A sentence that names more indicators is no answer any more."""


def towns_sentence(judgement: Judgement, matrix: TownMatrix) -> str:
    """“13个镇街中8个已建成村居站点，……；镇街心理知识讲座：13个镇街中4个达到要求；分报2个镇街未报。”."""
    books = judgement.books
    towns = {unit.code for unit in towns_of(books)}
    rows = [row for row in matrix.rows if row.unit.code in towns]
    hosts = leading_list(books)
    parts = [sentence(books, hosts, judgement.today).removesuffix("。")] if hosts else []
    parts += [_met(rows, number) for number in range(len(matrix.indicators))][:MOST_NAMED]
    parts += [_reported(rows)]
    return f"{'；'.join(part for part in parts if part)}。"


def _met(rows: Sequence[TownRow], number: int) -> str:
    shares = [row.shares[number] for row in rows]
    if all(share.value is None for share in shares):
        return ""
    name = shares[0].indicator.name
    known = [share for share in shares if share.target]
    if all(share.counts_hosts for share in known):
        done = wording.number(sum(share.value or 0.0 for share in known))
        total = wording.number(sum(share.target or 0.0 for share in known))
        return f"{name}：{total}个{shares[0].indicator.scope}中{done}个达到要求"
    met = sum(share.stage is Stage.MET for share in known)
    return f"{name}：{len(shares)}个镇街中{met}个达到要求"


def _reported(rows: Sequence[TownRow]) -> str:
    number = Counter(row.freshness for row in rows)
    words = {Freshness.MISSING: "未报", Freshness.LATE: "迟报"}
    said = [f"{number[state]}个镇街{word}" for state, word in words.items() if number[state]]
    return f"分报{'、'.join(said)}" if said else ""


def share_words(share: Share) -> str:
    """“6场”, “20/33个” of the town's own hosts; empty where nothing is known."""
    if share.value is None:
        return ""
    if share.target and share.counts_hosts:
        return f"{wording.number(share.value)}/{wording.number(share.target, share.word)}"
    return wording.number(share.value, share.word)
