"""What is locked and what is open: every row of the printed plan, every ledger, every field."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.database import reading
from dashboard.ledgers.shape import LEDGERS, Field, fields_of, ledger_of
from dashboard.ledgers.tables import POSTINGS, REVISIONS
from dashboard.ledgers.terms import Term
from dashboard.posting import editing
from dashboard.posting.edit_faults import edit_faults
from dashboard.posting.editable import EDITABLE, is_printed, new_fields, open_fields
from dashboard.posting.editing import add_row, change_row, end_row
from dashboard.posting.faults import RefusedError
from dashboard.posting.plans import now_of
from dashboard.rules.calendar import end_of
from tests.books import CODE, ISSUED, Desk

PRINTED = ("task", "measure", "deadline", "responsibility", "reporting_line", "host_list", "host")
WITH_THE_PLAN = (*PRINTED, "unit")
NEVER = ("clause", "membership", "work_group", "post", "indicator")
WHOLLY_LOCKED = (*NEVER, "standard_item")
DAY = date(2023, 9, 20)


def other(books: Books, row: r.Record, field: Field) -> Any:
    """Another value of the right kind for a field."""
    now = getattr(row, field.name)
    if field.ref:
        codes = [each.code for each in books.all(LEDGERS[field.ref])]
        return next((code for code in codes if code != now), "x")
    if issubclass(field.kind, Term):
        return next(each for each in field.kind if each is not now)
    if field.kind is bool:
        return not now
    if field.kind is str:
        return "改写"
    if field.kind is date:
        return (now or DAY) + timedelta(days=1)
    return (now or 0) + 1 if field.kind in (int, float) else now_of(books.plan)


def locked(books: Books, row: r.Record) -> Iterator[Field]:
    open_ = open_fields(books, row)
    return (field for field in fields_of(type(row)) if field not in open_)


def written(desk: Desk) -> tuple[int, int]:
    with reading(desk.engine) as connection:
        return tuple(
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (POSTINGS, REVISIONS)
        )  # type: ignore[return-value]


def test_no_locked_field_of_any_printed_row_can_be_changed_and_nothing_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.at(DAY)
    books = desk.judged(DAY).books
    before = written(desk)
    # Nothing is written, so the books need be read once only; the walk is ten times as fast.
    monkeypatch.setattr(editing, "load_in", lambda *_: books)
    walked = 0
    for ledger in (*WITH_THE_PLAN, *WHOLLY_LOCKED):
        for row in books.all(LEDGERS[ledger]):
            fields = list(locked(books, row))
            given = {field.name: other(books, row, field) for field in fields}
            with pytest.raises(RefusedError) as caught:
                change_row(desk.engine, CONSOLE, CODE, row, given, seen=books.version)
            told = {fault.field for fault in caught.value.faults if "不能改写" in fault.message}
            assert told == {field.name for field in fields}, row
            walked += 1
    assert walked == sum(len(books.all(LEDGERS[name])) for name in (*WITH_THE_PLAN, *WHOLLY_LOCKED))
    assert written(desk) == before


def test_one_locked_field_among_open_ones_keeps_all_of_them_out(desk: Desk) -> None:
    desk.at(DAY)
    books = desk.judged(DAY).books
    for ledger in WITH_THE_PLAN:
        row = books.all(LEDGERS[ledger])[0]
        field = next(each for each in locked(books, row) if each.name != "known_at")
        given = {field.name: other(books, row, field), "note": "办公室备注"}
        if ledger == "responsibility":
            del given["note"]
        with pytest.raises(RefusedError, match="不能改写"):
            change_row(desk.engine, CONSOLE, CODE, row, given, seen=books.version)
        assert desk.judged(DAY).books.get(type(row), row.code) == row


def test_the_words_dates_and_units_of_the_plan_are_among_the_locked_fields(desk: Desk) -> None:
    books = desk.judged(DAY).books
    of = {
        "task": {"clause", "title", "kind", "origin"},
        "measure": {"task", "clause", "title", "force", "on_event"},
        "deadline": {"source", "recurrence", "due_on", "starts_on", "is_in_force", "measure"},
        "responsibility": {"unit", "as_printed", "role", "words", "basis"},
        "reporting_line": {"task", "measure", "indicator", "part", "is_designated", "via"},
        "host_list": {"title", "clause", "unit_word", "station_kind", "force"},
        "host": {"host_list", "unit"},
        "unit": {"name", "kind", "seq", "parent", "system", "is_collective"},
    }
    for ledger, names in of.items():
        for row in books.all(LEDGERS[ledger]):
            assert is_printed(books, row)
            assert names <= {field.name for field in locked(books, row)}, row


def test_every_printed_row_passes_the_rules_of_editing_so_that_its_open_fields_can_be_saved(
    desk: Desk,
) -> None:
    books = desk.judged(DAY).books
    for ledger in EDITABLE:
        for row in books.all(LEDGERS[ledger]):
            assert list(edit_faults(books, row)) == []


def test_an_open_field_of_each_kind_of_printed_row_can_be_saved(desk: Desk) -> None:
    desk.at(DAY)
    for ledger in WITH_THE_PLAN:
        books = desk.judged(DAY).books
        row = books.all(LEDGERS[ledger])[-1]
        if ledger == "responsibility":
            assert open_fields(books, row) == ()
            continue
        change_row(desk.engine, CONSOLE, CODE, row, {"note": "见会议纪要"}, seen=books.version)
        now = desk.judged(DAY).books.get(type(row), row.code)
        assert now == replace(row, note="见会议纪要")  # type: ignore[call-arg]


def test_no_printed_row_can_be_taken_back(desk: Desk) -> None:
    desk.at(DAY)
    books = desk.judged(DAY).books
    for ledger in (*WITH_THE_PLAN, *WHOLLY_LOCKED):
        for row in books.all(LEDGERS[ledger])[:2]:
            with pytest.raises(RefusedError, match="方案原有的内容不能撤销"):
                end_row(desk.engine, CONSOLE, CODE, row, seen=books.version)


def test_ledgers_that_only_the_plan_brings_take_no_new_rows(desk: Desk) -> None:
    desk.at(DAY)
    books = desk.judged(DAY).books
    for ledger in NEVER:
        row = books.all(LEDGERS[ledger])[0]
        with pytest.raises(RefusedError, match="只随方案载入，不能新增"):
            add_row(desk.engine, CONSOLE, CODE, replace(row, code="新"))


def test_a_new_row_asks_only_for_fields_that_its_record_has() -> None:
    for ledger in EDITABLE:
        names = [field.name for field in new_fields(LEDGERS[ledger], ledger)]
        assert len(names) == len(set(names))


def test_a_row_added_on_the_plans_own_day_of_issue_is_the_offices(desk: Desk) -> None:
    desk.at(ISSUED)
    station = r.HostList(
        code="新", title="社区名录", clause="四（二）4", seq=0, unit_word="个", total=3
    )
    code = add_row(desk.engine, CONSOLE, CODE, station)
    books = load(desk.engine, CODE, end_of(ISSUED))
    row = books.get(r.HostList, code)
    assert not is_printed(books, row)
    change_row(desk.engine, CONSOLE, CODE, row, {"title": "社区站点名录"}, seen=books.version)
    held = load(desk.engine, CODE, end_of(ISSUED)).get(r.HostList, code)
    assert held.title == "社区站点名录"
    assert ledger_of(held) == "host_list"
