"""Networks of any size: so many stations in so many towns, under counties and cities."""

from collections import Counter
from pathlib import Path

import pytest

from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import load, load_plan
from dashboard.ledgers.database import open_books
from dashboard.posting.plans import clear_practice, post_plan
from dashboard.practice import fill_stations, stations_plan
from dashboard.practice.sized_areas import areas
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.invariants import breaches
from tests.books import database

TOWNS = 30


def test_few_towns_stand_alone_and_many_lie_in_counties_of_cities() -> None:
    assert {unit.kind for unit in areas(14)} == {t.UnitKind.TOWN}
    units = areas(300)
    by_code = {unit.code: unit for unit in units}
    above = {
        t.UnitKind.TOWN: {t.UnitKind.COUNTY},
        t.UnitKind.COUNTY: {t.UnitKind.CITY},
        t.UnitKind.CITY: {None},
    }
    for kind, wanted in above.items():
        parents = [by_code.get(unit.parent or "") for unit in units if unit.kind is kind]
        assert {parent and parent.kind for parent in parents} == wanted


@pytest.mark.parametrize("towns", [14, 1800])
def test_names_codes_and_points_of_areas_are_each_their_own(towns: int) -> None:
    units = areas(towns)
    assert sum(unit.kind is t.UnitKind.TOWN for unit in units) == towns
    for field in ("code", "name", "official_code"):
        assert len({getattr(unit, field) for unit in units}) == len(units)
    placed = [(unit.lon, unit.lat) for unit in units if unit.kind is t.UnitKind.TOWN and unit.lon]
    assert len(set(placed)) == len(placed) > towns * 0.98


def test_a_network_is_alike_for_one_seed() -> None:
    assert stations_plan(60, 14, seed=3) == stations_plan(60, 14, seed=3)
    assert stations_plan(60, 14, seed=3) != stations_plan(60, 14, seed=4)


def test_a_network_s_stations_stand_for_bodies_of_their_list_and_town_and_are_cleared(
    tmp_path: Path,
) -> None:
    engine = open_books(database(tmp_path))
    plan, rows = stations_plan(1000, TOWNS)
    assert post_plan(engine, CONSOLE, plan, rows, today=plan.issued_on) == ()
    count = fill_stations(engine, CONSOLE, plan.code, 1000)
    now = load_plan(engine, plan.code).practice_now
    assert now is not None
    books = load(engine, plan.code, now)
    assert breaches(books) == ()
    stations = books.all(r.Station)
    assert len(stations) == 1000
    assert {each.kind for each in stations} >= set(t.StationKind) - {t.StationKind.CENTRE}
    assert {each.state(shanghai_day(now)) for each in stations} == set(t.StationState)
    for each in stations:
        body = books.find(r.ListedHost, each.listed_host)
        assert (body is None) or (body.host_list, body.town) == (each.host_list, each.town)
        assert each.lon is None or not each.is_withheld
    named = Counter(each.listed_host for each in stations if each.listed_host)
    assert max(named.values()) == 1
    assert clear_practice(engine, CONSOLE, plan.code) == count
    engine.dispose()
