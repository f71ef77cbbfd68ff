"""How a row of any ledger is called where one must be told from the others."""

from collections.abc import Callable, Mapping
from typing import Any

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import ledger_of
from dashboard.rules.items import item_of
from dashboard.rules.ladder import register_name


def name_of(books: Books, row: r.Record) -> str:
    """A row's name, such as 四（一）　建成县级心理健康中心."""
    return _NAMES.get(ledger_of(row), _code)(books, row)


def _code(_books: Books, row: Any) -> str:
    return str(row.code)


def _titled(field: str) -> Callable[[Books, Any], str]:
    return lambda _books, row: str(getattr(row, field))


def _clause(_books: Books, row: r.Clause) -> str:
    return f"{row.code}　{row.title}"


def _task(_books: Books, row: r.Task) -> str:
    return f"{row.clause}　{row.title}"


def unit_name(books: Books, code: str | None) -> str:
    """A unit's name by its code."""
    unit = books.find(r.Unit, code)
    return unit.name if unit else "—"


def item_name(books: Books, row: Any) -> str:
    """The indicator, measure or task of which a row speaks."""
    indicator = books.find(r.Indicator, row.indicator)
    measure = books.find(r.Measure, row.measure)
    task = books.find(r.Task, row.task)
    if indicator:
        return indicator.name
    return measure.title if measure else task.title if task else "—"


def _line(books: Books, row: r.ReportingLine) -> str:
    return f"{item_name(books, row)}：{unit_name(books, row.unit)}{row.part.label}"


def _deadline(books: Books, row: r.Deadline) -> str:
    when = wording.full_day(row.due_on) if row.due_on else row.recurrence.label
    return f"{item_name(books, row)}：{when}（{row.source.label}）"


def amount_of(books: Books, row: r.Milestone) -> str:
    """What a milestone expects, in the unit in which its item is counted."""
    item = item_of(books, row)
    return wording.scaled(row.value, item.unit if item else "%")


def _milestone(books: Books, row: r.Milestone) -> str:
    when = wording.full_day(row.due_on)
    return f"{item_name(books, row)}：{when}达到{amount_of(books, row)}"


def _responsibility(books: Books, row: r.Responsibility) -> str:
    task, measure = books.find(r.Task, row.task), books.find(r.Measure, row.measure)
    what = measure.title if measure else task.title if task else "—"
    return f"{what}：{unit_name(books, row.unit)}{row.role.label}"


def _host(books: Books, row: r.Host) -> str:
    listed = books.find(r.HostList, row.host_list)
    return f"{listed.title if listed else '—'}：{unit_name(books, row.unit)}"


def _contact(books: Books, row: r.Contact) -> str:
    return f"{unit_name(books, row.unit)}：{row.post}"


def _requirement(_books: Books, row: r.StandardItem) -> str:
    return f"{row.standard}（{row.area}）：{row.requirement}"


def _post(books: Books, row: r.Post) -> str:
    group = books.find(r.WorkGroup, row.work_group)
    return f"{group.name if group else '—'}：{row.rank}，{row.post}"


def _membership(books: Books, row: r.Membership) -> str:
    return f"{unit_name(books, row.collective)}：{unit_name(books, row.member)}"


def _inspection(books: Books, row: r.Inspection) -> str:
    station, item = books.find(r.Station, row.station), books.find(r.StandardItem, row.item)
    what = item.requirement if item else "—"
    return f"{station.name if station else '—'}：{what}，{row.verdict.label}"


def _observation(books: Books, row: r.Observation) -> str:
    indicator = books.find(r.Indicator, row.indicator)
    return f"{indicator.name if indicator else '—'}：{unit_name(books, row.unit)}{row.year}年"


_NAMES: Mapping[str, Callable[[Books, Any], str]] = {
    "clause": _clause,
    "task": _task,
    "measure": _titled("title"),
    "indicator": _titled("name"),
    "unit": _titled("name"),
    "host_list": _titled("title"),
    "listed_host": _titled("name"),
    "station": _titled("name"),
    "problem": _titled("description"),
    "directive": _titled("matter"),
    "supervision": lambda _books, row: register_name(row),
    "reporting_line": _line,
    "deadline": _deadline,
    "milestone": _milestone,
    "responsibility": _responsibility,
    "host": _host,
    "contact": _contact,
    "standard_item": _requirement,
    "work_group": _titled("name"),
    "post": _post,
    "membership": _membership,
    "inspection": _inspection,
    "observation": _observation,
}
