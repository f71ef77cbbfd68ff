"""The units of a plan: who bears duties, the collectives, and the office's own unit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.drafting.rows import Place, Row, row
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import System, UnitKind
from dashboard.policy.findings import Body, Reading, Span

_KINDS = {kind.label: kind for kind in UnitKind}
_SYSTEMS = {
    UnitKind.PARTY: System.PARTY,
    UnitKind.GOVERNMENT: System.GOVERNMENT,
    UnitKind.MASS: System.MASS,
}
_UNKNOWN = "单位类型按名称推定，请核对。"


@dataclass(frozen=True)
class Units:
    """The units to be: their rows, and the code of each printed name."""

    rows: tuple[Row, ...]
    codes: Mapping[str, str]

    def code_of(self, printed: str) -> str | None:
        """The code of the unit that a printed name means."""
        return self.codes.get(printed)


def units_of(found: Reading) -> Units:
    """The plan's bodies in the order of the text, the order of the printed roster being first.

    A collective stays one; its members are the office's to name.
    """
    rows: list[Row] = []
    codes: dict[str, str] = {}
    for number, body in enumerate(found.units, start=1):
        code = f"u-{number:02d}"
        for name in (body.name, *body.aliases):
            codes.setdefault(name, code)
        rows.append(_row(body, code, number, found))
    return Units(tuple(rows), codes)


def _row(body: Body, code: str, number: int, found: Reading) -> Row:
    kind = _kind(body)
    notes = list(_notes(body, kind))
    return row(
        r.Unit,
        code,
        Place(None, _place(body, found), "".join(notes) or None),
        name=body.name,
        kind=kind,
        seq=number,
        aliases="、".join(body.aliases) or None,
        system=_SYSTEMS.get(kind),
        is_collective=kind is UnitKind.COLLECTIVE,
    )


def _kind(body: Body) -> UnitKind:
    if body.kind == "集合":
        return UnitKind.COLLECTIVE
    return _KINDS.get(body.kind, UnitKind.GOVERNMENT)


def _notes(body: Body, kind: UnitKind) -> Iterator[str]:
    if kind is UnitKind.COLLECTIVE:
        yield "集合名称，所指单位入账后由办公室指定。"
    elif body.kind not in _KINDS:
        yield _UNKNOWN
    if body.aliases:
        yield f"与“{'、'.join(body.aliases)}”按同一单位列，请核对。"


def _place(body: Body, found: Reading) -> Span | None:
    names = {body.name, *body.aliases}
    return next((duty.span for duty in found.duties if duty.unit in names), None)
