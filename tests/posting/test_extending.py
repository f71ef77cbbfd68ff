"""延期: a date moves only later, by a post and on a basis, and the old one stays to be seen."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.access.rights import ForbiddenError
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.history import revisions_of
from dashboard.posting.editable import open_fields
from dashboard.posting.editing import change_row, end_row
from dashboard.posting.extending import can_extend, extend_deadline, take_back_extension
from dashboard.posting.faults import RefusedError
from dashboard.posting.persons import names_a_person
from dashboard.posting.plans import clear_practice, post_plan
from dashboard.posting.undoing import last_change
from dashboard.reports.whole_plan import whole_plan
from dashboard.rules.calendar import end_of
from dashboard.rules.invariants import breaches
from dashboard.rules.questions import questions
from dashboard.rules.verdicts import Light
from dashboard.sheets.plan_folder import read_folder, write_folder
from tests.books import CODE, ISSUED, Desk, database
from tests.people import person, refusals

JULY, PARTNERS, STAFF = "d-4-1-july", "d-4-5-partners", "d-4-6-staff"
WAS, DAY = date(2023, 10, 31), date(2023, 9, 20)
LATER = date(2023, 11, 30)
GIVEN: dict[str, Any] = {"approved_by": "县政府常务会议", "approval": "县政府第18次常务会议纪要"}


def extend(desk: Desk, code: str = PARTNERS, due_on: date = LATER, **more: Any) -> str:
    return extend_deadline(desk.engine, CONSOLE, CODE, code, due_on=due_on, **{**GIVEN, **more})


def books_on(desk: Desk, day: date) -> Books:
    return load(desk.engine, CODE, end_of(day))


def fault(desk: Desk, code: str = PARTNERS, **more: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        extend(desk, code, **more)
    assert all(
        each.is_in_force for each in books_on(desk, DAY).all(r.Deadline) if each.code == code
    )
    return "；".join(each.message for each in refused.value.faults)


# What it does


def test_the_approved_date_counts_and_the_old_one_stays_out_of_force(office: Desk) -> None:
    code = extend(office)
    books = books_on(office, DAY)
    old, new = books.get(r.Deadline, PARTNERS), books.get(r.Deadline, code)
    assert (old.due_on, old.is_in_force) == (WAS, False)
    assert (new.due_on, new.is_in_force, new.moved_from) == (LATER, True, PARTNERS)
    assert (new.source, new.approved_by) == (t.DeadlineSource.EXTENDED, GIVEN["approved_by"])
    assert (new.indicator, new.measure, new.after) == (old.indicator, old.measure, old.after)


def test_the_light_follows_the_approved_date_to_the_day(office: Desk) -> None:
    item = "i-4-5-partners"
    assert office.item(item, WAS + timedelta(days=1)).due_on == WAS
    extend(office)
    assert not office.item(item, WAS + timedelta(days=1)).verdict.is_overdue
    assert not office.item(item, LATER).verdict.is_overdue
    after = office.item(item, LATER + timedelta(days=1))
    assert after.verdict.is_overdue
    assert after.verdict.light is Light.RED


def test_yesterday_shows_the_old_date(office: Desk) -> None:
    office.at(DAY + timedelta(days=1))
    code = extend(office)
    before = books_on(office, DAY)
    assert before.find(r.Deadline, code) is None
    assert before.get(r.Deadline, PARTNERS).is_in_force
    assert office.item("i-4-5-partners", DAY).due_on == WAS
    assert office.item("i-4-5-partners", DAY + timedelta(days=1)).due_on == LATER


def test_an_extended_date_may_be_extended_again(office: Desk) -> None:
    first = extend(office)
    extend(office, first, date(2023, 12, 31), approval="县政府第21次常务会议纪要")
    assert office.item("i-4-5-partners", DAY).due_on == date(2023, 12, 31)


def test_a_moved_date_is_no_difference_between_dates(office: Desk) -> None:
    def asked() -> list[str]:
        found = questions(books_on(office, DAY))
        return [each.now for each in found if each.kind == "时限不一致"]

    before = asked()
    extend(office)
    assert asked() == before


def test_an_approved_date_settles_two_printed_ones_that_differ(office: Desk) -> None:
    def asked() -> int:
        found = questions(books_on(office, DAY))
        return sum(each.kind == "时限不一致" for each in found)

    before = asked()
    extend(office, JULY, LATER)
    assert asked() == before - 1


def test_the_office_s_own_date_is_extended_the_same_way(office: Desk) -> None:
    own = r.Deadline(
        code="DL000001",
        task="t-4-1",
        clause="四（一）",
        source=t.DeadlineSource.OFFICE,
        measure="m-4-1-1",
        due_on=LATER,
    )
    office.add(DAY, own)
    code = extend(office, own.code, LATER + timedelta(days=1))
    assert books_on(office, DAY).get(r.Deadline, code).source is t.DeadlineSource.EXTENDED


def test_an_extension_breaks_no_invariant(office: Desk) -> None:
    before = breaches(books_on(office, DAY))
    extend(office)
    assert breaches(books_on(office, DAY)) == before


# What it refuses


@pytest.mark.parametrize(
    ("due_on", "refused"),
    [
        (WAS - timedelta(days=1), True),
        (WAS, True),
        (WAS + timedelta(days=1), False),
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
    ],
)
def test_the_new_date_lies_after_the_old_one_and_within_the_plan(
    office: Desk, due_on: date, refused: bool
) -> None:
    if refused:
        assert "时限" in fault(office, due_on=due_on) or "方案止期" in fault(office, due_on=due_on)
    else:
        assert extend(office, due_on=due_on)


@pytest.mark.parametrize("name", ["approved_by", "approval"])
@pytest.mark.parametrize("blank", ["", "  "])
def test_who_approved_it_and_on_what_basis_must_be_said(
    office: Desk, name: str, blank: str
) -> None:
    assert "请填写批准" in fault(office, **{name: blank})


@pytest.mark.parametrize("person_", ["张伟", "王县长", "李强书记", "副县长李强"])
def test_who_approved_it_is_a_post_and_no_person(office: Desk, person_: str) -> None:
    assert "不填写姓名" in fault(office, approved_by=person_)


@pytest.mark.parametrize(
    "post",
    [
        "县政府常务会议",
        "县委书记",
        "常务副县长",
        "党组书记",
        "梁山县副县长",
        "县长办公会",
        "马集镇党委书记",
    ],
)
def test_posts_and_meetings_are_no_persons(post: str) -> None:
    assert not names_a_person(post)


def test_an_identity_number_is_refused_in_the_basis(office: Desk) -> None:
    assert "身份证号" in fault(office, approval="批准人11010519491231002X")


def test_what_comes_again_is_not_extended(office: Desk) -> None:
    books = books_on(office, DAY)
    again = next(e for e in books.all(r.Deadline) if e.recurrence is not t.Recurrence.ONCE)
    assert "周期性" in fault(office, again.code)
    assert not can_extend(again)


def test_a_date_held_beside_the_one_in_force_is_not_extended(office: Desk) -> None:
    with pytest.raises(RefusedError, match="不是现行时限"):
        extend(office, "d-4-1-year", date(2024, 6, 30))


def test_one_year_s_share_is_carried_and_not_extended_over_the_year(office: Desk) -> None:
    assert "结转下年" in fault(office, "d-4-6-trained-2023", due_on=date(2024, 1, 1))


def test_the_second_of_two_writers_is_told_what_the_first_did(office: Desk) -> None:
    extend(office, seen=WAS)
    with pytest.raises(RefusedError, match="已由县政府常务会议批准延期至2023年11月30日"):
        extend(office, seen=WAS, due_on=date(2023, 12, 15))
    assert office.item("i-4-5-partners", DAY).due_on == LATER


def test_a_date_that_was_changed_meanwhile_is_not_moved_unseen(office: Desk) -> None:
    with pytest.raises(RefusedError, match="请刷新"):
        extend(office, seen=WAS - timedelta(days=1))


def test_an_unknown_deadline_is_refused(office: Desk) -> None:
    with pytest.raises(RefusedError, match="不存在"):
        extend(office, "d-none")


@pytest.mark.parametrize("role", [t.AccountRole.LIAISON, t.AccountRole.LEADER])
def test_only_the_office_registers_and_takes_back_an_extension(
    office: Desk, role: t.AccountRole
) -> None:
    code = extend(office)
    units = ("u-wjj",) if role is t.AccountRole.LIAISON else ()
    viewer = person(office.engine, role, *units)
    with pytest.raises(ForbiddenError):
        extend_deadline(
            office.engine, viewer, CODE, code, due_on=LATER + timedelta(days=1), **GIVEN
        )
    with pytest.raises(ForbiddenError):
        take_back_extension(office.engine, viewer, CODE, code)
    assert [act for _, act, _ in refusals(office.engine)] == ["登记延期", "撤回延期"]


# Around it


def test_a_moved_date_of_the_office_s_own_can_no_longer_be_changed_or_taken_back(
    office: Desk,
) -> None:
    own = r.Deadline(
        code="DL000001",
        task="t-4-1",
        clause="四（一）",
        source=t.DeadlineSource.OFFICE,
        measure="m-4-1-1",
        due_on=LATER,
    )
    office.add(DAY, own)
    extend(office, own.code, LATER + timedelta(days=1))
    books = books_on(office, DAY)
    held = books.get(r.Deadline, own.code)
    assert [field.name for field in open_fields(books, held)] == ["note"]
    changes = revisions_of(office.engine, CODE, "deadline", own.code)
    assert last_change(books, held, changes) is None
    given = (office.engine, CONSOLE, CODE, held)
    with pytest.raises(RefusedError):
        change_row(*given, {"is_in_force": True}, seen=books.version)
    with pytest.raises(RefusedError):
        end_row(*given, seen=books.version)


def test_of_an_approved_date_only_the_note_is_open(office: Desk) -> None:
    code = extend(office)
    books = books_on(office, DAY)
    row = books.get(r.Deadline, code)
    assert [field.name for field in open_fields(books, row)] == ["note"]
    with pytest.raises(RefusedError):
        change_row(office.engine, CONSOLE, CODE, row, {"due_on": WAS}, seen=books.version)


def test_an_extension_entered_wrongly_is_taken_back_and_leaves_its_history(office: Desk) -> None:
    code = extend(office)
    office.at(DAY + timedelta(days=1))
    assert take_back_extension(office.engine, CONSOLE, CODE, code, seen=LATER) == PARTNERS
    after = books_on(office, DAY + timedelta(days=1))
    assert after.find(r.Deadline, code) is None
    assert after.get(r.Deadline, PARTNERS).is_in_force
    assert books_on(office, DAY).get(r.Deadline, code).due_on == LATER


def test_only_the_last_of_several_extensions_is_taken_back(office: Desk) -> None:
    first = extend(office)
    second = extend(office, first, date(2023, 12, 31))
    with pytest.raises(RefusedError, match="已由"):
        take_back_extension(office.engine, CONSOLE, CODE, first)
    assert take_back_extension(office.engine, CONSOLE, CODE, second) == first


def test_a_printed_date_is_no_extension_to_take_back(office: Desk) -> None:
    with pytest.raises(RefusedError, match="不是登记的延期"):
        take_back_extension(office.engine, CONSOLE, CODE, PARTNERS)


def test_clearing_practice_data_brings_the_printed_date_back(office: Desk) -> None:
    first = extend(office)
    extend(office, first, date(2023, 12, 31))
    clear_practice(office.engine, CONSOLE, CODE)
    held = books_on(office, DAY).by(r.Deadline, "indicator")["i-4-5-partners"]
    assert [(each.code, each.is_in_force) for each in held] == [(PARTNERS, True)]


# Out and in again


def test_a_plan_with_moved_dates_comes_through_a_folder_unchanged(
    office: Desk, tmp_path: Path
) -> None:
    extend(office)
    books = books_on(office, DAY)
    out = tmp_path / "out"
    rows = [row for held in books.rows.values() for row in held]
    write_folder(out, books.plan, rows)
    folder, problems = read_folder(out)
    assert folder is not None, problems
    (tmp_path / "second").mkdir()
    again: Engine = open_books(database(tmp_path / "second"))
    assert post_plan(again, CONSOLE, folder.plan, folder.rows, today=ISSUED) == ()
    loaded = load(again, folder.plan.code, end_of(DAY))

    def told(held: Books) -> list[tuple[object, ...]]:
        rows = held.all(r.Deadline)
        return sorted(
            (e.code, str(e.due_on), e.is_in_force, str(e.moved_from), str(e.approved_by))
            for e in rows
        )

    assert told(loaded) == told(books)


def test_the_whole_plan_s_file_holds_both_dates(office: Desk) -> None:
    code = extend(office)
    text = whole_plan(office.judged(DAY), ()).decode()
    assert f'"code": "{code}"' in text or f'"id": "{code}"' in text
    assert PARTNERS in text
    assert GIVEN["approval"] in text
