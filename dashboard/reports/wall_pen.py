"""Draws on a wall chart's sheets: every measure is millimetres of an A1 sheet, scaled to the paper.

Sheets of the A series have one shape, so that one layout serves all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from fpdf import FPDF

from dashboard import __version__
from dashboard.reports.typefaces import typeface

PAPERS: Mapping[str, tuple[float, float]] = {
    "A0": (1189, 841),
    "A1": (841, 594),
    "A2": (594, 420),
    "A3": (420, 297),
}
"""Width and height of a sheet laid across, in millimetres."""
WIDTH, HEIGHT = PAPERS["A1"]
LEADING = 1.22
INK = "#1F3A5F"
TEXT = "#1F2933"
QUIET = "#52606D"
RULE = "#C3CAD3"
PALE = "#EEF1F4"
WHITE = "#FFFFFF"

Align = Literal["left", "centre", "right"]
Point = tuple[float, float]

_CLOSING = "，。、；：！？）〕》”’％%…—"
_OPENING = "（〔《“‘"
_PLAIN, _BOLD = "", "B"
_MEASURED_AT = 100.0


class Pen:
    """A document in the making and the sheet that is being drawn."""

    def __init__(self, paper: str, title: str, made_at: datetime) -> None:
        wide, tall = PAPERS[paper]
        self._scale = wide / WIDTH
        self._pdf = FPDF(unit="mm", format=(wide, tall))
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_margin(0)
        self._pdf.set_title(title)
        self._pdf.set_lang("zh-CN")
        self._pdf.set_creator(f"挂图 {__version__}")
        self._pdf.set_creation_date(made_at)
        found = typeface()
        for style, face in ((_PLAIN, found.plain), (_BOLD, found.bold)):
            self._pdf.add_font("zh", style, face.file, collection_font_number=face.number)
        self._widths: dict[tuple[str, bool], float] = {}

    def new_sheet(self) -> None:
        """Begin the next sheet."""
        self._pdf.add_page()

    def finished(self) -> bytes:
        """The document."""
        return bytes(self._pdf.output())

    # Type

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a line of text is."""
        return sum(self._advance(sign, bold=bold) for sign in text) * size

    def _advance(self, sign: str, *, bold: bool) -> float:
        key = (sign, bold)
        if key not in self._widths:
            self._pdf.set_font("zh", _BOLD if bold else _PLAIN, _MEASURED_AT)
            whole = self._pdf.get_string_width(sign) * self._pdf.k
            self._widths[key] = whole / _MEASURED_AT
        return self._widths[key]

    def lines(self, text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """The text in lines that fit; numbers stay whole, no line begins with 、 or 。."""
        return self._set(_pieces(text), size, width, bold=bold)

    def names(self, text: str, size: float, width: float) -> list[str]:
        """Names joined by 、 in lines that fit; a name is broken only where it is wider."""
        pieces: list[str] = []
        for name in text.replace("、", "、\n").splitlines():
            pieces += [name] if self.width(name, size) <= width else _pieces(name)
        return self._set(pieces, size, width, bold=False)

    def _set(self, pieces: Sequence[str], size: float, width: float, *, bold: bool) -> list[str]:
        found, line = [], ""
        for piece in pieces:
            if line and self.width(line + piece, size, bold=bold) > width:
                found.append(line)
                line = ""
            line += piece
        return [*found, line] if line else found

    def text(
        self,
        at: Point,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = TEXT,
        align: Align = "left",
    ) -> None:
        """A line of text; `at` is the middle of its height at its left end, middle or right."""
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
        x = at[0] - shift * self.width(text, size, bold=bold)
        self._pdf.set_font("zh", _BOLD if bold else _PLAIN, size * self._scale * self._pdf.k)
        self._pdf.set_text_color(colour)
        self._pdf.text(x * self._scale, (at[1] + 0.38 * size) * self._scale, text)

    def block(
        self,
        at: Point,
        lines: Sequence[str],
        size: float,
        *,
        bold: bool = False,
        colour: str = TEXT,
        align: Align = "left",
    ) -> None:
        """Lines of text one below the other, the whole centred on the height `at`."""
        top = at[1] - (len(lines) - 1) * LEADING * size / 2
        for number, line in enumerate(lines):
            here = (at[0], top + number * LEADING * size)
            self.text(here, line, size, bold=bold, colour=colour, align=align)

    # Shapes

    def rect(
        self,
        at: Point,
        size: Point,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        line: float = 0.3,
        dashed: bool = False,
    ) -> None:
        """A rectangle by its upper left corner, with what is given of fill and outline."""
        self._style(fill, stroke, line, dashed=dashed)
        style = {(True, True): "DF", (True, False): "F"}.get((bool(fill), bool(stroke)), "D")
        x, y, wide, tall = (each * self._scale for each in (*at, *size))
        self._pdf.rect(x, y, wide, tall, style=style)
        self._pdf.set_dash_pattern()

    def rule(
        self, start: Point, end: Point, colour: str, line: float = 0.3, *, dashed: bool = False
    ) -> None:
        """A straight line."""
        self._style(None, colour, line, dashed=dashed)
        self._pdf.line(*(each * self._scale for each in (*start, *end)))
        self._pdf.set_dash_pattern()

    def shape(
        self, points: Sequence[Point], *, fill: str | None = None, stroke: str | None = None
    ) -> None:
        """A closed polygon."""
        self._style(fill, stroke, 0.5, dashed=False)
        style = {(True, True): "DF", (True, False): "F"}.get((bool(fill), bool(stroke)), "D")
        self._pdf.polygon([(x * self._scale, y * self._scale) for x, y in points], style=style)

    def disc(
        self, at: Point, radius: float, *, fill: str | None = None, stroke: str | None = None
    ) -> None:
        """A circle by its middle."""
        self._style(fill, stroke, radius / 4, dashed=False)
        x, y, r = (each * self._scale for each in (*at, radius))
        self._pdf.circle(x, y, r, style="F" if fill else "D")

    def _style(self, fill: str | None, stroke: str | None, line: float, *, dashed: bool) -> None:
        if fill:
            self._pdf.set_fill_color(fill)
        if stroke:
            self._pdf.set_draw_color(stroke)
        self._pdf.set_line_width(line * self._scale)
        if dashed:
            self._pdf.set_dash_pattern(2.4 * self._scale, 1.6 * self._scale)

    def symbol(self, at: Point, symbol: str, size: float, colour: str) -> None:
        """A light's symbol about its middle; drawn, since no Chinese face holds them all."""
        draw = _SYMBOLS.get(symbol)
        if draw is None:
            self.text(at, symbol, size, colour=colour, align="centre", bold=True)
        else:
            draw(self, at, size / 2, colour)


def _pieces(text: str) -> list[str]:
    """Signs, each with what may not be parted from it."""
    found: list[str] = []
    for sign in text:
        before = found[-1][-1] if found else ""
        stays = sign in _CLOSING or before in _OPENING or (_is_run(sign) and _is_run(before))
        if found and stays:
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _is_run(sign: str) -> bool:
    return bool(sign) and sign.isascii() and (sign.isalnum() or sign in "./-")


def _disc(pen: Pen, at: Point, half: float, colour: str) -> None:
    pen.disc(at, 0.8 * half, fill=colour)


def _ring(pen: Pen, at: Point, half: float, colour: str) -> None:
    pen.disc(at, 0.72 * half, stroke=colour)


def _square(pen: Pen, at: Point, half: float, colour: str) -> None:
    side = 1.5 * half
    pen.rect((at[0] - side / 2, at[1] - side / 2), (side, side), fill=colour)


def _triangle(pen: Pen, at: Point, half: float, colour: str) -> None:
    x, y = at
    pen.shape(
        [(x, y - 0.85 * half), (x + half, y + 0.8 * half), (x - half, y + 0.8 * half)], fill=colour
    )


def _dash(pen: Pen, at: Point, half: float, colour: str) -> None:
    pen.rect((at[0] - 0.8 * half, at[1] - 0.12 * half), (1.6 * half, 0.24 * half), fill=colour)


def _tick(pen: Pen, at: Point, half: float, colour: str) -> None:
    corners = ((-0.9, 0.1), (-0.6, -0.2), (-0.25, 0.2), (0.65, -0.8), (0.95, -0.5), (-0.22, 0.8))
    pen.shape([(at[0] + x * half, at[1] + y * half) for x, y in corners], fill=colour)


_SYMBOLS: Mapping[str, Callable[[Pen, Point, float, str], None]] = {
    "✔": _tick,
    "●": _disc,
    "○": _ring,
    "■": _square,
    "▲": _triangle,
    "–": _dash,
}
