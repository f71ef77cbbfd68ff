"""周调度表, 会议材料 and 会议纪要: every figure equals the books, nothing is praised or made up."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from dashboard import settings
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books
from dashboard.papers.model import Annex, Grid, Paper, Paragraph, Shape, frozen, thawed
from dashboard.papers.week import (
    material_paper,
    minutes_paper,
    thaw_week,
    week_content,
    week_numbers,
    week_paper,
)
from dashboard.papers.week_rows import moved_words
from dashboard.rules.calendar import at_time
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.rules.weekly import meeting_from
from tests.books import (
    BASE,
    PLAN,
    UNIT,
    Said,
    deadline,
    line,
    measure,
    said,
    snapshot,
)
from tests.meetings import (
    FRIDAY,
    LAST,
    NEXT_WEEK,
    OVERDUE,
    SUNDAY,
    WEEK,
    closed,
    decided,
    directive,
    instruction,
    meeting_of,
    request,
    settled,
)
from tests.papers.reading import PRAISE, grid_under, grids, headings, text_of, told, under

Maker = Callable[..., Paper]
MAKERS: tuple[Maker, ...] = (week_paper, material_paper, minutes_paper)
EACH = pytest.mark.parametrize("maker", MAKERS)
WEEKS = pytest.mark.parametrize("week", ["2023-W23", "2023-W26", "2023-W37", WEEK])
PRINTED = (
    *("序号", "重点任务", "目标", "牵头单位", "完成时限", "上次累计进展", "本次进展", "累计完成率"),
    *("序时进度", "亮灯", "存在问题", "解决措施、需协调事项", "下步计划"),
    *("填报岗位", "审核岗位", "报送时间"),
)
"""What conventions.md A2.3 prints, with posts in place of persons."""
WEEKLY = (measure(), deadline(date(2024, 6, 30)), line(cadence=t.Recurrence.WEEKLY))


def paper_of(
    maker: Maker, *rows: r.Record, words: tuple[Said, ...] = (), week: str = WEEK
) -> Paper:
    """A paper of a small meeting whose rows are all known by its Sunday."""
    return maker(meeting_of(*rows, words=words, week=week), books_of(*rows), settings.current())


def books_of(*rows: r.Record) -> Books:
    return snapshot(rows, SUNDAY)


def row_of(paper: Paper) -> dict[str, str]:
    """The only row of a 周调度表."""
    grid = grids(paper)[0]
    (row,) = grid.rows
    return dict(zip((each.head for each in grid.columns), row, strict=True))


# 周调度表


def test_the_week_lies_across_with_the_columns_that_counties_print() -> None:
    paper = paper_of(week_paper, *WEEKLY)
    assert (paper.shape, paper.is_wide) == (Shape.FORM, True)
    assert re.fullmatch(r"某县.+周调度表", paper.title)
    assert tuple(each.head for each in grids(paper)[0].columns) == PRINTED
    assert headings(paper) == [
        "本次调度议定事项",
        "上次议定事项落实情况",
        "未报、迟报单位",
        "零报告",
    ]


def test_the_week_says_its_number_its_days_and_its_cut() -> None:
    assert "第16次调度（2023年第38周，9月18日—9月24日）　数据截至9月21日18:00" in text_of(
        paper_of(week_paper)
    )


def test_a_week_over_new_year_is_named_by_the_year_that_it_belongs_to() -> None:
    plan = replace(PLAN, issued_on=date(2022, 12, 5), started_on=date(2022, 12, 5))
    meeting = meeting_of(week="2022-W52", plan=plan)
    paper = week_paper(meeting, snapshot((), date(2023, 1, 1), plan=plan), settings.current())
    assert "（2022年第52周，2022年12月26日—2023年1月1日）" in text_of(paper)


def test_before_the_cut_the_paper_says_that_figures_still_move() -> None:
    rows = (*WEEKLY,)

    def at(instant: datetime) -> Judgement:
        return judge_books(snapshot(rows, instant), settings.current())

    wednesday = at_time(date(2023, 9, 20), time(10))
    rounds = at(wednesday).rounds
    found = next(each for each in rounds if each.code == WEEK)
    meeting = meeting_from(at, rounds, found, wednesday)
    said_ = text_of(week_paper(meeting, meeting.papers, settings.current()))
    assert "本次数据尚未截止，进展截至9月20日" in said_


def test_what_was_filed_stands_with_posts_and_time() -> None:
    words = (
        said(30, date(2023, 9, 13)),
        said(
            42,
            date(2023, 9, 20),
            text="已签约",
            reason="人手不足",
            remedy="增派人员",
            next_step="继续推进",
            filed_by="县卫生健康局联络员",
        ),
    )
    row = row_of(paper_of(week_paper, *WEEKLY, words=words))
    assert (row["上次累计进展"], row["本次进展"]) == ("30%", "累计42%\n已签约")
    assert (row["存在问题"], row["解决措施、需协调事项"]) == ("人手不足", "增派人员")
    assert (row["下步计划"], row["填报岗位"]) == ("继续推进", "县卫生健康局联络员")
    assert (row["审核岗位"], row["报送时间"]) == ("专班办公室", "9月20日10:00")


def test_what_was_not_filed_is_said_and_never_left_blank() -> None:
    row = row_of(paper_of(week_paper, *WEEKLY))
    assert (row["上次累计进展"], row["本次进展"], row["报送时间"]) == ("—", "本次未报", "")
    before = (said(30, date(2023, 9, 13)),)
    row = row_of(paper_of(week_paper, *WEEKLY, words=before))
    assert (row["上次累计进展"], row["本次进展"]) == ("30%", "累计30%\n本次未报")


def test_what_waits_for_the_offices_word_does_not_count_as_filed() -> None:
    words = (said(30, date(2023, 9, 13)), said(42, date(2023, 9, 20), None))
    paper = paper_of(week_paper, *OVERDUE, words=words)
    assert row_of(paper)["本次进展"] == "累计30%\n本次无已审核的填报"


@pytest.mark.parametrize(
    ("fields", "words"), [({"no_event": True}, "本期无事件"), ({"no_change": True}, "较上次无变化")]
)
def test_a_report_of_nothing_new_is_told_as_such(fields: dict[str, Any], words: str) -> None:
    filed = said(30, date(2023, 9, 20), **fields)
    row = row_of(paper_of(week_paper, *WEEKLY, words=(filed,)))
    assert row["本次进展"].endswith(words)


def test_zero_reports_are_filled_in_as_none_where_there_is_none() -> None:
    assert "零报告（与上次相比无变化）：无；本期无事件：无。" in text_of(paper_of(week_paper))
    same = (said(30, date(2023, 9, 13)), said(30, date(2023, 9, 20)))
    assert "零报告（与上次相比无变化）：1条" in text_of(paper_of(week_paper, *WEEKLY, words=same))


def test_what_needs_a_leader_stands_beside_the_item_until_the_problem_is_closed() -> None:
    open_ = request(task="t")
    assert "需协调：请协调选址" in text_of(paper_of(week_paper, *WEEKLY, open_))
    ended = replace(open_, state=t.ProblemState.CLOSED)
    assert "请协调选址" not in text_of(paper_of(week_paper, *WEEKLY, ended))


def test_what_was_filed_for_the_first_time_has_no_earlier_figure() -> None:
    (first,) = meeting_of(*WEEKLY, words=(said(42, date(2023, 9, 20)),)).comparison.changes
    assert moved_words(first) == "本次42%"
    words = (said(30, date(2023, 9, 13)), said(42, date(2023, 9, 20)))
    (again,) = meeting_of(*WEEKLY, words=words).comparison.changes
    assert moved_words(again) == "上次30%，本次42%"


def test_a_decision_is_told_with_its_answer_and_when_it_is_overdue() -> None:
    rows = (
        directive("D1", due_on=date(2023, 9, 20)),
        directive("D2", matter="第二项", due_on=SUNDAY),
        directive(
            "D3",
            matter="第三项",
            state=t.DirectiveState.ANSWERED,
            answer="已签协议。",
            answered_on=date(2023, 9, 20),
        ),
    )
    found = grid_under(paper_of(week_paper, *rows), "上次议定事项落实情况").rows
    assert [row[4:] for row in found] == [
        ("办理中，已逾期", "尚未反馈"),
        ("办理中", "尚未反馈"),
        ("已反馈", "已签协议（9月20日）"),
    ]


def test_what_was_withdrawn_is_called_so_and_not_counted_as_done() -> None:
    taken_back = r.HandlingStep(
        code="H1", act=t.HandlingAct.WITHDRAWN, done_on=FRIDAY, by_post="岗", directive="D1"
    )
    rows = (directive(state=t.DirectiveState.CLOSED), taken_back)
    (row,) = grid_under(paper_of(week_paper, *rows), "上次议定事项落实情况").rows
    assert row[4:] == ("已撤回", "")
    assert "共1项，已办结0项" in text_of(paper_of(material_paper, *rows))
    assert "共1项，已办结0项" in text_of(paper_of(minutes_paper, *rows))


# 会议材料


def test_the_material_follows_the_agenda_with_numbered_parts() -> None:
    rows = (*OVERDUE, *NEXT_WEEK, directive(), request())
    assert headings(paper_of(material_paper, *rows)) == [
        "一、上次议定事项落实情况",
        "二、新增滞后与逾期事项",
        "三、本周、下周到期事项",
        "四、未报、迟报单位",
        "五、需协调解决的问题",
        "六、各部门本周变化",
        "七、零报告情况",
    ]
    order = (settled("request:P1", seq=1), settled("decision:D1", seq=2))
    assert headings(paper_of(material_paper, *rows, *order))[:3] == [
        "一、需协调解决的问题",
        "二、上次议定事项落实情况",
        "三、新增滞后与逾期事项",
    ]


def test_hidden_points_do_not_appear_in_the_material() -> None:
    rows = (*OVERDUE, *NEXT_WEEK, directive(), request())
    hidden = ("decision:D1", "worse:l", "due:l", "request:P1", "silent", "own:A1")
    marks = [settled(key, is_hidden=True, title="不上会的议题") for key in hidden]
    paper = paper_of(material_paper, *rows, *marks)
    assert headings(paper) == ["一、本周、下周到期事项", "二、各部门本周变化", "三、零报告情况"]
    assert [row[1] for row in grid_under(paper, "到期事项").rows] == ["下周到期的措施\n（一）"]
    for word in ("不上会的议题", "落实活动场所", "选址"):
        assert word not in text_of(paper)


def test_own_points_stand_alone_with_their_words_and_carried_ones_say_so() -> None:
    rows = (
        closed(),
        settled(
            "own:A1", LAST, outcome=t.PointOutcome.CARRIED, title="研究值守安排", text="请研究。"
        ),
        settled("own:A2", title="其他事宜"),
    )
    paper = paper_of(material_paper, *rows)
    assert headings(paper)[-2:] == ["四、研究值守安排", "五、其他事宜"]
    assert [each.text for each in under(paper, "研究值守安排") if isinstance(each, Paragraph)] == [
        "请研究。",
        "上次调度未议，转入本次。",
    ]


def test_why_an_item_fell_behind_is_told_as_the_unit_filed_it() -> None:
    words = (said(30, date(2023, 9, 20), reason="场所未定"),)
    (row,) = grid_under(paper_of(material_paper, *OVERDUE, words=words), "逾期事项").rows
    assert row[1] == "具体措施\n（一）"
    assert row[6].endswith("\n填报原因：场所未定")


def test_the_material_is_dated_as_the_meeting_is_held() -> None:
    assert paper_of(material_paper).dated == FRIDAY
    held = r.Dispatch(code=WEEK, held_on=date(2023, 9, 25))
    assert paper_of(material_paper, held).dated == date(2023, 9, 25)


# 会议纪要


def paragraphs(paper: Paper) -> list[str]:
    return [each.text for each in paper.blocks if isinstance(each, Paragraph)]


def test_the_minutes_say_who_met_when_and_where() -> None:
    head = r.Dispatch(
        code=WEEK,
        held_on=FRIDAY,
        place="县政府会议室",
        chaired_by="县政府分管副县长",
        attended="县委政法委、县卫生健康局。",
    )
    paper = paper_of(minutes_paper, head)
    assert (paper.shape, paper.register, paper.dated) == (Shape.MINUTES, "第16次", FRIDAY)
    assert paragraphs(paper)[0] == (
        "2023年9月22日，县政府分管副县长在县政府会议室主持召开第16次调度会议。"
        "现将会议议定事项纪要如下。"
    )
    assert paragraphs(paper)[-1] == "出席：县委政法委、县卫生健康局。"


def test_the_minutes_of_a_meeting_without_a_head_make_none_up() -> None:
    text = text_of(paper_of(minutes_paper))
    assert "2023年9月22日召开第16次调度会议。" in text
    for word in ("主持", "出席", "会议审议"):
        assert word not in text


def test_the_minutes_hold_each_decision_with_unit_full_date_and_standard() -> None:
    rows = (
        *OVERDUE,
        request(),
        decided("D8", point="request:P1", matter="确定选址。", due_on=date(2024, 1, 31)),
        decided("D9", matter="做好值守", closing_standard=None),
    )
    paper = paper_of(minutes_paper, *rows)
    assert headings(paper)[1:] == ["二、议定事项", "（一）关于“请协调选址”", "（二）其他"]
    assert (
        "确定选址，由县卫生健康局负责，2024年1月31日前办结。办结标准：签订场地协议。"
        in paragraphs(paper)
    )
    assert "做好值守，由县卫生健康局负责，2023年9月28日前办结。" in paragraphs(paper)
    (annex,) = paper.annexes
    assert annex.title == "第16次调度议定事项清单"
    assert listed(annex) == [
        ("1", "确定选址。", UNIT.name, "2024年1月31日", "签订场地协议"),
        ("2", "做好值守", UNIT.name, "9月28日", ""),
    ]


def listed(annex: Annex) -> list[tuple[str, ...]]:
    (grid,) = annex.blocks
    assert isinstance(grid, Grid)
    return list(grid.rows)


def test_decisions_on_no_point_need_no_heading_of_their_own() -> None:
    paper = paper_of(minutes_paper, decided("D8"), decided("D9", matter="做好值守"))
    assert headings(paper) == ["一、上次议定事项落实情况", "二、议定事项"]
    assert [each[:2] for each in paragraphs(paper)[-2:]] == ["1.", "2."]


def test_several_decisions_on_a_point_are_numbered_and_one_is_not() -> None:
    rows = [decided(code, matter=code, point="silent") for code in ("D8", "D9")]
    numbered = paragraphs(paper_of(minutes_paper, *rows))
    assert [each.split("，")[0] for each in numbered[-2:]] == ["1.D8", "2.D9"]
    assert paragraphs(paper_of(minutes_paper, rows[0]))[-1].startswith("D8，")


def test_the_minutes_say_what_was_heard_and_what_waits() -> None:
    rows = (
        *OVERDUE,
        request(),
        settled("worse:l", outcome=t.PointOutcome.DONE),
        settled("request:P1", outcome=t.PointOutcome.CARRIED),
        settled("silent", outcome=t.PointOutcome.DONE, is_hidden=True),
        settled("own:A1", outcome=t.PointOutcome.CARRIED, title="研究值守。"),
    )
    text = text_of(paper_of(minutes_paper, *rows))
    assert "会议审议了新增滞后与逾期事项。" in text
    assert "以下2项本次未议，转下次调度：请协调选址；研究值守。" in text


def test_the_minutes_name_what_is_overdue_and_without_an_answer() -> None:
    late = directive(matter="落实场所。", due_on=date(2023, 9, 20))
    text = text_of(paper_of(minutes_paper, late, directive("D2", state=t.DirectiveState.CLOSED)))
    assert (
        "此前议定、纳入本次调度的事项共2项，已办结1项，逾期未反馈1项："
        "县卫生健康局承办的“落实场所”（时限9月20日）。"
    ) in text
    assert "没有逾期未反馈的事项。" in text_of(paper_of(minutes_paper, directive()))


def test_a_unit_that_came_after_the_cut_can_be_given_a_decision() -> None:
    new = r.Unit(code="n", name="新设单位", kind=t.UnitKind.GOVERNMENT, seq=3)
    made = decided(unit="n")
    meeting = meeting_of(*WEEKLY)
    for maker in (week_paper, minutes_paper):
        paper = maker(meeting, books_of(*WEEKLY, new, made), settings.current())
        assert "新设单位" in text_of(paper)


# All of them


@EACH
def test_an_instruction_never_appears(maker: Maker) -> None:
    rows = (instruction(), instruction("D6", WEEK, issued_on=FRIDAY, point="silent"))
    assert text_of(paper_of(maker, *OVERDUE, *rows)) == text_of(paper_of(maker, *OVERDUE))
    assert "D6" not in week_content(meeting_of(*rows), books_of(*rows), settings.current())


@EACH
@pytest.mark.parametrize("week", ["2023-W23", WEEK])
def test_the_first_meeting_and_an_empty_plan_have_papers_that_say_so(
    maker: Maker, week: str
) -> None:
    paper = paper_of(maker, week=week)
    assert not paper.is_practice
    assert all(grid.empty for grid in grids(paper))
    assert not any(grid.rows for grid in grids(paper))
    if maker is not material_paper:
        assert "没有此前议定、尚待落实的事项。" in text_of(paper)


@EACH
def test_nothing_is_praised_and_nothing_reads_as_a_machine_wrote_it(maker: Maker) -> None:
    rows = (*OVERDUE, *NEXT_WEEK, directive(), decided(point="worse:l"), request(task="t"))
    paper = paper_of(maker, *rows, words=(said(30, date(2023, 9, 20)),))
    for each in told(paper):
        assert not re.search(r"[A-Za-z]|\d-\d|月0\d|。。|；。|^。", each), each
    assert not [word for word in PRAISE if word in text_of(paper)]


@EACH
def test_a_paper_is_kept_and_comes_back_as_it_was(maker: Maker) -> None:
    rows = (*OVERDUE, *NEXT_WEEK, directive(), decided(point="worse:l"), request())
    then = frozen(paper_of(maker, *rows))
    assert frozen(paper_of(maker, *rows)) == then
    assert frozen(thawed(then)) == then


def test_a_kept_week_holds_points_numbers_and_what_was_decided_on_them() -> None:
    rows = (
        *OVERDUE,
        decided(point="worse:l"),
        settled("worse:l", outcome=t.PointOutcome.DONE, text="说明"),
        settled("due:l", is_hidden=True),
    )
    meeting, books = meeting_of(*rows), books_of(*rows)
    kept = thaw_week(week_content(meeting, books, settings.current()))
    points = {each.key: each for each in kept.points}
    assert (points["worse:l"].decided, points["worse:l"].text) == (("D9",), "说明")
    assert points["worse:l"].outcome is t.PointOutcome.DONE
    assert points["due:l"].is_hidden
    assert (kept.round, kept.numbers) == (WEEK, week_numbers(meeting, books))
    assert (kept.numbers["本次议定事项"], kept.numbers["重点任务"]) == (1, len(BASE[3:]))


def test_what_is_no_kept_week_is_refused() -> None:
    with pytest.raises(ValueError, match="KeptWeek"):
        thaw_week("{}")
