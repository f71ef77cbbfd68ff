"""What a meeting leaves each unit with: one text to paste, none without need."""

import re
from datetime import date
from typing import Any

import pytest

from dashboard import settings
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.rules.handing_out import unit_text
from tests.books import OTHER, UNIT, Said, deadline, judged, line, measure, said
from tests.meetings import FRIDAY, WEEK, decided, directive, instruction

MONDAY = date(2023, 9, 25)


def text_of(
    *rows: r.Record, on: date = FRIDAY, words: tuple[Said, ...] = (), unit: r.Unit = UNIT
) -> str:
    judgement = judged(rows, on, *words)
    round_ = next(each for each in judgement.rounds if each.code == WEEK)
    return unit_text(judgement, judgement.books, round_, unit, settings.current())


def slip(**fields: Any) -> r.Supervision:
    given = {
        "kind": t.SupervisionKind.ORDER,
        "year": 2023,
        "number": 3,
        "unit": "u",
        "reason": "任务滞后",
        "demand": "请报送推进计划。",
        "issued_on": date(2023, 9, 18),
        "issued_by": "专班办公室主任",
        "due_on": date(2023, 9, 25),
    }
    return r.Supervision(code="SV1", **{**given, **fields})


WEEKLY = (measure(), deadline(date(2024, 6, 30)), line(cadence=t.Recurrence.WEEKLY))
MATTERS = pytest.mark.parametrize("state", ["ANSWERED", "CLOSED"])


# Who gets one


def test_a_unit_with_nothing_due_gets_no_text() -> None:
    assert text_of() == ""
    assert text_of(decided(), slip(), *WEEKLY, unit=OTHER) == ""


@MATTERS
def test_what_does_not_wait_for_the_unit_is_not_told(state: str) -> None:
    done = {"state": t.DirectiveState[state]}
    rows = (decided(**done), directive(**done), slip(state=t.SupervisionState[state]))
    assert text_of(*rows) == ""


def test_an_instruction_is_never_told() -> None:
    rows = (instruction("D6", WEEK, issued_on=FRIDAY), instruction())
    assert text_of(*rows) == ""
    assert "批示" not in text_of(*rows, decided())


# What it says


def test_the_text_names_meeting_and_unit_and_ends_with_office_and_day() -> None:
    lines = text_of(decided()).split("\n")
    assert lines[0] == "【周调度事项】第16次调度（9月18日—9月24日）"
    assert lines[1] == f"{UNIT.name}："
    assert lines[-2:] == [settings.current().office.name, "2023年9月22日"]


def test_a_decision_is_told_with_date_and_closing_standard() -> None:
    lines = text_of(decided(matter="落实场所。", closing_standard="签订协议。")).split("\n")
    assert lines[2:4] == [
        "一、本次议定事项（1项）",
        "1.落实场所，9月28日前办结，办结标准：签订协议。",
    ]


def test_older_matters_and_orders_follow_with_the_most_urgent_first() -> None:
    lines = text_of(decided(), directive(), slip()).split("\n")
    assert lines[4:7] == [
        "二、此前交办、督办未反馈事项（2项）",
        "1.督办单2023年第3号，9月25日前办结，办理要求：请报送推进计划。",
        "2.落实活动场所，9月28日前办结，办结标准：签订场地协议。",
    ]


def test_a_date_in_another_year_is_written_with_it() -> None:
    assert "2024年1月31日前办结" in text_of(decided(due_on=date(2024, 1, 31)))


@pytest.mark.parametrize("matter", [decided(due_on=MONDAY), directive(due_on=MONDAY), slip()])
def test_a_matter_is_overdue_from_the_day_after_and_not_on_the_day(matter: r.Record) -> None:
    assert "9月25日前办结，办" in text_of(matter, on=MONDAY)
    assert "9月25日前办结，已逾期，办" in text_of(matter, on=date(2023, 9, 26))


def test_an_order_without_a_date_and_a_decision_without_a_standard_say_no_more_than_that() -> None:
    lines = text_of(slip(due_on=None), decided(closing_standard=None)).split("\n")
    assert lines[3] == "1.落实活动场所，9月28日前办结。"
    assert lines[5] == "1.督办单2023年第3号，办理要求：请报送推进计划。"


def test_what_was_not_filed_is_called_for_and_what_was_filed_is_not() -> None:
    assert "一、未报送事项（1项）\n1.具体措施，请尽快补报，补报按迟报登记。" in text_of(*WEEKLY)
    assert text_of(*WEEKLY, words=(said(30, date(2023, 9, 20)),)) == ""


def test_before_the_cut_nothing_is_called_missing() -> None:
    filed = said(30, date(2023, 9, 13))
    assert text_of(*WEEKLY, on=date(2023, 9, 20), words=(filed,)) == ""


def due(on: date) -> tuple[r.Record, ...]:
    return (measure(), deadline(on), line())


@pytest.mark.parametrize("day", [20, 21, 22, 28, 30])
def test_what_falls_due_this_week_and_next_is_told(day: int) -> None:
    filed = said(30, date(2023, 9, 20))
    text = text_of(*due(date(2023, 9, day)), on=date(2023, 9, 21), words=(filed,))
    late = "，已逾期" if day < 21 else ""
    assert f"一、本周、下周到期事项（1项）\n1.具体措施，9月{day}日到期{late}。" in text


@pytest.mark.parametrize("on", [date(2023, 9, 17), date(2023, 10, 2)])
def test_what_was_due_before_or_is_due_later_is_not_told_as_due(on: date) -> None:
    assert "到期" not in text_of(*due(on), words=(said(30, date(2023, 9, 20)),))


def test_what_is_done_is_not_told_as_due() -> None:
    done = said(100, date(2023, 9, 20), t.ReviewVerdict.CLOSED, is_done=True)
    assert text_of(*due(date(2023, 9, 28)), words=(done,)) == ""


def test_the_parts_are_numbered_without_gaps_and_nothing_is_english_or_an_iso_date() -> None:
    text = text_of(decided(), directive(), slip(), *due(date(2023, 9, 28)))
    assert re.findall(r"^(.)、", text, re.M) == ["一", "二", "三", "四"]
    assert "本周、下周到期事项" in text
    assert not re.search(r"[A-Za-z]|\d{4}-\d|月0|。。|None", text)
