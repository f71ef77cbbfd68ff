"""What stands out at review: each oddity with the edge at which it begins."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

import pytest

from dashboard import settings
from dashboard.ledgers import records as r
from dashboard.ledgers.history import Pending
from dashboard.ledgers.terms import Comparator, Method, Recurrence, ReviewVerdict
from dashboard.rules.asking import Ask, asks_of
from dashboard.rules.calendar import at_time
from dashboard.rules.judgement import judge_books
from dashboard.rules.jumps import jumps
from dashboard.rules.pending import looks, why_not
from tests.books import BASE, ISSUED, Said, deadline, indicator, line, measure, said, snapshot

WEEK = {"cadence": Recurrence.WEEKLY}
SHARE = (measure(), line(**WEEK))
COUNT = (indicator(300), line(indicator="i", **WEEK))
BEFORE, NOW = date(2023, 9, 13), date(2023, 9, 20)
SETTINGS = settings.current()
GIVEN = SETTINGS.review


def ask(rows: Sequence[r.Record]) -> Ask:
    (one,) = asks_of(judge_books(snapshot(rows, at_time(NOW, time(12))), SETTINGS))
    return one


def odd(
    rows: Sequence[r.Record],
    old: float | None,
    new: float | None,
    *expected: date,
    text: str | None = None,
    **more: Any,
) -> tuple[str, ...]:
    """What stands out in a figure after another one, which was accepted a week before."""
    before = None if old is None else said(old, BEFORE, text=text).filing
    given = said(new, NOW, None, **more).filing
    return jumps(ask(rows), given, before, GIVEN, (expected, ISSUED))


# Shares


def test_a_share_that_moves_by_thirty_points_is_no_leap_and_by_more_is_one() -> None:
    assert odd(SHARE, 20, 50) == ()
    assert odd(SHARE, 20, 51) == ("比上次增加31个百分点，超过30个百分点",)


def test_the_first_share_that_is_filed_leaps_from_nothing() -> None:
    assert odd(SHARE, None, 90) == ()


def test_a_figure_that_falls_stands_out() -> None:
    assert odd(SHARE, 20, 19) == ("比上次的20%减少1个百分点",)
    assert odd(COUNT, 20, 18) == ("比上次的20家减少2家",)
    assert odd(SHARE, 20, 20) == ()


def test_what_is_to_fall_may_fall() -> None:
    rate = indicator(12.7, unit="%", method=Method.LATEST, comparator=Comparator.AT_MOST)
    assert odd((rate, line(indicator="i", **WEEK)), 15, 14) == ()


def test_whole_work_asks_for_closing_and_half_work_does_not() -> None:
    assert odd(SHARE, 90, 100) == ("完成值已到100%，未申请销号",)
    assert odd(SHARE, 90, 100, is_done=True) == ()
    assert odd(SHARE, 80, 90, is_done=True) == ("申请销号，完成值为90%",)


# Counts


def test_a_count_beyond_its_target_stands_out() -> None:
    assert odd(COUNT, 290, 300) == ()
    assert odd(COUNT, 290, 301) == ("比上次增加11家，超过距目标所差的10家",)
    assert odd(COUNT, None, 3000) == ("首次填报3000家，超过距目标所差的300家",)


def test_what_has_reached_its_target_may_grow_on() -> None:
    assert odd(COUNT, 300, 310) == ()


def test_a_count_of_few_more_is_not_worth_a_word() -> None:
    assert odd(COUNT, 298, 302) == ()
    assert odd(COUNT, 1, 5) == ()


def test_growth_beyond_three_times_the_pace_so_far_stands_out() -> None:
    """99 in the 99 days to 13 September is one a day: three times that is 21 in a week."""
    assert odd(COUNT, 99, 120) == ()
    assert odd(COUNT, 99, 121) == ("7天增加22家，是此前平均速度的3.14倍",)


def test_a_yearly_count_that_begins_anew_has_not_fallen() -> None:
    rows = (*COUNT, deadline(None, indicator="i", recurrence=Recurrence.YEARLY))
    before = said(20, date(2022, 12, 20)).filing
    given = said(1, NOW, None).filing
    assert jumps(ask(rows), given, before, GIVEN, ((), ISSUED)) == ()


# Words and dates


def test_the_same_words_with_another_figure_stand_out() -> None:
    copied = "进展情况与上次文字相同，完成值由20%改为30%"
    assert odd(SHARE, 20, 30, text="正在推进。") == ()
    before, now = said(20, BEFORE, text="正在推进。"), said(30, NOW, None, text=" 正在推进。")
    found = jumps(ask(SHARE), now.filing, before.filing, GIVEN, ((), ISSUED))
    assert found == (copied,)
    same = said(20, NOW, None, text="正在推进。").filing
    assert jumps(ask(SHARE), same, before.filing, GIVEN, ((), ISSUED)) == ()


def test_no_change_with_a_changed_figure_stands_out() -> None:
    assert odd(SHARE, 20, 30, no_change=True) == ("报“无变化”，完成值由20%改为30%",)
    assert odd(SHARE, 20, 20, no_change=True) == ()


def test_a_date_that_is_put_off_is_told_with_its_number() -> None:
    first, second, third = date(2023, 10, 15), date(2023, 10, 31), date(2023, 11, 15)
    assert odd(SHARE, 20, 20, expected_on=second) == ()
    assert odd(SHARE, 20, 20, second, expected_on=first) == ()
    once = odd(SHARE, 20, 20, first, expected_on=second)
    assert once == ("预计完成时间由10月15日推迟到10月31日",)
    twice = odd(SHARE, 20, 20, first, second, expected_on=third)
    assert twice == ("预计完成时间由10月31日推迟到11月15日，已是第2次推迟",)


# Who may say what


def pending(word: Said, **more: Any) -> Pending:
    given: dict[str, Any] = {
        "entered_by": "甲",
        "verdict": None,
        "corrected_by": None,
        "is_overtaken": False,
    }
    return Pending(word.filing, **{**given, **more})


ACCEPTED, RETURNED = ReviewVerdict.ACCEPTED, ReviewVerdict.RETURNED
WORD = said(30, NOW, None)


@pytest.mark.parametrize(
    ("state", "account", "accepting", "returning"),
    [
        ({}, "乙", None, None),
        ({}, None, None, None),
        ({"entered_by": None}, None, None, None),
        ({}, "甲", "不能审核本人填报的事项，请由他人审核", "不能审核本人填报的事项，请由他人审核"),
        (
            {"verdict": RETURNED},
            "乙",
            "该填报已经审核，请刷新后再看",
            "该填报已经审核，请刷新后再看",
        ),
        ({"corrected_by": "F2"}, "乙", "已由F2更正，请审核更正后的填报", None),
        ({"is_overtaken": True}, "乙", "已有更晚的填报通过审核，只能退回", None),
    ],
)
def test_what_may_be_said_to_a_filing(
    state: dict[str, Any], account: str | None, accepting: str | None, returning: str | None
) -> None:
    found = pending(WORD, **state)
    assert why_not(found, account, ACCEPTED) == accepting
    assert why_not(found, account, RETURNED) == returning


# The list


def test_what_waits_stands_by_unit_in_protocol_order() -> None:
    rows = (measure(), measure("n"), line("lu"), line("lv", unit="v", measure="n"))
    words = said(1, NOW, None, to="lv"), said(1, NOW, None, to="lu")
    assert [row.seq for row in BASE if isinstance(row, r.Unit)] == [1, 2]
    judgement = judge_books(snapshot(rows, at_time(NOW, time(12)), *words), SETTINGS)
    found = looks(judgement, SETTINGS, [pending(each) for each in words])
    assert [each.unit.code for each in found] == ["u", "v"]


def test_a_look_tells_the_light_now_and_the_light_to_come() -> None:
    rows = (*SHARE, deadline(date(2023, 12, 31)))
    words = said(1, BEFORE), said(60, NOW, None)
    judgement = judge_books(snapshot(rows, at_time(NOW, time(12)), *words), SETTINGS)
    (found,) = looks(judgement, SETTINGS, [pending(words[1])])
    assert found.now is not None
    assert found.then is not None
    assert (found.now.light.value, found.then.light.value) == ("red", "green")
    assert (found.before, found.difference) == (words[0].filing, 59)
    assert found.oddities == ("比上次增加59个百分点，超过30个百分点",)


def test_only_what_was_due_is_late() -> None:
    on = date(2023, 9, 21)
    weekly, monthly = said(9, on, None, at=time(12, 1)), said(9, on, None, at=time(12, 1))
    for rows, word, is_late in ((SHARE, weekly, True), ((measure(), line()), monthly, False)):
        judgement = judge_books(snapshot(rows, at_time(on, time(15)), word), SETTINGS)
        (found,) = looks(judgement, SETTINGS, [pending(word)])
        assert found.is_late is is_late


def test_what_was_corrected_is_shown_only_beside_a_correction_that_waits() -> None:
    first, second = said(1, BEFORE, None), said(2, NOW, None)
    judgement = judge_books(snapshot(SHARE, at_time(NOW, time(12)), second), SETTINGS)
    old = pending(first, corrected_by=second.filing.code)
    both = looks(judgement, SETTINGS, [old, pending(second)])
    assert [each.is_corrected for each in both] == [True, False]
    assert looks(judgement, SETTINGS, [old]) == ()
