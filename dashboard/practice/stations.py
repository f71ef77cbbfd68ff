"""Practice stations with their dates, places and staff, and the checks against the standard."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import CheckVerdict, Comparator, StationKind
from dashboard.practice.diary import Deed, moment
from dashboard.practice.station_course import later_deeds, named_deeds
from dashboard.practice.tables import Row, record_of, table
from dashboard.rules.calendar import working_day_from

_SPREAD = 0.015  # degrees around the town's own point
_INSPECTOR = "建设推进工作组"
_CHECKED_AFTER = {StationKind.CENTRE: 5, StationKind.VILLAGE: 8, StationKind.COMMUNITY: 8}
"""How many days after it is built a kind of station is checked; other kinds are not yet."""
_ON_OPENING = (
    *("built_on", "full_time", "part_time", "counsellors", "volunteers"),
    *("services", "hotline", "hotline_shown"),
)
"""What is known of a station once it opens."""
_NOT_YET: Mapping[str, Any] = dict.fromkeys(("moved_on", "ended_on", "served"))
"""What comes later in the life of a station, by deeds of its own."""
_SOURCE = "演示数据，按所在镇街示意"


def station_deeds(books: Books, rng: Random) -> Iterator[Deed]:
    """Stations as they were found, begun, built and checked."""
    rows = table(books.plan.code, "stations")
    stations = [_station(books, row, number, rng) for number, row in enumerate(rows, start=1)]
    first_day = working_day_from(books.plan.issued_on + timedelta(days=6))
    for station, row in zip(stations, rows, strict=True):
        yield from _building(station, first_day)
        yield from later_deeds(station, row)
    yield from named_deeds(books, stations)
    checks = [check for station in stations for check in _checks(books, station, rng)]
    checks += [
        check
        for station, row in zip(stations, rows, strict=True)
        for check in _checks_again(books, station, row)
    ]
    for number, check in enumerate(sorted(checks, key=lambda each: each.inspected_on), start=1):
        coded = replace(check, code=f"I{number:06d}")
        yield Deed(moment(check.inspected_on, 17), "站点检查", _INSPECTOR, rows=(coded,))


def _station(books: Books, row: Row, number: int, rng: Random) -> r.Station:
    code = f"S{number:06d}"
    if row["停用日期"]:  # what has been closed stands on no map
        return record_of(r.Station, row, code=code, note=None, **_NOT_YET)
    shift = [rng.uniform(-_SPREAD, _SPREAD) for _ in range(2)]
    town = books.find(r.Unit, row["所在镇街"])
    if town is None or town.lon is None or town.lat is None:
        return record_of(r.Station, row, code=code, **_NOT_YET)
    place = {"lon": round(town.lon + shift[0], 5), "lat": round(town.lat + shift[1], 5)}
    return record_of(r.Station, row, code=code, point_source=_SOURCE, **place, **_NOT_YET)


def _building(station: r.Station, first_day: date) -> Iterator[Deed]:
    """What was built before the plan is found at first; the rest is followed as it is built."""
    begun_on = max(station.begun_on or first_day, first_day)
    if station.built_on is None or station.built_on <= first_day:
        yield Deed(moment(begun_on, 16), "登记站点", rows=(station,))
        return
    done = {name: value for name in _ON_OPENING if (value := getattr(station, name)) is not None}
    nothing_yet: dict[str, Any] = dict.fromkeys(done)
    bare = replace(station, **nothing_yet)
    yield Deed(moment(begun_on, 16), "登记站点", rows=(bare,))
    yield Deed(moment(station.built_on, 16, 30), "登记建成", changes={station.code: done})


def _checks(books: Books, station: r.Station, rng: Random) -> Iterator[r.Inspection]:
    """A first check of every item, and a second one of what was put right."""
    hosts = books.find(r.HostList, station.host_list)
    after = _CHECKED_AFTER.get(station.kind)
    if hosts is None or station.built_on is None or after is None:
        return
    checked_on = working_day_from(station.built_on + timedelta(days=after))
    faults = {row["标准条目"]: row for row in _faults(books) if row["站点名称"] == station.name}
    for item in books.by(r.StandardItem, "standard")[hosts.standard]:
        fault = faults.get(item.code)
        yield _check(station, item, checked_on, fault, rng)
        if fault and fault["整改日期"]:
            again = date.fromisoformat(fault["整改日期"])
            yield _put_right(_check(station, item, again, None, rng), fault)


def _checks_again(books: Books, station: r.Station, row: Row) -> Iterator[r.Inspection]:
    """All of it once more where a station was moved: the new place is another."""
    hosts = books.find(r.HostList, station.host_list)
    if not row["搬迁日期"] or hosts is None:
        return
    moved_on = date.fromisoformat(row["搬迁日期"])
    checked_on = working_day_from(moved_on + timedelta(days=_CHECKED_AFTER[station.kind]))
    there = replace(station, area_m2=float(row["新址面积"]))
    for item in books.by(r.StandardItem, "standard")[hosts.standard]:
        yield _check(there, item, checked_on, None, Random(item.code))  # noqa: S311


def _faults(books: Books) -> Sequence[Row]:
    return table(books.plan.code, "faults")


def _check(
    station: r.Station, item: r.StandardItem, day: date, fault: Row | None, rng: Random
) -> r.Inspection:
    measured = _measured(station, item, rng)
    if fault:
        measured = float(fault["实测值"]) if fault["实测值"] else None
    return r.Inspection(
        code="",
        station=station.code,
        item=item.code,
        verdict=CheckVerdict.NOT_MET if fault else CheckVerdict.MET,
        inspected_on=day,
        by_post=_INSPECTOR,
        measured=measured,
        note=fault["说明"] if fault else None,
    )


def _put_right(check: r.Inspection, fault: Row) -> r.Inspection:
    measured = float(fault["整改后"]) if fault["整改后"] else check.measured
    return replace(check, measured=measured, note="已整改到位")


def _measured(station: r.Station, item: r.StandardItem, rng: Random) -> float | None:
    if item.value is None:
        return None
    if item.comparator is Comparator.BETWEEN and item.value_high is not None:
        return float(rng.randint(int(item.value) + 2, int(item.value_high) - 2))
    if item.unit == "平方米":
        return station.area_m2
    return item.value + rng.randint(0, 1)
