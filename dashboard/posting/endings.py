"""What goes when a row of the office's own is taken back, and what keeps it from going."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import Connection, func, select

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.doors import ACCOUNT_UNITS, ACCOUNTS
from dashboard.ledgers.shape import LEDGERS, TITLES, fields_of, ledger_of
from dashboard.ledgers.terms import Part
from dashboard.posting.editable import EDITABLE, is_printed
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.station_faults import named_by

_ARRANGED: Mapping[type[r.Record], tuple[tuple[type[r.Record], str], ...]] = {
    r.Task: (
        (r.Measure, "task"),
        (r.Milestone, "task"),
        (r.Deadline, "task"),
        (r.ReportingLine, "task"),
        (r.Responsibility, "task"),
    ),
    r.Measure: (
        (r.Milestone, "measure"),
        (r.Deadline, "measure"),
        (r.ReportingLine, "measure"),
        (r.Responsibility, "measure"),
    ),
    r.HostList: ((r.Host, "host_list"),),
    r.Unit: ((r.Contact, "unit"),),
}
"""What is arranged for a row, and means nothing without it."""


def going_with(connection: Connection, books: Books, row: r.Record) -> tuple[r.Record, ...]:
    """The rows that end with a row, itself last. Raises RefusedError with what keeps it."""
    reasons = [*_kept(books, row), *_with_accounts(connection, books, row)]
    found = [
        each
        for kind, field in _ARRANGED.get(type(row), ())
        for each in books.by(kind, field)[row.code]
    ]
    going = (*found, row)
    reasons += [*_filed(books, going), *_used(books, going)]
    if reasons:
        raise RefusedError(Fault(ledger_of(row), row.code, None, reasons[0]))
    return going


def _kept(books: Books, row: r.Record) -> Iterator[str]:
    rule = EDITABLE.get(ledger_of(row))
    if rule is None or is_printed(books, row):
        yield "方案原有的内容不能撤销"
    elif not rule.can_end:
        yield "登记后不能撤销，请按程序办结"
    elif isinstance(row, r.Station) and books.by(r.Inspection, "station")[row.code]:
        yield "已有检查记录，不能撤销；不再使用的，请填写停用日期"
    elif isinstance(row, r.StandardItem):
        yield from _needed(books, row)
    elif isinstance(row, r.ReportingLine) and row.part is Part.TOTAL:
        yield "每个事项须有1个汇总单位，不能撤销；如需更换，请修改填报单位"


def _needed(books: Books, item: r.StandardItem) -> Iterator[str]:
    if books.by(r.Inspection, "item")[item.code]:
        yield "已有站点按这一条检查，不能撤销；要求有变的，请另立标准"
    elif lists := named_by(books, item):
        yield f"名录{lists}按这份标准检查，只剩这一条；请先修改名录的建设标准"


def _with_accounts(connection: Connection, books: Books, row: r.Record) -> Iterator[str]:
    if isinstance(row, r.Unit) and (number := _accounts(connection, books.plan.code, row.code)):
        yield f"还有{number}个账号属于该单位，请先由系统管理员调整"


def _accounts(connection: Connection, plan: str, unit: str) -> int:
    held = ACCOUNT_UNITS.join(ACCOUNTS, ACCOUNTS.c.id == ACCOUNT_UNITS.c.account_id)
    query = select(func.count()).select_from(held)
    query = query.where(ACCOUNT_UNITS.c.plan == plan, ACCOUNT_UNITS.c.unit == unit)
    return connection.scalar(query.where(ACCOUNTS.c.disabled_at.is_(None))) or 0


def _filed(books: Books, going: Sequence[r.Record]) -> Iterator[str]:
    lines = [each for each in going if isinstance(each, r.ReportingLine)]
    if any(each.code in books.last_filed for each in lines):
        yield "已有填报，不能撤销；可在备注中写明不再推进的原因"


def _used(books: Books, going: Sequence[r.Record]) -> Iterator[str]:
    found: dict[str, int] = {}
    for row in going:
        for title, number in uses(books, row, going).items():
            found[title] = found.get(title, 0) + number
    if found:
        told = "、".join(f"{title}{number}行" for title, number in found.items())
        yield f"还有{told}与它关联，请先处理"


def uses(books: Books, row: r.Record, besides: Collection[r.Record] = ()) -> dict[str, int]:
    """How many standing rows refer to a row, besides those named, by their ledger's title."""
    own, found = ledger_of(row), {}
    for ledger, held in books.rows.items():
        names = [field.name for field in fields_of(LEDGERS[ledger]) if field.ref == own]
        others = [each for each in held if names and each not in besides]
        number = sum(any(getattr(each, name) == row.code for name in names) for each in others)
        if number:
            found[TITLES[ledger]] = number
    return found
