"""The ground of upper areas comes from the towns in them."""

from shapely.geometry import box

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import UnitKind
from dashboard.rules.grounds import grounds
from tests.rules.stations_given import books

COUNTY = r.Unit(code="c", name="某县", kind=UnitKind.COUNTY, seq=1)
TOWNS = tuple(
    r.Unit(code=f"t{n}", name=f"第{n}镇", kind=UnitKind.TOWN, seq=n, parent="c") for n in range(2)
)
ZONE = r.Unit(code="z", name="开发区", kind=UnitKind.ZONE, seq=9, parent="c")
BOOKS = books(COUNTY, *TOWNS, ZONE, without=(r.Unit, r.Membership))
LEFT, RIGHT = box(116, 35, 117, 36), box(117, 35, 118, 36)


def test_a_county_s_ground_is_that_of_its_towns() -> None:
    found = grounds(BOOKS, {"t0": LEFT, "t1": RIGHT})
    assert found["c"].equals(box(116, 35, 118, 36))
    assert "z" not in found


def test_a_county_that_has_its_own_ground_keeps_it() -> None:
    own = box(115, 34, 119, 37)
    assert grounds(BOOKS, {"t0": LEFT, "t1": RIGHT, "c": own})["c"] is own


def test_a_county_of_which_a_town_is_missing_has_no_ground() -> None:
    assert set(grounds(BOOKS, {"t0": LEFT})) == {"t0"}


def test_cracks_between_towns_are_no_holes_and_lakes_are() -> None:
    crack, lake = box(116.999, 35.5, 117, 35.6), box(116.2, 35.2, 116.6, 35.6)
    whole = grounds(BOOKS, {"t0": LEFT.difference(crack).difference(lake), "t1": RIGHT})["c"]
    assert whole.equals(box(116, 35, 118, 36).difference(lake))
