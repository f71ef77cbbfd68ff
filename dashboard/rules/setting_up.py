"""What an office must settle before the first dispatch (design §4: an empty plan's overview)."""

from dataclasses import dataclass

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Part, Recurrence
from dashboard.rules.items import items_of


@dataclass(frozen=True)
class SetUp:
    """One thing to settle: what, whether it is still open, and how."""

    what: str
    is_open: bool
    how: str


def what_is_missing(books: Books) -> tuple[SetUp, ...]:
    """The check list: dates, host lists, who sums up, collectives, opening figures."""
    return (
        _dates(books),
        _host_lists(books),
        _totals(books),
        _collectives(books),
        _competing(books),
        _first_filings(books),
    )


def _dates(books: Books) -> SetUp:
    items = items_of(books)
    undated = [each for each in items if each.deadline is None and not each.is_encouraged]
    how = f"{len(items)}条措施和指标中，{len(undated)}条方案未定时限；需要的由办公室确定时限或节点"
    return SetUp("核定时限", bool(undated), how)


def _host_lists(books: Books) -> SetUp:
    unknown = [each.title for each in books.all(r.HostList) if each.total is None]
    how = f"应设总数待核定：{wording.join_names(unknown, 4, '份')}" if unknown else "均已核定"
    return SetUp("核定应设名录", bool(unknown), how)


def _totals(books: Books) -> SetUp:
    lines = books.by(r.ReportingLine, "part")[Part.TOTAL]
    chosen = sum(each.is_designated for each in lines)
    how = f"{len(lines)}条均有汇总单位，其中{chosen}条为“办公室指定汇总，非牵头”，请核对"
    return SetUp("确认汇总单位", chosen > 0, how)


def _collectives(books: Books) -> SetUp:
    named = [each for each in books.all(r.Unit) if each.is_collective]
    members = books.by(r.Membership, "collective")
    without = [each.name for each in named if not members[each.code]]
    how = f"尚未指定成员：{wording.join_names(without, 4, '项')}" if without else "均已指定成员"
    return SetUp("明确“各有关部门”等所指单位", bool(without), how)


def _competing(books: Books) -> SetUp:
    held = [each for each in books.all(r.Deadline) if each.recurrence is Recurrence.ONCE]
    notes = [each for each in held if not each.is_in_force]
    how = f"{len(notes)}处时限前后不一致，现按较严的执行，请确认" if notes else "前后一致"
    return SetUp("确认不一致的时限", bool(notes), how)


def _first_filings(books: Books) -> SetUp:
    how = "在任务清单中打开任务，填报进展；站点在站点台账中登记"
    return SetUp("录入期初数", not books.last_filed, how)
