"""Every inspection of one station: snapshots of the books hold the last one of each item alone."""

from datetime import datetime

from sqlalchemy import Engine, select

from dashboard.ledgers import records as r
from dashboard.ledgers.database import reading
from dashboard.ledgers.shelf import Shelf
from dashboard.ledgers.tables import TABLES


def inspections_of(
    engine: Engine, plan: str, station: str, as_of: datetime
) -> tuple[r.Inspection, ...]:
    """The inspections of a station known at an instant, in the order in which they were entered."""
    plans, stations, inspection = (TABLES[name].c for name in ("plan", "station", "inspection"))
    with reading(engine) as connection:
        owner = connection.scalar(select(plans.id).where(plans.code == plan))
        query = select(stations.id).where(stations.plan_id == owner, stations.code == station)
        key = connection.scalar(query)
        if owner is None or key is None:
            return ()
        found = Shelf(connection, owner, as_of).some("inspection", inspection.station_id == key)
    return tuple(each for each in found if isinstance(each, r.Inspection))
