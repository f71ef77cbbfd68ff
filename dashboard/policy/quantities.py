"""Quantities that are printed in a paragraph: how much of what measure, and the words around."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.policy.cleaning import Line
from dashboard.policy.numerals import number_of
from dashboard.policy.target_forms import COUNT, PERCENT, POINTS

_HIDDEN = re.compile(
    r"每(?:\d+[万千百]?|[一二两三四五六七八九十百千万]+)(?:常住)?(?:人口?|户|名|个|家|所|亩|平方公里|公里)|(?<![底月日])前(?:\d+|[一二三四五六七八九十]+)[名位强]|(?<!\d)\d{1,6}个(?:镇街|乡镇|街道|县区?|村|社区|学校)(?=各)|《[^《》]{0,80}》|“[^“”]{0,12}”|\x22[^\x22]{0,12}\x22|〔\d{4}〕\d+号|[A-Z]{1,5}(?:/[A-Z])?\s?\d[\d.]*[-—]\d{4}"
    r"|第(?:\d+|[一二三四五六七八九十百]+)[届次期号章节条名位类批]?"
)
"""Names and numbers of other things: nothing in them is a target."""
_STOPS = "，。；：！？"


@dataclass(frozen=True)
class Found:
    """A quantity in a paragraph: where, how much, of what measure; `high` ends a range."""

    start: int
    end: int
    value: float
    unit: str
    high: float | None = None


@dataclass(frozen=True)
class Segment:
    """The words between two stops around a quantity, and the sentence that they stand in."""

    line: Line
    start: int
    end: int
    sentence: int
    clause: int = 0

    def wider(self, place: int) -> str:
        """The words up to a place from the stop before, over the items of a list."""
        return self.line.text[self.clause : place]

    def before(self, place: int) -> str:
        return self.line.text[self.start : place]

    def after(self, place: int) -> str:
        return self.line.text[place : self.end]

    def so_far(self, place: int) -> str:
        """The sentence up to a place."""
        return self.line.text[self.sentence : place]


def quantities(text: str) -> Iterator[Found]:
    """Every quantity with a measure that is printed in a text."""
    hidden = _HIDDEN.sub(lambda found: "\x00" * len(found.group()), text)
    taken = bytearray(len(text))
    for form, read in ((POINTS, _points), (PERCENT, _share), (COUNT, _count)):
        for match in form.regex.finditer(hidden):
            start, end = match.span()
            made = None if any(taken[start:end]) else read(match)
            if made is not None:
                taken[start:end] = b"\x01" * (end - start)
                yield made


def _points(found: re.Match[str]) -> Found | None:
    return Found(found.start(), found.end(), float(found.group()[: -len("个百分点")]), "个百分点")


_SHARES = {"百": "%", "千": "‰", "万": "万分之"}


def _share(found: re.Match[str]) -> Found | None:
    printed = found.group()
    spoken = re.match(r"([百千万])分之(.+)", printed)
    if spoken:
        value = number_of(spoken[2])
        return None if value is None else Found(*found.span(), value, _SHARES[spoken[1]])
    numbers = [float(each) for each in re.findall(r"\d+(?:\.\d+)?", printed)]
    high = numbers[1] if len(numbers) > 1 else None
    return Found(*found.span(), numbers[0], printed[-1], high)


def _count(found: re.Match[str]) -> Found | None:
    value = number_of(found["amount"])
    if value is None:
        return None
    high = found["range"]
    return Found(
        *found.span(),
        value,
        found["unit"].replace("㎡", "平方米"),
        float(re.sub(r"[^\d.]", "", high)) if high else None,
    )


def row_from(text: str, found: Sequence[Found], place: int) -> list[Found]:
    """A quantity and those that follow it in one list: 85%、85%、70%、50%."""
    row = [found[place]]
    for number in range(place + 1, min(place + _LONGEST_ROW, len(found))):
        each = found[number]
        between = text[row[-1].end : each.start]
        if not _BETWEEN.fullmatch(between) or each.unit != row[-1].unit:
            break
        row.append(each)
    return row


_LONGEST_ROW = 20
_BETWEEN = re.compile(r"(?:以上|以下|以内|左右)?[、和]")


def segment_of(line: Line, found: Found, after: int = 0) -> Segment:
    """The stretch between stops; in a list (医师10名、咨询师20名) each has its own."""
    text = line.text
    first, last = max(0, found.start - _FARTHEST), found.end + _FARTHEST
    clause = start = max(first, *(text.rfind(sign, first, found.start) + 1 for sign in _STOPS))
    listed = re.compile(r"(?:以上|以下)?[、和]").match(text, after)
    if start < after < found.start and listed:
        start = listed.end()
    ends = [place for place in (text.find(sign, found.end, last) for sign in _STOPS) if place >= 0]
    sentence = max(first, *(text.rfind(sign, first, found.start) + 1 for sign in "。；！？"))
    end = min(ends, default=min(last, len(text)))
    return Segment(line, start, end, sentence, clause)


_FARTHEST = 400
"""So many characters around a quantity are looked at; no sentence is longer."""
