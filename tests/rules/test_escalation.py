"""The ladder of 督办 as an official reads it: each edge on the day before and on the day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dashboard import settings
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.terms import SupervisionKind as K
from dashboard.rules.calendar import end_of, shanghai_day, working_days_on
from dashboard.rules.escalation import Proposal, cuts_wanted, proposals
from dashboard.rules.handling import is_standing
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.settings import Settings
from tests.books import PLAN, Said, deadline, indicator, judged, line, measure, said, snapshot

DUE = date(2023, 9, 15)
"""A Friday: from the day after it the measure is overdue, and so red."""
ROWS = (measure(), deadline(DUE), line())
STATES = t.SupervisionState


def asked(**given: Any) -> Settings:
    """The office's settings with another ladder."""
    found = settings.current()
    return found.model_copy(update={"supervision": found.supervision.model_copy(update=given)})


def slip(kind: K, on: date, state: STATES = STATES.OPEN, **given: Any) -> r.Supervision:
    made = r.Supervision(
        code=f"{kind.value}-{on:%m%d}",
        kind=kind,
        year=on.year,
        number=1,
        unit="u",
        reason="进展缓慢",
        demand="请加快推进",
        issued_on=on,
        issued_by="专班办公室",
        due_on=on + timedelta(days=7),
        task="t",
        line="l",
        state=state,
    )
    return replace(made, **given)


def looked_at(
    on: date,
    *slips: r.Record,
    rows: tuple[r.Record, ...] = ROWS,
    words: Iterable[Said] = (),
    settled: Settings | None = None,
) -> tuple[Proposal, ...]:
    """What the ladder asks for at the end of a day, with as much history as it wants."""
    settled, told = settled or settings.current(), tuple(words)
    now = judge_books(snapshot((*rows, *slips), on, *told), settled)

    def at(instants: Iterable[Any]) -> list[Judgement]:
        return [judge_books(snapshot(rows, each, *told), settled) for each in instants]

    weeks, months = cuts_wanted(now, settled)
    return proposals(now, settled, at(weeks), at(months))


def kinds(*given: Any, **more: Any) -> list[K]:
    return [each.kind for each in looked_at(*given, **more)]


def after(day: date, days: int) -> date:
    return day + timedelta(days=days)


# 提醒


def test_a_reminder_is_proposed_from_seven_days_before_the_date() -> None:
    assert kinds(after(DUE, -8)) == []
    assert kinds(after(DUE, -7)) == [K.REMINDER]


def test_on_the_date_it_is_still_a_reminder_and_the_day_after_a_letter() -> None:
    (found,) = looked_at(DUE)
    assert (found.kind, found.because, found.due_on) == (K.REMINDER, "今天到期，尚未完成", DUE)
    assert kinds(after(DUE, 1)) == [K.LETTER]


def test_one_reminder_a_date() -> None:
    given = slip(K.REMINDER, after(DUE, -5), STATES.CLOSED)
    assert kinds(after(DUE, -4), given) == []


def test_what_is_done_is_not_reminded_of() -> None:
    done = [said(100, after(DUE, -9), t.ReviewVerdict.CLOSED, is_done=True)]
    assert kinds(after(DUE, -3), words=done) == []


# 提醒函


def test_at_red_a_letter_is_proposed_with_its_reason() -> None:
    (found,) = looked_at(after(DUE, 1))
    assert (found.kind, found.because) == (K.LETTER, "亮红灯")
    assert (found.unit.code, found.task.code, found.line) == ("u", "t", "l")
    assert found.reason.startswith(
        "截至2023年9月16日，由县卫生健康局汇总报送的一“重点任务：具体措施”"
    )
    assert found.verdict.verdict.reason in found.reason


def test_the_reason_says_who_leads_where_the_plan_names_a_lead() -> None:
    lead = r.Responsibility(
        code="R",
        task="t",
        clause="一",
        unit="u",
        as_printed="县卫健局",
        role=t.Role.LEAD,
        basis=t.Basis.BRACKET,
        seq=1,
    )
    (found,) = looked_at(after(DUE, 1), rows=(*ROWS, lead))
    assert "由县卫生健康局牵头的" in found.reason


YEAR_END = date(2023, 12, 31)
SLOW = (indicator(100), deadline(YEAR_END, indicator="i"), line(indicator="i"))


def test_after_two_yellow_weeks_a_letter_is_proposed_and_not_after_one() -> None:
    thursday = date(2023, 9, 14)
    words = [said(50, date(2023, 9, 1)), said(int(_share(thursday)) - 15, date(2023, 9, 11))]
    on_time, late = [judged(SLOW, day, *words).items[0] for day in (date(2023, 9, 7), thursday)]
    assert (on_time.light.value, late.light.value) == ("green", "yellow")
    assert kinds(after(thursday, 1), rows=SLOW, words=words) == []
    assert kinds(after(thursday, 6), rows=SLOW, words=words) == []
    (found,) = looked_at(after(thursday, 7), rows=SLOW, words=words)
    assert (found.kind, found.because) == (K.LETTER, "连续2周为黄灯")


def _share(day: date) -> float:
    return 100 * (day - date(2023, 6, 6)).days / (YEAR_END - date(2023, 6, 6)).days


@pytest.mark.parametrize("state", [STATES.OPEN, STATES.ANSWERED, STATES.CLOSED])
def test_no_second_letter_in_the_same_time_of_trouble(state: STATES) -> None:
    given = slip(K.LETTER, after(DUE, 1), state)
    assert kinds(after(DUE, 10), given) == []


def test_a_withdrawn_letter_counts_for_nothing() -> None:
    given = slip(K.LETTER, after(DUE, 1), STATES.WITHDRAWN)
    assert kinds(after(DUE, 10), given) == [K.LETTER]


def test_trouble_that_comes_back_begins_with_a_letter_again() -> None:
    first = slip(K.LETTER, date(2023, 8, 1), STATES.CLOSED)
    words = [said(20, date(2023, 7, 3)), said(90, date(2023, 8, 14)), said(95, date(2023, 9, 4))]
    late = (deadline(DUE, indicator="i"), *(each for each in SLOW if each.code != "d"))
    assert kinds(date(2023, 8, 2), first, rows=late, words=words) == []
    assert kinds(after(DUE, 1), first, rows=late, words=words) == [K.LETTER]


def test_a_light_that_stands_on_its_own_feet_is_no_matter() -> None:
    assert kinds(date(2023, 7, 3)) == []


# 督办单


def test_an_order_is_proposed_two_weeks_after_the_letter_while_it_is_red() -> None:
    sent = after(DUE, 1)
    letter = slip(K.LETTER, sent)
    assert kinds(after(sent, 13), letter) == []
    (found,) = looked_at(after(sent, 14), letter)
    assert (found.kind, found.before) == (K.ORDER, letter)
    assert found.because == "提醒函2023年第1号发出已满2周，仍为红灯"


def test_a_letter_that_was_closed_while_it_stayed_red_still_leads_to_an_order() -> None:
    sent = after(DUE, 1)
    assert kinds(after(sent, 14), slip(K.LETTER, sent, STATES.CLOSED)) == [K.ORDER]


def test_yellow_alone_leads_to_no_order() -> None:
    thursday = date(2023, 9, 14)
    words = [said(int(_share(thursday)) - 15, date(2023, 9, 11))]
    letter = slip(K.LETTER, date(2023, 8, 31))
    assert kinds(after(thursday, 7), letter, rows=SLOW, words=words) == []


def test_without_letters_in_use_an_order_follows_two_red_weeks() -> None:
    settled = asked(letter_on_red=False, letter_after_yellow_weeks=0)
    second_cut = date(2023, 9, 27)  # brought forward by the holidays
    assert kinds(after(second_cut, -1), settled=settled) == []
    (found,) = looked_at(second_cut, settled=settled)
    assert (found.kind, found.because) == (K.ORDER, "连续2周为红灯")


# 通报点名, 约谈建议


def test_naming_follows_the_order_by_two_weeks() -> None:
    sent = date(2023, 9, 30)
    given = (slip(K.LETTER, after(DUE, 1), STATES.CLOSED), slip(K.ORDER, sent))
    assert kinds(after(sent, 13), *given) == []
    assert kinds(after(sent, 14), *given) == [K.NAMING]


def test_a_talk_is_proposed_at_the_second_red_month_end_after_an_order() -> None:
    given = (slip(K.ORDER, date(2023, 10, 12)),)
    only = asked(naming_after_weeks=0)
    assert kinds(date(2023, 10, 30), *given, settled=only) == []
    (found,) = looked_at(date(2023, 10, 31), *given, settled=only)
    assert (found.kind, found.because) == (K.TALK, "连续2个月末为红灯，目前仍为红灯")


def test_nobody_is_called_to_a_talk_before_anything_was_asked_in_writing() -> None:
    assert kinds(date(2023, 11, 30)) == [K.LETTER]


# The whole ladder


@pytest.mark.parametrize(
    ("off", "day", "slips"),
    [
        ({"remind_within_days": 0}, after(DUE, -3), ()),
        ({"letter_on_red": False, "letter_after_yellow_weeks": 0}, after(DUE, 1), ()),
        ({"order_after_weeks": 0, "naming_after_weeks": 0}, after(DUE, 15), (K.LETTER,)),
    ],
)
def test_nothing_switches_a_rung_off(off: dict[str, Any], day: date, slips: tuple[K, ...]) -> None:
    given = [slip(each, after(DUE, 1)) for each in slips]
    assert kinds(day, *given) != []
    assert kinds(day, *given, settled=asked(**off)) == []


@pytest.mark.parametrize("kind", [each for each in K if each.is_proposed])
def test_where_one_of_the_same_or_a_higher_rung_is_open_nothing_is_proposed(kind: K) -> None:
    day = date(2023, 12, 1)
    found = kinds(day, slip(kind, after(day, -1)))
    assert all(list(K).index(each) > list(K).index(kind) for each in found)


def test_a_veto_is_never_proposed_and_stops_nothing() -> None:
    day = after(DUE, 1)
    assert kinds(day, slip(K.VETO, DUE, STATES.CLOSED)) == [K.LETTER]
    assert not K.VETO.is_proposed


def test_another_units_slip_over_the_same_task_stops_nothing() -> None:
    assert kinds(after(DUE, 1), slip(K.ORDER, DUE, unit="v")) == [K.LETTER]


def test_what_is_only_encouraged_is_never_pressed() -> None:
    rows = (measure(force=t.Force.ENCOURAGED), deadline(DUE), line())
    assert kinds(after(DUE, 1), rows=rows) == []


@pytest.mark.parametrize("kind", [t.UnitKind.TASK_FORCE, t.UnitKind.UPPER])
def test_the_office_writes_neither_to_itself_nor_to_a_level_above(kind: t.UnitKind) -> None:
    force = r.Unit(code="f", name="专班", kind=kind, seq=9)
    assert kinds(after(DUE, 1), rows=(force, measure(), deadline(DUE), line(unit="f"))) == []


def test_units_are_pressed_alike_however_many_of_them_are_late() -> None:
    second = r.Task(code="t2", clause="一", title="另一任务", kind=t.TaskKind.KEY, seq=2)
    rows = (
        *ROWS,
        second,
        measure("m2", task="t2"),
        deadline(DUE, "d2", task="t2", measure="m2"),
        line("l2", task="t2", measure="m2", unit="v"),
    )
    found = looked_at(after(DUE, 1), rows=rows)
    assert [(each.unit.code, each.kind) for each in found] == [("u", K.LETTER), ("v", K.LETTER)]
    (alone,) = looked_at(after(DUE, 1))
    assert found[0] == replace(alone, task=found[0].task)


def test_of_several_late_items_of_a_task_a_unit_gets_one_letter() -> None:
    second = (measure("m2", title="另一措施", seq=2), deadline(DUE, "d2", measure="m2"))
    rows = (*ROWS, *second, line("l2", measure="m2"))
    assert kinds(after(DUE, 1), rows=rows) == [K.LETTER]


# What it looks back on


def test_it_looks_back_only_as_far_as_it_must() -> None:
    found = settings.current()
    calm = judged(ROWS, date(2023, 7, 3))
    assert cuts_wanted(calm, found) == ((), ())
    weeks, months = cuts_wanted(judged(ROWS, date(2023, 10, 20)), found)
    assert [shanghai_day(each) for each in weeks] == [date(2023, 10, 19), date(2023, 10, 12)]
    assert [shanghai_day(each) for each in months] == [date(2023, 9, 30), date(2023, 8, 31)]


def test_a_cut_counts_from_its_own_moment_on() -> None:
    now = judged(ROWS, date(2023, 9, 21))
    cut = next(each.figures_to for each in now.rounds if each.code == "2023-W38")
    at_cut = judge_books(snapshot(ROWS, cut), settings.current())
    before = judge_books(snapshot(ROWS, cut - timedelta(microseconds=1)), settings.current())
    assert cuts_wanted(at_cut, settings.current())[0][0] == cut
    assert cuts_wanted(before, settings.current())[0][0] < cut


def test_no_month_before_the_plan_was_in_use_counts() -> None:
    young = replace(PLAN, started_on=date(2023, 9, 10))
    books = snapshot(ROWS, date(2023, 9, 30), plan=young)
    _, months = cuts_wanted(judge_books(books, settings.current()), settings.current())
    assert months == (end_of(date(2023, 9, 30)),)


def test_an_answer_is_asked_for_in_working_days() -> None:
    assert working_days_on(date(2023, 9, 22), 5) == date(2023, 10, 7)  # a 调休 Saturday
    assert working_days_on(date(2023, 9, 18), 1) == date(2023, 9, 19)


def test_an_open_slip_stands_until_it_is_closed_or_withdrawn() -> None:
    assert [is_standing(slip(K.LETTER, DUE, state)) for state in STATES] == [
        True,
        True,
        False,
        False,
    ]
