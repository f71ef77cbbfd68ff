"""Who writes: the signature under an act, and the transaction of whoever may do it now."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from dashboard.access.asking import ask, refusals_on_record
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers.database import writing
from dashboard.ledgers.terms import AuditKind
from dashboard.posting.faults import Fault, RefusedError


@dataclass(frozen=True)
class Signature:
    """Who writes what: the viewer, the right that it takes, and the act in a few words.

    `units` are the codes of the units whose matter it is; without them it is the whole plan's.
    `post` signs instead of the viewer's own: who checked, or who told the office. The practice
    generator is not `audited` act by act.
    """

    viewer: Viewer
    right: Right
    action: str
    units: frozenset[str] = frozenset()
    post: str | None = None
    kind: AuditKind = AuditKind.WRITE
    audited: bool = True

    @property
    def by_post(self) -> str:
        return self.post or self.viewer.post


_UNWRITABLE = {
    "SQLITE_BUSY": "台账正由另一个程序写入，请稍后再试",
    "SQLITE_READONLY": "数据库文件为只读，不能写入，请与系统管理员联系",
    "SQLITE_FULL": "磁盘空间已满，请与系统管理员联系",
}


@contextmanager
def opened_for_writing(engine: Engine, plan: str) -> Iterator[Connection]:
    """One write transaction. A locked, read-only or full database raises RefusedError."""
    try:
        with writing(engine) as connection:
            yield connection
    except OperationalError as error:
        name = getattr(error.orig, "sqlite_errorname", "")
        cure = next((cure for kind, cure in _UNWRITABLE.items() if name.startswith(kind)), None)
        if cure is None:
            raise
        raise RefusedError(Fault("plan", plan, None, cure)) from error


@contextmanager
def permitted(engine: Engine, plan: str, signature: Signature) -> Iterator[Connection]:
    """A write transaction of whoever may do this at this moment; a refusal is put on record."""
    viewer = signature.viewer
    with (
        refusals_on_record(engine, viewer, signature.action, plan=plan),
        opened_for_writing(engine, plan) as connection,
    ):
        ask(connection, viewer, signature.right, plan, signature.units)
        yield connection
