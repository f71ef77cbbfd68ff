"""A town with a set of boundaries, and what may be done to it, for tests of rights."""

from collections.abc import Callable, Mapping
from datetime import datetime

from shapely.geometry import MultiPolygon, box
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import load
from dashboard.ledgers.shapes import set_in_force, shapes_in
from dashboard.posting.boundaries import Loading, load_boundaries, withdraw_boundaries
from tests.books import ISSUED

TOWN = r.Unit(code="w", name="某镇", kind=t.UnitKind.TOWN, seq=3)
HELD = r.BoundarySet(
    code="BS000001",
    title="某县界线",
    source="某县自然资源局",
    datum=t.Datum.CGCS2000,
    loaded_on=ISSUED,
    by_post="专班办公室",
    file_name="界线.geojson",
    sha256="0" * 64,
)


def loading(*codes: str, **told: str | None) -> Loading:
    """A file that brings a square for each unit."""
    squares = [MultiPolygon([box(116 + n, 35, 117 + n, 36)]) for n in range(len(codes))]
    given = {"title": "某县界线", "source": "某县自然资源局", "file_name": "界线.geojson"}
    return Loading(
        datum=t.Datum.CGCS2000,
        areas={code: (each, t.MatchedBy.CODE) for code, each in zip(codes, squares, strict=True)},
        **{**given, "sha256": "1" * 64, **told},  # type: ignore[arg-type]
    )


Act = Callable[[Engine, Viewer], object]

ACTS: dict[str, tuple[str, Right, set[str], Act]] = {
    "载入区域边界": (
        "load_boundaries",
        Right.EDIT_BOUNDARIES,
        set(),
        lambda engine, viewer: load_boundaries(engine, viewer, "p", loading("w")),
    ),
    "撤下区域边界": (
        "withdraw_boundaries",
        Right.EDIT_BOUNDARIES,
        set(),
        lambda engine, viewer: withdraw_boundaries(engine, viewer, "p", HELD.code),
    ),
}


def shapes_at(engine: Engine, plan: str, as_of: datetime) -> Mapping[str, BaseGeometry]:
    """The areas drawn at an instant, by unit code."""
    held = set_in_force(load(engine, plan, as_of))
    return shapes_in(engine, plan, held) if held else {}
