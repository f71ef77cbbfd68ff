"""What keeps an office's row out of the books: found against the other rows, with the cure."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import LEDGERS, TITLES, fields_of, ledger_of
from dashboard.ledgers.terms import DeadlineSource, Part, Recurrence, UnitKind, Via
from dashboard.posting.faults import Fault
from dashboard.posting.problems import directive_faults, problem_faults, register_faults
from dashboard.posting.station_faults import (
    listed_host_faults,
    point_faults,
    standard_choice_faults,
    standard_item_faults,
    station_faults,
)
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.items import OfAnItem, item_of

Found = Iterator[tuple[str, str]]
"""Field and message."""
_NOT_FILED = {Via.STATIONS: "站点台账", Via.PARTS: "分年合计"}


def edit_faults(books: Books, row: r.Record) -> Iterator[Fault]:
    """What is wrong with a row as it is about to be kept, seen among the others."""
    ledger = ledger_of(row)
    if isinstance(row, r.Problem):
        yield from problem_faults(row, shanghai_day(books.as_of))
    elif isinstance(row, r.Directive):
        yield from directive_faults(row)
        yield from register_faults(books, row)
    for rule in (_references, _amounts, _RULES.get(ledger, _none)):
        for field, message in rule(books, row):
            yield Fault(ledger, row.code, field, message)


def _none(_books: Books, _row: Any) -> Found:
    return iter(())


def _references(books: Books, row: r.Record) -> Found:
    """A row speaks only of rows that stand, and of what belongs to its own task."""
    task = getattr(row, "task", None)
    for field in fields_of(type(row)):
        code = getattr(row, field.name)
        if not field.ref or code is None:
            continue
        other = books.find(LEDGERS[field.ref], code)
        if other is None:
            yield field.name, f"“{TITLES[field.ref]}”中已没有这一行，请重新选择"
        elif field.name in ("measure", "indicator") and getattr(other, "task", task) != task:
            yield field.name, "不属于所选的重点任务，请重新选择"


_COUNTS = (
    *("total", "number", "villages", "communities", "area_m2"),
    *("full_time", "part_time", "counsellors", "volunteers", "served"),
)


_MOST = 1_000_000


def _amounts(_books: Books, row: r.Record) -> Found:
    for field in fields_of(type(row)):
        if field.name in _COUNTS and not 0 <= (getattr(row, field.name) or 0) <= _MOST:
            yield field.name, f"应在0至{_MOST}之间；未核定的请留空"
        if field.name in ("year", "counted_in"):
            year = getattr(row, field.name)
            if year is not None and not 1990 <= year <= 2100:
                yield field.name, "请填四位年份"


def _deadline(books: Books, row: r.Deadline) -> Found:
    if (row.recurrence is Recurrence.ONCE) != (row.due_on is not None):
        yield "due_on", "一次性时限应填完成时限，周期性时限不填"
    if row.due_on:
        yield from _outside(books.plan, row.due_on)
    if row.starts_on and row.due_on and row.due_on < row.starts_on:
        yield "due_on", "不能早于起始时间"
    if row.source is DeadlineSource.OFFICE and not (row.measure or row.indicator):
        yield "measure", "请选择这个时限管哪一条措施或哪一个指标"
    if row.after and row.after == row.measure:
        yield "after", "前置措施不能是本措施"


def _outside(plan: r.Plan, due_on: date) -> Found:
    if not plan.covers(due_on):
        yield "due_on", f"应在方案期内（{plan.issued_on}至{plan.period_end}）"


def _milestone(books: Books, row: r.Milestone) -> Found:
    yield from _outside(books.plan, row.due_on)
    if row.value < 0:
        yield "value", "不能为负数"
    item = item_of(books, row)
    if item is None:
        yield "measure", "请选择一条具体措施或一个指标"
        return
    if item.unit == "%" and row.value > 100:
        yield "value", "按百分比填写，应在0至100之间"
    elif item.is_count and item.target is not None and row.value > item.target:
        yield "value", f"不应超过目标值{item.target:g}{item.unit}"
    for each in item.milestones:
        if each.due_on == row.due_on and each.code != row.code:
            yield "due_on", "这一天已有节点，请修改原来那一行"


def _responsibility(books: Books, row: r.Responsibility) -> Found:
    for each in books.by(r.Responsibility, "task")[row.task]:
        same = (each.measure, each.unit, each.role) == (row.measure, row.unit, row.role)
        if same and each.code != row.code:
            yield "unit", "该单位已有这项责任，不需重复登记"
            return


def _reporting_line(books: Books, row: r.ReportingLine) -> Found:
    unit = books.find(r.Unit, row.unit)
    if unit and unit.is_collective:
        yield "unit", f"“{unit.name}”是集合名称，请选择具体单位"
    if not (row.measure or row.indicator):
        yield "measure", "请选择一条具体措施或一个指标"
    elif row.part is Part.SHARE:
        yield from _share(books, row)
    for each in _lines_beside(books, row):
        if each.part is Part.TOTAL and row.part is Part.TOTAL:
            yield "part", "已有汇总单位；如需更换，请修改原来那一行"
        elif (each.part, each.unit) == (row.part, row.unit):
            yield "unit", "该单位已有这项报送安排"


def _share(books: Books, row: r.ReportingLine) -> Found:
    item = item_of(books, row)
    if item is None:
        yield "measure", "该措施按所属指标报送，请选择指标"
    elif source := _NOT_FILED.get(item.line.via):
        yield "indicator", f"数据取自{source}，不再填报"
    held = books.find(r.ReportingLine, row.code)
    if held and held.unit != row.unit and row.code in books.last_filed:
        yield "unit", "原单位已有填报，不能换成其他单位；请为其他单位新增报送安排"


def _lines_beside(books: Books, row: OfAnItem) -> Iterator[r.ReportingLine]:
    for each in books.by(r.ReportingLine, "task")[row.task]:
        same = each.measure == row.measure or row.indicator is not None
        if each.indicator == row.indicator and same and each.code != row.code:
            yield each


def _host_list(books: Books, row: r.HostList) -> Found:
    yield from standard_choice_faults(books, row)
    numbers = [each.number for each in books.by(r.Host, "host_list")[row.code]]
    if message := _sum_fault(row.total, numbers):
        yield "total", message


def _host(books: Books, row: r.Host) -> Found:
    beside = [e for e in books.by(r.Host, "host_list")[row.host_list] if e.code != row.code]
    if any(each.unit == row.unit for each in beside):
        yield "unit", "该单位已在这份名录中，请修改原来那一行"
    listed = books.find(r.HostList, row.host_list)
    numbers = [*(each.number for each in beside), row.number]
    if message := _sum_fault(listed.total if listed else None, numbers):
        yield "number", message


def _sum_fault(total: int | None, numbers: list[int | None]) -> str | None:
    known = [each for each in numbers if each is not None]
    if total is None or not known or len(known) < len(numbers) or sum(known) == total:
        return None
    return (
        f"各单位应设数合计{sum(known)}，应设总数{total}，两者不符；"
        "请先把名录的应设总数留空，各单位改完后再填"
    )


def _unit(books: Books, row: r.Unit) -> Found:
    for each in books.all(r.Unit):
        if each.code != row.code and row.name in (each.name, *(each.aliases or "").split("、")):
            yield "name", f"已有单位“{each.name}”使用这个名称或别名"
            break
    if row.kind is UnitKind.COLLECTIVE and not row.is_collective:
        yield "kind", "集合名称只随方案载入，请选择其他类型"
    above, seen = books.find(r.Unit, row.parent), {row.code}
    while above is not None:
        if above.code in seen:
            yield "parent", "上级单位不能是本单位或本单位的下级"
            break
        seen.add(above.code)
        above = books.find(r.Unit, above.parent)
    yield from point_faults(row)


def _contact(books: Books, row: r.Contact) -> Found:
    if row.telephone and not re.fullmatch(r"[0-9+（）() -]{5,20}", row.telephone):
        yield "telephone", "只填电话号码，如0537-1234567"
    for each in books.by(r.Contact, "unit")[row.unit]:
        if each.code != row.code and (each.post, each.name) == (row.post, row.name):
            yield "post", "该单位已登记这个岗位，请修改原来那一行"
            break


_RULES: Mapping[str, Callable[[Books, Any], Found]] = {
    "deadline": _deadline,
    "milestone": _milestone,
    "responsibility": _responsibility,
    "reporting_line": _reporting_line,
    "host_list": _host_list,
    "host": _host,
    "unit": _unit,
    "contact": _contact,
    "station": station_faults,
    "listed_host": listed_host_faults,
    "standard_item": standard_item_faults,
}
