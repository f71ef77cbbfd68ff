"""What must hold of any books; each invariant is one function whose name stands in the answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import DeadlineSource, Part, ProblemState, Recurrence, SupervisionKind
from dashboard.rules.problems import is_same_post


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
    for each in books.all(r.Deadline):
        if each.due_on and not books.plan.covers(each.due_on):
            yield f"{each.code}：{each.due_on}不在方案期内"


def one_off_deadlines_have_dates(books: Books) -> Iterator[str]:
    """A deadline is a date or a cadence, never neither or both."""
    for each in books.all(r.Deadline):
        if (each.recurrence is Recurrence.ONCE) != (each.due_on is not None):
            yield f"{each.code}：一次性时限应有日期，周期性时限不应有日期"


def moved_dates_are_approved(books: Books) -> Iterator[str]:
    """A date was moved later, by a post and on a basis, and the one before it counts no more."""
    for each in books.all(r.Deadline):
        if each.source is DeadlineSource.EXTENDED and (message := _moving_fault(books, each)):
            yield f"{each.code}：{message}"


def _moving_fault(books: Books, each: r.Deadline) -> str | None:
    before = books.find(r.Deadline, each.moved_from)
    if before is None or not (each.approved_by and each.approval):
        return "批准延期的时限应写明原时限、批准岗位和依据"
    if before.is_in_force:
        return f"已批准延期，原时限{before.code}不应仍为现行"
    if before.due_on is None or each.due_on is None or each.due_on <= before.due_on:
        return "批准延期的时限应晚于原时限"
    return None


def closings_are_complete(books: Books) -> Iterator[str]:
    """A closed problem was asked for, checked and confirmed by three posts, one after the other."""
    for each in books.all(r.Problem):
        if each.state is ProblemState.CLOSED and (message := _closing_fault(each)):
            yield f"{each.code}：已销号，但{message}"


def _closing_fault(each: r.Problem) -> str | None:
    posts = (each.asked_by, each.checked_by, each.confirmed_by)
    days = (each.asked_on, each.checked_on, each.closed_on)
    said = (each.closing_standard, each.check_opinion)
    if not all((*posts, *days, *said)):
        return "申请、核查、确认的岗位、日期或核查意见不全"
    if any(is_same_post(one or "", other or "") for one, other in combinations(posts, 2)):
        return "申请、核查、确认的岗位有相同的"
    if any(after < before for before, after in pairwise(day for day in days if day)):
        return "申请、核查、销号的日期先后不符"
    return None


def registers_run_without_gaps(books: Books) -> Iterator[str]:
    """The 登记序号 of each kind of 督办 run 1, 2, 3 … within a year; withdrawn ones keep theirs."""
    numbers: dict[tuple[int, SupervisionKind], list[int]] = {}
    for each in books.all(r.Supervision):
        numbers.setdefault((each.year, each.kind), []).append(each.number)
    for (year, kind), held in sorted(numbers.items()):
        if sorted(held) != list(range(1, len(held) + 1)):
            yield f"{year}年{kind.label}：登记序号应从1起连续编排，不重不漏"


INVARIANTS: tuple[Callable[[Books], Iterator[str]], ...] = (
    each_item_has_one_total_line,
    parts_sum_to_their_whole,
    hosts_sum_to_their_list,
    dates_lie_in_the_period,
    one_off_deadlines_have_dates,
    moved_dates_are_approved,
    closings_are_complete,
    registers_run_without_gaps,
)


def breaches(books: Books) -> tuple[Breach, ...]:
    """Everything in the books that breaks an invariant."""
    return tuple(
        Breach(invariant.__name__, message)
        for invariant in INVARIANTS
        for message in invariant(books)
    )
