"""What waits for the office's word: who may say it, what stands out, what the light would be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.history import Pending
from dashboard.ledgers.terms import ReviewVerdict
from dashboard.rules.asking import Ask, asks_of, verdict_with
from dashboard.rules.freshness import is_late
from dashboard.rules.judgement import Judgement
from dashboard.rules.jumps import jumps
from dashboard.rules.rounds import Round
from dashboard.rules.verdicts import Verdict
from dashboard.rules.weekly import line_title
from dashboard.settings import Settings


def why_not(pending: Pending, account: str | None, verdict: ReviewVerdict) -> str | None:
    """Why whoever sits at this account may not say this to a filing; None where that is free.

    Nobody reviews what the own account filed. Of several that wait on one line, one that is older
    than what was accepted can only be returned, as its figure would take the newer one's place,
    and neither is one accepted that its unit has corrected since.
    """
    if account is not None and pending.entered_by == account:
        return "不能审核本人填报的事项，请由他人审核"
    if pending.verdict is not None:
        return "该填报已经审核，请刷新后再看"
    if verdict is ReviewVerdict.RETURNED:
        return None
    if pending.is_overtaken:
        return "已有更晚的填报通过审核，只能退回"
    if pending.corrected_by:
        return f"已由{pending.corrected_by}更正，请审核更正后的填报"
    return None


@dataclass(frozen=True)
class Look:
    """A waiting filing as its reviewer meets it.

    `ask` is None where the line is not filed any more. `before` is the line's last accepted
    filing; `now` and `then` are the light before and if this one were accepted, both None for a
    share (分报). `oddities` say in sentences what stands out.
    """

    pending: Pending
    unit: r.Unit
    title: str
    ask: Ask | None
    before: r.Filing | None
    now: Verdict | None
    then: Verdict | None
    round: Round | None
    oddities: tuple[str, ...]
    problems: tuple[r.Problem, ...]

    @property
    def filing(self) -> r.Filing:
        return self.pending.filing

    @property
    def code(self) -> str:
        return self.pending.filing.code

    @property
    def is_late(self) -> bool:
        """迟报; what nobody had asked for is never late."""
        due = self.ask.state.round if self.ask else None
        return due is not None and due.code == self.filing.round and is_late(self.filing, due)

    @property
    def is_corrected(self) -> bool:
        """已被更正: listed, but not for a decision."""
        return self.pending.corrected_by is not None

    @cached_property
    def difference(self) -> float | None:
        """The figure's change since what was accepted last."""
        if self.before is None or self.before.value is None or self.filing.value is None:
            return None
        return self.filing.value - self.before.value


def looks(judgement: Judgement, settings: Settings, pending: Iterable[Pending]) -> tuple[Look, ...]:
    """What waits, by unit in protocol order, within a unit in the order of the plan.

    What was corrected stands beside its correction as long as that waits itself.
    """
    asks = {each.line.code: each for each in asks_of(judgement)}
    order = {line.code: place for place, line in enumerate(judgement.books.all(r.ReportingLine))}
    by_round = {each.code: each for each in judgement.rounds}
    found = [
        _look(judgement, settings, each, (asks, by_round))
        for each in _standing(tuple(pending))
        if each.filing.line in order
    ]
    return tuple(
        sorted(found, key=lambda each: (each.unit.seq, order[each.filing.line], each.code))
    )


def _standing(pending: Sequence[Pending]) -> Iterator[Pending]:
    waiting: set[str] = set()
    for each in reversed(pending):  # a correction is younger than what it corrects
        if each.corrected_by is None or each.corrected_by in waiting:
            waiting.add(each.filing.code)
            yield each


def _look(
    judgement: Judgement,
    settings: Settings,
    pending: Pending,
    known: tuple[Mapping[str, Ask], Mapping[str, Round]],
) -> Look:
    books, filing, (asks, by_round) = judgement.books, pending.filing, known
    line = books.get(r.ReportingLine, filing.line)
    ask, before = asks.get(line.code), books.last_accepted.get(line.code)
    is_total = ask is not None and ask.is_total
    begun_on = books.plan.in_use_from
    if ask and ask.whole.starts_on:
        begun_on = max(begun_on, ask.whole.starts_on)
    slipped = expected_before(books, filing)
    return Look(
        pending=pending,
        unit=books.get(r.Unit, line.unit),
        title=line_title(books, line),
        ask=ask,
        before=before,
        now=ask.whole.verdict if ask and is_total else None,
        then=verdict_with(books, settings, filing) if is_total else None,
        round=by_round.get(filing.round),
        oddities=jumps(ask, filing, before, settings.review, (slipped, begun_on)) if ask else (),
        problems=_raised(books, pending, line),
    )


def expected_before(books: Books, filing: r.Filing) -> tuple[date, ...]:
    """The 预计完成时间 that were filed on the line before this filing."""
    days = books.expected.get(filing.line, ())
    last = books.last_filed.get(filing.line)
    if filing.expected_on and last and last.code == filing.code and days[-1:] != ():
        return days[:-1]
    return days


def _raised(books: Books, pending: Pending, line: r.ReportingLine) -> tuple[r.Problem, ...]:
    """The problems raised with this filing and not with another of the same posting."""
    found = (books.find(r.Problem, code) for code in pending.problems)
    return tuple(
        each for each in found if each and each.unit == line.unit and each.task in (None, line.task)
    )
