"""The office's own rows: added with what follows, by right, and without personal data."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from dashboard import settings
from dashboard.access.rights import ForbiddenError, Reach, Right, reach
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.shape import fields_of
from dashboard.posting.editable import EDITABLE, right_for
from dashboard.posting.editing import (
    add_row,
    end_row,
)
from dashboard.posting.faults import NEW
from dashboard.rules.invariants import breaches
from dashboard.rules.judgement import judge_books
from tests.books import CODE, Desk
from tests.editing import DAY, MEASURE, TASK, WORK, added, books_of, changed, edited, faults
from tests.people import person, refusals


def test_a_row_of_every_ledger_is_added_changed_and_known_as_the_offices(office: Desk) -> None:
    for ledger in EDITABLE:
        row = added(office, ledger)
        name, text = edited(books_of(office), row)
        now = changed(office, row, **{name: text})
        assert getattr(now, name) == text
        assert breaches(books_of(office)) == ()


def test_a_task_of_the_offices_own_comes_with_its_lead_measure_line_and_date(office: Desk) -> None:
    task = added(office, "task")
    books = books_of(office)
    (measure,) = books.by(r.Measure, "task")[task.code]
    (duty,) = books.by(r.Responsibility, "task")[task.code]
    (line,) = books.by(r.ReportingLine, "task")[task.code]
    (due,) = books.by(r.Deadline, "task")[task.code]
    assert (task.origin, measure.title) == (t.Origin.OFFICE, TASK.title)  # type: ignore[attr-defined]
    assert (duty.role, duty.unit, duty.as_printed) == (t.Role.LEAD, "u-wjj", "县卫生健康局")
    assert (line.part, line.unit, line.is_designated) == (t.Part.TOTAL, "u-wjj", False)
    assert (due.due_on, due.source, due.measure) == (
        WORK.due_on,
        t.DeadlineSource.OFFICE,
        measure.code,
    )
    judged = judge_books(books, settings.current())
    assert task.code in {each.task.code for each in judged.tasks}


def test_a_measure_on_a_printed_task_marks_who_sums_up_without_leading(office: Desk) -> None:
    measure = added(office, "measure")
    books = books_of(office)
    (line,) = books.by(r.ReportingLine, "measure")[measure.code]
    leads = {e.unit for e in books.by(r.Responsibility, "task")["t-4-1"] if e.role is t.Role.LEAD}
    assert line.is_designated == ("u-wjj" not in leads)


def test_a_milestone_of_an_indicator_knows_the_indicators_measure(office: Desk) -> None:
    indicator = next(each for each in books_of(office).all(r.Indicator) if each.measure)
    row = added(
        office, "milestone", task=indicator.task, measure=None, indicator=indicator.code, value=1.0
    )
    assert row.measure == indicator.measure  # type: ignore[attr-defined]


def test_codes_go_on_counting(office: Desk) -> None:
    first, second = added(office, "host_list"), added(office, "host_list")
    assert int(second.code[-6:]) == int(first.code[-6:]) + 1


# Who sums up


def test_another_unit_that_sums_up_is_marked_by_whether_it_leads(office: Desk) -> None:
    task = added(office, "task")
    (line,) = books_of(office).by(r.ReportingLine, "task")[task.code]
    assert changed(office, line, unit="u-czj").is_designated  # type: ignore[attr-defined]
    assert not changed(office, line, unit="u-wjj").is_designated  # type: ignore[attr-defined]


def test_the_mark_follows_when_the_lead_comes_changes_and_goes(office: Desk) -> None:
    task = added(office, "task")
    (line,) = books_of(office).by(r.ReportingLine, "task")[task.code]
    line = changed(office, line, unit="u-czj")  # type: ignore[assignment]
    row = added(office, "responsibility", task=task.code, measure=None, role=t.Role.LEAD)

    def mark() -> bool:
        return books_of(office).get(r.ReportingLine, line.code).is_designated

    assert not mark()
    row = changed(office, row, role=t.Role.SUPPORT)
    assert mark()
    row = changed(office, row, role=t.Role.LEAD)
    end_row(office.engine, CONSOLE, CODE, row, seen=books_of(office).version)
    assert mark()


def test_there_is_never_a_second_nor_a_missing_unit_that_sums_up(office: Desk) -> None:
    task = added(office, "task")
    (line,) = books_of(office).by(r.ReportingLine, "task")[task.code]
    second = replace(line, code=NEW, unit="u-czj")
    assert faults(lambda: add_row(office.engine, CONSOLE, CODE, second)) == [
        ("part", "已有汇总单位；如需更换，请修改原来那一行")
    ]
    version = books_of(office).version
    assert faults(lambda: end_row(office.engine, CONSOLE, CODE, line, seen=version)) == [
        (None, "每个事项须有1个汇总单位，不能撤销；如需更换，请修改填报单位")
    ]
    bare = replace(MEASURE, title="没有汇总单位的措施")
    (found,) = faults(lambda: add_row(office.engine, CONSOLE, CODE, bare))
    assert "应恰有1个汇总单位，现有0个" in found[1]


def test_a_share_with_filings_stays_with_its_unit(office: Desk) -> None:
    line = added(office, "reporting_line")
    office.file(line.code, 10.0, DAY)
    version = books_of(office).version
    assert faults(lambda: changed(office, line, unit="u-gaj"))[0][1].startswith("原单位已有填报")
    assert faults(lambda: end_row(office.engine, CONSOLE, CODE, line, seen=version)) == [
        (None, "已有填报，不能撤销；可在备注中写明不再推进的原因")
    ]


# Rights


@pytest.mark.parametrize(
    "role", [role for role in t.AccountRole if role is not t.AccountRole.LOCAL]
)
def test_each_ledger_asks_for_its_own_right(office: Desk, role: t.AccountRole) -> None:
    rows = {ledger: added(office, ledger) for ledger in EDITABLE}
    units = ("u-wjj",) if role is t.AccountRole.LIAISON else ()
    viewer = person(office.engine, role, *units)
    for ledger, row in rows.items():
        name, text = edited(books_of(office), row)
        if reach(role, EDITABLE[ledger].right) is Reach.ALL:
            assert getattr(changed(office, row, by=viewer, **{name: text}), name) == text
            continue
        before = books_of(office)
        with pytest.raises(ForbiddenError):
            changed(office, row, by=viewer, **{name: text})
        with pytest.raises(ForbiddenError):
            end_row(office.engine, viewer, CODE, row, seen=before.version)
        with pytest.raises(ForbiddenError):
            add_row(office.engine, viewer, CODE, row)
        assert books_of(office).rows == before.rows
        assert refusals(office.engine)[-1][0] is not None


def test_an_instruction_asks_for_the_right_of_the_row_that_stands(office: Desk) -> None:
    instruction = added(
        office, "directive", register_no="2023-017", source=t.DirectiveSource.LEADER
    )
    plain = added(office, "directive")
    leader = person(office.engine, t.AccountRole.LEADER)
    assert right_for(instruction) is Right.REGISTER_INSTRUCTION
    changed(office, instruction, by=leader, closing_standard="报专题材料")
    with pytest.raises(ForbiddenError):
        changed(office, replace(plain, register_no="2023-018"), by=leader, closing_standard="x")  # type: ignore[call-arg]
    assert books_of(office).get(r.Directive, plain.code) == plain


# What no text may hold


def test_identity_numbers_and_mobiles_are_stopped_in_every_open_text(office: Desk) -> None:
    for ledger in EDITABLE:
        row = added(office, ledger)
        for field in fields_of(type(row)):
            if field.kind is not str or field.ref or field.name not in EDITABLE[ledger].open_:
                continue
            texts = ["证号110101199003071234"]
            texts += [] if field.private else ["请拨13900000000"]
            for text in texts:
                given: dict[str, Any] = {field.name: text}
                (found, *_) = faults(partial(changed, office, row, **given))
                assert found[0] == field.name
                assert "疑似含有" in found[1]


def test_a_contacts_telephone_takes_a_mobile_and_nothing_that_is_no_number(office: Desk) -> None:
    contact = added(office, "contact")
    assert changed(office, contact, telephone="0537-1234567").telephone == "0537-1234567"  # type: ignore[attr-defined]
    assert faults(lambda: changed(office, contact, telephone="问总机"))[0][0] == "telephone"
    assert faults(lambda: changed(office, contact, telephone="110101199003071234"))
