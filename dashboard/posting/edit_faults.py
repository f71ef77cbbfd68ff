"""What keeps an office's row out of the books: found against the other rows, with the cure."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import LEDGERS, TITLES, fields_of, ledger_of
from dashboard.ledgers.terms import Method, Part, Recurrence
from dashboard.posting.faults import Fault
from dashboard.posting.problems import directive_faults, problem_faults, register_faults
from dashboard.rules.calendar import shanghai_day

Found = Iterator[tuple[str, str]]
"""Field and message."""


def edit_faults(books: Books, row: r.Record) -> Iterator[Fault]:
    """What is wrong with a row as it is about to be kept, seen among the others."""
    ledger = ledger_of(row)
    if isinstance(row, r.Problem):
        yield from problem_faults(row, shanghai_day(books.as_of))
    elif isinstance(row, r.Directive):
        yield from directive_faults(row)
        yield from register_faults(books, row)
    for field, message in _RULES.get(ledger, _none)(books, row):
        yield Fault(ledger, row.code, field, message)


def _none(_books: Books, _row: Any) -> Found:
    return iter(())


def _deadline(books: Books, row: r.Deadline) -> Found:
    plan = books.plan
    if (row.recurrence is Recurrence.ONCE) != (row.due_on is not None):
        yield "due_on", "一次性时限应填完成时限，周期性时限不填"
    if row.due_on and not plan.issued_on <= row.due_on <= plan.period_end:
        yield "due_on", f"应在方案期内（{plan.issued_on}至{plan.period_end}）"
    if row.starts_on and row.due_on and row.due_on < row.starts_on:
        yield "due_on", "不能早于起始时间"
    if row.measure and row.indicator:
        yield "indicator", "具体措施和指标只选一个"


def _milestone(books: Books, row: r.Milestone) -> Found:
    plan = books.plan
    if not plan.issued_on <= row.due_on <= plan.period_end:
        yield "due_on", f"应在方案期内（{plan.issued_on}至{plan.period_end}）"
    if bool(row.measure) == bool(row.indicator):
        yield "measure", "请选择一条具体措施或一个指标，只选一个"
    if row.value < 0:
        yield "value", "不能为负数"
    indicator = books.find(r.Indicator, row.indicator)
    if row.measure and row.value > 100:
        yield "value", "措施的节点是百分比，应在0至100之间"
    if indicator and indicator.method is Method.SUM and row.value > indicator.value:
        yield "value", f"不应超过目标值{indicator.value:g}"


def _responsibility(books: Books, row: r.Responsibility) -> Found:
    same = [
        each
        for each in books.by(r.Responsibility, "task")[row.task]
        if (each.measure, each.unit, each.role) == (row.measure, row.unit, row.role)
    ]
    if any(each.code != row.code for each in same):
        yield "unit", "该单位已有这项责任，不需重复登记"


def _reporting_line(books: Books, row: r.ReportingLine) -> Found:
    unit = books.find(r.Unit, row.unit)
    if unit and unit.is_collective:
        yield "unit", f"“{unit.name}”是集合名称，请选择具体单位"
    if bool(row.measure) == bool(row.indicator):
        yield "measure", "请选择一条具体措施或一个指标，只选一个"
    for each in books.by(r.ReportingLine, "task")[row.task]:
        if each.code == row.code or (each.measure, each.indicator) != (row.measure, row.indicator):
            continue
        if each.part is Part.TOTAL and row.part is Part.TOTAL:
            yield "part", "已有汇总单位；如需更换，请修改原来那一行"
        elif (each.part, each.unit) == (row.part, row.unit):
            yield "unit", "该单位已有这项报送安排"


def _host_list(_books: Books, row: r.HostList) -> Found:
    if row.total is not None and row.total < 0:
        yield "total", "不能为负数；未核定的请留空"


def _host(books: Books, row: r.Host) -> Found:
    if row.number is not None and row.number < 0:
        yield "number", "不能为负数；未核定的请留空"
    for each in books.by(r.Host, "host_list")[row.host_list]:
        if each.unit == row.unit and each.code != row.code:
            yield "unit", "该单位已在这份名录中，请修改原来那一行"


def _unit(books: Books, row: r.Unit) -> Found:
    taken = {each.name: each.code for each in books.all(r.Unit) if each.code != row.code}
    if row.name in taken:
        yield "name", "已有同名单位"
    if row.parent == row.code:
        yield "parent", "上级单位不能是本单位"
    for field in ("villages", "communities"):
        if (getattr(row, field) or 0) < 0:
            yield field, "不能为负数"
    yield from _point(row)


def _contact(_books: Books, row: r.Contact) -> Found:
    if row.telephone and not re.fullmatch(r"[0-9+（）() -]{5,20}", row.telephone):
        yield "telephone", "只填电话号码，如 0537-1234567"


def _station(_books: Books, row: r.Station) -> Found:
    dates = [("begun_on", row.begun_on), ("built_on", row.built_on), ("ended_on", row.ended_on)]
    known = [(name, day) for name, day in dates if day]
    for (_, earlier), (name, later) in pairwise(known):
        if later < earlier:
            yield name, "开工、建成、停用日期应依次排列"
    for field in ("area_m2", "full_time", "part_time"):
        if (getattr(row, field) or 0) < 0:
            yield field, "不能为负数"
    yield from _point(row)


def _point(row: r.Unit | r.Station) -> Found:
    if (row.lon is None) != (row.lat is None):
        yield "lat", "经度、纬度应同时填写或同时留空"
    if row.lon is not None and not 73 <= row.lon <= 136:
        yield "lon", "应在73至136之间"
    if row.lat is not None and not 3 <= row.lat <= 54:
        yield "lat", "应在3至54之间"


_RULES: Mapping[str, Callable[[Books, Any], Found]] = {
    "deadline": _deadline,
    "milestone": _milestone,
    "responsibility": _responsibility,
    "reporting_line": _reporting_line,
    "host_list": _host_list,
    "host": _host,
    "unit": _unit,
    "contact": _contact,
    "station": _station,
}


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
