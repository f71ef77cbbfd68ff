"""A book of stations is posted at once, with each row's history, or not at all."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select

from dashboard.access.audit import Filter, events
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.database import reading
from dashboard.ledgers.history import revisions_of
from dashboard.ledgers.tables import REVISIONS
from dashboard.posting.editing import change_row
from dashboard.posting.faults import RefusedError
from dashboard.posting.inspecting import Finding, Visit
from dashboard.posting.station_intake import Intake, RowChange, TakenIn, take_in
from tests.books import CODE, Desk
from tests.station_books import (
    FEW,
    POST,
    STREET,
    VILLAGE,
    ZHIFANG,
    books_of,
    books_with_stations,
    station,
)

BODY = r.ListedHost(code="本表第5行", host_list="h-school", name="第三小学", town=ZHIFANG)
NEW = r.Station(
    code="本表第5行",
    name="第三小学心理辅导室",
    kind=t.StationKind.SCHOOL,
    town=ZHIFANG,
    host_list="h-school",
    listed_host="本表第5行",
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The office with three stations."""
    return books_with_stations(tmp_path)


def take(desk: Desk, intake: Intake) -> TakenIn:
    return take_in(desk.engine, CONSOLE, CODE, intake)


def change(desk: Desk, code: str, **fields: Any) -> RowChange:
    return RowChange(station(desk, code), fields)


def visit(**findings: Finding) -> Visit:
    given = {name.replace("_", "-"): each for name, each in findings.items()}
    return Visit(station=VILLAGE, inspected_on=date(2023, 9, 20), by_post=POST, findings=given)


def postings(desk: Desk) -> int:
    """How many postings have left a revision."""
    with reading(desk.engine) as connection:
        query = select(func.count(func.distinct(REVISIONS.c.posting_id)))
        return connection.scalar(query) or 0


def refused(desk: Desk, intake: Intake) -> list[tuple[str, str | None, str]]:
    """Why nothing was posted."""
    before = books_of(desk)
    with pytest.raises(RefusedError) as caught:
        take(desk, intake)
    after = books_of(desk)
    assert after.version == before.version
    assert after.rows["station"] == before.rows["station"]
    return [(each.code, each.field, each.message) for each in caught.value.faults]


def test_all_of_a_book_is_one_posting_with_each_row_s_history(desk: Desk) -> None:
    before = postings(desk)
    intake = Intake(
        added=[BODY, NEW],
        changed=[change(desk, VILLAGE, area_m2=24.0, note=None)],
        visits=[visit(s3_02=Finding(measured=24.0))],
        seen={(VILLAGE, "s3-02"): "I000001"},
    )
    assert take(desk, intake) == TakenIn(2, 1, 1)
    assert postings(desk) == before + 1
    made = next(each for each in books_of(desk).all(r.Station) if each.name == NEW.name)
    assert made.listed_host == "LH000002"
    history = revisions_of(desk.engine, CODE, "station", VILLAGE)
    told = {(each.field, each.old, each.new) for each in history if each.field}
    assert told == {("area_m2", "16.0", "24.0"), ("note", "=1+1", None)}
    assert books_of(desk).version == history[0].posting_id
    newest = revisions_of(desk.engine, CODE, "station", made.code)[0]
    assert newest.action is t.Action.CREATE
    last = events(desk.engine, Filter(), limit=1).rows[0]
    assert last.action == "导入站点台账"
    assert last.detail is not None


def test_what_a_change_undoes_is_what_stood_before(desk: Desk) -> None:
    was = station(desk, VILLAGE)
    take(desk, Intake(changed=[change(desk, VILLAGE, town=ZHIFANG, listed_host=None)]))
    assert station(desk, VILLAGE).town == ZHIFANG
    change_row(
        desk.engine,
        CONSOLE,
        CODE,
        station(desk, VILLAGE),
        {"town": STREET},
        seen=books_of(desk).version,
    )
    assert replace(station(desk, VILLAGE), known_at=None) == replace(was, known_at=None)


def test_one_wrong_row_keeps_the_whole_book_out(desk: Desk) -> None:
    intake = Intake(
        added=[replace(NEW, listed_host=None, hotline="13900000000")],
        changed=[change(desk, VILLAGE, area_m2=24.0)],
    )
    assert ("S000004", "hotline") in {each[:2] for each in refused(desk, intake)}


def test_a_wrong_finding_keeps_the_whole_book_out(desk: Desk) -> None:
    intake = Intake(
        changed=[change(desk, VILLAGE, area_m2=24.0)],
        visits=[visit(s3_02=Finding(verdict=t.CheckVerdict.MET))],
        seen={(VILLAGE, "s3-02"): "I000001"},
    )
    ((code, field, _),) = refused(desk, intake)
    assert (code, field) == (f"{VILLAGE}/s3-02", "measured")


def test_a_field_that_was_fixed_with_its_row_stays(desk: Desk) -> None:
    body = books_of(desk).all(r.ListedHost)[0]
    intake = Intake(changed=[RowChange(body, {"host_list": "h-village"})])
    assert ("host_list", "为方案原文或登记时确定，不能改写") in [
        each[1:] for each in refused(desk, intake)
    ]


def test_whoever_looked_at_other_values_posts_nothing(desk: Desk) -> None:
    changes = [change(desk, VILLAGE, area_m2=24.0), change(desk, FEW, note="甲")]
    seen = books_of(desk).version
    change_row(desk.engine, CONSOLE, CODE, station(desk, VILLAGE), {"area_m2": 30.0}, seen=seen)
    ((code, field, message),) = refused(desk, Intake(changed=changes))
    assert (code, field) == (VILLAGE, "area_m2")
    assert message.startswith("核对之后又有人改动")


def test_an_inspection_entered_meanwhile_keeps_the_book_out(desk: Desk) -> None:
    intake = Intake(visits=[visit(s3_02=Finding(measured=24.0))], seen={(VILLAGE, "s3-02"): None})
    ((code, field, _),) = refused(desk, intake)
    assert (code, field) == (f"{VILLAGE}/s3-02", None)


def test_hundreds_of_rows_take_as_many_statements_as_a_few(desk: Desk) -> None:
    def book(first: int, number: int) -> Intake:
        names = [f"第{each}小学" for each in range(first, first + number)]
        bodies = [
            replace(BODY, code=f"本表第{each}行", name=name)
            for each, name in enumerate(names, start=5)
        ]
        rows = [
            replace(NEW, code=each.code, name=f"{each.name}辅导室", listed_host=each.code)
            for each in bodies
        ]
        return Intake(added=[*bodies, *rows])

    few, many = statements(desk, book(10, 5)), statements(desk, book(100, 400))
    assert many <= few + 4
    held = [each for each in books_of(desk).all(r.Station) if each.name.endswith("辅导室")]
    fewer = [RowChange(each, {"note": "甲"}) for each in held[:5]]
    more = [RowChange(each, {"note": "乙", "area_m2": 21.0}) for each in held[5:]]
    assert statements(desk, Intake(changed=more)) <= statements(desk, Intake(changed=fewer)) + 4
    assert {each.note for each in books_of(desk).all(r.Station)} >= {"甲", "乙"}


def statements(desk: Desk, intake: Intake) -> int:
    """How many statements a posting takes; rows of one statement go to the database together."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(desk.engine, "before_cursor_execute", note)
    try:
        take(desk, intake)
    finally:
        event.remove(desk.engine, "before_cursor_execute", note)
    return len(asked)
