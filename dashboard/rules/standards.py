"""A station against its construction standard (附件2, 附件3): what it lacks, in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import CheckVerdict, Comparator, Force, StationState


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
        return "未达标" if self.missing else "待检查"

    @property
    def reason(self) -> str:
        """“总面积16平方米，低于20平方米；相关制度未上墙”; empty where nothing is to be said."""
        if self.state is not StationState.BUILT:
            return ""
        if self.unchecked == self.wanted:
            return f"尚未对照{self.standard}检查" if self.wanted else ""
        rest = [f"{self.unchecked}项待检查"] if self.unchecked else []
        return "；".join([*self.missing, *rest])


def check(books: Books, station: r.Station, today: date) -> Check:
    """One station against the standard of its host list, by the last inspection of each item."""
    standard, obliged = _obliged(books, station)
    found = {each.item: each for each in books.by(r.Inspection, "station")[station.code]}
    missing = [
        lack(item, _measured(item, found[item.code], station))
        for item in obliged
        if item.code in found and found[item.code].verdict is CheckVerdict.NOT_MET
    ]
    unchecked = sum(item.code not in found for item in obliged)
    return Check(station, station.state(today), standard, tuple(missing), unchecked, len(obliged))


def _obliged(books: Books, station: r.Station) -> tuple[str | None, tuple[r.StandardItem, ...]]:
    hosts = books.find(r.HostList, station.host_list)
    standard = hosts.standard if hosts else None
    wanted = books.by(r.StandardItem, "standard")[standard] if standard else ()
    return standard, tuple(item for item in wanted if item.force is Force.MUST)


def up_to_standard(books: Books, station: r.Station) -> bool:
    """Whether every obligatory item was last found met or exempt, built or not.

    A station without a standard to check against cannot be found wanting.
    """
    found = {each.item: each.verdict for each in books.by(r.Inspection, "station")[station.code]}
    wanted = (found.get(item.code) for item in _obliged(books, station)[1])
    return all(verdict in (CheckVerdict.MET, CheckVerdict.EXEMPT) for verdict in wanted)


def checks(books: Books, stations: Sequence[r.Station], today: date) -> tuple[Check, ...]:
    """Several stations, in the order given."""
    return tuple(check(books, station, today) for station in stations)


def _measured(item: r.StandardItem, inspection: r.Inspection, station: r.Station) -> float | None:
    # The ledger already holds the whole area: it need not be measured and written down twice.
    if inspection.measured is None and item.requirement.startswith("总面积"):
        return station.area_m2
    return inspection.measured


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


def _short_of(item: r.StandardItem, measured: float) -> str:
    subject = re.split(r"不少于|不低于|不小于|不超过|介于|\d", item.requirement)[0]
    now = wording.number(measured, item.unit)
    target = wording.number(item.value, item.unit)
    if item.comparator is Comparator.BETWEEN:
        wanted = wording.quantity("between", item.value, item.unit, item.value_high)
        return f"{subject}{now}，应为{wanted}"
    if item.comparator is Comparator.AT_MOST:
        return f"{subject}{now}，超过{target}"
    return f"{subject}{now}，{'少于' if item.unit in _COUNTED else '低于'}{target}"


_COUNTED = ("名", "人", "项", "个", "处", "间")
