"""The course of a problem: who may take which step when, and what the books hold after it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dashboard.access.rights import ForbiddenError
from dashboard.access.viewer import LOCAL, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.closings import closings_asked
from dashboard.ledgers.history import revisions_of
from dashboard.ledgers.store import StoredFile
from dashboard.ledgers.terms import (
    AccountRole,
    EvidenceKind,
    ProblemAct,
    ProblemCategory,
    ProblemSource,
    ProblemState,
)
from dashboard.posting import problem_steps as steps
from dashboard.posting.editing import change_row
from dashboard.posting.faults import RefusedError
from dashboard.posting.problem_steps import Move, SteppedMeanwhileError, Terms
from dashboard.posting.problems import raise_problem
from dashboard.rules.calendar import end_of
from dashboard.rules.invariants import breaches
from dashboard.rules.problems import last_step, steps_of
from dashboard.rules.reuse import reuses
from tests.books import CODE, Desk
from tests.people import move as move_account
from tests.people import person, refusals, told

FOUND, DAY = date(2023, 9, 5), date(2023, 9, 20)
PROBLEM = r.Problem(
    code="new",
    description="专职人员不足",
    source=ProblemSource.TOWN,
    category=ProblemCategory.STAFF,
    unit="u-wjj",
    found_on=FOUND,
    closing_standard="配齐专职人员",
)
TERMS = Terms(closing_standard="每处配齐2名专职人员", unit="u-wjj", solution="统一招聘", due_on=DAY)
FILE = StoredFile("名册.pdf", EvidenceKind.PDF, 9, "a" * 64)
POSTS = {
    "asked": "县卫生健康局联络员",
    "checked": "专班办公室核查岗",
    "confirmed": "专班办公室副主任",
}


class Course:
    """One problem on its way, at the office computer unless somebody else is named."""

    def __init__(self, desk: Desk, **fields: Any) -> None:
        self.desk = desk
        desk.at(FOUND)
        self.code = raise_problem(desk.engine, LOCAL, CODE, replace(PROBLEM, **fields))
        desk.at(DAY)

    @property
    def row(self) -> r.Problem:
        return self.desk.judged(DAY).books.get(r.Problem, self.code)

    @property
    def steps(self) -> list[r.ProblemStep]:
        return list(steps_of(self.desk.judged(DAY).books, self.code))

    @property
    def acts(self) -> list[str]:
        return [each.act.label for each in self.steps]

    @property
    def seen(self) -> str | None:
        last = last_step(self.desk.judged(DAY).books, self.code)
        return last.code if last else None

    def move(self, **fields: Any) -> Move:
        return Move(problem=self.code, **{"seen": self.seen, **fields})

    def take_up(self, by: Viewer = LOCAL, terms: Terms = TERMS, **fields: Any) -> "Course":
        steps.take_up(self.desk.engine, by, CODE, self.move(**fields), terms)
        return self

    def report(self, by: Viewer = LOCAL, text: str | None = "已招1名", **fields: Any) -> "Course":
        solution = fields.pop("solution", None)
        given = {"by_post": POSTS["asked"], **fields}
        steps.report(self.desk.engine, by, CODE, self.move(text=text, **given), solution=solution)
        return self

    def ask(
        self, by: Viewer = LOCAL, text: str | None = "2名人员均已到岗", **fields: Any
    ) -> "Course":
        given = {"by_post": POSTS["asked"], **fields}
        steps.ask_closing(self.desk.engine, by, CODE, self.move(text=text, **given))
        return self

    def check(
        self,
        by: Viewer = LOCAL,
        text: str | None = "现场查看属实",
        *,
        passed: bool = True,
        **fields: Any,
    ) -> "Course":
        given = {"by_post": POSTS["checked"], **fields}
        steps.check(self.desk.engine, by, CODE, self.move(text=text, **given), passed=passed)
        return self

    def confirm(
        self, by: Viewer = LOCAL, text: str | None = None, *, agreed: bool = True, **fields: Any
    ) -> "Course":
        given = {"by_post": POSTS["confirmed"], **fields}
        steps.confirm(self.desk.engine, by, CODE, self.move(text=text, **given), agreed=agreed)
        return self

    def look_back(
        self,
        by: Viewer = LOCAL,
        text: str | None = "人员在岗",
        *,
        holds: bool = True,
        **fields: Any,
    ) -> "Course":
        steps.look_back(self.desk.engine, by, CODE, self.move(text=text, **fields), holds=holds)
        return self

    def reopen(self, by: Viewer = LOCAL, text: str | None = "人员离岗") -> "Course":
        steps.reopen(self.desk.engine, by, CODE, self.move(text=text))
        return self

    def asked(self) -> "Course":
        return self.take_up().ask()

    def closed(self) -> "Course":
        return self.asked().check().confirm()


@pytest.fixture
def course(desk: Desk) -> Course:
    """A problem found on 5 September; it is the 20th."""
    return Course(desk)


def refused(course: Course, act: Callable[..., object], words: str, **given: Any) -> None:
    """The act is refused with these words, and nothing of it is left."""
    before = course.row, course.steps
    with pytest.raises(RefusedError, match=words):
        act(**given)
    assert (course.row, course.steps) == before


# Each step and what it does


def test_taking_up_settles_standard_solution_unit_and_date(course: Course) -> None:
    course.take_up(text="请于月底前配齐")
    row, (step,) = course.row, course.steps
    assert row.state is ProblemState.SOLVING
    assert (row.closing_standard, row.solution, row.due_on) == (
        "每处配齐2名专职人员",
        "统一招聘",
        DAY,
    )
    assert (step.act, step.text, step.by_post, step.done_on) == (
        ProblemAct.TAKEN_UP,
        "请于月底前配齐",
        "专班办公室",
        DAY,
    )


def test_a_report_is_the_progress_and_may_change_the_solution(course: Course) -> None:
    course.take_up().report(solution="先借调再招聘")
    assert (course.row.progress, course.row.solution) == ("已招1名", "先借调再招聘")
    course.report(text="已招2名")
    assert (course.row.progress, course.row.solution) == ("已招2名", "先借调再招聘")
    assert course.row.state is ProblemState.SOLVING


def test_a_problem_is_asked_checked_and_confirmed_by_three_posts(course: Course) -> None:
    course.closed()
    row = course.row
    assert (row.state, row.closed_on) == (ProblemState.CLOSED, DAY)
    assert (row.asked_by, row.checked_by, row.confirmed_by) == tuple(POSTS.values())
    assert (row.asked_on, row.checked_on, row.check_opinion) == (DAY, DAY, "现场查看属实")
    assert course.acts == ["交办整改", "申请销号", "核查通过", "确认销号"]
    assert [each.by_post for each in course.steps[1:]] == list(POSTS.values())
    assert breaches(course.desk.judged(DAY).books) == ()


def test_what_was_checked_waits_for_its_confirmation(course: Course) -> None:
    course.asked().check()
    assert (course.row.state, course.row.checked_on) == (ProblemState.TO_CHECK, DAY)
    refused(course, course.check, "目前“待确认”，不能办理“核查通过”")


def test_not_passed_and_not_agreed_go_back_to_the_unit_with_the_reason(course: Course) -> None:
    course.asked().check(passed=False, text="只到岗1名")
    row = course.row
    assert (row.state, row.asked_on, row.checked_on) == (ProblemState.SOLVING, None, None)
    course.ask().check().confirm(agreed=False, text="证书不全")
    row = course.row
    assert (row.state, row.checked_by, row.check_opinion) == (ProblemState.SOLVING, None, None)
    said = [each.text for each in course.steps if each.act.label in ("核查不通过", "不予销号")]
    assert said == ["只到岗1名", "证书不全"]


def test_looking_back_is_recorded_on_a_closed_problem(course: Course) -> None:
    course.closed().look_back()
    assert (course.row.state, course.row.looked_back_on) == (ProblemState.CLOSED, DAY)
    course.look_back(text="再次查看，人员在岗")
    assert course.acts[-2:] == ["回头看", "回头看"]


def test_looking_back_in_vain_reopens(course: Course) -> None:
    course.closed().look_back(holds=False, text="人员离岗")
    assert course.row.state is ProblemState.REOPENED
    assert (course.steps[-1].act, course.steps[-1].text) == (
        ProblemAct.REOPENED,
        "回头看不合格：人员离岗",
    )


def test_reopenings_are_counted_and_the_steps_keep_the_closing(course: Course) -> None:
    course.closed().reopen()
    row = course.row
    assert (row.state, row.reopenings) == (ProblemState.REOPENED, 1)
    closing = (row.asked_by, row.asked_on, row.checked_by, row.check_opinion, row.checked_on)
    assert {*closing, row.confirmed_by, row.closed_on, row.looked_back_on} == {None}
    course.report().ask().check().confirm().reopen()
    assert course.row.reopenings == 2
    assert course.acts.count("确认销号") == 2


def test_every_change_has_its_history_and_every_step_its_audit_event(course: Course) -> None:
    course.closed()
    changes = revisions_of(course.desk.engine, CODE, "problem", course.code)
    states = [each.new for each in reversed(changes) if each.field == "state"]
    assert states == ["solving", "to_check", "closed"]
    assert [each.by_post for each in changes if each.new == "closed"] == [POSTS["confirmed"]]
    events = [(kind, act) for kind, _, _, act, _ in told(course.desk.engine)]
    assert events[-4:] == [
        ("登记", "交办整改"),
        ("登记", "申请销号"),
        ("审核", "核查通过"),
        ("审核", "确认销号"),
    ]


def test_files_belong_to_the_step_and_the_unit(course: Course) -> None:
    course.take_up().ask(evidence=(FILE,))
    (asked,) = closings_asked(course.desk.engine, CODE, end_of(DAY))
    assert (asked.code, asked.subject) == (course.steps[-1].code, course.code)
    assert asked.files == {FILE.sha256: "名册.pdf"}


# What is refused


@pytest.mark.parametrize(
    ("until", "act", "words"),
    [
        ("", "report", "目前“待交办”，不能办理“整改进展”"),
        ("", "ask", "目前“待交办”，不能办理“申请销号”"),
        ("take_up", "take_up", "目前“整改中”，不能办理“交办整改”"),
        ("take_up", "check", "目前“整改中”，不能办理“核查通过”"),
        ("take_up", "confirm", "目前“整改中”，不能办理“确认销号”"),
        ("take_up", "reopen", "目前“整改中”，不能办理“重新挂账”"),
        ("asked", "report", "目前“待核查”，不能办理“整改进展”"),
        ("asked", "ask", "目前“待核查”，不能办理“申请销号”"),
        ("asked", "confirm", "目前“待核查”，不能办理“确认销号”"),
        ("asked", "look_back", "目前“待核查”，不能办理“回头看”"),
        ("closed", "report", "不能办理“整改进展”"),
        ("closed", "ask", "不能办理“申请销号”"),
        ("closed", "take_up", "不能办理“交办整改”"),
        ("closed", "check", "不能办理“核查通过”"),
    ],
)
def test_a_step_out_of_turn_is_refused(course: Course, until: str, act: str, words: str) -> None:
    if until:
        getattr(course, until)()
    refused(course, getattr(course, act), words)


@pytest.mark.parametrize(
    ("until", "act", "given", "words"),
    [
        ("take_up", "report", {}, "请填写整改进展"),
        ("take_up", "ask", {}, "请填写对照销号标准的完成情况"),
        ("asked", "check", {}, "请填写核查意见"),
        ("asked", "check", {"passed": False}, "请填写核查不通过的原因"),
        ("closed", "look_back", {}, "请填写回头看情况"),
        ("closed", "look_back", {"holds": False}, "请填写重新挂账的原因"),
        ("closed", "reopen", {}, "请填写重新挂账的原因"),
    ],
)
def test_a_step_without_its_words_is_refused(
    course: Course, until: str, act: str, given: dict[str, Any], words: str
) -> None:
    getattr(course, until)()
    for blank in (None, "  "):
        refused(course, getattr(course, act), words, text=blank, **given)


def test_not_agreeing_needs_a_reason_and_agreeing_does_not(course: Course) -> None:
    course.asked().check()
    refused(course, course.confirm, "请填写不予销号的原因", agreed=False)
    assert course.confirm().row.state is ProblemState.CLOSED


def test_the_standard_is_settled_once(course: Course) -> None:
    course.closed().reopen()
    other = replace(TERMS, closing_standard="配齐1名即可")
    refused(course, course.take_up, "已在首次交办时确定，不能改写", terms=other)
    course.take_up(terms=replace(TERMS, solution="另行招聘", unit="u-jtj"))
    row = course.row
    assert (row.closing_standard, row.solution, row.unit) == (
        TERMS.closing_standard,
        "另行招聘",
        "u-jtj",
    )


def test_terms_name_a_unit_that_can_answer_a_standard_and_no_date_before_the_finding(
    course: Course,
) -> None:
    for unit in ("u-gezj", "u-nowhere"):
        refused(course, course.take_up, "能够承办", terms=replace(TERMS, unit=unit))
    early = replace(TERMS, due_on=FOUND - timedelta(days=1))
    refused(course, course.take_up, "不能早于发现时间", terms=early)
    blank = replace(TERMS, closing_standard=" ")
    refused(course, course.take_up, "请写明做到什么程度可以销号", terms=blank)
    assert course.take_up(terms=replace(TERMS, due_on=FOUND)).row.due_on == FOUND


def test_a_check_is_not_before_the_asking_nor_after_today(course: Course) -> None:
    course.take_up(done_on=FOUND).ask(done_on=date(2023, 9, 12))
    early, late = date(2023, 9, 11), DAY + timedelta(days=1)
    refused(course, course.check, "不能早于“申请销号”的日期（9月12日）", done_on=early)
    refused(course, course.check, "日期不能晚于今天", done_on=late)
    assert course.check(done_on=date(2023, 9, 12)).row.checked_on == date(2023, 9, 12)
    assert course.confirm(done_on=DAY).row.closed_on == DAY


def test_the_first_step_is_not_before_the_finding(course: Course) -> None:
    day = FOUND - timedelta(days=1)
    refused(course, course.take_up, "不能早于发现时间", done_on=day)
    assert course.take_up(done_on=FOUND).steps[0].done_on == FOUND


def test_personal_data_are_refused_in_a_step(course: Course) -> None:
    course.take_up()
    refused(course, course.report, "疑似含有手机号码", text="请联系13900000000")


def test_a_problem_that_is_not_there_is_refused(course: Course) -> None:
    with pytest.raises(RefusedError, match="没有这个问题"):
        steps.reopen(course.desk.engine, LOCAL, CODE, Move(problem="P999999", text="离岗"))


def test_a_closed_problem_is_changed_by_reopening_alone(course: Course) -> None:
    course.closed()
    with pytest.raises(RefusedError, match="已办结，不能修改"):
        change_row(
            course.desk.engine, LOCAL, CODE, course.row, {"progress": "又有变化"}, seen=10**6
        )
    course.reopen()
    change_row(course.desk.engine, LOCAL, CODE, course.row, {"progress": "又有变化"}, seen=10**6)
    assert course.row.progress == "又有变化"


# Different hands


def test_at_one_computer_three_different_posts_are_typed(course: Course) -> None:
    course.asked()
    same = "县卫生健康局 联络员"
    refused(course, course.check, "核查岗位应与申请销号岗位", by_post=same)
    refused(course, course.check, "核查岗位应与申请销号岗位", by_post=same, passed=False)
    course.check()
    for post, words in (
        (same, "确认岗位应与申请销号岗位"),
        (POSTS["checked"], "确认岗位应与核查岗位"),
    ):
        for agreed in (True, False):
            refused(course, course.confirm, words, by_post=post, agreed=agreed, text="否")
    course.confirm()
    refused(course, course.look_back, "回头看岗位应与申请销号岗位", by_post=same)
    assert course.look_back(by_post=POSTS["checked"]).row.looked_back_on == DAY


def test_at_one_computer_no_closing_is_signed_with_the_computer_s_own_post(course: Course) -> None:
    course.take_up()
    refused(course, course.ask, "请填写申请销号岗位", by_post=None)
    course.ask()
    refused(course, course.check, "请填写核查岗位", by_post=" ")
    course.check()
    refused(course, course.confirm, "请填写确认岗位", by_post=None)
    assert course.confirm().row.state is ProblemState.CLOSED


def test_only_the_asking_that_stands_binds_the_hands(course: Course) -> None:
    course.asked().check(passed=False).ask(by_post="县卫生健康局股长").check(by_post=POSTS["asked"])
    assert course.row.checked_by == POSTS["asked"]


def test_with_accounts_three_accounts_with_three_posts(course: Course) -> None:
    engine = course.desk.engine
    liaison = person(engine, AccountRole.LIAISON, "u-wjj", post="县卫生健康局联络员")
    office = person(engine, AccountRole.OFFICE, name="bgs", post="专班办公室核查岗")
    twin = person(engine, AccountRole.OFFICE, name="twin", post="专班办公室核查岗")
    leader = person(engine, AccountRole.LEADER, post="专班办公室主任")
    course.take_up(office).report(liaison).ask(liaison, by_post="冒名岗位")
    assert (course.row.asked_by, course.steps[-1].by_account) == (
        "县卫生健康局联络员",
        liaison.account,
    )
    course.check(office, by_post="冒名岗位")
    assert course.row.checked_by == "专班办公室核查岗"
    refused(course, course.confirm, "确认人应与核查人不同，请由他人办理", by=office)
    refused(course, course.confirm, "确认岗位应与核查岗位（专班办公室核查岗）不同", by=twin)
    course.confirm(leader, by_post="冒名岗位")
    assert (course.row.confirmed_by, course.row.state) == ("专班办公室主任", ProblemState.CLOSED)


def test_who_entered_the_asking_for_a_unit_does_not_check_it(course: Course) -> None:
    engine = course.desk.engine
    first = person(engine, AccountRole.OFFICE, name="first", post="专班办公室综合岗")
    second = person(engine, AccountRole.OFFICE, name="second", post="专班办公室核查岗")
    course.take_up(first).ask(first, by_post="县卫生健康局联络员")
    assert course.row.asked_by == "县卫生健康局联络员"
    refused(course, course.check, "核查人应与申请销号人不同", by=first)
    assert course.check(second).row.checked_by == "专班办公室核查岗"


def test_an_accounts_new_role_does_not_let_it_check_what_it_asked_for(course: Course) -> None:
    engine = course.desk.engine
    office = person(engine, AccountRole.OFFICE, name="bgs")
    liaison = person(engine, AccountRole.LIAISON, "u-wjj", name="lly", post="联络员")
    course.take_up(office).ask(liaison)
    move_account(engine, "lly", AccountRole.OFFICE)
    now = replace(liaison, role=AccountRole.OFFICE, units=frozenset())
    refused(course, course.check, "核查人应与申请销号人不同", by=now)


def test_a_liaison_does_not_date_a_step(course: Course) -> None:
    engine = course.desk.engine
    course.take_up(person(engine, AccountRole.OFFICE), done_on=FOUND)
    liaison = person(engine, AccountRole.LIAISON, "u-wjj")
    course.report(liaison, done_on=date(2023, 9, 6))
    assert course.steps[-1].done_on == DAY


# Rights


def test_who_may_not_take_a_step_is_refused_and_on_record(course: Course) -> None:
    engine = course.desk.engine
    office = person(engine, AccountRole.OFFICE, post="专班办公室核查岗")
    own = person(engine, AccountRole.LIAISON, "u-wjj")
    other = person(engine, AccountRole.LIAISON, "u-jtj")
    leader = person(engine, AccountRole.LEADER)
    auditor = person(engine, AccountRole.AUDITOR)

    def forbidden(act: Callable[[Viewer], object], *viewers: Viewer) -> None:
        for viewer in viewers:
            before, said = course.row, len(refusals(engine))
            with pytest.raises(ForbiddenError):
                act(viewer)
            assert (course.row, len(refusals(engine))) == (before, said + 1)

    forbidden(course.take_up, own, other, leader, auditor)
    course.take_up(office)
    forbidden(course.report, other, leader, auditor)
    forbidden(course.ask, other, leader, auditor)
    course.report(own).ask(own)
    forbidden(course.check, own, other, leader, auditor)
    course.check(office)
    forbidden(course.confirm, own, other, auditor)
    course.confirm(leader)
    forbidden(course.look_back, own, other, leader, auditor)
    forbidden(course.reopen, own, other, leader, auditor)
    course.reopen(office)
    assert course.row.reopenings == 1


# Two at once


def test_the_second_of_two_is_told_and_nothing_is_written(course: Course) -> None:
    course.take_up()
    seen = course.seen
    course.ask()
    with pytest.raises(
        SteppedMeanwhileError, match="县卫生健康局联络员已先办理“申请销号”"
    ) as told_:
        course.ask(seen=seen, text="另一次申请")
    assert told_.value.step is not None
    assert told_.value.step.text == "2名人员均已到岗"
    assert course.acts.count("申请销号") == 1


def test_the_first_step_too_asks_what_was_seen(course: Course) -> None:
    course.take_up()
    with pytest.raises(SteppedMeanwhileError, match="专班办公室已先办理“交办整改”"):
        course.report(seen=None)
    assert len(course.steps) == 1


def test_two_same_reports_are_one_where_the_second_has_not_seen_the_first(course: Course) -> None:
    course.take_up()
    seen = course.seen
    course.report()
    with pytest.raises(SteppedMeanwhileError):
        course.report(seen=seen)
    assert course.acts == ["交办整改", "整改进展"]


# Re-use


def test_words_and_files_of_another_closing_are_found_and_own_earlier_ones_are_not(
    desk: Desk,
) -> None:
    first = Course(desk).take_up().ask(text="人员已配齐，均已到岗。", evidence=(FILE,))
    second = Course(desk).take_up().ask(text="人员已配齐均已到岗", evidence=())
    third = Course(desk).take_up().ask(text="站点已选址", evidence=(replace(FILE, name="表.pdf"),))
    fourth = Course(desk).take_up().ask(text="制度全部上墙").check(passed=False)
    fourth.ask(text="制度全部上墙")
    desk.file("l-4-9-1", 100, DAY, is_done=True, text="人员已配齐，均已到岗")
    every = closings_asked(desk.engine, CODE, end_of(DAY))

    def found(course: Course) -> set[tuple[str, bool, tuple[str, ...]]]:
        own = next(each for each in reversed(every) if each.subject == course.code)
        return {(each.other.subject, each.is_same_text, each.files) for each in reuses(own, every)}

    assert found(first) == {
        (second.code, True, ()),
        (third.code, False, ("名册.pdf",)),
        ("l-4-9-1", True, ()),
    }
    assert found(third) == {(first.code, False, ("表.pdf",))}
    assert found(fourth) == set()
