"""What the office may change in which ledger: its own rows whole, printed rows around the text.

The words, dates and units that the plan prints are locked: a plan is carried out, not reworded.
What the office arranges around them (who sums up, how often, which hosts, notes) is its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import Field, fields_of, ledger_of
from dashboard.ledgers.terms import (
    Basis,
    DeadlineSource,
    DirectiveState,
    Origin,
    ProblemState,
)
from dashboard.rules.moved_dates import moved_to


@dataclass(frozen=True)
class Rule:
    """A ledger's rule: the right it takes, and the fields that are open.

    `open_` are those of a row of the office's own, `printed` those of a row that came with the
    plan, `fixed` those that only a new row may choose. `mark` are the values by which a new row
    is the office's. `can_end` says whether rows may be taken back.
    """

    right: Right
    prefix: str
    open_: tuple[str, ...]
    printed: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    mark: Mapping[str, Any] = field(default_factory=dict)
    can_end: bool = True


_PLACE = ("lon", "lat")
_UNIT_AROUND = (
    *("aliases", "official_code", "villages", "communities", "counted_in"),
    *(*_PLACE, "point_source", "note"),
)
_ITEM = ("task", "measure", "indicator")

EDITABLE: Mapping[str, Rule] = {
    "task": Rule(
        Right.EDIT_TASKS,
        "T",
        ("title", "clause", "kind", "note"),
        printed=("note",),
        mark={"origin": Origin.OFFICE},
    ),
    "measure": Rule(
        Right.EDIT_TASKS,
        "M",
        ("title", "clause", "force", "on_event", "note"),
        printed=("note",),
        fixed=("task",),
    ),
    "deadline": Rule(
        Right.EDIT_TASKS,
        "DL",
        ("recurrence", "starts_on", "due_on", "is_in_force", "after", "note"),
        printed=("note",),
        fixed=_ITEM,
        mark={"source": DeadlineSource.OFFICE},
    ),
    "responsibility": Rule(
        Right.EDIT_TASKS,
        "RS",
        ("role", "words"),
        fixed=("task", "measure", "unit"),
        mark={"basis": Basis.OFFICE},
    ),
    "milestone": Rule(Right.ARRANGE, "N", ("due_on", "value", "note"), fixed=_ITEM),
    "reporting_line": Rule(
        Right.ARRANGE,
        "L",
        ("unit", "cadence", "note"),
        printed=("unit", "cadence", "note"),
        fixed=(*_ITEM, "part"),
    ),
    "host_list": Rule(
        Right.ARRANGE,
        "H",
        ("title", "unit_word", "station_kind", "standard", "force", "total", "year", "source"),
        printed=("total", "year", "source", "note"),
        fixed=("clause",),
    ),
    "host": Rule(
        Right.ARRANGE,
        "HO",
        ("state", "number", "note"),
        printed=("state", "number", "note"),
        fixed=("host_list", "unit"),
    ),
    "listed_host": Rule(
        Right.ARRANGE,
        "LH",
        ("name", "town", "state", "official_code", "note"),
        fixed=("host_list",),
    ),
    "standard_item": Rule(
        Right.EDIT_STANDARDS,
        "SI",
        (
            *("standard", "area", "requirement", "comparator", "value", "value_high", "unit"),
            *("force", "clause", "basis"),
        ),
    ),
    "unit": Rule(
        Right.EDIT_UNITS,
        "U",
        ("name", "kind", "system", "parent", *_UNIT_AROUND),
        printed=_UNIT_AROUND,
    ),
    "contact": Rule(Right.EDIT_UNITS, "C", ("post", "name", "telephone", "note"), fixed=("unit",)),
    "station": Rule(
        Right.EDIT_STATIONS,
        "S",
        (
            *("name", "kind", "town", "host_list", "listed_host", "host", "unit", "address"),
            *(*_PLACE, "point_source", "is_withheld"),
            *("begun_on", "built_on", "moved_on", "ended_on"),
            *("area_m2", "full_time", "part_time", "counsellors", "volunteers"),
            *("services", "hotline", "hotline_shown", "served", "served_on", "note"),
        ),
    ),
    "problem": Rule(
        Right.EDIT_PROBLEMS,
        "P",
        (
            *("description", "source", "category", "unit", "task", "solution", "due_on"),
            *("request", "request_due_on", "progress"),
        ),
        fixed=("found_on", "closing_standard"),
        can_end=False,
    ),
    "directive": Rule(
        Right.DIRECT,
        "D",
        ("matter", "unit", "due_on", "task", "problem", "closing_standard"),
        fixed=("source", "issued_on", "round", "register_no"),
        can_end=False,
    ),
}
"""The ledgers in which the office adds and changes rows; all others come with the plan."""


def is_printed(books: Books, row: r.Record) -> bool:
    """Whether a row says what the plan prints, and so is locked against rewording."""
    if isinstance(row, r.Task):
        return row.origin is Origin.PLAN
    if isinstance(row, r.Deadline):
        return row.source is not DeadlineSource.OFFICE
    if isinstance(row, r.Responsibility):
        return row.basis is not Basis.OFFICE
    if isinstance(row, r.Measure):
        task = books.find(r.Task, row.task)
        if task is not None and task.origin is Origin.OFFICE:
            return False
    return came_with_the_plan(books.plan, row)


def came_with_the_plan(plan: r.Plan, row: r.Record) -> bool:
    """Whether a row was loaded with the plan, and so is known from its very moment of issue."""
    return row.known_at is not None and row.known_at == plan.known_at and not row.is_practice


def right_for(row: r.Record) -> Right:
    """The right that adding or changing a row takes; an instruction's handling has its own."""
    if isinstance(row, r.Directive) and row.register_no is not None:
        return Right.REGISTER_INSTRUCTION
    rule = EDITABLE.get(ledger_of(row))
    return rule.right if rule else Right.LOAD_PLAN


def is_settled(row: r.Record) -> bool:
    """Whether a problem or directive is closed; then only reopening changes it."""
    return (isinstance(row, r.Problem) and row.state is ProblemState.CLOSED) or (
        isinstance(row, r.Directive) and row.state is DirectiveState.CLOSED
    )


def is_moved(books: Books, row: r.Record) -> bool:
    """Whether an approved date has taken the place of a deadline: then it is history."""
    return isinstance(row, r.Deadline) and moved_to(books, row) is not None


def open_fields(books: Books, row: r.Record) -> tuple[Field, ...]:
    """The fields of a standing row that may be changed, in the order of the form."""
    rule = EDITABLE.get(ledger_of(row))
    if rule is None or is_settled(row):
        return ()
    is_locked = is_printed(books, row) or is_moved(books, row)
    names = rule.printed if is_locked else rule.open_
    if is_locked and isinstance(row, r.HostList) and not prints_standard(books, row):
        names = ("standard", *names)
    return _named(type(row), names)


def prints_standard(books: Books, hosts: r.HostList) -> bool:
    """Whether a list names a standard of the plan's own text, and not one of the office's."""
    items = books.by(r.StandardItem, "standard")[hosts.standard]
    is_own = bool(items) and not any(is_printed(books, each) for each in items)
    return hosts.standard is not None and not is_own


def new_fields(kind: type[r.Record], ledger: str) -> tuple[Field, ...]:
    """The fields that a new row asks for, in the order of the form."""
    rule = EDITABLE[ledger]
    return _named(kind, (*rule.fixed, *rule.open_))


def _named(kind: type[r.Record], names: tuple[str, ...]) -> tuple[Field, ...]:
    fields = {field.name: field for field in fields_of(kind)}
    return tuple(fields[name] for name in names)
