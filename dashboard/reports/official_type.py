"""Type of official papers (GB/T 9704—2012): face, size, line and indent of each kind of text.

Faces are named and never embedded: a computer with the office's own type sets the paper right.
Paragraphs and runs carry their type themselves, so that it stays when they are pasted elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import NamedTuple

from dashboard.reports.official_nodes import Node, node, text_nodes

LINE = 579
"""225 mm in 22 lines, rounded down: the pitch of a line, in twentieths of a point."""
_CLOSER = -5
"""156 mm hold 28 characters of 三号 only where each gives way by a quarter of a point."""
RED = "FF0000"


class Face(StrEnum):
    """The faces that the standard names."""

    TITLE = "方正小标宋简体"
    FANGSONG = "仿宋_GB2312"
    KAI = "楷体_GB2312"
    HEI = "黑体"
    SONG = "宋体"


class _Type(NamedTuple):
    """`style` is the id and `title` the name of the style, `size` in points, `first` the indent of
    the first line in characters, `outline` the level in the navigation."""

    style: str
    title: str
    face: Face
    size: float = 16
    align: str = "left"
    line: int = LINE
    first: int = 0
    outline: int | None = None


class Kind(Enum):
    """Each kind of text with its type."""

    BODY = _Type("Normal", "Normal", Face.FANGSONG, align="both", first=2)
    MARK = _Type("OfficialMark", "机关标志", Face.TITLE, 36, "center", 2 * LINE)
    NUMBER = _Type("OfficialNumber", "发文字号", Face.FANGSONG, align="center")
    TITLE = _Type("Title", "Title", Face.TITLE, 22, "center")
    DRAFT = _Type("OfficialDraft", "文稿标注", Face.KAI, align="center")
    TO = _Type("OfficialTo", "主送机关", Face.FANGSONG)
    HEADING_1 = _Type("Heading1", "heading 1", Face.HEI, align="both", first=2, outline=0)
    HEADING_2 = _Type("Heading2", "heading 2", Face.KAI, align="both", first=2, outline=1)
    HEADING_3 = _Type("Heading3", "heading 3", Face.FANGSONG, align="both", first=2, outline=2)
    HEADING_4 = _Type("Heading4", "heading 4", Face.FANGSONG, align="both", first=2, outline=3)
    ANNEX_LIST = _Type("OfficialAnnexes", "附件说明", Face.FANGSONG)
    SIGNED = _Type("OfficialSigned", "署名和日期", Face.FANGSONG, align="right")
    NOTE = _Type("OfficialNote", "附注", Face.FANGSONG)
    CORNER = _Type("OfficialCorner", "附件标记", Face.HEI)
    CAPTION = _Type("OfficialCaption", "表题", Face.HEI, 14, "center")
    ABOVE = _Type("OfficialAbove", "表上说明", Face.KAI, 12, line=400)
    HEAD_12 = _Type("TableHead12", "表头小四", Face.HEI, 12, "center", 340)
    CELL_12 = _Type("TableText12", "表文小四", Face.SONG, 12, line=340)
    HEAD_10 = _Type("TableHead10", "表头五号", Face.HEI, 10.5, "center", 300)
    CELL_10 = _Type("TableText10", "表文五号", Face.SONG, 10.5, line=300)
    HEAD_9 = _Type("TableHead9", "表头小五", Face.HEI, 9, "center", 260)
    CELL_9 = _Type("TableText9", "表文小五", Face.SONG, 9, line=260)
    IMPRINT = _Type("OfficialImprint", "版记", Face.FANGSONG, 14, line=LINE)
    PAGE = _Type("OfficialPage", "页码", Face.SONG, 14, line=340)
    PRACTICE = _Type("OfficialPractice", "演示标注", Face.HEI, 12, "center", 340)


@dataclass(frozen=True)
class Set:
    """What one paragraph has other than its kind; indents are in characters of its size.

    `before` is the room above and `line` another height of its lines, in twentieths of a point.
    """

    align: str | None = None
    left: float = 0
    right: float = 0
    hanging: float = 0
    keeps: bool = False
    starts_page: bool = False
    before: int = 0
    line: int | None = None
    border: Node | None = None


PLAIN = Set()


def run(text: str, kind: Kind, face: Face | None = None) -> Node:
    """A run of a kind's type, with another face where one is given."""
    return node("w:r", type_of(kind, face), *text_nodes(text))


def type_of(
    kind: Kind, face: Face | None = None, size: float | None = None, scale: int = 100
) -> Node:
    """The properties of a run: `size` in points, `scale` the width of its signs in percent."""
    held = kind.value
    points = held.size if size is None else size
    return node(
        "w:rPr",
        fonts(face or held.face),
        node("w:color", val=RED) if kind is Kind.MARK else None,
        node("w:spacing", val=_CLOSER) if points == 16 else None,
        node("w:w", val=scale) if scale < 100 else None,
        node("w:sz", val=round(points * 2)),
        node("w:szCs", val=round(points * 2)),
    )


def fonts(face: Face) -> Node:
    """A face for Chinese and Latin signs; “hint” makes quotation marks Chinese ones."""
    return node("w:rFonts", hint="eastAsia", ascii=face, hAnsi=face, eastAsia=face, cs=face)


def paragraph(kind: Kind, text: str | Iterable[Node] = "", its: Set = PLAIN) -> Node:
    """A paragraph of a kind, of text or of runs."""
    runs = [run(text, kind)] if isinstance(text, str) and text else text
    return node("w:p", layout_of(kind, its), *(runs or ()))


def layout_of(kind: Kind, its: Set = PLAIN) -> Node:
    """The properties of a paragraph, in the order in which the format wants them."""
    held = kind.value
    line = its.line or held.line
    keeps = its.keeps or held.outline is not None
    return node(
        "w:pPr",
        None if kind is Kind.BODY else node("w:pStyle", val=held.style),
        node("w:keepNext") if keeps else None,
        node("w:keepLines") if keeps and kind is not Kind.BODY else None,
        node("w:pageBreakBefore") if its.starts_page else None,
        node("w:widowControl", val=0),
        its.border,
        # On the grid LibreOffice would give a line of larger type the height of two.
        None if line == LINE and held.size <= 16 else node("w:snapToGrid", val=0),
        node("w:spacing", before=its.before, after=0, line=line, lineRule="exact"),
        _indent(held, its),
        node("w:jc", val=its.align or held.align),
        node("w:outlineLvl", val=held.outline) if held.outline is not None else None,
        node("w:rPr", *type_of(kind)),
    )


def _indent(held: _Type, its: Set) -> Node:
    """Indents in characters, and in twentieths of a point for programs that know only those."""
    one = held.size * 20
    given = {"left": its.left, "right": its.right, "hanging": its.hanging, "firstLine": held.first}
    if its.align == "center":
        given["firstLine"] = 0
    amounts: dict[str, int] = {}
    for name, characters in given.items():
        if characters:
            amounts[f"{name}Chars"] = round(characters * 100)
            amounts[name] = round(characters * one)
    if not given["hanging"] and not given["firstLine"]:
        amounts |= {"firstLineChars": 0, "firstLine": 0}
    return node("w:ind", **amounts)


def styles() -> list[Node]:
    """The styles of all kinds, after the defaults of the whole paper."""
    default = node(
        "w:docDefaults",
        node("w:rPrDefault", node("w:rPr", *type_of(Kind.BODY), _language())),
        node("w:pPrDefault", node("w:pPr")),
    )
    return [default, *(_style(each) for each in Kind), _plain_table()]


def _language() -> Node:
    return node("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")


def _style(kind: Kind) -> Node:
    held = kind.value
    own = layout_of(kind)
    for name in ("w:pStyle", "w:rPr"):
        for each in own.xpath(name):
            own.remove(each)
    is_default = kind is Kind.BODY
    return node(
        "w:style",
        node("w:name", val=held.title),
        None if is_default else node("w:basedOn", val=Kind.BODY.value.style),
        node("w:qFormat"),
        own,
        type_of(kind),
        type="paragraph",
        styleId=held.style,
        default=1 if is_default else None,
        customStyle=1 if held.style.startswith(("Official", "Table")) else None,
    )


def _plain_table() -> Node:
    return node(
        "w:style",
        node("w:name", val="Normal Table"),
        node("w:tblPr", node("w:tblInd", w=0, type="dxa")),
        type="table",
        styleId="TableNormal",
        default=1,
    )
