"""Prints, as a Markdown table, what a page costs beside an empty Streamlit page in the same run.

Warm rerun: median wall time of a rerun over a session's own websocket. Page switch: median time
in Chromium from the click on the menu to the new title with the script finished. Memory: the
server process after all of that. Both sizes hold a year of filings.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click
from playwright.sync_api import Page, sync_playwright

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers.database import open_books
from dashboard.posting.plans import post_plan
from dashboard.practice.sized import fill_sized, sized_plan
from dashboard.widgets import menu
from tests.bench.visitor import Visitor, visiting
from tests.conftest import CHECKOUT, CHROMIUM_FLAGS, free_port

RUNS = 15
SIZES = (100, 2000)
PAGES = {page.name: page.for_office or page.title for page in menu.PAGES.values() if page.is_listed}
EMPTY = {"one": "一", "two": "二"}


@dataclass(frozen=True)
class Measured:
    """Milliseconds by page, and the server's resident memory in MiB."""

    rerun: dict[str, float]
    switch: dict[str, float]
    memory: float


@contextmanager
def serving(words: Sequence[str], port: int, environ: dict[str, str]) -> Iterator[int]:
    """A server process that answers on its port; its process id."""
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=CHECKOUT,
        env={**os.environ, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"nothing answers on port {port}")


def measure(words: Sequence[str], pages: dict[str, str], environ: dict[str, str]) -> Measured:
    """Start a server and time its pages."""
    port = free_port()
    given = [word.format(port=port) for word in words]
    with serving(given, port, environ) as pid:
        base = f"http://127.0.0.1:{port}"
        with visiting(base) as visitor:
            rerun = {page: _median(visitor, page) for page in pages}
        return Measured(rerun, _switches(base, pages), resident(pid))


def _median(visitor: Visitor, page: str) -> float:
    visitor.rerun(page)  # the first one fills the caches
    return statistics.median(visitor.rerun(page) for _ in range(RUNS))


def _switches(base: str, pages: dict[str, str]) -> dict[str, float]:
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(base)
        page.wait_for_selector("h1")
        times: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(6):
            for name, title in pages.items():
                times[name].append(_switch(page, name, title))
        browser.close()
    return {name: statistics.median(found[1:]) for name, found in times.items()}


_SWITCH = """async ([name, title]) => {
  const links = [...document.querySelectorAll('[data-testid=stSidebarNavLink]')];
  const begun = performance.now();
  links.find((a) => a.textContent.trim() === title || a.href.endsWith('/' + name)).click();
  const app = () => document.querySelector('[data-testid=stApp]');
  const there = () => document.querySelector('[data-testid=stMain] h1')?.innerText.trim() === title
    && app().dataset.testScriptState === 'notRunning';
  while (!there()) await new Promise((next) => requestAnimationFrame(next));
  return performance.now() - begun;
}"""


def _switch(page: Page, name: str, title: str) -> float:
    spent = float(page.evaluate(_SWITCH, [name, title]))
    page.wait_for_timeout(300)
    return spent


def resident(pid: int) -> float:
    """A process's resident memory in MiB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def measure_size(tasks: int, folder: Path) -> Measured:
    """The product on a plan of so many tasks with a year of filings."""
    url = f"sqlite:///{(folder / f'{tasks}.db').as_posix()}"
    engine = open_books(url)
    plan, rows = sized_plan(tasks)
    faults = post_plan(engine, CONSOLE, plan, rows, today=plan.issued_on)
    assert not faults, faults[:3]
    fill_sized(engine, CONSOLE, plan.code, settings.load())
    engine.dispose()
    words = ["dashboard", "serve", "--port", "{port}"]
    return measure(words, PAGES, {"GUATU_DATABASE_URL": url})


def main() -> None:
    """Measure and print."""
    empty = measure(["tests.bench.empty.serve", "{port}"], EMPTY, {})
    with tempfile.TemporaryDirectory() as folder:
        found = {tasks: measure_size(tasks, Path(folder)) for tasks in SIZES}
    floor, floor_switch = max(empty.rerun.values()), max(empty.switch.values())
    small, large = (found[tasks] for tasks in SIZES)
    click.echo("| 页面 | 重算 100 项 | 倍数 | 重算 2000 项 | 倍数 | 切换 100 项 | 倍数 |")
    click.echo("|---|---|---|---|---|---|---|")
    click.echo(f"| 空白页 | {floor:.0f} ms | 1 | {floor:.0f} ms | 1 | {floor_switch:.0f} ms | 1 |")
    for name, title in PAGES.items():
        a, b, c = small.rerun[name], large.rerun[name], small.switch[name]
        click.echo(
            f"| {title} | {a:.0f} ms | {a / floor:.1f} | {b:.0f} ms | {b / a:.1f}（比 100 项） "
            f"| {c:.0f} ms | {c / floor_switch:.1f} |"
        )
    click.echo(
        f"\n内存：空白 {empty.memory:.0f} MiB，100 项 {small.memory:.0f} MiB，"
        f"2000 项 {large.memory:.0f} MiB。"
    )


if __name__ == "__main__":
    main()
