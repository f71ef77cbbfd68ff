"""Places that must not be found, and numbers so small that they would name persons.

A place of custody or the like is counted and called by its name, and its point and address stay
with whoever keeps the ledger (个人信息保护法 第二十八条).
"""

from dataclasses import replace

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import StationKind

PLACE = ("address", "lon", "lat", "point_source")
"""The fields by which a station can be found."""


def is_withheld(station: r.Station) -> bool:
    """Whether a station is counted and never shown as a place."""
    return station.is_withheld or station.kind is StationKind.SPECIAL


def shown(station: r.Station) -> r.Station:
    """The station as it may leave the house: a withheld one without its place."""
    if not is_withheld(station):
        return station
    return replace(station, address=None, lon=None, lat=None, point_source=None)
