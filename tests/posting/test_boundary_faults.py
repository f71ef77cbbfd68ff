"""`guatu check` looks at loaded boundaries in the database: one set, one unit, each unit once."""

import pytest
from sqlalchemy import Engine, update

from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.boundary_faults import boundary_faults
from dashboard.ledgers.tables import TABLES
from dashboard.posting.boundaries import load_boundaries
from dashboard.posting.entry import entry
from dashboard.posting.signature import Signature
from tests.boundary_acts import loading

AREA, UNIT = TABLES["boundary"], TABLES["unit"]


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    """Two towns with their boundaries."""
    with entry(engine, "p", Signature(CONSOLE, Right.EDIT_UNITS, "登记镇街")) as opened:
        for seq, code in enumerate(("w", "x"), 5):
            opened.add(r.Unit(code=code, name=f"{code}镇", kind=t.UnitKind.TOWN, seq=seq))
    load_boundaries(engine, CONSOLE, "p", loading("w", "x"))
    return engine


def test_boundaries_that_were_loaded_have_no_fault(loaded: Engine) -> None:
    assert list(boundary_faults(loaded, "p")) == []
    assert list(boundary_faults(loaded, "another")) == []


def test_a_unit_twice_in_one_set_is_told(loaded: Engine) -> None:
    with loaded.begin() as connection:
        first = connection.execute(UNIT.select().where(UNIT.c.code == "w")).one().id
        connection.execute(update(AREA).values(unit_id=first))
    assert list(boundary_faults(loaded, "p")) == ["BS000001：单位w的边界有2条，应为1条"]
