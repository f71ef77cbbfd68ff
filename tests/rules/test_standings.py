"""Coverage over levels and named bodies: each denominator with its source, 待核定 apart."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import CheckVerdict, Force, HostState, StationState
from dashboard.rules import standards
from dashboard.rules.areas import areas_of, beneath, top_areas
from dashboard.rules.coverage import (
    Coverage,
    Source,
    Stage,
    by_area,
    by_place,
    in_all,
    of_area,
    owed_in_all,
)
from dashboard.rules.tallies import up_to_standard
from tests.rules.grounds_given import TODAY, body, ground, hosts, school, share
from tests.rules.stations_given import BUILT


def at(given: Books, code: str | None) -> Coverage:
    area = given.get(r.Unit, code) if code else None
    return of_area(given, given.get(r.HostList, "h"), area, TODAY)


def test_a_town_owes_one_for_each_obliged_body_that_is_named() -> None:
    given = ground(
        *(body("b1"), body("b2"), body("b3", state=HostState.EXEMPT)),
        school("s1", listed_host="b1"),
        school("s2", listed_host="b2", built_on=None, begun_on=BUILT),
    )
    town = at(given, "town11")
    assert (town.obliged, town.named, town.filled, town.building) == (2, 2, 1, 1)
    assert (town.source, town.stage, town.gap) == (Source.NAMED, Stage.BUILDING, 1)
    assert town.denominator == "应设2所（2023年）"


def test_a_second_station_of_one_body_does_not_stand_for_another() -> None:
    given = ground(
        *(body("b1"), body("b2")),
        *(school("s1", listed_host="b1"), school("s2", listed_host="b1"), school("s3")),
    )
    town = at(given, "town11")
    assert (town.met, town.filled, town.standing, town.gap) == (3, 1, 1, 1)
    assert town.stage is Stage.BUILDING


def test_a_station_of_a_body_that_need_not_have_one_fills_nothing() -> None:
    exempt = body("b2", state=HostState.EXEMPT)
    town = at(ground(body("b1"), exempt, school("s", listed_host="b2")), "town11")
    assert (town.met, town.filled) == (1, 0)


def test_unknown_bodies_stand_apart_and_keep_a_town_from_being_done() -> None:
    doubtful = body("b2", state=HostState.UNKNOWN)
    town = at(ground(body("b1"), doubtful, school("s", listed_host="b1")), "town11")
    assert (town.obliged, town.filled, town.unknown, town.unknown_bodies) == (1, 1, 1, 1)
    assert (town.stage, town.rate) == (Stage.UNKNOWN, 1.0)
    assert town.denominator == "应设1所（2023年），另有1所待核定"
    only = at(ground(doubtful), "town11")
    assert (only.obliged, only.stage, only.denominator) == (None, Stage.UNKNOWN, "应设数待核定")


def test_a_town_with_exempt_bodies_alone_is_exempt() -> None:
    given = ground(body("b1", state=HostState.EXEMPT), body("b2", "town12"))
    assert at(given, "town11").stage is Stage.EXEMPT
    assert at(given, "town21").stage is Stage.EXEMPT  # the list names bodies, and none there


def test_a_town_without_named_bodies_keeps_its_number() -> None:
    given = ground(body("b1"), share("town11", 3), share("town12", 4), share("town21", None))
    assert (at(given, "town11").obliged, at(given, "town11").printed) == (1, 3)
    assert (at(given, "town12").obliged, at(given, "town12").source) == (4, Source.NUMBER)
    whole = at(given, None)
    assert (whole.obliged, whole.named, whole.unknown, whole.unknown_bodies) == (5, 1, 1, 0)
    assert whole.denominator == "应设5所（2023年），另有1个镇街待核定"


def test_a_printed_number_that_differs_from_the_named_bodies_is_said_and_kept() -> None:
    listed = hosts(total=3)
    given = ground(body("b1"), body("b2", "town12"), share("town11", 2), listed=listed)
    whole = at(given, None)
    assert (whole.obliged, whole.named, whole.printed) == (2, 2, 3)
    assert whole.difference == "方案3所，名录登记2所"
    assert at(given, "town11").difference == "方案2所，名录登记1所"
    assert at(given, "town12").difference == ""
    assert given.get(r.HostList, "h") == listed


def test_a_body_of_no_town_counts_in_the_whole_alone() -> None:
    given = ground(body("b1"), body("b2", None), school("s", None, listed_host="b2"))
    whole = at(given, None)
    assert (whole.obliged, whole.filled) == (2, 1)
    assert sum(each.obliged or 0 for each in by_place(given, whole.hosts, TODAY)) == 1


def test_a_wider_area_is_the_sum_of_what_lies_in_it() -> None:
    rows = (share("town11", 2), share("town12", None), share("town31", 1), share("town21", 1))
    given = ground(*rows, school("s1", "town31"), school("s2", "town31"), school("s3", "county1"))
    county = at(given, "county1")
    assert (county.obliged, county.met, county.filled, county.unknown) == (3, 3, 1, 1)
    assert (county.source, county.stage) == (Source.SUM, Stage.BUILDING)
    assert [at(given, code).obliged for code in ("zone3", "county2", "city1", None)] == [1, 1, 4, 4]


def test_a_number_given_for_a_wider_area_counts_where_its_towns_have_none() -> None:
    given = ground(share("county1", 1), share("county2", 2), school("s1", "town11"))
    county = at(given, "county1")
    assert (county.obliged, county.filled, county.source) == (1, 1, Source.NUMBER)
    assert at(given, "town11").stage is Stage.EXEMPT
    assert (at(given, None).obliged, at(given, None).filled) == (3, 1)


def test_a_wider_area_that_is_not_settled_is_unknown_with_all_its_towns() -> None:
    given = ground(share("county1", None), share("county2", 2))
    assert (at(given, "county1").obliged, at(given, "county1").unknown) == (None, 3)
    assert at(given, None).denominator == "应设2所（2023年），另有3个镇街待核定"


def test_a_printed_total_stands_before_any_sum() -> None:
    given = ground(share("town11", None), school("s1"), listed=hosts(total=9))
    whole = at(given, None)
    assert (whole.obliged, whole.filled, whole.unknown) == (9, 1, 1)
    assert (whole.is_partial, whole.denominator) == (False, "应设9所（2023年）")


@pytest.mark.parametrize(
    ("rows", "total", "owed"),
    [
        ((), None, None),
        ((share("town11", 2), share("town21", 3)), None, 5),
        ((share("town11", 2), share("town21", None)), None, None),
        ((body("b1"), body("b2", None)), None, 2),
        ((body("b1"), body("b2", state=HostState.UNKNOWN)), None, None),
        ((body("b1"),), 4, 4),
    ],
)
def test_what_a_list_obliges_to_in_all_is_known_or_not(
    rows: Sequence[r.Record], total: int | None, owed: int | None
) -> None:
    given = ground(*rows, listed=hosts(total=total))
    assert owed_in_all(given, given.get(r.HostList, "h")) == owed


def test_standings_are_worked_out_once_and_anew_where_a_station_comes() -> None:
    given = ground(share("town11", 1))
    assert at(given, "town11") is at(given, "town11")
    assert at(given, "town11").met == 0
    more = given.supposing(rows={**given.rows, "station": (school("s"),)})
    assert (at(more, "town11").met, at(given, "town11").met) == (1, 0)
    same = given.supposing(version=2)
    assert at(same, "town11") is at(given, "town11")


TOWNS = ("town11", "town12", "town31", "town21", "county1", None)
ITEMS = ("s3-01", "s3-02")
DAYS = (BUILT, BUILT.replace(day=9), BUILT.replace(day=20))


@st.composite
def stations(draw: st.DrawFn) -> list[r.Record]:
    """A few stations in any state and place, of bodies or not, with inspections in any order."""
    rows: list[r.Record] = []
    for number in range(draw(st.integers(0, 6))):
        built = draw(st.sampled_from((BUILT, None)))
        fields = {
            "built_on": built,
            "begun_on": draw(st.sampled_from((BUILT, None))),
            "ended_on": draw(st.sampled_from((None, None, TODAY))),
            "moved_on": draw(st.sampled_from((None, None, DAYS[1]))) if built else None,
            "listed_host": draw(st.sampled_from((None, "b1", "b2", "b3"))),
        }
        rows.append(school(f"s{number}", draw(st.sampled_from(TOWNS)), **fields))
        for turn in range(draw(st.integers(0, 4))):
            rows.append(
                r.Inspection(
                    code=f"i{number}-{turn}",
                    station=f"s{number}",
                    item=draw(st.sampled_from(ITEMS)),
                    verdict=draw(st.sampled_from(list(CheckVerdict))),
                    inspected_on=draw(st.sampled_from(DAYS)),
                    by_post="专班办公室",
                )
            )
    return rows


def short_standard(given: Books) -> Books:
    """The books with two obligatory items alone."""
    kept = tuple(each for each in given.all(r.StandardItem) if each.code in ITEMS)
    assert all(each.force is Force.MUST for each in kept)
    return given.supposing(rows={**given.rows, "standard_item": kept})


@settings(max_examples=60, deadline=None)
@drawn(stations(), st.booleans())
def test_counting_at_once_agrees_with_looking_at_each_station(
    rows: list[r.Record], is_named: bool
) -> None:
    bodies = [body("b1"), body("b2"), body("b3", "town21"), body("b4", "town21")]
    owed = bodies if is_named else [share("town11", 2), share("town21", 1), share("town31", None)]
    given = short_standard(ground(*rows, *owed, listed=hosts(standard="附件3")))
    listed = given.get(r.HostList, "h")
    held = given.all(r.Station)
    good = {each.code for each in held if standards.up_to_standard(given, each)}
    assert up_to_standard(given) == good
    built = [each for each in held if each.state(TODAY) is StationState.BUILT]
    met = [each for each in built if each.code in good]
    whole = in_all(given, listed, TODAY)
    assert (whole.built, whole.met) == (len(built), len(met))
    for area in areas_of(given):
        lower = by_area(given, listed, beneath(given, area), TODAY)
        own = sum(each.town == area.code for each in met)
        found = of_area(given, listed, area, TODAY)
        assert found.met == own + sum(each.met for each in lower)
        assert found.filled <= found.standing <= max(found.obliged or 0, 0)
    if is_named:
        filled = {each.listed_host for each in met} & {each.code for each in bodies}
        assert whole.filled == len(filled)
    tops = by_area(given, listed, top_areas(given), TODAY)
    assert whole.obliged == sum(each.obliged or 0 for each in tops)
    assert whole.filled == sum(each.filled for each in tops)


def test_a_list_that_is_encouraged_counts_like_any_other() -> None:
    listed = replace(hosts(), force=Force.ENCOURAGED)
    assert at(ground(share("town11", 1), school("s"), listed=listed), None).rate == 1.0
