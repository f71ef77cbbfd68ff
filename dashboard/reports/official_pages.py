"""Pages of official papers (GB/T 9704—2012): margins, grid, page numbers, marks."""

from collections.abc import Iterable
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.section import Section, _Footer, _Header
from docx.shared import Mm

from dashboard.reports.official_nodes import Node, node
from dashboard.reports.official_type import LINE, Kind, Set, paragraph, run

MARGINS_MM = {"top": 37.0, "left": 28.0, "bottom": 35.0, "right": 26.0}
TEXT_MM = (156, 225)
"""版心: width and height of the text on a page that stands."""
PRACTICE_MARK = "演示数据，不作公文使用"
_TURNED_MM = {"top": 28.0, "left": 35.0, "bottom": 26.0, "right": 37.0}
"""The same page laid across: its head is at the left edge of the standing page."""
TO_FOOTER_MM, TO_HEADER_MM = 25.0, 15.0
_ACROSS_FOOTER_MM = 12.0
"""Across, the number stands at the side: the footer is empty and must not take from the text."""
_ODD, _EVEN = "odd", "even"


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * 1440 / 25.4)


@dataclass(frozen=True)
class Page:
    """How the pages of one part are: across or not, numbered or not."""

    is_wide: bool = False
    is_numbered: bool = True
    is_practice: bool = False

    @property
    def text_width(self) -> int:
        """The width of the text, in twentieths of a point."""
        return twips(TEXT_MM[1 if self.is_wide else 0])


def set_page(document: Document, section: Section, page: Page) -> None:
    """Give a section its paper, margins, grid, page numbers and marks."""
    document.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = False
    across = page.is_wide
    long, short = Mm(297), Mm(210)
    section.page_width, section.page_height = (long, short) if across else (short, long)
    if across:
        node_of(section, "w:pgSz").set(qn("w:orient"), "landscape")
    else:
        node_of(section, "w:pgSz").attrib.pop(qn("w:orient"), None)
    margins = _TURNED_MM if across else MARGINS_MM
    section.top_margin, section.left_margin = Mm(margins["top"]), Mm(margins["left"])
    section.bottom_margin, section.right_margin = Mm(margins["bottom"]), Mm(margins["right"])
    foot = _ACROSS_FOOTER_MM if across else TO_FOOTER_MM
    section.header_distance, section.footer_distance = Mm(TO_HEADER_MM), Mm(foot)
    _set_grid(section)
    for part, side in ((section.footer, _ODD), (section.even_page_footer, _EVEN)):
        fill(part, _number(page, side) if page.is_numbered else (paragraph(Kind.PAGE),))
    for head in (section.header, section.even_page_header):
        fill(head, practice_mark(page))


def node_of(section: Section, name: str) -> Node:
    """A property of a section, made where it is not there yet."""
    held: Node | None = section._sectPr.find(qn(name))
    if held is None:
        held = node(name)
        section._sectPr.append(held)
    return held


def _set_grid(section: Section) -> None:
    # “linesAndChars” makes LibreOffice set half as many characters in a line.
    grid = node_of(section, "w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE))


def fill(part: _Header | _Footer, nodes: Iterable[Node]) -> None:
    """Make these all that a header or footer holds."""
    part.is_linked_to_previous = False
    held = part._element
    for each in list(held):
        held.remove(each)
    held.extend(nodes)


def practice_mark(page: Page) -> tuple[Node, ...]:
    """What stands above every page: nothing, or that the figures are made up."""
    return (paragraph(Kind.PRACTICE, PRACTICE_MARK if page.is_practice else ""),)


def _number(page: Page, side: str) -> tuple[Node, ...]:
    """— 1 —, outside on a standing page; on one laid across at the same place of the sheet."""
    if page.is_wide:
        return (paragraph(Kind.PAGE, (_turned_number(side),)),)
    if side == _ODD:
        return (paragraph(Kind.PAGE, number_runs(), Set(align="right", right=1)),)
    return (paragraph(Kind.PAGE, number_runs(), Set(align="left", left=1)),)


def number_runs() -> list[Node]:
    """— page —, the figure made by whoever opens the paper."""
    return [
        run("— ", Kind.PAGE),
        _field(node("w:fldChar", fldCharType="begin")),
        _field(_instruction()),
        _field(node("w:fldChar", fldCharType="separate")),
        run("1", Kind.PAGE),
        _field(node("w:fldChar", fldCharType="end")),
        run(" —", Kind.PAGE),
    ]


def _field(part: Node) -> Node:
    made = run("", Kind.PAGE)
    for each in made.findall(qn("w:t")):
        made.remove(each)
    made.append(part)
    return made


def _instruction() -> Node:
    made = node("w:instrText")
    made.text = "PAGE"
    return made


def _turned_number(side: str) -> Node:
    """A number that stands upright once the sheet is turned: at the left edge of the page across.

    A text box beside the text: a floating table would make LibreOffice enlarge the footer.
    """
    long, thick = _emu(_NUMBER_MM[0]), _emu(_NUMBER_MM[1])
    across = _emu(_TURNED_MM["left"] - 7 - _NUMBER_MM[1] / 2)
    low = TEXT_MM[0] - _NUMBER_MM[0] if side == _ODD else 0
    its = Set(align="right", right=1) if side == _ODD else Set(align="left", left=1)
    made = parse_xml(
        _BOX.format(x=across, y=_emu(_TURNED_MM["top"] + low), cx=thick, cy=long, **_SPACES)
    )
    made.xpath(".//w:txbxContent")[0].append(paragraph(Kind.PAGE, number_runs(), its))
    return made


_NUMBER_MM = (40.0, 8.0)
"""How long and how thick the place of a turned number is."""
_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_BOX = """<w:r xmlns:w="{w}" xmlns:wp="{wp}" xmlns:a="{a}" xmlns:wps="{wps}"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1"
 locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>
<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
<wp:docPr id="1" name="页码"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="{wps}"><wps:wsp><wps:cNvSpPr txBox="1"/>
<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr vert="vert" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>
</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"""


def _emu(mm: float) -> int:
    return round(mm * 36000)
