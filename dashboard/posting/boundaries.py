"""Boundaries of areas: a file enters as one set with all its areas, and is withdrawn as one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import shapely
from shapely.geometry import MultiPolygon, box
from sqlalchemy import Engine, select

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.shelf import Shelf
from dashboard.ledgers.tables import TABLES
from dashboard.ledgers.terms import Datum, MatchedBy, UnitKind
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import NEW, Fault, RefusedError
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.grounds import EAST, NORTH

_CHINA = box(EAST[0], NORTH[0], EAST[1], NORTH[1])
_KINDS = (UnitKind.CITY, UnitKind.COUNTY, UnitKind.ZONE, UnitKind.TOWN)
"""Units that have an area."""


@dataclass(frozen=True, kw_only=True)
class Loading:
    """A file's areas by unit code, in WGS-84 degrees, with where they come from.

    `sha256` is the original's, which is not kept; `datum` is what it was given in.
    """

    title: str
    source: str
    datum: Datum
    file_name: str
    sha256: str
    areas: Mapping[str, tuple[MultiPolygon, MatchedBy]]
    review_no: str | None = None
    tolerance_m: float | None = None
    note: str | None = None


def load_boundaries(engine: Engine, viewer: Viewer, plan: str, given: Loading) -> str:
    """Enter a file as a new set, which is in force from now on; returns the set's code.

    The very file that is in force already, for the same units, changes nothing. Raises
    RefusedError with every fault, and ForbiddenError.
    """
    signature = Signature(viewer, Right.EDIT_BOUNDARIES, "载入区域边界")
    try:
        with entry(engine, plan, signature) as opened:
            shelf = Shelf(opened.connection, opened.plan_id, opened.known_at)
            if faults := tuple(_faults(shelf.rows("unit"), given)):
                raise RefusedError(*faults)
            _refuse_same(opened, shelf.rows("boundary_set"), given)
            code = opened.next_code("boundary_set", "BS")
            opened.preload("unit")
            opened.add(_set(opened, code, given), *_areas(opened, code, given))
    except _InForceError as same:
        return str(same)
    return code


def withdraw_boundaries(engine: Engine, viewer: Viewer, plan: str, code: str) -> None:
    """Take a set out of force; the one before it, if it stands, is drawn again.

    Raises RefusedError where it no longer stands, and ForbiddenError.
    """
    with entry(engine, plan, Signature(viewer, Right.EDIT_BOUNDARIES, "撤下区域边界")) as opened:
        shelf = Shelf(opened.connection, opened.plan_id, opened.known_at)
        held = next((each for each in shelf.rows("boundary_set") if each.code == code), None)
        if held is None:
            raise RefusedError(_whole("这份边界资料已撤下，请刷新后再看"))
        opened.end(held)


class _InForceError(Exception):
    """The file is in force already; the message is its set's code."""


def _refuse_same(opened: Entry, sets: Sequence[r.Record], given: Loading) -> None:
    """Leave the posting where the set in force says and draws the same."""
    held = sets[-1] if sets else None
    if not isinstance(held, r.BoundarySet) or any(
        getattr(held, name) != getattr(given, name) for name in _TOLD
    ):
        return
    area, unit = TABLES["boundary"], TABLES["unit"]
    query = select(unit.c.code).join(area, area.c.unit_id == unit.c.id)
    mine = area.c.boundary_set_id == opened.id_of("boundary_set", held.code)
    if set(opened.connection.scalars(query.where(mine))) == set(given.areas):
        raise _InForceError(held.code)


_TOLD = ("title", "source", "datum", "sha256", "review_no", "note")


def _faults(units: Sequence[r.Record], given: Loading) -> Iterator[Fault]:
    """What keeps the areas out: none at all, a unit that has no area, lines that are none."""
    known = {each.code for each in units if isinstance(each, r.Unit) and each.kind in _KINDS}
    if not given.areas:
        yield _whole("文件中没有能与镇街对应的边界")
    for code, (shape, _) in given.areas.items():
        if code not in known:
            yield Fault("boundary", NEW, "unit", f"“{code}”不是账中的市、县、镇街或开发区")
        elif not shape.is_valid or shape.is_empty or not shape.within(_CHINA):
            yield Fault("boundary", NEW, "geometry", f"{code}的图形有误，或不在中国境内")


def _set(opened: Entry, code: str, given: Loading) -> r.BoundarySet:
    told = {each.name: getattr(given, each.name) for each in fields(given) if each.name != "areas"}
    day = shanghai_day(opened.known_at)
    return r.BoundarySet(code=code, loaded_on=day, by_post=opened.by_post, **told)


def _areas(opened: Entry, code: str, given: Loading) -> Iterator[r.Boundary]:
    first = int(opened.next_code("boundary", "BA")[2:])
    for number, (unit, (shape, way)) in enumerate(given.areas.items(), first):
        yield r.Boundary(
            code=f"BA{number:06d}",
            boundary_set=code,
            unit=unit,
            geometry=shapely.to_geojson(shape),
            matched_by=way,
        )


def _whole(message: str) -> Fault:
    return Fault("boundary_set", NEW, None, message, is_whole=True)
