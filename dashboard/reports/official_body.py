"""What a paper says, paragraph by paragraph: body, annexes, signature and 版记 (GB/T 9704—2012)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dashboard import wording
from dashboard.papers.model import Block, Grid, Heading, Paper, Paragraph, Shape
from dashboard.reports.official_nodes import Node, node, table_of
from dashboard.reports.official_pages import MARGINS_MM, Page, twips
from dashboard.reports.official_tables import table
from dashboard.reports.official_title import ladder
from dashboard.reports.official_type import Face, Kind, Set, paragraph, run

CHARACTERS = 28
"""So many characters of 三号 stand in a line."""
TITLE_CHARACTERS = {False: 20, True: 29}
"""So many of 二号, on a standing page and on one across."""
_HEADINGS = {1: Kind.HEADING_1, 2: Kind.HEADING_2, 3: Kind.HEADING_3, 4: Kind.HEADING_4}
_LABEL = re.compile(r"(?:时间|地点|主持|出席|参加|参会单位|列席|请假|记录|会议\w{2})：")
IMPRINT_CHARACTER = 280
"""A character of 四号, in twentieths of a point."""
_NO_DATE = "　　　　年　　月　　日"


def title(text: str, *, is_wide: bool = False) -> Node:
    """A title in its lines, as one paragraph."""
    return paragraph(Kind.TITLE, "\n".join(ladder(text, TITLE_CHARACTERS[is_wide])))


def blank(kind: Kind = Kind.TO, its: Set | None = None) -> Node:
    """An empty line."""
    return paragraph(kind, (), its or Set())


def speck() -> Node:
    """The paragraph that must follow a table: so low that it never needs a page of its own."""
    return paragraph(Kind.ABOVE, (), Set(line=20))


def blocks(
    given: Sequence[Block], page: Page, *, shape: Shape = Shape.OFFICIAL, keeps: bool = False
) -> list[Node]:
    """The blocks of a body or an annex; `keeps` holds the last one with what follows it."""
    made: list[Node] = []
    for place, block in enumerate(given, 1):
        is_last = place == len(given)
        made += _block(block, page, shape, keeps=keeps and is_last)
        if isinstance(block, Grid) and not is_last:
            # Without a line between them two tables would grow into one.
            made.append(blank(Kind.ABOVE))
    return made


def _block(block: Block, page: Page, shape: Shape, *, keeps: bool) -> Iterable[Node]:
    if isinstance(block, Grid):
        return table(block, page.text_width, is_wide=page.is_wide, keeps=keeps)
    if isinstance(block, Heading):
        return (paragraph(_HEADINGS[min(max(block.level, 1), 4)], block.text),)
    return _paragraphs(block, shape, Set(keeps=keeps))


def _paragraphs(block: Paragraph, shape: Shape, its: Set) -> Iterator[Node]:
    """A paragraph, or several where its text has line breaks; empty ones are left out."""
    for line in block.text.split("\n"):
        text = line.strip(" \t　")  # the indent is the layout's
        label = _LABEL.match(text) if shape is Shape.MINUTES else None
        if label:
            said = [run(label[0], Kind.BODY, Face.HEI), run(text[label.end() :], Kind.BODY)]
            yield paragraph(Kind.BODY, said, its)
        elif text:
            yield paragraph(Kind.BODY, text, its)


def annex_list(titles: Sequence[str]) -> Iterator[Node]:
    """附件说明: a line below the body; one annex has no number, names have no mark at their end."""
    if not titles:
        return
    yield blank(its=Set(keeps=True))
    if len(titles) == 1:
        yield paragraph(Kind.ANNEX_LIST, f"附件：{titles[0]}", _listed(left=5, hanging=3))
        return
    yield paragraph(Kind.ANNEX_LIST, f"附件：1.{titles[0]}", _listed(left=6, hanging=4))
    for number, name in enumerate(titles[1:], 2):
        yield paragraph(Kind.ANNEX_LIST, f"{number}.{name}", _listed(left=6, hanging=1))


def _listed(left: int, hanging: int) -> Set:
    return Set(left=left, hanging=hanging, keeps=True)


def signature(signed: str, dated: date | None) -> tuple[Node, ...]:
    """署名 and date of a paper without a seal (7.3.5.2), never alone on a page.

    The name leaves two characters at the right; the date begins two to the right of the name. A
    date that is the longer one leaves the two, and the name moves.
    """
    day = wording.full_day(dated) if dated else _NO_DATE
    name, length = len(signed), _width(day)
    if length > name:
        its = Set(align="left", left=CHARACTERS - 2 - length - 2, keeps=True)
        at = Set(right=2)
    else:
        its = Set(right=2, keeps=True)
        at = Set(align="left", left=CHARACTERS - name)
    said = paragraph(Kind.SIGNED, signed, its), paragraph(Kind.SIGNED, day, at)
    return blank(its=Set(keeps=True)), *said


def _width(day: str) -> float:
    """A date in characters: figures are half as wide, with a quarter's room beside each group."""
    groups = re.findall(r"\d+|\D+", day)
    return sum(0.5 if sign.isdigit() else 1 for sign in day) + 0.25 * (len(groups) - 1)


def note(text: str) -> Node:
    """附注: in brackets below the date."""
    said = text.strip().removeprefix("（").removesuffix("）")
    return paragraph(Kind.NOTE, f"（{said}）", Set(left=2))


def annex_mark(number: int, of: int, *, starts_page: bool) -> tuple[Node, ...]:
    """“附件1” at the left of an annex's first line; its title stands in the third."""
    mark = f"附件{number}" if of > 1 else "附件"
    return paragraph(Kind.CORNER, mark, Set(starts_page=starts_page)), blank()


def imprint(paper: Paper, width: int) -> tuple[Node, ...]:
    """版记 at the foot of the last page: 抄送机关, 印发机关 and the day of printing."""
    rows = []
    if paper.copied:
        copied = paper.copied.strip().removeprefix("抄送：").rstrip("。")
        its = Set(left=4, right=1, hanging=3)
        rows.append(_whole_row(paragraph(Kind.IMPRINT, f"抄送：{copied}。", its), width))
    if paper.printed_by:
        day = wording.full_day(paper.dated) if paper.dated else _NO_DATE
        last = paragraph(Kind.IMPRINT, f"{paper.printed_by}\t{day}印发", Set(left=1, right=1))
        stop = node("w:tab", val="right", pos=width - IMPRINT_CHARACTER)
        last[0].insert_element_before(node("w:tabs", stop), "w:snapToGrid", "w:spacing")
        rows.append(_whole_row(last, width))
    if not rows:
        return ()
    # At the very edge of the text LibreOffice would take the table for one that does not float.
    left = twips(MARGINS_MM["left"]) + 3
    anchors = {"vertAnchor": "margin", "horzAnchor": "page", "tblpYSpec": "bottom"}
    rules = node("w:tblBorders", _rule("top", 8), _rule("bottom", 8), _rule("insideH", 6))
    foot = table_of(rows, (width,), place=node("w:tblpPr", tblpX=left, **anchors), rules=rules)
    # LibreOffice hangs a table that floats on the line before it, which must be of its page.
    return speck(), foot, speck()


def _whole_row(content: Node, width: int) -> Node:
    properties = node("w:tcPr", node("w:tcW", w=width, type="dxa"))
    return node("w:tr", node("w:trPr", node("w:cantSplit")), node("w:tc", properties, content))


def _rule(side: str, size: int) -> Node:
    """A rule; `size` is in eighths of a point: 0.35 mm is 8, 0.25 mm is 6."""
    return node(f"w:{side}", val="single", sz=size, space=0, color="000000")
