"""What is judged: an indicator, or a measure without one, with the line that moves its light."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import DeadlineSource, Force, Method, Part, Recurrence, Via
from dashboard.rules.coverage import owed_in_all

OfAnItem = r.Milestone | r.Deadline | r.ReportingLine
DATED = (DeadlineSource.PRINTED, DeadlineSource.EXTENDED, DeadlineSource.OFFICE)
"""The sources of a deadline that can turn a light red (design: deadline)."""


@dataclass(frozen=True)
class Item:
    """One judged thing. `deadline` is the one in force, `others` are held beside it.

    `hosts` says who is obliged and `obliged` how many; `parts` are the yearly shares of a larger
    indicator.
    """

    line: r.ReportingLine
    task: r.Task
    measure: r.Measure | None
    indicator: r.Indicator | None
    hosts: r.HostList | None
    deadline: r.Deadline | None
    others: tuple[r.Deadline, ...]
    parts: tuple[r.Indicator, ...]
    milestones: tuple[r.Milestone, ...]
    obliged: int | None = None

    @property
    def code(self) -> str:
        """The code of the indicator or the measure."""
        return (self.line.indicator or self.line.measure) or self.line.code

    @property
    def title(self) -> str:
        """What is to be done, in a few words."""
        if self.indicator:
            return self.indicator.name
        return self.measure.title if self.measure else self.task.title

    @property
    def clause(self) -> str:
        """Where it stands in the plan."""
        return (self.indicator or self.measure or self.task).clause

    @property
    def recurrence(self) -> Recurrence | None:
        """The cadence, or None where neither date nor cadence is given."""
        return self.deadline.recurrence if self.deadline else None

    @property
    def is_encouraged(self) -> bool:
        """What is only encouraged is marked and never a gap."""
        marks = (self.indicator, self.measure, self.hosts)
        return any(mark is not None and mark.force is Force.ENCOURAGED for mark in marks)

    @property
    def counts_stations(self) -> bool:
        """Whether the station ledger knows the figure."""
        return self.line.via is Via.STATIONS

    @property
    def counts_hosts(self) -> bool:
        """Whether the figure is a number of hosts, measured against the host list."""
        by_host = self.indicator is not None and self.indicator.method is Method.HOSTS_MET
        return self.counts_stations or by_host

    @property
    def is_kept(self) -> bool:
        """保持类: no expected progress, kept or not kept."""
        return self.indicator is not None and self.indicator.method is Method.KEPT

    @property
    def is_count(self) -> bool:
        """Whether the figure grows in whole steps (else it is a percentage)."""
        counted = self.indicator is not None and self.indicator.method is Method.SUM
        return self.counts_hosts or counted

    @property
    def target(self) -> float | None:
        """What is to be reached, in `unit`; None while the host list is 待核定."""
        if self.counts_hosts:
            return float(self.obliged) if self.obliged else None
        return self.indicator.value if self.indicator else 100.0

    @property
    def unit(self) -> str:
        """The unit the figure is counted in."""
        if self.counts_hosts:
            return self.hosts.unit_word if self.hosts else ""
        return self.indicator.unit if self.indicator else "%"


def items_of(books: Books) -> tuple[Item, ...]:
    """Every judged item, in the order of the plan."""
    totals = books.by(r.ReportingLine, "part")[Part.TOTAL]
    standing = {task.code for task in books.all(r.Task)}
    found = [_item(books, line) for line in totals if line.task in standing]
    return tuple(sorted(found, key=_place))


def items_of_measure(books: Books, measure: str) -> tuple[Item, ...]:
    """The judged items of one measure: its own and those of its indicators."""
    indicators = books.by(r.Indicator, "measure")[measure]
    lines = [
        line for each in indicators for line in books.by(r.ReportingLine, "indicator")[each.code]
    ]
    lines += books.by(r.ReportingLine, "measure")[measure]
    found = {line.code: line for line in lines if line.part is Part.TOTAL}
    items = (_item(books, line) for line in found.values() if books.find(r.Task, line.task))
    return tuple(each for each in items if each.measure and each.measure.code == measure)


def item_of_line(books: Books, line: r.ReportingLine) -> Item:
    """The judged item that a line sums up for. Raises ValueError for a share (分报)."""
    if line.part is not Part.TOTAL:
        raise ValueError(f"{line.code} sums up for no item")
    return _item(books, line)


def item_of(books: Books, row: OfAnItem) -> Item | None:
    """The judged item of which a row speaks; None where it speaks of no such item."""
    field, code = ("indicator", row.indicator) if row.indicator else ("measure", row.measure)
    lines = books.by(r.ReportingLine, field)[code] if code else ()
    for line in lines:
        if line.part is Part.TOTAL and line.indicator == row.indicator:
            return _item(books, line)
    return None


def _place(item: Item) -> tuple[int, int, int]:
    measure = item.measure.seq if item.measure else 0
    return item.task.seq, measure, item.indicator.seq if item.indicator else 0


def _item(books: Books, line: r.ReportingLine) -> Item:
    indicator = books.find(r.Indicator, line.indicator)
    measure = books.find(r.Measure, line.measure or (indicator.measure if indicator else None))
    deadline, others = _deadlines(books, indicator, measure)
    hosts = books.find(r.HostList, (indicator.host_list if indicator else None) or line.host_list)
    parts = books.by(r.Indicator, "part_of")[indicator.code] if indicator else ()
    return Item(
        line=line,
        task=books.get(r.Task, line.task),
        measure=measure,
        indicator=indicator,
        hosts=hosts,
        deadline=deadline,
        others=others,
        parts=tuple(sorted(parts, key=lambda part: part.year or 0)),
        milestones=_milestones(books, indicator, measure),
        obliged=owed_in_all(books, hosts) if hosts else None,
    )


def _deadlines(
    books: Books, indicator: r.Indicator | None, measure: r.Measure | None
) -> tuple[r.Deadline | None, tuple[r.Deadline, ...]]:
    own = books.by(r.Deadline, "indicator")[indicator.code] if indicator else ()
    of_measure = books.by(r.Deadline, "measure")[measure.code] if measure else ()
    held = own or tuple(each for each in of_measure if each.indicator is None)
    return in_force(held), held


def in_force(held: Iterable[r.Deadline]) -> r.Deadline | None:
    """Of several deadlines the one that counts: in force, and the earliest of them."""
    standing = [each for each in held if each.is_in_force]
    dated = sorted((each for each in standing if each.due_on), key=lambda each: str(each.due_on))
    return next(iter(dated or standing), None)


def _milestones(
    books: Books, indicator: r.Indicator | None, measure: r.Measure | None
) -> tuple[r.Milestone, ...]:
    if indicator:
        found = books.by(r.Milestone, "indicator")[indicator.code]
    else:
        found = books.by(r.Milestone, "measure")[measure.code] if measure else ()
    return tuple(sorted(found, key=lambda each: each.due_on))
