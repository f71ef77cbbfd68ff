"""A Word file to its text: paragraphs with the numbers Word gives them, tables row by row."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from dashboard.policy.source import UnreadableError
from dashboard.policy.word_numbers import WordNumbers, word_numbers

_LARGEST = 200 * 2**20
"""Bytes that a file may unfold to: a bomb of zeros is no plan."""
_HIDDEN = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:txbxContent")})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CONTENTS = ("toc", "目录")


def word_text(content: bytes) -> str:
    """The text of a docx, a line each paragraph, a line with tabs each row of a table.

    Raises UnreadableError, saying what to do.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > _LARGEST:
                raise UnreadableError("文件内容过大，请只保留方案正文另存后再传。")
        document = docx.Document(BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        message = "不是完好的docx文件，或设有密码。请用Word或WPS打开后另存为docx再传。"
        raise UnreadableError(message) from error
    numbers = word_numbers(document)
    return "\n".join(_lines(document.element.body, numbers, _contents_styles(document)))


def _contents_styles(document: Any) -> frozenset[str]:
    """The styles of the lines of a table of contents."""
    return frozenset(
        style.style_id
        for style in document.styles
        if style.name and style.name.lower().startswith(_CONTENTS)
    )


def _lines(parent: Any, numbers: WordNumbers, skipped: frozenset[str]) -> Iterator[str]:
    for child in parent:
        if child.tag == qn("w:p"):
            if _style(child) not in skipped:
                yield numbers.of(child) + _text(child)
        elif child.tag == qn("w:tbl"):
            yield from _rows(child)
        elif child.tag == qn("w:sdt"):
            for content in child.iter(qn("w:sdtContent")):
                yield from _lines(content, numbers, skipped)
                break


def _style(paragraph: Any) -> str | None:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return None if found is None else found.get(qn("w:val"))


def _text(element: Any) -> str:
    """What is printed of an element: insertions, not deletions, nor what stands in a box."""
    if element.tag in _HIDDEN or element.tag == _FALLBACK:
        return ""
    if element.tag == qn("w:t"):
        return element.text or ""
    if element.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")) and element.getparent().tag == qn(
        "w:r"
    ):
        return "\n" if element.tag != qn("w:tab") else " "
    if element.tag == qn("w:noBreakHyphen"):
        return "-"
    return "".join(_text(child) for child in element)


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter(qn("w:tr")):
        cells = [_cell(cell) for cell in row.iterchildren(qn("w:tc"))]
        if any(cells):
            yield "\t".join(cells)


def _cell(cell: Any) -> str:
    """A cell's text on one line; one that only goes on from above is empty."""
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    if merged is not None and merged.get(qn("w:val")) != "restart":
        return ""
    lines = (_text(paragraph).replace("\n", "").strip() for paragraph in cell.iter(qn("w:p")))
    return "".join(line for line in lines if line).replace("\t", " ")
