"""A plan's document gone through to its end, and what may be done to it, for tests of rights."""

from collections.abc import Callable

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers.importing import RowState
from dashboard.posting.import_posting import post_draft
from dashboard.posting.import_reading import document, rows_of
from dashboard.posting.importing import put_away, receive, save_about, save_row, say
from dashboard.settings import current
from tests.books import ISSUED
from tests.made_plan import ABOUT, NAME, TEXT, laid_by

KEY = 1
Act = Callable[[Engine, Viewer], object]


def prepare(engine: Engine) -> None:
    """The document, its draft accepted and its own fields told."""
    assert laid_by(engine) == KEY
    save_about(engine, CONSOLE, KEY, ABOUT, seen=1)
    accept_all(engine, KEY)


def accept_all(engine: Engine, key: int) -> None:
    """Say yes to every row."""
    seen = {each.id: each.version for each in rows_of(engine, key)}
    say(engine, CONSOLE, key, seen, RowState.ACCEPTED)


def _dropped(engine: Engine, viewer: Viewer) -> None:
    row = rows_of(engine, KEY)[0]
    say(engine, viewer, KEY, {row.id: row.version}, RowState.DROPPED)


def _edited(engine: Engine, viewer: Viewer) -> None:
    row = rows_of(engine, KEY)[0]
    save_row(engine, viewer, KEY, row.id, {"title": "总体目标"}, seen=row.version)


def _about(engine: Engine, viewer: Viewer) -> None:
    held = document(engine, KEY)
    save_about(engine, viewer, KEY, {"place": "某县"}, seen=held.version if held else 0)


def _row(called: str, act: Act) -> tuple[str, Right, set[str], Act]:
    return called, Right.LOAD_PLAN, set(), act


ACTS: dict[str, tuple[str, Right, set[str], Act]] = {
    "上传方案文件": _row("receive", lambda e, v: receive(e, v, NAME, TEXT.encode(), current())),
    "核对方案草稿": _row("say", _dropped),
    "修改方案草稿": _row("save_row", _edited),
    "填写方案信息": _row("save_about", _about),
    "放弃方案草稿": _row("put_away", lambda e, v: put_away(e, v, KEY)),
    "方案草稿入账": _row("post_draft", lambda e, v: post_draft(e, v, KEY, "made", today=ISSUED)),
}
"""Each act: the function it calls, the right it takes, whose matter it is."""
UNPOSTED = frozenset({"receive", "say", "save_row", "save_about", "put_away"})
"""What changes a draft alone."""
