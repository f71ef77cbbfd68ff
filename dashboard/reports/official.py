"""Papers as Word files in the format of GB/T 9704—2012: the same paper gives the same bytes."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section

from dashboard.papers.model import Annex, Paper, Shape
from dashboard.reports import official_body as body
from dashboard.reports.official_head import head, letter_pages
from dashboard.reports.official_nodes import Node, node
from dashboard.reports.official_pages import Page, set_page
from dashboard.reports.official_type import Kind, styles

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time on every file inside: a zip knows none earlier."""
_NOT_OURS = ("stylesWithEffects", "customXml", "thumbnail", "numbering")
_COMPATIBLE = 15


def docx_of(paper: Paper) -> bytes:
    """The paper as a Word file. Its type is named and not embedded."""
    document = _empty(paper)
    first = Page(is_wide=paper.is_wide, is_practice=paper.is_practice)
    set_page(document, document.sections[0], first)
    if paper.shape is Shape.LETTER:
        letter_pages(document.sections[0], paper, first)
    ends = bool(paper.signed or paper.annexes)
    _add(document, head(paper))
    _add(document, body.blocks(paper.blocks, first, shape=paper.shape, keeps=ends))
    _add(document, body.annex_list([each.title for each in paper.annexes]))
    if paper.signed and paper.shape is not Shape.MINUTES:
        _add(document, body.signature(paper.signed, paper.dated))
    if paper.note:
        _add(document, [body.note(paper.note)])
    last = _add_annexes(document, paper, first)
    _add_imprint(document, paper, last)
    _end_in_paragraph(document)
    return _packed(document)


def _add_annexes(document: Document, paper: Paper, page: Page) -> Page:
    """Every annex on a page of its own, across or not; returns how the last pages are."""
    for number, annex in enumerate(paper.annexes, 1):
        before, page = page, Page(is_wide=annex.is_wide, is_practice=paper.is_practice)
        turns = before.is_wide != page.is_wide
        if turns:
            set_page(document, _new_section(document, WD_SECTION.NEW_PAGE), page)
        mark = body.annex_mark(number, len(paper.annexes), starts_page=not turns)
        _add(document, [*mark, *_annex(annex, page)])
    return page


def _annex(annex: Annex, page: Page) -> list[Node]:
    said = body.blocks(annex.blocks, page)
    return [body.title(annex.title, is_wide=page.is_wide), body.blank(Kind.ABOVE), *said]


def _add_imprint(document: Document, paper: Paper, page: Page) -> None:
    """版记 stands upright: after pages laid across it gets a page of its own, without a number."""
    if paper.shape is not Shape.OFFICIAL or not (paper.copied or paper.printed_by):
        return
    standing = Page(is_numbered=not page.is_wide, is_practice=paper.is_practice)
    if page.is_wide:
        set_page(document, _new_section(document, WD_SECTION.EVEN_PAGE), standing)
    _add(document, body.imprint(paper, standing.text_width))


def _new_section(document: Document, start: WD_SECTION) -> Section:
    """A section that begins here, without the empty line that the library puts before it."""
    _end_in_paragraph(document)
    made: Section = document.add_section(start)
    carrier = document.element.body.xpath("./w:p[w:pPr/w:sectPr]")[-1]
    last = carrier.getprevious()
    last.get_or_add_pPr().append(carrier.pPr.find(qn("w:sectPr")))
    document.element.body.remove(carrier)
    return made


def _end_in_paragraph(document: Document) -> None:
    """A section and a file end in a paragraph, never in a table."""
    held = [each for each in document.element.body if each.tag != qn("w:sectPr")]
    if not held or held[-1].tag != qn("w:p"):
        _add(document, [body.speck()])


def _add(document: Document, nodes: Iterable[Node]) -> None:
    held = document.element.body
    for each in nodes:
        held.insert_element_before(each, "w:sectPr")


def _empty(paper: Paper) -> Document:
    """A file with our styles and none of the library's, in Chinese."""
    document = docx.Document()
    for each in list(document.element.body):
        if each.tag != qn("w:sectPr"):
            document.element.body.remove(each)
    _drop(document)
    _set_styles(document)
    _set_settings(document)
    told = document.core_properties
    told.title, told.author, told.comments = paper.title, paper.issuer or "", ""
    told.language = "zh-CN"
    return document


def _drop(document: Document) -> None:
    """Leave out the parts of the library's own template that no paper needs."""
    for part in (document.part, document.part.package):
        for key, each in list(part.rels.items()):
            if any(name in each.reltype for name in _NOT_OURS):
                del part.rels[key]


def _set_styles(document: Document) -> None:
    held = document.styles.element
    for each in list(held):
        held.remove(each)
    held.extend(styles())


def _set_settings(document: Document) -> None:
    held = document.settings.element
    for name in ("w:compat", "w:rsids", "w:savePreviewPicture", "w:zoom", "w:proofState"):
        for each in held.findall(qn(name)):
            held.remove(each)
    for each in held.findall(qn("w:themeFontLang")):
        each.set(qn("w:eastAsia"), "zh-CN")
    for each in held.findall(qn("w:characterSpacingControl")):
        each.set(qn("w:val"), "compressPunctuation")
        each.addnext(_compatible())


def _compatible() -> Node:
    uri = "http://schemas.microsoft.com/office/word"
    setting = node("w:compatSetting", name="compatibilityMode", uri=uri, val=_COMPATIBLE)
    return node("w:compat", node("w:useFELayout"), setting)


def _packed(document: Document) -> bytes:
    """The file with fixed times inside."""
    raw, packed = BytesIO(), BytesIO()
    document.save(raw)
    with ZipFile(raw) as given, ZipFile(packed, "w", ZIP_DEFLATED) as out:
        for each in given.infolist():
            told = ZipInfo(each.filename, _FIRST_DAY)
            told.compress_type, told.create_system = ZIP_DEFLATED, 3
            out.writestr(told, given.read(each))
    return packed.getvalue()
