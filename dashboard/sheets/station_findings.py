"""A row of what an inspection found, as it was written, held against the books."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import CheckVerdict
from dashboard.posting.inspecting import Finding, Visit, verdict_from, visit_faults
from dashboard.posting.station_intake import last_found
from dashboard.rules.standards import check_list, has_threshold, verdict_of
from dashboard.sheets.filing_form import SheetProblem
from dashboard.sheets.filing_layout import label_of
from dashboard.sheets.station_layout import CHECK_COLUMNS, CHECKS
from dashboard.sheets.station_rows import Stand
from dashboard.sheets.station_sheet import BookLine

FILLED = ("verdict", "measured", "inspected_on", "by_post", "note")
Said = Mapping[str, Any]
"""An inspection by the columns that are filled in; each None where there was none."""
NOTHING: Said = dict.fromkeys(FILLED)


@dataclass(frozen=True)
class TakenFinding:
    """A row with what it would add. `base` is what the book showed, `now` what stands."""

    line: BookLine
    stand: Stand
    station: r.Station | None = None
    item: r.StandardItem | None = None
    finding: Finding | None = None
    base: Said | None = None
    now: r.Inspection | None = None
    problems: tuple[SheetProblem, ...] = ()

    @property
    def visit(self) -> tuple[str, date, str]:
        """Which station was visited when, and by whom."""
        station = self.station.code if self.station else ""
        return station, self.line.values["inspected_on"], self.line.values["by_post"]

    @property
    def can_be_chosen(self) -> bool:
        """Whether it may be posted although somebody inspected the station meanwhile."""
        return self.stand is Stand.CONFLICT and not self.problems


class Findings:
    """Holds findings against `books`; what is asked of a station is told by the books `after` the
    rest of the book. `earlier` are inspections that others have taken the place of, by code.
    """

    def __init__(self, books: Books, after: Books, earlier: Mapping[str, Said]) -> None:
        self.books, self.after, self.earlier = books, after, earlier
        self._lists: dict[str, Mapping[str, r.StandardItem]] = {}
        self._last: dict[str, Mapping[str, r.Inspection | None]] = {}
        self._seen: dict[tuple[str, str], int] = {}

    def take(self, line: BookLine) -> TakenFinding:
        """One row; nothing where it says what the book did."""
        if line.is_spoilt:
            return TakenFinding(line, Stand.WRONG)
        code, item_code = line.values.get("station"), line.values.get("item")
        station = self.after.find(r.Station, code) if self.books.find(r.Station, code) else None
        item = self._items(station).get(item_code or "") if station else None
        said = {name: line.values.get(name) for name in FILLED}
        now = self._now(station, item_code or "") if station else None
        base = self._base(line)
        if said in (base, _said(now)):
            return TakenFinding(line, Stand.SAME, station, now=now)
        why = self._why_not(line, station, item is not None)
        if why is not None or station is None or item is None:
            problems = (_told(line, *why),) if why else ()
            return TakenFinding(line, Stand.WRONG, station, problems=problems)
        return self._found(line, station, item, now, base)

    def _base(self, line: BookLine) -> Said:
        """What the book showed, unless nobody can tell: then a row is a finding of its own."""
        last = line.values.get("last")
        held = self.books.find(r.Inspection, last)
        return _said(held) if held is not None else self.earlier.get(last or "", NOTHING)

    def _now(self, station: r.Station, item: str) -> r.Inspection | None:
        """The inspection that counts in the books as they stand."""
        if station.code not in self._last:
            self._last[station.code] = last_found(self.books, station.code)
        return self._last[station.code].get(item)

    def _why_not(
        self, line: BookLine, station: r.Station | None, is_wanted: bool
    ) -> tuple[str, str] | None:
        """Which column is wrong, and the cure."""
        code, item = line.values.get("station"), line.values.get("item")
        if station is None:
            told = f"台账中没有编号“{code or ''}”的站点；新增的站点请先录入，再重新下载本表登记检查"
            return "station", told
        if not is_wanted:
            return "item", f"“{item or ''}”不是该站点建设标准中的条目，请重新下载本表"
        first = self._seen.setdefault((station.code, item or ""), line.row)
        if first != line.row:
            return "item", f"与第{first}行是同一站点的同一条目，请只留一行"
        for name in ("inspected_on", "by_post"):
            if line.values.get(name) is None:
                return name, "有检查结果的，请填写检查日期和检查岗位"
        return None

    def _found(
        self,
        line: BookLine,
        station: r.Station,
        item: r.StandardItem,
        now: r.Inspection | None,
        base: Said,
    ) -> TakenFinding:
        finding, notes = _finding(item, line.values, base)
        if _is_done(line, item, finding, now):
            return TakenFinding(line, Stand.SAME, station, now=now)
        line = replace(line, notes=(*line.notes, *notes))
        is_newer = now is not None and now.code != line.values.get("last")
        stand = Stand.CONFLICT if is_newer else Stand.ADDED
        return TakenFinding(line, stand, station, item, finding, base, now)

    def _items(self, station: r.Station) -> Mapping[str, r.StandardItem]:
        if station.code not in self._lists:
            wanted = check_list(self.after, station)
            self._lists[station.code] = {each.item.code: each.item for each in wanted}
        return self._lists[station.code]


def _said(now: r.Inspection | None) -> Said:
    return NOTHING if now is None else {name: getattr(now, name) for name in FILLED}


def _is_done(
    line: BookLine, item: r.StandardItem, finding: Finding, now: r.Inspection | None
) -> bool:
    """Whether the books say all of it already: the same book came in twice."""
    is_judged = finding.measured is not None and has_threshold(item)
    if now is None or not (is_judged or finding.verdict):
        return False
    verdict = verdict_from(item, finding)
    if finding.verdict not in (None, verdict):
        return False
    of_finding = {"verdict": verdict, "measured": finding.measured}
    made = {name: line.values.get(name) for name in FILLED} | of_finding
    return made == _said(now)


def _told(line: BookLine, name: str, message: str) -> SheetProblem:
    return SheetProblem(CHECKS, line.row, label_of(name, CHECK_COLUMNS) or None, message)


def _finding(item: r.StandardItem, said: Said, base: Said) -> tuple[Finding, tuple[str, ...]]:
    """What a row says of an item. Where there is a threshold the measured value decides: a verdict
    that the book had printed before it was measured anew is no choice."""
    verdict, measured, note = said.get("verdict"), said.get("measured"), said.get("note")
    notes = []
    if has_threshold(item):
        is_exempt = verdict is CheckVerdict.EXEMPT
        if is_exempt and measured == base["measured"]:
            measured = None
        elif measured is not None and verdict == base["verdict"]:
            verdict = None
        if measured is not None and verdict is None:
            derived = verdict_of(item, measured).label
            if base["verdict"] is not None and derived != base["verdict"].label:
                notes.append(f"按实测值判定为{derived}")
    if base["inspected_on"] is not None and said.get("inspected_on") == base["inspected_on"]:
        day = wording.full_day(base["inspected_on"])
        notes.append(f"检查日期未改，仍为{day}，请核对")
    return Finding(verdict=verdict, measured=measured, note=note), tuple(notes)


# Visits


def visits_of(found: Sequence[TakenFinding]) -> tuple[Visit, ...]:
    """The findings by station, day and post."""
    groups: dict[tuple[str, date, str], dict[str, Finding]] = {}
    for each in found:
        if each.item is not None and each.finding is not None:
            groups.setdefault(each.visit, {})[each.item.code] = each.finding
    return tuple(
        Visit(station=station, inspected_on=day, by_post=post, findings=findings)
        for (station, day, post), findings in groups.items()
    )


def judged(books: Books, found: Sequence[TakenFinding], today: date) -> Iterator[TakenFinding]:
    """The findings, those wrong whose visit or item has a fault. What is wrong with a whole visit
    is told of its first row."""
    faults: dict[tuple[str, date, str], dict[str, list[Any]]] = {}
    for visit in visits_of(found):
        key = (visit.station, visit.inspected_on, visit.by_post)
        for fault in visit_faults(books, visit, today):
            name = fault.code if fault.code in visit.findings else ""
            faults.setdefault(key, {}).setdefault(name, []).append(fault)
    told: set[tuple[str, date, str]] = set()
    for each in found:
        held = faults.get(each.visit, {}) if each.finding is not None else {}
        of_item = held.get(each.item.code, []) if each.item else []
        of_visit = [] if each.finding is None or each.visit in told else held.get("", [])
        if each.finding is not None:
            told.add(each.visit)
        problems = tuple(
            _told(each.line, fault.field or "", fault.message) for fault in (*of_visit, *of_item)
        )
        is_wrong = bool(problems) or bool(held.get(""))
        yield replace(each, stand=Stand.WRONG, problems=problems) if is_wrong else each
