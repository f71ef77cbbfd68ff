"""Where the books are kept: the engine, its transactions, and the schema's migrations."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError

MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseError(Exception):
    """The database cannot be used; the message says why and what to do, in Chinese."""


def open_engine(url: str) -> Engine:
    """An engine whose readers see one snapshot and whose writers take the lock at once."""
    parsed = make_url(url)
    # Parameters are hidden: an error's text goes to the log, where no hash and no filing belongs.
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            url, isolation_level="REPEATABLE READ", pool_pre_ping=True, hide_parameters=True
        )
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    patient = {"timeout": 30, "check_same_thread": False}
    engine = create_engine(url, connect_args=patient, hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own transactions tear snapshots
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")  # an acknowledged filing survives a power cut


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("guatu_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One read transaction: everything read in it is of one moment."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction: all of it is kept, or nothing. Writers wait for one another."""
    with _changing(engine) as connection:
        if engine.dialect.name == "postgresql":  # the first statement, before the snapshot is taken
            connection.exec_driver_sql("LOCK TABLE audit_head IN EXCLUSIVE MODE")
        yield connection


@contextmanager
def _changing(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(guatu_writes=True) as connection, connection.begin():
        yield connection


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def _head() -> str | None:
    return _scripts().get_current_head()


def _known() -> frozenset[str | None]:
    """The revisions that this program can bring up to date; None is an empty database."""
    return frozenset({None, *(script.revision for script in _scripts().walk_revisions())})


def _current(engine: Engine) -> str | None:
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine) -> bool:
    """Bring the schema to the newest form; an older SQLite file is copied beside itself first.

    Returns whether anything was done.
    """
    current = _current(engine)
    if current == _head():
        return False
    if current not in _known():
        raise DatabaseError("数据库由更新版本的挂图建立，请安装新版本后再打开。")
    if current is not None:
        _copy_sqlite(engine, current)
    with _changing(engine) as connection:
        command.upgrade(_config(connection), "head")
    return True


def _copy_sqlite(engine: Engine, revision: str) -> None:
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        return
    stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    # SQLite's own copying also takes what still stands in the write-ahead log.
    with (
        closing(sqlite3.connect(path)) as source,
        closing(sqlite3.connect(f"{path}.{revision}-{stamp}.bak")) as copy,
    ):
        source.backup(copy)


def open_books(url: str) -> Engine:
    """The engine of a usable database. Raises DatabaseError where PostgreSQL needs migrating."""
    with _explained(url):
        engine = open_engine(url)
        if engine.dialect.name == "sqlite":
            upgrade(engine)
        elif _current(engine) != _head():
            raise DatabaseError("数据库结构不是当前版本，请先运行 guatu migrate。")
    return engine


def migrate(url: str) -> bool:
    """`upgrade` for an address. Raises DatabaseError where it cannot be opened."""
    with _explained(url):
        return upgrade(open_engine(url))


@contextmanager
def _explained(url: str) -> Iterator[None]:
    place = make_url(url).render_as_string(hide_password=True)
    try:
        yield
    except ModuleNotFoundError as error:
        missing = f"没有安装数据库驱动 {error.name}，请先安装 {error.name}[binary]。"
        raise DatabaseError(f"数据库打不开（{place}）：{missing}") from error
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseError(f"数据库打不开（{place}）：{_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, OSError | OperationalError):
        return "请核对地址，看能否连接、能否写入。"
    return "不是挂图的数据库，或已损坏。"


def close(engine: Engine) -> None:
    """Fold SQLite's write-ahead log into the file, so that a copy of the file alone is whole."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def check(engine: Engine) -> None:
    """Raise Alembic's error where the tables in the code differ from the migrations."""
    with _changing(engine) as connection:
        command.check(_config(connection))


def state(engine: Engine) -> str:
    """“ok”, “outdated” or “unreachable”, for the health address."""
    try:
        return "ok" if _current(engine) == _head() else "outdated"
    except SQLAlchemyError:
        return "unreachable"
