"""站点检查: what a visit found at a station, item by item; a measured value gives its verdict."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from sqlalchemy import Engine

from dashboard import wording
from dashboard.access.asking import ask
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load_in
from dashboard.ledgers.store import StoredFile
from dashboard.ledgers.terms import CheckVerdict, StationState
from dashboard.posting.entry import Entry, entry
from dashboard.posting.evidence import evidence_rows
from dashboard.posting.faults import NEW, Fault, RefusedError, fault_in_words
from dashboard.posting.persons import names_a_person
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.standards import (
    COUNTED,
    ItemCheck,
    check_list,
    has_threshold,
    verdict_of,
)

_LEDGER = "inspection"
_MOST = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found on one item: `measured` where it has a threshold, else a verdict.

    不适用 may be chosen of either. `evidence` are files that lie in the store already.
    """

    verdict: CheckVerdict | None = None
    measured: float | None = None
    note: str | None = None
    evidence: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One inspection of a station: its findings by the code of the standard's item."""

    station: str
    inspected_on: date
    by_post: str
    findings: Mapping[str, Finding] = field(default_factory=dict)


def inspect(engine: Engine, viewer: Viewer, plan: str, visit: Visit) -> tuple[str, ...]:
    """Add an inspection of every item found on, all or none; returns their codes.

    Raises RefusedError with every fault, those of an item naming it, and ForbiddenError.
    """
    with entry(engine, plan, Signature(viewer, Right.INSPECT, "登记站点检查")) as opened:
        books = load_in(opened.connection, plan, opened.known_at)
        station = books.find(r.Station, visit.station)
        faults = tuple(visit_faults(books, visit, shanghai_day(opened.known_at)))
        if station is None or faults:
            raise RefusedError(*faults)
        made = _rows(opened, books, station, visit)
        opened.add(*made)
        for each in made:
            _add_files(opened, viewer, plan, station, each, visit.findings[each.item])
        return tuple(each.code for each in made)


def _rows(opened: Entry, books: Books, station: r.Station, visit: Visit) -> list[r.Inspection]:
    first = int(opened.next_code(_LEDGER, "I")[1:])
    asked = _asked(books, station, visit)
    return [inspection_of(visit, item, number) for number, item in enumerate(asked, start=first)]


def inspection_of(visit: Visit, item: r.StandardItem, number: int) -> r.Inspection:
    """What a visit found on an item, as a row of the ledger under this number."""
    finding = visit.findings[item.code]
    return r.Inspection(
        code=f"I{number:06d}",
        station=visit.station,
        item=item.code,
        verdict=verdict_from(item, finding),
        inspected_on=visit.inspected_on,
        by_post=visit.by_post.strip(),
        measured=finding.measured,
        note=finding.note,
    )


def _asked(books: Books, station: r.Station, visit: Visit) -> Iterator[r.StandardItem]:
    """The items found on, in the standard's order."""
    wanted = (each.item for each in check_list(books, station))
    return (item for item in wanted if item.code in visit.findings)


def verdict_from(item: r.StandardItem, finding: Finding) -> CheckVerdict:
    """The verdict on an item: what was measured says it where something was."""
    if finding.measured is not None and has_threshold(item):
        return verdict_of(item, finding.measured)
    assert finding.verdict is not None
    return finding.verdict


def _add_files(
    opened: Entry,
    viewer: Viewer,
    plan: str,
    station: r.Station,
    made: r.Inspection,
    finding: Finding,
) -> None:
    if not finding.evidence:
        return
    unit = unit_of(station)
    if unit is None:
        told = "站点未登记所在镇街和建设单位，不能附佐证材料；请先在站点台账补填"
        raise RefusedError(Fault(_LEDGER, made.item, None, told))
    ask(opened.connection, viewer, Right.FILE, plan, {unit})
    opened.add(*evidence_rows(opened, finding.evidence, unit, inspection=made.code))


def unit_of(station: r.Station) -> str | None:
    """Whose matter a station's files are: who builds it, else its town."""
    return station.unit or station.town


def visit_faults(books: Books, visit: Visit, today: date) -> Iterator[Fault]:
    """What keeps a visit out of the books; a fault's code is the item where it speaks of one."""
    station = books.find(r.Station, visit.station)
    if station is None:
        yield _fault(visit.station, None, "该站点已不在台账中，请刷新后再试")
        return
    yield from _post_faults(visit.by_post)
    yield from _day_faults(station, visit.inspected_on, today)
    items = {each.item.code: each for each in check_list(books, station)}
    if not items:
        told = "该站点没有对照检查的建设标准，请先在所属应设名录中选定"
        yield _fault(station.code, None, told)
        return
    if not visit.findings:
        yield _fault(station.code, None, "请至少填写一项检查结果")
    for code, finding in visit.findings.items():
        if code not in items:
            yield _fault(code, None, f"“{code}”不是该站点建设标准中的要求，请刷新后再填")
            continue
        said = _said_of(items[code].item, finding)
        for name, message in chain(_order_faults(items[code], visit.inspected_on), said):
            yield _fault(code, name, f"“{items[code].item.requirement}”{message}")


def _fault(code: str, name: str | None, message: str) -> Fault:
    return Fault(_LEDGER, code, name, message, is_whole=True)


def _post_faults(by_post: str) -> Iterator[Fault]:
    if not by_post.strip():
        yield _fault(NEW, "by_post", "请填写检查岗位")
    elif names_a_person(by_post):
        yield _fault(NEW, "by_post", "检查岗位只写岗位或检查组名称，不写姓名")
    elif message := fault_in_words(by_post):
        yield _fault(NEW, "by_post", f"检查岗位{message}")


def _day_faults(station: r.Station, day: date, today: date) -> Iterator[Fault]:
    if message := _day_fault(station, day, today):
        yield _fault(NEW, "inspected_on", message)


def _day_fault(station: r.Station, day: date, today: date) -> str | None:
    if station.state(today) is StationState.ENDED:
        return "站点已停用，不再检查"
    if station.state(today) is StationState.PLANNED:
        return "站点尚未开工，不能检查；已开工或建成的，请先登记日期"
    if day > today:
        return "检查日期不能晚于今天"
    begun_on = station.begun_on or station.built_on
    if begun_on and day < begun_on:
        return f"检查日期不能早于{_begun_word(station)}日期（{wording.full_day(begun_on)}）"
    if station.moved_on and day < station.moved_on:
        moved = wording.full_day(station.moved_on)
        return f"站点已于{moved}搬迁，请填写搬迁后的检查日期"
    return None


def _begun_word(station: r.Station) -> str:
    return "开工" if station.begun_on else "建成"


def _order_faults(held: ItemCheck, day: date) -> Iterator[tuple[str, str]]:
    """Inspections of an item are entered one after the other: the last one entered counts."""
    if held.inspection and day < held.inspection.inspected_on:
        last = wording.full_day(held.inspection.inspected_on)
        yield "inspected_on", f"已登记{last}的检查，检查日期不能早于那一天"


def _said_of(item: r.StandardItem, finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.note is not None and (message := fault_in_words(finding.note)):
        yield "note", f"的备注{message}"
    if finding.measured is not None:
        yield from _measured_faults(item, finding, finding.measured)
    elif has_threshold(item) and finding.verdict is not CheckVerdict.EXEMPT:
        yield "measured", "按实测值判定，请填写实测值；不适用的请选“不适用”"
    elif finding.verdict is None:
        yield "verdict", "请选择检查结果"


def _measured_faults(
    item: r.StandardItem, finding: Finding, measured: float
) -> Iterator[tuple[str, str]]:
    if not has_threshold(item):
        yield "measured", "没有数值要求，不填实测值"
    elif finding.verdict is CheckVerdict.EXEMPT:
        yield "measured", "已选“不适用”，请清空实测值"
    elif message := figure_fault(item, measured):
        yield "measured", message
    elif finding.verdict not in (None, verdict_of(item, measured)):
        yield "verdict", "的结果由实测值得出，不能另选"


def figure_fault(item: r.StandardItem, measured: float) -> str | None:
    """What is wrong with a measured value by itself, or None."""
    if not 0 <= measured <= _MOST:
        return f"的实测值应在0至{_MOST}之间"
    if item.unit in COUNTED and measured != int(measured):
        return f"的实测值应为整数（{item.unit}）"
    return None
