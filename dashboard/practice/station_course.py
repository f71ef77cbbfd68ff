"""What becomes of practice stations after they are built: named, moved, closed, made use of."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.practice.diary import Deed, moment
from dashboard.practice.tables import Row, record_of, table

_NAMED_ON = date(2023, 7, 26)
_JOINED_ON = date(2023, 9, 14)  # when the last of the stations that stand for them was begun
_COUNTED_ON = date(2023, 9, 20)


def named_deeds(books: Books, stations: Sequence[r.Station]) -> Iterator[Deed]:
    """The bodies of a host list are named, and later each station joined to the one it is for."""
    rows = table(books.plan.code, "bodies")
    bodies = [record_of(r.ListedHost, row, code=_code(row, n)) for n, row in enumerate(rows, 1)]
    yield Deed(moment(_NAMED_ON, 15), "登记应设单位名单", rows=tuple(bodies))
    codes = {station.name: station.code for station in stations}
    joined = {
        codes[row["站点名称"]]: {"listed_host": body.code}
        for row, body in zip(rows, bodies, strict=True)
        if row["站点名称"]
    }
    yield Deed(moment(_JOINED_ON, 16), "关联应设单位", changes=joined)


def _code(row: Row, number: int) -> str:
    return f"{row['应设名录']}-{number:03d}"


def later_deeds(station: r.Station, row: Row) -> Iterator[Deed]:
    """One station's later life, from the columns that say when."""
    if row["搬迁日期"]:
        moved_on = date.fromisoformat(row["搬迁日期"])
        place = {"address": row["新址"], "area_m2": float(row["新址面积"])}
        yield _deed(moved_on, 16, "登记搬迁", station, {"moved_on": moved_on, **place})
    if row["本年服务人次"]:
        served = {"served": int(row["本年服务人次"]), "served_on": _COUNTED_ON}
        yield _deed(_COUNTED_ON, 15, "统计服务人次", station, served)
    if row["停用日期"]:
        ended_on = date.fromisoformat(row["停用日期"])
        ended = {"ended_on": ended_on, "note": row["备注"]}
        yield _deed(ended_on, 16, "登记停用", station, ended)


def _deed(day: date, hour: int, action: str, station: r.Station, fields: dict[str, Any]) -> Deed:
    return Deed(moment(day, hour), action, changes={station.code: fields})
