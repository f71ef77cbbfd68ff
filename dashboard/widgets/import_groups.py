"""The rows of a draft in the groups in which they are gone through, problems first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.drafting.row_words import KIND_WORDS
from dashboard.ledgers.importing import RowState
from dashboard.posting.import_reading import DraftRow
from dashboard.widgets.import_course import Course

NOTED, UNITS = "noted", "unit"
"""The groups that are no clause: what has a note, and the units."""
FOLDED = ("measure", "reporting_line")
"""What follows from the rest, and is looked at on demand."""


@dataclass(frozen=True)
class Group:
    """Rows that are looked at together."""

    name: str
    title: str
    rows: tuple[DraftRow, ...]

    @property
    def waiting(self) -> tuple[DraftRow, ...]:
        return tuple(each for each in self.rows if each.state is RowState.WAITING)

    @property
    def words(self) -> str:
        """The group as the box of groups shows it."""
        left = len(self.waiting)
        return f"{self.title}（待核{left}条）" if left else f"{self.title}（已核完）"


def groups_of(at: Course) -> Mapping[str, Group]:
    """What has a note first, then the units, then the clauses in the order of the text."""
    noted = tuple(each for each in at.waiting if each.row.note)
    found = [Group(NOTED, "问题和说明", noted)] if noted or at.problems else []
    units = tuple(each for each in at.rows if each.row.clause is None)
    found += [Group(UNITS, "单位", units)] if units else []
    titles = {clause.id: clause.title for clause in at.clauses}
    order = {clause.id: number for number, clause in enumerate(at.clauses)}
    of_clauses = [each for each in at.rows if each.row.clause is not None]
    of_clauses.sort(key=lambda each: order.get(each.row.clause or "", len(order)))
    for name, rows in groupby(of_clauses, key=lambda each: each.row.clause or ""):
        found.append(Group(name, f"{name}　{titles.get(name, '')}".strip(), tuple(rows)))
    return {each.name: each for each in found}


def by_note(rows: Iterable[DraftRow]) -> Sequence[tuple[str, tuple[DraftRow, ...]]]:
    """Rows of one note together: what the plan says first, who reports on it last."""
    found: dict[str, list[DraftRow]] = {}
    for each in rows:
        found.setdefault(each.row.note or "", []).append(each)
    places = list(KIND_WORDS)
    ordered = sorted(
        found.items(), key=lambda pair: (places.index(pair[1][0].row.ledger), -len(pair[1]))
    )
    return [(note, tuple(of)) for note, of in ordered]
