"""填报表 for tests: books with something to file, sheets of them filled in, and taken in again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import FilingWay, ReviewVerdict
from dashboard.posting.plans import now_of
from dashboard.posting.reviews import review_filing
from dashboard.rules.judgement import judge_books
from dashboard.rules.rounds import Round
from dashboard.sheets.filing_book import filing_book
from dashboard.sheets.filing_form import SheetProblem
from dashboard.sheets.filing_intake import TakenFile, TakenRow, read_files, taken_in
from dashboard.sheets.filing_layout import PLACES, PROBLEM_PLACES
from dashboard.sheets.filing_package import Given
from dashboard.sheets.filing_report import How
from dashboard.sheets.filing_sheet import FilingSheet, read_filing_sheet
from dashboard.sheets.filing_wishes import SheetWish, judged_for, round_named, wishes
from tests.books import CODE, TIMES, Desk, database, shipped

TUESDAY = date(2023, 6, 27)
"""Two days before the cut of the month's last round, in which monthly lines are due."""
HEALTH, TOWN = "u-wjj", "370829001"
COUNT, MEASURE, ON_EVENT = "l-4-6-trained-2023", "l-4-9-1", "l-4-9-3"
HOTLINE, RETURNED, NEVER = "l-4-4-hotline", "l-4-9-2", "l-a1-0-1"
SHARE = f"l-4-8-town-{TOWN}"
OPINION = "与附件中的数字不符，请核实"


def books_with_work(folder: Path) -> Desk:
    """The office on a Tuesday: `COUNT` stands at 50, `MEASURE` at 10 %, `RETURNED` was returned."""
    (folder / "books.db").write_bytes(_prepared())
    return Desk(open_books(database(folder)))


@cache
def _prepared() -> bytes:
    with TemporaryDirectory() as place:
        desk = Desk(shipped(Path(place)))
        desk.file(COUNT, 50, date(2023, 6, 14))
        desk.file(MEASURE, 10, date(2023, 6, 14), text="已起草", next_step="征求意见")
        code = desk.file(RETURNED, 30, date(2023, 6, 26), accept=False)
        review_filing(desk.engine, CONSOLE, CODE, code, ReviewVerdict.RETURNED, OPINION)
        desk.at(TUESDAY)
        desk.engine.dispose()
        return (Path(place) / "books.db").read_bytes()


# Out


def wish_for(desk: Desk, unit: str = HEALTH, code: str | None = None) -> SheetWish:
    """What a unit's sheet holds now."""
    plan = desk.plan()
    now = now_of(plan)
    round_: Round = round_named(plan, now, TIMES, code)
    judgement = judged_for(desk.engine, CODE, round_, now, settings.current())
    (found,) = wishes(judgement, round_, {unit})
    return found


def sheet_for(desk: Desk, unit: str = HEALTH, code: str | None = None) -> bytes:
    """A unit's sheet as it goes out now."""
    return filing_book(
        wish_for(desk, unit, code),
        settings.current(),
        "导出：专班办公室",
        "2023-06-27T02:00:00+00:00",
    )


# Filling in

Entries = Mapping[str, Mapping[str, Any]]
"""By reporting line: what is written into which column."""


@cache
def row_of(content: bytes, line: str) -> int:
    """The row in which a line stands."""
    sheet, problems = read_filing_sheet(content)
    assert sheet is not None, problems
    return next(row.mark.row for row in sheet.rows if row.mark.line == line)


def edited(content: bytes, change: Callable[[Workbook], Any]) -> bytes:
    """The same file after somebody worked on it."""
    book = load_workbook(BytesIO(content))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def filled(content: bytes, entries: Entries, *problems: Mapping[str, Any]) -> bytes:
    """The sheet filled in by openpyxl; `problems` go into the second sheet."""
    rows = {line: row_of(content, line) for line in entries}

    def fill(book: Workbook) -> None:
        for line, given in entries.items():
            for name, value in given.items():
                put(book["填报表"].cell(rows[line], PLACES[name]), value)
        for row, told in enumerate(problems, start=4):
            for name, value in told.items():
                put(book["问题"].cell(row, PROBLEM_PLACES[name]), value)

    return edited(content, fill)


def put(cell: Cell, value: Any) -> None:
    """Type a value; (value, format) sets the cell's number format too."""
    if isinstance(value, tuple):
        cell.value, cell.number_format = value
    else:
        cell.value = value


# In


def read(content: bytes) -> tuple[FilingSheet | None, list[str]]:
    """What can be read, and the problems as people read them."""
    sheet, problems = read_filing_sheet(content)
    return sheet, [str(each) for each in problems]


def entered(content: bytes, line: str) -> dict[str, Any]:
    """What a row says, where nothing in the sheet is wrong."""
    sheet, problems = read(content)
    assert sheet is not None, problems
    assert problems == []
    return next(row.entered for row in sheet.rows if row.mark.line == line)


def short_sheet(desk: Desk, *lines: str) -> bytes:
    """The sheet of the unit with the most lines, with these alone: quick to read many times."""
    wish = wish_for(desk)
    asks = tuple(each for each in wish.asks if each.line.code in lines)
    return filing_book(replace(wish, asks=asks), settings.current(), "导出：专班办公室", "2023")


def taken(
    desk: Desk,
    *contents: bytes,
    way: FilingWay = FilingWay.MESSAGE,
    received_at: datetime | None = None,
    units: Iterable[str] | None = None,
) -> tuple[TakenFile, ...]:
    """The files held against the books as they stand."""
    now = now_of(desk.plan())
    judgement = judge_books(load(desk.engine, CODE, now), settings.current())
    own = None if units is None else set(units)
    how = How(way, received_at or now, now, lambda unit: own is None or unit in own)
    given = [Given(f"{number}.xlsx", each) for number, each in enumerate(contents, start=1)]
    return taken_in(judgement, settings.current(), read_files(given), how)


def row_in(file: TakenFile, line: str) -> TakenRow:
    """The row of a line."""
    return next(row for row in file.rows if row.row.mark.line == line)


def told(problems: Iterable[SheetProblem]) -> list[str]:
    """Problems as people read them."""
    return [str(each) for each in problems]
