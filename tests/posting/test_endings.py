"""Rows of the office's own are taken back with what was arranged for them, or kept."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.posting.editing import (
    end_row,
)
from tests.books import CODE, Desk
from tests.editing import DAY, added, books_of, changed, faults, fitting
from tests.people import person


def test_what_was_arranged_for_a_task_goes_with_it_and_nothing_else(office: Desk) -> None:
    before = books_of(office)
    task = added(office, "task")
    (measure,) = books_of(office).by(r.Measure, "task")[task.code]
    added(office, "milestone", task=task.code, measure=measure.code)
    end_row(office.engine, CONSOLE, CODE, task, seen=books_of(office).version)
    assert books_of(office).rows == before.rows


def test_a_task_with_a_filing_a_problem_or_what_waits_for_it_stays(office: Desk) -> None:
    task = added(office, "task")
    books = books_of(office)
    (line,) = books.by(r.ReportingLine, "task")[task.code]

    def why() -> str:
        version = books_of(office).version
        return faults(lambda: end_row(office.engine, CONSOLE, CODE, task, seen=version))[0][1]

    (measure,) = books.by(r.Measure, "task")[task.code]
    waiting = added(office, "deadline", after=measure.code)
    assert why() == "还有时限1行与它关联，请先处理"
    end_row(office.engine, CONSOLE, CODE, waiting, seen=books_of(office).version)
    added(office, "problem", task=task.code)
    assert why() == "还有问题清单1行与它关联，请先处理"
    office.file(line.code, 10.0, DAY)
    assert why().startswith("已有填报，不能撤销")
    assert books_of(office).find(r.Task, task.code) is not None


def test_a_unit_goes_with_its_contacts_but_not_while_it_is_used_or_has_an_account(
    office: Desk,
) -> None:
    unit = added(office, "unit")
    contact = added(office, "contact", unit=unit.code)
    station = added(office, "station", unit=unit.code)

    def end() -> None:
        end_row(office.engine, CONSOLE, CODE, unit, seen=books_of(office).version)

    assert faults(end) == [(None, "还有站点台账1行与它关联，请先处理")]
    changed(office, station, unit=None)
    person(office.engine, t.AccountRole.LIAISON, unit.code)
    assert faults(end)[0][1] == "还有1个账号属于该单位，请先由系统管理员调整"
    assert books_of(office).find(r.Contact, contact.code) is not None


def test_problems_and_directives_are_closed_and_never_taken_back(office: Desk) -> None:
    for ledger in ("problem", "directive"):
        row, version = added(office, ledger), books_of(office).version
        end = partial(end_row, office.engine, CONSOLE, CODE, row, seen=version)
        assert faults(end) == [(None, "登记后不能撤销，请按程序办结")]


@pytest.mark.parametrize(
    ("ledger", "closed"),
    [
        (
            "problem",
            {
                "state": t.ProblemState.CLOSED,
                "checked_by": "核查岗",
                "check_opinion": "属实",
                "closed_on": DAY,
            },
        ),
        ("directive", {"state": t.DirectiveState.CLOSED, "closed_on": DAY}),
    ],
)
def test_what_is_closed_is_not_changed(office: Desk, ledger: str, closed: dict[str, Any]) -> None:
    row = replace(fitting(books_of(office), ledger), code="X1", **closed)
    office.add(DAY, row)
    held = books_of(office).get(type(row), "X1")
    field = "progress" if ledger == "problem" else "closing_standard"
    given: dict[str, Any] = {field: "再写一句"}
    assert faults(lambda: changed(office, held, **given)) == [(field, "已办结，不能修改")]


def test_a_state_cannot_be_slipped_in_as_a_field(office: Desk) -> None:
    problem = added(office, "problem")
    assert faults(lambda: changed(office, problem, state=t.ProblemState.CLOSED))[0][0] == "state"
    directive = added(office, "directive")
    assert faults(lambda: changed(office, directive, register_no="1"))[0][0] == "register_no"
