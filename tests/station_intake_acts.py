"""A book of stations and what it takes to post it, for tests of rights."""

from collections.abc import Callable

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.posting.station_intake import Intake, take_in

NEW = r.Station(code="本表第5行", name="第三小学心理辅导室", kind=t.StationKind.SCHOOL)

Act = Callable[[Engine, Viewer], object]

ACTS: dict[str, tuple[str, Right, set[str], Act]] = {
    "导入站点台账": (
        "take_in",
        Right.EDIT_STATIONS,
        set(),
        lambda e, v: take_in(e, v, "p", Intake(added=[NEW])),
    ),
}
"""Each act: the function it calls, the right it takes, whose matter it is."""
