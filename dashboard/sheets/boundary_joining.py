"""Which unit each feature of a file of boundaries is: by the statistical code, then by name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import MatchedBy
from dashboard.sheets.boundary_features import NAME_KEYS, Feature

_TAILS = ("人民政府", "街道办事处", "办事处", "管理委员会", "管委会")
Known = Mapping[str, Sequence[r.Unit]]


@dataclass(frozen=True)
class Joined:
    """The features of each unit by its code, those of no unit, what the office should look at."""

    units: Mapping[str, tuple[Feature, ...]]
    matched_by: Mapping[str, MatchedBy]
    strangers: tuple[Feature, ...]
    notes: tuple[str, ...]


@dataclass
class _Match:
    """One file's properties held against the units."""

    codes: Known
    names: Known
    parents: Mapping[str, r.Unit]
    code_key: str | None = None
    name_key: str | None = None
    notes: list[str] = field(default_factory=list)

    def find(self, feature: Feature) -> tuple[r.Unit, MatchedBy] | None:
        """The feature's unit; a code that another unit's name contradicts is noted."""
        by_code = self._by(feature, self.code_key, self.codes, code_in)
        by_name = self._by(feature, self.name_key, self.names, name_in)
        if len(by_code) == 1:
            (unit,) = by_code
            if by_name and unit not in by_name:
                named = "、".join(each.name for each in by_name[:2])
                told = f"的统计代码是{unit.name}的，名称却是{named}，已按代码对应，请核对。"
                self.notes.append(f"{feature.label}{told}")
            return unit, MatchedBy.CODE
        if len(by_name) > 1:
            self.notes.append(
                f"{feature.label}的名称有{len(by_name)}个单位同名，请在文件中加统计代码。"
            )
        return (by_name[0], MatchedBy.NAME) if len(by_name) == 1 else None

    def key_of(
        self, features: Sequence[Feature], known: Known, read: Callable[[Any], str]
    ) -> str | None:
        """The property that tells most units apart: a county's name on each of its towns tells one
        only. Of two alike the one that is called a name.
        """
        told: dict[str, set[str]] = defaultdict(set)
        for feature in features:
            for key in feature.properties:
                if len(found := self._by(feature, key, known, read)) == 1:
                    told[key].add(found[0].code)
        is_named = {key: str(key).lower() in NAME_KEYS for key in told}
        return max(told, key=lambda key: (len(told[key]), is_named[key]), default=None)

    def _by(
        self, feature: Feature, key: str | None, known: Known, read: Callable[[Any], str]
    ) -> Sequence[r.Unit]:
        found = known.get(read(feature.properties.get(key)), ()) if key else ()
        return found if len(found) < 2 else self._told_apart(feature, found)

    def _told_apart(self, feature: Feature, found: Sequence[r.Unit]) -> Sequence[r.Unit]:
        """Units of one name: the one whose upper unit the feature names too."""
        words = {name_in(value) for value in feature.properties.values()}
        uppers = {each.code: self.parents.get(each.parent or "") for each in found}
        mine = [each for each in found if (up := uppers[each.code]) and words & _names_of(up)]
        return mine or found


def join(
    features: Sequence[Feature], units: Sequence[r.Unit], all_units: Iterable[r.Unit]
) -> Joined:
    """Hold every feature against the units that have an area.

    The properties that hold code and name are those that tell most units apart.
    """
    codes = _known((code_in(unit.official_code), unit) for unit in units)
    names = _known((name, unit) for unit in units for name in _names_of(unit))
    match = _Match(codes, names, {unit.code: unit for unit in all_units})
    match.code_key = match.key_of(features, codes, code_in)
    match.name_key = match.key_of(features, names, name_in)
    mine: dict[str, list[Feature]] = defaultdict(list)
    matched_by: dict[str, MatchedBy] = {}
    strangers = []
    for feature in features:
        found = match.find(feature)
        if found is None:
            strangers.append(feature)
            continue
        unit, way = found
        mine[unit.code].append(feature)
        matched_by[unit.code] = way
    joined = {code: tuple(each) for code, each in mine.items()}
    return Joined(joined, matched_by, tuple(strangers), tuple(match.notes))


def _known(pairs: Iterable[tuple[str, r.Unit]]) -> Known:
    found: dict[str, list[r.Unit]] = defaultdict(list)
    for key, unit in pairs:
        if key and unit not in found[key]:
            found[key].append(unit)
    return found


def code_in(value: Any) -> str:
    """A statistical code however long it is written: 370829001000, 370829001.0 → 370829001."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value or "").strip().removesuffix(".0")
    if isinstance(value, bool) or not text.isascii() or not text.isdecimal():
        return ""
    while len(text) > 6 and len(text) % 3 == 0 and text.endswith("000"):
        text = text[:-3]
    return text if len(text) >= 4 else ""


def name_in(value: Any) -> str:
    """A unit's name as it is compared: without spaces, and without what a town's office adds."""
    text = "".join(value.split()) if isinstance(value, str) else ""
    for tail in _TAILS:
        if text.endswith(tail) and len(text) > len(tail) + 1:
            return text.removesuffix(tail) + ("街道" if tail == "街道办事处" else "")
    return text


def _names_of(unit: r.Unit) -> set[str]:
    given = (unit.name, *(unit.aliases or "").split("、"))
    return {name for each in given if (name := name_in(each))}
