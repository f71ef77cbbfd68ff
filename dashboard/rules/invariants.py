"""What must hold of any books; each invariant is one function whose name stands in the answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import DeadlineSource, Part, ProblemState, Recurrence, SupervisionKind
from dashboard.rules.obligations import obligations_of
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


def stations_stand_for_bodies_of_their_list(books: Books) -> Iterator[str]:
    """The obliged body that a station stands for is one of the station's own host list."""
    for each in books.all(r.Station):
        if each.listed_host is None:
            continue
        body = books.find(r.ListedHost, each.listed_host)
        if body is None or body.host_list != each.host_list:
            yield f"{each.code}：所对应的应设单位{each.listed_host}不在本站点的应设名录中"


def printed_numbers_are_those_of_named_bodies(books: Books) -> Iterator[str]:
    """A remark and no breach: the plan's number may differ from the bodies found by name."""
    for hosts in books.all(r.HostList):
        owed = obligations_of(books, hosts)
        if not owed.is_named:
            continue
        named = sum(len(each.bodies or ()) for each in owed.by_place.values())
        if hosts.total not in (None, named):
            yield f"{hosts.code}：{_differ(hosts, None, hosts.total, named)}"
        for place, each in owed.by_place.items():
            if each.bodies is not None and each.printed not in (None, len(each.bodies)):
                unit = books.find(r.Unit, place)
                yield f"{hosts.code}：{_differ(hosts, unit, each.printed, len(each.bodies))}"


def _differ(hosts: r.HostList, unit: r.Unit | None, given: int | None, named: int) -> str:
    where = unit.name if unit else hosts.title
    return f"{where}应设数{given}{hosts.unit_word}，名录登记{named}{hosts.unit_word}"


INVARIANTS: tuple[Callable[[Books], Iterator[str]], ...] = (
    each_item_has_one_total_line,
    parts_sum_to_their_whole,
    hosts_sum_to_their_list,
    dates_lie_in_the_period,
    one_off_deadlines_have_dates,
    moved_dates_are_approved,
    closings_are_complete,
    registers_run_without_gaps,
    stations_stand_for_bodies_of_their_list,
)
REMARKS: tuple[Callable[[Books], Iterator[str]], ...] = (printed_numbers_are_those_of_named_bodies,)
"""What the office should look at though nothing is broken."""


def breaches(books: Books) -> tuple[Breach, ...]:
    """Everything in the books that breaks an invariant."""
    return _found(INVARIANTS, books)


def remarks(books: Books) -> tuple[Breach, ...]:
    """What is worth a look in the books though it breaks nothing."""
    return _found(REMARKS, books)


def _found(asked: tuple[Callable[[Books], Iterator[str]], ...], books: Books) -> tuple[Breach, ...]:
    return tuple(Breach(each.__name__, message) for each in asked for message in each(books))
