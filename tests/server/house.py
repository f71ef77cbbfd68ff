"""A running server for tests: this process's own, with a clock that the test moves."""

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

import httpx
import uvicorn
from sqlalchemy import Engine, select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from dashboard.access.viewer import COOKIE
from dashboard.ledgers.database import open_books, reading
from dashboard.ledgers.doors import AUDIT_EVENTS, SIGN_INS
from dashboard.ledgers.terms import AccountRole
from dashboard.rules.calendar import Clock
from dashboard.server import create_app, tuned
from dashboard.settings import Settings, current
from tests.conftest import free_port
from tests.people import NOW, PASSWORD, account

HTML = {"Accept": "text/html,application/xhtml+xml"}
PATIENCE = 30.0
"""Seconds after which something that should have happened has not."""


@dataclass
class MovableClock(Clock):
    """Stands still until a test lets time pass."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def passes(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass
class House:
    """A running server, its books and its clock."""

    base: str
    engine: Engine
    clock: MovableClock
    settings: Settings = field(default_factory=current)

    def admit(self, name: str, role: AccountRole, *, must_change: bool = False) -> None:
        """An account with the tests' password."""
        account(self.engine, name, role, must_change=must_change)

    def browser(self, **headers: str) -> httpx.Client:
        """A browser that has not logged in."""
        said = {**HTML, **headers}
        # Plain HTTP, and reading the world's certificates takes longer than most requests.
        return httpx.Client(base_url=self.base, headers=said, timeout=PATIENCE, verify=False)

    def logged_in(self, name: str, **headers: str) -> httpx.Client:
        """A browser of somebody who has logged in."""
        browser = self.browser(**headers)
        answer = log_in(browser, name)
        assert answer.status_code == 303, answer.text
        return browser

    def events(self) -> list[tuple[str, str | None, str, bool]]:
        """Kind, account, action and success of what is on record."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(AUDIT_EVENTS).order_by(AUDIT_EVENTS.c.id))
            return [(row.kind.value, row.account, row.action, row.is_ok) for row in rows]

    def sign_ins(self) -> list[str | None]:
        """From which addresses people logged in."""
        with reading(self.engine) as connection:
            return list(connection.scalars(select(SIGN_INS.c.address).order_by(SIGN_INS.c.id)))


def log_in(
    browser: httpx.Client, name: str, password: str = PASSWORD, wanted: str = "/"
) -> httpx.Response:
    """Fill in the log-in form as a person does."""
    shown = browser.get("/login", params={"next": wanted})
    fields = {**hidden(shown), "name": name, "password": password}
    return browser.post("/login", data=fields)


def hidden(page: httpx.Response) -> dict[str, str]:
    """The fields that a form brings along."""
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    return {name: unescape(value) for name, value in found}


@contextmanager
def running(clock: MovableClock, settings: Settings | None = None) -> Iterator[House]:
    """A server on a free port over the test's database, ended with the block."""
    settings = settings or current()
    engine = open_books(settings.database.url)
    port = free_port()
    app = create_app(settings, engine, clock=clock)
    with started(uvicorn.Server(tuned(app, "127.0.0.1", port))):
        yield House(f"http://127.0.0.1:{port}", engine, clock, settings)
    engine.dispose()


@contextmanager
def started(server: uvicorn.Server) -> Iterator[None]:
    """A server in a thread of its own, ended with the block."""
    Runtime._instance = None  # Streamlit allows one for each process and never lets go of it
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started or not thread.is_alive())
        assert server.started
        yield
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


def until(happened: Callable[[], bool]) -> None:
    """Wait for something that must happen."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it has not happened"
        time.sleep(0.02)


@contextmanager
def live_page(
    browser: httpx.Client, *, session: str | None = None, headers: Mapping[str, str] | None = None
) -> Iterator[ClientConnection]:
    """The websocket of a page that this browser has opened."""
    base = str(browser.base_url).rstrip("/")
    cookies = "; ".join(f"{each.name}={each.value}" for each in browser.cookies.jar)
    protocols = ["streamlit", "x", session] if session else ["streamlit"]
    with connect(
        f"ws://{urlsplit(base).netloc}/_stcore/stream",
        additional_headers={"Cookie": cookies, "Origin": base, **(headers or {})},
        subprotocols=protocols,  # type: ignore[arg-type]
        max_size=None,
    ) as page:
        yield page


def rerun(page: ClientConnection, *, by_itself: bool = False, name: str = "") -> list[ForwardMsg]:
    """Run the page of this name, as a click or by its own refreshing; what it shows."""
    asked = BackMsg()
    asked.rerun_script.page_name = name
    asked.rerun_script.query_string = ""
    asked.rerun_script.is_auto_rerun = by_itself
    page.send(asked.SerializeToString())
    shown: list[ForwardMsg] = []
    while not shown or shown[-1].WhichOneof("type") != "script_finished":
        told = ForwardMsg()
        told.ParseFromString(page.recv(timeout=PATIENCE, decode=False))
        shown.append(told)
    return shown


def close_code(page: ClientConnection) -> int | None:
    """With which code the server closes the page."""
    with suppress(ConnectionClosed):
        while True:
            page.recv(timeout=PATIENCE)
    return page.close_code


def cookie_of(answer: httpx.Response, name: str = COOKIE) -> str:
    """How a cookie is set, with its attributes."""
    return next(each for each in answer.headers.get_list("set-cookie") if each.startswith(name))
