"""The signs of stations: a circle with one character for the kind, its line for the state.

Each is drawn once as SVG. Both maps, the legend and the lists use the same drawing.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache

from dashboard.charts.look import FONT, INK, QUIET
from dashboard.ledgers.terms import StationKind, Term

SIDE = 96
"""The side of a sign's drawing; it is shown much smaller."""

CHARACTERS: Mapping[StationKind, str] = {
    StationKind.CENTRE: "中",
    StationKind.SCHOOL: "校",
    StationKind.MEDICAL: "医",
    StationKind.WORKPLACE: "企",
    StationKind.COMMUNITY: "社",
    StationKind.VILLAGE: "村",
    StationKind.SOCIAL: "会",
}
"""A place for special groups has no sign: it is never drawn."""


class Look(Term):
    """How far a station is, as its sign tells it; what has ended has no sign."""

    MET = "met", "达标"
    BUILT = "built", "建成，未达标或待检查"
    BUILDING = "building", "在建"
    PLANNED = "planned", "计划"


_STYLE = {
    Look.MET: (INK, "#FFFFFF", "#FFFFFF", ""),
    Look.BUILT: ("#FFFFFF", INK, INK, ""),
    Look.BUILDING: ("#E4E7EB", QUIET, QUIET, 'stroke-dasharray="15 10"'),
    Look.PLANNED: ("#FFFFFF", QUIET, QUIET, 'stroke-dasharray="0 13" stroke-linecap="round"'),
}
"""Fill, line, character, and how the line is broken."""


def name_of(kind: StationKind, look: Look) -> str:
    """The name under which a sign is looked up."""
    return f"{kind.value}-{look.value}"


@cache
def drawing(name: str) -> str:
    """One sign as the inside of an SVG of `SIDE` by `SIDE`."""
    kind, _, state = name.partition("-")
    fill, line, text, broken = _STYLE[Look.parse(state)]
    middle = SIDE / 2
    return (
        f'<circle cx="{middle}" cy="{middle}" r="40" fill="{fill}" stroke="{line}" '
        f'stroke-width="7" {broken}/><text x="{middle}" y="{middle + 17}" font-size="48" '
        f'font-weight="600" text-anchor="middle" fill="{text}" font-family="{FONT}">'
        f"{CHARACTERS[StationKind.parse(kind)]}</text>"
    )


def svg(name: str, side: float) -> str:
    """One sign as an SVG of its own."""
    size = f'width="{side}" height="{side}" viewBox="0 0 {SIDE} {SIDE}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{drawing(name)}</svg>'


@cache
def picture(name: str) -> str:
    """One sign as an address that holds the picture itself."""
    return _address(svg(name, SIDE))


def atlas(names: Sequence[str]) -> tuple[str, dict[str, dict[str, int]]]:
    """Several signs side by side as one picture, and where in it each lies."""
    places = {name: number * SIDE for number, name in enumerate(names)}
    drawn = "".join(f'<g transform="translate({x} 0)">{drawing(n)}</g>' for n, x in places.items())
    wide = max(1, len(names)) * SIDE
    size = f'width="{wide}" height="{SIDE}" viewBox="0 0 {wide} {SIDE}"'
    sheet = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{drawn}</svg>'
    spots = {name: {"x": x, "y": 0, "width": SIDE, "height": SIDE} for name, x in places.items()}
    return _address(sheet), spots


def _address(drawn: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"
