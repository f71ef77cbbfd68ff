"""Sixty at once, and a server that dies: what was acknowledged is there, and nothing is half."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from dashboard import settings
from dashboard.access.audit import breaks
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books, reading
from dashboard.ledgers.tables import POSTINGS, TABLES
from dashboard.ledgers.terms import AccountRole, Part, Via
from dashboard.posting.progress import FiledMeanwhileError, Report, file_progress
from dashboard.rules.calendar import Clock
from tests.books import CODE, database, shipped
from tests.conftest import CHECKOUT
from tests.people import person

SETTINGS = settings.current()


def lines_of(engine: Engine) -> list[r.ReportingLine]:
    """Lines of measures, that anything may be said of."""
    held = load(engine, CODE, Clock().now()).all(r.ReportingLine)
    return [
        each
        for each in held
        if each.via is Via.FILING and each.part is Part.TOTAL and not each.indicator
    ]


def filings(engine: Engine) -> list[str]:
    table = TABLES["filing"].c
    with reading(engine) as connection:
        return list(connection.scalars(select(table.code).order_by(table.id)))


# A server that dies


def counted(engine: Engine) -> dict[str, int]:
    """What came with every filing, in numbers."""
    posted = select(func.count()).select_from(POSTINGS).where(POSTINGS.c.action == "填报进展")
    with reading(engine) as connection:
        found = {
            name: connection.scalar(select(func.count()).select_from(TABLES[name])) or 0
            for name in ("filing", "review", "problem")
        }
        return {**found, "posting": connection.scalar(posted) or 0}


@pytest.mark.parametrize("after", [3, 11])
def test_what_was_acknowledged_before_a_kill_is_there_and_nothing_is_half(
    tmp_path: Path, after: int
) -> None:
    engine = shipped(tmp_path)
    lines = [each.code for each in lines_of(engine)][:4]
    words = [sys.executable, "-m", "tests.posting.busy_writer", database(tmp_path), CODE, *lines]
    with subprocess.Popen(words, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline().strip() for _ in range(after)]
        writer.kill()
        told += writer.stdout.read().split()
    assert all(told)
    again = open_books(database(tmp_path))
    held = filings(again)
    assert set(told) <= set(held)
    numbers = counted(again)
    assert set(numbers.values()) == {len(held)}
    assert not list(breaks(again))


# Sixty at once

PEOPLE, TURNS = 60, 2


def test_sixty_accounts_file_at_once_and_no_update_is_lost(tmp_path: Path) -> None:
    engine = shipped(tmp_path)
    lines = lines_of(engine)[: PEOPLE // 2]
    who = [
        (person(engine, AccountRole.LIAISON, line.unit, name=f"{line.code}-{n}"), line.code)
        for n in range(2)
        for line in lines
    ]
    start = threading.Barrier(PEOPLE)

    def files(viewer: Viewer, line: str) -> list[tuple[str, str | None]]:
        """What one person filed, each with what was before the eyes: who is told looks again."""
        start.wait()
        done: list[tuple[str, str | None]] = []
        seen: str | None = None
        while len(done) < TURNS:
            given = Report(line=line, text=f"第{len(done) + 1}次", seen=seen)
            try:
                code = file_progress(engine, viewer, CODE, given, SETTINGS)
            except FiledMeanwhileError as told:
                seen = told.filings[line].code
                continue
            done.append((code, seen))
            seen = code
        return done

    with ThreadPoolExecutor(PEOPLE) as pool:
        kept = list(pool.map(files, *zip(*who, strict=True)))
    filed = [each for one in kept for each in one]
    assert sorted(code for code, _ in filed) == sorted(filings(engine))
    assert len(filed) == PEOPLE * TURNS
    # On each line everybody went on from what the one before had filed: a chain without a fork.
    assert len(
        {(line, seen) for (_, line), one in zip(who, kept, strict=True) for _, seen in one}
    ) == len(filed)
    assert not list(breaks(engine))
