"""Books of 嘉祥's plan with given stations, made in memory."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import LEDGERS, ledger_of
from dashboard.ledgers.terms import CheckVerdict, Force, StationKind
from dashboard.sheets.plan_folder import PlanFolder, read_folder

FOLDER = Path(__file__).resolve().parents[2] / "data" / "plans" / "jiaxiang-2023"
TODAY = date(2023, 9, 22)
BUILT = date(2023, 8, 1)


@cache
def folder() -> PlanFolder:
    """嘉祥's plan folder."""
    found, problems = read_folder(FOLDER)
    assert found is not None, problems
    return found


def books(*more: r.Record, without: Sequence[type[r.Record]] = ()) -> Books:
    """The plan's books with further rows, `without` the ledgers named."""
    rows = [row for row in folder().rows if type(row) not in without]
    held = {name: [row for row in (*rows, *more) if ledger_of(row) == name] for name in LEDGERS}
    return Books(
        plan=folder().plan,
        as_of=datetime(2023, 9, 22, 15, 59, 59, tzinfo=UTC),
        version=1,
        has_practice=False,
        rows={name: tuple(found) for name, found in held.items()},
        last_filed={},
        last_accepted={},
        last_said={},
    )


def station(code: str, town: str | None = "370829001", **fields: Any) -> r.Station:
    """A village station, built by default."""
    given = {
        "name": f"{code}站",
        "kind": StationKind.VILLAGE,
        "host_list": "h-village",
        "built_on": BUILT,
    }
    return r.Station(code=code, town=town, **{**given, **fields})


def inspected(code: str, standard: str = "附件3", **unmet: float | None) -> list[r.Inspection]:
    """Every obligatory item met but those named (s3_02=16.0), which were measured so."""
    wanted = [row for row in folder().rows if isinstance(row, r.StandardItem)]
    found = []
    for item in wanted:
        if item.standard == standard and item.force is Force.MUST:
            name = item.code.replace("-", "_")
            verdict = CheckVerdict.NOT_MET if name in unmet else CheckVerdict.MET
            found.append(
                r.Inspection(
                    code=f"{code}-{item.code}",
                    station=code,
                    item=item.code,
                    verdict=verdict,
                    inspected_on=BUILT,
                    by_post="专班办公室",
                    measured=unmet.get(name),
                )
            )
    return found
