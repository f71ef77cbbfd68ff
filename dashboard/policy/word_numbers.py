"""The numbers that Word generates for lists: they are printed, and stand in no text of the file."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import cn2an
from docx.oxml.ns import qn

_CHINESE = (
    *("chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting"),
    *("taiwaneseCounting", "taiwaneseCountingThousand", "ideographTraditional"),
)
_CIRCLED = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_CIRCLED = 20


@dataclass(frozen=True)
class Level:
    """One level of a list: its way of counting, its text (第%1章), where it starts."""

    form: str
    text: str
    start: int


@dataclass
class WordNumbers:
    """The lists of a document, counted on as paragraphs come."""

    lists: Mapping[str, Mapping[int, Level]]
    styles: Mapping[str, tuple[str, int]]
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def of(self, paragraph: Any) -> str:
        """The number printed before a paragraph (its XML element); empty where there is none."""
        number, depth = self._list_of(paragraph)
        levels = self.lists.get(number or "")
        if levels is None or depth not in levels:
            return ""
        counts = self.counts[number or ""]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return _written(levels, counts, depth)

    def _list_of(self, paragraph: Any) -> tuple[str | None, int]:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None, 0
        own = properties.find(qn("w:numPr"))
        style = properties.find(qn("w:pStyle"))
        styled = self.styles.get(style.get(qn("w:val"))) if style is not None else None
        if own is None:
            return styled or (None, 0)
        number, depth = _attribute(own, "w:numId"), _attribute(own, "w:ilvl")
        if number is None and styled:
            number = styled[0]
        return (None if number == "0" else number), int(depth or 0)


def word_numbers(document: Any) -> WordNumbers:
    """The lists that a python-docx document defines."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return WordNumbers({}, {})
    abstract = {
        each.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"))): _level(level) for level in each.iter(qn("w:lvl"))
        }
        for each in root.iter(qn("w:abstractNum"))
    }
    lists = {}
    for each in root.iter(qn("w:num")):
        levels = dict(abstract.get(_attribute(each, "w:abstractNumId") or "", {}))
        for override in each.iter(qn("w:lvlOverride")):
            depth = int(override.get(qn("w:ilvl")))
            start = _attribute(override, "w:startOverride")
            if start is not None and depth in levels:
                levels[depth] = Level(levels[depth].form, levels[depth].text, int(start))
        lists[each.get(qn("w:numId"))] = levels
    return WordNumbers(lists, _styles(document))


def _styles(document: Any) -> dict[str, tuple[str, int]]:
    found = {}
    for style in document.styles.element.iter(qn("w:style")):
        properties = style.find(qn("w:pPr"))
        own = properties.find(qn("w:numPr")) if properties is not None else None
        number = _attribute(own, "w:numId") if own is not None else None
        if number is not None and own is not None:
            depth = int(_attribute(own, "w:ilvl") or 0)
            found[style.get(qn("w:styleId"))] = (number, depth)
    return found


def _attribute(element: Any, name: str) -> str | None:
    child = element.find(qn(name))
    return None if child is None else child.get(qn("w:val"))


def _level(level: Any) -> Level:
    return Level(
        form=_attribute(level, "w:numFmt") or "decimal",
        text=_attribute(level, "w:lvlText") or "",
        start=int(_attribute(level, "w:start") or 1),
    )


def _written(levels: Mapping[int, Level], counts: Mapping[int, int], depth: int) -> str:
    if levels[depth].form in ("bullet", "none"):
        return ""
    text = levels[depth].text
    for each in range(depth + 1):
        level = levels.get(each)
        if level is not None:
            value = counts.get(each, level.start)
            text = text.replace(f"%{each + 1}", _counted(level.form, value))
    return text


def _counted(form: str, value: int) -> str:
    if form in _CHINESE:
        return (
            str(cn2an.an2cn(value)).removeprefix("一")
            if 10 <= value < 20
            else str(cn2an.an2cn(value))
        )
    if form in _CIRCLED and 1 <= value <= _MOST_CIRCLED:
        return chr(ord("①") + value - 1)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return _roman(value).upper() if form == "upperRoman" else _roman(value)
    return str(value)


def _roman(value: int) -> str:
    made = ""
    for worth, sign in _ROMAN:
        while value >= worth:
            made, value = made + sign, value - worth
    return made
