"""Books of a past instant with what belongs to it and became known only later: a correction's.

A filing accepted after the cut belongs to the round it was filed for. Everything else stays as it
stood, so that a correction brings in no later week's work: a 销号 given after the cut is the work
of the day on which it was given, and until then what it closed was accepted and no more.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shelf import filing_of, record_of, select_filings
from dashboard.ledgers.tables import TABLES
from dashboard.ledgers.terms import ReviewVerdict


def amended(connection: Connection, books: Books, known_to: datetime, last_round: str) -> Books:
    """The books with filings for rounds up to `last_round` that came or were accepted since."""
    rows = _since(connection, books, known_to, last_round)
    if not rows:
        return books
    filed, accepted = {**books.last_filed}, {**books.last_accepted}
    said, replies = {**books.last_said}, {**books.last_replies}
    for row in rows:
        filing = _filing(row)
        if filing.known_at and filing.known_at > books.as_of:
            filed[filing.line] = filing
            replies.pop(filing.line, None)
    for filing, word in _words(rows):
        review = _without_closing(word, filing, accepted)
        if review is None:
            continue
        if filed[filing.line].code == filing.code:
            replies[filing.line] = review
        if review.verdict is not ReviewVerdict.RETURNED:
            accepted[filing.line], said[filing.line] = filing, review
    observed = _observed(connection, {row["id"]: row["code"] for row in rows}, known_to)
    return replace(
        books,
        rows={**books.rows, "observation": _with(books.all(r.Observation), observed)},
        last_filed=filed,
        last_accepted=accepted,
        last_said=said,
        last_replies=replies,
    )


def _since(
    connection: Connection, books: Books, known_to: datetime, last_round: str
) -> list[dict[str, Any]]:
    """Filings that came, or were spoken on, between the books' instant and `known_to`."""
    filing, review, line = TABLES["filing"], TABLES["review"], TABLES["reporting_line"]
    owner = TABLES["plan"]
    word = [column.label(f"said_{column.name}") for column in review.c]
    on = (review.c.filing_id == filing.c.id) & (review.c.known_at <= known_to)
    query = (
        select_filings(line.c.code.label("line_code"), *word)
        .join(line, line.c.id == filing.c.line_id)
        .join(owner, owner.c.id == filing.c.plan_id)
        .outerjoin(review, on)
        .where(owner.c.code == books.plan.code, filing.c.round <= last_round)
        .where(filing.c.known_at <= known_to)
        .where((filing.c.known_at > books.as_of) | (review.c.known_at > books.as_of))
        .order_by(filing.c.id, review.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _words(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[r.Filing, r.Review]]:
    """What the office said, in the order in which it did: the last word on a line holds."""
    for row in sorted((each for each in rows if each["said_id"]), key=lambda each: each["said_id"]):
        said = {name.removeprefix("said_"): row[name] for name in row if name.startswith("said_")}
        filing = _filing(row)
        yield filing, record_of(r.Review, said, {"filing": {row["id"]: filing.code}})


def _without_closing(
    word: r.Review, filing: r.Filing, accepted: Mapping[str, r.Filing]
) -> r.Review | None:
    """A word given after the cut: a 销号 says no more than that the filing holds, and None where
    that had been said before."""
    if word.verdict is not ReviewVerdict.CLOSED:
        return word
    held = accepted.get(filing.line)
    is_said = held is not None and held.code == filing.code
    return None if is_said else replace(word, verdict=ReviewVerdict.ACCEPTED)


def _filing(row: Mapping[str, Any]) -> r.Filing:
    return filing_of(row, {row["line_id"]: row["line_code"]})


def _observed(
    connection: Connection, filings: Mapping[int, str], known_to: datetime
) -> tuple[r.Observation, ...]:
    """The observations that these filings brought, oldest first."""
    table, indicator, unit = TABLES["observation"], TABLES["indicator"], TABLES["unit"]
    query = (
        select(table, indicator.c.code.label("of"), unit.c.code.label("by"))
        .join(indicator, indicator.c.id == table.c.indicator_id)
        .join(unit, unit.c.id == table.c.unit_id)
        .where(table.c.filing_id.in_(filings), table.c.known_at <= known_to)
        .order_by(table.c.id)
    )
    return tuple(
        record_of(
            r.Observation,
            dict(row),
            {
                "indicator": {row["indicator_id"]: row["of"]},
                "unit": {row["unit_id"]: row["by"]},
                "filing": filings,
            },
        )
        for row in connection.execute(query).mappings()
    )


def _with(
    held: Iterable[r.Observation], later: Iterable[r.Observation]
) -> tuple[r.Observation, ...]:
    """The last observation of each indicator, unit and year."""
    last = {(each.indicator, each.unit, each.year): each for each in (*held, *later)}
    return tuple(last.values())
