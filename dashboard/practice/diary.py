"""What was done when: deeds are planned in any order and written in order of time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import ReviewVerdict
from dashboard.posting.entry import Entry, entry
from dashboard.posting.plans import OFFICE
from dashboard.posting.reviews import accept_filing
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import at_time


@dataclass(frozen=True)
class Said:
    """The office's word on a filing."""

    filing: r.Filing
    verdict: ReviewVerdict
    opinion: str | None = None


@dataclass(frozen=True)
class Deed:
    """One act: rows that came, fields that changed by row code, filings that were reviewed."""

    at: datetime
    action: str
    by_post: str = OFFICE
    rows: tuple[r.Record, ...] = ()
    changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    said: tuple[Said, ...] = ()

    @property
    def posting(self) -> tuple[datetime, str, str]:
        """Deeds alike in this are kept in one posting."""
        return self.at, self.by_post, self.action


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """The instant of a Shanghai day's clock time."""
    return at_time(day, time(hour, minute))


def write(engine: Engine, viewer: Viewer, books: Books, deeds: Iterable[Deed]) -> int:
    """Write all deeds, one posting for those alike; returns the rows written.

    `books` are those of the plan before the first deed: they know its reporting lines.
    """
    standing: dict[str, r.Record] = {}
    rows = 0
    for (at, by_post, action), group in groupby(sorted(deeds, key=_when), key=_when):
        # The act of filling is on record; its made-up deeds are not anybody's.
        signature = Signature(viewer, Right.PRACTISE, action, post=by_post, audited=False)
        with entry(engine, books.plan.code, signature, known_at=at) as opened:
            rows += _write(opened, books, list(group), standing)
    return rows


def _when(deed: Deed) -> tuple[datetime, str, str]:
    return deed.posting


_MANY = 20  # from here on one query for all codes of a ledger is cheaper than asking for each


def _write(
    opened: Entry, books: Books, deeds: Sequence[Deed], standing: dict[str, r.Record]
) -> int:
    new = [row for deed in deeds for row in deed.rows]
    if len(new) > _MANY:
        opened.preload("reporting_line", "unit", "standard_item", "station")
    opened.add(*new)
    standing.update((row.code, row) for row in new)
    for deed in deeds:
        for code, fields in deed.changes.items():
            opened.change(standing[code], **fields)
            standing[code] = replace(standing[code], **fields)
    return len(new) + sum(_review(opened, books, said) for deed in deeds for said in deed.said)


def _review(opened: Entry, books: Books, said: Said) -> int:
    if said.verdict is ReviewVerdict.ACCEPTED:
        accept_filing(opened, books, said.filing, by_post=opened.by_post)
        line = books.get(r.ReportingLine, said.filing.line)
        return 2 if line.indicator and said.filing.value is not None else 1
    opened.add(
        r.Review(
            code=opened.next_code("review", "R"),
            filing=said.filing.code,
            verdict=said.verdict,
            by_post=opened.by_post,
            opinion=said.opinion,
        )
    )
    return 1
