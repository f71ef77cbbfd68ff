"""A station against its construction standard (附件2, 附件3): what it lacks, in words."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import CheckVerdict, Comparator, Force, StationState

UNCHECKED = "待检查"
COUNTED = ("名", "人", "项", "个", "处", "间", "家", "台", "套", "次")
"""Units of which there are no halves."""


@dataclass(frozen=True)
class Check:
    """One station on a day. `missing` are obligatory requirements found not met, in words.

    `unchecked` counts obligatory requirements on which no inspection has said anything yet, of
    `wanted` in all; `standard` None means that there is nothing to check against.
    """

    station: r.Station
    state: StationState
    standard: str | None
    missing: tuple[str, ...]
    unchecked: int
    wanted: int

    @property
    def is_met(self) -> bool:
        """达标: built, nothing missing, nothing unchecked."""
        return self.state is StationState.BUILT and not self.missing and not self.unchecked

    @property
    def word(self) -> str:
        """达标, 未达标 or 待检查 where it is built; — before that and after its end."""
        if self.state is not StationState.BUILT:
            return wording.BLANK
        if self.is_met:
            return "达标"
        return "未达标" if self.missing else UNCHECKED

    @property
    def reason(self) -> str:
        """“总面积16平方米，低于20平方米；相关制度未上墙”; empty where nothing is to be said."""
        if self.state is not StationState.BUILT:
            return ""
        if self.unchecked == self.wanted:
            return self._nothing_checked() if self.wanted else ""
        rest = [f"{self.unchecked}项{UNCHECKED}"] if self.unchecked else []
        return "；".join([*self.missing, *rest])

    def _nothing_checked(self) -> str:
        if self.station.moved_on:
            return f"搬迁后尚未对照{self.standard}检查"
        return f"尚未对照{self.standard}检查"


@dataclass(frozen=True)
class ItemCheck:
    """One requirement at one station, with the inspection that counts, if there was any.

    `measured` is what was measured, else the area that the ledger holds.
    """

    item: r.StandardItem
    inspection: r.Inspection | None
    measured: float | None

    @property
    def verdict(self) -> CheckVerdict | None:
        """None while nobody has looked."""
        return self.inspection.verdict if self.inspection else None

    @property
    def word(self) -> str:
        """达到, 未达到, 不适用 or 待检查."""
        return self.verdict.label if self.verdict else UNCHECKED

    @property
    def is_obliged(self) -> bool:
        """Whether 达标 depends on it."""
        return self.item.force is Force.MUST

    @property
    def lack(self) -> str:
        """What is missing, in words; empty unless it was found not met."""
        is_short = self.verdict is CheckVerdict.NOT_MET
        return lack(self.item, self.measured) if is_short else ""


def check_list(books: Books, station: r.Station) -> tuple[ItemCheck, ...]:
    """Every item of the station's standard in its order; empty where there is no standard."""
    found = _last(books, station)
    return tuple(
        ItemCheck(item, found.get(item.code), _measured(item, found.get(item.code), station))
        for item in sorted(_items(books, station), key=lambda each: each.seq)
    )


def in_areas(found: Iterable[ItemCheck]) -> Mapping[str, tuple[ItemCheck, ...]]:
    """A check list by area (场地, 设备, 人员 …), in the standard's order."""
    areas: dict[str, tuple[ItemCheck, ...]] = {}
    for each in found:
        areas[each.item.area] = (*areas.get(each.item.area, ()), each)
    return areas


def has_threshold(item: r.StandardItem) -> bool:
    """Whether the verdict on an item follows from a measured value."""
    return item.value is not None and item.comparator is not None


def verdict_of(item: r.StandardItem, measured: float) -> CheckVerdict:
    """What a measured value says of an item. Raises ValueError for one without a threshold."""
    if item.value is None or item.comparator is None:
        raise ValueError(f"{item.code} has no threshold")
    return CheckVerdict.MET if _reaches(item, item.value, measured) else CheckVerdict.NOT_MET


def _reaches(item: r.StandardItem, value: float, measured: float) -> bool:
    match item.comparator:
        case Comparator.AT_LEAST:
            return measured >= value
        case Comparator.AT_MOST:
            return measured <= value
        case Comparator.EXACTLY:
            return math.isclose(measured, value)
        case _:
            return value <= measured <= (math.inf if item.value_high is None else item.value_high)


def check(books: Books, station: r.Station, today: date) -> Check:
    """One station against the standard of its host list, by the last inspection of each item."""
    return checks(books, (station,), today)[0]


def checks(books: Books, stations: Sequence[r.Station], today: date) -> tuple[Check, ...]:
    """Several stations, in the order given; what each standard obliges to is picked out once."""
    obliged = {
        name: tuple(item for item in items if item.force is Force.MUST)
        for name, items in books.by(r.StandardItem, "standard").items()
    }
    named = {hosts.code: hosts.standard for hosts in books.all(r.HostList)}
    found = []
    for station in stations:
        standard = named.get(station.host_list or "")
        wanted = obliged.get(standard or "", ())
        missing, unchecked = _against(wanted, _last(books, station), station)
        state = station.state(today)
        found.append(Check(station, state, standard, missing, unchecked, len(wanted)))
    return tuple(found)


def _against(
    wanted: Sequence[r.StandardItem], found: Mapping[str, r.Inspection], station: r.Station
) -> tuple[tuple[str, ...], int]:
    """What was found missing, in words, and how many items nobody has looked at."""
    if not found:
        return (), len(wanted)
    missing = [
        lack(item, _measured(item, found[item.code], station))
        for item in wanted
        if item.code in found and found[item.code].verdict is CheckVerdict.NOT_MET
    ]
    return tuple(missing), sum(item.code not in found for item in wanted)


def all_checks(books: Books, today: date) -> tuple[Check, ...]:
    """Every station's check, worked out once for these books and this day."""
    reads = (r.Station, r.Inspection, r.StandardItem, r.HostList)
    stations = books.all(r.Station)
    return books.once(("checks", today), lambda: checks(books, stations, today), reads)


def up_to_standard(books: Books, station: r.Station) -> bool:
    """Whether every obligatory item was last found met or exempt, built or not.

    A station without a standard to check against cannot be found wanting.
    """
    found = _last(books, station)
    return all(
        item.code in found and found[item.code].verdict is not CheckVerdict.NOT_MET
        for item in _items(books, station)
        if item.force is Force.MUST
    )


def standard_of(books: Books, station: r.Station) -> str | None:
    """The standard that a station's host list names."""
    hosts = books.find(r.HostList, station.host_list)
    return hosts.standard if hosts else None


def _items(books: Books, station: r.Station) -> tuple[r.StandardItem, ...]:
    standard = standard_of(books, station)
    return books.by(r.StandardItem, "standard")[standard] if standard else ()


def _last(books: Books, station: r.Station) -> Mapping[str, r.Inspection]:
    """The inspection of each item that counts: the latest, of one day the one entered last.

    What was looked at before the station moved says nothing about the new place.
    """
    found: dict[str, r.Inspection] = {}
    moved_on = station.moved_on
    for each in books.by(r.Inspection, "station")[station.code]:
        before = found.get(each.item)
        is_newer = before is None or each.inspected_on >= before.inspected_on
        if is_newer and (moved_on is None or each.inspected_on >= moved_on):
            found[each.item] = each
    return found


def _measured(
    item: r.StandardItem, inspection: r.Inspection | None, station: r.Station
) -> float | None:
    if inspection is not None and inspection.measured is not None:
        return inspection.measured
    # The ledger already holds the whole area: it need not be measured and written down twice.
    return station.area_m2 if item.requirement.startswith("总面积") else None


_WORDS = (
    (r"^具备功能：(.+)$", r"缺\1功能"),
    (r"^(?:独立设|设)(.+)$", r"未独立设\1"),
    (r"^有(.+)$", r"无\1"),
    (r"^(.+)已上墙$", r"\1未上墙"),
    (r"^(.+?)相对独立$", r"\1不独立"),
    (r"^(.+?)：(.+、.+)$", r"\1设备不全（应有\2）"),
    (r"^(.+、.+)$", r"设备不全（应有\1）"),
)
"""How a requirement reads when it is not met, by its form; the first that fits."""


def lack(item: r.StandardItem, measured: float | None = None) -> str:
    """A requirement that is not met, in words: 总面积16平方米，低于20平方米; 相关制度未上墙."""
    if item.value is not None and measured is not None:
        return _short_of(item, measured)
    if item.value is None:
        for form, words in _WORDS:
            if re.match(form, item.requirement):
                return re.sub(form, words, item.requirement)
    return f"未达到“{item.requirement}”"


def _told(measured: float, item: r.StandardItem) -> str:
    """A figure so near its bound that rounding would lay it there is told to the last digit."""
    figure = wording.number(measured)
    bounds = {wording.number(item.value), wording.number(item.value_high)}
    return f"{Decimal(str(measured)):f}" if figure in bounds else figure


def _short_of(item: r.StandardItem, measured: float) -> str:
    subject = re.split(r"不少于|不低于|不小于|不超过|介于|\d", item.requirement)[0]
    now = f"{_told(measured, item)}{item.unit or ''}"
    target = wording.number(item.value, item.unit)
    if item.comparator is Comparator.BETWEEN:
        wanted = wording.quantity("between", item.value, item.unit, item.value_high)
        return f"{subject}{now}，应为{wanted}"
    if item.comparator is Comparator.AT_MOST:
        return f"{subject}{now}，超过{target}"
    return f"{subject}{now}，{'少于' if item.unit in COUNTED else '低于'}{target}"
