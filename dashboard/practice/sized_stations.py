"""The stations of a made-up network, begun, built and checked in its first months, in bulk."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import load, load_plan
from dashboard.posting.entry import entry
from dashboard.posting.plans import OFFICE, start_practice
from dashboard.posting.signature import Signature
from dashboard.practice.diary import moment
from dashboard.practice.sized_networks import (
    BY_KIND,
    ITEMS,
    LEAST_AREA,
    Wanted,
    body_code,
    kind_at,
    number_at,
    towns_in,
)

_INSPECTOR = "建设推进工作组"
_SPREAD = 0.022  # degrees around the town's own point
_BUILT, _BEGUN, _CHECKED = 0.78, 0.92, 0.9
_SMALL, _NO_RULES = 0.08, 0.07
_UNPLACED, _ENDED = 0.02, 0.01
_DAYS = 180
_CHECKED_AFTER = timedelta(days=6)


def fill_stations(
    engine: Engine, viewer: Viewer, plan_code: str, stations: int, seed: int = 1
) -> int:
    """Set the practice clock and write so many stations, a posting a month; the rows written.

    Meant for plans made by `stations_plan` for the same number of stations.
    """
    plan = load_plan(engine, plan_code)
    until = plan.issued_on + timedelta(days=_DAYS)
    now = moment(until, 18)
    start_practice(engine, viewer, plan_code, now=now, started_on=plan.issued_on)
    towns = towns_in(load(engine, plan_code, now).all(r.Unit))
    signature = Signature(viewer, Right.PRACTISE, "登记站点", post=OFFICE, audited=False)
    months: dict[datetime, list[r.Record]] = defaultdict(list)
    rng = Random(seed)  # noqa: S311
    for number in range(stations):
        town, place = towns[number % len(towns)], number // len(towns)
        station = _station(number, town, number % len(towns), place, until, rng)
        months[_month(station.built_on or station.begun_on or until, until)].append(station)
        for check in _checks(station, until, rng):
            months[_month(check.inspected_on, until)].append(check)
    for at in sorted(months):
        with entry(engine, plan_code, signature, known_at=at) as opened:
            opened.preload("unit", "host_list", "listed_host", "standard_item", "station")
            opened.add(*months[at])
    return sum(map(len, months.values()))


def _month(day: date, until: date) -> datetime:
    """The end of a day's month, but not after the practice clock."""
    following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return moment(min(following - timedelta(days=1), until), 17)


def _station(
    number: int, town: r.Unit, index: int, place: int, until: date, rng: Random
) -> r.Station:
    kind = kind_at(place)
    wanted = BY_KIND.get(kind)
    lon, lat = _point(town, kind, rng)
    begun_on, built_on = _dates(until, rng)
    served = int(rng.expovariate(1 / 60)) if built_on else None
    return r.Station(
        code=f"S{number + 1:06d}",
        name=f"{town.name}{kind.label}站点{number_at(place) + 1}",
        kind=kind,
        town=town.code,
        host_list=wanted.code if wanted else None,
        listed_host=_body(wanted, index, place),
        lon=lon,
        lat=lat,
        is_withheld=kind is t.StationKind.SPECIAL,
        begun_on=begun_on,
        built_on=built_on,
        ended_on=until if built_on and rng.random() < _ENDED else None,
        area_m2=float(rng.randint(12, 19) if rng.random() < _SMALL else rng.randint(20, 60)),
        full_time=rng.randint(0, 2),
        part_time=rng.randint(1, 2),
        served=served,
        served_on=until if served is not None else None,
    )


def _body(wanted: Wanted | None, town: int, place: int) -> str | None:
    return body_code(wanted, town, number_at(place)) if wanted and wanted.is_named else None


def _point(town: r.Unit, kind: t.StationKind, rng: Random) -> tuple[float | None, float | None]:
    east, north = rng.uniform(-_SPREAD, _SPREAD), rng.uniform(-_SPREAD, _SPREAD)
    is_hidden = kind is t.StationKind.SPECIAL or rng.random() < _UNPLACED
    if is_hidden or town.lon is None or town.lat is None:
        return None, None
    return round(town.lon + east, 5), round(town.lat + north, 5)


def _dates(until: date, rng: Random) -> tuple[date | None, date | None]:
    """Begun and built within the plan's first months; a few stand in the plan alone."""
    chance = rng.random()
    if chance > _BEGUN:
        return None, None
    begun_on = until - timedelta(days=rng.randint(20, _DAYS))
    built_on = begun_on + timedelta(days=rng.randint(12, 120))
    return begun_on, built_on if chance < _BUILT and built_on < until else None


def _checks(station: r.Station, until: date, rng: Random) -> Iterator[r.Inspection]:
    wanted = BY_KIND.get(station.kind)
    is_due = wanted is not None and wanted.has_standard and station.built_on is not None
    if not is_due or station.built_on is None or rng.random() > _CHECKED:
        return
    checked_on = min(station.built_on + _CHECKED_AFTER, until)
    faults = ((station.area_m2 or 0.0) < LEAST_AREA, rng.random() < _NO_RULES)
    for item, is_fault in zip(ITEMS, faults, strict=True):
        yield r.Inspection(
            code=f"I{station.code.removeprefix('S')}-{item[-1]}",
            station=station.code,
            item=item,
            verdict=t.CheckVerdict.NOT_MET if is_fault else t.CheckVerdict.MET,
            inspected_on=checked_on,
            by_post=_INSPECTOR,
            measured=station.area_m2 if item == ITEMS[0] else None,
        )
