"""What keeps a station, an obliged body or a requirement out of the books, with the cure.

Rows come by the thousand from sheets: every rule looks at a few rows by a key, never at all.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import fields_of
from dashboard.ledgers.terms import Comparator, UnitKind
from dashboard.posting.editable import is_printed, prints_standard
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.grounds import EAST, NORTH

Found = Iterator[tuple[str, str]]
"""Field and message."""


def station_faults(books: Books, row: r.Station) -> Found:
    """Its days, its place, its list and body, its staff, its hotline, whom it served."""
    today = shanghai_day(books.as_of)
    yield from _days(row, today)
    yield from _before_visits(books, row)
    yield from _town(books, row)
    yield from _of_its_list(books, row)
    yield from _staff(row)
    yield from _hotline(row)
    yield from _served(row, today)
    yield from point_faults(row)
    for each in books.by(r.Station, "name")[row.name]:
        is_double = (each.town, each.kind) == (row.town, row.kind) and each.ended_on is None
        if is_double and each.code != row.code and row.ended_on is None and row.town:
            yield (
                "name",
                f"该镇街已有同名站点（编号{each.code}），请修改原来那一行或改用能区分的名称",
            )
            break


def _days(row: r.Station, today: date) -> Found:
    days = (
        ("begun_on", row.begun_on),
        ("built_on", row.built_on),
        ("moved_on", row.moved_on),
        ("ended_on", row.ended_on),
    )
    known = [(name, day) for name, day in days if day]
    for (_, earlier), (name, later) in pairwise(known):
        if later < earlier:
            yield name, "开工、建成、搬迁、停用日期应依次排列"
    if row.built_on and row.built_on > today:
        yield "built_on", "不能晚于今天；尚未建成的请留空"
    if row.moved_on and row.moved_on > today:
        yield "moved_on", "不能晚于今天；尚未搬迁的请留空"
    if row.moved_on and not row.built_on:
        yield "moved_on", "建成后搬到新址才填；尚未建成的，直接修改地址和点位"


def _before_visits(books: Books, row: r.Station) -> Found:
    """Where somebody inspected, there was something to see."""
    visits = books.by(r.Inspection, "station")[row.code]
    begun_on, name = row.begun_on or row.built_on, "begun_on" if row.begun_on else "built_on"
    if not visits:
        return
    first = min(each.inspected_on for each in visits)
    if begun_on is None:
        yield name, "已有检查记录，请至少填写开工或建成日期"
    elif begun_on > first:
        yield name, f"不能晚于首次检查的日期（{wording.full_day(first)}）"


_AREAS = (UnitKind.CITY, UnitKind.COUNTY, UnitKind.ZONE, UnitKind.TOWN)


def _town(books: Books, row: r.Station | r.ListedHost) -> Found:
    unit = books.find(r.Unit, row.town)
    if unit and unit.kind not in _AREAS:
        yield "town", f"“{unit.name}”不是镇街，请重新选择；建设单位另填"


def _of_its_list(books: Books, row: r.Station) -> Found:
    hosts = books.find(r.HostList, row.host_list)
    if hosts and hosts.station_kind not in (None, row.kind):
        yield "host_list", "名录的站点类型与本站点不同，请重新选择"
    body = books.find(r.ListedHost, row.listed_host)
    if body is None:
        return
    if body.host_list != row.host_list:
        listed = books.find(r.HostList, body.host_list)
        title = listed.title if listed else "另一名录"
        yield "listed_host", f"“{body.name}”在“{title}”中，请同时选择这份名录，或另选单位"
    if body.town and body.town != row.town:
        town = books.find(r.Unit, body.town)
        where = town.name if town else "另一镇街"
        yield "listed_host", f"“{body.name}”在{where}，与所选镇街不同，请核对"
    yield from _taken(books, row, body)


def _taken(books: Books, row: r.Station, body: r.ListedHost) -> Found:
    for each in books.by(r.Station, "listed_host")[body.code]:
        if each.code != row.code and each.ended_on is None and row.ended_on is None:
            yield "listed_host", f"“{body.name}”已有站点“{each.name}”，请核对"
            return


def _staff(row: r.Station) -> Found:
    known = [each for each in (row.full_time, row.part_time) if each is not None]
    if row.counsellors is not None and known and row.counsellors > sum(known):
        yield "counsellors", f"不应多于专职、兼职人数之和（{sum(known)}人）"


_HOTLINE = re.compile(r"\d{3,6}|(?:0\d{2,3}-?)?[2-8]\d{6,7}(?:-\d{1,6})?|[48]00-?\d{3}-?\d{4}")
"""A short number (12355), a fixed line with or without its area code, a 400 or 800 number."""
HOTLINE_CURE = "应为对外公布的固定电话或短号，如0537-6821234、12355，几个号码用顿号隔开"


def _hotline(row: r.Station) -> Found:
    if row.hotline is None:
        if row.hotline_shown:
            yield "hotline", "已公示的热线请填写号码"
        return
    plain = unicodedata.normalize("NFKC", row.hotline).translate(_PLAIN)
    numbers = [re.sub(r"\s", "", each) for each in re.split("[、,;/]", plain)]
    if not all(_HOTLINE.fullmatch(each) for each in numbers):
        yield "hotline", HOTLINE_CURE


_PLAIN = str.maketrans({"—": "-", "－": "-", "–": "-", "(": "", ")": "-"})


def _served(row: r.Station, today: date) -> Found:
    if (row.served is None) != (row.served_on is None):
        missing = "served_on" if row.served_on is None else "served"
        yield missing, "服务人次和统计至哪一天应同时填写或同时留空"
    if row.served_on and row.served_on > today:
        yield "served_on", "不能晚于今天"
    begun_on = row.begun_on or row.built_on
    if row.served_on and begun_on and row.served_on < begun_on:
        yield "served_on", "不能早于站点开工、建成的日期"


def point_faults(row: r.Unit | r.Station) -> Found:
    """A point has both its coordinates, and lies in China."""
    if (row.lon is None) != (row.lat is None):
        yield "lat", "经度、纬度应同时填写或同时留空"
    for name, value, (least, most) in (("lon", row.lon, EAST), ("lat", row.lat, NORTH)):
        if value is not None and not least <= value <= most:
            yield name, f"应在{least:.0f}至{most:.0f}之间"


def listed_host_faults(books: Books, row: r.ListedHost) -> Found:
    """One body stands once in a list; its stations stay in its town."""
    for each in books.by(r.ListedHost, "name")[row.name]:
        is_same = (each.host_list, each.town) == (row.host_list, row.town)
        if is_same and each.code != row.code:
            yield "name", "这份名录中该镇街已有同名单位，请修改原来那一行或改用能区分的名称"
            break
    yield from _town(books, row)
    if row.official_code:
        yield from _same_code(books, row)
    for station in books.by(r.Station, "listed_host")[row.code]:
        if row.town and station.town != row.town:
            yield "town", f"与它的站点“{station.name}”所在镇街不同，请先修改站点"
            break


def _same_code(books: Books, row: r.ListedHost) -> Found:
    for each in books.by(r.ListedHost, "official_code")[row.official_code]:
        if each.host_list == row.host_list and each.code != row.code:
            yield "official_code", f"名录中“{each.name}”已用这个机构代码，请核对"
            return


def standard_item_faults(books: Books, row: r.StandardItem) -> Found:
    """An own requirement stands in a standard of the office's own, whole, and once."""
    held = books.find(r.StandardItem, row.code)
    yield from _threshold(row)
    if held is None or held.standard != row.standard:
        yield from _alike(books, row)
    beside = [e for e in books.by(r.StandardItem, "standard")[row.standard] if e.code != row.code]
    if any(each.requirement == row.requirement for each in beside):
        yield "requirement", "这份标准中已有这一条，不需重复登记"
    if any(is_printed(books, each) for each in beside) and not _is_kept(books, held, row):
        yield "standard", f"“{row.standard}”为方案原文，不能增加要求；请填写自定标准的名称"
    if held is None:
        return
    if held.standard != row.standard and (lists := named_by(books, held)):
        yield "standard", f"名录{lists}只剩这一条对照，不能改到别的标准"
    yield from _reworded(books, held, row)


def _alike(books: Books, row: r.StandardItem) -> Found:
    """A name that only a machine tells from another standard's."""
    for name in books.by(r.StandardItem, "standard"):
        if name != row.standard and _folded(name) == _folded(row.standard):
            yield "standard", f"与已有的“{name}”只差空格或全角半角，请写成一样或另取名称"


def _folded(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))


def _is_kept(books: Books, held: r.StandardItem | None, row: r.StandardItem) -> bool:
    """A printed row that stays where the plan put it."""
    return held is not None and held.standard == row.standard and is_printed(books, held)


def _threshold(row: r.StandardItem) -> Found:
    parts = (row.comparator, row.value, row.unit)
    if any(parts_ is not None for parts_ in parts) and None in parts:
        missing = ("comparator", "value", "unit")[parts.index(None)]
        yield missing, "有数值要求的，比较、要求值、计量单位应填全；没有的都留空"
    if row.value is not None and row.value < 0:
        yield "value", "不能为负数"
    is_between = row.comparator is Comparator.BETWEEN
    if is_between != (row.value_high is not None):
        yield "value_high", "比较选“介于”的填上限，其他的不填"
    elif row.value_high is not None and row.value is not None and row.value_high <= row.value:
        yield "value_high", "应大于要求值"


def _reworded(books: Books, held: r.StandardItem, row: r.StandardItem) -> Found:
    """A requirement by which stations were inspected says for good what it said then."""
    if not books.by(r.Inspection, "item")[row.code]:
        return
    for field in fields_of(r.StandardItem):
        is_other = getattr(held, field.name) != getattr(row, field.name)
        if is_other and field.name not in _AROUND:
            yield field.name, "已有站点按这一条检查，不能改写；要求有变的，请另立标准"


_AROUND = ("basis", "seq", "known_at", "is_practice", "code")


def named_by(books: Books, item: r.StandardItem) -> str:
    """The lists checked against a standard of which this is the last item, in words; else ""."""
    if len(books.by(r.StandardItem, "standard")[item.standard]) > 1:
        return ""
    lists = books.by(r.HostList, "standard")[item.standard]
    return "、".join(f"“{each.title}”" for each in lists)


def standard_choice_faults(books: Books, row: r.HostList) -> Found:
    """A list names a standard that there is; where the plan prints none, one of the office's own.

    What the plan prints of a list is locked elsewhere.
    """
    items = books.by(r.StandardItem, "standard")
    if row.standard and books.all(r.StandardItem) and not items[row.standard]:
        known = sorted({each.standard for each in books.all(r.StandardItem)})
        yield "standard", f"已有的建设标准为：{'、'.join(known)}"
        return
    held = books.find(r.HostList, row.code)
    is_new_choice = held is not None and held.standard != row.standard
    if is_new_choice and is_printed(books, row) and prints_standard(books, row):
        yield "standard", "方案没有规定这份名录按此建设，请选择办公室自定的标准"
