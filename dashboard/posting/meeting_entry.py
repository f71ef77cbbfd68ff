"""A meeting within a posting: its row and points, and what keeps a change out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load_in
from dashboard.ledgers.history import revisions_in
from dashboard.ledgers.shape import fields_of, ledger_of
from dashboard.ledgers.terms import Action, DispatchState
from dashboard.posting.editing import ConflictError
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.signature import Signature
from dashboard.rules.agenda import AgendaPart, carried_over, part_of, settled_rows
from dashboard.rules.judgement import times_of
from dashboard.rules.rounds import Round, rounds
from dashboard.settings import Settings

_AHEAD = timedelta(weeks=4)


@dataclass(frozen=True)
class At:
    """A meeting within a posting: its row, and the books as they stood before the act."""

    opened: Entry
    books: Books
    dispatch: r.Dispatch

    @property
    def rows(self) -> Mapping[str, r.AgendaPoint]:
        """What was settled about this meeting's points, by their key."""
        return {each.key: each for each in settled_rows(self.books, self.dispatch.code)}

    def settle(self, key: str, fields: Mapping[str, Any], seen: int | None = None) -> None:
        """Change a point's row, or begin it. Raises RefusedError and ConflictError."""
        fields = {name: _trimmed(value) for name, value in fields.items()}
        held = self.rows.get(key)
        if held is not None:
            is_own = part_of(key) is AgendaPart.OWN
            if is_own and "title" in fields and fields["title"] is None:
                raise refused(self.dispatch.code, None, "请填写议题")
            self.change(held, fields, seen)
            return
        carried = self.refuse_unknown(key)
        given = {"title": carried.title, "text": carried.text} if carried else {}
        row = r.AgendaPoint(
            code=self.opened.next_code("agenda_point", "A"),
            dispatch=self.dispatch.code,
            key=key,
            carried_from=carried.dispatch if carried else None,
            **{**given, **fields},
        )
        self.opened.add(row)

    def refuse_unknown(self, key: str) -> r.AgendaPoint | None:
        """The row of the meeting that carried a point over. Raises RefusedError for no key."""
        from_before = carried_over(self.books, self.dispatch.code)
        carried = next((each for each in from_before if each.key == key), None)
        part = part_of(key)
        is_own_elsewhere = part is AgendaPart.OWN and carried is None and key not in self.rows
        if part is None or is_own_elsewhere:
            raise refused(self.dispatch.code, None, "没有这个议题，请刷新后再试")
        return carried

    def change(self, row: r.Record, fields: Mapping[str, Any], seen: int | None) -> None:
        """Change fields of a row unless somebody gave them other values after `seen`."""
        if seen is not None:
            self._refuse_stale(row, fields, seen)
        self.opened.change(row, **fields)

    def _refuse_stale(self, row: r.Record, fields: Mapping[str, Any], seen: int) -> None:
        since = [
            each
            for each in revisions_in(
                self.opened.connection, self.books.plan.code, ledger_of(row), row.code
            )
            if each.posting_id > seen
        ]
        touched = {each.field for each in since}
        if any(each.action is Action.CREATE for each in since):
            touched |= {f.name for f in fields_of(type(row)) if getattr(row, f.name) != f.default}
        if any(name in touched and getattr(row, name) != fields[name] for name in fields):
            raise ConflictError(row, since, since[0].posting_id)


@contextmanager
def at_meeting(
    engine: Engine, plan: str, round_code: str, signature: Signature, *, also_closed: bool = False
) -> Iterator[At]:
    """A posting on a prepared meeting. Raises RefusedError without one, and in a closed one."""
    with entry(engine, plan, signature) as opened:
        books = load_in(opened.connection, plan, opened.known_at)
        held = books.find(r.Dispatch, round_code)
        if held is None:
            raise refused(round_code, None, "本次调度尚未开始准备，请先准备本次调度")
        if held.state is DispatchState.CLOSED and not also_closed:
            raise refused(round_code, None, "本次调度已结束并存档，不能再改")
        yield At(opened, books, held)


def _trimmed(value: Any) -> Any:
    return value.strip() or None if type(value) is str else value  # a term is a str too


def refused(round_code: str, field: str | None, message: str) -> RefusedError:
    """The refusal of an act on a meeting."""
    return RefusedError(Fault("dispatch", round_code, field, message))


def round_of(plan: r.Plan, round_code: str, settings: Settings, today: date) -> Round:
    """A round of a plan, up to some weeks ahead of today. Raises RefusedError."""
    known = rounds(plan.in_use_from, today + _AHEAD, times_of(settings))
    found = next((each for each in known if each.code == round_code), None)
    if found is None:
        raise refused(round_code, None, f"没有“{round_code}”这次调度，请从列出的调度中选择")
    return found
