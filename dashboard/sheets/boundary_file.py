"""A file of boundaries held against the books: which areas it brings, and what is to be told."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import shapely
from shapely.geometry import MultiPolygon

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Datum, MatchedBy, UnitKind
from dashboard.posting.boundaries import Loading
from dashboard.rules.areas import areas_of
from dashboard.rules.grounds import grounds
from dashboard.sheets.boundary_features import (
    DEGREE_KM,
    Feature,
    UnreadableError,
    polygons_of,
    read_features,
)
from dashboard.sheets.boundary_joining import Joined, join
from dashboard.sheets.boundary_lines import in_wgs84, simplified
from dashboard.sheets.boundary_points import overlap_notes, stations_outside, units_outside

_SHOWN = 8
"""So many names are told of a list; of the others the number."""


@dataclass(frozen=True)
class Area:
    """A unit's area in WGS-84 degrees, and by what it was found."""

    unit: r.Unit
    shape: MultiPolygon
    matched_by: MatchedBy

    @property
    def km2(self) -> float:
        """How large it is, about, in square kilometres."""
        squeeze = math.cos(math.radians(self.shape.centroid.y))
        return float(self.shape.area) * squeeze * DEGREE_KM**2


@dataclass(frozen=True)
class BoundaryFile:
    """What a file brings. `strangers` are its features that are no unit's, `missing` the units
    for which it has no area, `notes` what the office should look at before it confirms.
    """

    sha256: str
    areas: tuple[Area, ...]
    tolerance_m: float
    strangers: tuple[str, ...]
    missing: tuple[r.Unit, ...]
    notes: tuple[str, ...]

    @property
    def shapes(self) -> dict[str, MultiPolygon]:
        """The areas by unit code."""
        return {each.unit.code: each.shape for each in self.areas}

    def told_by(self, said: "Said") -> Loading:
        """The areas with what the office says of them, to be posted."""
        return Loading(
            title=said.title,
            source=said.source,
            datum=said.datum,
            file_name=said.file_name,
            sha256=self.sha256,
            areas={each.unit.code: (each.shape, each.matched_by) for each in self.areas},
            review_no=said.review_no,
            tolerance_m=self.tolerance_m,
        )


@dataclass(frozen=True)
class Said:
    """What the office says of a file."""

    file_name: str
    datum: Datum
    title: str
    source: str
    review_no: str | None


def read_boundaries(
    content: bytes, datum: Datum, books: Books
) -> tuple[BoundaryFile | None, tuple[str, ...]]:
    """The file's areas, or every problem for which it cannot be taken in.

    A feature that cannot be drawn keeps the whole file out where it is a unit's; it is told
    where it is no unit's.
    """
    try:
        features = read_features(content)
    except UnreadableError as error:
        return None, (f"{error}。",)
    units = _in_order(books)
    joined = join(features, units, books.all(r.Unit))
    problems = tuple(_problems(features, joined))
    if problems:
        return None, problems
    return _file(content, datum, books, joined), ()


def _problems(features: Sequence[Feature], joined: Joined) -> Iterator[str]:
    if not joined.units:
        keys = dict.fromkeys(chain.from_iterable(each.properties for each in features))
        told = wording.join_names([str(key)[:20] for key in keys], _SHOWN, "个") if keys else "无"
        yield (
            f"{len(features)}个要素没有一个能与镇街对应。文件中的属性有：{told}。"
            "请使要素带有统计代码或镇街名称，或先在“单位与账号”中登记统计代码、别名。"
        )
    for feature in chain.from_iterable(joined.units.values()):
        if feature.fault:
            yield f"{feature.label}：{feature.fault}，请改正后再载入。"


def _file(content: bytes, datum: Datum, books: Books, joined: Joined) -> BoundaryFile:
    units = [unit for unit in _in_order(books) if unit.code in joined.units]
    whole = {unit.code: _together(joined.units[unit.code]) for unit in units}
    shapes, error_m, dropped = _thin(units, whole)
    shapes = in_wgs84(shapes, datum)
    drawn = grounds(books, shapes)
    notes = (
        *_told(joined, dropped),
        *joined.notes,
        *overlap_notes(units, shapes),
        *units_outside(units, shapes),
        *stations_outside(books, shapes),
    )
    return BoundaryFile(
        sha256=hashlib.sha256(content).hexdigest(),
        areas=tuple(Area(each, shapes[each.code], joined.matched_by[each.code]) for each in units),
        tolerance_m=float(round(error_m)),
        strangers=tuple(each.label for each in joined.strangers),
        missing=tuple(unit for unit in _in_order(books) if unit.code not in drawn),
        notes=notes,
    )


def _in_order(books: Books) -> list[r.Unit]:
    """The areas, the zones that are printed beside the towns last."""
    return sorted(areas_of(books), key=lambda unit: unit.kind is UnitKind.ZONE)


def _together(features: Sequence[Feature]) -> MultiPolygon:
    """One area of several features, such as a town's scattered lands or its villages."""
    shapes = [each.shape for each in features if each.shape is not None]
    return shapes[0] if len(shapes) == 1 else polygons_of(shapely.union_all(shapes))


def _thin(
    units: Sequence[r.Unit], whole: Mapping[str, MultiPolygon]
) -> tuple[dict[str, MultiPolygon], float, int]:
    """Each level by itself, for a county lies over its towns."""
    levels: dict[UnitKind, list[str]] = defaultdict(list)
    for unit in units:
        levels[UnitKind.TOWN if unit.kind is UnitKind.ZONE else unit.kind].append(unit.code)
    shapes: dict[str, MultiPolygon] = {}
    error_m, dropped = 0.0, 0
    for codes in levels.values():
        found = simplified([whole[code] for code in codes])
        shapes.update(zip(codes, found.shapes, strict=True))
        error_m, dropped = max(error_m, found.error_m), dropped + found.dropped
    return {unit.code: shapes[unit.code] for unit in units}, error_m, dropped


def _told(joined: Joined, dropped: int) -> Iterator[str]:
    mine = list(chain.from_iterable(joined.units.values()))
    if turned := sum(each.is_turned for each in mine):
        yield f"{turned}个要素的坐标是纬度在前、经度在后，已调换。"
    if mended := [each.label for each in mine if each.is_mended]:
        told = wording.join_names(mended, _SHOWN, "个")
        yield f"图形自相交或重叠、已修复的要素{len(mended)}个，请在图上核对：{told}。"
    broken = (each for each in joined.strangers if each.fault)
    yield from (f"{each.label}：{each.fault}；不属于任何单位，未载入。" for each in broken)
    if several := [found[0].label for found in joined.units.values() if len(found) > 1]:
        yield f"有{len(several)}个单位由几个要素合成，如{several[0]}。"
    if dropped:
        yield f"略去图上看不出的零星图斑、空洞{dropped}个。"
