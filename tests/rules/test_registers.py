"""登记序号 run within a year and kind, and `guatu check` says where they do not."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import SupervisionKind
from dashboard.rules.invariants import registers_run_without_gaps
from tests.books import snapshot

DAY = date(2023, 9, 22)


def letter(
    number: int, year: int = 2023, kind: SupervisionKind = SupervisionKind.LETTER
) -> r.Record:
    return r.Supervision(
        code=f"{kind.value}{year}{number}",
        kind=kind,
        year=year,
        number=number,
        unit="u",
        reason="亮红灯",
        demand="报推进计划",
        issued_on=date(year, 9, 1),
        issued_by="专班办公室",
    )


def faults(*rows: r.Record) -> list[str]:
    return list(registers_run_without_gaps(snapshot(rows, DAY)))


def test_each_kind_and_year_counts_for_itself() -> None:
    order = letter(1, kind=SupervisionKind.ORDER)
    assert faults(letter(1), letter(2), order, letter(1, year=2024)) == []


@pytest.mark.parametrize("numbers", [(2,), (1, 3), (1, 1)])
def test_a_gap_and_a_double_number_are_named(numbers: tuple[int, ...]) -> None:
    rows = [replace(letter(number), code=f"S{place}") for place, number in enumerate(numbers)]
    assert faults(*rows) == ["2023年提醒函：登记序号应从1起连续编排，不重不漏"]
