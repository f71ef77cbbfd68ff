"""Boundaries enter as one set or not at all, and any past day draws those of its time."""

from datetime import timedelta

import pytest
from shapely.geometry import MultiPolygon, Polygon, box
from sqlalchemy import Engine, func, select

from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import load
from dashboard.ledgers.database import reading
from dashboard.ledgers.shapes import set_in_force
from dashboard.ledgers.tables import POSTINGS, TABLES
from dashboard.posting.boundaries import Loading, load_boundaries, withdraw_boundaries
from dashboard.posting.entry import entry
from dashboard.posting.faults import RefusedError
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import Clock
from dashboard.rules.grounds import credit
from tests.boundary_acts import loading, shapes_at

TOWNS = ("w", "x", "y")


@pytest.fixture(autouse=True)
def towns(engine: Engine) -> None:
    with entry(engine, "p", Signature(CONSOLE, Right.EDIT_UNITS, "登记镇街")) as opened:
        rows = [
            r.Unit(code=code, name=f"{code}镇", kind=t.UnitKind.TOWN, seq=seq)
            for seq, code in enumerate(TOWNS, 5)
        ]
        opened.add(*rows)


def count(engine: Engine, ledger: str) -> int:
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(TABLES[ledger])) or 0


def postings(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(POSTINGS)) or 0


def load_(engine: Engine, given: Loading) -> str:
    return load_boundaries(engine, CONSOLE, "p", given)


def held(engine: Engine) -> r.BoundarySet | None:
    return set_in_force(load(engine, "p", Clock().now()))


def drawn(engine: Engine) -> list[str]:
    return sorted(shapes_at(engine, "p", Clock().now()))


def test_a_file_enters_as_one_set_with_all_its_areas_in_one_posting(engine: Engine) -> None:
    before = postings(engine)
    code = load_(engine, loading("w", "x", review_no="鲁SG（2023）012号", tolerance_m=None))
    assert postings(engine) == before + 1
    made = held(engine)
    assert made is not None
    assert (made.code, made.source, made.review_no) == (code, "某县自然资源局", "鲁SG（2023）012号")
    shapes = shapes_at(engine, "p", Clock().now())
    assert shapes["x"].equals(box(117, 35, 118, 36))
    assert count(engine, "boundary") == 2


def test_an_area_with_many_points_is_kept_whole(engine: Engine) -> None:
    circle = MultiPolygon([Polygon([*box(116, 35, 117, 36).buffer(0.3, 200).exterior.coords])])
    given = loading("w")
    areas = {"w": (circle, t.MatchedBy.NAME)}
    load_(engine, Loading(**{**vars(given), "areas": areas}))
    assert shapes_at(engine, "p", Clock().now())["w"].equals_exact(circle, 1e-9)


def test_the_newest_set_that_stands_is_drawn_and_past_days_keep_theirs(engine: Engine) -> None:
    first = load_(engine, loading("w"))
    then = Clock().now()
    second = load_(engine, loading("w", "x", sha256="2" * 64))
    assert drawn(engine) == ["w", "x"]
    withdraw_boundaries(engine, CONSOLE, "p", second)
    assert drawn(engine) == ["w"]
    withdraw_boundaries(engine, CONSOLE, "p", first)
    assert drawn(engine) == []
    assert held(engine) is None
    assert sorted(shapes_at(engine, "p", then)) == ["w"]
    assert sorted(shapes_at(engine, "p", then - timedelta(days=1))) == []


def test_the_file_in_force_again_changes_nothing(engine: Engine) -> None:
    code = load_(engine, loading("w", "x"))
    before = postings(engine)
    assert load_(engine, loading("w", "x")) == code
    assert postings(engine) == before
    assert load_(engine, loading("w", "x", source="市自然资源局")) != code
    assert load_(engine, loading("w", "x", "y", source="市自然资源局")) != code


@pytest.mark.parametrize(
    ("areas", "told"),
    [
        ({}, "没有能与镇街对应的边界"),
        ({"w": box(116, 35, 117, 36), "u": box(117, 35, 118, 36)}, "“u”不是账中的市、县、镇街"),
        ({"w": box(116, 35, 117, 36), "x": box(0, 0, 1, 1)}, "x的图形有误，或不在中国境内"),
        ({"x": Polygon([(116, 35), (117, 36), (117, 35), (116, 36)])}, "x的图形有误"),
    ],
)
def test_one_area_that_is_wrong_keeps_all_out(
    engine: Engine, areas: dict[str, Polygon], told: str
) -> None:
    before = postings(engine)
    found = {code: (MultiPolygon([each]), t.MatchedBy.CODE) for code, each in areas.items()}
    with pytest.raises(RefusedError, match=told):
        load_(engine, Loading(**{**vars(loading("w")), "areas": found}))
    assert (postings(engine), count(engine, "boundary_set"), drawn(engine)) == (before, 0, [])


def test_a_set_is_withdrawn_once(engine: Engine) -> None:
    code = load_(engine, loading("w"))
    withdraw_boundaries(engine, CONSOLE, "p", code)
    with pytest.raises(RefusedError, match="已撤下"):
        withdraw_boundaries(engine, CONSOLE, "p", code)


def test_what_is_printed_beside_the_map_names_source_and_review_number(engine: Engine) -> None:
    load_(engine, loading("w", review_no="鲁SG（2023）012号"))
    printed = held(engine)
    assert printed is not None
    assert "某县自然资源局；审图号：鲁SG（2023）012号。" in credit(printed)
    load_(engine, loading("w"))
    bare = held(engine)
    assert bare is not None
    assert "无审图号，限内部工作使用" in credit(bare)
