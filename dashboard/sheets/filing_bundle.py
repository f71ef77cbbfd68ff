"""All units' 填报表 of a round at once: one file a unit, by names that every computer takes."""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO

from dashboard.posting.file_names import cleaned
from dashboard.settings import Settings
from dashboard.sheets.filing_book import filing_book
from dashboard.sheets.filing_wishes import SheetWish


def books_of(
    wishes: Sequence[SheetWish], settings: Settings, stamp: str, made_at: datetime
) -> Iterator[tuple[str, bytes]]:
    """The name and content of each unit's sheet, in protocol order; no name comes twice."""
    given: set[str] = set()
    for wish in wishes:
        name = file_name(wish)
        if name in given:
            name = name.replace(".xlsx", f"（{wish.unit.code}）.xlsx")
        given.add(name)
        yield name, filing_book(wish, settings, stamp, made_at.isoformat())


def file_name(wish: SheetWish) -> str:
    """县卫生健康局填报表（2023年第38周）.xlsx."""
    year, week, _ = wish.round.week.monday.isocalendar()
    stem, _ending = cleaned(f"{wish.unit.name}填报表（{year}年第{week}周）.xlsx")
    return f"{stem}.xlsx"


def packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip of files that needs no folders."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files:
            made.writestr(name, content)
    return out.getvalue()
