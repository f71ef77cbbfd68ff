"""Issuing the 月通报: numbered by year, frozen for good, corrected by an issue that names it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard import settings
from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.archive import content_of, issues
from dashboard.ledgers.books import load
from dashboard.ledgers.terms import FilingWay, ReviewVerdict
from dashboard.papers.bulletin import Head, outline_of, usual_head
from dashboard.papers.model import Paragraph, frozen, seal_of, thawed
from dashboard.papers.places import Place
from dashboard.posting.bulletins import Amends, correct_bulletin, issue_bulletin, register_name
from dashboard.posting.entry import entry
from dashboard.posting.faults import RefusedError
from dashboard.posting.month_reading import MonthRead, draft_of, read_month
from dashboard.posting.passages import SettledMeanwhileError, Wish, save_passage
from dashboard.posting.phrases import Rewording, change_phrase, restore_phrase
from dashboard.posting.reviews import close_line, review_filing
from dashboard.posting.signature import Signature
from dashboard.rules.calendar import end_of
from tests.books import CODE, Desk, shipped

AFTER = date(2023, 9, 4)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    """The office on 2023-09-04, with a filing of August accepted."""
    made = Desk(shipped(tmp_path))
    made.file(_line(made.engine), 92, date(2023, 8, 24))
    made.at(AFTER)
    yield made
    made.engine.dispose()


def _line(engine: Engine) -> str:
    """A line that sums up counted work."""
    books = load(engine, CODE, end_of(date(2023, 8, 1)))
    found = next(each for each in books.all(r.Indicator) if each.name == "2023年培训基层人才")
    return books.by(r.ReportingLine, "indicator")[found.code][0].code


def head(day: date = date(2023, 9, 5)) -> Head:
    return usual_head(settings.current(), day)


def settle(desk: Desk, *months: str) -> None:
    """Confirm every naming of these months, else of August, in one posting."""
    wanted = months or ("2023-08",)
    rows = [
        r.Passage(code=f"T-{month}-{number}", month=month, place=each.place, seen=each.text)
        for month in wanted
        for number, each in enumerate(undecided(desk, month))
    ]
    desk.add(AFTER, *rows)


def undecided(desk: Desk, month: str) -> tuple[Place, ...]:
    """The namings that wait for a word."""
    read = read_month(desk.engine, CODE, month, settings.current())
    return outline_of(read.month, read.present, settings.current()).undecided


def save(desk: Desk, wish: Wish) -> None:
    save_passage(desk.engine, CONSOLE, CODE, "2023-08", wish, settings.current())


def issue(desk: Desk, month: str = "2023-08", given: Head | None = None) -> str:
    return issue_bulletin(desk.engine, CONSOLE, CODE, month, given or head(), settings.current())


def correct(desk: Desk, code: str, reason: str = "报送条次有误", given: Head | None = None) -> str:
    amends = Amends(code, reason)
    return correct_bulletin(desk.engine, CONSOLE, CODE, amends, given or head(), settings.current())


def held(desk: Desk) -> tuple[r.Bulletin, ...]:
    return issues(desk.engine, CODE, end_of(date(2024, 12, 31)))


def content(desk: Desk, code: str) -> str:
    return content_of(desk.engine, CODE, "bulletin", code) or ""


def place(desk: Desk, name: str) -> Place:
    """A place of August's draft as it is before the eyes now."""
    read = read_month(desk.engine, CODE, "2023-08", settings.current())
    found = outline_of(read.month, read.present, settings.current()).find(name)
    assert found is not None
    return found


def own(desk: Desk, place: str) -> r.Passage | None:
    rows = load(desk.engine, CODE, end_of(AFTER)).by(r.Passage, "place")[place]
    return next(iter(rows), None)


def text_of(desk: Desk, code: str) -> str:
    blocks = thawed(content(desk, code)).blocks
    return "\n".join(each.text for each in blocks if isinstance(each, Paragraph))


# Issuing


def test_an_issue_is_frozen_with_its_seal_and_the_next_number_of_the_year(office: Desk) -> None:
    settle(office)
    code = issue(office)
    (row,) = held(office)
    assert (row.code, register_name(row), row.month) == (code, "2023年第1期", "2023-08")
    assert row.figures_to == end_of(date(2023, 8, 31))
    assert row.known_to > row.figures_to
    assert seal_of(content(office, code)) == row.sha256
    paper = thawed(content(office, code))
    assert (paper.register, paper.number) == ("2023年第1期", "【待编号】")
    assert paper.dated == date(2023, 9, 5)


def test_the_issue_says_what_the_draft_said(office: Desk) -> None:
    settle(office)
    wanted = draft_of(office.engine, CODE, "2023-08", settings.current(), head())
    paper = thawed(content(office, issue(office)))
    assert frozen(replace(paper, register=None)) == frozen(wanted)


def test_numbers_run_on_through_the_year_and_begin_anew_with_the_next(office: Desk) -> None:
    settle(office, "2023-06", "2023-07", "2023-08")
    issue(office, "2023-06", head(date(2023, 7, 5)))
    issue(office, "2023-07", head(date(2023, 8, 5)))
    office.at(date(2024, 1, 4))
    issue(office, "2023-08", head(date(2024, 1, 5)))
    assert [(each.year, each.number) for each in held(office)] == [(2023, 1), (2023, 2), (2024, 1)]


def test_what_is_issued_stays_whatever_becomes_of_books_and_wording(office: Desk) -> None:
    settle(office)
    code = issue(office)
    before = content(office, code)
    office.file(_line(office.engine), 150, date(2023, 9, 7))
    save(office, Wish(place=place(office, "opening"), text="改过的开头。"))
    wish = Rewording("bulletin.heading_trouble", "主要问题", "存在问题")
    change_phrase(office.engine, CONSOLE, CODE, wish, settings.current())
    assert content(office, code) == before
    assert seal_of(before) == held(office)[0].sha256


def test_the_draft_made_again_from_the_same_books_is_the_same_bytes(office: Desk) -> None:
    one, other = (
        frozen(draft_of(office.engine, CODE, "2023-08", settings.current(), head()))
        for _ in range(2)
    )
    assert one == other


def test_a_month_that_still_runs_is_not_issued(office: Desk) -> None:
    with pytest.raises(RefusedError, match="2023年9月30日截止，截止之后才能印发"):
        issue(office, "2023-09", head(date(2023, 10, 9)))


def test_a_month_that_the_plan_has_not_begun_is_refused(office: Desk) -> None:
    with pytest.raises(RefusedError, match="没有“2023-05”这个月的数字，可用的月份：2023-09"):
        issue(office, "2023-05")


def test_a_month_is_issued_once(office: Desk) -> None:
    settle(office)
    issue(office)
    with pytest.raises(RefusedError, match="本月通报已印发（2023年第1期）"):
        issue(office)
    assert len(held(office)) == 1


def test_a_naming_that_nobody_confirmed_keeps_the_issue_back(office: Desk) -> None:
    with pytest.raises(RefusedError, match="点名的内容须逐条确认"):
        issue(office)
    assert held(office) == ()


def test_each_naming_is_confirmed_or_left_out_by_itself(office: Desk) -> None:
    one, other, *rest = undecided(office, "2023-08")
    save(office, Wish(place=one))
    save(office, Wish(place=other, is_left_out=True))
    assert [each.place for each in undecided(office, "2023-08")] == [each.place for each in rest]
    row = own(office, one.place)
    assert row is not None
    assert (row.text, row.seen, row.is_left_out) == (None, one.text, False)


def test_an_issue_wants_a_name_an_addressee_and_a_day_after_the_cut(office: Desk) -> None:
    settle(office)
    given = Head(issuer=" ", to="", issued_on=date(2023, 8, 31))
    with pytest.raises(RefusedError) as caught:
        issue(office, given=given)
    said = str(caught.value)
    assert "请选择或填写制发名义" in said
    assert "请填写主送机关" in said
    assert "印发日期应晚于数据截止日（2023年8月31日）" in said


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"to": "各镇街" * 1000}, "主送机关：文字过长"),
        ({"to": "各镇街\n县直部门"}, "主送机关：不能换行"),
        ({"copied": "值班电话13812345678"}, "抄送机关：疑似含有手机号码"),
        ({"copied": "县委办\x00"}, "抄送机关：含有不能显示的字符"),
        ({"issued_on": date(2032, 9, 5)}, "印发日期应在2023年10月5日以前"),
    ],
)
def test_what_only_the_frozen_content_holds_is_checked_as_a_row_is(
    office: Desk, given: dict[str, Any], told: str
) -> None:
    settle(office)
    with pytest.raises(RefusedError, match=told):
        issue(office, given=replace(head(), **given))
    assert held(office) == ()


def test_a_filing_accepted_after_the_cut_counts_where_its_round_was_the_months(
    office: Desk,
) -> None:
    line = _line(office.engine)
    waiting = office.file(line, 120, date(2023, 8, 31), accept=False)
    office.at(AFTER)
    before = read_month(office.engine, CODE, "2023-08", settings.current())
    review_filing(office.engine, CONSOLE, CODE, waiting, ReviewVerdict.ACCEPTED)
    after = read_month(office.engine, CODE, "2023-08", settings.current())

    def figure(read: MonthRead) -> float | None:
        items = read.month.now.items
        return next(each.figure.value for each in items if each.item.line.code == line)

    assert (figure(before), figure(after)) == (92, 120)
    assert after.late == (waiting,)


def test_a_closing_counts_for_the_month_in_which_it_was_given(office: Desk) -> None:
    books = load(office.engine, CODE, end_of(AFTER))
    line = next(
        each.code
        for each in books.all(r.ReportingLine)
        if each.measure and not each.indicator and each.part.value == "total"
    )
    office.file(line, 100, date(2023, 8, 24), is_done=True, way=FilingWay.TELEPHONE, filed_by="甲")
    office.at(AFTER)
    close_line(office.engine, CONSOLE, CODE, line, by_post="督查组", opinion="属实")
    read = read_month(office.engine, CODE, "2023-08", settings.current())
    item = next(each for each in read.month.now.items if each.item.line.code == line)
    assert item.is_done
    assert not item.figure.is_closed


# Corrections


def test_a_correction_is_a_new_issue_that_names_the_old_one(office: Desk) -> None:
    settle(office)
    first = issue(office)
    before = content(office, first)
    second = correct(office, first, given=head(date(2023, 9, 8)))
    old, new = held(office)
    assert (new.corrects, new.reason, register_name(new)) == (first, "报送条次有误", "2023年第2期")
    assert (old.corrects, content(office, first)) == (None, before)
    told = "2023年第1期通报（2023年9月5日印发）更正如下，以本期为准。更正原因：报送条次有误。"
    assert text_of(office, second).startswith(told)
    assert thawed(content(office, second)).title.startswith("关于更正2023年8月份")


def test_only_the_last_issue_of_a_month_is_corrected_and_never_without_a_reason(
    office: Desk,
) -> None:
    settle(office)
    first = issue(office)
    with pytest.raises(RefusedError, match="请写明更正原因"):
        correct(office, first, " ")
    with pytest.raises(RefusedError, match="没有这一期通报"):
        correct(office, "B999999")
    correct(office, first)
    with pytest.raises(RefusedError, match="已由2023年第2期更正，请更正最近的一期"):
        correct(office, first)


def test_a_row_of_an_issue_cannot_be_changed_by_posting(office: Desk) -> None:
    settle(office)
    issue(office)
    (row,) = held(office)
    signature = Signature(CONSOLE, Right.PUBLISH, "改")
    with pytest.raises(TypeError), entry(office.engine, CODE, signature) as opened:
        opened.change(row, title="另一标题")


# Passages


def test_the_offices_words_stay_when_figures_move_and_say_how_they_read(office: Desk) -> None:
    text = "当月变动的指标{变动指标数}项。"
    save(office, Wish(place=place(office, "indicators"), text=text))
    row = own(office, "indicators")
    assert row is not None
    assert (row.text, row.seen) == (text, "当月变动的指标1项。")


def test_a_name_that_there_is_none_of_is_refused_with_those_that_there_are(office: Desk) -> None:
    with pytest.raises(RefusedError, match=r"没有“\{滞后\}”这个数据项，可用的有"):
        save(office, Wish(place=place(office, "tasks"), text="{滞后}项"))
    with pytest.raises(RefusedError, match="大括号应成对使用"):
        save(office, Wish(place=place(office, "tasks"), text="{滞后项数项"))
    with pytest.raises(RefusedError, match="文字不能为空"):
        save(office, Wish(place=place(office, "tasks"), text=" "))
    with pytest.raises(RefusedError, match="不能换行"):
        save(office, Wish(place=place(office, "tasks"), text="甲\n乙"))


def test_who_comes_second_is_told_and_nothing_is_lost(office: Desk) -> None:
    seen_by_both = place(office, "opening")
    save(office, Wish(place=seen_by_both, text="甲写的。"))
    with pytest.raises(SettledMeanwhileError) as caught:
        save(office, Wish(place=seen_by_both, text="乙写的。"))
    assert caught.value.now is not None
    assert caught.value.now.text == "甲写的。"
    save(office, Wish(place=place(office, "opening"), text="乙写的。"))
    row = own(office, "opening")
    assert row is not None
    assert row.text == "乙写的。"


def test_the_words_of_the_phrase_are_no_words_of_ones_own(office: Desk) -> None:
    opening = place(office, "opening")
    save(office, Wish(place=opening, text=opening.template))
    row = own(office, "opening")
    assert row is not None
    assert (row.text, row.seen) == (None, None)


# Phrases


def test_a_phrase_is_changed_for_what_is_drafted_and_restored(office: Desk) -> None:
    key, engine = "bulletin.heading_overall", office.engine
    change_phrase(
        engine, CONSOLE, CODE, Rewording(key, "总体情况", "总体进展情况"), settings.current()
    )
    paper = draft_of(engine, CODE, "2023-08", settings.current())
    assert "一、总体情况" in [each.text for each in paper.blocks if each.kind == "heading"]
    restore_phrase(engine, CONSOLE, CODE, key, settings.current())
    paper = draft_of(engine, CODE, "2023-08", settings.current())
    assert "一、总体进展情况" in [each.text for each in paper.blocks if each.kind == "heading"]
    with pytest.raises(RefusedError, match="已是原有文字"):
        restore_phrase(engine, CONSOLE, CODE, key, settings.current())


def test_a_phrase_is_refused_what_it_may_not_say(office: Desk) -> None:
    def to(key: str, text: str, seen: str) -> None:
        change_phrase(office.engine, CONSOLE, CODE, Rewording(key, text, seen), settings.current())

    with pytest.raises(RefusedError, match="没有这条用语"):
        to("bulletin.none", "甲", "乙")
    with pytest.raises(RefusedError, match=r"没有“\{做法\}”这个数据项"):
        to("bulletin.heading_overall", "{做法}", "总体进展情况")
    with pytest.raises(RefusedError, match="文字不能为空"):
        to("bulletin.heading_overall", " ", "总体进展情况")
    with pytest.raises(RefusedError, match="不能换行"):
        to("bulletin.heading_overall", "总体\n进展", "总体进展情况")
    with pytest.raises(RefusedError, match="已由他人改过"):
        to("bulletin.heading_overall", "甲", "乙")


def test_a_phrase_set_back_to_the_shipped_words_is_no_longer_the_offices(office: Desk) -> None:
    key = "bulletin.heading_overall"
    for text, seen in (("总体情况", "总体进展情况"), ("总体进展情况", "总体情况")):
        change_phrase(office.engine, CONSOLE, CODE, Rewording(key, text, seen), settings.current())
    assert load(office.engine, CODE, end_of(AFTER)).all(r.Phrase) == ()


# Experiences


def test_accepted_experiences_of_the_months_rounds_are_offered_and_corrected_ones_not(
    office: Desk,
) -> None:
    line = _line(office.engine)
    first = office.file(line, 95, date(2023, 8, 30), experience="先做法")
    second = office.file(line, 96, date(2023, 8, 31), experience="后做法", corrects=first)
    office.file(line, 97, date(2023, 9, 7), experience="九月做法")
    read = read_month(office.engine, CODE, "2023-08", settings.current())
    assert [each.code for each in read.month.experiences] == [second]
