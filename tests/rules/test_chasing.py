"""催报: who is told, who is not, and how the text changes at the cut."""

from datetime import date, datetime, time

from dashboard import settings
from dashboard.ledgers.terms import Recurrence, ReviewVerdict
from dashboard.rules.calendar import at_time
from dashboard.rules.chasing import Chase, chase, chasing_text, returned_text
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.rules.rounds import Round
from tests.books import Said, line, measure, said, snapshot

ROWS = (
    *(measure(code, title=f"措施{code}") for code in ("a", "b", "c")),
    line("la", measure="a", unit="v", cadence=Recurrence.WEEKLY),
    line("lb", measure="b", unit="v", cadence=Recurrence.WEEKLY),
    line("lc", measure="c", unit="u", cadence=Recurrence.WEEKLY),
)
"""Unit u (县卫生健康局) comes before unit v (县教育和体育局), which has two lines."""
TUESDAY, THURSDAY = date(2023, 9, 19), date(2023, 9, 21)
BEFORE, CUT, AFTER = (at_time(THURSDAY, time(*at)) for at in ((9,), (12,), (12, 1)))
SETTINGS = settings.current()


def judged(at: datetime, *words: Said) -> tuple[Judgement, Round]:
    found = judge_books(snapshot(ROWS, at, *words), SETTINGS)
    assert found.round is not None
    return found, found.round


def stand(at: datetime, *words: Said) -> Chase:
    return chase(*judged(at, *words))


def text(at: datetime, *words: Said) -> str:
    return chasing_text(*judged(at, *words), SETTINGS)


def earlier(code: str) -> Said:
    """What was filed a week before, so that nothing is missing from then."""
    return said(5, date(2023, 9, 13), to=code)


def test_who_has_not_filed_is_listed_in_protocol_order_with_the_items() -> None:
    rows = text(BEFORE).splitlines()
    assert rows[2:4] == [
        "1.县卫生健康局（1项）：措施c。",
        "2.县教育和体育局（2项）：措施a；措施b。",
    ]


def test_who_has_filed_is_not_named() -> None:
    told = text(BEFORE, said(5, TUESDAY, to="lc"), said(5, TUESDAY, None, to="la"))
    assert "县卫生健康局" not in told
    assert "措施a" not in told
    assert "1.县教育和体育局（1项）：措施b。" in told


def test_no_text_is_made_when_nobody_is_left() -> None:
    words = [said(5, TUESDAY, None, to=code) for code in ("la", "lb", "lc")]
    assert text(AFTER, *words) == ""
    assert returned_text(*judged(AFTER, *words), SETTINGS) == ""


def test_it_is_a_reminder_up_to_the_cut_and_a_call_after_it() -> None:
    assert text(CUT).startswith(
        "【填报提醒】第16次调度（9月18日—9月24日）\n本次填报9月21日12:00截止"
    )
    assert text(AFTER).startswith(
        "【催报】第16次调度（9月18日—9月24日）\n本次填报已于9月21日12:00截止"
    )
    assert [stand(at).is_over for at in (CUT, AFTER)] == [False, True]


def test_it_says_how_to_file_and_who_asks() -> None:
    told = text(BEFORE)
    assert "登录系统，在“我的填报”中填写" in told
    assert told.endswith(f"{SETTINGS.office.name}\n2023年9月21日")
    local = chasing_text(*judged(BEFORE), SETTINGS, is_local=True)
    assert "登录系统" not in local
    assert "填报方式：填好《填报表》发回，或电话告知专班办公室代录。" in local


def test_what_was_asked_and_filed_is_counted() -> None:
    how = stand(AFTER, earlier("la"), earlier("lb"), said(5, TUESDAY, to="lc"))
    assert (how.asked, how.filed, how.missing, how.older) == (3, 1, 2, 0)


def test_a_returned_filing_is_called_for_in_a_text_of_its_own() -> None:
    words = [said(5, TUESDAY, to=code) for code in ("la", "lc")]
    returned = said(5, TUESDAY, ReviewVerdict.RETURNED, to="lb")
    assert text(AFTER, *words, returned) == ""
    again = returned_text(*judged(AFTER, *words, returned), SETTINGS)
    assert again.startswith("【退回重报提醒】第16次调度")
    assert "1.县教育和体育局（1项）：措施b。" in again
    assert "措施a" not in again


def test_a_returned_filing_that_was_filed_again_is_not_called_for() -> None:
    returned = said(5, TUESDAY, ReviewVerdict.RETURNED, to="lb")
    newer = said(6, THURSDAY, None, to="lb", at=time(9))
    assert returned_text(*judged(AFTER, returned, newer), SETTINGS) == ""


def test_what_was_returned_in_an_earlier_round_is_owed_for_this_one() -> None:
    returned = said(5, date(2023, 9, 13), ReviewVerdict.RETURNED, to="lb")
    others = [said(5, TUESDAY, to=code) for code in ("la", "lc")]
    assert "措施b" in text(AFTER, returned, *others)
    assert returned_text(*judged(AFTER, returned, *others), SETTINGS) == ""


def test_what_an_earlier_round_still_misses_is_named_with_its_day() -> None:
    rows = (*ROWS, measure("d", title="措施d"), line("ld", measure="d", unit="u"))
    judgement = judge_books(snapshot(rows, AFTER), SETTINGS)
    assert judgement.round is not None
    told = chasing_text(judgement, judgement.round, SETTINGS)
    assert "1.县卫生健康局（2项）：措施c；措施d（应于8月24日报送）。" in told
    how = chase(judgement, judgement.round)
    assert (how.missing, how.older) == (3, 1)
