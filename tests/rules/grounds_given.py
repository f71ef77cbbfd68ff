"""Books of two counties with towns, one of them under a city, and host lists of each kind."""

from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import HostState, StationKind, UnitKind
from tests.rules.stations_given import books, station

TODAY = date(2023, 9, 22)
WITHOUT = (r.Unit, r.Membership, r.HostList, r.Host, r.Responsibility)


def unit(code: str, kind: UnitKind = UnitKind.TOWN, parent: str | None = None) -> r.Unit:
    """An area whose place in the protocol is where its name ends."""
    digits = "".join(each for each in code if each.isdigit()) or "0"
    return r.Unit(code=code, name=code, kind=kind, seq=int(digits), parent=parent)


CITY = unit("city1", UnitKind.CITY)
AREAS = (
    CITY,
    unit("county2", UnitKind.COUNTY, "city1"),
    unit("county1", UnitKind.COUNTY, "city1"),
    unit("zone3", UnitKind.ZONE, "county1"),
    unit("town11", parent="county1"),
    unit("town12", parent="county1"),
    unit("town31", parent="zone3"),
    unit("town21", parent="county2"),
)


def hosts(**fields: Any) -> r.HostList:
    """A list of schools."""
    given = {"title": "学校名录", "clause": "四（二）1", "seq": 1, "unit_word": "所"}
    return r.HostList(
        code="h", **{**given, "year": 2023, "station_kind": StationKind.SCHOOL, **fields}
    )


def share(place: str, number: int | None, state: HostState | None = None) -> r.Host:
    """What the list says of one place."""
    said = state or (HostState.UNKNOWN if number is None else HostState.OBLIGED)
    return r.Host(code=f"h-{place}", host_list="h", unit=place, state=said, number=number)


def body(
    code: str, town: str | None = "town11", state: HostState = HostState.OBLIGED
) -> r.ListedHost:
    """An obliged school by name."""
    return r.ListedHost(code=code, host_list="h", name=f"{code}学校", town=town, state=state)


def school(code: str, town: str | None = "town11", **fields: Any) -> r.Station:
    """A station of the list, built by default; it needs no inspection to be up to standard."""
    return replace(station(code, town), kind=StationKind.SCHOOL, host_list="h", **fields)


def ground(*rows: r.Record, listed: r.HostList | None = None) -> Books:
    """The areas with a host list (without a standard by default) and further rows."""
    return books(*AREAS, listed or hosts(), *rows, without=WITHOUT)
