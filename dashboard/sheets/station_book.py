"""站点台账.xlsx to take away: stations, obliged bodies and what inspections found, prefilled.

Columns to fill are open below the last row too, so that new rows need no form; codes are locked.
No cell holds a formula, and nothing is merged.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import StationState
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.standards import Check, ItemCheck, check, check_list
from dashboard.sheets.filing_book import text_cell
from dashboard.sheets.station_drawing import LAST_ROW, SheetPen, draw_guide
from dashboard.sheets.station_guide import guide_lines, summary_of
from dashboard.sheets.station_layout import (
    CHECKS,
    FIRST_ROW,
    HEAD_ROW,
    HOSTS,
    HOW,
    LEDGER_OF,
    MARKS,
    MOST_CHECKS,
    OPTIONS,
    STATIONS,
    BookMarks,
    columns_of,
    fields_in,
)
from dashboard.sheets.station_names import Names, shown
from dashboard.sheets.station_wishes import StationWish, TooManyRowsError


def station_book(wish: StationWish, stamp: str, made_at: str) -> bytes:
    """The xlsx; `stamp` says who took it out and when, `made_at` when. Raises TooManyRowsError."""
    if wish.too_many:
        raise TooManyRowsError(wish.too_many)
    stations, hosts = wish.stations(), wish.hosts()
    maker = _Maker(wish, stamp)
    maker.ledger(STATIONS, stations)
    maker.ledger(HOSTS, hosts)
    maker.checks(stations)
    maker.guide()
    maker.options()
    maker.marks(made_at)
    out = BytesIO()
    maker.book.save(out)
    return out.getvalue()


class _Maker:
    """Draws one book, sheet after sheet."""

    def __init__(self, wish: StationWish, stamp: str) -> None:
        self.wish, self.books, self.stamp = wish, wish.books, stamp
        self.today = shanghai_day(self.books.as_of)
        self.names = Names(self.books)
        self.book = Workbook()
        self.book.remove(self.book.active)

    def ledger(self, title: str, rows: Sequence[r.Station | r.ListedHost]) -> None:
        """A sheet of one row a station or body."""
        pen = self._pen(title)
        fields = fields_in(LEDGER_OF[title])
        for number, row in enumerate(rows, start=FIRST_ROW):
            cells = [row.code, *(shown(self.names, field, row) for field in fields)]
            pen.row(number, [*cells, *self._printed(row)])
        pen.offer(LAST_ROW, self._named)

    def _printed(self, row: r.Station | r.ListedHost) -> tuple[str | None, ...]:
        """What only tells: how a station stands, or which stations a body has."""
        if isinstance(row, r.Station):
            found = check(self.books, row, self.today)
            return found.state.label, _standing(found)
        held = self.books.by(r.Station, "listed_host")[row.code]
        return (wording.join_names([each.name for each in held], 2, "处") if held else None,)

    def checks(self, stations: Sequence[r.Station]) -> None:
        """A sheet of one row a station and requirement, as it was last found."""
        pen = self._pen(CHECKS)
        found = list(_to_check(self.books, stations, self.today))
        if len(found) > MOST_CHECKS:
            raise TooManyRowsError(
                f"检查情况有{len(found)}行，一个表最多{MOST_CHECKS}行，请按镇街或应设名录分别下载。"
            )
        for number, (station, each) in enumerate(found, start=FIRST_ROW):
            pen.row(number, check_cells(station, each))
        pen.offer(HEAD_ROW + max(len(found), 1), {})

    def guide(self) -> None:
        """The sheet that says how to fill the others."""
        draw_guide(self.book.create_sheet(HOW), list(guide_lines()))

    def options(self) -> None:
        """The unseen sheet with the names to choose from."""
        sheet = self.book.create_sheet(OPTIONS)
        for place, names in enumerate(self._chosen.values(), start=1):
            for number, name in enumerate(names, start=1):
                sheet.cell(number, place, text_cell(name))
        sheet.sheet_state = "hidden"
        sheet.protection.sheet = True

    @cached_property
    def _chosen(self) -> dict[str, list[str]]:
        """By field: towns, host lists and units, each by the name that means it alone."""
        names = self.names
        units = sorted(self.books.all(r.Unit), key=lambda each: each.seq)
        return {
            "town": [names.word("unit", each.code) for each in units if each.is_local],
            "host_list": names.listed("host_list"),
            "unit": names.listed("unit"),
        }

    @property
    def _named(self) -> dict[str, int]:
        return {field: len(names) for field, names in self._chosen.items()}

    def marks(self, made_at: str) -> None:
        """The unseen sheet that says what the book is."""
        plan, wish = self.books.plan, self.wish
        marks = BookMarks(
            plan=plan.code,
            version=self.books.version,
            day=self.today.isoformat(),
            made_at=made_at,
            scope=wish.scope,
            is_practice=plan.practice_now is not None,
        )
        sheet = self.book.create_sheet(MARKS)
        for cells in marks.cells():
            sheet.append(cells)
        sheet.sheet_state = "veryHidden"
        sheet.protection.sheet = True

    def _pen(self, title: str) -> SheetPen:
        """A sheet with its head, ready for rows."""
        pen = SheetPen(self.book.create_sheet(title), columns_of(title))
        plan = self.books.plan
        practice = "【演示数据】" if self.books.has_practice else ""
        number = f"（{plan.number}）" if plan.number else ""
        of = f"{plan.short_title}{number}　范围：{self.wish.scope}　"
        until = f"统计截止日：{wording.full_day(self.today)}　{self.stamp}"
        pen.above((f"{practice}站点台账表：{title}", f"{of}{until}", summary_of(title)))
        pen.set_page(is_wide=title == STATIONS)
        return pen


def _standing(found: Check) -> str | None:
    """达标, or 未达标 with what is missing."""
    if found.state is not StationState.BUILT:
        return None
    return f"{found.word}：{found.reason}" if found.reason else found.word


def _to_check(
    books: Books, stations: Iterable[r.Station], today: date
) -> Iterator[tuple[r.Station, ItemCheck]]:
    """Every requirement of the stations that are begun or built."""
    for station in stations:
        if station.state(today) in (StationState.BUILT, StationState.BUILDING):
            for each in check_list(books, station):
                yield station, each


def check_cells(station: r.Station, each: ItemCheck) -> list[Any]:
    """One requirement at a station as its row shows it; without an inspection nothing is filled."""
    item, last = each.item, each.inspection
    head = [station.code, station.name, item.code, item.area, item.requirement, item.unit]
    if last is None:
        return [*head, *[None] * 6]
    found = [last.verdict.label, last.measured, last.inspected_on, last.by_post, last.note]
    return [*head, last.code, *found]
