"""What is wrong with the boundaries held: rows are many and large, so the database looks."""

from collections.abc import Iterator

from sqlalchemy import Engine, func, or_, select

from dashboard.ledgers.database import reading
from dashboard.ledgers.tables import TABLES

_SET, _AREA, _UNIT, _PLAN = (TABLES[name] for name in ("boundary_set", "boundary", "unit", "plan"))


def boundary_faults(engine: Engine, plan: str) -> Iterator[str]:
    """A row of boundaries is of one set and one unit of its own plan, and a set has a unit once."""
    rows = (
        select(_AREA.c.code, _SET.c.code.label("held"), _UNIT.c.code.label("unit"))
        .join(_PLAN, _PLAN.c.id == _AREA.c.plan_id)
        .outerjoin(_SET, _SET.c.id == _AREA.c.boundary_set_id)
        .outerjoin(_UNIT, _UNIT.c.id == _AREA.c.unit_id)
        .where(_PLAN.c.code == plan)
    )
    strays = rows.where(
        or_(
            _SET.c.id.is_(None),
            _UNIT.c.id.is_(None),
            _SET.c.plan_id != _AREA.c.plan_id,
            _UNIT.c.plan_id != _AREA.c.plan_id,
        )
    )
    twice = (
        select(_SET.c.code, _UNIT.c.code.label("unit"), func.count().label("number"))
        .select_from(_AREA)
        .join(_PLAN, _PLAN.c.id == _AREA.c.plan_id)
        .join(_SET, _SET.c.id == _AREA.c.boundary_set_id)
        .join(_UNIT, _UNIT.c.id == _AREA.c.unit_id)
        .where(_PLAN.c.code == plan)
        .group_by(_SET.c.code, _UNIT.c.code)
        .having(func.count() > 1)
        .order_by(_SET.c.code, _UNIT.c.code)
    )
    with reading(engine) as connection:
        stray = connection.execute(strays.order_by(_AREA.c.id)).all()
        doubled = connection.execute(twice).all()
    yield from (f"{row.code}：边界不属于本方案的边界资料和单位" for row in stray)
    yield from (f"{row.code}：单位{row.unit}的边界有{row.number}条，应为1条" for row in doubled)
