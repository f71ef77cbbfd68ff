"""Acts on evidence and dates, for the table of rights."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Engine

from dashboard import settings
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DeadlineSource
from dashboard.posting import evidence, extending
from tests.sample_files import pdf

Act = Callable[[Engine, Viewer], object]


def _deadline(code: str, due_on: date, **more: Any) -> r.Deadline:
    """A date of the whole task, which moves no light."""
    given = {"task": "t", "clause": "一", "source": DeadlineSource.PRINTED}
    return r.Deadline(code=code, due_on=due_on, **{**given, **more})


ROWS: tuple[r.Record, ...] = (
    _deadline("d-one", date(2023, 10, 31)),
    _deadline("d-old", date(2023, 10, 31), is_in_force=False),
    _deadline(
        "d-new",
        date(2023, 11, 30),
        source=DeadlineSource.EXTENDED,
        moved_from="d-old",
        approved_by="县政府常务会议",
        approval="县政府第18次常务会议纪要",
    ),
)


def _kept(unit: str) -> Act:
    given = ("通知.pdf", pdf())
    return lambda e, v: evidence.keep_file(e, v, "p", unit, *given, settings.current())


ACTS: dict[str, tuple[str, Right, set[str], Act]] = {
    "上传本单位佐证材料": ("keep_file", Right.FILE, {"u"}, _kept("u")),
    "上传他单位佐证材料": ("keep_file", Right.FILE, {"v"}, _kept("v")),
    "登记延期": (
        "extend_deadline",
        Right.EXTEND,
        set(),
        lambda e, v: extending.extend_deadline(
            e,
            v,
            "p",
            "d-one",
            due_on=date(2023, 12, 31),
            approved_by="县政府常务会议",
            approval="县政府第18次常务会议纪要",
        ),
    ),
    "撤回延期": (
        "take_back_extension",
        Right.EXTEND,
        set(),
        lambda e, v: extending.take_back_extension(e, v, "p", "d-new"),
    ),
}
