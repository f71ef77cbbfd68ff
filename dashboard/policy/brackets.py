"""Responsibility in brackets: （县卫生健康局牵头负责，各镇街具体负责）, （责任单位：市教育局）."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard.policy.cleaning import Line
from dashboard.policy.findings import Role
from dashboard.policy.patterns import Pattern
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
    for start, inner, end in _groups(line.text):
        shares = tuple(_shares(line.text, start + 1, inner))
        if shares:
            found.append(Bracket(start, end, shares))
    return tuple(found)


def _groups(text: str) -> Iterator[tuple[int, int, int]]:
    """The outermost brackets: start, end of what they hold, end; one never closed ends the line."""
    opened: list[int] = []
    pairs: list[tuple[int, int, int]] = []
    for place, sign in enumerate(text):
        if sign in _OPENING:
            opened.append(place)
        elif sign in _CLOSING and opened:
            start = opened.pop()
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, place, place + 1))
    if opened and (not pairs or opened[-1] >= pairs[-1][2]):
        pairs.append((opened[-1], len(text), len(text)))
    yield from (pair for pair in pairs if 1 < pair[2] - pair[0] <= _LONGEST)


def _shares(text: str, start: int, end: int) -> Iterator[Share]:
    inside = text[start:end].rstrip("。；， ")
    label = LABEL.search(inside)
    if label:
        yield from labelled(text, start + label.start(), start + len(inside))
        return
    pieces = tuple(_pieces(inside))
    if any(each.words for each in pieces) and _are_all_units(pieces):
        yield from _by_words(pieces, start)
    elif text.startswith("。", max(0, start - 2)) and _is_list_of_units(inside):
        yield from (Share(unit, Role.SHARED, "") for unit in units_in(inside, start))


@dataclass(frozen=True)
class _Piece:
    """A stretch between stops in a bracket: its units and the words of their role.

    `is_apart` where a semicolon or full stop stands before it.
    """

    named: tuple[Named, ...]
    words: re.Match[str] | None
    is_apart: bool = False


def _pieces(inside: str) -> Iterator[_Piece]:
    """The stretches of a bracket up to a note, without those that only say when."""
    for start, end in parted(inside, "，；。"):
        piece = inside[start:end]
        if NOTE.regex.search(piece):
            return
        words = ending(piece)
        named = units_in(piece[: words.start()] if words else piece, start)
        if _DATED.match(piece) and not any(looks_like_a_unit(each.name) for each in named):
            continue
        yield _Piece(named, words, start > 0 and inside[start - 1] in "；。")


_DATED = re.compile(r"[^、]{0,6}(?:20\d\d年|\d{1,2}月|年底|年内|长期|持续|每[年月季])[^、]{0,14}$")
"""A date beside the units: （市教育局负责，2025年6月底前完成）."""
NOTE = Pattern(
    "a note in a bracket",
    r"下同|以下(?:均|同|各|任务|工作)|不再|(?:为|是)(?:牵头|主办|第一责任)|牵头(?:单位|部门)(?:列|排|为)|均涉及|均需|均由|均为|均包括",
    ("下同", "不再", "以下均"),
    ("市教育局牵头", "各有关部门负责"),
)


def _are_all_units(pieces: tuple[_Piece, ...]) -> bool:
    """Whether bodies are named (not so in 由家长负责), and nothing else without words."""
    last = max(place for place, each in enumerate(pieces) if each.words)
    names = [unit.name for each in pieces[: last + 1] for unit in each.named]
    after = [unit.name for each in pieces[last + 1 :] for unit in each.named]
    is_named = any(looks_like_a_unit(name) for name in names)
    return is_named and all(looks_like_a_unit(name) for name in after)


def _is_list_of_units(inside: str) -> bool:
    """Whether a bracket holds names of bodies and nothing else: （省民政厅、省财政厅）."""
    named = units_in(inside)
    return (
        bool(named)
        and all(looks_like_a_unit(each.name) for each in named)
        and (_LEVEL.match(named[0].name) is not None or len(named) > 1)
        and all(_LEVEL.match(each.name) or _OFFICE.search(each.name) for each in named)
    )


_LEVEL = re.compile(r"省|市|县|区|州|镇|乡|各|国家|自治|共青团|中共|团[省市县区]委")
_OFFICE = re.compile(
    r"(?:局|委|厅|部|署|办|行|委员会|办公室|政府|中心|公司|监管组|总工会|联合会|妇联|残联|科协)$"
)


def _by_words(
    pieces: tuple[_Piece, ...], offset: int, rest: Share | None = None
) -> Iterator[Share]:
    """Lists of units each followed by what they do; a list without words waits for the next.

    Units that wait in vain share the work, or have the role of `rest`; those before 配合 do too.
    """
    waiting: list[Named] = []
    left, told = (rest.role, rest.words) if rest else (Role.SHARED, "")
    for piece in pieces:
        units = [_moved(each, offset) for each in piece.named]
        role = role_of(piece.words) if piece.words else None
        if piece.is_apart or role in (Role.SUPPORT, Role.GUIDE):
            yield from (Share(unit, left, told) for unit in waiting)
            waiting = []
        waiting += units
        if piece.words and role:
            role = _settled(role, piece.words.group(), waiting)
            yield from (Share(unit, role, piece.words.group()) for unit in waiting)
            waiting = []
    yield from (Share(unit, left, told) for unit in waiting)


def _moved(unit: Named, offset: int) -> Named:
    return replace(unit, start=unit.start + offset, end=unit.end + offset)


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
        label = place.group().strip("：: 【】")
        yield from listed(text[place.end() : stop], place.end(), role_of(place), label)


def listed(text: str, offset: int, role: Role, label: str) -> Iterator[Share]:
    """The units of a list under a label; words of a role among them say more than the label."""
    pieces = tuple(_pieces(text.rstrip("；，。 ")))
    if any(each.words for each in pieces):
        rest = Share(Named("", 0, 0), role, label)
        yield from _by_words(pieces, offset, rest)
        return
    for unit in (_moved(unit, offset) for each in pieces for unit in each.named):
        yield _with_own_role(unit, role, label)


_OWN_ROLE = re.compile(r"（(?P<words>[^（）]{2,8}?)(?:单位|部门)?）$")


def _with_own_role(unit: Named, role: Role, label: str) -> Share:
    """A unit of a list with its part, as its label has it, or as printed behind it: （牵头）."""
    own = _OWN_ROLE.search(unit.remark)
    words = ending(own["words"]) if own else None
    if own is None or words is None or words.group() != own["words"]:
        return Share(unit, role, label)
    return Share(unit, role_of(words), own["words"])


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
    ends = [text.find(sign, start, stop) for sign in "。【"]
    ends += [text.find(label, start, stop) for label in _OTHER_LABELS]
    return min((end for end in ends if end >= 0), default=stop)
