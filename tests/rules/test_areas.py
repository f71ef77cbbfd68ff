"""Areas lie in one another: what comes first, what lies beneath, and the way back up."""

from dataclasses import replace

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import UnitKind
from dashboard.rules.areas import (
    areas_of,
    beneath,
    has_levels,
    path_to,
    places_of,
    top_areas,
    towns_under,
)
from tests.rules.grounds_given import AREAS, CITY, WITHOUT, ground, unit
from tests.rules.stations_given import books


def named(units: tuple[r.Unit, ...]) -> list[str]:
    return [each.code for each in units]


def area(given: Books, code: str) -> r.Unit:
    return given.get(r.Unit, code)


def test_one_county_has_no_levels_and_shows_its_towns_and_zones() -> None:
    given = books()
    assert top_areas(given) == towns_under(given, None) == places_of(given)
    assert not has_levels(given)
    town = places_of(given)[0]
    assert (beneath(given, town), path_to(given, town)) == ((), (town,))
    assert towns_under(given, town) == (town,)


def test_a_lone_area_at_the_top_gives_way_to_what_lies_in_it() -> None:
    given = ground()
    assert named(top_areas(given)) == ["county1", "county2"]
    assert has_levels(given)


def test_several_roots_are_shown_as_they_are() -> None:
    given = books(*AREAS, unit("city2", UnitKind.CITY), without=WITHOUT)
    assert named(top_areas(given)) == ["city1", "city2"]


def test_what_lies_in_an_area_comes_in_the_offices_order() -> None:
    given = ground()
    assert named(beneath(given, CITY)) == ["county1", "county2"]
    assert named(beneath(given, area(given, "county1"))) == ["town11", "town12", "zone3"]
    assert named(towns_under(given, area(given, "county1"))) == ["town11", "town12", "town31"]
    assert named(towns_under(given, None)) == ["town11", "town12", "town31", "town21"]


def test_the_way_down_begins_at_the_top_that_is_shown() -> None:
    given = ground()
    assert named(path_to(given, area(given, "town31"))) == ["county1", "zone3", "town31"]
    assert named(path_to(given, area(given, "county2"))) == ["county2"]
    assert path_to(given, CITY) == (CITY,)


def test_an_area_comes_after_what_it_lies_in() -> None:
    given = ground()
    found = named(areas_of(given))
    assert sorted(found) == sorted(named(AREAS))
    for each in AREAS:
        assert each.parent is None or found.index(each.parent) < found.index(each.code)


def test_areas_that_name_each_other_as_parents_are_still_all_shown() -> None:
    given = books(unit("town1", parent="town2"), unit("town2", parent="town1"), without=WITHOUT)
    assert named(top_areas(given)) == ["town1", "town2"]
    office = replace(unit("town3"), parent="u-office")
    assert top_areas(books(office, without=WITHOUT)) == (office,)
