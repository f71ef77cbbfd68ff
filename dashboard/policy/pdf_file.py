"""A PDF with a text layer to its text, tables row by row; a scan has none and is told so."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from dashboard.policy.source import UnreadableError

_MOST_PAGES = 400
_LEAST_SIGNS = 20
"""A page of a plan holds more signs than this; fewer on all pages means a scan."""
_LEAST_RULES = 6
"""Ruled lines from which on a page may hold a table."""


def pdf_text(content: bytes) -> str:
    """The text of a PDF, a line each printed line. Raises UnreadableError, saying what to do."""
    try:
        pages = _plain(content)
    except pypdfium2.PdfiumError as error:
        message = "PDF打不开，可能已损坏或设有密码。请另存为没有密码的PDF，或上传docx。"
        raise UnreadableError(message) from error
    if len(pages) > _MOST_PAGES:
        raise UnreadableError(f"PDF超过{_MOST_PAGES}页，请只保留方案正文再传。")
    if sum(len(text.strip()) for text, _ in pages) < _LEAST_SIGNS * len(pages):
        raise UnreadableError("这份PDF是扫描件，没有文字。请上传docx，或先做文字识别另存后再传。")
    ruled = [number for number, (_, rules) in enumerate(pages) if rules >= _LEAST_RULES]
    with_tables = _with_tables(content, ruled) if ruled else {}
    return "\n".join(with_tables.get(n, text) for n, (text, _) in enumerate(pages))


def _plain(content: bytes) -> list[tuple[str, int]]:
    """Each page's text, and how many lines and boxes are drawn on it."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [_page(page) for page in document]
    finally:
        document.close()


def _page(page: Any) -> tuple[str, int]:
    paths = pypdfium2.raw.FPDF_PAGEOBJ_PATH
    rules = sum(1 for _ in page.get_objects(filter=[paths], max_depth=1))
    text = page.get_textpage().get_text_range().replace("\r\n", "\n").replace("\ufffe", "")
    return text, rules


def _with_tables(content: bytes, numbers: list[int]) -> dict[int, str]:
    """The text of the pages that hold tables, with these row by row; others are left out."""
    found = {}
    try:
        with pdfplumber.open(BytesIO(content), pages=[number + 1 for number in numbers]) as opened:
            for page in opened.pages:
                tables = page.find_tables()
                if tables:
                    found[page.page_number - 1] = "\n".join(_parts(page, tables))
    except (PdfminerException, PDFPasswordIncorrect):
        return {}  # what pdfium read stands
    return found


def _parts(page: Any, tables: list[Any]) -> Iterator[str]:
    top = 0.0
    for table in sorted(tables, key=lambda each: each.bbox[1]):
        _, upper, _, lower = table.bbox
        if upper > top:
            yield page.within_bbox((0, top, page.width, upper)).extract_text() or ""
        for row in table.extract():
            cells = [(cell or "").replace("\n", "").strip() for cell in row]
            if any(cells):
                yield "\t".join(cells)
        top = max(top, lower)
    if top < page.height:
        yield page.within_bbox((0, top, page.width, page.height)).extract_text() or ""
