"""站点台账表 for tests: books with stations, bodies and findings, sheets of them filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books
from dashboard.ledgers.database import open_books
from dashboard.posting.station_intake import TakenIn
from dashboard.sheets.station_book import station_book
from dashboard.sheets.station_intake import Taken, TakenBook, post_book, take_book
from dashboard.sheets.station_layout import (
    CHECKS,
    FIRST_ROW,
    HEAD_ROW,
    HOSTS,
    STATIONS,
    bare_head,
    columns_of,
    head_of,
)
from dashboard.sheets.station_wishes import StationWish, present_books
from tests.books import CODE, Desk, database, shipped
from tests.filing_sheets import edited, put

TODAY = date(2023, 9, 22)
ZHIFANG = "370829101"
STREET = "370829001"
VILLAGE, FEW, WITHHELD_ONE = "S000001", "S000002", "S000003"
BODY = "LH000001"
POST = "督导检查组"
ROWS: tuple[r.Record, ...] = (
    r.ListedHost(code=BODY, host_list="h-school", name="第一小学", town=STREET),
    r.Station(
        code=VILLAGE,
        name="嘉祥街道心灵驿站",
        kind=t.StationKind.VILLAGE,
        town=STREET,
        host_list="h-village",
        begun_on=date(2023, 6, 20),
        built_on=date(2023, 7, 20),
        area_m2=16.0,
        full_time=1,
        lon=116.33721,
        lat=35.40812,
        note="=1+1",
    ),
    r.Station(
        code=FEW,
        name="第一小学心理辅导室",
        kind=t.StationKind.SCHOOL,
        town=STREET,
        host_list="h-school",
        listed_host=BODY,
        built_on=date(2023, 7, 1),
        served=3,
        served_on=date(2023, 9, 1),
    ),
    r.Station(
        code=WITHHELD_ONE,
        name="特殊人群服务点",
        kind=t.StationKind.SPECIAL,
        town=STREET,
        address="某路9号",
        lon=116.3,
        lat=35.4,
        is_withheld=True,
    ),
)
FOUND = r.Inspection(
    code="I000001",
    station=VILLAGE,
    item="s3-02",
    verdict=t.CheckVerdict.NOT_MET,
    inspected_on=date(2023, 8, 1),
    by_post=POST,
    measured=16.0,
)


def books_with_stations(folder: Path) -> Desk:
    """The office on a Friday: three stations, one of them with a finding, and one named body."""
    (folder / "books.db").write_bytes(_prepared())
    return Desk(open_books(database(folder)))


@cache
def _prepared() -> bytes:
    with TemporaryDirectory() as place:
        desk = Desk(shipped(Path(place)))
        desk.at(TODAY)
        desk.add(date(2023, 8, 1), *ROWS)
        desk.add(date(2023, 8, 2), FOUND)
        desk.engine.dispose()
        return (Path(place) / "books.db").read_bytes()


def books_of(desk: Desk) -> Books:
    """The books as they stand."""
    return present_books(desk.engine, CODE)


# Out


def book_of(desk: Desk, **asked: Any) -> bytes:
    """The book as it goes out now."""
    wish = replace(StationWish(books_of(desk)), **asked)
    return station_book(wish, "导出：专班办公室", "2023-09-22T02:00:00+00:00")


@lru_cache(maxsize=8)
def sheets_of(content: bytes) -> Workbook:
    """The book to look at, opened once."""
    return load_workbook(BytesIO(content))


def column(sheet: Worksheet, name: str) -> int:
    """Where a field's column stands."""
    head = next(head_of(each) for each in columns_of(sheet.title) if each.name == name)
    heads = [bare_head(cell.value) for cell in sheet[HEAD_ROW]]
    return heads.index(head) + 1


def cell_of(content: bytes, sheet: str, row: int, name: str) -> Any:
    """What a cell shows."""
    page = sheets_of(content)[sheet]
    return page.cell(row, column(page, name)).value


def row_of(content: bytes, sheet: str, *keys: str) -> int:
    """The row that begins with a code; of findings also with an item's."""
    page = sheets_of(content)[sheet]
    places = (1, 3) if sheet == CHECKS else (1,)
    for row in range(FIRST_ROW, page.max_row + 1):
        if tuple(page.cell(row, place).value for place in places) == keys:
            return row
    raise AssertionError(f"{keys} not in {sheet}")


# Filling in

Given = Mapping[str, Any]


def filled(
    content: bytes,
    stations: Mapping[str, Given] | None = None,
    *,
    new: Iterable[Given] = (),
    hosts: Iterable[Given] = (),
    checks: Mapping[tuple[str, str], Given] | None = None,
) -> bytes:
    """The book filled in: by station, then new stations, new bodies, and findings by item."""

    def fill(book: Workbook) -> None:
        for code, given in (stations or {}).items():
            _write(book[STATIONS], row_of(content, STATIONS, code), given)
        for keys, given in (checks or {}).items():
            _write(book[CHECKS], row_of(content, CHECKS, *keys), given)
        for name, rows in ((STATIONS, new), (HOSTS, hosts)):
            for given in rows:
                _write(book[name], max(book[name].max_row + 1, FIRST_ROW), given)

    return edited(content, fill)


def _write(sheet: Worksheet, row: int, given: Given) -> None:
    for name, value in given.items():
        put(sheet.cell(row, column(sheet, name)), value)


# In


def taken(desk: Desk, content: bytes) -> TakenBook:
    """The book held against the books as they stand."""
    return take_book(desk.engine, books_of(desk), "站点台账表.xlsx", content)


def told(book: TakenBook) -> list[str]:
    """Its problems as people read them."""
    return [str(each) for each in book.problems]


def posted(desk: Desk, chosen: Iterable[Taken]) -> TakenIn:
    """What the office makes of the rows."""
    return post_book(desk.engine, CONSOLE, CODE, list(chosen))


def station(desk: Desk, code: str) -> r.Station:
    return books_of(desk).get(r.Station, code)
