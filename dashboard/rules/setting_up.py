"""What an office must settle before the first dispatch (design §4: an empty plan's overview)."""

from dataclasses import dataclass

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Part
from dashboard.rules.coverage import owed_in_all
from dashboard.rules.items import items_of
from dashboard.rules.questions import competing


@dataclass(frozen=True)
class SetUp:
    """One thing to settle: what, whether it is still open, how, and in which ledger."""

    what: str
    is_open: bool
    how: str
    ledger: str


def what_is_missing(books: Books) -> tuple[SetUp, ...]:
    """The check list: dates, host lists, who sums up, collectives, contacts, opening figures."""
    return (
        _dates(books),
        _host_lists(books),
        _totals(books),
        _collectives(books),
        _competing(books),
        _contacts(books),
        _first_filings(books),
    )


def _dates(books: Books) -> SetUp:
    items = items_of(books)
    undated = [each for each in items if each.deadline is None and not each.is_encouraged]
    how = f"{len(items)}条措施和指标中，{len(undated)}条方案未定时限；需要的由办公室确定时限或节点"
    return SetUp("核定时限", bool(undated), how, "deadline")


def _host_lists(books: Books) -> SetUp:
    unknown = [each.title for each in books.all(r.HostList) if owed_in_all(books, each) is None]
    how = f"应设总数待核定：{wording.join_names(unknown, 4, '份')}" if unknown else "均已核定"
    return SetUp("核定应设名录", bool(unknown), how, "host_list")


def _totals(books: Books) -> SetUp:
    lines = books.by(r.ReportingLine, "part")[Part.TOTAL]
    chosen = sum(each.is_designated for each in lines)
    how = f"{len(lines)}条均有汇总单位，其中{chosen}条为“办公室指定汇总，非牵头”，请核对"
    return SetUp("确认汇总单位", chosen > 0, how, "reporting_line")


def _collectives(books: Books) -> SetUp:
    named = [each for each in books.all(r.Unit) if each.is_collective]
    members = books.by(r.Membership, "collective")
    without = [each.name for each in named if not members[each.code]]
    how = f"尚未指定成员：{wording.join_names(without, 4, '项')}" if without else "均已指定成员"
    return SetUp("明确“各有关部门”等所指单位", bool(without), how, "membership")


def _competing(books: Books) -> SetUp:
    notes = list(competing(books))
    how = f"{len(notes)}处时限前后不一致，现按较严的执行，请确认" if notes else "前后一致"
    return SetUp("确认不一致的时限", bool(notes), how, "deadline")


def answerable(books: Books) -> tuple[r.Unit, ...]:
    """The units that should have a contact, in protocol order: all but the task force's own."""
    units = (each for each in books.all(r.Unit) if each.can_answer and each.kind.has_liaison)
    return tuple(sorted(units, key=lambda each: each.seq))


def without_contact(books: Books) -> tuple[r.Unit, ...]:
    """The units for which nobody is named to be asked."""
    contacts = books.by(r.Contact, "unit")
    return tuple(each for each in answerable(books) if not contacts[each.code])


def _contacts(books: Books) -> SetUp:
    units, without = answerable(books), without_contact(books)
    how = f"{len(units)}个单位中，{len(without)}个尚无联系人" if without else "各单位均有联系人"
    return SetUp("登记联系人", bool(without), how, "contact")


def _first_filings(books: Books) -> SetUp:
    how = "在任务清单中打开任务，填报进展；站点在站点台账中登记"
    return SetUp("录入期初数", not books.last_filed, how, "filing")
