"""A meeting prepared, held and closed: what each act leaves, what is refused, what is frozen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest

from dashboard import settings
from dashboard.access.audit import breaks
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.archive import content_of, frozen_weeks
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.terms import (
    DirectiveSource,
    DispatchState,
    FilingWay,
    PointOutcome,
    ProblemCategory,
    ProblemSource,
    ReviewVerdict,
)
from dashboard.papers.model import Grid, Paper, seal_of
from dashboard.papers.week import KeptPoint, KeptWeek, thaw_week, week_numbers
from dashboard.posting import dispatching
from dashboard.posting.editing import ConflictError
from dashboard.posting.faults import RefusedError
from dashboard.posting.handling import Step, withdraw
from dashboard.posting.plans import now_of, start_practice
from dashboard.posting.reviews import close_line, review_filing
from dashboard.rules.agenda import AgendaPart, Point, agenda, decided_under, key_of, shown
from dashboard.rules.judgement import Judgement, judge_books, times_of
from dashboard.rules.rounds import rounds
from dashboard.rules.weekly import Meeting, meeting_from
from tests.books import CODE, ISSUED, Desk, instant

SETTINGS = settings.current()
W38, W39, W41 = "2023-W38", "2023-W39", "2023-W41"
CUT = instant("2023-09-21T10:00")
AFTER, NEXT_CUT = CUT + timedelta(hours=1), instant("2023-09-27T10:00")
FRIDAY, DUE = date(2023, 9, 22), date(2023, 9, 28)
COUNTED, ITEM = "l-4-6-trained-2023", "2023年培训基层人才"
LATE = f"worse:{COUNTED}"
HEAD: dict[str, Any] = {"held_on": FRIDAY, "place": None, "chaired_by": None, "attended": None}
WANTED: dict[str, Any] = {"matter": "补训人员", "unit": "u-wjj", "due_on": DUE}
DECISION: dict[str, Any] = {**WANTED, "closing_standard": "培训达到时序进度"}


class Room:
    """The office at its meetings, one of them in hand."""

    def __init__(self, desk: Desk, code: str = W38) -> None:
        self.desk, self.code = desk, code
        self.given = (desk.engine, CONSOLE, CODE, code)

    def at(self, now: datetime) -> "Room":
        """Set the clock."""
        start_practice(self.desk.engine, CONSOLE, CODE, now=now, started_on=ISSUED)
        return self

    def next(self, code: str, now: datetime) -> "Room":
        """The next meeting, prepared."""
        found = Room(self.desk, code).at(now)
        found.prepare()
        return found

    def prepare(self) -> r.Dispatch:
        return dispatching.prepare(*self.given, SETTINGS)

    def settle(self, key: str, **fields: Any) -> None:
        dispatching.settle_point(*self.given, key, **fields)

    def add(self, title: str, text: str | None = None) -> str:
        return dispatching.add_point(*self.given, title, text)

    def decide(self, key: str | None = LATE, **fields: Any) -> str:
        return dispatching.decide(*self.given, key, **{**DECISION, **fields})

    def close(self, now: datetime = AFTER) -> str:
        self.at(now)
        return dispatching.close_meeting(*self.given, SETTINGS)

    def correct(self, reason: str = "补审逾期审核的填报") -> str:
        return dispatching.correct_week(*self.given, reason, SETTINGS)

    @property
    def books(self) -> Books:
        return self._judged(now_of(self.desk.plan())).books

    @property
    def head(self) -> r.Dispatch:
        return self.books.get(r.Dispatch, self.code)

    @property
    def meeting(self) -> Meeting:
        """The meeting as the rules alone judge it, by the present clock."""
        now = self.books.as_of
        known = rounds(self.books.plan.in_use_from, date(2023, 10, 31), times_of(SETTINGS))
        found = next(each for each in known if each.code == self.code)
        return meeting_from(self._judged, known, found, now)

    @property
    def points(self) -> tuple[Point, ...]:
        return agenda(self.meeting, self.books)

    def point(self, key: str) -> Point:
        return next(each for each in self.points if each.key == key)

    def order(self) -> list[str]:
        """What comes before the meeting, in order."""
        return [each.key for each in shown(self.points)]

    def kept(self, number: int = 1) -> KeptWeek:
        """A version of the frozen week."""
        content = content_of(self.desk.engine, CODE, "frozen_week", f"{self.code}-{number}")
        assert content is not None
        return thaw_week(content)

    def kept_point(self, key: str, number: int = 1) -> KeptPoint:
        return next(each for each in self.kept(number).points if each.key == key)

    @property
    def versions(self) -> tuple[r.FrozenWeek, ...]:
        return frozen_weeks(self.desk.engine, CODE, self.books.as_of)

    def _judged(self, as_of: datetime) -> Judgement:
        return judge_books(load(self.desk.engine, CODE, as_of), SETTINGS)


@pytest.fixture
def room(office: Desk) -> Room:
    """The office on 2023-09-20, its meeting of that week prepared."""
    made = Room(office)
    made.prepare()
    return made


def row_of(paper: Paper, title: str) -> str:
    """A row of a paper's grids as one text."""
    grids = (each for each in paper.blocks if isinstance(each, Grid))
    return next(" ".join(row) for grid in grids for row in grid.rows if title in row[1])


# Before the meeting


def test_a_meeting_is_prepared_once_and_dated_as_the_calendar_has_it(room: Room) -> None:
    assert (room.head.held_on, room.head.state) == (FRIDAY, DispatchState.PREPARING)
    dispatching.settle_head(*room.given, **{**HEAD, "place": "三楼会议室"})
    assert room.prepare().place == "三楼会议室"
    assert [each.code for each in room.books.all(r.Dispatch)] == [W38]


def test_a_round_that_the_calendar_does_not_have_is_not_prepared(room: Room) -> None:
    for code in ("2023-W40", "2023-W20", "2024-W01", "?"):
        with pytest.raises(RefusedError, match="这次调度"):
            Room(room.desk, code).prepare()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"chaired_by": "王副县长"}, "主持岗位请填写岗位，不填写姓名"),
        ({"held_on": date(2023, 12, 1)}, "应在本次调度的那一周（9月18日—9月24日）前后"),
    ],
)
def test_a_head_with_a_name_or_a_far_date_is_refused(
    room: Room, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        dispatching.settle_head(*room.given, **{**HEAD, "place": "一楼", **fields})
    assert message in str(caught.value)
    assert room.head.place is None


def test_points_are_ordered_worded_and_hidden(room: Room) -> None:
    own = room.add("站点建设", " 请各镇街说明 ")
    assert room.order() == ["silent", "change", "intake", own]
    dispatching.order_points(*room.given, [own, "intake", own])
    room.settle("silent", title="未报单位表态", is_hidden=False)
    room.settle("change", is_hidden=True)
    assert [each for each in room.order() if each != "silent"] == [own, "intake"]
    assert (room.point(own).text, room.point("silent").title) == ("请各镇街说明", "未报单位表态")
    assert room.point("change").is_hidden


def test_an_own_point_wants_a_title_that_no_other_has(room: Room) -> None:
    key = room.add("站点建设")
    for title, message in ((" ", "请填写议题"), ("站点建设", "已有同名议题")):
        with pytest.raises(RefusedError, match=message):
            room.add(title)
    room.settle(key, is_hidden=True)
    with pytest.raises(RefusedError, match="现为“不上会”，请恢复"):
        room.add("站点建设")
    with pytest.raises(RefusedError, match="请填写议题"):
        room.settle(key, title=" ")


@pytest.mark.parametrize("key", ["", "nothing", "own:A999999"])
def test_a_point_that_there_is_none_of_is_refused(room: Room, key: str) -> None:
    with pytest.raises(RefusedError, match="没有这个议题"):
        room.settle(key, is_hidden=True)
    with pytest.raises(RefusedError, match="没有这个议题"):
        room.decide(key)
    assert not room.books.all(r.AgendaPoint)


def test_who_comes_second_is_told_and_nothing_is_lost(room: Room) -> None:
    seen = room.books.version
    room.settle("silent", text="请未报单位说明", seen=seen)
    with pytest.raises(ConflictError) as caught:
        room.settle("silent", text="不再说明", seen=seen)
    assert caught.value.now is not None
    assert room.point("silent").text == "请未报单位说明"
    room.settle("silent", outcome=PointOutcome.DONE, seen=seen)
    room.settle("silent", text="请未报单位说明", seen=seen)
    held = room.point("silent")
    assert (held.text, held.outcome) == ("请未报单位说明", PointOutcome.DONE)
    room.settle("silent", text="不再说明", seen=caught.value.version)
    assert room.point("silent").text == "不再说明"


def test_a_head_that_another_changed_since_is_not_overwritten_unseen(room: Room) -> None:
    seen = room.books.version
    dispatching.settle_head(*room.given, **{**HEAD, "place": "三楼会议室"}, seen=seen)
    with pytest.raises(ConflictError):
        dispatching.settle_head(*room.given, **{**HEAD, "place": "一楼会议室"}, seen=seen)
    assert room.head.place == "三楼会议室"


# At the meeting


def test_a_decision_is_a_directive_with_its_point_and_standard_and_visible_at_once(
    room: Room,
) -> None:
    code = room.decide(matter=" 补训人员 ")
    made = room.books.get(r.Directive, code)
    assert (made.source, made.round, made.point) == (DirectiveSource.DISPATCH, W38, LATE)
    assert (made.matter, made.closing_standard) == ("补训人员", "培训达到时序进度")
    assert (made.task, made.unit, made.due_on) == ("t-4-6", "u-wjj", DUE)
    assert made.issued_on == date(2023, 9, 20)
    assert decided_under(room.books, W38, LATE) == (made,)
    assert room.head.state is DispatchState.HELD


def test_a_decision_may_stand_on_no_point(room: Room) -> None:
    dispatching.open_meeting(*room.given)
    assert room.head.state is DispatchState.HELD
    code = room.decide(None)
    made = room.books.get(r.Directive, code)
    assert (made.point, made.task, made.round) == (None, None, W38)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "该议定事项已登记"),
        ({"matter": "另一事项", "closing_standard": " "}, "请填写办结标准"),
        ({"matter": "另一事项", "due_on": date(2023, 9, 1)}, "办结时限不能早于交办日期"),
        ({"matter": "另一事项", "unit": "u-none"}, "没有这一行"),
    ],
)
def test_a_doubled_or_unfinished_decision_is_refused(
    room: Room, fields: dict[str, Any], message: str
) -> None:
    code = room.decide()
    with pytest.raises(RefusedError, match=message):
        room.decide(**fields)
    assert [each.code for each in room.books.all(r.Directive)] == [code]
    room.decide("silent")


def test_what_was_taken_back_as_a_slip_may_be_decided_again(room: Room) -> None:
    code = room.decide()
    step = Step(ledger="directive", code=code, text="录入有误", by_post="专班办公室")
    withdraw(room.desk.engine, CONSOLE, CODE, step)
    again = room.decide()
    assert [each.code for each in decided_under(room.books, W38, LATE)] == [again]


AT_A_MEETING: dict[str, Callable[[Room], object]] = {
    "settle": lambda on: on.settle("silent", is_hidden=True),
    "order": lambda on: dispatching.order_points(*on.given, keys=["silent"]),
    "add": lambda on: on.add("站点建设"),
    "open": lambda on: dispatching.open_meeting(*on.given),
    "decide": lambda on: on.decide(),
    "close": lambda on: on.close(),
}


@pytest.mark.parametrize("act", AT_A_MEETING)
def test_nothing_is_done_before_the_preparation_or_after_the_end(room: Room, act: str) -> None:
    room.close()
    with pytest.raises(RefusedError, match="尚未开始准备"):
        AT_A_MEETING[act](Room(room.desk, W39))
    with pytest.raises(RefusedError, match="已结束并存档，不能再改"):
        AT_A_MEETING[act](room)
    assert not room.books.all(r.Directive)
    assert not room.books.all(r.AgendaPoint)
    assert len(room.versions) == 1


# The end


def test_a_meeting_ends_at_the_cut_and_not_an_instant_before(room: Room) -> None:
    with pytest.raises(RefusedError, match="本次数据9月21日18:00截止"):
        room.close(CUT - timedelta(microseconds=1))
    assert (room.head.state, room.versions) == (DispatchState.PREPARING, ())
    assert room.close(CUT) == "2023-W38-1"
    assert room.head.state is DispatchState.CLOSED


def test_a_correction_before_the_end_is_refused(room: Room) -> None:
    with pytest.raises(RefusedError, match="尚未开始准备"):
        Room(room.desk, W39).correct()
    with pytest.raises(RefusedError, match="尚未结束存档"):
        room.correct()


def test_what_was_not_dealt_with_is_carried_and_what_was_decided_on_is_done(room: Room) -> None:
    asked = r.Problem(
        code="P-1",
        description="场所未落实",
        source=ProblemSource.VISIT,
        category=ProblemCategory.PREMISES,
        unit="u-wjj",
        found_on=ISSUED,
        closing_standard="场所落实",
        request="请协调场所",
    )
    room.desk.add(date(2023, 9, 20), asked)
    left, hidden, done, decided = (room.add(each) for each in ("甲项", "乙项", "丙项", "丁项"))
    room.settle(hidden, is_hidden=True)
    room.settle(done, outcome=PointOutcome.DONE)
    room.decide(decided)
    made = room.decide("intake")
    room.close()
    assert room.kept_point("intake").decided == (made,)
    said = {each.key: each.outcome for each in room.kept().points}
    request = key_of(AgendaPart.REQUEST, "P-1")
    assert said == {
        request: PointOutcome.CARRIED,
        left: PointOutcome.CARRIED,
        hidden: PointOutcome.OPEN,
        done: PointOutcome.DONE,
        decided: PointOutcome.DONE,
        "intake": PointOutcome.DONE,
        "silent": PointOutcome.OPEN,
        "change": PointOutcome.OPEN,
    }
    after = room.next(W39, NEXT_CUT - timedelta(days=1))
    carried = {each.key: each.title for each in after.points if each.carried == W38}
    assert carried == {request: "请协调场所", left: "甲项"}


def test_the_rest_may_be_taken_as_dealt_with(room: Room) -> None:
    key = room.add("甲项")
    room.at(AFTER)
    dispatching.close_meeting(*room.given, SETTINGS, rest=PointOutcome.DONE)
    assert room.kept_point(key).outcome is PointOutcome.DONE


def test_the_first_version_has_the_numbers_that_the_rules_judge(desk: Desk) -> None:
    desk.file(COUNTED, 10, date(2023, 8, 24))
    desk.file(COUNTED, 60, date(2023, 9, 20))
    room = Room(desk)
    room.prepare()
    room.decide()
    room.close()
    kept, (version,) = room.kept(), room.versions
    assert kept.numbers == week_numbers(room.meeting, room.books)
    assert kept.numbers["红灯"] > 0
    assert kept.numbers["已报"] == kept.numbers["本次议定事项"] == 1
    assert "累计60人次" in row_of(kept.week, ITEM)
    assert (version.figures_to, version.known_to, version.reason) == (CUT, CUT, None)
    content = content_of(desk.engine, CODE, "frozen_week", version.code)
    assert version.sha256 == seal_of(content or "")


def test_what_comes_after_the_cut_and_before_the_end_does_not_enter_the_first_version(
    room: Room,
) -> None:
    room.desk.file(COUNTED, 60, date(2023, 9, 20))
    room.desk.file(COUNTED, 90, FRIDAY)
    room.close(instant("2023-09-22T04:00"))
    assert "累计60人次" in row_of(room.kept().week, ITEM)


# Corrections


def test_a_filing_accepted_after_the_cut_enters_a_second_version_alone(room: Room) -> None:
    desk = room.desk
    desk.file(COUNTED, 10, date(2023, 8, 24))
    waiting = desk.file(COUNTED, 200, date(2023, 9, 20), accept=False)
    room.close()
    first = content_of(desk.engine, CODE, "frozen_week", "2023-W38-1")
    desk.at(date(2023, 9, 25))
    review_filing(desk.engine, CONSOLE, CODE, waiting, ReviewVerdict.ACCEPTED)
    assert room.correct(" 补审1项 ") == "2023-W38-2"
    assert content_of(desk.engine, CODE, "frozen_week", "2023-W38-1") == first
    old, new = room.kept(1), room.kept(2)
    changed = {name: (old.numbers[name], new.numbers[name]) for name in ("红灯", "正常")}
    assert changed == {"红灯": (2, 1), "正常": (0, 1)}
    assert "累计10人次" in row_of(old.week, ITEM)
    assert "累计200人次" in row_of(new.week, ITEM)
    assert [(each.number, each.reason) for each in room.versions] == [(1, None), (2, "补审1项")]
    assert room.versions[1].known_to == room.books.as_of


def test_a_correction_brings_in_nothing_of_a_later_week(room: Room) -> None:
    room.desk.file(COUNTED, 60, date(2023, 9, 20))
    room.close()
    room.desk.file(COUNTED, 150, date(2023, 9, 26))
    room.correct()
    assert room.kept(2).numbers == room.kept(1).numbers
    assert "累计60人次" in row_of(room.kept(2).week, ITEM)


def test_a_correction_without_a_reason_is_refused(room: Room) -> None:
    room.close()
    with pytest.raises(RefusedError, match="请填写更正原因"):
        room.correct("  ")
    assert len(room.versions) == 1


def test_the_head_is_still_settled_after_the_end_and_stands_in_the_next_version(room: Room) -> None:
    room.close()
    dispatching.settle_head(*room.given, **{**HEAD, "place": "三楼会议室"})
    room.correct("补记会议地点")
    assert "三楼会议室" not in str(room.kept(1).minutes)
    assert "三楼会议室" in str(room.kept(2).minutes)


@pytest.mark.parametrize("is_reviewed_in_time", [True, False])
def test_a_closing_counts_for_the_week_in_which_it_was_given(
    room: Room, *, is_reviewed_in_time: bool
) -> None:
    desk = room.desk
    desk.file(COUNTED, 10, date(2023, 8, 24))
    more: dict[str, Any] = {"way": FilingWay.TELEPHONE} if is_reviewed_in_time else {}
    filing = desk.file(
        COUNTED, 300, date(2023, 9, 20), accept=is_reviewed_in_time, is_done=True, **more
    )
    room.close()
    desk.at(date(2023, 9, 25))
    if not is_reviewed_in_time:
        review_filing(desk.engine, CONSOLE, CODE, filing, ReviewVerdict.ACCEPTED)
    close_line(desk.engine, CONSOLE, CODE, COUNTED, by_post="督查组", opinion="属实")
    room.correct()
    assert "完成待核" in row_of(room.kept(2).week, ITEM)
    assert (room.kept(1).numbers == room.kept(2).numbers) is is_reviewed_in_time
    after = room.next(W39, NEXT_CUT)
    after.close(NEXT_CUT)
    judged = {each.item.line.code: each.figure for each in after.meeting.now.items}
    assert judged[COUNTED].is_closed


# From one meeting to the next


def test_what_was_carried_and_decided_opens_the_next_meeting(room: Room) -> None:
    left = room.add("站点建设", "请各镇街说明")
    code = room.decide()
    room.close()
    after = room.next(W39, NEXT_CUT - timedelta(days=1))
    assert after.order()[0] == key_of(AgendaPart.DECISION, code)
    held = after.point(left)
    assert (held.carried, held.title, held.text) == (W38, "站点建设", "请各镇街说明")
    after.settle(left, outcome=PointOutcome.DONE)
    assert after.point(left).text == "请各镇街说明"
    after.close(NEXT_CUT)
    kept = after.kept()
    assert (kept.numbers["上次议定事项"], kept.numbers["上次议定事项已办结"]) == (1, 0)
    assert after.kept_point(left).outcome is PointOutcome.DONE
    last = after.next(W41, instant("2023-10-11T01:00"))
    assert left not in last.order()


def test_a_meeting_that_follows_a_corrected_one_begins_where_that_ended(room: Room) -> None:
    desk = room.desk
    desk.file(COUNTED, 10, date(2023, 8, 24))
    waiting = desk.file(COUNTED, 200, date(2023, 9, 20), accept=False)
    room.close()
    desk.at(date(2023, 9, 25))
    review_filing(desk.engine, CONSOLE, CODE, waiting, ReviewVerdict.ACCEPTED)
    room.correct()
    after = room.next(W39, NEXT_CUT)
    after.close(NEXT_CUT)
    assert after.kept().numbers["消除滞后与逾期"] == 0
    assert room.kept(2).numbers["消除滞后与逾期"] == 1


def test_the_first_meeting_of_a_plan_is_held_and_frozen(desk: Desk) -> None:
    first = Room(desk, "2023-W23").next("2023-W23", instant("2023-06-07T02:00"))
    assert first.order() == ["silent", "change", "intake"]
    first.close(instant("2023-06-08T10:00"))
    assert first.kept().numbers["上次议定事项"] == 0
    assert first.kept().numbers == week_numbers(first.meeting, first.books)


def test_a_meeting_takes_in_the_week_whose_own_fell_to_a_holiday(room: Room) -> None:
    before = room.next(W39, NEXT_CUT)
    left = before.add("站点建设")
    before.close(NEXT_CUT)
    after = before.next(W41, instant("2023-10-09T02:00"))
    assert after.head.held_on == date(2023, 10, 13)
    assert after.point(left).carried == W39
    with pytest.raises(RefusedError, match="10月12日18:00截止"):
        after.close(instant("2023-10-12T09:59"))
    after.close(instant("2023-10-12T10:00"))
    assert "10月2日—10月15日" in str(after.kept().week)


# Several at once


def test_two_who_decide_and_settle_at_once_both_find_their_work_kept(room: Room) -> None:
    start = Barrier(2)

    def works(who: str) -> list[str]:
        start.wait()
        made = []
        for turn in range(3):
            made.append(room.decide(matter=f"{who}第{turn}项"))
            room.settle(f"worse:{who}{turn}", text=who)
        return made

    with ThreadPoolExecutor(2) as pool:
        made = [code for codes in pool.map(works, "甲乙") for code in codes]
    assert sorted(each.code for each in room.books.all(r.Directive)) == sorted(made)
    assert len(set(made)) == len(room.books.all(r.AgendaPoint)) == 6
    assert not list(breaks(room.desk.engine))


def test_the_same_decision_of_two_at_once_is_kept_once(room: Room) -> None:
    start = Barrier(2)

    def decides(_: int) -> bool:
        start.wait()
        try:
            room.decide()
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decides, range(2))) == [False, True]
    assert len(room.books.all(r.Directive)) == 1
