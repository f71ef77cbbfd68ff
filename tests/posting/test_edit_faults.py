"""What keeps an office's row out: each rule at its edge, and no sequence of edits breaks a book."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given
from hypothesis import settings as how
from hypothesis import strategies as s
from sqlalchemy import Engine

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.shape import LEDGERS, Field
from dashboard.posting.edit_faults import edit_faults
from dashboard.posting.editable import EDITABLE, new_fields, open_fields
from dashboard.posting.editing import (
    Work,
    add_measure,
    add_row,
    add_task,
    change_row,
    end_row,
)
from dashboard.posting.faults import NEW, RefusedError
from dashboard.posting.plans import post_plan, start_practice
from dashboard.rules.calendar import end_of
from dashboard.rules.invariants import breaches
from dashboard.rules.judgement import judge_books
from tests.books import BASE, ISSUED, PLAN, database, indicator, line, measure, snapshot

TODAY = date(2023, 9, 22)
LIST = r.HostList(code="h", title="名录", clause="一", seq=1, unit_word="处", total=5)
ROWS: tuple[r.Record, ...] = (
    measure(),
    measure("n", title="另一措施"),
    indicator(40, measure="n"),
    line(),
    line("k", indicator="i", measure="n"),
    LIST,
    r.Host(code="ho", host_list="h", unit="u", state=t.HostState.OBLIGED, number=2),
    r.Host(code="hp", host_list="h", unit="v", state=t.HostState.OBLIGED, number=3),
    r.StandardItem(
        code="s", standard="站点标准", area="场所", clause="一", requirement="面积", seq=1
    ),
    r.Unit(code="w", name="某社区", kind=t.UnitKind.TOWN, seq=3, parent="v", aliases="社区、某居"),
    r.Contact(code="c", unit="u", post="联络员"),
)
BOOKS = snapshot(ROWS, TODAY)


def told(row: r.Record, **fields: Any) -> list[str]:
    """The fields that are at fault in a row with other values."""
    return [fault.field or "" for fault in edit_faults(BOOKS, replace(row, **fields))]


OFFICE_DATE = r.Deadline(
    code=NEW, task="t", clause="一", source=t.DeadlineSource.OFFICE, measure="m", due_on=TODAY
)
STEP = r.Milestone(code=NEW, task="t", measure="m", due_on=TODAY, value=50)
SHARE = line(NEW, part=t.Part.SHARE)
STATION = r.Station(code=NEW, name="站点", kind=t.StationKind.VILLAGE)


@pytest.mark.parametrize(
    ("row", "fields", "found"),
    [
        (OFFICE_DATE, {}, []),
        (OFFICE_DATE, {"due_on": ISSUED}, []),
        (OFFICE_DATE, {"due_on": date(2023, 6, 5)}, ["due_on"]),
        (OFFICE_DATE, {"due_on": PLAN.period_end}, []),
        (OFFICE_DATE, {"due_on": date(2026, 1, 1)}, ["due_on"]),
        (OFFICE_DATE, {"due_on": None}, ["due_on"]),
        (OFFICE_DATE, {"recurrence": t.Recurrence.MONTHLY}, ["due_on"]),
        (OFFICE_DATE, {"recurrence": t.Recurrence.MONTHLY, "due_on": None}, []),
        (OFFICE_DATE, {"starts_on": TODAY}, []),
        (OFFICE_DATE, {"starts_on": date(2023, 9, 23)}, ["due_on"]),
        (OFFICE_DATE, {"measure": None}, ["measure"]),
        (OFFICE_DATE, {"after": "m"}, ["after"]),
        (OFFICE_DATE, {"after": "n"}, []),
        (OFFICE_DATE, {"after": "gone"}, ["after"]),
        (STEP, {"value": 0}, []),
        (STEP, {"value": -1}, ["value"]),
        (STEP, {"value": 100}, []),
        (STEP, {"value": 101}, ["value"]),
        (STEP, {"measure": "n"}, ["measure"]),
        (STEP, {"measure": "n", "indicator": "i", "value": 40}, []),
        (STEP, {"measure": "n", "indicator": "i", "value": 41}, ["value"]),
        (STEP, {"measure": None}, ["measure"]),
        (STEP, {"due_on": date(2026, 1, 1)}, ["due_on"]),
        (SHARE, {}, []),
        (SHARE, {"part": t.Part.TOTAL}, ["part"]),
        (SHARE, {"measure": None}, ["measure"]),
        (SHARE, {"measure": "n"}, ["measure"]),
        (SHARE, {"measure": "n", "indicator": "i"}, []),
        (LIST, {}, []),
        (LIST, {"total": None}, []),
        (LIST, {"total": 6}, ["total"]),
        (LIST, {"standard": "站点标准"}, []),
        (LIST, {"standard": "别的标准"}, ["standard"]),
        (LIST, {"year": 23}, ["year"]),
        (ROWS[6], {"number": 1}, ["number"]),
        (ROWS[6], {"number": None}, []),
        (ROWS[6], {"number": -2}, ["number", "number"]),
        (ROWS[6], {"code": NEW}, ["unit", "number"]),
        (ROWS[9], {"name": "县教育和体育局"}, ["name"]),
        (ROWS[9], {"code": NEW, "name": "某居"}, ["name"]),
        (ROWS[9], {"parent": "w"}, ["parent"]),
        (BASE[2], {"parent": "w"}, ["parent"]),
        (ROWS[9], {"kind": t.UnitKind.COLLECTIVE}, ["kind"]),
        (ROWS[9], {"villages": -1}, ["villages"]),
        (ROWS[10], {"code": NEW}, ["post"]),
        (ROWS[10], {"telephone": "0537-1234567"}, []),
        (ROWS[10], {"telephone": "总机"}, ["telephone"]),
        (STATION, {"built_on": TODAY}, []),
        (STATION, {"built_on": date(2023, 9, 23)}, ["built_on"]),
        (STATION, {"begun_on": TODAY, "built_on": date(2023, 9, 21)}, ["built_on"]),
        (STATION, {"lon": 116.3}, ["lat"]),
        (STATION, {"lon": 116.3, "lat": 35.4}, []),
        (STATION, {"lon": 35.4, "lat": 116.3}, ["lon", "lat"]),
        (STATION, {"area_m2": -1.0}, ["area_m2"]),
    ],
)
def test_a_rule_speaks_at_its_edge(row: r.Record, fields: dict[str, Any], found: list[str]) -> None:
    assert told(row, **fields) == found


def test_a_second_milestone_on_a_day_and_a_second_share_of_a_unit_are_refused() -> None:
    held = (replace(STEP, code="a"), replace(SHARE, code="b", unit="v"))
    books = snapshot((*ROWS, *held), TODAY)
    assert [f.field for f in edit_faults(books, STEP)] == ["due_on"]
    assert [f.field for f in edit_faults(books, replace(SHARE, unit="v"))] == ["unit"]
    assert list(edit_faults(books, held[0])) == []


def test_what_the_station_ledger_knows_asks_for_no_share() -> None:
    known = (measure(), line(via=t.Via.STATIONS, host_list="h"), LIST)
    books = snapshot(known, TODAY)
    assert [f.message for f in edit_faults(books, SHARE)] == ["数据取自站点台账，不再填报"]
    step = replace(STEP, value=6)
    assert [f.message for f in edit_faults(books, step)] == ["不应超过目标值5处"]


# No sequence of edits breaks the books

LEDGER = s.sampled_from(sorted(EDITABLE))


def started(folder: Path) -> Engine:
    engine = open_books(database(folder))
    assert post_plan(engine, CONSOLE, PLAN, (*BASE, *ROWS), today=ISSUED) == ()
    start_practice(engine, CONSOLE, PLAN.code, now=end_of(TODAY), started_on=ISSUED)
    return engine


def value_of(draw: Callable[..., Any], books: Books, field: Field) -> Any:
    """Any value that a form could hand over for a field, fitting or not."""
    if field.optional and draw(s.integers(0, 2)) == 0:
        return None
    if field.ref:
        codes = [each.code for each in books.all(LEDGERS[field.ref])]
        return draw(s.sampled_from(codes)) if codes else None
    if issubclass(field.kind, t.Term):
        return draw(s.sampled_from(list(field.kind)))
    return draw(
        {
            bool: s.booleans(),
            str: s.sampled_from(["甲", "乙", "某社区", "站点标准", "请拨13900000000"]),
            date: s.dates(date(2023, 6, 1), date(2026, 1, 31)),
            int: s.integers(-1, 6),
            float: s.sampled_from([-1.0, 0.0, 20.0, 35.4, 100.0, 116.3]),
        }[field.kind]
    )


def new_row(draw: Callable[..., Any], books: Books, ledger: str) -> r.Record:
    kind = LEDGERS[ledger]
    given = {f.name: value_of(draw, books, f) for f in new_fields(kind, ledger)}
    rest: dict[str, Any] = {"code": NEW, "seq": 0, "as_printed": NEW, "clause": "一"}
    rest |= EDITABLE[ledger].mark
    return kind(**{**{n: v for n, v in rest.items() if hasattr(kind, n)}, **given})


def one_edit(draw: Callable[..., Any], engine: Engine) -> None:
    books = load(engine, PLAN.code, end_of(TODAY))
    ledger, act = draw(LEDGER), draw(s.integers(0, 3))
    held = books.all(LEDGERS[ledger])
    given = (engine, CONSOLE, PLAN.code)
    if act <= 1 or not held:
        row = new_row(draw, books, ledger)
        work = Work(draw(s.sampled_from(["u", "v", "w"])), draw(s.sampled_from(t.Recurrence)))
        if isinstance(row, r.Task):
            add_task(*given, row, work)
        elif isinstance(row, r.Measure):
            add_measure(*given, row, work)
        else:
            add_row(*given, row)
        return
    row = draw(s.sampled_from(held))
    if act == 2:
        fields = open_fields(books, row)
        some = draw(s.lists(s.sampled_from(fields), max_size=3)) if fields else []
        changes = {field.name: value_of(draw, books, field) for field in some}
        change_row(*given, row, changes, seen=books.version)
    else:
        end_row(*given, row, seen=books.version)


@given(s.data())
@how(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_no_sequence_of_edits_breaks_an_invariant_or_a_verdict(data: s.DataObject) -> None:
    with TemporaryDirectory() as folder:
        engine = started(Path(folder))
        for _ in range(12):
            before = load(engine, PLAN.code, end_of(TODAY))
            try:
                one_edit(data.draw, engine)
                event("kept")
            except RefusedError:
                event("refused")
                assert load(engine, PLAN.code, end_of(TODAY)) == before
            now = load(engine, PLAN.code, end_of(TODAY))
            assert breaches(now) == ()
            judge_books(now, settings.current())
        engine.dispose()
