"""`python -m tests.bench.filers`: sixty accounts file at once on a real server, over loopback.

Each opens 我的填报 over a websocket of its own, opens a card, types, and submits, one item after
the other, until the time is up or nothing is due. Prints how many filings were acknowledged and
how long a submission took; ends with exit code 1 where one failed, or is not in the books.
"""

import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import click
from sqlalchemy import Engine, func, select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboard.access.audit import breaks
from dashboard.access.viewer import CONSOLE, COOKIE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books, reading
from dashboard.ledgers.tables import TABLES
from dashboard.ledgers.terms import AccountRole, Via
from dashboard.posting.plans import post_plan, start_practice
from dashboard.rules.calendar import SHANGHAI, Clock
from tests.bench.__main__ import serving
from tests.books import CODE, ISSUED, jiaxiang
from tests.conftest import free_port
from tests.people import enrol

PEOPLE = 60
SECONDS = 60
MONTHS_END = "2023-09-27"
"""In the quarter's last week almost every line is due."""


@dataclass
class Filer:
    """One session: what stands on its page, and what it has typed."""

    socket: ClientConnection
    typed: dict[str, WidgetState] = field(default_factory=dict)
    shown: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    beaten: set[str] = field(default_factory=set)
    _is_done: bool = False

    def run(self, press: tuple[str, str] | None = None, *, is_answered: bool = False) -> None:
        """Run the page, or the fragment of a button that is pressed, until the script ends.

        Where it `is_answered`, until something is said too: the whole page follows the fragment.
        """
        asked = BackMsg()
        asked.rerun_script.page_name = "filing"
        asked.rerun_script.query_string = ""
        for state in self.typed.values():
            asked.rerun_script.widget_states.widgets.append(state)
        if press:
            asked.rerun_script.fragment_id = press[1]
            pressed = asked.rerun_script.widget_states.widgets.add(id=press[0])
            pressed.trigger_value = True
        self._is_done = False
        self.said.clear()
        self.socket.send(asked.SerializeToString())
        while not self._heard() or (is_answered and not self.said):
            pass

    def _heard(self) -> bool:
        """Take one message in; whether it says that the script is over."""
        answer = ForwardMsg()
        answer.ParseFromString(self.socket.recv(timeout=60, decode=False))
        kind = answer.WhichOneof("type")
        if kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
            self._look(answer.delta.new_element, answer.delta.fragment_id)
        if kind == "new_session":  # a fragment is redrawn without one
            self.shown.clear()
        if kind == "script_finished":
            self._is_done = True
        is_idle = kind == "session_status_changed" and not (
            answer.session_status_changed.script_is_running
        )
        return is_idle and self._is_done

    def _look(self, element: object, fragment: str) -> None:
        kind = element.WhichOneof("type")  # type: ignore[attr-defined]
        held = getattr(element, kind)
        if kind in ("button", "text_area", "number_input"):
            self.shown[held.id] = (kind, held.label, fragment)
        if kind in ("alert", "exception"):
            self.said.append(held.body if kind == "alert" else held.message)

    def find(self, kind: str, label: str) -> tuple[str, str] | None:
        """The first widget of this kind whose label begins so: its id and its fragment."""
        found = (
            (key, fragment)
            for key, (of, name, fragment) in self.shown.items()
            if of == kind and name.startswith(label)
        )
        return next(found, None)


@dataclass
class Tally:
    """What came of it."""

    seconds: list[float] = field(default_factory=list)
    told: int = 0
    failures: list[str] = field(default_factory=list)


def files(base: str, token: str, start: threading.Barrier, until: float) -> Tally:
    """One person's run."""
    tally = Tally()
    address = base.replace("http://", "ws://") + "/_stcore/stream"
    given = {"Cookie": f"{COOKIE}={token}"}
    with connect(
        address,
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        origin=Origin(base),
        additional_headers=given,
        open_timeout=120,
    ) as socket:
        filer = Filer(socket)
        start.wait(timeout=300)
        filer.run()
        while time.monotonic() < until and (opens := filer.find("button", "填报")):
            filer.run(opens)
            _submit(filer, tally)
    return tally


def _submit(filer: Filer, tally: Tally) -> None:
    text, sends = filer.find("text_area", "进展情况"), filer.find("button", "提交填报")
    if text is None or sends is None:
        tally.failures.append(f"没有表单：{filer.said[:2]}")
        return
    filer.typed = {text[0]: WidgetState(id=text[0], string_value="按方案推进，已完成部署。")}
    begun = time.perf_counter()
    filer.run(sends, is_answered=True)
    spent, filer.typed = time.perf_counter() - begun, {}
    given_way = {key for key, (_, name, _) in filer.shown.items() if name.startswith("采用对方")}
    if given_way - filer.beaten:  # a colleague was first; the draft stays where it is
        filer.beaten |= given_way
        tally.told += 1
    elif any("已提交" in each for each in filer.said):
        tally.seconds.append(spent)
    else:
        tally.failures.append("；".join(filer.said[:2]))


def prepared(folder: Path) -> tuple[str, Engine, list[str]]:
    """Books in which almost everything is due, and the log-ins of sixty liaisons."""
    url = f"sqlite:///{(folder / 'books.db').as_posix()}"
    engine = open_books(url)
    post_plan(engine, CONSOLE, jiaxiang().plan, jiaxiang().rows, today=ISSUED)
    now = Clock().now().fromisoformat(f"{MONTHS_END}T09:00:00").replace(tzinfo=SHANGHAI)
    start_practice(engine, CONSOLE, CODE, now=now, started_on=ISSUED)
    lines = load(engine, CODE, now + timedelta(1)).all(r.ReportingLine)
    units = list(dict.fromkeys(each.unit for each in lines if each.via is Via.FILING))
    tokens = [
        enrol(engine, AccountRole.LIAISON, units[number % len(units)], name=f"lly{number}")
        for number in range(PEOPLE)
    ]
    return url, engine, tokens


def filed(engine: Engine) -> int:
    """How many filings are in the books."""
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(TABLES["filing"])) or 0


def main() -> None:
    """Run and print."""
    with tempfile.TemporaryDirectory() as name:
        url, engine, tokens = prepared(Path(name))
        port = free_port()
        words = ["dashboard", "serve", "--port", str(port)]
        with serving(words, port, {"GUATU_DATABASE_URL": url}):
            base, start = f"http://127.0.0.1:{port}", threading.Barrier(PEOPLE)
            until = time.monotonic() + SECONDS
            with ThreadPoolExecutor(PEOPLE) as pool:
                runs = [pool.submit(files, base, token, start, until) for token in tokens]
                tallies = [run.result() for run in runs]
        seconds = sorted(each for tally in tallies for each in tally.seconds)
        failures = [each for tally in tallies for each in tally.failures]
        kept, unbroken = filed(engine), not list(breaks(engine))
    click.echo(
        f"{PEOPLE}个账号，{SECONDS}秒：提交{len(seconds)}次，账中{kept}条，"
        f"另有{sum(each.told for each in tallies)}次被告知同事已先填报，失败{len(failures)}次；"
        f"中位{statistics.median(seconds):.2f}秒，"
        f"95%在{seconds[int(len(seconds) * 0.95)]:.2f}秒以内；"
        f"审计链{'完好' if unbroken else '断裂'}。"
    )
    for each in failures[:5]:
        click.echo(each, err=True)
    sys.exit(bool(failures) or kept != len(seconds) or not unbroken)


if __name__ == "__main__":
    main()
