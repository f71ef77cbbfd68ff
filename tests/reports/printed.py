"""A printed sheet read back: lines of text with the box of their ink, areas with their colour."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pypdfium2 as pdfium
from pypdfium2 import raw

MM = 72 / 25.4


@dataclass(frozen=True)
class Run:
    """A line of text as it was drawn, its box in millimetres from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_embedded: bool

    def overlaps(self, other: "Run") -> bool:
        """Whether the ink of the two lies on one another."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0 and down > 0


@dataclass(frozen=True)
class Area:
    """A filled shape in millimetres; `colour` like #C53030."""

    left: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Sheet:
    """One page."""

    width: float
    height: float
    runs: tuple[Run, ...]
    areas: tuple[Area, ...]

    @property
    def text(self) -> str:
        """All that is written, in the order in which it was."""
        return "".join(run.text for run in self.runs)


@cache
def sheets(content: bytes) -> tuple[Sheet, ...]:
    """The pages of a PDF."""
    document = pdfium.PdfDocument(content)
    try:
        return tuple(_sheet(page) for page in document)
    finally:
        document.close()


def _sheet(page: pdfium.PdfPage) -> Sheet:
    width, height = page.get_size()
    letters = page.get_textpage()
    runs: list[Run] = []
    areas: list[Area] = []
    for each in page.get_objects():
        if each.type == raw.FPDF_PAGEOBJ_TEXT:
            runs.append(_run(each, letters, height))
        elif each.type == raw.FPDF_PAGEOBJ_PATH:
            areas.extend(_areas(each))
    return Sheet(width / MM, height / MM, tuple(runs), tuple(areas))


def _run(each: pdfium.PdfObject, letters: pdfium.PdfTextPage, height: float) -> Run:
    left, bottom, right, top = each.get_bounds()
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(each, size)
    is_embedded = raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(each))
    return Run(
        text=_text(each, letters),
        left=left / MM,
        top=(height - top) / MM,
        right=right / MM,
        bottom=(height - bottom) / MM,
        size=size.value / MM,
        is_embedded=is_embedded == 1,
    )


def _text(each: pdfium.PdfObject, letters: pdfium.PdfTextPage) -> str:
    length = raw.FPDFTextObj_GetText(each, letters, None, 0)
    buffer = ctypes.create_string_buffer(length)
    units = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFTextObj_GetText(each, letters, units, length)
    return buffer.raw.decode("utf-16-le").strip("\0\r\n ")


def _areas(each: pdfium.PdfObject) -> Iterator[Area]:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(each, mode, stroke)
    if mode.value:
        left, bottom, right, top = each.get_bounds()
        parts = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFPageObj_GetFillColor(each, *parts)
        colour = "#{:02X}{:02X}{:02X}".format(*(part.value for part in parts[:3]))
        yield Area(left / MM, (right - left) / MM, (top - bottom) / MM, colour)


def overlapping(sheet: Sheet) -> list[tuple[str, str]]:
    """Pairs of lines that lie on one another."""
    runs = sorted((run for run in sheet.runs if run.text.strip()), key=lambda run: run.top)
    tallest = max(run.bottom - run.top for run in runs)
    found = []
    for number, run in enumerate(runs):
        for other in runs[number + 1 :]:
            if other.top > run.top + tallest:
                break
            if run.overlaps(other):
                found.append((run.text, other.text))
    return found


def beyond(sheet: Sheet, margin: float) -> list[str]:
    """Lines that come nearer to the sides of the paper than the margin, or half of it above."""
    return [
        run.text
        for run in sheet.runs
        if run.left < margin
        or run.right > sheet.width - margin + 0.2
        or run.top < margin / 2
        or run.bottom > sheet.height - margin / 2
    ]
