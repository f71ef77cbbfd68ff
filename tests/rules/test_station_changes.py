"""What happened to stations between two instants: opened, up to standard, moved, closed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import CheckVerdict, StationKind
from dashboard.rules.station_changes import ChangeKind, station_changes
from tests.rules.stations_given import TODAY, books, inspected, station

WEEK = timedelta(days=7)
NEWS = TODAY - timedelta(days=2)
OLD = date(2023, 7, 1)


def between(before: list[r.Record], now: list[r.Record]) -> list[tuple[str, ChangeKind, bool]]:
    found = station_changes(earlier(books(*before)), books(*now))
    return [(each.station.code, each.kind, each.is_late) for each in found]


def earlier(given: Books) -> Books:
    return replace(given, as_of=given.as_of - WEEK)


def one(**fields: Any) -> r.Station:
    return station("a", **{"built_on": OLD, **fields})


def test_nothing_happened_to_what_stays() -> None:
    assert between([one(), *inspected("a")], [one(), *inspected("a")]) == []


def test_a_station_opens_when_it_is_built_within_the_span() -> None:
    begun = one(built_on=None, begun_on=OLD)
    built = one(begun_on=OLD, built_on=NEWS)
    assert between([begun], [built]) == [("a", ChangeKind.OPENED, False)]
    assert between([built], [built]) == [("a", ChangeKind.OPENED, False)]  # a date that has come


def test_a_station_that_was_only_entered_late_is_no_news() -> None:
    found = station_changes(earlier(books()), books(one(), station("b", built_on=NEWS)))
    assert {(each.station.code, each.is_late) for each in found} == {("a", True), ("b", False)}
    assert {each.kind for each in found} == {ChangeKind.OPENED}


def test_work_that_begins_and_stations_that_close_are_told() -> None:
    planned = one(built_on=None)
    assert between([planned], [replace(planned, begun_on=NEWS)]) == [("a", ChangeKind.BEGUN, False)]
    assert between([one()], [one(ended_on=NEWS)]) == [("a", ChangeKind.CLOSED, False)]


def test_a_station_comes_up_to_standard_by_its_last_inspection() -> None:
    checked = [replace(each, inspected_on=NEWS) for each in inspected("a")]
    assert between([one()], [one(), *checked]) == [("a", ChangeKind.UP, False)]
    late = [replace(each, inspected_on=OLD) for each in inspected("a")]
    assert between([one()], [one(), *late]) == [("a", ChangeKind.UP, True)]


def test_an_inspection_may_find_a_station_wanting_again() -> None:
    good = inspected("a")
    again = replace(good[0], code="again", verdict=CheckVerdict.NOT_MET, inspected_on=NEWS)
    assert between([one(), *good], [one(), *good, again]) == [("a", ChangeKind.LAPSED, False)]


def test_a_move_is_told_once_and_not_as_a_failing() -> None:
    good, moved = inspected("a"), one(moved_on=NEWS)
    assert between([one(), *good], [moved, *good]) == [("a", ChangeKind.MOVED, False)]
    assert between([replace(moved, moved_on=OLD)], [replace(moved, moved_on=OLD)]) == []


def test_each_change_is_told_and_hides_places_that_must_not_be_found() -> None:
    hidden = station("c", built_on=NEWS, is_withheld=True, kind=StationKind.SPECIAL)
    found = station_changes(
        earlier(books(one())), books(one(ended_on=NEWS), station("b", built_on=NEWS), hidden)
    )
    assert [each.kind for each in found] == [ChangeKind.OPENED] * 2 + [ChangeKind.CLOSED]
    assert {each.name for each in found} == {"a站", "b站", "特殊人群场所"}
