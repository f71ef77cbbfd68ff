"""A meeting in preparation and a closed one, and each act on them, for tests of rights."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine

from dashboard import settings
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DispatchState
from dashboard.posting import dispatching
from dashboard.rules.calendar import end_of

OPEN, CLOSED, BARE = "2023-W24", "2023-W25", "2023-W26"
_CUT = date(2023, 6, 20)
ROWS: tuple[r.Record, ...] = (
    r.Dispatch(code=OPEN),
    r.Dispatch(code=CLOSED, state=DispatchState.CLOSED),
    r.FrozenWeek(
        code=f"{CLOSED}-1",
        dispatch=CLOSED,
        number=1,
        figures_to=end_of(_CUT),
        known_to=end_of(_CUT),
        by_post="专班办公室",
        content="{}",
        sha256="0",
    ),
)
"""A meeting that is prepared and one whose week is frozen; of a third there is no row."""

Act = Callable[[Engine, Viewer], object]


def _row(name: str, act: Act) -> tuple[str, Right, set[str], Act]:
    return name, Right.MEET, set(), act


ACTS: dict[str, tuple[str, Right, set[str], Act]] = {
    "准备周调度": _row(
        "prepare", lambda e, v: dispatching.prepare(e, v, "p", BARE, settings.current())
    ),
    "填写会议情况": _row(
        "settle_head",
        lambda e, v: dispatching.settle_head(
            e, v, "p", OPEN, held_on=None, place="三楼会议室", chaired_by=None, attended=None
        ),
    ),
    "确定调度议题": _row(
        "settle_point",
        lambda e, v: dispatching.settle_point(e, v, "p", OPEN, "silent", is_hidden=True),
    ),
    "调整议题顺序": _row(
        "order_points",
        lambda e, v: dispatching.order_points(e, v, "p", OPEN, ["intake", "silent"]),
    ),
    "增加调度议题": _row(
        "add_point", lambda e, v: dispatching.add_point(e, v, "p", OPEN, "站点建设")
    ),
    "开始周调度": _row("open_meeting", lambda e, v: dispatching.open_meeting(e, v, "p", OPEN)),
    "登记议定事项": _row(
        "decide",
        lambda e, v: dispatching.decide(
            e,
            v,
            "p",
            OPEN,
            "silent",
            matter="补报",
            unit="u",
            due_on=date(2099, 1, 4),
            closing_standard="已补报",
        ),
    ),
    "结束周调度": _row(
        "close_meeting",
        lambda e, v: dispatching.close_meeting(e, v, "p", OPEN, settings.current()),
    ),
    "更正周调度存档": _row(
        "correct_week",
        lambda e, v: dispatching.correct_week(e, v, "p", CLOSED, "补审", settings.current()),
    ),
}
"""Each act as `test_rights` lists them."""
