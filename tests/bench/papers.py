"""Prints, as a Markdown table, what papers of a plan of 200 tasks cost, from the database to bytes.

The aims: the 月通报 as docx within 2 s, the wall chart within 5 s. The best of a few runs, for
other work on the machine only ever adds.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click
from sqlalchemy import Engine

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load, load_plan
from dashboard.ledgers.database import open_books
from dashboard.posting.month_reading import draft_of
from dashboard.posting.plans import now_of, post_plan
from dashboard.practice.sized import fill_sized, sized_plan
from dashboard.reports.official import docx_of
from dashboard.reports.release import Wish, judged
from dashboard.reports.wall_chart import wall_chart
from dashboard.rules.calendar import shanghai_day

TASKS = 200
RUNS = 5


def books(folder: Path) -> tuple[Engine, str]:
    """A plan of that size with a year of filings."""
    engine = open_books(f"sqlite:///{(folder / 'books.db').as_posix()}")
    plan, rows = sized_plan(TASKS)
    faults = post_plan(engine, CONSOLE, plan, rows, today=plan.issued_on)
    assert not faults, faults[:3]
    fill_sized(engine, CONSOLE, plan.code, settings.load())
    return engine, plan.code


def best(make: Callable[[], bytes]) -> tuple[float, int]:
    """Seconds of the fastest run, and how many bytes it makes."""
    found = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        content = make()
        found.append((time.perf_counter() - begun, len(content)))
    return min(found)


def main() -> None:
    """Measure and print."""
    given = settings.load()
    with tempfile.TemporaryDirectory() as folder:
        engine, plan = books(Path(folder))
        now = now_of(load_plan(engine, plan))
        day = shanghai_day(now)
        month = f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"
        held = load(engine, plan, now).all(r.Unit)
        units = sum(not each.is_collective for each in held)
        makers: dict[str, Callable[[], bytes]] = {
            "月通报（.docx）": lambda: docx_of(draft_of(engine, plan, month, given)),
            "作战图（.pdf，A1）": lambda: wall_chart(
                judged(engine, CONSOLE, Wish(plan, day), given), given
            ),
        }
        click.echo(f"{TASKS}项任务，{units}个单位，{month}\n")
        click.echo("| 文件 | 用时 | 大小 |")
        click.echo("|---|---|---|")
        for name, make in makers.items():
            seconds, size = best(make)
            click.echo(f"| {name} | {seconds:.2f} s | {size / 1024:.0f} KB |")
        engine.dispose()


if __name__ == "__main__":
    main()
