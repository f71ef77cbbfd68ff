"""The head of a paper: whose it is, number, red rule, title, addressee (GB/T 9704—2012)."""

from collections.abc import Iterable

from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from dashboard import wording
from dashboard.papers.model import Paper, Shape
from dashboard.reports.official_body import blank, title
from dashboard.reports.official_nodes import Node, node
from dashboard.reports.official_pages import (
    TO_FOOTER_MM,
    TO_HEADER_MM,
    Page,
    fill,
    practice_mark,
    twips,
)
from dashboard.reports.official_type import (
    LINE,
    RED,
    Kind,
    Set,
    layout_of,
    paragraph,
    run,
    type_of,
)

_TEXT_POINTS = 442
"""The width of the text in points: 156 mm."""
_LARGEST, _SMALLEST, _NARROWEST = 42, 26, 55
"""Sizes of 机关标志 in points, and the narrowest setting of its signs in percent."""
_DOCUMENTS = ("人民政府", "人民政府办公室", "委员会", "委员会办公室")
"""Who puts 文件 behind its name; a task force issues under its bare name."""
_ABOVE_MARK_MM = 35


def head(paper: Paper) -> list[Node]:
    """Everything above the body."""
    made = _HEADS[paper.shape](paper)
    made.append(title(paper.title, is_wide=paper.is_wide))
    if paper.is_draft:
        made.append(paragraph(Kind.DRAFT, "（代拟稿）"))
    made += _below_title(paper)
    if paper.to:
        made.append(paragraph(Kind.TO, f"{paper.to.rstrip('：:')}："))
    return made


def _below_title(paper: Paper) -> Iterable[Node]:
    if paper.shape is Shape.FORM:
        return _whose_and_when(paper)
    return (blank(),)


def _official(paper: Paper) -> list[Node]:
    """机关标志 35 mm below the edge of the text, number two lines below it, red rule 4 mm below."""
    if not paper.issuer:
        return []
    name = f"{paper.issuer}文件" if paper.issuer.endswith(_DOCUMENTS) else paper.issuer
    return _red_head(name, paper.number or paper.register, paper.register if paper.number else None)


def _minutes(paper: Paper) -> list[Node]:
    """会议纪要 under its own red mark, with its date: minutes bear neither signature nor seal."""
    if not paper.issuer:
        return []
    day = wording.full_day(paper.dated) if paper.dated else None
    number = paper.number or paper.register
    told = "　　".join(each for each in (number, day) if each)
    return _red_head(f"{paper.issuer}会议纪要", told, None)


def _red_head(name: str, number: str | None, corner: str | None) -> list[Node]:
    above = twips(_ABOVE_MARK_MM) - 3 * LINE
    rule = _rule_below("single", 12, _BELOW_MARK)
    return [
        paragraph(Kind.CORNER, corner or ""),
        blank(),
        blank(),
        mark(name, above),
        blank(),
        paragraph(Kind.NUMBER, number or "", Set(border=rule)),
        blank(),
        blank(),
    ]


def mark(name: str, before: int = 0, border: Node | None = None) -> Node:
    """机关标志 in one line: as large as fits, a long name set in narrower signs."""
    size, scale = mark_type(name)
    made = run(name, Kind.MARK)
    made.replace(made[0], type_of(Kind.MARK, size=size, scale=scale))
    its = Set(before=before, line=round(size * 25), border=border)
    return node("w:p", layout_of(Kind.MARK, its), made)


def mark_type(name: str) -> tuple[float, int]:
    """Size in points and width of the signs in percent, so that a name fills one line at most."""
    size = min(_LARGEST, max(_SMALLEST, int(_TEXT_POINTS / len(name) * 1.25)))
    scale = int(100 * _TEXT_POINTS / (size * len(name)))
    if scale < _NARROWEST:
        return max(9.0, int(_TEXT_POINTS / len(name) / _NARROWEST * 200) / 2), _NARROWEST
    return size, min(100, scale)


def _rule_below(kind: str, size: int, space: int) -> Node:
    return node("w:pBdr", node("w:bottom", val=kind, sz=size, space=space, color=RED))


def _letter(paper: Paper) -> list[Node]:
    """信函格式: mark and rules are the first page's; below them register left and number right."""
    number, corner = paper.number or paper.register, paper.register if paper.number else None
    made = paragraph(Kind.NUMBER, f"{corner or ''}\t{number or ''}", Set(align="left"))
    stop = node("w:tabs", node("w:tab", val="right", pos=twips(156)))
    made[0].insert_element_before(stop, "w:snapToGrid", "w:spacing")
    return [made, blank(), blank()]


def _form(paper: Paper) -> list[Node]:
    """A table or form of the office's own: its number at the right, if it has one."""
    number = paper.number or paper.register
    return [paragraph(Kind.ABOVE, number, Set(align="right"))] if number else []


_HEADS = {
    Shape.OFFICIAL: _official,
    Shape.LETTER: _letter,
    Shape.MINUTES: _minutes,
    Shape.FORM: _form,
}


def _whose_and_when(paper: Paper) -> Iterable[Node]:
    """The line between a form's title and its table: who made it, and of which day it is."""
    day = wording.full_day(paper.dated) if paper.dated else None
    parts = [each for each in (paper.issuer or paper.printed_by, day) if each]
    if paper.signed or not parts:
        return (blank(Kind.ABOVE),)
    width = twips(225 if paper.is_wide else 156)
    made = paragraph(Kind.ABOVE, "\t".join(parts))
    stop = node("w:tabs", node("w:tab", val="right", pos=width))
    made[0].insert_element_before(stop, "w:spacing")
    return (made,)


def letter_pages(section: Section, paper: Paper, page: Page) -> None:
    """The first page of 信函格式: mark 30 mm below the paper's edge, double rules, no number."""
    section.different_first_page_header_footer = True
    section.footer_distance = Mm(_FOOT_MM)
    for part in (section.footer, section.even_page_footer):
        # The rule at the foot of the first page lies lower than numbers do.
        part._element.append(paragraph(Kind.PAGE, its=Set(line=twips(TO_FOOTER_MM - _FOOT_MM))))
    above = twips(_MARK_MM - TO_HEADER_MM) - Kind.PRACTICE.value.line
    name = mark(paper.issuer or "　", above, _rule_below("thickThinSmallGap", 24, _BELOW_MARK))
    fill(section.first_page_header, (*practice_mark(page), _beyond(name)))
    low = paragraph(Kind.PRACTICE, (), Set(border=_rule_below("thinThickSmallGap", 24, 1)))
    fill(section.first_page_footer, (_beyond(low),))


_MARK_MM, _FOOT_MM = 30.0, 20.0
_BELOW_MARK = 11
"""4 mm in points."""
_BEYOND_MM = {"left": 8, "right": 6}
"""The rules of a letter are 170 mm long and stand out of the text on both sides."""


def _beyond(made: Node) -> Node:
    indent = made[0].find(qn("w:ind"))
    indent.attrib.clear()
    for side, mm in _BEYOND_MM.items():
        indent.set(qn(f"w:{side}"), str(-twips(mm)))
    return made
