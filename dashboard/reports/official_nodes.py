"""The elements of a Word file, each made in one line."""

import re
from collections.abc import Iterable, Iterator, Sequence

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

Node = BaseOxmlElement
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def node(tag: str, *children: Node | None, **attributes: str | int | None) -> Node:
    """An element with children and attributes of the main namespace; what is None is left out."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(qn(f"w:{name}"), str(value))
    made.extend([each for each in children if each is not None])
    return made


def text_nodes(text: str) -> Iterator[Node]:
    """Text as a run holds it: with breaks and tabs, without signs that no file can hold."""
    for place, line in enumerate(_UNFIT.sub("", text.replace("\r\n", "\n")).split("\n")):
        if place:
            yield node("w:br")
        for cell, part in enumerate(line.split("\t")):
            if cell:
                yield node("w:tab")
            if part:
                held = node("w:t")
                held.set(qn("xml:space"), "preserve")
                held.text = part
                yield held


def table_of(
    rows: Iterable[Node],
    widths: Sequence[int],
    *,
    place: Node | None = None,
    rules: Node | None = None,
    edge: int = 0,
) -> Node:
    """A table of fixed widths; `place` lets it float, `edge` is the room between rule and text.

    Measures are in twentieths of a point.
    """
    room = {"top": edge // 2, "left": edge, "bottom": edge // 2, "right": edge}
    sides = (node(f"w:{side}", w=each, type="dxa") for side, each in room.items())
    properties = node(
        "w:tblPr",
        place,
        node("w:tblW", w=sum(widths), type="dxa"),
        node("w:tblInd", w=0, type="dxa"),
        rules,
        node("w:tblLayout", type="fixed"),
        node("w:tblCellMar", *sides),
    )
    grid = node("w:tblGrid", *(node("w:gridCol", w=each) for each in widths))
    return node("w:tbl", properties, grid, *rows)
