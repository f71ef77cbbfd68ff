"""What tests share: a clean environment, a running server, a browser."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, sync_playwright

from dashboard import settings
from dashboard.commands.serving import _first_start
from dashboard.ledgers.database import open_books
from tests import prepared

CHECKOUT = Path(__file__).resolve().parent.parent
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""A quiet browser, whose only requests are those of the page."""


LONGEST = ("test_five_people.py", "test_walk.py")
"""Begin first, for one of them at the end would leave the other worker idle."""
ROOM = 4 << 30
"""Bytes that memory must have free for it to hold what tests write."""


def pytest_configure() -> None:
    """Tests write to memory where there is room, for each of their postings waits for the disk."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK | os.X_OK) and shutil.disk_usage(memory).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that wait for a browser take turns with others, and come early: they are the longest.

    A file stays in one piece, and all workers reckon the same order.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    slow = [file for file, of in files.items() if any(_has_browser(each) for each in of)]
    slow.sort(key=lambda file: (file.name not in LONGEST, file))
    others = [file for file in files if file not in slow]
    turns = zip_longest(slow, others[: len(slow)])
    order = [file for turn in turns for file in turn if file] + others[len(slow) :]
    items[:] = [item for file in order for item in files[file]]


def _has_browser(item: pytest.Item) -> bool:
    return "browser" in getattr(item, "fixturenames", ())


@pytest.fixture(autouse=True)
def own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No setting of the person who runs the tests, and a database and files of the test's own."""
    for name in [name for name in os.environ if name.startswith("GUATU_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GUATU_DATABASE_URL", f"sqlite:///{(tmp_path / 'guatu.db').as_posix()}")
    monkeypatch.setenv("GUATU_FILES_STORE", str(tmp_path / "files"))
    _forget()
    yield
    _forget()


def _forget() -> None:
    settings.current.cache_clear()
    if streamlit := sys.modules.get("streamlit"):
        streamlit.cache_data.clear()
        streamlit.cache_resource.clear()


@pytest.fixture(scope="session", autouse=True)
def what_is_installed() -> Iterator[None]:
    """Is looked up once."""
    with (
        prepared.one_look_at_what_is_installed(),
        prepared.statements_compiled_once(),
        prepared.pages_compiled_once(),
    ):
        yield


@pytest.fixture(autouse=True)
def ready_made_schema(what_is_installed: None) -> Iterator[None]:
    """New databases are copies; programs in processes of their own migrate theirs."""
    with prepared.empty_books():
        yield


def free_port() -> int:
    """A loopback port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_config(folder: Path, port: int) -> Path:
    """A config.toml in a folder of its own, with its own port and database."""
    config = folder / "config.toml"
    config.write_text(
        f'[server]\nport = {port}\n[database]\nurl = "sqlite:///books/guatu.db"\n', encoding="utf-8"
    )
    return config


def guatu(
    *words: str, environ: Mapping[str, str], stderr: int, stdout: int = subprocess.DEVNULL
) -> subprocess.Popen[str]:
    """The command line as a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GUATU_")}
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard", *words],
        cwd=CHECKOUT,
        env={**clean, "PYTHONUTF8": "1", **environ},
        stdout=stdout,
        stderr=stderr,
        text=True,
        encoding="utf-8",
    )


@contextmanager
def serving(folder: Path, *, is_first: bool = False) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A started server: its address and its process, ended by its id.

    Its books are as a first start fills them; where it `is_first`, it fills them itself.
    """
    port = free_port()
    log = folder / "stderr.txt"
    config = own_config(folder, port)
    if not is_first:
        (folder / "books").mkdir()
        (folder / "books" / "guatu.db").write_bytes(_begun())
    with log.open("w", encoding="utf-8") as stderr:
        process = guatu(environ={"GUATU_CONFIG": str(config)}, stderr=stderr.fileno())
    try:
        _until_announced(process, log)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait(timeout=30)


@cache
def _begun() -> bytes:
    with TemporaryDirectory() as folder:
        given = settings.load({"GUATU_CONFIG": str(own_config(Path(folder), free_port()))})
        engine = open_books(given.database.url)
        _first_start(engine, given)
        engine.dispose()
        return (Path(folder) / "books" / "guatu.db").read_bytes()


def _until_announced(process: subprocess.Popen[str], log: Path) -> None:
    while "挂图已启动" not in log.read_text(encoding="utf-8"):
        try:
            process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"the server ended: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Base address of a running server with its own config and database."""
    with serving(tmp_path_factory.mktemp("server")) as (base, _):
        yield base


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The system's Chromium; without one the browser tests fail rather than pass unseen."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if found := shutil.which(name):
            return found
    pytest.fail("no Chromium on this machine: install the package chromium")


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A quiet Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield started
        started.close()
