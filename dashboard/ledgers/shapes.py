"""The boundaries in force at an instant; snapshots of the books hold their set, not their lines."""

from collections.abc import Mapping
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Engine, select

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.database import reading
from dashboard.ledgers.tables import TABLES

_SET, _AREA, _UNIT, _PLAN = (TABLES[name] for name in ("boundary_set", "boundary", "unit", "plan"))


def set_in_force(books: Books) -> r.BoundarySet | None:
    """The newest set that stands."""
    return next(reversed(books.all(r.BoundarySet)), None)


@lru_cache(maxsize=8)
def shapes_in(engine: Engine, plan: str, held: r.BoundarySet) -> Mapping[str, BaseGeometry]:
    """The areas of a set by unit code, in WGS-84 degrees. A set never changes: it is read once."""
    query = (
        select(_UNIT.c.code, _AREA.c.geometry)
        .join(_SET, _SET.c.id == _AREA.c.boundary_set_id)
        .join(_UNIT, _UNIT.c.id == _AREA.c.unit_id)
        .join(_PLAN, _PLAN.c.id == _SET.c.plan_id)
        .where(_PLAN.c.code == plan, _SET.c.code == held.code)
        .order_by(_AREA.c.id)
    )
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    found = shapely.from_geojson([row.geometry for row in rows]) if rows else ()
    return {row.code: shape for row, shape in zip(rows, found, strict=True)}
