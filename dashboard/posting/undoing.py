"""The last change of a row, to be taken back: a change like any other, with its own history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import from_text
from dashboard.ledgers.terms import Action
from dashboard.posting.editable import open_fields
from dashboard.rules.problems import last_step

_FOLLOWING = frozenset({"as_printed", "is_designated"})
"""Fields that posting sets by others, and sets back with them."""


@dataclass(frozen=True)
class LastChange:
    """What the last act did to a row: the `old` values by field, and the version it made."""

    by_post: str
    version: int
    old: Mapping[str, Any]


def last_change(books: Books, row: r.Record, changes: Sequence[r.Revision]) -> LastChange | None:
    """The last of a row's `changes` (newest first), if `change_row` can take it back.

    None for a new row, and where the act was more than a change of open fields, as a closing is
    or the progress that a step of the problem's course reports.
    """
    if not changes:
        return None
    act = [each for each in changes if each.posting_id == changes[0].posting_id]
    fields = {field.name: field for field in open_fields(books, row)}
    known = fields.keys() | _FOLLOWING
    if any(each.action is not Action.CHANGE or each.field not in known for each in act):
        return None
    if isinstance(row, r.Problem) and _is_step(books, row, act):
        return None
    old = {
        each.field: from_text(fields[each.field], each.old) for each in act if each.field in fields
    }
    return LastChange(act[0].by_post, act[0].posting_id, old) if old else None


def _is_step(books: Books, problem: r.Problem, act: Sequence[r.Revision]) -> bool:
    """Whether a change of a problem came with its last step, which stays on record."""
    last = last_step(books, problem.code)
    is_at_once = last is not None and act[0].known_at == last.known_at
    return is_at_once and any(each.field in {"progress", "solution"} for each in act)
