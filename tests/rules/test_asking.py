"""What a unit is asked for: in which stage a line stands, and what the filing would do to it."""

from datetime import date, time
from typing import Any

from dashboard import settings
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Method, Part, Recurrence, ReviewVerdict
from dashboard.rules.asking import (
    Ask,
    Stage,
    added_up,
    asks_of,
    by_unit,
    needs_reason,
    next_due,
    to_file,
    verdict_with,
)
from dashboard.rules.calendar import at_time
from dashboard.rules.judgement import judge_books
from dashboard.rules.verdicts import Light
from tests.books import TIMES, Said, deadline, indicator, line, measure, said, snapshot

WEEKLY = (measure(), line(cadence=Recurrence.WEEKLY))
MONTHLY = (measure(), line())
WEDNESDAY, THURSDAY = date(2023, 9, 20), date(2023, 9, 21)
MONDAY = date(2023, 9, 25)
RETURNED = ReviewVerdict.RETURNED
SETTINGS = settings.current()


def ask(rows: tuple[r.Record, ...], on: date, *words: Said, at: time = time(10)) -> Ask:
    """What the only line is asked for at a moment."""
    (one,) = asks_of(judge_books(snapshot(rows, at_time(on, at), *words), SETTINGS))
    return one


# Stages


def test_a_line_is_due_until_the_cut_and_missing_after_it() -> None:
    assert ask(WEEKLY, THURSDAY, at=time(12)).stage is Stage.DUE
    assert ask(WEEKLY, THURSDAY, at=time(12, 1)).stage is Stage.MISSING


def test_what_was_filed_waits_until_the_office_has_spoken() -> None:
    assert ask(WEEKLY, THURSDAY, said(10, WEDNESDAY, None)).stage is Stage.WAITING
    assert ask(WEEKLY, THURSDAY, said(10, WEDNESDAY)).stage is Stage.DONE


def test_what_was_returned_comes_back_before_all_else() -> None:
    returned = ask(WEEKLY, THURSDAY, said(10, WEDNESDAY, RETURNED))
    assert returned.stage is Stage.RETURNED
    assert returned.reply is not None
    assert returned.reply.verdict is RETURNED
    later = ask(WEEKLY, THURSDAY, said(10, WEDNESDAY, RETURNED), said(12, THURSDAY, None))
    assert later.stage is Stage.WAITING


def test_a_returned_filing_is_not_what_stands() -> None:
    before, wrong = said(8, date(2023, 9, 13)), said(80, WEDNESDAY, RETURNED)
    found = ask(WEEKLY, THURSDAY, before, wrong)
    assert (found.standing, found.last) == (before.filing, wrong.filing)


def test_what_waits_is_what_the_next_filing_goes_on_from() -> None:
    before, waiting = said(8, date(2023, 9, 13)), said(9, WEDNESDAY, None)
    assert ask(WEEKLY, THURSDAY, before, waiting).standing == waiting.filing


def test_a_monthly_line_rests_until_the_last_week_of_its_month() -> None:
    last = said(10, date(2023, 8, 30))
    assert ask(MONTHLY, date(2023, 9, 24), last).stage is Stage.DONE
    assert ask(MONTHLY, MONDAY, last).stage is Stage.DUE


def test_what_is_to_be_filed_is_listed_returned_first() -> None:
    rows = (
        *(measure(code, title=code) for code in ("m", "n", "o")),
        *(line(f"l{code}", measure=code, cadence=Recurrence.WEEKLY) for code in ("m", "n", "o")),
    )
    words = (said(1, WEDNESDAY, to="lm"), said(1, WEDNESDAY, RETURNED, to="lo"))
    judgement = judge_books(snapshot(rows, at_time(THURSDAY, time(10)), *words), SETTINGS)
    assert [each.line.code for each in to_file(asks_of(judgement))] == ["lo", "ln"]
    assert [each.line.code for each in asks_of(judgement, {"v"})] == []


def test_units_with_their_lines_stand_in_protocol_order() -> None:
    rows = (
        *(measure(code, title=code) for code in ("m", "n", "o")),
        line("lm", measure="m", unit="v", cadence=Recurrence.WEEKLY),
        line("ln", measure="n", unit="u", cadence=Recurrence.WEEKLY),
        line("lo", measure="o", unit="v", cadence=Recurrence.WEEKLY),
    )
    words = (said(1, WEDNESDAY, None, to="lm"),)
    judgement = judge_books(snapshot(rows, at_time(THURSDAY, time(10)), *words), SETTINGS)
    first, second = by_unit(judgement.books, asks_of(judgement))
    assert [each.line.code for each in first.asks] == ["ln"]
    assert [each.line.code for each in second.asks] == ["lm", "lo"]
    assert [each.line.code for each in second.to_file] == ["lo"]
    assert (second.number(Stage.WAITING), second.number(Stage.DUE)) == (1, 1)


def test_the_next_time_is_the_last_week_of_the_next_month() -> None:
    judgement = judge_books(snapshot(MONTHLY, at_time(THURSDAY, time(10))), SETTINGS)
    (one,) = asks_of(judgement)
    found = next_due(judgement, one, TIMES)
    assert found is not None
    assert found.code == "2023-W39"


# What it counts in


def test_a_count_adds_up_and_a_percentage_does_not() -> None:
    counted = (indicator(300), line(indicator="i"))
    assert (ask(counted, THURSDAY).adds_up, ask(counted, THURSDAY).unit_word) == (True, "家")
    assert (ask(WEEKLY, THURSDAY).adds_up, ask(WEEKLY, THURSDAY).is_percent) == (False, True)


# The light that it would bring

DATED = (*WEEKLY, deadline(date(2023, 12, 31)))


def filing(value: float | None, **more: Any) -> r.Filing:
    return said(value, THURSDAY, None, **more).filing


def books_of(rows: tuple[r.Record, ...], *words: Said) -> Books:
    return snapshot(rows, at_time(THURSDAY, time(10)), *words)


def test_what_is_typed_brings_the_light_it_will_have() -> None:
    books = books_of(DATED, said(1, date(2023, 9, 13)))
    low, high = (verdict_with(books, SETTINGS, filing(value)) for value in (1, 60))
    assert low is not None
    assert high is not None
    assert (low.light, high.light) == (Light.RED, Light.GREEN)
    assert (needs_reason(low), needs_reason(high)) == (True, False)


def test_what_is_reported_done_needs_no_reason() -> None:
    assert not needs_reason(verdict_with(books_of(DATED), SETTINGS, filing(100, is_done=True)))


def test_a_count_is_judged_by_its_new_figure_and_not_by_the_last_observed() -> None:
    rows = (indicator(100), deadline(THURSDAY, indicator="i"), line(indicator="i"))
    books = books_of(rows, said(10, date(2023, 9, 13)))
    verdict = verdict_with(books, SETTINGS, filing(100))
    assert verdict is not None
    assert verdict.word == "完成待核"


def test_the_supposed_light_waits_for_what_comes_first_as_the_real_one_does() -> None:
    rows = (
        *(measure("n", title="中心"), line("ln", measure="n"), deadline(MONDAY, "dn", measure="n")),
        *(indicator(5, code="j", measure="n"), line("lj", indicator="j")),
        *(measure(), line(), deadline(date(2023, 12, 31), after="n")),
    )
    before = (said(100, date(2023, 9, 13), to="ln", is_done=True),)
    for words in ((), before, (*before, said(5, WEDNESDAY, to="lj"))):
        supposed = verdict_with(books_of(rows, *words), SETTINGS, filing(10))
        real = judge_books(books_of(rows, *words, said(10, THURSDAY)), SETTINGS)
        assert supposed == next(each.verdict for each in real.items if each.item.code == "m")


def test_a_share_has_no_light_and_needs_no_reason() -> None:
    rows = (
        indicator(10),
        line("total", indicator="i", unit="v"),
        line(indicator="i", part=Part.SHARE),
    )
    assert verdict_with(books_of(rows), SETTINGS, filing(0)) is None
    assert not needs_reason(None)


# What others' filings know


def test_counted_shares_add_up() -> None:
    rows = (
        indicator(10),
        line("total", indicator="i"),
        line("one", indicator="i", unit="u", part=Part.SHARE),
        line("two", indicator="i", unit="v", part=Part.SHARE),
    )
    words = (said(3, WEDNESDAY, to="one"),)
    judgement = judge_books(books_of(rows, *words), SETTINGS)
    found = added_up(judgement, judgement.books.get(r.Indicator, "i"))
    assert found is not None
    assert (found.value, found.filed, found.asked) == (3, 1, 2)


def test_an_item_that_nobody_shares_in_adds_up_to_nothing() -> None:
    judgement = judge_books(books_of((indicator(10), line(indicator="i"))), SETTINGS)
    assert added_up(judgement, judgement.books.get(r.Indicator, "i")) is None
    assert added_up(judgement, None) is None


def test_a_rate_does_not_add_up() -> None:
    rows = (
        indicator(80, unit="%", method=Method.RATIO),
        line("total", indicator="i"),
        line("one", indicator="i", part=Part.SHARE),
    )
    judgement = judge_books(books_of(rows), SETTINGS)
    assert added_up(judgement, judgement.books.get(r.Indicator, "i")) is None


# Slips
