"""A problem's own page: its course is told, and each viewer is offered the own next step alone."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import LOCAL, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books
from dashboard.ledgers.store import StoredFile
from dashboard.ledgers.terms import AccountRole, EvidenceKind, ProblemState
from dashboard.posting.problem_steps import Move, ask_closing, report
from dashboard.rules.calendar import end_of
from dashboard.rules.problems import last_step
from dashboard.settings import current
from tests.people import enrol
from tests.views.reading import links_of, text_of
from tests.views.rows import opened, rows_of

CODE = "jiaxiang-2023"
OPEN, SOLVING, CHECK, CONFIRM = "P000014", "P000004", "P000008", "P000012"
CLOSED, LOOK_BACK = "P000001", "P000002"


def page_of(app: AppTest, code: str, more: str = "") -> AppTest:
    return opened(app, f"/record?ledger=problem&code={code}{more}")


def problem(code: str) -> r.Problem:
    engine = open_books(current().database.url)
    try:
        return load(engine, CODE, end_of(date(2030, 1, 1))).get(r.Problem, code)
    finally:
        engine.dispose()


def course(page: AppTest) -> list[list[str]]:
    return rows_of(page, "办理过程")


def offered(page: AppTest) -> list[str]:
    """What the viewer may do now: the choice, or the one button."""
    for radio in page.radio:
        if radio.label == "办理":
            return list(radio.options)
    return [each.label for each in page.button if (each.key or "").startswith("step_")]


def choose(page: AppTest, key: str) -> AppTest:
    next(each for each in page.radio if each.label == "办理").set_value(key)
    return page.run()


def inputs(among: Iterable[Any], name: str) -> list[Any]:
    """The inputs of the step's form with this name."""
    return [each for each in among if re.fullmatch(rf"step_.*_{name}", each.key or "")]


def send(page: AppTest, **typed: str) -> AppTest:
    """Fill in the step's form and send it."""
    for name, value in typed.items():
        (found,) = inputs([*page.text_area, *page.text_input], name)
        found.input(value)
    next(each for each in page.button if re.fullmatch(r"step_.*_send", each.key or "")).click()
    page.run()
    assert not page.exception
    return page


def elsewhere(code: str, text: str, *files: StoredFile, reports: bool = False) -> None:
    """Somebody else takes a problem a step on."""
    engine = open_books(current().database.url)
    books = load(engine, CODE, end_of(date(2030, 1, 1)))
    last = last_step(books, code)
    seen = last.code if last else None
    move = Move(problem=code, seen=seen, text=text, by_post="他处的岗位", evidence=files)
    act = report if reports else ask_closing
    act(engine, LOCAL, CODE, move)
    engine.dispose()


# What is told


def test_the_course_tells_who_did_what_when_and_what_was_said(full_app: AppTest) -> None:
    rows = course(page_of(full_app, SOLVING))
    assert [row[0] for row in rows] == [
        "登记问题",
        "交办整改",
        "整改进展",
        "申请销号",
        "核查通过",
        "确认销号",
        "重新挂账",
        "整改进展",
    ]
    assert rows[4] == ["核查通过", "8月22日", "专班办公室核查岗", "查看到岗记录，符合要求。"]
    assert rows[3][2] == "孟姑集镇联络员"


def test_a_reopened_problem_says_how_often(full_app: AppTest) -> None:
    assert "孟姑集镇整改中，时限8月18日；重新挂账1次" in text_of(page_of(full_app, SOLVING))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (OPEN, "待办公室交办县卫生健康局整改"),
        (CHECK, "已申请销号，待核查"),
        (CONFIRM, "核查已通过，待确认"),
        (LOOK_BACK, "已销号，9月16日起应回头看"),
        (CLOSED, "已销号"),
    ],
)
def test_the_page_says_who_has_to_move(full_app: AppTest, code: str, words: str) -> None:
    assert words in text_of(page_of(full_app, code))


def test_the_standard_is_a_proposal_until_the_problem_is_handed_out(full_app: AppTest) -> None:
    page = page_of(full_app, OPEN)
    assert "拟定销号标准：夜间等待时间明显缩短" in text_of(page)
    assert "拟定销号标准" in [row[0] for row in rows_of(page, "内容")]
    assert "拟定销号标准" not in text_of(page_of(full_app, CHECK))


def test_files_stand_beside_their_step(full_app: AppTest) -> None:
    elsewhere(SOLVING, "人员已到岗", StoredFile("到岗表.pdf", EvidenceKind.PDF, 2048, "a" * 64))
    page = page_of(full_app, SOLVING)
    *before, last = course(page)
    assert "到岗表.pdf" in last[4]
    assert {row[4] for row in before} == {"—"}
    assert any(to.startswith("/files/evidence?") for to in links_of(page))


def test_a_past_day_shows_the_course_of_then_and_is_only_read(full_app: AppTest) -> None:
    page = page_of(full_app, SOLVING, "&date=2023-08-20")
    assert [row[0] for row in course(page)][-1] == "申请销号"
    assert offered(page) == []
    assert "办理问题请先把左侧“统计截止日”改为2023年9月22日" in text_of(page)


def test_other_rows_have_no_course(full_app: AppTest) -> None:
    page = opened(full_app, "/record?ledger=task&code=t-4-1")
    assert "办理过程" not in text_of(page)


# What is done


def test_a_problem_goes_its_whole_course_at_one_computer(full_app: AppTest) -> None:
    page = page_of(full_app, OPEN)
    assert offered(page) == ["交办整改"]
    send(page, closing_standard="夜间等待不超过3分钟", text="请于月底前办结")
    assert page.success[0].value == f"问题{OPEN}：已交办，由责任单位整改。"
    assert offered(page) == ["报告整改进展", "申请销号"]
    send(page, text="已增加值守", solution="增加夜间值守2人")
    assert problem(OPEN).solution == "增加夜间值守2人"
    send(choose(page, "asked"), text="等待时间已在3分钟以内")
    assert offered(page) == ["核查通过", "核查不通过"]
    send(page, text="拨测10次属实", post="专班办公室核查岗")
    assert offered(page) == ["确认销号", "不予销号"]
    send(page, post="专班办公室副主任")
    row = problem(OPEN)
    assert (row.state, row.asked_by, row.checked_by, row.confirmed_by) == (
        ProblemState.CLOSED,
        "县卫生健康局联络员",
        "专班办公室核查岗",
        "专班办公室副主任",
    )
    assert row.closing_standard == "夜间等待不超过3分钟"
    assert len(course(page)) == 6


def test_the_same_post_is_refused_beside_the_form_which_keeps_what_was_typed(
    full_app: AppTest,
) -> None:
    page = send(page_of(full_app, CHECK), text="属实", post="县卫生健康局联络员")
    (error,) = [each.value for each in page.error]
    assert error == "没有保存。核查岗位应与申请销号岗位（县卫生健康局联络员）不同。"
    assert inputs(page.text_area, "text")[0].value == "属实"
    assert problem(CHECK).checked_on is None


def test_blank_words_and_posts_are_refused_by_name(full_app: AppTest) -> None:
    page = send(page_of(full_app, CHECK))
    said = [each.value for each in page.error]
    assert said == ["没有保存。请填写核查意见。", "没有保存。请填写核查岗位。"]


def test_a_long_text_is_kept_whole_and_a_longer_one_refused(full_app: AppTest) -> None:
    page = send(page_of(full_app, SOLVING), text="长" * 2001)
    assert "请控制在2000字以内" in page.error[0].value
    send(page, text="长" * 2000)
    assert not page.error
    assert course(page)[-1][3] == "长" * 2000


def test_a_closed_problem_is_looked_back_on_or_reopened(full_app: AppTest) -> None:
    page = page_of(full_app, LOOK_BACK)
    assert offered(page) == ["回头看合格", "回头看不合格，重新挂账", "重新挂账"]
    send(page, text="名册与证书仍一致", post="专班办公室核查岗")
    assert problem(LOOK_BACK).looked_back_on == date(2023, 9, 22)
    send(choose(page, "reopened_vain"), text="又有2家不一致", post="专班办公室核查岗")
    row = problem(LOOK_BACK)
    assert (row.state, row.reopenings, row.closed_on) == (ProblemState.REOPENED, 1, None)
    assert course(page)[-1][3] == "回头看不合格：又有2家不一致"
    assert offered(page) == ["交办整改", "报告整改进展"]
    assert inputs(page.text_area, "closing_standard") == []


def test_the_second_of_two_is_told_and_sees_what_the_first_did(full_app: AppTest) -> None:
    page = page_of(full_app, SOLVING)
    elsewhere(SOLVING, "人员已到岗")
    send(page, text="已排定人员")
    assert "他处的岗位已先办理“申请销号”，请看过最新的办理过程再办" in page.error[0].value
    assert course(page)[-1][0] == "申请销号"
    assert "已排定人员" not in text_of(page)
    page.run()
    assert offered(page) == ["核查通过", "核查不通过"]


def test_a_report_after_another_s_is_told_first_and_then_taken(full_app: AppTest) -> None:
    page = page_of(full_app, SOLVING)
    elsewhere(SOLVING, "另一份进展", reports=True)
    send(page, text="已排定人员")
    assert "他处的岗位已先办理“整改进展”" in page.error[0].value
    send(page, text="已排定人员")
    assert [row[3] for row in course(page)][-2:] == ["另一份进展", "已排定人员"]


def test_what_a_step_reported_is_not_taken_back_beside_it(full_app: AppTest) -> None:
    page = send(page_of(full_app, SOLVING), text="已排定人员")
    assert "撤回最近一次修改" not in [each.label for each in page.button]


# For whom


@pytest.mark.parametrize("code", [OPEN, CHECK, LOOK_BACK])
def test_a_liaison_waits_where_the_office_has_to_move(
    full_app: AppTest, seen_by: Callable[..., Viewer], code: str
) -> None:
    seen_by(AccountRole.LIAISON, "u-wjj")
    page = page_of(full_app, code)
    assert offered(page) == []
    assert course(page)


def test_a_liaison_reports_and_asks_for_the_own_problem_and_signs_by_account(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    viewer = seen_by(AccountRole.LIAISON, "370829110")
    page = page_of(full_app, SOLVING)
    assert offered(page) == ["报告整改进展", "申请销号"]
    assert inputs(page.text_input, "post") == []
    assert inputs(page.date_input, "on") == []
    send(choose(page, "asked"), text="人员已到岗并上墙")
    assert course(page)[-1][2] == f"{viewer.post} {viewer.account}"
    assert offered(page) == []
    assert "已申请销号，待核查" in text_of(page)


def test_a_liaison_does_not_find_another_unit_s_problem(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(AccountRole.LIAISON, "u-wjj")
    page = page_of(full_app, SOLVING)
    assert "没有找到这条记录。" in text_of(page)
    assert not course(page)


def test_a_leader_confirms_and_does_nothing_else(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    viewer = seen_by(AccountRole.LEADER)
    for code in (OPEN, SOLVING, CHECK, LOOK_BACK, CLOSED):
        assert offered(page_of(full_app, code)) == []
    page = page_of(full_app, CONFIRM)
    assert offered(page) == ["确认销号", "不予销号"]
    send(page)
    assert page.success[0].value == f"问题{CONFIRM}：已确认销号。"
    assert problem(CONFIRM).confirmed_by == viewer.post


def test_the_office_with_accounts_signs_by_its_own_post(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    viewer = seen_by(AccountRole.OFFICE)
    page = page_of(full_app, CHECK)
    assert inputs(page.text_input, "post") == []
    send(page, text="属实")
    assert problem(CHECK).checked_by == viewer.post
    assert offered(page) == []
    assert "本人已办理“核查通过”，须由另一人确认。" in text_of(page)
    seen_by(AccountRole.LEADER)
    assert offered(page_of(full_app, CHECK)) == ["确认销号", "不予销号"]


def colleague(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another account of the office sits down."""
    engine = open_books(current().database.url)
    token = enrol(engine, AccountRole.OFFICE, name="second")
    engine.dispose()
    monkeypatch.setattr("dashboard.widgets.door.token", lambda: token)


def test_who_asked_for_a_unit_does_not_check_it_but_another_may(
    full_app: AppTest, seen_by: Callable[..., Viewer], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen_by(AccountRole.OFFICE)
    page = send(choose(page_of(full_app, SOLVING), "asked"), text="人员已到岗并上墙")
    assert offered(page) == []
    assert "本人已办理“申请销号”，须由另一人核查。" in text_of(page)
    colleague(monkeypatch)
    assert offered(page_of(full_app, SOLVING)) == ["核查通过", "核查不通过"]


def test_another_account_of_the_same_post_does_not_confirm(
    full_app: AppTest, seen_by: Callable[..., Viewer], monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = seen_by(AccountRole.OFFICE)
    send(page_of(full_app, CHECK), text="属实")
    colleague(monkeypatch)
    page = page_of(full_app, CHECK)
    assert offered(page) == []
    assert f"本岗位（{viewer.post}）已办理“核查通过”，须由另一人确认。" in text_of(page)


# Re-use


def test_the_same_words_are_told_to_who_checks_and_not_to_who_asks(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    elsewhere(SOLVING, "第五、六期培训到课人数均达到计划数")
    page = page_of(full_app, SOLVING)
    (row,) = rows_of(page, "相同的销号申请")
    assert row[0] == "说明文字相同"
    assert row[1] == "第三期基层人才培训到课人数偏少"
    assert "与另外1次申请相同或相近" in page.warning[0].value
    assert f"/record?ledger=problem&code={CHECK}" in links_of(page)
    seen_by(AccountRole.LIAISON, "370829110")
    assert rows_of(page_of(full_app, SOLVING), "相同的销号申请") == []


def test_nothing_is_told_where_nothing_was_used_again(full_app: AppTest) -> None:
    page = page_of(full_app, CHECK)
    assert not page.warning
    assert rows_of(page, "相同的销号申请") == []
