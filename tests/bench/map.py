"""`python -m tests.bench.map`: what the map of stations costs beside an empty Streamlit page.

Warm rerun: median wall time over a session's own websocket, the map as it opens and as it is
looked into; the empty page is asked in turns with it, so that both meet the same other work on the
machine. First: the same on a server that has just been started, its books not read yet.
After a posting: the rerun that follows a change of one station. The aim: warm within 3 times the
empty page. Prints a Markdown table.
"""

import statistics
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load, load_plan
from dashboard.ledgers.database import open_books
from dashboard.posting.entry import entry
from dashboard.posting.plans import now_of, post_plan
from dashboard.posting.signature import Signature
from dashboard.practice import fill_stations, stations_plan
from tests.bench.__main__ import EMPTY, RUNS, resident, serving
from tests.bench.visitor import Visitor, visiting
from tests.conftest import free_port

SIZES = ((3000, 14), (80_000, 1800))
POSTINGS = 5
LARGE = 14
"""More towns than these lie in counties and cities."""
PAGE = "station_map"
EMPTY_PAGE = next(iter(EMPTY))


@dataclass(frozen=True)
class Costs:
    """Milliseconds by what is looked at, of the map and of the empty page in turns with it; of the
    first rerun and the one after a posting; bytes; memory in MiB.
    """

    first: float
    warm: Mapping[str, tuple[float, float]]
    posted: float
    sent: Mapping[str, int]
    memory: float


def looks(towns: int) -> dict[str, str]:
    """What is looked at: the words for the table, and the address behind the question mark."""
    found = {
        "打开时": "",
        "矢量图": "map=svg",
        "图形加速": "map=deck",
        "按亮灯": "shade=light",
        "选中一个镇街": "town=town-0007",
        "另一名录": "list=h-school",
    }
    if towns > LARGE:
        found |= {"看一个市": "area=city-02", "看一个县": "area=county-013"}
    return found


def books(stations: int, towns: int, folder: Path) -> tuple[str, Engine, str]:
    """The address of a database with so many stations in so many towns, and its plan."""
    url = f"sqlite:///{(folder / f'{stations}.db').as_posix()}"
    engine = open_books(url)
    plan, rows = stations_plan(stations, towns)
    faults = post_plan(engine, CONSOLE, plan, rows, today=plan.issued_on)
    assert not faults, faults[:3]
    fill_stations(engine, CONSOLE, plan.code, stations)
    return url, engine, plan.code


def costs(stations: int, towns: int, folder: Path, empty: Visitor) -> Costs:
    """The page on books of this size, on a server of its own, beside the empty page."""
    url, engine, plan = books(stations, towns, folder)
    port = free_port()
    words = ["dashboard", "serve", "--port", str(port)]
    with (
        serving(words, port, {"GUATU_DATABASE_URL": url}) as pid,
        visiting(f"http://127.0.0.1:{port}") as visitor,
    ):
        first = visitor.rerun(PAGE)
        warm, sent = {}, {}
        for words_of, query in looks(towns).items():
            warm[words_of] = _in_turns(visitor, query, empty)
            sent[words_of] = visitor.received
        posted = statistics.median(_after_posting(visitor, engine, plan) for _ in range(POSTINGS))
        assert not visitor.errors, visitor.errors[:3]
        found = Costs(first, warm, posted, sent, resident(pid))
    engine.dispose()
    return found


def _in_turns(visitor: Visitor, query: str, empty: Visitor) -> tuple[float, float]:
    visitor.rerun(PAGE, query)  # the first one fills the caches
    found = [(visitor.rerun(PAGE, query), empty.rerun(EMPTY_PAGE)) for _ in range(RUNS)]
    spent, floor = zip(*found, strict=True)
    return statistics.median(spent), statistics.median(floor)


def _after_posting(visitor: Visitor, engine: Engine, plan: str) -> float:
    held = load(engine, plan, now_of(load_plan(engine, plan)))
    station = held.all(r.Station)[7]
    with entry(engine, plan, Signature(CONSOLE, Right.EDIT_STATIONS, "修改站点")) as opened:
        opened.change(station, part_time=1 + (station.part_time or 0))
    return visitor.rerun(PAGE)


def main() -> None:
    """Measure and print."""
    port = free_port()
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(["tests.bench.empty.serve", str(port)], port, {}),
        visiting(f"http://127.0.0.1:{port}") as empty,
    ):
        found = {size: costs(*size, Path(folder), empty) for size in SIZES}
    floors = [floor for each in found.values() for _, floor in each.warm.values()]
    click.echo(f"空白页重算{statistics.median(floors):.0f} ms。\n")
    click.echo("| 站点地图 | " + " | ".join(_title(*size) for size in SIZES) + " |")
    click.echo("|---|" + "---|" * len(SIZES))
    for look in looks(LARGE + 1):
        click.echo(f"| {look} | " + " | ".join(_cell(each, look) for each in found.values()) + " |")
    for title, take in (("登记一处之后首次", "posted"), ("启动后首次", "first")):
        cells = [f"{getattr(each, take):.0f} ms" for each in found.values()]
        click.echo(f"| {title} | " + " | ".join(cells) + " |")
    memory = [f"{each.memory:.0f} MiB" for each in found.values()]
    click.echo("| 内存 | " + " | ".join(memory) + " |")


def _title(stations: int, towns: int) -> str:
    return f"{stations}处站点、{towns}个镇街"


def _cell(found: Costs, look: str) -> str:
    if look not in found.warm:
        return "—"
    spent, floor = found.warm[look]
    return f"{spent:.0f} ms（{spent / floor:.1f}倍，{found.sent[look] / 1024:.0f} KB）"


if __name__ == "__main__":
    main()
