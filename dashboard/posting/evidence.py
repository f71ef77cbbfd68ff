"""佐证材料: a file is checked by its content, kept in the store, and tied to what it proves."""

from collections.abc import Iterable

from dashboard.ledgers import records as r
from dashboard.ledgers.store import StoredFile
from dashboard.posting.entry import Entry


def evidence_rows(
    opened: Entry,
    files: Iterable[StoredFile],
    unit: str,
    *,
    filing: str | None = None,
    step: str | None = None,
) -> list[r.Evidence]:
    """Rows for files that lie in the store, to be added in an open posting."""
    first = int(opened.next_code("evidence", "E")[1:])
    return [
        r.Evidence(
            code=f"E{number:06d}",
            unit=unit,
            name=each.name,
            kind=each.kind,
            size=each.size,
            sha256=each.sha256,
            filing=filing,
            step=step,
        )
        for number, each in enumerate(files, start=first)
    ]
