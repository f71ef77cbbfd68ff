"""What must hold of any books; each invariant is one function whose name stands in the answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Part, ProblemState, Recurrence


@dataclass(frozen=True)
class Breach:
    """Where an invariant does not hold, in words."""

    invariant: str
    message: str


def each_item_has_one_total_line(books: Books) -> Iterator[str]:
    """Each indicator, and each measure without one, has exactly one 汇总单位."""
    totals = books.by(r.ReportingLine, "part")[Part.TOTAL]
    with_indicator = {each.measure for each in books.all(r.Indicator)}
    measures = [each.code for each in books.all(r.Measure) if each.code not in with_indicator]
    found = [each.indicator or each.measure for each in totals]
    for code in [*(each.code for each in books.all(r.Indicator)), *measures]:
        if found.count(code) != 1:
            yield f"{code}：应恰有1个汇总单位，现有{found.count(code)}个"


def parts_sum_to_their_whole(books: Books) -> Iterator[str]:
    """The yearly shares of an indicator add up to it."""
    for whole in books.all(r.Indicator):
        parts = books.by(r.Indicator, "part_of")[whole.code]
        if parts and sum(each.value for each in parts) != whole.value:
            total = sum(each.value for each in parts)
            yield f"{whole.code}：分项合计{total:g}，不等于总目标{whole.value:g}"


def hosts_sum_to_their_list(books: Books) -> Iterator[str]:
    """Where every town's number is known, they add up to the list's total."""
    for listed in books.all(r.HostList):
        numbers = [each.number for each in books.by(r.Host, "host_list")[listed.code]]
        if listed.total is None or not numbers or None in numbers:
            continue
        if sum(each or 0 for each in numbers) != listed.total:
            yield f"{listed.code}：各单位合计与应设总数{listed.total}不符"


def dates_lie_in_the_period(books: Books) -> Iterator[str]:
    """A printed date lies between the plan's issue and its end."""
    plan = books.plan
    for each in books.all(r.Deadline):
        if each.due_on and not plan.issued_on <= each.due_on <= plan.period_end:
            yield f"{each.code}：{each.due_on}不在方案期内"


def one_off_deadlines_have_dates(books: Books) -> Iterator[str]:
    """A deadline is a date or a cadence, never neither or both."""
    for each in books.all(r.Deadline):
        if (each.recurrence is Recurrence.ONCE) != (each.due_on is not None):
            yield f"{each.code}：一次性时限应有日期，周期性时限不应有日期"


def closings_are_complete(books: Books) -> Iterator[str]:
    """A closed problem has a check, an opinion and a date."""
    for each in books.all(r.Problem):
        if each.state is ProblemState.CLOSED:
            complete = each.checked_by and each.check_opinion and each.closed_on
            if not complete:
                yield f"{each.code}：已销号，但缺核查岗位、核查意见或销号日期"


INVARIANTS: tuple[Callable[[Books], Iterator[str]], ...] = (
    each_item_has_one_total_line,
    parts_sum_to_their_whole,
    hosts_sum_to_their_list,
    dates_lie_in_the_period,
    one_off_deadlines_have_dates,
    closings_are_complete,
)


def breaches(books: Books) -> tuple[Breach, ...]:
    """Everything in the books that breaks an invariant."""
    return tuple(
        Breach(invariant.__name__, message)
        for invariant in INVARIANTS
        for message in invariant(books)
    )
