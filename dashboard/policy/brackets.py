"""Responsibility in brackets: （县卫生健康局牵头负责，各镇街具体负责）, （责任单位：市教育局）."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.policy.cleaning import Line
from dashboard.policy.findings import Role
from dashboard.policy.roles import LABEL, ending, role_of
from dashboard.policy.units import Named, is_generic, looks_like_a_unit, parted, units_in

_OPENING, _CLOSING = "（〔【(", "）〕】)"
_LONGEST = 600


@dataclass(frozen=True)
class Share:
    """One unit's part in a bracket or label, with the words of its role as printed."""

    unit: Named
    role: Role
    words: str


@dataclass(frozen=True)
class Bracket:
    """A bracket of responsibilities: from `start` to `end` of its line, with all its shares."""

    start: int
    end: int
    shares: tuple[Share, ...]

    @property
    def has_lead(self) -> bool:
        return any(share.role is Role.LEAD for share in self.shares)


def brackets_in(line: Line) -> tuple[Bracket, ...]:
    """The brackets of a paragraph that say who is responsible, and no others."""
    found = []
    for start, end in _groups(line.text):
        shares = tuple(_shares(line.text, start + 1, end - 1))
        if shares:
            found.append(Bracket(start, end, shares))
    return tuple(found)


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """The outermost brackets, each to its own end; one that is never closed ends at the line."""
    depth, start = 0, 0
    for place, sign in enumerate(text):
        if sign in _OPENING:
            start = place if depth == 0 else start
            depth += 1
        elif sign in _CLOSING and depth:
            depth -= 1
            if depth == 0 and place - start <= _LONGEST:
                yield start, place + 1


def _shares(text: str, start: int, end: int) -> Iterator[Share]:
    inside = text[start:end].rstrip("。；， ")
    if LABEL.match(inside):
        yield from labelled(text, start, start + len(inside))
        return
    inside = _DATED.sub("", inside)
    if ending(inside) and _speaks_of_units(inside):
        yield from _by_words(inside, start)
    elif _ends_a_sentence(text, start - 1, end + 1) and _is_list_of_units(inside):
        yield from (Share(unit, Role.SHARED, "") for unit in units_in(inside, start))


_DATED = re.compile(
    r"[，；](?:[^，；。、]{0,6})(?:20\d\d年|\d{1,2}月|年底|年内|长期|持续|每[年月季])[^，；。、]{0,12}$"
)
"""A date behind the units: （市教育局负责，2025年6月底前完成）."""


def _ends_a_sentence(text: str, start: int, end: int) -> bool:
    """Whether a bracket stands behind a full stop at the end of its paragraph."""
    return text[:start].endswith("。") and text[end:].strip("。") == ""


def _is_list_of_units(inside: str) -> bool:
    """Whether a bracket holds names of bodies and nothing else: （省民政厅、省财政厅）."""
    named = units_in(inside)
    return (
        bool(named)
        and all(_LEVEL.match(each.name) for each in named)
        and all(looks_like_a_unit(each.name) for each in named)
    )


_LEVEL = re.compile(r"省|市|县|区|州|镇|各|国家|自治|共青团|团[省市县区]委")


def _speaks_of_units(inside: str) -> bool:
    """Whether a body is named, which （由家长负责） does not do."""
    first = inside.split("。", maxsplit=1)[0]
    return any(looks_like_a_unit(each.name) for each in _listed(first))


def _listed(text: str) -> Iterator[Named]:
    for start, end in parted(text, "，；。"):
        words = ending(text[start:end])
        yield from units_in(text[start : start + words.start() if words else end])


def _by_words(inside: str, offset: int) -> Iterator[Share]:
    """Lists of units each followed by what they do; a list without words waits for the next."""
    waiting: list[Named] = []
    for start, end in parted(inside, "，；。"):
        piece = inside[start:end]
        words = ending(piece)
        named = units_in(piece[: words.start()] if words else piece, offset + start)
        if words is None:
            waiting.extend(named)
            continue
        units = [*waiting, *named]
        waiting.clear()
        role = _settled(role_of(words), words.group(), units)
        yield from (Share(unit, role, words.group()) for unit in units)


def _settled(role: Role, words: str, units: list[Named]) -> Role:
    """组织实施 is the towns' own part only where towns are meant."""
    is_plain = role is Role.LOCAL and "具体负责" not in words and "结合实际" not in words
    return Role.SHARED if is_plain and not any(is_generic(each.name) for each in units) else role


def labelled(text: str, start: int, end: int) -> Iterator[Share]:
    """Lists each after its label: 牵头单位：…；配合单位：…, up to what is no list of units."""
    places = list(LABEL.finditer(text, start, end))
    for place, following in zip(places, [*places[1:], None], strict=True):
        stop = following.start() if following else end
        stop = min(stop, _list_end(text, place.end(), stop))
        label = place.group().rstrip("：: ")
        for unit in units_in(text[place.end() : stop], place.end()):
            yield Share(unit, role_of(place), label)


_OTHER_LABELS = (
    "完成时",
    "时限",
    "时间",
    "责任人",
    "责任领导",
    "分管领导",
    "牵头领导",
    "联系人",
    "备注",
    "进度",
)


def _list_end(text: str, start: int, stop: int) -> int:
    """Where a labelled list ends: at a full stop, or where another matter is labelled."""
    ends = [text.find("。", start, stop)]
    ends += [text.find(label, start, stop) for label in _OTHER_LABELS]
    return min((end for end in ends if end >= 0), default=stop)
