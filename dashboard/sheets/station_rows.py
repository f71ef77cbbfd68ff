"""A row of stations or of obliged bodies as it was written, held against the books.

What a row changes is told by what the book showed when it went out, never by what stands now: a
cell that nobody touched says nothing.
"""

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import LEDGERS, Field, fields_of, from_text
from dashboard.posting.editing import with_fields
from dashboard.sheets.filing_cells import CellError
from dashboard.sheets.filing_form import SheetProblem
from dashboard.sheets.station_layout import CODE, LEDGER_OF, WITHHELD, fields_in
from dashboard.sheets.station_names import Names, is_mask, provisional, shown
from dashboard.sheets.station_sheet import BookLine


class Stand(StrEnum):
    """Where a row stands: new, changed, changed by others too, as the books have it, wrong."""

    ADDED = "新增"
    CHANGED = "修改"
    CONFLICT = "另有改动"
    SAME = "无改动"
    WRONG = "有问题"


@dataclass(frozen=True)
class TakenRow:
    """A row with what it would do. `base` is the row as the book showed it, `now` as it stands;
    `fields` are those that are to become others than now, `since` what was done to it meanwhile,
    newest first."""

    line: BookLine
    stand: Stand
    row: r.Record | None = None
    base: r.Record | None = None
    now: r.Record | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    since: Sequence[r.Revision] = ()
    problems: tuple[SheetProblem, ...] = ()

    @property
    def ledger(self) -> str:
        return LEDGER_OF[self.line.sheet]

    @property
    def can_be_chosen(self) -> bool:
        """Whether it may be posted although others changed the row meanwhile."""
        return self.stand is Stand.CONFLICT and not self.problems


Since = Mapping[tuple[str, str], Sequence[r.Revision]]
"""What was changed since a book went out, by ledger and row, newest first."""


class Rows:
    """Holds the rows of one sheet against books; `names` know what others of the book bring."""

    def __init__(self, sheet: str, books: Books, names: Names, since: Since) -> None:
        self.sheet, self.books, self.names, self.since = sheet, books, names, since
        self.ledger = LEDGER_OF[sheet]
        self.kind = LEDGERS[self.ledger]
        self.fields = fields_in(self.ledger)
        self.labels = {each.name: each.label for each in self.fields}
        self._seen: dict[str, int] = {}

    def take(self, line: BookLine) -> TakenRow:
        """One row; every cell that cannot be understood is a problem of its own."""
        if line.is_spoilt:
            return TakenRow(line, Stand.WRONG)
        return self._added(line) if line.code is None else self._changed(line, line.code)

    def _changed(self, line: BookLine, code: str) -> TakenRow:
        now = self.books.find(self.kind, code)
        why = self._why_not(line, code, now)
        if now is None or why:
            return TakenRow(line, Stand.WRONG, now=now, problems=(self._told(line, CODE, why),))
        since = self.since.get((self.ledger, code), ())
        base = undone(now, since)
        given, problems = self._given(line, base)
        fields = {name: value for name, value in given.items() if getattr(now, name) != value}
        made = with_fields(now, fields)
        if problems:
            return TakenRow(line, Stand.WRONG, made, base, now, fields, since, tuple(problems))
        stand = Stand.SAME
        if fields:
            stand = Stand.CONFLICT if since else Stand.CHANGED
        return TakenRow(line, stand, made, base, now, fields, since)

    def _why_not(self, line: BookLine, code: str, now: r.Record | None) -> str:
        first = self._seen.setdefault(code, line.row)
        if first != line.row:
            return f"编号“{code[:20]}”与第{first}行重复，一行只留一次"
        if now is None:
            return f"台账中没有编号“{code[:20]}”，或已撤销；新增的行编号留空"
        return ""

    def _added(self, line: BookLine) -> TakenRow:
        given, problems = self._given(line, None)
        self._follow_body(given)
        missing = {each.name: None for each in fields_of(self.kind) if each.default is MISSING}
        made = self.kind(**{**missing, **given, CODE: provisional(line.row)})
        if problems:
            return TakenRow(line, Stand.WRONG, made, problems=tuple(problems))
        held = self._standing(made, given)
        if held is not None:
            return TakenRow(line, Stand.SAME, held, held, held)
        return TakenRow(line, Stand.ADDED, made, fields=given)

    def _follow_body(self, given: dict[str, Any]) -> None:
        """A new station that names its body need not repeat the body's list and town."""
        body = self.names.books.find(r.ListedHost, given.get("listed_host"))
        if body is not None:
            for name in ("host_list", "town"):
                if given.get(name) is None:
                    given[name] = getattr(body, name)

    def _standing(self, made: Any, given: Mapping[str, Any]) -> r.Record | None:
        """The row that says all of this already: the same book came in twice."""
        for each in self.books.by(self.kind, "name")[made.name]:
            if all(_same(getattr(each, name), value) for name, value in given.items()):
                return each
        return None

    # The cells

    def _given(
        self, line: BookLine, base: r.Record | None
    ) -> tuple[dict[str, Any], list[SheetProblem]]:
        """What the row says otherwise than the book did; of a new row all that it says."""
        given: dict[str, Any] = {}
        problems: list[SheetProblem] = []
        for each in self.fields:
            if each.name not in line.values:
                continue
            value = line.values[each.name]
            try:
                if base is None:
                    given |= {} if value is None else {each.name: self._value(each, value, line)}
                elif not self._is_untouched(each, value, base):
                    given[each.name] = self._value(each, value, line)
            except CellError as why:
                problems.append(self._told(line, each.name, str(why)))
        return given, problems

    def _is_untouched(self, of: Field, value: Any, base: r.Record) -> bool:
        if value is None:
            return shown(self.names, of, base) is None
        held = getattr(base, of.name)
        if is_mask(value):
            return _same(value, shown(self.names, of, base))
        if of.ref:
            return held is not None and self.names.means(of.ref, str(value), held)
        return _same(value, held)

    def _value(self, of: Field, value: Any, line: BookLine) -> Any:
        if is_mask(value):
            raise CellError(_UNMASK[value])
        if value is None:
            return None if of.optional or of.default is MISSING else of.default
        if not of.ref:
            return value
        among = partial(self._among, line) if of.name == "listed_host" else None
        return self.names.code(of.ref, str(value), among)

    def _among(self, line: BookLine) -> set[str]:
        """Of several bodies of one name, those of the row's own list and town."""
        found = self.names.books.all(r.ListedHost)
        for name, ref in (("host_list", "host_list"), ("town", "unit")):
            said = line.values.get(name)
            with suppress(CellError):  # which is told of its own column
                code = self.names.code(ref, str(said)) if said else None
                found = tuple(each for each in found if code in (None, getattr(each, name)))
        return {each.code for each in found}

    def _told(self, line: BookLine, name: str, message: str) -> SheetProblem:
        return SheetProblem(line.sheet, line.row, self.labels.get(name, "编号"), message)


_UNMASK = {
    wording.at_least_five(1): "“少于5”不是数字，请填写实际人次",
    WITHHELD: "“不外发”只表示原有内容不变，请填写实际内容或清空",
}


def undone(row: r.Record, since: Sequence[r.Revision]) -> r.Record:
    """A row as it was before these changes, given newest first."""
    of: Mapping[str, Field] = {each.name: each for each in fields_of(type(row))}
    back = {each.field: from_text(of[each.field], each.old) for each in since if each.field}
    return with_fields(row, back) if back else row


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same: blanks in texts and the last figures make no difference."""
    if isinstance(one, str) and isinstance(other, str):
        return _bare(one) == _bare(other)
    if isinstance(one, float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


def _bare(text: str) -> str:
    return "".join(text.replace("_x000D_", "").split())
