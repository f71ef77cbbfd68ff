"""What tests of editing share: a row of the office's own for every ledger, added and changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.shape import fields_of, ledger_of
from dashboard.posting.editable import EDITABLE
from dashboard.posting.editing import (
    Work,
    add_measure,
    add_row,
    add_task,
    change_row,
)
from dashboard.posting.faults import NEW, RefusedError
from dashboard.rules.calendar import end_of
from tests.books import CODE, Desk

DAY = date(2023, 9, 20)
WORK = Work(unit="u-wjj", cadence=t.Recurrence.MONTHLY, due_on=date(2024, 6, 30))
TASK = r.Task(
    code=NEW,
    clause="四（一）",
    title="编印工作手册",
    kind=t.TaskKind.KEY,
    seq=0,
    origin=t.Origin.OFFICE,
)
MEASURE = r.Measure(code=NEW, task="t-4-1", clause="四（一）", title="编印宣传册", seq=0)
OWN: dict[str, r.Record] = {
    "task": TASK,
    "measure": MEASURE,
    "deadline": r.Deadline(
        code=NEW,
        task="t-4-1",
        clause="四（一）",
        source=t.DeadlineSource.OFFICE,
        measure="m-4-1-1",
        due_on=date(2024, 6, 30),
    ),
    "responsibility": r.Responsibility(
        code=NEW,
        task="t-4-1",
        clause="四（一）",
        unit="u-czj",
        as_printed=NEW,
        role=t.Role.SUPPORT,
        basis=t.Basis.OFFICE,
        seq=0,
    ),
    "milestone": r.Milestone(
        code=NEW, task="t-4-1", measure="m-4-1-1", due_on=date(2023, 12, 31), value=50.0
    ),
    "reporting_line": r.ReportingLine(
        code=NEW,
        task="t-4-1",
        measure="m-4-1-1",
        unit="u-czj",
        part=t.Part.SHARE,
        cadence=t.Recurrence.MONTHLY,
    ),
    "host_list": r.HostList(
        code=NEW, title="社区站点", clause="四（二）4", seq=0, unit_word="个", total=3
    ),
    "host": r.Host(code=NEW, host_list="hl", unit="u-wjj", state=t.HostState.UNKNOWN),
    "listed_host": r.ListedHost(code=NEW, host_list="hl", name="某某小学"),
    "standard_item": r.StandardItem(
        code=NEW,
        standard="自定标准",
        area="场地",
        clause="四（一）",
        requirement="设置候诊区",
        seq=0,
    ),
    "unit": r.Unit(code=NEW, name="县心理协会", kind=t.UnitKind.INSTITUTION, seq=0),
    "contact": r.Contact(
        code=NEW, unit="u-wjj", post="县卫生健康局联络员", telephone="13900000000"
    ),
    "station": r.Station(code=NEW, name="某社区站点", kind=t.StationKind.COMMUNITY),
    "problem": r.Problem(
        code=NEW,
        description="专职人员不足",
        source=t.ProblemSource.TOWN,
        category=t.ProblemCategory.STAFF,
        unit="u-wjj",
        found_on=DAY,
        closing_standard="配齐专职人员",
    ),
    "directive": r.Directive(
        code=NEW,
        matter="核实站点人员",
        source=t.DirectiveSource.DISPATCH,
        unit="u-wjj",
        issued_on=DAY,
        due_on=date(2023, 9, 28),
    ),
}
"""A row of the office's own for every ledger that it keeps."""


def books_of(desk: Desk) -> Books:
    return load(desk.engine, CODE, end_of(DAY))


def fitting(books: Books, ledger: str) -> r.Record:
    """The row of a ledger with references that this plan has."""
    row = OWN[ledger]
    if isinstance(row, r.Host | r.ListedHost):
        return replace(row, host_list=books.all(r.HostList)[0].code)
    measure = books.by(r.Measure, "task")["t-4-1"][-1].code
    return replace(row, measure=measure) if getattr(row, "measure", None) else row  # type: ignore[call-arg]


def added(desk: Desk, ledger: str, **fields: Any) -> r.Record:
    """A new row of the office's own, as it stands."""
    row = replace(fitting(books_of(desk), ledger), **fields)
    if isinstance(row, r.Task):
        code = add_task(desk.engine, CONSOLE, CODE, row, WORK)
    elif isinstance(row, r.Measure):
        code = add_measure(desk.engine, CONSOLE, CODE, row, WORK)
    else:
        code = add_row(desk.engine, CONSOLE, CODE, row)
    return books_of(desk).get(type(row), code)


def changed(desk: Desk, row: r.Record, *, by: Viewer = CONSOLE, **fields: Any) -> r.Record:
    change_row(desk.engine, by, CODE, row, fields, seen=books_of(desk).version)
    return books_of(desk).get(type(row), row.code)


def faults(act: Callable[[], object]) -> list[tuple[str | None, str]]:
    with pytest.raises(RefusedError) as caught:
        act()
    return [(fault.field, fault.message) for fault in caught.value.faults]


def edited(books: Books, row: r.Record) -> tuple[str, Any]:
    """An open text field of a row, and what to write there."""
    names = {field.name for field in fields_of(type(row))}
    wanted = ("note", "words", "progress", "closing_standard", "source", "basis")
    return next(
        name for name in wanted if name in names and name in EDITABLE[ledger_of(row)].open_
    ), "新写的内容"
