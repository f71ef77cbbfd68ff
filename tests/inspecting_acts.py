"""An inspection of a station, for the table of rights."""

from collections.abc import Callable

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.posting.inspecting import Finding, Visit, inspect
from tests.books import ISSUED

ROWS: tuple[r.Record, ...] = (
    r.StandardItem(
        code="si", standard="附件", area="场地", clause="一", requirement="场地独立", seq=1
    ),
    r.HostList(
        code="hl-inspected", title="名录", clause="一", seq=1, unit_word="处", standard="附件"
    ),
    r.Station(
        code="S-built",
        name="建成的站点",
        kind=t.StationKind.VILLAGE,
        host_list="hl-inspected",
        built_on=ISSUED,
    ),
)

Act = Callable[[Engine, Viewer], object]
_VISIT = Visit(
    station="S-built",
    inspected_on=ISSUED,
    by_post="督导组",
    findings={"si": Finding(verdict=t.CheckVerdict.MET)},
)

ACTS: dict[str, tuple[str, Right, set[str], Act]] = {
    "登记站点检查": ("inspect", Right.INSPECT, set(), lambda e, v: inspect(e, v, "p", _VISIT)),
}
"""Each act: the function it calls, the right it takes, whose matter it is."""
