"""Edits against a version: two editors, past days, practice, and the last change undone."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import load
from dashboard.ledgers.history import revisions_of
from dashboard.posting.editable import EDITABLE
from dashboard.posting.editing import (
    ConflictError,
    add_row,
    change_row,
    end_row,
)
from dashboard.posting.plans import clear_practice, now_of
from dashboard.posting.undoing import last_change
from dashboard.rules.calendar import end_of
from dashboard.rules.coverage import in_all
from tests.books import CODE, Desk
from tests.editing import DAY, OWN, added, books_of, changed


def conflict(desk: Desk, row: r.Record, seen: int, **fields: Any) -> ConflictError:
    with pytest.raises(ConflictError) as caught:
        change_row(desk.engine, CONSOLE, CODE, row, fields, seen=seen)
    return caught.value


def test_the_second_of_two_editors_is_told_and_nothing_is_half_written(office: Desk) -> None:
    station = added(office, "station", address="某路1号")
    seen = books_of(office).version
    changed(office, station, address="某路2号", note="已搬迁")
    found = conflict(office, station, seen, address="某路3号", area_m2=80.0)
    assert found.now == books_of(office).get(r.Station, station.code)
    assert {each.field: (each.old, each.new) for each in found.changes} == {
        "address": ("某路1号", "某路2号"),
        "note": (None, "已搬迁"),
    }
    assert isinstance(found.now, r.Station)
    assert (found.now.address, found.now.area_m2) == ("某路2号", None)


def test_choosing_ones_own_overwrites_only_ones_own_fields(office: Desk) -> None:
    station = added(office, "station", address="某路1号")
    seen = books_of(office).version
    changed(office, station, address="某路2号", note="已搬迁")
    found = conflict(office, station, seen, address="某路3号")
    assert found.now is not None
    change_row(office.engine, CONSOLE, CODE, found.now, {"address": "某路3号"}, seen=found.version)
    now = books_of(office).get(r.Station, station.code)
    assert (now.address, now.note) == ("某路3号", "已搬迁")


def test_a_third_editor_between_conflict_and_choice_is_told_of_too(office: Desk) -> None:
    station = added(office, "station")
    seen = books_of(office).version
    changed(office, station, note="甲")
    found = conflict(office, station, seen, note="乙")
    assert found.now is not None
    changed(office, station, note="丙")
    again = conflict(office, found.now, found.version, note="乙")
    assert [each.new for each in again.changes] == ["丙"]


def test_changes_of_other_rows_are_no_conflict(office: Desk) -> None:
    first, second = added(office, "station"), added(office, "station")
    seen = books_of(office).version
    changed(office, second, note="甲")
    change_row(office.engine, CONSOLE, CODE, first, {"note": "乙"}, seen=seen)
    assert books_of(office).get(r.Station, first.code).note == "乙"


def test_a_row_ended_meanwhile_is_a_conflict_without_a_row(office: Desk) -> None:
    station = added(office, "station")
    seen = books_of(office).version
    end_row(office.engine, CONSOLE, CODE, station, seen=seen)
    found = conflict(office, station, seen, note="乙")
    assert found.now is None
    assert str(found).endswith("在您打开之后撤销了这一行，没有保存。")
    with pytest.raises(ConflictError):
        end_row(office.engine, CONSOLE, CODE, station, seen=seen)


def test_of_two_that_save_at_once_exactly_one_wins(office: Desk) -> None:
    station = added(office, "station")
    for turn in range(5):
        seen, barrier, ends = books_of(office).version, Barrier(2), list[str]()

        def save(text: str, seen: int, barrier: Barrier, ends: list[str]) -> None:
            barrier.wait()
            try:
                change_row(office.engine, CONSOLE, CODE, station, {"note": text}, seen=seen)
                ends.append(text)
            except ConflictError:
                ends.append("冲突")

        given = (seen, barrier, ends)
        both = [Thread(target=save, args=(f"{who}{turn}", *given)) for who in "甲乙"]
        for each in both:
            each.start()
        for each in both:
            each.join()
        (won,) = [each for each in ends if each != "冲突"]
        assert len(ends) == 2
        assert books_of(office).get(r.Station, station.code).note == won


# Time


def test_yesterday_shows_the_row_as_it_was(desk: Desk) -> None:
    desk.at(DAY - timedelta(days=1))
    line = next(e for e in desk.judged(DAY).books.all(r.ReportingLine) if e.part is t.Part.TOTAL)
    listed = desk.judged(DAY).books.all(r.HostList)[0]
    desk.at(DAY)
    changed(desk, line, unit="u-czj", note="改由财政汇总")
    changed(desk, listed, year=2024)
    code = added(desk, "unit").code
    then = load(desk.engine, CODE, end_of(DAY - timedelta(days=1)))
    assert then.get(r.ReportingLine, line.code) == line
    assert then.get(r.HostList, listed.code) == listed
    assert then.find(r.Unit, code) is None
    assert books_of(desk).get(r.ReportingLine, line.code).unit == "u-czj"


def test_a_row_taken_back_today_still_stands_yesterday(desk: Desk) -> None:
    desk.at(DAY - timedelta(days=1))
    station = add_row(desk.engine, CONSOLE, CODE, OWN["station"])
    desk.at(DAY)
    books = books_of(desk)
    end_row(desk.engine, CONSOLE, CODE, books.get(r.Station, station), seen=books.version)
    assert books_of(desk).find(r.Station, station) is None
    assert load(desk.engine, CODE, end_of(DAY - timedelta(days=1))).find(r.Station, station)


def test_edits_under_the_practice_clock_vanish_with_clearing(office: Desk) -> None:
    before = books_of(office)
    for ledger in EDITABLE:
        added(office, ledger)
    for kind in (r.HostList, r.Unit, r.ReportingLine, r.Task):
        changed(office, books_of(office).all(kind)[0], note="演示时写的")
    gone = added(office, "contact", post="另一岗位")
    end_row(office.engine, CONSOLE, CODE, gone, seen=books_of(office).version)
    clear_practice(office.engine, CONSOLE, CODE)
    after = load(office.engine, CODE, now_of(office.plan()))
    assert {k: v for k, v in after.rows.items() if k != "plan"} == {
        k: v for k, v in before.rows.items() if k != "plan"
    }
    assert revisions_of(office.engine, CODE, "contact", gone.code) == ()


def test_a_host_list_moves_the_coverage_at_once(office: Desk) -> None:
    row = added(office, "host_list", station_kind=t.StationKind.COMMUNITY, total=3)
    now = books_of(office)
    assert in_all(now, now.get(r.HostList, row.code), DAY).obliged == 3
    changed(office, row, total=5)
    now = books_of(office)
    assert in_all(now, now.get(r.HostList, row.code), DAY).obliged == 5


# Taking back the last change


def test_the_last_change_is_taken_back_under_the_same_version_check(office: Desk) -> None:
    station = added(office, "station", address="某路1号")
    now = changed(office, station, address="某路2号", area_m2=60.0)

    def last() -> Any:
        books = books_of(office)
        held = books.get(r.Station, station.code)
        return last_change(books, held, revisions_of(office.engine, CODE, "station", station.code))

    found = last()
    assert found.old == {"address": "某路1号", "area_m2": None}
    change_row(office.engine, CONSOLE, CODE, now, found.old, seen=found.version)
    assert books_of(office).get(r.Station, station.code) == station
    again = last()
    assert again.old == {"address": "某路2号", "area_m2": 60.0}
    changed(office, station, note="另一人写的")
    with pytest.raises(ConflictError):
        change_row(office.engine, CONSOLE, CODE, station, again.old, seen=again.version)


def test_a_new_row_and_a_closing_have_no_change_to_take_back(office: Desk) -> None:
    station = added(office, "station")
    changes = revisions_of(office.engine, CODE, "station", station.code)
    assert last_change(books_of(office), station, changes) is None
    assert last_change(books_of(office), station, ()) is None
    closing = replace(changes[0], action=t.Action.CHANGE, field="ended_at", old=None)
    assert last_change(books_of(office), station, [closing]) is None


def test_what_followed_is_set_back_with_what_it_followed(office: Desk) -> None:
    task = added(office, "task")
    (line,) = books_of(office).by(r.ReportingLine, "task")[task.code]
    now = changed(office, line, unit="u-czj")
    changes = revisions_of(office.engine, CODE, "reporting_line", line.code)
    found = last_change(books_of(office), now, changes)
    assert found is not None
    assert found.old == {"unit": "u-wjj"}
    change_row(office.engine, CONSOLE, CODE, now, found.old, seen=found.version)
    assert books_of(office).get(r.ReportingLine, line.code) == line


def test_nothing_given_changes_nothing(office: Desk) -> None:
    station = added(office, "station")
    change_row(office.engine, CONSOLE, CODE, station, {}, seen=books_of(office).version)
    assert len(revisions_of(office.engine, CODE, "station", station.code)) == 1
