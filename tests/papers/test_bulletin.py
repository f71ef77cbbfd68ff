"""The 月通报: every figure in it equals its rows, nothing is praised, nothing is made up."""

import re
from datetime import date, datetime
from typing import Any

import pytest

from dashboard import settings
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books
from dashboard.papers.bulletin import Head, draft, outline_of, usual_head
from dashboard.papers.facts import facts_of, sorted_tasks, subject_of
from dashboard.papers.model import Fact, Grid, Heading, Paper, Paragraph, frozen, thawed
from dashboard.papers.month import MonthInHand, gathered
from dashboard.papers.outline import KIND
from dashboard.papers.phrases import names_in, typed_numbers
from dashboard.papers.places import Asks
from dashboard.papers.shipped import shipped_phrases
from dashboard.rules.calendar import Month, end_of, shanghai_day, working_days_on
from dashboard.rules.judgement import Judgement
from dashboard.rules.summary import standing
from dashboard.rules.verdicts import Light
from tests.books import PLAN, Said, deadline, indicator, judged, line, measure, said, snapshot

SEPTEMBER = Month(2023, 9)
CUT = date(2023, 9, 30)
ISSUED_ON = date(2023, 10, 8)
PRAISE = ("高度重视", "成效", "扎实", "稳步", "有序", "圆满", "亮点", "良好", "显著")
OVERDUE = (measure(), deadline(date(2023, 9, 15)), line())


def month(
    *rows: r.Record, words: tuple[Said, ...] = (), of: Month = SEPTEMBER, offered: Any = ()
) -> MonthInHand:
    """A month of the small plan, judged from its rows and filings."""

    def at(instant: datetime) -> Judgement:
        return judged(rows, shanghai_day(instant), *words)

    return gathered(of, at, end_of(date(2023, 12, 31)), offered)


def present(*rows: r.Record) -> Books:
    """The books on the day of issue, which hold what the office settled since."""
    return snapshot(rows, ISSUED_ON)


def paper_of(
    *rows: r.Record, words: tuple[Said, ...] = (), now: tuple[r.Record, ...] = (), **more: Any
) -> Paper:
    given = month(*rows, words=words, **more)
    head = usual_head(settings.current(), ISSUED_ON)
    return draft(given, present(*rows, *now), settings.current(), head)


def text_of(paper: Paper) -> str:
    kinds = (Paragraph, Heading)
    return "\n".join(each.text for each in paper.blocks if isinstance(each, kinds))


def facts(*rows: r.Record, words: tuple[Said, ...] = (), **more: Any) -> dict[str, Fact]:
    given = month(*rows, words=words, **more)
    return facts_of(given, present(*rows), settings.current(), ISSUED_ON)


def passage(place: str, **fields: Any) -> r.Passage:
    return r.Passage(code=f"T-{place}", month="2023-09", place=place, **fields)


def headings(paper: Paper) -> list[str]:
    return [each.text for each in paper.blocks if isinstance(each, Heading)]


# Figures


def test_every_task_stands_in_one_place_and_the_places_sum_to_all() -> None:
    rows = (*OVERDUE, r.Task(code="t2", clause="一", title="又一任务", kind=t.TaskKind.KEY, seq=2))
    found = standing(judged(rows, CUT))
    counted = sorted_tasks(found)
    assert sum(number for number, _ in counted.values()) == len(found.tasks) == 2
    assert (counted["逾期"][0], counted["暂不亮灯"][0]) == (1, 1)


def test_a_count_equals_its_rows_and_leads_to_them() -> None:
    known = facts(*OVERDUE)
    assert (known["任务总数"].text, known["逾期项数"].text, known["逾期占比"].text) == (
        "1",
        "1",
        "100%",
    )
    assert known["逾期项数"].address == "tasks?state=overdue"
    assert known["上月逾期项数"].address == "tasks?state=overdue&date=2023-08-31"


def test_indicators_are_reached_not_reached_or_silent() -> None:
    rows = (
        indicator(16),
        indicator(5, "j", name="另一指标", seq=2),
        indicator(3, "k", name="第三指标", seq=3),
        measure(),
        *(line(f"l{each}", indicator=each) for each in "ijk"),
    )
    words = (
        said(4, date(2023, 8, 10), to="li"),
        said(7, date(2023, 9, 10), to="li"),
        said(5, date(2023, 9, 11), to="lj"),
    )
    known = facts(*rows, words=words)
    names = ("指标总数", "达标指标数", "未达标指标数", "无数指标数", "变动指标数")
    assert [known[name].text for name in names] == ["3", "1", "1", "1", "2"]
    assert known["变动指标"].text == "指标由4家变为7家、另一指标首次填报5家"


def test_problems_are_those_of_the_annex() -> None:
    base: dict[str, Any] = {
        "description": "场所未落实",
        "source": t.ProblemSource.VISIT,
        "category": t.ProblemCategory.PREMISES,
        "unit": "u",
        "closing_standard": "落实",
    }
    closed: dict[str, Any] = {"state": t.ProblemState.CLOSED}
    rows = (
        r.Problem(code="P1", found_on=date(2023, 9, 3), due_on=date(2023, 9, 20), **base),
        r.Problem(code="P2", found_on=date(2023, 9, 4), due_on=date(2023, 10, 20), **base),
        r.Problem(
            code="P3", found_on=date(2023, 8, 4), closed_on=date(2023, 9, 9), **base, **closed
        ),
        r.Problem(
            code="P4", found_on=date(2023, 7, 4), closed_on=date(2023, 8, 9), **base, **closed
        ),
    )
    paper, known = paper_of(*rows), facts(*rows)
    names = ("收录件数", "销号件数", "未销号件数", "超期问题件数")
    assert [known[name].text for name in names] == ["2", "1", "2", "1"]
    (grid,) = paper.annexes[2].blocks
    assert isinstance(grid, Grid)
    assert [row[6] for row in grid.rows] == ["待解决", "待解决", "已销号"]
    assert "未销号问题中，1件已过解决时限，见附件3。" in text_of(paper)


def test_filings_that_did_not_come_are_counted_over_the_months_rounds() -> None:
    rows = (measure(), deadline(date(2024, 6, 30)), line(cadence=t.Recurrence.WEEKLY))
    given = month(*rows, words=(said(30, date(2023, 9, 6)),))
    known = facts_of(given, present(*rows), settings.current(), ISSUED_ON)
    (record,) = given.records
    found = [known[name].text for name in ("调度次数", "应报条次", "未报条次", "迟报条次")]
    assert (
        found
        == ["4", str(record.asked), str(record.missing), str(record.late)]
        == [
            "4",
            "4",
            "3",
            "0",
        ]
    )


def test_every_number_in_the_text_is_a_fact_or_of_the_phrases_own_words() -> None:
    paper = paper_of(*OVERDUE, words=(said(30, date(2023, 9, 6)),))
    known = {fact.key: fact for fact in paper.facts}
    for block in paper.blocks:
        if not isinstance(block, Paragraph):
            continue
        for run in block.runs:
            if run.fact:
                assert known[run.fact].text == run.text
            else:
                assert not re.search(r"\d", re.sub(r"^\d+\.$", "", run.text)), block.text


def test_the_shipped_wording_types_no_number_and_names_only_what_it_may() -> None:
    shipped = shipped_phrases(settings.current().phrases_folder)
    own = {key: each for key, each in shipped.items() if key.startswith(f"{KIND}.")}
    assert len(own) > 40
    for key, each in own.items():
        assert not typed_numbers(each.text), key
        assert set(names_in(each.text)) <= set(each.names), key
        assert not [word for word in PRAISE if word in each.text], key


def test_each_name_that_a_phrase_may_use_is_a_fact_of_its_place() -> None:
    rows = (*OVERDUE, line("l2", unit="v"))
    shipped = shipped_phrases(settings.current().phrases_folder)
    given = month(*rows)
    places = outline_of(given, present(*rows), settings.current(), ISSUED_ON).places
    for place in places:
        phrase = shipped[f"{KIND}.{place.place.partition(':')[0]}"]
        macros = {"各类任务", "任务变化"}
        assert set(phrase.names) - macros <= set(place.facts), place.place


# What is said


def test_an_overdue_task_is_told_with_lead_and_reason() -> None:
    lead = r.Responsibility(
        code="R1",
        task="t",
        clause="一",
        unit="u",
        as_printed="县卫生健康局",
        role=t.Role.LEAD,
        basis=t.Basis.BRACKET,
        seq=1,
    )
    paper = paper_of(*OVERDUE, lead, words=(said(40, date(2023, 9, 6)),))
    told = "1.“重点任务”，县卫生健康局牵头，完成40%，已过时限15天。"
    assert told in text_of(paper).splitlines()
    assert "二、存在问题" in headings(paper)
    assert "（一）部分任务逾期未完成" in headings(paper)


def test_no_lead_is_made_up() -> None:
    assert "方案未列责任单位" in text_of(paper_of(*OVERDUE))


def test_nothing_is_praised() -> None:
    for rows in (OVERDUE, (measure(), line()), ()):
        text = text_of(paper_of(*rows, words=(said(100, date(2023, 9, 6), is_done=True),)))
        assert not [word for word in PRAISE if word in text]
        assert "主要做法" not in text


def test_a_month_without_filings_says_so() -> None:
    text = text_of(paper_of(measure(), deadline(date(2024, 6, 30)), line()))
    assert "各单位尚无填报" in text
    assert "与2023年8月31日相比" not in text


def test_a_month_with_nothing_behind_has_no_failing_to_tell() -> None:
    paper = paper_of()
    assert "没有滞后、逾期的任务和超过解决时限的问题" in text_of(paper)
    assert not [name for name in headings(paper) if "部分" in name]


def test_the_first_month_has_no_before() -> None:
    june = Month(2023, 6)
    paper = paper_of(*OVERDUE, words=(said(30, date(2023, 6, 20)),), of=june)
    assert "相比" not in text_of(paper)
    assert facts(*OVERDUE, of=june)["上月逾期项数"].text == "—"


def test_months_are_compared_only_where_they_differ() -> None:
    words = (said(30, date(2023, 8, 10)),)
    assert "逾期任务由0项变为1项" in text_of(paper_of(*OVERDUE, words=words))
    later = (measure(), deadline(date(2024, 6, 30)), line())
    quiet = text_of(paper_of(*later, words=(said(30, date(2023, 8, 10)),)))
    assert "已完成、滞后和逾期任务的项数没有变化" in quiet


def test_dates_are_written_as_officials_write_them() -> None:
    text = text_of(paper_of(*OVERDUE, words=(said(30, date(2023, 9, 6)),)))
    assert "2023年9月30日" in text
    assert not re.search(r"\d{4}-\d{2}|\d月0\d日|\d/\d", text)
    assert "截止9月" not in text


def test_the_answer_is_due_after_so_many_working_days_of_the_calendar() -> None:
    assert working_days_on(date(2023, 9, 27), 3) == date(2023, 10, 8)
    assert "于2023年10月13日前报专班办公室" in text_of(paper_of(*OVERDUE))


def test_a_written_instruction_is_in_no_circular() -> None:
    base: dict[str, Any] = {
        "source": t.DirectiveSource.LEADER,
        "unit": "u",
        "issued_on": date(2023, 9, 5),
        "due_on": date(2023, 9, 9),
        "round": "2023-W36",
    }
    rows = (
        r.Directive(code="D1", matter="落实场所", **base),
        r.Directive(code="D2", matter="按批示办理", register_no="〔2023〕7号", **base),
    )
    assert facts(*rows)["议定事项数"].text == "1"
    assert "按批示办理" not in frozen(paper_of(*rows))


# Named, picked, left out


def test_who_is_named_waits_for_a_word_and_can_be_left_out() -> None:
    plan = outline_of(month(*OVERDUE), present(*OVERDUE), settings.current())
    assert {each.place for each in plan.undecided} == {"overdue_task:t", "silent_unit:u"}
    out = passage("overdue_task:t", is_left_out=True, seen="")
    plan = outline_of(month(*OVERDUE), present(*OVERDUE, out), settings.current())
    assert {each.place for each in plan.undecided} == {"silent_unit:u"}
    paper = paper_of(*OVERDUE, now=(out,))
    assert "“重点任务”" not in text_of(paper)
    assert "1项任务已过时限仍未完成。" in text_of(paper)


def test_a_unit_that_is_not_named_is_counted_all_the_same() -> None:
    out = passage("silent_unit:u", is_left_out=True, seen="")
    text = text_of(paper_of(*OVERDUE, now=(out,)))
    assert "县卫生健康局（" not in text
    assert re.search(r"未报\d+条次、迟报\d+条次。", text)


def offered() -> r.Filing:
    given = said(30, date(2023, 9, 6), experience="建立每周会商，逐村核对。。")
    return given.filing


def test_an_experience_stands_only_where_it_was_picked() -> None:
    rows, filing = (measure(), line()), offered()
    assert "主要做法" not in text_of(paper_of(*rows, offered=(filing,)))
    picked = passage(f"experience:{filing.code}", seen="")
    paper = paper_of(*rows, offered=(filing,), now=(picked,))
    assert "二、主要做法" in headings(paper)
    assert "1.县卫生健康局：建立每周会商，逐村核对。" in text_of(paper)
    assert "三、存在问题" in headings(paper)


def test_the_offices_words_follow_the_figures_and_say_how_they_read_before() -> None:
    own = passage(
        "tasks", text="全部{任务总数}项任务中，逾期{逾期项数}项。", seen="全部1项任务中，逾期0项。"
    )
    plan = outline_of(month(*OVERDUE), present(*OVERDUE, own), settings.current())
    place = plan.find("tasks")
    assert place is not None
    assert place.text == "全部1项任务中，逾期1项。"
    assert place.moved_from == "全部1项任务中，逾期0项。"


def test_wording_that_names_what_is_gone_gives_way_to_the_phrase() -> None:
    own = passage("tasks", text="{没有的数}项", seen="")
    plan = outline_of(month(*OVERDUE), present(*OVERDUE, own), settings.current())
    place = plan.find("tasks")
    assert place is not None
    assert place.text.startswith("截至2023年9月30日，1项重点任务中")


def test_a_changed_phrase_is_used_and_a_passage_goes_before_it() -> None:
    phrase = r.Phrase(code="W", key="bulletin.heading_trouble", text="主要问题")
    assert "二、主要问题" in headings(paper_of(*OVERDUE, now=(phrase,)))
    own = passage("heading_trouble", text="突出问题", seen="主要问题")
    assert "二、突出问题" in headings(paper_of(*OVERDUE, now=(phrase, own)))


def test_a_naming_of_the_ladder_is_told_until_it_is_withdrawn() -> None:
    base: dict[str, Any] = {
        "kind": t.SupervisionKind.NAMING,
        "year": 2023,
        "unit": "u",
        "reason": "督办后仍未办结",
        "demand": "限期办结",
        "issued_on": date(2023, 10, 7),
        "issued_by": "专班办公室",
        "month": "2023-09",
    }
    given = r.Supervision(code="S1", number=1, **base)
    gone = r.Supervision(code="S2", number=2, state=t.SupervisionState.WITHDRAWN, **base)
    paper = paper_of(now=(given, gone))
    assert text_of(paper).count("县卫生健康局：督办后仍未办结。") == 1


def test_many_tasks_are_told_to_a_limit_with_the_number_of_the_others() -> None:
    tasks = [
        r.Task(code=f"x{n}", clause="一", title=f"任务{n}", kind=t.TaskKind.KEY, seq=n + 2)
        for n in range(20)
    ]
    measures = [measure(f"m{n}", task=f"x{n}") for n in range(20)]
    dates = [deadline(date(2023, 9, 15), f"d{n}", measure=f"m{n}", task=f"x{n}") for n in range(20)]
    lines = [line(f"l{n}", measure=f"m{n}", task=f"x{n}") for n in range(20)]
    text = text_of(paper_of(*tasks, *measures, *dates, *lines))
    assert "20项任务已过时限仍未完成：\n1.“任务0”" in text
    assert "\n其余8项见附件1。" in text
    assert len(re.findall(r"^\d+\.“任务", text, flags=re.MULTILINE)) == 12


# The paper


def test_the_paper_bears_no_made_up_number_and_the_issuers_name() -> None:
    paper = paper_of(*OVERDUE)
    assert (paper.number, paper.register) == ("【待编号】", None)
    assert paper.issuer == paper.signed == settings.current().papers.issuers[0]
    assert paper.is_draft
    own = Head(issuer=PLAN.office, to="县直有关部门", issued_on=ISSUED_ON)
    given = month(*OVERDUE)
    assert not draft(given, present(*OVERDUE), settings.current(), own).is_draft


def test_the_annexes_hold_all_tasks_and_on_demand_the_two_lists_of_pace() -> None:
    given, now = month(*OVERDUE), present(*OVERDUE)
    head = Head(issuer="某办", to="各单位", issued_on=ISSUED_ON, with_pace=True)
    paper = draft(given, now, settings.current(), head)
    titles = [each.title for each in paper.annexes]
    assert titles == [
        "重点任务进展情况表",
        "各镇街工作进展情况表",
        "问题清单销号情况表",
        "慢于序时进度任务表",
        "按序时进度任务表",
    ]
    assert all(each.is_wide for each in paper.annexes)
    grids = [each.blocks[0] for each in paper.annexes]
    numbers = [len(grid.rows) for grid in grids if isinstance(grid, Grid)]
    assert numbers == [1, 0, 0, 1, 0]


def test_a_frozen_paper_thaws_to_the_same_and_is_made_alike_twice() -> None:
    one, other = paper_of(*OVERDUE), paper_of(*OVERDUE)
    assert frozen(one) == frozen(other)
    assert thawed(frozen(one)) == one


@pytest.mark.parametrize(
    ("office", "subject"),
    [
        ("某县社会心理服务体系建设工作专班办公室", "社会心理服务体系建设工作"),
        ("某县信访工作领导小组办公室", "信访工作"),
        ("专班办公室", "方案落实工作"),
    ],
)
def test_the_work_is_called_as_its_task_force_is(office: str, subject: str) -> None:
    plan = r.Plan(
        **{
            name: getattr(PLAN, name)
            for name in ("code", "title", "short_title", "number", "issuer", "issued_on")
        },
        period_end=PLAN.period_end,
        place="某县",
        level="县",
        office=office,
        office_unit="u",
    )
    assert subject_of(plan) == subject


def test_asks_are_only_where_somebody_is_named_or_praised() -> None:
    plan = outline_of(month(*OVERDUE, offered=(offered(),)), present(*OVERDUE), settings.current())
    asks = {each.place.partition(":")[0]: each.asks for each in plan.places}
    assert asks["overdue_task"] is asks["silent_unit"] is Asks.WORD
    assert asks["experience"] is Asks.PICK
    assert asks["tasks"] is Asks.NOTHING
    assert Light.RED in {each.light for each in judged(OVERDUE, CUT).tasks}
